"""산출물: what an intern hands in, with its date and file (rulebook section 4, Track2 PBL)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.internship_training import DeliverableState, deliverable_state
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import plans
from regional_desk.services.internships import training_files as files
from regional_desk.services.internships.training_basis import (
    Basis,
    list_begun,
    log_change,
    note,
    read_basis,
    shown,
)
from regional_desk.services.training.counselling import HIDDEN
from regional_desk.store import internship_training as store
from regional_desk.store.ids import new_id
from regional_desk.store.internship_training import DeliverableRow
from regional_desk.store.internships import deliverable

_CHANGED = "그사이 다른 사람이 이 산출물을 고쳐 저장하지 않았습니다. 목록을 새로 보고 다시 하십시오."


@dataclass(frozen=True, slots=True)
class DeliverableText:
    """What is kept of a deliverable; `submitted_on` None before it was handed in."""

    name: str
    due: dt.date | None = None
    submitted_on: dt.date | None = None
    memo: str = ""


@dataclass(frozen=True, slots=True)
class DeliverableLine:
    """One deliverable and where it stands."""

    row: DeliverableRow
    state: DeliverableState


@dataclass(frozen=True, slots=True)
class Deliverables:
    """Every deliverable of an internship; `proposed` are outputs of its plan that are not listed, with their dates."""

    basis: Basis
    lines: tuple[DeliverableLine, ...]
    proposed: tuple[tuple[str, dt.date], ...]


def read_deliverables(desk: Desk, internship_id: UUID) -> Deliverables:
    """An internship's deliverables, the first due first, texts hidden from whoever may not unmask; noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = survey_deliverables(connection, internship_id, desk.clock.today())
    note(desk, found.basis, "deliverables")
    if desk.masking is Masking.FULL:
        return found
    hidden = tuple(replace(one, row=_masked(one.row)) for one in found.lines)
    return Deliverables(shown(desk, found.basis), hidden, ())


def survey_deliverables(connection: sa.Connection, internship_id: UUID, today: dt.date) -> Deliverables:
    """The same for a paper, whose print is noted instead."""
    plan = plans.survey_plan(connection, internship_id, today)
    rows = store.list_deliverables(connection, [internship_id])
    lines = tuple(DeliverableLine(row, deliverable_state(row.due, row.submitted_on, today)) for row in rows)
    listed = {row.name for row in rows}
    outputs: dict[str, dt.date] = {}
    for one in plan.weeks:
        for item in one.items:
            if item.output and item.output not in listed and not one.beyond:
                outputs[item.output] = one.week.end  # planned for several weeks it is due with the last
    return Deliverables(plan.basis, lines, tuple(outputs.items()))


def survey_overdue(desk: Desk) -> tuple[tuple[Basis, tuple[str, ...]], ...]:
    """Internships with deliverables past their date, for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    today = desk.clock.today()
    with desk.store.read() as connection:
        late: dict[UUID, list[str]] = {}
        for row in store.list_deliverables(connection):
            if deliverable_state(row.due, row.submitted_on, today) is DeliverableState.OVERDUE:
                late.setdefault(row.internship_id, []).append(row.name)
        return tuple(
            (basis, tuple(late[basis.id])) for basis in list_begun(connection, today) if basis.id in late
        )


def add(
    desk: Desk,
    internship_id: UUID,
    text: DeliverableText,
    file: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> UUID:
    """List a deliverable, perhaps handed in at once; raise Refusal without a name or for a day to come."""
    values = _checked(desk, text)

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, internship_id, desk.clock.today())
        scan = files.keep(work, file) if file is not None else {}
        made = _insert(work, basis, {**values, **scan})
        log_change(work, basis, "deliverable.add", {}, new=_told(values))
        return {"deliverable": str(made)}

    return UUID(desk.perform(Right.EDIT_INTERNSHIPS, "deliverable.add", body, operation_id)["deliverable"])


def take_proposed(desk: Desk, internship_id: UUID, operation_id: UUID | None = None) -> int:
    """List every output of the plan that is not listed yet, due at the end of its week; return how many."""

    def body(work: Work) -> dict[str, Any]:
        found = survey_deliverables(work.connection, internship_id, desk.clock.today())
        if not found.proposed:
            raise Refusal("훈련계획에서 더 가져올 산출물이 없습니다. 바뀐 것이 없습니다.")
        for name, due in found.proposed:
            _insert(work, found.basis, {"name": name, "due": due})
        log_change(work, found.basis, "deliverable.propose", {"lines": len(found.proposed)})
        return {"lines": len(found.proposed)}

    return int(desk.perform(Right.EDIT_INTERNSHIPS, "deliverable.propose", body, operation_id)["lines"])


def edit(
    desk: Desk,
    row: DeliverableRow,
    text: DeliverableText,
    file: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> None:
    """Change a deliverable or note that it was handed in, with its file; raise as `add`, and where somebody was quicker."""
    values = _checked(desk, text)

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, row.internship_id, desk.clock.today())
        scan = files.keep(work, file) if file is not None else {}
        done = work.connection.execute(
            sa.update(deliverable).where(_same(row)).values(**values, **scan, version=row.version + 1)
        )
        if done.rowcount != 1:
            raise Refusal(_CHANGED)
        old = {name: getattr(row, name) for name in values}
        log_change(work, basis, "deliverable.edit", {"file": bool(scan)}, _told(old), _told(values))
        return {"files": files.forget(work, row.attachment_id) if scan else []}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "deliverable.edit", body, operation_id)
    files.unlink(desk, done["files"])


def remove(desk: Desk, row: DeliverableRow, reason: str, operation_id: UUID | None = None) -> None:
    """Take a deliverable off the list, with its file; raise Refusal without a reason."""
    if not clean(reason):
        raise Refusal("빼는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, row.internship_id, desk.clock.today())
        if work.connection.execute(sa.delete(deliverable).where(_same(row))).rowcount != 1:
            raise Refusal(_CHANGED)
        log_change(work, basis, "deliverable.remove", {}, old={"name": row.name, "reason": clean(reason)})
        return {"files": files.forget(work, row.attachment_id)}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "deliverable.remove", body, operation_id)
    files.unlink(desk, done["files"])


def open_file(desk: Desk, row: DeliverableRow) -> Path:
    """The file of a deliverable, decrypted; raise as `training_files.open_file`."""
    with desk.store.read() as connection:
        basis = read_basis(connection, row.internship_id, desk.clock.today())
    return files.open_file(desk, row.attachment_id, "산출물", basis.row.trainee)


def _insert(work: Work, basis: Basis, values: dict[str, Any]) -> UUID:
    listed = store.list_deliverables(work.connection, [basis.id])
    if any(row.name == values["name"] for row in listed):
        raise Refusal("같은 이름의 산출물이 이미 있습니다. 저장하지 않았습니다.")
    made = new_id()
    stamp = {"user_id": work.desk.actor.user_id, "at": work.at}
    work.connection.execute(sa.insert(deliverable).values(id=made, internship_id=basis.id, **values, **stamp))
    return made


def _checked(desk: Desk, text: DeliverableText) -> dict[str, Any]:
    name = clean(text.name)
    if not name:
        raise Refusal("산출물의 이름을 적어 주십시오. 저장하지 않았습니다.")
    if text.submitted_on is not None and text.submitted_on > desk.clock.today():
        raise Refusal(f"제출일 {korean_date(text.submitted_on)}은(는) 아직 오지 않은 날입니다.")
    memo = clean(text.memo) or None
    return {"name": name, "due": text.due, "submitted_on": text.submitted_on, "memo": memo}


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()
    }


def _same(row: DeliverableRow) -> sa.ColumnElement[bool]:
    return sa.and_(deliverable.c.id == row.id, deliverable.c.version == row.version)


def _masked(row: DeliverableRow) -> DeliverableRow:
    return replace(row, name=HIDDEN, memo=row.memo and HIDDEN, file_name=row.file_name and HIDDEN)
