"""Unit periods, training days, working days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.calendar import (
    UnitPeriod,
    days_between,
    month_span,
    monthly_return,
    training_days,
    unit_period,
    unit_periods,
    working_days_after,
)

DAY = dt.timedelta(days=1)
FIRST_DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "units"),
    [
        # the rulebook's own example
        (
            "2027-01-31",
            [("2027-01-31", "2027-02-28"), ("2027-03-01", "2027-03-30"), ("2027-03-31", "2027-04-30")],
        ),
        (
            "2028-01-31",
            [("2028-01-31", "2028-02-29"), ("2028-03-01", "2028-03-30"), ("2028-03-31", "2028-04-30")],
        ),
        (
            "2027-01-30",
            [("2027-01-30", "2027-02-28"), ("2027-03-01", "2027-03-29"), ("2027-03-30", "2027-04-29")],
        ),
        (
            "2027-01-29",
            [("2027-01-29", "2027-02-28"), ("2027-03-01", "2027-03-28"), ("2027-03-29", "2027-04-28")],
        ),
        (
            "2028-01-29",
            [("2028-01-29", "2028-02-28"), ("2028-02-29", "2028-03-28"), ("2028-03-29", "2028-04-28")],
        ),
        (
            "2027-01-28",
            [("2027-01-28", "2027-02-27"), ("2027-02-28", "2027-03-27"), ("2027-03-28", "2027-04-27")],
        ),
        (
            "2026-08-03",
            [("2026-08-03", "2026-09-02"), ("2026-09-03", "2026-10-02"), ("2026-10-03", "2026-11-02")],
        ),
        (
            "2026-08-01",
            [("2026-08-01", "2026-08-31"), ("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31")],
        ),
        (
            "2026-08-31",
            [("2026-08-31", "2026-09-30"), ("2026-10-01", "2026-10-30"), ("2026-10-31", "2026-11-30")],
        ),
        (
            "2028-02-29",
            [("2028-02-29", "2028-03-28"), ("2028-03-29", "2028-04-28"), ("2028-04-29", "2028-05-28")],
        ),
        (
            "2026-12-15",
            [("2026-12-15", "2027-01-14"), ("2027-01-15", "2027-02-14"), ("2027-02-15", "2027-03-14")],
        ),
    ],
)
def test_units_are_counted_from_the_courses_first_day(first: str, units: list[tuple[str, str]]) -> None:
    assert [unit_period(d(first), no + 1) for no in range(3)] == [
        UnitPeriod(no + 1, d(start), d(end)) for no, (start, end) in enumerate(units)
    ]


@pytest.mark.fault(33)
def test_a_unit_a_year_later_still_remembers_the_leap_day() -> None:
    assert unit_period(d("2028-02-29"), 12) == UnitPeriod(12, d("2029-01-29"), d("2029-02-28"))
    assert unit_period(d("2028-02-29"), 13).start == d("2029-03-01")


@given(FIRST_DAYS, st.integers(1, 24))
@pytest.mark.fault(33)
def test_units_follow_each_other_without_gap_or_overlap(first: dt.date, no: int) -> None:
    unit, following = unit_period(first, no), unit_period(first, no + 1)
    assert following.start == unit.end + DAY
    assert 28 <= (unit.end - unit.start).days + 1 <= 31


@given(FIRST_DAYS, st.integers(1, 24))
def test_a_unit_ends_the_day_before_the_return_or_on_the_last_day_of_a_short_month(
    first: dt.date, no: int
) -> None:
    end = unit_period(first, no).end
    back = monthly_return(first, no)
    assert end == (back - DAY if back.day == first.day else back)


@given(FIRST_DAYS, st.integers(0, 400))
def test_a_courses_units_cover_it_exactly(first: dt.date, length: int) -> None:
    last = first + DAY * length
    units = unit_periods(first, last)
    assert [unit.no for unit in units] == list(range(1, len(units) + 1))
    assert [day for unit in units for day in days_between(unit.start, unit.end)] == list(
        days_between(first, last)
    )


@pytest.mark.parametrize(
    ("last", "units"), [("2026-08-28", 1), ("2026-09-02", 1), ("2026-09-03", 2), ("2026-08-03", 1)]
)
def test_a_course_within_a_month_is_one_unit(last: str, units: int) -> None:
    found = unit_periods(d("2026-08-03"), d(last))
    assert len(found) == units
    assert found[-1].end == d(last)


def test_the_course_of_august_2026_has_nineteen_training_days() -> None:
    days = training_days(d("2026-08-03"), d("2026-08-28"), {d("2026-08-15"), d("2026-08-17")})
    assert len(days) == 19
    assert d("2026-08-17") not in days


def test_weekends_holidays_and_closures_are_no_training_days() -> None:
    days = training_days(
        d("2026-09-21"), d("2026-09-27"), {d("2026-09-24"), d("2026-09-25")}, {d("2026-09-21")}
    )
    assert days == (d("2026-09-22"), d("2026-09-23"))


def test_a_day_added_by_hand_counts_even_on_a_holiday_a_closure_or_a_saturday() -> None:
    extra = {d("2026-09-21"), d("2026-09-25"), d("2026-09-26")}
    days = training_days(d("2026-09-21"), d("2026-09-27"), {d("2026-09-25")}, {d("2026-09-21")}, extra)
    assert days == tuple(
        map(d, ("2026-09-21", "2026-09-22", "2026-09-23", "2026-09-24", "2026-09-25", "2026-09-26"))
    )


def test_a_day_added_outside_the_course_is_not_taken() -> None:
    assert training_days(d("2026-08-03"), d("2026-08-03"), (), (), {d("2026-08-04")}) == (d("2026-08-03"),)


@given(FIRST_DAYS, st.integers(0, 60), st.sets(FIRST_DAYS, max_size=5), st.sets(FIRST_DAYS, max_size=5))
def test_training_days_are_in_order_once_and_inside(
    first: dt.date, length: int, holidays: set[dt.date], extra: set[dt.date]
) -> None:
    last = first + DAY * length
    days = training_days(first, last, holidays, (), extra)
    assert list(days) == sorted(set(days))
    assert all(first <= day <= last for day in days)
    assert all(day in extra or (day.weekday() < 5 and day not in holidays) for day in days)


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        ("2026-08-28", 1, "2026-08-31"),
        ("2026-08-28", 3, "2026-09-02"),
        ("2026-09-23", 1, "2026-09-28"),
        ("2026-09-22", 1, "2026-09-23"),
        ("2026-08-28", 0, "2026-08-28"),
    ],
)
def test_working_days_skip_weekends_and_holidays(day: str, count: int, after: str) -> None:
    chuseok = {d("2026-09-24"), d("2026-09-25"), d("2026-09-26")}
    assert working_days_after(d(day), count, chuseok) == d(after)


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        ("2026-08", "2026-08-01", "2026-08-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
    ],
)
def test_a_month_runs_from_its_first_to_its_last_day(month: str, first: str, last: str) -> None:
    assert month_span(month) == (d(first), d(last))


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "2026-00", "2026-08-01", "8월", "08-2026"])
def test_what_is_no_month_is_a_value_error(month: str) -> None:
    with pytest.raises(ValueError, match=r"match|unconverted"):
        month_span(month)
