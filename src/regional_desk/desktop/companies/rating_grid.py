"""The model of a company rating sheet: companies by criteria; the view is that of the applicants' sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from regional_desk.desktop.screening.sheet_grid import NAMES, Cells, Index
from regional_desk.domain.companies import show_business_number
from regional_desk.domain.company_selection import ParticipationState, score
from regional_desk.domain.screening import show_points, show_score
from regional_desk.services.companies.company_rating import CompanySheet, CompanySheetRow

WIDTHS = (46, 190, 120)
_HEADINGS = ("번호", "기업명", "사업자등록번호")
_CENTER = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CompanySheetModel(QAbstractTableModel):
    """Rows of companies; columns: three of names, the criteria, the weighted sum."""

    def __init__(self, save: Callable[[Cells], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: CompanySheet | None = None
        self._save = save

    def set_sheet(self, sheet: CompanySheet | None) -> None:
        """Show another sheet, or the same one read again: then the cursor stays."""
        before, self.sheet = self.sheet, sheet
        if before is not None and sheet is not None and _names(before) == _names(sheet) and sheet.rows:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """No row has children."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Names, criteria, sum."""
        return 0 if parent.isValid() or self.sheet is None else NAMES + len(self.sheet.criteria) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Criteria are typed where the sheet is the person's own and not done, and the company not decided on."""
        found = super().flags(index)
        if self.is_points(index.column()) and self._writable(index.row()):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def is_points(self, column: int) -> bool:
        """Whether a column is a criterion's."""
        return self.sheet is not None and 0 <= column - NAMES < len(self.sheet.criteria)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows and what a screen reader says."""
        if not index.isValid() or self.sheet is None:
            return None
        row, column = self.sheet.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(self.sheet, row, index.row(), column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = str(self.headerData(column, Qt.Orientation.Horizontal)).replace("\n", " ")
            shown = self._text(self.sheet, row, index.row(), column) or "비어 있음"
            return f"{row.row.company_name}, {heading}: {shown}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column == self.columnCount() - 1 else _LEFT if column == 1 else _CENTER
        if role == Qt.ItemDataRole.ToolTipRole and not row.open:
            return f"{ParticipationState(row.row.state).label}(으)로 정하여 점수를 바꿀 수 없습니다."
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Save what was typed; a refusal is told by the pane and the cell keeps what it had."""
        if role != Qt.ItemDataRole.EditRole or not self.is_points(index.column()):
            return False
        if str(value) != self.data(index):
            self._save([(index.row(), index.column() - NAMES, str(value))])
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A criterion with its most points and its weight; what it looks at as a tip."""
        if self.sheet is None or orientation == Qt.Orientation.Vertical:
            return None
        at = section - NAMES
        if role == Qt.ItemDataRole.ToolTipRole and self.is_points(section):
            return self.sheet.criteria[at].about
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < NAMES:
            return _HEADINGS[section]
        if at < len(self.sheet.criteria):
            one = self.sheet.criteria[at]
            return f"{one.name}\n{one.points}점 · {one.weight}%"
        return "환산\n100점 가운데"

    def _writable(self, row: int) -> bool:
        return self.sheet is not None and self.sheet.writable and self.sheet.rows[row].open

    def _text(self, sheet: CompanySheet, row: CompanySheetRow, number: int, column: int) -> str:
        if column < NAMES:
            sign = "" if row.open else f"  [{ParticipationState(row.row.state).label}]"
            name, business = row.row.company_name, show_business_number(row.row.business_number)
            return (str(number + 1), f"{name}{sign}", business)[column]
        at = column - NAMES
        if at < len(row.points):
            tenths = row.points[at]
            return "" if tenths is None else show_points(tenths)
        given = [tenths for tenths in row.points if tenths is not None]
        if len(given) < len(row.points):
            return "–"
        keys = [one.key for one in sheet.criteria]
        found = score(sheet.criteria, {key: (tenths,) for key, tenths in zip(keys, given, strict=True)})
        return show_score(found.total)


def _names(sheet: CompanySheet) -> tuple[object, ...]:
    """What makes two sheets the same table on screen."""
    return sheet.rater.id, sheet.kind, sheet.criteria, [row.row.id for row in sheet.rows]
