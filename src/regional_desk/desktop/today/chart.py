"""A drawing that keeps its shape: as wide as its place, as tall as that makes it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QSizePolicy

_WIDTH, _LEAST_WIDTH = 430, 300  # in points, so that the drawing's 9-point words read as the window's
_ROOM = 240


def drawn_width(percent: int) -> int:
    """The width to draw for a text size: drawn narrower, its words come out larger."""
    return max(_LEAST_WIDTH, _WIDTH * 100 // percent)


class Chart(QSvgWidget):
    """Shows one SVG."""

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_svg(self, svg: str) -> None:
        """Show another drawing."""
        self.load(QByteArray(svg.encode()))
        self.renderer().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        size = self.renderer().defaultSize()
        return width * size.height() // size.width() if size.width() > 0 else 0

    def sizeHint(self) -> QSize:
        """As drawn."""
        return QSize(_WIDTH, self.heightForWidth(_WIDTH))

    def minimumSizeHint(self) -> QSize:
        """It may be squeezed a little."""
        return QSize(_ROOM, self.heightForWidth(_ROOM))
