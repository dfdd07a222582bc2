"""Reading matching rounds: who and what takes part, wishes, interviews, exclusions and caps.

A round may hold hundreds of thousands of wishes and interviews: those are read as plain tuples, their ids by table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.companies import company, position
from regional_desk.store.courses import course, membership
from regional_desk.store.engine import fetch
from regional_desk.store.matching import (
    forbidden_pair,
    matching_cap,
    matching_position,
    matching_round,
    matching_trainee,
    placement,
)
from regional_desk.store.people import application, person

_PUBLISHED = "published"
_COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One matching round; `objective` is what its placements were taken from, None before; it names nobody."""

    id: UUID
    version: int
    programme_year: int
    number: int
    name: str
    state: str
    unrated: str
    seed: int
    objective: str | None
    adopted_by: UUID | None
    adopted_at: dt.datetime | None
    published_on: dt.date | None
    published_by: UUID | None
    solo: bool


@dataclass(frozen=True, slots=True)
class TraineeRow:
    """Somebody in a round; `priority` 0 is nobody's group, 1 goes before 2."""

    id: UUID
    name: str
    birth: dt.date
    track: str
    priority: int = 0


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A position in a round; `seats` are the round's, `asked` the company's own for it, `closed` is its recruiting."""

    id: UUID
    company: UUID
    company_name: str
    name: str
    track: str
    seats: int
    asked: int
    closed: bool

    @property
    def title(self) -> str:
        """Company and 직무, as a list names it."""
        return f"{self.company_name} {self.name}"


class InterviewRow(NamedTuple):
    """What a position said of a trainee; `result` pass or fail, `place` from 1, `tenths` points in tenths."""

    position: UUID
    trainee: UUID
    result: str
    place: int | None
    tenths: int | None


@dataclass(frozen=True, slots=True)
class ForbiddenRow:
    """Somebody and a company that are not to come together."""

    id: UUID
    trainee: UUID
    company: UUID
    company_name: str
    reason: str
    user_id: UUID
    at: dt.datetime


def list_rounds(connection: sa.Connection, programme_year: int) -> tuple[RoundRow, ...]:
    """The rounds of a year, the newest first."""
    query = (
        sa.select(matching_round)
        .where(matching_round.c.programme_year == programme_year)
        .order_by(matching_round.c.number.desc())
    )
    return tuple(_round(row) for row in connection.execute(query))


def find_round(connection: sa.Connection, round_id: UUID) -> RoundRow | None:
    """The round of an id."""
    row = connection.execute(sa.select(matching_round).where(matching_round.c.id == round_id)).first()
    return None if row is None else _round(row)


def _round(row: sa.Row[tuple[object, ...]]) -> RoundRow:
    return RoundRow(**{name: getattr(row, name) for name in RoundRow.__slots__})


def list_trainees(connection: sa.Connection, round_id: UUID) -> tuple[TraineeRow, ...]:
    """Who takes part, by name and birth."""
    query = (
        sa.select(person.c.id, person.c.name, person.c.birth)
        .add_columns(matching_trainee.c.track, matching_trainee.c.priority)
        .join(matching_trainee, matching_trainee.c.trainee_id == person.c.id)
        .where(matching_trainee.c.round_id == round_id)
        .order_by(person.c.name, person.c.birth, person.c.id)
    )
    return tuple(TraineeRow(*row) for row in connection.execute(query))


def list_offers(connection: sa.Connection, round_id: UUID) -> tuple[OfferRow, ...]:
    """The positions that take part, by company and name."""
    query = (
        sa.select(position.c.id, position.c.company_id, company.c.name, position.c.name, position.c.track)
        .add_columns(matching_position.c.seats, position.c.seats, position.c.closed)
        .join(matching_position, matching_position.c.position_id == position.c.id)
        .join(company, company.c.id == position.c.company_id)
        .where(matching_position.c.round_id == round_id)
        .order_by(company.c.name, position.c.name, position.c.id)
    )
    return tuple(OfferRow(*row) for row in connection.execute(query))


_WISHES = "SELECT trainee_id, position_id FROM preference WHERE round_id = ? ORDER BY trainee_id, rank"
_INTERVIEWS = (
    "SELECT position_id, trainee_id, result, place, tenths FROM interview WHERE round_id = ? "
    "ORDER BY position_id, trainee_id"
)


def list_wishes(connection: sa.Connection, round_id: UUID) -> dict[UUID, tuple[UUID, ...]]:
    """The positions each trainee wishes, the first wish first; who wishes none is not there."""
    rows = fetch(connection, _WISHES, (round_id.bytes,))
    ids = _ids({row[1] for row in rows})
    return {
        UUID(bytes=one): tuple([ids[row[1]] for row in wishes])
        for one, wishes in groupby(rows, key=itemgetter(0))
    }


def list_interviews(connection: sa.Connection, round_id: UUID) -> tuple[InterviewRow, ...]:
    """Every interview of a round, by position."""
    rows = fetch(connection, _INTERVIEWS, (round_id.bytes,))
    ids = _ids({row[0] for row in rows} | {row[1] for row in rows})
    return tuple([InterviewRow(ids[at], ids[one], *told) for at, one, *told in rows])


def _ids(raw: Collection[bytes]) -> Mapping[bytes, UUID]:
    return {one: UUID(bytes=one) for one in raw}


def list_forbidden(connection: sa.Connection, round_id: UUID) -> tuple[ForbiddenRow, ...]:
    """The exclusions of a round, the oldest first."""
    pair = forbidden_pair.c
    query = (
        sa.select(
            pair.id, pair.trainee_id, pair.company_id, company.c.name, pair.reason, pair.user_id, pair.at
        )
        .join(company, company.c.id == pair.company_id)
        .where(pair.round_id == round_id)
        .order_by(pair.at, pair.id)
    )
    return tuple(ForbiddenRow(*row) for row in connection.execute(query))


def list_caps(connection: sa.Connection, round_id: UUID) -> dict[UUID, int]:
    """The most a company takes over all its positions, by company; others have no cap."""
    query = sa.select(matching_cap.c.company_id, matching_cap.c.seats).where(
        matching_cap.c.round_id == round_id
    )
    return {row.company_id: row.seats for row in connection.execute(query)}


def list_open_positions(connection: sa.Connection, programme_year: int) -> tuple[OfferRow, ...]:
    """The positions of the year that still recruit, whoever's they are; `seats` are the company's own."""
    query = (
        sa.select(position.c.id, position.c.company_id, company.c.name, position.c.name, position.c.track)
        .add_columns(position.c.seats, position.c.seats.label("asked"), position.c.closed)
        .join(company, company.c.id == position.c.company_id)
        .where(position.c.programme_year == programme_year, position.c.closed.is_(False))
        .order_by(company.c.name, position.c.name, position.c.id)
    )
    return tuple(OfferRow(*row) for row in connection.execute(query))


def list_trained(connection: sa.Connection, programme_year: int) -> tuple[TraineeRow, ...]:
    """Whoever is in a course of the year now or completed one, once, with the course's track; by name and birth.

    Of several courses the newest counts.
    """
    query = (
        sa.select(person.c.id, person.c.name, person.c.birth)
        .add_columns(sa.func.coalesce(course.c.track, application.c.track).label("track"))
        .join(membership, membership.c.person_id == person.c.id)
        .join(course, course.c.id == membership.c.course_id)
        .outerjoin(
            application,
            sa.and_(application.c.person_id == person.c.id, application.c.programme_year == programme_year),
        )
        .where(
            course.c.programme_year == programme_year,
            person.c.merged_into.is_(None),
            sa.or_(
                sa.and_(membership.c.left.is_(None), membership.c.outcome.is_(None)),
                membership.c.outcome == _COMPLETED,
            ),
        )
        .order_by(course.c.start.desc(), membership.c.joined.desc())
    )
    newest: dict[UUID, TraineeRow] = {}
    for row in connection.execute(query):
        newest.setdefault(row.id, TraineeRow(*row))
    return tuple(sorted(newest.values(), key=lambda one: (one.name, one.birth, one.id.bytes)))


def open_rounds_of(connection: sa.Connection) -> dict[UUID, str]:
    """The open round somebody takes part in already, by name; of those who do."""
    query = (
        sa.select(matching_trainee.c.trainee_id, matching_round.c.name)
        .join(matching_round, matching_round.c.id == matching_trainee.c.round_id)
        .where(matching_round.c.state != _PUBLISHED)
    )
    return {row.trainee_id: row.name for row in connection.execute(query)}


def placed_now(connection: sa.Connection, but: UUID | None = None) -> dict[UUID, UUID]:
    """Who holds a published placement that was not ended, and where; the round `but` is not looked at."""
    query = (
        sa.select(placement.c.trainee_id, placement.c.position_id)
        .join(matching_round, matching_round.c.id == placement.c.round_id)
        .where(
            matching_round.c.state == _PUBLISHED,
            placement.c.ended_on.is_(None),
            matching_round.c.id != but,
        )
    )
    return {row.trainee_id: row.position_id for row in connection.execute(query)}
