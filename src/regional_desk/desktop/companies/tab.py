"""What the tabs beside the list share: the company shown, a refusal where it happened, whether one may write."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.store.companies import CompanyRow


class CompanyTab(QWidget):
    """One tab; `read` shows the company, and is called when the tab comes to the front and after each change."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.desk = context, context.desk
        self.notice = parts.Notice()
        self.company: CompanyRow | None = None
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(12, 10, 12, 10)
        self.lines.setSpacing(8)
        self.lines.addWidget(self.notice)

    @property
    def may_write(self) -> bool:
        """Whether the signed-in person may change what stands here; not while guests look on."""
        whole = self.context.masking is Masking.FULL
        return self.desk.may(Right.EDIT_COMPANIES) and whole and not self.desk.read_only

    def show_company(self, company: CompanyRow) -> None:
        """Read and show one company; a refusal stands where the content would."""
        self.company = company
        self.notice.hide()
        try:
            self.read(company)
        except UserError as error:
            self.notice.show_error(error)

    def read(self, company: CompanyRow) -> None:
        """Read and show; each tab says how."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def act(self, act: Callable[[], object]) -> bool:
        """Do something short; a refusal is shown. Whether it was done."""
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
            return False
        return True
