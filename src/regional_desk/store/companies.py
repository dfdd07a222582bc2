"""Companies that take part."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Moment, id_column, metadata, version_column

company = sa.Table(
    "company",
    metadata,
    id_column(),
    version_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("business_number", sa.Text, nullable=False, unique=True),
    sa.Column("representative", sa.Text),
    sa.Column("industry", sa.Text),
    sa.Column("address", sa.Text),
    sa.Column("contact", sa.Text),
    sa.Column("phone", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("positions", sa.Integer),
    sa.Column("job", sa.Text),
    sa.Column("import_id", Id),
    sa.Column("created_at", Moment, nullable=False),
    sa.CheckConstraint("positions IS NULL OR positions >= 0", name="positions"),
)


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One company; `business_number` is ten digits, `positions` the people it asks for."""

    id: UUID
    version: int
    name: str
    business_number: str
    representative: str | None
    industry: str | None
    address: str | None
    contact: str | None
    phone: str | None
    kind: str | None
    positions: int | None
    job: str | None


def list_companies(connection: sa.Connection) -> tuple[CompanyRow, ...]:
    """Every company by name."""
    names = CompanyRow.__slots__
    return tuple(
        CompanyRow(**{name: getattr(row, name) for name in names})
        for row in connection.execute(sa.select(company).order_by(company.c.name))
    )
