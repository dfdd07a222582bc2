"""Certificates an office signs with: its own PKCS#12, or a practice office's test authority."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from regional_desk.domain.clock import KST
from regional_desk.domain.text import korean_date
from regional_desk.errors import FileRejected, Refusal

WARNING_DAYS = 60
_KEY_BITS = 2048
_AUTHORITY_DAYS, _OFFICE_DAYS = 3650, 1825
# A practice office may live in the past; its certificate holds for months that came before it was made.
_EARLIER = dt.timedelta(days=731)
_EXPONENT = 65537
BROKEN_CERTIFICATE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its certificate; `chain` holds the certificates between it and the root."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def name(self) -> str:
        """Who signs, as the certificate says it."""
        return subject_name(self.certificate)

    def pkcs12(self, password: str | None) -> bytes:
        """The signer as one PKCS#12 file; without a password only for a place that is itself encrypted."""
        protection = (
            serialization.BestAvailableEncryption(password.encode())
            if password
            else serialization.NoEncryption()
        )
        name = self.name.encode()
        return pkcs12.serialize_key_and_certificates(name, self.key, self.certificate, self.chain, protection)

    def require_valid(self, now: dt.datetime) -> None:
        """Raise Refusal where the certificate is not yet or no longer valid at `now` (aware)."""
        start, end = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        if now > end:
            raise Refusal(
                f"서명 인증서({self.name})가 {_day(end)}에 만료되어 서명하지 않았습니다. "
                "새 인증서(PKCS#12)를 설정에 등록한 뒤 다시 하십시오."
            )
        if now < start:
            raise Refusal(
                f"서명 인증서({self.name})는 {_day(start)}부터 쓸 수 있어 서명하지 않았습니다. "
                "PC의 날짜가 맞는지 확인해 주십시오."
            )

    def warning(self, now: dt.datetime) -> str | None:
        """A Korean sentence from 60 days before the certificate ends, else None."""
        end = self.certificate.not_valid_after_utc
        left = (end.astimezone(KST).date() - now.astimezone(KST).date()).days
        if left > WARNING_DAYS:
            return None
        if now > end:
            return f"서명 인증서({self.name})가 {_day(end)}에 만료되었습니다. 새 인증서를 등록하십시오."
        return (
            f"서명 인증서({self.name})가 {left}일 뒤 {_day(end)}에 만료됩니다. 갱신한 인증서를 준비하십시오."
        )


@dataclass(frozen=True, slots=True)
class Authority:
    """A practice office's test authority: its certificate for who verifies, and the office's signer."""

    certificate: x509.Certificate
    signer: Signer

    @property
    def pem(self) -> bytes:
        """The authority's certificate as PEM, as `openssl cms -verify -CAfile` takes it."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def make_practice_authority(office_code: str, now: dt.datetime) -> Authority:
    """A new test authority and the practice office's certificate under it (RSA 2048, ten and five years).

    The authority's key is thrown away: it issues one certificate, and a practice office that needs another makes
    another authority. Both certificates name themselves as practice.
    """
    start = now.astimezone(dt.UTC).replace(microsecond=0)
    root_key, key = _new_key(), _new_key()
    root_name, name = _name(office_code, "Practice CA"), _name(office_code, "Practice Office")
    root = (
        _builder(root_name, root_name, root_key.public_key(), start, _AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    certificate = (
        _builder(name, root_name, key.public_key(), start, _OFFICE_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
        .sign(root_key, hashes.SHA256())
    )
    return Authority(root, Signer(key, certificate))


def load_pkcs12(data: bytes, password: str | None) -> Signer:
    """The signer in a PKCS#12 file; raise FileRejected where password, file or key are not usable."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(
            data, password.encode() if password else None
        )
    except ValueError as problem:
        raise FileRejected(
            "인증서 파일(PKCS#12)을 열지 못했습니다. 비밀번호가 다르거나 파일이 손상되었습니다. 아무것도 바꾸지 않았습니다. "
            "비밀번호를 확인하거나 발급기관에서 다시 내려받으십시오."
        ) from problem
    if key is None or certificate is None:
        raise FileRejected(
            "인증서 파일(PKCS#12)에 개인키와 인증서가 함께 들어 있지 않습니다. 다시 내보내 주십시오."
        )
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < _KEY_BITS:
        raise FileRejected("서명에는 RSA 2048비트 이상의 인증서가 필요합니다. 발급기관에 문의하십시오.")
    return Signer(key, certificate, tuple(others))


def load_certificates(data: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM or DER file (a root to trust, a receiver to encrypt for); raise FileRejected."""
    try:
        pem = b"-----BEGIN" in data
        found = x509.load_pem_x509_certificates(data) if pem else [x509.load_der_x509_certificate(data)]
        return tuple(readable(certificate) for certificate in found)
    except BROKEN_CERTIFICATE as problem:
        raise FileRejected(
            "인증서 파일을 읽지 못했습니다. PEM 또는 DER 형식의 인증서인지 확인하십시오."
        ) from problem


def readable(certificate: x509.Certificate) -> x509.Certificate:
    """The certificate, once all we ask of it later could be read; raise one of BROKEN_CERTIFICATE.

    Names, key and extensions are parsed on demand: what fails here is a damaged file, later it would be a bug.
    """
    _ = certificate.extensions, certificate.subject, certificate.issuer, certificate.public_key()
    return certificate


def subject_name(certificate: x509.Certificate) -> str:
    """The common name, else the whole subject."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(_EXPONENT, _KEY_BITS)


def _name(office_code: str, role: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "연습용 (practice only)"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{role} {office_code}"),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, start: dt.datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - _EARLIER)
        .not_valid_after(start + dt.timedelta(days=days))
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    """An authority signs certificates; an office signs packages and opens what is encrypted for it."""
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=not authority,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _day(moment: dt.datetime) -> str:
    return korean_date(moment.astimezone(KST).date())
