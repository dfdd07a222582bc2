from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from regional_desk.domain.people import Track
from regional_desk.domain.timetable import Entry
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.services.attendance import attendance
from regional_desk.services.desk import Desk
from regional_desk.services.safety import logs
from regional_desk.services.training import course_edits, courses, instructors, timetable
from regional_desk.services.training.course_edits import CourseValues
from regional_desk.services.training.instructors import InstructorValues
from regional_desk.services.training.timetable import LessonChange

MONDAY = dt.date(2026, 8, 3)
DAY = dt.timedelta(days=1)


@pytest.fixture
def course(desk: Desk) -> UUID:
    return courses.list_courses(desk)[0].id


@pytest.fixture
def kim(desk: Desk) -> UUID:
    values = InstructorValues("김가상", organisation="한빛기술", phone="010-1234-5678", hourly_rate=50_000)
    return instructors.add(desk, values)


def put(desk: Desk, course: UUID, day: dt.date, period: int, *entry: str) -> timetable.LessonsWritten:
    wanted = [LessonChange(day, period, Entry(*entry) if entry else None)]
    return timetable.set_lessons(desk, course, wanted, title="시험")


def test_what_is_set_is_read_back_and_undone_in_one_list_with_attendance(
    desk: Desk, course: UUID, kim: UUID
) -> None:
    put(desk, course, MONDAY, 1, "PLC 기초", "김가상", "실습실 1")
    put(desk, course, MONDAY, 1, "PLC 응용", "김가상", "실습실 1")
    shown = timetable.timetable(desk, course, MONDAY, MONDAY)
    assert shown.entry(MONDAY, 1) == Entry("PLC 응용", "김가상", "실습실 1")
    assert shown.lessons[MONDAY, 1].instructor == kim
    step = attendance.undo(desk)
    assert step is not None
    assert step.subject == timetable.SUBJECT
    assert timetable.timetable(desk, course).entry(MONDAY, 1) == Entry("PLC 기초", "김가상", "실습실 1")
    attendance.redo(desk)
    assert timetable.timetable(desk, course).entry(MONDAY, 1) == Entry("PLC 응용", "김가상", "실습실 1")
    put(desk, course, MONDAY, 1)
    assert timetable.timetable(desk, course).entry(MONDAY, 1) is None


def test_a_step_is_not_taken_back_over_a_later_change(desk: Desk, course: UUID) -> None:
    put(desk, course, MONDAY, 1, "PLC")
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE lesson SET subject = 'CAD'")
    with pytest.raises(Refusal, match="되돌리지 않았습니다"):
        attendance.undo(desk)
    assert timetable.timetable(desk, course).entry(MONDAY, 1) == Entry("CAD")


@pytest.mark.parametrize(
    ("day", "period", "entry", "told"),
    [
        (dt.date(2026, 8, 8), 1, ("PLC",), "훈련일이 아닙니다"),
        (MONDAY, 9, ("PLC",), "8교시까지"),
        (MONDAY, 1, ("PLC", "없는분"), "명부에 없습니다"),
        (MONDAY, 1, (" ",), "과목을"),
    ],
)
def test_a_place_that_cannot_be_set_is_named_and_nothing_is_written(
    desk: Desk, course: UUID, day: dt.date, period: int, entry: tuple[str, ...], told: str
) -> None:
    wanted = [LessonChange(MONDAY, 2, Entry("CAD")), LessonChange(day, period, Entry(*entry))]
    with pytest.raises(Refusal, match=told) as caught:
        timetable.set_lessons(desk, course, wanted, title="시험")
    assert len(caught.value.items) == 1
    assert not timetable.timetable(desk, course).lessons


def test_two_instructors_of_one_name_are_told_apart_by_where_they_come_from(
    desk: Desk, course: UUID, kim: UUID
) -> None:
    other = instructors.add(desk, InstructorValues("김가상", organisation="새벽기술"))
    with pytest.raises(Refusal, match="2명"):
        put(desk, course, MONDAY, 1, "PLC", "김가상")
    put(desk, course, MONDAY, 1, "PLC", "김가상(새벽기술)")
    shown = timetable.timetable(desk, course)
    assert shown.lessons[MONDAY, 1].instructor == other != kim
    assert shown.entry(MONDAY, 1) == Entry("PLC", "김가상(새벽기술)")
    with pytest.raises(Refusal, match="이미 강사 명부에"):
        instructors.add(desk, InstructorValues("김가상", organisation="새벽기술"))


def test_a_clash_is_told_at_once_and_on_both_courses(desk: Desk, course: UUID, kim: UUID) -> None:
    other = courses.add_course(desk, "Track2 1기", Track.TRACK2, MONDAY, dt.date(2026, 8, 28)).course
    put(desk, course, MONDAY, 1, "PLC", "김가상", "실습실 1")
    done = put(desk, other.id, MONDAY, 1, "AI 기초", "김가상", "실습실1")
    assert [clash.words for clash in done.clashes] == [
        "8/3(월) 1교시: 강사 김가상, 강의실 실습실1이(가) 'Track1 3기 생산기술' 09:00~10:00 PLC와(과) 겹칩니다."
    ]
    assert len(timetable.timetable(desk, course).clashes) == 1
    assert not put(desk, other.id, MONDAY, 1, "AI 기초", "", "실습실 2").clashes


def test_a_week_fills_the_later_ones_without_overwriting(desk: Desk, course: UUID) -> None:
    put(desk, course, MONDAY, 1, "PLC")
    put(desk, course, MONDAY + DAY, 8, "CAD")
    put(desk, course, MONDAY + 7 * DAY, 1, "견학")
    timetable.repeat(desk, course, MONDAY, weeks=1)
    shown = timetable.timetable(desk, course)
    assert shown.entry(MONDAY + 7 * DAY, 1) == Entry("견학")
    assert shown.entry(MONDAY + 8 * DAY, 8) == Entry("CAD")
    assert shown.entry(MONDAY + 15 * DAY, 8) is None
    timetable.repeat(desk, course, MONDAY)
    # 17 August is a substitute holiday, so the third Monday has no place
    assert [day.day for day, _ in sorted(timetable.timetable(desk, course).lessons)] == [
        3,
        4,
        10,
        11,
        18,
        24,
        25,
    ]
    with pytest.raises(Refusal, match="빈 교시가 없어"):
        timetable.repeat(desk, course, MONDAY)


def test_hours_and_fee_of_a_month_count_a_joint_class_once(desk: Desk, course: UUID, kim: UUID) -> None:
    other = courses.add_course(desk, "Track2 1기", Track.TRACK2, MONDAY, dt.date(2026, 8, 28)).course
    for period in (1, 2, 3):
        put(desk, course, MONDAY, period, "PLC", "김가상")
    put(desk, other.id, MONDAY, 1, "PLC", "김가상")
    (found,) = instructors.month(desk, "2026-08")
    assert (found.instructor.id, found.minutes, found.fee) == (kim, 180, 150_000)
    assert [one.minutes for one in found.lessons] == [60, 0, 60, 60]
    assert instructors.month(desk, "2026-09") == ()
    with pytest.raises(UsageError):
        instructors.month(desk, "8월")


def test_an_instructor_changes_only_from_the_row_that_was_read(desk: Desk, kim: UUID) -> None:
    (row,) = instructors.list_instructors(desk)
    assert row.phone == "01012345678"
    instructors.edit(desk, kim, row.version, InstructorValues("김가상", hourly_rate=60_000), active=False)
    with pytest.raises(Refusal, match="먼저 바꾸었습니다"):
        instructors.edit(desk, kim, row.version, InstructorValues("김가상", hourly_rate=70_000))
    assert instructors.list_instructors(desk, active_only=True) == ()
    assert instructors.list_instructors(desk)[0].hourly_rate == 60_000


def test_guests_see_instructors_masked(desk: Desk, course: UUID, kim: UUID) -> None:
    put(desk, course, MONDAY, 1, "PLC", "김가상")
    guests = desk.for_guests()
    assert instructors.find_instructor(guests, str(kim)).name == "김*상"
    assert instructors.list_instructors(guests)[0].phone == "010-****-5678"
    assert timetable.timetable(guests, course).entry(MONDAY, 1) == Entry("PLC", "김*상")
    assert instructors.month(guests, "2026-08")[0].instructor.name == "김*상"


def test_the_logs_name_no_instructor(desk: Desk, course: UUID, kim: UUID) -> None:
    put(desk, course, MONDAY, 1, "PLC", "김가상", "실습실 1")
    with desk.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT detail FROM change_log").scalars().all()
    assert not [row for row in rows if "김가상" in row or "실습실" in row]
    assert logs.verify_start(desk) == ()


def test_a_day_note_is_kept_and_taken_away(desk: Desk, course: UUID) -> None:
    timetable.set_note(desk, course, MONDAY, "입과식 09:00")
    timetable.set_note(desk, course, MONDAY, "입과식 10:00")
    assert timetable.timetable(desk, course).days[0].note == "입과식 10:00"
    timetable.set_note(desk, course, MONDAY, " ")
    assert timetable.timetable(desk, course).days[0].note == ""
    with pytest.raises(Refusal, match="훈련일이 아닙니다"):
        timetable.set_note(desk, course, dt.date(2026, 8, 8), "쉬는 날")


def test_a_copy_has_as_many_days_and_each_ones_timetable(desk: Desk, course: UUID, kim: UUID) -> None:
    put(desk, course, MONDAY, 1, "PLC", "김가상", "실습실 1")
    put(desk, course, dt.date(2026, 8, 28), 8, "수료식")
    made = course_edits.copy(desk, course, "Track1 4기", dt.date(2026, 9, 7))
    assert len(made.days) == 19
    assert made.members == ()
    shown = timetable.timetable(desk, made.course.id)
    assert shown.entry(made.days[0].day, 1) == Entry("PLC", "김가상", "실습실 1")
    assert shown.entry(made.days[-1].day, 8) == Entry("수료식")
    with pytest.raises(Refusal, match="이미 있어"):
        course_edits.copy(desk, course, "Track1 4기", dt.date(2026, 10, 5))


def test_a_copy_without_timetable_leaves_inactive_instructors_and_lessons_out(
    desk: Desk, course: UUID, kim: UUID
) -> None:
    put(desk, course, MONDAY, 1, "PLC", "김가상")
    instructors.edit(desk, kim, 1, InstructorValues("김가상"), active=False)
    made = course_edits.copy(desk, course, "Track1 4기", dt.date(2026, 9, 7))
    assert timetable.timetable(desk, made.course.id).entry(made.days[0].day, 1) == Entry("PLC")
    bare = course_edits.copy(desk, course, "Track1 5기", dt.date(2026, 9, 7), with_timetable=False)
    assert not timetable.timetable(desk, bare.course.id).lessons


def test_place_and_scheme_of_a_course_are_changed_by_the_row_that_was_read(desk: Desk, course: UUID) -> None:
    row = courses.outline(desk, course).course
    values = CourseValues("Track1 3기", "48270", "본관 3층", "basis-2025")
    course_edits.edit(desk, course, row.version, values)
    after = courses.outline(desk, course).course
    assert (after.name, after.region, after.room, after.scheme) == (
        "Track1 3기",
        "48270",
        "본관 3층",
        "basis-2025",
    )
    with pytest.raises(Refusal, match="먼저 바꾸었습니다"):
        course_edits.edit(desk, course, row.version, CourseValues("다른 이름", "48270", None, "basis-2025"))
    with pytest.raises(UsageError, match="시군구"):
        course_edits.edit(desk, course, after.version, CourseValues("가", "99999", None, "basis-2025"))


def test_nobody_without_the_right_changes_a_timetable(desk: Desk, course: UUID) -> None:
    desk._rights = frozenset()
    with pytest.raises(NotAllowed):
        put(desk, course, MONDAY, 1, "PLC")
