"""The call list for what stays unknown, and the signed paper compared by a second person."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest

from regional_desk.domain.attendance import ABSENT, EMPTY, PRESENT, Cell, show_cell
from regional_desk.domain.check_in import badge_code
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Role
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.attendance import attendance, call_lists, check_in, closings, second_entry
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.recruitment import people
from regional_desk.services.safety import accounts
from regional_desk.services.training import counselling, courses, memberships
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import audit
from regional_desk.store.accounts import list_users

DAY = dt.date(2026, 9, 1)
OLD_DAY = dt.date(2026, 8, 25)


def at(desk: Desk, time: str, day: dt.date = DAY) -> None:
    """Set the clock."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(dt.datetime.combine(day, dt.time.fromisoformat(time), tzinfo=KST))


def record(desk: Desk, trainee: UUID, day: dt.date = DAY) -> Cell:
    """The record as it is stored."""
    with desk.store.read() as connection:
        return attendance.cells_of(connection, trainee, [day]).get(day, EMPTY)


def second_person(desk: Desk, roles: frozenset[Role] = frozenset({Role.TRAINING})) -> Desk:
    """Another person's desk on the same office."""
    accounts.add_user(desk, "lee", "이교육", list(roles), "second-hand-1")
    with desk.store.read() as connection:
        user = next(one for one in list_users(connection) if one.login == "lee")
    return Desk(desk.store, Actor(user.id, user.login, user.name, roles), desk.office, desk.clock)


@pytest.fixture
def old_class(desk: Desk) -> CourseDetail:
    """The August course, recorded to its end."""
    return courses.course(desk, next(row.id for row in courses.list_courses(desk) if "3기" in row.name))


def unset(desk: Desk, course: CourseDetail, places: list[tuple[int, dt.date]]) -> None:
    """Take records away."""
    found = [CellChange(course.members[place].person, day, EMPTY) for place, day in places]
    attendance.set_cells(desk, course.course.id, found, title="비움")


@pytest.fixture
def call_list(desk: Desk, old_class: CourseDetail) -> UUID:
    """A list of three calls: the fifth of the class about one day, the first about two."""
    attendance.fill_present(
        desk,
        old_class.course.id,
        [one.person for one in old_class.members],
        [row.day for row in old_class.days],
    )
    unset(desk, old_class, [(4, OLD_DAY), (0, OLD_DAY), (0, dt.date(2026, 8, 24))])
    return call_lists.make(desk, old_class.course.id, old_class.course.start, old_class.course.end)


def test_a_call_list_holds_the_unmarked_cells_person_by_person(
    desk: Desk, old_class: CourseDetail, call_list: UUID
) -> None:
    shown = call_lists.show(desk, call_list)
    assert [(line.number, line.order, line.day) for line in shown.lines] == [
        (1, 1, dt.date(2026, 8, 24)),
        (2, 1, OLD_DAY),
        (3, 5, OLD_DAY),
    ]
    assert shown.lines[0].phone.startswith("010-")
    assert (shown.open, shown.number, shown.course) == (3, 1, old_class.course.name)


def test_answers_become_records_and_contact_notes(desk: Desk, call_list: UUID) -> None:
    trainee = call_lists.show(desk, call_list).lines[0].trainee
    call_lists.answer(desk, call_list, 1, ABSENT, "몸살")
    call_lists.answer(desk, call_list, 2, None)
    shown = call_lists.show(desk, call_list)
    assert [(line.answer, line.note) for line in shown.lines] == [("결석", "몸살"), ("부재", ""), ("", "")]
    assert record(desk, trainee, dt.date(2026, 8, 24)) == ABSENT
    assert record(desk, trainee, OLD_DAY) == EMPTY
    notes = {(one.said, one.result) for one in counselling.list_records(desk, trainee)}
    assert ("2026. 8. 24. 출결 확인 전화: 몸살", "결석") in notes
    assert ("2026. 8. 25. 출결 확인 전화", "부재") in notes
    assert [(one.open, one.lines) for one in call_lists.waiting(desk)] == [(1, 3)]


def test_a_line_may_be_answered_again(desk: Desk, call_list: UUID) -> None:
    trainee = call_lists.show(desk, call_list).lines[0].trainee
    day = dt.date(2026, 8, 24)
    for cell in (PRESENT, ABSENT):
        call_lists.answer(desk, call_list, 1, cell)
        assert record(desk, trainee, day) == cell
    call_lists.answer(desk, call_list, 1, None)
    assert record(desk, trainee, day) == EMPTY


def test_what_somebody_entered_meanwhile_is_kept(
    desk: Desk, old_class: CourseDetail, call_list: UUID
) -> None:
    line = call_lists.show(desk, call_list).lines[0]
    attendance.set_cells(desk, old_class.course.id, [CellChange(line.trainee, line.day, PRESENT)], title="칸")
    with pytest.raises(Refusal, match="그 사이 '출석'"):
        call_lists.answer(desk, call_list, 1, ABSENT)
    assert call_lists.show(desk, call_list).lines[0].open
    call_lists.answer(desk, call_list, 1, PRESENT)
    assert call_lists.show(desk, call_list).lines[0].answer == "출석"


def test_a_closed_day_is_not_asked_for(desk: Desk, old_class: CourseDetail, call_list: UUID) -> None:
    closings.close(desk, old_class.course.id, OLD_DAY, OLD_DAY, with_unmarked=True)
    with pytest.raises(Refusal, match="마감"):
        call_lists.answer(desk, call_list, 2, ABSENT)
    again = call_lists.make(desk, old_class.course.id, old_class.course.start, old_class.course.end)
    assert [line.day for line in call_lists.show(desk, again).lines] == [dt.date(2026, 8, 24)]
    assert call_lists.show(desk, again).number == 2


def test_a_course_without_unmarked_cells_needs_no_list(desk: Desk, old_class: CourseDetail) -> None:
    attendance.fill_present(
        desk,
        old_class.course.id,
        [one.person for one in old_class.members],
        [row.day for row in old_class.days],
    )
    with pytest.raises(Refusal, match="전화로 물을 미입력이 없"):
        call_lists.make(desk, old_class.course.id, old_class.course.start, old_class.course.end)


def test_the_list_says_what_the_scans_knew(desk: Desk, old_class: CourseDetail) -> None:
    made = courses.add_course(desk, "Track1 4기", Track.TRACK1, DAY, dt.date(2026, 9, 23))
    inside = {member.person for member in old_class.members}
    newcomer = next(row.id for row in people.list_people(desk) if row.id not in inside)
    memberships.enrol(desk, made.course.id, [newcomer], direct_reason="심사 결과 선발")
    member = courses.course(desk, made.course.id).members[0]
    at(desk, "08:58")
    check_in.scan(desk, badge_code(member.id))
    at(desk, "09:00", dt.date(2026, 9, 2))
    printed = call_lists.make(desk, made.course.id, DAY, DAY)
    assert call_lists.show(desk, printed).lines[0].hint == "퇴실 미확인 (입실 08:58)"


def test_whoever_may_not_unmask_sees_no_number_and_no_note(desk: Desk, call_list: UUID) -> None:
    call_lists.answer(desk, call_list, 1, ABSENT, "몸살")
    line = call_lists.show(desk.for_guests(), call_list).lines[0]
    assert line.phone.startswith("010-****-")
    assert line.note == call_lists.HIDDEN


def test_an_unknown_list_or_line_is_told(desk: Desk, call_list: UUID) -> None:
    with pytest.raises(UsageError, match="없는 전화표"):
        call_lists.show(desk, uuid4())
    with pytest.raises(UsageError, match="9번이 없습니다"):
        call_lists.answer(desk, call_list, 9, ABSENT)


def test_only_where_paper_and_record_differ_is_shown(desk: Desk, old_class: CourseDetail) -> None:
    other, course_id = second_person(desk), old_class.course.id
    trainees = [one.person for one in old_class.members[:3]]
    firsts = [record(desk, trainee, OLD_DAY) for trainee in trainees]
    for trainee, first in zip(trainees, firsts, strict=True):
        second_entry.enter(other, course_id, OLD_DAY, trainee, first)
    assert second_entry.compared(other, course_id).mismatches == ()
    wrong = ABSENT if firsts[1] != ABSENT else PRESENT
    second_entry.enter(other, course_id, OLD_DAY, trainees[1], wrong)
    found = second_entry.compared(desk, course_id)
    assert (found.entered, found.agreeing, found.settled) == (3, 2, 0)
    assert [(one.trainee, one.first, one.second, one.by) for one in found.mismatches] == [
        (trainees[1], firsts[1], wrong, "이교육")
    ]
    assert second_entry.courses_with_mismatches(desk) == ((course_id, old_class.course.name, 1),)


def test_the_sheet_to_key_shows_nothing_of_the_records(desk: Desk, old_class: CourseDetail) -> None:
    sheet = second_entry.blind_day(desk, old_class.course.id, OLD_DAY)
    assert len(sheet.rows) == len(old_class.members)
    assert {row.second for row in sheet.rows} == {EMPTY}
    assert sheet.entered == 0


@pytest.mark.parametrize("by_paper", [True, False])
def test_a_mismatch_is_settled_by_paper_or_by_record(
    desk: Desk, old_class: CourseDetail, by_paper: bool
) -> None:
    course_id, trainee = old_class.course.id, old_class.members[0].person
    attendance.set_cells(desk, course_id, [CellChange(trainee, OLD_DAY, PRESENT)], title="칸")
    second_entry.enter(second_person(desk), course_id, OLD_DAY, trainee, ABSENT)
    second_entry.settle(desk, course_id, trainee, OLD_DAY, by_paper=by_paper)
    assert record(desk, trainee, OLD_DAY) == (ABSENT if by_paper else PRESENT)
    assert second_entry.compared(desk, course_id).mismatches == ()
    with pytest.raises(Refusal, match="이미 정한 칸"):
        second_entry.settle(desk, course_id, trainee, OLD_DAY, by_paper=True)


def test_a_cell_without_record_agrees_with_nothing(desk: Desk, old_class: CourseDetail) -> None:
    trainee = old_class.members[0].person
    unset(desk, old_class, [(0, OLD_DAY)])
    second_entry.enter(second_person(desk), old_class.course.id, OLD_DAY, trainee, PRESENT)
    assert [show_cell(one.first) for one in second_entry.compared(desk, old_class.course.id).mismatches] == [
        "미입력"
    ]


def test_who_entered_the_record_does_not_read_the_paper_where_another_can(
    desk: Desk, old_class: CourseDetail
) -> None:
    course_id, trainee = old_class.course.id, old_class.members[0].person
    attendance.set_cells(desk, course_id, [CellChange(trainee, OLD_DAY, ABSENT)], title="칸")
    second_entry.enter(desk, course_id, OLD_DAY, trainee, ABSENT)  # nobody else is there: 단독 처리
    with desk.store.read() as connection:
        assert audit.read_lines(connection, audit.CHANGES, limit=1)[0].detail == '{"solo":true}'
    second_person(desk)
    with pytest.raises(Refusal, match="이교육"):
        second_entry.enter(desk, course_id, OLD_DAY, trainee, PRESENT)


def test_a_second_entry_can_be_taken_away(desk: Desk, old_class: CourseDetail) -> None:
    course_id, trainee = old_class.course.id, old_class.members[0].person
    other = second_person(desk)
    second_entry.enter(other, course_id, OLD_DAY, trainee, ABSENT)
    second_entry.enter(other, course_id, OLD_DAY, trainee, EMPTY)
    assert second_entry.compared(desk, course_id).entered == 0


@pytest.mark.parametrize("day", [dt.date(2026, 8, 29), dt.date(2026, 9, 1)])
def test_a_day_without_a_paper_is_refused(desk: Desk, old_class: CourseDetail, day: dt.date) -> None:
    with pytest.raises(Refusal, match="서명부가 없습니다"):
        second_entry.blind_day(desk, old_class.course.id, day)
