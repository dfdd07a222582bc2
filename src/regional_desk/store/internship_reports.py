"""Internships and what the visits found as a month tells of them, read as they are stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.internships import internship
from regional_desk.store.visits import finding, visit


@dataclass(frozen=True, slots=True)
class ServedRow:
    """An internship that began: its track, its days of service, and how it ended, None while it goes on."""

    id: UUID
    trainee: UUID
    track: str
    started_on: dt.date
    ended_on: dt.date | None
    end_kind: str | None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Something found at a visit, to be followed up until `deadline`."""

    track: str
    found_on: dt.date
    deadline: dt.date | None
    closed_on: dt.date | None


def has_internships(connection: sa.Connection) -> bool:
    """Whether any internship of any year began."""
    query = sa.select(internship.c.id).where(internship.c.started_on.is_not(None)).limit(1)
    return connection.execute(query).first() is not None


def any_between(connection: sa.Connection, start: dt.date, end: dt.date) -> bool:
    """Whether anybody served as an intern on a day of a span."""
    table = internship.c
    query = sa.select(table.id).where(
        table.started_on <= end, sa.or_(table.ended_on.is_(None), table.ended_on >= start)
    )
    return connection.execute(query.limit(1)).first() is not None


def list_served(connection: sa.Connection, programme_year: int, until: dt.date) -> tuple[ServedRow, ...]:
    """The internships of a year that began by a day, in the order of their numbers."""
    table = internship.c
    query = (
        sa.select(table.id, table.trainee_id, table.track, table.started_on, table.ended_on, table.end_kind)
        .where(table.programme_year == programme_year, table.started_on <= until)
        .order_by(table.number)
    )
    return tuple(ServedRow(*row) for row in connection.execute(query))


def cancelled_on(connection: sa.Connection) -> dict[UUID, dt.date]:
    """The day each cancelled visit was cancelled on."""
    query = sa.select(visit.c.id, visit.c.cancelled_at).where(visit.c.cancelled_at.is_not(None))
    return {row.id: row.cancelled_at.date() for row in connection.execute(query)}


def list_found(connection: sa.Connection, programme_year: int, until: dt.date) -> tuple[FoundRow, ...]:
    """What was found by a day with the interns of a year."""
    query = (
        sa.select(internship.c.track, finding.c.found_on, finding.c.deadline, finding.c.closed_on)
        .join(internship, internship.c.id == finding.c.internship_id)
        .where(internship.c.programme_year == programme_year, finding.c.found_on <= until)
    )
    return tuple(FoundRow(*row) for row in connection.execute(query))
