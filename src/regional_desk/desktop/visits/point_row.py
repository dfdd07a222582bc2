"""One point of the checklist: answered by 1, 2 or 3, which goes on to the next."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.domain.visits import Answer, Point

_GAP = 16
_HERE, _ELSEWHERE = "▸ ", "   "


class PointRow(QWidget):
    """A point with its answers; the row holds the focus, so that digits are enough."""

    answered = Signal()

    def __init__(self, point: Point, words: Mapping[Answer, str], width: int) -> None:
        super().__init__()
        self.point = point
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{point.label}: {point.asks}")
        self._label = QLabel(_ELSEWHERE + point.label)
        self._label.setFixedWidth(width)
        self._group = QButtonGroup(self)
        self.choices: dict[Answer, QRadioButton] = {}
        answers = QHBoxLayout()
        answers.setContentsMargins(0, 0, 0, 0)
        answers.addWidget(self._label)
        answers.setSpacing(_GAP)
        for digit, (answer, word) in enumerate(words.items(), 1):
            choice = QRadioButton(f"{digit} {word}")
            choice.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            choice.setAccessibleName(f"{point.label} {word}")
            choice.clicked.connect(lambda _on=False: self.answered.emit())
            self._group.addButton(choice)
            self.choices[answer] = choice
            answers.addWidget(choice)
        answers.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(1)
        layout.addLayout(answers)
        asks = parts.muted(_ELSEWHERE + point.asks)
        layout.addWidget(asks)

    def put(self, answer: str) -> None:
        """Show an answer, none for an unknown word."""
        self._group.setExclusive(False)
        for one, choice in self.choices.items():
            choice.setChecked(one.value == answer)
        self._group.setExclusive(True)

    def answer(self) -> str:
        """The answer given, empty without one."""
        return next((one.value for one, choice in self.choices.items() if choice.isChecked()), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers and goes on; arrows walk."""
        at = event.key() - Qt.Key.Key_1
        if 0 <= at < len(self.choices) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            list(self.choices.values())[at].setChecked(True)
            self.answered.emit()
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A sign shows which point the next digit answers."""
        super().focusInEvent(event)
        self._label.setText(_HERE + self.point.label)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The sign goes with the focus."""
        super().focusOutEvent(event)
        self._label.setText(_ELSEWHERE + self.point.label)
