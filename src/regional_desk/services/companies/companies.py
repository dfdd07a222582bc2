"""Reading the companies that take part."""

from __future__ import annotations

from dataclasses import replace

from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.store import companies as store
from regional_desk.store.companies import CompanyRow


def list_companies(desk: Desk) -> tuple[CompanyRow, ...]:
    """Every company by name with its contact, masked for whoever may not unmask; noted in the access log.

    Raises NotAllowed without the right to see people, whom the rows name.
    """
    rows = survey_companies(desk)
    desk.note_view("companies", (), {"rows": len(rows)})
    return rows


def survey_companies(desk: Desk) -> tuple[CompanyRow, ...]:
    """The same for whoever shows no contact: not noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_companies(connection)
    return rows if desk.masking is Masking.FULL else tuple(_masked(row) for row in rows)


def _masked(row: CompanyRow) -> CompanyRow:
    hide = Masking.MASKED
    return replace(
        row,
        representative=row.representative and hide.show_name(row.representative),
        contact=row.contact and hide.show_name(row.contact),
        phone=row.phone and hide.show_phone(row.phone),
    )
