"""What the tabs of one record share: what they show, a refusal where it happened, whether one may write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError

Owner = TypeVar("Owner")


class DetailTab(QWidget, Generic[Owner]):
    """One tab; `read` shows its owner, and is called when the tab comes to the front and after each change."""

    right: Right
    margins: tuple[int, int, int, int]

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.desk = context, context.desk
        self.notice = parts.Notice()
        self.owner: Owner | None = None
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(*self.margins)
        self.lines.setSpacing(8)
        self.lines.addWidget(self.notice)

    @property
    def may_write(self) -> bool:
        """Whether the signed-in person may change what stands here; not while guests look on."""
        return self.desk.may(self.right) and self.context.masking is Masking.FULL and not self.desk.read_only

    def show_owner(self, owner: Owner) -> None:
        """Read and show one owner; a refusal stands where the content would."""
        self.owner = owner
        self.notice.hide()
        try:
            self.read(owner)
        except UserError as error:
            self.notice.show_error(error)

    def read(self, owner: Owner, /) -> None:
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
