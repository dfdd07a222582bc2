"""Remarks and papers of evidence beside a trainee's record of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.allowance import CLOSED_STATES, allowance_row, allowance_run
from regional_desk.store.attendance import attachment, attendance_evidence, attendance_remark
from regional_desk.store.metadata import from_microseconds, to_microseconds

_PLACES = {
    kind: f"SELECT DISTINCT r.trainee_id, r.day FROM membership m JOIN {table} r ON r.trainee_id = m.person_id "  # noqa: S608 - the two names below
    "WHERE m.course_id = ? AND r.day BETWEEN ? AND ?"
    for kind, table in (("remark", "attendance_remark"), ("evidence", "attendance_evidence"))
}


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark, sealed under the trainee's key; `version` guards against another window's change."""

    version: int
    sealed: bytes
    user_id: UUID
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One paper attached to a day; `size` in bytes. What came before names were kept has none."""

    id: UUID
    attachment_id: UUID
    file_name: str | None
    size: int
    user_id: UUID | None
    at: dt.datetime | None


def list_places(
    connection: sa.Connection, kind: str, course_id: UUID, first: str, last: str
) -> list[tuple[bytes, str]]:
    """(trainee id bytes, ISO day) of a course's members that have a remark or evidence between two ISO days."""
    rows = connection.exec_driver_sql(_PLACES[kind], (course_id.bytes, first, last))
    return [(row[0], row[1]) for row in rows]


def find_remark(connection: sa.Connection, trainee: UUID, day: dt.date) -> RemarkRow | None:
    """The remark of a day."""
    row = connection.exec_driver_sql(
        "SELECT version, sealed, user_id, at FROM attendance_remark WHERE trainee_id = ? AND day = ?",
        (trainee.bytes, day.isoformat()),
    ).first()
    return None if row is None else RemarkRow(row[0], row[1], UUID(bytes=row[2]), from_microseconds(row[3]))


def put_remark(
    connection: sa.Connection, trainee: UUID, day: dt.date, sealed: bytes, user_id: UUID, at: dt.datetime
) -> None:
    """Write a day's remark, in place of the one before."""
    connection.exec_driver_sql(
        "INSERT INTO attendance_remark (trainee_id, day, version, sealed, user_id, at) VALUES (?, ?, 1, ?, ?, ?) "
        "ON CONFLICT (trainee_id, day) DO UPDATE SET version = version + 1, sealed = excluded.sealed, "
        "user_id = excluded.user_id, at = excluded.at",
        (trainee.bytes, day.isoformat(), sealed, user_id.bytes, to_microseconds(at)),
    )


def remove_remark(connection: sa.Connection, trainee: UUID, day: dt.date) -> None:
    """Take a day's remark away."""
    wanted = (attendance_remark.c.trainee_id == trainee, attendance_remark.c.day == day)
    connection.execute(sa.delete(attendance_remark).where(*wanted))


def list_evidence(connection: sa.Connection, trainee: UUID, day: dt.date) -> tuple[EvidenceRow, ...]:
    """The papers of a day, oldest first."""
    rows = connection.execute(
        _evidence().where(attendance_evidence.c.trainee_id == trainee, attendance_evidence.c.day == day)
    )
    return tuple(_evidence_row(row) for row in rows)


def find_evidence(connection: sa.Connection, evidence_id: UUID) -> tuple[UUID, dt.date, EvidenceRow] | None:
    """One paper with the trainee and the day it belongs to."""
    row = connection.execute(_evidence().where(attendance_evidence.c.id == evidence_id)).first()
    return None if row is None else (row.trainee_id, row.day, _evidence_row(row))


def is_settled(connection: sa.Connection, trainee: UUID, day: dt.date) -> bool:
    """Whether a confirmed run that pays somebody counts this day."""
    query = (
        sa.select(allowance_row.c.trainee_id)
        .join(allowance_run, allowance_run.c.id == allowance_row.c.run_id)
        .where(
            allowance_row.c.trainee_id == trainee,
            allowance_row.c.held.is_(False),
            allowance_run.c.state.in_(CLOSED_STATES),
            allowance_run.c.start <= day,
            allowance_run.c.end >= day,
        )
    )
    return connection.execute(query).first() is not None


def _evidence() -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(attendance_evidence, attachment.c.size)
        .join(attachment, attachment.c.id == attendance_evidence.c.attachment_id)
        .order_by(attendance_evidence.c.id)
    )


def _evidence_row(row: sa.Row[tuple[object, ...]]) -> EvidenceRow:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's documented mapping view
    return EvidenceRow(**{name: values[name] for name in EvidenceRow.__slots__})
