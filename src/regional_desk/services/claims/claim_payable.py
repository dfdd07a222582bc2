"""What of the confirmed claims is to be sent next: one payment to each company and run (rulebook sections 3 and 4)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.services.claims import company_accounts
from regional_desk.services.claims.run_states import SUBJECT, RunKind, advance
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay.transfers import Gathered, KeptBack, Plan, Transfer, Waiting, show_plan
from regional_desk.store import claim_money as store
from regional_desk.store.claim_money import CompanyAmount
from regional_desk.store.claim_runs import list_runs
from regional_desk.store.company_accounts import list_accounts

_HASH_BYTES = 32


def list_waiting(desk: Desk) -> tuple[Waiting, ...]:
    """The confirmed runs of claims with amounts still to be sent, by month; naming nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_payable(connection)
        held = company_accounts.holds(connection, {row.company for row in rows})
        sent, failed = store.runs_with_lines(connection), store.list_failed(connection)
    by_run: dict[UUID, list[CompanyAmount]] = {}
    for row in rows:
        by_run.setdefault(row.run_id, []).append(row)
    return tuple(
        Waiting(
            run=run_id,
            item=BudgetItem.INTERNSHIP,
            place=BudgetItem.INTERNSHIP.label,
            part=f"{mine[0].month:%Y-%m}",
            month=mine[0].month,
            kind=RunKind(mine[0].kind).label,
            number=mine[0].number,
            state=RunState(mine[0].state),
            people=len(mine),
            total=sum(row.amount for row in mine),
            kept_back=sum(row.company in held for row in mine),
            again=sum((row.run_id, row.company) in failed for row in mine),
            unsent=mine[0].state == RunState.PAID and run_id not in sent,
        )
        for run_id, mine in by_run.items()
    )


def plan(desk: Desk, runs: Collection[UUID]) -> Plan:
    """What a file of these runs would hold and which companies it leaves out; noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = gather(desk, connection, runs)
    desk.note_view(SUBJECT, (), {"by": "pay_plan"})
    return show_plan(desk, found, people=False)


def gather(desk: Desk, connection: sa.Connection, runs: Collection[UUID]) -> Gathered:
    """The payable amounts of these runs: those that may be sent, and those kept back with the reason."""
    rows = store.list_payable(connection, runs)
    companies = {row.company for row in rows}
    held, failed = company_accounts.holds(connection, companies), store.list_failed(connection)
    known = {row.company_id: row for row in list_accounts(connection, companies)}
    lines, kept_back = [], []
    for row in rows:
        if row.company in held:
            kept_back.append(KeptBack(row.company, row.name, row.amount, _why(held[row.company])))
            continue
        account = known[row.company]
        lines.append(
            Transfer(
                run=row.run_id,
                payee=row.company,
                name=row.name,
                amount=row.amount,
                bank=account.bank,
                mac=account.mac,
                tail=account.tail,
                holder=account.holder,
                number=company_accounts.open_number(desk, account),
                again=(row.run_id, row.company) in failed,
            )
        )
    return Gathered(tuple(lines), tuple(kept_back))


def by_hand(connection: sa.Connection, runs: Collection[UUID]) -> tuple[Transfer, ...]:
    """Every payable amount of these runs with the account as far as it is known, for what was paid without a file."""
    rows = store.list_payable(connection, runs)
    known = {row.company_id: row for row in list_accounts(connection, {row.company for row in rows})}
    made = []
    for row in rows:
        account = known.get(row.company)
        made.append(
            Transfer(
                run=row.run_id,
                payee=row.company,
                name=row.name,
                amount=row.amount,
                bank=account.bank if account else "",
                mac=account.mac if account else bytes(_HASH_BYTES),
                tail=account.tail if account else "",
                holder=account.holder if account else "",
                number="",
                again=False,
            )
        )
    return tuple(made)


def _why(hold: str) -> str:
    return hold if hold == company_accounts.NO_ACCOUNT else f"계좌 보류: {hold}"


def mark_paid(work: Work, runs: Collection[UUID]) -> None:
    """확정 → 지급 of the runs something was sent of; those there already stay."""
    by: dict[str, Any] = {"paid_by": work.desk.actor.user_id, "paid_at": work.at}
    for run in list_runs(work.connection):
        if run.id in runs and run.state == RunState.CONFIRMED:
            advance(work, run, RunState.PAID, **by)


def mark_reconciled(work: Work, runs: Collection[UUID]) -> None:
    """지급 → 대사 of these runs."""
    by: dict[str, Any] = {"reconciled_by": work.desk.actor.user_id, "reconciled_at": work.at}
    for run in list_runs(work.connection):
        if run.id in runs and run.state == RunState.PAID:
            advance(work, run, RunState.RECONCILED, **by)
