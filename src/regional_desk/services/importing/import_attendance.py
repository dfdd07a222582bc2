"""The plan of an attendance sheet: filled cells are set, empty ones say nothing."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import show_cell
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import korean_date
from regional_desk.exchange.attendance import AttendanceRow, parse
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.spreadsheets import Sheet
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.locks import Locks, read_locks
from regional_desk.services.attendance.tally import closed_people
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing.import_plan import Plan
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store.courses import MemberRow


def plan(
    desk: Desk, connection: sa.Connection, sheet: Sheet, layout: Layout, course_id: UUID, file_name: str
) -> Plan:
    """What the sheet brings to a course: new cells, differing ones (old → new), the same ones, refused ones."""
    detail = courses.read_detail(connection, course_id)
    parsed = parse(sheet, layout, detail.course.start, detail.course.end)
    found: list[CellChange] = []
    title = f"{file_name} 출석 가져오기"

    def apply(work: Work, import_id: UUID) -> None:
        attendance.write_changes(work, course_id, found, title)
        work.log("import.attendance", "attendance", import_id, {"cells": len(found)})

    made = Plan(apply)
    made.errors = list(parsed.errors)
    made.read = len(parsed.errors)
    made.legend = parsed.legend
    closed = {unit.no: closed_people(connection, course_id, unit) for unit in detail.units}
    locks = read_locks(connection, detail, desk.clock.now())
    seen: dict[UUID, int] = {}
    for row in parsed.rows:
        made.read += len(row.cells)
        member = _member(detail, row)
        if isinstance(member, str):
            made.read += not row.cells
            made.errors += [_error(row, layout, member) for _ in row.cells or (None,)]
            continue
        if member.person in seen:
            made.skipped += len(row.cells)
            made.notices.append(
                f"{row.row}행 {row.name}: {seen[member.person]}행과 같은 사람이라 건너뜁니다."
            )
            continue
        seen[member.person] = row.row
        _plan_row(desk, connection, detail, member, row, closed, locks, made, found)
    return made


def _plan_row(
    desk: Desk,
    connection: sa.Connection,
    detail: CourseDetail,
    member: MemberRow,
    row: AttendanceRow,
    closed: dict[int, frozenset[UUID]],
    locks: Locks,
    made: Plan,
    found: list[CellChange],
) -> None:
    now = attendance.cells_of(connection, member.person, [day for day, _, _ in row.cells])
    for day, heading, cell in row.cells:
        change = CellChange(member.person, day, cell)
        unit = next(unit for unit in detail.units if unit.start <= day <= unit.end)
        old = now.get(day)
        reason = attendance.why_not(desk, detail, change)
        if reason is None and member.person in closed[unit.no]:
            reason = "확정된 단위기간입니다."
        elif reason is None:
            reason = locks.why(member.person, day)
        if reason is not None:
            made.errors.append(
                RowError(row.row, heading, show_cell(cell), f"{member.name} {korean_date(day)}: {reason}")
            )
        elif old is None:
            made.new += 1
            found.append(change)
        elif (old.status, old.marks) == (cell.status, cell.marks):
            made.unchanged += 1
        else:
            made.updated += 1
            found.append(change)
            made.changes.append(
                f"{row.row}행 {member.name} {korean_date(day)}: {show_cell(old)} → {show_cell(cell)}"
            )


def _member(detail: CourseDetail, row: AttendanceRow) -> MemberRow | str:
    """The member a row means, or why it means none."""
    same = [member for member in detail.members if member.name == row.name]
    if row.birth is not None:
        same = [member for member in same if member.birth == row.birth]
    if len(same) == 1:
        return same[0]
    if same:
        return f"'{row.name}'(이)라는 교육생이 {len(same)}명입니다. 생년월일 열을 넣어 주십시오."
    return f"'{row.name}'은(는) 이 과정의 교육생이 아닙니다."


def _error(row: AttendanceRow, layout: Layout, message: str) -> RowError:
    return RowError(row.row, layout.heading("name"), row.name, message)
