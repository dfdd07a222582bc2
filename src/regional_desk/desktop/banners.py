"""Lines between the top bar and the page that a person should see once, each with a word on what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts


class Banner(QFrame):
    """One line; closing it may be an act of its own, as acknowledging is."""

    def __init__(self, text: str, closing: str, closed: Callable[[], object] | None) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.label = QLabel(text)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(text)
        self._closed = closed
        self.close_button = parts.button(closing, self._on_close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 10, 5)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_close(self) -> None:
        if self._closed is not None:
            self._closed()
        self.hide()
        self.deleteLater()


class Banners(QWidget):
    """The lines, the newest below; nothing at all where there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._shown: set[str] = set()

    def tell(self, text: str, *, closing: str = "닫기", closed: Callable[[], object] | None = None) -> None:
        """Add a line, unless it was told before."""
        if text not in self._shown:
            self._shown.add(text)
            self._layout.addWidget(Banner(text, closing, closed))

    def texts(self) -> tuple[str, ...]:
        """The lines that stand there now."""
        return tuple(banner.label.text() for banner in self.findChildren(Banner) if not banner.isHidden())
