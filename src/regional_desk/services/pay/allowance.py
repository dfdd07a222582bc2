"""훈련수당 runs of one course's unit period: 작성 → 검토 → 확정 → 지급 (rulebook section 3); many at once in `many_runs`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.policies import Method
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import clean, korean_span, won
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.attendance.locks import locks_of
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay import drafting, settlement
from regional_desk.services.pay.allowance_run import Run, read_run
from regional_desk.services.pay.budget import balance
from regional_desk.services.pay.run_states import (
    OPEN_STATES,
    RunKind,
    UnitKey,
    advance,
    expect,
    newest,
    refuse_same_eyes,
)
from regional_desk.services.safety import backups
from regional_desk.store import allowance as store
from regional_desk.store.allowance import RunRow
from regional_desk.store.courses import find_course
from regional_desk.store.ids import new_id
from regional_desk.store.run_hands import in_confirmed_run, in_pay_file


@dataclass(frozen=True, slots=True)
class Act:
    """One step of a run as `Desk.perform` takes it, so that one and many runs go the same way."""

    right: Right
    action: str
    body: Callable[[Work], dict[str, Any]]
    title: str | None = None

    def perform(self, desk: Desk, operation_id: UUID | None = None) -> dict[str, Any]:
        """Do it."""
        return desk.perform(self.right, self.action, self.body, operation_id, title=self.title)


def draft(
    desk: Desk,
    course_id: UUID,
    unit_no: int,
    *,
    method: Method | None = None,
    operation_id: UUID | None = None,
) -> Run:
    """Compute the unit's run anew from attendance as it stands; a confirmed run stays, its held people get their own.

    Raises Refusal where everybody of the unit is already confirmed.
    """
    draft_act(UnitKey(course_id, unit_no), method).perform(desk, operation_id)
    return show(desk, course_id, unit_no)


def draft_act(key: UnitKey, method: Method | None = None) -> Act:
    """The drafting itself, without reading the run back for a screen."""

    def body(work: Work) -> dict[str, Any]:
        computed = drafting.compute(work.connection, key.course, key.unit_no, method)
        if not computed.people:
            raise Refusal(f"{key.unit_no}단위기간에는 새로 계산할 사람이 없습니다. 이미 모두 확정되었습니다.")
        return {"run": str(drafting.write(work, key.course, computed))}

    return Act(Right.DRAFT_ALLOWANCE, "allowance.draft", body)


def check(desk: Desk, course_id: UUID, unit_no: int, operation_id: UUID | None = None) -> Run:
    """작성 → 검토: the draft still follows from attendance and policy; open items are listed, not refused.

    Raises Refusal where the draft is no longer what the records say.
    """
    check_act(UnitKey(course_id, unit_no)).perform(desk, operation_id)
    return show(desk, course_id, unit_no)


def check_act(key: UnitKey) -> Act:
    """The check itself."""

    def body(work: Work) -> dict[str, Any]:
        run = newest(work.connection, key.course, key.unit_no)
        expect(run, RunState.DRAFT)
        _refuse_stale(work.connection, run)
        by: dict[str, Any] = {"checked_by": work.desk.actor.user_id, "checked_at": work.at}
        advance(work, run, RunState.CHECKED, **by, returned_reason=None)
        return {"run": str(run.id)}

    return Act(Right.CHECK_ALLOWANCE, "allowance.check", body)


def send_back(
    desk: Desk, course_id: UUID, unit_no: int, reason: str, operation_id: UUID | None = None
) -> Run:
    """검토 → 작성, with the reason whoever drafted it reads; raise Refusal without one."""
    why = _reason(reason, "되돌리는")

    def body(work: Work) -> dict[str, Any]:
        run = newest(work.connection, course_id, unit_no)
        expect(run, RunState.CHECKED)
        advance(
            work,
            run,
            RunState.DRAFT,
            action="returned",
            checked_by=None,
            checked_at=None,
            returned_reason=why,
        )
        return {"run": str(run.id)}

    Act(Right.CHECK_ALLOWANCE, "allowance.return", body).perform(desk, operation_id)
    return show(desk, course_id, unit_no)


def confirm(
    desk: Desk,
    course_id: UUID,
    unit_no: int,
    operation_id: UUID | None = None,
    *,
    over_budget_reason: str = "",
) -> Run:
    """검토 → 확정: from here neither the rows nor the attendance of the people in them change.

    Raises OpenItems listing each row that is neither clear nor held; Refusal where the policy was not adopted, the
    method is only tried, the draft is stale, days of the unit are lent out, four eyes are asked for (rulebook section 7),
    or the total is over the balance and nobody who may (단장) said why.
    """
    desk.require(Right.CONFIRM_ALLOWANCE)
    backups.before(desk, "confirm")
    confirm_act(UnitKey(course_id, unit_no), over_budget_reason).perform(desk, operation_id)
    return show(desk, course_id, unit_no)


def confirm_act(key: UnitKey, over_budget_reason: str = "") -> Act:
    """The confirmation itself, without the backup that comes before."""

    def body(work: Work) -> dict[str, Any]:
        connection, desk = work.connection, work.desk
        run = newest(connection, key.course, key.unit_no)
        expect(run, RunState.CHECKED)
        _refuse_stale(connection, run)
        _refuse_lent(work, run)
        _refuse_open(read_run(connection, desk, run))
        exceeded = _refuse_over_budget(work, run, over_budget_reason)
        settles = run.kind == RunKind.SETTLEMENT
        corrected = settles and settlement.corrected_by(connection, run, desk.actor.user_id)
        solo = refuse_same_eyes(connection, desk, run, corrected=corrected)
        by: dict[str, Any] = {"confirmed_by": desk.actor.user_id, "confirmed_at": work.at}
        advance(work, run, RunState.CONFIRMED, **by, solo=solo, over_budget_reason=exceeded)
        if settles:
            settlement.confirmed(work, run)
        return {"run": str(run.id)}

    return Act(Right.CONFIRM_ALLOWANCE, "allowance.confirm", body, "훈련수당 확정")


def pay(
    desk: Desk, course_id: UUID, unit_no: int, operation_id: UUID | None = None, *, number: int | None = None
) -> Run:
    """확정 → 지급: record that the bank was told to pay; returns the run that was paid.

    `number` names the version; without it the unit's one confirmed run is meant. Raises Refusal naming them where there
    are several (say a main run and its 정산): which of them the bank was told to pay is not guessed.
    """
    found = UUID(pay_act(UnitKey(course_id, unit_no), number).perform(desk, operation_id)["run"])
    with desk.store.read() as connection:
        row = next(one for one in store.list_runs(connection, course_id, unit_no) if one.id == found)
        run = read_run(connection, desk, row)
    _note(desk, run)
    return run


def pay_act(key: UnitKey, number: int | None = None) -> Act:
    """The record of it itself."""

    def body(work: Work) -> dict[str, Any]:
        run = _to_pay(work.connection, key, number)
        expect(run, RunState.CONFIRMED)
        advance(work, run, RunState.PAID, paid_by=work.desk.actor.user_id, paid_at=work.at)
        return {"run": str(run.id)}

    return Act(Right.PAY_ALLOWANCE, "allowance.pay", body)


def _to_pay(connection: sa.Connection, key: UnitKey, number: int | None) -> RunRow:
    """The run a payment is recorded of; the newest one where none is confirmed, so that its state is told."""
    found = store.list_runs(connection, key.course, key.unit_no)
    if number is not None:
        wanted = [run for run in found if run.number == number]
        if not wanted:
            raise UsageError(
                f"{key.unit_no}단위기간에 {number}판 훈련수당이 없습니다. 판 번호를 확인해 주십시오."
            )
        return wanted[0]
    confirmed = [run for run in found if run.state == RunState.CONFIRMED]
    if len(confirmed) > 1:
        names = ", ".join(
            f"{run.number}판({RunKind(run.kind).label}) {won(run.total)}원" for run in confirmed
        )
        raise Refusal(
            f"지급하지 않은 확정 훈련수당이 {len(confirmed)}건이라 지급으로 적지 않았습니다: {names}. "
            "판을 지정하거나 [훈련수당 → 이체 파일]에서 골라 보내십시오."
        )
    return confirmed[0] if confirmed else newest(connection, key.course, key.unit_no)


def cancel(desk: Desk, course_id: UUID, unit_no: int, reason: str, operation_id: UUID | None = None) -> UUID:
    """Take a confirmed run back before 지급: this version is kept, the next draft gets the next number.

    Raises Refusal without a reason and where somebody of it stands in a pay file already.
    """
    why = _reason(reason, "확정을 취소하는")

    def body(work: Work) -> dict[str, Any]:
        run = newest(work.connection, course_id, unit_no)
        expect(run, RunState.CONFIRMED)
        if in_pay_file(work.connection, run.id):
            raise Refusal(
                "이 훈련수당으로 이체 파일을 이미 만들어 확정을 취소하지 않았습니다. 지급한 뒤의 차액은 정산으로 처리합니다."
            )
        advance(work, run, RunState.CANCELLED, closed_reason=why)
        settlement.cancelled(work, run)
        return {"run": str(run.id)}

    act = Act(Right.CONFIRM_ALLOWANCE, "allowance.cancel", body)
    return UUID(act.perform(desk, operation_id)["run"])


def hold(
    desk: Desk, course_id: UUID, unit_no: int, trainee: UUID, reason: str, operation_id: UUID | None = None
) -> Run:
    """Leave one person out of the unit's run, with the reason, so the others are paid."""
    why = _reason(reason, "보류하는")

    def body(work: Work) -> dict[str, Any]:
        if any(held.trainee == trainee for held in store.list_holds(work.connection, course_id, unit_no)):
            raise Refusal("이미 보류된 사람입니다.")
        if in_confirmed_run(work.connection, course_id, unit_no, trainee):
            raise Refusal(
                "이미 확정된 훈련수당에 든 사람이라 보류하지 않았습니다. 확정을 취소하거나 정산으로 처리하십시오."
            )
        work.connection.execute(
            sa.insert(store.allowance_hold).values(
                id=new_id(),
                course_id=course_id,
                unit_no=unit_no,
                trainee_id=trainee,
                reason=why,
                held_by=desk.actor.user_id,
                held_at=work.at,
            )
        )
        _mark_held(work, course_id, unit_no, trainee, held=True)
        keys = desk.store.person_keys(work.connection, [trainee])
        work.log("allowance.hold", "allowance", course_id, {"unit": unit_no}, [work.seal(keys, trainee, why)])
        return {"trainee": str(trainee)}

    desk.perform(Right.DRAFT_ALLOWANCE, "allowance.hold", body, operation_id)
    return show(desk, course_id, unit_no)


def release(
    desk: Desk, course_id: UUID, unit_no: int, trainee: UUID, operation_id: UUID | None = None
) -> None:
    """End a hold; where the unit is confirmed already, the next draft is a supplementary run."""

    def body(work: Work) -> dict[str, Any]:
        held = store.allowance_hold
        ended = work.connection.execute(
            sa.update(held)
            .where(
                held.c.course_id == course_id,
                held.c.unit_no == unit_no,
                held.c.trainee_id == trainee,
                held.c.released_at.is_(None),
            )
            .values(released_by=desk.actor.user_id, released_at=work.at)
        )
        if ended.rowcount == 0:
            raise Refusal("보류된 사람이 아닙니다.")
        _mark_held(work, course_id, unit_no, trainee, held=False)
        work.log("allowance.release", "allowance", course_id, {"unit": unit_no})
        return {"trainee": str(trainee)}

    desk.perform(Right.DRAFT_ALLOWANCE, "allowance.release", body, operation_id)


def show(desk: Desk, course_id: UUID, unit_no: int) -> Run:
    """The unit's newest run, its people noted and masked as the person may see them; raise UsageError where none was drafted."""
    run = read_newest(desk, course_id, unit_no)
    _note(desk, run)
    return run


def _note(desk: Desk, run: Run) -> None:
    wanted = {"course": str(run.row.course_id), "unit": run.row.unit_no}
    desk.note_view("allowance", [line.trainee for line in run.lines], wanted)


def read_newest(desk: Desk, course_id: UUID, unit_no: int) -> Run:
    """The same for a paper, whose print is noted instead."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return read_run(connection, desk, newest(connection, course_id, unit_no))


def runs(desk: Desk, course_id: UUID | None = None) -> tuple[RunRow, ...]:
    """Every run that was not cancelled."""
    with desk.store.read() as connection:
        return store.list_runs(connection, course_id)


def _reason(text: str, to_do: str) -> str:
    why = clean(text)
    if not why:
        raise Refusal(f"{to_do} 사유를 적어 주십시오.")
    return why


def _refuse_stale(connection: sa.Connection, run: RunRow) -> None:
    if run.kind == RunKind.SETTLEMENT:
        settlement.refuse_stale(connection, run)
    else:
        drafting.refuse_stale(connection, run)


def _refuse_lent(work: Work, run: RunRow) -> None:
    """What is entered on a laptop meanwhile could not come back into a unit that is confirmed."""
    for span in locks_of(work.connection, run.course_id, work.at).rows.lent:
        if span.start <= run.end and run.start <= span.end:
            raise Refusal(
                f"'{span.holder}'에 대출 중인 날({korean_span(span.start, span.end)})이 있어 확정하지 않았습니다. "
                "[출석 → 반 대출·반납]에서 반납받거나 회수한 뒤 확정하십시오."
            )


def _refuse_open(run: Run) -> None:
    if not run.adopted:
        raise Refusal(
            "승인되지 않은 수당 정책으로는 확정할 수 없습니다. 팀장이나 단장이 [관리 → 정책]에서 공문 번호와 함께 승인해 주십시오."
        )
    if run.open_items:
        raise OpenItems(
            f"확인할 것이 {len(run.open_items)}건 남아 확정하지 않았습니다. 해결하거나 그 사람을 보류해 주십시오.",
            items=tuple(Item(item.name, item.message) for item in run.open_items),
        )


def _refuse_over_budget(work: Work, run: RunRow, reason: str) -> str | None:
    """The reason kept for a total over the balance; None where it is inside, or no grant was recorded (rulebook section 3)."""
    course = find_course(work.connection, run.course_id)
    if course is None:
        raise ValueError("a run belongs to a course")
    money = balance(work.connection, course.programme_year, BudgetItem.ALLOWANCE)
    if not money.known or run.total <= money.left:
        return None
    over = f"훈련수당 예산 잔액 {won(money.left)}원보다 {won(run.total - money.left)}원 많아 확정하지 않았습니다."
    if not work.desk.may(Right.EXCEED_BUDGET):
        raise Refusal(f"{over} 교부액을 예산에 적은 뒤 다시 하거나, 단장이 사유를 적어 확정해야 합니다.")
    why = clean(reason)
    if not why:
        raise Refusal(f"{over} 잔액을 넘겨 확정하는 사유를 적어 주십시오.")
    return why


def _mark_held(work: Work, course_id: UUID, unit_no: int, trainee: UUID, *, held: bool) -> None:
    """Carry a hold into the open run and its totals; a confirmed run stays as it is."""
    found = store.list_runs(work.connection, course_id, unit_no)
    if not found or found[-1].state not in OPEN_STATES:
        return
    run, row, runs_table = found[-1], store.allowance_row, store.allowance_run
    work.connection.execute(
        sa.update(row).where(row.c.run_id == run.id, row.c.trainee_id == trainee).values(held=held)
    )
    sums = sa.select(
        sa.func.coalesce(sa.func.sum(row.c.amount), 0), sa.func.count().filter(row.c.amount > 0)
    ).where(row.c.run_id == run.id, row.c.held.is_(False))
    total, people = work.connection.execute(sums).one()
    work.connection.execute(
        sa.update(runs_table)
        .where(runs_table.c.id == run.id)
        .values(total=total, paid_people=people, version=runs_table.c.version + 1)
    )
