"""A company's other contacts (담당자) beside the one of its own record."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.people import parse_email, parse_phone
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store import company_records as store
from regional_desk.store.companies import company_contact
from regional_desk.store.company_records import ContactRow
from regional_desk.store.ids import new_id

_CHANGED = "그사이 다른 사람이 이 담당자를 고쳐 저장하지 않았습니다. 새로 열어 다시 고치십시오."


@dataclass(frozen=True, slots=True)
class ContactValues:
    """What is kept of a contact; `part` is department and post, `phone` as written."""

    name: str
    part: str | None = None
    phone: str | None = None
    email: str | None = None
    memo: str | None = None


def list_contacts(desk: Desk, company_id: UUID) -> tuple[ContactRow, ...]:
    """A company's other contacts by name, masked for whoever may not unmask; noted with the company's record."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_contacts(connection, company_id)
    desk.note_view("companies", (), {"by": "contacts", "company": str(company_id)})
    return tuple(_shown(desk, row) for row in rows)


def add_contact(
    desk: Desk, company_id: UUID, values: ContactValues, operation_id: UUID | None = None
) -> UUID:
    """Add a contact; raise Refusal without a name or for a bad phone or address, UsageError for an unknown company."""
    wanted = _checked(values)

    def body(work: Work) -> dict[str, Any]:
        if store.find_company(work.connection, company_id) is None:
            raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
        contact_id = new_id()
        work.connection.execute(
            sa.insert(company_contact).values(id=contact_id, company_id=company_id, **asdict(wanted))
        )
        work.log("contact.add", "companies", company_id)
        return {"contact": str(contact_id)}

    return UUID(desk.perform(Right.EDIT_COMPANIES, "contact.add", body, operation_id)["contact"])


def edit_contact(
    desk: Desk, row: ContactRow, values: ContactValues, operation_id: UUID | None = None
) -> None:
    """Change a contact; raise Refusal where somebody else changed it since `row` was read, and as `add_contact`."""
    wanted = _checked(values)

    def body(work: Work) -> dict[str, Any]:
        done = work.connection.execute(
            sa.update(company_contact)
            .where(company_contact.c.id == row.id, company_contact.c.version == row.version)
            .values(**asdict(wanted), version=company_contact.c.version + 1)
        )
        if done.rowcount != 1:
            raise Refusal(_CHANGED)
        fields = [name for name, value in asdict(wanted).items() if getattr(row, name) != value]
        work.log("contact.edit", "companies", row.company_id, {"fields": sorted(fields)})
        return {"contact": str(row.id)}

    desk.perform(Right.EDIT_COMPANIES, "contact.edit", body, operation_id)


def remove_contact(desk: Desk, row: ContactRow, operation_id: UUID | None = None) -> None:
    """Take away a contact who left; raise Refusal where somebody else changed it since `row` was read."""

    def body(work: Work) -> dict[str, Any]:
        mine = sa.and_(company_contact.c.id == row.id, company_contact.c.version == row.version)
        if work.connection.execute(sa.delete(company_contact).where(mine)).rowcount != 1:
            raise Refusal(_CHANGED)
        work.log("contact.remove", "companies", row.company_id)
        return {"contact": str(row.id)}

    desk.perform(Right.EDIT_COMPANIES, "contact.remove", body, operation_id)


def _checked(values: ContactValues) -> ContactValues:
    name = clean(values.name)
    if not name:
        raise Refusal("담당자 성명을 적어 주십시오. 저장하지 않았습니다.")
    try:
        phone, email = parse_phone(values.phone), parse_email(values.email)
    except Refused as refused:
        raise Refusal(f"{refused} 저장하지 않았습니다.") from refused
    part, memo = (clean(text or "") or None for text in (values.part, values.memo))
    return replace(values, name=name, part=part, phone=phone, email=email, memo=memo)


def _shown(desk: Desk, row: ContactRow) -> ContactRow:
    hide = desk.masking
    if hide is Masking.FULL:
        return row
    return replace(
        row,
        name=hide.show_name(row.name),
        phone=row.phone and hide.show_phone(row.phone),
        email=row.email and hide.show_email(row.email),
        memo=None,
    )
