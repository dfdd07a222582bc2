"""Closing attendance, a day or a unit period: read-only from then on, but for exceptions that expire by the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.attendance.locks import Locks, read_locks
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import attendance as cells
from regional_desk.store import closings as store
from regional_desk.store.attendance import attendance_closing, closing_exception
from regional_desk.store.closings import ClosingRow, ExceptionRow
from regional_desk.store.courses import MemberRow
from regional_desk.store.ids import new_id

SUBJECT = "closings"
LONGEST_EXCEPTION = dt.timedelta(days=31)
_CHANGED = "그 사이 다른 사람이 바꾸어 처리하지 않았습니다. 화면을 새로 읽은 뒤 다시 하십시오."


@dataclass(frozen=True, slots=True)
class Unmarked:
    """One cell without a record."""

    trainee: UUID
    name: str
    day: dt.date


class DayState(Enum):
    """How a training day stands; the label is what a person reads."""

    COMING = "아직 오지 않음"
    OPEN = "입력 중"
    CLOSED = "마감"
    EXCEPTION = "마감 · 예외로 열림"
    LENT = "대출 중"


@dataclass(frozen=True, slots=True)
class ClosingDay:
    """A training day: how many of its `people` have a record, and who not."""

    day: dt.date
    state: DayState
    people: int
    unmarked: tuple[Unmarked, ...]

    @property
    def recorded(self) -> int:
        """How many have a record."""
        return self.people - len(self.unmarked)


@dataclass(frozen=True, slots=True)
class Overview:
    """A unit period's days with the course's closings and exceptions."""

    course: CourseDetail
    days: tuple[ClosingDay, ...]
    closings: tuple[ClosingRow, ...]
    exceptions: tuple[ExceptionRow, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """What a closing did; `unmarked` are the cells that stay 미입력 behind it."""

    closing: UUID
    days: int
    unmarked: tuple[Unmarked, ...]


def overview(desk: Desk, course_id: UUID, unit_no: int | None = None) -> Overview:
    """How the days of a unit period (or the whole course) stand; names as the person may see them, and noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        detail = courses.masked(desk, courses.read_detail(connection, course_id))
        span = courses.unit_of(detail, unit_no) if unit_no is not None else None
        start, end = (span.start, span.end) if span else (detail.course.start, detail.course.end)
        open_cells = _unmarked(connection, detail, start, end)
        locks = read_locks(connection, detail, desk.clock.now())
        closings = store.list_closings(connection, course_id)
        exceptions = store.list_exceptions(connection, course_id)
    today = desk.clock.today()
    days = tuple(
        ClosingDay(
            row.day,
            _state(locks, row.day, today),
            sum(_inside(member, row.day) for member in detail.members),
            tuple(one for one in open_cells if one.day == row.day),
        )
        for row in detail.days
        if start <= row.day <= end
    )
    desk.note_view(SUBJECT, [one.trainee for one in open_cells], {"course": str(course_id), "unit": unit_no})
    return Overview(detail, days, closings, exceptions)


def close(
    desk: Desk,
    course_id: UUID,
    start: dt.date,
    end: dt.date,
    *,
    unit_no: int | None = None,
    with_unmarked: bool = False,
    operation_id: UUID | None = None,
) -> Closed:
    """Close the training days from `start` to `end`, both inside.

    Raises OpenItems naming every 미입력 cell unless `with_unmarked` (then they stay 미입력, and the log keeps who and
    when), Refusal for days that have not come, are closed already or are lent.
    """

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        days = _closable(desk, work.connection, detail, start, end)
        left = _unmarked(work.connection, detail, start, end)
        if left and not with_unmarked:
            raise OpenItems(
                f"미입력 {len(left)}칸이 남아 있어 마감하지 않았습니다. 입력하거나, 미입력인 채로 마감하십시오.",
                items=tuple(Item(f"{one.name} {korean_date(one.day)}", "미입력") for one in left),
            )
        closing = new_id()
        work.connection.execute(
            sa.insert(attendance_closing).values(
                id=closing,
                course_id=course_id,
                start=start,
                end=end,
                unit_no=unit_no,
                closed_by=desk.actor.user_id,
                closed_at=work.at,
            )
        )
        told = {"start": start.isoformat(), "end": end.isoformat(), "days": len(days), "unmarked": len(left)}
        work.log("attendance.close", SUBJECT, course_id, told, _sealed(work, left))
        return {"closing": str(closing), "days": len(days)}

    done = desk.perform(Right.CLOSE_ATTENDANCE, "attendance.close", body, operation_id)
    with desk.store.read() as connection:
        detail = courses.masked(desk, courses.read_detail(connection, course_id))
        left = _unmarked(connection, detail, start, end)
    return Closed(UUID(done["closing"]), done["days"], left)


def close_unit(
    desk: Desk,
    course_id: UUID,
    unit_no: int,
    *,
    with_unmarked: bool = False,
    operation_id: UUID | None = None,
) -> Closed:
    """Close a whole unit period; raises as `close`."""
    unit = courses.unit_of(courses.outline(desk, course_id), unit_no)
    return close(
        desk,
        course_id,
        unit.start,
        unit.end,
        unit_no=unit_no,
        with_unmarked=with_unmarked,
        operation_id=operation_id,
    )


def reopen(desk: Desk, closing_id: UUID, version: int, reason: str, operation_id: UUID | None = None) -> None:
    """Take a closing back for good, with a reason; raise Refusal where it was taken back or changed meanwhile."""
    why = _reason(reason)

    def body(work: Work) -> dict[str, Any]:
        row = store.find_closing(work.connection, closing_id)
        if row is None or row.opened_at is not None or row.version != version:
            raise Refusal(_CHANGED)
        table = attendance_closing
        work.connection.execute(
            sa.update(table)
            .where(table.c.id == closing_id)
            .values(version=version + 1, opened_by=desk.actor.user_id, opened_at=work.at, opened_reason=why)
        )
        told = {"start": row.start.isoformat(), "end": row.end.isoformat()}
        work.log("attendance.reopen", SUBJECT, row.course_id, told)
        return {}

    desk.perform(Right.REOPEN_ATTENDANCE, "attendance.reopen", body, operation_id)


def allow(
    desk: Desk,
    course_id: UUID,
    start: dt.date,
    end: dt.date,
    until: dt.datetime,
    reason: str,
    *,
    trainee: UUID | None = None,
    operation_id: UUID | None = None,
) -> UUID:
    """마감 예외: open closed days until a moment, for the class or one trainee; return its id.

    Every change made through it becomes a line of the 출석입력요청대장. Raises Refusal where none of the days is closed,
    the moment has passed or lies more than 31 days ahead, or the trainee is not of the course.
    """
    why = _reason(reason)
    now = desk.clock.now()
    if end < start:
        raise UsageError(f"끝 날짜({korean_date(end)})가 첫 날짜({korean_date(start)})보다 앞섭니다.")
    if not now < until <= now + LONGEST_EXCEPTION:
        raise Refusal("예외의 기한은 지금보다 뒤이고 31일 안이어야 합니다. 기한을 다시 정하십시오.")

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        locks = read_locks(work.connection, detail, work.at)
        if not any(locks.closed(row.day) for row in detail.days if start <= row.day <= end):
            raise Refusal(
                f"{korean_span(start, end)}에는 마감한 훈련일이 없습니다. 마감하지 않은 날은 예외 없이 입력할 수 있습니다."
            )
        if trainee is not None and all(member.person != trainee for member in detail.members):
            raise Refusal("이 과정의 교육생이 아닙니다.")
        made = new_id()
        work.connection.execute(
            sa.insert(closing_exception).values(
                id=made,
                course_id=course_id,
                trainee_id=trainee,
                start=start,
                end=end,
                reason=why,
                until=until,
                granted_by=desk.actor.user_id,
                granted_at=work.at,
            )
        )
        told = {
            "start": start.isoformat(),
            "end": end.isoformat(),
            "until": until.isoformat(timespec="minutes"),
            "one": trainee is not None,
        }
        work.log("attendance.allow", SUBJECT, course_id, told)
        return {"exception": str(made)}

    done = desk.perform(Right.REOPEN_ATTENDANCE, "attendance.allow", body, operation_id)
    return UUID(done["exception"])


def end_exception(desk: Desk, exception_id: UUID, version: int, operation_id: UUID | None = None) -> None:
    """End an exception before its time; raise Refusal where it has ended or was changed meanwhile."""

    def body(work: Work) -> dict[str, Any]:
        row = store.find_exception(work.connection, exception_id)
        if row is None or row.version != version or not holds(row, work.at):
            raise Refusal(_CHANGED)
        table = closing_exception
        work.connection.execute(
            sa.update(table).where(table.c.id == exception_id).values(version=version + 1, ended_at=work.at)
        )
        work.log(
            "attendance.end_exception",
            SUBJECT,
            row.course_id,
            {"start": row.start.isoformat(), "end": row.end.isoformat()},
        )
        return {}

    desk.perform(Right.REOPEN_ATTENDANCE, "attendance.end_exception", body, operation_id)


def holds(row: ExceptionRow, now: dt.datetime) -> bool:
    """Whether an exception still opens its days."""
    return row.ended_at is None and row.until > now


def _closable(
    desk: Desk, connection: sa.Connection, detail: CourseDetail, start: dt.date, end: dt.date
) -> tuple[dt.date, ...]:
    days = tuple(row.day for row in detail.days if start <= row.day <= end)
    span = korean_span(start, end)
    if not days:
        raise Refusal(f"{span}에는 훈련일이 없어 마감하지 않았습니다.")
    coming = [day for day in days if day > desk.clock.today()]
    if coming:
        raise Refusal(
            f"아직 오지 않은 훈련일({korean_date(coming[0])})이 있어 마감하지 않았습니다. 그날이 지난 뒤 마감하십시오."
        )
    locks = read_locks(connection, detail, desk.clock.now())
    if locks.rows.copy is not None:
        raise Refusal("대출본에서는 마감하지 않습니다. 반납한 뒤 사무소 PC에서 마감하십시오.")
    for lent in locks.rows.lent:
        if any(lent.covers(day) for day in days):
            raise Refusal(
                f"'{lent.holder}'에 대출 중인 날({korean_span(lent.start, lent.end)})이 있어 마감하지 않았습니다. "
                "반납받은 뒤 마감하십시오."
            )
    if all(locks.closed(day) for day in days):
        raise Refusal(f"{span}은(는) 이미 마감했습니다.")
    return days


def _unmarked(
    connection: sa.Connection, detail: CourseDetail, start: dt.date, end: dt.date
) -> tuple[Unmarked, ...]:
    """The cells without a record on training days between two days, by day and number."""
    records = cells.read_cells(connection, detail.course.id, start, end)
    return tuple(
        Unmarked(member.person, member.name, row.day)
        for row in detail.days
        if start <= row.day <= end
        for member in detail.members
        if _inside(member, row.day) and row.day.isoformat() not in records.get(member.person.bytes, {})
    )


def _inside(member: MemberRow, day: dt.date) -> bool:
    return member.joined <= day and (member.left is None or day <= member.left)


def _state(locks: Locks, day: dt.date, today: dt.date) -> DayState:
    if any(span.covers(day) for span in locks.rows.lent):
        return DayState.LENT
    if locks.closed(day):
        opened = any(span.covers(day) for span in locks.rows.opened)
        return DayState.EXCEPTION if opened else DayState.CLOSED
    return DayState.COMING if day > today else DayState.OPEN


def _sealed(work: Work, left: Sequence[Unmarked]) -> list[tuple[UUID, bytes]]:
    """Who stayed 미입력 on which days, under each one's key."""
    by_person: dict[UUID, list[str]] = {}
    for one in left:
        by_person.setdefault(one.trainee, []).append(one.day.isoformat())
    keys = work.desk.store.person_keys(work.connection, by_person)
    return [work.seal(keys, person, days) for person, days in by_person.items()]


def _reason(reason: str) -> str:
    why = clean(reason)
    if not why:
        raise UsageError("사유를 적어 주십시오.")
    return why
