"""Keys pressed on a list: one digit answers the row under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from regional_desk.desktop.tables import TableView

Slots = Mapping[str, Callable[[], object]]
_NAMED = {
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "Del",
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
}


class Keyed(QObject):
    """Calls what belongs to a key (`1`, `Ctrl+2`, `Del`, `Enter`) of a list; other keys go on as usual."""

    def __init__(self, view: TableView, slots: Slots) -> None:
        super().__init__(view)
        self._slots = slots
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key that has a meaning here."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            slot = self._slots.get(_name(event))
            if slot is not None:
                slot()
                return True
        return super().eventFilter(watched, event)


def _name(event: QKeyEvent) -> str:
    key = Qt.Key(event.key())
    digit = chr(key) if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 else ""
    name = _NAMED.get(key, digit)
    return f"Ctrl+{name}" if event.modifiers() & Qt.KeyboardModifier.ControlModifier else name
