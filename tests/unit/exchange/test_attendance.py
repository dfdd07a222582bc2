"""Attendance sheets: which column is which day, and what the cells say."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_desk.domain.attendance import ABSENT, PRESENT, Cell, Mark, Status
from regional_desk.errors import FileRejected
from regional_desk.exchange import attendance
from regional_desk.exchange.date_columns import date_columns
from regional_desk.exchange.layout import find_header
from regional_desk.exchange.spreadsheets import CellValue, Sheet, Unread

from .conftest import table

START, END = dt.date(2026, 8, 3), dt.date(2026, 8, 28)


def days(sheet: Sheet, start: dt.date = START, end: dt.date = END) -> list[str]:
    layout = find_header(sheet, attendance.FIELDS)
    return [day.isoformat() for day in date_columns(sheet, layout, start, end).values()]


def parse(*rows: tuple[CellValue, ...]) -> attendance.ParsedAttendance:
    sheet = table(*rows)
    return attendance.parse(sheet, find_header(sheet, attendance.FIELDS), START, END)


@pytest.mark.parametrize(
    "heading",
    [
        dt.date(2026, 8, 5),
        dt.datetime(2026, 8, 5, 9),  # noqa: DTZ001 - a cell has no zone
        46239,
        "46239",
        8.5,
        "8/5",
        "8.5",
        "8. 5.",
        "08-05",
        "8월 5일",
        "8월5일(수)",
        "8/5\n(수)",
        "8/5 수요일",
        "８/５",
        "2026-08-05",
        "2026. 8. 5.",
        "26.8.5",
        "2026년 8월 5일",
        "20260805",
    ],
)
def test_a_date_is_known_however_it_is_written(heading: CellValue) -> None:
    assert days(table(("성명", heading, "비고"))) == ["2026-08-05"]


@pytest.mark.parametrize("heading", [5, "5", "5일", "5(수)", "5일(수)", "5일 수", "5\n수요일", "5 일", "５"])
def test_a_day_number_takes_the_month_of_the_title(heading: CellValue) -> None:
    assert days(table(("출 석 부 (2026년 8월)",), ("성명", heading))) == ["2026-08-05"]


def test_day_numbers_take_the_nearest_month_title_to_the_left() -> None:
    sheet = table(
        ("2026년 출석부",),
        ("성명", "7월", None, "8월", None),
        (None, 30, 31, 1, 2),
        ("홍길동", "○", "○", "○", "○"),
    )
    expected = ["2026-07-30", "2026-07-31", "2026-08-01", "2026-08-02"]
    assert days(sheet, dt.date(2026, 7, 1), dt.date(2026, 8, 31)) == expected


def test_a_title_over_the_whole_sheet_reaches_every_column() -> None:
    assert days(table(("2026년 8월",), ("비고", "○"), ("성명", 5, 6))) == ["2026-08-05", "2026-08-06"]


def test_a_sheet_of_the_widest_kind_is_judged_at_once() -> None:
    headings = ("성명", *range(1, 32), *["3월"] * 16_000)
    assert len(days(table(("8월",) * 16_032, headings))) == 31


def test_day_numbers_without_a_title_need_a_course_of_one_month() -> None:
    sheet = table(("성명", 5))
    assert days(sheet) == ["2026-08-05"]
    assert days(sheet, START, dt.date(2026, 9, 4)) == []


def test_the_year_is_the_courses_over_new_year_too() -> None:
    sheet = table(("성명", "12/30", "1/4"))
    assert days(sheet, dt.date(2026, 12, 1), dt.date(2027, 1, 29)) == ["2026-12-30", "2027-01-04"]


def test_a_number_may_have_lost_its_zero() -> None:
    assert days(table(("성명", 8.1, 8.2, 8.3))) == ["2026-08-10", "2026-08-20", "2026-08-03"]


def test_a_number_that_may_be_two_days_is_refused() -> None:
    sheet = table(("성명", 8.1))
    layout = find_header(sheet, attendance.FIELDS)
    with pytest.raises(FileRejected, match=r"2026-08-01일 수도 2026-08-10일 수도"):
        attendance.parse(sheet, layout, dt.date(2026, 8, 1), END)


def test_two_columns_of_one_day_are_refused() -> None:
    with pytest.raises(FileRejected, match="'8/3' 열과 '2026-08-03' 열이 같은 날짜"):
        parse(("성명", "8/3", "2026-08-03"), ("홍길동", "○", "○"))


@pytest.mark.parametrize(
    "headings", [("출석일수", "비고"), ("9/1", "9/2"), ("2025-08-03",), ("8/32", "13/1")]
)
def test_a_sheet_without_days_of_the_course_is_refused(headings: tuple[str, ...]) -> None:
    with pytest.raises(FileRejected, match=r"'파일\.xlsx'.*과정 기간"):
        parse(("성명", *headings), ("홍길동", "○"))


def test_cells_are_read_by_the_legend_and_empty_ones_say_nothing() -> None:
    found = parse(
        ("성명", "생년월일", "8/3", "8/4", "8/5", "8/6", "8/7", "8/10", "8/11"),
        ("홍길동", "1999-03-05", "○", None, "지각,조퇴", "×", "미입력", 0, " "),
    )
    (row,) = found.rows
    assert (row.row, row.name, row.birth) == (2, "홍길동", dt.date(1999, 3, 5))
    assert row.cells == (
        (dt.date(2026, 8, 3), "8/3", PRESENT),
        (dt.date(2026, 8, 5), "8/5", Cell(Status.PRESENT, Mark.LATE | Mark.LEFT_EARLY)),
        (dt.date(2026, 8, 6), "8/6", ABSENT),
        (dt.date(2026, 8, 10), "8/10", PRESENT),
    )
    assert dict(found.legend) == {"○": 1, "지각,조퇴": 1, "×": 1, "미입력": 1, "0": 1}
    assert (found.read, found.errors) == (1, ())


def test_a_bad_cell_is_an_error_and_the_others_hold() -> None:
    found = parse(("성명", "8/3", "8/4", "8/5"), ("홍길동", "결근", "○", Unread.FORMULA))
    assert [(error.row, error.column, error.value) for error in found.errors] == [
        (2, "8/3", "결근"),
        (2, "8/5", "#수식"),
    ]
    assert [heading for _, heading, _ in found.rows[0].cells] == ["8/4"]


def test_a_filled_cell_outside_the_course_is_an_error_and_an_empty_one_nothing() -> None:
    found = parse(("성명", "8/1", "8/2", "8/3"), ("홍길동", "○", None, "○"))
    assert [(error.column, "과정 기간" in error.message) for error in found.errors] == [("8/1", True)]
    assert found.days == (START,)


def test_two_people_of_one_name_need_their_birth_dates() -> None:
    found = parse(
        ("성명", "생년월일", "8/3"),
        ("홍길동", None, "○"),
        ("홍길동", "1999-03-05", "○"),
        ("김철수", None, "○"),
        ("이영희", "1999-03-05", "○"),
        ("이영희", "2000-03-05", "×"),
    )
    assert [row.row for row in found.rows] == [3, 4, 5, 6]
    (error,) = found.errors
    assert (error.row, error.column, error.value) == (2, "성명", "홍길동")
    assert "생년월일을 적어" in error.message


def test_one_person_on_two_lines_stays_on_two_lines_for_the_import_to_judge() -> None:
    found = parse(("성명", "생년월일", "8/3"), ("홍길동", "1999-03-05", "○"), ("홍길동", "990305", "×"))
    assert [(row.row, row.birth) for row in found.rows] == [
        (2, dt.date(1999, 3, 5)),
        (3, dt.date(1999, 3, 5)),
    ]


def test_marks_without_a_name_are_an_error_and_a_bare_number_is_not() -> None:
    found = parse(("연번", "성명", "8/3"), (1, None, "○"), (2, None, None), (3, "홍길동", None))
    assert [(error.row, error.column) for error in found.errors] == [(2, "성명")]
    assert [(row.row, row.cells) for row in found.rows] == [(4, ())]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.sampled_from(list(Unread)),
)


@settings(max_examples=60, deadline=None)
@given(heading=CELLS, row=st.tuples(*[CELLS] * 4))
def test_no_row_whatever_it_holds_raises(heading: CellValue, row: tuple[CellValue, ...]) -> None:
    sheet = table(("성명", "생년월일", "8/3", heading), row)
    layout = find_header(sheet, attendance.FIELDS)
    try:
        found = attendance.parse(sheet, layout, START, END)
    except FileRejected:
        return  # the drawn heading was August 3 a second time, or 8.2 and the like
    assert found.read in (0, 1)
