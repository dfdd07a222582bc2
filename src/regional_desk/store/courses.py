"""Courses, their training days and their members."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import Json, Moment, id_column, metadata, reference, version_column
from regional_desk.store.people import person

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
    sa.Column("direct_reason", sa.Text),
    sa.UniqueConstraint("course_id", "person_id"),
    sa.CheckConstraint('"left" IS NULL OR "left" >= joined', name="ordered"),
)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course; `periods` are (start, end) minutes of a training day."""

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


def find_course(connection: sa.Connection, course_id: UUID) -> CourseRow | None:
    """The course of an id."""
    row = connection.execute(sa.select(course).where(course.c.id == course_id)).first()
    return None if row is None else _row(row)


def list_days(connection: sa.Connection, course_id: UUID) -> tuple[DayRow, ...]:
    """The training days that hold, in order."""
    query = sa.select(course_day.c.day, course_day.c.minutes, course_day.c.reason).where(
        course_day.c.course_id == course_id, course_day.c.void.is_(False)
    )
    return tuple(
        DayRow(row.day, row.minutes, row.reason)
        for row in connection.execute(query.order_by(course_day.c.day))
    )


def list_members(connection: sa.Connection, course_id: UUID) -> tuple[MemberRow, ...]:
    """The members by number."""
    query = (
        sa.select(membership, person.c.name, person.c.birth)
        .join(person, person.c.id == membership.c.person_id)
        .where(membership.c.course_id == course_id)
        .order_by(membership.c.number)
    )
    return tuple(
        MemberRow(
            row.id,
            row.person_id,
            row.number,
            row.name,
            row.birth,
            row.joined,
            row.left,
            row.left_reason,
            row.outcome,
        )
        for row in connection.execute(query)
    )


def list_holidays(connection: sa.Connection) -> dict[dt.date, str]:
    """Holidays the office added itself (임시공휴일)."""
    return {row.day: row.name for row in connection.execute(sa.select(holiday))}
