"""What was ever recorded in one cell: read back from the log, under the trainee's key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from regional_desk.domain.rights import Right
from regional_desk.services.attendance.attendance import SUBJECT, show_kept
from regional_desk.services.desk import Desk
from regional_desk.store import audit
from regional_desk.store.accounts import list_users


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a cell; `by` is the name of who made it."""

    at: dt.datetime
    user_id: UUID
    by: str
    old: str
    new: str


def history(desk: Desk, trainee: UUID, day: dt.date) -> tuple[HistoryLine, ...]:
    """Every change of one cell, oldest first; nothing once the trainee's key was destroyed."""
    desk.require(Right.SEE_PEOPLE)
    lines = []
    with desk.store.read() as connection:
        keys = desk.store.person_keys(connection, [trainee])
        kept = audit.read_person_values(connection, audit.CHANGES, trainee, subject=SUBJECT)
        names = {row.id: row.name for row in list_users(connection)}
    for at, user_id, _, sealed in kept:
        for iso, *values in desk.unseal(keys, trainee, sealed) or ():
            if iso == day.isoformat():
                old, new = (show_kept(one) for one in values)
                lines.append(HistoryLine(at, user_id, names.get(user_id, ""), old, new))
    desk.note_view(SUBJECT, [trainee], {"by": "history", "day": day.isoformat()})
    return tuple(lines)
