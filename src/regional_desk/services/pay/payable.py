"""What of the confirmed runs is to be sent next, to which accounts, and who is kept back (rulebook section 3)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay import accounts
from regional_desk.services.pay.pay_lists import names_of
from regional_desk.services.pay.run_states import RunKind, advance
from regional_desk.services.pay.transfers import Gathered, KeptBack, Plan, Transfer, Waiting, show_plan
from regional_desk.services.recruitment import contact
from regional_desk.store import account_holds
from regional_desk.store import pay_files as store
from regional_desk.store.account_holds import AccountRow
from regional_desk.store.allowance import list_runs
from regional_desk.store.courses import course
from regional_desk.store.pay_files import PayableRow
from regional_desk.store.retention import find_separation

_HASH_BYTES = 32


def list_waiting(desk: Desk) -> tuple[Waiting, ...]:
    """The confirmed runs with amounts still to be sent, in the order of their units; naming nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_payable(connection)
        held = accounts.holds(desk, connection, {row.trainee for row in rows})
        known = {
            row.id: row for row in account_holds.list_accounts(connection, {row.trainee for row in rows})
        }
        sent, failed = store.runs_with_lines(connection), store.list_failed(connection)
        names = {row.id: row.name for row in connection.execute(sa.select(course.c.id, course.c.name))}
    by_run: dict[UUID, list[PayableRow]] = {}
    for row in rows:
        by_run.setdefault(row.run_id, []).append(row)
    return tuple(
        Waiting(
            run=run_id,
            item=BudgetItem.ALLOWANCE,
            place=names[mine[0].course_id],
            part=f"{mine[0].unit_no}단위기간",
            course=mine[0].course_id,
            unit_no=mine[0].unit_no,
            kind=RunKind(mine[0].kind).label,
            number=mine[0].number,
            state=RunState(mine[0].state),
            people=len(mine),
            total=sum(row.amount for row in mine),
            kept_back=sum(_account_open(known.get(row.trainee), held) is not None for row in mine),
            again=sum((row.run_id, row.trainee) in failed for row in mine),
            unsent=mine[0].state == RunState.PAID and run_id not in sent,
        )
        for run_id, mine in by_run.items()
    )


def plan(desk: Desk, runs: Collection[UUID]) -> Plan:
    """What a file of these runs would hold and whom it leaves out, masked for whoever may not unmask; noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        ready = gather(desk, connection, runs)
    plan = show_plan(desk, ready, people=True)
    people = [*(one.payee for one in plan.lines), *(one.payee for one in plan.kept_back)]
    desk.note_view("allowance", people, {"by": "pay_plan"})
    return plan


def gather(desk: Desk, connection: sa.Connection, runs: Collection[UUID]) -> Gathered:
    """The payable amounts of these runs: those that may be sent, and those kept back with the reason."""
    rows = store.list_payable(connection, runs)
    people = {row.trainee for row in rows}
    known = {row.id: row for row in account_holds.list_accounts(connection, people)}
    held = accounts.holds(desk, connection, people)
    keys = desk.store.person_keys(connection, people) if people else {}
    names, failed = names_of(connection, people), store.list_failed(connection)
    lines, kept_back = [], []
    for row in rows:
        account = known.get(row.trainee)
        why = _account_open(account, held)
        number = None
        if account is not None and why is None:
            apart = row.trainee not in keys or find_separation(connection, row.trainee) is not None
            why = "분리보관하거나 파기한 사람" if apart else None
            number = None if apart else contact.open_account(keys[row.trainee], row.trainee, account.sealed)
        if account is None or number is None:
            kept_back.append(KeptBack(row.trainee, names[row.trainee], row.amount, why or "적힌 계좌가 없음"))
            continue
        lines.append(_transfer(row, account, number, again=(row.run_id, row.trainee) in failed))
    return Gathered(tuple(lines), tuple(kept_back))


def _account_open(account: AccountRow | None, held: dict[UUID, str]) -> str | None:
    """Why nothing may be sent to an account now, None where it may."""
    if account is None or account.mac is None:
        return "적힌 계좌가 없음"
    return f"계좌 보류: {held[account.id]}" if account.id in held else None


def by_hand(connection: sa.Connection, runs: Collection[UUID]) -> tuple[Transfer, ...]:
    """Every payable amount of these runs with the account as far as it is known, for what was paid without a file."""
    rows = store.list_payable(connection, runs)
    people = {row.trainee for row in rows}
    known = {row.id: row for row in account_holds.list_accounts(connection, people)}
    names = names_of(connection, people)
    return tuple(
        Transfer(
            row.run_id,
            row.trainee,
            names[row.trainee],
            row.amount,
            "",
            bytes(_HASH_BYTES),
            "",
            "",
            "",
            again=False,
        )
        if (account := known.get(row.trainee)) is None
        else _transfer(row, account, "", again=False)
        for row in rows
    )


def _transfer(row: PayableRow, account: AccountRow, number: str, *, again: bool) -> Transfer:
    return Transfer(
        run=row.run_id,
        payee=row.trainee,
        name=account.name,
        amount=row.amount,
        bank=account.bank or "",
        mac=account.mac or bytes(_HASH_BYTES),
        tail=account.tail or "",
        holder=account.holder or account.name,
        number=number,
        again=again,
    )


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
