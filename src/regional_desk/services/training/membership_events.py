"""One act on a membership: its new state, its line in the history, and putting it back as it stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.membership import Act, standing_acts
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal
from regional_desk.services.attendance.tally import closed_people
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import stages
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import courses as store
from regional_desk.store import memberships as events
from regional_desk.store.corrections import approved_cells
from regional_desk.store.courses import MemberRow
from regional_desk.store.ids import new_id
from regional_desk.store.memberships import EventRow, ReachingEvent
from regional_desk.store.people import application

_DAY = dt.timedelta(days=1)
_SHOWN_DAYS = 5


@dataclass(frozen=True, slots=True)
class Stood:
    """How a membership stands; `outcome` is the stored word."""

    joined: dt.date
    left: dt.date | None
    left_reason: str | None
    outcome: str | None
    outcome_on: dt.date | None

    def but(self, **changed: Any) -> Stood:
        """The same with some fields otherwise."""
        return replace(self, **changed)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act on a membership; `reason` is empty once the person's key was destroyed."""

    act: Act
    on: dt.date
    reason: str
    user_id: UUID
    at: dt.datetime
    solo: bool
    confirmed_units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpenDifference:
    """A confirmed unit whose person's membership is now otherwise than when it was confirmed: 정정 is due."""

    course: UUID
    course_name: str
    person: UUID
    name: str
    unit_no: int
    act: Act
    on: dt.date


def member_of(connection: sa.Connection, course_id: UUID, person: UUID) -> tuple[CourseDetail, MemberRow]:
    """The course with its members, and the person's membership; raise Refusal where there is none."""
    detail = courses.read_detail(connection, course_id)
    member = next((found for found in detail.members if found.person == person), None)
    if member is None:
        raise Refusal("이 과정의 교육생이 아닙니다.")
    return detail, member


def stood(connection: sa.Connection, member: MemberRow) -> Stood:
    """How the membership stands now."""
    on = connection.execute(
        sa.select(store.membership.c.outcome_on).where(store.membership.c.id == member.id)
    ).scalar_one()
    return Stood(member.joined, member.left, member.left_reason, member.outcome, on)


def change(
    work: Work,
    detail: CourseDetail,
    member: MemberRow,
    act: Act,
    on: dt.date,
    new: Stood,
    reason: str,
    **extra: Any,
) -> list[int]:
    """Give a membership a new state with its line in the history; return the confirmed units this reaches into.

    `extra` goes into `before`, which names nobody: `solo` (단독 처리), `moved_to` (a membership), `stage`, `employed`.
    """
    before = stood(work.connection, member)
    units = _confirmed_units(work.connection, detail, member.person, _first_changed(detail, before, new))
    work.connection.execute(
        sa.update(store.membership)
        .where(store.membership.c.id == member.id)
        .values(
            joined=new.joined,
            left=new.left,
            left_reason=new.left_reason,
            outcome=new.outcome,
            outcome_on=new.outcome_on,
            version=store.membership.c.version + 1,
        )
    )
    keys = work.desk.store.person_keys(work.connection, [member.person])
    _, sealed = work.seal(keys, member.person, {"reason": reason, "left_reason": before.left_reason})
    work.connection.execute(
        sa.insert(events.membership_event).values(
            id=new_id(),
            membership_id=member.id,
            kind=act.value,
            on=on,
            sealed=sealed,
            before=_to_before(before, units, extra),
            user_id=work.desk.actor.user_id,
            at=work.at,
        )
    )
    value = {"day": on.isoformat(), "reason": reason, "outcome": new.outcome}
    flags = {"solo": True} if extra.get("solo") else {}
    work.log(
        f"course.{act.value}", "courses", detail.course.id, flags, [work.seal(keys, member.person, value)]
    )
    return units


def put_back(
    work: Work,
    detail: CourseDetail,
    member: MemberRow,
    event: EventRow,
    act: Act,
    reason: str,
    *,
    solo: bool = False,
) -> list[int]:
    """Make a membership stand as it did before an act, the application's stage with it.

    Raises Refusal where records would lie outside, another course stands in the way, or the person's key was destroyed.
    """
    keys = work.desk.store.person_keys(work.connection, [member.person])
    kept = work.desk.unseal(keys, member.person, event.sealed)
    if kept is None:
        raise Refusal("파기한 사람의 기록이라 고치지 않았습니다.")
    old = _from_before(event.before, kept["left_reason"])
    last = old.left or detail.course.end
    refuse_busy(work.connection, detail.course.id, [member.person], old.joined, last)
    if act is Act.RESTORED:
        refuse_outside_records(work.connection, detail, member, old.joined, old.left)
    stage = event.before.get("stage")
    if stage is not None:
        application_id = application_of(work.connection, member.person, detail.course.programme_year)
        if application_id is not None:
            stages.move(work, application_id, member.person, Stage(stage), work.at.date(), reason)
    extra = {"solo": True} if solo else {}
    return change(work, detail, member, act, event.on, old, reason, **extra)


def standing_events(connection: sa.Connection, membership_id: UUID) -> tuple[EventRow, ...]:
    """The acts on a membership that were not taken back, oldest first."""
    rows = events.list_events(connection, [membership_id])
    return tuple(rows[at] for at in standing_acts([Act(row.kind) for row in rows]))


def history(desk: Desk, course_id: UUID, person: UUID) -> tuple[HistoryLine, ...]:
    """Every act on a membership, oldest first, its reasons only for who may unmask; the look is noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        _, member = member_of(connection, course_id, person)
        rows = events.list_events(connection, [member.id])
        keys = desk.store.person_keys(connection, [person])
    desk.note_view("courses", [person], {"course": str(course_id), "by": "history"})
    open_ = desk.may(Right.UNMASK) and not desk.guests
    return tuple(
        HistoryLine(
            Act(row.kind),
            row.on,
            _reason_of(desk, keys, person, row) if open_ else "",
            row.user_id,
            row.at,
            bool(row.before.get("solo")),
            tuple(row.before["confirmed_units"]),
        )
        for row in rows
    )


def reason_of(desk: Desk, connection: sa.Connection, person: UUID, event: EventRow) -> str:
    """The reason of one act, empty once the person's key was destroyed."""
    return _reason_of(desk, desk.store.person_keys(connection, [person]), person, event)


def _reason_of(desk: Desk, keys: Mapping[UUID, bytes], person: UUID, event: EventRow) -> str:
    kept = desk.unseal(keys, person, event.sealed)
    return "" if kept is None else str(kept["reason"])


def open_differences(desk: Desk) -> tuple[OpenDifference, ...]:
    """Confirmed units to correct (정정): a membership changed after its unit was confirmed, and still stands otherwise.

    The look at the people is noted.
    """
    found = survey_differences(desk)
    desk.note_view("courses", [one.person for one in found], {"by": "differences"})
    return found


def survey_differences(desk: Desk) -> tuple[OpenDifference, ...]:
    """The same for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = differing(connection)
    return tuple(
        OpenDifference(
            row.course,
            row.course_name,
            row.person,
            desk.masking.show_name(row.name),
            row.unit_no,
            Act(row.event.kind),
            row.event.on,
        )
        for row in found
    )


def differing(connection: sa.Connection) -> tuple[ReachingEvent, ...]:
    """The acts that reached into a confirmed unit and still leave the membership otherwise than it was confirmed."""
    found = []
    for row in events.list_reaching_events(connection):
        before = _from_before(row.event.before, None)
        if (before.joined, before.left) != (row.joined, row.left):
            found.append(row)
    return tuple(found)


def application_of(connection: sa.Connection, person: UUID, year: int) -> UUID | None:
    """The person's application of a programme year."""
    return connection.execute(
        sa.select(application.c.id).where(
            application.c.person_id == person, application.c.programme_year == year
        )
    ).scalar()


def refuse_busy(
    connection: sa.Connection, course_id: UUID, people: Sequence[UUID], first: dt.date, last: dt.date
) -> None:
    """Raise Refusal where somebody belongs to another course on one of these days."""
    busy = events.other_courses(connection, course_id, people, first, last)
    if busy:
        name = next(iter(busy.values()))
        raise Refusal(
            f"같은 기간에 '{name}' 과정의 교육생이라 바꾸지 않았습니다. 그 과정의 날짜를 먼저 고치십시오."
        )


def refuse_recorded_days(connection: sa.Connection, member: MemberRow, first: dt.date, last: dt.date) -> None:
    """Raise Refusal where records of the first course lie on days that would fall to the other one."""
    if events.recorded_people(connection, [member.person], first, last):
        raise Refusal(
            f"{member.name}님의 출결 기록이 옮길 과정의 날에 이미 있어 옮기지 않았습니다. "
            "그 기록을 미입력으로 되돌린 뒤 다시 하십시오."
        )


def refuse_outside_records(
    connection: sa.Connection, detail: CourseDetail, member: MemberRow, joined: dt.date, left: dt.date | None
) -> None:
    """Records that were cells and would be none: they must be cleared by a person first."""
    days = events.recorded_days(connection, member.person, member.joined, member.left or detail.course.end)
    over = approved_cells(connection, detail.course.id)
    cleared = {day for (person, day), values in over.items() if person == member.person.bytes and not values}
    outside = [
        day
        for day in days
        if (day < joined or day > (left or detail.course.end)) and day.isoformat() not in cleared
    ]
    if outside:
        shown = ", ".join(korean_date(day) for day in outside[:_SHOWN_DAYS])
        raise Refusal(
            f"{member.name}님의 출결 기록 {len(outside)}건({shown})이 그 기간 밖에 남게 되어 바꾸지 않았습니다. "
            "그 기록을 미입력으로 되돌린 뒤(확정된 단위기간이면 미입력으로 정정한 뒤) 다시 하십시오."
        )


def _first_changed(detail: CourseDetail, old: Stood, new: Stood) -> dt.date | None:
    """The first day that is inside by one state and outside by the other."""
    end = detail.course.end
    days = []
    if old.joined != new.joined:
        days.append(min(old.joined, new.joined))
    if (old.left or end) != (new.left or end):
        days.append(min(old.left or end, new.left or end) + _DAY)
    return min(days, default=None)


def _confirmed_units(
    connection: sa.Connection, detail: CourseDetail, person: UUID, since: dt.date | None
) -> list[int]:
    if since is None:
        return []
    course_id = detail.course.id
    return [
        unit.no
        for unit in detail.units
        if unit.end >= since and person in closed_people(connection, course_id, unit)
    ]


def _to_before(before: Stood, units: Sequence[int], extra: Mapping[str, Any]) -> dict[str, Any]:
    """What the history keeps in the clear: it names nobody; the reason of leaving is sealed beside it."""
    return {
        "joined": before.joined.isoformat(),
        "left": before.left.isoformat() if before.left else None,
        "outcome": before.outcome,
        "outcome_on": before.outcome_on.isoformat() if before.outcome_on else None,
        "confirmed_units": list(units),
        **{name: str(value) if isinstance(value, UUID) else value for name, value in extra.items()},
    }


def _from_before(kept: Mapping[str, Any], left_reason: str | None) -> Stood:
    day = dt.date.fromisoformat
    return Stood(
        day(kept["joined"]),
        day(kept["left"]) if kept["left"] else None,
        left_reason,
        kept["outcome"],
        day(kept["outcome_on"]) if kept["outcome_on"] else None,
    )
