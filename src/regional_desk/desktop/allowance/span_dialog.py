"""Asks from when to when somebody gets something elsewhere."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QDialogButtonBox, QFormLayout, QLabel, QWidget

from regional_desk.desktop.admin.dates import day_of, put_day

_WIDTH = 430
Span = tuple[dt.date, dt.date | None]


class SpanDialog(QDialog):
    """First and last day, both inside; the last may be open."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str, span: Span) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        told = QLabel(sentence)
        told.setWordWrap(True)
        self.start, self.end = QDateEdit(), QDateEdit()
        for field, day in ((self.start, span[0]), (self.end, span[1] or span[0])):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy. M. d.")
            put_day(field, day)
        self.open_end = QCheckBox("끝나는 날을 모름(계속)(&K)")
        self.open_end.toggled.connect(self.end.setDisabled)
        self.open_end.setChecked(span[1] is None)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("적기")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(told)
        form.addRow("시작하는 날(&S)", self.start)
        form.addRow("끝나는 날(&E)", self.end)
        form.addRow("", self.open_end)
        form.addRow(buttons)
        self.start.setFocus()

    def span(self) -> Span:
        """What stands there."""
        return day_of(self.start), None if self.open_end.isChecked() else day_of(self.end)

    @classmethod
    def ask(cls, parent: QWidget | None, title: str, sentence: str, proposed: Span) -> Span | None:
        """The span, None where nothing is to be written."""
        dialog = cls(parent, title, sentence, proposed)
        done = dialog.exec() == QDialog.DialogCode.Accepted
        found = dialog.span()
        dialog.deleteLater()
        return found if done else None
