"""Fields for money that came or went: an amount in won, its day and what proves it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDateEdit, QLineEdit

from regional_desk.desktop.admin.dates import put_day
from regional_desk.domain.text import digits_only, won


class AmountField(QLineEdit):
    """Whole won, shown with separators; whatever is no digit is left out."""

    def __init__(self, name: str, width: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(f"{name}(원)")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(width)
        self.editingFinished.connect(lambda: self.put(self.value()))

    def value(self) -> int:
        """Won, 0 for an empty field."""
        return int(digits_only(self.text()) or 0)

    def put(self, amount: int) -> None:
        """Show an amount, 0 as an empty field."""
        self.setText(won(amount) if amount else "")


def day_field(name: str, day: dt.date, *, last: dt.date | None = None) -> QDateEdit:
    """A day with its calendar, none after `last`."""
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy. M. d.")
    field.setAccessibleName(name)
    put_day(field, day, last=last)
    return field


def reference_field(hint: str, width: int) -> QLineEdit:
    """What proves it: the number of a letter, a line of the bank book."""
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setAccessibleName(hint)
    field.setMinimumWidth(width)
    return field
