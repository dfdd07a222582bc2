"""서류: the checklist, files dropped or chosen, opened in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from regional_desk.desktop import parts
from regional_desk.desktop.people.tab import Tab
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date
from regional_desk.exchange.received_files import TAKEN
from regional_desk.services.recruitment import applicant_documents
from regional_desk.services.recruitment.applicant_documents import CheckItem
from regional_desk.store.applicants import DocumentRow
from regional_desk.store.people import PersonRow

_SIGNS = {
    DocumentState.MISSING: ("·", "warn"),
    DocumentState.SUBMITTED: ("△", None),
    DocumentState.VERIFIED: ("○", "ok"),
    DocumentState.RETURNED: ("×", "bad"),
}
_WORDS = f"줄을 고른 뒤 파일을 끌어 놓거나 [파일 넣기]를 누르십시오. {TAKEN}를 받으며, 암호화하여 보관합니다. 주민등록번호 뒷자리는 가린 것만 받습니다."


@dataclass(frozen=True, slots=True)
class _Line:
    item: CheckItem
    file: DocumentRow | None

    @property
    def state(self) -> DocumentState:
        return DocumentState(self.file.state) if self.file else DocumentState.MISSING


class DocumentsTab(Tab):
    """What is asked of this person, what came, and what became of it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self.table: Table[_Line] = Table(
            self._columns(),
            context.colour,
            empty="받을 서류가 없습니다.",
            name="제출서류",
            scale=context.theme.size,
            filtered=False,
        )
        self.add_button = parts.button("파일 넣기…", self.choose, primary=True)
        self.open_button = parts.button("열기", self.open, tip="Enter")
        self.verify_button = parts.button("확인", lambda: self.set_state(DocumentState.VERIFIED))
        self.return_button = parts.button("반려…", self.send_back)
        self.remove_button = parts.button("빼기…", self.remove)
        self.summary = parts.muted()
        self.lines.addWidget(parts.muted(_WORDS))
        self.lines.addWidget(self.table, 1)
        self.lines.addWidget(self.summary)
        buttons = (
            self.add_button,
            self.open_button,
            self.verify_button,
            self.return_button,
            self.remove_button,
        )
        self.lines.addLayout(parts.row(*buttons, None))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.open())

    def read(self, person: PersonRow) -> None:
        """The checklist, each file a line."""
        items = applicant_documents.checklist(self.context.reading, person.id)
        self.table.set_rows([_Line(item, file) for item in items for file in item.files or (None,)])
        if self.table.current() is None:
            self.table.view.selectRow(0)
        missing = [item for item in items if item.asked and item.state is not DocumentState.VERIFIED]
        asked = sum(item.asked for item in items)
        self.summary.setText(f"받을 서류 {asked}가지 가운데 {asked - len(missing)}가지를 확인했습니다.")
        self._enable()

    def choose(self) -> None:
        """Ask for files for the line under the cursor."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "제출서류")
        self.take([Path(one) for one in chosen])

    def take(self, files: Sequence[Path]) -> None:
        """Keep these files under the line's kind, the first refusal ending it."""
        row, person = self.table.current(), self.person
        if row is None or person is None or not self.may_write:
            return
        kind = row.item.document.key
        for path in files:
            if not self.act(partial(self._attach, person.id, kind, path)):
                return

    def open(self) -> None:
        """The file, in the program that shows such files."""
        row = self.table.current()
        if row is not None and row.file is not None:
            kept = row.file.id
            self.act(
                lambda: QDesktopServices.openUrl(
                    QUrl.fromLocalFile(str(applicant_documents.open_document(self.context.reading, kept)))
                )
            )

    def set_state(self, state: DocumentState, memo: str = "") -> None:
        """확인 or 반려."""
        row = self.table.current()
        if row is not None and row.file is not None:
            file = row.file
            self.act(lambda: applicant_documents.set_state(self.desk, file, state, memo))

    def send_back(self) -> None:
        """반려, with what the person has to be told."""
        answer = ReasonDialog.ask(
            self, "서류 반려", "다시 받아야 하는 까닭을 적습니다.", label="본인에게 알릴 내용", act="반려"
        )
        if answer is not None:
            self.set_state(DocumentState.RETURNED, answer.reason)

    def remove(self) -> None:
        """Take away a file that came here by mistake."""
        row = self.table.current()
        if row is None or row.file is None:
            return
        file = row.file
        answer = ReasonDialog.ask(
            self,
            "서류 빼기",
            "잘못 넣은 파일을 지웁니다. 파일은 되살릴 수 없고, 뺐다는 기록은 남습니다.",
            label="빼는 까닭",
            act="빼기",
        )
        if answer is not None:
            self.act(lambda: applicant_documents.remove(self.desk, file, answer.reason))

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

    def _attach(self, person: UUID, kind: str, path: Path) -> None:
        applicant_documents.attach(self.desk, person, kind, applicant_documents.read_file(path))

    def _enable(self) -> None:
        row = self.table.current()
        has_file = row is not None and row.file is not None
        self.add_button.setEnabled(self.may_write)
        self.open_button.setEnabled(has_file)
        for button in (self.verify_button, self.return_button, self.remove_button):
            button.setEnabled(has_file and self.may_write)

    def _columns(self) -> tuple[Column[_Line], ...]:
        return (
            Column("서류", lambda row: row.item.document.label, width=300),
            Column("상태", _state, width=130, tone=_tone),
            Column("파일", self._name, width=220),
            Column("받은 날", lambda row: korean_date(row.file.received_on) if row.file else "", width=105),
            Column("메모", self._memo, width=200),
        )

    def _name(self, row: _Line) -> str:
        """A file's name may hold the person's."""
        if row.file is None:
            return ""
        return row.file.file_name if self.may_read else "***"

    def _memo(self, row: _Line) -> str:
        return (row.file.memo or "") if row.file and self.may_read else ""

    @property
    def may_read(self) -> bool:
        """Whether names are shown whole."""
        return self.context.masking is Masking.FULL


def _state(row: _Line) -> str:
    if row.file is None and not row.item.asked:
        return "해당 없음"
    return f"{_SIGNS[row.state][0]} {row.state.label}"


def _tone(row: _Line) -> str | None:
    return "muted" if row.file is None and not row.item.asked else _SIGNS[row.state][1]


def _dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return (
        [Path(url.toLocalFile()) for url in urls] if urls and all(url.isLocalFile() for url in urls) else []
    )
