"""◀ what is shown ▶: steps through weeks or months."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from regional_desk.desktop import parts


class Stepper(QWidget):
    """Two buttons around a label; `page` takes Alt+← and Alt+→ for them."""

    def __init__(self, page: QWidget, unit: str, turn: Callable[[int], object]) -> None:
        super().__init__()
        self.label = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for sign, word, step, keys in (("◀", "앞", -1, "Alt+Left"), ("▶", "다음", 1, "Alt+Right")):

            def go(by: int = step) -> None:
                turn(by)

            button = parts.button(sign, go, tip=f"{word} {unit} ({'Alt+←' if step < 0 else 'Alt+→'})")
            button.setAccessibleName(f"{word} {unit}")
            QShortcut(QKeySequence(keys), page, go)
            layout.addWidget(button)
            if step < 0:
                layout.addWidget(self.label)

    def show_text(self, text: str) -> None:
        """What is shown now."""
        self.label.setText(text)
