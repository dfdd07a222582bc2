"""규정·휴일 바꾸기 미리보기: what is shown is what the next draft pays, and the past keeps its terms."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from tests.integration.test_month import adopt, confirm

from regional_desk.domain.policies import Method
from regional_desk.domain.policy_terms import Terms
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import policies
from regional_desk.services.desk import Desk
from regional_desk.services.pay import allowance, policy_preview
from regional_desk.services.policies import DEFAULT_SCHEME
from regional_desk.services.training import course_days, courses, office_holidays

START = dt.date(2026, 8, 3)
DAY_OFF = dt.date(2026, 8, 28)


@pytest.fixture
def course(desk: Desk) -> UUID:
    return courses.list_courses(desk)[0].id


def amounts(desk: Desk, course: UUID, method: Method | None = None) -> dict[UUID, int]:
    return {line.trainee: line.amount for line in allowance.draft(desk, course, 1, method=method).lines}


def adopt_terms(desk: Desk, terms: Terms, reference: str = "지침 제2호") -> None:
    day = dt.date(2026, 7, 20)
    policies.adopt(desk, DEFAULT_SCHEME, reference=reference, document_date=day, terms=terms)


def test_a_policy_preview_is_exactly_what_the_next_draft_pays(desk: Desk, course: UUID) -> None:
    before = amounts(desk, course)
    terms = Terms(min_rate=Decimal(95), rates={0: (15_000, 300_000)}, rounding_unit=1000)
    told = policy_preview.preview(desk, DEFAULT_SCHEME, terms)
    assert amounts(desk, course) == before  # a preview writes nothing
    adopt_terms(desk, terms)
    after = amounts(desk, course)
    changed = {one.person.person: (one.person.amount_before, one.person.amount_after) for one in told.changes}
    assert changed == {who: (before[who], after[who]) for who in before if who in changed}
    assert {who for who in before if before[who] != after[who]} <= changed.keys()
    assert (told.total_before, told.total_after) == (sum(before.values()), sum(after.values()))
    assert told.total_after < told.total_before
    assert told.people == len(changed) > 0


def test_whoever_adopts_sees_what_each_method_would_pay(desk: Desk, course: UUID) -> None:
    told = policy_preview.preview(desk, DEFAULT_SCHEME, Terms())
    assert dict(told.methods) == {method: sum(amounts(desk, course, method).values()) for method in Method}
    assert len(set(told.methods.values())) == 3
    assert told.changes == ()


def test_terms_for_a_later_day_leave_earlier_units_as_they_are(desk: Desk, course: UUID) -> None:
    adopt(desk)
    before = amounts(desk, course)
    later = Terms(rates={0: (10_000, 200_000)}, effective_from=dt.date(2026, 8, 4))
    told = policy_preview.preview(desk, DEFAULT_SCHEME, later)
    assert (told.changes, told.total_before, told.total_after) == ((), 0, 0)
    adopt_terms(desk, later)
    assert amounts(desk, course) == before
    with desk.store.read() as connection:
        held = policies.in_force(connection, DEFAULT_SCHEME, START)
        new = policies.in_force(connection, DEFAULT_SCHEME, dt.date(2026, 8, 4))
    assert (held.scheme.components[0].daily_rate, new.scheme.components[0].daily_rate) == (20_000, 10_000)
    assert [policy.reference for policy in (held, new)] == ["지역기업정책과-1234", "지침 제2호"]


def test_a_unit_begins_on_the_first_day_of_its_terms(desk: Desk, course: UUID) -> None:
    terms = Terms(rates={0: (10_000, 200_000)}, effective_from=START)
    assert policy_preview.preview(desk, DEFAULT_SCHEME, terms).people > 0
    adopt_terms(desk, terms)
    assert max(amounts(desk, course).values()) == 190_000


def test_a_confirmed_unit_keeps_the_policy_it_was_decided_with(desk: Desk, course: UUID) -> None:
    run = confirm(desk)
    paid = [(line.trainee, line.amount, line.trace) for line in run.lines]
    told = policy_preview.preview(desk, DEFAULT_SCHEME, Terms(min_rate=Decimal(99)))
    assert (told.changes, told.kept) == ((), len(run.lines))
    adopt_terms(desk, Terms(min_rate=Decimal(99)))
    shown = allowance.show(desk, course, 1)
    assert [(line.trainee, line.amount, line.trace) for line in shown.lines] == paid
    assert shown.row.terms["min_rate"] == "80.0"


def test_terms_adopted_stay_when_others_are_settled_later(desk: Desk) -> None:
    adopt_terms(desk, Terms(min_rate=Decimal(70)))
    adopt_terms(desk, Terms(rounding_unit=1), "지침 제3호")
    (found,) = [one for one in policies.list_policies(desk) if one.scheme.key == DEFAULT_SCHEME]
    assert (found.scheme.min_rate, found.scheme.rounding_unit) == (Decimal("70.0"), 1)
    assert found.reference == "지침 제3호"


def test_terms_that_cannot_be_are_refused_and_nothing_is_adopted(desk: Desk) -> None:
    with pytest.raises(Refusal, match="최저 출석률"):
        adopt_terms(desk, Terms(min_rate=Decimal(101)))
    with pytest.raises(Refusal, match="최저 출석률"):
        policy_preview.preview(desk, DEFAULT_SCHEME, Terms(min_rate=Decimal(101)))
    with pytest.raises(UsageError, match="수당 기준이 없습니다"):
        policy_preview.preview(desk, "no-such-scheme", Terms())
    assert {policy.adoption for policy in policies.list_policies(desk)} == {None}


def test_a_holiday_shows_who_changes_and_then_does_exactly_that(desk: Desk, course: UUID) -> None:
    before = amounts(desk, course)
    told = office_holidays.preview_add(desk, DAY_OFF)
    assert amounts(desk, course) == before
    (one,) = told.courses
    assert one.removed == (DAY_OFF,)
    done = office_holidays.add(desk, DAY_OFF, "임시공휴일", "대통령공고 제1호")
    assert (done.people, done.difference) == (told.people, told.difference)
    assert sum(amounts(desk, course).values()) - sum(before.values()) == told.difference < 0
    assert DAY_OFF not in {row.day for row in courses.course(desk, course).days}
    assert [(row.day, row.reference) for row in office_holidays.list_holidays(desk)] == [
        (DAY_OFF, "대통령공고 제1호")
    ]
    assert DAY_OFF not in courses.propose_days(desk, DAY_OFF, DAY_OFF)


def test_a_holiday_taken_back_returns_the_day_with_its_records(desk: Desk, course: UUID) -> None:
    before = amounts(desk, course)
    office_holidays.add(desk, DAY_OFF, "임시공휴일", "대통령공고 제1호")
    told = office_holidays.preview_remove(desk, DAY_OFF)
    office_holidays.remove(desk, DAY_OFF, "공고가 취소됨")
    assert sum(before.values()) == sum(amounts(desk, course).values())
    assert told.difference > 0
    assert office_holidays.list_holidays(desk) == ()


def test_a_day_taken_out_for_another_reason_does_not_return_with_a_holiday(desk: Desk, course: UUID) -> None:
    course_days.commit(desk, course, course_days.Change(remove=(DAY_OFF,)), "태풍 휴강")
    office_holidays.add(desk, DAY_OFF, "임시공휴일", "대통령공고 제1호")
    office_holidays.remove(desk, DAY_OFF, "공고가 취소됨")
    assert DAY_OFF not in {row.day for row in courses.course(desk, course).days}


def test_a_holiday_in_a_confirmed_unit_leaves_that_course_and_says_so(desk: Desk, course: UUID) -> None:
    confirm(desk)
    told = office_holidays.add(desk, DAY_OFF, "임시공휴일", "대통령공고 제1호")
    assert told.courses == ()
    assert [kept.course for kept in told.kept] == [courses.course(desk, course).course.name]
    assert "확정된 1단위기간" in told.kept[0].why


def test_a_holiday_that_is_one_already_or_without_its_ground_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="이미 공휴일"):
        office_holidays.preview_add(desk, dt.date(2026, 8, 15))
    with pytest.raises(Refusal, match="근거"):
        office_holidays.add(desk, DAY_OFF, "임시공휴일", " ")
    with pytest.raises(Refusal, match="더한 휴일이 아닙니다"):
        office_holidays.remove(desk, DAY_OFF, "실수")
    office_holidays.add(desk, DAY_OFF, "임시공휴일", "공고")
    with pytest.raises(Refusal, match="사유"):
        office_holidays.remove(desk, DAY_OFF, "")
    with pytest.raises(Refusal, match="이미 공휴일"):
        office_holidays.add(desk, DAY_OFF, "임시공휴일", "공고")


def test_the_same_operation_again_adds_nothing(desk: Desk) -> None:
    operation = UUID(int=5)
    office_holidays.add(desk, DAY_OFF, "임시공휴일", "공고", operation)
    again = office_holidays.add(desk, DAY_OFF, "임시공휴일", "공고", operation)
    assert (again.courses, len(office_holidays.list_holidays(desk))) == ((), 1)
