"""The ranking of a track: scores from the sheets that are done, places, ties, and what stops a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.screening import (
    Candidate,
    Measure,
    Placed,
    Score,
    Step,
    Verdict,
    passes,
    rank,
    score,
    settle,
    undecided,
    verdicts,
    weights_fault,
)
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment.rounds import read_round
from regional_desk.services.recruitment.screening import is_candidate, masked, measures_of
from regional_desk.store import recruitment as store
from regional_desk.store.recruitment import CandidateRow, RaterRow, RoundRow


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody with a place: `outcome` is what was decided, or before that what would be."""

    candidate: CandidateRow
    score: Score
    rank: int
    tie_note: str | None
    tied: bool
    passed: bool
    outcome: Stage
    reserve_number: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody without a place, and why."""

    candidate: CandidateRow
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """One track of a round as it stands: who has a place, who has none yet, and what stops a decision.

    `ties` are the groups of one rank a person must put in order, by application; `faults` are sentences.
    """

    round: RoundRow
    track: Track
    places: int
    reserves: int
    measures: tuple[Measure, ...]
    ranked: tuple[Ranked, ...]
    waiting: tuple[Waiting, ...]
    ties: tuple[tuple[UUID, ...], ...]
    faults: tuple[str, ...]
    decided: bool

    def count(self, stage: Stage) -> int:
        """How many have this outcome."""
        return sum(one.outcome is stage for one in self.ranked)


@dataclass(frozen=True, slots=True)
class Marks:
    """What one snapshot holds of a track."""

    round: RoundRow
    places: int
    reserves: int
    has_goal: bool
    measures: tuple[Measure, ...]
    raters: tuple[RaterRow, ...]
    people: tuple[CandidateRow, ...]
    given: Mapping[tuple[UUID, UUID], Mapping[UUID, int]]  # (application, criterion): tenths by rater

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that the track is screened in."""
        return tuple(step for step in Step if any(one.step is step for one in self.measures))


def ranking(
    desk: Desk, round_id: UUID, track: Track, order: Sequence[UUID] = (), reason: str = ""
) -> Ranking:
    """The ranking as it stands, or as it would be with people of equal rank put in `order`; noted and masked.

    Only sheets that were declared done count, so it shows no rater another's open sheet.
    """
    found = survey(desk, round_id, track, order, reason)
    shown = [one.candidate.person for one in found.ranked] + [one.candidate.person for one in found.waiting]
    if shown:
        desk.note_view("screening", shown, {"by": "ranking", "round": str(round_id), "track": track.value})
    return found


def survey(desk: Desk, round_id: UUID, track: Track, order: Sequence[UUID] = (), reason: str = "") -> Ranking:
    """The same for whoever notes the look themselves, as a paper does."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = rank_marks(read_marks(connection, round_id, track), track, order, reason)
    if desk.masking is Masking.FULL:
        return found
    return replace(
        found,
        ranked=tuple(replace(one, candidate=masked(desk, one.candidate)) for one in found.ranked),
        waiting=tuple(replace(one, candidate=masked(desk, one.candidate)) for one in found.waiting),
    )


def read_marks(connection: sa.Connection, round_id: UUID, track: Track) -> Marks:
    """What a track stands at; only sheets that are done give marks."""
    row = read_round(connection, round_id)
    goal = next((one for one in store.list_goals(connection, round_id) if one.track == track.value), None)
    raters = store.list_raters(connection, round_id)
    given: dict[tuple[UUID, UUID], dict[UUID, int]] = {}
    done = [one.id for one in raters if one.done_at is not None]
    for one in store.list_ratings(connection, done):
        given.setdefault((one.application_id, one.criterion_id), {})[one.rater_id] = one.tenths
    return Marks(
        row,
        goal.places if goal else 0,
        goal.reserves if goal else 0,
        goal is not None,
        measures_of(store.list_criteria(connection, round_id, track.value)),
        raters,
        tuple(one for one in store.list_candidates(connection, round_id, track.value) if is_candidate(one)),
        given,
    )


def rank_marks(marks: Marks, track: Track, order: Sequence[UUID], reason: str) -> Ranking:
    """The ranking of one snapshot, names full; raise Refusal for an order without a reason."""
    faults = _faults(marks)
    by_id = {one.id: one for one in marks.people}
    scored: list[Candidate] = []
    waiting: list[Waiting] = []
    for one in marks.people:
        reasons = _reasons(marks, one)
        if reasons:
            waiting.append(Waiting(one, reasons))
        elif not faults:
            points = {each.id: _points(marks, one, each) for each in marks.measures}
            scored.append(Candidate(one.id, score(marks.measures, points), one.received_on, one.birth))
    placed = rank(scored, marks.round.tie_order, marks.measures)
    decided = any(one.rank is not None for one in marks.people)
    if decided:
        return _decided(marks, track, placed, by_id, tuple(waiting))
    if order and not clean(reason):
        raise Refusal("동점자의 차례를 정하는 사유를 적어 주십시오.")
    settled = settle(placed, order, clean(reason)) if order else placed
    line = (marks.places, marks.reserves, marks.round.pass_score)
    ties = undecided(settled, *line)
    return Ranking(
        marks.round,
        track,
        marks.places,
        marks.reserves,
        marks.measures,
        tuple(_ranked(one, by_id, marks) for one in verdicts(settled, *line)),
        tuple(waiting),
        tuple(tuple(one.id for one in group) for group in ties),
        faults,
        decided=False,
    )


def _decided(
    marks: Marks,
    track: Track,
    placed: Sequence[Placed],
    by_id: Mapping[UUID, CandidateRow],
    waiting: tuple[Waiting, ...],
) -> Ranking:
    """What was decided, as it was written down."""
    rows = []
    for one in placed:
        row = by_id[one.id]
        if row.rank is None:
            waiting = (*waiting, Waiting(row, ("선발을 정한 뒤에 들어옴",)))
            continue
        passed = passes(one, marks.round.pass_score)
        rows.append(
            Ranked(
                row,
                one.candidate.score,
                row.rank,
                row.tie_note,
                tied=False,
                passed=passed,
                outcome=Stage(row.stage),
                reserve_number=row.reserve_number,
            )
        )
    return Ranking(
        marks.round,
        track,
        marks.places,
        marks.reserves,
        marks.measures,
        tuple(sorted(rows, key=lambda one: one.rank)),
        waiting,
        (),
        (),
        decided=True,
    )


def _ranked(verdict: Verdict, by_id: Mapping[UUID, CandidateRow], marks: Marks) -> Ranked:
    one = verdict.placed
    return Ranked(
        by_id[one.id],
        one.candidate.score,
        one.rank,
        one.tie_note,
        one.tied,
        passes(one, marks.round.pass_score),
        verdict.stage,
        verdict.reserve_number,
    )


def _faults(marks: Marks) -> tuple[str, ...]:
    """What keeps the whole track from being ranked."""
    found = []
    if not marks.has_goal:
        found.append("모집인원을 정하지 않았습니다.")
    fault = weights_fault(marks.measures)
    if fault:
        found.append(fault)
    for step in marks.steps:
        raters = [one for one in marks.raters if one.step == step.value]
        if not raters:
            found.append(f"{step.label} 심사위원이 없습니다.")
        found += [
            f"{step.label} 점수표를 마감하지 않았습니다: {one.name}" for one in raters if one.done_at is None
        ]
    return tuple(found)


def _reasons(marks: Marks, row: CandidateRow) -> tuple[str, ...]:
    """Why somebody has no score yet; sheets that are not done are told once for all."""
    found = []
    if row.rank is None and row.eligible is False:
        found.append("자격 부적격")
    elif row.rank is None and row.stage == Stage.APPLIED and not row.eligible:
        found.append("자격 미확인")
    for one in marks.raters:
        mine = [each for each in marks.measures if each.step.value == one.step]
        if one.done_at is not None and any(
            one.id not in marks.given.get((row.id, each.id), {}) for each in mine
        ):
            found.append(f"{Step(one.step).label} 점수 없음({one.name})")
    return tuple(found)


def _points(marks: Marks, row: CandidateRow, measure: Measure) -> tuple[int, ...]:
    return tuple(marks.given[row.id, measure.id].values())
