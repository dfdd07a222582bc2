"""The days of a unit period side by side: how many were absent, and what is not entered yet; a day leads to its column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from regional_desk.desktop.shell import Context
from regional_desk.desktop.today.day_heat import DayHeat

_WIDEST, _HEIGHT = 26, 22


class HeatStrip(QWidget):
    """A box a day, in one line however narrow it gets; arrows and Enter do what the mouse does."""

    picked = Signal(object)  # dt.date

    def __init__(self, context: Context, days: Sequence[DayHeat], name: str) -> None:
        super().__init__()
        self._context, self._days = context, tuple(days)
        self._at = next((at for at in reversed(range(len(self._days))) if not self._days[at].coming), 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{name} 날마다의 결석")
        self.setAccessibleDescription(", ".join(one.says() for one in self._days))

    def sizeHint(self) -> QSize:
        """Its days side by side."""
        size = self._context.theme.size
        return QSize(size(_WIDEST) * max(1, len(self._days)), size(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """It narrows with the page."""
        return QSize(0, self._context.theme.size(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, colour and sign; the day under the cursor framed."""
        painter = QPainter(self)
        small = QFont(painter.font())
        small.setPointSizeF(painter.font().pointSizeF() * 0.85)
        painter.setFont(small)
        for at, one in enumerate(self._days):
            box, colour = self._box(at), QColor(self._context.colour(one.tone))
            ground = QColor(colour)
            ground.setAlphaF(0.0 if one.coming else 0.16)
            painter.fillRect(box, ground)
            framed = self.hasFocus() and at == self._at
            painter.setPen(
                QPen(QColor(self._context.colour("accent" if framed else "line")), 2 if framed else 1)
            )
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.setPen(colour)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, one.sign)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Each box tells its day."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._day_at(event.pos().x())
            if at is not None:
                QToolTip.showText(event.globalPos(), self._days[at].says(), self)
                return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the day."""
        at = self._day_at(int(event.position().x()))
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self.picked.emit(self._days[at].day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move, Enter goes there."""
        key, last = event.key(), len(self._days) - 1
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._days:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._at = min(max(self._at + step, 0), last)
            QToolTip.showText(
                self.mapToGlobal(self._box(self._at).bottomLeft()), self._days[self._at].says(), self
            )
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._days:
            self.picked.emit(self._days[self._at].day)
        else:
            super().keyPressEvent(event)

    def _width(self) -> float:
        widest = float(self._context.theme.size(_WIDEST))
        return min(widest, self.width() / max(1, len(self._days)))

    def _box(self, at: int) -> QRect:
        left, right = round(at * self._width()), round((at + 1) * self._width())
        return QRect(left, 0, right - left - 1, self.height())

    def _day_at(self, x: int) -> int | None:
        at = int(x / self._width()) if self._days else len(self._days)
        return at if 0 <= at < len(self._days) else None
