"""What happens to personal data at its end: kept apart (분리보관), disposed of (파기), or lost (분실)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.applicants import longest_consent
from regional_desk.domain.retention import Life
from regional_desk.store.allowance import allowance_hold, allowance_row, allowance_run
from regional_desk.store.courses import course, membership
from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column
from regional_desk.store.people import application, application_step, person, person_key
from regional_desk.store.recruitment import consent, recruitment_round

separation = sa.Table(
    "separation",
    metadata,
    reference("person_id", "person.id"),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # who it was, under the person's own key
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("person_id"),
)

disposal = sa.Table(
    "disposal",
    metadata,
    id_column(),
    sa.Column("number", sa.Integer, nullable=False),  # counts within the year
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("items", Json, nullable=False),  # which fields, as text
    sa.Column("people", sa.Integer, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("backups_until", sa.Date, nullable=False),  # when the last backup that still holds them is gone
    sa.Column("memo", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("year", "number"),
)

disposal_person = sa.Table(
    "disposal_person",
    metadata,
    reference("disposal_id", "disposal.id"),
    reference("person_id", "person.id"),
    sa.PrimaryKeyConstraint("disposal_id", "person_id"),
    sa.Index("ix_disposal_person_person_id", "person_id"),
)

loss_report = sa.Table(
    "loss_report",
    metadata,
    id_column(),
    version_column(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # laptop | backup | usb
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("lost_on", sa.Date, nullable=False),
    sa.Column("noticed_at", Moment, nullable=False),  # the 72 hours run from here
    sa.Column("data_until", Moment),  # the state of the data that was lost; null means up to the notice
    sa.Column("facts", Json, nullable=False),  # people, fields and encryption as they were found then
    sa.Column("state", sa.Text, nullable=False),  # open | reported | closed
    sa.Column("reported_at", Moment),
    sa.Column("memo", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("year", "number"),
)

_TAKEN = ("selected", "enrolled")
_WAS_TAKEN = (*_TAKEN, "declined")  # 포기 comes after 선발
_UNSETTLED = ("draft", "checked", "confirmed")


@dataclass(frozen=True, slots=True)
class Kept:
    """One person who was not disposed of, with what decides the term."""

    id: UUID
    name: str
    birth: dt.date
    life: Life


@dataclass(frozen=True, slots=True)
class SeparationRow:
    """What was set apart of one person, sealed."""

    person: UUID
    sealed: bytes
    until: dt.date
    basis: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """One line of the 파기대장; `people` is a count."""

    id: UUID
    number: int
    year: int
    on: dt.date
    basis: str
    items: list[str]
    people: int
    method: str
    backups_until: dt.date
    memo: str
    user_id: UUID
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class LossRow:
    """One report of a loss; `facts` name nobody but by id."""

    id: UUID
    version: int
    number: int
    year: int
    kind: str
    description: str
    lost_on: dt.date
    noticed_at: dt.datetime
    data_until: dt.datetime | None
    facts: dict[str, Any]
    state: str
    reported_at: dt.datetime | None
    memo: str
    user_id: UUID
    at: dt.datetime


def list_kept(connection: sa.Connection) -> tuple[Kept, ...]:
    """Everybody whose key was not destroyed and who was not merged into somebody else, with what decides their term.

    A merged person's data is kept and ends with the person it was merged into, so that one alone is never due.
    The result day of an application is that of its recruiting round, None until the round is published. Without a round
    it is the last day somebody of its track was selected or enrolled in the programme year; without a track too the last
    of the year.
    """
    years = _years(connection)
    results = _results(connection)
    apart = {row.person: row.until for row in list_separations(connection)}
    longer = _consents(connection)
    asked: dict[UUID, list[tuple[int, dt.date | None]]] = {}
    app = application.c
    query = sa.select(
        app.person_id, app.programme_year, app.track, app.round_id, recruitment_round.c.result_on
    ).outerjoin(recruitment_round, recruitment_round.c.id == app.round_id)
    for row in connection.execute(query):
        result = row.result_on if row.round_id else results.get((row.programme_year, row.track))
        asked.setdefault(row.person_id, []).append((row.programme_year, result))
    there = (
        sa.select(person.c.id, person.c.name, person.c.birth)
        .join(person_key, person_key.c.person_id == person.c.id)
        .where(person_key.c.destroyed_at.is_(None), person.c.merged_into.is_(None))
        .order_by(person.c.name, person.c.birth)
    )
    return tuple(
        Kept(
            row.id,
            row.name,
            row.birth,
            Life(
                years=tuple(sorted(years.get(row.id, ()))),
                results=tuple(
                    result for year, result in asked.get(row.id, ()) if year not in years.get(row.id, ())
                ),
                consent_until=longer.get(row.id),
                separated_until=apart.get(row.id),
            ),
        )
        for row in connection.execute(there)
    )


def list_merged_kept(connection: sa.Connection, people: Collection[UUID]) -> tuple[Kept, ...]:
    """Whoever was merged into one of these people; their terms are those people's."""
    rows = connection.execute(
        sa.select(person.c.id, person.c.name, person.c.birth, person.c.merged_into)
        .join(person_key, person_key.c.person_id == person.c.id)
        .where(person.c.merged_into.is_not(None), person_key.c.destroyed_at.is_(None))
        .order_by(person.c.name, person.c.birth)
    )
    return tuple(Kept(row.id, row.name, row.birth, Life()) for row in rows if row.merged_into in people)


def _consents(connection: sa.Connection) -> dict[UUID, dt.date]:
    """The last day a consent in force names itself, by person."""
    told: dict[UUID, list[tuple[bool, dt.date | None, dt.date | None]]] = {}
    columns = (consent.c.person_id, consent.c.given, consent.c.withdrawn_on, consent.c.keep_until)
    for row in connection.execute(sa.select(*columns).where(consent.c.keep_until.is_not(None))):
        told.setdefault(row.person_id, []).append((row.given, row.withdrawn_on, row.keep_until))
    longest = {one: longest_consent(consents) for one, consents in told.items()}
    return {one: day for one, day in longest.items() if day is not None}


def _years(connection: sa.Connection) -> dict[UUID, set[int]]:
    """The programme years in which somebody was selected or enrolled."""
    found: dict[UUID, set[int]] = {}
    member = sa.select(membership.c.person_id, course.c.programme_year).join(
        course, course.c.id == membership.c.course_id
    )
    stands = sa.select(application.c.person_id, application.c.programme_year).where(
        application.c.stage.in_(_WAS_TAKEN)
    )
    stood = (
        sa.select(application.c.person_id, application.c.programme_year)
        .join(application_step, application_step.c.application_id == application.c.id)
        .where(application_step.c.stage.in_(_TAKEN))
    )
    for row in connection.execute(sa.union(member, stands, stood)):
        found.setdefault(row.person_id, set()).add(row.programme_year)
    return found


def _results(connection: sa.Connection) -> dict[tuple[int, str | None], dt.date]:
    """The result day by programme year and track; under no track the last of the year."""
    found: dict[tuple[int, str | None], dt.date] = {}
    query = (
        sa.select(
            application.c.programme_year,
            application.c.track,
            sa.func.max(application_step.c.on).label("last"),
        )
        .join(application_step, application_step.c.application_id == application.c.id)
        .where(application_step.c.stage.in_(_TAKEN))
        .group_by(application.c.programme_year, application.c.track)
    )
    for year, track, last in connection.execute(query):
        for key in {(year, track), (year, None)}:
            found[key] = max(last, found.get(key, last))
    return found


def in_open_course(connection: sa.Connection, on: dt.date) -> set[UUID]:
    """Who is still inside a course that has not ended."""
    query = (
        sa.select(membership.c.person_id)
        .join(course, course.c.id == membership.c.course_id)
        .where(course.c.end >= on, sa.or_(membership.c.left.is_(None), membership.c.left >= on))
    )
    return set(connection.execute(query).scalars())


def with_open_money(connection: sa.Connection) -> set[UUID]:
    """Whose allowance is not paid yet: in a run under way, or held."""
    rows = (
        sa.select(allowance_row.c.trainee_id)
        .join(allowance_run, allowance_run.c.id == allowance_row.c.run_id)
        .where(allowance_run.c.state.in_(_UNSETTLED))
    )
    holds = sa.select(allowance_hold.c.trainee_id).where(allowance_hold.c.released_at.is_(None))
    return set(connection.execute(sa.union(rows, holds)).scalars())


def list_separations(connection: sa.Connection) -> tuple[SeparationRow, ...]:
    """Everybody who was set apart, the first to end first."""
    query = sa.select(separation).order_by(separation.c.until, separation.c.at)
    return tuple(_apart(row) for row in connection.execute(query))


def find_separation(connection: sa.Connection, person_id: UUID) -> SeparationRow | None:
    """What was set apart of a person."""
    row = connection.execute(sa.select(separation).where(separation.c.person_id == person_id)).first()
    return None if row is None else _apart(row)


def _apart(row: sa.Row[Any]) -> SeparationRow:
    return SeparationRow(row.person_id, row.sealed, row.until, row.basis, row.at)


def list_disposals(connection: sa.Connection, year: int | None = None) -> tuple[DisposalRow, ...]:
    """The 파기대장 in its order, of one year or all."""
    query = sa.select(disposal).order_by(disposal.c.year, disposal.c.number)
    if year is not None:
        query = query.where(disposal.c.year == year)
    names = DisposalRow.__slots__
    return tuple(
        DisposalRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    )


def list_losses(connection: sa.Connection) -> tuple[LossRow, ...]:
    """Every report, oldest first."""
    query = sa.select(loss_report).order_by(loss_report.c.year, loss_report.c.number)
    names = LossRow.__slots__
    return tuple(LossRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query))


def next_number(connection: sa.Connection, table: sa.Table, year: int) -> int:
    """The next number of a register that counts within the year."""
    last = connection.execute(sa.select(sa.func.max(table.c.number)).where(table.c.year == year)).scalar()
    return int(last or 0) + 1
