"""A course's days as strips of months: every date says by a sign what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from regional_desk.domain.calendar import days_between, monthly_return
from regional_desk.domain.text import korean_date, weekday
from regional_desk.services.training.courses import CourseDetail

Index = QModelIndex | QPersistentModelIndex
LEGEND = "○ 훈련일   ＋ 더한 훈련일   ◑ 짧은 훈련일   휴 공휴일   쉼 쉬는 날   – 주말   폐 폐강된 뒤"
_LONGEST_MONTH = 31
_SATURDAY = 5
_SHOWN_MONTHS = 4
_ROW, _HEADER, _MONTH, _CELL = 38, 24, 70, 23
_FIRST = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayShown:
    """One date: its sign, what the sign means, and whether it is a training day."""

    day: dt.date
    sign: str
    meaning: str
    training: bool


def shown_days(detail: CourseDetail, holidays: Mapping[dt.date, str]) -> dict[dt.date, DayShown]:
    """Every date of a course from its first to its last day."""
    found = {}
    training = {day.day: day for day in detail.days}
    whole = sum(last - first for first, last in detail.course.periods)
    closed = detail.course.closed_on
    for day in days_between(detail.course.start, detail.course.end):
        row = training.get(day)
        if row is not None:
            unit = next(unit.no for unit in detail.units if unit.start <= day <= unit.end)
            meaning = f"{row.reason or ''} 훈련일 {row.minutes // 60}시간 · 단위기간 {unit}".strip()
            sign = "◑" if row.minutes < whole else "＋" if row.reason else "○"
            found[day] = DayShown(day, sign, meaning, training=True)
        elif closed is not None and day > closed:
            found[day] = DayShown(day, "폐", f"{korean_date(closed)}까지 열고 폐강", training=False)
        elif day in holidays:
            found[day] = DayShown(day, "휴", f"공휴일 {holidays[day]}", training=False)
        elif day.weekday() >= _SATURDAY:
            found[day] = DayShown(day, "–", "주말", training=False)
        else:
            found[day] = DayShown(day, "쉼", "쉬는 날", training=False)
    return found


class CalendarModel(QAbstractTableModel):
    """A row a month, a column a day of the month."""

    def __init__(self, colour: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self._months: list[dt.date] = []
        self._days: dict[dt.date, DayShown] = {}

    def set_days(self, days: Mapping[dt.date, DayShown]) -> None:
        """Show other days."""
        self.beginResetModel()
        self._days = dict(days)
        self._months = sorted({day.replace(day=1) for day in days})
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Months."""
        return 0 if parent.isValid() else len(self._months)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Days of the longest month."""
        return 0 if parent.isValid() else _LONGEST_MONTH

    def day(self, index: Index) -> DayShown | None:
        """What stands at a place, None outside the course."""
        first = self._months[index.row()]
        last = (monthly_return(first, 1) - _FIRST).day
        return self._days.get(first.replace(day=index.column() + 1)) if index.column() < last else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Weekday over sign; the meaning as tooltip and for a screen reader."""
        shown = self.day(index) if index.isValid() else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.BackgroundRole:
            training = shown is not None and shown.training
            return QBrush(QColor(self._colour("surface" if training else "shade")))
        return None if shown is None else self._data_of(shown, role)

    def _data_of(self, shown: DayShown, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{weekday(shown.day)}\n{shown.sign}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{korean_date(shown.day)} ({weekday(shown.day)}) {shown.meaning}"
        if role == Qt.ItemDataRole.ForegroundRole:
            token = "text" if shown.training else "bad" if shown.sign == "휴" else "muted"
            return QBrush(QColor(self._colour(token)))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Day numbers and months."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return section + 1
        month = self._months[section]
        return f"{month.year}. {month.month}."


class CourseCalendar(QTableView):
    """The strips, as high as their months up to four; more scroll."""

    def __init__(self, colour: Callable[[str], str], scale: Callable[[int], int], parent: QWidget) -> None:
        super().__init__(parent)
        self.days = CalendarModel(colour, self)
        self._scale = scale
        self._height = scale(_HEADER)
        self.setModel(self.days)
        self.setAccessibleName("훈련 달력")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setMinimumSectionSize(scale(_CELL))
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setFixedHeight(scale(_HEADER))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(scale(_ROW))
        down.setFixedWidth(scale(_MONTH))

    def set_days(self, days: Mapping[dt.date, DayShown]) -> None:
        """Show other days."""
        self.days.set_days(days)
        rows = max(1, min(_SHOWN_MONTHS, self.days.rowCount()))
        self._height = self._scale(_HEADER) + rows * self._scale(_ROW) + 4
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A strip too wide for the window scrolls, and its bar takes no day away."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._scale(_MONTH) + _LONGEST_MONTH * self._scale(_CELL)
        bar = self.horizontalScrollBar().sizeHint().height() if self.width() <= needed else 0
        if self.height() != self._height + bar:
            self.setFixedHeight(self._height + bar)
