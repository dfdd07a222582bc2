"""The timetable (시간표) of a course by period (교시), and the instructors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.timetable import periods_of
from regional_desk.store.courses import course, course_day
from regional_desk.store.ids import new_id
from regional_desk.store.metadata import Moment, id_column, metadata, reference, version_column

instructor = sa.Table(
    "instructor",
    metadata,
    id_column(),
    version_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # internal | external
    sa.Column("organisation", sa.Text),
    sa.Column("field", sa.Text),
    sa.Column("phone", sa.Text),
    sa.Column("email", sa.Text),
    sa.Column("hourly_rate", sa.Integer),  # won an hour; null where no fee is paid
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("created_at", Moment, nullable=False),
    sa.CheckConstraint("hourly_rate IS NULL OR hourly_rate >= 0", name="hourly_rate"),
)

lesson = sa.Table(
    "lesson",
    metadata,
    id_column(),
    version_column(),
    reference("course_id", "course.id"),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("period", sa.Integer, nullable=False),  # from 1, as the course's periods are counted
    sa.Column("subject", sa.Text, nullable=False),
    reference("instructor_id", "instructor.id", nullable=True),
    sa.Column("room", sa.Text),
    sa.UniqueConstraint("course_id", "day", "period"),
    sa.CheckConstraint("period >= 1", name="period"),
    sa.Index("ix_lesson_instructor_id_day", "instructor_id", "day"),
)

day_note = sa.Table(
    "day_note",
    metadata,
    reference("course_id", "course.id"),
    sa.Column("day", sa.Date, nullable=False),
    version_column(),
    sa.Column("note", sa.Text, nullable=False),  # what the 훈련일지 says besides the timetable
    sa.PrimaryKeyConstraint("course_id", "day"),
)


@dataclass(frozen=True, slots=True)
class InstructorRow:
    """One instructor; `hourly_rate` in won, None where no fee is paid."""

    id: UUID
    version: int
    name: str
    kind: str
    organisation: str | None
    field: str | None
    phone: str | None
    email: str | None
    hourly_rate: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson that is held; `start` and `end` in minutes of the day."""

    id: UUID
    course: UUID
    course_name: str
    day: dt.date
    period: int
    start: int
    end: int
    subject: str
    instructor: UUID | None
    instructor_name: str | None
    room: str | None


def list_instructors(connection: sa.Connection) -> tuple[InstructorRow, ...]:
    """Every instructor by name."""
    query = sa.select(instructor).order_by(instructor.c.name, instructor.c.organisation, instructor.c.id)
    return tuple(
        InstructorRow(**{name: getattr(row, name) for name in InstructorRow.__slots__})
        for row in connection.execute(query)
    )


def list_lessons(
    connection: sa.Connection,
    start: dt.date,
    end: dt.date,
    *,
    course_id: UUID | None = None,
    instructor_id: UUID | None = None,
) -> tuple[LessonRow, ...]:
    """The lessons between two days that are held, by day, time and course.

    A lesson kept on a day that no longer holds, or in a period after a short day's last one, is none.
    """
    query = (
        sa.select(lesson, course.c.name.label("course_name"), course.c.periods, course_day.c.minutes)
        .add_columns(instructor.c.name.label("instructor_name"))
        .join(course, course.c.id == lesson.c.course_id)
        .join(course_day, (course_day.c.course_id == lesson.c.course_id) & (course_day.c.day == lesson.c.day))
        .outerjoin(instructor, instructor.c.id == lesson.c.instructor_id)
        .where(lesson.c.day.between(start, end), course_day.c.void.is_(False))
        .order_by(lesson.c.day, lesson.c.period, course.c.name)
    )
    if course_id is not None:
        query = query.where(lesson.c.course_id == course_id)
    if instructor_id is not None:
        query = query.where(lesson.c.instructor_id == instructor_id)
    found = []
    for row in connection.execute(query):
        held = periods_of(row.periods, row.minutes)
        if row.period <= len(held):
            first, last = held[row.period - 1]
            found.append(
                LessonRow(
                    row.id,
                    row.course_id,
                    row.course_name,
                    row.day,
                    row.period,
                    first,
                    last,
                    row.subject,
                    row.instructor_id,
                    row.instructor_name,
                    row.room,
                )
            )
    return tuple(found)


# subject, instructor, room
Kept = tuple[str, UUID | None, str | None]


def read_places(connection: sa.Connection, course_id: UUID) -> dict[tuple[dt.date, int], Kept]:
    """Everything kept in a course's timetable by day and period, also where it is not held."""
    rows = connection.execute(sa.select(lesson).where(lesson.c.course_id == course_id))
    return {(row.day, row.period): (row.subject, row.instructor_id, row.room) for row in rows}


def write_places(
    connection: sa.Connection, course_id: UUID, places: Mapping[tuple[dt.date, int], Kept | None]
) -> None:
    """Set these places of a course's timetable; None empties one."""
    for (day, period), kept in places.items():
        here = (lesson.c.course_id == course_id) & (lesson.c.day == day) & (lesson.c.period == period)
        if kept is None:
            connection.execute(sa.delete(lesson).where(here))
            continue
        subject, instructor_id, room = kept
        values = {"subject": subject, "instructor_id": instructor_id, "room": room}
        changed = connection.execute(
            sa.update(lesson).where(here).values(version=lesson.c.version + 1, **values)
        )
        if changed.rowcount == 0:
            place = {"id": new_id(), "course_id": course_id, "day": day, "period": period}
            connection.execute(sa.insert(lesson).values(**place, **values))


def list_notes(connection: sa.Connection, course_id: UUID) -> dict[dt.date, str]:
    """What the 훈련일지 of each day says besides the timetable."""
    query = sa.select(day_note.c.day, day_note.c.note).where(day_note.c.course_id == course_id)
    return {row.day: row.note for row in connection.execute(query)}


def list_subjects(connection: sa.Connection) -> tuple[str, ...]:
    """Every subject and how the office writes it, the most used first."""
    query = (
        sa.select(lesson.c.subject)
        .group_by(lesson.c.subject)
        .order_by(sa.func.count().desc(), lesson.c.subject)
    )
    return tuple(connection.execute(query).scalars())


def list_rooms(connection: sa.Connection) -> tuple[str, ...]:
    """Every room in use, the most used first."""
    query = (
        sa.select(lesson.c.room)
        .where(lesson.c.room.is_not(None))
        .group_by(lesson.c.room)
        .order_by(sa.func.count().desc(), lesson.c.room)
    )
    return tuple(connection.execute(query).scalars())
