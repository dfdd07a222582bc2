"""What visits need, how they stand, and how a plan spreads them over days."""

from __future__ import annotations

import datetime as dt
import tomllib
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk import paths
from regional_desk.domain.applicants import ListDamaged
from regional_desk.domain.visits import (
    Answer,
    FindingKind,
    FollowUpState,
    Need,
    Standing,
    VisitRule,
    VisitState,
    falls_with_leaving,
    finding_state,
    missing_points,
    month_standing,
    propose,
    terms_from_table,
    visit_standing,
)

RULE = VisitRule(per_month=1, days_before_end=7, days_after_start=7, most_a_day=2)
START, END = dt.date(2026, 9, 14), dt.date(2026, 10, 13)
SPAN = (dt.date(2026, 9, 1), dt.date(2026, 10, 31))


def need(number: int, company: int = 0, district: str = "창원시", last: dt.date = END) -> Need:
    return Need(UUID(int=number), 1, UUID(int=company or number), district, START, last)


@pytest.mark.parametrize(
    ("state", "planned", "today", "standing"),
    [
        (VisitState.PLANNED, dt.date(2026, 10, 6), dt.date(2026, 10, 5), Standing.PLANNED),
        (VisitState.PLANNED, dt.date(2026, 10, 6), dt.date(2026, 10, 6), Standing.TO_KEY),
        (VisitState.PLANNED, dt.date(2026, 10, 6), END, Standing.TO_KEY),
        (VisitState.PLANNED, dt.date(2026, 10, 6), dt.date(2026, 10, 14), Standing.OVERDUE),
        (VisitState.PLANNED, None, END, Standing.PLANNED),
        (VisitState.PLANNED, None, dt.date(2026, 10, 14), Standing.OVERDUE),
        (VisitState.PLANNED, dt.date(2026, 10, 20), dt.date(2026, 10, 14), Standing.OVERDUE),
        (VisitState.DONE, dt.date(2026, 10, 6), dt.date(2027, 1, 1), Standing.DONE),
        (VisitState.CANCELLED, None, dt.date(2027, 1, 1), Standing.CANCELLED),
    ],
)
def test_a_visit_is_overdue_once_its_service_month_ended(
    state: VisitState, planned: dt.date | None, today: dt.date, standing: Standing
) -> None:
    assert visit_standing(state, planned, END, today) is standing


@pytest.mark.parametrize(
    ("standings", "today", "standing"),
    [
        ((), END, Standing.UNPLANNED),
        ((), dt.date(2026, 10, 14), Standing.OVERDUE),
        ((Standing.CANCELLED,), dt.date(2026, 10, 14), Standing.CANCELLED),
        ((Standing.CANCELLED, Standing.PLANNED), END, Standing.PLANNED),
        ((Standing.OVERDUE, Standing.DONE), dt.date(2026, 10, 14), Standing.DONE),
        ((Standing.PLANNED, Standing.TO_KEY), END, Standing.TO_KEY),
    ],
)
def test_one_visit_made_is_enough_for_a_service_month(
    standings: tuple[Standing, ...], today: dt.date, standing: Standing
) -> None:
    assert month_standing(standings, END, today) is standing


def test_a_finding_is_overdue_after_its_deadline_and_never_without_one() -> None:
    deadline = dt.date(2026, 10, 20)
    assert finding_state(None, deadline, deadline) is FollowUpState.OPEN
    assert finding_state(None, deadline, dt.date(2026, 10, 21)) is FollowUpState.OVERDUE
    assert finding_state(None, None, dt.date(2030, 1, 1)) is FollowUpState.OPEN
    assert finding_state(deadline, deadline, dt.date(2030, 1, 1)) is FollowUpState.CLOSED


@pytest.mark.parametrize(
    ("planned", "month_end", "falls"),
    [
        (dt.date(2026, 9, 30), END, False),
        (dt.date(2026, 10, 1), END, True),
        (None, dt.date(2026, 9, 29), False),
        (None, dt.date(2026, 9, 30), True),
    ],
)
def test_leaving_cancels_what_lies_after_the_last_day(
    planned: dt.date | None, month_end: dt.date, falls: bool
) -> None:
    assert falls_with_leaving(planned, month_end, dt.date(2026, 9, 30)) is falls


def test_a_visit_is_proposed_a_week_before_the_month_ends() -> None:
    assert propose([need(1)], RULE, SPAN, (), {})[0].on == dt.date(2026, 10, 6)


def test_weekends_and_holidays_are_no_days_to_go() -> None:
    closed = [dt.date(2026, 10, 6), dt.date(2026, 10, 5)]
    assert propose([need(1)], RULE, SPAN, closed, {})[0].on == dt.date(2026, 10, 2)


def test_a_day_holds_as_many_companies_as_the_rule_says() -> None:
    found = propose([need(number) for number in range(1, 6)], RULE, SPAN, (), {})
    assert [one.on for one in found] == [
        dt.date(2026, 10, 6),
        dt.date(2026, 10, 6),
        dt.date(2026, 10, 5),
        dt.date(2026, 10, 5),
        dt.date(2026, 10, 2),
    ]


def test_companies_already_visited_on_a_day_take_room() -> None:
    taken = {dt.date(2026, 10, 6): [UUID(int=8), UUID(int=9)]}
    assert propose([need(1)], RULE, SPAN, (), taken)[0].on == dt.date(2026, 10, 5)
    same = {dt.date(2026, 10, 6): [UUID(int=1), UUID(int=9)]}
    assert propose([need(1)], RULE, SPAN, (), same)[0].on == dt.date(2026, 10, 6)


def test_interns_of_one_company_are_visited_together() -> None:
    found = propose([need(number, company=7) for number in range(1, 5)], RULE, SPAN, (), {})
    assert {one.on for one in found} == {dt.date(2026, 10, 6)}


def test_interns_whose_months_lie_apart_are_not_visited_together() -> None:
    later = Need(UUID(int=2), 1, UUID(int=7), "창원시", dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    found = propose([need(1, company=7), later], RULE, SPAN, (), {})
    assert [one.on for one in found] == [dt.date(2026, 10, 6), dt.date(2026, 10, 23)]


def test_the_same_district_is_visited_on_one_day() -> None:
    needs = [need(1, district="김해시"), need(2, district="창원시"), need(3, district="창원시")]
    found = propose(needs, RULE, SPAN, (), {dt.date(2026, 10, 6): [UUID(int=9)]})
    assert found[1].on == found[2].on != found[0].on


def test_a_month_without_room_in_its_middle_takes_another_day_and_none_where_nothing_is_left() -> None:
    span = (dt.date(2026, 10, 8), dt.date(2026, 10, 9))
    found = propose([need(number) for number in range(1, 6)], RULE, span, [dt.date(2026, 10, 9)], {})
    assert [one.on for one in found] == [dt.date(2026, 10, 8)] * 2 + [None] * 3


@given(
    companies=st.lists(st.integers(1, 6), min_size=1, max_size=25),
    offsets=st.lists(st.integers(0, 40), min_size=25, max_size=25),
    most=st.integers(1, 4),
)
def test_no_plan_ever_breaks_its_rule(companies: list[int], offsets: list[int], most: int) -> None:
    rule = VisitRule(1, 7, 7, most)
    needs = [
        Need(
            UUID(int=at),
            1,
            UUID(int=100 + company),
            f"{company % 3}",
            START + dt.timedelta(days=offsets[at]),
            END + dt.timedelta(days=offsets[at]),
        )
        for at, company in enumerate(companies)
    ]
    span = (dt.date(2026, 9, 20), dt.date(2026, 11, 30))
    holidays = {dt.date(2026, 10, 5)}
    found = propose(needs, rule, span, holidays, {})
    assert [one.need for one in found] == needs
    days: dict[dt.date, set[UUID]] = {}
    for one in found:
        if one.on is not None:
            assert max(one.need.first, span[0]) <= one.on <= min(one.need.last, span[1])
            assert one.on.weekday() < 5
            assert one.on not in holidays
            days.setdefault(one.on, set()).add(one.need.company)
    assert all(len(there) <= most for there in days.values())


def test_the_shipped_terms_are_read_and_damaged_ones_named() -> None:
    table = tomllib.loads((paths.resources() / "policies" / "visits.toml").read_text(encoding="utf-8"))
    terms = terms_from_table(table)
    assert terms.rule == VisitRule(1, 7, 7, 4)
    assert [one.key for one in terms.checklist] == ["attendance", "interview", "safety", "wage", "journal"]
    assert set(terms.answers) == set(Answer)
    assert terms.largest == 20 * 1024 * 1024
    del table["rule"]["per_month"]
    with pytest.raises(ListDamaged, match="per_month"):
        terms_from_table(table)


def test_a_point_without_an_answer_is_named() -> None:
    table = tomllib.loads((paths.resources() / "policies" / "visits.toml").read_text(encoding="utf-8"))
    checklist = terms_from_table(table).checklist
    given_answers = {"attendance": "good", "interview": "bad", "safety": "unknown", "wage": "maybe"}
    assert missing_points(checklist, given_answers) == ("임금 이체 확인", "인턴일지")


def test_every_word_of_visits_is_korean() -> None:
    for words in (VisitState, Standing, FindingKind, FollowUpState):
        assert all("가" <= one.label[0] <= "힣" for one in words)
