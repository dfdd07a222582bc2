from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7, pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regional_desk.errors import FileRejected, Refusal
from regional_desk.exchange.certificates import (
    Authority,
    Signer,
    load_certificates,
    load_pkcs12,
    make_practice_authority,
)
from regional_desk.exchange.signatures import Trust, seal, sign_detached, unseal, verify_detached

# Line ends of every kind: nothing may be translated on the way.
DATA = b"PK\x03\x04 a package\nwith\r\nlines\r and \x00 zeros"
DAY = dt.timedelta(days=1)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "JB01_2026-08_summary_01.zip"
    path.write_bytes(DATA)
    return path


@pytest.fixture
def signature(package: Path, authority: Authority, moment: dt.datetime) -> bytes:
    return sign_detached(package, authority.signer, moment).read_bytes()


def openssl(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["openssl", "cms", *map(str, words)], capture_output=True, check=False)  # noqa: S607 - as the ministry calls it


def key_file(folder: Path, signer: Signer) -> Path:
    path = folder / "key.pem"
    path.write_bytes(
        signer.key.private_bytes(
            Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


def flip(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1
    return bytes(changed)


def issue(
    name: str,
    issuer: Signer | None,
    moment: dt.datetime,
    *,
    key: rsa.RSAPrivateKey | None = None,
    ca: bool = False,
    path_length: int | None = None,
    days: int = 10,
    extra: x509.UnrecognizedExtension | None = None,
) -> Signer:
    """A certificate for the corner cases a practice authority never makes."""
    key = key or rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - 30 * DAY)
        .not_valid_after(moment + days * DAY)
        .add_extension(x509.BasicConstraints(ca, path_length), critical=True)
    )
    if extra:
        builder = builder.add_extension(extra, critical=True)
    chain = (issuer.certificate, *issuer.chain) if issuer else ()
    return Signer(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()), chain)


def test_openssl_verifies_the_detached_signature(
    package: Path, signature: bytes, authority: Authority
) -> None:
    ca = package.with_name("ca.pem")
    ca.write_bytes(authority.pem)
    signed = package.with_name(package.name + ".p7s")
    done = openssl("-verify", "-binary", "-inform", "DER", "-in", signed, "-content", package, "-CAfile", ca)
    assert done.returncode == 0, done.stderr
    assert done.stdout == DATA


def test_our_own_check_agrees_and_names_the_signer(
    signature: bytes, trust: Trust, moment: dt.datetime
) -> None:
    held = verify_detached(DATA, signature, trust)
    assert held.signer == "Practice Office JB01"
    assert held.signed_at is not None
    assert abs(held.signed_at - moment) < DAY


def test_what_openssl_signs_is_taken_too(
    package: Path, authority: Authority, trust: Trust, tmp_path: Path
) -> None:
    certificate = tmp_path / "certificate.pem"
    certificate.write_bytes(authority.signer.certificate.public_bytes(Encoding.PEM))
    out, key = tmp_path / "out.p7s", key_file(tmp_path, authority.signer)
    done = openssl(
        "-sign",
        "-binary",
        "-outform",
        "DER",
        "-in",
        package,
        "-signer",
        certificate,
        "-inkey",
        key,
        "-out",
        out,
    )
    assert done.returncode == 0, done.stderr
    assert verify_detached(DATA, out.read_bytes(), trust).signer == "Practice Office JB01"


@pytest.mark.parametrize("place", [0, len(DATA) // 2, -1])
def test_a_changed_byte_of_the_zip_is_found(signature: bytes, trust: Trust, place: int) -> None:
    with pytest.raises(FileRejected, match=r"\.zip\)이 서명한 뒤에 바뀌었거나"):
        verify_detached(flip(DATA, place), signature, trust)


def test_a_changed_byte_anywhere_in_the_signature_never_does_harm(
    signature: bytes, trust: Trust, authority: Authority
) -> None:
    """Every seventh byte: either refused with a sentence, or a byte the signature does not need."""
    refused = 0
    for place in range(0, len(signature), 7):
        try:
            held = verify_detached(DATA, flip(signature, place), trust)
        except FileRejected:
            refused += 1
        else:
            assert held.certificate == authority.signer.certificate
    assert refused > len(signature) / 7 * 0.9


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), patch=st.binary(max_size=3))
def test_no_damage_of_a_signature_is_a_bug(
    signature: bytes, authority: Authority, trust: Trust, place: float, patch: bytes
) -> None:
    start = int(place * len(signature))
    try:
        held = verify_detached(DATA, signature[:start] + patch + signature[start + 1 :], trust)
    except FileRejected:
        return
    assert held.certificate == authority.signer.certificate


def test_a_certificate_of_no_known_version_is_refused(
    signature: bytes, authority: Authority, trust: Trust
) -> None:
    version = b"\xa0\x03\x02\x01\x02"
    with pytest.raises(FileRejected, match="인증서가 손상되었습니다"):
        verify_detached(DATA, signature.replace(version, b"\xa0\x03\x02\x01\x42"), trust)
    der = authority.certificate.public_bytes(Encoding.DER).replace(version, b"\xa0\x03\x02\x01\x42")
    with pytest.raises(FileRejected, match="읽지 못했습니다"):
        load_certificates(der)


def test_a_cut_signature_is_refused(signature: bytes, trust: Trust) -> None:
    for length in (0, 1, 10, len(signature) // 2, len(signature) - 1):
        with pytest.raises(FileRejected, match="CMS 서명 형식이 아니거나"):
            verify_detached(DATA, signature[:length], trust)
    with pytest.raises(FileRejected, match="CMS 서명 형식이 아니거나"):
        verify_detached(DATA, signature + b"\x00", trust)


def test_the_signature_value_must_be_of_this_key(signature: bytes, trust: Trust) -> None:
    info = cms.ContentInfo.load(signature)
    value = info["content"]["signer_infos"][0]["signature"].native
    with pytest.raises(FileRejected, match="이 인증서의 서명이 아닙니다"):
        verify_detached(DATA, signature.replace(value, flip(value, 100)), trust)


def test_an_unknown_root_is_refused(signature: bytes, moment: dt.datetime) -> None:
    other = make_practice_authority("JB01", moment)
    with pytest.raises(FileRejected, match="믿을 수 있는 기관이 발급하지 않았습니다"):
        verify_detached(DATA, signature, Trust((other.certificate,), moment))


def test_without_any_trusted_certificate_nothing_holds(signature: bytes, moment: dt.datetime) -> None:
    with pytest.raises(FileRejected, match="믿을 수 있는 기관이 발급하지 않았습니다"):
        verify_detached(DATA, signature, Trust((), moment))


def test_an_office_certificate_can_be_trusted_by_itself(
    signature: bytes, authority: Authority, moment: dt.datetime
) -> None:
    pinned = Trust((authority.signer.certificate,), moment)
    assert verify_detached(DATA, signature, pinned).certificate == authority.signer.certificate


def test_a_signature_is_refused_once_its_certificate_ended(signature: bytes, trust: Trust) -> None:
    with pytest.raises(FileRejected, match="만료되었습니다"):
        verify_detached(DATA, signature, Trust(trust.certificates, trust.at + 1900 * DAY))
    with pytest.raises(FileRejected, match="부터 유효합니다"):
        verify_detached(DATA, signature, Trust(trust.certificates, trust.at - 800 * DAY))


def test_an_intermediate_travels_with_the_signature(package: Path, moment: dt.datetime) -> None:
    root = issue("Root", None, moment, ca=True)
    signer = issue("Office", issue("Middle", root, moment, ca=True), moment)
    signed = sign_detached(package, signer, moment).read_bytes()
    assert verify_detached(DATA, signed, Trust((root.certificate,), moment)).signer == "Office"


def test_an_authority_reaches_no_deeper_than_it_may(package: Path, moment: dt.datetime) -> None:
    root = issue("Root", None, moment, ca=True, path_length=0)
    signer = issue("Office", issue("Middle", root, moment, ca=True), moment)
    signed = sign_detached(package, signer, moment).read_bytes()
    with pytest.raises(FileRejected, match="믿을 수 있는 기관"):
        verify_detached(DATA, signed, Trust((root.certificate,), moment))


def test_an_office_certificate_issues_no_other(package: Path, moment: dt.datetime) -> None:
    root = issue("Root", None, moment, ca=True)
    signer = issue("Impostor", issue("Office", root, moment), moment)
    signed = sign_detached(package, signer, moment).read_bytes()
    with pytest.raises(FileRejected, match="믿을 수 있는 기관"):
        verify_detached(DATA, signed, Trust((root.certificate,), moment))


def test_an_authority_that_ended_vouches_for_nothing(package: Path, moment: dt.datetime) -> None:
    root = issue("Root", None, moment, ca=True, days=-1)
    signed = sign_detached(package, issue("Office", root, moment), moment).read_bytes()
    with pytest.raises(FileRejected, match=r"\(Root\)가 .*만료"):
        verify_detached(DATA, signed, Trust((root.certificate,), moment))


def test_a_critical_extension_nobody_checks_is_refused(package: Path, moment: dt.datetime) -> None:
    root = issue("Root", None, moment, ca=True)
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
    signed = sign_detached(package, issue("Office", root, moment, extra=odd), moment).read_bytes()
    with pytest.raises(FileRejected, match="필수 조건"):
        verify_detached(DATA, signed, Trust((root.certificate,), moment))


def test_two_signers_are_refused(authority: Authority, trust: Trust) -> None:
    signer = authority.signer
    builder = pkcs7.PKCS7SignatureBuilder().set_data(DATA)
    for _ in range(2):
        builder = builder.add_signer(signer.certificate, signer.key, hashes.SHA256())
    options = [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature]
    with pytest.raises(FileRejected, match="서명자가 2명입니다"):
        verify_detached(DATA, builder.sign(Encoding.DER, options), trust)


def test_a_signature_without_attributes_or_certificate_is_refused(authority: Authority, trust: Trust) -> None:
    signer = authority.signer
    builder = pkcs7.PKCS7SignatureBuilder().set_data(DATA)
    builder = builder.add_signer(signer.certificate, signer.key, hashes.SHA256())
    options = [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature]
    bare = builder.sign(Encoding.DER, [*options, pkcs7.PKCS7Options.NoAttributes])
    with pytest.raises(FileRejected, match="서명된 속성이 없거나"):
        verify_detached(DATA, bare, trust)
    nobody = builder.sign(Encoding.DER, [*options, pkcs7.PKCS7Options.NoCerts])
    with pytest.raises(FileRejected, match="서명자의 인증서가 들어 있지 않습니다"):
        verify_detached(DATA, nobody, trust)


def test_another_way_of_signing_is_refused(authority: Authority, trust: Trust) -> None:
    signer = authority.signer
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(DATA)
    builder = builder.add_signer(signer.certificate, signer.key, hashes.SHA256(), rsa_padding=pss)
    options = [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature]
    with pytest.raises(FileRejected, match="서명 방식"):
        verify_detached(DATA, builder.sign(Encoding.DER, options), trust)


def test_a_signature_that_carries_other_data_is_no_detached_one(authority: Authority, trust: Trust) -> None:
    signer = authority.signer
    builder = pkcs7.PKCS7SignatureBuilder().set_data(DATA)
    builder = builder.add_signer(signer.certificate, signer.key, hashes.SHA256())
    with pytest.raises(FileRejected, match="분리 서명이 아닙니다"):
        verify_detached(DATA, builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary]), trust)


def test_nothing_is_signed_with_a_certificate_that_ended(
    package: Path, authority: Authority, moment: dt.datetime
) -> None:
    signer = authority.signer
    with pytest.raises(Refusal, match="만료되어 서명하지 않았습니다"):
        sign_detached(package, signer, moment + 1826 * DAY)
    with pytest.raises(Refusal, match="부터 쓸 수 있어"):
        sign_detached(package, signer, moment - 800 * DAY)
    assert [file.name for file in package.parent.iterdir()] == [package.name]


@pytest.mark.parametrize(
    ("left", "said"), [(61, None), (60, "60일 뒤"), (1, "1일 뒤"), (-1, "만료되었습니다")]
)
def test_the_office_is_warned_from_sixty_days_before(
    authority: Authority, left: int, said: str | None
) -> None:
    signer = authority.signer
    warning = signer.warning(signer.certificate.not_valid_after_utc - left * DAY)
    assert (warning is None) if said is None else (warning is not None and said in warning)


def test_openssl_opens_what_is_sealed(
    authority: Authority, moment: dt.datetime, trust: Trust, tmp_path: Path
) -> None:
    ministry = make_practice_authority("MOTIE", moment).signer
    sealed = seal("a.zip", DATA, authority.signer, (ministry.certificate,), tmp_path, moment)
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip.p7m"]
    inner, ca = tmp_path / "inner.der", tmp_path / "ca.pem"
    ca.write_bytes(authority.pem)
    key = key_file(tmp_path, ministry)
    done = openssl("-decrypt", "-binary", "-inform", "DER", "-in", sealed, "-inkey", key, "-out", inner)
    assert done.returncode == 0, done.stderr
    done = openssl("-verify", "-binary", "-inform", "DER", "-in", inner, "-CAfile", ca)
    assert (done.returncode, done.stdout) == (0, DATA), done.stderr
    for opener in (ministry, authority.signer):
        data, held = unseal(sealed.read_bytes(), opener, trust)
        assert (data, held.signer) == (DATA, "Practice Office JB01")


def test_a_sealed_package_is_encrypted_with_aes_256(
    authority: Authority, moment: dt.datetime, tmp_path: Path
) -> None:
    signer = authority.signer
    sealed = seal("a.zip", DATA, signer, (signer.certificate,), tmp_path, moment).read_bytes()
    enveloped = cms.ContentInfo.load(sealed, strict=True)["content"]
    algorithm = enveloped["encrypted_content_info"]["content_encryption_algorithm"]
    assert algorithm["algorithm"].native == "aes256_cbc"
    assert len(enveloped["recipient_infos"]) == 1
    assert DATA not in sealed


def test_nobody_else_opens_a_sealed_package(
    authority: Authority, moment: dt.datetime, trust: Trust, tmp_path: Path
) -> None:
    signer, other = authority.signer, make_practice_authority("XX", moment).signer
    sealed = seal("a.zip", DATA, signer, (signer.certificate,), tmp_path, moment).read_bytes()
    with pytest.raises(FileRejected, match="열지 못했습니다"):
        unseal(sealed, other, trust)


def test_a_changed_byte_of_a_sealed_package_is_found(
    authority: Authority, moment: dt.datetime, trust: Trust, tmp_path: Path
) -> None:
    signer = authority.signer
    sealed = seal("a.zip", DATA, signer, (signer.certificate,), tmp_path, moment).read_bytes()
    for place in range(0, len(sealed), 7):
        try:
            data, held = unseal(flip(sealed, place), signer, trust)
        except FileRejected:
            continue
        assert (data, held.certificate) == (DATA, signer.certificate)


def test_nothing_is_sealed_for_nobody(authority: Authority, moment: dt.datetime, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="받는 기관의 인증서가 없어"):
        seal("a.zip", DATA, authority.signer, (), tmp_path, moment)
    assert not list(tmp_path.iterdir())


def test_a_receiver_that_cannot_be_encrypted_for_is_refused(
    authority: Authority, moment: dt.datetime, tmp_path: Path
) -> None:
    signer = authority.signer
    ended = issue("Ended", None, moment, days=-1).certificate
    for certificate, said in ((authority.certificate, "암호화용이 아닙니다"), (ended, "유효기간이 아니어서")):
        with pytest.raises(Refusal, match=said):
            seal("a.zip", DATA, signer, (certificate,), tmp_path, moment)
    assert not list(tmp_path.iterdir())


def test_a_signer_goes_through_pkcs12(authority: Authority, moment: dt.datetime) -> None:
    root = issue("Root", None, moment, ca=True)
    signer = issue("Office", root, moment)
    for password in ("비밀번호 1", None):
        loaded = load_pkcs12(signer.pkcs12(password), password)
        assert (loaded.certificate, loaded.chain) == (signer.certificate, (root.certificate,))
        assert loaded.key.private_numbers() == signer.key.private_numbers()


def test_a_pkcs12_that_cannot_be_used_is_refused(authority: Authority) -> None:
    for data, password in ((authority.signer.pkcs12("right"), "wrong"), (b"no certificate", None)):
        with pytest.raises(FileRejected, match="열지 못했습니다"):
            load_pkcs12(data, password)
    bare = pkcs12.serialize_key_and_certificates(
        None, None, authority.certificate, None, serialization.NoEncryption()
    )
    with pytest.raises(FileRejected, match="함께 들어 있지 않습니다"):
        load_pkcs12(bare, None)


def test_a_key_that_is_no_rsa_is_refused(moment: dt.datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "EC")])
    certificate = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), moment, moment + DAY
    ).sign(key, hashes.SHA256())
    data = pkcs12.serialize_key_and_certificates(None, key, certificate, None, serialization.NoEncryption())
    with pytest.raises(FileRejected, match="RSA 2048비트"):
        load_pkcs12(data, None)


def test_certificates_are_read_as_pem_and_der(authority: Authority) -> None:
    certificate = authority.certificate
    assert load_certificates(authority.pem + authority.pem) == (certificate, certificate)
    assert load_certificates(certificate.public_bytes(Encoding.DER)) == (certificate,)
    for data in (b"", b"text", b"-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n"):
        with pytest.raises(FileRejected, match="읽지 못했습니다"):
            load_certificates(data)
