"""Row ids: UUIDv7, so records made on two PCs merge and new rows sort by time."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7."""
    return UUID(int=uuid7().int)
