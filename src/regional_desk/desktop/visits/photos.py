"""The photos and papers of a visit: small pictures in a strip, dropped or chosen, opened by Enter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QIcon, QPixmap
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QStyle, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.exchange.received_files import TAKEN
from regional_desk.services.visits import visit_files
from regional_desk.store.visit_records import FileRow

_THUMB = (104, 78)
_HEIGHT = 124


class Photos(QWidget):
    """The files of one visit; read and write go through the services, a refusal to whoever holds this."""

    def __init__(self, context: Context, refused: Callable[[UserError], None]) -> None:
        super().__init__()
        self._context, self._desk, self._refused = context, context.desk, refused
        self._visit: UUID | None = None
        self.rows: tuple[FileRow, ...] = ()
        self.setAcceptDrops(True)
        self.strip = QListWidget()
        self.strip.setAccessibleName("방문 사진과 서류")
        self.strip.setViewMode(QListWidget.ViewMode.IconMode)
        self.strip.setFlow(QListWidget.Flow.LeftToRight)
        self.strip.setWrapping(False)
        self.strip.setMovement(QListWidget.Movement.Static)
        self.strip.setIconSize(QSize(*(context.theme.size(one) for one in _THUMB)))
        self.strip.setFixedHeight(context.theme.size(_HEIGHT))
        self.add_button = parts.button("사진·서류 넣기…", self.choose, tip=f"끌어 놓아도 됩니다: {TAKEN}")
        self.open_button = parts.button("열기", self.open, tip="Enter")
        self.remove_button = parts.button("빼기…", self.remove)
        for one in (self.add_button, self.open_button, self.remove_button):
            one.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.strip)
        layout.addLayout(parts.row(self.add_button, self.open_button, self.remove_button, None))
        self.strip.currentRowChanged.connect(lambda _at: self._enable())
        self.strip.itemActivated.connect(lambda _item: self.open())

    def show_visit(self, visit: UUID | None) -> None:
        """Show the files of a visit; none while guests look on."""
        self._visit = visit
        self.rows = ()
        if visit is not None:
            try:
                self.rows = visit_files.list_files(self._context.reading, visit)
            except UserError as error:
                self._refused(error)
        self.strip.clear()
        for row in self.rows:
            self.strip.addItem(self._item(row))
        if self.rows:
            self.strip.setCurrentRow(0)
        self.strip.setVisible(bool(self.rows))
        self._enable()

    def choose(self) -> None:
        """Ask for files."""
        files, _ = QFileDialog.getOpenFileNames(self, "방문 사진과 서류")
        self.add([Path(one) for one in files])

    def add(self, files: list[Path]) -> None:
        """Keep these files; each is looked at before any is kept."""
        visit = self._visit
        if visit is None or not files or not self.add_button.isEnabled():
            return
        try:
            read = [visit_files.read_file(path) for path in files]
            for one in read:
                visit_files.attach(self._desk, visit, one)
        except UserError as error:
            self._refused(error)
        self.show_visit(visit)

    def open(self) -> None:
        """The chosen file in the program that shows such files."""
        row = self.current()
        if row is None:
            return
        self._act(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(visit_files.open_file(self._desk, row))))
        )

    def remove(self) -> None:
        """Take the chosen file away."""
        row = self.current()
        if row is None:
            return
        answer = ReasonDialog.ask(self, "파일 빼기", f"{row.file_name}을(를) 이 방문에서 뺍니다.", act="빼기")
        if answer is not None:
            self._act(partial(visit_files.remove, self._desk, row, answer.reason))
            self.show_visit(self._visit)

    def current(self) -> FileRow | None:
        """The chosen file."""
        at = self.strip.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this PC are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()) and self.add_button.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped."""
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _item(self, row: FileRow) -> QListWidgetItem:
        item = QListWidgetItem(self._icon(row), row.caption or row.file_name)
        item.setToolTip(f"{row.file_name} · {row.size // 1024:,} KB")
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
        return item

    def _icon(self, row: FileRow) -> QIcon:
        """A small picture of a photo; of other papers, and of a photo that cannot be read, the sign of a file."""
        picture = QPixmap()
        if row.media_type in visit_files.IMAGES:
            try:
                picture.loadFromData(visit_files.content(self._context.reading, row))
            except UserError as error:
                self._refused(error)
        if picture.isNull():
            return self.style().standardIcon(QStyle.StandardPixmap.SP_FileIcon)
        size = self.strip.iconSize()
        kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return QIcon(picture.scaled(size, kept, smooth))

    def _act(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self._refused(error)

    def _enable(self) -> None:
        whole = self._context.masking is Masking.FULL
        may = self._desk.may(Right.EDIT_VISITS) and not self._desk.read_only and whole
        chosen = self.current() is not None
        self.add_button.setEnabled(may and self._visit is not None)
        self.open_button.setEnabled(chosen and whole)
        self.remove_button.setEnabled(chosen and may)
