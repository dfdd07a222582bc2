"""정정: changes of records in a unit that is confirmed, from the request to the decision."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.attendance import CellValues, attendance_correction, kept_values
from regional_desk.store.courses import course
from regional_desk.store.people import person

Overlay = dict[tuple[bytes, str], CellValues | None]


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One 정정; `old` and `new` as records are kept, None for 미입력; `sealed` holds the reasons under the person's key."""

    id: UUID
    version: int
    course_id: UUID
    course_name: str
    trainee_id: UUID
    name: str
    birth: dt.date
    unit_no: int
    day: dt.date
    old: CellValues | None
    new: CellValues | None
    sealed: bytes
    attachment_id: UUID | None
    state: str
    requested_by: UUID
    requested_at: dt.datetime
    decided_by: UUID | None
    decided_at: dt.datetime | None
    solo: bool


def list_corrections(
    connection: sa.Connection,
    course_id: UUID | None = None,
    *,
    states: Collection[str] = (),
    correction_id: UUID | None = None,
) -> tuple[CorrectionRow, ...]:
    """정정 of a course or all, in these states or any, oldest first."""
    table = attendance_correction
    query = (
        sa.select(table, course.c.name.label("course_name"), person.c.name, person.c.birth)
        .join(course, course.c.id == table.c.course_id)
        .join(person, person.c.id == table.c.trainee_id)
        .order_by(table.c.requested_at, table.c.id)
    )
    if course_id is not None:
        query = query.where(table.c.course_id == course_id)
    if correction_id is not None:
        query = query.where(table.c.id == correction_id)
    if states:
        query = query.where(table.c.state.in_(states))
    return tuple(_row(row) for row in connection.execute(query))


def _row(row: sa.Row[Any]) -> CorrectionRow:
    plain = {name: getattr(row, name) for name in CorrectionRow.__slots__ if name not in ("old", "new")}
    return CorrectionRow(**plain, old=kept_values(row.old), new=kept_values(row.new))


# A 정정 holds beside the confirmed run it was approved after. Where that run is cancelled it was written into the
# records, and a run confirmed later rests on them.
_APPROVED = (
    "SELECT c.trainee_id, c.day, c.new FROM attendance_correction c WHERE c.course_id = ? AND c.state = 'approved' "
    "AND EXISTS (SELECT 1 FROM allowance_run n JOIN allowance_row r ON r.run_id = n.id "
    "WHERE n.course_id = c.course_id AND n.unit_no = c.unit_no AND n.state IN ('confirmed', 'paid', 'reconciled') "
    "AND r.trainee_id = c.trainee_id AND r.held = 0 AND n.confirmed_at <= c.decided_at) ORDER BY c.decided_at, c.id"
)


def approved_cells(connection: sa.Connection, course_id: UUID) -> Overlay:
    """What approved 정정 of a course put over its records: (trainee id bytes, ISO day) → values, None for 미입력."""
    rows = connection.exec_driver_sql(_APPROVED, (course_id.bytes,)).fetchall()
    return {(trainee, day): kept_values(json.loads(new) if new else None) for trainee, day, new in rows}


def approved_after(
    connection: sa.Connection, course_id: UUID, unit_no: int, people: Collection[UUID], since: dt.datetime
) -> dict[tuple[UUID, dt.date], CellValues | None]:
    """The newest approved 정정 of each cell of these people in a unit, decided at `since` or later."""
    table = attendance_correction
    query = (
        sa.select(table.c.trainee_id, table.c.day, table.c.new)
        .where(
            table.c.course_id == course_id,
            table.c.unit_no == unit_no,
            table.c.state == "approved",
            table.c.decided_at >= since,
        )
        .order_by(table.c.decided_at, table.c.id)
    )
    return {
        (row.trainee_id, row.day): kept_values(row.new)
        for row in connection.execute(query)
        if row.trainee_id in people
    }


def is_requester(
    connection: sa.Connection, course_id: UUID, unit_no: int, people: Collection[UUID], user_id: UUID
) -> bool:
    """Whether this user asked for an approved 정정 of one of these people in a unit."""
    table = attendance_correction
    query = sa.select(table.c.trainee_id).where(
        table.c.course_id == course_id,
        table.c.unit_no == unit_no,
        table.c.state == "approved",
        table.c.requested_by == user_id,
    )
    return any(trainee in people for trainee in connection.execute(query).scalars())
