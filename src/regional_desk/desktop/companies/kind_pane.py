"""What the tabs of 참여기업 선정 share: the kind of companies they show."""

from __future__ import annotations

from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.shell import Context
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.rights import Right


class KindPane(Pane):
    """One tab of a kind."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.kind = CompanyKind.MANUFACTURER

    @property
    def may_edit(self) -> bool:
        """Whether the signed-in person may take applications in and key points."""
        return self.desk.may(Right.EDIT_COMPANIES) and not self.desk.read_only

    @property
    def may_select(self) -> bool:
        """Whether the signed-in person may decide."""
        return self.desk.may(Right.SELECT_COMPANIES) and not self.desk.read_only

    def show_kind(self, kind: CompanyKind) -> None:
        """Show another kind."""
        if kind is not self.kind:
            self._clear()
        self.kind = kind
        self.refresh()
