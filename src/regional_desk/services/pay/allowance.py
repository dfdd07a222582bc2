"""훈련수당 runs of one course's unit period: 작성 → 검토 → 확정 → 지급 (rulebook section 3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import Decision, Inputs, RunState, decide
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.policies import Method, scheme_to_table
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.attendance.tally import UnitTally, closed_people, tally_context
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay.allowance_run import Run, read_run
from regional_desk.services.safety import backups
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import allowance as store
from regional_desk.store.accounts import list_users
from regional_desk.store.allowance import RunRow
from regional_desk.store.courses import MemberRow
from regional_desk.store.ids import new_id
from regional_desk.store.people import person

_TENTHS = Decimal(10)


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
    right, action, body = draft_act(course_id, unit_no, method)
    desk.perform(right, action, body, operation_id)
    return show(desk, course_id, unit_no)


def draft_act(
    course_id: UUID, unit_no: int, method: Method | None
) -> tuple[Right, str, Callable[[Work], dict[str, Any]]]:
    """The drafting itself, without reading the run back for a screen."""

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        unit = courses.unit_of(detail, unit_no)
        context, decided = _compute(work.connection, detail, unit, method)
        if not decided:
            raise Refusal(f"{unit_no}단위기간에는 새로 계산할 사람이 없습니다. 이미 모두 확정되었습니다.")
        run_id = _replace_run(work, detail, unit, context, decided, method)
        return {"run": str(run_id)}

    return Right.DRAFT_ALLOWANCE, "allowance.draft", body


def check(desk: Desk, course_id: UUID, unit_no: int, operation_id: UUID | None = None) -> Run:
    """작성 → 검토: the draft still follows from attendance and policy; open items are listed, not refused.

    Raises Refusal where the draft is no longer what the records say.
    """

    def body(work: Work) -> dict[str, Any]:
        run = _newest(work.connection, course_id, unit_no)
        _expect(run, RunState.DRAFT)
        _refuse_stale(work.connection, run)
        _advance(work, run, RunState.CHECKED, checked_by=desk.actor.user_id, checked_at=work.at)
        return {"run": str(run.id)}

    desk.perform(Right.CHECK_ALLOWANCE, "allowance.check", body, operation_id)
    return show(desk, course_id, unit_no)


def confirm(desk: Desk, course_id: UUID, unit_no: int, operation_id: UUID | None = None) -> Run:
    """검토 → 확정: from here neither the rows nor the attendance of the people in them change.

    Raises OpenItems listing each row that is neither clear nor held; Refusal where the policy was not adopted, the
    method is only tried, the draft is stale, or four eyes are asked for (rulebook section 7).
    """

    def body(work: Work) -> dict[str, Any]:
        run = _newest(work.connection, course_id, unit_no)
        _expect(run, RunState.CHECKED)
        _refuse_stale(work.connection, run)
        whole = read_run(work.connection, desk, run)
        if not whole.adopted:
            raise Refusal(
                "승인되지 않은 수당 정책으로는 확정할 수 없습니다. 팀장이나 단장이 [관리 → 정책]에서 공문 번호와 함께 승인해 주십시오."
            )
        if whole.open_items:
            raise OpenItems(
                f"확인할 것이 {len(whole.open_items)}건 남아 확정하지 않았습니다. 해결하거나 그 사람을 보류해 주십시오.",
                items=tuple(Item(item.name, item.message) for item in whole.open_items),
            )
        solo = _refuse_same_eyes(work.connection, desk, run)
        _advance(
            work, run, RunState.CONFIRMED, confirmed_by=desk.actor.user_id, confirmed_at=work.at, solo=solo
        )
        return {"run": str(run.id)}

    desk.require(Right.CONFIRM_ALLOWANCE)
    backups.before(desk, "confirm")
    desk.perform(Right.CONFIRM_ALLOWANCE, "allowance.confirm", body, operation_id, title="훈련수당 확정")
    return show(desk, course_id, unit_no)


def pay(desk: Desk, course_id: UUID, unit_no: int, operation_id: UUID | None = None) -> Run:
    """확정 → 지급: record that the bank was told to pay."""

    def body(work: Work) -> dict[str, Any]:
        run = _newest(work.connection, course_id, unit_no)
        _expect(run, RunState.CONFIRMED)
        _advance(work, run, RunState.PAID, paid_by=desk.actor.user_id, paid_at=work.at)
        return {"run": str(run.id)}

    desk.perform(Right.PAY_ALLOWANCE, "allowance.pay", body, operation_id)
    return show(desk, course_id, unit_no)


def cancel(desk: Desk, course_id: UUID, unit_no: int, reason: str, operation_id: UUID | None = None) -> UUID:
    """Take a confirmed run back before 지급: this version is kept, the next draft gets the next number."""
    if not reason.strip():
        raise Refusal("확정을 취소하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        run = _newest(work.connection, course_id, unit_no)
        _expect(run, RunState.CONFIRMED)
        _advance(work, run, RunState.CANCELLED, closed_reason=reason.strip())
        return {"run": str(run.id)}

    return UUID(desk.perform(Right.CONFIRM_ALLOWANCE, "allowance.cancel", body, operation_id)["run"])


def hold(
    desk: Desk, course_id: UUID, unit_no: int, trainee: UUID, reason: str, operation_id: UUID | None = None
) -> Run:
    """Leave one person out of the unit's run, with the reason, so the others are paid."""
    if not reason.strip():
        raise Refusal("보류하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        if any(held.trainee == trainee for held in store.list_holds(work.connection, course_id, unit_no)):
            raise Refusal("이미 보류된 사람입니다.")
        work.connection.execute(
            sa.insert(store.allowance_hold).values(
                id=new_id(),
                course_id=course_id,
                unit_no=unit_no,
                trainee_id=trainee,
                reason=reason.strip(),
                held_by=desk.actor.user_id,
                held_at=work.at,
            )
        )
        _mark_held(work, course_id, unit_no, trainee, held=True)
        keys = desk.store.person_keys(work.connection, [trainee])
        work.log(
            "allowance.hold", "allowance", course_id, {"unit": unit_no}, [work.seal(keys, trainee, reason)]
        )
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
    wanted = {"course": str(course_id), "unit": unit_no}
    desk.note_view("allowance", [line.trainee for line in run.lines], wanted)
    return run


def read_newest(desk: Desk, course_id: UUID, unit_no: int) -> Run:
    """The same for a paper, whose print is noted instead."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return read_run(connection, desk, _newest(connection, course_id, unit_no))


def runs(desk: Desk, course_id: UUID | None = None) -> tuple[RunRow, ...]:
    """Every run that was not cancelled."""
    with desk.store.read() as connection:
        return store.list_runs(connection, course_id)


_Decided = tuple[MemberRow, Inputs, Decision, str]


def estimate(connection: sa.Connection, detail: CourseDetail, unit: UnitPeriod) -> dict[UUID, Decision]:
    """What a draft would decide for each person of the unit who is not confirmed, by the course as `detail` has it.

    Its days, dates and members need not be stored: a change is tried with this before it is made.
    """
    _, decided = _compute(connection, detail, unit, None, counted=False)
    return {member.person: decision for member, _, decision, _ in decided}


def _compute(
    connection: sa.Connection,
    detail: CourseDetail,
    unit: UnitPeriod,
    method: Method | None,
    *,
    counted: bool = True,
) -> tuple[UnitTally, list[_Decided]]:
    """Decide everybody of the unit who is not confirmed yet; not `counted`, the records are read instead of counted."""
    done = closed_people(connection, detail.course.id, unit)
    members = [member for member in detail.members if member.person not in done]
    context = tally_context(connection, detail, unit, members, counted=counted)
    scheme = context.scheme.with_method(method)
    decided: list[_Decided] = []
    known: dict[Inputs, Decision] = {}  # `decide` remembers too, but hashes the whole scheme at each call
    for member in members:
        if context.has_days(member):
            inputs = context.inputs(member)
            decision = known.get(inputs)
            if decision is None:
                decision = known[inputs] = decide(inputs, scheme, context.region)
            decided.append((member, inputs, decision, context.strip(member)))
    return context, decided


def _replace_run(
    work: Work,
    detail: CourseDetail,
    unit: UnitPeriod,
    context: UnitTally,
    decided: Sequence[_Decided],
    method: Method | None,
) -> UUID:
    connection, course_id = work.connection, detail.course.id
    earlier = store.list_runs(connection, course_id, unit.no)
    open_run = next((run for run in earlier if run.state in (RunState.DRAFT, RunState.CHECKED)), None)
    if open_run is not None:
        connection.execute(sa.delete(store.allowance_row).where(store.allowance_row.c.run_id == open_run.id))
        connection.execute(sa.delete(store.allowance_run).where(store.allowance_run.c.id == open_run.id))
    held = {row.trainee for row in store.list_holds(connection, course_id, unit.no)}
    run_id = new_id()
    rows = _rows(run_id, decided, held)
    scheme = context.scheme.with_method(method)
    paid = [row for row in rows if not row[11]]
    connection.execute(
        sa.insert(store.allowance_run).values(
            id=run_id,
            course_id=course_id,
            unit_no=unit.no,
            kind="supplementary" if any(run.state in store.CLOSED_STATES for run in earlier) else "main",
            number=open_run.number if open_run else store.next_number(connection, course_id, unit.no),
            version=open_run.version + 1 if open_run else 1,
            state=RunState.DRAFT.value,
            start=unit.start,
            end=unit.end,
            method=scheme.method.value,
            scheme=scheme.key,
            terms=scheme_to_table(scheme),
            adoption_id=context.policy.adoption if scheme == context.scheme else None,
            people=len(rows),
            paid_people=sum(row[8] > 0 for row in paid),
            total=sum(row[8] for row in paid),
            inputs=_digest(decided),
            drafted_by=work.desk.actor.user_id,
            drafted_at=work.at,
        )
    )
    store.insert_pay_rows(connection, rows)
    detail_of = {
        "unit": unit.no,
        "people": len(rows),
        "total": sum(row[8] for row in paid),
        "method": scheme.method.value,
        "inputs": _digest(decided).hex(),
    }
    work.log("allowance.draft", "allowance", run_id, detail_of)
    return run_id


def _rows(run_id: UUID, decided: Sequence[_Decided], held: set[UUID]) -> list[tuple[Any, ...]]:
    traces: dict[int, str] = {}
    rows = []
    for member, _, decision, strip in decided:
        trace = traces.get(id(decision))
        if trace is None:
            trace = traces[id(decision)] = json.dumps(
                decision.trace[:-1], ensure_ascii=False
            )  # the basis is the run's
        rows.append(
            (
                run_id.bytes,
                member.person.bytes,
                member.number,
                decision.training_days,
                decision.attended_days,
                decision.converted_absences,
                int(decision.rate * _TENTHS),
                decision.eligible,
                decision.amount,
                trace,
                strip,
                member.person in held,
            )
        )
    return rows


def _digest(decided: Sequence[_Decided]) -> bytes:
    """What the draft was computed from, so a later change of records or policy is noticed."""
    total = hashlib.sha256()
    for member, _, decision, strip in decided:
        total.update(member.person.bytes)
        total.update(f"{decision.amount}|{decision.attended_days}|{decision.training_days}|{strip}".encode())
    return total.digest()


def _newest(connection: sa.Connection, course_id: UUID, unit_no: int) -> RunRow:
    found = store.list_runs(connection, course_id, unit_no)
    if not found:
        raise UsageError(f"{unit_no}단위기간의 훈련수당을 아직 작성하지 않았습니다. 먼저 작성해 주십시오.")
    return found[-1]


def _expect(run: RunRow, state: RunState) -> None:
    if run.state != state.value:
        raise Refusal(
            f"지금 상태가 '{RunState(run.state).label}'이라 처리하지 않았습니다. '{state.label}' 상태에서 할 수 있습니다."
        )


def _refuse_stale(connection: sa.Connection, run: RunRow) -> None:
    detail = courses.read_detail(connection, run.course_id)
    _, decided = _compute(connection, detail, courses.unit_of(detail, run.unit_no), Method(run.method))
    if _digest(decided) != run.inputs:
        raise Refusal("작성한 뒤에 출결이나 정책이 바뀌었습니다. 다시 작성한 다음 진행해 주십시오.")


def _refuse_same_eyes(connection: sa.Connection, desk: Desk, run: RunRow) -> bool:
    """Whether the act is 단독 처리; refused once two people hold the right to confirm (rulebook section 7).

    Nobody confirms what they drafted, nor a run with an account they were the last to change.
    """
    changed = run.drafted_by == desk.actor.user_id
    if not changed:
        changed = connection.execute(
            sa.select(
                sa.exists().where(
                    store.allowance_row.c.run_id == run.id,
                    store.allowance_row.c.amount > 0,
                    store.allowance_row.c.held.is_(False),
                    person.c.id == store.allowance_row.c.trainee_id,
                    person.c.account_changed_by == desk.actor.user_id,
                )
            )
        ).scalar_one()
    if not changed:
        return False
    others = [
        user
        for user in list_users(connection)
        if user.active
        and user.id != desk.actor.user_id
        and Right.CONFIRM_ALLOWANCE in rights_of(Role(role) for role in user.roles)
    ]
    if others:
        did = "작성한" if run.drafted_by == desk.actor.user_id else "계좌를 마지막으로 바꾼"
        raise Refusal(
            f"{did} 사람은 확정할 수 없습니다. 확정 권한이 있는 다른 사람({others[0].name})이 확정해 주십시오."
        )
    return True


def _advance(work: Work, run: RunRow, state: RunState, **values: Any) -> None:
    changed = work.connection.execute(
        sa.update(store.allowance_run)
        .where(store.allowance_run.c.id == run.id, store.allowance_run.c.version == run.version)
        .values(state=state.value, version=run.version + 1, **values)
    )
    if changed.rowcount != 1:
        raise Refusal("다른 사람이 먼저 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오.")
    work.log(
        f"allowance.{state.value}",
        "allowance",
        run.id,
        {"unit": run.unit_no, "total": run.total, "number": run.number},
    )


def _mark_held(work: Work, course_id: UUID, unit_no: int, trainee: UUID, *, held: bool) -> None:
    """Carry a hold into the open run and its totals; a confirmed run stays as it is."""
    found = store.list_runs(work.connection, course_id, unit_no)
    if not found or found[-1].state not in (RunState.DRAFT, RunState.CHECKED):
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
