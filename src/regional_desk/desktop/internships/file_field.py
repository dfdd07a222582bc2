"""A file to attach: its path chosen, typed, or dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.exchange.received_files import TAKEN


class FileField(QWidget):
    """A line and a button."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.line = QLineEdit()
        self.line.setAccessibleName(label)
        self.line.setPlaceholderText(f"고르거나 끌어 놓기: {TAKEN}")
        self.choose_button = parts.button("고르기…", self.choose)
        self.choose_button.setAutoDefault(False)
        self._label = label
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.choose_button)
        self.setFocusProxy(self.line)

    def path(self) -> Path | None:
        """The file, None where none is named."""
        text = self.line.text().strip()
        return Path(text) if text else None

    def choose(self) -> None:
        """Ask for the file."""
        chosen, _ = QFileDialog.getOpenFileName(self, self._label)
        if chosen:
            self.line.setText(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this PC is welcome."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take its path."""
        self.line.setText(event.mimeData().urls()[0].toLocalFile())
        event.acceptProposedAction()
