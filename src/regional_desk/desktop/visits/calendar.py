"""A month of visits: each date with how many stand how; arrows walk it, Enter leads to the visits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from regional_desk.desktop.visits.words import SIGNS
from regional_desk.domain.calendar import month_span
from regional_desk.domain.text import korean_date, weekday
from regional_desk.domain.visits import Standing
from regional_desk.services.visits.reading import Visit

Index = QModelIndex | QPersistentModelIndex
LEGEND = "○ 예정   ● 입력 대기   ! 기한 지남   ✓ 완료   × 취소"
_DAYS = 7
_SATURDAY = 5
_DAY = dt.timedelta(days=1)
_ROW, _CELL = 54, 62
_ORDER = (Standing.OVERDUE, Standing.TO_KEY, Standing.PLANNED, Standing.DONE, Standing.CANCELLED)


class MonthModel(QAbstractTableModel):
    """A row a week from Monday, a column a weekday."""

    def __init__(self, colour: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self._first = self._last = self._monday = self._today = dt.date.min
        self._counts: dict[dt.date, Counter[Standing]] = {}
        self._closed: Mapping[dt.date, str] = {}

    def show_month(
        self, month: str, visits: Iterable[Visit], closed: Mapping[dt.date, str], today: dt.date
    ) -> None:
        """Show a month `2026-09`; `closed` are the public holidays in it with their names."""
        self.beginResetModel()
        self._first, self._last = month_span(month)
        self._monday = self._first - self._first.weekday() * _DAY
        self._closed, self._today = closed, today
        self._counts = {}
        for visit in visits:
            if visit.on is not None:
                self._counts.setdefault(visit.on, Counter())[visit.standing] += 1
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Weeks."""
        if parent.isValid() or self._first == dt.date.min:
            return 0
        return (self._last - self._monday).days // _DAYS + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Days of a week."""
        return 0 if parent.isValid() else _DAYS

    def day(self, index: Index) -> dt.date | None:
        """The date at a place, None outside the month."""
        if not index.isValid():
            return None
        day = self._monday + (index.row() * _DAYS + index.column()) * _DAY
        return day if self._first <= day <= self._last else None

    def place(self, day: dt.date) -> QModelIndex:
        """Where a date stands; an invalid place outside the month."""
        if not self._first <= day <= self._last:
            return QModelIndex()
        row, column = divmod((day - self._monday).days, _DAYS)
        return self.index(row, column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The number over the counts; in words as tooltip and for a screen reader."""
        day = self.day(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        if role == Qt.ItemDataRole.BackgroundRole:
            free = day is None or day.weekday() >= _SATURDAY or day in self._closed
            return QBrush(QColor(self._colour("shade" if free else "surface")))
        return None if day is None else self._data_of(day, role)

    def _data_of(self, day: dt.date, role: int) -> Any:
        counts = self._counts.get(day, Counter())
        if role == Qt.ItemDataRole.DisplayRole:
            today = " 오늘" if day == self._today else ""
            return f"{day.day}{today}\n" + " ".join(
                f"{SIGNS[one]}{counts[one]}" for one in _ORDER if counts[one]
            )
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = [f"{one.label} {counts[one]}건" for one in _ORDER if counts[one]]
            named = [self._closed[day]] if day in self._closed else []
            return f"{korean_date(day)} ({weekday(day)}) " + ", ".join([*named, *words] or ["방문 없음"])
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = "bad" if counts[Standing.OVERDUE] else "text" if counts else "muted"
            return QBrush(QColor(self._colour(tone)))
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(day == self._today or bool(counts))
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Weekdays."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return "월화수목금토일"[section]
        return None


class MonthCalendar(QTableView):
    """The grid; `picked` tells the date the cursor stands on, `opened` the one that was entered."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, colour: Callable[[str], str], scale: Callable[[int], int], parent: QWidget) -> None:
        super().__init__(parent)
        self.month = MonthModel(colour, self)
        self.setModel(self.month)
        self.setAccessibleName("방문 달력")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(scale(_CELL) // 2)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(scale(_ROW) * 2 // 3)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_opened)
        self.doubleClicked.connect(self._on_opened)

    def choose(self, day: dt.date) -> None:
        """Put the cursor on a date of the month."""
        self.setCurrentIndex(self.month.place(day))

    def chosen(self) -> dt.date | None:
        """The date under the cursor."""
        return self.month.day(self.currentIndex())

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        day = self.month.day(index)
        if day is not None:
            self.picked.emit(day)

    def _on_opened(self, index: QModelIndex) -> None:
        day = self.month.day(index)
        if day is not None:
            self.opened.emit(day)
