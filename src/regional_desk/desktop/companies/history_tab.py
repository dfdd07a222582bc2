"""이력: what was changed of a company, its positions, applications and answers."""

from __future__ import annotations

from regional_desk.desktop.admin.words import action_words, detail_words
from regional_desk.desktop.companies.tab import CompanyTab
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.services.companies import companies
from regional_desk.services.companies.companies import Changed
from regional_desk.store.companies import CompanyRow


class HistoryTab(CompanyTab):
    """The change history, the newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[Changed] = Table(
            (
                Column("때", lambda row: f"{row.at:%Y-%m-%d %H:%M}", width=120),
                Column("누가", lambda row: row.who, width=80),
                Column("한 일", lambda row: action_words(row.action), width=130),
                Column(
                    "내용",
                    lambda row: detail_words(row.detail),
                    width=320,
                    tip=lambda row: detail_words(row.detail),
                ),
            ),
            context.colour,
            empty="바뀐 기록이 없습니다.",
            name="기업 변경 이력",
            scale=context.theme.size,
            filtered=False,
        )
        self.lines.addWidget(self.table, 1)

    def read(self, company: CompanyRow) -> None:
        """The newest changes first."""
        self.table.set_rows(companies.history(self.context.reading, company.id))
