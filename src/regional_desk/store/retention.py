"""What happens to personal data at its end: kept apart (분리보관), disposed of (파기), or lost (분실)."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

separation = sa.Table(
    "separation",
    metadata,
    reference("person_id", "person.id"),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # who it was, under the person's own key
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("person_id"),
)

disposal = sa.Table(
    "disposal",
    metadata,
    id_column(),
    sa.Column("number", sa.Integer, nullable=False),  # counts within the year
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("items", Json, nullable=False),  # which fields, as text
    sa.Column("people", sa.Integer, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("backups_until", sa.Date, nullable=False),  # when the last backup that still holds them is gone
    sa.Column("memo", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("year", "number"),
)

disposal_person = sa.Table(
    "disposal_person",
    metadata,
    reference("disposal_id", "disposal.id"),
    reference("person_id", "person.id"),
    sa.PrimaryKeyConstraint("disposal_id", "person_id"),
    sa.Index("ix_disposal_person_person_id", "person_id"),
)

loss_report = sa.Table(
    "loss_report",
    metadata,
    id_column(),
    version_column(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # laptop | backup | usb
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("lost_on", sa.Date, nullable=False),
    sa.Column("noticed_at", Moment, nullable=False),  # the 72 hours run from here
    sa.Column("data_until", Moment),  # the state of the data that was lost; null means up to the notice
    sa.Column("facts", Json, nullable=False),  # people, fields and encryption as they were found then
    sa.Column("state", sa.Text, nullable=False),  # open | reported | closed
    sa.Column("reported_at", Moment),
    sa.Column("memo", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("year", "number"),
)
