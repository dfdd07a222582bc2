"""이체 파일: from the confirmed amounts to the bank's file, and from its result file to 대사."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.allowance.pay_made import MadeCard
from regional_desk.desktop.allowance.pay_send import SendCard
from regional_desk.desktop.shell import Context
from regional_desk.domain.settlement import BudgetItem
from regional_desk.errors import UserError
from regional_desk.services.pay.pay_lists import SUBJECT


class PayFilesPage(QWidget):
    """What waits to be sent above, what was sent below."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.notice = parts.Notice()
        self.send = SendCard(context, self.notice)
        self.made = MadeCard(context, self.notice)
        self.made.due.connect(lambda due: self.send.set_primary(not due))
        header = [
            parts.title("이체 파일"),
            None,
            parts.link("← 훈련수당", lambda: context.open_page("allowance")),
            parts.link("계좌 확인 →", lambda: context.open_page("accounts")),
        ]
        layout = parts.page_layout(self, header)
        layout.addWidget(self.notice)
        layout.addWidget(self.send)
        layout.addWidget(self.made, 1)
        self.setFocusProxy(self.send)

    def refresh(self) -> None:
        """Read both halves again."""
        try:
            self.send.read()
            self.made.read()
        except UserError as error:
            self.notice.show_error(error)

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Runs, their files, and the accounts they go to."""
        return bool(subjects & {SUBJECT, "allowance", "claims", "companies", "people", "courses"})

    def go_to(self, file: UUID | None = None, item: str | None = None) -> None:
        """Show a pay file, or what waits of an item."""
        if item is not None:
            self.send.choose_item(BudgetItem(item))
        if file is not None:
            self.made.choose(file)
            self.made.files.view.setFocus()
