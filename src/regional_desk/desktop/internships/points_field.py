"""Points for one criterion: a number takes them, Del takes them back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QWidget

_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0)


class PointsField(QWidget):
    """Radio buttons from 1 to the most, the chosen number in words behind them; a number key goes on to the next field."""

    done = Signal()

    def __init__(self, label: str, about: str, most: int, points: int | None) -> None:
        super().__init__()
        self.setToolTip(about)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group = QButtonGroup(self)
        self.buttons = [QRadioButton(str(number)) for number in range(1, most + 1)]
        self.told = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        for number, button in enumerate(self.buttons, start=1):
            button.setAccessibleName(f"{label} {number}점")
            button.setToolTip(about)
            self._group.addButton(button, number)
            layout.addWidget(button)
        layout.addWidget(self.told)
        layout.addStretch(1)
        self._group.idToggled.connect(lambda _number, _on: self._tell())
        self.put(points)

    def points(self) -> int | None:
        """The points given, None for none yet."""
        number = self._group.checkedId()
        return number if number > 0 else None

    def put(self, points: int | None) -> None:
        """Show points, None to take them back."""
        self._group.setExclusive(False)  # else the one taken cannot be taken back
        for number, button in enumerate(self.buttons, start=1):
            button.setChecked(number == points)
        self._group.setExclusive(True)
        self._tell()

    def begin(self) -> None:
        """Put the cursor on the points that are given, else on the first."""
        self.buttons[(self.points() or 1) - 1].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers and Del, wherever among the points the cursor is."""
        text = event.text()
        if event.key() in _CLEARING:
            self.put(None)
        elif text.isdecimal() and 1 <= int(text) <= len(self.buttons):
            self.put(int(text))
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        points = self.points()
        self.told.setText("– 아직" if points is None else f"{points} / {len(self.buttons)}점")
