"""The recruitment funnel: one bar a stage, each a button that leads to the list behind it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from regional_desk.desktop.shell import Context
from regional_desk.domain.recruitment import WAY, Stage

_HEIGHT, _LEAST_WIDTH, _WIDEST_BAR = 110, 56, 96
_ROUND = 3.0


class Bar(QAbstractButton):
    """One stage: its bar, its figure and its name."""

    def __init__(self, context: Context, stage: Stage) -> None:
        super().__init__()
        self._context = context
        self.stage = stage
        self.people, self._most = 0, 1
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_people(self, people: int, most: int) -> None:
        """How many reached the stage, out of the tallest bar."""
        self.people, self._most = people, max(1, most)
        words = f"{self.stage.label} {people}명"
        self.setAccessibleName(words)
        self.setToolTip(f"{words} — 누르면 명단")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the figure and the name under a bar."""
        size = self._context.theme.size
        return QSize(size(_LEAST_WIDTH), size(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As small as it is still read."""
        size = self._context.theme.size
        return QSize(size(_LEAST_WIDTH), size(_HEIGHT) * 2 // 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar from the ground up, the words below it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, line = self._context.colour, self.fontMetrics().height()
        words = 2 * line + 6
        room = self.height() - words - 4
        tall = max(2.0, room * self.people / self._most)
        wide = min(self.width() - 8, self._context.theme.size(_WIDEST_BAR))
        bar = QRectF((self.width() - wide) / 2, 2 + room - tall, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        fill = QColor(colour("accent"))
        fill.setAlpha(255 if self.underMouse() else 90 + 165 * WAY.index(self.stage) // (len(WAY) - 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(bar, _ROUND, _ROUND)
        if self.hasFocus():
            painter.setPen(QColor(colour("accent")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        strong = QFont(self.font())
        strong.setBold(True)
        top = self.height() - words
        painter.setFont(strong)
        painter.setPen(QColor(colour("text")))
        painter.drawText(QRectF(0, top, self.width(), line), Qt.AlignmentFlag.AlignHCenter, str(self.people))
        painter.setFont(self.font())
        painter.setPen(QColor(colour("muted")))
        painter.drawText(
            QRectF(0, top + line + 2, self.width(), line), Qt.AlignmentFlag.AlignHCenter, self.stage.label
        )
        painter.end()


class Funnel(QWidget):
    """The stages side by side."""

    picked = Signal(object)  # the Stage that was clicked

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.bars = {stage: Bar(context, stage) for stage in WAY}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for stage, bar in self.bars.items():
            layout.addWidget(bar)
            bar.clicked.connect(lambda _checked=False, stage=stage: self.picked.emit(stage))

    def show_stages(self, stages: Mapping[Stage, int]) -> None:
        """People by the stage they reached."""
        most = max(stages.values(), default=0)
        for stage, bar in self.bars.items():
            bar.show_people(stages.get(stage, 0), most)
