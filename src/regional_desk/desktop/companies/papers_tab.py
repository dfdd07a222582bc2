"""서류: the company's checklist, only what is asked of it or came."""

from __future__ import annotations

from collections.abc import Sequence

from regional_desk.desktop import parts
from regional_desk.desktop.checklist_tab import ChecklistTab, Item, Line
from regional_desk.desktop.companies.tab import CompanyTab
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.exchange.received_files import TAKEN
from regional_desk.services.companies import company_documents
from regional_desk.store.companies import CompanyRow
from regional_desk.store.company_records import PaperRow

_WORDS = f"줄을 고르고 파일을 끌어 놓거나 [파일 넣기]를 누릅니다. 암호화하여 보관합니다. 받는 파일: {TAKEN}."


class PapersTab(ChecklistTab[CompanyRow, PaperRow], CompanyTab):
    """What is asked of this company, what came, and what became of it."""

    name = "기업 제출서류"
    memo_label = "기업에 알릴 내용"

    def __init__(self, context: Context) -> None:
        super().__init__(context, company_documents)
        self.lines.addWidget(self.summary)
        self.lines.addWidget(self.table, 1)
        self.lines.addLayout(parts.row(self.add_button, self.open_button, None))
        self.lines.addLayout(parts.row(self.verify_button, self.return_button, self.remove_button, None))
        self.lines.addWidget(parts.muted(_WORDS))

    def columns(self) -> tuple[Column[Line[PaperRow]], ...]:
        """The file stands last but one: this tab is narrow."""
        return (
            Column("서류", lambda row: row.item.label, width=200, tip=lambda row: row.item.label),
            self.state_column(75),
            self.day_column(95),
            self.file_column(130),
            self.memo_column(150),
        )

    def items(self, company: CompanyRow, /) -> Sequence[Item[PaperRow]]:
        """What is asked of its kind, and what came all the same."""
        return [
            Item(one.paper.key, one.paper.label, one.asked, one.state, one.files)
            for one in company_documents.checklist(self.context.reading, company.id)
            if one.asked or one.files
        ]
