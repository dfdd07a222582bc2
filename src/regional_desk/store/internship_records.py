"""Reading internships with their agreements and breaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.internships import Break, BreakKind, EndKind, Terms
from regional_desk.domain.matching_rounds import MatchingState
from regional_desk.domain.membership import Outcome
from regional_desk.store.claims import claim_row, claim_run
from regional_desk.store.companies import company, position
from regional_desk.store.courses import course, membership
from regional_desk.store.internships import agreement, internship, interruption
from regional_desk.store.matching import matching_round, placement
from regional_desk.store.people import person
from regional_desk.store.placements import PlacementRow, list_where

_CONFIRMED = ("confirmed", "paid", "reconciled")


@dataclass(frozen=True, slots=True)
class StoredInternship:
    """An internship as its row holds it, with whom and what it names; `position_name` empty where it has no position."""

    id: UUID
    version: int
    programme_year: int
    number: int
    placement: UUID | None
    trainee: UUID
    name: str
    birth: dt.date
    company: UUID
    company_name: str
    position: UUID | None
    position_name: str
    replaces: UUID | None
    track: str
    started_on: dt.date | None
    ended_on: dt.date | None
    end_kind: str | None
    end_reason: str | None
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement or amendment; `points` are the other points of 근로기준법 제17조 by key, `state` draft, signed or void.

    `attachment` is the scan of the signed paper; a signed one without it was stated to be on paper (서면).
    """

    id: UUID
    version: int
    internship: UUID
    number: int
    effective_from: dt.date
    end: dt.date
    wage: int
    weekly_minutes: int
    place: str
    duties: str
    mentor: str
    points: Mapping[str, str]
    reason: str | None
    state: str
    signed_on: dt.date | None
    attachment: UUID | None
    file_name: str | None
    void_reason: str | None
    at: dt.datetime

    @property
    def terms(self) -> Terms:
        """What it settles."""
        return Terms(
            self.number,
            self.effective_from,
            self.end,
            self.wage,
            self.weekly_minutes,
            self.place,
            self.duties,
            self.mentor,
        )


@dataclass(frozen=True, slots=True)
class InterruptionRow:
    """One 중단 or 무급 결근, both days inside; a voided one keeps its row."""

    id: UUID
    version: int
    internship: UUID
    kind: str
    start: dt.date
    end: dt.date | None
    reason: str
    attachment: UUID | None
    file_name: str | None
    void_reason: str | None

    @property
    def span(self) -> Break:
        """The days it takes."""
        return Break(self.start, self.end, BreakKind(self.kind))


@dataclass(frozen=True, slots=True)
class ClaimedMonth:
    """What one run says of one service month: `amount` in won, `end` the month's last day, `state` the run's."""

    month_no: int
    end: dt.date
    amount: int
    held: bool
    state: str


def list_internships(
    connection: sa.Connection,
    year: int | None = None,
    *,
    trainee: UUID | None = None,
    replacing: UUID | None = None,
) -> tuple[StoredInternship, ...]:
    """Internships in the order of their numbers, of a programme year, of a trainee, or in the place of another."""
    query = _internships().order_by(internship.c.programme_year, internship.c.number)
    if year is not None:
        query = query.where(internship.c.programme_year == year)
    if trainee is not None:
        query = query.where(internship.c.trainee_id == trainee)
    if replacing is not None:
        query = query.where(internship.c.replaces_id == replacing)
    return tuple(_internship(row) for row in connection.execute(query))


def find_internship(connection: sa.Connection, internship_id: UUID) -> StoredInternship | None:
    """One internship, None for an unknown id."""
    row = connection.execute(_internships().where(internship.c.id == internship_id)).first()
    return None if row is None else _internship(row)


def internship_of(connection: sa.Connection, placement_id: UUID) -> StoredInternship | None:
    """The internship a placement has, None where it has none but withdrawn ones."""
    query = _internships().where(
        internship.c.placement_id == placement_id,
        sa.or_(internship.c.end_kind.is_(None), internship.c.end_kind != EndKind.WITHDRAWN.value),
    )
    row = connection.execute(query).first()
    return None if row is None else _internship(row)


def list_agreements(
    connection: sa.Connection, year: int | None = None, internship_id: UUID | None = None
) -> dict[UUID, tuple[AgreementRow, ...]]:
    """Every agreement by internship, in the order of their numbers, voided ones too."""
    query = sa.select(agreement).order_by(agreement.c.internship_id, agreement.c.number)
    query = _of(query, agreement.c.internship_id, year, internship_id)
    found: dict[UUID, list[AgreementRow]] = {}
    for row in _agreements(connection, query):
        found.setdefault(row.internship, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def find_agreement(connection: sa.Connection, agreement_id: UUID) -> AgreementRow | None:
    """One agreement, None for an unknown id."""
    return next(_agreements(connection, sa.select(agreement).where(agreement.c.id == agreement_id)), None)


def list_interruptions(
    connection: sa.Connection, year: int | None = None, internship_id: UUID | None = None
) -> dict[UUID, tuple[InterruptionRow, ...]]:
    """Every break by internship, by its first day, voided ones too."""
    query = sa.select(interruption).order_by(interruption.c.internship_id, interruption.c.start)
    query = _of(query, interruption.c.internship_id, year, internship_id)
    found: dict[UUID, list[InterruptionRow]] = {}
    for row in _interruptions(connection, query):
        found.setdefault(row.internship, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def find_interruption(connection: sa.Connection, interruption_id: UUID) -> InterruptionRow | None:
    """One break, None for an unknown id."""
    query = sa.select(interruption).where(interruption.c.id == interruption_id)
    return next(_interruptions(connection, query), None)


def next_number(connection: sa.Connection, year: int) -> int:
    """The number the next internship of a programme year takes."""
    query = sa.select(sa.func.max(internship.c.number)).where(internship.c.programme_year == year)
    return (connection.execute(query).scalar() or 0) + 1


def course_year(connection: sa.Connection, trainee: UUID) -> int | None:
    """The programme year of the newest course a trainee stayed in, None without one."""
    query = (
        sa.select(course.c.programme_year)
        .join(membership, membership.c.course_id == course.c.id)
        .where(
            membership.c.person_id == trainee,
            sa.or_(membership.c.outcome.is_(None), membership.c.outcome != Outcome.WITHDRAWN.value),
        )
        .order_by(course.c.start.desc())
    )
    return connection.execute(query).scalars().first()


def list_waiting(connection: sa.Connection, year: int) -> tuple[PlacementRow, ...]:
    """Published placements of a year that go on and have no internship but withdrawn ones, by company and name."""
    taken = sa.select(internship.c.placement_id).where(
        internship.c.placement_id.is_not(None),
        sa.or_(internship.c.end_kind.is_(None), internship.c.end_kind != EndKind.WITHDRAWN.value),
    )
    published = sa.select(matching_round.c.id).where(
        matching_round.c.programme_year == year,
        matching_round.c.state == MatchingState.PUBLISHED.value,
    )
    return list_where(
        connection,
        placement.c.round_id.in_(published),
        placement.c.ended_on.is_(None),
        placement.c.id.not_in(taken),
    )


def round_state(connection: sa.Connection, round_id: UUID) -> tuple[str, int]:
    """A matching round's state and programme year."""
    table = matching_round.c
    row = connection.execute(sa.select(table.state, table.programme_year).where(table.id == round_id)).one()
    return row.state, row.programme_year


def has_confirmed_claim(connection: sa.Connection, internship_id: UUID) -> bool:
    """Whether a claim of this internship was confirmed and not cancelled."""
    query = (
        sa.select(claim_row.c.run_id)
        .join(claim_run, claim_run.c.id == claim_row.c.run_id)
        .where(
            claim_row.c.internship_id == internship_id,
            claim_row.c.held.is_(False),
            claim_run.c.state.in_(_CONFIRMED),
        )
    )
    return connection.execute(query).first() is not None


def list_claims(connection: sa.Connection, internship_id: UUID) -> tuple[ClaimedMonth, ...]:
    """What the runs of 인턴지원금 say of an internship, cancelled ones too, run by run."""
    query = (
        sa.select(claim_row.c.month_no, claim_row.c.end, claim_row.c.amount, claim_row.c.held)
        .add_columns(claim_run.c.state)
        .join(claim_run, claim_run.c.id == claim_row.c.run_id)
        .where(claim_row.c.internship_id == internship_id)
        .order_by(claim_run.c.month, claim_run.c.number, claim_row.c.month_no)
    )
    return tuple(ClaimedMonth(*row) for row in connection.execute(query))


def forget_person(connection: sa.Connection, person_id: UUID, gone: str) -> set[UUID]:
    """파기: scans and reasons of an intern's agreements and breaks go, days and wages stay; return the attachments.

    `gone` stands where a text may not be empty.
    """
    mine = sa.select(internship.c.id).where(internship.c.trainee_id == person_id)
    files: set[UUID] = set()
    for table in (agreement, interruption):
        own = table.c.internship_id.in_(mine)
        kept = sa.select(table.c.attachment_id).where(own, table.c.attachment_id.is_not(None))
        files |= set(connection.execute(kept).scalars())
        blank = {"attachment_id": None, "file_name": None, "reason": gone}
        connection.execute(sa.update(table).where(own).values(blank))
        voided = sa.and_(own, table.c.void_reason.is_not(None))
        connection.execute(sa.update(table).where(voided).values(void_reason=gone))
    connection.execute(
        sa.update(internship).where(internship.c.trainee_id == person_id).values(end_reason=None)
    )
    return files


def _of(
    query: sa.Select[Any], column: sa.Column[Any], year: int | None, internship_id: UUID | None
) -> sa.Select[Any]:
    if internship_id is not None:
        return query.where(column == internship_id)
    if year is None:
        return query
    mine = sa.select(internship.c.id).where(internship.c.programme_year == year)
    return query.where(column.in_(mine))


def _internships() -> sa.Select[Any]:
    return (
        sa.select(internship, person.c.name, person.c.birth)
        .add_columns(company.c.name.label("company_name"), position.c.name.label("position_name"))
        .join(person, person.c.id == internship.c.trainee_id)
        .join(company, company.c.id == internship.c.company_id)
        .join(position, position.c.id == internship.c.position_id, isouter=True)
    )


def _internship(row: sa.Row[Any]) -> StoredInternship:
    return StoredInternship(
        id=row.id,
        version=row.version,
        programme_year=row.programme_year,
        number=row.number,
        placement=row.placement_id,
        trainee=row.trainee_id,
        name=row.name,
        birth=row.birth,
        company=row.company_id,
        company_name=row.company_name,
        position=row.position_id,
        position_name=row.position_name or "",
        replaces=row.replaces_id,
        track=row.track,
        started_on=row.started_on,
        ended_on=row.ended_on,
        end_kind=row.end_kind,
        end_reason=row.end_reason,
        created_at=row.created_at,
    )


def _agreements(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[AgreementRow]:
    for row in connection.execute(query):
        yield AgreementRow(
            id=row.id,
            version=row.version,
            internship=row.internship_id,
            number=row.number,
            effective_from=row.effective_from,
            end=row.end,
            wage=row.wage,
            weekly_minutes=row.weekly_minutes,
            place=row.place,
            duties=row.duties,
            mentor=row.mentor,
            points=row.terms,
            reason=row.reason,
            state=row.state,
            signed_on=row.signed_on,
            attachment=row.attachment_id,
            file_name=row.file_name,
            void_reason=row.void_reason,
            at=row.at,
        )


def _interruptions(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[InterruptionRow]:
    for row in connection.execute(query):
        yield InterruptionRow(
            id=row.id,
            version=row.version,
            internship=row.internship_id,
            kind=row.kind,
            start=row.start,
            end=row.end,
            reason=row.reason,
            attachment=row.attachment_id,
            file_name=row.file_name,
            void_reason=row.void_reason,
        )
