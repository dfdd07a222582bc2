"""The companies whose account is held: what is to be looked at, and the way to where it is freed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.services.claims import company_accounts
from regional_desk.services.claims.company_accounts import CompanyAccount

_HEIGHT = 130


class HeldCompanies(QWidget):
    """A list that is only there while a company's account is held; a row opens the company at its account."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: Table[CompanyAccount] = Table(
            _columns(),
            context.colour,
            empty="보류된 기업 계좌가 없습니다.",
            name="보류된 기업 계좌",
            scale=context.theme.size,
            filtered=False,
        )
        self.table.view.setMinimumHeight(context.theme.size(_HEIGHT))
        self.count = parts.muted()
        self.open_button = parts.button("기업에서 풀기 →", self.open_company, tip="Enter")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        head = parts.row(parts.heading("기업 계좌(인턴지원금)"), self.count, None, self.open_button)
        layout.addLayout(head)
        layout.addWidget(self.table)
        self.table.opened.connect(lambda _row: self.open_company())

    def refresh(self) -> None:
        """Read the held ones again; raise NotAllowed without the right to see people."""
        rows = [one for one in company_accounts.list_accounts(self._context.reading) if one.hold]
        self.table.set_rows(rows)
        self.count.setText(f"{len(rows)}건")
        self.setVisible(bool(rows))
        if rows and self.table.current() is None:
            self.table.view.selectRow(0)

    def open_company(self) -> None:
        """The company of the row under the cursor, at its account."""
        row = self.table.current()
        if row is not None:
            self._context.open_page("companies", company=row.company, tab="account")


def _columns() -> tuple[Column[CompanyAccount], ...]:
    return (
        Column("기업", lambda row: row.company_name, width=190),
        Column(
            "보류 까닭",
            lambda row: f"! {row.hold}",
            width=290,
            tip=lambda row: row.hold,
            tone=lambda _: "bad",
        ),
        Column(
            "계좌", lambda row: f"{row.bank_name} {Masking.MASKED.show_account(row.tail)}".strip(), width=150
        ),
        Column("예금주", lambda row: row.holder, width=120),
        Column("바꾼 사람", lambda row: row.changed_by, width=80),
    )
