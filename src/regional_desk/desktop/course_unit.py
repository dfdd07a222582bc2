"""Choosing a course and one of its unit periods, the same on every page that works on a unit."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from regional_desk.domain.text import korean_span
from regional_desk.services.desk import Desk
from regional_desk.services.training import courses


class CourseUnit(QWidget):
    """Two lists side by side; the second is hidden where a course has one unit only."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.courses, self.units = QComboBox(), QComboBox()
        self.courses.setAccessibleName("교육과정")
        self.units.setAccessibleName("단위기간")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.courses)
        layout.addWidget(self.units)
        self.courses.currentIndexChanged.connect(self._on_course)
        self.units.currentIndexChanged.connect(self.changed)

    @property
    def course(self) -> UUID | None:
        """The chosen course, None where there is none."""
        chosen = self.courses.currentData()
        return UUID(chosen) if chosen else None

    @property
    def unit(self) -> int:
        """The chosen unit's number."""
        return int(self.units.currentData() or 1)

    def refresh(self) -> None:
        """List the courses anew, the choice staying; tells nobody."""
        chosen, unit = self.courses.currentData(), self.units.currentData()
        self.courses.blockSignals(True)
        self.courses.clear()
        for row in courses.list_courses(self._desk):
            self.courses.addItem(f"{row.name} ({korean_span(row.start, row.end)})", str(row.id))
        self.courses.setCurrentIndex(max(0, self.courses.findData(chosen)))
        self.courses.blockSignals(False)
        self._list_units(unit)

    def choose(self, course: UUID, unit: int | None = None) -> None:
        """Choose a course and, where given, its unit."""
        self.courses.setCurrentIndex(max(0, self.courses.findData(str(course))))
        if unit is not None:
            self.units.setCurrentIndex(max(0, self.units.findData(unit)))

    def _on_course(self) -> None:
        self._list_units(None)
        self.changed.emit()

    def _list_units(self, chosen: int | None) -> None:
        self.units.blockSignals(True)
        self.units.clear()
        if self.course is not None:
            for unit in courses.outline(self._desk, self.course).units:
                self.units.addItem(f"단위기간 {unit.no} ({korean_span(unit.start, unit.end)})", unit.no)
        self.units.setCurrentIndex(max(0, self.units.findData(chosen)))
        self.units.setVisible(self.units.count() > 1)
        self.units.blockSignals(False)
