"""Reading positions with the company they belong to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.companies import company, position
from regional_desk.store.matching import matching_position, matching_round


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One position; `wage` in won a month, `weekly_minutes` the contracted week. It names no person."""

    id: UUID
    version: int
    company: UUID
    company_name: str
    business_number: str
    programme_year: int
    name: str
    track: str
    seats: int
    place: str | None
    wage: int | None
    weekly_minutes: int | None
    starts_on: dt.date | None
    conditions: str | None
    closed: bool


def list_positions(
    connection: sa.Connection, year: int, company_id: UUID | None = None
) -> tuple[PositionRow, ...]:
    """The positions of a programme year, or of one company in it, by company and name."""
    query = _query().where(position.c.programme_year == year)
    if company_id is not None:
        query = query.where(position.c.company_id == company_id)
    return tuple(_rows(connection, query))


def find_position(connection: sa.Connection, position_id: UUID) -> PositionRow | None:
    """One position, None for an unknown id."""
    return next(_rows(connection, _query().where(position.c.id == position_id)), None)


def rounds_with(connection: sa.Connection, company_id: UUID, year: int) -> tuple[str, ...]:
    """The names of the matching rounds of a year that hold a position of this company."""
    query = (
        sa.select(matching_round.c.name)
        .join(matching_position, matching_position.c.round_id == matching_round.c.id)
        .join(position, position.c.id == matching_position.c.position_id)
        .where(position.c.company_id == company_id, position.c.programme_year == year)
        .distinct()
        .order_by(matching_round.c.number)
    )
    return tuple(connection.execute(query.add_columns(matching_round.c.number)).scalars())


def _query() -> sa.Select[tuple[object, ...]]:
    columns = (position, company.c.name.label("company_name"), company.c.business_number)
    return (
        sa.select(*columns)
        .join(company, company.c.id == position.c.company_id)
        .order_by(company.c.name, position.c.name)
    )


def _rows(connection: sa.Connection, query: sa.Select[tuple[object, ...]]) -> Iterator[PositionRow]:
    names = tuple(name for name in PositionRow.__slots__ if name != "company")
    for row in connection.execute(query):
        yield PositionRow(company=row.company_id, **{name: getattr(row, name) for name in names})
