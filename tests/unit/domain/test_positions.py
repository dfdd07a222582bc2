"""Positions: their terms, the contracted month, the minimum wage, and what files write of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.people import Track
from regional_desk.domain.positions import (
    HourlyMinimum,
    PositionTerms,
    checked,
    least_wage,
    monthly_hours,
    parse_start,
    parse_wage,
    parse_week,
    shortfall,
    show_week,
    track_of,
)
from regional_desk.domain.refused import Refused

MINIMUMS = (HourlyMinimum(dt.date(2027, 1, 1), 10_700), HourlyMinimum(dt.date(2026, 1, 1), 10_320))
OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 2)


def test_a_manufacturer_takes_track1_and_a_supplier_track2() -> None:
    assert track_of(CompanyKind.MANUFACTURER) is Track.TRACK1
    assert track_of(CompanyKind.SUPPLIER) is Track.TRACK2


@pytest.mark.parametrize(
    ("week", "hours"),
    [
        (40 * 60, 209),
        (52 * 60, 261),
        (35 * 60, 183),
        (20 * 60, 104),
        (15 * 60, 78),
        (15 * 60 - 1, 65),
        (60, 4),
    ],
)
def test_a_month_is_the_week_with_its_holiday_times_365_by_84(week: int, hours: int) -> None:
    assert monthly_hours(week) == hours


def test_the_minimum_of_a_full_week_is_the_rulebooks() -> None:
    assert least_wage(40 * 60, OCTOBER, MINIMUMS) == 2_156_880
    assert least_wage(40 * 60, dt.date(2027, 1, 1), MINIMUMS) == 2_236_300


def test_every_month_an_internship_may_touch_must_hold() -> None:
    assert least_wage(40 * 60, OCTOBER, MINIMUMS) == 2_156_880  # ends on the last day of 2026
    assert least_wage(40 * 60, OCTOBER + dt.timedelta(days=1), MINIMUMS) == 2_236_300
    assert least_wage(40 * 60, NOVEMBER, MINIMUMS) == 2_236_300


@pytest.mark.parametrize(("wage", "lacks"), [(2_156_879, 1), (2_156_880, 0), (2_156_881, 0), (None, 0)])
def test_a_wage_below_the_minimum_lacks_the_difference(wage: int | None, lacks: int) -> None:
    assert shortfall(wage, 40 * 60, OCTOBER, MINIMUMS) == lacks


def test_without_a_week_nothing_can_be_said_of_a_wage() -> None:
    assert shortfall(1, None, OCTOBER, MINIMUMS) == 0


def test_before_the_first_known_minimum_there_is_none() -> None:
    assert least_wage(40 * 60, dt.date(2024, 1, 1), MINIMUMS) == 0


@given(st.integers(1, 52 * 60), st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
def test_a_wage_at_the_minimum_lacks_nothing_and_one_won_less_lacks_one(week: int, start: dt.date) -> None:
    least = least_wage(week, start, MINIMUMS)
    assert shortfall(least, week, start, MINIMUMS) == 0
    assert least == 0 or shortfall(least - 1, week, start, MINIMUMS) == 1


def test_terms_are_cleaned() -> None:
    found = checked(PositionTerms("  생산  관리 ", 2, place=" ", conditions="운전  가능"))
    assert (found.name, found.place, found.conditions) == ("생산 관리", None, "운전 가능")


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (PositionTerms(" ", 1), "직무 이름"),
        (PositionTerms("가", -1), "모집인원"),
        (PositionTerms("가", 1000), "모집인원"),
        (PositionTerms("가", 1, wage=0), "임금"),
        (PositionTerms("가", 1, wage=100_000_001), "임금"),
        (PositionTerms("가", 1, weekly_minutes=0), "근로시간"),
        (PositionTerms("가", 1, weekly_minutes=52 * 60 + 1), "52시간"),
    ],
)
def test_terms_that_cannot_be_are_refused(terms: PositionTerms, words: str) -> None:
    with pytest.raises(Refused, match=words):
        checked(terms)


@pytest.mark.parametrize(
    "terms", [PositionTerms("가", 0), PositionTerms("가", 999, wage=1, weekly_minutes=52 * 60)]
)
def test_terms_at_their_bounds_are_taken(terms: PositionTerms) -> None:
    assert checked(terms) == terms


@pytest.mark.parametrize(
    ("cell", "won"),
    [
        (2_200_000, 2_200_000),
        (2_200_000.0, 2_200_000),
        ("2,200,000원", 2_200_000),
        ("220만원", 2_200_000),
        ("월 220.5만 원", 2_205_000),
        ("월급 2200000", 2_200_000),
        ("２２０만원", 2_200_000),
        (None, None),
        (" ", None),
    ],
)
def test_a_wage_is_read_as_people_write_it(cell: object, won: int | None) -> None:
    assert parse_wage(cell) == won


@pytest.mark.parametrize("cell", ["협의", "시급 11000", "-5", "0", "2.2", "1,2,3원,", "999999999999"])
def test_a_wage_that_is_none_is_refused(cell: str) -> None:
    with pytest.raises(Refused, match="임금"):
        parse_wage(cell)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (40, 2400),
        (37.5, 2250),
        ("40", 2400),
        ("주 40시간", 2400),
        ("37시간 30분", 2250),
        ("35h", 2100),
        (None, None),
    ],
)
def test_a_week_is_read_in_hours(cell: object, minutes: int | None) -> None:
    assert parse_week(cell) == minutes


@pytest.mark.parametrize("cell", ["협의", "53", "0", "09:00~18:00", 400])
def test_a_week_that_cannot_be_is_refused(cell: object) -> None:
    with pytest.raises(Refused, match="근로시간"):
        parse_week(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-10-05",
        "2026. 10. 5.",
        "2026년 10월 5일",
        "20261005",
        dt.date(2026, 10, 5),
        dt.datetime(2026, 10, 5, 9),  # noqa: DTZ001 - as a cell holds it
    ],
)
def test_a_first_day_is_read_in_every_usual_form(cell: object) -> None:
    assert parse_start(cell) == dt.date(2026, 10, 5)


@pytest.mark.parametrize("cell", ["10/5", "2026-13-01", "협의 후", 46300])
def test_a_first_day_that_is_not_sure_is_refused(cell: object) -> None:
    with pytest.raises(Refused, match="시작일"):
        parse_start(cell)


def test_a_week_is_shown_with_its_half_hours() -> None:
    assert [show_week(minutes) for minutes in (2400, 2250, None)] == ["40시간", "37시간 30분", ""]
