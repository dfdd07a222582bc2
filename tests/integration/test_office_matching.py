"""The office's two files, wishes and interviews, become a matching that an independent solver says is the right one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from tests.conftest import FILES

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.matching_rounds import Objective, Unrated
from regional_desk.domain.people import Track
from regional_desk.services.companies import (
    companies,
    company_ranking,
    company_raters,
    company_rating,
    company_selection,
    participations,
)
from regional_desk.services.companies.company_rating import CompanyPoints
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.matching import entries, results, rounds
from regional_desk.services.matching.results import Result

_ENOUGH = 80  # tenths of ten points


def lay_out(desk: Desk) -> UUID:
    """A round of every 제조 company of the office, all of them selected, with the wishes and interviews of the two files."""
    applied = [row.id for row in companies.survey_companies(desk) if row.kind == CompanyKind.MANUFACTURER]
    taken_in = participations.apply(desk, applied)
    company_selection.set_goal(desk, CompanyKind.MANUFACTURER, len(applied), None)
    rater = company_raters.add_rater(desk, "외부 위원")
    criteria = company_ranking.terms().criteria
    points = [CompanyPoints(row, one.key, _ENOUGH) for row in taken_in for one in criteria]
    company_rating.rate(desk, rater, points)
    company_rating.declare_done(desk, rater)
    company_selection.decide(desk, CompanyKind.MANUFACTURER)
    made = rounds.add_round(desk, "8월 연계", unrated=Unrated.REFUSE).id
    entries.fill(desk, made, Track.TRACK1)
    for kind in ("preferences", "interviews"):
        imports.commit(desk, imports.open_file(desk, kind, FILES / f"{kind}.xlsx"), round_id=made)
    return made


def matching_round(desk: Desk) -> UUID:
    """The one round that `lay_out` made."""
    (row,) = rounds.list_rounds(desk)
    return row.id


@pytest.fixture
def laid_out(desk: Desk) -> Desk:
    """The August office with a round ready to be computed."""
    lay_out(desk)
    return desk


def _computed(desk: Desk, objective: Objective) -> Result:
    return results.compute(desk, matching_round(desk), objective)


def _told(expected: dict[str, Any], objective: Objective) -> tuple[int, tuple[int, ...]]:
    wanted = expected["matching"][objective.value]
    return wanted["placed"], tuple(wanted["ranks"])


def _ranks(found: Result) -> tuple[int, tuple[int, ...]]:
    ranks = (*found.measure.ranks, 0, 0, 0)[:3]
    assert sum(ranks) == found.measure.placed
    return found.measure.placed, ranks


@pytest.mark.parametrize("objective", list(Objective))
def test_both_objectives_place_as_many_by_the_same_wishes_as_another_solver(
    laid_out: Desk, expected: dict[str, Any], objective: Objective
) -> None:
    assert _ranks(_computed(laid_out, objective)) == _told(expected, objective)


def test_the_stable_matching_is_the_other_solvers_pair_by_pair(
    laid_out: Desk, expected: dict[str, Any]
) -> None:
    found = _computed(laid_out, Objective.STABLE)
    people = {one.id: f"{one.name} {one.birth.isoformat()}" for one in found.round.trainees}
    firms = {one.id: one.company_name for one in found.round.positions}
    pairs = {people[trainee]: firms[position] for trainee, position in found.matching.items()}
    assert pairs == expected["matching"]["stable"]["pairs"]
    assert found.blocking == ()


def test_the_most_placed_cost_pairs_that_would_rather_have_each_other(laid_out: Desk) -> None:
    stable, most = (_computed(laid_out, one) for one in (Objective.STABLE, Objective.MOST))
    assert most.measure.placed == stable.measure.placed + 1
    assert most.measure.blocking == len(most.blocking) > 0


@pytest.mark.parametrize(("kind", "bad"), [("preferences", 2), ("interviews", 3)])
def test_the_files_name_each_row_nobody_knows(
    desk: Desk, expected: dict[str, Any], kind: str, bad: int
) -> None:
    made = lay_out(desk)
    seen = imports.preview(desk, imports.open_file(desk, kind, FILES / f"{kind}.xlsx"), round_id=made)
    assert len({error.row for error in seen.errors}) == bad == expected[kind]["bad_rows"]
    assert (seen.new, seen.updated) == (0, 0)


def test_one_row_a_wish_says_the_same_as_one_row_a_person(laid_out: Desk, expected: dict[str, Any]) -> None:
    opened = imports.open_file(laid_out, "preferences", FILES / "preferences_rows.csv")
    seen = imports.preview(laid_out, opened, round_id=matching_round(laid_out))
    assert seen.read == expected["preferences"]["wishes"]
    assert (seen.new, seen.updated, list(seen.errors)) == (0, 0, [])
