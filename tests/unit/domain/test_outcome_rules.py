"""Outcome rules: when each check is due (boundaries and month ends), which answers can be, and who is counted where."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain import outcomes as rules
from regional_desk.domain.outcomes import (
    Answer,
    By,
    CheckSpan,
    CheckState,
    Reached,
    Retention,
    Step,
)
from regional_desk.services.outcomes.terms import check_terms

D = dt.date
TERMS = check_terms()
DAYS = st.dates(D(2026, 1, 1), D(2030, 12, 31))
KEPT, LEFT, UNKNOWN = Retention.KEPT, Retention.LEFT, Retention.UNKNOWN


@pytest.mark.parametrize(
    ("employed_from", "months", "on", "until"),
    [
        (D(2026, 12, 15), 6, D(2027, 6, 15), D(2027, 7, 15)),
        (D(2026, 12, 15), 12, D(2027, 12, 15), D(2028, 1, 14)),
        (D(2026, 8, 31), 6, D(2027, 2, 28), D(2027, 3, 30)),
        (D(2027, 8, 31), 6, D(2028, 2, 29), D(2028, 3, 30)),
        (D(2026, 8, 29), 6, D(2027, 2, 28), D(2027, 3, 30)),
        (D(2028, 2, 29), 12, D(2029, 2, 28), D(2029, 3, 30)),
        (D(2026, 12, 31), 6, D(2027, 6, 30), D(2027, 7, 30)),
        (D(2027, 1, 1), 6, D(2027, 7, 1), D(2027, 7, 31)),
        (D(2026, 12, 1), 12, D(2027, 12, 1), D(2027, 12, 31)),
    ],
)
def test_retention_is_checked_from_the_monthly_return_and_for_30_days(
    employed_from: D, months: int, on: D, until: D
) -> None:
    assert rules.retention_span(TERMS, employed_from, months) == CheckSpan(on, until)


@pytest.mark.parametrize(
    ("course_end", "on"),
    [
        (D(2026, 8, 28), D(2027, 3, 28)),
        (D(2026, 7, 31), D(2027, 2, 28)),
        (D(2026, 7, 29), D(2027, 2, 28)),
        (D(2027, 7, 31), D(2028, 2, 29)),
        (D(2026, 5, 31), D(2026, 12, 31)),
        (D(2026, 9, 30), D(2027, 4, 30)),
    ],
)
def test_employment_is_asked_seven_months_after_the_course(course_end: D, on: D) -> None:
    assert rules.employment_span(TERMS, course_end) == CheckSpan(on, on + dt.timedelta(days=30))


def test_whether_somebody_is_kept_on_is_asked_from_the_last_day() -> None:
    assert rules.conversion_span(TERMS, D(2026, 11, 30)) == CheckSpan(D(2026, 11, 30), D(2026, 12, 30))


SPAN = CheckSpan(D(2027, 6, 15), D(2027, 7, 15))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (D(2027, 6, 14), CheckState.COMING),
        (D(2027, 6, 15), CheckState.DUE),
        (D(2027, 7, 15), CheckState.DUE),
        (D(2027, 7, 16), CheckState.OVERDUE),
    ],
)
def test_a_check_is_due_from_its_day_and_overdue_the_day_after_its_last(today: D, state: CheckState) -> None:
    assert rules.check_state(SPAN, today, answered=False) is state
    assert rules.check_state(SPAN, today, answered=True) is CheckState.DONE


def test_an_unknown_answer_may_be_made_better_until_the_deadline() -> None:
    def state(today: D) -> CheckState:
        return rules.retention_state(SPAN, today, UNKNOWN, [])

    assert [state(day) for day in (SPAN.on, SPAN.until, D(2027, 7, 16))] == [
        CheckState.DUE,
        CheckState.DUE,
        CheckState.DONE,
    ]


def test_who_had_left_is_not_checked_again() -> None:
    late = D(2028, 1, 1)
    assert rules.retention_state(SPAN, late, None, [LEFT]) is CheckState.NEEDLESS
    assert rules.retention_state(SPAN, late, None, [KEPT]) is CheckState.OVERDUE
    assert rules.retention_state(SPAN, late, None, [None]) is CheckState.OVERDUE


@pytest.mark.parametrize(
    ("result", "checked_on", "left_on", "can_be"),
    [
        (KEPT, SPAN.on, None, True),
        (KEPT, D(2027, 6, 14), None, False),  # not yet six months
        (UNKNOWN, SPAN.on, None, True),
        (UNKNOWN, D(2027, 6, 14), None, False),
        (KEPT, SPAN.on, D(2027, 6, 1), False),  # kept, and a day of leaving
        (LEFT, D(2027, 3, 2), D(2027, 3, 1), True),  # told before the six months are over
        (LEFT, D(2027, 3, 1), D(2027, 3, 1), True),
        (LEFT, D(2027, 3, 1), D(2027, 3, 2), False),  # left after it was found out
        (LEFT, SPAN.on, None, False),
        (LEFT, D(2027, 6, 20), D(2027, 6, 14), True),
        (LEFT, D(2027, 6, 20), SPAN.on, False),  # worked on the day: kept
    ],
)
def test_an_answer_agrees_with_its_days(
    result: Retention, checked_on: D, left_on: D | None, *, can_be: bool
) -> None:
    assert (rules.retention_fault(SPAN, 6, result, checked_on, left_on) is None) is can_be


YEAR_ON = D(2027, 12, 15)


@pytest.mark.parametrize(
    ("half", "year", "left_at_year", "can_be"),
    [
        (KEPT, KEPT, None, True),
        (KEPT, LEFT, D(2027, 6, 15), True),
        (KEPT, LEFT, D(2027, 6, 14), False),  # had left before the day they were kept on
        (LEFT, KEPT, None, False),
        (LEFT, LEFT, D(2027, 3, 1), False),
        (UNKNOWN, LEFT, D(2027, 3, 1), True),
        (LEFT, UNKNOWN, None, True),
        (UNKNOWN, KEPT, None, True),
    ],
)
def test_two_answers_do_not_contradict_each_other(
    half: Retention, year: Retention, left_at_year: D | None, *, can_be: bool
) -> None:
    first = Answer(6, SPAN.on, half, D(2027, 3, 1) if half is LEFT else None)
    last = Answer(12, YEAR_ON, year, left_at_year)
    assert (rules.retention_clash(first, last) is None) is can_be
    assert rules.retention_clash(last, first) == rules.retention_clash(first, last)


@pytest.mark.parametrize(
    ("converted", "decided_on", "employed_from", "reason", "can_be"),
    [
        (True, D(2026, 11, 20), D(2026, 12, 1), "", True),  # decided while the internship runs
        (True, D(2026, 11, 20), D(2026, 11, 30), "", False),  # an intern's last day
        (True, D(2026, 11, 20), None, "", False),
        (True, D(2026, 8, 31), D(2026, 12, 1), "", False),  # before the internship began
        (False, D(2026, 11, 30), None, "본인이 원하지 않음", True),
        (False, D(2026, 11, 30), None, "", False),
    ],
)
def test_a_decision_agrees_with_the_internship(
    converted: bool, decided_on: D, employed_from: D | None, reason: str, can_be: bool
) -> None:
    fault = rules.conversion_fault(
        converted=converted,
        decided_on=decided_on,
        employed_from=employed_from,
        started_on=D(2026, 9, 1),
        last_day=D(2026, 11, 30),
        reason=reason,
    )
    assert (fault is None) is can_be


def made(person: int, step: Step, on: D, company: int | None = None, track: str = "Track1") -> Reached:
    return Reached(UUID(int=person), step, on, track, UUID(int=900), UUID(int=company) if company else None)


def test_somebody_counts_once_a_step_and_at_each_company() -> None:
    rows = [
        made(1, Step.INTERNED, D(2026, 9, 1), 500),
        made(1, Step.INTERNED, D(2026, 10, 5), 501),  # taken over by another company
        made(2, Step.INTERNED, D(2026, 10, 1), 501),
    ]
    assert rules.total(rows).count(Step.INTERNED) == 2
    by_month = {group.key: group.count(Step.INTERNED) for group in rules.groups(rows, By.MONTH)}
    assert by_month == {"2026-09": 1, "2026-10": 1}
    by_company = {group.key: group.count(Step.INTERNED) for group in rules.groups(rows, By.COMPANY)}
    assert by_company == {UUID(int=500): 1, UUID(int=501): 2}


def test_who_has_no_company_stands_in_no_line_of_the_companies() -> None:
    rows = [made(1, Step.COMPLETED, D(2026, 8, 28)), made(1, Step.PLACED, D(2026, 9, 1), 500)]
    (line,) = rules.groups(rows, By.COMPANY)
    assert (line.count(Step.COMPLETED), line.count(Step.PLACED)) == (0, 1)


@given(
    st.lists(
        st.builds(
            made,
            st.integers(1, 6),
            st.sampled_from(Step),
            DAYS,
            st.sampled_from([None, 500, 501]),
            st.sampled_from(["Track1", "Track2"]),
        ),
        max_size=40,
    ),
    st.randoms(),
)
def test_courses_tracks_and_months_add_up_to_everybody_in_any_order(
    rows: list[Reached], chance: random.Random
) -> None:
    whole = rules.total(rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    for by, step in itertools.product((By.COURSE, By.TRACK, By.MONTH), Step):
        lines = rules.groups(rows, by)
        assert sum(line.count(step) for line in lines) == whole.count(step)
        counted = {line.key: set(line.people[step]) for line in lines}
        if by is By.MONTH:
            assert counted == {line.key: set(line.people[step]) for line in rules.groups(shuffled, by)}


@given(DAYS, st.sampled_from([6, 12]))
def test_every_check_is_due_on_exactly_31_days(employed_from: D, months: int) -> None:
    span = rules.retention_span(TERMS, employed_from, months)
    days = [span.on + dt.timedelta(days=shift) for shift in range(-3, 40)]
    states = [rules.check_state(span, day, answered=False) for day in days]
    assert states.count(CheckState.DUE) == 31
    assert states == sorted(states, key=[CheckState.COMING, CheckState.DUE, CheckState.OVERDUE].index)
