"""Applicants and companies: good rows as values, bad ones as errors with their place."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_desk.domain.people import Bank, Sex, Track
from regional_desk.domain.tables import RowError
from regional_desk.exchange import applicants, companies
from regional_desk.exchange.layout import find_header
from regional_desk.exchange.spreadsheets import CellValue, Unread, read_workbook

from .conftest import Write, table

HEADINGS = ("성명", "생년월일", "성별", "연락처", "이메일", "트랙", "은행", "계좌번호", "주소")


def parse(banks: tuple[Bank, ...], *rows: tuple[CellValue, ...]) -> applicants.ParsedApplicants:
    sheet = table(("명단",), HEADINGS, *rows)
    return applicants.parse(sheet, find_header(sheet, applicants.FIELDS), banks)


def test_a_full_row_is_read(banks: tuple[Bank, ...]) -> None:
    found = parse(
        banks,
        (
            "홍길동",
            dt.date(1999, 3, 5),
            "남",
            "010-1234-5678",
            "hong@example.com",
            "트랙2",
            "신한",
            "110-222-333444",
            "창원",
        ),
    )
    (row,) = found.rows
    assert (found.read, found.errors) == (1, ())
    assert (row.row, row.name, row.birth, row.sex) == (3, "홍길동", dt.date(1999, 3, 5), Sex.MALE)
    assert (row.phone, row.email, row.track) == ("01012345678", "hong@example.com", Track.TRACK2)
    assert row.bank is not None
    assert (row.bank.code, row.account, row.address, row.holder) == ("088", "110222333444", "창원", None)


def test_columns_a_file_does_not_have_are_empty(banks: tuple[Bank, ...]) -> None:
    sheet = table(("성명", "생년월일"), ("홍길동", "990305"))
    (row,) = applicants.parse(sheet, find_header(sheet, applicants.FIELDS), banks).rows
    assert (row.birth, row.phone, row.bank, row.account) == (dt.date(1999, 3, 5), None, None, None)


def test_decomposed_full_width_and_invisible_signs_are_mended(banks: tuple[Bank, ...]) -> None:
    decomposed = unicodedata.normalize("NFD", "홍길동")
    (row,) = parse(
        banks,
        (
            decomposed,
            "１９９９０３０５",
            "여 ",
            "０１０１２３４５６７８",
            None,
            "Ｔｒａｃｋ１",
            "국민\u200b은행",
            "１１０２２２３３３４４４",
            None,
        ),
    ).rows
    assert (row.name, row.birth, row.sex) == ("홍길동", dt.date(1999, 3, 5), Sex.FEMALE)
    assert (row.phone, row.account, row.track) == ("01012345678", "110222333444", Track.TRACK1)


def test_numbers_lose_only_what_a_number_cell_cannot_show(banks: tuple[Bank, ...]) -> None:
    (row,) = parse(banks, ("홍길동", 19990305, None, 1012345678, None, None, None, 12345678901234, None)).rows
    assert (row.birth, row.phone, row.account) == (dt.date(1999, 3, 5), "01012345678", "12345678901234")


@pytest.mark.parametrize("account", [1.2345678901234568e15, "1.23E+13", "1.23457E+13"])
def test_an_account_that_lost_digits_is_refused_with_its_place(
    banks: tuple[Bank, ...], account: float | str
) -> None:
    found = parse(banks, ("홍길동", "19990305", None, None, None, None, None, account, None))
    (error,) = found.errors
    assert (found.read, found.rows) == (1, ())
    assert (error.row, error.column, error.value) == (3, "계좌번호", str(account))
    assert "텍스트" in error.message


def test_an_account_stored_as_a_number_in_a_real_file_is_exact(
    write_xlsx: Write, banks: tuple[Bank, ...]
) -> None:
    path = write_xlsx(
        [
            ["성명", "생년월일", "계좌번호"],
            ["가나다", "19990305", 68728909314112],
            ["라마바", "19990305", 6872890931411289],
        ]
    )
    sheet = read_workbook(path).sheet()
    found = applicants.parse(sheet, find_header(sheet, applicants.FIELDS), banks)
    assert [row.account for row in found.rows] == ["68728909314112"]
    assert [error.row for error in found.errors] == [3]


def test_a_cell_without_its_value_is_an_error_not_an_empty_cell(banks: tuple[Bank, ...]) -> None:
    found = parse(banks, ("홍길동", "19990305", None, Unread.FORMULA, None, None, None, Unread.ERROR, None))
    assert [(error.column, error.value) for error in found.errors] == [
        ("연락처", "#수식"),
        ("계좌번호", "#오류"),
    ]


def test_every_bad_value_of_a_row_is_reported(banks: tuple[Bank, ...]) -> None:
    found = parse(banks, ("", "1999-02-30", "x", "전화", "메일", "트랙9", "없는은행", "12", None))
    assert found.rows == ()
    assert [error.column for error in found.errors] == list(HEADINGS[:8])
    assert all(error.row == 3 and error.message.endswith(".") for error in found.errors)


def test_equal_texts_are_judged_alike_in_every_row(banks: tuple[Bank, ...]) -> None:
    bad = ("홍길동", "19990305", "모름", None, None, None, None, None, None)
    found = parse(banks, bad, bad)
    assert [(error.row, error.value) for error in found.errors] == [(3, "모름"), (4, "모름")]


def test_distinct_keeps_the_first_row_of_each_person(banks: tuple[Bank, ...]) -> None:
    rest = (None,) * 7
    found = parse(
        banks, ("홍길동", "19990305", *rest), ("홍길동", "1999-03-05", *rest), ("홍길동", "20000305", *rest)
    )
    assert [row.row for row in applicants.distinct(found.rows)] == [3, 5]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.sampled_from(list(Unread)),
)


@settings(max_examples=60, deadline=None)
@given(row=st.tuples(*[CELLS] * len(HEADINGS)))
def test_no_row_whatever_it_holds_raises(row: tuple[CellValue, ...]) -> None:
    sheet = table(HEADINGS, row)
    found = applicants.parse(sheet, find_header(sheet, applicants.FIELDS), ())
    assert len(found.rows) + len({error.row for error in found.errors}) == found.read


@settings(max_examples=40, deadline=None)
@given(row=st.tuples(*[CELLS] * 4))
def test_no_company_whatever_it_holds_raises(row: tuple[CellValue, ...]) -> None:
    sheet = table(("기업명", "사업자등록번호", "유형", "TO"), row)
    found = companies.parse(sheet, find_header(sheet, companies.FIELDS))
    assert len(found.rows) + len({error.row for error in found.errors}) == found.read


def test_a_company_needs_a_name_and_a_right_number() -> None:
    sheet = table(
        ("업체명", "사업자번호", "유형", "배정인원"),
        ("㈜가온", 1904074816, "제조기업", 3),
        (None, "190-40-74816", None, None),
        ("누리", "190-40-74817", "유통", "많이"),
    )
    found = companies.parse(sheet, find_header(sheet, companies.FIELDS))
    assert [(row.name, row.business_number, row.positions) for row in found.rows] == [
        ("㈜가온", "1904074816", 3)
    ]
    assert [(error.row, error.column) for error in found.errors] == [
        (3, "업체명"),
        (4, "사업자번호"),
        (4, "유형"),
        (4, "배정인원"),
    ]
    assert all(isinstance(error, RowError) for error in found.errors)
