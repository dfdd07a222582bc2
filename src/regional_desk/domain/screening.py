"""Screening: scores from several raters' points, the ranking with its recorded tie rules, and who is selected.

Points are tenths of a point as raters give them; scores are thousandths of 100 points, rounded half up once, at the end
(rulebook sections 2 and 5: integers, never binary floats).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from uuid import UUID

from regional_desk.domain import places as placing
from regional_desk.domain.places import Place
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.refused import Refused
from regional_desk.domain.rounding import half_up_int
from regional_desk.domain.text import clean

WHOLE = 100  # the weights of a track's criteria over both steps add up to this
MOST_POINTS = 100
_THOUSANDTHS = 1000
_TENTHS = 10
_CRITERION = "criterion:"
_UNIT = "명"
_POINTS = re.compile(r"([0-9]{1,4})(?:\.([0-9]))?")


class Step(StrEnum):
    """A step of the screening with raters of its own."""

    PAPERS = "papers"
    INTERVIEW = "interview"

    @property
    def label(self) -> str:
        """The Korean name."""
        return "서류" if self is Step.PAPERS else "면접"

    @property
    def stage(self) -> Stage:
        """The stage of whoever was rated in it."""
        return Stage.SCREENED if self is Step.PAPERS else Stage.INTERVIEWED


@dataclass(frozen=True, slots=True)
class Measure:
    """One criterion: the most `points` a rater gives in whole points, and its `weight` in percent of the whole."""

    id: UUID
    step: Step
    name: str
    points: int
    weight: int


@dataclass(frozen=True, slots=True)
class Score:
    """Thousandths of 100 points: the whole, each step's share of it, and each criterion's by its id."""

    total: int
    papers: int
    interview: int
    by_measure: Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with a score, and what the tie rules look at."""

    id: UUID
    score: Score
    received_on: dt.date
    birth: dt.date


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate's place: `rank` from 1, equal where no rule told them apart (`tied`); `tie_note` says what decided."""

    candidate: Candidate
    rank: int
    tie_note: str | None = None
    tied: bool = False

    @property
    def id(self) -> UUID:
        """The application."""
        return self.candidate.id

    @property
    def total(self) -> int:
        """The score in thousandths of 100 points."""
        return self.candidate.score.total


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a place: selected, waitlisted with a number from 1, or rejected."""

    placed: Placed
    stage: Stage
    reserve_number: int | None = None


def parse_points(text: str, most: int) -> int | None:
    """Tenths of a point as typed, `8` or `8.5`; None where nothing stands there.

    Raises Refused for what is no number, has more than one decimal, or lies outside 0 to `most` points.
    """
    typed = clean(text).replace(",", ".").removesuffix("점")
    if not typed:
        return None
    match = _POINTS.fullmatch(typed)
    if match is None:
        raise Refused(f"'{text}'은(는) 점수가 아닙니다. 8 또는 8.5처럼 적으십시오.")
    tenths = int(match[1]) * _TENTHS + int(match[2] or 0)
    if tenths > most * _TENTHS:
        raise Refused(f"{show_points(tenths)}점은 만점({most}점)을 넘습니다.")
    return tenths


def show_points(tenths: int) -> str:
    """`8` or `8.5`."""
    whole, tenth = divmod(tenths, _TENTHS)
    return f"{whole}.{tenth}" if tenth else str(whole)


def show_score(thousandths: int) -> str:
    """`83.250`."""
    return f"{thousandths // _THOUSANDTHS}.{thousandths % _THOUSANDTHS:03d}"


def weights_fault(measures: Iterable[Measure]) -> str | None:
    """Why these criteria cannot be used for a track, None where they can: the weights must add up to 100."""
    found = tuple(measures)
    if not found:
        return "심사 기준이 없습니다."
    total = sum(measure.weight for measure in found)
    if total != WHOLE:
        return f"가중치의 합이 {total}입니다. 서류와 면접을 더해 {WHOLE}이 되어야 합니다."
    return None


def score(measures: Sequence[Measure], points: Mapping[UUID, Sequence[int]]) -> Score:
    """The score of one applicant: for each criterion the mean over its raters, weighted.

    `points` holds under each criterion's id the tenths that its raters gave, one a rater and at least one.
    """
    parts = {
        measure.id: Fraction(
            measure.weight * sum(points[measure.id]), len(points[measure.id]) * measure.points * _TENTHS
        )
        for measure in measures
    }

    def thousandths(part: Fraction | int) -> int:
        return half_up_int(part.numerator * _THOUSANDTHS, part.denominator)

    def share(step: Step) -> int:
        return thousandths(sum((parts[one.id] for one in measures if one.step is step), Fraction(0)))

    return Score(
        thousandths(sum(parts.values(), Fraction(0))),
        share(Step.PAPERS),
        share(Step.INTERVIEW),
        {key: thousandths(part) for key, part in parts.items()},
    )


def criterion_rule(name: str) -> str:
    """The tie rule that looks at one criterion."""
    return f"{_CRITERION}{name}"


RULES: Mapping[str, str] = {
    "interview": "면접 점수",
    "papers": "서류 점수",
    "received": "접수일 빠른 순",
    "birth": "생년월일 빠른 순",
}
DEFAULT_TIE_ORDER = ("interview", "papers", "received", "birth")


def rule_label(rule: str) -> str:
    """A tie rule in Korean; raise Refused for one that does not exist."""
    if rule.startswith(_CRITERION) and rule != _CRITERION:
        return f"'{rule.removeprefix(_CRITERION)}' 점수"
    if rule not in RULES:
        raise Refused(
            f"'{rule}'은(는) 모르는 동점 기준입니다. 쓸 수 있는 기준: {', '.join(RULES)}, {_CRITERION}항목이름"
        )
    return RULES[rule]


def rank(
    candidates: Iterable[Candidate], tie_order: Sequence[str], measures: Sequence[Measure]
) -> tuple[Placed, ...]:
    """Candidates in order: by score, equal scores by the round's rules in their order, never by chance.

    Whom no rule tells apart keep the same rank and are `tied`; a rule about a criterion that the track does not have
    tells nobody apart. The note of a tie says which rule put somebody before or behind the neighbour.
    """
    by_id = {one.id: one for one in candidates}
    keys = {key: _key(one, tie_order, measures) for key, one in by_id.items()}
    found = placing.place(keys, [rule_label(rule) for rule in tie_order], _UNIT)
    return tuple(Placed(by_id[one.id], one.rank, one.note, one.tied) for one in found)


def settle(placed: Sequence[Placed], order: Sequence[UUID], reason: str) -> tuple[Placed, ...]:
    """Put people of the same rank in the order a person decided, with the reason as the note.

    A group is settled only where `order` names every one of it.
    """
    by_id = {one.id: one.candidate for one in placed}
    known = [Place(one.id, one.rank, one.tie_note, one.tied) for one in placed]
    settled = placing.settle(known, order, reason, _UNIT)
    return tuple(Placed(by_id[one.id], one.rank, one.note, one.tied) for one in settled)


def passes(one: Placed, pass_score: int | None) -> bool:
    """Whether the score reaches the line, which is in tenths of 100 points; without a line everybody does."""
    return pass_score is None or one.total * _TENTHS >= pass_score * _THOUSANDTHS


def undecided(
    placed: Sequence[Placed], places: int, reserves: int, pass_score: int | None
) -> tuple[tuple[Placed, ...], ...]:
    """The groups of one rank that a person must put in order first: it would decide over 선발, 예비 or their numbers."""
    open_groups = []
    for at, equal in groupby(placed, key=lambda one: one.rank):
        group = tuple(equal)
        first, last = at, at + len(group) - 1
        matters = last > places and first <= places + reserves
        if len(group) > 1 and matters and passes(group[0], pass_score):
            open_groups.append(group)
    return tuple(open_groups)


def verdicts(
    placed: Sequence[Placed], places: int, reserves: int, pass_score: int | None
) -> tuple[Verdict, ...]:
    """선발 up to `places`, 예비 numbered up to `reserves`, everybody else and who is under the line 탈락.

    `placed` is in order with nothing left undecided.
    """
    found = []
    for at, one in enumerate(placed):
        if not passes(one, pass_score) or at >= places + reserves:
            found.append(Verdict(one, Stage.REJECTED))
        elif at < places:
            found.append(Verdict(one, Stage.SELECTED))
        else:
            found.append(Verdict(one, Stage.WAITLISTED, at - places + 1))
    return tuple(found)


def may_read(own_done: bool | None, other_done: bool, *, keyed_in_by_reader: bool = False) -> bool:
    """Whether somebody may read another rater's sheet of a step.

    `own_done` is None for whoever rates nothing in the step. Raters are blind to each other until each declared their
    sheet done; staff who key in an outside rater's sheet see that one.
    """
    return keyed_in_by_reader or (other_done and own_done is not False)


def _key(one: Candidate, tie_order: Sequence[str], measures: Sequence[Measure]) -> tuple[int, ...]:
    """Smaller comes first: the score, then one number a rule."""
    return (-one.score.total, *(_rule_key(one, rule, measures) for rule in tie_order))


def _rule_key(one: Candidate, rule: str, measures: Sequence[Measure]) -> int:
    if rule == "interview":
        return -one.score.interview
    if rule == "papers":
        return -one.score.papers
    if rule == "received":
        return one.received_on.toordinal()
    if rule == "birth":
        return one.birth.toordinal()
    name = rule.removeprefix(_CRITERION)
    return -sum(one.score.by_measure[measure.id] for measure in measures if measure.name == name)
