"""The grid on screen: frozen names beside the days, and the keys an office types all day."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QWidget

from regional_desk.desktop.attendance.cell_looks import NAMES
from regional_desk.desktop.attendance.cell_painter import GridTable
from regional_desk.desktop.attendance.grid_keys import TOGGLES, Letters, cell_of
from regional_desk.desktop.attendance.grid_model import GridModel
from regional_desk.desktop.theme import Theme

_CONTROL = Qt.KeyboardModifier.ControlModifier
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell by row and day, both from 0."""

    row: int
    day: int


class DaysView(GridTable):
    """The days and figures; takes the keys."""

    typed = Signal(object)  # Cell: set the selection to it
    toggled = Signal(object)  # Mark: add or remove it
    filled_down = Signal()
    filled_present = Signal()
    copied = Signal()
    pasted = Signal()
    details_wanted = Signal()
    history_wanted = Signal()
    menu_wanted = Signal(object)  # where on the screen

    def __init__(self, model: GridModel, theme: Theme) -> None:
        super().__init__(model, theme)
        self.letters = Letters().cells()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key sets a status; with Ctrl a mark is added or taken away."""
        key, control = event.key(), bool(event.modifiers() & _CONTROL)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif control and key in TOGGLES:
            self.toggled.emit(TOGGLES[key])
        elif control and (signal := self._commands().get(key)) is not None:
            signal.emit()
        elif key == Qt.Key.Key_F2:
            self.details_wanted.emit()
        elif not event.modifiers() & _MODIFIERS and (cell := cell_of(event, self.letters)) is not None:
            self.typed.emit(cell)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click, or the menu key, asks what can be done with the cell; a selection it lies in stays."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        else:
            index, where = self.indexAt(event.pos()), event.globalPos()
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        self.menu_wanted.emit(where)

    def _commands(self) -> dict[int, SignalInstance]:
        return {
            Qt.Key.Key_D: self.filled_down,
            Qt.Key.Key_Return: self.filled_present,
            Qt.Key.Key_Enter: self.filled_present,
            Qt.Key.Key_H: self.history_wanted,
        }


class GridView(QWidget):
    """Names in a view of their own beside the days; both scroll together."""

    def __init__(self, model: GridModel, theme: Theme) -> None:
        super().__init__()
        self.model, self._theme = model, theme
        self.names, self.days = GridTable(model, theme), DaysView(model, theme)
        self.days.setAccessibleName("출석 표")
        self.names.setAccessibleName("교육생 이름")
        for view in (self.names, self.days):
            view.verticalHeader().hide()
            view.setWordWrap(False)
            view.setCornerButtonEnabled(False)
            header = view.horizontalHeader()
            header.setHighlightSections(False)
            header.setSelectionModel(QItemSelectionModel(model, header))  # else every step paints it anew
            view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
            view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.names.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.names.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.verticalScrollBar().valueChanged.connect(self.days.verticalScrollBar().setValue)
        self.days.verticalScrollBar().valueChanged.connect(self.names.verticalScrollBar().setValue)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.names)
        layout.addWidget(self.days, 1)
        self.setFocusProxy(self.days)
        model.modelReset.connect(self.measure)
        self.days.selectionModel().currentRowChanged.connect(
            lambda index, _before: self.names.mark_row(index.row())
        )
        self.measure()

    def measure(self) -> None:
        """Widths and heights by the text size in force."""
        size = self._theme.size
        count, days = self.model.columnCount(), len(self.model.days)
        for view in (self.names, self.days):
            view.pictures.forget()
            view.verticalHeader().setDefaultSectionSize(size(25))
            view.horizontalHeader().setFixedHeight(size(40))
            for at in range(count):
                view.setColumnHidden(at, (at >= NAMES) is (view is self.names))
        for at, width in enumerate((38, 64, 96)):
            self.names.setColumnWidth(at, size(width))
        for at in range(NAMES, NAMES + days):
            self.days.setColumnWidth(at, size(25))
        for at, width in zip(range(NAMES + days, count), (56, 96, 84), strict=False):
            self.days.setColumnWidth(at, size(width))
        self.names.setFixedWidth(size(38 + 64 + 96) + 3)

    def current(self) -> Place | None:
        """The cell under the cursor, where it is a day."""
        return self._place(self.days.currentIndex())

    def selected(self) -> tuple[Place, ...]:
        """The selected day cells, by row and day."""
        places = {place for index in self.days.selectedIndexes() if (place := self._place(index)) is not None}
        current = self.current()
        if not places and current is not None:
            places = {current}
        return tuple(sorted(places, key=lambda place: (place.row, place.day)))

    def count_selected(self) -> int:
        """How many day cells are selected, without naming them."""
        selection, last = self.days.selectionModel().selection(), NAMES + len(self.model.days) - 1
        found = 0
        for part in (selection.at(at) for at in range(selection.count())):
            found += part.height() * max(0, min(last, part.right()) - max(NAMES, part.left()) + 1)
        return max(1, found)

    def go_to(self, row: int, day: int) -> None:
        """Put the cursor on a cell and show it."""
        index = self.model.index(row, NAMES + day)
        self.days.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.days.scrollTo(index)

    def move_on(self, *, down: bool) -> None:
        """After one key: the next trainee of the same day, or the next day of the same trainee."""
        place = self.current()
        if place is None:
            return
        if down and place.row + 1 < len(self.model.rows):
            self.go_to(place.row + 1, place.day)
        elif not down:
            following = [
                at
                for at in range(place.day + 1, len(self.model.days))
                if self.model.rows[place.row].cells[at] is not None
            ]
            if following:
                self.go_to(place.row, following[0])

    def _place(self, index: QModelIndex) -> Place | None:
        at = index.column() - NAMES
        return Place(index.row(), at) if index.isValid() and 0 <= at < len(self.model.days) else None
