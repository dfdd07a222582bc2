"""정산: what a unit is worth now against what was confirmed of it, 환수, and the money of a programme year (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from regional_desk.domain.allowance import RunState
from regional_desk.domain.due import is_overdue


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person's unit stands at, in won.

    `confirmed` is what its runs confirmed; of what was asked back `received` came in, `asked` is still open and
    `waived` was let go.
    """

    confirmed: int
    received: int = 0
    asked: int = 0
    waived: int = 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a 정산 does: `already` is what counts as paid, then either `amount` is paid or `recovery` asked back, in won."""

    entitled: int
    already: int
    amount: int
    recovery: int


def settle(entitled: int, standing: Standing) -> Settlement:
    """Set what a unit is worth now against what was paid of it; what is still asked back is asked anew or let fall.

    What was waived is neither asked for again nor paid again.
    """
    kept = standing.confirmed - standing.received
    already = min(max(entitled, kept - standing.waived), kept)
    return Settlement(entitled, already, max(0, entitled - already), max(0, already - entitled))


def is_settled(entitled: int, standing: Standing) -> bool:
    """Whether nothing is to be paid or asked back beyond what is asked already."""
    done = settle(entitled, standing)
    return done.amount == 0 and done.recovery == standing.asked


class RecoveryState(StrEnum):
    """How a 환수 stands."""

    UNNOTICED = "unnoticed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    SETTLED = "settled"
    WAIVED = "waived"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Korean word."""
        return _RECOVERY_LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether money is still waited for."""
        return self in (RecoveryState.UNNOTICED, RecoveryState.WAITING, RecoveryState.OVERDUE)


_RECOVERY_LABELS = {
    RecoveryState.UNNOTICED: "통지 전",
    RecoveryState.WAITING: "납부 기다림",
    RecoveryState.OVERDUE: "기한 지남",
    RecoveryState.SETTLED: "완납",
    RecoveryState.WAIVED: "면제",
    RecoveryState.WITHDRAWN: "거둠",
}


def recovery_state(
    end_kind: str | None, noticed_on: dt.date | None, due: dt.date | None, today: dt.date
) -> RecoveryState:
    """The state of a 환수; it is overdue from the day after `due`."""
    if end_kind is not None:
        return RecoveryState(end_kind)
    if noticed_on is None or due is None:
        return RecoveryState.UNNOTICED
    return RecoveryState.OVERDUE if is_overdue(due, today) else RecoveryState.WAITING


class PayState(StrEnum):
    """What became of a confirmed amount."""

    PAID = "paid"
    FAILED = "failed"
    WAITING = "waiting"


def pay_state(run: RunState, lines: Collection[str]) -> PayState:
    """What became of a confirmed amount, by the states of its lines in pay files: `sent`, `paid`, `failed`.

    A run marked 지급 whose row stands in no pay file was paid outside of them.
    """
    if "paid" in lines:
        return PayState.PAID
    if "sent" in lines:
        return PayState.WAITING
    if lines:
        return PayState.FAILED
    return PayState.PAID if run in (RunState.PAID, RunState.RECONCILED) else PayState.WAITING


class BudgetItem(StrEnum):
    """What the money was granted for: 훈련수당, 인턴지원금."""

    ALLOWANCE = "allowance"
    INTERNSHIP = "internship"

    @property
    def label(self) -> str:
        """The Korean word."""
        return "훈련수당" if self is BudgetItem.ALLOWANCE else "인턴지원금"


class EntryKind(StrEnum):
    """One movement of the programme's money: 교부, 이자, 반납."""

    GRANT = "grant"
    INTEREST = "interest"
    RETURN = "return"

    @property
    def label(self) -> str:
        """The Korean word."""
        return {"grant": "교부", "interest": "이자", "return": "반납"}[self.value]


@dataclass(frozen=True, slots=True)
class Balance:
    """예산·집행·잔액 of an item and programme year, in won.

    `confirmed` is what runs confirmed, `recovered` what came back of it. Interest is not spent: it is given back, and
    what was returned counts against it first.
    """

    granted: int = 0
    interest: int = 0
    returned: int = 0
    confirmed: int = 0
    recovered: int = 0

    @property
    def known(self) -> bool:
        """Whether a grant was entered: without one there is nothing to measure by."""
        return self.granted > 0

    @property
    def spent(self) -> int:
        """집행: confirmed less what came back."""
        return self.confirmed - self.recovered

    @property
    def left(self) -> int:
        """잔액: what may still be confirmed; negative where more was."""
        return self.granted - self.spent - max(0, self.returned - self.interest)


@dataclass(frozen=True, slots=True)
class PaidUnit:
    """A line of the 정산표, in won: confirmed amounts by what became of them, and what was asked back.

    `place` and `part` are course and unit of 훈련수당, company and month (2026-09) of 인턴지원금.
    """

    place: str
    part: str
    people: int
    paid: int
    failed: int
    waiting: int
    asked: int
    received: int

    @property
    def confirmed(self) -> int:
        """Every confirmed won is paid, failed or waiting."""
        return self.paid + self.failed + self.waiting


@dataclass(frozen=True, slots=True)
class Sheet:
    """The 정산표 of an item and programme year, in won."""

    balance: Balance
    units: tuple[PaidUnit, ...]

    @property
    def paid(self) -> int:
        """Won that reached an account."""
        return sum(unit.paid for unit in self.units)

    @property
    def failed(self) -> int:
        """Won the bank sent back."""
        return sum(unit.failed for unit in self.units)

    @property
    def waiting(self) -> int:
        """Confirmed won not paid yet."""
        return sum(unit.waiting for unit in self.units)

    @property
    def cash(self) -> int:
        """What must lie in the programme's account: 교부 + 이자 + 환수 − 지급 − 반납."""
        money = self.balance
        return money.granted + money.interest + money.recovered - self.paid - money.returned

    @property
    def balances(self) -> bool:
        """Whether the units add up to what the runs confirmed and what came back, to the won."""
        money = self.balance
        received = sum(unit.received for unit in self.units)
        return self.paid + self.failed + self.waiting == money.confirmed and received == money.recovered
