"""Dragging a row of one table onto a row of another; the tables know nothing of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from regional_desk.desktop.tables import Table

MIME = "application/x-regional-desk-trainee"  # carries nothing: the row dragged is the one under the cursor


class DragSource(QObject):
    """Lets the row under the mouse be dragged off its table."""

    def __init__(self, table: Table[Any]) -> None:
        super().__init__(table)
        self._view = table.view
        self._from: QPoint | None = None
        self.on = True
        self._view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin a drag where the mouse went far enough with its button down."""
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                pressed = event.position().toPoint()
                left = event.button() == Qt.MouseButton.LeftButton
                self._from = pressed if left and self._view.indexAt(pressed).isValid() else None
            elif event.type() == QEvent.Type.MouseMove and self._far(event):
                self._from = None
                self._begin()
                return True
        return super().eventFilter(watched, event)

    def _far(self, event: QMouseEvent) -> bool:
        if self._from is None or not self.on or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        way = event.position().toPoint() - self._from
        return way.manhattanLength() >= QApplication.startDragDistance()

    def _begin(self) -> None:
        carried = QMimeData()
        carried.setData(MIME, b"")
        drag = QDrag(self._view)
        drag.setMimeData(carried)
        drag.exec(Qt.DropAction.MoveAction)


class DropTarget(QObject):
    """Lets something be dropped on a table's row, which is under the cursor then."""

    dropped = Signal()

    def __init__(self, table: Table[Any]) -> None:
        super().__init__(table)
        self._view = table.view
        viewport = self._view.viewport()
        viewport.setAcceptDrops(True)
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the row that would take it, and say when it was dropped."""
        if isinstance(event, QDropEvent) and event.mimeData().hasFormat(MIME):
            index = self._view.indexAt(event.position().toPoint())
            if index.isValid():
                self._view.selectRow(index.row())
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.dropped.emit()
            elif event.type() == QEvent.Type.DragEnter:
                event.acceptProposedAction()  # else the table would not hear that a row was reached later
            else:
                event.ignore()
            return True
        return super().eventFilter(watched, event)
