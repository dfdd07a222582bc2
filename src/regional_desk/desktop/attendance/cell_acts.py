"""What can be done with one cell beside setting it: details, history, 정정, and the menu that names it all."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from regional_desk.desktop.attendance.cell_beside import Beside
from regional_desk.desktop.attendance.cell_dialog import CellDialog
from regional_desk.desktop.attendance.grid_keys import STATES
from regional_desk.desktop.attendance.grid_view import Place
from regional_desk.desktop.attendance.history_dialog import HistoryDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.attendance import EMPTY, Cell
from regional_desk.domain.text import korean_date, weekday
from regional_desk.errors import UserError
from regional_desk.services.attendance import cell_history
from regional_desk.services.attendance.attendance import GridRow

if TYPE_CHECKING:
    from regional_desk.desktop.attendance.page import AttendancePage

CORRECTIONS = "corrections"


class CellActs:
    """The acts of the page's cursor."""

    def __init__(self, page: AttendancePage, context: Context) -> None:
        self._page, self._context = page, context

    def details(self) -> None:
        """F2: everything the cell can hold."""
        found = self._cell()
        page = self._page
        if found is None or page.grid is None:
            return
        place, row, day, cell = found
        beside = Beside(self._context, page.grid, row.trainee, day)
        chosen = CellDialog.ask(page, self._heading(row, day), cell, beside)
        if chosen is not None and chosen != cell:
            page.set_cells([place], lambda _now: chosen, move=False)
        if beside.changed:
            page.refresh()

    def history(self) -> None:
        """Every change of the cell."""
        found = self._cell()
        if found is None:
            return
        _, row, day, _ = found
        try:
            lines = cell_history.history(self._context.reading, row.trainee, day)
        except UserError as error:
            self._page.notice.show_error(error)
            return
        HistoryDialog.ask(self._context, self._heading(row, day), lines, self._page)

    def correct(self) -> None:
        """정정: ask for another record in a unit that is confirmed."""
        found = self._cell()
        course = self._page.chosen.course
        if found is not None and course is not None:
            _, row, day, _ = found
            self._context.open_page(CORRECTIONS, course=course, trainee=row.trainee, day=day)

    def menu(self, where: QPoint) -> None:
        """Everything that can be done here, with its key."""
        menu = self.make_menu()
        menu.exec(where)
        menu.deleteLater()

    def make_menu(self) -> QMenu:
        """The menu of the cell under the cursor and of the selection."""
        page, menu = self._page, QMenu(self._page)
        found = self._cell()
        for number, (word, state) in enumerate(STATES, start=1):
            menu.addAction(f"{word}\t{number}", partial(self._set, state))
        menu.addAction("미입력으로\tDel", partial(self._set, EMPTY))
        menu.addSeparator()
        one = [
            menu.addAction("시각·사유·증빙·비고…\tF2", self.details),
            menu.addAction("칸 이력…\tCtrl+H", self.history),
        ]
        if found is not None and found[1].closed and self._has_corrections():
            one.append(menu.addAction("정정 요청…", self.correct))
        for action in one:
            action.setEnabled(found is not None)
        menu.addSeparator()
        menu.addAction("복사\tCtrl+C", page.view.days.copied.emit)
        menu.addAction("붙여넣기\tCtrl+V", page.view.days.pasted.emit)
        menu.addAction("아래로 채우기\tCtrl+D", page.view.days.filled_down.emit)
        return menu

    def _set(self, state: Cell) -> None:
        self._page.set_cells(self._page.view.selected(), lambda _now: state, move=False)

    def _has_corrections(self) -> bool:
        from regional_desk.desktop.pages import PAGES  # pages know this one

        return any(spec.key == CORRECTIONS for spec in PAGES)

    def _cell(self) -> tuple[Place, GridRow, dt.date, Cell] | None:
        place, model = self._page.view.current(), self._page.model
        cell = model.rows[place.row].cells[place.day] if place else None
        if place is None or cell is None:
            return None
        return place, model.rows[place.row], model.days[place.day].day, cell

    def _heading(self, row: GridRow, day: dt.date) -> str:
        return f"{self._context.masking.show_name(row.name)} — {korean_date(day)} ({weekday(day)})"
