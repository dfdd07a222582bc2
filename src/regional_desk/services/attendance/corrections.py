"""정정: a record of a confirmed unit changes only by a request, its reason and evidence, and a second person (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import Cell, show_cell
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange, from_values, to_values
from regional_desk.services.attendance.excused_days import refuse_over_caps
from regional_desk.services.attendance.tally import closed_people
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment.applicant_documents import open_kept
from regional_desk.services.training import courses
from regional_desk.store import attachments
from regional_desk.store import corrections as store
from regional_desk.store.accounts import list_users
from regional_desk.store.attendance import attendance_correction, read_cells_of
from regional_desk.store.corrections import CorrectionRow, Overlay
from regional_desk.store.ids import new_id

SUBJECT = "corrections"
_CHANGED = "그 사이에 다른 사람이 이 정정을 처리했습니다. 목록을 새로 보고 다시 하십시오."


class State(StrEnum):
    """How a 정정 stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Korean word."""
        return {"requested": "요청", "approved": "승인", "refused": "반려", "withdrawn": "거둠"}[self.value]


@dataclass(frozen=True, slots=True)
class Correction:
    """One 정정 as people read it; reasons are empty for whoever may not unmask and once the person's key is gone."""

    id: UUID
    version: int
    course: UUID
    course_name: str
    trainee: UUID
    name: str
    birth: dt.date
    unit_no: int
    day: dt.date
    old: Cell
    new: Cell
    reason: str
    decision: str
    evidence: UUID | None
    state: State
    requested_by: str
    requested_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    solo: bool

    @property
    def change(self) -> str:
        """`결석 → 출석인정`."""
        return f"{show_cell(self.old)} → {show_cell(self.new)}"


def overlay(connection: sa.Connection, course_id: UUID) -> Overlay:
    """What approved 정정 of a course put over its records: (trainee id bytes, ISO day) → values, None for 미입력."""
    return store.approved_cells(connection, course_id)


def request(
    desk: Desk,
    course_id: UUID,
    trainee: UUID,
    day: dt.date,
    cell: Cell,
    reason: str,
    evidence: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> UUID:
    """Ask for another record on a day of a confirmed unit; nothing changes before somebody approves it.

    Raises Refusal without a reason, for a cell that could not be recorded either, where nothing would change, where the
    unit is not confirmed for the person (then the grid takes it), over a cap of 출석인정, and where a request for the day
    already waits.
    """
    if not reason.strip():
        raise Refusal("정정하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        unit_no, old = _refuse_request(work, course_id, CellChange(trainee, day, cell))
        keys = desk.store.person_keys(work.connection, [trainee])
        new = to_values(cell)
        file_id = None
        if evidence is not None:
            file_id = attachments.put(desk.store, work.connection, evidence.content, evidence.media_type)
        correction = new_id()
        work.connection.execute(
            sa.insert(attendance_correction).values(
                id=correction,
                course_id=course_id,
                trainee_id=trainee,
                unit_no=unit_no,
                day=day,
                old=old,
                new=new,
                sealed=work.seal(keys, trainee, {"reason": reason.strip(), "decision": ""})[1],
                attachment_id=file_id,
                state=State.REQUESTED.value,
                requested_by=desk.actor.user_id,
                requested_at=work.at,
            )
        )
        value = {"day": day.isoformat(), "old": old, "new": new, "reason": reason.strip()}
        work.log(
            "correction.requested",
            SUBJECT,
            correction,
            {"unit": unit_no},
            [work.seal(keys, trainee, value)],
        )
        return {"correction": str(correction)}

    return UUID(desk.perform(Right.EDIT_ATTENDANCE, "correction.requested", body, operation_id)["correction"])


def _refuse_request(work: Work, course_id: UUID, change: CellChange) -> tuple[int, Any]:
    """The unit and the record that holds now; raise Refusal for what cannot be asked."""
    connection, day = work.connection, change.day
    detail = courses.read_detail(connection, course_id, {change.trainee})
    unit = next((one for one in detail.units if one.start <= day <= one.end), None)
    if unit is None or not detail.members:
        raise Refusal("이 과정의 교육생과 훈련기간에 있는 날만 정정할 수 있습니다.")
    why = attendance.why_not(work.desk, detail, change)
    if why is not None:
        raise Refusal(f"{korean_date(day)}은(는) 정정할 수 없습니다. {why}")
    if change.trainee not in closed_people(connection, course_id, unit):
        raise Refusal("확정되지 않은 단위기간이라 정정이 필요 없습니다. 출석에서 바로 고치십시오.")
    waiting = sa.select(attendance_correction.c.id).where(
        attendance_correction.c.trainee_id == change.trainee,
        attendance_correction.c.day == day,
        attendance_correction.c.state == State.REQUESTED.value,
    )
    if connection.execute(waiting).first() is not None:
        raise Refusal("이 날의 정정 요청이 이미 있습니다. 그 요청을 먼저 처리하십시오.")
    old = _held_now(connection, course_id, change.trainee, day)
    if old == to_values(change.cell):
        raise Refusal("지금 기록과 같아 정정할 것이 없습니다.")
    refuse_over_caps(connection, detail, [change])
    return unit.no, old


def _held_now(connection: sa.Connection, course_id: UUID, trainee: UUID, day: dt.date) -> Any:
    """The values that hold for a cell: the newest 정정, else the record."""
    place, over = (trainee.bytes, day.isoformat()), overlay(connection, course_id)
    return over[place] if place in over else read_cells_of(connection, [(trainee, day)]).get((trainee, day))


def approve(desk: Desk, correction: UUID, version: int, operation_id: UUID | None = None) -> Correction:
    """Let a 정정 hold from now on: grid and figures show it, the confirmed run stays, a 정산 is due.

    Raises Refusal for who asked for it while somebody else may decide (단독 처리 where nobody else may), where the record
    is another by now, and where the unit is no longer confirmed for the person.
    """

    def body(work: Work) -> dict[str, Any]:
        row = _waiting(work.connection, correction, version)
        solo = _refuse_same_eyes(work.connection, desk, row)
        detail = courses.read_detail(work.connection, row.course_id, {row.trainee_id})
        unit = courses.unit_of(detail, row.unit_no)
        if row.trainee_id not in closed_people(work.connection, row.course_id, unit):
            raise Refusal(
                "그 사이에 확정이 취소된 단위기간입니다. 이 요청을 거두고 출석에서 바로 고치십시오."
            )
        if _held_now(work.connection, row.course_id, row.trainee_id, row.day) != row.old:
            raise Refusal(
                "요청한 뒤에 이 날의 기록이 바뀌어 승인하지 않았습니다. 이 요청을 거두고 다시 요청하십시오."
            )
        wanted = CellChange(row.trainee_id, row.day, from_values(row.new))
        refuse_over_caps(work.connection, detail, [wanted])
        _decide(work, row, State.APPROVED, solo=solo)
        keys = desk.store.person_keys(work.connection, [row.trainee_id])
        work.log(  # as a change of the cell, so that it stands in the cell's history
            "correction.approved",
            attendance.SUBJECT,
            row.course_id,
            {"correction": str(row.id), **({"solo": True} if solo else {})},
            [work.seal(keys, row.trainee_id, [[row.day.isoformat(), row.old, row.new]])],
        )
        return {"correction": str(row.id)}

    desk.perform(Right.DECIDE_CORRECTION, "correction.approved", body, operation_id)
    return show(desk, correction)


def refuse(
    desk: Desk, correction: UUID, version: int, reason: str, operation_id: UUID | None = None
) -> Correction:
    """반려: the record stays as it was."""
    if not reason.strip():
        raise Refusal("반려하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = _waiting(work.connection, correction, version)
        solo = _refuse_same_eyes(work.connection, desk, row)
        keys = desk.store.person_keys(work.connection, [row.trainee_id])
        kept = desk.unseal(keys, row.trainee_id, row.sealed) or {}
        _, sealed = work.seal(keys, row.trainee_id, {**kept, "decision": reason.strip()})
        _decide(work, row, State.REFUSED, solo=solo, sealed=sealed)
        return {"correction": str(row.id)}

    desk.perform(Right.DECIDE_CORRECTION, "correction.refused", body, operation_id)
    return show(desk, correction)


def withdraw(desk: Desk, correction: UUID, version: int, operation_id: UUID | None = None) -> Correction:
    """Take a request back that nobody decided on."""

    def body(work: Work) -> dict[str, Any]:
        _decide(work, _waiting(work.connection, correction, version), State.WITHDRAWN, solo=False)
        return {"correction": str(correction)}

    desk.perform(Right.EDIT_ATTENDANCE, "correction.withdrawn", body, operation_id)
    return show(desk, correction)


def list_corrections(
    desk: Desk, course_id: UUID | None = None, *, states: tuple[State, ...] = ()
) -> tuple[Correction, ...]:
    """정정 of a course or all, in these states or any, the newest first; its people are noted and masked."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = store.list_corrections(connection, course_id, states=[state.value for state in states])
        shown = _readable(desk, connection, found)
    wanted = {"course": str(course_id or ""), "states": [state.value for state in states]}
    desk.note_view(SUBJECT, [one.trainee for one in shown], wanted)
    return shown[::-1]


def show(desk: Desk, correction: UUID) -> Correction:
    """One 정정, its person noted and masked; raise UsageError for an unknown id."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = store.list_corrections(connection, correction_id=correction)
        if not found:
            raise UsageError("없는 정정입니다. 정정 목록에서 다시 골라 주십시오.")
        shown = _readable(desk, connection, found)[0]
    desk.note_view(SUBJECT, [shown.trainee], {"by": "correction"})
    return shown


def count_waiting(desk: Desk) -> int:
    """How many requests nobody decided on; shows nobody."""
    with desk.store.read() as connection:
        return len(store.list_corrections(connection, states=[State.REQUESTED.value]))


def record(desk: Desk, course_id: UUID, trainee: UUID, day: dt.date) -> Cell:
    """The record that holds on a day, the newest 정정 or what was entered; EMPTY where there is none."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        held = _held_now(connection, course_id, trainee, day)
    desk.note_view(SUBJECT, [trainee], {"by": "record", "day": day.isoformat()})
    return from_values(held)


def open_evidence(desk: Desk, correction: UUID) -> Path:
    """The evidence of a 정정 in a temporary folder that goes when the program ends; noted. Raises Refusal where there is none."""
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        found = store.list_corrections(connection, correction_id=correction)
        if not found or found[0].attachment_id is None:
            raise Refusal("이 정정에는 증빙 파일이 없습니다.")
        row = found[0]
        return open_kept(
            desk, connection, found[0].attachment_id, row.trainee_id, f"정정 증빙 {korean_date(row.day)}"
        )


def _readable(
    desk: Desk, connection: sa.Connection, rows: tuple[CorrectionRow, ...]
) -> tuple[Correction, ...]:
    users = {user.id: user.name for user in list_users(connection)}
    keys = desk.store.person_keys(connection, {row.trainee_id for row in rows})
    open_ = desk.may(Right.UNMASK) and not desk.guests
    shown = []
    for row in rows:
        kept = (desk.unseal(keys, row.trainee_id, row.sealed) if open_ else None) or {}
        shown.append(
            Correction(
                id=row.id,
                version=row.version,
                course=row.course_id,
                course_name=row.course_name,
                trainee=row.trainee_id,
                name=desk.masking.show_name(row.name),
                birth=desk.masking.hide_birth(row.birth),
                unit_no=row.unit_no,
                day=row.day,
                old=from_values(row.old),
                new=from_values(row.new),
                reason=str(kept.get("reason", "")),
                decision=str(kept.get("decision", "")),
                evidence=row.attachment_id,
                state=State(row.state),
                requested_by=users.get(row.requested_by, ""),
                requested_at=row.requested_at,
                decided_by=users.get(row.decided_by, "") if row.decided_by else "",
                decided_at=row.decided_at,
                solo=row.solo,
            )
        )
    return tuple(shown)


def _waiting(connection: sa.Connection, correction: UUID, version: int) -> CorrectionRow:
    found = store.list_corrections(connection, correction_id=correction)
    if not found:
        raise UsageError("없는 정정입니다. 정정 목록에서 다시 골라 주십시오.")
    row = found[0]
    if row.state != State.REQUESTED:
        raise Refusal(f"이미 '{State(row.state).label}'(으)로 끝난 정정입니다.")
    if row.version != version:
        raise Refusal(_CHANGED)
    return row


def _decide(work: Work, row: CorrectionRow, state: State, *, solo: bool, sealed: bytes | None = None) -> None:
    table = attendance_correction
    done = work.connection.execute(
        sa.update(table)
        .where(table.c.id == row.id, table.c.version == row.version)
        .values(
            state=state.value,
            version=row.version + 1,
            decided_by=work.desk.actor.user_id,
            decided_at=work.at,
            solo=solo,
            sealed=sealed or row.sealed,
        )
    )
    if done.rowcount != 1:
        raise Refusal(_CHANGED)
    flags = {"solo": True} if solo else {}
    work.log(f"correction.{state.value}", SUBJECT, row.id, {"unit": row.unit_no, **flags})


def _refuse_same_eyes(connection: sa.Connection, desk: Desk, row: CorrectionRow) -> bool:
    """Whether the act is 단독 처리; refused once two people hold the right to decide (rulebook section 7)."""
    if row.requested_by != desk.actor.user_id:
        return False
    others = [
        user
        for user in list_users(connection)
        if user.active
        and user.id != desk.actor.user_id
        and Right.DECIDE_CORRECTION in rights_of(Role(role) for role in user.roles)
    ]
    if others:
        raise Refusal(
            f"정정을 요청한 사람은 결정할 수 없습니다. 권한이 있는 다른 사람({others[0].name})이 결정해 주십시오."
        )
    return True
