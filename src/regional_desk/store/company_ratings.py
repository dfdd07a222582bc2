"""Companies' applications with their ratings, goals and raters, as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.companies import company, position
from regional_desk.store.matching import matching_position, placement
from regional_desk.store.participation import company_goal, company_rater, company_rating, participation


@dataclass(frozen=True, slots=True)
class AppliedRow:
    """One application with its company; `business_number` is ten digits, `reason` of a withdrawal or a decision."""

    id: UUID
    version: int
    company: UUID
    company_name: str
    business_number: str
    kind: str | None
    address: str | None
    applied_on: dt.date
    state: str
    reserve_number: int | None
    decided_on: dt.date | None
    reason: str | None
    tie_note: str | None
    memo: str | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """How many companies of a kind a programme year takes; `pass_score` in thousandths of 100 points."""

    programme_year: int
    kind: str
    version: int
    companies: int
    pass_score: int | None


@dataclass(frozen=True, slots=True)
class RaterRow:
    """One rater of a programme year; `user_id` None for somebody outside, whose sheet is keyed in."""

    id: UUID
    version: int
    programme_year: int
    name: str
    user_id: UUID | None
    done_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RatingRow:
    """What one rater gave one application for one criterion, in tenths of a point."""

    rater_id: UUID
    participation_id: UUID
    criterion: str
    tenths: int


def list_applied(
    connection: sa.Connection, programme_year: int, kind: str | None = None
) -> tuple[AppliedRow, ...]:
    """The applications of a programme year (of a kind), whatever became of them, by the company's name."""
    query = _applied().where(participation.c.programme_year == programme_year)
    if kind is not None:
        query = query.where(company.c.kind == kind)
    return _rows(AppliedRow, connection, query.order_by(company.c.name, company.c.business_number))


def find_applied(connection: sa.Connection, participation_id: UUID) -> AppliedRow | None:
    """One application, None where there is none of this id."""
    found = _rows(AppliedRow, connection, _applied().where(participation.c.id == participation_id))
    return found[0] if found else None


def list_goals(connection: sa.Connection, programme_year: int) -> tuple[GoalRow, ...]:
    """The goals of a programme year, by kind."""
    query = sa.select(company_goal).where(company_goal.c.programme_year == programme_year)
    return _rows(GoalRow, connection, query.order_by(company_goal.c.kind))


def list_raters(connection: sa.Connection, programme_year: int) -> tuple[RaterRow, ...]:
    """The raters of a programme year, by name."""
    query = sa.select(company_rater).where(company_rater.c.programme_year == programme_year)
    return _rows(RaterRow, connection, query.order_by(company_rater.c.name))


def find_rater(connection: sa.Connection, rater_id: UUID) -> RaterRow | None:
    """One rater, None where there is none of this id."""
    found = _rows(RaterRow, connection, sa.select(company_rater).where(company_rater.c.id == rater_id))
    return found[0] if found else None


def list_ratings(connection: sa.Connection, raters: Collection[UUID]) -> tuple[RatingRow, ...]:
    """All that these raters gave."""
    query = sa.select(company_rating).where(company_rating.c.rater_id.in_(list(raters)))
    return _rows(RatingRow, connection, query)


def count_states(connection: sa.Connection, programme_year: int) -> dict[tuple[str | None, str], int]:
    """How many applications of a programme year stand at each (kind, state)."""
    query = (
        sa.select(company.c.kind, participation.c.state, sa.func.count())
        .join(company, company.c.id == participation.c.company_id)
        .where(participation.c.programme_year == programme_year)
        .group_by(company.c.kind, participation.c.state)
    )
    return {(kind, state): count for kind, state, count in connection.execute(query)}


def companies_in_state(connection: sa.Connection, programme_year: int, state: str) -> frozenset[UUID]:
    """The companies whose application of a programme year stands at this state."""
    query = sa.select(participation.c.company_id).where(
        participation.c.programme_year == programme_year, participation.c.state == state
    )
    return frozenset(connection.execute(query).scalars())


def in_matching(connection: sa.Connection, programme_year: int) -> frozenset[UUID]:
    """The companies of which a position of this programme year stands in a matching round."""
    query = (
        sa.select(position.c.company_id)
        .join(matching_position, matching_position.c.position_id == position.c.id)
        .where(position.c.programme_year == programme_year)
    )
    return frozenset(connection.execute(query).scalars())


def has_placements(connection: sa.Connection, company_id: UUID, programme_year: int) -> bool:
    """Whether somebody is placed with the company in this programme year and was not taken back."""
    query = (
        sa.select(placement.c.id)
        .join(position, position.c.id == placement.c.position_id)
        .where(
            position.c.company_id == company_id,
            position.c.programme_year == programme_year,
            placement.c.ended_on.is_(None),
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


def _applied() -> sa.Select[Any]:
    return sa.select(
        participation,
        company.c.id.label("company"),
        company.c.name.label("company_name"),
        company.c.business_number,
        company.c.kind,
        company.c.address,
    ).join(company, company.c.id == participation.c.company_id)


def _rows(kind: Any, connection: sa.Connection, query: sa.Select[Any]) -> tuple[Any, ...]:
    """Rows as the frozen values they are named by."""
    names = kind.__slots__
    return tuple(kind(**{name: getattr(row, name) for name in names}) for row in connection.execute(query))
