"""Reading the evidence papers of claims, and the companies' documents that stand for some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.claims import claim_paper
from regional_desk.store.companies import company_document


@dataclass(frozen=True, slots=True)
class ClaimPaperRow:
    """One paper handed in; `month_no` 0 once for the internship."""

    internship_id: UUID
    month_no: int
    kind: str
    version: int
    state: str
    issued_on: dt.date | None
    attachment_id: UUID | None
    file_name: str | None
    memo: str | None
    user_id: UUID
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CompanyPaper:
    """The newest document of a kind a company handed in; `state` submitted, verified or returned."""

    id: UUID
    company_id: UUID
    kind: str
    state: str
    received_on: dt.date
    attachment_id: UUID
    file_name: str


def list_papers(connection: sa.Connection, internships: Collection[UUID]) -> tuple[ClaimPaperRow, ...]:
    """The papers of these internships."""
    columns = [claim_paper.c[name] for name in ClaimPaperRow.__slots__]
    query = sa.select(*columns).where(claim_paper.c.internship_id.in_(list(internships)))
    return tuple(ClaimPaperRow(*row) for row in connection.execute(query))


def find_paper(
    connection: sa.Connection, internship_id: UUID, month_no: int, kind: str
) -> ClaimPaperRow | None:
    """One paper, None where it was not handed in."""
    columns = [claim_paper.c[name] for name in ClaimPaperRow.__slots__]
    query = sa.select(*columns).where(
        claim_paper.c.internship_id == internship_id,
        claim_paper.c.month_no == month_no,
        claim_paper.c.kind == kind,
    )
    row = connection.execute(query).first()
    return None if row is None else ClaimPaperRow(*row)


def list_company_papers(
    connection: sa.Connection, companies: Collection[UUID]
) -> dict[tuple[UUID, str], CompanyPaper]:
    """By company and kind the newest document it handed in."""
    columns = [company_document.c[name] for name in CompanyPaper.__slots__]
    query = (
        sa.select(*columns)
        .where(company_document.c.company_id.in_(list(companies)))
        .order_by(company_document.c.received_on, company_document.c.at)
    )
    return {(row.company_id, row.kind): CompanyPaper(*row) for row in connection.execute(query)}
