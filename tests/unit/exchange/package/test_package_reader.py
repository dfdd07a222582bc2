from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import shutil
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from regional_desk.domain.clock import KST
from regional_desk.errors import FileRejected
from regional_desk.exchange.certificates import Authority, make_practice_authority
from regional_desk.exchange.package import PackageContent, content_hash, package_bytes, write_package
from regional_desk.exchange.package_difference import content_difference
from regional_desk.exchange.package_reader import read_package, verify_package
from regional_desk.exchange.package_schema import Kind
from regional_desk.exchange.signatures import Trust, seal, sign_detached

CREATED = dt.datetime(2026, 9, 2, 10, 15, 30, tzinfo=KST)
COVER = b"%PDF-1.4 a cover\n"
EARLIER = hashlib.sha256(b"the first package").hexdigest()
Parts = dict[str, bytes]


@pytest.fixture
def package(content: PackageContent, authority: Authority, moment: dt.datetime, tmp_path: Path) -> Path:
    path = write_package(
        content,
        created=CREATED,
        sequence=2,
        replaces=EARLIER,
        cover_pdf=COVER,
        folder=tmp_path,
        changes=("목표: 고침",),
    )
    sign_detached(path, authority.signer, moment)
    return path


@pytest.fixture
def parts(package: Path) -> Parts:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def described(parts: Parts, change: Callable[[dict[str, Any]], object]) -> Parts:
    """The parts with a changed descriptor."""
    descriptor = json.loads(parts["datapackage.json"])
    change(descriptor)
    return parts | {"datapackage.json": json.dumps(descriptor).encode()}


def relisted(parts: Parts, path: str, data: bytes) -> Parts:
    """The parts with one changed, its new size and hash listed as if they were right."""

    def relist(descriptor: dict[str, Any]) -> None:
        for one in descriptor["resources"]:
            if one["path"] == path:
                one["bytes"], one["hash"] = len(data), "sha256:" + hashlib.sha256(data).hexdigest()

    return described(parts | {path: data}, relist)


def refusal_of(parts: Parts) -> str:
    with pytest.raises(FileRejected) as caught:
        read_package(zipped(parts), "a.zip")
    return caught.value.message


def test_a_package_reads_back_as_it_was_given(package: Path, content: PackageContent, trust: Trust) -> None:
    verified = verify_package(package, trust)
    held = verified.package
    assert verified.signature.signer == "Practice Office JB01"
    assert held.file == "JB01_2026-08_summary_02.zip"
    assert held.sha256 == hashlib.sha256(package.read_bytes()).hexdigest()
    assert (held.created, held.sequence, held.replaces) == (CREATED, 2, EARLIER)
    assert held.changes == ("목표: 고침",)
    assert held.content_hash == content_hash(content) == content_hash(held.content)
    assert content_difference(content, held.content) == ()
    assert held.content.generator == content.generator


def test_a_package_built_from_what_was_read_is_the_same_package(package: Path, trust: Trust) -> None:
    held = verify_package(package, trust).package
    again = package_bytes(
        held.content,
        created=held.created,
        sequence=held.sequence,
        replaces=held.replaces,
        cover_pdf=COVER,
        changes=held.changes,
    )
    assert again == package.read_bytes()


def test_a_sealed_package_is_read_by_its_receiver(
    content: PackageContent, authority: Authority, trust: Trust, moment: dt.datetime, tmp_path: Path
) -> None:
    ministry = make_practice_authority("MOTIE", moment).signer
    data = package_bytes(content, created=CREATED, sequence=1, replaces=None, cover_pdf=COVER)
    sealed = seal("a.zip", data, authority.signer, (ministry.certificate,), tmp_path, moment)
    assert (
        verify_package(sealed, trust, ministry).package.content
        == verify_package(sealed, trust, authority.signer).package.content
    )
    with pytest.raises(FileRejected, match="암호화되어 있습니다"):
        verify_package(sealed, trust)


def test_a_sealed_roster_says_that_it_is_one(
    content: PackageContent, authority: Authority, trust: Trust, moment: dt.datetime, tmp_path: Path
) -> None:
    roster = replace(content, kind=Kind.ROSTER, tables=())
    data = package_bytes(roster, created=CREATED, sequence=1, replaces=None, cover_pdf=COVER)
    sealed = seal("a.zip", data, authority.signer, (authority.signer.certificate,), tmp_path, moment)
    assert verify_package(sealed, trust, authority.signer).package.content.kind is Kind.ROSTER


def test_a_missing_signature_is_named(package: Path, trust: Trust) -> None:
    package.with_name(package.name + ".p7s").unlink()
    with pytest.raises(FileRejected, match=r"JB01_2026-08_summary_02\.zip\.p7s'이\(가\) 없습니다"):
        verify_package(package, trust)


def test_a_missing_package_is_a_sentence(tmp_path: Path, trust: Trust) -> None:
    with pytest.raises(FileRejected, match="읽지 못했습니다"):
        verify_package(tmp_path / "none.zip", trust)


def test_a_byte_changed_anywhere_in_the_zip_is_found_before_it_is_opened(package: Path, trust: Trust) -> None:
    data = package.read_bytes()
    with zipfile.ZipFile(package) as archive:
        places = [entry.header_offset + 30 + len(entry.filename) + 5 for entry in archive.infolist()]
    for place in (0, *places, len(data) - 1):
        changed = bytearray(data)
        changed[place] ^= 1
        package.write_bytes(changed)
        with pytest.raises(FileRejected, match="압축은 풀지 않았습니다"):
            verify_package(package, trust)


def test_the_signature_of_another_package_is_refused(
    package: Path, content: PackageContent, authority: Authority, trust: Trust, moment: dt.datetime
) -> None:
    other = write_package(
        content, created=CREATED, sequence=3, replaces=None, cover_pdf=COVER, folder=package.parent
    )
    signed = sign_detached(other, authority.signer, moment)
    shutil.copy(signed, package.with_name(package.name + ".p7s"))
    with pytest.raises(FileRejected, match="서명한 뒤에 바뀌었거나"):
        verify_package(package, trust)


@pytest.mark.parametrize(
    "part", ["data/allowance.csv", "data/recruitment.csv", "data/goals.csv", "summary.xlsx", "cover.pdf"]
)
def test_a_byte_changed_in_a_part_is_found_and_the_part_named(parts: Parts, part: str) -> None:
    data = parts[part]
    changed = data[:-5] + bytes([data[-5] ^ 1]) + data[-4:]
    assert refusal_of(parts | {part: changed}).startswith(f"{part}: 내용이 목록의 SHA-256과 다릅니다.")
    assert refusal_of(parts | {part: data + b"\n"}).startswith(f"{part}: 크기가")


@pytest.mark.parametrize("part", ["data/budget.csv", "summary.xlsx", "cover.pdf", "datapackage.json"])
def test_a_missing_part_is_named(parts: Parts, part: str) -> None:
    del parts[part]
    assert refusal_of(parts).startswith(f"{part}: ")


def test_an_unlisted_part_is_named(parts: Parts) -> None:
    assert refusal_of(parts | {"data/extra.csv": b"a\r\n"}).startswith("data/extra.csv: 목록에 없는")


def test_a_package_without_its_cover_is_refused_even_where_the_list_agrees(parts: Parts) -> None:
    del parts["cover.pdf"]
    without = described(parts, lambda d: d["resources"].pop())
    assert refusal_of(without).startswith("cover.pdf: 이 파일이 들어 있지 않습니다.")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b"57,20900000", b"57,-1", "data/allowance.csv 2줄 amount: '-1'은(는) 0보다 작습니다."),
        (b"57,20900000", b"57,1e7", "data/allowance.csv 2줄 amount: '1e7'은(는) 금액(원) 값으로"),
        (b"57,20900000", b"57,", "data/allowance.csv 2줄 amount: 값이 비어 있습니다."),
        (b"57,20900000", b"57", "data/allowance.csv 2줄: 열이 5개입니다."),
        ("확정".encode(), "확신".encode(), "data/allowance.csv 2줄 state: '확신'은(는) 정해진 값"),
        (b"2026-B,1", b"2026-A,1", "data/allowance.csv 3줄 course, unit: 같은 키의 줄이"),
        (b"2026-B,1", b"2026-X,1", "data/allowance.csv: course '2026-X'이(가) 가리키는 표에 없습니다."),
        (b"paid_people", b"payed_people", "data/allowance.csv 1줄: 제목 줄이"),
        (b"course", b"\xff\xfe", "data/allowance.csv 1줄: UTF-8 csv로"),
    ],
)
def test_a_wrong_cell_is_named_with_line_and_column(
    parts: Parts, before: bytes, after: bytes, said: str
) -> None:
    data = parts["data/allowance.csv"]
    assert before in data
    message = refusal_of(relisted(parts, "data/allowance.csv", data.replace(before, after, 1)))
    assert message.startswith(said)


def test_every_wrong_cell_is_listed(parts: Parts) -> None:
    data = parts["data/allowance.csv"].replace(b",1,", b",0,")
    with pytest.raises(FileRejected, match=r"모두 2건") as caught:
        read_package(zipped(relisted(parts, "data/allowance.csv", data)), "a.zip")
    assert [item.where for item in caught.value.items] == [
        "data/allowance.csv 2줄 unit",
        "data/allowance.csv 3줄 unit",
    ]


def test_a_number_that_does_not_fit_the_content_hash_is_found(parts: Parts) -> None:
    data = parts["data/allowance.csv"].replace(b"20900000", b"20900010")
    assert "content_hash" in refusal_of(relisted(parts, "data/allowance.csv", data))


def test_a_date_that_does_not_exist_is_found(parts: Parts) -> None:
    data = parts["data/courses.csv"].replace(b"2026-08-28", b"2026-02-30")
    message = refusal_of(relisted(parts, "data/courses.csv", data))
    assert message.startswith("data/courses.csv 2줄 end: '2026-02-30'은(는) 종료일 값으로")


def _drop(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda descriptor: descriptor.pop(name)


def _put(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda descriptor: descriptor.update({name: value})


@pytest.mark.parametrize(
    "change",
    [
        *(_drop(name) for name in ("office_code", "created", "sequence", "replaces", "changes", "resources")),
        _put("office_name", 3),
        _put("office_name", "\ud800"),
        _put("period", "2026-13"),
        _put("kind", "other"),
        _put("kind", []),
        _put("status", ["final"]),
        _put("practice", "yes"),
        _put("created", "2026-09-02T10:15:30"),
        _put("sequence", "2"),
        _put("sequence", 0),
        _put("sequence", True),
        _put("replaces", "abc"),
        _put("replaces", 3),
        _put("changes", [1]),
        _put("policy_versions", ["text"]),
        _put("resources", ["text"]),
        _put("resources", None),
        _put("office_code", "JB02"),
        _put("status", "provisional"),
    ],
)
def test_a_descriptor_that_says_something_odd_is_named(
    parts: Parts, change: Callable[[dict[str, Any]], object]
) -> None:
    assert refusal_of(described(parts, change)).startswith("datapackage.json: ")


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_descriptor_that_is_no_json_object_is_named(parts: Parts, text: bytes) -> None:
    assert refusal_of(parts | {"datapackage.json": text}).startswith("datapackage.json: JSON")


def test_a_newer_format_asks_for_a_newer_program(parts: Parts) -> None:
    assert "프로그램을 새 판으로" in refusal_of(described(parts, _put("version", "2.0.1")))


def test_a_table_this_program_does_not_know_is_named(parts: Parts) -> None:
    def loosen(descriptor: dict[str, Any]) -> None:
        descriptor["resources"][0]["schema"]["fields"][3]["constraints"] = {}

    assert refusal_of(described(parts, loosen)).startswith("data/recruitment.csv: 이 프로그램이 아는 표가")


@pytest.mark.parametrize(
    "data", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(40)]
)
def test_what_is_no_package_is_refused(data: bytes) -> None:
    with pytest.raises(FileRejected):
        read_package(data, "a.zip")


def test_a_zip_of_an_unknown_version_is_refused(package: Path) -> None:
    data = package.read_bytes()
    directory = data.rindex(b"PK\x01\x02")
    with pytest.raises(FileRejected, match="압축이 손상되었습니다"):
        read_package(data[: directory + 6] + b"\xe6" + data[directory + 7 :], "a.zip")


def test_a_zip_bomb_is_refused(parts: Parts) -> None:
    assert refusal_of(parts | {"cover.pdf": bytes(30_000_001)}).startswith("cover.pdf: 풀었을 때 너무")
    many = {f"part{number}": b"" for number in range(31)}
    assert "너무 많습니다" in refusal_of(parts | many)


def test_a_name_that_stands_twice_is_refused(parts: Parts) -> None:
    data = io.BytesIO(zipped(parts))
    with warnings.catch_warnings(), zipfile.ZipFile(data, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("cover.pdf", b"another cover")
    with pytest.raises(FileRejected, match=r"cover\.pdf: 같은 이름이 두 번"):
        read_package(data.getvalue(), "a.zip")


def test_a_damaged_zip_is_a_sentence_wherever_the_damage_is(package: Path) -> None:
    """Every 211th byte: refused with a sentence, or a byte that says nothing of the content."""
    data, refused = package.read_bytes(), []
    whole = read_package(data, "a.zip").content
    for place in range(0, len(data), 211):
        changed = bytearray(data)
        changed[place] ^= 0xFF
        try:
            assert read_package(bytes(changed), "a.zip").content == whole
        except FileRejected as problem:
            refused.append(problem.message)
    assert len(refused) > len(data) / 211 * 0.9
    assert all(message.endswith(".") for message in refused)
