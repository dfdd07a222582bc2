"""What is kept of a company beside its own row: other contacts, documents, and what was changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.audit import CHANGES, LogLine
from regional_desk.store.companies import CompanyRow, company, company_contact, company_document, position
from regional_desk.store.metadata import metadata
from regional_desk.store.participation import participation, training_need


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Another contact (담당자) of a company; `part` is department and post."""

    id: UUID
    version: int
    company_id: UUID
    name: str
    part: str | None
    phone: str | None
    email: str | None
    memo: str | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One document that a company handed in."""

    id: UUID
    version: int
    company_id: UUID
    kind: str
    file_name: str
    attachment_id: UUID
    received_on: dt.date
    state: str
    memo: str | None


def find_company(connection: sa.Connection, company_id: UUID) -> CompanyRow | None:
    """One company, None for an unknown id."""
    row = connection.execute(sa.select(company).where(company.c.id == company_id)).first()
    return None if row is None else CompanyRow(**{name: getattr(row, name) for name in CompanyRow.__slots__})


def list_contacts(connection: sa.Connection, company_id: UUID) -> tuple[ContactRow, ...]:
    """A company's other contacts by name."""
    columns = [company_contact.c[name] for name in ContactRow.__slots__]
    query = sa.select(*columns).where(company_contact.c.company_id == company_id)
    return tuple(ContactRow(*row) for row in connection.execute(query.order_by(company_contact.c.name)))


def list_papers(connection: sa.Connection, company_id: UUID | None = None) -> tuple[PaperRow, ...]:
    """The documents of one company, or of all, the newest first."""
    query = _papers().order_by(company_document.c.received_on.desc(), company_document.c.at.desc())
    if company_id is not None:
        query = query.where(company_document.c.company_id == company_id)
    return tuple(PaperRow(*row) for row in connection.execute(query))


def find_paper(connection: sa.Connection, document_id: UUID) -> PaperRow | None:
    """One document, None for an unknown id."""
    row = connection.execute(_papers().where(company_document.c.id == document_id)).first()
    return None if row is None else PaperRow(*row)


def list_changes(connection: sa.Connection, company_id: UUID, limit: int) -> tuple[LogLine, ...]:
    """The newest lines of the change history about a company, its positions, applications and answers."""
    about: list[UUID] = [company_id]
    for table in (position, participation, training_need):
        about += connection.execute(sa.select(table.c.id).where(table.c.company_id == company_id)).scalars()
    brought = connection.execute(sa.select(company.c.import_id).where(company.c.id == company_id)).scalar()
    if brought is not None:
        about.append(brought)
    line = metadata.tables[CHANGES]
    query = sa.select(line).where(line.c.subject_id.in_(about)).order_by(line.c.seq.desc()).limit(limit)
    return tuple(
        LogLine(row.seq, row.at, row.user_id, row.action, row.subject, row.subject_id, row.detail)
        for row in connection.execute(query)
    )


def _papers() -> sa.Select[Any]:
    return sa.select(*[company_document.c[name] for name in PaperRow.__slots__])
