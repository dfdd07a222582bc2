"""임시공휴일: a day off the office adds itself; who changes is shown before, course by course (rulebook section 1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.holidays import holidays_between
from regional_desk.services.training import course_days
from regional_desk.services.training.course_days import Change, Preview
from regional_desk.store import courses as store
from regional_desk.store.courses import CourseRow, HolidayRow


@dataclass(frozen=True, slots=True)
class Kept:
    """A course whose days stay as they are, and why."""

    course: str
    why: str


@dataclass(frozen=True, slots=True)
class HolidayPreview:
    """What the day would do: the courses that change as each one's own preview shows it, and those that stay."""

    day: dt.date
    courses: tuple[Preview, ...]
    kept: tuple[Kept, ...]

    @property
    def people(self) -> int:
        """How many people change."""
        return len({one.person for course in self.courses for one in course.people})

    @property
    def difference(self) -> int:
        """Won after less won before."""
        return sum(course.total_after - course.total_before for course in self.courses)


def list_holidays(desk: Desk) -> tuple[HolidayRow, ...]:
    """The holidays the office added itself, by their days."""
    with desk.store.read() as connection:
        return store.read_holidays(connection)


def preview_add(desk: Desk, day: dt.date) -> HolidayPreview:
    """Who changes if this day were a holiday: it leaves every course it is a training day of. Writes nothing.

    Raises Refusal for a day that is a holiday already. Courses with the day in a confirmed unit stay and are named.
    """
    return _preview(desk, day, adding=True)


def preview_remove(desk: Desk, day: dt.date) -> HolidayPreview:
    """Who changes if this day were no holiday any more: it returns where it had been taken out for it.

    Raises Refusal for a day the office did not add.
    """
    return _preview(desk, day, adding=False)


def add(
    desk: Desk, day: dt.date, name: str, reference: str, operation_id: UUID | None = None
) -> HolidayPreview:
    """Add the day and take it out of the courses, in one act, exactly as `preview_add` shows it.

    Raises Refusal without a name and the 공고 or 공문 it rests on, or as the preview does; then nothing is written.
    """
    called, rests_on = clean(name), clean(reference)
    if not called or not rests_on:
        raise Refusal("휴일의 이름과 근거(공고나 공문)를 적어 주십시오.")

    made: list[HolidayPreview] = []

    def body(work: Work) -> dict[str, Any]:
        found = _attempt(desk, work.connection, day, adding=True)
        made.append(found)
        work.connection.execute(
            sa.insert(store.holiday).values(
                day=day, name=called, reference=rests_on, added_by=desk.actor.user_id, added_at=work.at
            )
        )
        return _write(work, found, "holiday.add", f"{called}({rests_on})")

    desk.perform(Right.EDIT_COURSE, "holiday.add", body, operation_id)
    return made[0] if made else HolidayPreview(day, (), ())


def remove(desk: Desk, day: dt.date, reason: str, operation_id: UUID | None = None) -> HolidayPreview:
    """Take an own holiday back and let the day return to the courses, in one act, as `preview_remove` shows it.

    Raises Refusal without a reason, or as the preview does; then nothing is written.
    """
    why = clean(reason)
    if not why:
        raise Refusal("휴일을 지우는 사유를 적어 주십시오.")

    made: list[HolidayPreview] = []

    def body(work: Work) -> dict[str, Any]:
        found = _attempt(desk, work.connection, day, adding=False)
        made.append(found)
        work.connection.execute(sa.delete(store.holiday).where(store.holiday.c.day == day))
        return _write(work, found, "holiday.remove", why)

    desk.perform(Right.EDIT_COURSE, "holiday.remove", body, operation_id)
    return made[0] if made else HolidayPreview(day, (), ())


def _preview(desk: Desk, day: dt.date, *, adding: bool) -> HolidayPreview:
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = _attempt(desk, connection, day, adding=adding)
    people = [one.person for course in found.courses for one in course.people]
    desk.note_view("courses", people, {"by": "holiday", "day": day.isoformat()})
    if desk.masking is Masking.FULL:
        return found
    return replace(found, courses=tuple(_masked(desk, course) for course in found.courses))


def _masked(desk: Desk, course: Preview) -> Preview:
    return replace(
        course,
        people=tuple(replace(one, name=desk.masking.show_name(one.name)) for one in course.people),
    )


def _attempt(desk: Desk, connection: sa.Connection, day: dt.date, *, adding: bool) -> HolidayPreview:
    own = {row.day: row for row in store.read_holidays(connection)}
    if adding and (day in own or holidays_between(day, day)):
        raise Refusal(f"{korean_date(day)}은(는) 이미 공휴일입니다.")
    if not adding and day not in own:
        raise Refusal(f"{korean_date(day)}은(는) 사무실이 더한 휴일이 아닙니다.")
    change = Change(remove=(day,)) if adding else Change(add=(day,))
    changed, kept = [], []
    for course in store.list_courses(connection):
        if course.closed_on is not None or not course.start <= day <= course.end:
            continue
        if not _concerned(connection, course, day, None if adding else own[day]):
            continue
        try:
            changed.append(course_days.attempt(desk, connection, course.id, change))
        except Refusal as refusal:
            kept.append(Kept(course.name, refusal.message))
    return HolidayPreview(day, tuple(changed), tuple(kept))


def _concerned(connection: sa.Connection, course: CourseRow, day: dt.date, own: HolidayRow | None) -> bool:
    """Whether the day is a training day of the course or, for an own holiday, was taken out for it."""
    if own is None:
        return day in {row.day for row in store.list_days(connection, course.id)}
    table = store.course_day
    here = (table.c.course_id == course.id) & (table.c.day == day) & table.c.void
    reason = connection.execute(sa.select(table.c.reason).where(here)).scalar()
    return reason == _reason(own)


def _reason(row: HolidayRow) -> str:
    return f"{row.name}({row.reference})"


def _write(work: Work, found: HolidayPreview, action: str, reason: str) -> dict[str, Any]:
    for course in found.courses:
        course_days.write(work, course, reason)
    detail = {"day": found.day.isoformat(), "courses": len(found.courses), "people": found.people}
    work.log(action, "courses", None, {**detail, "won": found.difference, "reason": reason})
    return {"day": found.day.isoformat(), "courses": len(found.courses)}
