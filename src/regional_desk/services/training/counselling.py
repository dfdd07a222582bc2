"""상담·연락 기록: what was talked about with a person, kept under that person's key, and what is to follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.counselling import CounselKind, FollowUp, follow_up
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.store import memberships as store
from regional_desk.store.accounts import list_users
from regional_desk.store.courses import list_courses
from regional_desk.store.ids import new_id
from regional_desk.store.memberships import CounselRow
from regional_desk.store.people import list_people

SUBJECT = "counselling"
HIDDEN = "가려 둔 내용"
COMING_DAYS = 7


@dataclass(frozen=True, slots=True)
class Record:
    """One 상담·연락; `said` and `result` are hidden from whoever may not unmask, `by` is who talked."""

    id: UUID
    version: int
    person: UUID
    name: str
    course: str
    on: dt.date
    kind: CounselKind
    said: str
    result: str
    next_on: dt.date | None
    state: FollowUp
    by: str


def add(
    desk: Desk,
    person: UUID,
    kind: CounselKind,
    said: str,
    *,
    result: str = "",
    on: dt.date | None = None,
    next_on: dt.date | None = None,
    course_id: UUID | None = None,
    operation_id: UUID | None = None,
) -> UUID:
    """Keep what was talked about on a day (today), and perhaps when to go on.

    Raises Refusal for an empty text, a coming day, or a next date before the day; also for an unknown person.
    """
    day = on or desk.clock.today()
    if not said.strip():
        raise Refusal("상담 내용을 적어 주십시오.")
    if day > desk.clock.today():
        raise Refusal(
            f"{korean_date(day)}은(는) 아직 오지 않은 날입니다. 할 상담이면 다음 날짜에 적으십시오."
        )
    _refuse_backwards(day, next_on)

    def body(work: Work) -> dict[str, Any]:
        text = {"said": said.strip(), "result": result.strip()}
        return {"counsel": str(put(work, person, kind, text, on=day, next_on=next_on, course_id=course_id))}

    return UUID(desk.perform(Right.EDIT_PEOPLE, "counsel.add", body, operation_id)["counsel"])


def put(
    work: Work,
    person: UUID,
    kind: CounselKind,
    text: Mapping[str, str],
    *,
    on: dt.date,
    next_on: dt.date | None = None,
    course_id: UUID | None = None,
) -> UUID:
    """Write a checked record inside a larger act; `text` holds `said` and `result`."""
    keys = _keys_of(work, person)
    counsel_id = new_id()
    _, sealed = work.seal(keys, person, text)
    work.connection.execute(
        sa.insert(store.counselling).values(
            id=counsel_id,
            person_id=person,
            course_id=course_id,
            on=on,
            kind=kind.value,
            sealed=sealed,
            next_on=next_on,
            done=False,
            user_id=work.desk.actor.user_id,
            at=work.at,
        )
    )
    _log(work, keys, "counsel.add", person, counsel_id, {**text, "on": on.isoformat()})
    return counsel_id


def edit(
    desk: Desk,
    counsel_id: UUID,
    version: int,
    said: str,
    *,
    result: str,
    next_on: dt.date | None,
    operation_id: UUID | None = None,
) -> None:
    """Write a record anew; what it said before stays in the change history. Raises Refusal where somebody was quicker."""
    if not said.strip():
        raise Refusal("상담 내용을 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = _find(work, counsel_id)
        _refuse_backwards(row.on, next_on)
        keys = _keys_of(work, row.person_id)
        text = {"said": said.strip(), "result": result.strip()}
        _, sealed = work.seal(keys, row.person_id, text)
        _update(work, row, version, sealed=sealed, next_on=next_on)
        before = desk.unseal(keys, row.person_id, row.sealed)
        _log(work, keys, "counsel.edit", row.person_id, counsel_id, {"old": before, "new": text})
        return {"counsel": str(counsel_id)}

    desk.perform(Right.EDIT_PEOPLE, "counsel.edit", body, operation_id)


def finish(desk: Desk, counsel_id: UUID, version: int, operation_id: UUID | None = None) -> None:
    """Nothing more is to follow from this record."""

    def body(work: Work) -> dict[str, Any]:
        row = _find(work, counsel_id)
        _update(work, row, version, done=True)
        keys = _keys_of(work, row.person_id)
        _log(work, keys, "counsel.done", row.person_id, counsel_id, {"on": row.on.isoformat()})
        return {"counsel": str(counsel_id)}

    desk.perform(Right.EDIT_PEOPLE, "counsel.done", body, operation_id)


def list_records(desk: Desk, person: UUID) -> tuple[Record, ...]:
    """A person's records, newest first; the look is noted."""
    found = survey_records(desk, person=person)
    desk.note_view(SUBJECT, [person], {"by": "records"})
    return found


def survey_records(
    desk: Desk, *, person: UUID | None = None, course_id: UUID | None = None
) -> tuple[Record, ...]:
    """The records of a person or a course for a paper, whose print is noted instead."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return _shown(desk, connection, store.list_counselling(connection, person, course_id))


def follow_ups(desk: Desk, days: int = COMING_DAYS) -> tuple[Record, ...]:
    """What is to follow within so many days, overdue ones first; the look is noted."""
    found = survey_follow_ups(desk, days)
    desk.note_view(SUBJECT, [row.person for row in found], {"by": "coming", "days": days})
    return found


def survey_follow_ups(desk: Desk, days: int = COMING_DAYS) -> tuple[Record, ...]:
    """The same for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    until = desk.clock.today() + dt.timedelta(days=days)
    with desk.store.read() as connection:
        return _shown(desk, connection, store.list_follow_ups(connection, until))


def _shown(desk: Desk, connection: sa.Connection, rows: tuple[CounselRow, ...]) -> tuple[Record, ...]:
    people = {row.person_id for row in rows}
    names = {row.id: row.name for row in list_people(connection, desk.office.programme_year, people)}
    keys = desk.store.person_keys(connection, people)
    users = {row.id: row.name for row in list_users(connection)}
    courses = {row.id: row.name for row in list_courses(connection)} if rows else {}
    masking, today = desk.masking, desk.clock.today()
    found = []
    for row in rows:
        said, result = _text(desk, keys, row) if masking is Masking.FULL else (HIDDEN, "")
        found.append(
            Record(
                id=row.id,
                version=row.version,
                person=row.person_id,
                name=masking.show_name(names.get(row.person_id, "")),
                course=courses.get(row.course_id, "") if row.course_id else "",
                on=row.on,
                kind=CounselKind(row.kind),
                said=said,
                result=result,
                next_on=row.next_on,
                state=follow_up(row.next_on, today, done=row.done),
                by=users.get(row.user_id, ""),
            )
        )
    return tuple(found)


def _text(desk: Desk, keys: Mapping[UUID, bytes], row: CounselRow) -> tuple[str, str]:
    kept = desk.unseal(keys, row.person_id, row.sealed)
    return (HIDDEN, "") if kept is None else (str(kept["said"]), str(kept["result"]))


def _refuse_backwards(on: dt.date, next_on: dt.date | None) -> None:
    if next_on is not None and next_on < on:
        raise Refusal(f"다음 날짜({korean_date(next_on)})가 상담한 날({korean_date(on)})보다 앞섭니다.")


def _keys_of(work: Work, person: UUID) -> dict[UUID, bytes]:
    keys = work.desk.store.person_keys(work.connection, [person])
    if person not in keys:
        raise Refusal("그 사람의 자료가 없거나 파기되어 적지 않았습니다.")
    return keys


def _find(work: Work, counsel_id: UUID) -> CounselRow:
    row = store.find_counsel(work.connection, counsel_id)
    if row is None:
        raise Refusal("없는 상담 기록입니다. 목록을 새로 열어 주십시오.")
    return row


def _update(work: Work, row: CounselRow, version: int, **values: Any) -> None:
    table = store.counselling
    changed = work.connection.execute(
        sa.update(table)
        .where(table.c.id == row.id, table.c.version == version)
        .values(version=version + 1, **values)
    )
    if changed.rowcount != 1:
        raise Refusal("다른 사람이 먼저 고쳤습니다. 상담 기록을 새로 연 뒤 다시 하십시오.")


def _log(
    work: Work, keys: Mapping[UUID, bytes], action: str, person: UUID, counsel_id: UUID, value: Any
) -> None:
    work.log(action, SUBJECT, counsel_id, values=[work.seal(keys, person, value)])
