"""Paints the grid: one loop over the visible cells, each a remembered picture, so a page jump costs milliseconds."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QTableView

from regional_desk.desktop.attendance.grid_model import GridModel, Look
from regional_desk.desktop.theme import Theme

_MOST_PICTURES = 6000
_PAD = 6


class Pictures:
    """Cells drawn once for each look, size and screen."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[tuple[Look, bool, int, int, float], QPixmap] = {}

    def forget(self) -> None:
        """Draw anew after a change of the look."""
        self._drawn.clear()

    def get(self, look: Look, selected: bool, width: int, height: int, ratio: float, font: QFont) -> QPixmap:
        """The picture of a cell; `ratio` is the screen's pixels per point."""
        key = (look, selected, width, height, ratio)
        found = self._drawn.get(key)
        if found is None:
            if len(self._drawn) > _MOST_PICTURES:
                self._drawn.clear()
            found = self._drawn[key] = self._draw(look, selected, QSize(width, height), ratio, font)
        return found

    def _draw(self, look: Look, selected: bool, size: QSize, ratio: float, font: QFont) -> QPixmap:
        text, tone, shaded, left = look
        tokens = self._theme.tokens
        picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(tokens.selected if selected else tokens.shade if shaded else tokens.surface))
        painter = QPainter(picture)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(size.width() - 1, 0, size.width() - 1, size.height())
        painter.drawLine(0, size.height() - 1, size.width(), size.height() - 1)
        painter.setFont(font)
        painter.setPen(QColor(getattr(tokens, tone)))
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
        start = _PAD if left else 0
        room = QRect(QPoint(start, 0), QSize(size.width() - start, size.height()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, text)
        painter.end()
        return picture


class GridTable(QTableView):
    """A table that paints its model's looks itself; selection, keys and accessibility stay Qt's."""

    def __init__(self, model: GridModel, theme: Theme) -> None:
        super().__init__()
        self._grid, self._theme = model, theme
        self._marked = -1
        self.pictures = Pictures(theme)
        self.setModel(model)
        self.setShowGrid(False)
        # Every pixel is painted below, so that scrolling may shift what stands and paint the new rows only.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def mark_row(self, row: int) -> None:
        """Show a row as the cursor's, -1 for none; used where the cursor itself stands in another view."""
        before, self._marked = self._marked, row
        for at in {before, row}:
            if at >= 0:
                self.viewport().update(0, self.rowViewportPosition(at), self.width(), self.rowHeight(at))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells that stand in the event's rectangles."""
        painter = QPainter(self.viewport())
        for area in event.region():  # type: ignore[attr-defined]  # the stub leaves out QRegion's iterator
            self._paint(painter, area)
        self._frame(painter)
        painter.end()

    def _paint(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(area, QColor(self._theme.tokens.surface))
        top, bottom = self.rowAt(area.top()), self.rowAt(area.bottom())
        columns = self._visible_columns(area)
        if top < 0 or not columns:
            return
        if bottom < 0:
            bottom = len(self._grid.rows) - 1
        font, ratio = self.font(), self.devicePixelRatioF()
        chosen = self._chosen(top, bottom)
        get, looks = self.pictures.get, self._grid.looks
        draw = painter.drawPixmap
        for row in range(top, bottom + 1):
            y, height, of_row = self.rowViewportPosition(row), self.rowHeight(row), looks[row]
            whole = row == self._marked
            for column, x, width in columns:
                selected = whole or (row, column) in chosen
                draw(x, y, get(of_row[column], selected, width, height, ratio, font))

    def _visible_columns(self, area: QRect) -> list[tuple[int, int, int]]:
        found = []
        for column in range(self._grid.columnCount()):
            if not self.isColumnHidden(column):
                x, width = self.columnViewportPosition(column), self.columnWidth(column)
                if x + width > area.left() and x <= area.right():
                    found.append((column, x, width))
        return found

    def _chosen(self, top: int, bottom: int) -> set[tuple[int, int]]:
        chosen: set[tuple[int, int]] = set()
        selection = self.selectionModel().selection()
        for part in (selection.at(place) for place in range(selection.count())):
            for row in range(max(top, part.top()), min(bottom, part.bottom()) + 1):
                chosen.update((row, column) for column in range(part.left(), part.right() + 1))
        return chosen

    def _frame(self, painter: QPainter) -> None:
        """The cursor's cell, framed so that it is found without colour."""
        index = self.currentIndex()
        if not index.isValid() or not self.hasFocus():
            return
        pen = painter.pen()
        pen.setColor(QColor(self._theme.tokens.accent))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRect(self.visualRect(index).adjusted(1, 1, -2, -2))
