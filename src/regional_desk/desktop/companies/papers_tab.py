"""서류: the company's checklist, files dropped or chosen, opened in place."""

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
from regional_desk.desktop.companies.tab import CompanyTab
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date
from regional_desk.exchange.received_files import TAKEN
from regional_desk.services.companies import company_documents
from regional_desk.services.companies.company_documents import CheckItem
from regional_desk.store.companies import CompanyRow
from regional_desk.store.company_records import PaperRow

_SIGNS = {
    DocumentState.MISSING: ("·", "warn"),
    DocumentState.SUBMITTED: ("△", None),
    DocumentState.VERIFIED: ("○", "ok"),
    DocumentState.RETURNED: ("×", "bad"),
}
_WORDS = f"줄을 고르고 파일을 끌어 놓거나 [파일 넣기]를 누릅니다. 암호화하여 보관합니다. 받는 파일: {TAKEN}."


@dataclass(frozen=True, slots=True)
class _Line:
    item: CheckItem
    file: PaperRow | None

    @property
    def state(self) -> DocumentState:
        return DocumentState(self.file.state) if self.file else DocumentState.MISSING


class PapersTab(CompanyTab):
    """What is asked of this company, what came, and what became of it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self.table: Table[_Line] = Table(
            self._columns(),
            context.colour,
            empty="받을 서류가 없습니다.",
            name="기업 제출서류",
            scale=context.theme.size,
            filtered=False,
        )
        self.summary = parts.muted()
        self.add_button = parts.button("파일 넣기…", self.choose)
        self.open_button = parts.button("열기", self.open, tip="Enter")
        self.verify_button = parts.button("확인", lambda: self.set_state(DocumentState.VERIFIED))
        self.return_button = parts.button("반려…", self.send_back)
        self.remove_button = parts.button("빼기…", self.remove)
        self.lines.addWidget(self.summary)
        self.lines.addWidget(self.table, 1)
        self.lines.addLayout(parts.row(self.add_button, self.open_button, None))
        self.lines.addLayout(parts.row(self.verify_button, self.return_button, self.remove_button, None))
        self.lines.addWidget(parts.muted(_WORDS))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.open())

    def read(self, company: CompanyRow) -> None:
        """The checklist, each file a line."""
        items = company_documents.checklist(self.context.reading, company.id)
        items = tuple(item for item in items if item.asked or item.files)
        self.table.set_rows([_Line(item, file) for item in items for file in item.files or (None,)])
        if self.table.current() is None:
            self.table.view.selectRow(0)
        asked = [item for item in items if item.asked]
        done = sum(item.state is DocumentState.VERIFIED for item in asked)
        self.summary.setText(f"받을 서류 {len(asked)}가지 가운데 {done}가지를 확인했습니다.")
        self._enable()

    def choose(self) -> None:
        """Ask for files for the line under the cursor."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "기업 제출서류")
        self.take([Path(one) for one in chosen])

    def take(self, files: Sequence[Path]) -> None:
        """Keep these files under the line's kind, the first refusal ending it."""
        row, company = self.table.current(), self.company
        if row is None or company is None or not self.may_write:
            return
        kind = row.item.paper.key
        for path in files:
            if not self.act(partial(self._attach, company.id, kind, path)):
                return

    def open(self) -> None:
        """The file, in the program that shows such files."""
        row = self.table.current()
        if row is not None and row.file is not None:
            kept = row.file.id
            self.act(
                lambda: QDesktopServices.openUrl(
                    QUrl.fromLocalFile(str(company_documents.open_document(self.context.reading, kept)))
                )
            )

    def set_state(self, state: DocumentState, memo: str = "") -> None:
        """확인 or 반려."""
        row = self.table.current()
        if row is not None and row.file is not None:
            file = row.file
            self.act(lambda: company_documents.set_state(self.desk, file, state, memo))

    def send_back(self) -> None:
        """반려, with what the company has to be told."""
        answer = ReasonDialog.ask(
            self, "서류 반려", "다시 받아야 하는 까닭을 적습니다.", label="기업에 알릴 내용", act="반려"
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
            self.act(lambda: company_documents.remove(self.desk, file, answer.reason))

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

    def _attach(self, company: UUID, kind: str, path: Path) -> None:
        company_documents.attach(self.desk, company, kind, company_documents.read_file(path))

    def _enable(self) -> None:
        row = self.table.current()
        has_file = row is not None and row.file is not None
        self.add_button.setEnabled(self.may_write)
        self.open_button.setEnabled(has_file)
        for button in (self.verify_button, self.return_button, self.remove_button):
            button.setEnabled(has_file and self.may_write)

    def _columns(self) -> tuple[Column[_Line], ...]:
        return (
            Column("서류", lambda row: row.item.paper.label, width=200, tip=lambda row: row.item.paper.label),
            Column(
                "상태",
                lambda row: f"{_SIGNS[row.state][0]} {row.state.label}",
                width=75,
                tone=lambda row: _SIGNS[row.state][1],
            ),
            Column("받은 날", lambda row: korean_date(row.file.received_on) if row.file else "", width=95),
            Column("파일", lambda row: self._shown(row.file and row.file.file_name, "***"), width=130),
            Column("메모", lambda row: self._shown(row.file and row.file.memo, ""), width=150),
        )

    def _shown(self, text: str | None, hidden: str) -> str:
        """A file's name or a memo may name somebody: guests see neither."""
        if not text:
            return ""
        return text if self.context.masking is Masking.FULL else hidden


def _dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return (
        [Path(url.toLocalFile()) for url in urls] if urls and all(url.isLocalFile() for url in urls) else []
    )
