"""Unit periods, training days and working days (rulebook section 1)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """단위기간 n, both days inside; internships' service months are the same thing."""

    no: int
    start: dt.date
    end: dt.date


def monthly_return(first: dt.date, months: int) -> dt.date:
    """The day `months` months after `first`, or that month's last day where it has no such day."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(first.day, last))


def _unit_end(first: dt.date, no: int) -> dt.date:
    """Unit n ends the day before the n-th monthly return, on the month's last day where that day does not exist."""
    back = monthly_return(first, no)
    return back if back.day < first.day else back - _DAY


def unit_period(first: dt.date, no: int) -> UnitPeriod:
    """Unit `no` (from 1), always counted from the course's first day: 1.31–2.28, 3.1–3.30, 3.31–4.30."""
    start = first if no == 1 else _unit_end(first, no - 1) + _DAY
    return UnitPeriod(no, start, _unit_end(first, no))


def unit_periods(first: dt.date, last: dt.date) -> tuple[UnitPeriod, ...]:
    """The units of a course from `first` to `last`; the last one ends with the course."""
    units: list[UnitPeriod] = []
    while not units or units[-1].end < last:
        unit = unit_period(first, len(units) + 1)
        units.append(UnitPeriod(unit.no, unit.start, min(unit.end, last)))
    return tuple(units)


def days_between(start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
    """Every date from `start` to `end`, both inside."""
    return tuple(start + _DAY * offset for offset in range((end - start).days + 1))


def training_days(
    start: dt.date,
    end: dt.date,
    holidays: Collection[dt.date],
    closures: Collection[dt.date] = (),
    extra: Collection[dt.date] = (),
) -> tuple[dt.date, ...]:
    """소정훈련일: Monday to Friday without holidays and the office's closures, with the days added by hand."""
    return tuple(
        day
        for day in days_between(start, end)
        if day in extra or (day.weekday() < _SATURDAY and day not in holidays and day not in closures)
    )


def working_days_after(day: dt.date, count: int, holidays: Collection[dt.date]) -> dt.date:
    """The `count`-th working day after `day`."""
    while count:
        day += _DAY
        if day.weekday() < _SATURDAY and day not in holidays:
            count -= 1
    return day


def month_span(month: str) -> tuple[dt.date, dt.date]:
    """First and last day of a calendar month written `2026-08`; raise ValueError for anything else."""
    first = dt.datetime.strptime(month, "%Y-%m").replace(tzinfo=dt.UTC).date()
    return first, monthly_return(first, 1) - _DAY
