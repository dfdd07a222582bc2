"""교육 달력: every course of a month under each other, a sign a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.courses.calendar import LEGEND, DayShown, shown_days
from regional_desk.desktop.courses.stepper import Stepper
from regional_desk.desktop.shell import Context
from regional_desk.domain.calendar import days_between, month_span, monthly_return
from regional_desk.domain.text import korean_date, weekday
from regional_desk.services.holidays import holidays_between
from regional_desk.services.training import courses

Index = QModelIndex | QPersistentModelIndex
_ROW, _HEADER, _NAME, _DAY = 30, 40, 190, 28


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course's days of a month."""

    course: UUID
    name: str
    track: str
    days: Mapping[dt.date, DayShown]


class MonthModel(QAbstractTableModel):
    """A row a course, a column a day."""

    def __init__(self, colour: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.lines: tuple[CourseLine, ...] = ()
        self.dates: tuple[dt.date, ...] = ()
        self._holidays: Mapping[dt.date, str] = {}

    def set_month(
        self, lines: Sequence[CourseLine], dates: Sequence[dt.date], holidays: Mapping[dt.date, str]
    ) -> None:
        """Show another month."""
        self.beginResetModel()
        self.lines, self.dates, self._holidays = tuple(lines), tuple(dates), holidays
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Courses."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Days of the month."""
        return 0 if parent.isValid() else len(self.dates)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The day's sign; its meaning as tooltip and for a screen reader."""
        if not index.isValid():
            return None
        line, day = self.lines[index.row()], self.dates[index.column()]
        shown = line.days.get(day)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(QColor(self._colour("surface" if shown and shown.training else "shade")))
        return None if shown is None else self._data_of(line, shown, role)

    def _data_of(self, line: CourseLine, shown: DayShown, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.sign
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.name}, {korean_date(shown.day)} ({weekday(shown.day)}) {shown.meaning}"
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(self._colour("text" if shown.training else "muted")))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Dates over weekdays; courses. Holidays say their name."""
        if orientation == Qt.Orientation.Vertical:
            line = self.lines[section]
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return f"{line.name} ({line.track})" if shown else None
        day = self.dates[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{day.day}\n{weekday(day)}"
        return self._holidays.get(day) if role == Qt.ItemDataRole.ToolTipRole else None


class CalendarPage(QWidget):
    """A month of every course; a double click or Enter leads to the course's timetable of that day."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.first = context.desk.clock.today().replace(day=1)
        self.model = MonthModel(context.colour, self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName("교육 달력")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setCornerButtonEnabled(False)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.month, self.about = Stepper(self, "달", self.turn), parts.muted()
        back = parts.link("← 교육과정", lambda: context.open_page("courses"))
        layout = parts.page_layout(self, [parts.title("교육 달력"), self.month, None, back])
        layout.addWidget(self.view, 1)
        layout.addWidget(parts.muted(LEGEND))
        layout.addWidget(self.about)
        self.setFocusProxy(self.view)
        self.view.doubleClicked.connect(self._on_opened)
        self.view.activated.connect(self._on_opened)

    def refresh(self) -> None:
        """Read the month again."""
        start, end = month_span(f"{self.first:%Y-%m}")
        lines = []
        holidays = holidays_between(start, end)
        for row in reversed(courses.list_courses(self._desk)):
            if row.start <= end and row.end >= start:
                days = shown_days(courses.outline(self._desk, row.id), holidays)
                lines.append(CourseLine(row.id, row.name, row.track, days))
        self.model.set_month(lines, days_between(start, end), holidays)
        self.month.show_text(f"{start.year}. {start.month}.")
        held = sum(
            shown.training for line in lines for day, shown in line.days.items() if start <= day <= end
        )
        off = ", ".join(f"{day.month}/{day.day} {name}" for day, name in holidays.items())
        self.about.setText(f"과정 {len(lines)}개 · 훈련일 {held}일" + (f" · 공휴일 {off}" if off else ""))
        self._measure()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Courses and their days."""
        return "courses" in subjects

    def turn(self, months: int) -> None:
        """Some months on or back."""
        self.first = monthly_return(self.first, months)
        self.refresh()

    def _measure(self) -> None:
        size = self._context.theme.size
        self.view.horizontalHeader().setMinimumSectionSize(size(_DAY))
        self.view.horizontalHeader().setFixedHeight(size(_HEADER))
        self.view.verticalHeader().setDefaultSectionSize(size(_ROW))
        self.view.verticalHeader().setFixedWidth(size(_NAME))

    def _on_opened(self, index: QModelIndex) -> None:
        line = self.model.lines[index.row()]
        self._context.open_page("timetable", course=line.course, day=self.model.dates[index.column()])
