"""Copying a course with its timetable, and changing what a course is called, where it is held and what it pays by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.calendar import days_between
from regional_desk.domain.course_days import nth_day_end
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.domain.timetable import periods_of
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import codes
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import courses as store
from regional_desk.store import timetable as lessons
from regional_desk.store.allowance import CLOSED_STATES, list_runs
from regional_desk.store.courses import CourseRow, DayRow
from regional_desk.store.ids import new_id

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class CourseValues:
    """What may be changed of a course: its name, the 시군구 code of its place, its room and its allowance scheme."""

    name: str
    region: str
    room: str | None
    scheme: str


def copy(
    desk: Desk,
    source: UUID,
    name: str,
    start: dt.date,
    *,
    with_timetable: bool = True,
    operation_id: UUID | None = None,
) -> CourseDetail:
    """A new course like another: as many training days from `start`, the same place, room, scheme and periods.

    With its timetable the n-th training day has what the source's n-th had; instructors who are no longer active are
    left out. Nobody is a member of it. Raises Refusal for a name in use and a span its scheme does not allow.
    """
    old = courses.outline(desk, source)
    proposed = courses.propose_days(desk, start, days_between(start, start + dt.timedelta(days=_LONGEST))[-1])
    end = nth_day_end(proposed, len(old.days))
    if end is None:
        raise Refusal("복사할 훈련일이 없어 과정을 만들지 않았습니다.")
    courses.refuse_bad_span(old.course.scheme, start, end)
    days = [day for day in proposed if day <= end]
    row = replace(
        old.course,
        id=new_id(),
        version=1,
        name=clean(name),
        start=start,
        end=end,
        programme_year=desk.office.programme_year,
        closed_on=None,
        round_id=None,
    )
    whole = sum(last - first for first, last in row.periods)

    def body(work: Work) -> dict[str, Any]:
        courses.put_course(work, row, [DayRow(day, whole, None) for day in days])
        if with_timetable:
            _copy_lessons(work, old, row, days)
        return {"course": str(row.id)}

    done = desk.perform(Right.EDIT_COURSE, "course.copy", body, operation_id)
    return courses.outline(desk, UUID(done["course"]))


def edit(
    desk: Desk, course_id: UUID, version: int, values: CourseValues, operation_id: UUID | None = None
) -> None:
    """Change a course's name, place, room and scheme.

    Place and scheme decide amounts: they are refused once a unit is confirmed. Raises Refusal where somebody else
    changed the course since `version` was read, UsageError for an unknown place or scheme.
    """
    name, room = clean(values.name), clean(values.room or "") or None
    if not name:
        raise UsageError("과정 이름을 적어 주십시오.")
    region = codes.known_place(values.region)

    def body(work: Work) -> dict[str, Any]:
        before = courses.read_detail(work.connection, course_id, ()).course
        after = replace(before, name=name, region=region, room=room, scheme=values.scheme)
        pays = ("region", "scheme")
        changed = [
            field for field in ("name", "room", *pays) if getattr(before, field) != getattr(after, field)
        ]
        if not changed:
            return {"course": str(course_id)}
        if set(changed) & set(pays):
            _refuse_confirmed(work.connection, course_id)
            courses.refuse_bad_span(values.scheme, before.start, before.end)
        courses.refuse_name_taken(work.connection, after)
        done = work.connection.execute(
            sa.update(store.course)
            .where(store.course.c.id == course_id, store.course.c.version == version)
            .values(version=version + 1, **{field: getattr(after, field) for field in changed})
        )
        if done.rowcount != 1:
            raise Refusal("다른 사람이 먼저 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오.")
        detail = {
            field: [getattr(before, field), getattr(after, field)] for field in changed if field != "room"
        }
        work.log("course.edit", "courses", course_id, {"fields": changed, **detail})
        return {"course": str(course_id)}

    desk.perform(Right.EDIT_COURSE, "course.edit", body, operation_id)


def _copy_lessons(work: Work, old: CourseDetail, new: CourseRow, days: list[dt.date]) -> None:
    nth = {row.day: at for at, row in enumerate(old.days)}
    active = {row.id for row in lessons.list_instructors(work.connection) if row.active}
    held = {row.day: len(periods_of(old.course.periods, row.minutes)) for row in old.days}
    places: dict[tuple[dt.date, int], lessons.Kept | None] = {
        (days[nth[day]], period): (subject, instructor if instructor in active else None, room)
        for (day, period), (subject, instructor, room) in lessons.read_places(
            work.connection, old.course.id
        ).items()
        if period <= held.get(day, 0)
    }
    lessons.write_places(work.connection, new.id, places)
    if places:
        work.log("timetable.set", "timetable", new.id, {"places": len(places)})


def _refuse_confirmed(connection: sa.Connection, course_id: UUID) -> None:
    if any(run.state in CLOSED_STATES for run in list_runs(connection, course_id)):
        raise Refusal(
            "훈련수당이 확정된 단위기간이 있어 훈련 장소와 수당 기준을 바꾸지 않았습니다. 확정을 취소한 뒤 다시 하십시오."
        )
