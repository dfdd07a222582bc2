"""출석입력요청대장: whatever is entered after its day makes a numbered line by itself (rulebook section 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import REASONS
from regional_desk.domain.rights import Right
from regional_desk.services.attendance.locks import Locks, RecordChange
from regional_desk.services.desk import Desk, Work
from regional_desk.store import closings as store
from regional_desk.store.accounts import list_users
from regional_desk.store.attendance import CellValues, kept_values
from regional_desk.store.closings import LateRow
from regional_desk.store.ids import new_id

SUBJECT = "attendance"
_NEXT_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LateLine:
    """One line as shown; records are the stored values, None for 미입력. `reason` is empty where nobody gave one."""

    year: int
    number: int
    trainee: UUID
    name: str
    birth: dt.date
    day: dt.date
    at: dt.datetime
    old: CellValues | None
    new: CellValues | None
    reason: str
    by: str
    in_time: bool
    by_exception: bool
    known: bool = True  # false where the person's key was destroyed: what the line said went with it


@dataclass(frozen=True, slots=True)
class Entered:
    """One change that belongs into the 대장: entered when, by whom where not by the signed-in person."""

    change: RecordChange
    at: dt.datetime
    exception: UUID | None = None
    reason: str = ""
    by: str = ""


def in_time(day: dt.date, entered: dt.date) -> bool:
    """Whether a record was entered by the day after its own, as 출석입력요청 asks (rulebook section 9)."""
    return entered <= day + _NEXT_DAY


def note(work: Work, course_id: UUID, changed: Sequence[RecordChange], locks: Locks) -> None:
    """A line for each of these changes that came after its day within the rule, or through an exception."""
    today = work.at.date()
    found = []
    reasons: dict[UUID, str] = {}
    for change in changed:
        trainee, day = change[:2]
        exception = locks.exception(trainee, day) if locks.rows.opened and locks.closed(day) else None
        if exception is not None:
            if exception not in reasons:
                row = store.find_exception(work.connection, exception)
                reasons[exception] = row.reason if row else ""
            found.append(Entered(change, work.at, exception, reasons[exception]))
        elif day < today and in_time(day, today):
            found.append(Entered(change, work.at))
    if found:
        add(work, course_id, found)


def add(work: Work, course_id: UUID, entered: Sequence[Entered]) -> None:
    """Number these and add them to the 대장 of the programme year."""
    year = work.desk.office.programme_year
    first = store.last_late_number(work.connection, year) + 1
    keys = work.desk.store.person_keys(work.connection, [one.change[0] for one in entered])
    rows = []
    for number, one in enumerate(entered, start=first):
        trainee, day, old, new = one.change
        reason = one.reason or _excuse(new)
        told = {"old": old, "new": new, "reason": reason, "by": one.by}
        rows.append(
            LateRow(
                new_id(),
                year,
                number,
                course_id,
                trainee,
                day,
                in_time(day, one.at.date()),
                one.exception,
                work.seal(keys, trainee, told)[1],
                work.desk.actor.user_id,
                one.at,
            )
        )
    store.add_late_entries(work.connection, rows)


def _excuse(new: CellValues | None) -> str:
    """출석인정 brings its own reason."""
    reason = REASONS.get(new[4] or "") if new else None  # status, marks, in, out, reason
    return reason.label if reason else ""


def list_lines(desk: Desk, course_id: UUID, *, noted: bool = True) -> tuple[LateLine, ...]:
    """A course's lines by number, names as the person may see them."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = read_lines(desk, connection, course_id)
    if noted:
        desk.note_view(SUBJECT, [line.trainee for line in found], {"by": "late", "course": str(course_id)})
    return found


def read_lines(desk: Desk, connection: sa.Connection, course_id: UUID) -> tuple[LateLine, ...]:
    """The same as one snapshot shows it."""
    rows = store.list_late_entries(connection, course_id)
    people = store.who_is(connection, {row.trainee_id for row in rows})
    keys = desk.store.person_keys(connection, [row.trainee_id for row in rows])
    users = {row.id: row.name for row in list_users(connection)} if rows else {}
    masking = desk.masking
    found = []
    for row in rows:
        (name, birth), told = people[row.trainee_id], desk.unseal(keys, row.trainee_id, row.sealed)
        kept: dict[str, Any] = told or {"old": None, "new": None, "reason": "", "by": ""}
        found.append(
            LateLine(
                row.programme_year,
                row.number,
                row.trainee_id,
                masking.show_name(name),
                masking.hide_birth(birth),
                row.day,
                row.at,
                kept_values(kept["old"]),
                kept_values(kept["new"]),
                kept["reason"],
                kept["by"] or users.get(row.user_id, ""),
                row.in_time,
                row.exception_id is not None,
                told is not None,
            )
        )
    return tuple(found)
