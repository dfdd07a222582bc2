"""폐강: a course ends before its last day by the office's decision (rulebook section 1, 고시 제49조②)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.membership import Act
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import policies
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import stages
from regional_desk.services.training import courses, membership_events
from regional_desk.services.training.course_days import PersonChange, compare, refuse_confirmed
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import courses as store
from regional_desk.store.courses import MemberRow
from regional_desk.store.people import application

MAY_RETURN_TO = (Stage.SELECTED, Stage.WAITLISTED)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClosingPreview:
    """What a 폐강 does: days that become void, who leaves with it, and whose figures differ; amounts in won.

    `pays_any_rate` is the scheme's own rule for the unit that is cut short.
    """

    course: CourseDetail
    days: tuple[dt.date, ...]
    leaving: tuple[MemberRow, ...]
    people: tuple[PersonChange, ...]
    total_before: int
    total_after: int
    pays_any_rate: bool


def preview(desk: Desk, course_id: UUID, last_day: dt.date) -> ClosingPreview:
    """What closing after `last_day` would do; writes nothing. Raises Refusal as `close` does."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = _try(connection, course_id, last_day)
    people = {one.person for one in found.leaving} | {one.person for one in found.people}
    desk.note_view("courses", sorted(people), {"course": str(course_id), "by": "close"})
    if desk.masking is Masking.FULL:
        return found
    show = desk.masking.show_name
    return replace(
        found,
        people=tuple(replace(one, name=show(one.name)) for one in found.people),
        leaving=tuple(replace(one, name=show(one.name)) for one in found.leaving),
    )


def close(
    desk: Desk,
    course_id: UUID,
    last_day: dt.date,
    reason: str,
    *,
    return_to: Stage | None = None,
    operation_id: UUID | None = None,
) -> ClosingPreview:
    """Close a course: `last_day` is the last one that was held, the day before its start where none was.

    Later days become void and keep their records; whoever belongs to the course leaves with it, and their applications
    stay at 등록 or go back to `return_to` (선발 or 예비). Raises Refusal without a reason, for a course closed already, a
    day outside it, and where a later day lies in a confirmed unit; UsageError for another stage.
    """
    why = clean(reason)
    if not why:
        raise Refusal("폐강하는 사유를 적어 주십시오.")
    if return_to is not None and return_to not in MAY_RETURN_TO:
        raise UsageError("폐강한 과정의 교육생은 선발이나 예비로만 되돌릴 수 있습니다.")
    made: list[ClosingPreview] = []

    def body(work: Work) -> dict[str, Any]:
        before = courses.read_detail(work.connection, course_id)
        found = _try(work.connection, course_id, last_day)
        made.append(found)
        for member in found.leaving:
            _let_go(work, before, member, last_day, why, return_to)
        _write(work, found, why)
        return {"course": str(course_id), "people": len(found.leaving)}

    desk.perform(Right.EDIT_COURSE, "course.close", body, operation_id)
    if not made:
        raise Refusal("이미 폐강한 과정입니다.")
    return made[0]


def _try(connection: sa.Connection, course_id: UUID, last_day: dt.date) -> ClosingPreview:
    before = courses.read_detail(connection, course_id)
    course = before.course
    if course.closed_on is not None:
        raise Refusal(f"{korean_date(course.closed_on)}에 이미 폐강한 과정입니다.")
    if not course.start - _DAY <= last_day < course.end:
        span = korean_span(course.start, course.end)
        raise Refusal(f"마지막으로 연 날({korean_date(last_day)})이 과정 기간({span}) 밖이거나 종료일입니다.")
    later = tuple(row.day for row in before.days if row.day > last_day)
    refuse_confirmed(connection, course_id, later)
    staying = [one for one in before.members if one.left is None or one.left > last_day]
    left = {one.person: max(one.joined, last_day) for one in staying}
    after = replace(
        before,
        course=replace(course, closed_on=last_day),
        days=tuple(row for row in before.days if row.day <= last_day),
        members=tuple(
            replace(one, left=left[one.person]) if one.person in left else one for one in before.members
        ),
    )
    rows, totals = compare(connection, before, after)
    return ClosingPreview(
        course=after,
        days=later,
        leaving=tuple(staying),
        people=rows,
        total_before=totals[0],
        total_after=totals[1],
        pays_any_rate=policies.in_force(connection, course.scheme, course.start).scheme.closure_pays,
    )


def _let_go(
    work: Work,
    before: CourseDetail,
    member: MemberRow,
    last_day: dt.date,
    reason: str,
    return_to: Stage | None,
) -> None:
    old = membership_events.stood(work.connection, member)
    words = f"폐강: {reason}"
    new = old.but(left=max(member.joined, last_day), left_reason=words)
    found = work.connection.execute(
        sa.select(application.c.id, application.c.stage).where(
            application.c.person_id == member.person,
            application.c.programme_year == before.course.programme_year,
        )
    ).first()
    moves = return_to is not None and found is not None
    extra = {"stage": found.stage} if moves and found is not None else {}
    membership_events.change(work, before, member, Act.CLOSED, last_day, new, words, **extra)
    if return_to is not None and found is not None:
        stages.move(work, found.id, member.person, return_to, work.at.date(), words)


def _write(work: Work, found: ClosingPreview, reason: str) -> None:
    course, table = found.course.course, store.course_day
    work.connection.execute(
        sa.update(table)
        .where(table.c.course_id == course.id, table.c.day > course.closed_on, table.c.void.is_(False))
        .values(void=True, reason=f"폐강: {reason}")
    )
    changed = work.connection.execute(
        sa.update(store.course)
        .where(store.course.c.id == course.id, store.course.c.version == course.version)
        .values(closed_on=course.closed_on, closed_reason=reason, version=course.version + 1)
    )
    if changed.rowcount != 1:
        raise Refusal("다른 사람이 먼저 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오.")
    detail = {
        "closed_on": course.closed_on.isoformat() if course.closed_on else None,
        "days": len(found.days),
        "people": len(found.leaving),
        "won": found.total_after - found.total_before,
    }
    work.log("course.close", "courses", course.id, detail)
