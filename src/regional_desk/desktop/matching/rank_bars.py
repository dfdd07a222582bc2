"""How many got which wish, as bars one under another with their figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from regional_desk.desktop.shell import Context

_SHOWN = 4  # wishes told apart; the others share a bar
_LINE, _LABEL, _FIGURE, _LEAST, _WIDTH = 19, 74, 46, 12, 230
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Bars = tuple[tuple[str, int], ...]


def bars_of(ranks: Sequence[int], unplaced: int) -> Bars:
    """Label and people a bar: the first wishes one by one, the rest together, and whoever is not placed."""
    shown = [(f"{rank}순위", ranks[rank - 1] if rank <= len(ranks) else 0) for rank in range(1, _SHOWN + 1)]
    rest = sum(ranks[_SHOWN:])
    return (*shown, (f"{_SHOWN + 1}순위 이하", rest), ("미배정", unplaced))


class RankBars(QWidget):
    """Bars of one scale; `most` is the longest bar of all that stand beside each other."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.bars: Bars = ()
        self._most = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("희망순위별 배정 인원")

    def show_bars(self, bars: Bars, most: int) -> None:
        """Show other figures."""
        self.bars, self._most = bars, max(1, most)
        self.setAccessibleDescription(", ".join(f"{label} {people}명" for label, people in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line a bar."""
        size = self._context.theme.size
        return QSize(size(_WIDTH), size(_LINE) * max(1, len(self.bars)))

    def minimumSizeHint(self) -> QSize:
        """Never cut in height."""
        size = self._context.theme.size
        return QSize(size(_LABEL + _FIGURE + _LEAST), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Label, bar, figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, colour = self._context.theme.size, self._context.colour
        line, left, right = size(_LINE), size(_LABEL), size(_FIGURE)
        room = max(1, self.width() - left - right)
        for at, (label, people) in enumerate(self.bars):
            top, last = at * line, at == len(self.bars) - 1
            painter.setPen(QColor(colour("muted")))
            painter.drawText(QRectF(0, top, left - 8, line), _RIGHT, label)
            long = room * people / self._most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour("warn" if last else "accent")))
            if people:
                painter.drawRoundedRect(QRectF(left, top + line * 0.2, max(2.0, long), line * 0.6), 2, 2)
            painter.setPen(QColor(colour("text")))
            painter.drawText(QRectF(left + long + 6, top, right - 6, line), _LEFT, f"{people}명")
        painter.end()
