"""What the page's tabs share: a refusal where it happened, a quiet word when it went well, work beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Table
from regional_desk.errors import UserError


class Pane(QWidget):
    """One tab."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.desk = context, context.desk
        self.notice, self.said = parts.Notice(), QLabel()
        self.said.setWordWrap(True)
        self.said.hide()
        self._actions: tuple[QPushButton, ...] = ()

    def refresh(self) -> None:
        """Read again and show; a refusal stands where the list would."""
        try:
            self.read()
        except UserError as error:
            self.notice.show_error(error)

    def read(self) -> None:
        """Read and show; each tab says how."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def lay_out(self, words: str, body: Sequence[QWidget], actions: Sequence[QPushButton]) -> None:
        """The quiet words, the buttons under them, what is shown below."""
        self._actions = tuple(actions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(parts.muted(words))
        if actions:
            layout.addLayout(parts.row(None, *actions))
        layout.addWidget(self.notice)
        layout.addWidget(self.said)
        for widget in body:
            layout.addWidget(widget, int(isinstance(widget, Table)))
        if not any(isinstance(widget, Table) for widget in body):
            layout.addStretch(1)

    def say(self, text: str, tone: str = "ok") -> None:
        """A quiet word."""
        parts.set_tone(self.said, text, tone)

    def act(self, act: Callable[[], object]) -> None:
        """Do something short; a refusal is shown."""
        self._clear()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
            return
        self.refresh()

    def start(self, work: Callable[[], Any], title: str, done: Callable[[Any], None]) -> None:
        """Do something long; its buttons are off meanwhile, the list is read again after it."""
        self._clear()
        self._enable(False)

        def ended(result: Any) -> None:
            self.refresh()
            done(result)

        job = self.context.jobs.start(work, title, succeeded=ended, refused=self.notice.show_error)
        job.ended.connect(lambda: self._enable(True))

    def _clear(self) -> None:
        self.notice.hide()
        self.say("")

    def _enable(self, on: bool) -> None:
        for button in self._actions:
            button.setEnabled(on)
