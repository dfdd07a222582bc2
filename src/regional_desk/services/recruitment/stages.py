"""The one way an application's stage changes: the row, its step for the month's counts, and the log line together."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from regional_desk.domain.recruitment import Stage
from regional_desk.errors import Refusal
from regional_desk.services.desk import Work
from regional_desk.store.ids import new_id

# Plain statements: a decision moves hundreds in one act.
_STANDS = (
    'SELECT a.stage, (SELECT max(s."on") FROM application_step s WHERE s.application_id = a.id) '
    "FROM application a WHERE a.id = ? AND a.person_id = ?"
)
_MOVE = "UPDATE application SET stage = ?, version = version + 1 WHERE id = ?"
_STEP = 'INSERT INTO application_step (id, application_id, stage, "on", reason) VALUES (?, ?, ?, ?, ?)'


def move(
    work: Work, application_id: UUID, person_id: UUID, stage: Stage, on: dt.date, reason: str | None = None
) -> None:
    """Put an application at a stage (rulebook section 5), inside the caller's act; nothing where it stands there already.

    `on` is the day the stage counts from. A step is never dated before the one before it, so that the last step by day
    is always the stage that stands: an earlier day becomes that one's. `reason` may name a person: it is kept in the
    step and sealed in the log. Raises Refusal where the application is not that person's, or the person's key was
    destroyed, with nothing written.
    """
    row = work.connection.exec_driver_sql(_STANDS, (application_id.bytes, person_id.bytes)).first()
    if row is None:
        raise Refusal("없는 지원서라 단계를 바꾸지 않았습니다. 목록을 새로 열어 주십시오.")
    before, last = row
    if before == stage.value:
        return
    day = on if last is None else max(on, dt.date.fromisoformat(last))
    work.connection.exec_driver_sql(_MOVE, (stage.value, application_id.bytes))
    step = (new_id().bytes, application_id.bytes, stage.value, day.isoformat(), reason)
    work.connection.exec_driver_sql(_STEP, step)
    keys = work.desk.store.person_keys(work.connection, [person_id])
    value = {"from": before, "to": stage.value, "on": day.isoformat(), "reason": reason}
    work.log("application.stage", "people", person_id, values=[work.seal(keys, person_id, value)])
