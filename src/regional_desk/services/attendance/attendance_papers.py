"""The values of the attendance register, filled and blank."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from regional_desk.domain.attendance import sign
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import GridRow
from regional_desk.services.papers.making import Maker, Making

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper


def _register(making: Making, *, blank: bool) -> Paper:
    from regional_desk.documents import attendance_register as paper  # noqa: PLC0415 - only where it is made

    desk, unit_no = making.desk, making.unit_no
    shown = attendance.survey(desk, making.course, unit_no)
    making.people += [line.trainee for line in shown.rows]
    days = [at for at, column in enumerate(shown.days) if column.training]
    row = shown.course.course
    unit = shown.unit
    values = paper.AttendanceRegister(
        course=row.name,
        track=row.track,
        unit_no=unit_no,
        start=unit.start if unit else row.start,
        end=unit.end if unit else row.end,
        days=tuple(shown.days[at].day for at in days),
        rows=tuple(
            paper.RegisterRow(
                number=line.number,
                name=line.name,
                birth=desk.masking.show_birth(line.birth),
                signs=tuple(sign(cell) if (cell := line.cells[at]) is not None else "" for at in days),
                attended_days=line.summary.attended_days,
                absences=line.summary.absences,
                rate=line.summary.rate,
                converted=line.summary.converted_absences,
                absences_left=line.summary.absences_left,
            )
            for line in shown.rows
        ),
        approval=desk.office.approval,
        blank=blank,
    )
    open_cells = any(line.summary.unrecorded for line in shown.rows)
    stamp = making.stamp(provisional=open_cells and not blank)
    return paper.to_paper(values, stamp)


def _view(making: Making) -> Paper:
    """The grid as a screen showed it, or whole where none did."""
    from regional_desk.documents import attendance_view as paper  # noqa: PLC0415 - only where it is made

    desk, unit_no, wanted = making.desk, making.unit_no, set(making.wanted.people)
    shown = attendance.survey(desk, making.course, unit_no)
    rows = [line for line in shown.rows if not wanted or line.trainee in wanted]
    making.people += [line.trainee for line in rows]
    days = [at for at, column in enumerate(shown.days) if column.training]
    row, unit = shown.course.course, shown.unit
    values = paper.AttendanceView(
        course=row.name,
        track=row.track,
        unit_no=unit_no,
        start=unit.start if unit else row.start,
        end=unit.end if unit else row.end,
        on=desk.clock.today(),
        days=tuple(shown.days[at].day for at in days),
        rows=tuple(
            paper.ViewRow(
                number=line.number,
                name=line.name,
                birth=desk.masking.show_birth(line.birth),
                signs=tuple(sign(cell) if (cell := line.cells[at]) is not None else "" for at in days),
                best_rate=line.summary.best_rate,
                left=_left(line),
                amount=line.amount,
            )
            for line in rows
        ),
        everyone=len(shown.rows),
    )
    return paper.to_paper(values, making.stamp())


def _left(row: GridRow) -> str:
    if row.dismissal:
        return "■ 제적 대상"
    left = row.summary.absences_left
    return f"앞으로 {left}일" if left >= 0 else "▲ 80% 불가"


MAKERS: dict[str, Maker] = {
    "attendance-view": _view,
    "attendance-register": partial(_register, blank=False),
    "attendance-register-blank": partial(_register, blank=True),
}
