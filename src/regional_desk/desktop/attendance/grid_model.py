"""The grid as a Qt model: names, one column a day, and the figures that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from regional_desk.desktop.attendance.cell_looks import (
    FIGURES,
    NAMES,
    Look,
    figure_texts,
    name_texts,
    row_looks,
    stake_text,
)
from regional_desk.domain.attendance import EMPTY, Cell, Risk, Status, show_cell, sign
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import weekday
from regional_desk.services.attendance.attendance import Grid, GridDay, GridRow
from regional_desk.services.attendance.grid_signs import CORRECTED, EVIDENCE, REMARK

Index = QModelIndex | QPersistentModelIndex
_HEADINGS = ("번호", "성명", "생년월일")
_FIGURE_HEADINGS = ("예상\n출석률", "남은 결석", "예상 수당")
_RISKY = (Risk.DANGER, Risk.IMPOSSIBLE)
_SIGNS = {REMARK: "비고 있음", EVIDENCE: "증빙 있음", CORRECTED: "정정 있음"}
_FEW = 20  # rows whose cells are told one by one
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class GridModel(QAbstractTableModel):
    """Rows of trainees; columns: three of names, the days, three figures. A filter leaves some of the rows out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid: Grid | None = None
        self.days: tuple[GridDay, ...] = ()
        self.rows: list[GridRow] = []
        self.looks: list[list[Look]] = []  # how each row's cells are painted
        self.masking = Masking.FULL
        self.everyone: dict[UUID, GridRow] = {}  # the rows left out too
        self.unset = self.risky = self.closed = 0  # of everyone: 미입력 cells on days that came, people
        self._counts: list[Counter[tuple[Status, bool]]] = []  # of everyone, a day each
        self._places: dict[UUID, int] = {}

    def set_grid(self, grid: Grid, masking: Masking, wanted: Callable[[GridRow], bool] | None = None) -> None:
        """Show another grid, or those of its rows that are `wanted`."""
        self.beginResetModel()
        self.grid, self.days, self.masking = grid, grid.days, masking
        self.everyone = {row.trainee: row for row in grid.rows}
        self.rows = [row for row in grid.rows if wanted is None or wanted(row)]
        self.looks = [row_looks(grid, row, masking) for row in self.rows]
        self._places = {row.trainee: at for at, row in enumerate(self.rows)}
        self.unset = sum(map(self.unset_of, grid.rows))
        self.risky = sum(map(is_risky, grid.rows))
        self.closed = sum(row.closed for row in grid.rows)
        self._counts = [
            Counter(_kind(cell) for row in grid.rows if (cell := row.cells[at]) is not None)
            for at in range(len(grid.days))
        ]
        self.endResetModel()

    def replace_rows(self, rows: Sequence[GridRow]) -> None:
        """Show these trainees' rows anew; the others stay as they are."""
        for row in rows:
            before = self.everyone.get(row.trainee)
            if before is None or self.grid is None:
                continue
            self.everyone[row.trainee] = row
            self.risky += is_risky(row) - is_risky(before)
            self._count_anew(before, row)
            place = self._places.get(row.trainee)
            if place is not None:
                self._show(place, row, self.grid, one_by_one=len(rows) <= _FEW)
        if len(rows) > _FEW and self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, self.columnCount() - 1))

    def _count_anew(self, before: GridRow, row: GridRow) -> None:
        """Take a row's former cells out of the counts and put its present ones in."""
        for column, counts, old, new in zip(self.days, self._counts, before.cells, row.cells, strict=True):
            if old is new or old is None or new is None:
                continue
            counts[_kind(old)] -= 1
            counts[_kind(new)] += 1
            if not column.coming:
                self.unset += (new.status is Status.UNRECORDED) - (old.status is Status.UNRECORDED)

    def _show(self, at: int, row: GridRow, grid: Grid, *, one_by_one: bool) -> None:
        """Only cells that look different are painted again."""
        looks, before = row_looks(grid, row, self.masking), self.looks[at]
        self.rows[at], self.looks[at] = row, looks
        if not one_by_one:
            return
        for column, (old, new) in enumerate(zip(before, looks, strict=True)):
            if old != new:
                index = self.index(at, column)
                self.dataChanged.emit(index, index)

    def cell(self, row: int, column: int) -> Cell | None:
        """The record at a place, None where there can be none."""
        at = column - NAMES
        return self.rows[row].cells[at] if 0 <= at < len(self.days) else None

    def unset_of(self, row: GridRow) -> int:
        """The row's 미입력 cells on days that came."""
        return sum(
            cell is not None and cell.status is Status.UNRECORDED and not column.coming
            for column, cell in zip(self.days, row.cells, strict=True)
        )

    def day_counts(self, at: int) -> dict[str, int]:
        """How many of each status a day has, of everyone, for the line under the grid."""
        counts = self._counts[at]
        found = {
            status.label: number
            for status in Status
            if (number := counts[status, False] + counts[status, True])
        }
        marked = counts[Status.PRESENT, True]
        return found | {"지각·조퇴·외출": marked} if marked else found

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """No row has children."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Names, days and figures."""
        return 0 if parent.isValid() else NAMES + len(self.days) + FIGURES

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows and what a screen reader says."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in (0, self.columnCount() - 1) else Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Day and weekday, or what a column holds."""
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        if section < NAMES:
            return _HEADINGS[section]
        at = section - NAMES
        if at < len(self.days):
            day = self.days[at].day
            return f"{day.day}\n{weekday(day)}"
        return _FIGURE_HEADINGS[at - len(self.days)]

    def _shown(self, row: GridRow, column: int) -> str:
        at = column - NAMES
        if at < 0:
            return name_texts(row, self.masking)[column]
        if at < len(self.days):
            cell = row.cells[at]
            return "" if cell is None else sign(cell)
        return figure_texts(row)[at - len(self.days)]

    def _spoken(self, row: GridRow, column: int) -> str:
        at = column - NAMES
        if not 0 <= at < len(self.days):
            return self._shown(row, column)
        cell, day = row.cells[at], self.days[at].day
        state = "입력하지 않는 날" if cell is None else show_cell(cell)
        said = ", ".join((f"{day.month}월 {day.day}일", state, *self._signs(row, at)))
        return f"{self.masking.show_name(row.name)}, {said}"

    def _signs(self, row: GridRow, at: int) -> tuple[str, ...]:
        """What else a cell has: 비고, 증빙, 정정."""
        signs = self.grid.signs.get(row.trainee, {}).get(self.days[at].day, 0) if self.grid else 0
        return tuple(word for bit, word in _SIGNS.items() if signs & bit)

    def _tip(self, row: GridRow, column: int) -> str | None:
        at = column - NAMES
        if at >= len(self.days):
            summary = row.summary
            so_far = "" if summary.rate_so_far is None else f"지금까지 {summary.rate_so_far}% · "
            lines = [
                f"{so_far}확정 기준 {summary.rate}% · 미입력을 출석으로 보면 {summary.best_rate}%",
                stake_text(row),
                *row.dismissal,
            ]
            return "\n".join(lines)
        if at < 0 or self.grid is None:
            return None
        cell = row.cells[at]
        locked = None if cell is None else self.grid.locked(row.trainee, self.days[at].day)
        said = self._spoken(row, column) if cell not in (None, EMPTY) or self._signs(row, at) else None
        return "\n".join(line for line in (said, locked) if line) or None


def is_risky(row: GridRow) -> bool:
    """Whether the next absence costs the trainee the unit, or it is lost already."""
    return row.summary.risk in _RISKY


def _kind(cell: Cell) -> tuple[Status, bool]:
    return cell.status, bool(cell.marks)
