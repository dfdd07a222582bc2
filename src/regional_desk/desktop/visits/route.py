"""The visits of a day along the route: ordered by dragging or by Alt+↑·↓, keyed back from the top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from regional_desk.desktop.visits.words import TONES, standing_words
from regional_desk.domain.visits import VisitState
from regional_desk.services.visits.reading import Visit

_HEADINGS = ("순번", "기업", "인턴", "지원월", "상태", "방문자", "소재지")
_WIDTHS = (44, 118, 66, 54, 92, 66, 150)
_STATE = 4
_ROW = 25


class RouteList(QTreeWidget):
    """A line a visit; `moved` tells the new order, cancelled visits stand last and are not part of it."""

    moved = Signal(tuple)
    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, colour: Callable[[str], str], scale: Callable[[int], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._colour, self._scale = colour, scale
        self.rows: tuple[Visit, ...] = ()
        self._may_order = False
        self.setAccessibleName("방문 순회표")
        self.setColumnCount(len(_HEADINGS))
        self.setHeaderLabels(list(_HEADINGS))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        for at, width in enumerate(_WIDTHS):
            self.setColumnWidth(at, scale(width))
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.current()))
        self.itemActivated.connect(lambda _item, _column: self.opened.emit(self.current()))
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda by=by: self.shift(by))

    def set_visits(self, rows: Sequence[Visit], *, may_order: bool) -> None:
        """Show the visits of a day in their order, the cursor staying on its visit."""
        current = self.current()
        self.rows, self._may_order = tuple(rows), may_order
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if may_order else mode.NoDragDrop)
        self.blockSignals(True)
        self.clear()
        number = 0
        for row in rows:
            number += row.state is not VisitState.CANCELLED
            self.addTopLevelItem(self._item(row, number))
        self.blockSignals(False)
        self.choose(current.id if current else None)

    def current(self) -> Visit | None:
        """The visit under the cursor."""
        item = self.currentItem()
        return self._visit(item) if item is not None else None

    def choose(self, visit: UUID | None) -> None:
        """Put the cursor on a visit, on the first where it is not there."""
        places = [at for at, row in enumerate(self.rows) if row.id == visit]
        item = self.topLevelItem(places[0] if places else 0)
        if item is not None:
            self.setCurrentItem(item)
        self.chosen.emit(self.current())

    def shift(self, by: int) -> None:
        """One place up or down by key."""
        current = self.current()
        order = list(self.order())
        if current is None or not self._may_order or current.id not in order:
            return
        at = order.index(current.id)
        if 0 <= at + by < len(order):
            order.insert(at + by, order.pop(at))
            self.moved.emit(tuple(order))

    def order(self) -> tuple[UUID, ...]:
        """The visits as they stand, without those that are cancelled."""
        items = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        shown = [self._visit(item) for item in items if item is not None]
        return tuple(row.id for row in shown if row.state is not VisitState.CANCELLED)

    def dropEvent(self, event: QDropEvent) -> None:
        """A line was dragged: it goes before the one it was dropped on, behind it on its lower half."""
        point = event.position().toPoint()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the page shows the new order; nothing is moved here
        event.accept()
        current, under = self.current(), self.itemAt(point)
        order = list(self.order())
        if current is None or current.id not in order:
            return
        target = self._visit(under).id if under is not None else None
        at = order.index(target) if target in order else len(order)
        if under is not None and target in order:
            at += point.y() > self.visualItemRect(under).center().y()
        before = order.index(current.id)
        order.remove(current.id)
        order.insert(at - (at > before), current.id)
        if tuple(order) != self.order():
            self.moved.emit(tuple(order))

    def _item(self, row: Visit, number: int) -> QTreeWidgetItem:
        cancelled = row.state is VisitState.CANCELLED
        texts = (
            "" if cancelled else str(number),
            row.host.company_name,
            row.host.name,
            f"{row.month_no}차",
            standing_words(row.standing),
            row.visitor,
            row.host.where,
        )
        item = QTreeWidgetItem(list(texts))
        item.setData(0, Qt.ItemDataRole.UserRole, row.id.bytes)
        item.setSizeHint(0, QSize(0, self._scale(_ROW)))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags if cancelled else flags | Qt.ItemFlag.ItemIsDragEnabled)
        tone = TONES.get(row.standing)
        if tone:
            item.setForeground(_STATE, QBrush(QColor(self._colour(tone))))
        for column, text in enumerate(texts):
            item.setToolTip(column, text)
        return item

    def _visit(self, item: QTreeWidgetItem) -> Visit:
        wanted = bytes(item.data(0, Qt.ItemDataRole.UserRole))
        return next(row for row in self.rows if row.id.bytes == wanted)
