"""Paints the grid: one loop over the visible cells, each a remembered picture, so a page jump costs milliseconds."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap, QPolygon
from PySide6.QtWidgets import QTableView

from regional_desk.desktop.attendance.cell_looks import Look
from regional_desk.desktop.attendance.grid_model import GridModel
from regional_desk.desktop.theme import Theme
from regional_desk.services.attendance.grid_signs import CORRECTED, EVIDENCE, REMARK

Shelf = dict[Look, QPixmap]
_MOST_PICTURES = 3000  # of one size
_PAD = 6


class Pictures:
    """Cells drawn once for each look, size and screen."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._shelves: dict[tuple[bool, int, int, float], Shelf] = {}

    def forget(self) -> None:
        """Draw anew after a change of the look."""
        self._shelves.clear()

    def shelf(self, selected: bool, width: int, height: int, ratio: float) -> Shelf:
        """The pictures of one size by their look; `ratio` is the screen's pixels per point."""
        found = self._shelves.setdefault((selected, width, height, ratio), {})
        if len(found) > _MOST_PICTURES:
            found.clear()
        return found

    def draw(self, look: Look, selected: bool, size: QSize, ratio: float, font: QFont) -> QPixmap:
        """A picture not drawn yet."""
        text, tone, shaded, left, signs = look
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
        self._draw_signs(painter, signs, size)
        painter.end()
        return picture

    def _draw_signs(self, painter: QPainter, signs: int, size: QSize) -> None:
        """비고 is a corner, a paper of evidence a dot, 정정 a line below: told apart by shape and place."""
        tokens, mark = self._theme.tokens, self._theme.size(5)
        painter.setPen(Qt.PenStyle.NoPen)
        right, bottom = size.width() - 1, size.height() - 1
        if signs & REMARK:
            painter.setBrush(QColor(tokens.accent))
            corner = [QPoint(right - mark - 1, 0), QPoint(right, 0), QPoint(right, mark + 1)]
            painter.drawPolygon(QPolygon(corner))
        if signs & EVIDENCE:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(tokens.ok))
            painter.drawEllipse(2, 2, mark, mark)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if signs & CORRECTED:
            painter.setBrush(QColor(tokens.warn))
            painter.drawRect(3, bottom - 3, right - 6, 2)


class GridTable(QTableView):
    """A table that paints its model's looks itself; selection, keys and accessibility stay Qt's."""

    def __init__(self, model: GridModel, theme: Theme) -> None:
        super().__init__()
        self._grid, self._theme = model, theme
        self._marked = -1
        self._widths: list[tuple[int, int, int]] = []  # (column, place, width) of the columns shown
        self.pictures = Pictures(theme)
        self.setModel(model)
        self.setShowGrid(False)
        self.horizontalHeader().sectionResized.connect(self._forget_widths)
        model.modelReset.connect(self._forget_widths)
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
        columns = self._visible_columns(area.left(), area.right())
        top, bottom = self.rowAt(area.top()), self.rowAt(area.bottom())
        if bottom < 0 or not columns or columns[-1][1] + columns[-1][2] <= area.right():
            painter.fillRect(area, QColor(self._theme.tokens.surface))
        if top < 0 or not columns:
            return
        if bottom < 0:
            bottom = len(self._grid.rows) - 1
        font, ratio, height = self.font(), self.devicePixelRatioF(), self.rowHeight(top)
        chosen, pictures, looks = self._chosen(top, bottom), self.pictures, self._grid.looks
        shelves: list[tuple[int, int, int, Shelf, Shelf]] = []
        for column, x, width in columns:
            plain, marked = (pictures.shelf(on, width, height, ratio) for on in (False, True))
            shelves.append((column, x, width, plain, marked))
        draw = painter.drawPixmap
        y = self.rowViewportPosition(top)  # every row is of one height
        for row in range(top, bottom + 1):
            of_row = looks[row]
            whole = row == self._marked
            for column, x, width, plain, marked in shelves:
                look = of_row[column]
                selected = whole or (row, column) in chosen
                shelf = marked if selected else plain
                picture = shelf.get(look)
                if picture is None:
                    size = QSize(width, height)
                    picture = shelf[look] = pictures.draw(look, selected, size, ratio, font)
                draw(x, y, picture)
            y += height

    def _forget_widths(self) -> None:
        self._widths = []

    def _visible_columns(self, left: int, right: int) -> list[tuple[int, int, int]]:
        if not self._widths:
            header = self.horizontalHeader()
            self._widths = [
                (column, header.sectionPosition(column), self.columnWidth(column))
                for column in range(self._grid.columnCount())
                if not self.isColumnHidden(column)
            ]
        offset = self.horizontalHeader().offset()
        return [
            (column, place - offset, width)
            for column, place, width in self._widths
            if place - offset + width > left and place - offset <= right
        ]

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
