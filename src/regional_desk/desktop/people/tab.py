"""What the applicant page's tabs share: the person shown, who may change it, and what is not saved yet."""

from __future__ import annotations

from regional_desk.desktop.detail_tab import DetailTab
from regional_desk.domain.rights import Right
from regional_desk.store.people import PersonRow


class Tab(DetailTab[PersonRow]):
    """One tab of a person."""

    right = Right.EDIT_PEOPLE
    margins = (14, 12, 14, 12)

    @property
    def person(self) -> PersonRow | None:
        """Who is shown."""
        return self.owner

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return False

    def show_person(self, person: PersonRow) -> None:
        """Read and show one person; a refusal stands where the content would."""
        self.show_owner(person)
