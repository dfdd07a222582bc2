"""Which tables a submission package of a kind holds, in their order (interfaces section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from regional_desk.exchange.package_placing import PLACING_TABLES
from regional_desk.exchange.package_table import TableSchema
from regional_desk.exchange.package_totals import TOTAL_TABLES
from regional_desk.exchange.package_training import TRAINING_TABLES


class Kind(StrEnum):
    """What a package carries: counts and sums only, or people (which only ever travels encrypted)."""

    SUMMARY = "summary"
    ROSTER = "roster"


SUMMARY_TABLES = (*TRAINING_TABLES, *PLACING_TABLES, *TOTAL_TABLES)

# Tables of people come with the subjects that need them.
TABLES: Mapping[Kind, tuple[TableSchema, ...]] = {Kind.SUMMARY: SUMMARY_TABLES, Kind.ROSTER: ()}


def schema_of(kind: Kind, table: str) -> TableSchema | None:
    """The schema of a table of this kind, None where the kind has no such table."""
    return next((schema for schema in TABLES[kind] if schema.name == table), None)
