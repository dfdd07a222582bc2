"""What the pay files of both items share: what waits, what a file would hold, and each payment as it is sent and kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from regional_desk.domain.allowance import RunState
from regional_desk.domain.pay_files import LineState
from regional_desk.domain.settlement import BudgetItem
from regional_desk.services import codes
from regional_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Waiting:
    """A confirmed run with amounts still to be sent. `unsent` says that it was marked 지급 without any pay file.

    `people` are payments: to a trainee each of 훈련수당 (course and unit), to a company each of 인턴지원금 (month).
    """

    run: UUID
    item: BudgetItem
    place: str
    part: str
    kind: str
    number: int
    state: RunState
    people: int
    total: int
    kept_back: int
    again: int
    unsent: bool
    course: UUID | None = None
    unit_no: int | None = None
    month: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One payment to be sent, its account by the last digits; `again` after a failed transfer."""

    run: UUID
    payee: UUID
    number: int
    name: str
    bank: str
    tail: str
    holder: str
    amount: int
    again: bool


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Somebody who is not in the file, and why."""

    payee: UUID
    name: str
    amount: int
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a pay file of some runs would hold."""

    lines: tuple[Line, ...]
    kept_back: tuple[KeptBack, ...]

    @property
    def total(self) -> int:
        """Won of the file."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment: to whom, where it goes by keyed hash and last digits, and the whole number for the file; in won."""

    run: UUID
    payee: UUID
    name: str
    amount: int
    bank: str
    mac: bytes
    tail: str
    holder: str
    number: str
    again: bool

    def values(self, place: int, state: LineState = LineState.SENT) -> dict[str, Any]:
        """It as a pay file's line keeps it, without whom: never the whole number."""
        return {
            "run_id": self.run,
            "number": place,
            "amount": self.amount,
            "bank": self.bank,
            "account_mac": self.mac,
            "account_tail": self.tail,
            "state": state.value,
        }


@dataclass(frozen=True, slots=True)
class Gathered:
    """Whose amounts may be sent now, and who is kept back."""

    lines: tuple[Transfer, ...]
    kept_back: tuple[KeptBack, ...]


def show_plan(desk: Desk, found: Gathered, *, people: bool) -> Plan:
    """What was gathered, masked for whoever may not unmask; `people` where the payees are persons."""
    masking = desk.masking
    lines = tuple(
        Line(
            one.run,
            one.payee,
            number,
            masking.show_name(one.name) if people else one.name,
            codes.bank_names()[one.bank],
            one.tail,
            masking.show_name(one.holder) if people or one.holder != one.name else one.holder,
            one.amount,
            one.again,
        )
        for number, one in enumerate(found.lines, start=1)
    )
    return Plan(lines, _kept_back(desk, found.kept_back, people=people))


def _kept_back(desk: Desk, rows: Sequence[KeptBack], *, people: bool) -> tuple[KeptBack, ...]:
    masking = desk.masking
    return tuple(
        KeptBack(
            one.payee,
            masking.show_name(one.name) if people else one.name,
            one.amount,
            masking.show_reason(one.why),
        )
        for one in rows
    )
