"""A bare window with an empty table, gone after its first paint."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTableWidget, QVBoxLayout, QWidget


class Bare(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)


application = QApplication(sys.argv)
window = Bare()
QVBoxLayout(window).addWidget(QTableWidget(0, 5))
window.resize(760, 520)
window.show()
application.exec()
print(0)
