"""What a matching round comes to: both objectives computed, one of them adopted, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.matching import (
    Matching,
    Measure,
    Problem,
    blocking_pairs,
    measure,
    stable,
    wish_rank,
)
from regional_desk.domain.matching_rounds import Objective
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.matching import explaining
from regional_desk.services.matching.rounds import (
    SUBJECT,
    Round,
    problem_of,
    read_round,
    require_open,
    set_round,
    shown,
)
from regional_desk.store import matching as tables
from regional_desk.store import placements as store
from regional_desk.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Result:
    """A matching of a round, with what it gives and costs; names in the explanations as the person may see them.

    `objective` is None for the placements as they stand, changes by hand included. `blocking` are (trainee, position)
    pairs that would rather have each other; the explanations are Korean lines, by trainee and by position.
    """

    round: Round
    objective: Objective | None
    seed: int
    problem: Problem
    matching: Matching
    measure: Measure
    blocking: tuple[tuple[UUID, UUID], ...]
    of_trainees: Mapping[UUID, str]
    of_positions: Mapping[UUID, str]

    @property
    def unplaced(self) -> tuple[UUID, ...]:
        """Who is not placed, in the round's order of names."""
        return tuple(one.id for one in self.round.trainees if one.id not in self.matching)


def compute(desk: Desk, round_id: UUID, objective: Objective, seed: int | None = None) -> Result:
    """What an objective gives, by the round's own seed or another one; nothing is stored, its people are noted.

    Raises UsageError for an unknown round.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = read_round(connection, round_id)
    posed = problem_of(found, seed)
    return _result(desk, found, posed, objective, solve(posed, objective))


def standing(desk: Desk, round_id: UUID) -> Result:
    """The placements as they stand now, explained; its people are noted.

    Raises Refusal where none were adopted, UsageError for an unknown round.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = read_round(connection, round_id)
        rows = store.list_placements(connection, round_id)
    if not found.adopted:
        raise Refusal(f"{found.row.name}은(는) 아직 배정을 채택하지 않았습니다.")
    return _result(desk, found, problem_of(found), None, {row.trainee: row.position for row in rows})


def solve(posed: Problem, objective: Objective) -> Matching:
    """The matching an objective gives; the solver of the most placed is loaded only where it is asked for."""
    if objective is Objective.STABLE:
        return stable(posed)
    from regional_desk.services.matching.assignment import most_placed  # noqa: PLC0415 - it brings its solver

    return most_placed(posed)


def adopt(
    desk: Desk, round_id: UUID, objective: Objective, operation_id: UUID | None = None
) -> dict[str, Any]:
    """Make an objective's matching the round's placements, in the place of those adopted before.

    Returns how many were placed and not. Raises Refusal where nobody can be placed, where placements were changed by
    hand since they were adopted (withdraw them first), and where the round is published.
    """

    def body(work: Work) -> dict[str, Any]:
        row = require_open(work.connection, round_id)
        if row.adopted_at is not None and _changed_by_hand(work.connection, round_id, row.adopted_at):
            raise Refusal(
                f"{row.name}에는 손으로 바꾼 배정이 있어 다시 채택하지 않았습니다. 먼저 채택을 거두십시오."
            )
        found = read_round(work.connection, round_id)
        posed = problem_of(found)
        matching = solve(posed, objective)
        if not matching:
            raise Refusal(
                "배정할 수 있는 사람이 없어 채택하지 않았습니다. 희망순위, 면접 결과, 모집인원을 확인해 주십시오."
            )
        _write(work, round_id, posed, matching, objective)
        set_round(
            work,
            round_id,
            objective=objective.value,
            adopted_by=desk.actor.user_id,
            adopted_at=work.at,
        )
        counts = {"placed": len(matching), "unplaced": len(posed.trainees) - len(matching)}
        keys = desk.store.person_keys(work.connection, list(matching))
        titles = {one.id: one.title for one in found.positions}
        values = [work.seal(keys, one, {"position": titles[at]}) for one, at in matching.items()]
        work.log("matching.adopt", SUBJECT, round_id, {"objective": objective.value, **counts}, values)
        return counts

    return desk.perform(Right.EDIT_MATCHING, "matching.adopt", body, operation_id)


def withdraw(desk: Desk, round_id: UUID, reason: str, operation_id: UUID | None = None) -> None:
    """Take adopted placements back, so that the round can be changed again; the minutes stay.

    Raises Refusal without a reason or with one that names somebody of the round, where nothing was adopted, and where
    the round is published.
    """
    why = clean(reason)
    if not why:
        raise Refusal("채택을 거두는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = require_open(work.connection, round_id)
        if row.adopted_at is None:
            raise Refusal(f"{row.name}은(는) 아직 배정을 채택하지 않았습니다. 바뀐 것은 없습니다.")
        people = read_round(work.connection, round_id).trainees
        if any(one.name in why for one in people):
            raise Refusal(
                "사유에 교육생의 이름을 적지 마십시오. 사유는 이력에 오래 남습니다. 바꾸지 않았습니다."
            )
        _clear(work, round_id)
        set_round(work, round_id, objective=None, adopted_by=None, adopted_at=None)
        work.log("matching.withdraw", SUBJECT, round_id, {"reason": why})
        return {"round": str(round_id)}

    desk.perform(Right.EDIT_MATCHING, "matching.withdraw", body, operation_id)


def _result(
    desk: Desk, found: Round, posed: Problem, objective: Objective | None, matching: Matching
) -> Result:
    told = shown(desk, found)
    lines = explaining.explanations(posed, matching, names_of(told))
    return Result(
        round=told,
        objective=objective,
        seed=posed.seed,
        problem=posed,
        matching=matching,
        measure=measure(posed, matching),
        blocking=blocking_pairs(posed, matching),
        of_trainees={one: "\n".join(each) for one, each in lines.trainees.items()},
        of_positions={one: "\n".join(each) for one, each in lines.positions.items()},
    )


def names_of(found: Round) -> explaining.Names:
    """What the people and positions of a round are called, as it was read."""
    return explaining.Names(
        {one.id: one.name for one in found.trainees}, {one.id: one.title for one in found.positions}
    )


def _changed_by_hand(connection: sa.Connection, round_id: UUID, since: Any) -> bool:
    return any(one.at >= since for one in store.list_minutes(connection, round_id))


def _clear(work: Work, round_id: UUID) -> None:
    work.connection.execute(sa.delete(tables.placement).where(tables.placement.c.round_id == round_id))


def _write(work: Work, round_id: UUID, posed: Problem, matching: Matching, objective: Objective) -> None:
    _clear(work, round_id)
    work.connection.execute(
        sa.insert(tables.placement),
        [
            {
                "id": new_id(),
                "round_id": round_id,
                "trainee_id": trainee,
                "position_id": position,
                "how": objective.value,
                "rank": wish_rank(posed, trainee, position),
            }
            for trainee, position in matching.items()
        ],
    )
