"""Paints the grid's cells from remembered pixmaps, so a page jump costs milliseconds."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from regional_desk.desktop.attendance.grid_model import NAMES, GridModel, Index
from regional_desk.desktop.theme import Theme
from regional_desk.domain.attendance import Cell, Status, sign

_Key = tuple[str, str, bool, bool, int, int, float, str]


class CellPainter(QStyledItemDelegate):
    """Day cells as remembered pictures; names and figures as plain text with their tone."""

    def __init__(self, model: GridModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._theme = model, theme
        self._pictures: dict[_Key, QPixmap] = {}

    def forget(self) -> None:
        """Paint anew after a change of look."""
        self._pictures.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        column, row = index.column(), self._model.rows[index.row()]
        at = column - NAMES
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if 0 <= at < len(self._model.days):
            day, cell = self._model.days[at], row.cells[at]
            shaded = not day.training or cell is None or day.coming
            text = "" if cell is None else sign(cell)
            tone = "muted" if cell is None or row.closed else _tone(cell)
            picture = self._picture(painter, option.rect.size(), text, tone, shaded=shaded, selected=selected)
            painter.drawPixmap(option.rect.topLeft(), picture)
            if focused:
                self._frame(painter, option.rect)
            return
        tone = self._figure_tone(index) if at >= 0 else ("text" if column == 1 else "muted")
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        picture = self._picture(
            painter, option.rect.size(), text, tone, shaded=False, selected=selected, left=column == NAMES - 2
        )
        painter.drawPixmap(option.rect.topLeft(), picture)

    def _figure_tone(self, index: Index) -> str:
        if index.column() != self._model.columnCount() - 2:
            return "text"
        text = self._model.risk_text(self._model.rows[index.row()])
        return "bad" if text[0] in "■▲" else "warn" if text[0] == "!" else "text"

    def _frame(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        pen = painter.pen()
        pen.setColor(QColor(self._theme.tokens.accent))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _picture(
        self,
        painter: QPainter,
        size: QSize,
        text: str,
        tone: str,
        *,
        shaded: bool,
        selected: bool,
        left: bool = False,
    ) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        key = (
            text,
            tone,
            shaded,
            selected,
            size.width(),
            size.height(),
            ratio,
            self._theme.scheme.value + str(left),
        )
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) > 4000:  # noqa: PLR2004 - names of a large office; paint anew then
                self._pictures.clear()
            found = self._pictures[key] = self._draw(key, painter.font(), left=left)
        return found

    def _draw(self, key: _Key, font: QFont, *, left: bool) -> QPixmap:
        text, tone, shaded, selected, width, height, ratio, _ = key
        tokens = self._theme.tokens
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(tokens.selected if selected else tokens.shade if shaded else tokens.surface))
        painter = QPainter(picture)
        painter.setFont(font)
        painter.setPen(QColor(getattr(tokens, tone)))
        align = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
        )
        painter.drawText(
            QRect(QPoint(6 if left else 0, 0), QSize(width - (6 if left else 0), height)), align, text
        )
        painter.end()
        return picture


def _tone(cell: Cell) -> str:
    if cell.status is Status.ABSENT:
        return "bad"
    if cell.marks:
        return "warn"
    if cell.status is Status.EXCUSED:
        return "ok"
    return "text" if cell.status is Status.PRESENT else "muted"
