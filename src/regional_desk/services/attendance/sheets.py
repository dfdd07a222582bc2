"""The grid to Excel and back: what was edited there is shown before it is taken, and taken as one undoable step."""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from regional_desk.domain.attendance import EMPTY, Cell, read_cell, show_cell
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import NotAllowed, Refusal
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange, Grid, Written
from regional_desk.services.attendance.tally import closed_people
from regional_desk.services.desk import Desk
from regional_desk.store import sealing
from regional_desk.store.metadata import canonical

Fixed = Sequence[tuple[UnitPeriod, Collection[UUID]]]  # who stands in a confirmed run of each unit


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that Excel has otherwise than it was exported; `now` is the record here, `why_not` None where it can be set.

    `both` tells that the record was changed here too since the export.
    """

    row: int
    trainee: UUID
    name: str
    day: dt.date
    was: str
    now: Cell
    text: str
    new: Cell
    why_not: str | None = None
    both: bool = False

    @property
    def can(self) -> bool:
        """Whether it can be taken."""
        return self.why_not is None


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a sheet that came back would change; `same` cells are as they were."""

    course: UUID
    course_name: str
    made_at: dt.datetime
    file: str
    edits: tuple[Edit, ...]
    same: int


def export_sheet(
    desk: Desk,
    shown: Grid,
    path: Path,
    *,
    purpose: str,
    trainees: Sequence[UUID] | None = None,
) -> int:
    """Write the grid, or the rows of `trainees`, for editing in Excel; return how many rows. The export is logged first.

    Raises Refusal without a purpose or while names are masked, and OSError where the file cannot be written.
    """
    from regional_desk.exchange.attendance_sheet import AttendanceSheet, SheetRow, write_sheet  # noqa: PLC0415 - openpyxl takes 0.2 s to import

    desk.require(Right.PRINT_PAPERS)
    if desk.guests or not desk.may(Right.UNMASK):
        raise NotAllowed("이름을 가려서 보는 동안에는 내보내지 않습니다.")
    if not clean(purpose):
        raise Refusal("어디에 쓰는 파일인지 적어 주십시오. 내보낸 것이 없습니다.")
    wanted = None if trainees is None else set(trainees)
    rows = [row for row in shown.rows if wanted is None or row.trainee in wanted]
    places = [at for at, column in enumerate(shown.days) if column.training]
    course = shown.course.course
    sheet = AttendanceSheet(
        course=str(course.id),
        made_at=desk.clock.now().isoformat(),
        days=tuple(shown.days[at].day for at in places),
        rows=tuple(
            SheetRow(
                str(row.trainee),
                row.number,
                row.name,
                row.birth.isoformat(),
                tuple(None if (cell := row.cells[at]) is None else _word(cell) for at in places),
            )
            for row in rows
        ),
    )
    detail = {"course": str(course.id), "purpose": clean(purpose), "rows": len(rows)}
    desk.note_access("attendance.export", "attendance", detail, [row.trainee for row in rows])
    write_sheet(path, sheet, _check(desk, sheet.lines()))
    return len(rows)


def plan_sheet(desk: Desk, path: Path) -> SheetPlan:
    """What a sheet that came back would change; writes nothing.

    Raises FileRejected where it is none of this office's or its hidden part was changed, UsageError for a course that is gone.
    """
    from regional_desk.exchange.attendance_sheet import read_sheet  # noqa: PLC0415 - as above

    desk.require(Right.EDIT_ATTENDANCE)
    came = read_sheet(path, lambda lines, check: hmac.compare_digest(_check(desk, lines), check))
    shown = attendance.grid(desk, UUID(came.course), None)
    with desk.store.read() as connection:
        units = shown.course.units
        fixed = tuple((unit, closed_people(connection, shown.course.course.id, unit)) for unit in units)
    rows = {str(row.trainee): row for row in shown.rows}
    at = {column.day: place for place, column in enumerate(shown.days)}
    edits, same = [], 0
    for trainee, days in came.now.items():
        row = rows.get(trainee)
        for day, text in days.items():
            was = came.was[trainee].get(day, "")
            if text == was:
                same += 1
                continue
            place = at.get(day)
            now = None if row is None or place is None else row.cells[place]
            edit = _edit(
                desk,
                shown,
                fixed,
                came.rows[trainee],
                UUID(trainee),
                row.name if row else "",
                day,
                was,
                now,
                text,
            )
            if edit is None:
                same += 1
            else:
                edits.append(edit)
    made_at = dt.datetime.fromisoformat(came.made_at)
    course = shown.course.course
    return SheetPlan(course.id, course.name, made_at, path.name, tuple(edits), same)


def take_sheet(
    desk: Desk, plan: SheetPlan, edits: Sequence[Edit], operation_id: UUID | None = None
) -> Written:
    """Take these of a plan's edits as one undoable step; raise Refusal where a record changed since the plan was made."""
    found = [edit for edit in edits if edit.can]
    if not found:
        return Written(0, desk.clock.now(), (), "바뀐 것 없음")
    shown = attendance.survey(desk, plan.course, None, {edit.trainee for edit in found})
    rows = {row.trainee: row for row in shown.rows}
    at = {column.day: place for place, column in enumerate(shown.days)}
    if any(edit.trainee not in rows or rows[edit.trainee].cells[at[edit.day]] != edit.now for edit in found):
        raise Refusal("그 사이에 출결이 바뀌어 들이지 않았습니다. 파일을 다시 골라 달라진 것을 보십시오.")
    changes = [CellChange(edit.trainee, edit.day, edit.new) for edit in found]
    return attendance.set_cells(
        desk, plan.course, changes, title=f"엑셀에서 고친 {len(found)}칸", operation_id=operation_id
    )


def _edit(
    desk: Desk,
    shown: Grid,
    fixed: Fixed,
    number: int,
    trainee: UUID,
    name: str,
    day: dt.date,
    was: str,
    now: Cell | None,
    text: str,
) -> Edit | None:
    """One differing cell; None where Excel says what stands here already."""
    try:
        new = read_cell(text)
    except Refused as refused:
        return Edit(number, trainee, name, day, was, now or EMPTY, text, EMPTY, str(refused))
    if now is None:
        why = "이제 이 과정의 교육생이나 훈련일이 아닙니다."
        return Edit(number, trainee, name, day, was, EMPTY, text, new, why)
    if (new.status, new.marks) == (now.status, now.marks):
        return None  # times, reason and evidence are not in the sheet and stay
    change = CellChange(trainee, day, new)
    why_not = attendance.why_not(desk, shown.course, change) or shown.locked(trainee, day)
    if why_not is None and any(unit.start <= day <= unit.end and trainee in closed for unit, closed in fixed):
        why_not = "확정된 단위기간입니다. 정정으로 처리하십시오."
    both = _word(now) != was
    return Edit(number, trainee, name, day, was, now, text, new, why_not, both)


def _word(cell: Cell) -> str:
    return "" if cell == EMPTY else show_cell(cell)


def _check(desk: Desk, lines: Sequence[Sequence[str]]) -> str:
    """A keyed hash of the hidden part: only this office's own sheets come back."""
    return sealing.fingerprint(desk.store.inner_keys.lookup, canonical([list(line) for line in lines])).hex()
