"""Reading placements and the minutes of what was changed by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.companies import company, position
from regional_desk.store.matching import matching_minute, matching_round, matching_trainee, placement
from regional_desk.store.people import person

_PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """Somebody's placement; `how` stable, most or manual, `rank` the wish it was, None where it was none."""

    id: UUID
    version: int
    round_id: UUID
    trainee: UUID
    name: str
    birth: dt.date
    track: str
    position: UUID
    position_name: str
    company: UUID
    company_name: str
    how: str
    rank: int | None
    ended_on: dt.date | None
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class MinuteRow:
    """One change by hand: from and to a position (None: unplaced), and who was pushed out by it."""

    id: UUID
    number: int
    trainee: UUID
    from_id: UUID | None
    to_id: UUID | None
    displaced: UUID | None
    reason: str
    user_id: UUID
    at: dt.datetime


def _placements() -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(placement, person.c.name.label("person_name"), person.c.birth)
        .add_columns(position.c.name.label("position_name"), position.c.company_id, position.c.track)
        .add_columns(company.c.name.label("company_name"))
        .join(person, person.c.id == placement.c.trainee_id)
        .join(position, position.c.id == placement.c.position_id)
        .join(company, company.c.id == position.c.company_id)
        .order_by(company.c.name, position.c.name, person.c.name, person.c.birth)
    )


def list_placements(connection: sa.Connection, round_id: UUID) -> tuple[PlacementRow, ...]:
    """The placements of a round, by company, position and name."""
    query = _placements().where(placement.c.round_id == round_id)
    return tuple(_placement(row) for row in connection.execute(query))


def list_where(connection: sa.Connection, *wanted: sa.ColumnElement[bool]) -> tuple[PlacementRow, ...]:
    """The placements of any round for which all of this holds, by company, position and name."""
    return tuple(_placement(row) for row in connection.execute(_placements().where(*wanted)))


def find_placement(connection: sa.Connection, placement_id: UUID) -> PlacementRow | None:
    """The placement of an id."""
    row = connection.execute(_placements().where(placement.c.id == placement_id)).first()
    return None if row is None else _placement(row)


def _placement(row: sa.Row[tuple[object, ...]]) -> PlacementRow:
    return PlacementRow(
        id=row.id,
        version=row.version,
        round_id=row.round_id,
        trainee=row.trainee_id,
        name=row.person_name,
        birth=row.birth,
        track=row.track,
        position=row.position_id,
        position_name=row.position_name,
        company=row.company_id,
        company_name=row.company_name,
        how=row.how,
        rank=row.rank,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
    )


def list_minutes(connection: sa.Connection, round_id: UUID) -> tuple[MinuteRow, ...]:
    """The changes by hand of a round, in the order of their numbers."""
    query = (
        sa.select(matching_minute)
        .where(matching_minute.c.round_id == round_id)
        .order_by(matching_minute.c.number)
    )
    return tuple(
        MinuteRow(
            row.id,
            row.number,
            row.trainee_id,
            row.from_id,
            row.to_id,
            row.displaced_id,
            row.reason,
            row.user_id,
            row.at,
        )
        for row in connection.execute(query)
    )


def names_of(connection: sa.Connection, people: Collection[UUID]) -> dict[UUID, str]:
    """What these people are called."""
    query = sa.select(person.c.id, person.c.name).where(person.c.id.in_(list(people)))
    return {row.id: row.name for row in connection.execute(query)}


def titles_of(connection: sa.Connection, positions: Collection[UUID]) -> dict[UUID, str]:
    """What these positions are called: company and 직무."""
    query = (
        sa.select(position.c.id, company.c.name.label("company"), position.c.name)
        .join(company, company.c.id == position.c.company_id)
        .where(position.c.id.in_(list(positions)))
    )
    return {row.id: f"{row.company} {row.name}" for row in connection.execute(query)}


def count_placed(
    connection: sa.Connection, programme_year: int, until: dt.date, since: dt.date | None = None
) -> dict[str, int]:
    """How many placements of a year stood at the end of `until`, by track: published by then and not ended by then.

    With `since` only those published from that day on.
    """
    query = (
        sa.select(matching_trainee.c.track, sa.func.count().label("placed"))
        .select_from(placement)
        .join(matching_round, matching_round.c.id == placement.c.round_id)
        .join(
            matching_trainee,
            sa.and_(
                matching_trainee.c.round_id == placement.c.round_id,
                matching_trainee.c.trainee_id == placement.c.trainee_id,
            ),
        )
        .where(
            matching_round.c.programme_year == programme_year,
            matching_round.c.state == _PUBLISHED,
            matching_round.c.published_on <= until,
            sa.or_(placement.c.ended_on.is_(None), placement.c.ended_on > until),
        )
        .group_by(matching_trainee.c.track)
    )
    if since is not None:
        query = query.where(matching_round.c.published_on >= since)
    return {row.track: row.placed for row in connection.execute(query)}
