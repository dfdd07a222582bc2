"""훈련계획: what an intern is to learn week by week, OJT on Track1 and PBL on Track2 (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.internship_training import PlanText, Week, checked_plan, week_of
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships.training_basis import (
    Basis,
    list_begun,
    log_change,
    note,
    read_basis,
    shown,
)
from regional_desk.store import internship_training as store
from regional_desk.store.ids import new_id
from regional_desk.store.internship_training import PlanRow
from regional_desk.store.internships import plan_item

_CHANGED = "그사이 다른 사람이 이 계획을 고쳐 저장하지 않았습니다. 계획을 새로 열어 다시 하십시오."
_SAME = "같은 주차에 같은 이름의 줄이 이미 있습니다. 저장하지 않았습니다."


@dataclass(frozen=True, slots=True)
class PlanWeek:
    """One week with its lines; `beyond` lies after the last day: planned before an early end or a shortened agreement."""

    week: Week
    items: tuple[PlanRow, ...]
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan in the order of its weeks."""

    basis: Basis
    weeks: tuple[PlanWeek, ...]

    @property
    def empty(self) -> tuple[int, ...]:
        """The weeks of the internship that have no line yet."""
        return tuple(one.week.no for one in self.weeks if not one.items)


def read_plan(desk: Desk, internship_id: UUID) -> Plan:
    """An internship's plan; the look is noted. Raises UsageError for an unknown id."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = survey_plan(connection, internship_id, desk.clock.today())
    note(desk, found.basis, "plan")
    return Plan(shown(desk, found.basis), found.weeks)


def survey_plan(connection: sa.Connection, internship_id: UUID, today: dt.date) -> Plan:
    """The same for a paper, whose print is noted instead."""
    basis = read_basis(connection, internship_id, today)
    items: dict[int, list[PlanRow]] = {}
    for row in store.list_plan(connection, internship_id):
        items.setdefault(row.week, []).append(row)
    found = [PlanWeek(week, tuple(items.pop(week.no, ()))) for week in basis.weeks]
    found += [
        PlanWeek(week_of(basis.row.start, no, basis.row.end), tuple(rows), beyond=True)
        for no, rows in sorted(items.items())
    ]
    return Plan(basis, tuple(found))


def survey_without(desk: Desk) -> tuple[Basis, ...]:
    """Internships that go on and have no line of a plan at all."""
    desk.require(Right.SEE_PEOPLE)
    today = desk.clock.today()
    with desk.store.read() as connection:
        planned = set(connection.execute(sa.select(plan_item.c.internship_id).distinct()).scalars())
        return tuple(
            one for one in list_begun(connection, today) if not one.row.state.over and one.id not in planned
        )


def add_item(
    desk: Desk, internship_id: UUID, week: int, text: PlanText, operation_id: UUID | None = None
) -> UUID:
    """Add a line to a week; raise Refusal for a week there is not, for what lacks, or for the same line twice."""

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, internship_id, desk.clock.today())
        basis.week(week)
        wanted = _checked(basis, text)
        item_id = _insert(work, basis, week, wanted)
        log_change(work, basis, "plan.add", {"week": week}, new=_value(wanted))
        return {"item": str(item_id)}

    return UUID(desk.perform(Right.EDIT_INTERNSHIPS, "plan.add", body, operation_id)["item"])


def edit_item(desk: Desk, row: PlanRow, week: int, text: PlanText, operation_id: UUID | None = None) -> None:
    """Change a line or move it to another week; raise Refusal where it changed since `row` was read, and as `add_item`."""

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, row.internship_id, desk.clock.today())
        if week != row.week:
            basis.week(week)
        wanted = _checked(basis, text)
        _refuse_same(work, row.internship_id, week, wanted.subject, row.id)
        table = plan_item
        done = work.connection.execute(
            sa.update(table)
            .where(table.c.id == row.id, table.c.version == row.version)
            .values(week=week, **_value(wanted), version=row.version + 1)
        )
        if done.rowcount != 1:
            raise Refusal(_CHANGED)
        old = {"week": row.week, "subject": row.subject, "goal": row.goal, "output": row.output}
        log_change(work, basis, "plan.edit", {"week": week}, old, {"week": week, **_value(wanted)})
        return {"item": str(row.id)}

    desk.perform(Right.EDIT_INTERNSHIPS, "plan.edit", body, operation_id)


def remove_item(desk: Desk, row: PlanRow, operation_id: UUID | None = None) -> None:
    """Take a line out; what it said stays in the change history."""

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, row.internship_id, desk.clock.today())
        mine = sa.and_(plan_item.c.id == row.id, plan_item.c.version == row.version)
        if work.connection.execute(sa.delete(plan_item).where(mine)).rowcount != 1:
            raise Refusal(_CHANGED)
        old = {"subject": row.subject, "goal": row.goal, "output": row.output}
        log_change(work, basis, "plan.remove", {"week": row.week}, old=old)
        return {"item": str(row.id)}

    desk.perform(Right.EDIT_INTERNSHIPS, "plan.remove", body, operation_id)


def copy_plan(desk: Desk, source: UUID, target: UUID, operation_id: UUID | None = None) -> int:
    """Take over another internship's lines for the weeks that have none yet; return how many came.

    Raises Refusal where the tracks differ or nothing came: what is there is never overwritten.
    """

    def body(work: Work) -> dict[str, Any]:
        today = desk.clock.today()
        theirs, mine = (survey_plan(work.connection, one, today) for one in (source, target))
        return {"lines": take_over(work, theirs, mine)}

    return int(desk.perform(Right.EDIT_INTERNSHIPS, "plan.copy", body, operation_id)["lines"])


def take_over(work: Work, theirs: Plan, mine: Plan) -> int:
    """The same inside the caller's act, of plans read in it."""
    if theirs.basis.row.track != mine.basis.row.track:
        raise Refusal("트랙이 다른 인턴의 계획은 가져올 수 없습니다. 같은 트랙의 인턴을 고르십시오.")
    free = set(mine.empty)
    rows = [row for one in theirs.weeks for row in one.items if row.week in free]
    if not rows:
        raise Refusal("비어 있는 주차에 가져올 줄이 없습니다. 바뀐 것이 없습니다.")
    lines = [
        _columns(work, mine.basis, row.week, PlanText(row.subject, row.goal, row.output)) for row in rows
    ]
    work.connection.execute(sa.insert(plan_item), lines)
    log_change(work, mine.basis, "plan.copy", {"lines": len(rows), "copied_from": theirs.basis.row.label})
    return len(rows)


def _insert(work: Work, basis: Basis, week: int, text: PlanText) -> UUID:
    _refuse_same(work, basis.id, week, text.subject, None)
    values = _columns(work, basis, week, text)
    work.connection.execute(sa.insert(plan_item).values(**values))
    return UUID(str(values["id"]))


def _columns(work: Work, basis: Basis, week: int, text: PlanText) -> dict[str, Any]:
    written = {"user_id": work.desk.actor.user_id, "at": work.at}
    return {"id": new_id(), "internship_id": basis.id, "week": week, **_value(text), **written}


def _refuse_same(work: Work, internship_id: UUID, week: int, subject: str, but: UUID | None) -> None:
    rows = store.list_plan(work.connection, internship_id)
    if any((row.week, row.subject) == (week, subject) and row.id != but for row in rows):
        raise Refusal(_SAME)


def _checked(basis: Basis, text: PlanText) -> PlanText:
    try:
        return checked_plan(basis.row.track, text)
    except Refused as refused:
        raise Refusal(f"{refused} 저장하지 않았습니다.") from refused


def _value(text: PlanText) -> dict[str, Any]:
    return {"subject": text.subject, "goal": text.goal, "output": text.output}
