"""How many days an 출석인정 may take, and when (rulebook section 2, 출석인정)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from regional_desk.domain.attendance import REASONS, UNSPECIFIED, Cell, SpanKind, Status
from regional_desk.domain.rounding import half_up_int
from regional_desk.domain.text import korean_date, korean_span

ILLNESS = "illness"
INSTITUTION = "institution"
_UNCAPPED = (UNSPECIFIED, INSTITUTION)
_SATURDAY = 5
_DAY = dt.timedelta(days=1)
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class ExcusedTerms:
    """Policy data: courses of fewer than `least_course_days` know only 기관장 인정; `event_days` by the code of a reason."""

    least_course_days: int
    illness_percent: int
    event_days: Mapping[str, int]

    def illness_cap(self, course_days: int) -> int:
        """Days of 질병·입원 a course of so many training days allows, half up."""
        return half_up_int(course_days * self.illness_percent, _HUNDRED)


@dataclass(frozen=True, slots=True)
class AttendanceTerms:
    """Policy data (`policies/attendance.toml`): the grace of 지각 and 조퇴 in minutes, and the caps of 출석인정."""

    name: str
    source: str
    grace_minutes: int
    excused: ExcusedTerms


def terms_from_table(table: Mapping[str, Any]) -> AttendanceTerms:
    """The terms as their file holds them."""
    excused = table["excused"]
    return AttendanceTerms(
        table["name"],
        table["source"],
        table["grace_minutes"],
        ExcusedTerms(excused["least_course_days"], excused["illness_percent"], dict(excused["event_days"])),
    )


def reason_of(cell: Cell) -> str | None:
    """The reason a record takes a day for: of 출석인정, of a part of the day too; None where none is taken or said."""
    excuses = cell.status is Status.EXCUSED or any(part.kind is SpanKind.EXCUSED for part in cell.parts)
    return cell.reason if excuses and cell.reason != UNSPECIFIED else None


def capped(reason: str | None) -> bool:
    """Whether days of a reason count toward any cap: without a reason, and by the head's word, they do not."""
    return reason is not None and reason not in _UNCAPPED


def event_window(event: dt.date, days: int, holidays: Collection[dt.date]) -> tuple[dt.date, dt.date]:
    """First and last date that an event excuses: `days` in a row, Saturdays, Sundays and holidays not counted.

    Raises ValueError for fewer than one day.
    """
    if days < 1:
        raise ValueError(days)
    day = event
    while True:
        days -= day.weekday() < _SATURDAY and day not in holidays
        if not days:
            return event, day
        day += _DAY


def over_cap(
    reason: str,
    day: dt.date,
    taken: Collection[dt.date],
    *,
    terms: ExcusedTerms,
    course_days: int,
    holidays: Collection[dt.date] = (),
) -> str | None:
    """Why `day` cannot be excused for `reason`, a Korean sentence; None where it can (rulebook section 2, 출석인정).

    `taken` are the person's other days of that reason in the course. The first day of a 결혼, 출산 or 사망 is taken
    for the day of the event: all its days lie in one window from there. `course_days` are the course's training days.
    """
    if not capped(reason):
        return None
    label = REASONS[reason].label
    if course_days < terms.least_course_days:
        return (
            f"훈련일이 {terms.least_course_days}일 미만인 과정({course_days}일)이라 {label}로는 인정하지 않습니다. "
            "기관장 인정으로만 출석인정을 할 수 있습니다."
        )
    days = {*taken, day}
    if reason == ILLNESS:
        return _over_illness(label, len(days), terms, course_days)
    most = terms.event_days.get(reason)
    return _over_event(label, days, most, holidays) if most else None


def _over_illness(label: str, days: int, terms: ExcusedTerms, course_days: int) -> str | None:
    cap = terms.illness_cap(course_days)
    if days <= cap:
        return None
    return (
        f"{label}은 과정 훈련일 {course_days}일의 {terms.illness_percent}%인 {cap}일까지만 인정되는데 "
        f"이 날을 넣으면 {days}일입니다."
    )


def _over_event(
    label: str, days: Collection[dt.date], most: int, holidays: Collection[dt.date]
) -> str | None:
    first, last = event_window(min(days), most, holidays)
    if max(days) <= last:
        return None
    when = korean_date(first) if first == last else korean_span(first, last)
    return (
        f"{label}은 그날부터 이어서 {most}일({when}, 토요일·휴일 제외)만 인정됩니다. "
        f"벗어난 날: {korean_date(max(days))}."
    )
