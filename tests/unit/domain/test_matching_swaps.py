from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.oracle.matching_rules import Rules, make, placed_anyhow, position_id, problems, trainee_id

from regional_desk.domain.matching import Problem, blocking_pairs, measure, stable
from regional_desk.domain.swaps import SwapNote, SwapRefusal, swap


@st.composite
def changes(draw: st.DrawFn) -> tuple[Problem, dict[UUID, UUID], UUID, UUID | None]:
    """A stable matching with one change by hand already in it, and the next one."""
    problem = draw(problems().filter(lambda one: bool(one.trainees)))
    places = st.sampled_from([None, *(one.id for one in problem.positions)])
    people = st.sampled_from(problem.trainees)
    before = dict(swap(problem, stable(problem), draw(people), draw(places)).after)
    return problem, before, draw(people), draw(places)


@given(changes())
@settings(deadline=None, max_examples=400)
def test_a_change_moves_one_and_displaces_only_the_last_for_whom_no_room_is_left(
    case: tuple[Problem, dict[UUID, UUID], UUID, UUID | None],
) -> None:
    problem, before, trainee, position = case
    rules, change = Rules(problem), swap(problem, before, trainee, position)
    assert change.before == before
    if change.refused:
        assert (change.after, change.displaced, change.new_blocking) == (before, (), ())
        return
    after = dict(change.after)
    assert rules.fits(after)
    assert after.get(trainee) == position
    assert set(before) - set(after) - {trainee} == set(change.displaced)
    assert all(after[one] == before[one] for one in after if one != trainee)
    assert len(change.displaced) <= 1
    for one in change.displaced:
        assert position is not None
        held = [pair for pair in before.items() if pair[0] != trainee]
        here = [pair for pair in held if pair[1] == position]
        own = [pair for pair in held if rules.company[pair[1]] == rules.company[position]]
        pool = here if len(here) == rules.seats[position] else own
        assert (one, before[one]) == max(pool, key=rules.order)
        assert not rules.fits({**dict(held), trainee: position})
    assert change.measure_before == measure(problem, before)
    assert change.measure_after == measure(problem, after)
    assert set(change.new_blocking) == rules.blocking(after) - rules.blocking(before)


@given(changes())
@settings(deadline=None, max_examples=150)
def test_a_change_is_refused_or_noted_by_the_rules(
    case: tuple[Problem, dict[UUID, UUID], UUID, UUID | None],
) -> None:
    problem, before, trainee, position = case
    rules, change = Rules(problem), swap(problem, before, trainee, position)
    assert (change.refused is SwapRefusal.SAME) == (before.get(trainee) == position)
    if position is None:
        assert change.notes == ()
        return
    company = rules.company[position]
    shut = not rules.seats[position] or problem.caps.get(company) == 0
    if change.refused is None:
        assert (trainee, company) not in problem.forbidden
        assert not shut
        assert (SwapNote.NOT_WISHED in change.notes) == (rules.wish(trainee, position) is None)
        assert (SwapNote.NOT_ACCEPTABLE in change.notes) == (not rules.acceptable(trainee, position))
    elif change.refused is SwapRefusal.FORBIDDEN:
        assert (trainee, company) in problem.forbidden
    elif change.refused is SwapRefusal.NO_SEATS:
        assert shut


@given(placed_anyhow())
@settings(deadline=None, max_examples=100)
def test_whoever_is_over_the_seats_or_the_cap_is_displaced_with_the_last(
    case: tuple[Problem, dict[UUID, UUID]],
) -> None:
    problem, before = case
    for trainee in problem.trainees[:2]:
        for position in problem.positions[:2]:
            change = swap(problem, before, trainee, position.id)
            if change.refused is None:
                rules = Rules(problem)
                own = {one: to for one, to in change.after.items() if rules.company[to] == position.company}
                assert sum(to == position.id for to in own.values()) <= position.seats
                assert len(own) <= problem.caps.get(position.company, len(own))


def test_somebody_taken_out_displaces_nobody_and_leaves_a_pair_behind() -> None:
    problem = make([[0]], [{0: 1}], seats=[1])
    change = swap(problem, stable(problem), trainee_id(0), None)
    assert (change.after, change.displaced) == ({}, ())
    assert change.new_blocking == ((trainee_id(0), position_id(0)),)
    assert (change.measure_before.placed, change.measure_after.placed) == (1, 0)


def test_somebody_unacceptable_who_was_placed_by_hand_is_the_first_to_go() -> None:
    problem = make([[0], [0], [0]], [{0: 1, 2: 9}], seats=[2], groups=[0, 1, 0])
    by_hand = {trainee_id(0): position_id(0), trainee_id(1): position_id(0)}
    change = swap(problem, by_hand, trainee_id(2), position_id(0))
    assert change.displaced == (trainee_id(1),)


def test_a_move_within_a_company_at_its_cap_displaces_nobody() -> None:
    every = {0: 1, 1: 1}
    problem = make([[0, 1], [1]], [every, every], seats=[1, 2], companies=[0, 0], caps={0: 2})
    change = swap(problem, stable(problem), trainee_id(0), position_id(1))
    assert change.displaced == ()
    assert set(change.after) == {trainee_id(0), trainee_id(1)}
    assert blocking_pairs(problem, change.after) == ((trainee_id(0), position_id(0)),)


def test_a_change_of_somebody_outside_the_round_is_a_bug() -> None:
    problem = make([[0]], [{0: 1}], seats=[1])
    with pytest.raises(KeyError):
        swap(problem, {}, trainee_id(3), position_id(0))
    with pytest.raises(KeyError):
        swap(problem, {}, trainee_id(0), position_id(3))
