"""Positions (직무, 모집 단위): what a company offers, and whether its wage holds the minimum (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.people import Track
from regional_desk.domain.refused import Refused
from regional_desk.domain.rounding import half_up_int
from regional_desk.domain.text import clean, compact

MOST_SEATS = 999
UNNAMED = "직무 미정"
"""What a position is called that a company asked for without saying which 직무."""

_HOUR = 60
_FULL_WEEK = 40 * _HOUR
_SHORT_WEEK = 15 * _HOUR
_LONGEST_WEEK = 52 * _HOUR
_MOST_WAGE = 100_000_000
_LONGEST_MONTHS = 3
_WAGE_UNITS = {"만원": 10_000, "만": 10_000, "원": 1, "": 1}
_WAGE = re.compile(r"(?:월급|월임금|월)?(\d[\d,]*(?:\.\d+)?)(만원|만|원)?")
_WEEK = re.compile(r"주?(\d+(?:\.\d+)?)(?:시간|h)?(?:(\d{1,2})분)?")
_DAY = re.compile(r"(\d{4})[.\-/년](\d{1,2})[.\-/월](\d{1,2})[.일]?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class PositionTerms:
    """What a company offers: `wage` in won a month, `weekly_minutes` the contracted week, `starts_on` its first day."""

    name: str
    seats: int
    place: str | None = None
    wage: int | None = None
    weekly_minutes: int | None = None
    starts_on: dt.date | None = None
    conditions: str | None = None


@dataclass(frozen=True, slots=True)
class HourlyMinimum:
    """The minimum of one hour in won from a day on."""

    effective_from: dt.date
    won: int


def track_of(kind: CompanyKind) -> Track:
    """Whom a company trains: 제조 takes Track1, 공급 takes Track2 (rulebook section 4)."""
    return Track.TRACK1 if kind is CompanyKind.MANUFACTURER else Track.TRACK2


def checked(terms: PositionTerms) -> PositionTerms:
    """The terms with their texts cleaned; raise Refused for what cannot be: no name, seats, wage or week out of range."""
    name = clean(terms.name)
    if not name:
        raise Refused("직무 이름을 적어 주십시오.")
    if not 0 <= terms.seats <= MOST_SEATS:
        raise Refused(f"모집인원은 0명부터 {MOST_SEATS}명까지입니다.")
    if terms.wage is not None and not 0 < terms.wage <= _MOST_WAGE:
        raise Refused("임금은 월 금액(원)으로 적어 주십시오. 정하지 않았으면 비워 두십시오.")
    if terms.weekly_minutes is not None and not 0 < terms.weekly_minutes <= _LONGEST_WEEK:
        raise Refused("주 근로시간은 52시간을 넘을 수 없습니다(근로기준법 제53조). 시간 수로 적어 주십시오.")
    return replace(
        terms,
        name=name,
        place=clean(terms.place or "") or None,
        conditions=clean(terms.conditions or "") or None,
    )


def weekly_holiday(weekly_minutes: int) -> int:
    """Paid minutes of the weekly holiday: a fifth of the week up to 8 hours, none below 15 (근로기준법 제18조, 제55조)."""
    return 0 if weekly_minutes < _SHORT_WEEK else min(weekly_minutes, _FULL_WEEK) // 5


def monthly_hours(weekly_minutes: int) -> int:
    """Contracted hours of a month: the week with its weekly holiday × 365 ÷ 84, half up; 40 h make 209 (section 4)."""
    return half_up_int((weekly_minutes + weekly_holiday(weekly_minutes)) * 365, 84 * _HOUR)


def least_wage(weekly_minutes: int, start: dt.date, minimums: Sequence[HourlyMinimum]) -> int:
    """The least won a month for an internship from `start`: the highest minimum of the months it may touch (section 4)."""
    end = monthly_return(start, _LONGEST_MONTHS) - dt.timedelta(days=1)
    known = sorted(minimums, key=lambda one: one.effective_from)
    begun = [one.won for one in known if one.effective_from <= start][-1:]
    coming = [one.won for one in known if start < one.effective_from <= end]
    return max([*begun, *coming], default=0) * monthly_hours(weekly_minutes)


def shortfall(
    wage: int | None, weekly_minutes: int | None, start: dt.date, minimums: Sequence[HourlyMinimum]
) -> int:
    """Won a month that a wage lacks to the minimum, 0 where it holds or where wage or week are not told."""
    if wage is None or weekly_minutes is None:
        return 0
    return max(0, least_wage(weekly_minutes, start, minimums) - wage)


def show_week(minutes: int | None) -> str:
    """`40시간`, `37시간 30분`, nothing where it is not told."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, _HOUR)
    return f"{hours}시간 {rest}분" if rest else f"{hours}시간"


def parse_wage(value: object) -> int | None:
    """Won a month from `2,200,000원`, `220만원` or a number; None for an empty cell, Refused for anything else."""
    text = _text(value)
    if not text:
        return None
    match = _WAGE.fullmatch(text)
    amount = Decimal(match[1].replace(",", "")) * _WAGE_UNITS[match[2] or ""] if match else Decimal(0)
    if amount != int(amount) or not 0 < amount <= _MOST_WAGE:
        raise Refused(f"'{value}'은(는) 월 임금으로 읽을 수 없습니다. 2200000처럼 적어 주십시오.")
    return int(amount)


def parse_week(value: object) -> int | None:
    """Minutes from `40`, `주 40시간`, `37.5` or `37시간 30분`; None for an empty cell, Refused for anything else."""
    text = _text(value)
    if not text:
        return None
    match = _WEEK.fullmatch(text)
    minutes = None if match is None else Decimal(match[1]) * _HOUR + int(match[2] or 0)
    if minutes is None or minutes != int(minutes) or not 0 < minutes <= _LONGEST_WEEK:
        raise Refused(f"'{value}'은(는) 주 근로시간으로 읽을 수 없습니다. 40처럼 52 이하로 적어 주십시오.")
    return int(minutes)


def parse_start(value: object) -> dt.date | None:
    """A day from a date cell, `2026-10-05`, `2026. 10. 5.` or `20261005`; None for an empty cell, Refused otherwise."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = _text(value)
    if not text:
        return None
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    refused = Refused(f"'{value}'은(는) 시작일로 읽을 수 없습니다. 2026-10-05처럼 적어 주십시오.")
    if match is None:
        raise refused
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise refused from error


def _text(value: object) -> str:
    """A cell without spaces, a whole number without its `.0`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return compact(unicodedata.normalize("NFKC", str(value if value is not None else "")))
