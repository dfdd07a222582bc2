"""The timetable on screen: periods down, the days of a week across, filled by keyboard as in a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
)

from regional_desk.desktop.courses.entry_edit import EntryDelegate
from regional_desk.desktop.courses.spots import Spot
from regional_desk.domain.text import clock_time, korean_date, weekday
from regional_desk.domain.timetable import Entry, show_entry
from regional_desk.services.training.timetable import Choices, Timetable

Index = QModelIndex | QPersistentModelIndex
_FRIDAY = 4
_ROW, _HEADER, _TIMES, _COLUMN = 50, 40, 92, 118
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TimetableModel(QAbstractTableModel):
    """A row a period, a column a day; days without training are shown but take nothing."""

    typed = Signal(object, str)  # Spot, what was typed there

    def __init__(self, colour: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.shown: Timetable | None = None
        self.days: tuple[dt.date, ...] = ()
        self.editable = True
        self._periods: dict[dt.date, int] = {}
        self._clashing: dict[tuple[dt.date, int], list[str]] = {}

    def set_week(self, shown: Timetable, monday: dt.date) -> None:
        """Show a week of a course; Saturday and Sunday only where they are training days."""
        self.beginResetModel()
        self.shown = shown
        self._periods = {one.day: one.periods for one in shown.days}
        last = max([_FRIDAY, *(day.weekday() for day in self._periods)])
        self.days = tuple(monday + dt.timedelta(days=at) for at in range(last + 1))
        self._clashing = {}
        for clash in shown.clashes:
            self._clashing.setdefault((clash.day, clash.period), []).append(clash.words)
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self.shown, self.days = None, ()
        self.endResetModel()

    def takes(self, spot: Spot) -> bool:
        """Whether a lesson can stand at a place."""
        return spot.column < len(self.days) and spot.row < self._periods.get(self.days[spot.column], 0)

    def entry(self, spot: Spot) -> Entry | None:
        """What stands at a place."""
        if self.shown is None or not self.takes(spot):
            return None
        return self.shown.entry(self.days[spot.column], spot.row + 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The course's periods."""
        return 0 if parent.isValid() or self.shown is None else len(self.shown.course.periods)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The week's days."""
        return 0 if parent.isValid() else len(self.days)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only places of training days are typed into."""
        base = super().flags(index)
        if index.isValid() and self.editable and self.takes(_spot(index)):
            return base | Qt.ItemFlag.ItemIsEditable
        return base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Subject over instructor and room; a clash has a sign and says with whom."""
        if not index.isValid():
            return None
        spot = _spot(index)
        entry, clash = self.entry(spot), self._clash(spot)
        made: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: self._text(spot, entry, clash),
            Qt.ItemDataRole.EditRole: lambda: show_entry(entry) if entry else "",
            Qt.ItemDataRole.ToolTipRole: lambda: "\n".join(clash) or (show_entry(entry) if entry else None),
            Qt.ItemDataRole.AccessibleTextRole: lambda: self._spoken(spot, entry, clash),
            Qt.ItemDataRole.TextAlignmentRole: lambda: Qt.AlignmentFlag.AlignCenter,
            Qt.ItemDataRole.BackgroundRole: lambda: self._brush("surface" if self.takes(spot) else "shade"),
            Qt.ItemDataRole.ForegroundRole: lambda: self._brush(
                "warn" if clash else "text" if entry else "muted"
            ),
        }
        return made[role]() if role in made else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand what was typed to the page, which saves it."""
        spot = _spot(index)
        before = self.entry(spot)
        if role == Qt.ItemDataRole.EditRole and str(value).strip() != (show_entry(before) if before else ""):
            self.typed.emit(spot, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Weekday and date; period and its time."""
        if role != Qt.ItemDataRole.DisplayRole or self.shown is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            day = self.days[section]
            note = " ✎" if any(one.day == day and one.note for one in self.shown.days) else ""
            return f"{weekday(day)}{note}\n{day.month}/{day.day}"
        first, last = self.shown.course.periods[section]
        return f"{section + 1}교시\n{clock_time(first)}~{clock_time(last)}"

    def _brush(self, token: str) -> QBrush:
        return QBrush(QColor(self._colour(token)))

    def _spoken(self, spot: Spot, entry: Entry | None, clash: Sequence[str]) -> str:
        day = self.days[spot.column]
        place = f"{korean_date(day)} ({weekday(day)}) {spot.row + 1}교시"
        what = show_entry(entry) if entry else "비어 있음" if self.takes(spot) else "훈련 없음"
        return ", ".join([place, what, *clash])

    def _clash(self, spot: Spot) -> list[str]:
        day = self.days[spot.column] if spot.column < len(self.days) else None
        return self._clashing.get((day, spot.row + 1), []) if day else []

    def _text(self, spot: Spot, entry: Entry | None, clash: Sequence[str]) -> str:
        if entry is None:
            return "" if self.takes(spot) else "–"
        below = " · ".join(word for word in (entry.instructor, entry.room) if word)
        sign = "! " if clash else ""
        return f"{sign}{entry.subject}\n{below}" if below else f"{sign}{entry.subject}"


class TimetableView(QTableView):
    """The grid with its keys."""

    filled = Signal(str)  # "down", "right" or "all": the selection takes its first row, column or cell
    emptied = Signal()
    copied = Signal()
    pasted = Signal(str)

    def __init__(
        self,
        model: TimetableModel,
        choices: Callable[[], Choices],
        scale: Callable[[int], int],
    ) -> None:
        super().__init__()
        self._scale = scale
        self.setModel(model)
        self.setItemDelegate(EntryDelegate(choices, self))
        self.setAccessibleName("시간표")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.measure()

    def measure(self) -> None:
        """Lengths by the text size in force."""
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setMinimumSectionSize(self._scale(_COLUMN))
        across.setFixedHeight(self._scale(_HEADER))
        down.setMinimumSectionSize(self._scale(_ROW))
        down.setFixedWidth(self._scale(_TIMES))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, fill and empty as in a spreadsheet; any letter begins to type."""
        key, control = event.key(), bool(event.modifiers() & _CONTROL)
        fills = {
            Qt.Key.Key_D: "down",
            Qt.Key.Key_R: "right",
            Qt.Key.Key_Return: "all",
            Qt.Key.Key_Enter: "all",
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        elif control and key in fills:
            self.filled.emit(fills[Qt.Key(key)])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.emptied.emit()
        elif key in _ENTER and self.state() != QAbstractItemView.State.EditingState:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        index = self.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def current(self) -> Spot | None:
        """The place under the cursor."""
        index = self.currentIndex()
        return _spot(index) if index.isValid() else None

    def selected(self) -> tuple[Spot, ...]:
        """The selected places by row and column."""
        return tuple(
            sorted(
                {_spot(index) for index in self.selectedIndexes()}, key=lambda spot: (spot.row, spot.column)
            )
        )

    def choose(self, spots: Sequence[Spot]) -> None:
        """Select from the first to the last of these places, the cursor staying."""
        if len(spots) > 1 and all(
            spot.row < self.model().rowCount() and spot.column < self.model().columnCount() for spot in spots
        ):
            first, last = (self.model().index(spot.row, spot.column) for spot in (spots[0], spots[-1]))
            self.selectionModel().select(
                QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def go_to(self, spot: Spot) -> None:
        """Put the cursor on a place."""
        index = self.model().index(spot.row, spot.column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _spot(index: Index) -> Spot:
    return Spot(index.row(), index.column())
