"""Attendance: one record a trainee and training day; no row means 미입력."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.engine import fetch
from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

attendance = sa.Table(
    "attendance",
    metadata,
    reference("trainee_id", "person.id"),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("status", sa.SmallInteger, nullable=False),
    sa.Column("marks", sa.SmallInteger, nullable=False),
    sa.Column("time_in", sa.SmallInteger),
    sa.Column("time_out", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("evidence", sa.SmallInteger, nullable=False),
    sa.Column("parts", sa.Text),  # 외출 and part-day 출석인정 in minutes: "O600-660 E840-900"
    sa.PrimaryKeyConstraint("trainee_id", "day"),
    sa.CheckConstraint("status BETWEEN 1 AND 3", name="status"),
    sa.CheckConstraint("marks BETWEEN 0 AND 7 AND (marks = 0 OR status = 1)", name="marks"),
    sa.CheckConstraint("evidence BETWEEN 0 AND 2", name="evidence"),
    sqlite_with_rowid=False,
)

attachment = sa.Table(
    "attachment",
    metadata,
    id_column(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
)

attendance_evidence = sa.Table(
    "attendance_evidence",
    metadata,
    id_column(),
    reference("trainee_id", "person.id", index=True),
    sa.Column("day", sa.Date, nullable=False),
    reference("attachment_id", "attachment.id"),
    sa.Column("file_name", sa.Text),
    sa.Column("user_id", Id),
    sa.Column("at", Moment),
)

attendance_remark = sa.Table(
    "attendance_remark",
    metadata,
    reference("trainee_id", "person.id"),
    sa.Column("day", sa.Date, nullable=False),
    version_column(),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the remark, under the person's key
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("trainee_id", "day"),
)

check_in = sa.Table(
    "check_in",
    metadata,
    id_column(),
    reference("course_id", "course.id"),
    reference("trainee_id", "person.id", index=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("minute", sa.SmallInteger, nullable=False),
    sa.Column("way", sa.Text, nullable=False),  # in | out
    sa.Column("means", sa.Text, nullable=False),  # scan | typed
    sa.Column("undone", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.CheckConstraint("way IN ('in', 'out')", name="way"),
    sa.CheckConstraint("minute BETWEEN 0 AND 1439", name="minute"),
    sa.Index("ix_check_in_course_id_day", "course_id", "day"),
)

call_list = sa.Table(
    "call_list",
    metadata,
    id_column(),
    reference("course_id", "course.id", index=True),
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("made_by", Id, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
)

call_line = sa.Table(
    "call_line",
    metadata,
    reference("list_id", "call_list.id"),
    sa.Column("number", sa.Integer, nullable=False),
    reference("trainee_id", "person.id", index=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("answer", sa.Text),  # the record as keyed back; null while nobody answered
    sa.Column("sealed", sa.LargeBinary),  # what was said, under the person's key
    sa.Column("answered_by", Id),
    sa.Column("answered_at", Moment),
    sa.PrimaryKeyConstraint("list_id", "number"),
)

second_entry = sa.Table(
    "second_entry",
    metadata,
    reference("trainee_id", "person.id"),
    sa.Column("day", sa.Date, nullable=False),
    reference("course_id", "course.id", index=True),
    sa.Column("status", sa.SmallInteger, nullable=False),
    sa.Column("marks", sa.SmallInteger, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("settled_by", Id),
    sa.Column("settled_at", Moment),
    sa.PrimaryKeyConstraint("trainee_id", "day"),
)

lease = sa.Table(
    "lease",
    metadata,
    id_column(),
    version_column(),
    reference("course_id", "course.id", index=True),
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("lent_by", Id, nullable=False),
    sa.Column("lent_at", Moment, nullable=False),
    sa.Column("end_kind", sa.Text),  # returned | taken_back; null while it is out
    sa.Column("ended_by", Id),
    sa.Column("ended_at", Moment),
    sa.Column("reason", sa.Text),  # why it was taken back
    sa.Column("came", sa.LargeBinary(32)),  # digest of what came back, so that twice is harmless
    sa.CheckConstraint('"start" <= "end"', name="ordered"),
)

attendance_closing = sa.Table(
    "attendance_closing",
    metadata,
    id_column(),
    version_column(),
    reference("course_id", "course.id", index=True),
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("unit_no", sa.Integer),  # null where single days were closed
    sa.Column("closed_by", Id, nullable=False),
    sa.Column("closed_at", Moment, nullable=False),
    sa.Column("opened_by", Id),
    sa.Column("opened_at", Moment),
    sa.Column("opened_reason", sa.Text),
    sa.CheckConstraint('"start" <= "end"', name="ordered"),
)

closing_exception = sa.Table(
    "closing_exception",
    metadata,
    id_column(),
    version_column(),
    reference("course_id", "course.id", index=True),
    reference("trainee_id", "person.id", nullable=True),  # null opens the days for the whole class
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("granted_by", Id, nullable=False),
    sa.Column("granted_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.CheckConstraint('"start" <= "end"', name="ordered"),
)

late_entry = sa.Table(
    "late_entry",
    metadata,
    id_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    reference("course_id", "course.id", index=True),
    reference("trainee_id", "person.id", index=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("in_time", sa.Boolean, nullable=False),  # entered by the next day, as the rule asks
    reference("exception_id", "closing_exception.id", nullable=True),
    sa.Column(
        "sealed", sa.LargeBinary, nullable=False
    ),  # old and new record and the reason, under the person's key
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("programme_year", "number"),
)

attendance_correction = sa.Table(
    "attendance_correction",
    metadata,
    id_column(),
    version_column(),
    reference("course_id", "course.id", index=True),
    reference("trainee_id", "person.id", index=True),
    sa.Column("unit_no", sa.Integer, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("old", Json),  # the record's values, null for 미입력
    sa.Column("new", Json),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the reason, under the person's key
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("state", sa.Text, nullable=False),  # requested | approved | refused | withdrawn
    sa.Column("requested_by", Id, nullable=False),
    sa.Column("requested_at", Moment, nullable=False),
    sa.Column("decided_by", Id),
    sa.Column("decided_at", Moment),
    sa.Column("solo", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.CheckConstraint("state IN ('requested', 'approved', 'refused', 'withdrawn')", name="state"),
)

# status, marks, time_in, time_out, reason, evidence, parts
CellValues = tuple[int, int, int | None, int | None, str | None, int, str | None]

_VALUES = 7


def kept_values(kept: Sequence[Any] | None) -> CellValues | None:
    """Values as a log line or an undo step kept them; those from before parts were kept are filled up."""
    return None if kept is None else (*kept, *(None,) * (_VALUES - len(kept)))


_SELECT_ONE = "SELECT status, marks, time_in, time_out, reason, evidence, parts FROM attendance WHERE trainee_id = ? AND day = ?"
_SELECT_COURSE = (
    "SELECT a.trainee_id, a.day, a.status, a.marks, a.time_in, a.time_out, a.reason, a.evidence, a.parts "
    "FROM membership m JOIN attendance a ON a.trainee_id = m.person_id "
    "WHERE m.course_id = ? AND a.day BETWEEN ? AND ?"
)
_SELECT_TRAINEE = (
    "SELECT trainee_id, day, status, marks, time_in, time_out, reason, evidence, parts FROM attendance "
    "WHERE trainee_id = ? AND day BETWEEN ? AND ?"
)
_SELECT_AMONG = (
    "SELECT trainee_id, day, status, marks, time_in, time_out, reason, evidence, parts FROM attendance "
    "WHERE trainee_id IN ({some}) AND day BETWEEN ? AND ?"
)
_AT_ONCE = 500  # people a statement names
_UPSERT = (
    "INSERT INTO attendance (trainee_id, day, status, marks, time_in, time_out, reason, evidence, parts) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trainee_id, day) DO UPDATE SET status = excluded.status, "
    "marks = excluded.marks, time_in = excluded.time_in, time_out = excluded.time_out, "
    "reason = excluded.reason, evidence = excluded.evidence, parts = excluded.parts"
)

# Most records have neither times nor a reason: without their None the driver writes many in half the time.
_NO_DETAIL = (None, None, None)
_UPSERT_PLAIN = (
    "INSERT INTO attendance (trainee_id, day, status, marks, evidence) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (trainee_id, day) DO UPDATE SET status = excluded.status, marks = excluded.marks, "
    "time_in = NULL, time_out = NULL, reason = NULL, evidence = excluded.evidence, parts = NULL"
)
_DELETE = "DELETE FROM attendance WHERE trainee_id = ? AND day = ?"


@dataclass(frozen=True, slots=True)
class StoredCell:
    """One record as stored: small integers, times in minutes of the day."""

    trainee: UUID
    day: dt.date
    values: CellValues


def read_cells(
    connection: sa.Connection, course_id: UUID, start: dt.date, end: dt.date, trainee_id: UUID | None = None
) -> dict[bytes, dict[str, CellValues]]:
    """The records of a course's members (or of one) between two days: trainee id bytes → ISO day → values."""
    span = (start.isoformat(), end.isoformat())
    if trainee_id is None:
        rows = fetch(connection, _SELECT_COURSE, (course_id.bytes, *span))
    else:
        rows = fetch(connection, _SELECT_TRAINEE, (trainee_id.bytes, *span))
    found: defaultdict[bytes, dict[str, CellValues]] = defaultdict(dict)
    for row in rows:
        found[row[0]][row[1]] = row[2:]
    return dict(found)


def read_cells_among(
    connection: sa.Connection, people: Sequence[UUID], start: dt.date, end: dt.date
) -> dict[bytes, dict[str, CellValues]]:
    """The same for these people only, whatever course their records were made in."""
    found: defaultdict[bytes, dict[str, CellValues]] = defaultdict(dict)
    for at in range(0, len(people), _AT_ONCE):
        some = [person.bytes for person in people[at : at + _AT_ONCE]]
        select = _SELECT_AMONG.format(some=",".join("?" * len(some)))
        for row in fetch(connection, select, (*some, start.isoformat(), end.isoformat())):
            found[row[0]][row[1]] = row[2:]
    return dict(found)


def read_cells_of(
    connection: sa.Connection, keys: Sequence[tuple[UUID, dt.date]]
) -> dict[tuple[UUID, dt.date], CellValues]:
    """The records of the named cells; a cell without one is left out."""
    found = zip(keys, read_values(connection, keys), strict=True)
    return {place: values for place, values in found if values is not None}


def read_values(connection: sa.Connection, keys: Sequence[tuple[UUID, dt.date]]) -> list[CellValues | None]:
    """What each of these cells holds: one by its place, many of one or of 600 people by their span at once."""
    if len(keys) == 1:
        ((trainee, day),) = keys
        rows = fetch(connection, _SELECT_ONE, (trainee.bytes, day.isoformat()))
        return [rows[0] if rows else None]
    if not keys:
        return []
    days = {day: day.isoformat() for _, day in keys}
    people = list(dict.fromkeys(trainee for trainee, _ in keys))
    kept = read_cells_among(connection, people, min(days), max(days))
    of_person = {trainee: kept.get(trainee.bytes, {}) for trainee in people}
    return [of_person[trainee].get(days[day]) for trainee, day in keys]


def write_cells(connection: sa.Connection, cells: Sequence[tuple[UUID, dt.date, CellValues | None]]) -> None:
    """Write these records; None takes a record away (미입력)."""
    days = {day: day.isoformat() for _, day, _ in cells}
    people = {trainee: bytearray(trainee.bytes) for trainee, _, _ in cells}
    plain, detailed, removals = list[tuple[Any, ...]](), list[tuple[Any, ...]](), list[tuple[Any, ...]]()
    for trainee, day, values in cells:
        place = (people[trainee], days[day])
        if values is None:
            removals.append(place)
        elif values[2:5] == _NO_DETAIL and values[6] is None:
            plain.append((*place, values[0], values[1], values[5]))
        else:
            detailed.append((*place, *values))
    for statement, rows in ((_UPSERT_PLAIN, plain), (_UPSERT, detailed), (_DELETE, removals)):
        if rows:
            connection.exec_driver_sql(statement, rows if len(rows) > 1 else rows[0])


@dataclass(frozen=True, slots=True)
class CountRow:
    """One trainee's records of a span counted by the database."""

    present: int
    excused: int
    absent: int
    marks: int


_COUNT = (
    "SELECT m.person_id, SUM(a.status = 1), SUM(a.status = 3), SUM(a.status = 2), "
    "SUM((a.marks & 1) + (a.marks >> 1 & 1) + (a.marks >> 2)) "
    "FROM membership m JOIN attendance a ON a.trainee_id = m.person_id "
    "WHERE m.course_id = ? AND a.day BETWEEN ? AND ? "
    'AND a.day >= m.joined AND (m."left" IS NULL OR a.day <= m."left"){valid} GROUP BY m.person_id'
)
_VOID_DAYS = "SELECT day FROM course_day WHERE course_id = ? AND void AND day BETWEEN ? AND ?"


def count_cells(
    connection: sa.Connection, course_id: UUID, start: dt.date, end: dt.date
) -> dict[bytes, CountRow]:
    """The records of a course's members between two days, counted in one statement: the database counts, never decides."""
    span = (course_id.bytes, start.isoformat(), end.isoformat())
    void = [row[0] for row in connection.exec_driver_sql(_VOID_DAYS, span)]
    valid = f" AND a.day NOT IN ({','.join('?' * len(void))})" if void else ""
    rows = connection.exec_driver_sql(_COUNT.format(valid=valid), (*span, *void)).fetchall()
    return {row[0]: CountRow(*row[1:]) for row in rows}
