"""What went in and out: imports with their mappings, prints, submissions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference

import_batch = sa.Table(
    "import_batch",
    metadata,
    id_column(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("course_id", Id),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("file_sha256", sa.LargeBinary(32), nullable=False),
    sa.Column("counts", Json, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("sender", sa.Text),
    sa.Column("undone_at", Moment),
)

import_row = sa.Table(
    "import_row",
    metadata,
    reference("import_id", "import_batch.id"),
    reference("person_id", "person.id", index=True),
    sa.Column("digest", sa.LargeBinary(16), nullable=False),  # keyed, of what the row said
    sa.PrimaryKeyConstraint("import_id", "person_id"),
    sqlite_with_rowid=False,
)

import_layout = sa.Table(
    "import_layout",
    metadata,
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("mapping", Json, nullable=False),
    sa.Column("sender", sa.Text),
    sa.PrimaryKeyConstraint("kind", "fingerprint"),
)

print_record = sa.Table(
    "print_record",
    metadata,
    id_column(),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("parameters", Json, nullable=False),
    sa.Column("check_number", sa.Text, nullable=False, unique=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("sha256", sa.LargeBinary(32), nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

submission = sa.Table(
    "submission",
    metadata,
    id_column(),
    sa.Column("month", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("replaces", sa.Text),
    reference("attachment_id", "attachment.id"),
    sa.Column("difference", Json, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("month", "kind", "sequence"),
)


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One built package; hashes are hex SHA-256."""

    id: UUID
    month: str
    kind: str
    sequence: int
    status: str
    content_hash: str
    file_name: str
    sha256: str
    replaces: str | None
    attachment_id: UUID
    difference: list[str]
    purpose: str
    at: dt.datetime


def list_submissions(connection: sa.Connection, month: str | None = None) -> tuple[SubmissionRow, ...]:
    """Built packages, oldest first."""
    query = sa.select(submission).order_by(submission.c.month, submission.c.kind, submission.c.sequence)
    if month is not None:
        query = query.where(submission.c.month == month)
    names = SubmissionRow.__slots__
    return tuple(
        SubmissionRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    )
