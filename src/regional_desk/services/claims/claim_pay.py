"""지급 and 대사 of a month's claims where no pay file of ours went to the bank, and the file of a month (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import won
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.claims.run_states import RunKind, advance, expect, newest
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay import pay_results
from regional_desk.services.pay.pay_lists import PayFile, find_file
from regional_desk.store import claim_money
from regional_desk.store.claim_runs import ClaimRunRow, list_runs


def pay(
    desk: Desk, month: dt.date, *, number: int | None = None, operation_id: UUID | None = None
) -> ClaimRunRow:
    """확정 → 지급: record that the bank was told to pay without a pay file of ours; returns the run.

    `number` names the version; without it the month's one confirmed run is meant. Raises Refusal naming them where
    there are several: which of them was paid is not guessed.
    """

    def body(work: Work) -> dict[str, Any]:
        run = _to_pay(work.connection, month, number)
        expect(run, RunState.CONFIRMED)
        by: dict[str, Any] = {"paid_by": desk.actor.user_id, "paid_at": work.at}
        advance(work, run, RunState.PAID, **by)
        if run.total == 0:  # only asked back: no bank has anything to answer
            done = replace(run, version=run.version + 1)
            by = {"reconciled_by": desk.actor.user_id, "reconciled_at": work.at}
            advance(work, done, RunState.RECONCILED, **by)
        return {"run": str(run.id)}

    done = UUID(desk.perform(Right.PAY_CLAIM, "claim.pay", body, operation_id)["run"])
    with desk.store.read() as connection:
        return next(run for run in list_runs(connection, month) if run.id == done)


def reconcile(desk: Desk, month: dt.date, memo: str, operation_id: UUID | None = None) -> PayFile:
    """지급 → 대사: what was paid without a pay file of ours was checked against the passbook; `memo` says what was seen.

    Raises Refusal where no run of the month is in 지급 without a file, or without a memo.
    """
    with desk.store.read() as connection:
        runs = {run.id for run in list_runs(connection, month) if run.state == RunState.PAID}
    label = f"{month:%Y-%m}"
    return pay_results.by_hand(desk, BudgetItem.INTERNSHIP, runs, memo, label, operation_id)


def file_of_month(desk: Desk, month: dt.date) -> PayFile:
    """The newest pay file with claims of a month, those still waiting for a result first; raise UsageError for none."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        runs = [run.id for run in list_runs(connection, month)]
        lines = [line for run_id in runs for line in claim_money.list_lines(connection, run_id=run_id)]
    if not lines:
        raise UsageError(
            f"{month:%Y-%m} 인턴지원금을 보낸 이체 파일이 없습니다. 이체 파일을 먼저 만들거나, "
            "파일 없이 지급했으면 claim reconcile로 적으십시오."
        )
    return find_file(desk, max(lines, key=lambda line: (line.state == "sent", line.file_id)).file_id)


def _to_pay(connection: sa.Connection, month: dt.date, number: int | None) -> ClaimRunRow:
    """The run a payment is recorded of; the newest one where none is confirmed, so that its state is told."""
    found = list_runs(connection, month)
    if number is not None:
        wanted = [run for run in found if run.number == number]
        if not wanted:
            raise UsageError(f"{month:%Y-%m}에 {number}판 인턴지원금이 없습니다. 판 번호를 확인해 주십시오.")
        return wanted[0]
    ready = [run for run in found if run.state == RunState.CONFIRMED]
    if len(ready) > 1:
        names = ", ".join(f"{run.number}판({RunKind(run.kind).label}) {won(run.total)}원" for run in ready)
        raise Refusal(
            f"지급하지 않은 확정 인턴지원금이 {len(ready)}건이라 지급으로 적지 않았습니다: {names}. "
            "판을 지정하거나 [이체 파일]에서 골라 보내십시오."
        )
    return ready[0] if ready else newest(connection, month)
