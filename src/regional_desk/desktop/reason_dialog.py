"""Asks why, and where needed on which day, before an act that the record should explain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from regional_desk.desktop import parts

_WIDTH = 420


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered; `day` only where one was asked for."""

    reason: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DayWanted:
    """The day to ask for: its label, the first and last day possible, and the one proposed."""

    label: str
    first: dt.date
    last: dt.date
    proposed: dt.date


class ReasonDialog(QDialog):
    """A sentence, perhaps a day, and a reason that must not be empty."""

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str, label: str, act: str, day: DayWanted | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        told = QLabel(sentence)
        told.setWordWrap(True)
        self.day = QDateEdit()
        self.reason = QLineEdit()
        self.reason.setAccessibleName(label)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(act)
        self.ok.setEnabled(False)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        layout = QVBoxLayout(self)
        layout.addWidget(told)
        if day is not None:
            self._ask_day(day)
            layout.addWidget(parts.muted(day.label))
            layout.addWidget(self.day)
        layout.addWidget(parts.muted(label))
        layout.addWidget(self.reason)
        layout.addWidget(self.buttons)
        self._asks_day = day is not None
        self.reason.textChanged.connect(lambda text: self.ok.setEnabled(bool(text.strip())))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.reason.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        sentence: str,
        *,
        label: str = "사유",
        act: str = "확인",
        day: DayWanted | None = None,
    ) -> Answer | None:
        """The answer, None where the person thought better of it."""
        dialog = cls(parent, title, sentence, label, act, day)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        answer = dialog.answer()
        dialog.deleteLater()
        return answer if accepted else None

    def answer(self) -> Answer:
        """What stands in the fields."""
        day = self.day.date()
        chosen = dt.date(day.year(), day.month(), day.day()) if self._asks_day else None
        return Answer(self.reason.text().strip(), chosen)

    def _ask_day(self, day: DayWanted) -> None:
        self.day.setAccessibleName(day.label)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy. M. d.")
        for put, value in (
            (self.day.setMinimumDate, day.first),
            (self.day.setMaximumDate, day.last),
            (self.day.setDate, day.proposed),
        ):
            put(QDate(value.year, value.month, value.day))
