"""Rulebook section 4's support claim computed a second time, day by day, from the text alone.

Nothing of the program is imported here and nothing is clever: exact fractions, sets of dates, one loop a sentence.
Where the two disagree, one of them reads the rulebook wrongly. Everything comes in and goes out as plain values.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property

DAY = dt.timedelta(days=1)
MOST_MONTHS = 3
PARTS = 28 * 29 * 30 * 31
"""Of one won: so that a month's hours are shared out over days of any month without a remainder."""
METHODS = ("calendar", "thirty", "workdays", "full_only")


@dataclass
class Slip:
    """One payslip: the days it is for (both inside), its won, and whether its transfer to the own account shows."""

    first: dt.date
    last: dt.date
    won: int
    transferred: bool = True
    own_account: bool = True


@dataclass
class Terms:
    """What the agreement (or an amendment) says from a day on: won a month, hours a week, and the last agreed day."""

    since: dt.date
    last: dt.date
    wage: int
    weekly: Fraction


@dataclass
class Internship:
    """An internship: what was signed, the first day, the last day where it ended, and the days it was interrupted."""

    start: dt.date
    terms: list[Terms]
    ended: dt.date | None = None
    breaks: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)

    @cached_property
    def last(self) -> dt.date:
        """The last day: as it ended, else as last agreed."""
        return self.ended or self.terms[-1].last

    @cached_property
    def off(self) -> set[dt.date]:
        """The days of unpaid absence and interruption, in one of them or in two; without an end until far after the last."""
        found = set()
        for first, last in self.breaks:
            day = first
            while day <= (last or self.last + 100 * DAY):
                found.add(day)
                day += DAY
        return found


@cache
def month_dates(start: dt.date, number: int) -> tuple[dt.date, ...]:
    """Every date of the n-th service month, whole, whether or not the internship reaches its end."""
    dates = []
    day = return_of(start, number - 1)
    while day < return_of(start, number):
        dates.append(day)
        day += DAY
    return tuple(dates)


def return_of(start: dt.date, months: int) -> dt.date:
    """The day on which the next service month begins: the same day of the month, else the day after the month's last."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    longest = calendar.monthrange(year, month)[1]
    return dt.date(year, month, start.day) if start.day <= longest else dt.date(year, month, longest) + DAY


def months(one: Internship) -> list[int]:
    """The service months it reaches, three at most."""
    return [number for number in range(1, MOST_MONTHS + 1) if month_dates(one.start, number)[0] <= one.last]


def employed(one: Internship, number: int) -> list[dt.date]:
    """The dates of a service month up to the last day of the internship."""
    return [day for day in month_dates(one.start, number) if day <= one.last]


def served(one: Internship, number: int) -> list[dt.date]:
    """Employed days incl. weekly holidays, less unpaid absence and interruption, which lengthen nothing."""
    return [day for day in employed(one, number) if day not in one.off]


def share(one: Internship, number: int, method: str, holidays: AbstractSet[dt.date]) -> Fraction:
    """The part of a month's support that the days served are worth."""
    whole, days = month_dates(one.start, number), served(one, number)
    if len(days) == len(whole):
        return Fraction(1)
    if method == "calendar":
        return Fraction(len(days), len(whole))
    if method == "thirty":
        return min(Fraction(1), Fraction(len(days), 30))
    if method == "workdays":
        return Fraction(len(workdays(days, holidays)), len(workdays(whole, holidays)))
    assert method == "full_only"
    return Fraction(0)


def workdays(days: Iterable[dt.date], holidays: AbstractSet[dt.date]) -> list[dt.date]:
    """Monday to Friday without public holidays."""
    return [day for day in days if day.weekday() < 5 and day not in holidays]


def wage_for(one: Internship, number: int) -> Fraction | None:
    """Σ payslip × its days inside ÷ its days, each with its transfer; None where no slip with a transfer touches it."""
    inside, found = employed(one, number), []
    for slip in one.slips:
        within = sum(slip.first <= day <= slip.last for day in inside)
        if within and slip.transferred and slip.own_account:
            found.append(Fraction(slip.won * within, (slip.last - slip.first).days + 1))
    return sum(found, Fraction(0)) if found else None


def amount(
    one: Internship,
    number: int,
    method: str,
    support: int,
    unit: int,
    holidays: AbstractSet[dt.date],
    minimums: list[tuple[dt.date, int]],
) -> int:
    """min(support × share, wage paid for it), won below the unit dropped; 0 where the wage is missing or too low."""
    wage = wage_for(one, number)
    if wage is None or (served(one, number) and below_minimum(one, number, minimums)):
        return 0
    won = min(support * share(one, number, method, holidays), wage)
    return won.numerator // won.denominator // unit * unit


def belongs_to(one: Internship, number: int) -> tuple[int, int]:
    """The calendar month in which the service month ends."""
    last = employed(one, number)[-1]
    return last.year, last.month


def weekly_holiday(weekly: Fraction) -> Fraction:
    """Paid hours of the weekly holiday: a fifth of the week, at most 8, none under 15 hours (근로기준법 제18조·제55조)."""
    return min(Fraction(8), weekly / 5) if weekly >= 15 else Fraction(0)


@cache
def monthly_hours(weekly: Fraction) -> int:
    """round((weekly + weekly-holiday hours) × 365 ÷ 84)."""
    hours = (weekly + weekly_holiday(weekly)) * 365 / 84 + Fraction(1, 2)
    return hours.numerator // hours.denominator


def terms_on(one: Internship, day: dt.date) -> Terms:
    """The terms in force on a day: the last of those in effect by then."""
    found = one.terms[0]
    for terms in one.terms:
        if terms.since <= day:
            found = terms
    return found


def least_on(day: dt.date, minimums: list[tuple[dt.date, int]]) -> int:
    """The hourly minimum of a day."""
    return max((since, won) for since, won in minimums if since <= day)[1]


def months_below(
    terms: Terms, first: dt.date, last: dt.date, minimums: list[tuple[dt.date, int]]
) -> set[tuple[int, int]]:
    """The calendar months touched by a span whose hourly minimum wage ÷ contracted monthly hours does not reach."""
    found, day = set(), first
    while day <= last:
        if Fraction(terms.wage, monthly_hours(terms.weekly)) < least_on(day, minimums):
            found.add((day.year, day.month))
        day += DAY
    return found


def below_minimum(one: Internship, number: int, minimums: list[tuple[dt.date, int]]) -> bool:
    """Whether a paid slip of the service month is under what its days cost at the least."""
    inside = employed(one, number)
    return any(
        slip.transferred
        and slip.own_account
        and slip.first <= inside[-1]
        and inside[0] <= slip.last
        and slip.won < least_of(one, slip, minimums)
        for slip in one.slips
    )


def least_of(one: Internship, slip: Slip, minimums: list[tuple[dt.date, int]]) -> int:
    """The least a slip may pay: a month's hours shared out over the days, less the hours of the days not worked.

    The rulebook leaves open how a month's hours are shared out: over the slip's own days where it is for one month from
    day to day, else over those of each calendar month. A weekday not worked takes a fifth of the week off, the first of
    a week its paid holiday too.
    """
    own_month = slip.last == return_of(slip.first, 1) - DAY
    parts, weeks, day = 0, set(), slip.first
    while day <= slip.last:
        least, weekly = least_on(day, minimums), terms_on(one, day).weekly
        length = len(month_dates(slip.first, 1)) if own_month else calendar.monthrange(day.year, day.month)[1]
        parts += least * monthly_hours(weekly) * PARTS // length
        if day.weekday() < 5 and day in one.off:
            parts -= int(least * PARTS * weekly / 5)
            monday = day - DAY * day.weekday()
            if monday not in weeks:
                parts -= int(least * PARTS * weekly_holiday(weekly))
                weeks.add(monday)
        day += DAY
    return max(0, parts // PARTS)
