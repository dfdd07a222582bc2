"""How the page's work goes and how it ended: progress, a quiet word with the folder, or the refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.jobs import Report
from regional_desk.desktop.shell import Context


class Outcome(QWidget):
    """The place under the page's title where work is seen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.notice, self.said = parts.Notice(), QLabel()
        self.said.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("진행")
        self._folder: Path | None = None
        self._open = parts.link("폴더 열기 →", self._on_open)
        self._busy: tuple[QPushButton, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        line = parts.row(self.said, self._open, self.bar)
        line.setStretch(0, 1)
        layout.addLayout(line)
        for widget in (self.said, self._open, self.bar):
            widget.hide()

    def start(
        self,
        work: Callable[[Report], Any],
        title: str,
        done: Callable[[Any], None],
        busy: Sequence[QPushButton] = (),
    ) -> None:
        """Run work beside the window; `busy` buttons are off until it ends."""
        self.clear()
        self._busy = tuple(button for button in busy if button.isEnabled())
        self._set_busy(True)
        self.bar.setRange(0, 0)
        job = self._context.jobs.start_counted(work, title, succeeded=done, refused=self.notice.show_error)
        job.progressed.connect(self._on_progress)
        job.ended.connect(lambda: self._set_busy(False))

    def say(self, text: str, folder: Path | None = None) -> None:
        """A quiet word, with the way to the folder."""
        self._folder = folder
        parts.set_tone(self.said, text, "ok")
        self._open.setVisible(folder is not None)

    def clear(self) -> None:
        """Nothing to tell."""
        self.notice.hide()
        self.say("")

    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        for button in self._busy:
            button.setDisabled(busy)

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
