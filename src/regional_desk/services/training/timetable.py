"""The timetable (시간표) of a course: what is taught when, by whom and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, clock_time, korean_date, weekday
from regional_desk.domain.timetable import Entry, Held, clashes, monday_of, periods_of, repeat_week
from regional_desk.errors import Item, Refusal, UsageError
from regional_desk.services import changes
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training import instructors
from regional_desk.store import courses as course_store
from regional_desk.store import timetable as store
from regional_desk.store.courses import CourseRow, DayRow
from regional_desk.store.timetable import InstructorRow, Kept, LessonRow

SUBJECT = "timetable"
_WEEK = dt.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class TimetableDay:
    """One training day: how many of the course's periods it has, and what its 훈련일지 says besides."""

    day: dt.date
    periods: int
    note: str


@dataclass(frozen=True, slots=True)
class ClashShown:
    """One of this course's lessons that clashes, and how in words."""

    day: dt.date
    period: int
    words: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """A span of a course's timetable; `lessons` by day and period, `names` how each instructor is called in it."""

    course: CourseRow
    start: dt.date
    end: dt.date
    days: tuple[TimetableDay, ...]
    lessons: Mapping[tuple[dt.date, int], LessonRow]
    clashes: tuple[ClashShown, ...]
    names: Mapping[UUID, str]

    def entry(self, day: dt.date, period: int) -> Entry | None:
        """What stands in a place, None where nothing does."""
        found = self.lessons.get((day, period))
        if found is None:
            return None
        instructor = None if found.instructor is None else self.names[found.instructor]
        return Entry(found.subject, instructor, found.room)


@dataclass(frozen=True, slots=True)
class LessonChange:
    """One place to be set; None empties it."""

    day: dt.date
    period: int
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class LessonsWritten:
    """How many places changed, and the clashes of the changed days in words."""

    changed: int
    clashes: tuple[ClashShown, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What is offered while somebody types: subjects and rooms in use, and the active instructors."""

    subjects: tuple[str, ...]
    instructors: tuple[str, ...]
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """How many periods of a course's training days in a span have no lesson, and the first such day."""

    course: CourseRow
    periods: int
    first: dt.date


def timetable(
    desk: Desk, course_id: UUID, start: dt.date | None = None, end: dt.date | None = None
) -> Timetable:
    """A course's timetable between two days, the whole course without them; instructors masked as this desk shows people.

    Raises UsageError for an unknown course.
    """
    with desk.store.read() as connection:
        return read_timetable(desk, connection, course_id, start, end)


def read_timetable(
    desk: Desk,
    connection: sa.Connection,
    course_id: UUID,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Timetable:
    """The timetable as one snapshot shows it."""
    course = _course(connection, course_id)
    first, last = start or course.start, end or course.end
    notes = store.list_notes(connection, course_id)
    days = tuple(
        TimetableDay(row.day, len(periods_of(course.periods, row.minutes)), notes.get(row.day, ""))
        for row in course_store.list_days(connection, course_id)
        if first <= row.day <= last
    )
    everywhere = store.list_lessons(connection, first, last)
    names = _names(desk, store.list_instructors(connection))
    shown = {(one.day, one.period): one for one in everywhere if one.course == course_id}
    return Timetable(course, first, last, days, shown, _clashes(course_id, everywhere, names), names)


def survey_gaps(desk: Desk, start: dt.date, end: dt.date) -> tuple[Gap, ...]:
    """The courses with periods between two days that nobody planned yet, the earliest first; names nobody."""
    found = []
    with desk.store.read() as connection:
        for course in course_store.list_courses(connection):
            if course.start > end or course.end < start:
                continue
            lessons = store.list_lessons(connection, start, end, course_id=course.id)
            taught = {(one.day, one.period) for one in lessons}
            empty = [
                row.day
                for row in course_store.list_days(connection, course.id)
                if start <= row.day <= end
                for period in range(1, len(periods_of(course.periods, row.minutes)) + 1)
                if (row.day, period) not in taught
            ]
            if empty:
                found.append(Gap(course, len(empty), empty[0]))
    return tuple(sorted(found, key=lambda gap: gap.first))


def choices(desk: Desk) -> Choices:
    """What to offer while somebody types; instructors by the names a timetable calls them."""
    with desk.store.read() as connection:
        rows = store.list_instructors(connection)
        names = _names(desk, rows)
        return Choices(
            store.list_subjects(connection),
            tuple(names[row.id] for row in rows if row.active),
            store.list_rooms(connection),
        )


def set_lessons(
    desk: Desk,
    course_id: UUID,
    wanted: Sequence[LessonChange],
    *,
    title: str,
    operation_id: UUID | None = None,
) -> LessonsWritten:
    """Set places of a timetable in one undoable act; a clash is told, not refused.

    Raises Refusal naming each place that cannot be set (no training day, a period the day does not have, an
    instructor who is not in the register); then nothing is written.
    """

    def body(work: Work) -> dict[str, Any]:
        places = _resolve(work.connection, _course(work.connection, course_id), wanted)
        return {"changed": _write(work, course_id, places, title)}

    done = desk.perform(Right.EDIT_COURSE, "timetable.set", body, operation_id)
    touched = sorted({one.day for one in wanted})
    found = timetable(desk, course_id, touched[0], touched[-1]).clashes if touched else ()
    return LessonsWritten(done["changed"], tuple(one for one in found if one.day in touched), title)


def repeat(
    desk: Desk, course_id: UUID, monday: dt.date, weeks: int | None = None, operation_id: UUID | None = None
) -> LessonsWritten:
    """Lay the week of `monday` over the next `weeks` weeks (None: to the end), by weekday and period.

    What is set already stays. Raises Refusal where the week is empty or no later place is free.
    """
    first = monday_of(monday)
    sunday = first + _WEEK

    def body(work: Work) -> dict[str, Any]:
        course = _course(work.connection, course_id)
        held = store.list_lessons(work.connection, course.start, course.end, course_id=course_id)
        source = {
            (one.day.weekday(), one.period): (one.subject, one.instructor, one.room)
            for one in held
            if first <= one.day <= sunday
        }
        if not source:
            raise Refusal("이 주의 시간표가 비어 있어 채울 것이 없습니다.")
        last = course.end if weeks is None else sunday + dt.timedelta(weeks=weeks)
        targets = {
            row.day: len(periods_of(course.periods, row.minutes))
            for row in course_store.list_days(work.connection, course_id)
            if sunday < row.day <= last
        }
        found = repeat_week(source, targets, ((one.day, one.period) for one in held))
        if not found:
            raise Refusal("뒤의 주에 빈 교시가 없어 채우지 않았습니다.")
        title = f"{first.month}/{first.day} 주를 {len(found)}칸에 채우기"
        return {"changed": _write(work, course_id, found, title), "title": title}

    done = desk.perform(Right.EDIT_COURSE, "timetable.repeat", body, operation_id)
    later = tuple(one for one in timetable(desk, course_id).clashes if one.day > sunday)
    return LessonsWritten(done["changed"], later, done["title"])


def set_note(desk: Desk, course_id: UUID, day: dt.date, note: str, operation_id: UUID | None = None) -> None:
    """What the 훈련일지 of a day says besides the timetable; an empty text takes it away. Raises Refusal for no training day."""
    text = note.strip()

    def body(work: Work) -> dict[str, Any]:
        if day not in {row.day for row in course_store.list_days(work.connection, course_id)}:
            raise Refusal(f"{korean_date(day)}은(는) 훈련일이 아닙니다.")
        table = store.day_note
        here = (table.c.course_id == course_id) & (table.c.day == day)
        if not text:
            work.connection.execute(sa.delete(table).where(here))
        elif (
            work.connection.execute(
                sa.update(table).where(here).values(note=text, version=table.c.version + 1)
            ).rowcount
            == 0
        ):
            work.connection.execute(sa.insert(table).values(course_id=course_id, day=day, note=text))
        work.log("timetable.note", SUBJECT, course_id, {"day": day.isoformat()})
        return {"day": day.isoformat()}

    desk.perform(Right.EDIT_COURSE, "timetable.note", body, operation_id)


def _course(connection: sa.Connection, course_id: UUID) -> CourseRow:
    row = course_store.find_course(connection, course_id)
    if row is None:
        raise UsageError("없는 과정입니다. 과정 목록에서 다시 골라 주십시오.")
    return row


def _names(desk: Desk, rows: Sequence[InstructorRow]) -> dict[UUID, str]:
    if desk.masking is Masking.FULL:
        return instructors.labels(rows)
    return {row.id: desk.masking.show_name(row.name) for row in rows}


def _clashes(
    course_id: UUID, everywhere: Sequence[LessonRow], names: Mapping[UUID, str]
) -> tuple[ClashShown, ...]:
    """The clashes of this course's lessons with any other lesson, in words."""
    by_id = {one.id: one for one in everywhere}
    found = []
    held = [
        Held(one.id, one.course, one.day, one.start, one.end, one.instructor, one.room) for one in everywhere
    ]
    for clash in clashes(held):
        pair = (by_id[clash.first], by_id[clash.second])
        for own, other in (pair, pair[::-1]):
            if own.course == course_id:
                what = []
                if clash.same_instructor and own.instructor is not None:
                    what.append(f"강사 {names[own.instructor]}")
                if clash.same_room:
                    what.append(f"강의실 {own.room}")
                when = f"{own.day.month}/{own.day.day}({weekday(own.day)}) {own.period}교시"
                there = f"'{other.course_name}' {clock_time(other.start)}~{clock_time(other.end)}"
                words = f"{when}: {', '.join(what)}이(가) {there} {other.subject}와(과) 겹칩니다."
                found.append(ClashShown(own.day, own.period, words))
    return tuple(sorted(found, key=lambda one: (one.day, one.period)))


def _resolve(
    connection: sa.Connection, course: CourseRow, wanted: Sequence[LessonChange]
) -> dict[tuple[dt.date, int], Kept | None]:
    """What to store at each place; raise Refusal naming every place that cannot be set."""
    days: dict[dt.date, DayRow] = {row.day: row for row in course_store.list_days(connection, course.id)}
    rows = store.list_instructors(connection)
    by_label: dict[str, list[UUID]] = {}
    for row in rows:
        for label in {row.name, instructors.full_label(row)}:
            by_label.setdefault(label, []).append(row.id)
    problems: list[Item] = []
    found: dict[tuple[dt.date, int], Kept | None] = {}
    for one in wanted:
        day = days.get(one.day)
        kept, problem = _kept(one.entry, by_label)
        if day is None:
            problem = "훈련일이 아닙니다."
        elif not 1 <= one.period <= len(periods_of(course.periods, day.minutes)):
            problem = f"이날은 {len(periods_of(course.periods, day.minutes))}교시까지입니다."
        if problem:
            problems.append(Item(f"{korean_date(one.day)} {one.period}교시", problem))
        found[one.day, one.period] = kept
    if problems:
        raise Refusal(
            f"{len(problems)}칸을 적을 수 없어 아무것도 바꾸지 않았습니다: {problems[0].where} — {problems[0].message}",
            items=tuple(problems),
        )
    return found


def _kept(entry: Entry | None, by_label: Mapping[str, Sequence[UUID]]) -> tuple[Kept | None, str]:
    if entry is None:
        return None, ""
    subject, room, name = clean(entry.subject), clean(entry.room or ""), clean(entry.instructor or "")
    if not subject:
        return None, "과목을 적어 주십시오."
    known = by_label.get(name, ())
    if name and not known:
        return None, f"강사 '{name}'이(가) 명부에 없습니다. [강사]에서 먼저 등록하십시오."
    if len(known) > 1:
        return None, f"강사 '{name}'이(가) {len(known)}명입니다. 성명(소속)으로 적어 주십시오."
    return (subject, known[0] if known else None, room or None), ""


_Places = Mapping[tuple[dt.date, int], Kept | None]


def _write(work: Work, course_id: UUID, wanted: _Places, title: str) -> int:
    """Write what differs as one undo step; return how many places changed."""
    now = store.read_places(work.connection, course_id)
    changed = {place: kept for place, kept in wanted.items() if now.get(place) != kept}
    if not changed:
        return 0
    _put(work, course_id, changed)
    places = [
        [day.isoformat(), period, _stored(now.get((day, period))), _stored(kept)]
        for (day, period), kept in changed.items()
    ]
    work.add_undo(SUBJECT, title, {"course": str(course_id), "places": places}, ())
    return len(changed)


def _put(work: Work, course_id: UUID, changed: _Places) -> None:
    store.write_places(work.connection, course_id, changed)
    days = sorted({day for day, _ in changed})
    detail = {"places": len(changed), "from": days[0].isoformat(), "to": days[-1].isoformat()}
    work.log("timetable.set", SUBJECT, course_id, detail)


def _stored(kept: Kept | None) -> list[str | None] | None:
    return None if kept is None else [kept[0], kept[1].hex if kept[1] else None, kept[2]]


def _loaded(value: Sequence[str | None] | None) -> Kept | None:
    if value is None:
        return None
    subject, instructor, room = value
    return (subject or "", UUID(instructor) if instructor else None, room)


def _apply(work: Work, scope: Mapping[str, Any], _parts: object, backwards: bool) -> None:
    """Take a step back or forth; refused where a later change touched one of its places."""
    course_id = UUID(scope["course"])
    wanted: dict[tuple[dt.date, int], Kept | None] = {}
    touched = []
    now = store.read_places(work.connection, course_id)
    for iso, period, old, new in scope["places"]:
        place = (dt.date.fromisoformat(iso), period)
        target, present = (_loaded(old), _loaded(new)) if backwards else (_loaded(new), _loaded(old))
        wanted[place] = target
        if now.get(place) != present:
            touched.append(place)
    if touched:
        raise Refusal(
            f"그 뒤에 다시 바뀐 교시가 {len(touched)}개 있어 되돌리지 않았습니다. 시간표를 확인해 주십시오."
        )
    _put(work, course_id, wanted)


UNDOABLE = changes.Undoable(Right.EDIT_COURSE, _apply)
