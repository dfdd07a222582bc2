"""A row of cards, one of them shown: what the lists of units and of months draw and do alike."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from regional_desk.desktop.shell import Context

_CARD = Qt.ItemDataRole.UserRole + 1
_FACE = Qt.ItemDataRole.UserRole + 2
_HEIGHT, _EDGE, _GAP = 80, 11, 8

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Face:
    """What a card says: its title with a state in a tone beside it, a quiet line, and a last one in its own tone."""

    title: str
    state: str
    tone: str
    line: str
    last: str
    last_tone: str = "text"
    said: str = ""  # the quiet line as it is read aloud, where that is shorter

    @property
    def words(self) -> tuple[str, ...]:
        """The same read aloud."""
        return self.title, self.said or self.line, self.state, self.last


class CardList(QListWidget, Generic[Item]):
    """The card under the cursor is shown; a subclass says what identifies a card and what stands on it."""

    shown = Signal()

    def __init__(self, context: Context, name: str, width: int) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("cards")
        self.setAccessibleName(name)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_CardDelegate(context, self, width))
        self.setSpacing(0)
        size = context.theme.size
        self.setFixedHeight(size(_HEIGHT) + size(22))
        self.currentItemChanged.connect(lambda *_: self.shown.emit())

    def identify(self, card: Item) -> Hashable:
        """What stays the same when a card is read again."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def face(self, card: Item) -> Face:
        """What stands on a card."""
        raise NotImplementedError  # as above

    @property
    def cards(self) -> tuple[Item, ...]:
        """Every card, in order."""
        return tuple(self.item(at).data(_CARD) for at in range(self.count()))

    @property
    def current(self) -> Item | None:
        """The card under the cursor."""
        at = self.currentRow()
        return None if at < 0 else self.cards[at]

    @property
    def chosen(self) -> tuple[Item, ...]:
        """The chosen cards in their order."""
        items = (self.item(at) for at in range(self.count()))
        return tuple(item.data(_CARD) for item in items if item.isSelected())

    def set_cards(self, cards: Sequence[Item]) -> None:
        """Show other cards; the cursor and what is chosen stay where they can, and nobody is told."""
        current = None if self.current is None else self.identify(self.current)
        chosen = {self.identify(card) for card in self.chosen}
        self.blockSignals(True)
        self.clear()
        for card in cards:
            item, face = QListWidgetItem(), self.face(card)
            item.setData(_CARD, card)
            item.setData(_FACE, face)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(face.words))
            item.setToolTip("\n".join(face.words))
            self.addItem(item)
            item.setSelected(self.identify(card) in chosen)
        keys = [self.identify(card) for card in cards]
        if keys:
            self.show_at(keys.index(current) if current in keys else 0, alone=len(chosen) <= 1)
        self.blockSignals(False)

    def show_at(self, at: int, *, alone: bool = True) -> None:
        """Put the cursor on a card; unless `alone` what is chosen stays."""
        flags = self.selectionModel().SelectionFlag
        self.setCurrentRow(at, flags.ClearAndSelect if alone else flags.NoUpdate)
        self.scrollToItem(self.item(at))


class _CardDelegate(QStyledItemDelegate):
    """Draws a card: frame, chosen ground, three lines."""

    def __init__(self, context: Context, parent: QObject, width: int) -> None:
        super().__init__(parent)
        self._context, self._width = context, width

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every card alike."""
        size = self._context.theme.size
        return QSize(size(self._width + _GAP), size(_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Frame, chosen ground, three lines."""
        face = index.data(_FACE)
        if not isinstance(face, Face):
            return
        context, size = self._context, self._context.theme.size
        view = self.parent()
        current = isinstance(view, QListWidget) and view.currentIndex() == index
        shown = QStyleOptionViewItem(option)
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        frame: QRect = shown.rect.adjusted(1, 1, -size(_GAP), -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(context.colour("selected" if chosen else "surface")))
        edge = context.colour("accent" if current else "line")
        painter.setPen(QPen(QColor(edge), 2 if current else 1))
        painter.drawRoundedRect(frame, 6, 6)
        inner = frame.adjusted(size(_EDGE), size(8), -size(_EDGE), -size(8))
        self._write(painter, inner, face)
        painter.restore()

    def _write(self, painter: QPainter, inner: QRect, face: Face) -> None:
        line = inner.height() // 3
        rows = [QRect(inner.left(), inner.top() + at * line, inner.width(), line) for at in range(3)]
        bold, plain = QFont(painter.font()), QFont(painter.font())
        bold.setBold(True)
        painter.setFont(plain)
        painter.setPen(QColor(self._context.colour(face.tone)))
        painter.drawText(rows[0], Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, face.state)
        room = rows[0].adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(face.state) - 8, 0)
        painter.setFont(bold)
        _text(painter, room, face.title, self._context.colour("text"))
        painter.setFont(plain)
        _text(painter, rows[1], face.line, self._context.colour("muted"))
        _text(painter, rows[2], face.last, self._context.colour(face.last_tone))


def _text(painter: QPainter, room: QRect, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
