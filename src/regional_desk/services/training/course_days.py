"""Changes of a course's training days after it was made: who changes is shown before, and a reason is kept (rulebook 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import Decision
from regional_desk.domain.calendar import unit_periods
from regional_desk.domain.course_days import DaysWanted, Replanned, replan
from regional_desk.domain.masking import Masking
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.domain.timetable import minutes_until, periods_of
from regional_desk.errors import Item, Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay import drafting
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import attendance as records
from regional_desk.store import courses as store
from regional_desk.store.allowance import CLOSED_STATES, list_runs
from regional_desk.store.courses import DayRow, MemberRow
from regional_desk.store.memberships import other_courses


@dataclass(frozen=True, slots=True)
class Change:
    """What to change: days added and taken out, the last period of single days, another first or last day."""

    add: tuple[dt.date, ...] = ()
    remove: tuple[dt.date, ...] = ()
    last_periods: Mapping[dt.date, int] = field(default_factory=dict)
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PersonChange:
    """One person's figures of a unit before and after; None where the unit has no row. Amounts in won."""

    person: UUID
    number: int
    name: str
    unit_no: int
    days_before: int | None
    days_after: int | None
    rate_before: Decimal | None
    rate_after: Decimal | None
    amount_before: int | None
    amount_after: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: the days, the people whose figures differ, and the won of everybody together.

    `voided` records stay but count no longer; `returning` ones lie on days that come back.
    """

    course: CourseDetail
    added: tuple[dt.date, ...]
    removed: tuple[dt.date, ...]
    lengths: Mapping[dt.date, int]
    people: tuple[PersonChange, ...]
    total_before: int
    total_after: int
    voided: int
    returning: int


def preview(desk: Desk, course_id: UUID, change: Change) -> Preview:
    """Who changes, and by how much, if these days were so: by the allowance's own draft. Writes nothing.

    Raises Refusal as `commit` does. The people shown are noted and masked as this desk may see them.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = attempt(desk, connection, course_id, change)
    desk.note_view("courses", [one.person for one in found.people], {"course": str(course_id), "by": "days"})
    if desk.masking is Masking.FULL:
        return found
    shown = tuple(replace(one, name=desk.masking.show_name(one.name)) for one in found.people)
    return replace(found, people=shown)


def commit(
    desk: Desk, course_id: UUID, change: Change, reason: str, operation_id: UUID | None = None
) -> Preview:
    """Make the change as one act, exactly as `preview` shows it; the reason stays with each day concerned.

    A day taken out keeps its records, which count again when it returns; an added day is 미입력. Raises Refusal without
    a reason, for days of a confirmed unit, for another first or last day once any unit is confirmed, and for dates
    that would put somebody into two courses at once; then nothing is written.
    """
    why = clean(reason)
    if not why:
        raise Refusal("훈련일을 바꾸는 사유를 적어 주십시오.")
    made: list[Preview] = []

    def body(work: Work) -> dict[str, Any]:
        found = attempt(desk, work.connection, course_id, change)
        made.append(found)
        write(work, found, why)
        return {"course": str(course_id), "people": len(found.people)}

    desk.perform(Right.EDIT_COURSE, "course.days", body, operation_id)
    return made[0] if made else preview(desk, course_id, Change())


def attempt(desk: Desk, connection: sa.Connection, course_id: UUID, change: Change) -> Preview:
    """What the change would do as this snapshot shows the course; raise Refusal as `commit` does."""
    before = courses.read_detail(connection, course_id)
    course = before.course
    if course.closed_on is not None:
        raise Refusal("폐강된 과정이라 훈련일을 바꾸지 않았습니다.")
    plan = _plan(desk, before, change)
    now = {row.day: row.minutes for row in before.days}
    removed = tuple(day for day in now if day not in plan.days)
    added = tuple(day for day in plan.days if day not in now)
    lengths = {day: minutes for day, minutes in plan.days.items() if day in now and now[day] != minutes}
    moved = (plan.start, plan.end) != (course.start, course.end)
    if not (removed or added or lengths or moved):
        raise Refusal("바뀌는 것이 없습니다.")
    refuse_confirmed(connection, course_id, (*removed, *added, *lengths), moved=moved)
    after = _after(before, plan)
    if moved:
        courses.refuse_bad_span(course.scheme, plan.start, plan.end)
        _refuse_overlaps(connection, after)
    rows, totals = compare(connection, before, after)
    return Preview(
        course=after,
        added=added,
        removed=removed,
        lengths=lengths,
        people=rows,
        total_before=totals[0],
        total_after=totals[1],
        voided=_records_on(connection, before, removed),
        returning=_records_on(connection, after, added),
    )


def _plan(desk: Desk, before: CourseDetail, change: Change) -> Replanned:
    course = before.course
    periods = course.periods
    whole = minutes_until(periods, len(periods))
    start, end = change.start or course.start, change.end or course.end
    grows = start <= end and (start < course.start or end > course.end)
    try:
        minutes = {day: minutes_until(periods, last) for day, last in change.last_periods.items()}
        wanted = DaysWanted(change.add, change.remove, minutes, change.start, change.end)
        proposed = courses.propose_days(desk, start, end) if grows else ()
        now = {row.day: row.minutes for row in before.days}
        return replan((course.start, course.end), now, wanted, proposed, whole)
    except Refused as refused:
        raise Refusal(str(refused)) from refused


def _after(before: CourseDetail, plan: Replanned) -> CourseDetail:
    course = replace(before.course, start=plan.start, end=plan.end)
    days = tuple(DayRow(day, minutes, None) for day, minutes in plan.days.items())
    members = tuple(replace(one, joined=_joined(before, plan, one)) for one in before.members)
    return CourseDetail(course, days, unit_periods(plan.start, plan.end), members)


def _joined(before: CourseDetail, plan: Replanned, member: MemberRow) -> dt.date:
    """Who was there from the first day stays so; a late joiner keeps the day, unless the course begins after it."""
    if member.joined == before.course.start:
        return plan.start
    joined = max(member.joined, plan.start)
    if joined > plan.end or (member.left is not None and member.left < joined):
        raise Refusal(
            f"{member.name}님이 들어온 날({korean_date(member.joined)})이나 나간 날이 새 기간 밖에 남게 되어 바꾸지 않았습니다."
        )
    return joined


def refuse_confirmed(
    connection: sa.Connection, course_id: UUID, days: Sequence[dt.date], *, moved: bool = False
) -> None:
    """Raise Refusal where one of the days lies in a confirmed unit, or the course's span moves once any is confirmed."""
    confirmed = [run for run in list_runs(connection, course_id) if run.state in CLOSED_STATES]
    if moved and confirmed:
        raise Refusal(
            "훈련수당이 확정된 단위기간이 있어 시작일과 종료일을 바꾸지 않았습니다. 훈련일을 하루씩 더하거나 빼십시오."
        )
    for run in confirmed:
        inside = [day for day in days if run.start <= day <= run.end]
        if inside:
            raise Refusal(
                f"{korean_date(inside[0])}은(는) 훈련수당이 확정된 {run.unit_no}단위기간"
                f"({korean_span(run.start, run.end)})에 들어 바꾸지 않았습니다. 확정을 취소한 뒤 다시 하십시오."
            )


def _refuse_overlaps(connection: sa.Connection, after: CourseDetail) -> None:
    items = []
    for one in after.members:
        last = one.left or after.course.end
        busy = other_courses(connection, after.course.id, [one.person], one.joined, last)
        if busy:
            items.append(Item(one.name, f"같은 기간에 '{busy[one.person]}' 과정의 교육생입니다."))
    if items:
        raise Refusal(f"{len(items)}명이 다른 과정과 겹쳐 기간을 바꾸지 않았습니다.", items=tuple(items))


def compare(
    connection: sa.Connection, before: CourseDetail, after: CourseDetail
) -> tuple[tuple[PersonChange, ...], tuple[int, int]]:
    """Whose figures differ between two states of a course by the allowance's own draft, and everybody's won in both."""
    old = {unit.no: drafting.estimate(connection, before, unit) for unit in before.units}
    new = {unit.no: drafting.estimate(connection, after, unit) for unit in after.units}
    rows = []
    for member in after.members:
        for unit_no in sorted(old.keys() | new.keys()):
            was, now = old.get(unit_no, {}).get(member.person), new.get(unit_no, {}).get(member.person)
            if _figures(was) != _figures(now):
                rows.append(
                    PersonChange(
                        member.person,
                        member.number,
                        member.name,
                        unit_no,
                        *(
                            figure
                            for pair in zip(_figures(was), _figures(now), strict=True)
                            for figure in pair
                        ),
                    )
                )
    return tuple(rows), (_total(old), _total(new))


def _figures(decision: Decision | None) -> tuple[Any, ...]:
    if decision is None:
        return (None, None, None)
    return (decision.training_days, decision.rate, decision.amount)


def _total(units: Mapping[int, Mapping[UUID, Decision]]) -> int:
    return sum(decision.amount for unit in units.values() for decision in unit.values())


def _records_on(connection: sa.Connection, detail: CourseDetail, days: Sequence[dt.date]) -> int:
    if not days:
        return 0
    wanted = {day.isoformat() for day in days}
    found = records.read_cells(connection, detail.course.id, min(days), max(days))
    return sum(len(wanted & cells.keys()) for cells in found.values())


def write(work: Work, found: Preview, reason: str) -> None:
    """Make a change that was tried in the same transaction, with its line in the history."""
    connection, course = work.connection, found.course.course
    table = store.course_day
    for day in found.removed:
        here = (table.c.course_id == course.id) & (table.c.day == day)
        connection.execute(sa.update(table).where(here).values(void=True, reason=reason))
    minutes = {row.day: row.minutes for row in found.course.days}
    for day in (*found.added, *found.lengths):
        here = (table.c.course_id == course.id) & (table.c.day == day)
        values = {"minutes": minutes[day], "void": False, "reason": reason}
        if connection.execute(sa.update(table).where(here).values(**values)).rowcount == 0:
            connection.execute(sa.insert(table).values(course_id=course.id, day=day, **values))
    changed = connection.execute(
        sa.update(store.course)
        .where(store.course.c.id == course.id, store.course.c.version == course.version)
        .values(start=course.start, end=course.end, version=course.version + 1)
    )
    if changed.rowcount != 1:
        raise Refusal("다른 사람이 먼저 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오.")
    members = store.membership
    for member in found.course.members:
        connection.execute(
            sa.update(members)
            .where(members.c.id == member.id, members.c.joined != member.joined)
            .values(joined=member.joined, version=members.c.version + 1)
        )
    work.log("course.days", "courses", course.id, _detail(found))


def _detail(found: Preview) -> dict[str, Any]:
    course = found.course.course
    return {
        "added": [day.isoformat() for day in found.added],
        "removed": [day.isoformat() for day in found.removed],
        "periods": {
            day.isoformat(): len(periods_of(course.periods, minutes))
            for day, minutes in found.lengths.items()
        },
        "start": course.start.isoformat(),
        "end": course.end.isoformat(),
        "people": len({one.person for one in found.people}),
        "won": found.total_after - found.total_before,
    }
