"""예산: 교부, 이자 and 반납 of a programme year, what was spent of it, and the 정산표 (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import (
    Balance,
    BudgetItem,
    EntryKind,
    PaidUnit,
    PayState,
    Sheet,
    pay_state,
)
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.store import adjustments, claim_money
from regional_desk.store import budget as store
from regional_desk.store.accounts import list_users
from regional_desk.store.allowance import budget_entry
from regional_desk.store.budget import ConfirmedRow
from regional_desk.store.ids import new_id
from regional_desk.store.recoveries import RecoveryRow, list_recoveries

SUBJECT = "budget"


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement as people read it; `amount` in won, `void_reason` of one that no longer counts."""

    id: UUID
    item: BudgetItem
    kind: EntryKind
    amount: int
    on: dt.date
    reference: str
    by: str
    void_reason: str | None


def balance(connection: sa.Connection, year: int, item: BudgetItem, until: dt.date = dt.date.max) -> Balance:
    """예산·집행·잔액 of an item and programme year, in won; without a grant it is not `known`.

    With `until` as it stood at the end of that day: entries and receipts up to it, the units that end by it and the
    claims of months up to its own. A claim counts in its internship's programme year, over New Year too.
    """
    sums = store.entry_sums(connection, year, item.value, until)
    claims = item is BudgetItem.INTERNSHIP
    counted = claim_money.confirmed_total if claims else store.confirmed_total
    return Balance(
        granted=sums.get(EntryKind.GRANT, 0),
        interest=sums.get(EntryKind.INTEREST, 0),
        returned=sums.get(EntryKind.RETURN, 0),
        confirmed=counted(connection, year, until),
        recovered=adjustments.came_back(connection, year, until, claims=claims),
    )


def read_balance(desk: Desk, year: int | None = None, item: BudgetItem = BudgetItem.ALLOWANCE) -> Balance:
    """The same for a screen, of the office's programme year where none is given."""
    with desk.store.read() as connection:
        return balance(connection, year or desk.office.programme_year, item)


def entries(desk: Desk, year: int | None = None, item: BudgetItem | None = None) -> tuple[Entry, ...]:
    """The movements of a year by day, voided ones too."""
    with desk.store.read() as connection:
        users = {user.id: user.name for user in list_users(connection)}
        rows = store.list_entries(connection, year or desk.office.programme_year, item and item.value)
    return tuple(
        Entry(
            row.id,
            BudgetItem(row.item),
            EntryKind(row.kind),
            row.amount,
            row.on,
            row.reference,
            users.get(row.user_id, ""),
            row.void_reason,
        )
        for row in rows
    )


def add_entry(
    desk: Desk,
    item: BudgetItem,
    kind: EntryKind,
    amount: int,
    on: dt.date,
    reference: str,
    *,
    year: int | None = None,
    operation_id: UUID | None = None,
) -> UUID:
    """Record 교부, 이자 or 반납 in won, with its day and 공문번호.

    Raises Refusal for an amount of 0 or less, a day to come, without a reference, and where more would be given back
    than there is.
    """
    if amount <= 0:
        raise Refusal("금액은 1원 이상의 숫자로 적어 주십시오.")
    if not clean(reference):
        raise Refusal("공문번호나 통장 거래 등 근거를 적어 주십시오.")
    if on > desk.clock.today():
        raise Refusal(f"{korean_date(on)}은(는) 아직 오지 않은 날이라 적지 않았습니다.")
    programme_year = year or desk.office.programme_year

    def body(work: Work) -> dict[str, Any]:
        if kind is EntryKind.RETURN:
            money = balance(work.connection, programme_year, item)
            most = money.left + max(0, money.interest - money.returned)
            if amount > most:
                raise Refusal(
                    f"남은 돈({max(0, most):,}원)보다 많이 반납할 수 없어 적지 않았습니다. 금액을 확인해 주십시오."
                )
        entry = new_id()
        work.connection.execute(
            sa.insert(budget_entry).values(
                id=entry,
                programme_year=programme_year,
                item=item.value,
                kind=kind.value,
                amount=amount,
                on=on,
                reference=clean(reference),
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        told = {"year": programme_year, "item": item.value, "kind": kind.value, "amount": amount}
        work.log("budget.add", SUBJECT, entry, {**told, "on": on.isoformat()})
        return {"entry": str(entry)}

    return UUID(desk.perform(Right.EDIT_BUDGET, "budget.add", body, operation_id)["entry"])


def void_entry(desk: Desk, entry: UUID, reason: str, operation_id: UUID | None = None) -> None:
    """Take an entry out of the sums, kept with the reason; raise Refusal where it was voided before."""
    if not clean(reason):
        raise Refusal("무효로 하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        done = work.connection.execute(
            sa.update(budget_entry)
            .where(budget_entry.c.id == entry, budget_entry.c.voided_at.is_(None))
            .values(void_reason=clean(reason), voided_at=work.at)
        )
        if done.rowcount != 1:
            raise Refusal("이미 무효이거나 없는 항목입니다.")
        work.log("budget.void", SUBJECT, entry)
        return {"entry": str(entry)}

    desk.perform(Right.EDIT_BUDGET, "budget.void", body, operation_id)


def sheet(desk: Desk, year: int | None = None, item: BudgetItem = BudgetItem.ALLOWANCE) -> Sheet:
    """The 정산표 of an item and programme year: what was confirmed, paid, failed and asked back.

    By course and unit of 훈련수당, by company and month of 인턴지원금.
    """
    programme_year = year or desk.office.programme_year
    with desk.store.read() as connection:
        money = balance(connection, programme_year, item)
        claims = item is BudgetItem.INTERNSHIP
        read = claim_money.confirmed_rows if claims else store.confirmed_rows
        rows = read(connection, programme_year)
        asked = [
            one
            for one in list_recoveries(connection, programme_year=programme_year)
            if (one.claim_run_id is not None) is claims
        ]
    return Sheet(money, tuple(_units(rows, asked)))


def _place(one: RecoveryRow) -> tuple[str, str]:
    if one.month is not None:
        return one.company_name or "", f"{one.month:%Y-%m}"
    return one.course_name or "", str(one.unit_no)


def _units(rows: Sequence[ConfirmedRow], claims: Sequence[RecoveryRow]) -> Iterator[PaidUnit]:
    by_place: dict[tuple[str, str], list[ConfirmedRow]] = {}  # two of one name stand in one line
    for row in rows:
        by_place.setdefault((row.place, row.part), []).append(row)
    places = by_place | {_place(one): by_place.get(_place(one), []) for one in claims if one.received}
    for (place, part), mine in places.items():
        sums = dict.fromkeys(PayState, 0)
        for row in mine:
            sums[pay_state(RunState(row.run_state), row.lines)] += row.amount
        asked = [one for one in claims if _place(one) == (place, part)]
        yield PaidUnit(
            place=place,
            part=part,
            people=len({row.trainee for row in mine}),
            paid=sums[PayState.PAID],
            failed=sums[PayState.FAILED],
            waiting=sums[PayState.WAITING],
            asked=sum(one.amount if one.end_kind != "withdrawn" else one.received for one in asked),
            received=sum(one.received for one in asked),
        )
