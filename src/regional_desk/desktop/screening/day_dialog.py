"""Asks for a day before an act that counts from it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.reason_dialog import DayWanted

_WIDTH = 420


class DayDialog(QDialog):
    """A sentence and a day."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str, day: DayWanted, act: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        told = QLabel(sentence)
        told.setWordWrap(True)
        self.day = QDateEdit()
        self.day.setAccessibleName(day.label)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy. M. d.")
        self.day.setMinimumDate(QDate(day.first.year, day.first.month, day.first.day))
        put_day(self.day, day.proposed, last=day.last)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(act)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (told, parts.muted(day.label), self.day, buttons):
            layout.addWidget(widget)

    @classmethod
    def ask(
        cls, parent: QWidget | None, title: str, sentence: str, day: DayWanted, act: str
    ) -> dt.date | None:
        """The day, None where the person thought better of it."""
        dialog = cls(parent, title, sentence, day, act)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = day_of(dialog.day)
        dialog.deleteLater()
        return chosen if sure else None
