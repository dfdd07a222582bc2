"""The records that give a reason: those of 출석인정, of a whole day or a part of one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

_REASONS = (
    "SELECT a.trainee_id, a.day, a.status, a.reason, a.parts FROM membership m "
    "JOIN attendance a ON a.trainee_id = m.person_id AND a.day BETWEEN ? AND ? "
    "WHERE m.course_id = ? AND a.reason IS NOT NULL{one}"
)


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One record with a reason; `parts` as they are kept."""

    trainee: UUID
    day: dt.date
    status: int
    reason: str
    parts: str | None


def list_reasons(
    connection: sa.Connection, course_id: UUID, start: dt.date, end: dt.date, trainee: UUID | None = None
) -> tuple[ReasonRow, ...]:
    """The records of a course's members (or of one) between two days that give a reason."""
    span = (start.isoformat(), end.isoformat(), course_id.bytes)
    one = () if trainee is None else (trainee.bytes,)
    query = _REASONS.format(one=" AND m.person_id = ?" if one else "")
    return tuple(
        ReasonRow(UUID(bytes=row[0]), dt.date.fromisoformat(row[1]), *row[2:])
        for row in connection.exec_driver_sql(query, (*span, *one))
    )
