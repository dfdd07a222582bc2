from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given, settings
from tests.unit.oracle.matching_rules import (
    Rules,
    company_id,
    make,
    placed_anyhow,
    position_id,
    problems,
    trainee_id,
)

from regional_desk.domain.matching import Matching, Problem, lot, stable
from regional_desk.domain.matching_reasons import (
    LISTED,
    Decided,
    Filling,
    Outcome,
    Turned,
    Why,
    explain,
    explain_position,
    explain_trainee,
)


def of(problem: Problem, number: int) -> tuple[Outcome, int | None, list[tuple[int, Why]]]:
    reason = explain_trainee(problem, stable(problem), trainee_id(number))
    return reason.code, reason.wish, [(one.wish, one.why) for one in reason.turned]


@given(placed_anyhow())
@settings(deadline=None, max_examples=300)
def test_reasons_of_any_matching_agree_with_the_rules(case: tuple[Problem, dict[UUID, UUID]]) -> None:
    problem, matching = case
    rules, reasons = Rules(problem), explain(problem, matching)
    blocking = set()
    for one, reason in reasons.trainees.items():
        wishes = problem.wishes[one]
        got = rules.wish(one, matching.get(one))
        assert (reason.position, reason.wish, reason.wishes) == (matching.get(one), got, len(wishes))
        assert [each.position for each in reason.turned] == list(wishes[: got - 1 if got else None])
        assert Counter(each.why for each in reason.turned) == reason.counts
        blocking |= {(one, each.position) for each in reason.turned if each.why is Why.WOULD_TAKE}
        for each in reason.turned:
            able = rules.acceptable(one, each.position)
            assert each.why in {Why.FULL, Why.CAPPED, Why.WOULD_TAKE, Why.NO_SEATS} or not able
            if each.why is Why.FORBIDDEN:
                assert (one, rules.company[each.position]) in problem.forbidden
    if rules.fits(matching):
        assert blocking == rules.blocking(matching)
    for to, filled in reasons.positions.items():
        wishers = [one for one in problem.trainees if to in problem.wishes[one]]
        able_ones = [one for one in wishers if rules.acceptable(one, to)]
        got_it = sum(matching.get(one) == to for one in able_ones)
        assert (filled.wished, filled.acceptable) == (len(wishers), len(able_ones))
        assert filled.elsewhere + filled.outranked + filled.waiting + got_it == len(able_ones)
        assert filled.waiting == sum(pair[1] == to for pair in blocking)
        assert [one.trainee for one in filled.taken] == sorted(
            (one for one, place in matching.items() if place == to), key=lambda one: rules.order((one, to))
        )


@given(problems())
@settings(deadline=None, max_examples=150)
def test_in_a_stable_matching_nobody_is_passed_over_and_whoever_is_behind_is_told_by_what(
    problem: Problem,
) -> None:
    rules = Rules(problem)
    reasons = explain(problem, stable(problem))
    for one, reason in reasons.trainees.items():
        assert reason.code in {Outcome.WISHED, Outcome.NO_WISHES, Outcome.UNACCEPTED, Outcome.OUTRANKED}
        for turned in reason.turned:
            if turned.why in {Why.FULL, Why.CAPPED}:
                assert turned.decided is told_apart(rules, stable(problem), one, turned)
    assert all(one.code is not Filling.WANTED for one in reasons.positions.values())


def told_apart(rules: Rules, matching: Matching, one: UUID, turned: Turned) -> Decided:
    pairs = [
        pair
        for pair in matching.items()
        if pair[1] == turned.position
        or (turned.why is Why.CAPPED and rules.company[pair[1]] == rules.company[turned.position])
    ]
    last = max(pairs, key=rules.order)
    assert turned.last_place == rules.problem.orders[last[1]][last[0]]
    groups = rules.problem.priorities
    if groups[one] != groups[last[0]]:
        return Decided.GROUP
    return Decided.LOT if turned.place == turned.last_place else Decided.RANK


def test_a_full_position_tells_the_ranks_of_both() -> None:
    problem = make([[0]] * 3, [{0: 1, 1: 4, 2: 6}], seats=[2])
    (turned,) = explain_trainee(problem, stable(problem), trainee_id(2)).turned
    assert turned == Turned(1, position_id(0), Why.FULL, 2, 6, 4, Decided.RANK)
    assert of(problem, 2) == (Outcome.OUTRANKED, None, [(1, Why.FULL)])
    assert of(problem, 0) == (Outcome.WISHED, 1, [])


def test_the_group_or_the_lot_is_told_where_it_decided() -> None:
    grouped = make([[0]] * 2, [{0: 1, 1: 2}], seats=[1], groups=[0, 1])
    (turned,) = explain_trainee(grouped, stable(grouped), trainee_id(0)).turned
    assert (turned.decided, turned.place, turned.last_place) == (Decided.GROUP, 1, 2)
    equal = make([[0]] * 2, [{0: 3, 1: 3}], seats=[1])
    unlucky = max(equal.trainees, key=lambda one: lot(equal.seed, one))
    (turned,) = explain_trainee(equal, stable(equal), unlucky).turned
    assert (turned.decided, turned.place, turned.last_place) == (Decided.LOT, 3, 3)


def test_a_cap_tells_the_seats_of_the_company() -> None:
    orders = [{0: 1}, {1: 2}]
    problem = make([[0], [1]], orders, seats=[1, 1], companies=[0, 0], caps={0: 1})
    (turned,) = explain_trainee(problem, stable(problem), trainee_id(1)).turned
    assert turned == Turned(1, position_id(1), Why.CAPPED, 1, 2, 1, Decided.RANK)
    assert explain_position(problem, stable(problem), position_id(1)).code is Filling.CAPPED


def test_each_way_of_not_being_taken_has_its_own_reason() -> None:
    problem = make(
        [[0, 1, 2, 9, 3], [], [0]],
        [{1: 1}, {0: 1}, {0: 1}, {0: 1}],
        seats=[1, 1, 0, 1],
        forbidden=[(0, 1)],
    )
    assert of(problem, 0) == (
        Outcome.WISHED,
        5,
        [(1, Why.NOT_ACCEPTABLE), (2, Why.FORBIDDEN), (3, Why.NO_SEATS), (4, Why.NOT_IN_ROUND)],
    )
    assert of(problem, 1) == (Outcome.NO_WISHES, None, [])
    assert of(problem, 2) == (Outcome.UNACCEPTED, None, [(1, Why.NOT_ACCEPTABLE)])


def test_a_blocking_pair_says_whom_the_position_would_let_go() -> None:
    problem = make([[0, 1], [0]], [{0: 1, 1: 2}, {0: 1}], seats=[1, 1])
    matching = {trainee_id(1): position_id(0)}
    reason = explain_trainee(problem, matching, trainee_id(0))
    assert reason.code is Outcome.PASSED_OVER
    assert [(one.why, one.displaces) for one in reason.turned] == [
        (Why.WOULD_TAKE, trainee_id(1)),
        (Why.WOULD_TAKE, None),
    ]
    assert explain_position(problem, matching, position_id(1)).code is Filling.WANTED


def test_who_was_placed_by_hand_where_they_had_not_wished_is_told_so() -> None:
    problem = make([[0]], [{0: 1}, {}], seats=[1, 1])
    reason = explain_trainee(problem, {trainee_id(0): position_id(1)}, trainee_id(0))
    assert (reason.code, reason.wish, reason.place) == (Outcome.NOT_WISHED, None, None)


@pytest.mark.parametrize(
    ("wishes", "orders", "seats", "code"),
    [
        ([[0]], [{0: 1}], [1], Filling.FULL),
        ([[0]], [{0: 1}], [0], Filling.NO_SEATS),
        ([[]], [{0: 1}], [1], Filling.NOBODY_WISHED),
        ([[0]], [{}], [1], Filling.NOBODY_ACCEPTABLE),
        ([[1, 0]], [{0: 1}, {0: 1}], [1, 1], Filling.ELSEWHERE),
    ],
)
def test_a_position_says_how_it_was_filled(
    wishes: list[list[int]], orders: list[dict[int, int]], seats: list[int], code: Filling
) -> None:
    problem = make(wishes, orders, seats=seats)
    assert explain_position(problem, stable(problem), position_id(0)).code is code


def test_a_long_list_is_told_one_by_one_and_then_counted() -> None:
    problem = make([range(15)], [{}] * 15, seats=[1] * 15)
    reason = explain_trainee(problem, {}, trainee_id(0))
    assert len(reason.turned) == LISTED
    assert reason.counts == {Why.NOT_ACCEPTABLE: 15}


def test_a_cap_that_does_not_bind_is_not_told() -> None:
    problem = make([[0]], [{0: 1}], seats=[1], caps={0: 3})
    assert company_id(0) in problem.caps
    assert explain_position(problem, stable(problem), position_id(0)).cap is None
