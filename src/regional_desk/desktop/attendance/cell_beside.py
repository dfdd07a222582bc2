"""What F2 offers beside a record: what its times propose, caps, the remark, the papers of evidence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from regional_desk.desktop.shell import Context
from regional_desk.domain.attendance import Cell
from regional_desk.domain.rights import Right
from regional_desk.services.attendance import cell_day, evidence, remarks
from regional_desk.services.attendance.attendance import Grid
from regional_desk.services.attendance.evidence import Paper
from regional_desk.services.recruitment.applicant_documents import read_file


class Beside:
    """One trainee's day of a course; acts raise UserError."""

    def __init__(self, context: Context, grid: Grid, trainee: UUID, day: dt.date) -> None:
        self._context, self._grid, self._trainee, self._day = context, grid, trainee, day
        self.times = cell_day.times_of(grid, day)
        self.remark = remarks.read_remark(context.reading, trainee, day)
        self.may_write = (
            context.desk.may(Right.EDIT_ATTENDANCE)
            and not context.desk.read_only
            and not context.reading.guests
        )
        self.changed = False  # what the grid shows by signs

    def over_cap(self, cell: Cell) -> str | None:
        """Why the record's 출석인정 cannot be set, None where it can."""
        return cell_day.over_cap(self._context.desk, self._grid, self._trainee, self._day, cell)

    def save_remark(self, text: str) -> None:
        """Write the remark where it was changed."""
        if self.may_write and text.strip() != self.remark.text:
            course = self._grid.course.course.id
            remarks.set_remark(
                self._context.desk, course, self._trainee, self._day, text, version=self.remark.version
            )
            self.changed = True

    def papers(self) -> tuple[Paper, ...]:
        """The papers attached."""
        return evidence.list_papers(self._context.reading, self._trainee, self._day)

    def attach(self, path: str) -> None:
        """Attach a file."""
        course = self._grid.course.course.id
        evidence.attach(self._context.desk, course, self._trainee, self._day, read_file(Path(path)))
        self.changed = True

    def remove(self, paper: UUID, reason: str) -> None:
        """Take a paper away that was attached by mistake."""
        evidence.remove(self._context.desk, paper, reason)
        self.changed = True

    def open(self, paper: UUID) -> None:
        """Show a paper in the program that shows such files."""
        file = evidence.open_paper(self._context.reading, paper)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
