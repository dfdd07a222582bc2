"""What a record may be on a day of a course, before closings, leases and caps are asked (rulebook section 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import REASONS, Cell, Status
from regional_desk.domain.text import korean_date
from regional_desk.errors import Item, Refusal
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store.corrections import approved_cells
from regional_desk.store.courses import MemberRow, list_members

if TYPE_CHECKING:
    from regional_desk.services.attendance.attendance import CellChange

_CORRECTED = "정정으로 고친 칸은 [출석 → 정정]에서 다시 정정을 요청하십시오."


def why_not_set(detail: CourseDetail, change: CellChange, today: dt.date) -> str | None:
    """Why a cell cannot be set, None where it can; a closed unit is the database's own refusal."""
    member = next((found for found in detail.members if found.person == change.trainee), None)
    return _why_not(member, change, {day.day for day in detail.days}, today, detail.course.end)


def refuse_bad(detail: CourseDetail, cell_changes: Sequence[CellChange], today: dt.date) -> None:
    """Raise Refusal naming every one of these cells that cannot be set."""
    training = {day.day for day in detail.days}
    members = {member.person: member for member in detail.members}
    problems = []
    for change in cell_changes:
        member = members.get(change.trainee)
        reason = _why_not(member, change, training, today, detail.course.end)
        if reason:
            where = f"{member.name if member else change.trainee} {korean_date(change.day)}"
            problems.append(Item(where, reason))
    if problems:
        raise Refusal(
            f"{len(problems)}칸을 입력할 수 없어 아무것도 바꾸지 않았습니다: {problems[0].where} — {problems[0].message}",
            items=tuple(problems),
        )


def refuse_corrected(
    connection: sa.Connection, course_id: UUID, places: Collection[tuple[UUID, dt.date]]
) -> None:
    """Raise Refusal naming every one of these cells that an approved 정정 holds over: what is entered below it counts for nothing."""
    over = approved_cells(connection, course_id)
    found = [place for place in places if (place[0].bytes, place[1].isoformat()) in over] if over else []
    if found:
        people = list_members(connection, course_id, {trainee for trainee, _ in found})
        names = {one.person: one.name for one in people}
        items = tuple(
            Item(f"{names.get(trainee, '교육생')} {korean_date(day)}", _CORRECTED) for trainee, day in found
        )
        raise Refusal(
            f"정정으로 고친 칸이 {len(items)}개 있어({items[0].where} 등) 아무것도 바꾸지 않았습니다. {_CORRECTED}",
            items=items,
        )


def _why_not(
    member: MemberRow | None, change: CellChange, training: Collection[dt.date], today: dt.date, end: dt.date
) -> str | None:
    if member is None:
        return "이 과정의 교육생이 아닙니다."
    day, cell = change.day, change.cell
    if day not in training:
        return "소정훈련일이 아닙니다."
    if not member.joined <= day <= (member.left or end):
        return "교육생이 과정에 속하지 않은 날입니다."
    if day > today and cell.status is Status.PRESENT:
        return "아직 오지 않은 날에는 출석인정과 미리 아는 결석만 입력할 수 있습니다."
    return _malformed(cell)


@lru_cache(maxsize=4096)
def _malformed(cell: Cell) -> str | None:
    times = (cell.time_in, cell.time_out)
    backwards = None not in times and times[1] < times[0]  # type: ignore[operator]  # both are numbers here
    checks = (
        (bool(cell.marks) and cell.status is not Status.PRESENT, "지각·조퇴·외출은 출석에만 붙습니다."),
        (bool(cell.parts) and cell.status is not Status.PRESENT, "하루의 일부는 출석에만 적습니다."),
        (any(part.end <= part.start for part in cell.parts), "시간대의 끝이 처음보다 빠릅니다."),
        (cell.reason is not None and cell.reason not in REASONS, "모르는 사유입니다."),
        (backwards, "퇴실 시각이 입실 시각보다 빠릅니다."),
    )
    return next((reason for wrong, reason in checks if wrong), None)
