"""What a change of training days makes of a course (rulebook section 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from regional_desk.domain.refused import Refused
from regional_desk.domain.text import korean_date, korean_span


@dataclass(frozen=True, slots=True)
class DaysWanted:
    """Days to add and to take out, minutes of days that get shorter or longer, and another first or last day."""

    add: tuple[dt.date, ...] = ()
    remove: tuple[dt.date, ...] = ()
    minutes: Mapping[dt.date, int] = field(default_factory=dict)
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Replanned:
    """A course after the change: its span and its training days with their scheduled minutes."""

    start: dt.date
    end: dt.date
    days: Mapping[dt.date, int]


def replan(
    span: tuple[dt.date, dt.date],
    days: Mapping[dt.date, int],
    wanted: DaysWanted,
    proposed: Collection[dt.date],
    whole: int,
) -> Replanned:
    """The course's days after a change; `days` are those that hold now, `whole` the minutes of a full day.

    Days outside a new span go; where the span grows, its new dates take the `proposed` ones. Raises Refused for a day
    that is already there, is not there, lies outside, or is wanted both ways, and where no day would be left.
    """
    start, end = wanted.start or span[0], wanted.end or span[1]
    if end < start:
        raise Refused(f"종료일({korean_date(end)})이 시작일({korean_date(start)})보다 앞섭니다.")
    grown = {day: whole for day in proposed if start <= day <= end and not span[0] <= day <= span[1]}
    after = {day: minutes for day, minutes in days.items() if start <= day <= end} | grown
    for day in wanted.add:
        _refuse_outside(day, start, end)
        if day in wanted.remove:
            raise Refused(f"{korean_date(day)}을(를) 더하면서 뺄 수는 없습니다.")
        if day in days:
            raise Refused(f"{korean_date(day)}은(는) 이미 훈련일입니다.")
        after[day] = whole
    for day in wanted.remove:
        if day not in after:
            raise Refused(f"{korean_date(day)}은(는) 훈련일이 아닙니다.")
        del after[day]
    for day, minutes in wanted.minutes.items():
        if day not in after:
            raise Refused(f"{korean_date(day)}은(는) 훈련일이 아니어서 교시를 바꿀 수 없습니다.")
        after[day] = minutes
    if not after:
        raise Refused("훈련일이 하루도 남지 않아 바꾸지 않았습니다. 과정을 그만두려면 폐강하십시오.")
    return Replanned(start, end, dict(sorted(after.items())))


def _refuse_outside(day: dt.date, start: dt.date, end: dt.date) -> None:
    if not start <= day <= end:
        raise Refused(f"{korean_date(day)}은(는) 과정 기간({korean_span(start, end)}) 밖입니다.")


def nth_day_end(days: Collection[dt.date], count: int) -> dt.date | None:
    """The day by which so many training days are held, None where there are fewer."""
    ordered = sorted(days)
    return ordered[count - 1] if 0 < count <= len(ordered) else None
