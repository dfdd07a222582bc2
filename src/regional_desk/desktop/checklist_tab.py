"""서류 of one person or one company: the checklist, files dropped or chosen, opened in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from regional_desk.desktop import parts
from regional_desk.desktop.detail_tab import DetailTab
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk
from regional_desk.store.applicants import DocumentRow
from regional_desk.store.companies import CompanyRow
from regional_desk.store.company_records import PaperRow
from regional_desk.store.people import PersonRow

Owner = TypeVar("Owner", PersonRow, CompanyRow)
File = TypeVar("File", DocumentRow, PaperRow)
_File_contra = TypeVar("_File_contra", contravariant=True)
_SIGNS = {
    DocumentState.MISSING: ("·", "warn"),
    DocumentState.SUBMITTED: ("△", None),
    DocumentState.VERIFIED: ("○", "ok"),
    DocumentState.RETURNED: ("×", "bad"),
}


class Service(Protocol[_File_contra]):
    """What the module of people's documents and that of companies' documents both do."""

    def read_file(self, path: Path, /) -> ReceivedFile:
        """A file to hand in."""

    def attach(self, desk: Desk, owner: UUID, kind: str, file: ReceivedFile, /) -> object:
        """Keep it."""

    def open_document(self, desk: Desk, document_id: UUID, /) -> Path:
        """Where it may be looked at."""

    def set_state(self, desk: Desk, row: _File_contra, state: DocumentState, memo: str, /) -> object:
        """확인 or 반려."""

    def remove(self, desk: Desk, row: _File_contra, reason: str, /) -> None:
        """Take it away."""


@dataclass(frozen=True, slots=True)
class Item(Generic[File]):
    """A document of the checklist: whether it is asked of this owner, how it stands, and the files, newest first."""

    key: str
    label: str
    asked: bool
    state: DocumentState
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Line(Generic[File]):
    """One file of a document, or the document without any."""

    item: Item[File]
    file: File | None

    @property
    def state(self) -> DocumentState:
        """How this file stands."""
        return DocumentState(self.file.state) if self.file else DocumentState.MISSING


class ChecklistTab(DetailTab[Owner], Generic[Owner, File]):
    """What is asked of this owner, what came, and what became of it; each tab lays the pieces out."""

    name: str
    memo_label: str  # for whom the reason of a 반려 is written

    def __init__(self, context: Context, service: Service[File]) -> None:
        super().__init__(context)
        self.service: Service[File] = service
        self.setAcceptDrops(True)
        self.table: Table[Line[File]] = Table(
            self.columns(),
            context.colour,
            empty="받을 서류가 없습니다.",
            name=self.name,
            scale=context.theme.size,
            filtered=False,
        )
        self.summary = parts.muted()
        self.add_button = parts.button("파일 넣기…", self.choose)
        self.open_button = parts.button("열기", self.open, tip="Enter")
        self.verify_button = parts.button("확인", lambda: self.set_state(DocumentState.VERIFIED))
        self.return_button = parts.button("반려…", self.send_back)
        self.remove_button = parts.button("빼기…", self.remove)
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.open())

    def columns(self) -> tuple[Column[Line[File]], ...]:
        """The table's columns, in the order and widths of the tab."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def items(self, owner: Owner, /) -> Sequence[Item[File]]:
        """Read the checklist."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def read(self, owner: Owner, /) -> None:
        """The checklist, each file a line."""
        items = self.items(owner)
        self.table.set_rows([Line(item, file) for item in items for file in item.files or (None,)])
        if self.table.current() is None:
            self.table.view.selectRow(0)
        asked = [item for item in items if item.asked]
        done = sum(item.state is DocumentState.VERIFIED for item in asked)
        self.summary.setText(f"받을 서류 {len(asked)}가지 가운데 {done}가지를 확인했습니다.")
        self._enable()

    def choose(self) -> None:
        """Ask for files for the line under the cursor."""
        chosen, _ = QFileDialog.getOpenFileNames(self, self.name)
        self.take([Path(one) for one in chosen])

    def take(self, files: Sequence[Path]) -> None:
        """Keep these files under the line's kind, the first refusal ending it."""
        row, owner = self.table.current(), self.owner
        if row is None or owner is None or not self.may_write:
            return
        for path in files:
            if not self.act(partial(self._attach, owner.id, row.item.key, path)):
                return

    def open(self) -> None:
        """The file, in the program that shows such files."""
        file = self._file()
        if file is not None:
            self.act(partial(self._open, file.id))

    def set_state(self, state: DocumentState, memo: str = "") -> None:
        """확인 or 반려."""
        file = self._file()
        if file is not None:
            self.act(partial(self.service.set_state, self.desk, file, state, memo))

    def send_back(self) -> None:
        """반려, with what has to be told."""
        answer = ReasonDialog.ask(
            self, "서류 반려", "다시 받아야 하는 까닭을 적습니다.", label=self.memo_label, act="반려"
        )
        if answer is not None:
            self.set_state(DocumentState.RETURNED, answer.reason)

    def remove(self) -> None:
        """Take away a file that came here by mistake."""
        file = self._file()
        if file is None:
            return
        answer = ReasonDialog.ask(
            self,
            "서류 빼기",
            "잘못 넣은 파일을 지웁니다. 파일은 되살릴 수 없고, 뺐다는 기록은 남습니다.",
            label="빼는 까닭",
            act="빼기",
        )
        if answer is not None:
            self.act(partial(self.service.remove, self.desk, file, answer.reason))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this PC are welcome."""
        if self.may_write and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep them under the line under the cursor."""
        files = _dropped(event)
        if files:
            event.acceptProposedAction()
            self.take(files)

    def state_column(self, width: int) -> Column[Line[File]]:
        """How a file stands, with a sign."""
        return Column("상태", _state, width=width, tone=_tone)

    def day_column(self, width: int) -> Column[Line[File]]:
        """When a file came."""
        return Column(
            "받은 날", lambda row: korean_date(row.file.received_on) if row.file else "", width=width
        )

    def file_column(self, width: int) -> Column[Line[File]]:
        """What a file is called."""
        return Column(
            "파일", lambda row: self._shown(row.file.file_name, "***") if row.file else "", width=width
        )

    def memo_column(self, width: int) -> Column[Line[File]]:
        """What was noted about a file."""
        return Column("메모", lambda row: self._shown(row.file.memo, "") if row.file else "", width=width)

    def _file(self) -> File | None:
        row = self.table.current()
        return None if row is None else row.file

    def _open(self, document_id: UUID) -> None:
        path = self.service.open_document(self.context.reading, document_id)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _attach(self, owner: UUID, kind: str, path: Path) -> None:
        self.service.attach(self.desk, owner, kind, self.service.read_file(path))

    def _enable(self) -> None:
        has_file = self._file() is not None
        self.add_button.setEnabled(self.may_write)
        self.open_button.setEnabled(has_file)
        for button in (self.verify_button, self.return_button, self.remove_button):
            button.setEnabled(has_file and self.may_write)

    def _shown(self, text: str | None, hidden: str) -> str:
        """A file's name or a memo may name somebody: guests see neither."""
        return (text or "") if self.context.masking is Masking.FULL else hidden


def _state(row: Line[File]) -> str:
    if row.file is None and not row.item.asked:
        return "해당 없음"
    return f"{_SIGNS[row.state][0]} {row.state.label}"


def _tone(row: Line[File]) -> str | None:
    return "muted" if row.file is None and not row.item.asked else _SIGNS[row.state][1]


def _dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return (
        [Path(url.toLocalFile()) for url in urls] if urls and all(url.isLocalFile() for url in urls) else []
    )
