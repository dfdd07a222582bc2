from __future__ import annotations

import itertools
import random
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching.games import HospitalResident  # type: ignore[import-untyped]  # the peer has no types
from tests.unit.oracle.matching_rules import (
    Rules,
    company_id,
    make,
    mixed,
    placed_anyhow,
    position_id,
    problems,
    trainee_id,
)

from regional_desk.domain.matching import (
    Matching,
    Position,
    Problem,
    blocking_pairs,
    lot,
    measure,
    stable,
    wish_rank,
)

THREE = tuple(itertools.permutations(range(3)))
WEAK_ORDERS = tuple(  # of three people, equal ranks allowed
    ranks for ranks in itertools.product((1, 2, 3), repeat=3) if set(ranks) == set(range(1, max(ranks) + 1))
)
LISTS_OF_TWO = ((0,), (1,), (0, 1), (1, 0))


def told(matching: Matching) -> dict[int, int]:
    return {one.int - 1000: to.int - 2000 for one, to in matching.items()}


def prove(problem: Problem) -> None:
    """The result is stable, and nobody has anything better in any other stable matching."""
    rules, found = Rules(problem), stable(problem)
    assert rules.feasible(found)
    assert rules.is_stable(found)
    for other in rules.matchings():
        if other != found and rules.is_stable(other):
            for one in problem.trainees:
                assert (rules.wish(one, found.get(one)) or 99) <= (rules.wish(one, other.get(one)) or 99)


def test_every_profile_of_three_by_three_gets_the_stable_matching_that_is_best_for_trainees() -> None:
    # The first trainee's wishes stay: any other profile is one of these with its positions renamed.
    for wishes in itertools.product(THREE[:1], THREE, THREE):
        for orders in itertools.product(THREE, repeat=3):
            ranks = [{one: rank for rank, one in enumerate(order, 1)} for order in orders]
            prove(make(wishes, ranks, seats=(1, 1, 1)))


@pytest.mark.parametrize(
    ("seats", "cap", "groups"),
    [((1, 1), 1, ()), ((2, 1), 2, ()), ((2, 1), 2, (0, 2, 1))],
)
def test_every_profile_of_a_company_with_a_cap_and_equal_ranks_is_stable_and_best_for_trainees(
    seats: tuple[int, int], cap: int, groups: tuple[int, ...]
) -> None:
    for wishes in itertools.product(LISTS_OF_TWO, repeat=3):
        for orders in itertools.product(WEAK_ORDERS, repeat=2):
            ranks = [dict(enumerate(order)) for order in orders]
            prove(make(wishes, ranks, seats=seats, companies=(0, 0), caps={0: cap}, groups=groups))


@given(problems(people=5, places=4))
@settings(deadline=None, max_examples=250)
def test_any_small_problem_is_stable_and_best_for_trainees(problem: Problem) -> None:
    prove(problem)


@given(problems(people=14, places=9))
@settings(deadline=None, max_examples=150)
def test_a_larger_problem_has_no_blocking_pair(problem: Problem) -> None:
    rules, found = Rules(problem), stable(problem)
    assert rules.feasible(found)
    assert rules.is_stable(found)
    assert measure(problem, found).blocking == 0


@given(problems(people=10, places=6, capped=False))
@settings(deadline=None, max_examples=150)
def test_without_caps_the_peer_library_finds_the_same(problem: Problem) -> None:
    rules = Rules(problem)
    wishes = {
        one: row
        for one in problem.trainees
        if (row := [to for to in problem.wishes[one] if rules.acceptable(one, to) and rules.seats[to]])
    }
    pairs = sorted(((one, to) for one, row in wishes.items() for to in row), key=rules.order)
    orders: dict[UUID, list[UUID]] = {}
    for one, to in pairs:
        orders.setdefault(to, []).append(one)
    if not orders:
        assert stable(problem) == {}
        return
    game = HospitalResident.create_from_dictionaries(wishes, orders, {to: rules.seats[to] for to in orders})
    solved = game.solve(optimal="resident")
    assert told(stable(problem)) == told({one.name: to.name for to, ones in solved.items() for one in ones})


@given(placed_anyhow())
@settings(deadline=None, max_examples=300)
def test_blocking_pairs_of_any_matching_are_those_of_the_rules(
    case: tuple[Problem, dict[UUID, UUID]],
) -> None:
    problem, matching = case
    rules = Rules(problem)
    fitting: dict[UUID, UUID] = {}
    for one, to in matching.items():
        if rules.fits({**fitting, one: to}):
            fitting[one] = to
    found = blocking_pairs(problem, fitting)
    assert set(found) == rules.blocking(fitting)
    assert len(set(found)) == len(found)


@given(placed_anyhow())
@settings(deadline=None, max_examples=150)
def test_the_measure_counts_what_the_matching_says(case: tuple[Problem, dict[UUID, UUID]]) -> None:
    problem, matching = case
    rules, found = Rules(problem), measure(problem, matching)
    wishes = [rules.wish(one, to) for one, to in matching.items()]
    assert (found.placed, found.unplaced) == (len(matching), len(problem.trainees) - len(matching))
    assert found.ranks == tuple(
        wishes.count(rank) for rank in range(1, max(filter(None, wishes), default=0) + 1)
    )
    assert found.average == rules.average(matching)
    assert found.blocking == len(blocking_pairs(problem, matching))
    assert [wish_rank(problem, one, to) for one, to in matching.items()] == wishes


@given(problems(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=150)
def test_the_order_in_which_a_problem_is_written_never_matters(
    problem: Problem, chance: random.Random
) -> None:
    other = mixed(problem, chance)
    assert stable(other) == stable(problem)
    assert blocking_pairs(other, stable(problem)) == blocking_pairs(problem, stable(problem))


def test_the_priority_group_goes_before_the_rank_and_nobodys_group_last() -> None:
    orders = [{0: 1, 1: 2, 2: 3}]
    assert told(stable(make([[0]] * 3, orders, seats=[1], groups=[0, 2, 1]))) == {2: 0}
    assert told(stable(make([[0]] * 3, orders, seats=[2], groups=[0, 2, 1]))) == {1: 0, 2: 0}
    assert told(stable(make([[0]] * 3, orders, seats=[2], groups=[0, 0, 1]))) == {0: 0, 2: 0}


def test_a_cap_takes_the_best_over_all_positions_of_the_company() -> None:
    orders = [{0: 2, 1: 3}, {2: 1, 3: 4}]
    problem = make([[0], [0], [1], [1]], orders, seats=[2, 2], companies=[0, 0], caps={0: 2})
    assert told(stable(problem)) == {0: 0, 2: 1}


def test_a_trainee_who_fills_the_cap_from_a_better_ranked_position_does_not_block() -> None:
    # Were it a blocking pair, none of the three matchings would be stable.
    orders = [{0: 3}, {0: 1}, {1: 2}]
    problem = make([[0, 1], [2]], orders, seats=[1, 1, 1], companies=[0, 0, 0], caps={0: 1})
    assert told(stable(problem)) == {0: 1}
    assert blocking_pairs(problem, stable(problem)) == ()
    assert blocking_pairs(problem, {trainee_id(0): position_id(0)}) == ((trainee_id(1), position_id(2)),)
    assert blocking_pairs(problem, {trainee_id(1): position_id(2)}) == ((trainee_id(0), position_id(1)),)


def test_a_forbidden_pair_a_missing_rank_and_a_position_outside_the_round_are_passed_over() -> None:
    problem = make([[0, 1, 7, 2]], [{0: 1}, {}, {0: 1}], seats=[1, 1, 1], forbidden=[(0, 0)])
    assert told(stable(problem)) == {0: 2}


def test_a_rank_or_a_forbidden_pair_of_somebody_outside_the_round_changes_nothing() -> None:
    problem = make([[0]], [{0: 2, 5: 1}], seats=[1], forbidden=[(5, 0)])
    assert told(stable(problem)) == {0: 0}


def test_a_position_or_a_company_without_seats_takes_nobody() -> None:
    problem = make([[0, 1, 2]] * 2, [{0: 1, 1: 2}] * 3, seats=[0, 1, 1], companies=[0, 1, 2], caps={1: 0})
    assert told(stable(problem)) == {0: 2}


def test_nobody_and_nothing_have_an_empty_matching() -> None:
    nothing = Problem((), {}, (), {}, {}, {}, frozenset(), 1)
    assert stable(nothing) == {}
    assert measure(nothing, {}).average is None
    assert stable(Problem((trainee_id(0),), {}, (), {}, {}, {}, frozenset(), 1)) == {}


def test_equal_ranks_go_by_the_lot_of_the_seed_and_other_seeds_draw_otherwise() -> None:
    winners = set()
    for seed in range(20):
        problem = make([[0]] * 3, [{0: 1, 1: 1, 2: 1}], seats=[1], seed=seed)
        first = min(problem.trainees, key=lambda one: lot(seed, one))
        assert stable(problem) == {first: position_id(0)}
        winners.add(first)
    assert len(winners) == 3


def test_a_lot_can_be_drawn_again_by_anybody() -> None:
    import hashlib

    text = "7:00000000-0000-0000-0000-0000000003e8"
    assert f"{lot(7, trainee_id(0)):064x}" == hashlib.sha256(text.encode()).hexdigest()


def test_a_measure_by_hand() -> None:
    orders = [dict.fromkeys(range(4), 1)] * 3
    problem = make([[0, 1, 2], [0, 1, 2], [0, 1], []], orders, seats=[1, 1, 2])
    matching = dict(zip(map(trainee_id, (0, 1, 3)), map(position_id, (0, 2, 2)), strict=True))
    found = measure(problem, matching)
    assert (found.placed, found.unplaced, found.ranks) == (3, 1, (1, 0, 1))
    assert found.average == Fraction(2)
    assert found.blocking == len(Rules(problem).blocking(matching)) > 0


def test_a_matching_that_names_what_is_not_in_the_problem_is_a_bug() -> None:
    problem = make([[0]], [{0: 1}], seats=[1])
    for matching in ({trainee_id(0): position_id(4)}, {trainee_id(4): position_id(0)}):
        with pytest.raises(KeyError):
            measure(problem, matching)


def test_six_hundred_people_with_full_lists_are_matched_without_recursion() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    positions = tuple(Position(position_id(at), company_id(at), 1) for at in range(480))
    trainees = tuple(map(trainee_id, range(600)))
    ids = [one.id for one in positions]
    problem = Problem(
        trainees,
        {},
        positions,
        {one: tuple(chance.sample(ids, len(ids))) for one in trainees},
        {to: {one: at for at, one in enumerate(chance.sample(trainees, 600), 1)} for to in ids},
        {},
        frozenset(),
        1,
    )
    found = measure(problem, stable(problem))
    assert (found.placed, found.unplaced, found.blocking) == (480, 120, 0)
