"""A line of the navigation: the page's name, its shortcut, and how much waits there."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from regional_desk.desktop import parts
from regional_desk.desktop.overview import Waiting


class NavigationButton(QPushButton):
    """Checked while its page is in front."""

    def __init__(self, title: str, keys: str) -> None:
        super().__init__(title)
        self._title = title
        self._keys = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.setObjectName("nav")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.count = QLabel()
        self.count.setObjectName("count")
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addStretch(1)
        layout.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_waiting(None)

    def sizeHint(self) -> QSize:
        """A little more room than the line needs: ten of them give it up on a small screen with large text."""
        wanted = super().sizeHint()
        return wanted.grownBy(QMargins(0, 0, 0, self.fontMetrics().height() // 4))

    def show_waiting(self, waiting: Waiting | None) -> None:
        """How many lines of 오늘 lead here; without one the shortcut stands in its place."""
        count = len(waiting.titles) if waiting else 0
        tone = ("bad" if waiting.urgent else "warn") if waiting else "keys"
        parts.set_tone(self.count, str(count) if count else self._keys, tone)
        lines = [f"{self._title} ({self._keys})", *(waiting.titles if waiting else ())]
        self.setToolTip("\n".join(lines))
        self.setAccessibleName(f"{self._title}, 할 일 {count}" if count else self._title)
