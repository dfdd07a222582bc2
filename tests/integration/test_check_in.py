"""Check-in at the door, the call list for what stays unknown, and the paper compared by a second person."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from regional_desk.domain.attendance import EMPTY, EXCUSED, Cell, Mark, Status
from regional_desk.domain.check_in import Way, badge_code
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Role
from regional_desk.errors import NotAllowed, Refusal
from regional_desk.services.attendance import attendance, check_in, closings
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.check_in import ScanRefused
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.recruitment import people
from regional_desk.services.safety import accounts
from regional_desk.services.training import courses, memberships
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import audit
from regional_desk.store.accounts import list_users

DAY = dt.date(2026, 9, 1)
OLD_DAY = dt.date(2026, 8, 25)


def at(desk: Desk, time: str, day: dt.date = DAY) -> None:
    """Set the clock."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(dt.datetime.combine(day, dt.time.fromisoformat(time), tzinfo=KST))


def outsiders(desk: Desk, count: int, skip: int = 0) -> list[UUID]:
    """People who were in no course yet."""
    inside = {
        member.person for row in courses.list_courses(desk) for member in courses.course(desk, row.id).members
    }
    return [row.id for row in people.list_people(desk) if row.id not in inside][skip : skip + count]


def new_class(desk: Desk, name: str, start: dt.date = DAY) -> CourseDetail:
    """A class of three that begins on the first of September."""
    made = courses.add_course(desk, name, Track.TRACK1, start, dt.date(2026, 9, 23))
    memberships.enrol(desk, made.course.id, outsiders(desk, 3), direct_reason="심사 결과 선발")
    return courses.course(desk, made.course.id)


@pytest.fixture
def september(desk: Desk) -> CourseDetail:
    """A class with a training day today, at two minutes to nine."""
    made = new_class(desk, "Track1 4기")
    at(desk, "08:58")
    return made


@pytest.fixture
def old_class(desk: Desk) -> CourseDetail:
    """The August course, recorded to its end."""
    return courses.course(desk, next(row.id for row in courses.list_courses(desk) if "3기" in row.name))


def code(course: CourseDetail, place: int = 0) -> str:
    return badge_code(course.members[place].id)


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


def test_a_day_of_scans_becomes_the_record(desk: Desk, september: CourseDetail) -> None:
    trainee = september.members[0].person
    done = check_in.scan(desk, code(september))
    assert (done.word, done.minute, done.cell) == ("입실", 8 * 60 + 58, EMPTY)
    assert done.who.name == september.members[0].name
    at(desk, "10:30")
    check_in.scan(desk, code(september))
    at(desk, "11:10")
    assert check_in.scan(desk, code(september)).word == "귀원"
    assert record(desk, trainee) == EMPTY
    at(desk, "18:00")
    done = check_in.scan(desk, code(september))
    assert done.word == "퇴실"
    assert (done.cell.status, done.cell.marks, done.cell.time_in) == (Status.PRESENT, Mark.OUT, 8 * 60 + 58)
    assert done.cell == record(desk, trainee)


def test_a_scan_after_the_grace_says_how_late(desk: Desk, september: CourseDetail) -> None:
    at(desk, "09:11")
    assert check_in.scan(desk, code(september)).note == "지각 11분"


def test_a_way_in_alone_stays_unrecorded(desk: Desk, september: CourseDetail) -> None:
    check_in.scan(desk, code(september))
    at(desk, "18:30")
    assert record(desk, september.members[0].person) == EMPTY
    standing = check_in.today(desk)[0].rows[0]
    assert (standing.words, standing.inside) == ("퇴실 미확인 (입실 08:58)", True)


def test_a_double_scan_is_told_and_changes_nothing(desk: Desk, september: CourseDetail) -> None:
    check_in.scan(desk, code(september))
    before = audit_lines(desk)
    with pytest.raises(ScanRefused, match="방금 처리했습니다") as refused:
        check_in.scan(desk, code(september))
    assert refused.value.who is not None
    assert refused.value.who.name == september.members[0].name
    assert audit_lines(desk) == before


def audit_lines(desk: Desk) -> int:
    with desk.store.read() as connection:
        return len(audit.read_lines(connection, audit.CHANGES))


@pytest.mark.parametrize("typed", ["9999999999999999", "123", "https://example.com"])
def test_an_unknown_number_is_refused_without_a_name(desk: Desk, september: CourseDetail, typed: str) -> None:
    assert september.members
    with pytest.raises(ScanRefused) as refused:
        check_in.scan(desk, typed)
    assert refused.value.who is None


def test_the_short_number_and_the_place_in_the_list_are_the_same_person(
    desk: Desk, september: CourseDetail
) -> None:
    badges = check_in.badges(desk, september.course.id)
    assert [badge.order for badge in badges] == [1, 2, 3]
    first = check_in.scan(desk, badges[1].number, typed=True)
    at(desk, "18:00")
    second = check_in.scan(desk, "2", course_id=september.course.id, typed=True)
    assert first.who == second.who
    assert record(desk, first.who.trainee).status is Status.PRESENT


def test_all_classes_of_today_are_served_and_a_chosen_one_refuses_the_other(
    desk: Desk, september: CourseDetail
) -> None:
    at(desk, "17:00", dt.date(2026, 8, 31))
    other = new_class(desk, "Track1 5기")
    at(desk, "08:59")
    assert [one.name for one in check_in.today(desk)] == ["Track1 4기", "Track1 5기"]
    assert check_in.scan(desk, code(september)).who.course == "Track1 4기"
    assert check_in.scan(desk, code(other)).who.course == "Track1 5기"
    with pytest.raises(ScanRefused, match="다른 반"):
        check_in.scan(desk, code(other, 1), course_id=september.course.id)
    with pytest.raises(ScanRefused, match="반을 고르거나"):
        check_in.scan(desk, "1")


def test_a_badge_of_a_course_without_a_day_today_is_refused(
    desk: Desk, september: CourseDetail, old_class: CourseDetail
) -> None:
    assert september.days
    with pytest.raises(ScanRefused, match="오늘 훈련일이 아닙니다"):
        check_in.scan(desk, code(old_class))


def test_somebody_who_left_is_refused(desk: Desk, september: CourseDetail) -> None:
    at(desk, "18:00")
    memberships.leave(desk, september.course.id, september.members[0].person, DAY, "개인 사정")
    at(desk, "08:58", dt.date(2026, 9, 2))
    with pytest.raises(ScanRefused, match="나간 교육생"):
        check_in.scan(desk, code(september))


def test_what_a_person_keyed_stays_and_takes_the_times(desk: Desk, september: CourseDetail) -> None:
    trainee = september.members[0].person
    attendance.set_cells(desk, september.course.id, [CellChange(trainee, DAY, EXCUSED)], title="인정")
    at(desk, "14:00")
    check_in.scan(desk, code(september))
    at(desk, "18:00")
    check_in.scan(desk, code(september))
    assert record(desk, trainee) == replace(EXCUSED, time_in=14 * 60, time_out=18 * 60)


def test_the_last_scan_can_be_taken_back_and_the_record_with_it(desk: Desk, september: CourseDetail) -> None:
    trainee = september.members[0].person
    first = check_in.scan(desk, code(september))
    at(desk, "18:00")
    last = check_in.scan(desk, code(september))
    with pytest.raises(Refusal, match="마지막 기록만"):
        check_in.take_back(desk, first.id)
    check_in.take_back(desk, last.id)
    assert record(desk, trainee) == EMPTY
    with pytest.raises(Refusal, match="이미 취소했거나"):
        check_in.take_back(desk, last.id)
    at(desk, "18:05")
    assert check_in.scan(desk, code(september)).word == "퇴실"
    assert record(desk, trainee).time_out == 18 * 60 + 5


def test_a_closed_day_takes_no_scan(desk: Desk, september: CourseDetail) -> None:
    closings.close(desk, september.course.id, DAY, DAY, with_unmarked=True)
    with pytest.raises(ScanRefused, match="마감"):
        check_in.scan(desk, code(september))


def test_the_same_scan_sent_twice_counts_once(desk: Desk, september: CourseDetail) -> None:
    operation = uuid4()
    first = check_in.scan(desk, code(september), operation_id=operation)
    at(desk, "12:00")
    assert check_in.scan(desk, code(september), operation_id=operation).id == first.id


def test_a_way_can_be_asked_for(desk: Desk, september: CourseDetail) -> None:
    check_in.scan(desk, code(september), way=Way.IN)
    at(desk, "09:30")
    with pytest.raises(ScanRefused, match="이미 들어와"):
        check_in.scan(desk, code(september), way=Way.IN)


def test_a_scan_names_nobody_in_the_log(desk: Desk, september: CourseDetail) -> None:
    check_in.scan(desk, code(september))
    with desk.store.read() as connection:
        line = audit.read_lines(connection, audit.CHANGES, limit=1)[0]
    assert line.action == "check_in.scan"
    assert line.detail == '{"day":"2026-09-01","means":"scan"}'


def test_who_may_not_enter_attendance_scans_nobody(desk: Desk, september: CourseDetail) -> None:
    viewer = second_person(desk, frozenset({Role.VIEWER}))
    with pytest.raises(NotAllowed):
        check_in.scan(viewer, code(september))
    assert "*" in check_in.today(viewer)[0].rows[0].who.name
