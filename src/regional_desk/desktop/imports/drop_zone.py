"""Where a file is dropped or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QWidget

from regional_desk.desktop import parts

_FILTER = "표 파일 (*.xlsx *.xls *.xlsb *.xlsm *.ods *.csv *.tsv *.txt);;모든 파일 (*)"
_ASK = "엑셀·CSV 파일을 여기로 끌어 놓으십시오."


class DropZone(QFrame):
    """One line: what file it is, and the button that asks for another."""

    file_chosen = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAcceptDrops(True)
        self.file = QLabel(_ASK)
        self.file.setAccessibleName("가져올 파일")
        self.choose_button = parts.button("파일 고르기…", self.choose, tip="Ctrl+O")
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(14, 10, 14, 10)
        self.line.addWidget(self.file, 1)
        self.line.addWidget(self.choose_button)

    def show_file(self, path: Path | None) -> None:
        """Name the file; None asks for one."""
        self.file.setText(_ASK if path is None else path.name)
        self.file.setToolTip("" if path is None else str(path))

    def choose(self) -> None:
        """Ask for a file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "가져올 파일", "", _FILTER)
        if chosen:
            self.file_chosen.emit(Path(chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file from this PC is welcome."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_chosen.emit(path)


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
