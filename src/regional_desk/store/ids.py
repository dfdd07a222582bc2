"""Row ids: UUIDv7, so records made on two PCs merge and new rows sort by time."""

from __future__ import annotations

from uuid import UUID

from uuid_utils import uuid7


def new_id() -> UUID:
    """A new UUIDv7."""
    return UUID(bytes=uuid7().bytes)


def new_raw_id() -> bytes:
    """A new UUIDv7 as the engine keeps it, for rows written in bulk."""
    return uuid7().bytes
