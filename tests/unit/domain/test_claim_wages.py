"""The wage behind a claim: what slips pay for a service month, and the minimum each of them must hold."""

from __future__ import annotations

import datetime as dt

import pytest

from regional_desk.domain.calendar import days_between
from regional_desk.domain.claim_wages import PaidWage, least_paid, uncovered, wage_for
from regional_desk.domain.positions import HourlyMinimum

MINIMUMS = (HourlyMinimum(dt.date(2027, 1, 1), 10_700), HourlyMinimum(dt.date(2026, 1, 1), 10_320))
WEEK = 40 * 60
LEAST_2026, LEAST_2027 = 2_156_880, 2_236_300


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def a_slip(start: dt.date, end: dt.date, wage: int = 2_400_000, *, paid: bool = True) -> PaidWage:
    return PaidWage(start, end, wage, end if paid else None, own_account=True)


def least(slip: PaidWage, off: tuple[dt.date, ...] = (), week: int = WEEK) -> int:
    return least_paid(slip, lambda _: week, off, MINIMUMS)


def test_a_month_is_paid_by_each_slip_for_its_days_inside() -> None:
    slips = [a_slip(day(8, 15), day(8, 31), 1_300_000), a_slip(day(9, 1), day(9, 30), 2_400_000)]
    assert wage_for(day(8, 15), day(9, 14), slips) == 1_300_000 + 2_400_000 * 14 // 30


def test_parts_are_added_up_before_what_is_below_one_won_is_dropped() -> None:
    slips = [a_slip(day(8, 1), day(8, 3), 100), a_slip(day(8, 4), day(8, 6), 100)]
    assert wage_for(day(8, 2), day(8, 4), slips) == 100  # 66.6 + 33.3


def test_a_slip_without_transfer_to_the_own_account_pays_nothing() -> None:
    cash = PaidWage(day(9, 1), day(9, 30), 2_400_000, day(9, 30), own_account=False)
    waiting = a_slip(day(9, 1), day(9, 30), paid=False)
    assert wage_for(day(9, 1), day(9, 30), [cash]) is None
    assert wage_for(day(9, 1), day(9, 30), [waiting]) is None
    assert wage_for(day(9, 1), day(9, 30), [a_slip(day(10, 1), day(10, 31))]) is None


def test_days_no_slip_pays_for_are_told() -> None:
    served = days_between(day(9, 1), day(9, 10))
    assert uncovered(served, [a_slip(day(9, 3), day(9, 8))]) == (day(9, 1), day(9, 2), day(9, 9), day(9, 10))
    assert uncovered(served, [a_slip(day(8, 20), day(9, 30))]) == ()


@pytest.mark.parametrize(
    ("start", "end", "won"),
    [
        (day(9, 1), day(9, 30), LEAST_2026),
        (day(8, 15), day(9, 14), LEAST_2026),  # a month of its own, wherever it begins
        (day(1, 31, 2027), day(2, 28, 2027), LEAST_2027),
        (day(2, 1, 2027), day(2, 28, 2027), LEAST_2027),
        (day(9, 1), day(9, 17), LEAST_2026 * 17 // 30),
        (day(8, 15), day(8, 31), LEAST_2026 * 17 // 31),
        (day(12, 1), day(12, 31), LEAST_2026),
        (day(1, 1, 2027), day(1, 31, 2027), LEAST_2027),
        (day(12, 15), day(1, 14, 2027), (LEAST_2026 * 17 + LEAST_2027 * 14) // 31),
        (day(8, 1), day(9, 15), LEAST_2026 + LEAST_2026 * 15 // 30),
    ],
)
def test_the_least_wage_is_that_of_each_day_paid_for(start: dt.date, end: dt.date, won: int) -> None:
    assert least(a_slip(start, end)) == won


def test_before_the_first_known_minimum_any_wage_holds() -> None:
    assert least(a_slip(day(12, 1, 2025), day(12, 31, 2025))) == 0


def test_an_unpaid_day_takes_its_hours_and_the_weeks_paid_holiday_off() -> None:
    month = a_slip(day(9, 1), day(9, 30))
    tuesday, wednesday, saturday, next_week = day(9, 1), day(9, 2), day(9, 5), day(9, 8)
    assert least(month, (tuesday,)) == LEAST_2026 - 16 * 10_320
    assert least(month, (tuesday, wednesday)) == LEAST_2026 - 24 * 10_320
    assert least(month, (saturday,)) == LEAST_2026
    assert least(month, (tuesday, next_week)) == LEAST_2026 - 32 * 10_320
    assert least(month, days_between(day(9, 1), day(9, 30))) == 0


def test_a_change_of_hours_counts_from_its_day() -> None:
    slip = a_slip(day(9, 1), day(9, 30))
    found = least_paid(slip, lambda on: WEEK if on <= day(9, 15) else 20 * 60, (), MINIMUMS)
    assert found == (10_320 * 209 * 15 + 10_320 * 104 * 15) // 30
