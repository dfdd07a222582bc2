"""담당자: whom else the office calls at a company."""

from __future__ import annotations

from collections.abc import Callable

from regional_desk.desktop import parts
from regional_desk.desktop.companies.contact_dialog import ContactDialog
from regional_desk.desktop.companies.tab import CompanyTab
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.services.companies import contacts
from regional_desk.services.companies.contacts import ContactValues
from regional_desk.store.companies import CompanyRow
from regional_desk.store.company_records import ContactRow


class ContactsTab(CompanyTab):
    """The other contacts; the first one stands in the record itself."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[ContactRow] = Table(
            self._columns(),
            context.colour,
            empty="다른 담당자가 없습니다. 대표 담당자는 [기록]에 있습니다.",
            name="다른 담당자",
            scale=context.theme.size,
            filtered=False,
        )
        self.add_button = parts.button("담당자 추가…", self.add)
        self.edit_button = parts.button("고치기…", self.edit, tip="Enter")
        self.remove_button = parts.button("빼기", self.remove, tip="떠난 담당자를 목록에서 뺍니다")
        self.lines.addWidget(self.table, 1)
        self.lines.addLayout(parts.row(self.add_button, self.edit_button, self.remove_button, None))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.edit())

    def read(self, company: CompanyRow) -> None:
        """The contacts by name."""
        self.table.set_rows(contacts.list_contacts(self.context.reading, company.id))
        self._enable()

    def add(self) -> None:
        """Somebody new."""
        company = self.company
        if company is not None and self.may_write:
            self._ask(None, lambda values: contacts.add_contact(self.desk, company.id, values))

    def edit(self) -> None:
        """The one under the cursor."""
        row = self.table.current()
        if row is not None and self.may_write:
            self._ask(row, lambda values: contacts.edit_contact(self.desk, row, values))

    def remove(self) -> None:
        """The one under the cursor has left."""
        row = self.table.current()
        if row is not None and self.may_write:
            self.act(lambda: contacts.remove_contact(self.desk, row))

    def _ask(self, row: ContactRow | None, save: Callable[[ContactValues], object]) -> None:
        dialog = ContactDialog(self, row, save)
        dialog.exec()
        dialog.deleteLater()

    def _enable(self) -> None:
        chosen = self.table.current() is not None
        self.add_button.setEnabled(self.may_write)
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(chosen and self.may_write)

    def _columns(self) -> tuple[Column[ContactRow], ...]:
        context = self.context
        return (
            Column("성명", lambda row: context.masking.show_name(row.name), width=90),
            Column("부서·직위", lambda row: row.part or "", width=120),
            Column("연락처", lambda row: context.masking.show_phone(row.phone), width=125),
            Column("이메일", lambda row: context.masking.show_email(row.email), width=160),
            Column(
                "메모",
                lambda row: (row.memo or "") if context.masking is Masking.FULL else "",
                width=160,
            ),
        )
