"""What the applicant page's tabs share: the person shown, a refusal where it happened, whether one may write."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.store.people import PersonRow


class Tab(QWidget):
    """One tab; `read` shows the person, and is called when the tab comes to the front and after each change."""

    right = Right.EDIT_PEOPLE

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.desk = context, context.desk
        self.notice = parts.Notice()
        self.person: PersonRow | None = None
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(14, 12, 14, 12)
        self.lines.setSpacing(8)
        self.lines.addWidget(self.notice)

    @property
    def may_write(self) -> bool:
        """Whether the signed-in person may change what stands here; not while guests look on."""
        return self.desk.may(self.right) and self.context.masking is Masking.FULL and not self.desk.read_only

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return False

    def show_person(self, person: PersonRow) -> None:
        """Read and show one person; a refusal stands where the content would."""
        self.person = person
        self.notice.hide()
        try:
            self.read(person)
        except UserError as error:
            self.notice.show_error(error)

    def read(self, person: PersonRow) -> None:
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
