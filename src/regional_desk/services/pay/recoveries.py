"""환수: what a 정산 asks back of a trainee or a company, its notice, the receipts and the balance (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem, RecoveryState, recovery_state
from regional_desk.domain.text import clean, korean_date, won
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store import recoveries as store
from regional_desk.store.accounts import list_users
from regional_desk.store.allowance import recovery, recovery_receipt
from regional_desk.store.ids import new_id
from regional_desk.store.recoveries import RecoveryRow

SUBJECT = "recoveries"
DAYS_TO_PAY = 30  # proposed from the notice on; the office sets the day
_DRAFT = {BudgetItem.ALLOWANCE: Right.DRAFT_ALLOWANCE, BudgetItem.INTERNSHIP: Right.DRAFT_CLAIM}
_CONFIRM = {BudgetItem.ALLOWANCE: Right.CONFIRM_ALLOWANCE, BudgetItem.INTERNSHIP: Right.CONFIRM_CLAIM}
_CHANGED = "그 사이에 다른 사람이 이 환수를 바꾸었습니다. 목록을 새로 보고 다시 하십시오."


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came in, in won; `void_reason` of one that no longer counts."""

    id: UUID
    amount: int
    on: dt.date
    reference: str
    by: str
    void_reason: str | None


@dataclass(frozen=True, slots=True)
class Recovery:
    """One 환수 as people read it, amounts in won; `reason` is empty for whoever may not unmask.

    Of 훈련수당 the trainee owes it, for a unit of a course; of 인턴지원금 the company, for an intern's service month.
    `place` and `part` are course and unit, or company and service month.
    """

    id: UUID
    version: int
    label: str
    number: int
    item: BudgetItem
    course: UUID | None
    unit_no: int | None
    company: UUID | None
    place: str
    part: str
    trainee: UUID
    name: str
    birth: dt.date
    amount: int
    received: int
    reason: str
    noticed_on: dt.date | None
    due: dt.date | None
    state: RecoveryState
    end_reason: str
    asked_on: dt.date

    @property
    def debtor(self) -> str:
        """Who owes it: the trainee, or the company."""
        return self.place if self.company else self.name

    @property
    def balance(self) -> int:
        """Won still waited for: nothing once it was waived or withdrawn."""
        return self.amount - self.received if self.state.is_open else 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Won to be asked back and why; `of` is the run, of a claim also the internship and the service month."""

    trainee: UUID
    programme_year: int
    amount: int
    reason: str
    of: Mapping[str, UUID | int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of the 환수 is to be done: how many wait for their notice, how many are overdue, and their won."""

    unnoticed: int
    overdue: int
    overdue_won: int


def list_recoveries(desk: Desk, year: int | None = None) -> tuple[Recovery, ...]:
    """The 환수 of a programme year by number, their people noted and masked."""
    desk.require(Right.SEE_PEOPLE)
    programme_year = year or desk.office.programme_year
    with desk.store.read() as connection:
        rows = store.list_recoveries(connection, programme_year=programme_year)
        shown = tuple(_readable(desk, connection, row) for row in rows)
    desk.note_view(SUBJECT, [one.trainee for one in shown], {"year": programme_year})
    return shown


def show(desk: Desk, recovery_id: UUID) -> Recovery:
    """One 환수, its person noted and masked; raise UsageError for an unknown id."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        shown = _readable(desk, connection, _find(connection, recovery_id))
    desk.note_view(SUBJECT, [shown.trainee], {"by": "recovery"})
    return shown


def find_number(desk: Desk, number: int, year: int | None = None) -> UUID:
    """The 환수 of a number in a programme year; raise UsageError where there is none."""
    with desk.store.read() as connection:
        found = store.list_recoveries(
            connection, programme_year=year or desk.office.programme_year, number=number
        )
    if not found:
        raise UsageError(f"환수 {number}호가 없습니다. 환수 목록에서 번호를 확인해 주십시오.")
    return found[0].id


def item_of(desk: Desk, recovery_id: UUID) -> BudgetItem:
    """Whose money a 환수 is; raise UsageError for an unknown id."""
    with desk.store.read() as connection:
        return _item(_find(connection, recovery_id))


def draft_right(item: BudgetItem) -> Right:
    """Who may give notice of a 환수 of this item and record what came in."""
    return _DRAFT[item]


def waive_right(item: BudgetItem) -> Right:
    """Who may let a 환수 of this item go."""
    return _CONFIRM[item]


def survey(desk: Desk, recovery_id: UUID) -> Recovery:
    """The same for a paper, whose print is noted instead."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return _readable(desk, connection, _find(connection, recovery_id))


def receipts(desk: Desk, recovery_id: UUID) -> tuple[Receipt, ...]:
    """What came in for a 환수 by day, voided receipts too."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        users = {user.id: user.name for user in list_users(connection)}
        rows = store.list_receipts(connection, recovery_id)
    return tuple(
        Receipt(row.id, row.amount, row.on, row.reference, users.get(row.user_id, ""), row.void_reason)
        for row in rows
    )


def waiting(desk: Desk) -> Waiting:
    """What of the 환수 is to be done; shows nobody."""
    today = desk.clock.today()
    with desk.store.read() as connection:
        rows = [row for row in store.list_recoveries(connection) if row.end_kind is None]
    states = [(row, recovery_state(None, row.noticed_on, row.due, today)) for row in rows]
    late = [row for row, state in states if state is RecoveryState.OVERDUE]
    return Waiting(
        sum(state is RecoveryState.UNNOTICED for _, state in states),
        len(late),
        sum(row.amount - row.received for row in late),
    )


def ask_back(work: Work, asked: Sequence[Asked]) -> tuple[int, ...]:
    """Make 환수 inside the act that confirms a 정산; return their numbers."""
    keys = work.desk.store.person_keys(work.connection, {one.trainee for one in asked})
    numbers = []
    for one in asked:
        number, item = store.next_number(work.connection, one.programme_year), new_id()
        _, sealed = work.seal(keys, one.trainee, one.reason)
        work.connection.execute(
            sa.insert(recovery).values(
                id=item,
                programme_year=one.programme_year,
                number=number,
                trainee_id=one.trainee,
                amount=one.amount,
                sealed=sealed,
                user_id=work.desk.actor.user_id,
                at=work.at,
                **one.of,
            )
        )
        work.log("recovery.asked", SUBJECT, item, {"number": number, "amount": one.amount})
        numbers.append(number)
    return tuple(numbers)


def let_fall(work: Work, rows: tuple[RecoveryRow, ...], reason: str) -> None:
    """End open 환수 because a 정산 reckons the unit anew; what came in stays. `reason` names nobody."""
    for row in rows:
        if row.end_kind is None:
            _end(work, row, RecoveryState.WITHDRAWN, reason)


def revive(work: Work, rows: tuple[RecoveryRow, ...], reason: str) -> None:
    """Ask again what was let fall for this reason, because the 정산 that reckoned it anew was cancelled."""
    for row in rows:
        if row.end_kind == RecoveryState.WITHDRAWN and row.end_reason == reason:
            _update(work, row, end_kind=None, end_reason=None)
            work.log("recovery.revived", SUBJECT, row.id, {"number": row.number})


def give_notice(
    desk: Desk, recovery_id: UUID, version: int, due: dt.date, operation_id: UUID | None = None
) -> Recovery:
    """통지: from today on, payable until `due`; again where the day is moved. Raises Refusal for a day that is over."""

    def body(work: Work) -> dict[str, Any]:
        row = _open(work.connection, recovery_id, version)
        if due <= work.at.date():
            raise Refusal("납부기한은 오늘보다 뒤여야 합니다. 날짜를 다시 정해 주십시오.")
        _update(work, row, noticed_on=row.noticed_on or work.at.date(), due=due)
        work.log("recovery.noticed", SUBJECT, row.id, {"number": row.number, "due": due.isoformat()})
        return {"recovery": str(row.id)}

    desk.perform(draft_right(item_of(desk, recovery_id)), "recovery.noticed", body, operation_id)
    return show(desk, recovery_id)


def receive(
    desk: Desk,
    recovery_id: UUID,
    version: int,
    amount: int,
    on: dt.date,
    reference: str,
    operation_id: UUID | None = None,
) -> Recovery:
    """Money came in, in won; the 환수 is 완납 once nothing is left.

    Raises Refusal for an amount of 0 or less or above the balance, a day to come, and without a reference.
    """
    if not clean(reference):
        raise Refusal("통장 거래나 영수증 번호 등 근거를 적어 주십시오.")
    if on > desk.clock.today():
        raise Refusal(f"{korean_date(on)}은(는) 아직 오지 않은 날이라 적지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = _open(work.connection, recovery_id, version)
        left = row.amount - row.received
        if not 0 < amount <= left:
            raise Refusal(f"받은 돈은 1원부터 남은 {won(left)}원까지 적을 수 있습니다.")
        work.connection.execute(
            sa.insert(recovery_receipt).values(
                id=new_id(),
                recovery_id=row.id,
                amount=amount,
                on=on,
                reference=clean(reference),
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        _update(work, row, end_kind=RecoveryState.SETTLED.value if amount == left else None)
        work.log("recovery.received", SUBJECT, row.id, {"number": row.number, "amount": amount})
        return {"recovery": str(row.id)}

    desk.perform(draft_right(item_of(desk, recovery_id)), "recovery.received", body, operation_id)
    return show(desk, recovery_id)


def void_receipt(
    desk: Desk, recovery_id: UUID, version: int, receipt: UUID, reason: str, operation_id: UUID | None = None
) -> Recovery:
    """A receipt that was none: kept with the reason, out of the sums; what was 완납 or 면제 is open again."""
    if not clean(reason):
        raise Refusal("무효로 하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = _find(work.connection, recovery_id)
        table = recovery_receipt
        done = work.connection.execute(
            sa.update(table)
            .where(table.c.id == receipt, table.c.recovery_id == row.id, table.c.voided_at.is_(None))
            .values(void_reason=clean(reason), voided_at=work.at)
        )
        if done.rowcount != 1 or row.version != version:
            raise Refusal(_CHANGED)
        fell = row.end_kind == RecoveryState.WITHDRAWN
        _update(work, row, end_kind=row.end_kind if fell else None)
        work.log("recovery.voided", SUBJECT, row.id, {"number": row.number})
        return {"recovery": str(row.id)}

    desk.perform(draft_right(item_of(desk, recovery_id)), "recovery.voided", body, operation_id)
    return show(desk, recovery_id)


def waive(
    desk: Desk, recovery_id: UUID, version: int, reason: str, operation_id: UUID | None = None
) -> Recovery:
    """면제: what is left is let go, neither asked for nor paid again; by whoever may confirm."""
    if not clean(reason):
        raise Refusal("면제하는 사유와 근거를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        _end(work, _open(work.connection, recovery_id, version), RecoveryState.WAIVED, clean(reason))
        return {"recovery": str(recovery_id)}

    desk.perform(waive_right(item_of(desk, recovery_id)), "recovery.waived", body, operation_id)
    return show(desk, recovery_id)


def _readable(desk: Desk, connection: sa.Connection, row: RecoveryRow) -> Recovery:
    keys = desk.store.person_keys(connection, [row.trainee_id])
    open_ = desk.may(Right.UNMASK) and not desk.guests
    return Recovery(
        id=row.id,
        version=row.version,
        label=f"제{row.programme_year}-{row.number:03}호",
        number=row.number,
        item=_item(row),
        course=row.course_id,
        unit_no=row.unit_no,
        company=row.company_id,
        place=row.company_name or row.course_name or "",
        part=f"{row.month:%Y-%m} ({row.claim_month}차)" if row.month else f"{row.unit_no}단위기간",
        trainee=row.trainee_id,
        name=desk.masking.show_name(row.name),
        birth=desk.masking.hide_birth(row.birth),
        amount=row.amount,
        received=row.received,
        reason=str(desk.unseal(keys, row.trainee_id, row.sealed) or "") if open_ else "",
        noticed_on=row.noticed_on,
        due=row.due,
        state=recovery_state(row.end_kind, row.noticed_on, row.due, desk.clock.today()),
        end_reason=row.end_reason or "",
        asked_on=row.at.date(),
    )


def _item(row: RecoveryRow) -> BudgetItem:
    return BudgetItem.ALLOWANCE if row.claim_run_id is None else BudgetItem.INTERNSHIP


def _find(connection: sa.Connection, recovery_id: UUID) -> RecoveryRow:
    found = store.list_recoveries(connection, recovery_id=recovery_id)
    if not found:
        raise UsageError("없는 환수입니다. 환수 목록에서 다시 골라 주십시오.")
    return found[0]


def _open(connection: sa.Connection, recovery_id: UUID, version: int) -> RecoveryRow:
    row = _find(connection, recovery_id)
    if row.end_kind is not None:
        raise Refusal(f"이미 '{RecoveryState(row.end_kind).label}'(으)로 끝난 환수입니다.")
    if row.version != version:
        raise Refusal(_CHANGED)
    return row


def _end(work: Work, row: RecoveryRow, state: RecoveryState, reason: str) -> None:
    _update(work, row, end_kind=state.value, end_reason=reason)
    work.log(f"recovery.{state.value}", SUBJECT, row.id, {"number": row.number})


def _update(work: Work, row: RecoveryRow, **values: Any) -> None:
    done = work.connection.execute(
        sa.update(recovery)
        .where(recovery.c.id == row.id, recovery.c.version == row.version)
        .values(version=row.version + 1, **values)
    )
    if done.rowcount != 1:
        raise Refusal(_CHANGED)
