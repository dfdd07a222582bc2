"""Reading the companies that take part."""

from __future__ import annotations

from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.store import companies as store
from regional_desk.store.companies import CompanyRow


def list_companies(desk: Desk) -> tuple[CompanyRow, ...]:
    """Every company by name; raise NotAllowed without the right to see people, whom the rows name."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return store.list_companies(connection)
