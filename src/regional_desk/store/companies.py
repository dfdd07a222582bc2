"""Companies that take part."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Moment, id_column, metadata, reference, version_column

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
    sa.Column("email", sa.Text),
    sa.Column("employees", sa.Integer),  # 상시근로자 수
    sa.Column("kind", sa.Text),
    sa.Column("positions", sa.Integer),  # of stores before positions had rows of their own; read by nobody
    sa.Column("job", sa.Text),  # likewise
    sa.Column("import_id", Id),
    sa.Column("created_at", Moment, nullable=False),
    sa.CheckConstraint("positions IS NULL OR positions >= 0", name="positions"),
)

company_contact = sa.Table(
    "company_contact",
    metadata,
    id_column(),
    version_column(),
    reference("company_id", "company.id", index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("part", sa.Text),  # department and post
    sa.Column("phone", sa.Text),
    sa.Column("email", sa.Text),
    sa.Column("memo", sa.Text),
)

company_document = sa.Table(
    "company_document",
    metadata,
    id_column(),
    version_column(),
    reference("company_id", "company.id", index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    reference("attachment_id", "attachment.id"),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # submitted | verified | returned
    sa.Column("memo", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

position = sa.Table(
    "position",
    metadata,
    id_column(),
    version_column(),
    reference("company_id", "company.id"),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),  # 직무
    sa.Column("track", sa.Text, nullable=False),
    sa.Column("seats", sa.Integer, nullable=False),
    sa.Column("place", sa.Text),  # 근무지
    sa.Column("wage", sa.BigInteger),  # won a month
    sa.Column("weekly_minutes", sa.Integer),
    sa.Column("starts_on", sa.Date),
    sa.Column("conditions", sa.Text),
    sa.Column("closed", sa.Boolean, nullable=False),
    sa.Column("import_id", Id),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("company_id", "programme_year", "name"),
    sa.CheckConstraint("seats >= 0", name="seats"),
    sa.CheckConstraint("wage IS NULL OR wage >= 0", name="wage"),
    sa.CheckConstraint("weekly_minutes IS NULL OR weekly_minutes >= 0", name="weekly_minutes"),
)


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One company; `business_number` is ten digits, `employees` its 상시근로자 수."""

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
    email: str | None
    employees: int | None


def list_companies(connection: sa.Connection) -> tuple[CompanyRow, ...]:
    """Every company by name."""
    names = CompanyRow.__slots__
    return tuple(
        CompanyRow(**{name: getattr(row, name) for name in names})
        for row in connection.execute(sa.select(company).order_by(company.c.name))
    )
