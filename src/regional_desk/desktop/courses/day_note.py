"""What the 훈련일지 of a day says besides the timetable: one line under the grid."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from regional_desk.desktop.parts import Notice
from regional_desk.domain.text import weekday
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.services.training import timetable


class DayNote(QWidget):
    """Saved with Enter or on leaving the line."""

    def __init__(self, desk: Desk, notice: Notice) -> None:
        super().__init__()
        self._desk, self._notice = desk, notice
        self._place: tuple[UUID, dt.date] | None = None
        self.line, self._label = QLineEdit(), QLabel()
        self.line.setAccessibleName("훈련일지에 적을 말")
        self.line.setPlaceholderText("그날의 훈련일지에 적을 말 (Enter로 저장)")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label)
        layout.addWidget(self.line, 1)
        self.line.editingFinished.connect(self.save)

    def show_day(self, course: UUID | None, day: dt.date | None, note: str | None) -> None:
        """Show a day's note; None where the day takes none. What is being typed for the same day stays."""
        place = (course, day) if course is not None and day is not None else None
        if place == self._place and self.line.isModified():
            return
        self._place = place
        self.line.setEnabled(place is not None and note is not None)
        self.line.setText(note or "")
        self._label.setText(f"훈련일지 {day.month}/{day.day}({weekday(day)})" if day else "훈련일지")

    def save(self) -> None:
        """Keep what was typed; a refusal is shown on the page."""
        if self._place is None or not self.line.isModified():
            return
        self.line.setModified(False)
        self._notice.hide()
        try:
            timetable.set_note(self._desk, *self._place, self.line.text())
        except UserError as error:
            self._notice.show_error(error)
