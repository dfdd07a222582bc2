"""비고: a sentence beside a trainee's day, kept under the trainee's key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.attendance.locks import read_locks
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training import courses
from regional_desk.store import remarks as store

SUBJECT = "remarks"
_LONGEST = 300  # characters: a line, not an essay


@dataclass(frozen=True, slots=True)
class Remark:
    """A day's remark as shown; `version` is 0 where there is none, `text` empty also for whoever may not unmask."""

    text: str = ""
    version: int = 0


def read_remark(desk: Desk, trainee: UUID, day: dt.date) -> Remark:
    """The remark of a trainee's day. Noted as a look where there is one."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = store.find_remark(connection, trainee, day)
        keys = desk.store.person_keys(connection, [trainee])
    if row is None:
        return Remark()
    desk.note_view("attendance", [trainee], {"by": "remark", "day": day.isoformat()})
    whole = desk.may(Right.UNMASK) and not desk.guests
    return Remark(str(desk.unseal(keys, trainee, row.sealed) or "") if whole else "", row.version)


def set_remark(
    desk: Desk,
    course_id: UUID,
    trainee: UUID,
    day: dt.date,
    text: str,
    *,
    version: int,
    operation_id: UUID | None = None,
) -> None:
    """Write a day's remark over the one of `version` (0: there was none); an empty text takes it away.

    Raises Refusal for a text of more than 300 characters, where it changed meanwhile, and for a trainee whose key was
    destroyed; UsageError for a day outside the course or somebody who is not in it.
    """
    said = clean(text)
    if len(said) > _LONGEST:
        raise Refusal(f"비고는 {_LONGEST}자까지 적습니다({len(said)}자). 적은 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id, {trainee})
        if not detail.members or not detail.course.start <= day <= detail.course.end:
            raise UsageError("이 과정의 교육생과 훈련기간에 있는 날에만 비고를 적습니다.")
        if desk.lent is not None and (why := read_locks(work.connection, detail, work.at).why(trainee, day)):
            raise Refusal(f"{why} 비고를 적지 않았습니다.")
        kept = store.find_remark(work.connection, trainee, day)
        if (kept.version if kept else 0) != version:
            raise Refusal("그 사이에 이 비고가 바뀌어 적지 않았습니다. 새로 보고 다시 하십시오.")
        keys = desk.store.person_keys(work.connection, [trainee])
        told = work.seal(keys, trainee, {"day": day.isoformat(), "said": said})
        if said:
            sealed = work.seal(keys, trainee, said)[1]
            store.put_remark(work.connection, trainee, day, sealed, desk.actor.user_id, work.at)
        else:
            store.remove_remark(work.connection, trainee, day)
        work.log("remark.set", SUBJECT, course_id, values=[told])
        return {}

    desk.perform(Right.EDIT_ATTENDANCE, "remark.set", body, operation_id)
