"""Pay files as banks take them, and result files as banks give them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from regional_desk.errors import FileRejected
from regional_desk.exchange.pay_file import TOTALS, Totals, pay_file_bytes
from regional_desk.exchange.pay_result import parse_result
from regional_desk.exchange.spreadsheets import read_workbook
from regional_desk.services.pay.pay_lists import templates

HEADS = {"xls": b"\xd0\xcf\x11\xe0", "xlsx": b"PK\x03\x04", "csv": b"\xef\xbb\xbf"}
SUMS = Totals((("구분", "건수", "금액(원)"), ("합계", 1, 1_340_000)))


@pytest.mark.parametrize("key", sorted(templates()))
def test_every_form_is_written_as_its_bank_reads_it(key: str, tmp_path: Path) -> None:
    form = templates()[key]
    row = tuple("0045" if column.value == "account" else None for column in form.columns)
    data = pay_file_bytes(form, [row], SUMS)
    assert data.startswith(HEADS[form.format.value])
    file = tmp_path / f"a.{form.format}"
    file.write_bytes(data)
    book = read_workbook(file)
    assert book.sheets[0].rows[0] == tuple(column.heading for column in form.columns)
    assert "0045" in book.sheets[0].rows[1]
    if form.format.value == "csv":
        assert len(book.sheets) == 1
    else:
        assert [sheet.name for sheet in book.sheets] == [form.sheet, TOTALS]
        assert book.sheets[1].rows[-1] == ("합계", 1, 1_340_000)


def test_the_hana_form_has_its_seven_columns() -> None:
    assert [column.heading for column in templates()["hana"].columns] == [
        "입금은행코드",
        "입금계좌번호",
        "이체금액",
        "예상예금주",
        "보내는분 통장표시내용",
        "받는분 통장표시내용",
        "CMS/모집인코드",
    ]
    assert list(templates())[-2:] == ["general_csv", "general_xlsx"]


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    form = templates()["kbank"]
    file = tmp_path / "a.xlsx"
    file.write_bytes(pay_file_bytes(form, [("=1+1", "010", 5, "@a", "-b")], SUMS))
    cells = next(load_workbook(file).worksheets[0].iter_rows(min_row=2))
    assert [cell.data_type for cell in cells] == ["s", "s", "n", "s", "s"]
    assert [cell.number_format for cell in cells[:2]] == ["@", "@"]


def test_the_result_of_a_bank_with_an_empty_column_in_front_is_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([None, "이체일시", "입금계좌", "이체금액", "예금주", "받는분 통장표시", "처리결과"])
    sheet.append(
        [None, "2026.09.10 11:46:52", "우리은행 1002839010303", 340000, "홍길동", "훈련수당", "이체완료"]
    )
    file = tmp_path / "결과.xls"  # a workbook whose name lies about its format
    book.save(file)
    (line,) = parse_result(read_workbook(file))
    assert (line.row, line.account, line.amount, line.word) == (2, "1002839010303", 340_000, "이체완료")


def test_amounts_come_with_separators_units_and_as_numbers(tmp_path: Path) -> None:
    file = tmp_path / "결과.csv"
    file.write_text(
        '계좌번호,금액,결과,사유\n110-123-456789,"1,340,000원",성공,\n110123456780,20000,실패,계좌없음\n합계,"1,360,000",,\n',
        encoding="cp949",
    )
    lines = parse_result(read_workbook(file))
    assert [(one.account, one.amount, one.word, one.reason) for one in lines] == [
        ("110123456789", 1_340_000, "성공", ""),
        ("110123456780", 20_000, "실패", "계좌없음"),
    ]


def test_a_result_without_rows_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "결과.csv"
    file.write_text("계좌번호,금액,결과\n합계,0,\n", encoding="utf-8")
    with pytest.raises(FileRejected, match="한 건도 없어"):
        parse_result(read_workbook(file))
