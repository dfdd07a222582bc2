"""서류: the person's checklist, also what is not asked of them."""

from __future__ import annotations

from collections.abc import Sequence

from regional_desk.desktop import parts
from regional_desk.desktop.checklist_tab import ChecklistTab, Item, Line
from regional_desk.desktop.people.tab import Tab
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.exchange.received_files import TAKEN
from regional_desk.services.recruitment import applicant_documents
from regional_desk.store.applicants import DocumentRow
from regional_desk.store.people import PersonRow

_WORDS = f"줄을 고른 뒤 파일을 끌어 놓거나 [파일 넣기]를 누르십시오. {TAKEN}를 받으며, 암호화하여 보관합니다. 주민등록번호 뒷자리는 가린 것만 받습니다."


class DocumentsTab(ChecklistTab[PersonRow, DocumentRow], Tab):
    """What is asked of this person, what came, and what became of it."""

    name = "제출서류"
    memo_label = "본인에게 알릴 내용"

    def __init__(self, context: Context) -> None:
        super().__init__(context, applicant_documents)
        parts.set_primary(self.add_button, True)
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

    def columns(self) -> tuple[Column[Line[DocumentRow]], ...]:
        """The file stands beside its state."""
        return (
            Column("서류", lambda row: row.item.label, width=300),
            self.state_column(130),
            self.file_column(220),
            self.day_column(105),
            self.memo_column(200),
        )

    def items(self, person: PersonRow, /) -> Sequence[Item[DocumentRow]]:
        """Every document of the list."""
        return [
            Item(one.document.key, one.document.label, one.asked, one.state, one.files)
            for one in applicant_documents.checklist(self.context.reading, person.id)
        ]
