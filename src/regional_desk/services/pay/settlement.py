"""정산: what confirmed units are worth after 정정 and membership acts, paid or asked back; confirmed runs stay (rulebook section 3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import Decision, RunState, basis, decide
from regional_desk.domain.attendance import show_cell
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.policies import scheme_from_table, scheme_to_table
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import Settlement, Standing, is_settled, settle
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import Refusal
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import from_values
from regional_desk.services.attendance.tally import tally_context
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay import recoveries
from regional_desk.services.pay.allowance_run import Run, read_run
from regional_desk.services.pay.run_states import OPEN_STATES, RunKind
from regional_desk.services.policies import Policy
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.services.training.membership_events import differing
from regional_desk.store import allowance as store
from regional_desk.store import corrections
from regional_desk.store.allowance import RunRow
from regional_desk.store.corrections import CorrectionRow
from regional_desk.store.courses import MemberRow
from regional_desk.store.ids import new_id
from regional_desk.store.recoveries import (
    RecoveryRow,
    SettledRow,
    last_confirmed,
    list_recoveries,
    settled_rows,
    standings,
)

_TENTHS = Decimal(10)
_CANCELLED = "정산 확정이 취소되어 거둠"


@dataclass(frozen=True, slots=True)
class Settled:
    """One person of a 정산: what decides, what changes, and the reason in Korean sentences."""

    member: MemberRow
    decision: Decision
    outcome: Settlement
    trace: tuple[str, ...]
    strip: str


def draft(desk: Desk, course_id: UUID, unit_no: int, operation_id: UUID | None = None) -> Run:
    """Draft the 정산 run of a confirmed unit anew; 검토, 확정 and 지급 are those of every run.

    Raises Refusal where nothing is to settle, and where another draft of the unit is open.
    """
    right, action, body = draft_act(course_id, unit_no)
    desk.perform(right, action, body, operation_id)
    with desk.store.read() as connection:
        found = store.list_runs(connection, course_id, unit_no)
        run = read_run(connection, desk, found[-1])
    desk.note_view(
        "allowance", [line.trainee for line in run.lines], {"course": str(course_id), "unit": unit_no}
    )
    return run


def draft_act(course_id: UUID, unit_no: int) -> tuple[Right, str, Callable[[Work], dict[str, Any]]]:
    """The drafting itself, without reading the run back for a screen."""

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        unit = courses.unit_of(detail, unit_no)
        earlier = store.list_runs(work.connection, course_id, unit_no)
        opened = next((run for run in earlier if run.state in OPEN_STATES), None)
        if opened is not None and opened.kind != RunKind.SETTLEMENT:
            raise Refusal(
                f"{unit_no}단위기간에 작성 중인 훈련수당이 있습니다. 그것을 먼저 확정한 뒤 정산하십시오."
            )
        rows = compute(work.connection, detail, unit)
        if opened is not None:
            store.delete_run(work.connection, opened.id)
        if not rows:
            if opened is not None:
                work.log("allowance.settle", "allowance", opened.id, {"unit": unit_no, "people": 0})
                return {"run": None}
            raise Refusal(f"{unit_no}단위기간은 확정한 금액과 지금 기록이 같아 정산할 것이 없습니다.")
        return {"run": str(_write_run(work, detail, unit, rows, earlier, opened))}

    return Right.DRAFT_ALLOWANCE, "allowance.settle", body


def discard(desk: Desk, course_id: UUID, unit_no: int, operation_id: UUID | None = None) -> None:
    """Throw an open 정산 away, so that its unit can be drafted or cancelled; raise Refusal where there is none."""

    def body(work: Work) -> dict[str, Any]:
        for run in store.list_runs(work.connection, course_id, unit_no):
            if run.kind == RunKind.SETTLEMENT and run.state in OPEN_STATES:
                store.delete_run(work.connection, run.id)
                work.log("allowance.discard", "allowance", run.id, {"unit": unit_no, "number": run.number})
                return {"run": str(run.id)}
        raise Refusal("작성 중인 정산이 없어 지운 것이 없습니다.")

    desk.perform(Right.DRAFT_ALLOWANCE, "allowance.discard", body, operation_id)


def compute(connection: sa.Connection, detail: CourseDetail, unit: UnitPeriod) -> tuple[Settled, ...]:
    """Everybody of a unit whose confirmed money differs from what the records say now, by the terms they were paid by.

    Who was corrected or whose membership changed since is there too when nothing is to pay: then that is settled.
    """
    paid_by = _paid_by(connection, detail.course.id, unit.no)
    standing = standings(connection, detail.course.id, unit.no)
    changed = corrections_due(connection, detail.course.id, unit.no)
    for event in differing(connection):
        if (event.course, event.unit_no) == (detail.course.id, unit.no):
            changed.setdefault(event.person, [])
    found: list[Settled] = []
    for run in {run.id: run for run in paid_by.values()}.values():
        people = {trainee for trainee, of_run in paid_by.items() if of_run.id == run.id}
        found += _settle_by(connection, detail, unit, run, people, standing, changed)
    return tuple(sorted(found, key=lambda one: one.member.number))


def _settle_by(
    connection: sa.Connection,
    detail: CourseDetail,
    unit: UnitPeriod,
    run: RunRow,
    people: Collection[UUID],
    standing: dict[UUID, Standing],
    changed: dict[UUID, list[CorrectionRow]],
) -> Iterator[Settled]:
    """Those confirmed by one run, decided again by its terms."""
    scheme = scheme_from_table(run.scheme, run.terms)
    members = [member for member in detail.members if member.person in people]
    policy = Policy(scheme, run.adoption_id, None, None)
    context = tally_context(connection, detail, unit, members, policy=policy)
    for member in members:
        decision = decide(context.inputs(member), scheme, context.region)
        entitled, stands = decision.amount if context.has_days(member) else 0, standing[member.person]
        if is_settled(entitled, stands) and member.person not in changed:
            continue
        outcome = settle(entitled, stands)
        sentences = _sentences(member, changed.get(member.person, ()), stands, outcome)
        trace = (*decision.trace[:-1], *sentences)
        yield Settled(member, decision, outcome, (*trace, basis(scheme)), context.strip(member))


def _sentences(
    member: MemberRow, changed: Sequence[CorrectionRow], stands: Standing, outcome: Settlement
) -> Iterator[str]:
    for one in changed:
        old, new = show_cell(from_values(one.old)), show_cell(from_values(one.new))
        yield f"정정: {korean_date(one.day)} {old} → {new}."
    if member.left is not None:
        yield f"{korean_date(member.left)}까지 과정에 속했습니다."
    back = f" (환수로 {won(stands.received)}원 받음)" if stands.received else ""
    yield f"다시 계산하면 {won(outcome.entitled)}원이고 이미 확정한 돈은 {won(stands.confirmed)}원{back}입니다."
    if stands.asked:
        yield f"아직 받지 못한 환수 {won(stands.asked)}원은 이 정산으로 바꿉니다."
    if outcome.amount:
        yield f"그래서 {won(outcome.amount)}원을 더 지급합니다."
    elif outcome.recovery:
        yield f"그래서 {won(outcome.recovery)}원을 환수합니다."
    else:
        yield "그래서 더 지급하거나 환수할 돈이 없습니다."


def _paid_by(connection: sa.Connection, course_id: UUID, unit_no: int) -> dict[UUID, RunRow]:
    """The run each person of a unit was first confirmed by."""
    found: dict[UUID, RunRow] = {}
    for run in store.list_runs(connection, course_id, unit_no):
        if run.state in store.CLOSED_STATES and run.kind != RunKind.SETTLEMENT:
            for row in store.list_pay_rows(connection, run.id):
                if not row.held:
                    found.setdefault(row.trainee, run)
    return found


def corrections_due(
    connection: sa.Connection, course_id: UUID, unit_no: int
) -> dict[UUID, list[CorrectionRow]]:
    """The approved 정정 of a unit that no confirmed run rests on yet, by person."""
    since = last_confirmed(connection, course_id, unit_no)
    found: dict[UUID, list[CorrectionRow]] = {}
    for row in corrections.list_corrections(connection, course_id, states=["approved"]):
        if row.unit_no == unit_no and row.decided_at is not None and row.trainee_id in since:
            last = since[row.trainee_id]
            if last < row.decided_at:
                found.setdefault(row.trainee_id, []).append(row)
    return found


def _write_run(
    work: Work,
    detail: CourseDetail,
    unit: UnitPeriod,
    rows: Sequence[Settled],
    earlier: Sequence[RunRow],
    opened: RunRow | None,
) -> UUID:
    """The run with its rows, by the terms of the unit's first confirmed run."""
    connection, course_id, run_id = work.connection, detail.course.id, new_id()
    first = next(run for run in earlier if run.state in store.CLOSED_STATES)
    held = {row.trainee for row in store.list_holds(connection, course_id, unit.no)}
    paid = [row for row in rows if row.member.person not in held]
    total = sum(row.outcome.amount for row in paid)
    scheme = scheme_from_table(first.scheme, first.terms)
    connection.execute(
        sa.insert(store.allowance_run).values(
            id=run_id,
            course_id=course_id,
            unit_no=unit.no,
            kind=RunKind.SETTLEMENT.value,
            number=opened.number if opened else store.next_number(connection, course_id, unit.no),
            version=opened.version + 1 if opened else 1,
            state=RunState.DRAFT.value,
            start=unit.start,
            end=unit.end,
            method=first.method,
            scheme=first.scheme,
            terms=scheme_to_table(scheme),
            adoption_id=first.adoption_id,
            people=len(rows),
            paid_people=sum(row.outcome.amount > 0 for row in paid),
            total=total,
            inputs=_digest(rows),
            drafted_by=work.desk.actor.user_id,
            drafted_at=work.at,
        )
    )
    connection.execute(
        sa.insert(store.allowance_row), [_row(run_id, row, row.member.person in held) for row in rows]
    )
    told = {"unit": unit.no, "people": len(rows), "total": total}
    asked = sum(row.outcome.recovery for row in paid)
    work.log("allowance.settle", "allowance", run_id, {**told, "asked": asked, "inputs": _digest(rows).hex()})
    return run_id


def _row(run_id: UUID, row: Settled, held: bool) -> dict[str, Any]:
    decision, outcome = row.decision, row.outcome
    return {
        "run_id": run_id,
        "trainee_id": row.member.person,
        "number": row.member.number,
        "training_days": decision.training_days,
        "attended_days": decision.attended_days,
        "converted_absences": decision.converted_absences,
        "rate_tenths": int(decision.rate * _TENTHS),
        "eligible": decision.eligible,
        "amount": outcome.amount,
        "trace": json.dumps(row.trace[:-1], ensure_ascii=False),  # the basis is the run's
        "strip": row.strip,
        "held": held,
        "entitled": outcome.entitled,
        "already": outcome.already,
    }


def _digest(rows: Sequence[Settled]) -> bytes:
    total = hashlib.sha256()
    for row in rows:
        total.update(row.member.person.bytes)
        total.update(f"{row.outcome}|{row.strip}".encode())
    return total.digest()


def refuse_stale(connection: sa.Connection, run: RunRow) -> None:
    """Raise Refusal where a 정산 is no longer what the records say."""
    detail = courses.read_detail(connection, run.course_id)
    rows = compute(connection, detail, courses.unit_of(detail, run.unit_no))
    if _digest(rows) != run.inputs:
        raise Refusal("작성한 뒤에 기록이나 환수가 바뀌었습니다. 다시 정산한 다음 진행해 주십시오.")


def corrected_by(connection: sa.Connection, run: RunRow, user_id: UUID) -> bool:
    """Whether this user asked for a 정정 that stands behind a 정산: then somebody else confirms (rulebook section 7)."""
    people = {row.trainee for row in settled_rows(connection, run.id)}
    return corrections.is_requester(connection, run.course_id, run.unit_no, people, user_id)


def confirmed(work: Work, run: RunRow) -> None:
    """What follows when a 정산 is confirmed: open 환수 of its people fall, and negative nets are asked back anew."""
    connection = work.connection
    detail = courses.read_detail(connection, run.course_id, ())
    rows = settled_rows(connection, run.id)
    people = {row.trainee for row in rows}
    mine = tuple(one for one in _of_unit(connection, run) if one.trainee_id in people)
    recoveries.let_fall(work, mine, _replaced_by(run))
    place = f"{detail.course.name} {run.unit_no}단위기간"
    year = detail.course.programme_year
    asked = [
        recoveries.Asked(
            row.trainee,
            year,
            row.recovery,
            f"{place} 훈련수당을 다시 계산하니 {won(row.entitled)}원으로, 이미 확정한 {won(row.already)}원보다 적음",
            {"run_id": run.id},
        )
        for row in rows
        if row.recovery
    ]
    recoveries.ask_back(work, asked)


def cancelled(work: Work, run: RunRow) -> None:
    """What follows once a confirmed run was taken back: call it in the same act, after the run's state changed.

    환수 of a 정산 fall with it, and those it had replaced are asked again. 정정 of any other run become plain records, for its unit is open again.
    Raises Refusal where money already came in for a 환수 of the run.
    """
    if run.kind == RunKind.SETTLEMENT:
        claims = list_recoveries(work.connection, run_id=run.id)
        if any(one.received for one in claims):
            raise Refusal("이 정산의 환수로 이미 받은 돈이 있어 확정을 취소하지 않았습니다.")
        recoveries.let_fall(work, claims, _CANCELLED)
        recoveries.revive(work, _of_unit(work.connection, run), _replaced_by(run))
        return
    people = {row.trainee for row in store.list_pay_rows(work.connection, run.id) if not row.held}
    if run.confirmed_at is None:
        raise ValueError("a confirmed run has its time")
    if any(row.trainee in people for row in _settled_since(work.connection, run)):
        raise Refusal(
            "이 단위기간에 확정된 정산이 있어 취소하지 않았습니다. 그 정산의 확정을 먼저 취소하십시오."
        )
    kept = corrections.approved_after(work.connection, run.course_id, run.unit_no, people, run.confirmed_at)
    attendance.put_back(work, run.course_id, kept)


def _replaced_by(run: RunRow) -> str:
    """The reason of a 환수 that a 정산 asked anew: by it a cancelled 정산 finds what it replaced."""
    return f"{run.number}차 정산으로 바꿈"


def _of_unit(connection: sa.Connection, run: RunRow) -> tuple[RecoveryRow, ...]:
    """Every 환수 of the run's unit."""
    return tuple(
        one
        for one in list_recoveries(connection)
        if (one.course_id, one.unit_no) == (run.course_id, run.unit_no)
    )


def _settled_since(connection: sa.Connection, run: RunRow) -> Iterator[SettledRow]:
    """The rows of the unit's confirmed 정산."""
    for one in store.list_runs(connection, run.course_id, run.unit_no):
        if one.kind == RunKind.SETTLEMENT and one.state in store.CLOSED_STATES:
            yield from settled_rows(connection, one.id)
