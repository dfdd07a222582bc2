"""The pages of a PDF as pictures, and those pictures on a printer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMarginsF, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

_POINTS = 72
_MOST_DPI = 600  # more than paper shows, and a page of A4 is 140 MB then


class Pages:
    """A PDF opened for drawing; used in the window's thread only, as PDFium asks."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2  # only where pages are shown

        self._document = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self._document)

    def size(self, at: int) -> QSizeF:
        """A page's width and height in points."""
        width, height = self._document.get_page_size(at)
        return QSizeF(width, height)

    def image(self, at: int, dpi: float) -> QImage:
        """A page as it prints, drawn at this many dots an inch."""
        page = self._document[at]
        bitmap: Any = page.render(scale=dpi / _POINTS, rev_byteorder=True, prefer_bgrx=True)
        shown = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        ).copy()
        bitmap.close()
        page.close()
        return shown

    def close(self) -> None:
        """Let the PDF go."""
        self._document.close()


def print_pages(pages: Pages, printer: QPrinter) -> bool:
    """Draw every page whole on the printer, each the way up it is; False where the printer takes nothing."""
    printer.setFullPage(True)  # the paper's own margins are in the page already
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    wanted = range(first - 1, min(last, len(pages)))
    painter = QPainter()
    for place, at in enumerate(wanted):
        printer.setPageLayout(_layout(pages.size(at)))
        if not (printer.newPage() if place else painter.begin(printer)):
            return False
        dpi = min(printer.resolution(), _MOST_DPI)
        painter.drawImage(QRect(painter.viewport()), pages.image(at, dpi))
    return painter.end() if painter.isActive() else False


def _layout(size: QSizeF) -> QPageLayout:
    wide = size.width() > size.height()
    upright = size.transposed() if wide else size
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, turned, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout
