"""Approval that happened on paper, and the register of the seal's use (직인날인대장)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference

paper_approval = sa.Table(
    "paper_approval",
    metadata,
    id_column(),
    sa.Column("subject", sa.Text, nullable=False),  # allowance | submission | disposal
    sa.Column("subject_id", Id, nullable=False, index=True),
    sa.Column("approved_on", sa.Date, nullable=False),
    sa.Column("signers", Json, nullable=False),  # [label of the box, name]
    sa.Column("memo", sa.Text, nullable=False),
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

seal_use = sa.Table(
    "seal_use",
    metadata,
    id_column(),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),  # counts within the year, without gaps
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("copies", sa.Integer, nullable=False),
    sa.Column("check_number", sa.Text),  # of the printed paper, where it came from here
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("memo", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("year", "number"),
    sa.CheckConstraint("copies > 0", name="copies"),
)


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One paper that was approved by hand; `signers` are (box, name)."""

    id: UUID
    subject: str
    subject_id: UUID
    approved_on: dt.date
    signers: tuple[tuple[str, str], ...]
    memo: str
    attachment_id: UUID | None
    user_id: UUID
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class SealRow:
    """One line of the 직인날인대장."""

    id: UUID
    year: int
    number: int
    on: dt.date
    document: str
    recipient: str
    copies: int
    check_number: str | None
    asked_by: str
    memo: str
    user_id: UUID
    at: dt.datetime


def list_approvals(
    connection: sa.Connection, subject: str | None = None, subject_id: UUID | None = None
) -> tuple[ApprovalRow, ...]:
    """Approvals on paper, oldest first, of everything or of one subject."""
    query = sa.select(paper_approval).order_by(paper_approval.c.at)
    if subject is not None:
        query = query.where(paper_approval.c.subject == subject)
    if subject_id is not None:
        query = query.where(paper_approval.c.subject_id == subject_id)
    return tuple(
        ApprovalRow(
            row.id,
            row.subject,
            row.subject_id,
            row.approved_on,
            tuple((box, name) for box, name in row.signers),
            row.memo,
            row.attachment_id,
            row.user_id,
            row.at,
        )
        for row in connection.execute(query)
    )


def list_seal_uses(connection: sa.Connection, year: int | None = None) -> tuple[SealRow, ...]:
    """The register in its order, of one year or all."""
    query = sa.select(seal_use).order_by(seal_use.c.year, seal_use.c.number)
    if year is not None:
        query = query.where(seal_use.c.year == year)
    names = SealRow.__slots__
    return tuple(SealRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query))
