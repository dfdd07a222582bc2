"""Who belongs to a course from when to when: enrolling, joining late, leaving, moving, and taking an act back.

Every act but enrolling leaves a line in the membership's history with how it stood before, so that taking the act back
restores it exactly. Records are never touched: days outside a membership simply are no cells while it stands so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.membership import Act, Ending, Outcome, outcome_of
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.errors import Item, Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import stages
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.services.training.membership_events import (
    Stood,
    change,
    member_of,
    put_back,
    refuse_busy,
    refuse_outside_records,
    refuse_recorded_days,
    standing_events,
    stood,
)
from regional_desk.services.training.standings import last_endings, measure_of, read_standings
from regional_desk.store import courses as store
from regional_desk.store import memberships as events
from regional_desk.store.ids import new_id
from regional_desk.store.people import PersonRow, application, list_people

_DAY = dt.timedelta(days=1)
_MAY_ENROL = frozenset({Stage.SELECTED.value})
_MOVED = "다른 과정에서 옮겨 옴"


def enrol(
    desk: Desk,
    course_id: UUID,
    people: Sequence[UUID],
    *,
    direct_reason: str | None = None,
    operation_id: UUID | None = None,
) -> dict[str, Any]:
    """Make selected people members from the course's first day; with a reason, select and enrol in one recorded act.

    Raises Refusal listing who is not selected yet, already a member, or in another course on the same days.
    """
    wanted = list(dict.fromkeys(people))

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        known = {row.id: row for row in list_people(work.connection, desk.office.programme_year, wanted)}
        problems = _problems(work.connection, detail, wanted, known, direct=direct_reason is not None)
        if problems:
            raise Refusal(
                f"{len(problems)}명을 등록할 수 없어 아무도 등록하지 않았습니다. 아래 사유를 확인해 주십시오.",
                items=problems,
            )
        return _add_members(work, detail, [known[person] for person in wanted], direct_reason)

    return desk.perform(Right.EDIT_COURSE, "course.enrol", body, operation_id)


def join(
    desk: Desk, course_id: UUID, person: UUID, day: dt.date, reason: str, operation_id: UUID | None = None
) -> dict[str, Any]:
    """Let a member begin on a later day (늦게 합류); raise Refusal where records lie before it."""
    why = _reason(reason)

    def body(work: Work) -> dict[str, Any]:
        detail, member = member_of(work.connection, course_id, person)
        _refuse_outside_course(detail, day)
        before = stood(work.connection, member)
        if before.outcome is not None:
            label = Outcome(before.outcome).label
            raise Refusal(
                f"이미 '{label}'(으)로 끝난 교육생이라 바꾸지 않았습니다. 먼저 그 처리를 되돌리십시오."
            )
        new = before.but(joined=day)
        _refuse_backwards(new)
        refuse_busy(work.connection, course_id, [person], new.joined, new.left or detail.course.end)
        refuse_outside_records(work.connection, detail, member, new.joined, new.left)
        units = change(work, detail, member, Act.JOINED, day, new, why)
        return {
            "course": str(course_id),
            "person": str(person),
            "joined": day.isoformat(),
            "confirmed_units": units,
        }

    return desk.perform(Right.EDIT_COURSE, "course.joined", body, operation_id)


def leave(
    desk: Desk,
    course_id: UUID,
    person: UUID,
    day: dt.date,
    reason: str,
    operation_id: UUID | None = None,
    *,
    employed: bool = False,
) -> dict[str, Any]:
    """Let a member leave; `day` is the last day inside. The outcome follows from it (rulebook section 2).

    Who reached 80 % or stays to the last training day gets an outcome with the whole course. Raises Refusal where records lie after
    the day, and for a membership that ended already in 제적 or 수료.
    """
    why = _reason(reason)

    def body(work: Work) -> dict[str, Any]:
        detail, member = member_of(work.connection, course_id, person)
        _refuse_outside_course(detail, day)
        before = stood(work.connection, member)
        if before.outcome in (Outcome.DISMISSED, Outcome.COMPLETED, Outcome.INCOMPLETE):
            label = Outcome(before.outcome).label
            raise Refusal(
                f"이미 '{label}'(으)로 끝난 교육생이라 바꾸지 않았습니다. 먼저 그 처리를 되돌리십시오."
            )
        ended = last_endings(work.connection, [member.id]).get(member.id)
        if ended is not None and ended.kind == Act.MOVED_OUT:
            raise Refusal("다른 과정으로 옮긴 교육생이라 바꾸지 않았습니다. 먼저 옮긴 것을 되돌리십시오.")
        new = before.but(left=day, left_reason=why, outcome=None, outcome_on=None)
        _refuse_backwards(new)
        refuse_busy(work.connection, course_id, [person], new.joined, day)
        refuse_outside_records(work.connection, detail, member, new.joined, day)
        outcome = _outcome_of_leaver(work.connection, detail, person, day, employed=employed)
        if outcome is not None:
            new = new.but(outcome=outcome.value, outcome_on=day)
        units = change(work, detail, member, Act.LEFT, day, new, why, employed=employed)
        return {
            "course": str(course_id),
            "person": str(person),
            "left": day.isoformat(),
            "outcome": outcome.value if outcome else None,
            "confirmed_units": units,
        }

    return desk.perform(Right.EDIT_COURSE, "course.left", body, operation_id)


def move(
    desk: Desk,
    course_id: UUID,
    person: UUID,
    to_course: UUID,
    day: dt.date,
    reason: str,
    operation_id: UUID | None = None,
) -> dict[str, Any]:
    """Let a member go on in another course; `day` is the first day there. Records stay with the first course.

    Raises Refusal where the person has not begun, has ended, is in the other course already, or has records on days
    that would fall to it.
    """
    why = _reason(reason)

    def body(work: Work) -> dict[str, Any]:
        detail, member = member_of(work.connection, course_id, person)
        target = courses.read_detail(work.connection, to_course)
        before = stood(work.connection, member)
        if to_course == course_id or any(other.person == person for other in target.members):
            raise Refusal("이미 그 과정의 교육생이라 옮기지 않았습니다.")
        if before.left is not None or before.outcome is not None:
            raise Refusal("이미 끝난 교육생이라 옮기지 않았습니다.")
        if day <= member.joined:
            raise Refusal(
                f"옮기는 날은 들어온 날({korean_date(member.joined)})의 다음 날부터 정할 수 있습니다."
            )
        _refuse_outside_course(target, day)
        last = min(day - _DAY, detail.course.end)
        new = before.but(left=last, left_reason=why)
        refuse_outside_records(work.connection, detail, member, new.joined, last)
        refuse_recorded_days(work.connection, member, day, target.course.end)
        refuse_busy(work.connection, course_id, [person], day, target.course.end)
        moved_to = _insert_member(
            work, target, person, max((one.number for one in target.members), default=0) + 1, day, _MOVED
        )
        units = change(work, detail, member, Act.MOVED_OUT, day, new, why, moved_to=moved_to)
        return {
            "course": str(course_id),
            "person": str(person),
            "to": str(to_course),
            "on": day.isoformat(),
            "confirmed_units": units,
        }

    return desk.perform(Right.EDIT_COURSE, "course.moved_out", body, operation_id)


def restore(
    desk: Desk, course_id: UUID, person: UUID, reason: str, operation_id: UUID | None = None
) -> dict[str, Any]:
    """Take the newest act on a membership back, as if it had not been; 제적 is taken back by `dismissals.cancel` only.

    Raises Refusal where there is none, where a certificate went out for it, where records or another course stand in
    the way, or where the course moved to has records already.
    """
    why = _reason(reason)

    def body(work: Work) -> dict[str, Any]:
        detail, member = member_of(work.connection, course_id, person)
        acts = standing_events(work.connection, member.id)
        if not acts:
            raise Refusal("이 교육생에게는 되돌릴 처리가 없습니다.")
        act = Act(acts[-1].kind)
        if act is Act.DISMISSED:
            raise Refusal("제적은 [제적 취소]로 되돌립니다. 제적을 처리한 사람이 아닌 다른 사람이 합니다.")
        certificates = events.list_certificates(work.connection, course_id)
        if act is Act.COMPLETED and any(one.membership_id == member.id for one in certificates):
            raise Refusal("수료증이 발급된 수료라 되돌리지 않았습니다. 먼저 그 수료증을 무효로 하십시오.")
        if act is Act.MOVED_OUT:
            _take_out(work, person, UUID(acts[-1].before["moved_to"]))
        units = put_back(work, detail, member, acts[-1], Act.RESTORED, why)
        return {
            "course": str(course_id),
            "person": str(person),
            "restored": act.value,
            "confirmed_units": units,
        }

    return desk.perform(Right.EDIT_COURSE, "course.restored", body, operation_id)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refusal("사유를 적어 주십시오.")
    return reason.strip()


def _problems(
    connection: sa.Connection,
    detail: CourseDetail,
    people: Sequence[UUID],
    known: dict[UUID, PersonRow],
    *,
    direct: bool,
) -> tuple[Item, ...]:
    """Why people cannot be enrolled, each with the first reason found."""
    first, last = detail.course.start, detail.course.end
    busy = events.other_courses(connection, detail.course.id, people, first, last)
    recorded = events.recorded_people(connection, people, first, last)
    members = {member.person for member in detail.members}
    found = []
    for person in people:
        row = known.get(person)
        reasons = (
            (row is None, "없는 사람입니다."),
            (detail.course.closed_on is not None, "폐강된 과정입니다."),
            (person in members, "이미 이 과정의 교육생입니다."),
            (person in busy, f"같은 기간에 '{busy.get(person)}' 과정의 교육생입니다."),
            (person in recorded, "같은 기간에 다른 과정의 출결 기록이 있습니다."),
            (
                not direct and row is not None and row.stage not in _MAY_ENROL,
                "선발 단계가 아닙니다. 선발하거나 사유를 적어 바로 등록하십시오.",
            ),
        )
        why = next((reason for wrong, reason in reasons if wrong), None)
        if why:
            found.append(Item(row.name if row else str(person), why))
    return tuple(found)


def _add_members(
    work: Work, detail: CourseDetail, rows: Sequence[PersonRow], direct_reason: str | None
) -> dict[str, Any]:
    number = max((member.number for member in detail.members), default=0)
    keys = work.desk.store.person_keys(work.connection, [row.id for row in rows])
    year = detail.course.programme_year
    query = sa.select(application.c.person_id, application.c.id).where(
        application.c.person_id.in_([row.id for row in rows]), application.c.programme_year == year
    )
    applications = {row.person_id: row.id for row in work.connection.execute(query)}
    values = []
    for place, row in enumerate(rows, start=1):
        _insert_member(work, detail, row.id, number + place, detail.course.start, direct_reason)
        if row.id in applications:
            through = (Stage.SELECTED, Stage.ENROLLED) if direct_reason is not None else (Stage.ENROLLED,)
            for stage in through:
                stages.move(work, applications[row.id], row.id, stage, work.at.date(), direct_reason)
        values.append(work.seal(keys, row.id, {"from": row.stage, "number": number + place}))
    work.log(
        "course.enrol", "courses", detail.course.id, {"people": len(rows), "direct": direct_reason}, values
    )
    work.subjects.add("people")
    return {"course": str(detail.course.id), "enrolled": len(rows)}


def _insert_member(
    work: Work, detail: CourseDetail, person: UUID, number: int, joined: dt.date, direct_reason: str | None
) -> UUID:
    membership_id = new_id()
    work.connection.execute(
        sa.insert(store.membership).values(
            id=membership_id,
            course_id=detail.course.id,
            person_id=person,
            number=number,
            joined=joined,
            direct_reason=direct_reason,
        )
    )
    return membership_id


def _take_out(work: Work, person: UUID, moved_to: UUID) -> None:
    """Undo the going on in another course, as long as nothing came of it."""
    row = work.connection.execute(
        sa.select(store.membership).where(store.membership.c.id == moved_to)
    ).one_or_none()
    if row is None:
        return
    last = row.left or courses.read_detail(work.connection, row.course_id, ()).course.end
    if events.list_events(work.connection, [moved_to]) or events.recorded_people(
        work.connection, [person], row.joined, last
    ):
        raise Refusal(
            "옮겨 간 과정에 이미 출결이나 처리 기록이 있어 되돌리지 않았습니다. 그 과정의 출결을 먼저 미입력으로 되돌리십시오."
        )
    work.connection.execute(sa.delete(store.membership).where(store.membership.c.id == moved_to))


def _outcome_of_leaver(
    connection: sa.Connection, detail: CourseDetail, person: UUID, day: dt.date, *, employed: bool
) -> Outcome | None:
    """The outcome of leaving after `day`; None where it is 수료 or still open: that comes with the whole course."""
    measure = measure_of(connection, detail)
    if day >= measure.last_day and not employed:
        return None
    standing = next(row for row in read_standings(connection, detail) if row.person == person)
    outcome = outcome_of(measure, Ending(day, standing.attended, employed))
    return None if outcome is Outcome.COMPLETED else outcome


def _refuse_outside_course(detail: CourseDetail, day: dt.date) -> None:
    if not detail.course.start <= day <= detail.course.end:
        span = korean_span(detail.course.start, detail.course.end)
        raise Refusal(f"{korean_date(day)}은(는) 과정 기간({span}) 밖입니다.")


def _refuse_backwards(new: Stood) -> None:
    if new.left is not None and new.left < new.joined:
        raise Refusal(
            f"나간 날({korean_date(new.left)})이 들어온 날({korean_date(new.joined)})보다 앞섭니다."
        )
