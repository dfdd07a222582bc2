"""The office itself: one row of settings, its inner keys, operations already done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, version_column

office = sa.Table(
    "office",
    metadata,
    id_column(),
    version_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("region", sa.Text, nullable=False),
    sa.Column("approval", Json, nullable=False),
    sa.Column("goals", Json, nullable=False),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("practice", sa.Boolean, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
)

store_key = sa.Table(
    "store_key",
    metadata,
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)

setting = sa.Table(
    "setting",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", Json, nullable=False),
)

operation = sa.Table(
    "operation",
    metadata,
    id_column(),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("result", Json, nullable=False),
)


@dataclass(frozen=True, slots=True)
class OfficeInfo:
    """What every page and paper shows of the office. `region` is the 시도 code; `goals` are people by track."""

    id: UUID
    name: str
    code: str
    region: str
    approval: tuple[str, ...]
    goals: dict[str, int]
    programme_year: int
    practice: bool


def read_office(connection: sa.Connection) -> OfficeInfo:
    """The office's own row."""
    row = connection.execute(sa.select(office)).one()
    return OfficeInfo(
        id=row.id,
        name=row.name,
        code=row.code,
        region=row.region,
        approval=tuple(row.approval),
        goals=dict(row.goals),
        programme_year=row.programme_year,
        practice=row.practice,
    )


def read_setting(connection: sa.Connection, key: str, default: Any = None) -> Any:
    """One stored setting, or the default."""
    value = connection.execute(sa.select(setting.c.value).where(setting.c.key == key)).scalar()
    return default if value is None else value


def write_setting(connection: sa.Connection, key: str, value: Any) -> None:
    """Store one setting."""
    changed = connection.execute(sa.update(setting).where(setting.c.key == key).values(value=value))
    if changed.rowcount == 0:
        connection.execute(sa.insert(setting).values(key=key, value=value))
