"""The grid as a Qt model: names, one column a day, and the figures that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from regional_desk.domain.attendance import EMPTY, Cell, Risk, Status, show_cell, sign
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import weekday, won
from regional_desk.services.attendance.attendance import Grid, GridDay, GridRow

Index = QModelIndex | QPersistentModelIndex
Look = tuple[str, str, bool, bool]  # text, colour token, shaded, at the left
NAMES = 3
FIGURES = 3
_HEADINGS = ("번호", "성명", "생년월일")
_FIGURE_HEADINGS = ("예상\n출석률", "남은 결석", "예상 수당")
_RISKY = (Risk.DANGER, Risk.IMPOSSIBLE)
_RISKS = {Risk.SAFE: "", Risk.CAUTION: "! ", Risk.DANGER: "! ", Risk.IMPOSSIBLE: "▲ "}


class GridModel(QAbstractTableModel):
    """Rows of trainees; columns: three of names, the days, three figures."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.days: tuple[GridDay, ...] = ()
        self.rows: list[GridRow] = []
        self.looks: list[list[Look]] = []  # how each row's cells are painted
        self.risky: list[bool] = []
        self.closed = 0
        self._places: dict[UUID, int] = {}
        self.unset: list[int] = []  # 미입력 cells of each row on days that came
        self.masking = Masking.FULL

    def set_grid(self, grid: Grid, masking: Masking) -> None:
        """Show another grid."""
        self.beginResetModel()
        self.days, self.rows, self.masking = grid.days, list(grid.rows), masking
        self.unset = [self._unset(row) for row in self.rows]
        self.looks = [self._looks(row) for row in self.rows]
        self.risky = [row.summary.risk in _RISKY for row in self.rows]
        self.closed = sum(row.closed for row in self.rows)
        self._places = {row.trainee: at for at, row in enumerate(self.rows)}
        self.endResetModel()

    def replace_rows(self, rows: Iterable[GridRow]) -> None:
        """Show these trainees' rows anew; the others stay as they are."""
        for row in rows:
            at = self._places[row.trainee]
            self.risky[at] = row.summary.risk in _RISKY
            self.rows[at] = row
            self.unset[at] = self._unset(row)
            self.looks[at] = self._looks(row)
            self.dataChanged.emit(self.index(at, NAMES), self.index(at, self.columnCount() - 1))

    def cell(self, row: int, column: int) -> Cell | None:
        """The record at a place, None where there can be none."""
        at = column - NAMES
        return self.rows[row].cells[at] if 0 <= at < len(self.days) else None

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
            right = column in (0, self.columnCount() - 1)
            return (
                Qt.AlignmentFlag.AlignCenter
                if not right
                else Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
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

    def risk_text(self, row: GridRow) -> str:
        """남은 결석 여유 in words: how many more days, or why none."""
        if row.dismissal:
            return "■ 제적 대상"
        if row.summary.risk is Risk.IMPOSSIBLE:
            return "▲ 80% 불가"
        return f"{_RISKS[row.summary.risk]}앞으로 {row.summary.absences_left}일"

    def _unset(self, row: GridRow) -> int:
        return sum(
            cell is not None and cell.status is Status.UNRECORDED and not column.coming
            for column, cell in zip(self.days, row.cells, strict=True)
        )

    def _looks(self, row: GridRow) -> list[Look]:
        names: list[Look] = [
            (self._shown(row, column), "text" if column == 1 else "muted", False, column == 1)
            for column in range(NAMES)
        ]
        cells: list[Look] = []
        for column, cell in zip(self.days, row.cells, strict=True):
            if cell is None:
                cells.append(("", "muted", True, False))
            else:
                tone = "muted" if row.closed else _tone(cell)
                cells.append((sign(cell), tone, column.coming or not column.training, False))
        risk = self.risk_text(row)
        tone = "bad" if risk[0] in "■▲" else "warn" if risk[0] == "!" else "text"
        last = NAMES + len(self.days)
        figures: list[Look] = [
            (self._shown(row, last), "text", False, False),
            (risk, tone, False, False),
            (self._shown(row, last + 2), "text", False, False),
        ]
        return names + cells + figures

    def _shown(self, row: GridRow, column: int) -> str:
        at = column - NAMES
        if at < 0:
            names = (str(row.number), self.masking.show_name(row.name), self.masking.show_birth(row.birth))
            return names[column]
        if at < len(self.days):
            cell = row.cells[at]
            return "" if cell is None else sign(cell)
        return (str(row.summary.best_rate), self.risk_text(row), f"{won(row.amount)}원")[at - len(self.days)]

    def _spoken(self, row: GridRow, column: int) -> str:
        at = column - NAMES
        if 0 <= at < len(self.days):
            cell = row.cells[at]
            day = self.days[at].day
            state = "입력하지 않는 날" if cell is None else show_cell(cell)
            return f"{self.masking.show_name(row.name)}, {day.month}월 {day.day}일, {state}"
        return self._shown(row, column)

    def _tip(self, row: GridRow, column: int) -> str | None:
        at = column - NAMES
        if at >= len(self.days):
            summary = row.summary
            so_far = "" if summary.rate_so_far is None else f"지금까지 {summary.rate_so_far}% · "
            lines = [
                f"{so_far}확정 기준 {summary.rate}% · 미입력을 출석으로 보면 {summary.best_rate}%",
                f"지각·조퇴·외출 {summary.marks_to_absence}회 더면 결석 1일",
                *row.dismissal,
            ]
            return "\n".join(lines)
        if at >= 0 and row.cells[at] not in (None, EMPTY):
            return self._spoken(row, column)
        return None


def day_counts(rows: Sequence[GridRow], at: int) -> dict[str, int]:
    """How many of each status a day has, for the line under the grid."""
    cells = [cell for row in rows if (cell := row.cells[at]) is not None]
    statuses = [cell.status for cell in cells]
    counts = {status.label: number for status in Status if (number := statuses.count(status))}
    marked = sum(map(bool, [cell.marks for cell in cells]))
    return counts | {"지각·조퇴·외출": marked} if marked else counts


def _tone(cell: Cell) -> str:
    if cell.status is Status.ABSENT:
        return "bad"
    if cell.marks:
        return "warn"
    if cell.status is Status.EXCUSED:
        return "ok"
    return "text" if cell.status is Status.PRESENT else "muted"
