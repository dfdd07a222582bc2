"""Companies, positions and placements as a month and the papers tell of them, counted up to a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.membership import Outcome
from regional_desk.store.companies import company, position
from regional_desk.store.courses import course, membership
from regional_desk.store.matching import matching_round, matching_trainee, placement
from regional_desk.store.metadata import KST, Moment
from regional_desk.store.participation import participation, training_need
from regional_desk.store.people import person

_DAY = dt.timedelta(days=1)
_PUBLISHED, _SELECTED = "published", "selected"


@dataclass(frozen=True, slots=True)
class OfferCount:
    """What the selected companies offer a track: how many companies, positions (직무) and seats (모집인원)."""

    companies: int
    positions: int
    seats: int


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """Somebody's placement with everything a paper says of it; `rank` the wish it was, None where it was none.

    `wage` in won a month, `weekly_minutes` the contracted week; `company_phone` as the company gave it.
    """

    trainee: UUID
    name: str
    birth: dt.date
    phone: str | None
    track: str
    round_number: int
    round_name: str
    published_on: dt.date | None
    how: str
    rank: int | None
    ended_on: dt.date | None
    end_reason: str | None
    position: UUID
    position_name: str
    place: str | None
    wage: int | None
    weekly_minutes: int | None
    starts_on: dt.date | None
    conditions: str | None
    company: UUID
    company_name: str
    contact: str | None
    company_phone: str | None


def count_offers(connection: sa.Connection, programme_year: int, until: dt.date) -> dict[str, OfferCount]:
    """What companies selected by the end of a day offer, by track; a position that is closed now is not counted."""
    query = (
        sa.select(
            position.c.track,
            sa.func.count(position.c.company_id.distinct()),
            sa.func.count(),
            sa.func.sum(position.c.seats),
        )
        .join(
            participation,
            sa.and_(
                participation.c.company_id == position.c.company_id,
                participation.c.programme_year == position.c.programme_year,
            ),
        )
        .where(
            position.c.programme_year == programme_year,
            position.c.closed.is_(False),
            position.c.created_at < _end_of(until),
            participation.c.state == _SELECTED,
            participation.c.decided_on <= until,
        )
        .group_by(position.c.track)
    )
    return {row[0]: OfferCount(*(int(number) for number in row[1:])) for row in connection.execute(query)}


def count_matched(connection: sa.Connection, programme_year: int, until: dt.date) -> dict[str, int]:
    """How many people took part in rounds published by the end of a day, each once, by track."""
    query = (
        sa.select(matching_trainee.c.track, sa.func.count(matching_trainee.c.trainee_id.distinct()))
        .join(matching_round, matching_round.c.id == matching_trainee.c.round_id)
        .where(*_published(programme_year, until))
        .group_by(matching_trainee.c.track)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def count_ended(connection: sa.Connection, programme_year: int, until: dt.date) -> dict[str, int]:
    """How many published placements ended (연계 취소) by the end of a day, by track."""
    query = (
        sa.select(matching_trainee.c.track, sa.func.count())
        .select_from(_of_trainees())
        .where(*_published(programme_year, until), placement.c.ended_on <= until)
        .group_by(matching_trainee.c.track)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def placed_people(connection: sa.Connection, programme_year: int, until: dt.date) -> frozenset[UUID]:
    """Who held a published placement of the year at the end of a day that had not ended by then."""
    query = (
        sa.select(placement.c.trainee_id)
        .join(matching_round, matching_round.c.id == placement.c.round_id)
        .where(
            *_published(programme_year, until),
            sa.or_(placement.c.ended_on.is_(None), placement.c.ended_on > until),
        )
    )
    return frozenset(connection.execute(query).scalars())


def count_waiting(connection: sa.Connection, programme_year: int, until: dt.date) -> int:
    """How many completed a course of the year and neither hold a placement nor take part in a round still open."""
    open_round = (
        sa.select(matching_trainee.c.trainee_id)
        .join(matching_round, matching_round.c.id == matching_trainee.c.round_id)
        .where(matching_round.c.state != _PUBLISHED)
    )
    query = (
        sa.select(membership.c.person_id)
        .join(course, course.c.id == membership.c.course_id)
        .where(
            course.c.programme_year == programme_year,
            membership.c.outcome == Outcome.COMPLETED,
            membership.c.person_id.not_in(open_round),
        )
    )
    completed = frozenset(connection.execute(query).scalars())
    return len(completed - placed_people(connection, programme_year, until))


def count_answered(connection: sa.Connection, programme_year: int, until: dt.date) -> dict[str | None, int]:
    """How many companies answered the training-need survey by a day, by kind (None: not known)."""
    query = (
        sa.select(company.c.kind, sa.func.count())
        .join(training_need, training_need.c.company_id == company.c.id)
        .where(training_need.c.programme_year == programme_year, training_need.c.answered_on <= until)
        .group_by(company.c.kind)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def list_placed(connection: sa.Connection, round_id: UUID) -> tuple[PlacedRow, ...]:
    """A round's placements, published or not, by company, position and name."""
    rows = connection.execute(_placed().where(placement.c.round_id == round_id))
    return tuple(PlacedRow(*row) for row in rows)


def list_published(connection: sa.Connection, programme_year: int, until: dt.date) -> tuple[PlacedRow, ...]:
    """The placements published by a day in every round of the year, ended ones too, round by round."""
    query = _placed().where(*_published(programme_year, until))
    rows = tuple(PlacedRow(*row) for row in connection.execute(query))
    return tuple(sorted(rows, key=lambda row: row.round_number))


def list_solo(
    connection: sa.Connection, programme_year: int, until: dt.date, since: dt.date = dt.date.min
) -> tuple[str, ...]:
    """The rounds published in a span that the same person adopted and published (단독 처리), by number."""
    query = (
        sa.select(matching_round.c.name)
        .where(
            *_published(programme_year, until),
            matching_round.c.published_on >= since,
            matching_round.c.solo.is_(True),
        )
        .order_by(matching_round.c.number)
    )
    return tuple(connection.execute(query).scalars())


def list_contacts(connection: sa.Connection, companies: Collection[UUID]) -> dict[UUID, str]:
    """The name of whom a company named as its contact, by company; one without a name is left out."""
    query = sa.select(company.c.id, company.c.contact).where(
        company.c.id.in_(list(companies)), company.c.contact.is_not(None)
    )
    return {row.id: row.contact for row in connection.execute(query)}


def _of_trainees() -> sa.Join:
    return placement.join(matching_round, matching_round.c.id == placement.c.round_id).join(
        matching_trainee,
        sa.and_(
            matching_trainee.c.round_id == placement.c.round_id,
            matching_trainee.c.trainee_id == placement.c.trainee_id,
        ),
    )


def _placed() -> sa.Select[Any]:
    joined = (
        _of_trainees()
        .join(person, person.c.id == placement.c.trainee_id)
        .join(position, position.c.id == placement.c.position_id)
        .join(company, company.c.id == position.c.company_id)
    )
    return (
        sa.select(
            *(person.c.id, person.c.name, person.c.birth, person.c.phone, matching_trainee.c.track),
            *(matching_round.c.number, matching_round.c.name, matching_round.c.published_on),
            *(placement.c.how, placement.c.rank, placement.c.ended_on, placement.c.end_reason),
            *(position.c.id, position.c.name, position.c.place, position.c.wage),
            *(position.c.weekly_minutes, position.c.starts_on, position.c.conditions),
            *(company.c.id, company.c.name, company.c.contact, company.c.phone),
        )
        .select_from(joined)
        .order_by(company.c.name, position.c.name, person.c.name, person.c.birth)
    )


def _published(programme_year: int, until: dt.date) -> tuple[sa.ColumnElement[bool], ...]:
    table = matching_round.c
    return (table.programme_year == programme_year, table.state == _PUBLISHED, table.published_on <= until)


def _end_of(day: dt.date) -> sa.BindParameter[dt.datetime]:
    return sa.bindparam(None, dt.datetime.combine(day + _DAY, dt.time(), KST), Moment)
