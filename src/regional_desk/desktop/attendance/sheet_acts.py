"""The grid as paper and as a sheet for Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QFileDialog

from regional_desk.desktop.attendance.sheet_dialog import SheetDialog
from regional_desk.desktop.attendance.tools_menu import Tool
from regional_desk.desktop.shell import Context
from regional_desk.errors import Refusal
from regional_desk.services.attendance import sheets
from regional_desk.services.attendance.attendance import Grid
from regional_desk.services.attendance.sheets import SheetPlan

if TYPE_CHECKING:
    from regional_desk.desktop.attendance.page import AttendancePage


class SheetActs:
    """What the page does with the whole grid."""

    def __init__(self, page: AttendancePage, context: Context) -> None:
        self._page, self._context = page, context

    def tools(self) -> tuple[Tool, ...]:
        """The acts of 더 보기."""
        return (
            ("보이는 대로 인쇄…", self.print_seen),
            ("엑셀로 내보내기…", self.export),
            ("엑셀에서 고친 것 들이기…", self.bring_back),
        )

    def print_register(self) -> None:
        """출석부 of the unit period, to be seen before it is printed."""
        self._preview("attendance-register")

    def print_seen(self) -> None:
        """The grid as the filter shows it."""
        self._preview("attendance-view")

    def export(self) -> None:
        """Write the rows that are shown for editing in Excel."""
        from regional_desk.desktop.printing.asking import ask_file, ask_purpose

        page, grid = self._page, self._page.grid
        if grid is None:
            return
        name = f"출결표_{grid.course.course.name}"
        purpose = ask_purpose(page)
        path = ask_file(page, name, "xlsx") if purpose else None
        if purpose is not None and path is not None:
            self.write(path, purpose)

    def write(self, path: Path, purpose: str) -> None:
        """Write the sheet beside the window."""
        page, grid = self._page, self._page.grid
        if grid is None:
            return
        shown = [row.trainee for row in page.model.rows]
        self._context.jobs.start(
            lambda: _write(self._context, grid, path, purpose, shown),
            "엑셀로 내보내는",
            succeeded=lambda rows: page.tell(
                f"{path.name}에 {rows}명을 내보냈습니다. 고친 뒤 [더 보기]에서 들이십시오."
            ),
            refused=page.notice.show_error,
        )

    def bring_back(self) -> None:
        """Choose a sheet that was edited, and see what is different."""
        path, _ = QFileDialog.getOpenFileName(self._page, "고친 출결표", "", "Excel (*.xlsx *.ods *.xls)")
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Read it beside the window."""
        self._context.jobs.start(
            lambda: sheets.plan_sheet(self._context.desk, path),
            "출결표 읽는",
            succeeded=self._show_plan,
            refused=self._page.notice.show_error,
        )

    def _show_plan(self, plan: SheetPlan) -> None:
        written = SheetDialog.ask(self._context, plan, self._page)
        if written is not None:
            self._page.go_to(plan.course)
            self._page.refresh()

    def _preview(self, document: str) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        page = self._page
        if page.grid is None:
            return
        seen = document == "attendance-view" and len(page.model.rows) < len(page.model.everyone)
        people = tuple(row.trainee for row in page.model.rows) if seen else ()
        PreviewDialog.ask(
            self._context, Wanted(document, page.chosen.course, page.chosen.unit, people=people)
        )


def _write(context: Context, grid: Grid, path: Path, purpose: str, shown: list[UUID]) -> int:
    try:
        return sheets.export_sheet(context.reading, grid, path, purpose=purpose, trainees=shown)
    except OSError as error:
        raise Refusal(
            f"'{path}'에 쓰지 못했습니다({error.strerror}). 다른 프로그램에 열려 있으면 닫고 다시 하십시오."
        ) from error
