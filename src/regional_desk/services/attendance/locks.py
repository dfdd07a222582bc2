"""Why a record may not be changed now: closed days, a class that is lent, the bounds of a lent copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.text import korean_date, korean_span
from regional_desk.errors import Item, Refusal
from regional_desk.services.desk import Desk
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store.attendance import CellValues
from regional_desk.store.closings import LockRows, read_lock_rows
from regional_desk.store.courses import list_members

RecordChange = tuple[UUID, dt.date, CellValues | None, CellValues | None]  # trainee, day, old, new


@dataclass(frozen=True, slots=True)
class Locks:
    """What holds of one course at one moment."""

    rows: LockRows

    def why(self, trainee: UUID, day: dt.date) -> str | None:
        """Why this trainee's record of a day may not be changed, as a Korean sentence; None where it may."""
        rows = self.rows
        if rows.copy is not None:
            if rows.copy.returned_at is not None:
                return f"{korean_date(rows.copy.returned_at.date())}에 반납한 대출본입니다. 사무소 PC에서 입력하십시오."
            if not rows.copy.start <= day <= rows.copy.end:
                return f"빌려 온 기간({korean_span(rows.copy.start, rows.copy.end)}) 밖입니다."
        for span in rows.lent:
            if span.covers(day):
                return f"'{span.holder}'에 대출 중입니다({korean_span(span.start, span.end)}). 반납받은 뒤 입력하십시오."
        if self.closed(day) and self.exception(trainee, day) is None:
            return "마감한 날입니다. 고치려면 마감 예외를 받으십시오."
        return None

    @property
    def anything(self) -> bool:
        """Whether anything of the course is closed or lent at all."""
        return bool(self.rows.closed or self.rows.lent or self.rows.copy)

    def closed(self, day: dt.date) -> bool:
        """Whether a day is closed, exceptions aside."""
        return any(span.covers(day) for span in self.rows.closed)

    def exception(self, trainee: UUID, day: dt.date) -> UUID | None:
        """The exception that opens a day for this trainee, that for one trainee before that for all."""
        found = [span for span in self.rows.opened if span.covers(day) and span.trainee in (None, trainee)]
        found.sort(key=lambda span: span.trainee is None)
        return found[0].id if found else None


def read_locks(connection: sa.Connection, detail: CourseDetail, now: dt.datetime) -> Locks:
    """What keeps the records of a course from being changed at this moment; one statement."""
    return locks_of(connection, detail.course.id, now)


def locks_of(connection: sa.Connection, course_id: UUID, now: dt.datetime) -> Locks:
    """The same for whoever knows only the course's id."""
    return Locks(read_lock_rows(connection, course_id, now))


def locks_now(desk: Desk, course_id: UUID) -> Locks:
    """What holds of a course at this moment, for whoever shows it."""
    with desk.store.read() as connection:
        return locks_of(connection, course_id, desk.clock.now())


def refuse_locked(
    connection: sa.Connection, course_id: UUID, changed: Sequence[RecordChange], now: dt.datetime
) -> Locks:
    """What holds of the course; raise Refusal naming every one of these changes that is locked."""
    locks = locks_of(connection, course_id, now)
    if not locks.anything:
        return locks
    problems = [
        (trainee, day, why) for trainee, day, _, _ in changed if (why := locks.why(trainee, day)) is not None
    ]
    if problems:
        people = list_members(connection, course_id, {trainee for trainee, _, _ in problems})
        names = {one.person: one.name for one in people}
        items = tuple(
            Item(f"{names.get(trainee, '교육생')} {korean_date(day)}", why) for trainee, day, why in problems
        )
        raise Refusal(
            f"{len(items)}칸이 잠겨 있어 아무것도 바꾸지 않았습니다: {items[0].where} — {items[0].message}",
            items=items,
        )
    return locks
