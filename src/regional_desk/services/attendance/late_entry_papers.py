"""The values of the 출석입력요청대장."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regional_desk.domain.attendance import show_cell
from regional_desk.services.attendance import late_entries
from regional_desk.services.attendance.attendance import from_values
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.training import courses

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper

IN_TIME, EXCEPTION = "기한 안", "마감 예외"
_GONE = "(파기)"


def kind_of(line: late_entries.LateLine) -> str:
    """Whether a line came within the rule or through an exception."""
    return EXCEPTION if line.by_exception else IN_TIME


def _register(making: Making) -> Paper:
    """The register of a course, or of the unit that was asked for."""
    from regional_desk.documents import late_entry_register as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    detail = courses.outline(desk, making.course)
    unit = courses.unit_of(detail, making.wanted.unit_no) if making.wanted.unit_no else None
    start, end = (unit.start, unit.end) if unit else (detail.course.start, detail.course.end)
    lines = [
        line for line in late_entries.list_lines(desk, making.course, noted=False) if start <= line.day <= end
    ]
    making.people += [line.trainee for line in lines]
    rows = tuple(
        paper.LateEntryLine(
            number=line.number,
            name=line.name,
            birth=desk.masking.show_birth(line.birth),
            day=line.day,
            at=line.at,
            old=show_cell(from_values(line.old)) if line.known else _GONE,
            new=show_cell(from_values(line.new)) if line.known else _GONE,
            reason=line.reason,
            by=line.by,
            kind=kind_of(line),
        )
        for line in lines
    )
    row = detail.course
    values = paper.LateEntryRegister(row.name, row.track, start, end, rows, desk.office.approval)
    return paper.to_paper(values, making.stamp())


MAKERS: dict[str, Maker] = {"late-entry-register": _register}
