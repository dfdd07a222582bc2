"""지급 제외 확인: the questions, the answers with their spans, deductions, and what they do to a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from regional_desk.domain.attendance import PRESENT, Cell, DayPart, Evidence, Mark, SpanKind, Status
from regional_desk.domain.benefits import LABELS, Answer
from regional_desk.domain.policies import DeductionKind
from regional_desk.domain.policy_terms import Terms
from regional_desk.errors import OpenItems, Refusal
from regional_desk.services import policies
from regional_desk.services.attendance import attendance, excused_days
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.pay import allowance, benefits, deductions, policy_preview
from regional_desk.services.pay.benefits import Given
from regional_desk.services.training import courses

FIRST, LATER = dt.date(2026, 8, 3), dt.date(2026, 8, 24)


@pytest.fixture
def course(desk: Desk) -> UUID:
    return courses.list_courses(desk)[0].id


def people_of(desk: Desk, course: UUID) -> list[UUID]:
    return [member.person for member in courses.course(desk, course).members]


def kinds_open(desk: Desk, course: UUID) -> dict[UUID, set[str]]:
    run = allowance.draft(desk, course, 1)
    return {line.trainee: {item.kind for item in line.open_items} for line in run.lines}


def amount_of(desk: Desk, course: UUID, person: UUID) -> int:
    return next(line.amount for line in allowance.draft(desk, course, 1).lines if line.trainee == person)


def test_what_was_never_asked_blocks_nobody(desk: Desk, course: UUID) -> None:
    sheet = benefits.sheet(desk, course)
    assert (sheet.asked, len(sheet.rows)) == (False, 40)
    assert not any("benefits" in kinds for kinds in kinds_open(desk, course).values())


def test_once_asked_every_unknown_blocks_its_row(desk: Desk, course: UUID) -> None:
    assert benefits.ask(desk, course) == 40 * len(LABELS)
    assert benefits.ask(desk, course) == 0
    assert benefits.waiting(desk) == ((course, "Track1 3기 생산기술", 40),)
    assert all("benefits" in kinds for kinds in kinds_open(desk, course).values())
    allowance.check(desk, course, 1)
    policies.adopt(desk, policies.DEFAULT_SCHEME, reference="지역혁신과-1", document_date=FIRST)
    allowance.draft(desk, course, 1)
    allowance.check(desk, course, 1)
    with pytest.raises(OpenItems) as refused:
        allowance.confirm(desk, course, 1)
    assert any("지급 제외 미확인: 구직급여" in item.message for item in refused.value.items)


def test_all_no_settles_what_is_unknown_and_nothing_else(desk: Desk, course: UUID) -> None:
    benefits.ask(desk, course)
    person, other = people_of(desk, course)[:2]
    benefits.answer(desk, course, [Given(person, "unemployment_benefit", Answer.YES, None, FIRST, FIRST)])
    assert benefits.all_no(desk, course, {person, other}) == 2 * len(LABELS) - 1
    assert benefits.all_no(desk, course) == 38 * len(LABELS)
    rows = {row.member.person: row for row in benefits.sheet(desk, course).rows}
    assert rows[person].answers["unemployment_benefit"] is Answer.YES
    assert not any(row.open for row in rows.values())


def test_all_no_leaves_a_question_whose_span_is_on_record(desk: Desk, course: UUID) -> None:
    person = people_of(desk, course)[0]
    benefits.ask(desk, course)
    given = Given(person, "subsidised_job", Answer.YES, None, FIRST, LATER)
    benefits.answer(desk, course, [given])
    benefits.answer(desk, course, [replace(given, answer=Answer.UNKNOWN, start=None, end=None)])
    benefits.all_no(desk, course)
    row = next(row for row in benefits.sheet(desk, course).rows if row.member.person == person)
    assert row.answers["subsidised_job"] is Answer.UNKNOWN


def test_a_yes_needs_a_span_in_the_course_and_takes_its_days_off(desk: Desk, course: UUID) -> None:
    benefits.ask(desk, course)
    run = allowance.draft(desk, course, 1)
    line = next(line for line in run.lines if line.amount == 380_000)
    bare = Given(line.trainee, "unemployment_benefit", Answer.YES, Answer.UNKNOWN)
    with pytest.raises(Refusal, match="기간을 함께"):
        benefits.answer(desk, course, [bare])
    with pytest.raises(Refusal, match="기간을 함께"):
        benefits.answer(desk, course, [replace(bare, start=dt.date(2026, 1, 1), end=dt.date(2026, 1, 5))])
    assert benefits.answer(desk, course, [replace(bare, start=FIRST, end=dt.date(2026, 8, 5))]) == 1
    assert amount_of(desk, course, line.trainee) == 320_000


def test_no_is_refused_while_a_span_is_on_record_until_it_is_taken_away(desk: Desk, course: UUID) -> None:
    benefits.ask(desk, course)
    person = people_of(desk, course)[0]
    given = Given(person, "employment", Answer.YES, None, LATER)
    benefits.answer(desk, course, [given])
    no = Given(person, "employment", Answer.NO)
    with pytest.raises(Refusal, match="먼저 지우십시오"):
        benefits.answer(desk, course, [no])
    span = next(row.spans[0] for row in benefits.sheet(desk, course).rows if row.member.person == person)
    benefits.remove_span(desk, span)
    open_now = next(row.open for row in benefits.sheet(desk, course).rows if row.member.person == person)
    assert any("기간 없음" in words for words in open_now)
    assert benefits.answer(desk, course, [no]) == 1
    with pytest.raises(Refusal, match="이미 없습니다"):
        benefits.remove_span(desk, span)


def test_an_answer_given_in_between_is_not_written_over(desk: Desk, course: UUID) -> None:
    benefits.ask(desk, course)
    person = people_of(desk, course)[0]
    benefits.answer(desk, course, [Given(person, "daily_work", Answer.NO)])
    with pytest.raises(Refusal, match="다른 사람이 먼저"):
        benefits.answer(desk, course, [Given(person, "daily_work", Answer.UNKNOWN, Answer.UNKNOWN)])


def test_daily_work_of_nine_days_is_paid_and_of_ten_is_not(desk: Desk, course: UUID) -> None:
    line = next(line for line in allowance.draft(desk, course, 1).lines if line.amount == 380_000)
    nine = Given(line.trainee, "daily_work", Answer.YES, None, FIRST, dt.date(2026, 8, 11))
    benefits.answer(desk, course, [nine])
    assert amount_of(desk, course, line.trainee) == 380_000
    tenth = replace(nine, start=dt.date(2026, 8, 12), end=dt.date(2026, 8, 12))
    benefits.answer(desk, course, [tenth])
    assert amount_of(desk, course, line.trainee) == 380_000 - 8 * 20_000


def test_deductions_change_nothing_until_the_policy_has_them_on(desk: Desk, course: UUID) -> None:
    line = next(line for line in allowance.draft(desk, course, 1).lines if line.amount == 380_000)
    meals = deductions.Days(line.trainee, DeductionKind.MEALS, 10)
    assert deductions.set_days(desk, course, 1, [meals]) == 1
    assert amount_of(desk, course, line.trainee) == 380_000
    terms = Terms(deductions=frozenset({DeductionKind.MEALS}))
    tried = policy_preview.preview(desk, policies.DEFAULT_SCHEME, terms)
    assert (tried.people, tried.total_after - tried.total_before) == (1, -33_000)
    policies.adopt(desk, policies.DEFAULT_SCHEME, reference="지역혁신과-1", document_date=FIRST, terms=terms)
    assert deductions.sheet(desk, course, 1).on == {DeductionKind.MEALS}
    assert amount_of(desk, course, line.trainee) == 347_000


@pytest.mark.parametrize(
    ("kind", "days", "why"),
    [
        (DeductionKind.MEALS, 20, "0~19"),
        (DeductionKind.DORMITORY, -1, "0~19"),
        (DeductionKind.SURVEY, 2, "0~1"),
    ],
)
def test_days_of_a_deduction_stay_inside_the_unit(
    desk: Desk, course: UUID, kind: DeductionKind, days: int, why: str
) -> None:
    person = people_of(desk, course)[0]
    with pytest.raises(Refusal, match=why):
        deductions.set_days(desk, course, 1, [deductions.Days(person, kind, days)])
    assert deductions.sheet(desk, course, 1).days == {}


def test_days_of_a_deduction_changed_in_between_are_not_written_over(desk: Desk, course: UUID) -> None:
    person = people_of(desk, course)[0]
    one = deductions.Days(person, DeductionKind.MEALS, 3)
    deductions.set_days(desk, course, 1, [one])
    with pytest.raises(Refusal, match="다른 사람이 먼저"):
        deductions.set_days(desk, course, 1, [replace(one, days=4)])
    kept = deductions.sheet(desk, course, 1).days[person, DeductionKind.MEALS]
    assert deductions.set_days(desk, course, 1, [replace(kept, days=4)]) == 1
    assert deductions.set_days(desk, course, 1, [replace(kept, days=4)]) == 0


def excuse(desk: Desk, course: UUID, person: UUID, days: list[dt.date], reason: str) -> None:
    cell = Cell(Status.EXCUSED, reason=reason, evidence=Evidence.VERIFIED)
    changes = [CellChange(person, day, cell) for day in days]
    attendance.set_cells(desk, course, changes, title="출석인정")


def test_an_illness_over_its_cap_is_refused_and_the_days_stay(desk: Desk, course: UUID) -> None:
    person = people_of(desk, course)[0]
    days = [day.day for day in courses.course(desk, course).days]
    excuse(desk, course, person, days[:2], "illness")
    before = attendance.grid(desk, course).rows[0].cells
    with pytest.raises(Refusal, match="2일까지만"):
        excuse(desk, course, person, [days[5]], "illness")
    assert attendance.grid(desk, course).rows[0].cells == before
    attendance.set_cells(desk, course, [CellChange(person, days[0], PRESENT)], title="출석")
    excuse(desk, course, person, [days[5]], "illness")


def test_a_wedding_outside_its_window_is_refused(desk: Desk, course: UUID) -> None:
    person = people_of(desk, course)[0]
    excuse(desk, course, person, [FIRST, dt.date(2026, 8, 7)], "wedding")
    with pytest.raises(Refusal, match=r"벗어난 날: 2026\. 8\. 10\."):
        excuse(desk, course, person, [dt.date(2026, 8, 10)], "wedding")
    excuse(desk, course, person, [dt.date(2026, 8, 10)], "institution")


def test_evidence_of_a_day_over_a_cap_that_shrank_may_still_change(desk: Desk, course: UUID) -> None:
    person = people_of(desk, course)[0]
    days = [day.day for day in courses.course(desk, course).days]
    excuse(desk, course, person, days[:2], "illness")
    again = Cell(Status.EXCUSED, reason="illness", evidence=Evidence.SUBMITTED)
    written = attendance.set_cells(desk, course, [CellChange(person, days[1], again)], title="증빙")
    assert written.changed == 1


def test_a_cap_that_shrank_flags_its_days_and_changes_nothing(desk: Desk, course: UUID) -> None:
    person = people_of(desk, course)[0]
    detail = courses.course(desk, course)
    days = [day.day for day in detail.days]
    excuse(desk, course, person, days[:2], "illness")
    before = attendance.grid(desk, course).rows[0].cells
    assert excused_days.flags(desk, detail) == ()
    shorter = replace(detail, days=detail.days[:14])
    assert [(one.trainee, one.day) for one in excused_days.flags(desk, shorter)] == [(person, days[1])]
    assert attendance.grid(desk, course).rows[0].cells == before


def test_days_that_give_way_in_the_same_act_free_the_cap(desk: Desk, course: UUID) -> None:
    person = people_of(desk, course)[0]
    days = [day.day for day in courses.course(desk, course).days]
    excuse(desk, course, person, days[:2], "illness")
    other = Cell(Status.EXCUSED, reason="institution", evidence=Evidence.VERIFIED)
    ill = replace(other, reason="illness")
    changes = [CellChange(person, days[0], other), CellChange(person, days[5], ill)]
    assert attendance.set_cells(desk, course, changes, title="바꿈").changed == 2


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (Cell(Status.PRESENT, time_in=551, time_out=1080), "disagreement"),
        (Cell(Status.PRESENT, Mark.LATE, time_in=551, time_out=1080), None),
        (Cell(Status.PRESENT, Mark.LATE), None),
        (Cell(Status.EXCUSED, reason="institution", evidence=Evidence.VERIFIED), "approver"),
        (
            Cell(Status.PRESENT, reason="interview", parts=(DayPart(SpanKind.EXCUSED, 600, 660),)),
            "evidence",
        ),
    ],
)
def test_open_days_are_listed_by_their_kind(desk: Desk, course: UUID, cell: Cell, kind: str | None) -> None:
    clear = next(line for line in allowance.draft(desk, course, 1).lines if not line.open_items)
    attendance.set_cells(desk, course, [CellChange(clear.trainee, FIRST, cell)], title="한 칸")
    assert kinds_open(desk, course)[clear.trainee] == ({kind} if kind else set())


def test_answers_last_over_a_restart(open_again: Callable[[], Desk]) -> None:
    first = open_again()
    course = courses.list_courses(first)[0].id
    benefits.ask(first, course)
    benefits.all_no(first, course)
    first.store.close()
    assert not any(row.open for row in benefits.sheet(open_again(), course).rows)
