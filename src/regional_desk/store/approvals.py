"""Approval that happened on paper, and the register of the seal's use (직인날인대장)."""

from __future__ import annotations

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
