from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest

from regional_desk.domain.allowance import RunState
from regional_desk.domain.attendance import ABSENT, EXCUSED, Cell, Mark, Status
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.timetable import Entry
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import policies
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import people
from regional_desk.services.training import course_closing, course_days, courses, memberships, timetable
from regional_desk.services.training.course_days import Change
from regional_desk.services.training.timetable import LessonChange


def day(number: int) -> dt.date:
    return dt.date(2026, 8, number)


@pytest.fixture
def course(desk: Desk) -> UUID:
    return courses.list_courses(desk)[0].id


def amounts(desk: Desk, course: UUID) -> dict[UUID, int]:
    return {line.trainee: line.amount for line in allowance.draft(desk, course, 1).lines}


def test_a_preview_is_exactly_what_the_next_draft_pays(desk: Desk, course: UUID) -> None:
    before = amounts(desk, course)
    change = Change(remove=(day(28),), add=(day(22),), last_periods={day(27): 4})
    told = course_days.preview(desk, course, change)
    assert amounts(desk, course) == before  # a preview writes nothing
    done = course_days.commit(desk, course, change, "장비 점검")
    after = amounts(desk, course)
    assert told.people == done.people
    assert {one.person: (one.amount_before, one.amount_after) for one in told.people} == {
        person: (before[person], after[person])
        for person in before
        if person in {one.person for one in told.people}
    }
    unchanged = before.keys() - {one.person for one in told.people}
    assert all(before[person] == after[person] for person in unchanged)
    assert (told.total_before, told.total_after) == (sum(before.values()), sum(after.values()))
    assert told.total_after < told.total_before
    assert (told.added, told.removed, dict(told.lengths)) == ((day(22),), (day(28),), {day(27): 240})


def test_a_day_taken_out_keeps_its_records_and_they_come_back_with_it(desk: Desk, course: UUID) -> None:
    before = attendance.grid(desk, course)
    change = Change(remove=(day(28),))
    told = course_days.preview(desk, course, change)
    assert told.voided == sum(
        cell is not None and cell.status is not Status.UNRECORDED
        for row in before.rows
        for column, cell in zip(before.days, row.cells, strict=True)
        if column.day == day(28)
    )
    course_days.commit(desk, course, change, "태풍 휴강")
    without = attendance.grid(desk, course)
    at = [column.day for column in without.days].index(day(28))
    assert {row.cells[at] for row in without.rows} == {None}
    assert {row.summary.training_days for row in without.rows if row.summary.training_days == 19} == set()
    counted = {line.trainee: line.attended_days for line in allowance.draft(desk, course, 1).lines}
    assert counted == {row.trainee: row.summary.attended_days for row in without.rows}
    with pytest.raises(Refusal, match="소정훈련일이 아닙니다"):
        attendance.set_cells(
            desk, course, [CellChange(before.rows[0].trainee, day(28), ABSENT)], title="무효인 날"
        )
    back = course_days.preview(desk, course, Change(add=(day(28),)))
    assert back.returning == told.voided
    course_days.commit(desk, course, Change(add=(day(28),)), "보강으로 다시 엶")
    assert attendance.grid(desk, course).rows == before.rows


def test_an_added_day_is_unrecorded_and_lowers_the_rate(desk: Desk, course: UUID) -> None:
    course_days.commit(desk, course, Change(add=(day(22),)), "보강")
    shown = attendance.grid(desk, course)
    at = [column.day for column in shown.days].index(day(22))
    assert {cell.status for row in shown.rows if (cell := row.cells[at]) is not None} == {Status.UNRECORDED}
    full = next(row for row in shown.rows if row.summary.attended_days == 19)
    assert (full.summary.training_days, full.summary.rate) == (20, Decimal("95.0"))


def test_a_day_of_a_confirmed_unit_does_not_change(desk: Desk, course: UUID) -> None:
    confirm(desk, course)
    for change in (Change(remove=(day(28),)), Change(add=(day(22),)), Change(last_periods={day(27): 4})):
        with pytest.raises(Refusal, match="확정된 1단위기간"):
            course_days.commit(desk, course, change, "바꾸기")
    with pytest.raises(Refusal, match="시작일과 종료일을"):
        course_days.commit(desk, course, Change(end=dt.date(2026, 8, 31)), "늘리기")
    with pytest.raises(Refusal, match="확정된 1단위기간"):
        course_closing.close(desk, course, day(20), "모집 미달")


def confirm(desk: Desk, course: UUID) -> None:
    policies.adopt(desk, policies.DEFAULT_SCHEME, reference="지침 제1호", document_date=dt.date(2026, 7, 1))
    run = allowance.draft(desk, course, 1)
    for trainee in {item.trainee for item in run.open_items}:
        allowance.hold(desk, course, 1, trainee, "확인 중")
    allowance.check(desk, course, 1)
    assert allowance.confirm(desk, course, 1).state is RunState.CONFIRMED


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_change_without_a_reason_is_refused(desk: Desk, course: UUID, reason: str) -> None:
    with pytest.raises(Refusal, match="사유"):
        course_days.commit(desk, course, Change(remove=(day(28),)), reason)
    assert len(courses.outline(desk, course).days) == 19


def test_a_change_of_nothing_is_refused(desk: Desk, course: UUID) -> None:
    with pytest.raises(Refusal, match="바뀌는 것이 없습니다"):
        course_days.preview(desk, course, Change())


def test_a_course_that_ends_later_takes_working_days_and_one_that_begins_later_its_members(
    desk: Desk, course: UUID
) -> None:
    course_days.commit(desk, course, Change(end=dt.date(2026, 9, 2)), "사흘 연장")
    detail = courses.course(desk, course)
    assert [row.day.isoformat() for row in detail.days[-3:]] == ["2026-08-31", "2026-09-01", "2026-09-02"]
    course_days.commit(desk, course, Change(start=day(5)), "늦게 시작")
    detail = courses.course(desk, course)
    assert {member.joined for member in detail.members} == {day(5)}
    assert detail.units[0].start == day(5)
    with pytest.raises(Refusal, match="넘을 수 없습니다"):
        course_days.commit(desk, course, Change(end=dt.date(2026, 9, 30)), "더 연장")


def test_dates_that_put_somebody_into_two_courses_are_refused(desk: Desk, course: UUID) -> None:
    member = courses.course(desk, course).members[0].person
    later = courses.add_course(
        desk, "Track2 1기", Track.TRACK2, dt.date(2026, 8, 31), dt.date(2026, 9, 25)
    ).course.id
    memberships.enrol(desk, later, [member], direct_reason="이어서 참여")
    with pytest.raises(Refusal, match="다른 과정과 겹쳐") as caught:
        course_days.commit(desk, course, Change(end=dt.date(2026, 9, 1)), "연장")
    assert len(caught.value.items) == 1


def test_lessons_of_a_day_that_goes_or_gets_short_are_kept_but_not_held(desk: Desk, course: UUID) -> None:
    wanted = [LessonChange(day(28), period, Entry("PLC")) for period in (1, 8)]
    timetable.set_lessons(desk, course, wanted, title="시험")
    course_days.commit(desk, course, Change(last_periods={day(28): 4}), "오전만")
    assert list(timetable.timetable(desk, course).lessons) == [(day(28), 1)]
    course_days.commit(desk, course, Change(remove=(day(28),)), "휴강")
    assert not timetable.timetable(desk, course).lessons
    course_days.commit(desk, course, Change(add=(day(28),)), "다시 엶")
    assert len(timetable.timetable(desk, course).lessons) == 2


def test_times_of_a_short_day_count_only_its_own_periods(desk: Desk) -> None:
    short = courses.add_course(desk, "단기", Track.TRACK2, dt.date(2026, 9, 1), dt.date(2026, 9, 4)).course.id
    person = courses.course(desk, courses.list_courses(desk)[-1].id).members[0].person
    memberships.enrol(desk, short, [person], direct_reason="단기 과정")
    course_days.commit(desk, short, Change(last_periods={dt.date(2026, 9, 1): 4}), "오전만")
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(dt.datetime(2026, 9, 5, 9, tzinfo=KST))
    late = Cell(Status.PRESENT, Mark.LATE, 10 * 60, 18 * 60)
    attendance.set_cells(desk, short, [CellChange(person, dt.date(2026, 9, 1), late)], title="지각")
    (row,) = attendance.grid(desk, short).rows
    # 180 of the morning's 240 minutes; the course has 240 + 3 × 480
    assert row.summary.rate == Decimal("10.7")


def test_a_course_closed_early_pays_its_unit_whatever_the_rate(desk: Desk, course: UUID) -> None:
    low = min(attendance.grid(desk, course).rows, key=lambda row: row.summary.rate)
    wanted = [CellChange(low.trainee, row.day, ABSENT) for row in courses.outline(desk, course).days[:6]]
    attendance.set_cells(desk, course, wanted, title="결석")
    told = course_closing.preview(desk, course, day(14))
    done = course_closing.close(desk, course, day(14), "모집 미달", return_to=Stage.SELECTED)
    assert told.people == done.people
    assert [row.day for row in courses.outline(desk, course).days] == [
        day(n) for n in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14)
    ]
    run = allowance.draft(desk, course, 1)
    line = next(line for line in run.lines if line.trainee == low.trainee)
    assert line.rate < 80
    assert line.amount == 20_000 * line.attended_days
    assert any("폐강된 단위기간이라" in sentence for sentence in line.trace)
    assert run.total == told.total_after
    detail = courses.course(desk, course)
    assert detail.course.closed_on == day(14)
    assert {
        member.left for member in detail.members if member.person in {m.person for m in done.leaving}
    } == {day(14)}
    stages = {row.id: row.stage for row in people.list_people(desk)}
    assert {stages[member.person] for member in done.leaving} == {Stage.SELECTED}


def test_whoever_left_before_the_closing_keeps_the_usual_line(desk: Desk, course: UUID) -> None:
    member = courses.course(desk, course).members[0].person
    clear = [
        CellChange(member, row.day, Cell(Status.UNRECORDED)) for row in courses.outline(desk, course).days[3:]
    ]
    attendance.set_cells(desk, course, clear, title="비우기")
    memberships.leave(desk, course, member, day(5), "개인 사정")
    course_closing.close(desk, course, day(14), "모집 미달")
    line = next(line for line in allowance.draft(desk, course, 1).lines if line.trainee == member)
    assert (line.eligible, line.amount) == (False, 0)


def test_closing_asks_for_a_reason_and_a_day_inside_and_happens_once(desk: Desk, course: UUID) -> None:
    with pytest.raises(Refusal, match="사유"):
        course_closing.close(desk, course, day(14), " ")
    for outside in (dt.date(2026, 8, 1), day(28)):
        with pytest.raises(Refusal, match="과정 기간"):
            course_closing.close(desk, course, outside, "모집 미달")
    with pytest.raises(UsageError, match="선발이나 예비"):
        course_closing.close(desk, course, day(14), "모집 미달", return_to=Stage.APPLIED)
    course_closing.close(desk, course, day(14), "모집 미달")
    with pytest.raises(Refusal, match="이미 폐강"):
        course_closing.close(desk, course, day(12), "다시")
    with pytest.raises(Refusal, match="폐강된 과정"):
        course_days.commit(desk, course, Change(add=(day(22),)), "보강")


def test_a_course_closed_before_it_began_has_no_days_and_no_pay(desk: Desk, course: UUID) -> None:
    done = course_closing.close(desk, course, dt.date(2026, 8, 2), "모집 미달")
    assert len(done.days) == 19
    assert courses.outline(desk, course).days == ()
    assert done.total_after == 0


def test_excused_days_recorded_beforehand_do_not_count_after_the_closing(desk: Desk, course: UUID) -> None:
    person = courses.course(desk, course).members[0].person
    attendance.set_cells(desk, course, [CellChange(person, day(28), EXCUSED)], title="공가")
    course_closing.close(desk, course, day(27), "기관 사정")
    line = next(line for line in allowance.draft(desk, course, 1).lines if line.trainee == person)
    assert line.training_days == 18
    assert line.attended_days <= 18
