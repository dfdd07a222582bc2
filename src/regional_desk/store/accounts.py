"""Users of the office and the roles they were given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Moment, id_column, metadata, reference, version_column

user = sa.Table(
    "user",
    metadata,
    id_column(),
    version_column(),
    sa.Column("login", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("password_at", Moment),  # when the person last chose the password; null: as created
    sa.Column("must_change", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("left_at", Moment),
)

user_role = sa.Table(
    "user_role",
    metadata,
    id_column(),
    reference("user_id", "user.id", index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("granted_at", Moment, nullable=False),
    sa.Column("granted_by", Id, nullable=False),
    sa.Column("revoked_at", Moment),
    sa.Column("revoked_by", Id),
)


@dataclass(frozen=True, slots=True)
class UserRow:
    """One account with the roles that hold now."""

    id: UUID
    login: str
    name: str
    active: bool
    roles: tuple[str, ...]
    must_change: bool = False
    left_at: dt.datetime | None = None


def list_users(connection: sa.Connection) -> tuple[UserRow, ...]:
    """Every account, oldest first."""
    roles: dict[UUID, list[str]] = {}
    for row in connection.execute(sa.select(user_role).where(user_role.c.revoked_at.is_(None))):
        roles.setdefault(row.user_id, []).append(row.role)
    return tuple(
        UserRow(
            row.id,
            row.login,
            row.name,
            row.active,
            tuple(sorted(roles.get(row.id, []))),
            row.must_change,
            row.left_at,
        )
        for row in connection.execute(sa.select(user).order_by(user.c.created_at))
    )


def find_user(connection: sa.Connection, login: str) -> UserRow | None:
    """The account of a login name."""
    return next((found for found in list_users(connection) if found.login == login), None)
