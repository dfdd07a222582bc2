"""Courses, their training days and their members."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.engine import fetch
from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

course = sa.Table(
    "course",
    metadata,
    id_column(),
    version_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("track", sa.Text, nullable=False),
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("region", sa.Text, nullable=False),
    sa.Column("scheme", sa.Text, nullable=False),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("periods", Json, nullable=False),  # [[start minute, end minute], ...] of a training day
    sa.Column("created_at", Moment, nullable=False),
    reference("round_id", "recruitment_round.id", nullable=True),
    sa.Column("room", sa.Text),
    sa.Column("closed_on", sa.Date),  # 폐강: the last day that was held
    sa.Column("closed_reason", sa.Text),
    sa.UniqueConstraint("programme_year", "name"),
    sa.CheckConstraint('"start" <= "end"', name="ordered"),
)

course_day = sa.Table(
    "course_day",
    metadata,
    reference("course_id", "course.id"),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("void", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("reason", sa.Text),
    sa.PrimaryKeyConstraint("course_id", "day"),
    sa.CheckConstraint("minutes BETWEEN 1 AND 480", name="minutes"),
)

holiday = sa.Table(
    "holiday",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("reference", sa.Text),
    sa.Column("added_by", Id),
    sa.Column("added_at", Moment),
)

membership = sa.Table(
    "membership",
    metadata,
    id_column(),
    version_column(),
    reference("course_id", "course.id", index=True),
    reference("person_id", "person.id", index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("joined", sa.Date, nullable=False),
    sa.Column("left", sa.Date),  # the last day inside
    sa.Column("left_reason", sa.Text),
    sa.Column("outcome", sa.Text),
    sa.Column("outcome_on", sa.Date),
    sa.Column("direct_reason", sa.Text),
    sa.UniqueConstraint("course_id", "person_id"),
    sa.CheckConstraint('"left" IS NULL OR "left" >= joined', name="ordered"),
)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course; `periods` are (start, end) minutes of a training day; `closed_on` (폐강) is the last day that was held."""

    id: UUID
    version: int
    name: str
    track: str
    start: dt.date
    end: dt.date
    region: str
    scheme: str
    programme_year: int
    periods: tuple[tuple[int, int], ...]
    room: str | None = None
    closed_on: dt.date | None = None
    round_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DayRow:
    """One training day of a course with its scheduled minutes."""

    day: dt.date
    minutes: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One membership; `left` is the last day inside, None while it lasts."""

    id: UUID
    person: UUID
    number: int
    name: str
    birth: dt.date
    joined: dt.date
    left: dt.date | None
    left_reason: str | None
    outcome: str | None


def _row(row: sa.Row[tuple[object, ...]]) -> CourseRow:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's documented mapping view
    return CourseRow(
        **{name: values[name] for name in CourseRow.__slots__ if name != "periods"},
        periods=tuple((first, last) for first, last in values["periods"]),
    )


def list_courses(connection: sa.Connection) -> tuple[CourseRow, ...]:
    """Every course, newest start first."""
    query = sa.select(course).order_by(course.c.start.desc(), course.c.name)
    return tuple(_row(row) for row in connection.execute(query))


_COURSE = (
    'SELECT version, name, track, start, "end", region, scheme, programme_year, periods, room, closed_on, round_id '
    "FROM course WHERE id = ?"
)


def find_course(connection: sa.Connection, course_id: UUID) -> CourseRow | None:
    """The course of an id."""
    rows = fetch(connection, _COURSE, (course_id.bytes,))
    return _course_of(course_id, rows[0]) if rows else None


@lru_cache(maxsize=64)
def _course_of(course_id: UUID, row: tuple[Any, ...]) -> CourseRow:
    """What a row says, remembered: it is read at every key and hardly ever another."""
    version, name, track, start, end, region, scheme, year, periods, room, closed_on, round_id = row
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    spans = tuple((begin, finish) for begin, finish in json.loads(periods))
    closed = dt.date.fromisoformat(closed_on) if closed_on else None
    of_round = UUID(bytes=round_id) if round_id else None
    return CourseRow(
        course_id, version, name, track, first, last, region, scheme, year, spans, room, closed, of_round
    )


_DAYS = "SELECT day, minutes, reason FROM course_day WHERE course_id = ? AND NOT void ORDER BY day"


def list_days(connection: sa.Connection, course_id: UUID) -> tuple[DayRow, ...]:
    """The training days that hold, in order."""
    return _days_of(tuple(fetch(connection, _DAYS, (course_id.bytes,))))


@lru_cache(maxsize=64)
def _days_of(rows: tuple[tuple[Any, ...], ...]) -> tuple[DayRow, ...]:
    """What these rows say, remembered as above."""
    return tuple(DayRow(dt.date.fromisoformat(day), minutes, reason) for day, minutes, reason in rows)


_MEMBERS = (
    'SELECT m.id, m.person_id, m.number, p.name, p.birth, m.joined, m."left", m.left_reason, m.outcome '
    "FROM membership m JOIN person p ON p.id = m.person_id WHERE m.course_id = ?{some} ORDER BY m.number"
)
_AMONG = " AND m.person_id IN ({some})"
_AT_ONCE = 500  # people a statement names


def list_members(
    connection: sa.Connection, course_id: UUID, people: Collection[UUID] | None = None
) -> tuple[MemberRow, ...]:
    """The members by number, all or those among `people`; read as plain tuples, for the grid asks at every key."""
    if people is None:
        return _members(connection, course_id, "", ())
    wanted = [person.bytes for person in people]
    found: list[MemberRow] = []
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        found += _members(connection, course_id, _AMONG.format(some=",".join("?" * len(some))), some)
    return tuple(sorted(found, key=attrgetter("number")))


def _members(
    connection: sa.Connection, course_id: UUID, some: str, values: Sequence[bytes]
) -> tuple[MemberRow, ...]:
    rows = fetch(connection, _MEMBERS.format(some=some), (course_id.bytes, *values))
    day = dt.date.fromisoformat
    return tuple(
        MemberRow(
            UUID(bytes=row[0]),
            UUID(bytes=row[1]),
            row[2],
            row[3],
            day(row[4]),
            day(row[5]),
            day(row[6]) if row[6] else None,
            row[7],
            row[8],
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A holiday the office added itself (임시공휴일); `reference` is the 공고 it rests on."""

    day: dt.date
    name: str
    reference: str | None


def read_holidays(connection: sa.Connection) -> tuple[HolidayRow, ...]:
    """The office's own holidays in the order of their days."""
    rows = connection.execute(sa.select(holiday).order_by(holiday.c.day))
    return tuple(HolidayRow(row.day, row.name, row.reference) for row in rows)


def list_holidays(connection: sa.Connection) -> dict[dt.date, str]:
    """Holidays the office added itself (임시공휴일)."""
    return {row.day: row.name for row in connection.execute(sa.select(holiday))}
