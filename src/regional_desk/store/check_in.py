"""Scans of the check-in, call lists and second entries beside the records of attendance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.attendance import call_line, call_list, check_in, second_entry
from regional_desk.store.courses import course_day
from regional_desk.store.metadata import to_microseconds


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One scan that counts; `minute` of the day, `way` in or out, `means` scan or typed."""

    id: UUID
    course_id: UUID
    trainee_id: UUID
    day: dt.date
    minute: int
    way: str
    means: str


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """What a badge's code and number are made of."""

    membership: UUID
    course: UUID
    person: UUID
    number: int


@dataclass(frozen=True, slots=True)
class CallListRow:
    """One call list; `lines` it has, `open` are not answered yet."""

    id: UUID
    course_id: UUID
    start: dt.date
    end: dt.date
    made_by: UUID
    made_at: dt.datetime
    lines: int
    open: int


@dataclass(frozen=True, slots=True)
class CallLineRow:
    """One line of a call list; `sealed` is what was said, under the person's key."""

    list_id: UUID
    number: int
    trainee_id: UUID
    day: dt.date
    answer: str | None
    sealed: bytes | None
    answered_by: UUID | None
    answered_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SecondRow:
    """What a second person read off the paper: status and marks as the records keep them."""

    trainee_id: UUID
    day: dt.date
    course_id: UUID
    status: int
    marks: int
    user_id: UUID
    at: dt.datetime
    settled_by: UUID | None
    settled_at: dt.datetime | None


def courses_on(connection: sa.Connection, day: dt.date) -> frozenset[UUID]:
    """The courses that hold a training day on this date."""
    wanted = (course_day.c.day == day, sa.not_(course_day.c.void))
    return frozenset(connection.execute(sa.select(course_day.c.course_id).where(*wanted)).scalars())


def list_badges(connection: sa.Connection) -> tuple[BadgeRow, ...]:
    """Every membership of the office: a badge of another class, or of an old one, is to be known as such."""
    rows = connection.exec_driver_sql("SELECT id, course_id, person_id, number FROM membership")
    return tuple(BadgeRow(UUID(bytes=row[0]), UUID(bytes=row[1]), UUID(bytes=row[2]), row[3]) for row in rows)


def list_scans(
    connection: sa.Connection,
    courses: Collection[UUID],
    start: dt.date,
    end: dt.date,
    trainee: UUID | None = None,
) -> tuple[ScanRow, ...]:
    """The scans that count of these courses between two days (of one trainee), in the order they happened."""
    names = [getattr(check_in.c, name) for name in ScanRow.__slots__]
    wanted = [
        check_in.c.course_id.in_(courses),
        check_in.c.day.between(start, end),
        sa.not_(check_in.c.undone),
    ]
    if trainee is not None:
        wanted.append(check_in.c.trainee_id == trainee)
    query = sa.select(*names).where(*wanted).order_by(check_in.c.day, check_in.c.minute, check_in.c.id)
    return tuple(ScanRow(*row) for row in connection.execute(query))


def find_scan(connection: sa.Connection, scan_id: UUID) -> ScanRow | None:
    """A scan that counts."""
    names = [getattr(check_in.c, name) for name in ScanRow.__slots__]
    row = connection.execute(
        sa.select(*names).where(check_in.c.id == scan_id, sa.not_(check_in.c.undone))
    ).first()
    return None if row is None else ScanRow(*row)


def put_scan(connection: sa.Connection, row: ScanRow, user_id: UUID, at: dt.datetime) -> None:
    """Keep a scan."""
    values = {name: getattr(row, name) for name in ScanRow.__slots__}
    connection.execute(sa.insert(check_in).values(**values, user_id=user_id, at=at))


def undo_scan(connection: sa.Connection, scan_id: UUID) -> None:
    """Let a scan count no more; it stays to be seen."""
    connection.execute(sa.update(check_in).where(check_in.c.id == scan_id).values(undone=True))


def put_call_list(
    connection: sa.Connection, row: CallListRow, places: Collection[tuple[UUID, dt.date]]
) -> None:
    """Keep a new call list with its lines in their order."""
    names = ("id", "course_id", "start", "end", "made_by", "made_at")
    connection.execute(sa.insert(call_list).values(**{name: getattr(row, name) for name in names}))
    connection.execute(
        sa.insert(call_line),
        [
            {"list_id": row.id, "number": number, "trainee_id": trainee, "day": day}
            for number, (trainee, day) in enumerate(places, start=1)
        ],
    )


def list_call_lists(connection: sa.Connection, course_id: UUID | None = None) -> tuple[CallListRow, ...]:
    """The call lists of a course, or all, oldest first."""
    query = (
        sa.select(
            call_list, sa.func.count(call_line.c.number), sa.func.count() - sa.func.count(call_line.c.answer)
        )
        .join(call_line, call_line.c.list_id == call_list.c.id)
        .group_by(call_list.c.id)
        .order_by(call_list.c.made_at, call_list.c.id)
    )
    if course_id is not None:
        query = query.where(call_list.c.course_id == course_id)
    return tuple(CallListRow(*row) for row in connection.execute(query))


def list_call_lines(connection: sa.Connection, list_id: UUID) -> tuple[CallLineRow, ...]:
    """The lines of a call list by number."""
    query = sa.select(call_line).where(call_line.c.list_id == list_id).order_by(call_line.c.number)
    return tuple(CallLineRow(*row) for row in connection.execute(query))


def put_answer(connection: sa.Connection, row: CallLineRow) -> None:
    """Keep what a line was answered."""
    wanted = (call_line.c.list_id == row.list_id, call_line.c.number == row.number)
    names = ("answer", "sealed", "answered_by", "answered_at")
    values = {name: getattr(row, name) for name in names}
    connection.execute(sa.update(call_line).where(*wanted).values(**values))


def list_second(
    connection: sa.Connection, course_id: UUID | None = None, day: dt.date | None = None
) -> tuple[SecondRow, ...]:
    """The second entries of a course (and day), or of all courses."""
    names = [getattr(second_entry.c, name) for name in SecondRow.__slots__]
    query = sa.select(*names).order_by(second_entry.c.day, second_entry.c.trainee_id)
    if course_id is not None:
        query = query.where(second_entry.c.course_id == course_id)
    if day is not None:
        query = query.where(second_entry.c.day == day)
    return tuple(SecondRow(*row) for row in connection.execute(query))


def put_second(connection: sa.Connection, row: SecondRow) -> None:
    """Keep a second entry in place of the one before, which need not be settled any more."""
    connection.exec_driver_sql(
        "INSERT INTO second_entry (trainee_id, day, course_id, status, marks, user_id, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trainee_id, day) DO UPDATE SET course_id = excluded.course_id, "
        "status = excluded.status, marks = excluded.marks, user_id = excluded.user_id, at = excluded.at, "
        "settled_by = NULL, settled_at = NULL",
        (
            row.trainee_id.bytes,
            row.day.isoformat(),
            row.course_id.bytes,
            row.status,
            row.marks,
            row.user_id.bytes,
            to_microseconds(row.at),
        ),
    )


def remove_second(connection: sa.Connection, trainee: UUID, day: dt.date) -> None:
    """Take a second entry away."""
    wanted = (second_entry.c.trainee_id == trainee, second_entry.c.day == day)
    connection.execute(sa.delete(second_entry).where(*wanted))


def settle_second(
    connection: sa.Connection, trainee: UUID, day: dt.date, user_id: UUID, at: dt.datetime
) -> None:
    """Note who settled a mismatch, and when."""
    wanted = (second_entry.c.trainee_id == trainee, second_entry.c.day == day)
    connection.execute(sa.update(second_entry).where(*wanted).values(settled_by=user_id, settled_at=at))
