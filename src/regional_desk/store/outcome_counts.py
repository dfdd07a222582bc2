"""Who completed a course of a year and who holds a placement of it, as the outcomes count them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.membership import Outcome
from regional_desk.store.companies import company, position
from regional_desk.store.courses import course, membership
from regional_desk.store.matching import matching_round, matching_trainee, placement
from regional_desk.store.people import person

_PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class TrainedRow:
    """Somebody's membership in a course of the year; `completed_on` None where it did not end in 수료."""

    person: UUID
    course: UUID
    track: str
    completed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A published placement that had not ended."""

    person: UUID
    track: str
    company: UUID
    published_on: dt.date


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Who somebody is."""

    id: UUID
    name: str
    birth: dt.date


def list_trained(connection: sa.Connection, programme_year: int, until: dt.date) -> tuple[TrainedRow, ...]:
    """Everybody's memberships of the year's courses, those completed by a day first, then the newest course."""
    done = sa.and_(
        membership.c.outcome == Outcome.COMPLETED,
        sa.func.coalesce(membership.c.outcome_on, course.c.end) <= until,
    )
    on = sa.case((done, sa.func.coalesce(membership.c.outcome_on, course.c.end)))
    query = (
        sa.select(membership.c.person_id, course.c.id, course.c.track, on)
        .join(course, course.c.id == membership.c.course_id)
        .join(person, person.c.id == membership.c.person_id)
        .where(course.c.programme_year == programme_year, person.c.merged_into.is_(None))
        .order_by(on.is_(None), course.c.start.desc(), course.c.name)
    )
    return tuple(TrainedRow(*row) for row in connection.execute(query))


def list_standing(connection: sa.Connection, programme_year: int, until: dt.date) -> tuple[StandingRow, ...]:
    """The placements of the year that stood at the end of a day, as the month's report counts them."""
    query = (
        sa.select(
            placement.c.trainee_id,
            matching_trainee.c.track,
            position.c.company_id,
            matching_round.c.published_on,
        )
        .select_from(placement)
        .join(matching_round, matching_round.c.id == placement.c.round_id)
        .join(
            matching_trainee,
            sa.and_(
                matching_trainee.c.round_id == placement.c.round_id,
                matching_trainee.c.trainee_id == placement.c.trainee_id,
            ),
        )
        .join(position, position.c.id == placement.c.position_id)
        .where(
            matching_round.c.programme_year == programme_year,
            matching_round.c.state == _PUBLISHED,
            matching_round.c.published_on <= until,
            sa.or_(placement.c.ended_on.is_(None), placement.c.ended_on > until),
        )
    )
    return tuple(StandingRow(*row) for row in connection.execute(query))


def names_of(connection: sa.Connection, people: Collection[UUID]) -> tuple[NamedRow, ...]:
    """These people, by name and birth."""
    query = (
        sa.select(person.c.id, person.c.name, person.c.birth)
        .where(person.c.id.in_(list(people)))
        .order_by(person.c.name, person.c.birth, person.c.id)
    )
    return tuple(NamedRow(*row) for row in connection.execute(query))


def course_names(connection: sa.Connection, programme_year: int) -> dict[UUID, str]:
    """What the courses of a year are called, in the order of their first days."""
    query = (
        sa.select(course.c.id, course.c.name)
        .where(course.c.programme_year == programme_year)
        .order_by(course.c.start, course.c.name)
    )
    return {row.id: row.name for row in connection.execute(query)}


def company_names(connection: sa.Connection, companies: Collection[UUID]) -> dict[UUID, str]:
    """What these companies are called, by name."""
    query = (
        sa.select(company.c.id, company.c.name)
        .where(company.c.id.in_(list(companies)))
        .order_by(company.c.name)
    )
    return {row.id: row.name for row in connection.execute(query)}


def list_years(connection: sa.Connection) -> tuple[int, ...]:
    """The programme years with courses, newest first."""
    query = sa.select(course.c.programme_year).distinct().order_by(course.c.programme_year.desc())
    return tuple(connection.execute(query).scalars())
