"""The steps of a round above the page: what is done, what is missing and what comes next; each leads to its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from regional_desk.desktop import parts

_SIGNS = {"done": "✔ ", "open": "! ", "next": "▶ ", "later": ""}
_WORDS = {"done": "끝남", "open": "확인할 것 있음", "next": "다음 할 일", "later": "아직"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its key and title, how it stands in words, and done, open (something is missing), next or later."""

    key: str
    title: str
    words: str
    mark: str


class StepStrip(QWidget):
    """A button a step; Ctrl+1 and on choose by keyboard."""

    chosen = Signal(str)

    def __init__(self, titles: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for number, (key, title) in enumerate(titles, 1):
            choose = partial(self.choose, key)
            made = parts.button(title, choose, tip=f"Ctrl+{number}")
            made.setObjectName("tile")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, choose)
            self.buttons[key] = made
            layout.addWidget(made, 1)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """How each step stands."""
        for number, step in enumerate(steps, 1):
            made = self.buttons[step.key]
            made.setText(f"{_SIGNS[step.mark]}{number} {step.title}\n{step.words}")
            made.setAccessibleName(f"{number}단계 {step.title}: {_WORDS[step.mark]}, {step.words}")

    def choose(self, key: str) -> None:
        """Go to a step."""
        self.buttons[key].setChecked(True)
        self.buttons[key].setFocus()
        self.chosen.emit(key)
