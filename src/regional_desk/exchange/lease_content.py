"""What is in the file of a lent class and in the one that comes back, as values and as bytes.

Reading trusts nothing but the shape it checks: a field that is missing, of another type or out of its bounds makes the
whole file a refused one.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from regional_desk.domain.attendance import read_parts

Values = tuple[int, int, int | None, int | None, str | None, int, str | None]  # as the store keeps a record
Cell = tuple[UUID, dt.date, Values | None]  # trainee, day, record

_STATUSES, _MARKS, _EVIDENCE, _DAY_MINUTES = range(1, 4), range(8), range(3), range(24 * 60 + 1)
_PRESENT = 1
_LONGEST = 4000  # letters of a text
_KEY = 32
_VALUES = 7


@dataclass(frozen=True, slots=True)
class LentOffice:
    """What a lent copy shows of its office."""

    name: str
    code: str
    region: str
    approval: tuple[str, ...]
    programme_year: int
    practice: bool


@dataclass(frozen=True, slots=True)
class LentCourse:
    """The course with its training days and their minutes."""

    id: UUID
    name: str
    track: str
    start: dt.date
    end: dt.date
    region: str
    scheme: str
    programme_year: int
    periods: tuple[tuple[int, int], ...]
    days: tuple[tuple[dt.date, int], ...]


@dataclass(frozen=True, slots=True)
class LentMember:
    """One member: no account, phone or address, and not why somebody left."""

    id: UUID
    person: UUID
    number: int
    name: str
    birth: dt.date
    joined: dt.date
    left: dt.date | None


@dataclass(frozen=True, slots=True, repr=False)
class LentClass:
    """A class on its way to a laptop; `key` seals what comes back."""

    lease: UUID
    key: bytes
    start: dt.date
    end: dt.date
    holder: str
    due: dt.date
    office: LentOffice
    course: LentCourse
    members: tuple[LentMember, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LateEntry:
    """A line of the 출석입력요청대장 made on the laptop; `at` is the moment of the entry."""

    trainee: UUID
    day: dt.date
    old: Values | None
    new: Values | None
    reason: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReturnedClass:
    """What changed on the laptop: records as they were lent and as they are now, late entries, remarks."""

    lease: UUID
    changes: tuple[tuple[UUID, dt.date, Values | None, Values | None], ...]
    late: tuple[LateEntry, ...]
    remarks: tuple[tuple[UUID, dt.date, str], ...]


def lent_bytes(lent: LentClass) -> bytes:
    """The content that is sealed."""
    course, office = lent.course, lent.office
    return _encode(
        {
            "lease": str(lent.lease),
            "key": lent.key.hex(),
            "start": lent.start.isoformat(),
            "end": lent.end.isoformat(),
            "holder": lent.holder,
            "due": lent.due.isoformat(),
            "office": {name: getattr(office, name) for name in LentOffice.__slots__},
            "course": {
                **{name: getattr(course, name) for name in ("name", "track", "region", "scheme")},
                "id": str(course.id),
                "start": course.start.isoformat(),
                "end": course.end.isoformat(),
                "programme_year": course.programme_year,
                "periods": course.periods,
                "days": [[day.isoformat(), minutes] for day, minutes in course.days],
            },
            "members": [
                [
                    str(one.id),
                    str(one.person),
                    one.number,
                    one.name,
                    one.birth.isoformat(),
                    one.joined.isoformat(),
                    one.left and one.left.isoformat(),
                ]
                for one in lent.members
            ],
            "cells": [[str(trainee), day.isoformat(), values] for trainee, day, values in lent.cells],
        }
    )


def read_lent(plain: bytes) -> LentClass:
    """The class again; raise ValueError, TypeError or AttributeError where the content is not one."""
    told = _Told(_decode(plain))
    office, course = told.inner("office"), told.inner("course")
    return LentClass(
        lease=told.id("lease"),
        key=_exactly(bytes.fromhex(told.text("key")), _KEY),
        start=told.day("start"),
        end=told.day("end"),
        holder=told.text("holder"),
        due=told.day("due"),
        office=LentOffice(
            office.text("name"),
            office.text("code"),
            office.text("region"),
            tuple(_text(label) for label in office.rows("approval")),
            office.number("programme_year"),
            office.value("practice", bool),
        ),
        course=LentCourse(
            course.id("id"),
            course.text("name"),
            course.text("track"),
            course.day("start"),
            course.day("end"),
            course.text("region"),
            course.text("scheme"),
            course.number("programme_year"),
            tuple((_minute(first), _minute(last)) for first, last in course.rows("periods")),
            tuple((_day(day), _minute(minutes)) for day, minutes in course.rows("days")),
        ),
        members=tuple(
            LentMember(
                UUID(one),
                UUID(person),
                _number(number),
                _text(name),
                _day(birth),
                _day(joined),
                None if left is None else _day(left),
            )
            for one, person, number, name, birth, joined, left in told.rows("members")
        ),
        cells=tuple(
            (UUID(trainee), _day(day), _record(values)) for trainee, day, values in told.rows("cells")
        ),
    )


def returned_bytes(returned: ReturnedClass) -> bytes:
    """The content that is sealed; the same for the same return."""
    return _encode(
        {
            "lease": str(returned.lease),
            "changes": [
                [str(trainee), day.isoformat(), old, new] for trainee, day, old, new in returned.changes
            ],
            "late": [
                [str(one.trainee), one.day.isoformat(), one.old, one.new, one.reason, one.at.isoformat()]
                for one in returned.late
            ],
            "remarks": [[str(trainee), day.isoformat(), text] for trainee, day, text in returned.remarks],
        }
    )


def read_returned(plain: bytes) -> ReturnedClass:
    """The return again; raise ValueError, TypeError or AttributeError where the content is none."""
    told = _Told(_decode(plain))
    return ReturnedClass(
        told.id("lease"),
        tuple(
            (UUID(trainee), _day(day), _record(old), _record(new))
            for trainee, day, old, new in told.rows("changes")
        ),
        tuple(
            LateEntry(UUID(trainee), _day(day), _record(old), _record(new), _text(reason), _moment(at))
            for trainee, day, old, new, reason, at in told.rows("late")
        ),
        tuple((UUID(trainee), _day(day), _text(text)) for trainee, day, text in told.rows("remarks")),
    )


class _Told:
    """An object of the content; each reading raises ValueError or TypeError where it is not as it should be."""

    def __init__(self, told: Any) -> None:
        if not isinstance(told, dict):
            raise TypeError("no object")
        self._told = told

    def value(self, name: str, kind: type) -> Any:
        found = self._told.get(name)
        if type(found) is not kind:
            raise ValueError(name)
        return found

    def inner(self, name: str) -> _Told:
        return _Told(self._told.get(name))

    def text(self, name: str) -> str:
        return _text(self._told.get(name))

    def number(self, name: str) -> int:
        return _number(self._told.get(name))

    def id(self, name: str) -> UUID:
        return UUID(self.text(name))

    def day(self, name: str) -> dt.date:
        return _day(self._told.get(name))

    def rows(self, name: str) -> list[Any]:
        found: list[Any] = self.value(name, list)
        return found


def _encode(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _decode(plain: bytes) -> Any:
    try:
        return json.loads(plain)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError("text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("number")
    return value


def _minute(value: Any) -> int:
    if _number(value) not in _DAY_MINUTES:
        raise ValueError("minute")
    return int(value)


def _day(value: Any) -> dt.date:
    return dt.date.fromisoformat(_text(value))


def _moment(value: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("moment")
    return moment


def _exactly(value: bytes, length: int) -> bytes:
    if len(value) != length:
        raise ValueError("length")
    return value


def _record(values: Any) -> Values | None:
    """A record's values within the bounds the store has for them."""
    if values is None:
        return None
    if not isinstance(values, list) or len(values) != _VALUES:
        raise ValueError("record")
    status, marks, time_in, time_out, reason, evidence, parts = values
    numbers = ((status, _STATUSES), (marks, _MARKS), (evidence, _EVIDENCE))
    times = tuple((time, _DAY_MINUTES) for time in (time_in, time_out) if time is not None)
    if any(type(value) is not int or value not in bounds for value, bounds in (*numbers, *times)):
        raise ValueError("record")
    if marks and status != _PRESENT:
        raise ValueError("marks")
    for text in (reason, parts):
        if text is not None:
            _text(text)
    read_parts(parts)
    return status, marks, time_in, time_out, reason, evidence, parts
