"""Companies that apply: scores from several raters' points, the ranking, and who is selected against the goal.

Points are tenths of a point as raters give them; scores are thousandths of 100 points, rounded half up once, at the end
(rulebook sections 2 and 4: integers, never binary floats).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Any
from uuid import UUID

from regional_desk.domain.places import Place, place
from regional_desk.domain.refused import Refused
from regional_desk.domain.rounding import half_up_int

WHOLE = 100  # the weights of the criteria add up to this
_THOUSANDTHS, _TENTHS = 1000, 10
_CRITERION, _APPLIED = "criterion:", "applied"
UNIT = "곳"


class ParticipationState(StrEnum):
    """How far a company's application (참여신청) of a programme year has come."""

    APPLIED = "applied"
    SELECTED = "selected"
    RESERVE = "reserve"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {
            "applied": "신청",
            "selected": "선정",
            "reserve": "예비",
            "rejected": "미선정",
            "withdrawn": "철회",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: the most `points` a rater gives in whole points, its `weight` in percent of the whole."""

    key: str
    name: str
    about: str
    points: int
    weight: int


@dataclass(frozen=True, slots=True)
class SelectionTerms:
    """Terms of `resources/policies/companies.toml`; `pass_score` in thousandths of 100 points, None without a line."""

    source: str
    criteria: tuple[Criterion, ...]
    tie_order: tuple[str, ...]
    pass_score: int | None


@dataclass(frozen=True, slots=True)
class CompanyScore:
    """Thousandths of 100 points: the whole, and each criterion's share of it by its key."""

    total: int
    by_criterion: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CompanyCandidate:
    """An application with a score, and what the tie rules look at."""

    id: UUID
    score: CompanyScore
    applied_on: dt.date


@dataclass(frozen=True, slots=True)
class Override:
    """A decision against the ranking: 선정 or 미선정 whatever the place, with its reason."""

    state: ParticipationState
    reason: str


@dataclass(frozen=True, slots=True)
class CompanyVerdict:
    """What becomes of a place; `proposed` is what the ranking alone says, `reason` why it was decided otherwise."""

    place: Place
    state: ParticipationState
    proposed: ParticipationState
    reserve_number: int | None = None
    reason: str | None = None


def outcome_words(state: ParticipationState, reserve_number: int | None) -> str:
    """선정, 예비 2번, 미선정."""
    return f"{state.label} {reserve_number}번" if state is ParticipationState.RESERVE else state.label


def terms_from_table(table: Mapping[str, Any]) -> SelectionTerms:
    """The terms of a table; raise Refused where the weights do not add up to 100 or a tie rule is unknown."""
    criteria = tuple(
        Criterion(one["key"], one["label"], one["about"], int(one["points"]), int(one["weight"]))
        for one in table["criteria"]
    )
    total = sum(one.weight for one in criteria)
    if total != WHOLE:
        raise Refused(f"평가항목의 가중치를 더하면 {total}입니다. {WHOLE}이 되어야 합니다.")
    line = table.get("pass_points")
    terms = SelectionTerms(
        table["source"],
        criteria,
        tuple(table["tie_order"]),
        None if line is None else int(line) * _THOUSANDTHS,
    )
    for rule in terms.tie_order:
        rule_label(rule, criteria)
    return terms


def rule_label(rule: str, criteria: Sequence[Criterion]) -> str:
    """A tie rule in Korean; raise Refused for one that does not exist."""
    if rule == _APPLIED:
        return "신청일 빠른 순"
    for one in criteria:
        if rule == f"{_CRITERION}{one.key}":
            return f"'{one.name}' 점수"
    raise Refused(f"'{rule}'은(는) 모르는 동점 기준입니다.")


def score(criteria: Sequence[Criterion], points: Mapping[str, Sequence[int]]) -> CompanyScore:
    """The score of one company: for each criterion the mean over its raters, weighted.

    `points` holds under each criterion's key the tenths that the raters gave, one a rater and at least one.
    """
    parts = {
        one.key: Fraction(one.weight * sum(points[one.key]), len(points[one.key]) * one.points * _TENTHS)
        for one in criteria
    }

    def thousandths(part: Fraction) -> int:
        return half_up_int(part.numerator * _THOUSANDTHS, part.denominator)

    return CompanyScore(
        thousandths(sum(parts.values(), Fraction(0))),
        {key: thousandths(part) for key, part in parts.items()},
    )


def rank(candidates: Iterable[CompanyCandidate], terms: SelectionTerms) -> tuple[Place, ...]:
    """Candidates in order: by score, equal scores by the terms' rules in their order, never by chance."""
    keys = {
        one.id: (-one.score.total, *(_rule_key(one, rule) for rule in terms.tie_order)) for one in candidates
    }
    return place(keys, [rule_label(rule, terms.criteria) for rule in terms.tie_order], UNIT)


def undecided(
    places: Sequence[Place], passed: Mapping[UUID, bool], seats: int
) -> tuple[tuple[UUID, ...], ...]:
    """The groups of one rank that a person must put in order first: it decides over 선정, 예비 or their numbers."""
    found = []
    for rank_, equal in groupby(places, key=lambda one: one.rank):
        group = tuple(one.id for one in equal)
        if len(group) > 1 and passed[group[0]] and rank_ + len(group) - 1 > seats:
            found.append(group)
    return tuple(found)


def verdicts(
    places: Sequence[Place],
    passed: Mapping[UUID, bool],
    seats: int,
    overrides: Mapping[UUID, Override],
    first_reserve: int = 1,
) -> tuple[CompanyVerdict, ...]:
    """선정 up to `seats`, every other one over the line 예비 with numbers from `first_reserve`, who is under it 미선정.

    An override of 선정 takes a seat before the ranking does. Raises Refused where there are more of them than seats,
    where one is under the line, or where one has no reason.
    """
    _check_overrides(passed, seats, overrides)
    proposed = _by_place(places, passed, seats, {}, first_reserve)
    decided = _by_place(places, passed, seats, overrides, first_reserve)
    found = []
    for one in places:
        state, number = decided[one.id]
        against = overrides.get(one.id)
        told = against.reason if against is not None and state != proposed[one.id][0] else None
        found.append(CompanyVerdict(one, state, proposed[one.id][0], number, told))
    return tuple(found)


def passes(score_: CompanyScore, pass_score: int | None) -> bool:
    """Whether the score reaches the line, both in thousandths of 100 points; without a line everybody does."""
    return pass_score is None or score_.total >= pass_score


def _by_place(
    places: Sequence[Place],
    passed: Mapping[UUID, bool],
    seats: int,
    overrides: Mapping[UUID, Override],
    number: int,
) -> dict[UUID, tuple[ParticipationState, int | None]]:
    left = seats - sum(one.state is ParticipationState.SELECTED for one in overrides.values())
    found: dict[UUID, tuple[ParticipationState, int | None]] = {}
    for one in places:
        if one.id in overrides:
            found[one.id] = overrides[one.id].state, None
        elif not passed[one.id]:
            found[one.id] = ParticipationState.REJECTED, None
        elif left > 0:
            found[one.id] = ParticipationState.SELECTED, None
            left -= 1
        else:
            found[one.id] = ParticipationState.RESERVE, number
            number += 1
    return found


def _check_overrides(passed: Mapping[UUID, bool], seats: int, overrides: Mapping[UUID, Override]) -> None:
    for key, one in overrides.items():
        if key not in passed:
            raise Refused("순위에 없는 기업은 순위와 다르게 정할 수 없습니다.")
        if not one.reason.strip():
            raise Refused("순위와 다르게 정하는 사유를 적어 주십시오.")
        if one.state not in (ParticipationState.SELECTED, ParticipationState.REJECTED):
            raise Refused("순위와 다르게 정할 때는 선정이나 미선정만 고를 수 있습니다.")
        if one.state is ParticipationState.SELECTED and not passed[key]:
            raise Refused("합격선에 못 미친 기업은 선정할 수 없습니다. 합격선이 맞는지 먼저 보십시오.")
    wanted = sum(one.state is ParticipationState.SELECTED for one in overrides.values())
    if wanted > seats:
        raise Refused(f"남은 목표는 {seats}곳인데 순위와 다르게 선정하려는 기업이 {wanted}곳입니다.")


def _rule_key(one: CompanyCandidate, rule: str) -> int:
    if rule == _APPLIED:
        return one.applied_on.toordinal()
    return -one.score.by_criterion[rule.removeprefix(_CRITERION)]
