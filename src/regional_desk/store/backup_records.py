"""What the office knows of its backups: where each was put, and the weekly trial restores."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Moment, id_column, metadata

backup_record = sa.Table(
    "backup_record",
    metadata,
    id_column(),
    sa.Column("reason", sa.Text, nullable=False),  # manual | timed | before:<act>
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("second", sa.Boolean, nullable=False),  # the copy on another disk
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
)

trial_restore = sa.Table(
    "trial_restore",
    metadata,
    id_column(),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("milliseconds", sa.Integer, nullable=False),
    sa.Column("ok", sa.Boolean, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)
