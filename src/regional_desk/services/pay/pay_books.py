"""The two books of payments: 훈련수당 to trainees, 인턴지원금 to companies; pay files and results go the same way in both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.pay_files import LineState
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.services.claims import claim_payable, run_states
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay import payable
from regional_desk.services.pay.transfers import Gathered, Plan, Transfer, Waiting
from regional_desk.store import claim_money
from regional_desk.store import pay_files as pay_store
from regional_desk.store.pay_files import PayLineRow


class Tables(Protocol):
    """The store module of an item's payments: the same functions in both."""

    def list_lines(
        self, connection: sa.Connection, *, file_id: UUID | None = None, run_id: UUID | None = None
    ) -> tuple[PayLineRow, ...]:
        """The payments of a file or of a run, in the order they were sent."""

    def insert_lines(self, connection: sa.Connection, file_id: UUID, lines: Sequence[dict[str, Any]]) -> None:
        """Write the payments of a file."""

    def set_line(self, connection: sa.Connection, line: PayLineRow, state: str, failure: str | None) -> None:
        """What became of a payment."""

    def sent_again(self, connection: sa.Connection, file_id: UUID) -> dict[tuple[UUID, UUID], int]:
        """The number of the later file that carries a payment of this one again, by (run, payee)."""

    def runs_with_lines(self, connection: sa.Connection) -> frozenset[UUID]:
        """The runs something was ever sent of."""

    def list_payable(
        self, connection: sa.Connection, runs: Collection[UUID] | None = None
    ) -> tuple[object, ...]:
        """What of these runs is on no pay file whose transfer did not fail."""


@dataclass(frozen=True, slots=True)
class Book:
    """One item's payments: who may make them, where they are kept, and what its runs do."""

    item: BudgetItem
    right: Right
    subject: str
    tables: Tables
    payee: str  # the column that names who is paid
    list_waiting: Callable[[Desk], tuple[Waiting, ...]]
    plan: Callable[[Desk, Collection[UUID]], Plan]
    gather: Callable[[Desk, sa.Connection, Collection[UUID]], Gathered]
    by_hand: Callable[[sa.Connection, Collection[UUID]], tuple[Transfer, ...]]
    mark_paid: Callable[[Work, Collection[UUID]], None]
    mark_reconciled: Callable[[Work, Collection[UUID]], None]

    def people(self, payees: Collection[UUID]) -> tuple[UUID, ...]:
        """Which of these payees are persons, for the access log."""
        return tuple(payees) if self.item is BudgetItem.ALLOWANCE else ()

    def insert_lines(
        self, connection: sa.Connection, file_id: UUID, made: Sequence[Transfer], state: LineState
    ) -> None:
        """Write the payments of a file."""
        lines = [
            one.values(place, state) | {self.payee: one.payee} for place, one in enumerate(made, start=1)
        ]
        self.tables.insert_lines(connection, file_id, lines)

    def reconcile(self, work: Work, runs: Collection[UUID]) -> None:
        """지급 → 대사 of every run of these that is wholly paid."""
        self.mark_reconciled(work, {run for run in runs if self._is_done(work.connection, run)})

    def _is_done(self, connection: sa.Connection, run_id: UUID) -> bool:
        lines = self.tables.list_lines(connection, run_id=run_id)
        waiting = any(line.state == LineState.SENT for line in lines)
        return not waiting and not self.tables.list_payable(connection, [run_id])


BOOKS = {
    BudgetItem.ALLOWANCE: Book(
        BudgetItem.ALLOWANCE,
        Right.PAY_ALLOWANCE,
        "allowance",
        pay_store,
        "trainee_id",
        payable.list_waiting,
        payable.plan,
        payable.gather,
        payable.by_hand,
        payable.mark_paid,
        payable.mark_reconciled,
    ),
    BudgetItem.INTERNSHIP: Book(
        BudgetItem.INTERNSHIP,
        Right.PAY_CLAIM,
        run_states.SUBJECT,
        claim_money,
        "company_id",
        claim_payable.list_waiting,
        claim_payable.plan,
        claim_payable.gather,
        claim_payable.by_hand,
        claim_payable.mark_paid,
        claim_payable.mark_reconciled,
    ),
}


def list_waiting(desk: Desk) -> tuple[Waiting, ...]:
    """The confirmed runs of both items with amounts still to be sent; naming nobody."""
    return tuple(one for book in BOOKS.values() for one in book.list_waiting(desk))
