"""The caps and windows of 출석인정 against what stands in the records (rulebook section 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import Cell, Status, read_parts
from regional_desk.domain.excused import capped, over_cap, reason_of
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Item, Refusal
from regional_desk.services.attendance.tally import cell_of
from regional_desk.services.attendance.terms import attendance_terms
from regional_desk.services.desk import Desk
from regional_desk.services.holidays import holidays_between
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import excused as store
from regional_desk.store.corrections import approved_cells
from regional_desk.store.courses import list_holidays

if TYPE_CHECKING:
    from regional_desk.services.attendance.attendance import CellChange


@dataclass(frozen=True, slots=True)
class OverCap:
    """A record that stands over its cap: it is flagged and stays as it is."""

    trainee: UUID
    day: dt.date
    why: str


def refuse_over_caps(connection: sa.Connection, detail: CourseDetail, changes: Sequence[CellChange]) -> None:
    """Raise Refusal naming every day of `changes` that no 출석인정 can take any more; the days stay as they were.

    A day that has its reason already is not asked again, so that its evidence can be kept up after a cap shrank.
    """
    given = (change for change in changes if change.cell.reason is not None)
    asked = [change for change in given if capped(reason_of(change.cell))]
    if not asked:
        return
    kept = _kept(connection, detail, {change.trainee for change in asked})
    fresh = [one for one in asked if kept[one.trainee].get(one.day) != reason_of(one.cell)]
    for change in changes:
        if change.trainee in kept:
            reason = reason_of(change.cell)
            if reason is None:
                kept[change.trainee].pop(change.day, None)
            else:
                kept[change.trainee][change.day] = reason
    if not fresh:
        return
    holidays = _holidays(connection, detail, [kept[one.trainee][one.day] for one in fresh])
    names = {one.person: one.name for one in detail.members}
    problems = []
    for change in fresh:
        why = _why(detail, kept[change.trainee], change.day, holidays)
        if why:
            problems.append(Item(f"{names.get(change.trainee, '')} {korean_date(change.day)}".strip(), why))
    if problems:
        raise Refusal(
            f"출석인정으로 할 수 없는 날이 {len(problems)}일 있어 아무것도 바꾸지 않았습니다: "
            f"{problems[0].where} — {problems[0].message}",
            items=tuple(problems),
        )


def why_over(
    connection: sa.Connection, detail: CourseDetail, trainee: UUID, day: dt.date, reason: str
) -> str | None:
    """Why one day could not be excused for a reason, for a form that asks before it saves; None where it can."""
    if not capped(reason):
        return None
    kept = _kept(connection, detail, {trainee})[trainee]
    if kept.get(day) == reason:
        return None
    return _why(detail, kept | {day: reason}, day, _holidays(connection, detail, [reason]))


def flagged(
    connection: sa.Connection, detail: CourseDetail, people: Collection[UUID] | None = None
) -> tuple[OverCap, ...]:
    """The records that stand over their cap now, because the course or its days changed: listed, never changed."""
    wanted = {member.person for member in detail.members if people is None or member.person in people}
    kept = {
        person: days
        for person, days in _kept(connection, detail, wanted).items()
        if any(map(capped, days.values()))
    }
    if not kept:
        return ()
    holidays = _holidays(connection, detail, [reason for days in kept.values() for reason in days.values()])
    found = []
    for person, days in kept.items():
        for day, reason in sorted(days.items()):
            before = {one: of for one, of in days.items() if one <= day or of != reason}
            why = _why(detail, before, day, holidays)
            if why:
                found.append(OverCap(person, day, why))
    return tuple(found)


def flags(desk: Desk, detail: CourseDetail) -> tuple[OverCap, ...]:
    """The same for whoever counts and shows nobody: not noted in the access log."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return flagged(connection, detail)


def _why(
    detail: CourseDetail, reasons: dict[dt.date, str], day: dt.date, holidays: Collection[dt.date]
) -> str | None:
    reason = reasons[day]
    return over_cap(
        reason,
        day,
        [one for one, of in reasons.items() if of == reason and one != day],
        terms=attendance_terms().excused,
        course_days=len(detail.days),
        holidays=holidays,
    )


def _kept(
    connection: sa.Connection, detail: CourseDetail, people: Collection[UUID]
) -> dict[UUID, dict[dt.date, str]]:
    """The reason of each day that is excused, whole or in part, by person."""
    one = next(iter(people)) if len(people) == 1 else None
    course, training = detail.course, {row.day for row in detail.days}
    found: dict[UUID, dict[dt.date, str]] = {person: {} for person in people}
    for row in store.list_reasons(connection, course.id, course.start, course.end, one):
        reason = reason_of(Cell(Status(row.status), reason=row.reason, parts=read_parts(row.parts)))
        if reason is not None and row.day in training and row.trainee in found:
            found[row.trainee][row.day] = reason
    for (trainee, iso), values in approved_cells(connection, course.id).items():  # 정정 lie over the records
        person, day = UUID(bytes=trainee), dt.date.fromisoformat(iso)
        if person in found:
            found[person].pop(day, None)
            reason = reason_of(cell_of(values)) if values else None
            if reason is not None and day in training:
                found[person][day] = reason
    return found


def _holidays(connection: sa.Connection, detail: CourseDetail, reasons: Iterable[str]) -> frozenset[dt.date]:
    """The days the window of an event leaves out, a month beyond the course, which the longest never reaches past."""
    if not set(attendance_terms().excused.event_days) & set(reasons):
        return frozenset()
    course = detail.course
    public = holidays_between(course.start, course.end + dt.timedelta(days=31))
    return frozenset({*public, *list_holidays(connection)})
