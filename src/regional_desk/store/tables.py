"""Every table in one place, so that the metadata is whole once this is imported."""

from __future__ import annotations

from regional_desk.store import (
    accounts,
    allowance,
    approvals,
    attendance,
    audit,
    backup_records,
    claims,
    companies,
    courses,
    internships,
    matching,
    memberships,
    office,
    participation,
    people,
    records,
    recruitment,
    retention,
    timetable,
    undo,
    visits,
)
from regional_desk.store.metadata import metadata

__all__ = [
    "accounts",
    "allowance",
    "approvals",
    "attendance",
    "audit",
    "backup_records",
    "claims",
    "companies",
    "courses",
    "internships",
    "matching",
    "memberships",
    "metadata",
    "office",
    "participation",
    "people",
    "records",
    "recruitment",
    "retention",
    "timetable",
    "undo",
    "visits",
]
