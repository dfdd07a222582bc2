"""The wage behind a claim: what payslips paid for a service month, and the least they may have paid (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from regional_desk.domain.calendar import days_between, monthly_return, unit_period
from regional_desk.domain.positions import HourlyMinimum, monthly_hours, weekly_holiday

_HOUR = 60
_WORKING_WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class PaidWage:
    """A payslip: `wage` in won before deductions for the days `start` to `end`, both inside.

    It shows a payment only with the day of its transfer from the company's account to the intern's own.
    """

    start: dt.date
    end: dt.date
    wage: int
    transferred_on: dt.date | None
    own_account: bool

    @property
    def is_paid(self) -> bool:
        """Whether the transfer is shown; cash and other people's accounts show none."""
        return self.transferred_on is not None and self.own_account

    @property
    def days(self) -> int:
        """The days it pays for."""
        return (self.end - self.start).days + 1

    def touches(self, start: dt.date, end: dt.date) -> bool:
        """Whether it pays for any of these days."""
        return self.start <= end and start <= self.end


def wage_for(start: dt.date, end: dt.date, slips: Sequence[PaidWage]) -> int | None:
    """Won paid for these days: each paid slip × its days inside ÷ its days, added up, below one won dropped.

    None where no paid slip touches them.
    """
    inside = [slip for slip in slips if slip.is_paid and slip.touches(start, end)]
    if not inside:
        return None
    total = sum(
        (
            Fraction(slip.wage * ((min(slip.end, end) - max(slip.start, start)).days + 1), slip.days)
            for slip in inside
        ),
        Fraction(0),
    )
    return total.numerator // total.denominator


def uncovered(days: Collection[dt.date], slips: Sequence[PaidWage]) -> tuple[dt.date, ...]:
    """Those of the days served that no slip pays for, in order."""
    return tuple(sorted(day for day in days if not any(slip.start <= day <= slip.end for slip in slips)))


def least_paid(
    slip: PaidWage,
    week_on: Callable[[dt.date], int],
    off: Collection[dt.date],
    minimums: Sequence[HourlyMinimum],
) -> int:
    """The least won a slip may pay: each day's part of its month at the minimum wage in force that day (section 4).

    A slip of one whole month, wherever it begins, is worth one month's hours; other days are worth their part of their
    calendar month. `week_on` gives the contracted minutes a week of a day, `off` the days of unpaid absence and
    interruption: each weekday among them takes a fifth of the week off, and the first of a week its paid holiday.
    """
    known = sorted(minimums, key=lambda one: one.effective_from)
    whole_month = slip.end == unit_period(slip.start, 1).end
    alike: Counter[tuple[int, int, int]] = Counter()  # days of one hourly minimum, week and month's length
    missed, week_without_holiday = Fraction(0), None
    for day in days_between(slip.start, slip.end):
        hourly, week = (
            next((one.won for one in reversed(known) if one.effective_from <= day), 0),
            week_on(day),
        )
        alike[hourly, week, slip.days if whole_month else _days_of_month(day)] += 1
        if day in off and day.weekday() < _WORKING_WEEKDAYS:
            missed += Fraction(hourly * week, _WORKING_WEEKDAYS * _HOUR)
            if day.isocalendar()[:2] != week_without_holiday:
                missed += Fraction(hourly * weekly_holiday(week), _HOUR)
                week_without_holiday = day.isocalendar()[:2]
    total = sum(
        (
            Fraction(hourly * monthly_hours(week) * days, length)
            for (hourly, week, length), days in alike.items()
        ),
        -missed,
    )
    return max(0, total.numerator // total.denominator)


def _days_of_month(day: dt.date) -> int:
    first = day.replace(day=1)
    return (monthly_return(first, 1) - first).days
