"""인턴지원금 runs of one calendar month: 작성 → 검토 → 확정 → 지급 (rulebook sections 3 and 4)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.claims import Method
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import clean, won
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.claims import claim_settlement, drafting
from regional_desk.services.claims.claim_run import ClaimRun, read_run
from regional_desk.services.claims.evidence import find_month
from regional_desk.services.claims.run_states import (
    OPEN_STATES,
    SUBJECT,
    RunKind,
    advance,
    expect,
    find_run,
    newest,
    refuse_same_eyes,
)
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay.budget import balance
from regional_desk.services.safety import backups
from regional_desk.store import claim_runs as store
from regional_desk.store.claim_runs import ClaimRunRow
from regional_desk.store.claims import claim_hold, claim_row, claim_run
from regional_desk.store.ids import new_id


def draft(
    desk: Desk, month: dt.date, *, method: Method | None = None, operation_id: UUID | None = None
) -> ClaimRun:
    """Compute the claims of the calendar month that holds `month` anew.

    Confirmed runs stay; what was left out of them gets a supplementary one. Raises Refusal where no service month ends in it that is not confirmed.
    """

    def body(work: Work) -> dict[str, Any]:
        computed = drafting.compute(work.connection, _first(month), method)
        if not computed.rows:
            raise Refusal(
                f"{month:%Y-%m}에 끝나는 지원월 가운데 새로 계산할 것이 없습니다. 없거나 이미 모두 확정되었습니다."
            )
        return {"run": str(drafting.write(work, computed))}

    desk.perform(Right.DRAFT_CLAIM, "claim.draft", body, operation_id)
    return show(desk, month)


def check(desk: Desk, month: dt.date, operation_id: UUID | None = None) -> ClaimRun:
    """작성 → 검토: the draft still follows from the records; open items are listed, not refused.

    Raises Refusal where the draft is no longer what the records say.
    """

    def body(work: Work) -> dict[str, Any]:
        run = newest(work.connection, _first(month))
        expect(run, RunState.DRAFT)
        _refuse_stale(work.connection, run)
        by: dict[str, Any] = {"checked_by": work.desk.actor.user_id, "checked_at": work.at}
        advance(work, run, RunState.CHECKED, **by, returned_reason=None)
        return {"run": str(run.id)}

    desk.perform(Right.CHECK_CLAIM, "claim.check", body, operation_id)
    return show(desk, month)


def send_back(desk: Desk, month: dt.date, reason: str, operation_id: UUID | None = None) -> ClaimRun:
    """검토 → 작성, with the reason whoever drafted it reads; raise Refusal without one."""
    why = _reason(reason, "되돌리는")

    def body(work: Work) -> dict[str, Any]:
        run = newest(work.connection, _first(month))
        expect(run, RunState.CHECKED)
        undone: dict[str, Any] = {"checked_by": None, "checked_at": None}
        advance(work, run, RunState.DRAFT, action="returned", **undone, returned_reason=why)
        return {"run": str(run.id)}

    desk.perform(Right.CHECK_CLAIM, "claim.return", body, operation_id)
    return show(desk, month)


def confirm(
    desk: Desk, month: dt.date, operation_id: UUID | None = None, *, over_budget_reason: str = ""
) -> ClaimRun:
    """검토 → 확정: from here the rows do not change; what changes later is a 정산.

    Raises OpenItems listing each service month that is neither clear nor held; Refusal where the policy was not adopted,
    the method is only tried, the draft is stale, four eyes are asked for (rulebook section 7), or a programme year's
    total is over its balance and nobody who may (단장) said why.
    """
    desk.require(Right.CONFIRM_CLAIM)
    backups.before(desk, "confirm")

    def body(work: Work) -> dict[str, Any]:
        connection = work.connection
        run = newest(connection, _first(month))
        expect(run, RunState.CHECKED)
        _refuse_stale(connection, run)
        _refuse_open(read_run(connection, desk, run))
        exceeded = _refuse_over_budget(work, run, over_budget_reason)
        solo = refuse_same_eyes(connection, desk, run)
        by: dict[str, Any] = {"confirmed_by": desk.actor.user_id, "confirmed_at": work.at}
        advance(work, run, RunState.CONFIRMED, **by, solo=solo, over_budget_reason=exceeded)
        if run.kind == RunKind.SETTLEMENT:
            claim_settlement.confirmed(work, run)
        return {"run": str(run.id)}

    desk.perform(Right.CONFIRM_CLAIM, "claim.confirm", body, operation_id, title="인턴지원금 확정")
    return show(desk, month)


def cancel(desk: Desk, month: dt.date, reason: str, operation_id: UUID | None = None) -> UUID:
    """Take a confirmed run back before 지급: this version is kept, the next draft gets the next number.

    Raises Refusal without a reason and where a company of it stands in a pay file already.
    """
    why = _reason(reason, "확정을 취소하는")

    def body(work: Work) -> dict[str, Any]:
        run = newest(work.connection, _first(month))
        expect(run, RunState.CONFIRMED)
        if store.in_pay_file(work.connection, run.id):
            raise Refusal(
                "이 인턴지원금으로 이체 파일을 이미 만들어 확정을 취소하지 않았습니다. 지급한 뒤의 차액은 정산으로 처리합니다."
            )
        advance(work, run, RunState.CANCELLED, closed_reason=why)
        claim_settlement.cancelled(work, run)
        return {"run": str(run.id)}

    return UUID(desk.perform(Right.CONFIRM_CLAIM, "claim.cancel", body, operation_id)["run"])


def hold(
    desk: Desk, internship_id: UUID, month_no: int, reason: str, operation_id: UUID | None = None
) -> None:
    """Leave one intern's service month out of its run, with the reason, so that the others are paid.

    One that is confirmed is held only inside its open 정산. Raises Refusal where it is held or confirmed already,
    UsageError for an internship that has not begun or does not reach the month.
    """
    why = _reason(reason, "보류하는")

    def body(work: Work) -> dict[str, Any]:
        connection, key = work.connection, (internship_id, month_no)
        intern, _, _ = find_month(connection, internship_id, month_no)
        trainee = intern.row.trainee
        if any((one.internship_id, one.month_no) == key for one in store.list_holds(connection)):
            raise Refusal("이미 보류된 지원월입니다.")
        if key in store.confirmed_months(connection, internship_id) and not _open_runs(connection, key):
            raise Refusal(
                "이미 확정된 지원월이라 보류하지 않았습니다. 확정을 취소하거나 정산으로 처리하십시오."
            )
        connection.execute(
            sa.insert(claim_hold).values(
                id=new_id(),
                internship_id=internship_id,
                month_no=month_no,
                reason=why,
                held_by=desk.actor.user_id,
                held_at=work.at,
            )
        )
        _mark_held(connection, internship_id, month_no, held=True)
        keys = desk.store.person_keys(connection, [trainee])
        work.log(
            "claim.hold", SUBJECT, internship_id, {"month_no": month_no}, [work.seal(keys, trainee, why)]
        )
        return {"internship": str(internship_id)}

    desk.perform(Right.DRAFT_CLAIM, "claim.hold", body, operation_id)


def release(desk: Desk, internship_id: UUID, month_no: int, operation_id: UUID | None = None) -> None:
    """End a hold; where its calendar month is confirmed already, the next draft is a supplementary run."""

    def body(work: Work) -> dict[str, Any]:
        ended = work.connection.execute(
            sa.update(claim_hold)
            .where(
                claim_hold.c.internship_id == internship_id,
                claim_hold.c.month_no == month_no,
                claim_hold.c.released_at.is_(None),
            )
            .values(released_by=desk.actor.user_id, released_at=work.at)
        )
        if ended.rowcount == 0:
            raise Refusal("보류된 지원월이 아닙니다.")
        _mark_held(work.connection, internship_id, month_no, held=False)
        work.log("claim.release", SUBJECT, internship_id, {"month_no": month_no})
        return {"internship": str(internship_id)}

    desk.perform(Right.DRAFT_CLAIM, "claim.release", body, operation_id)


def show(desk: Desk, month: dt.date) -> ClaimRun:
    """The month's newest run, its people noted and masked as the person may see them; raise UsageError where none was drafted."""
    run = read_newest(desk, month)
    _note(desk, run)
    return run


def show_run(desk: Desk, run_id: UUID) -> ClaimRun:
    """One run by its id, noted and masked alike."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        run = read_run(connection, desk, find_run(connection, run_id))
    _note(desk, run)
    return run


def read_newest(desk: Desk, month: dt.date) -> ClaimRun:
    """The month's newest run for a paper, whose print is noted instead."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return read_run(connection, desk, newest(connection, _first(month)))


def read_number(desk: Desk, month: dt.date, number: int) -> ClaimRun:
    """One version of the month's runs for a paper; raise UsageError where there is none of this number."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = [one for one in store.list_runs(connection, _first(month)) if one.number == number]
        if not found:
            raise UsageError(f"{month:%Y-%m}에 {number}판 인턴지원금이 없습니다. 판 번호를 확인해 주십시오.")
        return read_run(connection, desk, found[0])


def list_runs(desk: Desk, year: int | None = None, *, gone: bool = False) -> tuple[ClaimRunRow, ...]:
    """The runs of a calendar year (or all) by month and number; with `gone` cancelled ones too."""
    with desk.store.read() as connection:
        return store.list_runs(connection, year=year, gone=gone)


def _first(month: dt.date) -> dt.date:
    return month.replace(day=1)


def _note(desk: Desk, run: ClaimRun) -> None:
    desk.note_view(SUBJECT, [line.trainee for line in run.lines], {"month": f"{run.month:%Y-%m}"})


def _reason(text: str, to_do: str) -> str:
    why = clean(text)
    if not why:
        raise Refusal(f"{to_do} 사유를 적어 주십시오.")
    return why


def _refuse_stale(connection: sa.Connection, run: ClaimRunRow) -> None:
    if run.kind == RunKind.SETTLEMENT:
        claim_settlement.refuse_stale(connection, run)
    else:
        drafting.refuse_stale(connection, run)


def _refuse_open(run: ClaimRun) -> None:
    if not run.adopted:
        raise Refusal(
            "승인되지 않은 인턴지원금 정책으로는 확정할 수 없습니다. 팀장이나 단장이 공문 번호와 함께 승인한 뒤 "
            "승인한 방식으로 다시 작성해 주십시오."
        )
    if run.open_items:
        raise OpenItems(
            f"확인할 것이 {len(run.open_items)}건 남아 확정하지 않았습니다. 해결하거나 그 지원월을 보류해 주십시오.",
            items=tuple(Item(item.where, item.message) for item in run.open_items),
        )


def _refuse_over_budget(work: Work, run: ClaimRunRow, reason: str) -> str | None:
    """The reason kept for a total over a balance; None where every year is inside, or no grant was recorded."""
    over = []
    for year, total in sorted(store.sums_by_year(work.connection, run.id).items()):
        money = balance(work.connection, year, BudgetItem.INTERNSHIP)
        if money.known and total and total > money.left:  # what only asks back spends nothing
            over.append(
                f"{year}년 인턴지원금 예산 잔액 {won(money.left)}원보다 {won(total - money.left)}원 많아 "
                "확정하지 않았습니다."
            )
    if not over:
        return None
    told = " ".join(over)
    if not work.desk.may(Right.EXCEED_BUDGET):
        raise Refusal(f"{told} 교부액을 예산에 적은 뒤 다시 하거나, 단장이 사유를 적어 확정해야 합니다.")
    why = clean(reason)
    if not why:
        raise Refusal(f"{told} 잔액을 넘겨 확정하는 사유를 적어 주십시오.")
    return why


def _mark_held(connection: sa.Connection, internship_id: UUID, month_no: int, *, held: bool) -> None:
    """Carry a hold into the open runs the service month stands in, and their totals; confirmed ones stay as they are."""
    for run_id in _open_runs(connection, (internship_id, month_no)):
        mine = sa.and_(
            claim_row.c.run_id == run_id,
            claim_row.c.internship_id == internship_id,
            claim_row.c.month_no == month_no,
        )
        connection.execute(sa.update(claim_row).where(mine).values(held=held))
        total, interns = store.open_sums(connection, run_id)
        values = {"total": total, "paid_interns": interns, "version": claim_run.c.version + 1}
        connection.execute(sa.update(claim_run).where(claim_run.c.id == run_id).values(**values))


def _open_runs(connection: sa.Connection, key: tuple[UUID, int]) -> tuple[UUID, ...]:
    """The runs that are not confirmed in which a service month stands."""
    return tuple(run.id for run in store.runs_of_month(connection, *key) if run.state in OPEN_STATES)
