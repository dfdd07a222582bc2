"""Counts for the board of runs: members and held people of units."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.allowance import allowance_hold
from regional_desk.store.courses import membership


def count_members(connection: sa.Connection) -> dict[UUID, int]:
    """How many people each course has or had."""
    query = sa.select(membership.c.course_id, sa.func.count()).group_by(membership.c.course_id)
    return {row[0]: row[1] for row in connection.execute(query)}


def count_holds(connection: sa.Connection) -> dict[tuple[UUID, int], int]:
    """How many people are held now in each course and unit."""
    held = allowance_hold
    query = (
        sa.select(held.c.course_id, held.c.unit_no, sa.func.count())
        .where(held.c.released_at.is_(None))
        .group_by(held.c.course_id, held.c.unit_no)
    )
    return {(row[0], row[1]): row[2] for row in connection.execute(query)}
