"""Which companies take part: the goal of each kind, the decision in one act, and what may follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_selection import Override, ParticipationState, outcome_words
from regional_desk.domain.rights import Right
from regional_desk.domain.screening import show_score
from regional_desk.domain.text import clean
from regional_desk.errors import Item, OpenItems, Refusal
from regional_desk.services.companies.company_ranking import (
    DECIDED,
    CompanyMarks,
    CompanyRanking,
    RankedCompany,
    rank_marks,
    ranking,
    read_marks,
    terms,
)
from regional_desk.services.companies.participations import SUBJECT, move, read_applied
from regional_desk.services.desk import Desk, Work
from regional_desk.store import company_ratings as store
from regional_desk.store.company_ratings import GoalRow
from regional_desk.store.participation import company_goal

_WHOLE = 100_000  # thousandths
_MOST = 9999


@dataclass(frozen=True, slots=True)
class KindProgress:
    """One kind against its goal: `goal` None where none was set, `pass_score` in thousandths of 100 points."""

    kind: CompanyKind
    goal: int | None
    pass_score: int | None
    applied: int  # all who applied and did not take it back
    selected: int
    reserve: int
    rejected: int
    withdrawn: int

    @property
    def open(self) -> int:
        """Applications nobody decided on yet."""
        return self.applied - self.selected - self.reserve - self.rejected

    @property
    def missing(self) -> int:
        """How many companies the goal still wants."""
        return max(0, (self.goal or 0) - self.selected)


def progress(desk: Desk, year: int | None = None) -> tuple[KindProgress, ...]:
    """Each kind of a programme year against its goal; it names nobody."""
    with desk.store.read() as connection:
        return read_progress(connection, desk.office.programme_year if year is None else year)


def read_progress(connection: sa.Connection, year: int) -> tuple[KindProgress, ...]:
    """The same from a connection at hand, as reports read it."""
    goals = {row.kind: row for row in store.list_goals(connection, year)}
    counts = store.count_states(connection, year)
    return tuple(_progress(kind, goals.get(kind.value), counts) for kind in CompanyKind)


def set_goal(
    desk: Desk,
    kind: CompanyKind,
    companies: int,
    pass_score: int | None,
    operation_id: UUID | None = None,
) -> None:
    """How many companies of a kind the region takes this programme year, and from which score on.

    `pass_score` is thousandths of 100 points, None without a line. Raises Refusal for a number that cannot be, one under
    what is selected already, and another line after a decision.
    """

    def body(work: Work) -> dict[str, Any]:
        year = desk.office.programme_year
        now = next(one for one in read_progress(work.connection, year) if one.kind is kind)
        if not 0 <= companies <= _MOST:
            raise Refusal(f"목표 기업 수는 0부터 {_MOST}까지입니다. 바꾸지 않았습니다.")
        if pass_score is not None and not 0 <= pass_score <= _WHOLE:
            raise Refusal("합격선은 0점부터 100점까지입니다. 바꾸지 않았습니다.")
        if companies < now.selected:
            raise Refusal(f"이미 {now.selected}곳을 선정하여 목표를 그보다 줄이지 않았습니다.")
        if now.goal is not None and now.applied > now.open and pass_score != now.pass_score:
            raise Refusal(
                f"{kind.value} 기업의 선정을 이미 정하여 합격선을 바꾸지 않았습니다. 먼저 선정을 거두십시오."
            )
        table, values = company_goal, {"companies": companies, "pass_score": pass_score}
        if now.goal is None:
            work.connection.execute(sa.insert(table).values(programme_year=year, kind=kind.value, **values))
        else:
            work.connection.execute(
                sa.update(table)
                .where(table.c.programme_year == year, table.c.kind == kind.value)
                .values(version=table.c.version + 1, **values)
            )
        line = "없음" if pass_score is None else f"{show_score(pass_score)}점"
        told = {"kind": kind.value, "year": year, "companies": companies, "pass_line": line}
        work.log("company.goal", SUBJECT, None, told)
        return {"kind": kind.value}

    desk.perform(Right.EDIT_COMPANIES, "company.goal", body, operation_id)


def decide(
    desk: Desk,
    kind: CompanyKind,
    *,
    order: Sequence[UUID] = (),
    reason: str = "",
    overrides: Mapping[UUID, Override] | None = None,
    operation_id: UUID | None = None,
) -> CompanyRanking:
    """선정 up to the goal, every other one over the line 예비 with a number, the rest 미선정, in one act.

    Companies decided on before stay as they are and count against the goal. `order` names the applications of equal rank
    that a person put in order, with the reason; `overrides` are decisions against the ranking, each with its reason.
    Raises OpenItems where a company has no score, a sheet is not done, or a tie must be decided by a person first.
    """

    def body(work: Work) -> dict[str, Any]:
        marks = read_marks(work.connection, desk.office.programme_year, kind)
        found = rank_marks(marks, order, reason, overrides or {})
        _refuse_open(found)
        for one in found.ranked:
            move(
                work,
                one.row,
                one.state,
                reserve_number=one.reserve_number,
                decided_on=work.at.date(),
                tie_note=one.tie_note,
                reason=one.reason,
            )
            work.log("company.outcome", SUBJECT, one.row.id, _told(one, marks))
        counts = {state.value: sum(one.state is state for one in found.ranked) for state in DECIDED}
        work.log("company.decide", SUBJECT, None, {"kind": kind.value, **counts})
        return counts

    desk.perform(Right.SELECT_COMPANIES, "company.decide", body, operation_id)
    return ranking(desk, kind)


def cancel(desk: Desk, kind: CompanyKind, reason: str, operation_id: UUID | None = None) -> dict[str, Any]:
    """Take a kind's decisions back, so that points or the goal can be put right; who withdrew stays so.

    Raises Refusal without a reason, where nothing was decided, and where a selected company's position is in a matching
    round already.
    """
    why = clean(reason)
    if not why:
        raise Refusal("선정을 거두는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        year = desk.office.programme_year
        states = {state.value for state in DECIDED}
        rows = [one for one in store.list_applied(work.connection, year, kind.value) if one.state in states]
        if not rows:
            raise Refusal(f"{kind.value} 기업의 선정을 아직 정하지 않았습니다. 바뀐 것은 없습니다.")
        busy = store.in_matching(work.connection, year)
        used = [one.company_name for one in rows if one.company in busy]
        if used:
            raise Refusal(
                f"이미 연계 차수에 든 기업이 {len(used)}곳({used[0]}{' 등' if len(used) > 1 else ''}) 있어 선정을 거두지 않았습니다."
            )
        blank = dict.fromkeys(("reserve_number", "decided_on", "tie_note", "reason"))
        for one in rows:
            move(work, one, ParticipationState.APPLIED, **blank)
            told = {"business_number": one.business_number, "reason": why}
            work.log("company.decide_cancel", SUBJECT, one.id, told)
        return {"companies": len(rows)}

    return desk.perform(Right.SELECT_COMPANIES, "company.decide_cancel", body, operation_id)


def promote(desk: Desk, participation_id: UUID, reason: str = "", operation_id: UUID | None = None) -> None:
    """Select a 예비 company where the goal has room again; past one that waits before it only with a reason.

    Raises Refusal where it does not wait, the goal is reached, or the reason is missing.
    """
    why = clean(reason)

    def body(work: Work) -> dict[str, Any]:
        row = read_applied(work.connection, participation_id)
        if row.state != ParticipationState.RESERVE or row.kind is None:
            raise Refusal(f"{row.company_name}은(는) 예비가 아니라 올리지 않았습니다.")
        year = desk.office.programme_year
        now = next(one for one in read_progress(work.connection, year) if one.kind.value == row.kind)
        if not now.missing:
            raise Refusal(
                f"{row.kind} 목표 {now.goal}곳이 이미 차서 올리지 않았습니다. 목표를 먼저 늘리십시오."
            )
        before = [
            one
            for one in store.list_applied(work.connection, year, row.kind)
            if one.state == ParticipationState.RESERVE
            and (one.reserve_number or 0) < (row.reserve_number or 0)
        ]
        if before and not why:
            raise Refusal(f"예비 순번이 앞선 기업이 {len(before)}곳 있습니다. 건너뛰는 사유를 적어 주십시오.")
        told = why or f"예비 {row.reserve_number}번에서 올라감"
        move(
            work,
            row,
            ParticipationState.SELECTED,
            reason=told,
            decided_on=work.at.date(),
            reserve_number=None,
        )
        work.log("company.promote", SUBJECT, row.id, {"business_number": row.business_number, "reason": told})
        return {"participation": str(row.id)}

    desk.perform(Right.SELECT_COMPANIES, "company.promote", body, operation_id)


def _progress(
    kind: CompanyKind, goal: GoalRow | None, counts: Mapping[tuple[str | None, str], int]
) -> KindProgress:
    of = {state: counts.get((kind.value, state.value), 0) for state in ParticipationState}
    withdrawn = of.pop(ParticipationState.WITHDRAWN)
    return KindProgress(
        kind,
        goal.companies if goal else None,
        goal.pass_score if goal else None,
        sum(of.values()),
        of[ParticipationState.SELECTED],
        of[ParticipationState.RESERVE],
        of[ParticipationState.REJECTED],
        withdrawn,
    )


def _refuse_open(found: CompanyRanking) -> None:
    items = [Item(found.kind.value, fault) for fault in found.faults]
    items += [Item(one.row.company_name, ", ".join(one.reasons)) for one in found.waiting]
    names = {one.row.id: (one.row.company_name, one.score.total) for one in found.ranked}
    for group in found.ties:
        who = ", ".join(names[one][0] for one in group)
        items.append(
            Item(who, f"{show_score(names[group[0]][1])}점 동점입니다. 차례를 정하고 사유를 적으십시오.")
        )
    if items:
        raise OpenItems("먼저 정할 것이 있어 선정을 정하지 않았습니다.", items=tuple(items))
    if not found.ranked:
        raise Refusal(f"새로 정할 {found.kind.value} 기업이 없습니다. 바뀐 것은 없습니다.")


def _told(one: RankedCompany, marks: CompanyMarks) -> dict[str, Any]:
    """What the log keeps of a decision: the score, the place, and everybody's points it came from."""
    names = {each.id: each.name for each in marks.raters}
    points = {
        each.name: {names[rater]: tenths for rater, tenths in marks.given[one.row.id, each.key].items()}
        for each in terms().criteria
    }
    return {
        "business_number": one.row.business_number,
        "score": one.score.total,
        "rank": one.rank,
        "result": outcome_words(one.state, one.reserve_number),
        "tie": one.tie_note,
        "reason": one.reason,
        "points": points,
    }
