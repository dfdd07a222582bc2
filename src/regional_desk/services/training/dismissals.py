"""제적: who is up for it, the decision, and 제적 취소 by a second person (rulebook section 2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.membership import Act, Outcome
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training.courses import read_detail
from regional_desk.services.training.membership_events import (
    change,
    member_of,
    put_back,
    reason_of,
    standing_events,
    stood,
)
from regional_desk.services.training.standings import Standing, list_standings, read_standings, terms
from regional_desk.store.accounts import list_users
from regional_desk.store.courses import list_courses
from regional_desk.store.memberships import EventRow

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the 제적 통지 tells: the day of the cause, of the effect, and until when one may object."""

    person: UUID
    name: str
    birth: dt.date
    course: str
    start: dt.date
    end: dt.date
    cause_on: dt.date
    effective_on: dt.date
    reason: str
    attended: int
    whole: int
    by_minutes: bool
    absences: int
    decided_on: dt.date
    object_until: dt.date
    source: str


def candidates(desk: Desk, course_id: UUID) -> tuple[Standing, ...]:
    """제적 대상 of a course: listed only, a person decides."""
    return tuple(row for row in list_standings(desk, course_id) if row.cause is not None)


def dismiss(
    desk: Desk,
    course_id: UUID,
    person: UUID,
    reason: str,
    *,
    cause_on: dt.date | None = None,
    operation_id: UUID | None = None,
) -> dict[str, Any]:
    """Dismiss a trainee with effect from the day after the cause, which is the last day inside.

    `cause_on` is the day that made it so by the records where none is given. Records after it are kept and come back
    with 제적 취소. Raises Refusal where nothing in the records makes somebody 제적 대상 and no day is given, and for a
    membership that ended already.
    """
    if not reason.strip():
        raise Refusal("제적하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        detail, member = member_of(work.connection, course_id, person)
        before = stood(work.connection, member)
        if before.left is not None or before.outcome is not None:
            raise Refusal("이미 끝난 교육생이라 제적하지 않았습니다.")
        standing = next(row for row in read_standings(work.connection, detail) if row.person == person)
        day = cause_on or (standing.cause.day if standing.cause else None)
        if day is None:
            raise Refusal(
                "출결로는 제적 대상이 아니라 처리하지 않았습니다. 다른 사유라면 그 사유가 생긴 날을 정해 주십시오."
            )
        if not member.joined <= day <= min(detail.course.end, desk.clock.today()):
            raise Refusal(
                f"{korean_date(day)}은(는) 사유가 생긴 날이 될 수 없습니다. 다닌 날 가운데에서 정하십시오."
            )
        new = before.but(
            left=day, left_reason=reason.strip(), outcome=Outcome.DISMISSED.value, outcome_on=day + _DAY
        )
        units = change(work, detail, member, Act.DISMISSED, day + _DAY, new, reason.strip())
        return {
            "course": str(course_id),
            "person": str(person),
            "cause": day.isoformat(),
            "effective": (day + _DAY).isoformat(),
            "confirmed_units": units,
        }

    return desk.perform(Right.EDIT_COURSE, "course.dismissed", body, operation_id)


def cancel(
    desk: Desk, course_id: UUID, person: UUID, reason: str, operation_id: UUID | None = None
) -> dict[str, Any]:
    """제적 취소 (late evidence, objection): membership and cells are as before the dismissal.

    Raises Refusal where the person was not dismissed, where another course stands in the way, and for who dismissed
    while somebody else holds the right; where nobody else does it is 단독 처리 (rulebook section 7).
    """
    if not reason.strip():
        raise Refusal("제적을 취소하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        detail, member = member_of(work.connection, course_id, person)
        event = _dismissal(work.connection, member.id)
        if event is None:
            raise Refusal("제적된 교육생이 아니어서 바뀐 것이 없습니다.")
        solo = _refuse_same_eyes(work.connection, desk, event)
        units = put_back(work, detail, member, event, Act.UNDISMISSED, reason.strip(), solo=solo)
        return {
            "course": str(course_id),
            "person": str(person),
            "solo": solo,
            "confirmed_units": units,
        }

    return desk.perform(Right.CANCEL_DISMISSAL, "course.undismissed", body, operation_id)


def notice(desk: Desk, course_id: UUID, person: UUID) -> Notice:
    """What the 제적 통지 to a dismissed trainee tells; raise Refusal where the person was not dismissed."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        detail, member = member_of(connection, course_id, person)
        event = _dismissal(connection, member.id)
        if event is None or member.left is None:
            raise Refusal("제적된 교육생이 아니어서 통지할 것이 없습니다.")
        standing = next(row for row in read_standings(connection, detail) if row.person == person)
        reason = reason_of(desk, connection, person, event)
    decided = event.at.date()
    return Notice(
        person=person,
        name=desk.masking.show_name(member.name),
        birth=member.birth,
        course=detail.course.name,
        start=detail.course.start,
        end=detail.course.end,
        cause_on=member.left,
        effective_on=member.left + _DAY,
        reason=reason,
        attended=standing.attended,
        whole=standing.whole,
        by_minutes=standing.by_minutes,
        absences=standing.absences,
        decided_on=decided,
        object_until=decided + dt.timedelta(days=terms().objection_days),
        source=terms().source,
    )


def waiting(desk: Desk) -> tuple[tuple[UUID, str, int], ...]:
    """(course, its name, people) for each course with 제적 대상 nobody decided on; shows nobody, so no look is noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        counted = (
            (
                row,
                sum(
                    one.cause is not None
                    for one in read_standings(connection, read_detail(connection, row.id))
                ),
            )
            for row in list_courses(connection)
        )
        return tuple((row.id, row.name, people) for row, people in counted if people)


def _dismissal(connection: sa.Connection, membership_id: UUID) -> EventRow | None:
    """The dismissal that still stands."""
    return next(
        (row for row in reversed(standing_events(connection, membership_id)) if row.kind == Act.DISMISSED),
        None,
    )


def _refuse_same_eyes(connection: sa.Connection, desk: Desk, event: EventRow) -> bool:
    """Whether the act is 단독 처리; refused once two people hold the right to cancel (rulebook section 7)."""
    if event.user_id != desk.actor.user_id:
        return False
    others = [
        user
        for user in list_users(connection)
        if user.active
        and user.id != desk.actor.user_id
        and Right.CANCEL_DISMISSAL in rights_of(Role(role) for role in user.roles)
    ]
    if others:
        raise Refusal(
            f"제적을 처리한 사람은 취소할 수 없습니다. 권한이 있는 다른 사람({others[0].name})이 취소해 주십시오."
        )
    return True
