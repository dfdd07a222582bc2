"""CMS signatures and envelopes around a submission package, checked strictly before anything is opened.

Written by `cryptography`, which has no CMS verify: reading is done here on asn1crypto's parse, so that everything
the signature does not vouch for is refused rather than skipped. `openssl cms` takes the same files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from regional_desk.domain.clock import KST
from regional_desk.domain.text import korean_date
from regional_desk.errors import FileRejected, Refusal
from regional_desk.exchange.certificates import BROKEN_CERTIFICATE, Signer, readable, subject_name
from regional_desk.exchange.package_files import write_whole

DETACHED, SEALED = ".p7s", ".p7m"
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_RSA_BITS = 2048
_LONGEST_CHAIN = 5
# Critical extensions whose meaning is checked here; any other makes a certificate unusable (RFC 5280). Policies
# are in order as they stand: every policy is acceptable to us.
_UNDERSTOOD = (x509.BasicConstraints.oid, x509.KeyUsage.oid, x509.CertificatePolicies.oid)


@dataclass(frozen=True, slots=True)
class Trust:
    """Which certificates are believed (roots, or an office's own certificate) and the moment `at` (aware)."""

    certificates: tuple[x509.Certificate, ...]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that holds: the signer's name and certificate, and the time the signer claims."""

    signer: str
    certificate: x509.Certificate
    signed_at: dt.datetime | None


def sign_detached(path: Path, signer: Signer, now: dt.datetime) -> Path:
    """Write `<path>.p7s`, a detached CMS signature (DER, SHA-256), and return its path.

    Raise Refusal where the certificate is not valid at `now` (aware) or the folder cannot be written.
    """
    return write_whole(path.with_name(path.name + DETACHED), sign_bytes(path.read_bytes(), signer, now))


def sign_bytes(data: bytes, signer: Signer, now: dt.datetime) -> bytes:
    """A detached CMS signature (DER, SHA-256) over bytes; raise Refusal where the certificate is not valid at `now`."""
    signer.require_valid(now)
    return _sign(data, signer, pkcs7.PKCS7Options.DetachedSignature)


def seal(
    name: str,
    data: bytes,
    signer: Signer,
    recipients: tuple[x509.Certificate, ...],
    folder: Path,
    now: dt.datetime,
) -> Path:
    """Write `<name>.p7m`: the zip `data` signed, then encrypted (AES-256) for the recipients and the signer.

    The zip itself never touches the disk. Raise Refusal without recipients, for a recipient whose certificate
    cannot be encrypted for, or where the signer's own is not valid at `now` (aware).
    """
    if not recipients:
        raise Refusal(
            "받는 기관의 인증서가 없어 암호화하지 않았습니다. --to로 받는 기관의 인증서를 정한 뒤 다시 하십시오. "
            "아무 파일도 만들지 않았습니다."
        )
    signer.require_valid(now)
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(_sign(data, signer))
    builder = builder.set_content_encryption_algorithm(algorithms.AES256)
    for certificate in dict.fromkeys((*recipients, signer.certificate)):
        _require_recipient(certificate, now)
        builder = builder.add_recipient(certificate)
    return write_whole(folder / (name + SEALED), builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary]))


def verify_detached(data: bytes, signature: bytes, trust: Trust) -> Signature:
    """Check a detached signature over the bytes of a package; raise FileRejected with what does not hold."""
    signed = _signed_data(signature)
    if signed["encap_content_info"]["content"].native is not None:
        raise FileRejected("서명 파일(.p7s)이 분리 서명이 아닙니다. 보낸 사업단에 다시 받으십시오.")
    return _verify(signed, data, trust)


def unseal(sealed: bytes, opener: Signer, trust: Trust) -> tuple[bytes, Signature]:
    """The zip inside a `.p7m` and its signature, which was checked; raise FileRejected.

    CBC does not notice a changed byte, the signature inside does: nothing is returned unless it holds.
    """
    try:
        inner = pkcs7.pkcs7_decrypt_der(sealed, opener.certificate, opener.key, [])
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise FileRejected(
            f"암호화된 제출 파일(.p7m)을 이 인증서({opener.name})로 열지 못했습니다. 받는 기관이 다르거나 파일이 손상되었습니다. "
            "보낸 사업단에 다시 받으십시오."
        ) from problem
    signed = _signed_data(inner)
    data = signed["encap_content_info"]["content"].native
    if not isinstance(data, bytes):
        raise FileRejected("암호화된 제출 파일(.p7m) 안에 자료가 없습니다. 보낸 사업단에 다시 받으십시오.")
    return data, _verify(signed, data, trust)


def _sign(data: bytes, signer: Signer, *more: pkcs7.PKCS7Options) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
    builder = builder.add_signer(
        signer.certificate, signer.key, hashes.SHA256(), rsa_padding=padding.PKCS1v15()
    )
    # Certificates come last: adding data or signers afterwards would drop them.
    for certificate in signer.chain:
        builder = builder.add_certificate(certificate)
    options = [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities, *more]
    return builder.sign(Encoding.DER, options)


def _require_recipient(certificate: x509.Certificate, now: dt.datetime) -> None:
    name, key = subject_name(certificate), certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < _RSA_BITS:
        raise Refusal(
            f"받는 인증서({name})는 RSA 2048비트 이상이 아니어서 암호화하지 않았습니다. 다른 인증서를 받으십시오."
        )
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise Refusal(
            f"받는 인증서({name})의 유효기간이 아니어서 암호화하지 않았습니다. 새 인증서를 받으십시오."
        )
    usage = _usage(certificate)
    if usage is not None and not usage.key_encipherment:
        raise Refusal(f"받는 인증서({name})는 암호화용이 아닙니다. 암호화용 인증서를 받으십시오.")


def _signed_data(der: bytes) -> Any:
    """The SignedData of a DER file, wholly parsed; raise FileRejected."""
    try:
        # asn1crypto fails in any way, AttributeError too, on bytes that nobody meant: all of it is a damaged file.
        signed = _parsed(der)
    except Exception as problem:
        raise FileRejected(
            "서명(.p7s, .p7m)이 CMS 서명 형식이 아니거나 손상되었습니다. 압축은 풀지 않았습니다. "
            "보낸 사업단에 다시 받으십시오."
        ) from problem
    return signed


def _parsed(der: bytes) -> Any:
    info = cms.ContentInfo.load(der, strict=True)
    # asn1crypto parses on demand; asking for everything brings a broken part to light here.
    if info["content_type"].native != "signed_data" or not info.native:
        raise ValueError(info["content_type"].native)
    inside = info["content"]["encap_content_info"]["content_type"].native
    if inside != "data":
        raise ValueError(inside)
    return info["content"]


def _verify(signed: Any, data: bytes, trust: Trust) -> Signature:
    """One signer; his certificate; digest; signature over the signed attributes; chain and dates."""
    infos = signed["signer_infos"]
    if len(infos) != 1:
        raise FileRejected(
            f"서명자가 {len(infos)}명입니다. 사업단 한 곳의 서명만 받습니다. 보낸 사업단에 다시 받으십시오."
        )
    info = infos[0]
    certificates = _certificates(signed)
    certificate = _signer_certificate(info, certificates)
    algorithm = _HASHES.get(info["digest_algorithm"]["algorithm"].native)
    way = info["signature_algorithm"]["algorithm"].native
    if algorithm is None or way not in {"rsassa_pkcs1v15", f"{algorithm.name}_rsa"}:
        raise FileRejected(
            "서명 방식이 RSA와 SHA-256 이상이 아닙니다. 보낸 사업단에 다시 서명해 달라고 하십시오."
        )
    attributes = _attributes(info)
    if attributes["message_digest"] != hashlib.new(algorithm.name, data).digest():
        raise FileRejected(
            "제출 파일(.zip)이 서명한 뒤에 바뀌었거나 손상되었습니다. 압축은 풀지 않았습니다. 보낸 사업단에 다시 받으십시오."
        )
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < _RSA_BITS:
        raise FileRejected(
            "서명 인증서가 RSA 2048비트 이상이 아닙니다. 보낸 사업단에 다시 서명해 달라고 하십시오."
        )
    # What is signed is the SET OF itself, not the [0] it travels under (RFC 5652, 5.4).
    covered = b"\x31" + info["signed_attrs"].dump()[1:]
    try:
        key.verify(info["signature"].native, covered, padding.PKCS1v15(), algorithm)
    except InvalidSignature as problem:
        raise FileRejected(
            "서명(.p7s, .p7m)이 손상되었거나 이 인증서의 서명이 아닙니다. 압축은 풀지 않았습니다. 보낸 사업단에 다시 받으십시오."
        ) from problem
    _require_trusted(certificate, certificates, trust)
    return Signature(subject_name(certificate), certificate, attributes.get("signing_time"))


def _certificates(signed: Any) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(
            readable(x509.load_der_x509_certificate(choice.chosen.dump()))
            for choice in signed["certificates"]
            if choice.name == "certificate"
        )
    except BROKEN_CERTIFICATE as problem:
        raise FileRejected(
            "서명에 든 인증서가 손상되었습니다. 압축은 풀지 않았습니다. 보낸 사업단에 다시 받으십시오."
        ) from problem


def _signer_certificate(info: Any, certificates: tuple[x509.Certificate, ...]) -> x509.Certificate:
    sid = info["sid"]
    if sid.name == "issuer_and_serial_number":
        issuer, serial = sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native
        found = [c for c in certificates if c.serial_number == serial and c.issuer.public_bytes() == issuer]
        if len(found) == 1:
            return found[0]
    raise FileRejected(
        "서명에 서명자의 인증서가 들어 있지 않습니다. 압축은 풀지 않았습니다. 보낸 사업단에 다시 받으십시오."
    )


def _attributes(info: Any) -> dict[str, Any]:
    """The values of the signed attributes; content type and digest among them, or FileRejected."""
    try:
        values = _single_values(info["signed_attrs"])
        if values["content_type"] == "data" and isinstance(values["message_digest"], bytes):
            return values
    except (ValueError, TypeError, KeyError):
        pass
    raise FileRejected("서명에 서명된 속성이 없거나 잘못되었습니다. 보낸 사업단에 다시 받으십시오.")


def _single_values(attributes: Any) -> dict[str, Any]:
    """Each attribute stands once and has one value; raise ValueError otherwise."""
    values: dict[str, Any] = {}
    for attribute in attributes:
        name = attribute["type"].native
        if name in values or len(attribute["values"]) != 1:
            raise ValueError(name)
        values[name] = attribute["values"][0].native
    return values


def _require_trusted(
    certificate: x509.Certificate, others: tuple[x509.Certificate, ...], trust: Trust
) -> None:
    """Walk from the signer up to a trusted certificate, each step signed by the next and valid at the moment."""
    usage = _usage(certificate)
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise FileRejected(
            f"인증서({subject_name(certificate)})는 서명용이 아닙니다. 보낸 사업단에 알리십시오."
        )
    step = certificate
    for below in range(_LONGEST_CHAIN):
        _require_usable(step, trust.at)
        if step in trust.certificates:
            return
        issuer = _issuer(step, (*trust.certificates, *others), below)
        if issuer is None or issuer == step:
            break
        step = issuer
    raise FileRejected(
        f"서명한 인증서({subject_name(certificate)})를 믿을 수 있는 기관이 발급하지 않았습니다. 압축은 풀지 않았습니다. "
        "보낸 사업단과 신뢰 인증서 목록을 확인하십시오."
    )


def _require_usable(certificate: x509.Certificate, at: dt.datetime) -> None:
    name = subject_name(certificate)
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at > end:
        day = korean_date(end.astimezone(KST).date())
        raise FileRejected(
            f"서명 인증서({name})가 {day}에 만료되었습니다. 새 인증서로 서명한 파일을 받으십시오."
        )
    if at < start:
        day = korean_date(start.astimezone(KST).date())
        raise FileRejected(
            f"서명 인증서({name})는 {day}부터 유효합니다. PC의 날짜와 보낸 파일을 확인하십시오."
        )
    if any(extension.critical and extension.oid not in _UNDERSTOOD for extension in certificate.extensions):
        raise FileRejected(
            f"서명 인증서({name})에 확인할 수 없는 필수 조건이 있습니다. 보낸 사업단에 알리십시오."
        )


def _issuer(
    certificate: x509.Certificate, candidates: tuple[x509.Certificate, ...], below: int
) -> x509.Certificate | None:
    """The first candidate that issued the certificate and may stand over `below` other authorities."""
    for candidate in candidates:
        if candidate.subject != certificate.issuer or not _is_authority(candidate, below):
            continue
        try:
            certificate.verify_directly_issued_by(candidate)
        except (InvalidSignature, ValueError, TypeError):
            continue
        return candidate
    return None


def _is_authority(certificate: x509.Certificate, below: int) -> bool:
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    usage = _usage(certificate)
    deep_enough = constraints.path_length is None or constraints.path_length >= below
    return constraints.ca and deep_enough and (usage is None or usage.key_cert_sign)


def _usage(certificate: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None
