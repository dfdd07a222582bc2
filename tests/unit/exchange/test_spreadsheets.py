"""What read_workbook takes, and that nothing from outside harms the program that asks."""

from __future__ import annotations

import datetime as dt
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regional_desk.errors import FileRejected
from regional_desk.exchange import child_reader, sheet_child
from regional_desk.exchange.spreadsheets import Limits, Unread, read_workbook

from .conftest import Write, repacked

FILES = Path(__file__).parents[2] / "data" / "office_files"
SHEET = "xl/worksheets/sheet1.xml"
WORKSHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def with_cells(tmp_path: Path, rows: str) -> Path:
    """companies.xlsx with the XML of its rows replaced."""
    path = tmp_path / "바꾼 파일.xlsx"
    path.write_bytes(repacked(FILES / "companies.xlsx", {SHEET: WORKSHEET.format(rows).encode()}))
    return path


def rejection(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(FileRejected) as caught:
        read_workbook(path, limits)
    message = caught.value.message
    assert path.name in message
    assert message.endswith(".")
    return message


def test_values_come_as_plain_python(write_xlsx: Write) -> None:
    moment = dt.datetime(2026, 8, 3, 9, 10)  # noqa: DTZ001 - a cell has no zone
    path = write_xlsx(
        [["글", 3, 8.5, True, dt.date(2026, 8, 3), moment, dt.time(9, 10), None, 12345678901234]]
    )
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows == (
        ("글", 3, 8.5, True, dt.date(2026, 8, 3), moment, "09:10:00", None, 12345678901234),
    )
    assert [type(value) for value in sheet.rows[0][1:4]] == [int, float, bool]


def test_a_number_too_long_for_a_float_stays_a_float(write_xlsx: Write) -> None:
    (sheet,) = read_workbook(write_xlsx([[999999999999999, 1234567890123456]])).sheets
    assert [type(value) for value in sheet.rows[0]] == [int, float]


def test_rows_stand_where_the_sheet_shows_them(write_xlsx: Write) -> None:
    (sheet,) = read_workbook(write_xlsx([[], [], [None, "셋째 줄"]])).sheets
    assert sheet.rows[2] == (None, "셋째 줄")


def test_hidden_and_chart_sheets_do_not_stand_in_the_way(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "숨김"
    book.worksheets[0].append(["숨은 값"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_chartsheet("차트")
    book.create_sheet("빈 시트")
    shown = book.create_sheet("명단")
    shown.append(["=1+1"])
    path = tmp_path / "여러 시트.xlsx"
    book.active = 3
    book.save(path)
    workbook = read_workbook(path)
    assert [sheet.name for sheet in workbook.sheets] == ["숨김", "빈 시트", "명단"]
    assert workbook.sheet().name == "명단"
    assert workbook.sheet().rows == ((Unread.FORMULA,),)
    assert workbook.sheet("숨김").rows == (("숨은 값",),)
    with pytest.raises(FileRejected, match="들어 있는 시트: 숨김, 빈 시트, 명단"):
        workbook.sheet("없음")


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "실은 xlsx.xls"
    path.write_bytes((FILES / "companies.xlsx").read_bytes())
    assert read_workbook(path).sheets[0].rows == read_workbook(FILES / "companies.xlsx").sheets[0].rows


def test_formulas_without_a_result_and_errors_are_not_taken_for_empty(tmp_path: Path) -> None:
    path = with_cells(
        tmp_path,
        '<row r="1"><c r="A1"><f>1+1</f><v/></c><c r="B1"><f>1+1</f><v>2</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="4"><c r="B4"><f t="shared" si="0"/></c></row>',
    )
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows[0] == (Unread.FORMULA, 2, None, Unread.ERROR)
    assert sheet.rows[3] == (None, Unread.FORMULA)


def test_unread_cells_are_found_across_chunks_of_a_large_sheet(tmp_path: Path) -> None:
    filling = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{"가" * 100}</t></is></c></row>'
        for row in range(1, 4001)
    )
    path = with_cells(tmp_path, filling + '<row r="4001"><c r="A4001" t="e"><v>#N/A</v></c></row>')
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows[4000] == (Unread.ERROR,)
    assert sheet.rows[3999] == ("가" * 100,)


def test_an_unread_cell_far_away_is_counted_like_any_other(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="XFD{row}"><f>1</f></c></row>' for row in range(1_048_000, 1_048_100)
    )
    assert "칸이 너무 많습니다" in rejection(with_cells(tmp_path, rows))


def test_an_ods_with_a_formula_without_result_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(FILES / "applicants.ods") as archive:
        content = archive.read("content.xml")
    cell = b"<table:table-cell"
    changed = content.replace(cell, cell + b' table:formula="of:=1+1"/>' + cell, 1)
    path = tmp_path / "수식.ods"
    path.write_bytes(repacked(FILES / "applicants.ods", {"content.xml": changed}))
    assert "수식" in rejection(path)


def test_one_cell_in_the_last_corner_does_not_kill_the_program(tmp_path: Path) -> None:
    path = with_cells(
        tmp_path,
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    )
    assert "아주 먼 칸" in rejection(path)


def test_more_cells_than_allowed_are_refused_by_sheet(write_xlsx: Write) -> None:
    path = write_xlsx([[1, 2, 3]] * 4)
    assert read_workbook(path, Limits(cells=12)).sheets
    assert "'Sheet' 시트" in rejection(path, Limits(cells=11))


def test_a_zip_bomb_is_refused_by_what_it_really_unpacks_to(tmp_path: Path) -> None:
    path = tmp_path / "폭탄.xlsx"
    path.write_bytes(repacked(FILES / "companies.xlsx", {SHEET: b"0" * 40_000_000}))
    assert path.stat().st_size < 100_000
    assert "지나치게 커지는" in rejection(path)


def test_a_bomb_whose_directory_lies_is_refused(tmp_path: Path) -> None:
    data = bytearray(repacked(FILES / "companies.xlsx", {SHEET: b"0" * 40_000_000}))
    honest = struct.pack("<I", 40_000_000)
    assert data.count(honest) == 2
    path = tmp_path / "거짓.xlsx"
    path.write_bytes(data.replace(honest, struct.pack("<I", 100)))
    assert "지나치게 커지는" in rejection(path)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "조각.xlsx"
    path.write_bytes(repacked(FILES / "companies.xlsx", {f"xl/media/{at}.png": b"x" for at in range(500)}))
    assert "조각이 너무 많아" in rejection(path)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("빈.xlsx", b"", "빈 파일"),
        ("글.xlsx", "표가 아닙니다".encode(), "스프레드시트로 읽을 수 없습니다"),
        ("보고서.pdf", b"%PDF-1.7 ...", "PDF 파일이어서"),
        ("사진.xlsx", b"\x89PNG\r\n\x1a\n", "그림 파일이어서"),
        ("웹.xls", b"\xef\xbb\xbf\r\n<html><table>", "웹 문서(HTML, XML) 파일이어서"),
        ("보안.xlsx", b"\x9b DRMONE  This Document", "문서보안(DRM)"),
        ("모름.dat", b"name,birth", "스프레드시트로 읽을 수 없습니다"),
        ("깨짐.xlsx", b"PK\x03\x04 and then nothing", "스프레드시트로 읽을 수 없습니다"),
        ("깨짐.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "스프레드시트로"),
        (
            "공문.xls",
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99 + "HwpSummaryInformation".encode("utf-16-le"),
            "한글(HWP)",
        ),
        (
            "암호.xlsx",
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"),
            "암호가 걸려",
        ),
    ],
)
def test_what_is_no_spreadsheet_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert reason in rejection(path)


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/document.xml", "Word"), ("Contents/section0.xml", "한글(HWPX)"), ("메모.txt", "zip")],
)
def test_other_archives_are_named(tmp_path: Path, part: str, kind: str) -> None:
    path = tmp_path / "다른 것.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert kind in rejection(path)


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    data = bytearray((FILES / "companies.xlsx").read_bytes())
    for match in re.finditer(b"PK\x01\x02", bytes(data)):
        data[match.start() + 8] |= 1
    path = tmp_path / "암호.xlsx"
    path.write_bytes(data)
    assert "암호가 걸려" in rejection(path)


def test_a_missing_file_a_folder_and_a_large_file_are_refused(tmp_path: Path) -> None:
    assert "파일이 없습니다" in rejection(tmp_path / "없음.xlsx")
    assert "열 수 없습니다" in rejection(tmp_path)
    assert "너무 커서" in rejection(FILES / "companies.xlsx", Limits(size=100))


def test_a_workbook_without_content_says_so(write_xlsx: Write) -> None:
    with pytest.raises(FileRejected, match="내용이 없습니다"):
        read_workbook(write_xlsx([])).sheet()


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os; os.abort()", "crashed"),
        ("raise SystemExit(0)", "crashed"),
        ("import sys; sys.stdout.buffer.write(b'nonsense')", "crashed"),
        ("while True: pass", "slow"),
    ],
)
def test_a_child_that_dies_hangs_or_babbles_is_survived(
    monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    monkeypatch.setattr(child_reader, "_command", lambda: [sys.executable, "-I", "-S", "-c", script])
    assert child_reader.ask_child(b"PK", {"seconds": 1}) == (reason, "")


def test_the_memory_limit_stops_the_child_alone(write_xlsx: Write) -> None:
    path = write_xlsx([["가" * 30_000] * 10] * 100)
    message = rejection(path, Limits(memory=80_000_000, ratio=100_000))
    assert "너무 커서" in message or "읽다가 멈추었습니다" in message


def test_the_frozen_program_becomes_the_reader_by_its_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_reader._command() == [sys.executable, sheet_child.CHILD_FLAG]
    start = (
        "from regional_desk.exchange.sheet_child import run_if_child; run_if_child(); print('not a child')"
    )
    as_child = [sys.executable, "-c", start, sheet_child.CHILD_FLAG]
    monkeypatch.setenv("PYTHONPATH", str(Path(sheet_child.__file__).parents[2]))
    monkeypatch.setattr(child_reader, "_command", lambda: as_child)
    assert read_workbook(FILES / "companies.xlsx").sheet().rows[1][0] == "기업명"
    beside = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)
    assert beside.stdout == "not a child\n"


def test_the_child_loads_nothing_of_the_program() -> None:
    code = (
        f"import runpy, sys; runpy.run_path({sheet_child.__file__!r});"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in {'regional_desk', 'multiprocessing', 'site'}))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def read_or_refused(path: Path) -> str:
    """The names of the sheets, or the sentence that says why not."""
    try:
        return ", ".join(sheet.name for sheet in read_workbook(path).sheets) or "no sheet"
    except FileRejected as rejected:
        return rejected.message


def _mutated(data: bytes, cuts: list[tuple[int, int]]) -> bytes:
    changed = bytearray(data)
    for at, value in cuts:
        changed[at % len(changed)] = value
    return bytes(changed)


@pytest.mark.parametrize("name", ["applicants.xlsx", "applicants.xls", "applicants.ods"])
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(cuts=st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 255)), min_size=1, max_size=30))
def test_damaged_bytes_are_read_or_refused(name: str, cuts: list[tuple[int, int]], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(_mutated((FILES / name).read_bytes(), cuts))
    assert read_or_refused(path)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(cuts=st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 255)), min_size=1, max_size=10))
def test_damaged_xml_inside_a_sound_archive_is_read_or_refused(
    cuts: list[tuple[int, int]], tmp_path: Path
) -> None:
    with zipfile.ZipFile(FILES / "applicants.xlsx") as archive:
        xml = archive.read(SHEET)
    path = tmp_path / "손상.xlsx"
    path.write_bytes(repacked(FILES / "applicants.xlsx", {SHEET: _mutated(xml, cuts)}))
    assert read_or_refused(path)
