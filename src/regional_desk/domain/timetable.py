"""The timetable (시간표): which periods a day has, who is in two places at once, and what an instructor is paid for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar
from uuid import UUID

from regional_desk.domain.refused import Refused
from regional_desk.domain.text import clean, compact

Span = tuple[int, int]  # first and last minute of the day
Place = TypeVar("Place")

_HOUR = 60
_BETWEEN = re.compile(r"\s+/\s*|\s*/\s+|[\r\n]+")  # CAD/CAM is one subject, `CAD / 김강사` are two parts
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one place of a timetable, as an office writes it."""

    subject: str
    instructor: str | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One lesson as it is held; `start` and `end` in minutes of the day."""

    id: UUID
    course: UUID
    day: dt.date
    start: int
    end: int
    instructor: UUID | None
    room: str | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two lessons at the same time with the same instructor, the same room, or both."""

    first: UUID
    second: UUID
    same_instructor: bool
    same_room: bool


def periods_of(periods: Sequence[Span], minutes: int) -> tuple[Span, ...]:
    """The periods (교시) of a day of so many scheduled minutes: a short day holds the course's first ones.

    `periods` are (start, end) minutes of the day. A day never has less than its first period.
    """
    found: list[Span] = []
    for first, last in periods:
        if found and sum(end - start for start, end in found) + last - first > minutes:
            break
        found.append((first, last))
    return tuple(found)


def minutes_until(periods: Sequence[Span], last_period: int) -> int:
    """The scheduled minutes of a day that ends with period `last_period` (from 1); raise Refused for an unknown one."""
    if not 1 <= last_period <= len(periods):
        raise Refused(f"교시는 1~{len(periods)} 가운데에서 고르십시오.")
    return sum(end - start for start, end in periods[:last_period])


def clashes(lessons: Iterable[Held]) -> tuple[Clash, ...]:
    """Who or which room is wanted twice at the same time.

    Rooms are compared without spaces and case; a lesson that begins when another ends does not clash.
    """
    found = []
    days: dict[dt.date, list[Held]] = {}
    for lesson in lessons:
        days.setdefault(lesson.day, []).append(lesson)
    for of_day in days.values():
        for first, second in combinations(sorted(of_day, key=lambda one: (one.start, one.id)), 2):
            if first.end <= second.start or second.end <= first.start:
                continue
            same_instructor = first.instructor is not None and first.instructor == second.instructor
            same_room = bool(first.room) and compact(first.room or "") == compact(second.room or "")
            if same_instructor or same_room:
                found.append(Clash(first.id, second.id, same_instructor, same_room))
    return tuple(found)


def paid_minutes(spans: Sequence[tuple[dt.date, int, int]]) -> tuple[int, ...]:
    """The minutes each lesson of one instructor adds, in the order given: an hour held for two classes is paid once.

    `spans` are (day, start, end).
    """
    covered: dict[dt.date, set[int]] = {}
    found = []
    for day, start, end in spans:
        taken = covered.setdefault(day, set())
        fresh = set(range(start, end)) - taken
        taken |= fresh
        found.append(len(fresh))
    return tuple(found)


def fee(minutes: int, hourly_rate: int | None) -> int | None:
    """강사료 in won for so many minutes, the part of a won dropped; None where no fee is paid."""
    return None if hourly_rate is None else minutes * hourly_rate // _HOUR


def hours_text(minutes: int) -> str:
    """`12시간`, `1시간 30분`."""
    hours, rest = divmod(minutes, _HOUR)
    return f"{hours}시간 {rest}분" if rest else f"{hours}시간"


def monday_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def read_entry(text: str) -> Entry | None:
    """An entry from `과목 / 강사 / 강의실` (the last two may be left out); None for an empty text.

    Raises Refused where more parts stand there or the subject is missing.
    """
    words = entry_parts(text.strip().strip('"'))
    if not any(words):
        return None
    if len(words) > _PARTS or not words[0]:
        raise Refused(f"'{clean(text)}'을(를) 읽을 수 없습니다. '과목 / 강사 / 강의실'로 적어 주십시오.")
    subject, instructor, room = (*words, "", "")[:_PARTS]
    return Entry(subject, instructor or None, room or None)


def entry_parts(text: str) -> list[str]:
    """The parts of an entry as far as it is typed, at least one; ` / ` or a line break stands between two."""
    return [clean(word) for word in _BETWEEN.split(text)]


def show_entry(entry: Entry) -> str:
    """The text `read_entry` reads back."""
    words = [entry.subject, entry.instructor or "", entry.room or ""]
    while not words[-1]:
        words.pop()
    return " / ".join(words)


def repeat_week(
    source: Mapping[tuple[int, int], Place],
    targets: Mapping[dt.date, int],
    taken: Iterable[tuple[dt.date, int]],
) -> dict[tuple[dt.date, int], Place]:
    """A week's entries laid over other days by weekday and period; what is set already is never overwritten.

    `source` is by (weekday from Monday = 0, period); `targets` are training days with how many periods they have.
    """
    occupied = set(taken)
    return {
        (day, period): entry
        for day, periods in sorted(targets.items())
        for (weekday, period), entry in sorted(source.items(), key=lambda one: one[0])
        if weekday == day.weekday() and period <= periods and (day, period) not in occupied
    }
