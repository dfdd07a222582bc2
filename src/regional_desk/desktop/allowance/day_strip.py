"""A person's days of a unit as a strip of signs, each under its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from regional_desk.desktop.shell import Context
from regional_desk.domain.attendance import Cell, Status, show_cell, sign
from regional_desk.domain.day_strip import read_strip
from regional_desk.domain.text import weekday

_SIDE, _DATE = 19, 13  # a box, and the room for its date above
_TONES = {Status.ABSENT: "bad", Status.EXCUSED: "ok", Status.UNRECORDED: "muted"}


class DayStrip(QWidget):
    """Boxes side by side in as many rows as it takes; strips kept before have no dates."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._cells: tuple[Cell | None, ...] = ()
        self._days: tuple[dt.date, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("날마다의 출결")

    def show_strip(self, strip: str, days: Sequence[dt.date]) -> None:
        """Show a strip; `days` are the unit's training days."""
        self._cells = read_strip(strip)
        self._days = tuple(days) if len(days) == len(strip) else ()
        self.setAccessibleDescription(", ".join(self.says(at) for at in range(len(self._cells))))
        self.updateGeometry()
        self.update()

    def says(self, at: int) -> str:
        """What one box stands for: `8/3(월) 출석`."""
        cell = self._cells[at]
        what = show_cell(cell) if cell is not None else "과정에 속하지 않음"
        if not self._days:
            return what
        day = self._days[at]
        return f"{day.month}/{day.day}({weekday(day)}) {what}"

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height its rows take at a width."""
        rows = -(-len(self._cells) // self._in_row(width))
        return max(1, rows) * self._row_height()

    def sizeHint(self) -> QSize:
        """As high as at the width it has."""
        width = self.width() or self._context.theme.size(340)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One box, for the layout asks for the height of a width."""
        return QSize(self._side(), self._row_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Date, box, sign."""
        painter = QPainter(self)
        small = QFont(painter.font())
        small.setPointSizeF(painter.font().pointSizeF() * 0.75)
        usual = QFont(painter.font())
        for at, cell in enumerate(self._cells):
            box = self._box(at)
            if self._days:
                painter.setFont(small)
                painter.setPen(QColor(self._context.colour("muted")))
                above = QRect(box.left(), box.top() - self._date(), box.width(), self._date())
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(self._days[at].day))
            painter.setPen(QPen(QColor(self._context.colour("line"))))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            if cell is not None:
                painter.setFont(usual)
                tone = "warn" if cell.marks else _TONES.get(cell.status, "text")
                painter.setPen(QColor(self._context.colour(tone)))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign(cell)[:2])
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Each box tells its day."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for at in range(len(self._cells)):
                if self._box(at).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), self.says(at), self)
                    return True
            QToolTip.hideText()
        return super().event(event)

    def _side(self) -> int:
        return self._context.theme.size(_SIDE)

    def _date(self) -> int:
        return self._context.theme.size(_DATE) if self._days else 0

    def _row_height(self) -> int:
        return self._side() + self._date() + 4

    def _in_row(self, width: int) -> int:
        return max(1, width // self._side())

    def _box(self, at: int) -> QRect:
        row, column = divmod(at, self._in_row(self.width()))
        return QRect(
            column * self._side(), row * self._row_height() + self._date(), self._side(), self._side()
        )
