from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from regional_desk.documents import allowance_statement, attendance_register, monthly_report
from regional_desk.documents.layout import lay_out
from regional_desk.documents.paper import Column, Paper, Stamp, Table
from regional_desk.documents.xlsx import write_xlsx, xlsx_bytes

from .conftest import MakeRegister, MakeStatement, ReadXlsx

CellValues = Callable[[Any], list[Any]]


def find(sheet: Any, value: Any) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == value)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "00123", "3/5"])
def test_a_text_stays_a_text(text: str, stamp: Stamp, read_xlsx: ReadXlsx) -> None:
    table = Table((Column("성명", 1), Column("수", 1)), ((text, 7),))
    cell = find(read_xlsx(xlsx_bytes(Paper("제목", stamp, (table,)))), text)
    assert cell.data_type == "s"


def test_numbers_are_numbers_with_their_format(
    make_statement: MakeStatement, stamp: Stamp, read_xlsx: ReadXlsx
) -> None:
    sheet = read_xlsx(xlsx_bytes(allowance_statement.to_paper(make_statement(3), stamp)))
    amount, rate = find(sheet, 340_000), find(sheet, 89.5)
    assert (amount.data_type, amount.number_format) == ("n", "#,##0")
    assert (rate.data_type, rate.number_format) == ("n", "#,##0.0")
    assert find(sheet, 1_020_000).number_format == "#,##0"


def test_control_characters_do_not_stop_the_workbook(stamp: Stamp, read_xlsx: ReadXlsx) -> None:
    table = Table((Column("성명", 1), Column("수", 1)), (("종\x07소리", Decimal(1)),))
    assert find(read_xlsx(xlsx_bytes(Paper("제목", stamp, (table,)))), "종소리")


def test_the_print_is_set_up(make_statement: MakeStatement, marked_stamp: Stamp, read_xlsx: ReadXlsx) -> None:
    sheet = read_xlsx(xlsx_bytes(allowance_statement.to_paper(make_statement(86), marked_stamp)))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    margins = sheet.page_margins
    for inches, mm in ((margins.top, 30), (margins.bottom, 15), (margins.left, 20), (margins.right, 15)):
        assert inches * 25.4 == pytest.approx(mm)
    first, last = (int(row) for row in sheet.print_title_rows.replace("$", "").split(":"))
    assert any(cell.value == "지급액(원)" for row in sheet.iter_rows(first, last) for cell in row)
    assert sheet.oddFooter.right.text == "&P / &N"
    assert "확인번호: GN-2608-K3F9Q" in sheet.oddFooter.left.text
    assert sheet.oddHeader.center.text == "연습용"
    assert sheet.oddHeader.left.text == "[미확정]  [단독 처리]"


def test_an_ampersand_in_the_purpose_is_no_code_of_the_footer(stamp: Stamp, read_xlsx: ReadXlsx) -> None:
    table = Table((Column("성명", 1),), (("홍길동",),))
    paper = Paper("제목", replace(stamp, purpose="R&D 점검"), (table,))
    assert "R&&D 점검" in read_xlsx(xlsx_bytes(paper)).oddFooter.left.text


def test_pages_break_where_the_pdf_breaks(
    make_statement: MakeStatement, stamp: Stamp, read_xlsx: ReadXlsx, cell_values: CellValues
) -> None:
    paper = allowance_statement.to_paper(make_statement(86), stamp)
    pages = len(lay_out(paper).pages)
    sheet = read_xlsx(xlsx_bytes(paper))
    assert len(sheet.row_breaks.brk) == pages - 1
    values = cell_values(sheet)
    assert values.count("쪽  계") == values.count("누  계") == pages
    assert values.count("합  계") == 1
    assert values.count("지급액(원)") == 1
    assert values.count("이하 빈칸") == 1


def test_tables_on_further_sheets_carry_their_own_heading(
    make_register: MakeRegister, stamp: Stamp, read_xlsx: ReadXlsx, cell_values: CellValues
) -> None:
    paper = attendance_register.to_paper(make_register(30, 31, blank=True), stamp)
    sheet = read_xlsx(xlsx_bytes(paper))
    assert sheet.print_title_rows is None
    assert cell_values(sheet).count("성명") == len(lay_out(paper).pages)


def test_the_same_paper_gives_the_same_bytes(
    report: monthly_report.MonthlyReport,
    make_register: MakeRegister,
    marked_stamp: Stamp,
    zip_times: Callable[[bytes], set[tuple[int, ...]]],
) -> None:
    for paper in (
        monthly_report.to_paper(report, marked_stamp),
        attendance_register.to_paper(make_register(40), marked_stamp),
    ):
        data = xlsx_bytes(paper)
        assert data == xlsx_bytes(paper)
        assert zip_times(data) == {(2026, 8, 31, 14, 3, 0)}
        properties = openpyxl.load_workbook(io.BytesIO(data)).properties
        assert properties.created.isoformat() == properties.modified.isoformat() == "2026-08-31T05:03:00"


def test_the_charts_of_the_report_are_charts_of_the_workbook(
    report: monthly_report.MonthlyReport, stamp: Stamp
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(monthly_report.to_paper(report, stamp))))
    sheet, data = book.worksheets
    assert len(sheet._charts) == 2
    assert data.sheet_state == "hidden"
    assert [tuple(row) for row in data.iter_rows(values_only=True)] == [
        ("구분", "목표", "실적"),
        ("모집 Track1", 57, 58),
        ("모집 Track2", 29, 20),
        (None, None, None),
        ("구분", "목표", "실적"),
        ("수료", 77, 63),
        ("정규직 전환", 40, 3),
    ]


def test_a_paper_without_people_closes_with_the_blank_row(
    make_statement: MakeStatement, stamp: Stamp, read_xlsx: ReadXlsx, cell_values: CellValues
) -> None:
    values = cell_values(read_xlsx(xlsx_bytes(allowance_statement.to_paper(make_statement(0), stamp))))
    assert "이하 빈칸" in values
    assert "금0원(금영원)" in values


def test_approval_boxes_never_fall_onto_each_other(
    make_statement: MakeStatement, stamp: Stamp, read_xlsx: ReadXlsx
) -> None:
    labels = ("담당", "팀장", "본부장", "단장")
    sheet = read_xlsx(xlsx_bytes(allowance_statement.to_paper(make_statement(2, approval=labels), stamp)))
    columns = [find(sheet, label).column for label in labels]
    assert columns == sorted(set(columns))
    assert len({find(sheet, label).row for label in labels}) == 1


def test_writing_tells_pages_and_leaves_one_file(
    tmp_path: Path, make_statement: MakeStatement, stamp: Stamp
) -> None:
    path = tmp_path / "지급조서.xlsx"
    written = write_xlsx(allowance_statement.to_paper(make_statement(40), stamp), path)
    assert written.pages == 3
    assert list(tmp_path.iterdir()) == [path]
