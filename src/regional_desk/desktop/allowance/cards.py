"""The units of every course as cards: which one is shown, and which are worked on together."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
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
from regional_desk.domain.allowance import RunState
from regional_desk.domain.text import korean_date, won
from regional_desk.services.pay.run_board import Card
from regional_desk.services.pay.run_states import RunKind, UnitKey

_CARD = Qt.ItemDataRole.UserRole + 1
_WIDTH, _HEIGHT, _EDGE, _GAP = 252, 80, 11, 8
_WAITING = {None: "warn", RunState.DRAFT: "warn", RunState.CHECKED: "accent"}


def state_word(card: Card) -> str:
    """`! 작성 전`, `작성`, `추가 · 검토`, `✓ 지급`."""
    if card.state is None:
        return "! 작성 전"
    done = "✓ " if card.state in (RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED) else ""
    kind = f"{card.kind.label} · " if card.kind not in (None, RunKind.MAIN) else ""
    return f"{done}{kind}{card.state.label}"


def unit_line(card: Card) -> str:
    """Number and dates: `단위기간 1 · 2026. 8. 3. ~ 8. 31.`."""
    start, end = card.unit.start, card.unit.end
    last = f"{end.month}. {end.day}." if start.year == end.year else korean_date(end)
    return f"단위기간 {card.unit.no} · {korean_date(start)} ~ {last}"


def amount_line(card: Card) -> str:
    """People and won of all the unit's runs, and who is held."""
    words = [f"{card.drafted_people if card.runs else card.people}명"]
    if card.runs:
        words.append(f"{won(card.total)}원")
    if card.held:
        words.append(f"! 보류 {card.held}명")
    return " · ".join(words)


class RunCards(QListWidget):
    """A row of cards. The one under the cursor is shown; with Ctrl, Shift or Space several are chosen."""

    shown = Signal()
    picked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("cards")
        self.setAccessibleName("과정과 단위기간")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_CardDelegate(context, self))
        self.setSpacing(0)
        size = context.theme.size
        self.setFixedHeight(size(_HEIGHT) + size(22))
        self.currentItemChanged.connect(lambda *_: self.shown.emit())
        self.itemSelectionChanged.connect(self.picked)

    @property
    def current(self) -> Card | None:
        """The card under the cursor."""
        return _card(self.currentItem())

    @property
    def chosen(self) -> tuple[Card, ...]:
        """The chosen cards in their order."""
        cards = (_card(self.item(at)) for at in range(self.count()) if self.item(at).isSelected())
        return tuple(card for card in cards if card is not None)

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards; the cursor and what is chosen stay where they can, and nobody is told."""
        current = self.current.key if self.current else None
        chosen = {card.key for card in self.chosen}
        self.blockSignals(True)
        self.clear()
        for card in cards:
            item = QListWidgetItem()
            item.setData(_CARD, card)
            words = (card.course_name, f"단위기간 {card.unit.no}", state_word(card), amount_line(card))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(words))
            item.setToolTip("\n".join(words))
            self.addItem(item)
            item.setSelected(card.key in chosen)
        keys = [card.key for card in cards]
        if keys:
            self._show(keys.index(current) if current in keys else 0, alone=len(chosen) <= 1)
        self.blockSignals(False)

    def go(self, course: UUID, unit: int | None) -> None:
        """Put the cursor on a unit's card, the course's newest where none is named."""
        for at in range(self.count()):
            card = _card(self.item(at))
            if card is not None and card.course == course and unit in (None, card.unit.no):
                self._show(at, alone=True)
                return

    def keys(self) -> tuple[UnitKey, ...]:
        """What an act is done with: the chosen units, the older first."""
        return tuple(card.key for card in reversed(self.chosen))

    def _show(self, at: int, *, alone: bool) -> None:
        flag = (
            self.selectionModel().SelectionFlag.ClearAndSelect
            if alone
            else self.selectionModel().SelectionFlag.NoUpdate
        )
        self.setCurrentRow(at, flag)
        self.scrollToItem(self.item(at))


def _card(item: QListWidgetItem | None) -> Card | None:
    found = item.data(_CARD) if item is not None else None
    return found if isinstance(found, Card) else None


class _CardDelegate(QStyledItemDelegate):
    """Draws a card: name and state, unit, people and won."""

    def __init__(self, context: Context, parent: RunCards) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every card alike."""
        size = self._context.theme.size
        return QSize(size(_WIDTH + _GAP), size(_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Frame, chosen ground, three lines."""
        card = index.data(_CARD)
        if not isinstance(card, Card):
            return
        context, size = self._context, self._context.theme.size
        view = self.parent()
        current = isinstance(view, RunCards) and view.currentIndex() == index
        shown = QStyleOptionViewItem(option)
        state = shown.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        frame: QRect = shown.rect.adjusted(1, 1, -size(_GAP), -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(context.colour("selected" if chosen else "surface")))
        edge = context.colour("accent" if current else "line")
        painter.setPen(QPen(QColor(edge), 2 if current else 1))
        painter.drawRoundedRect(frame, 6, 6)
        inner = frame.adjusted(size(_EDGE), size(8), -size(_EDGE), -size(8))
        self._write(painter, inner, card)
        painter.restore()

    def _write(self, painter: QPainter, inner: QRect, card: Card) -> None:
        line = inner.height() // 3
        rows = [QRect(inner.left(), inner.top() + at * line, inner.width(), line) for at in range(3)]
        bold, plain = QFont(painter.font()), QFont(painter.font())
        bold.setBold(True)
        tone = _WAITING.get(card.state, "ok")
        word = state_word(card)
        painter.setFont(plain)
        painter.setPen(QColor(self._context.colour(tone)))
        painter.drawText(rows[0], Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
        room = rows[0].adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(word) - 8, 0)
        painter.setFont(bold)
        _text(painter, room, card.course_name, self._context.colour("text"))
        painter.setFont(plain)
        _text(painter, rows[1], unit_line(card), self._context.colour("muted"))
        _text(painter, rows[2], amount_line(card), self._context.colour("warn" if card.held else "text"))


def _text(painter: QPainter, room: QRect, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
