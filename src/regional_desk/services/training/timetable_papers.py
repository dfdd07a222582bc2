"""The values of 훈련일지, 시간표 and 강사 출강 내역."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from regional_desk.domain.attendance import MARK_LABELS, Cell, Status
from regional_desk.domain.text import clock_time, korean_date
from regional_desk.domain.timetable import Entry, Span, hours_text, monday_of
from regional_desk.errors import Refusal
from regional_desk.services.attendance import attendance
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.training import courses, instructors, timetable
from regional_desk.services.training.instructors import InstructorMonth, PaidLesson
from regional_desk.services.training.timetable import Timetable

if TYPE_CHECKING:
    from regional_desk.documents.instructor_statement import InstructorPart, TaughtLine
    from regional_desk.documents.paper import Paper
    from regional_desk.documents.timetable_sheet import SheetWeek
    from regional_desk.documents.training_journal import JournalDay, JournalPeriod

_WEEK = dt.timedelta(days=7)
_FRIDAY = 4


def _journal(making: Making) -> Paper:
    from regional_desk.documents import training_journal as paper  # noqa: PLC0415 - only where it is made

    desk, wanted = making.desk, making.wanted.day
    unit_no = making.unit_no
    if wanted is not None:
        units = courses.outline(desk, making.course).units
        unit_no = next((unit.no for unit in units if unit.start <= wanted <= unit.end), unit_no)
    grid = attendance.survey(desk, making.course, unit_no)
    shown = timetable.timetable(desk, making.course, grid.days[0].day, grid.days[-1].day)
    held = [
        one.day for one in grid.days if one.training and (one.day == wanted if wanted else not one.coming)
    ]
    if not held:
        when = f"{korean_date(wanted)}은(는) 훈련일이 아니어서" if wanted else "아직 연 훈련일이 없어"
        raise Refusal(f"{when} 훈련일지를 만들지 않았습니다.")
    making.people += [row.trainee for row in grid.rows]
    places = {row.day: place for place, row in enumerate(grid.course.days, start=1)}
    columns = {one.day: at for at, one in enumerate(grid.days)}
    days = []
    for day in held:
        cells = [
            (desk.masking.show_name(row.name), cell)
            for row in grid.rows
            if (cell := row.cells[columns[day]]) is not None
        ]
        days.append(_journal_day(shown, day, places[day], cells))
    course = grid.course.course
    values = paper.TrainingJournal(
        course=course.name,
        track=course.track,
        room=course.room or "",
        training_days=len(grid.course.days),
        days=tuple(days),
        approval=desk.office.approval,
    )
    return paper.to_paper(values, making.stamp(provisional=any(day.unrecorded for day in days)))


def _journal_day(shown: Timetable, day: dt.date, place: int, cells: Sequence[tuple[str, Cell]]) -> JournalDay:
    from regional_desk.documents.training_journal import JournalDay  # noqa: PLC0415 - only where it is made

    of_day = next(one for one in shown.days if one.day == day)
    by_status = {status: [name for name, cell in cells if cell.status is status] for status in Status}
    remarks = [("결석", by_status[Status.ABSENT]), ("출석인정", by_status[Status.EXCUSED])]
    remarks += [
        (word, [name for name, cell in cells if cell.marks & mark]) for mark, word in MARK_LABELS.items()
    ]
    return JournalDay(
        day=day,
        place=place,
        periods=tuple(_journal_period(shown, day, number) for number in range(1, of_day.periods + 1)),
        enrolled=len(cells),
        present=len(by_status[Status.PRESENT]),
        absent=len(by_status[Status.ABSENT]),
        excused=len(by_status[Status.EXCUSED]),
        unrecorded=len(by_status[Status.UNRECORDED]),
        remarks=tuple((word, tuple(names)) for word, names in remarks if names),
        note=of_day.note,
    )


def _journal_period(shown: Timetable, day: dt.date, number: int) -> JournalPeriod:
    from regional_desk.documents.training_journal import JournalPeriod  # noqa: PLC0415 - only where it is made

    entry = shown.entry(day, number) or Entry("")
    time = _time(shown.course.periods[number - 1])
    room = entry.room or (shown.course.room if entry.subject else None) or ""
    return JournalPeriod(number, time, entry.subject, entry.instructor or "", room)


def _sheet(making: Making) -> Paper:
    from regional_desk.documents import timetable_sheet as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    detail = courses.outline(desk, making.course)
    unit = courses.unit_of(detail, making.unit_no)
    shown = timetable.timetable(desk, making.course, unit.start, unit.end)
    values = paper.TimetableSheet(
        course=detail.course.name,
        track=detail.course.track,
        room=detail.course.room or "",
        unit_no=unit.no,
        start=unit.start,
        end=unit.end,
        training_days=len(shown.days),
        periods=tuple((number, _time(span)) for number, span in enumerate(detail.course.periods, start=1)),
        weeks=_weeks(shown),
        approval=desk.office.approval,
    )
    return paper.to_paper(values, making.stamp())


def _weeks(shown: Timetable) -> tuple[SheetWeek, ...]:
    from regional_desk.documents.timetable_sheet import SheetWeek  # noqa: PLC0415 - only where it is made

    held = {one.day: one.periods for one in shown.days}
    if not held:
        raise Refusal("이 단위기간에는 훈련일이 없어 시간표를 만들지 않았습니다.")
    columns = max(_FRIDAY, *(day.weekday() for day in held)) + 1
    first, last = monday_of(shown.start), monday_of(shown.end)
    weeks = []
    for number in range((last - first).days // 7 + 1):
        monday = first + _WEEK * number
        days = tuple(monday + dt.timedelta(days=at) for at in range(columns))
        if not held.keys() & set(days):
            continue
        lessons = {
            (day, period): _cell(entry)
            for day in days
            for period in range(1, held.get(day, 0) + 1)
            if (entry := shown.entry(day, period)) is not None
        }
        weeks.append(SheetWeek(number + 1, tuple((day, held.get(day, 0)) for day in days), lessons))
    return tuple(weeks)


def _cell(entry: Entry) -> str:
    below = " · ".join(word for word in (entry.instructor, entry.room) if word)
    return f"{entry.subject}\n{below}" if below else entry.subject


def _instructors(making: Making) -> Paper:
    from regional_desk.documents import instructor_statement as paper  # noqa: PLC0415 - only where it is made

    found = instructors.month(making.desk, making.month)
    if not found:
        raise Refusal("이달에 출강한 강사가 없어 만들지 않았습니다.")
    values = paper.InstructorStatement(
        month=making.month,
        hours=hours_text(sum(one.minutes for one in found)),
        instructors=tuple(map(_part, found)),
        approval=making.desk.office.approval,
    )
    return paper.to_paper(values, making.stamp())


def _part(one: InstructorMonth) -> InstructorPart:
    from regional_desk.documents.instructor_statement import InstructorPart  # noqa: PLC0415 - only where it is made

    row = one.instructor
    return InstructorPart(
        name=row.name,
        kind=instructors.KINDS[row.kind],
        organisation=row.organisation or "",
        rate=row.hourly_rate,
        hours=hours_text(one.minutes),
        fee=one.fee,
        lines=tuple(map(_line, _runs(one.lessons))),
    )


def _runs(lessons: Sequence[PaidLesson]) -> list[list[PaidLesson]]:
    """Periods of one subject and course that follow each other on a day, together."""
    runs: list[list[PaidLesson]] = []
    for one in lessons:
        last = runs[-1][-1] if runs else None
        same = last is not None and (
            (last.lesson.day, last.lesson.course, last.lesson.subject, last.lesson.period + 1)
            == (one.lesson.day, one.lesson.course, one.lesson.subject, one.lesson.period)
        )
        if same:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _line(run: Sequence[PaidLesson]) -> TaughtLine:
    from regional_desk.documents.instructor_statement import TaughtLine  # noqa: PLC0415 - only where it is made

    first, last = run[0].lesson, run[-1].lesson
    periods = f"{first.period}교시" if first.period == last.period else f"{first.period}~{last.period}교시"
    minutes = sum(one.minutes for one in run)
    hours = hours_text(minutes) if minutes else "합반(시간 제외)"
    return TaughtLine(first.day, first.course_name, periods, first.subject, hours)


def _time(span: Span) -> str:
    return f"{clock_time(span[0])}~{clock_time(span[1])}"


MAKERS: dict[str, Maker] = {
    "training-journal": _journal,
    "timetable": _sheet,
    "instructor-statement": _instructors,
}
