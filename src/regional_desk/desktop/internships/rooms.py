"""A place that scrolls where its content is larger: large text on a small screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

_LINES = 106  # a table's head and three lines


def scrolled(room: QWidget) -> QScrollArea:
    """The content, scrolled by the mouse and by what has the keys inside it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(room)
    return area


def give_way(table: QWidget, scale: Callable[[int], int]) -> None:
    """Let a table shrink to some lines before the room scrolls: the buttons under it stay in sight."""
    table.setMinimumHeight(scale(_LINES))
    table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
