"""The ranking of one kind of companies: scores from the sheets that are done, places, ties, and what stops a decision."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain import company_selection as rules
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_selection import (
    CompanyCandidate,
    CompanyScore,
    Criterion,
    Override,
    ParticipationState,
    SelectionTerms,
)
from regional_desk.domain.places import settle
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk
from regional_desk.store import company_ratings as store
from regional_desk.store.company_ratings import AppliedRow, RaterRow

DECIDED = (ParticipationState.SELECTED, ParticipationState.RESERVE, ParticipationState.REJECTED)


@dataclass(frozen=True, slots=True)
class RankedCompany:
    """A company with a place among those decided, or those still open: `state` was decided, or before that would be.

    `proposed` is what the ranking alone says; `reason` why it was decided otherwise.
    """

    row: AppliedRow
    score: CompanyScore
    rank: int
    tie_note: str | None
    tied: bool
    passed: bool
    state: ParticipationState
    proposed: ParticipationState
    reserve_number: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class WaitingCompany:
    """A company without a place, and why."""

    row: AppliedRow
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompanyRanking:
    """One kind of a programme year: who was decided on, whom the next decision would place, and what stops it.

    `goal` and `taken` count companies, the goal None where none was set; `pass_score` is thousandths of 100 points.
    `ties` are the groups of one rank a person must put in order, by application; `faults` are sentences.
    """

    programme_year: int
    kind: CompanyKind
    goal: int | None
    taken: int
    pass_score: int | None
    criteria: tuple[Criterion, ...]
    decided: tuple[RankedCompany, ...]
    ranked: tuple[RankedCompany, ...]
    waiting: tuple[WaitingCompany, ...]
    ties: tuple[tuple[UUID, ...], ...]
    faults: tuple[str, ...]

    @property
    def seats(self) -> int:
        """How many companies the goal still wants."""
        return max(0, (self.goal or 0) - self.taken)

    def count(self, state: ParticipationState) -> int:
        """How many were decided, or would be, for this state."""
        return sum(one.state is state for one in (*self.decided, *self.ranked))


@dataclass(frozen=True, slots=True)
class CompanyMarks:
    """What one snapshot holds of a kind; `given` is (application, criterion): tenths by rater."""

    programme_year: int
    kind: CompanyKind
    goal: int | None
    pass_score: int | None
    raters: tuple[RaterRow, ...]
    rows: tuple[AppliedRow, ...]
    given: Mapping[tuple[UUID, str], Mapping[UUID, int]]

    def points(self, row: AppliedRow) -> dict[str, tuple[int, ...]]:
        """Under each criterion the tenths that counted, of raters who gave all of them, each criterion's by rater."""
        keys = [one.key for one in terms().criteria]
        whole = [
            one.id for one in self.raters if all(one.id in self.given.get((row.id, key), {}) for key in keys)
        ]
        return {key: tuple(self.given[row.id, key][one] for one in whole) for key in keys} if whole else {}


@cache
def terms() -> SelectionTerms:
    """The shipped terms (`resources/policies/companies.toml`)."""
    path = paths.resources() / "policies" / "companies.toml"
    return rules.terms_from_table(tomllib.loads(path.read_text(encoding="utf-8")))


def ranking(
    desk: Desk,
    kind: CompanyKind,
    order: Sequence[UUID] = (),
    reason: str = "",
    overrides: Mapping[UUID, Override] | None = None,
) -> CompanyRanking:
    """The ranking of this programme year as it stands, or as it would be decided with this order and these overrides.

    Only sheets that were declared done count for whoever is not decided yet, so it shows no rater another's open sheet.
    Raises Refusal for an order without a reason and for overrides that cannot be.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        marks = read_marks(connection, desk.office.programme_year, kind)
    return rank_marks(marks, order, reason, overrides or {})


def read_marks(connection: sa.Connection, programme_year: int, kind: CompanyKind) -> CompanyMarks:
    """Everything the ranking of a kind comes from."""
    goal = next((one for one in store.list_goals(connection, programme_year) if one.kind == kind.value), None)
    raters = store.list_raters(connection, programme_year)
    given: dict[tuple[UUID, str], dict[UUID, int]] = {}
    for one in store.list_ratings(connection, [rater.id for rater in raters]):
        given.setdefault((one.participation_id, one.criterion), {})[one.rater_id] = one.tenths
    return CompanyMarks(
        programme_year,
        kind,
        None if goal is None else goal.companies,
        None if goal is None else goal.pass_score,
        raters,
        store.list_applied(connection, programme_year, kind.value),
        given,
    )


def rank_marks(
    marks: CompanyMarks, order: Sequence[UUID], reason: str, overrides: Mapping[UUID, Override]
) -> CompanyRanking:
    """The ranking of one snapshot; raise Refusal for an order without a reason and overrides that cannot be."""
    if order and not clean(reason):
        raise Refusal("동점 기업의 차례를 정하는 사유를 적어 주십시오.")
    faults = _faults(marks)
    scored: list[CompanyCandidate] = []
    waiting: list[WaitingCompany] = []
    for row in marks.rows:
        if row.state != ParticipationState.APPLIED:
            continue
        reasons = _reasons(marks, row)
        if reasons:
            waiting.append(WaitingCompany(row, reasons))
        elif not faults:
            scored.append(_candidate(marks, row))
    decided = _decided(marks)
    taken = sum(one.state is ParticipationState.SELECTED for one in decided)
    seats = max(0, (marks.goal or 0) - taken)
    places = settle(rules.rank(scored, terms()), order, clean(reason), rules.UNIT)
    scores = {one.id: one.score for one in scored}
    passed = {key: rules.passes(one, marks.pass_score) for key, one in scores.items()}
    first = 1 + max((one.reserve_number or 0 for one in marks.rows), default=0)
    try:
        verdicts = rules.verdicts(places, passed, seats, overrides, first)
    except Refused as refused:
        raise Refusal(f"{refused} 바꾸지 않았습니다.") from refused
    by_id = {row.id: row for row in marks.rows}
    return CompanyRanking(
        marks.programme_year,
        marks.kind,
        marks.goal,
        taken,
        marks.pass_score,
        terms().criteria,
        decided,
        tuple(
            RankedCompany(
                by_id[one.place.id],
                scores[one.place.id],
                one.place.rank,
                one.place.note,
                one.place.tied,
                passed[one.place.id],
                one.state,
                one.proposed,
                one.reserve_number,
                one.reason,
            )
            for one in verdicts
        ),
        tuple(waiting),
        rules.undecided([one for one in places if one.id not in overrides], passed, seats),
        faults,
    )


def _candidate(marks: CompanyMarks, row: AppliedRow) -> CompanyCandidate:
    return CompanyCandidate(row.id, rules.score(terms().criteria, marks.points(row)), row.applied_on)


def _decided(marks: CompanyMarks) -> tuple[RankedCompany, ...]:
    """What was decided, as it was written down; the scores follow from points nobody can change any more."""
    rows = {
        row.id: row for row in marks.rows if ParticipationState(row.state) in DECIDED and marks.points(row)
    }
    scored = {key: _candidate(marks, row) for key, row in rows.items()}
    found = []
    for _, equal in groupby(rules.rank(scored.values(), terms()), key=lambda one: one.rank):
        group = sorted(equal, key=lambda one: _settled_key(rows[one.id]))
        keys = [_settled_key(rows[one.id]) for one in group]
        for one, key in zip(group, keys, strict=True):
            score = scored[one.id].score
            found.append(_decided_row(marks, rows[one.id], score, one.rank + keys.index(key)))
    return tuple(found)


def _settled_key(row: AppliedRow) -> tuple[int, int]:
    """The order a person put companies of equal rank in shows in what became of them."""
    return DECIDED.index(ParticipationState(row.state)), row.reserve_number or 0


def _decided_row(marks: CompanyMarks, row: AppliedRow, score: CompanyScore, rank: int) -> RankedCompany:
    state = ParticipationState(row.state)
    return RankedCompany(
        row,
        score,
        rank,
        row.tie_note,
        tied=False,
        passed=rules.passes(score, marks.pass_score),
        state=state,
        proposed=state,
        reserve_number=row.reserve_number,
        reason=row.reason,
    )


def _faults(marks: CompanyMarks) -> tuple[str, ...]:
    """What keeps the whole kind from being ranked."""
    found = []
    if marks.goal is None:
        found.append("목표 기업 수를 정하지 않았습니다.")
    if not marks.raters:
        found.append("평가위원이 없습니다.")
    found += [f"평가표를 마감하지 않았습니다: {one.name}" for one in marks.raters if one.done_at is None]
    return tuple(found)


def _reasons(marks: CompanyMarks, row: AppliedRow) -> tuple[str, ...]:
    """Why a company has no score yet; sheets that are not done are told once for all."""
    return tuple(
        f"점수 없음({rater.name})"
        for rater in marks.raters
        if rater.done_at is not None
        and any(rater.id not in marks.given.get((row.id, one.key), {}) for one in terms().criteria)
    )
