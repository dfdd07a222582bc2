"""Labels and buttons whose text changes at every key without the page being laid out anew."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from regional_desk.desktop.shell import Context

_LINE = 22
_SPARE = 4  # pixels by which a shaped text may be wider than its letters
_BUTTON, _SHORT, _HIGH = 190, 84, 30
_LARGE = 150  # percent from which a small screen has no room for the name


class StillLine(QWidget):
    """One quiet line of text, cut where the room ends."""

    def __init__(self, context: Context, *, right: bool = False) -> None:
        super().__init__()
        self._context, self._text = context, ""
        self._advances: dict[str, float] = {}  # pixels of each letter shown so far
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self._align = side | Qt.AlignmentFlag.AlignVCenter
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """What is shown."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: ARG002 - Qt's name
        """What was cut is read by the mouse."""
        self.setToolTip(self._text)

    def sizeHint(self) -> QSize:
        """A line high; as wide as the room is."""
        return QSize(0, self._context.theme.size(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name
        """Draw the text."""
        painter = QPainter(self)
        painter.setPen(self._context.colour("muted"))
        text, room = self._text, self.width()
        if not self._fits(text, room):
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.rect(), self._align, text)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other widths."""
        self._advances.clear()
        super().changeEvent(event)

    def _fits(self, text: str, room: int) -> bool:
        """Whether a text surely fits, by its letters: shaping it for the answer costs as much as drawing it."""
        known = self._advances
        if new := set(text).difference(known):
            metrics = QFontMetricsF(self.font())
            known.update((letter, metrics.horizontalAdvance(letter)) for letter in new)
        return sum(map(known.__getitem__, text)) + _SPARE <= room


class StepButton(QPushButton):
    """Undo or redo with the name of its step, cut where it is long; large text leaves the name to the tip."""

    def __init__(self, word: str, slot: Callable[[], object], context: Context, keys: str) -> None:
        super().__init__(word)
        self._word, self._keys, self._context = word, keys, context
        self._title: str | None = None
        self.clicked.connect(lambda _checked=False: slot())
        self.measure()

    def measure(self) -> None:
        """Its size by the text size in force: fixed, so that a new name moves nothing."""
        theme = self._context.theme
        width = _SHORT if theme.percent >= _LARGE else _BUTTON
        self.setFixedSize(theme.size(width), theme.size(_HIGH))
        self._show()

    def show_step(self, title: str | None) -> None:
        """Name the step it would take; None where there is none."""
        if title != self._title:
            self._title = title
            self._show()

    def _show(self) -> None:
        title, theme = self._title, self._context.theme
        self.setEnabled(title is not None)
        whole = f"{self._word} “{title}”" if title else self._word
        room = self.width() - theme.size(24)
        cut = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideMiddle, room)
        self.setText(self._word if theme.percent >= _LARGE else cut)
        self.setToolTip(f"{whole}\n{self._keys}" if title else self._keys)


class StillState(StillLine):
    """A short state with a word or sign in its own colour, at the width of the longest it will show."""

    def __init__(self, context: Context, tone: str, longest: str) -> None:
        super().__init__(context)
        self._tone, self._longest = tone, longest
        self.measure()

    def measure(self) -> None:
        """Its size by the text size in force."""
        self.ensurePolished()
        self.setFixedSize(
            self.fontMetrics().horizontalAdvance(self._longest) + 8, self._context.theme.size(_LINE)
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name
        """Draw the state."""
        painter = QPainter(self)
        painter.setPen(self._context.colour(self._tone))
        painter.drawText(self.rect(), self._align, self._text)
        painter.end()
