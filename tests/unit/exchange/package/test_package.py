from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.clock import KST
from regional_desk.errors import Refusal
from regional_desk.exchange.package import (
    PackageContent,
    Table,
    content_hash,
    package_bytes,
    package_name,
    write_package,
)
from regional_desk.exchange.package_csv import read_csv, show_value, write_csv
from regional_desk.exchange.package_difference import content_difference, difference
from regional_desk.exchange.package_reader import read_package
from regional_desk.exchange.package_schema import SUMMARY_TABLES, Kind, schema_of
from regional_desk.exchange.package_table import Field, Type

CREATED = dt.datetime(2026, 9, 2, 10, 15, 30, tzinfo=KST)
COVER = b"%PDF-1.4 a cover\n"


def build(content: PackageContent, **changed: Any) -> bytes:
    given: dict[str, Any] = {"created": CREATED, "sequence": 1, "replaces": None, "cover_pdf": COVER}
    return package_bytes(content, **given | changed)


def with_rows(content: PackageContent, name: str, rows: tuple[tuple[Any, ...], ...]) -> PackageContent:
    tables = tuple(Table(name, rows) if table.name == name else table for table in content.tables)
    return replace(content, tables=tables)


def descriptor_of(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        descriptor: dict[str, Any] = json.loads(archive.read("datapackage.json"))
    return descriptor


def test_the_unpacked_package_passes_frictionless(content: PackageContent, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(build(content))) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert done.returncode == 0, report
    assert report["valid"]
    assert [task["name"] for task in report["tasks"] if task["type"] == "table"] == [
        schema.name for schema in SUMMARY_TABLES
    ]


def test_frictionless_finds_a_row_that_names_an_unknown_course(
    content: PackageContent, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(build(content))) as archive:
        archive.extractall(tmp_path)
    table = tmp_path / "data" / "allowance.csv"
    table.write_bytes(table.read_bytes().replace(b"2026-B,1", b"2026-X,1"))
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    errors = {error["type"] for task in json.loads(done.stdout)["tasks"] for error in task["errors"]}
    assert errors == {"hash-count", "foreign-key"}


def test_the_same_content_gives_the_same_bytes(content: PackageContent) -> None:
    elsewhere = CREATED.astimezone(dt.UTC)
    turned = replace(content, tables=content.tables[::-1])
    assert build(content) == build(turned, created=elsewhere)


def test_every_time_inside_is_that_of_the_first_build(content: PackageContent) -> None:
    data = build(content)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 9, 2, 10, 15, 30)}
        workbook = archive.read("summary.xlsx")
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 9, 2, 10, 15, 30)}
    properties = openpyxl.load_workbook(io.BytesIO(workbook)).properties
    assert properties.created == properties.modified == dt.datetime(2026, 9, 2, 1, 15, 30)  # noqa: DTZ001 - openpyxl's UTC
    assert descriptor_of(data)["created"] == "2026-09-02T10:15:30+09:00"


def test_the_descriptor_says_who_reports_what(content: PackageContent) -> None:
    earlier = hashlib.sha256(b"the first package").hexdigest()
    descriptor = descriptor_of(build(content, sequence=2, replaces=earlier, changes=("훈련수당: 고침",)))
    assert descriptor["name"] == "jb01-2026-08-summary-02"
    assert descriptor["version"] == "1.0.2"
    assert (descriptor["office_code"], descriptor["region"], descriptor["period"]) == (
        "JB01",
        "52",
        "2026-08",
    )
    assert (descriptor["kind"], descriptor["status"], descriptor["practice"]) == ("summary", "final", True)
    assert (descriptor["sequence"], descriptor["replaces"]) == (2, earlier)
    assert descriptor["changes"] == ["훈련수당: 고침"]
    assert descriptor["policy_versions"] == [{"policy": "smart-manufacturing-2026", "version": "2026-03-01"}]
    assert descriptor["generator"] == "Regional Desk 0.1.0"


def test_each_part_is_listed_with_its_hash_and_size(content: PackageContent) -> None:
    data = build(content)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    listed = {one["path"]: one for one in descriptor_of(data)["resources"]}
    assert list(parts) == ["datapackage.json", *listed]
    for path, one in listed.items():
        assert one["bytes"] == len(parts[path])
        assert one["hash"] == "sha256:" + hashlib.sha256(parts[path]).hexdigest()


def test_a_table_that_is_not_given_is_absent(content: PackageContent) -> None:
    small = replace(content, tables=tuple(t for t in content.tables if t.name in {"courses", "goals"}))
    listed = [one["name"] for one in descriptor_of(build(small))["resources"]]
    assert listed == ["courses", "goals", "workbook", "cover"]


def test_csv_is_plain_utf8_with_crlf(content: PackageContent) -> None:
    with zipfile.ZipFile(io.BytesIO(build(content))) as archive:
        text = archive.read("data/courses.csv").decode("utf-8")
    assert text.startswith("course,name,track,start,end,training_days,enrolled,completed,state\r\n")
    assert '2026-A,"=1+1 스마트공장, 기초",Track1,2026-08-03,2026-08-28,19,60,55,종료\r\n' in text
    assert text.count("\n") == text.count("\r\n") == 3


def test_formula_text_stays_text_in_the_workbook(content: PackageContent) -> None:
    with zipfile.ZipFile(io.BytesIO(build(content))) as archive:
        book = openpyxl.load_workbook(io.BytesIO(archive.read("summary.xlsx")))
    cell = book["과정"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1 스마트공장, 기초", "s")


def test_the_workbook_holds_the_same_tables(content: PackageContent) -> None:
    with zipfile.ZipFile(io.BytesIO(build(content))) as archive:
        book = openpyxl.load_workbook(io.BytesIO(archive.read("summary.xlsx")))
    assert book.sheetnames == ["개요", *(schema.title for schema in SUMMARY_TABLES)]
    assert ("구분", "연습용") in [tuple(cell.value for cell in row) for row in book["개요"].rows]
    allowance = [tuple(cell.value for cell in row) for row in book["훈련수당"].rows]
    assert allowance[0] == ("과정 코드", "단위기간", "인원", "지급 인원", "금액(원)", "상태")
    assert allowance[1] == ("2026-A", 1, 60, 57, 20_900_000, "확정")


def test_rows_stand_in_the_order_of_their_key(content: PackageContent) -> None:
    with zipfile.ZipFile(io.BytesIO(build(content))) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("data/recruitment.csv").decode())))[1:]
    assert [row[1:3] for row in rows] == [["Track1", "접수"], ["Track1", "등록"], ["Track2", "접수"]]


def test_unchanged_content_keeps_its_hash(content: PackageContent) -> None:
    turned = replace(
        content, tables=tuple(Table(table.name, table.rows[::-1]) for table in content.tables[::-1])
    )
    assert content_hash(turned) == content_hash(content)
    assert content_hash(replace(content, generator="Regional Desk 0.2.0")) == content_hash(content)
    built = {descriptor_of(build(content, sequence=n))["content_hash"] for n in (1, 2)}
    assert built == {content_hash(content)}


@pytest.mark.parametrize(
    "change",
    [
        {"office_code": "JB02"},
        {"office_name": "다른 사업단"},
        {"region": "11"},
        {"period": "2026-09"},
        {"status": "provisional"},
        {"practice": False},
        {"policy_versions": ()},
        {"tables": ()},
    ],
)
def test_any_change_of_what_is_said_changes_the_hash(content: PackageContent, change: dict[str, Any]) -> None:
    assert content_hash(replace(content, **change)) != content_hash(content)


def test_a_changed_cell_changes_the_hash(content: PackageContent) -> None:
    assert content_hash(with_rows(content, "visits", ((1, 0, 0),))) != content_hash(content)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("visits", ((-1, 0, 0),)),
        ("visits", ((1, 0),)),
        ("visits", ((True, 0, 0),)),
        ("visits", ((0, 0, 0), (1, 1, 1))),
        ("goals", (("", 1, 1, 1),)),
        ("goals", (("가\n나", 1, 1, 1),)),
        ("goals", (("같은 것", 1, 1, 1), ("같은 것", 2, 2, 2))),
        ("recruitment", (("2026-8", "Track1", "접수", 1),)),
        ("recruitment", (("2026-08", "Track3", "접수", 1),)),
        ("placements", (("2026-08", "Track1", None, 1, 1, 1, 1, 1),)),
        ("companies", (("2026-08", "대기업", 1, 1, 1, 1, 1),)),
        ("companies", (("2026-08", "제조", 1, 1, 1, 1, 1),) * 2),
        ("allowance", (("없는 과정", 1, 1, 1, 1, "확정"),)),
    ],
)
def test_rows_that_break_their_schema_are_a_bug(
    content: PackageContent, name: str, rows: tuple[tuple[Any, ...], ...]
) -> None:
    with pytest.raises(ValueError, match=name):
        build(with_rows(content, name, rows))


def test_a_table_of_another_kind_is_a_bug(content: PackageContent) -> None:
    with pytest.raises(ValueError, match="people"):
        build(replace(content, tables=(Table("people", ()),)))


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1),
            st.integers(0, 10**17),
            st.integers(0, 9),
            st.integers(-(10**17), 10**17),
        ),
        unique_by=lambda row: row[0],
    )
)
def test_a_table_reads_back_as_it_was_written(rows: list[tuple[str, int, int, int]]) -> None:
    schema = schema_of(Kind.SUMMARY, "budget")
    assert schema is not None
    read, faults = read_csv(schema, write_csv(schema, tuple(rows)))
    assert not faults
    assert read == tuple(sorted(rows))


@given(st.decimals(0, 100, places=1))
def test_a_rate_keeps_its_decimal(rate: Decimal) -> None:
    assert show_value(Field("rate", "율", Type.NUMBER), rate) == f"{rate:f}"


def test_the_file_is_named_by_office_period_kind_and_sequence(
    content: PackageContent, tmp_path: Path
) -> None:
    path = write_package(
        content, created=CREATED, sequence=7, replaces=None, cover_pdf=COVER, folder=tmp_path / "out"
    )
    assert path.name == "JB01_2026-08_summary_07.zip"
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    again = write_package(
        content, created=CREATED, sequence=7, replaces=None, cover_pdf=COVER, folder=path.parent
    )
    assert again == path


def test_another_file_of_the_name_is_not_overwritten(content: PackageContent, tmp_path: Path) -> None:
    path = tmp_path / package_name(content, 1)
    path.write_bytes(b"older")
    with pytest.raises(Refusal, match="덮어쓰지 않았습니다"):
        write_package(content, created=CREATED, sequence=1, replaces=None, cover_pdf=COVER, folder=tmp_path)
    assert path.read_bytes() == b"older"


def test_a_folder_that_cannot_be_written_is_a_sentence(content: PackageContent, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refusal, match="쓰지 못했습니다"):
        write_package(
            content, created=CREATED, sequence=1, replaces=None, cover_pdf=COVER, folder=tmp_path / "file"
        )


def test_the_hundredth_correction_is_refused(content: PackageContent) -> None:
    with pytest.raises(Refusal, match="99번까지"):
        package_name(content, 100)


def test_a_roster_is_never_written_open(content: PackageContent, tmp_path: Path) -> None:
    roster = replace(content, kind=Kind.ROSTER, tables=())
    with pytest.raises(Refusal, match="암호화해서만"):
        write_package(
            roster, created=CREATED, sequence=1, replaces=None, cover_pdf=COVER, folder=tmp_path / "out"
        )
    assert not (tmp_path / "out").exists()


def test_what_one_person_did_alone_is_said_and_read_back(content: PackageContent) -> None:
    alone = replace(content, solo=("2026-A 1단위기간",))
    assert content_hash(alone) != content_hash(content)
    assert content_difference(content, alone) == ("단독 처리: 없음 → 2026-A 1단위기간",)
    data = package_bytes(alone, created=CREATED, sequence=1, replaces=None, cover_pdf=COVER)
    assert read_package(data, "x.zip").content.solo == alone.solo


def test_equal_contents_differ_in_nothing(content: PackageContent) -> None:
    assert content_difference(content, content) == ()


def test_the_difference_names_rows_by_their_key(content: PackageContent) -> None:
    changed = with_rows(
        content,
        "allowance",
        (("2026-A", 1, 60, 58, 21_300_000, "확정"), ("2026-A", 2, 60, 0, 0, "진행")),
    )
    assert difference(content.tables, changed.tables) == (
        "훈련수당 · 과정 코드 2026-B · 단위기간 1: 빠짐",
        "훈련수당 · 과정 코드 2026-A · 단위기간 1: 지급 인원 57 → 58, 금액(원) 20,900,000 → 21,300,000",
        "훈련수당 · 과정 코드 2026-A · 단위기간 2: 새로 들어감",
    )


def test_the_difference_names_tables_heading_and_empty_cells(content: PackageContent) -> None:
    older = replace(
        content, status="provisional", tables=tuple(t for t in content.tables if t.name != "visits")
    )
    attendance = content.table("attendance")
    assert attendance is not None
    older = with_rows(older, "attendance", (("2026-A", 1, 19, 60, None, 2, 1, "종료"), attendance.rows[1]))
    assert content_difference(older, content) == (
        "상태: 미확정 → 확정",
        "출결 · 과정 코드 2026-A · 단위기간 1: 평균 출석률(%) 없음 → 93.4",
        "방문점검: 표가 새로 들어감(1줄)",
    )
    assert difference(content.tables, older.tables)[-1] == "방문점검: 표가 빠짐(1줄)"
