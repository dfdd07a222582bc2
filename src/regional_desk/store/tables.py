"""Every table in one place, so that the metadata is whole once this is imported."""

from __future__ import annotations

from regional_desk.store import (
    accounts,
    allowance,
    attendance,
    audit,
    companies,
    courses,
    office,
    people,
    records,
    undo,
)
from regional_desk.store.metadata import metadata

__all__ = [
    "accounts",
    "allowance",
    "attendance",
    "audit",
    "companies",
    "courses",
    "metadata",
    "office",
    "people",
    "records",
    "undo",
]
