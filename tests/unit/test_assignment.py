from __future__ import annotations

import random
import subprocess
import sys
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.oracle.matching_rules import Rules, make, mixed, position_id, problems, trainee_id

from regional_desk.domain.matching import Matching, Problem, lot, measure, stable
from regional_desk.services.matching import assignment
from regional_desk.services.matching.assignment import most_placed


def told(matching: Matching) -> dict[int, int]:
    return {one.int - 1000: to.int - 2000 for one, to in matching.items()}


@given(problems(people=5, places=4))
@settings(deadline=None, max_examples=300)
def test_no_matching_is_better_in_people_groups_ranks_or_lots(problem: Problem) -> None:
    rules, found = Rules(problem), most_placed(problem)
    assert rules.feasible(found)
    assert rules.worth(found) == max(map(rules.worth, rules.matchings()))


@given(problems(people=14, places=9))
@settings(deadline=None, max_examples=150)
def test_a_larger_problem_is_never_worse_than_the_stable_matching(problem: Problem) -> None:
    rules, found = Rules(problem), most_placed(problem)
    assert rules.feasible(found)
    assert rules.worth(found) >= rules.worth(stable(problem))


@given(problems(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=100)
def test_the_order_in_which_a_problem_is_written_never_matters(
    problem: Problem, chance: random.Random
) -> None:
    assert most_placed(mixed(problem, chance)) == most_placed(problem)


@given(problems(people=5, places=4))
@settings(deadline=None, max_examples=60)
def test_with_lots_as_coarse_as_can_be_the_rest_stays_exact(problem: Problem) -> None:
    rules = Rules(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "_EXACT", 1)
        found = most_placed(problem)
    assert rules.feasible(found)
    assert rules.worth(found)[:-1] == max(rules.worth(one)[:-1] for one in rules.matchings())


def test_one_more_person_outweighs_every_rank() -> None:
    problem = make([[0, 1, 2], [0]], [{0: 1, 1: 2}, {0: 1}, {0: 1}], seats=[1, 0, 1])
    assert told(stable(problem)) == {0: 0}
    assert told(most_placed(problem)) == {0: 2, 1: 0}


def test_the_first_group_is_placed_before_the_second_and_nobodys_last() -> None:
    orders = [dict.fromkeys(range(3), 1)]
    assert told(most_placed(make([[0]] * 3, orders, seats=[1], groups=[0, 2, 1]))) == {2: 0}
    assert told(most_placed(make([[0]] * 3, orders, seats=[2], groups=[0, 2, 1]))) == {1: 0, 2: 0}


def test_a_group_never_costs_somebody_else_a_place() -> None:
    # The first group's only wish is the only wish of the other too: with a second seat both are placed.
    problem = make([[0], [0, 1]], [{0: 1, 1: 1}, {1: 1}], seats=[1, 1], groups=[1, 0])
    assert told(most_placed(problem)) == {0: 0, 1: 1}


@pytest.mark.parametrize("seed", range(6))
def test_the_earlier_lot_gets_the_better_wish_where_all_else_is_equal(seed: int) -> None:
    every: dict[int, int] = dict.fromkeys(range(3), 1)
    problem = make([[0, 1]] * 3, [every, every], seats=[1, 1], seed=seed)
    by_lot = sorted(problem.trainees, key=lambda one: lot(seed, one))
    assert most_placed(problem) == {by_lot[0]: position_id(0), by_lot[1]: position_id(1)}


def test_a_company_takes_no_more_than_its_cap_over_all_its_positions() -> None:
    every: dict[int, int] = dict.fromkeys(range(5), 1)
    problem = make(
        [[0, 1]] * 5, [every, every, {}], seats=[9, 9, 9], companies=[0, 0, 0], caps={0: 3}, groups=[0, 1]
    )
    found = most_placed(problem)
    assert len(found) == 3
    assert set(found.values()) == {position_id(0)}
    assert trainee_id(1) in found


def test_where_nobody_can_be_placed_the_matching_is_empty() -> None:
    assert most_placed(make([], [], seats=[])) == {}
    assert most_placed(make([[0], []], [{}], seats=[1])) == {}
    assert most_placed(make([[0]], [{0: 1}], seats=[0])) == {}
    assert most_placed(make([[0]], [{0: 1}], seats=[1], caps={0: 0})) == {}


def test_a_round_of_a_whole_region_places_everybody_it_can() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    people, places = 300, 200
    wishes = [chance.sample(range(places), 20) for _ in range(people)]
    orders = [{one: chance.randint(1, 5) for one in range(people)} for _ in range(places)]
    problem = make(wishes, orders, seats=[1] * places, groups=[at % 3 for at in range(people)])
    found, peer = measure(problem, most_placed(problem)), measure(problem, stable(problem))
    assert found.placed == places
    assert found.average is not None
    assert peer.average is not None
    assert (peer.blocking, peer.placed) == (0, places)
    assert found.blocking > 0
    assert found.average < peer.average
    assert groups_placed(problem) == [100, 100, 0]


def groups_placed(problem: Problem) -> list[int]:
    placed: list[UUID] = list(most_placed(problem))
    groups = [problem.priorities[one] for one in placed]
    return [groups.count(group) for group in (1, 2, 0)]


def test_a_round_without_positions_or_people_places_nobody() -> None:
    assert most_placed(make([[], []], [], seats=[])) == {}
    assert most_placed(make([], [{}], seats=[1])) == {}


def test_numpy_is_loaded_only_where_most_placed_is_asked_for() -> None:
    words = "import sys, regional_desk.services.matching.assignment as it; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
