"""Classes lent to a laptop: who holds which days until when, and how each lease ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.attendance import lease
from regional_desk.store.courses import course
from regional_desk.store.office import setting

RETURNED, TAKEN_BACK = "returned", "taken_back"
BASE = "lent_base"  # the setting that keeps, in a lent copy, its records as they were lent
_KEY = "lease_key:"


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """One lease of a course's days, both inside; `came` is the digest of what was brought back."""

    id: UUID
    version: int
    course_id: UUID
    start: dt.date
    end: dt.date
    holder: str
    due: dt.date
    lent_by: UUID
    lent_at: dt.datetime
    end_kind: str | None
    ended_by: UUID | None
    ended_at: dt.datetime | None
    reason: str | None
    came: bytes | None
    course_name: str


def list_leases(connection: sa.Connection, course_id: UUID | None = None) -> tuple[LeaseRow, ...]:
    """The leases of a course or of all, those that are out first, then the newest."""
    query = _query().order_by(lease.c.end_kind.is_not(None), lease.c.lent_at.desc())
    if course_id is not None:
        query = query.where(lease.c.course_id == course_id)
    return tuple(_row(row) for row in connection.execute(query))


def find_lease(connection: sa.Connection, lease_id: UUID) -> LeaseRow | None:
    """The lease of an id."""
    row = connection.execute(_query().where(lease.c.id == lease_id)).first()
    return None if row is None else _row(row)


def _query() -> sa.Select[tuple[object, ...]]:
    return sa.select(lease, course.c.name.label("course_name")).join(course, course.c.id == lease.c.course_id)


def _row(row: sa.Row[tuple[object, ...]]) -> LeaseRow:
    return LeaseRow(**{name: getattr(row, name) for name in LeaseRow.__slots__})


def keep_key(connection: sa.Connection, lease_id: UUID, key: bytes) -> None:
    """Keep the key that the file of a return is sealed with, while the lease is out."""
    connection.execute(sa.insert(setting).values(key=_KEY + str(lease_id), value=key.hex()))


def read_key(connection: sa.Connection, lease_id: UUID) -> bytes | None:
    """The key of a lease that is out."""
    query = sa.select(setting.c.value).where(setting.c.key == _KEY + str(lease_id))
    value = connection.execute(query).scalar()
    return None if value is None else bytes.fromhex(value)


def drop_key(connection: sa.Connection, lease_id: UUID) -> None:
    """Forget the key of a lease that ended."""
    connection.execute(sa.delete(setting).where(setting.c.key == _KEY + str(lease_id)))
