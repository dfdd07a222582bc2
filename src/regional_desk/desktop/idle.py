"""Notices when nobody is there: no key or mouse for some minutes, the system's screen lock, or going to sleep."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_SESSION_CHANGE, _SESSION_LOCK = 0x02B1, 0x7  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK
_POWER, _SUSPEND = 0x0218, 0x4  # WM_POWERBROADCAST, PBT_APMSUSPEND
_MINUTE = 60_000


class IdleWatch(QObject):
    """Tells once when nobody touched the program for a while; listens at its windows only, so that typing stays quick."""

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
            for window in application.allWindows():
                self._watch(window)
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """After how many minutes without input nobody is thought to be there; 0 never."""
        if minutes:
            self._timer.start(minutes * _MINUTE)
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew at each input."""
        if event.type() in _INPUT and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # once for each window, however often it gets the focus
            window.installEventFilter(self)


class SystemLock(QWidget):
    """Tells when Windows locks the screen or goes to sleep; elsewhere it stays silent."""

    locked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._registered = sys.platform == "win32" and bool(
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(self.winId()), 0)
        )

    def nativeEvent(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> Any:
        """Read the two messages that mean the person left."""
        if kind == b"windows_generic_MSG" and means_absence(*_message(int(message))):
            self.locked.emit()
        return super().nativeEvent(kind, message)


def means_absence(message: int, parameter: int) -> bool:
    """Whether a window message says that the screen was locked or the PC goes to sleep."""
    return (message, parameter) in {(_SESSION_CHANGE, _SESSION_LOCK), (_POWER, _SUSPEND)}


def _message(address: int) -> tuple[int, int]:
    """The number and first parameter of a Windows MSG structure."""

    class Msg(ctypes.Structure):
        _fields_ = (("window", ctypes.c_void_p), ("message", ctypes.c_uint), ("wparam", ctypes.c_size_t))

    read = Msg.from_address(address)
    return int(read.message), int(read.wparam)
