"""What the tabs beside the list share: the company shown, and who may change it."""

from __future__ import annotations

from regional_desk.desktop.detail_tab import DetailTab
from regional_desk.domain.rights import Right
from regional_desk.store.companies import CompanyRow


class CompanyTab(DetailTab[CompanyRow]):
    """One tab of a company."""

    right = Right.EDIT_COMPANIES
    margins = (12, 10, 12, 10)

    @property
    def company(self) -> CompanyRow | None:
        """Which one is shown."""
        return self.owner

    def show_company(self, company: CompanyRow) -> None:
        """Read and show one company; a refusal stands where the content would."""
        self.show_owner(company)
