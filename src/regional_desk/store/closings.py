"""What keeps attendance from being changed: closed days, exceptions to them, classes that are lent; and late entries."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.attendance import attendance_closing, closing_exception, late_entry
from regional_desk.store.engine import fetch
from regional_desk.store.metadata import from_microseconds, to_microseconds
from regional_desk.store.people import person

_LOCKS = (
    'SELECT \'closed\', NULL, "start", "end", NULL, NULL FROM attendance_closing '
    "WHERE course_id = :course AND opened_at IS NULL UNION ALL "
    'SELECT \'opened\', trainee_id, "start", "end", id, NULL FROM closing_exception '
    "WHERE course_id = :course AND ended_at IS NULL AND until > :at UNION ALL "
    'SELECT \'lent\', NULL, "start", "end", id, holder FROM lease '
    "WHERE course_id = :course AND end_kind IS NULL UNION ALL "
    "SELECT 'copy', NULL, NULL, NULL, NULL, value FROM setting WHERE key = 'lent'"
)
COPY = "lent"  # the setting by which an office on a laptop knows that it is lent


@dataclass(frozen=True, slots=True)
class LockSpan:
    """Days, both inside, and what holds of them; `trainee` is None for the whole class, `holder` only of a lease."""

    start: dt.date
    end: dt.date
    id: UUID | None = None
    trainee: UUID | None = None
    holder: str = ""

    def covers(self, day: dt.date) -> bool:
        """Whether a day lies inside."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class LentCopy:
    """What an office on a laptop knows of its lease; `returned_at` once the file that goes back was written."""

    lease: UUID
    course: UUID
    start: dt.date
    end: dt.date
    holder: str
    due: dt.date
    office: str
    returned_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class LockRows:
    """Everything that could keep a course's records from being changed, at one moment."""

    closed: tuple[LockSpan, ...]
    opened: tuple[LockSpan, ...]
    lent: tuple[LockSpan, ...]
    copy: LentCopy | None


def read_lock_rows(connection: sa.Connection, course_id: UUID, at: dt.datetime) -> LockRows:
    """Read it in one statement: it is asked at every key."""
    wanted = {"course": course_id.bytes, "at": to_microseconds(at)}
    found: dict[str, list[LockSpan]] = {"closed": [], "opened": [], "lent": []}
    copy = None
    for kind, trainee, start, end, row_id, text in fetch(connection, _LOCKS, wanted):
        if kind == "copy":
            copy = _copy(json.loads(text))
            continue
        span = LockSpan(
            dt.date.fromisoformat(start),
            dt.date.fromisoformat(end),
            UUID(bytes=row_id) if row_id else None,
            UUID(bytes=trainee) if trainee else None,
            text or "",
        )
        found[kind].append(span)
    return LockRows(tuple(found["closed"]), tuple(found["opened"]), tuple(found["lent"]), copy)


def read_copy(connection: sa.Connection) -> LentCopy | None:
    """What this office knows of its lease, None in an office of its own."""
    value = connection.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (COPY,)).scalar()
    return None if value is None else _copy(json.loads(value))


def copy_value(copy: LentCopy) -> dict[str, Any]:
    """The setting that keeps it."""
    return {
        "lease": str(copy.lease),
        "course": str(copy.course),
        "start": copy.start.isoformat(),
        "end": copy.end.isoformat(),
        "holder": copy.holder,
        "due": copy.due.isoformat(),
        "office": copy.office,
        "returned_at": copy.returned_at and to_microseconds(copy.returned_at),
    }


def _copy(kept: dict[str, Any]) -> LentCopy:
    returned = kept["returned_at"]
    return LentCopy(
        UUID(kept["lease"]),
        UUID(kept["course"]),
        dt.date.fromisoformat(kept["start"]),
        dt.date.fromisoformat(kept["end"]),
        kept["holder"],
        dt.date.fromisoformat(kept["due"]),
        kept["office"],
        None if returned is None else from_microseconds(returned),
    )


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """Days that were closed together; `unit_no` where a whole unit period was, `opened_at` where that was taken back."""

    id: UUID
    version: int
    course_id: UUID
    start: dt.date
    end: dt.date
    unit_no: int | None
    closed_by: UUID
    closed_at: dt.datetime
    opened_by: UUID | None
    opened_at: dt.datetime | None
    opened_reason: str | None


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """Closed days opened until a moment, for everybody or one trainee; `ended_at` where somebody ended it before."""

    id: UUID
    version: int
    course_id: UUID
    trainee_id: UUID | None
    start: dt.date
    end: dt.date
    reason: str
    until: dt.datetime
    granted_by: UUID
    granted_at: dt.datetime
    ended_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class LateRow:
    """One line of the 출석입력요청대장; `sealed` keeps old and new record and the reason under the person's key."""

    id: UUID
    programme_year: int
    number: int
    course_id: UUID
    trainee_id: UUID
    day: dt.date
    in_time: bool
    exception_id: UUID | None
    sealed: bytes
    user_id: UUID
    at: dt.datetime


def list_closings(connection: sa.Connection, course_id: UUID) -> tuple[ClosingRow, ...]:
    """A course's closings, those taken back too, the earliest days first."""
    table = attendance_closing
    query = sa.select(table).where(table.c.course_id == course_id).order_by(table.c.start, table.c.closed_at)
    return tuple(_closing(row) for row in connection.execute(query))


def find_closing(connection: sa.Connection, closing_id: UUID) -> ClosingRow | None:
    """The closing of an id."""
    table = attendance_closing
    row = connection.execute(sa.select(table).where(table.c.id == closing_id)).first()
    return None if row is None else _closing(row)


def _closing(row: sa.Row[Any]) -> ClosingRow:
    return ClosingRow(**{name: getattr(row, name) for name in ClosingRow.__slots__})


def list_exceptions(connection: sa.Connection, course_id: UUID) -> tuple[ExceptionRow, ...]:
    """A course's exceptions, those that ended too, the newest first."""
    table = closing_exception
    query = sa.select(table).where(table.c.course_id == course_id).order_by(table.c.granted_at.desc())
    return tuple(_exception(row) for row in connection.execute(query))


def find_exception(connection: sa.Connection, exception_id: UUID) -> ExceptionRow | None:
    """The exception of an id."""
    table = closing_exception
    row = connection.execute(sa.select(table).where(table.c.id == exception_id)).first()
    return None if row is None else _exception(row)


def _exception(row: sa.Row[Any]) -> ExceptionRow:
    return ExceptionRow(**{name: getattr(row, name) for name in ExceptionRow.__slots__})


def list_late_entries(
    connection: sa.Connection, course_id: UUID, programme_year: int | None = None
) -> tuple[LateRow, ...]:
    """A course's lines of the 출석입력요청대장 by number."""
    table = late_entry
    query = (
        sa.select(table)
        .where(table.c.course_id == course_id)
        .order_by(table.c.programme_year, table.c.number)
    )
    if programme_year is not None:
        query = query.where(table.c.programme_year == programme_year)
    names = LateRow.__slots__
    return tuple(LateRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query))


def who_is(connection: sa.Connection, people: Collection[UUID]) -> dict[UUID, tuple[str, dt.date]]:
    """Name and birth of these people, whether or not they still belong to a course."""
    query = sa.select(person.c.id, person.c.name, person.c.birth).where(person.c.id.in_(list(people)))
    return {row.id: (row.name, row.birth) for row in connection.execute(query)}


def last_late_number(connection: sa.Connection, programme_year: int) -> int:
    """The highest number given in a year, 0 where there is none."""
    query = "SELECT max(number) FROM late_entry WHERE programme_year = ?"
    return int(connection.exec_driver_sql(query, (programme_year,)).scalar() or 0)


def add_late_entries(connection: sa.Connection, rows: Sequence[LateRow]) -> None:
    """Add lines; none is ever changed or taken away."""
    connection.exec_driver_sql(
        "INSERT INTO late_entry (id, programme_year, number, course_id, trainee_id, day, in_time, exception_id, "
        "sealed, user_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row.id.bytes,
                row.programme_year,
                row.number,
                row.course_id.bytes,
                row.trainee_id.bytes,
                row.day.isoformat(),
                row.in_time,
                row.exception_id.bytes if row.exception_id else None,
                row.sealed,
                row.user_id.bytes,
                to_microseconds(row.at),
            )
            for row in rows
        ],
    )
