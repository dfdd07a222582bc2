"""Headings are found wherever they stand, and what is missing is named."""

from __future__ import annotations

import unicodedata

import pytest

from regional_desk.errors import FileRejected, UsageError
from regional_desk.exchange import applicants, attendance, companies
from regional_desk.exchange.layout import find_header, find_table, propose_header, table_rows
from regional_desk.exchange.spreadsheets import CellValue, Sheet, Workbook

from .conftest import table

NAMES = ("성명", "생년월일")


def numbers(sheet: Sheet) -> list[int]:
    return [number for number, _ in table_rows(sheet, find_header(sheet, applicants.FIELDS))]


@pytest.mark.parametrize("above", [0, 1, 19])
def test_headings_are_found_in_the_first_twenty_rows(above: int) -> None:
    sheet = table(*[("2026년 교육생 명단",)] * above, ("연번", *NAMES))
    layout = find_header(sheet, applicants.FIELDS)
    assert (layout.row, layout.column("name"), layout.column("birth")) == (above, 1, 2)


def test_headings_below_the_first_twenty_rows_are_not_searched() -> None:
    with pytest.raises(FileRejected, match="처음 20행"):
        find_header(table(*[("제목",)] * 20, NAMES), applicants.FIELDS)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("지원\n분야", "track"),
        (" 성 명 ", "name"),
        ("성명(한글)", "name"),
        ("* 성명", "name"),
        ("성\u200b명", "name"),
        (unicodedata.normalize("NFD", "성명"), "name"),
        ("휴대 전화", "phone"),
        ("계좌번호（본인）", "account"),
        ("E-mail", "email"),
        ("비고", ""),
    ],
)
def test_headings_are_known_by_their_synonyms(heading: str, field: str) -> None:
    assert propose_header(table((heading, "구분")), applicants.FIELDS).mapping == (field, "")


def test_every_synonym_leads_to_its_field() -> None:
    for fields in (applicants.FIELDS, companies.FIELDS, attendance.FIELDS):
        for field, names in fields.synonyms.items():
            for name in names:
                assert propose_header(table((name, "x")), fields).mapping[0] == field


def test_missing_columns_are_named_with_what_was_found() -> None:
    with pytest.raises(FileRejected) as caught:
        find_header(table(("교육생 현황",), ("연번", "성명", "연락처")), applicants.FIELDS)
    for part in ("'파일.xlsx'", "'표' 시트", "'생년월일'", "찾은 열: 연번, 성명, 연락처"):
        assert part in caught.value.message


def test_a_sheet_without_any_known_heading_names_its_fullest_row() -> None:
    with pytest.raises(FileRejected, match="찾은 열: 대상자, 출생, 비고"):
        find_header(table(("제목",), ("대상자", "출생", "비고"), ("홍길동", "1999-03-05")), applicants.FIELDS)


def test_an_empty_sheet_is_refused() -> None:
    with pytest.raises(FileRejected, match="'성명', '생년월일'"):
        find_header(table(), applicants.FIELDS)


def test_a_chosen_mapping_goes_before_the_names() -> None:
    sheet = table(("제목",), ("대상자", "생년월일", "연락처", "보호자 연락처"))
    chosen = {"대상자 ": "name", "보호자\n연락처": "phone"}
    layout = find_header(sheet, applicants.FIELDS, chosen)
    assert layout.mapping == ("name", "birth", "", "phone")


def test_a_column_can_be_left_out() -> None:
    assert find_header(table((*NAMES, "주소")), applicants.FIELDS, {"주소": ""}).mapping == (
        "name",
        "birth",
        "",
    )


@pytest.mark.parametrize("chosen", [{"성명": "nickname"}, {"없는 열": "phone"}])
def test_a_mapping_to_nothing_is_a_usage_error(chosen: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        find_header(table(NAMES), applicants.FIELDS, chosen)


def test_a_mapping_remembered_from_one_month_fits_the_next() -> None:
    august = propose_header(table(("대상자", "8/3", "8/4", None)), attendance.FIELDS, {"대상자": "name"})
    remembered = dict(zip(august.headings, august.mapping, strict=True))
    september = table(("대상자", "9/1", "9/2", "9/3"))
    assert propose_header(september, attendance.FIELDS).fingerprint == august.fingerprint
    assert find_header(september, attendance.FIELDS, remembered).mapping == ("name", "", "", "")


def test_of_two_columns_of_one_field_the_left_one_counts() -> None:
    assert find_header(table((*NAMES, "연락처", "휴대폰")), applicants.FIELDS).mapping[2:] == ("phone", "")


def test_headings_over_two_rows_are_joined() -> None:
    sheet = table(
        ("성명", "생년월일", "계좌정보", None, None),
        (None, None, "은행", "계좌번호", "예금주"),
        ("홍길동", "19990305", "신한", "110222333444", "홍길동"),
    )
    layout = find_header(sheet, applicants.FIELDS)
    assert layout.mapping == ("name", "birth", "bank", "account", "holder")
    assert layout.headings[2:] == ("은행", "계좌번호", "예금주")
    assert numbers(sheet) == [3]


def test_a_row_of_weekdays_belongs_to_the_headings() -> None:
    sheet = table(("성명", "8/3", "8/4"), (None, "월", "(화)"), ("홍길동", "○", "○"))
    layout = find_header(sheet, attendance.FIELDS)
    assert (layout.height, layout.headings) == (2, ("성명", "8/3", "8/4"))


def test_a_first_row_without_names_stays_a_row() -> None:
    assert numbers(table((*NAMES, "주소"), (None, None, "창원"), ("홍길동", "19990305", None))) == [2, 3]


@pytest.mark.parametrize(
    "end", ["이하 빈칸", "- 이하빈칸 -", "이 하 여 백", unicodedata.normalize("NFD", "이하 빈칸")]
)
def test_the_end_mark_ends_the_table(end: str) -> None:
    assert numbers(table(NAMES, ("홍길동", "19990305"), (None, end), ("김철수", "19990305"))) == [2]


def test_blank_rows_and_rows_of_a_number_alone_are_left_out() -> None:
    sheet = table(
        ("연번", *NAMES),
        (1, "홍길동", "19990305"),
        (None, None, None),
        (2, None, None),
        (3, " ", "\u200b"),
        (4, "김철수"),
    )
    assert numbers(sheet) == [2, 6]


def test_rows_are_as_wide_as_the_headings() -> None:
    sheet = table(NAMES, ("홍길동",), ("김철수", "19990305", "밖의 값"))
    rows = [cells for _, cells in table_rows(sheet, find_header(sheet, applicants.FIELDS))]
    assert rows == [("홍길동", None), ("김철수", "19990305")]


def test_the_fingerprint_follows_the_headings_not_the_dates() -> None:
    def fingerprint(*headings: CellValue) -> str:
        return propose_header(table(headings), attendance.FIELDS).fingerprint

    assert fingerprint("성명", "8/3", "8/4", "비고") == fingerprint("성 명", "9/1", "9/2", "9/3", "비고")
    assert fingerprint("성명", "8/3") != fingerprint("이름", "8/3")


def test_the_sheet_whose_headings_fit_is_found() -> None:
    guide, people = table(("작성 요령",), ("성명을 적으십시오",)), table(NAMES)
    workbook = Workbook("파일.xlsx", (guide, people))
    assert find_table(workbook, applicants.FIELDS)[0] is people
    with pytest.raises(FileRejected):
        find_table(Workbook("파일.xlsx", (guide,)), applicants.FIELDS)
