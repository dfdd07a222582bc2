"""The one table component: rows as tuples with column descriptors, filter, sorting and copying to Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_ROW, _HUNDRED = 25, 100  # pixels at 100 %: a row, and a length to measure the text size by
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ALIGNS = {"left": _LEFT, "center": _CENTER, "right": _RIGHT}


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: what it shows, what it sorts by, its width in pixels at 100 %; `tone` names a colour token."""

    title: str
    show: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    align: str = "left"
    width: int = 100
    tip: Callable[[Row], str] | None = None
    tone: Callable[[Row], str | None] | None = None


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A tuple of rows under column descriptors."""

    def __init__(
        self, columns: Sequence[Column[Row]], colour: Callable[[str], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()
        self._colour = colour

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """No row has children."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As many as descriptors."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, sorts by and says."""
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.show(row)
        if role == SORT_ROLE:
            return column.sort(row) if column.sort else column.show(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNS[column.align]
        if role == Qt.ItemDataRole.ToolTipRole and column.tip:
            return column.tip(row)
        tone = column.tone(row) if role == Qt.ItemDataRole.ForegroundRole and column.tone else None
        return QBrush(QColor(self._colour(tone))) if tone else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column titles and row numbers."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title if orientation == Qt.Orientation.Horizontal else section + 1
        return None


class _Filtered(QSortFilterProxyModel):
    def lessThan(self, left: Index, right: Index) -> bool:
        """Compare by each column's own key; rows without one come last."""
        first, second = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if first is None or second is None:
            return second is None and first is not None
        try:
            return bool(first < second)
        except TypeError:
            return str(first) < str(second)


class TableView(QTableView):
    """A table one can sort, walk by keyboard and copy into Excel."""

    activated_row = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(False)
        self.setSortingEnabled(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and open by keyboard."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.selected_text())
            return
        super().keyPressEvent(event)

    def selected_text(self) -> str:
        """The selected rows as tab-separated text."""
        lines = []
        for index in self.selectionModel().selectedRows():
            cells = [index.sibling(index.row(), at).data() for at in range(self.model().columnCount())]
            lines.append("\t".join("" if cell is None else str(cell).replace("\t", " ") for cell in cells))
        return "\n".join(lines)


class Table(QWidget, Generic[Row]):
    """A filter line over a table, with a sentence where there are no rows."""

    chosen = Signal(object)  # the row under the cursor, None where there is none
    opened = Signal(object)  # the row that was double-clicked or entered
    _drawn_for = 0  # what `_HUNDRED` pixels were when the columns were last measured, 0 before

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        colour: Callable[[str], str],
        *,
        empty: str,
        name: str,
        scale: Callable[[int], int] = lambda pixels: pixels,
        filtered: bool = True,
    ) -> None:
        super().__init__()
        self.model = RowsModel(columns, colour, self)
        self._proxy = _Filtered(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setFilterKeyColumn(-1)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = TableView()
        self.view.setModel(self._proxy)
        self.view.setAccessibleName(name)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        for at, column in enumerate(columns):
            self.view.setColumnWidth(at, column.width)
        self._scale, self._drawn_for = scale, _HUNDRED
        self._set_rows_height()
        self._grow()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("걸러 보기")
        self.filter.setAccessibleName(f"{name} 걸러 보기")
        self.filter.setClearButtonEnabled(True)
        self._empty = QLabel(empty)
        self._empty.setObjectName("muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.filter, self._empty):
            layout.addWidget(widget)
        layout.addWidget(self.view, 1)
        self.filter.setVisible(filtered)  # not before: without a parent it would be a window of its own
        self.filter.textChanged.connect(self._proxy.setFilterFixedString)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)
        self.view.doubleClicked.connect(lambda index: self.opened.emit(self._row(index)))
        self.view.activated.connect(lambda index: self.opened.emit(self._row(index)))
        self.set_rows(())

    def changeEvent(self, event: QEvent) -> None:
        """Another text size comes as another font: columns and rows grow with it."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._drawn_for:
            self._grow()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows, the cursor staying in its place."""
        at = self.view.currentIndex().row()
        self.model.set_rows(rows)
        self._empty.setVisible(not rows)
        self.view.setVisible(bool(rows))
        if rows and at >= 0:
            self.view.selectRow(min(at, len(rows) - 1))

    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._row(self.view.currentIndex())

    def selected(self) -> tuple[Row, ...]:
        """Every selected row."""
        rows = self.view.selectionModel().selectedRows()
        return tuple(row for row in map(self._row, rows) if row is not None)

    def choose(self, fits: Callable[[Row], bool]) -> None:
        """Put the cursor on the first row shown that fits."""
        for at in range(self._proxy.rowCount()):
            index = self._proxy.index(at, 0)
            row = self._row(index)
            if row is not None and fits(row):
                self.view.selectRow(at)
                self.view.scrollTo(index)
                return

    def _grow(self) -> None:
        """Widths in the text size chosen; one that was drawn by hand keeps its proportion."""
        before, now = self._drawn_for, self._scale(_HUNDRED)
        if now == before:
            return
        self._drawn_for = now
        self._set_rows_height()
        for at in range(self.model.columnCount()):
            self.view.setColumnWidth(at, round(self.view.columnWidth(at) * now / before))

    def _set_rows_height(self) -> None:
        """The least height too: the style's own may still be that of the text size before."""
        header, height = self.view.verticalHeader(), self._scale(_ROW)
        header.setMinimumSectionSize(height)
        header.setDefaultSectionSize(height)

    def _row(self, index: Index) -> Row | None:
        source = self._proxy.mapToSource(index)
        return self.model.rows[source.row()] if source.isValid() else None

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._row(index))
