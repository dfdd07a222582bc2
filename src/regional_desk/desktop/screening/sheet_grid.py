"""The rating grid: applicants by criteria, typed like a spreadsheet; each cell is saved before the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.domain.screening import Step, score, show_points, show_score
from regional_desk.services.recruitment.rating import Sheet, SheetRow

Index = QModelIndex | QPersistentModelIndex
Cells = Sequence[tuple[int, int, str]]  # row, criterion, what was typed
NAMES = 3
_HEADINGS = ("번호", "성명", "생년월일")
_WIDTHS = (46, 84, 104)
_MEASURE, _TOTAL = 118, 96
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_CENTER = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SheetModel(QAbstractTableModel):
    """Rows of applicants; columns: three of names, the criteria, the weighted sum of the step."""

    def __init__(self, save: Callable[[Cells], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.masking = Masking.FULL
        self._save = save

    def set_sheet(self, sheet: Sheet | None, masking: Masking) -> None:
        """Show another sheet, or the same one read again: then the cursor stays."""
        same = (
            sheet is not None
            and self.sheet is not None
            and sheet.rater.id == self.sheet.rater.id
            and sheet.measures == self.sheet.measures
            and [row.candidate.id for row in sheet.rows] == [row.candidate.id for row in self.sheet.rows]
        )
        self.masking = masking
        if same:
            self.sheet = sheet
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """No row has children."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Names, criteria, sum."""
        return 0 if parent.isValid() or self.sheet is None else NAMES + len(self.sheet.measures) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Criteria are typed where the sheet is the person's own and not done."""
        found = super().flags(index)
        if self.is_points(index.column()) and self.sheet is not None and self.sheet.writable:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def is_points(self, column: int) -> bool:
        """Whether a column is a criterion's."""
        return self.sheet is not None and 0 <= column - NAMES < len(self.sheet.measures)

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
            return f"{self.masking.show_name(row.candidate.name)}, {heading}: {shown}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column == self.columnCount() - 1 else _CENTER
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
        """A criterion with its most points and its weight."""
        if (
            self.sheet is None
            or role != Qt.ItemDataRole.DisplayRole
            or orientation == Qt.Orientation.Vertical
        ):
            return None
        if section < NAMES:
            return _HEADINGS[section]
        at = section - NAMES
        if at < len(self.sheet.measures):
            one = self.sheet.measures[at]
            return f"{one.name}\n{one.points}점 · {one.weight}%"
        return f"환산\n{sum(one.weight for one in self.sheet.measures)}점 가운데"

    def _text(self, sheet: Sheet, row: SheetRow, number: int, column: int) -> str:
        if column < NAMES:
            one = row.candidate
            return (
                str(number + 1),
                self.masking.show_name(one.name),
                self.masking.show_birth(one.birth),
            )[column]
        at = column - NAMES
        if at < len(row.points):
            tenths = row.points[at]
            return "" if tenths is None else show_points(tenths)
        given = [tenths for tenths in row.points if tenths is not None]
        if not row.points or len(given) < len(row.points):
            return "–"
        pairs = zip(sheet.measures, given, strict=True)
        found = score(sheet.measures, {one.id: (tenths,) for one, tenths in pairs})
        return show_score(found.papers if sheet.rater.step == Step.PAPERS else found.interview)


class _Typing(QStyledItemDelegate):
    """Tells which key ended an editor: Enter goes down, Tab to the right."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Take an Enter here: left to Qt it reaches the view as well, which would go down twice."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
            and isinstance(editor, QWidget)
        ):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self._view.step_on()
            return True
        return super().eventFilter(editor, event)


class SheetView(QTableView):
    """The keys of a spreadsheet: Enter down, Tab right, Delete empties, copy and paste with Excel."""

    pasted = Signal(str)
    emptied = Signal()

    def __init__(self, model: QAbstractTableModel, context: Context, widths: Sequence[int] = _WIDTHS) -> None:
        super().__init__()
        self._context, self._widths = context, widths
        self.setAccessibleName("점수표")
        self.setModel(model)
        self.setItemDelegate(_Typing(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self.measure)
        self.measure()

    def measure(self) -> None:
        """Widths and heights by the text size in force."""
        size, model = self._context.theme.size, self.model()
        self.verticalHeader().setDefaultSectionSize(size(25))
        self.horizontalHeader().setFixedHeight(size(40))
        last = model.columnCount() - 1
        for at in range(model.columnCount()):
            width = self._widths[at] if at < NAMES else _TOTAL if at == last else _MEASURE
            self.setColumnWidth(at, size(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a spreadsheet does with its keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        elif event.key() in _ENTER:
            self.step_on()
        elif event.key() in _CLEAR:
            self.emptied.emit()
        else:
            super().keyPressEvent(event)

    def step_on(self) -> None:
        """The cell below; from the last applicant the first one of the next criterion."""
        model, at = self.model(), self.currentIndex()
        if not at.isValid():
            return
        row, column = at.row() + 1, at.column()
        if row >= model.rowCount():
            following = column + 1
            row, column = (0, following) if following < model.columnCount() - 1 else (at.row(), column)
        self.setCurrentIndex(model.index(row, column))

    def first_cell(self) -> None:
        """Put the cursor where typing begins."""
        if self.model().rowCount() and self.model().columnCount() > NAMES:
            self.setCurrentIndex(self.model().index(0, NAMES))

    def _copy(self) -> None:
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda one: (one.row(), one.column())):
            rows.setdefault(index.row(), []).append(str(index.data() or ""))
        QApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows.values()))


def pasted_cells(text: str, row: int, column: int, rows: int, columns: int) -> list[tuple[int, int, str]]:
    """What Excel put on the clipboard, from a cell on; what hangs over the edges is left out.

    `column` and `columns` count criteria from 0.
    """
    return [
        (row + down, column + right, cell.strip())
        for down, line in enumerate(text.rstrip("\r\n").splitlines())
        for right, cell in enumerate(line.split("\t"))
        if row + down < rows and column + right < columns
    ]
