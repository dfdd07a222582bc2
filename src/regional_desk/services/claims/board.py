"""The months of claims at a glance: how far each run came, what still waits, and what each method would pay."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.claims import Method, claim_month
from regional_desk.domain.rights import Right
from regional_desk.services.claims import claim_policy, policy_trial
from regional_desk.services.claims.interns import Intern, read_interns
from regional_desk.services.claims.run_states import OPEN_STATES, RunKind
from regional_desk.services.desk import Desk
from regional_desk.store import claim_runs as store
from regional_desk.store.claim_runs import ClaimRunRow


@dataclass(frozen=True, slots=True)
class MonthCard:
    """One calendar month of claims; names nobody.

    `state` and `kind` are those of its newest run, None before the first draft; `total` won of that run, `confirmed` of
    all its confirmed ones. Of the service months that end in it `waiting` are over and in no confirmed run, `held` of
    those are held, `coming` are not over.
    """

    month: dt.date
    state: RunState | None
    kind: RunKind | None
    total: int
    confirmed: int
    waiting: int
    held: int
    coming: int

    @property
    def to_do(self) -> int:
        """Service months that could be drafted or confirmed now."""
        return self.waiting - self.held


def board(desk: Desk, year: int | None = None) -> tuple[MonthCard, ...]:
    """Every calendar month in which a service month ends or a run was drafted, the newest first; of a calendar year."""
    desk.require(Right.SEE_PEOPLE)
    today = desk.clock.today()
    with desk.store.read() as connection:
        runs = store.list_runs(connection)
        interns = _interns(connection)
        closed = store.confirmed_months(connection)
        held = {(one.internship_id, one.month_no) for one in store.list_holds(connection)}
    waiting: Counter[dt.date] = Counter()
    kept: Counter[dt.date] = Counter()
    coming: Counter[dt.date] = Counter()
    for intern in interns:
        for month in intern.months:
            key, place = (intern.row.id, month.no), claim_month(month.served_until)
            if key in closed:
                continue
            if not month.is_over(today):
                coming[place] += 1
                continue
            waiting[place] += 1
            kept[place] += key in held
    months = {*waiting, *coming, *(run.month for run in runs)}
    return tuple(
        _card(month, [run for run in runs if run.month == month], waiting[month], kept[month], coming[month])
        for month in sorted(months, reverse=True)
        if year is None or month.year == year
    )


def method_totals(desk: Desk) -> dict[Method, int]:
    """What each method would pay, in won, for every service month that is over and not confirmed yet; names nobody."""
    desk.require(Right.SEE_PEOPLE)
    terms = claim_policy.read_policy(desk).terms
    with desk.store.read() as connection:
        return dict(policy_trial.compare(connection, terms, desk.clock.today()).methods)


def _interns(connection: sa.Connection) -> tuple[Intern, ...]:
    return read_interns(connection, store.programme_years(connection), claim_policy.shipped().max_months)


def _card(month: dt.date, runs: list[ClaimRunRow], waiting: int, held: int, coming: int) -> MonthCard:
    newest = runs[-1] if runs else None
    return MonthCard(
        month=month,
        state=RunState(newest.state) if newest else None,
        kind=RunKind(newest.kind) if newest else None,
        total=newest.total if newest else 0,
        confirmed=sum(run.total for run in runs if run.state not in OPEN_STATES),
        waiting=waiting,
        held=held,
        coming=coming,
    )
