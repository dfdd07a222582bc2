"""Payslips (급여명세): what the company paid the intern for which days, and the transfer that shows it (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.internships import label, overlaps
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk, Work
from regional_desk.store import attachments, erasing
from regional_desk.store import payslips as store
from regional_desk.store.claim_runs import confirmed_months, confirmed_within
from regional_desk.store.claims import payslip
from regional_desk.store.ids import new_id
from regional_desk.store.internship_records import StoredInternship, find_internship
from regional_desk.store.payslips import PayslipRow

SUBJECT = "claims"
_MOST_WAGE = 100_000_000
_LONGEST_MONTHS = 2
_CHANGED = "그 사이에 다른 사람이 이 급여명세를 바꾸어 처리하지 않았습니다. 목록을 새로 보고 다시 하십시오."


@dataclass(frozen=True, slots=True)
class PayslipValues:
    """What a payslip says: `wage` won before deductions for `start` to `end`; `transferred` won on `transferred_on`.

    `own_account` says that it went from the company's account to the intern's own.
    """

    start: dt.date
    end: dt.date
    wage: int
    transferred_on: dt.date | None = None
    transferred: int | None = None
    own_account: bool = True


def list_payslips(desk: Desk, internship_id: UUID, *, voided: bool = False) -> tuple[PayslipRow, ...]:
    """The payslips of an internship by their first day, with `voided` those too; noted.

    File names and reasons, which may name people, stay hidden from whoever sees people masked.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = _internship(connection, internship_id)
        found = store.list_payslips(connection, [internship_id], voided=voided).get(internship_id, ())
    desk.note_view(SUBJECT, [row.trainee], {"by": "payslips"})
    if desk.masking is Masking.FULL:
        return found
    return tuple(replace(one, slip_name=None, transfer_name=None, void_reason=None) for one in found)


def add(
    desk: Desk,
    internship_id: UUID,
    values: PayslipValues,
    *,
    slip: ReceivedFile | None = None,
    transfer: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> PayslipRow:
    """Record a payslip with its files.

    Raises Refusal for days out of order, before the internship or already paid by another slip, a wage out of range, or
    a transfer on a day to come.
    """

    def body(work: Work) -> dict[str, Any]:
        return {"payslip": str(put(work, internship_id, values, slip=slip, transfer=transfer))}

    done = desk.perform(Right.DRAFT_CLAIM, "payslip.add", body, operation_id)
    return _row(desk, UUID(done["payslip"]))


def put(
    work: Work,
    internship_id: UUID,
    values: PayslipValues,
    *,
    slip: ReceivedFile | None = None,
    transfer: ReceivedFile | None = None,
) -> UUID:
    """The same inside the caller's act; return its id. Raises Refusal as `add` does."""
    row = _internship(work.connection, internship_id)
    _refuse_wrong(work, row, values, None)
    payslip_id = new_id()
    work.connection.execute(
        sa.insert(payslip).values(
            id=payslip_id,
            internship_id=internship_id,
            user_id=work.desk.actor.user_id,
            at=work.at,
            **_columns(values),
            **_files(work, slip, transfer),
        )
    )
    _log(work, "payslip.add", row, {"payslip": str(payslip_id), "to": _told(values)})
    return payslip_id


def edit(
    desk: Desk,
    before: PayslipRow,
    values: PayslipValues,
    *,
    reason: str = "",
    operation_id: UUID | None = None,
) -> PayslipRow:
    """Change what a payslip says; once a month it pays is confirmed, only with a reason (the difference is a 정산).

    Raises Refusal as `add` does, and where somebody changed it since `before` was read.
    """

    def body(work: Work) -> dict[str, Any]:
        row = _internship(work.connection, before.internship_id)
        _refuse_wrong(work, row, values, before.id)
        confirmed = bool(confirmed_months(work.connection, before.internship_id))
        if confirmed and not clean(reason):
            raise Refusal("이미 확정한 지원월이 있어 고치는 사유가 필요합니다. 차액은 정산으로 처리합니다.")
        _update(work, before, {**_columns(values), "user_id": desk.actor.user_id, "at": work.at})
        told = {"payslip": str(before.id), "from": _told(values_of(before)), "to": _told(values)}
        _log(work, "payslip.edit", row, {**told, "reason": clean(reason)})
        return {"payslip": str(before.id)}

    desk.perform(Right.DRAFT_CLAIM, "payslip.edit", body, operation_id)
    return _row(desk, before.id)


def attach(
    desk: Desk,
    before: PayslipRow,
    *,
    slip: ReceivedFile | None = None,
    transfer: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> PayslipRow:
    """Keep the payslip's own file, that of its transfer, or both, encrypted; a file kept before is forgotten.

    Raises Refusal where it changed meanwhile, and where a month was confirmed with the file that would be replaced.
    """
    if slip is None and transfer is None:
        raise UsageError("붙일 파일을 정해 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = _internship(work.connection, before.internship_id)
        replaced = [before.slip_id if slip else None, before.transfer_id if transfer else None]
        old = {one for one in replaced if one is not None}
        if old and confirmed_within(work.connection, before.internship_id, before.start, before.end):
            raise Refusal(
                "확정한 지원월의 급여명세라 붙어 있는 파일을 바꾸지 않았습니다. "
                "잘못된 것이면 사유를 적어 무효로 하고 다시 적으십시오."
            )
        _update(work, before, _files(work, slip, transfer))
        files = erasing.forget_files(work.connection, old)
        _log(work, "payslip.attach", row, {"payslip": str(before.id)})
        return {"payslip": str(before.id), "files": list(files)}

    done = desk.perform(Right.DRAFT_CLAIM, "payslip.attach", body, operation_id)
    erasing.unlink(desk.store, done["files"])
    return _row(desk, before.id)


def void(desk: Desk, before: PayslipRow, reason: str, operation_id: UUID | None = None) -> None:
    """Let a payslip count no more, kept with the reason; raise Refusal without one or where it changed meanwhile."""
    why = clean(reason)
    if not why:
        raise Refusal("무효로 하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = _internship(work.connection, before.internship_id)
        _update(work, before, {"void_reason": why, "voided_at": work.at, "user_id": desk.actor.user_id})
        _log(work, "payslip.void", row, {"payslip": str(before.id), "reason": why})
        return {"payslip": str(before.id)}

    desk.perform(Right.DRAFT_CLAIM, "payslip.void", body, operation_id)


def find(desk: Desk, payslip_id: UUID) -> PayslipRow:
    """One payslip of the lists; raise UsageError for an unknown id."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = store.find_payslip(connection, payslip_id)
    if row is None:
        raise UsageError("없는 급여명세입니다. 목록에 나온 번호(id)를 그대로 적어 주십시오.")
    return row


def _refuse_wrong(work: Work, row: StoredInternship, values: PayslipValues, own: UUID | None) -> None:
    span = korean_span(values.start, values.end)
    if row.started_on is None:
        raise Refusal("아직 시작하지 않은 인턴십이라 급여명세를 적지 않았습니다.")
    if values.end < values.start:
        raise Refusal("끝나는 날이 시작하는 날보다 앞섭니다. 저장하지 않았습니다.")
    if values.end >= monthly_return(values.start, _LONGEST_MONTHS):
        raise Refusal("한 급여명세가 두 달을 넘을 수 없습니다. 달마다 나누어 적어 주십시오.")
    if values.start < row.started_on:
        raise Refusal(
            f"인턴십을 시작한 {korean_date(row.started_on)} 전의 날이 들어 있어 저장하지 않았습니다({span}). "
            "그날부터의 임금만 적어 주십시오."
        )
    _refuse_wrong_money(work, values)
    for other in store.list_payslips(work.connection, [row.id]).get(row.id, ()):
        if other.id != own and overlaps((values.start, values.end), (other.start, other.end)):
            raise Refusal(
                f"이미 적힌 급여명세({korean_span(other.start, other.end)})와 날이 겹쳐 저장하지 않았습니다."
            )


def _refuse_wrong_money(work: Work, values: PayslipValues) -> None:
    if not 0 < values.wage <= _MOST_WAGE:
        raise Refusal("임금(공제 전)은 1원 이상의 금액으로 적어 주십시오.")
    if (values.transferred_on is None) != (values.transferred is None):
        raise Refusal("이체는 날짜와 금액을 함께 적어 주십시오.")
    if values.transferred is not None and values.transferred <= 0:
        raise Refusal("이체한 금액은 1원 이상이어야 합니다.")
    if values.transferred_on is not None and values.transferred_on > work.at.date():
        raise Refusal(f"이체일 {korean_date(values.transferred_on)}은(는) 아직 오지 않은 날입니다.")


def _columns(values: PayslipValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in PayslipValues.__slots__}


def values_of(row: PayslipRow) -> PayslipValues:
    """What a payslip says, to change it from."""
    return PayslipValues(**{name: getattr(row, name) for name in PayslipValues.__slots__})


def _files(work: Work, slip: ReceivedFile | None, transfer: ReceivedFile | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, file in (("slip", slip), ("transfer", transfer)):
        if file is not None:
            kept = attachments.put(work.desk.store, work.connection, file.content, file.media_type)
            found |= {f"{name}_id": kept, f"{name}_name": file.name}
    return found


def _update(work: Work, before: PayslipRow, values: dict[str, Any]) -> None:
    done = work.connection.execute(
        sa.update(payslip)
        .where(payslip.c.id == before.id, payslip.c.version == before.version, payslip.c.voided_at.is_(None))
        .values(**values, version=before.version + 1)
    )
    if done.rowcount != 1:
        raise Refusal(_CHANGED)


def _told(values: PayslipValues) -> dict[str, Any]:
    told = _columns(values)
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in told.items()}


def _log(work: Work, action: str, row: StoredInternship, value: dict[str, Any]) -> None:
    """A line whose wages stand sealed under the intern's key: they are the person's, not the office's."""
    keys = work.desk.store.person_keys(work.connection, [row.trainee])
    number = label(row.programme_year, row.number)
    work.log(action, SUBJECT, row.id, {"internship": number}, [work.seal(keys, row.trainee, value)])


def _internship(connection: sa.Connection, internship_id: UUID) -> StoredInternship:
    row = find_internship(connection, internship_id)
    if row is None:
        raise UsageError("없는 인턴십입니다. 목록에서 다시 골라 주십시오.")
    return row


def _row(desk: Desk, payslip_id: UUID) -> PayslipRow:
    with desk.store.read() as connection:
        found = store.find_payslip(connection, payslip_id)
    if found is None:
        raise Refusal(_CHANGED)
    return found
