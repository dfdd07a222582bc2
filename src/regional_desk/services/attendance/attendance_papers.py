"""The values of the attendance register, filled and blank."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from regional_desk.domain.attendance import sign
from regional_desk.services.attendance import attendance
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


MAKERS: dict[str, Maker] = {
    "attendance-register": partial(_register, blank=False),
    "attendance-register-blank": partial(_register, blank=True),
}
