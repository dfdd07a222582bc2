"""The program as it starts without a command, gone after its first paint."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from regional_desk.desktop import crash
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.start import Desktop


class Watch(QObject):
    """Ends the process once the window was painted: the warming thread must not count."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            window.repaint()
            print(0, flush=True)
            os._exit(0)
        return False


application = QApplication(sys.argv[:1])
application.setStyle("Fusion")
crash.install()
window = Desktop(application, Preferences()).show_unlock()
watch = Watch()
window.installEventFilter(watch)
application.exec()
