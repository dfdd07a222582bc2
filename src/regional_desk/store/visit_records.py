"""Reading visits with the intern and the company they lead to, their plans, files and findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.attendance import attachment
from regional_desk.store.companies import company, position
from regional_desk.store.internships import agreement, internship
from regional_desk.store.people import person
from regional_desk.store.visits import finding, visit, visit_file, visit_plan

SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A 방문계획; `rule` is what its proposal was made by."""

    id: UUID
    version: int
    programme_year: int
    number: int
    name: str
    start: dt.date
    end: dt.date
    rule: dict[str, Any]


@dataclass(frozen=True, slots=True)
class HostRow:
    """An internship as a visit needs it: who, where, and from when to when; addresses as they were written.

    `agreed` holds the signed agreements' (effective_from, end, place, mentor), the oldest first.
    """

    internship: UUID
    programme_year: int
    number: int
    track: str
    trainee: UUID
    name: str
    birth: dt.date
    phone: str | None
    company: UUID
    company_name: str
    address: str | None
    contact: str | None
    company_phone: str | None
    position_name: str | None
    started_on: dt.date | None
    ended_on: dt.date | None
    end_kind: str | None
    agreed: tuple[tuple[dt.date, dt.date, str, str], ...]


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit as it is stored; `answers` by the key of the checklist."""

    id: UUID
    version: int
    plan_id: UUID | None
    internship_id: UUID
    month_no: int
    place: int | None
    planned_on: dt.date | None
    visitor: str | None
    state: str
    done_on: dt.date | None
    answers: dict[str, Any] | None
    interview: str | None
    opinion: str | None
    cancel_reason: str | None
    by_leaving: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """A photo or paper of a visit; `size` in bytes."""

    id: UUID
    visit_id: UUID
    file_name: str
    caption: str | None
    attachment_id: UUID
    media_type: str
    size: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something found, with what is to follow and until when; open while `closed_on` is None."""

    id: UUID
    version: int
    visit_id: UUID | None
    internship_id: UUID
    kind: str
    found_on: dt.date
    text: str
    follow_up: str | None
    owner: str | None
    deadline: dt.date | None
    closed_on: dt.date | None
    result: str | None


def list_plans(connection: sa.Connection) -> tuple[PlanRow, ...]:
    """Every plan, the newest first."""
    order = (visit_plan.c.programme_year.desc(), visit_plan.c.number.desc())
    return tuple(PlanRow(*row) for row in connection.execute(_columns(visit_plan, PlanRow).order_by(*order)))


def find_plan(connection: sa.Connection, plan_id: UUID) -> PlanRow | None:
    """One plan, None for an unknown id."""
    row = connection.execute(_columns(visit_plan, PlanRow).where(visit_plan.c.id == plan_id)).first()
    return None if row is None else PlanRow(*row)


def next_number(connection: sa.Connection, year: int) -> int:
    """The number of the next plan of a programme year."""
    query = sa.select(sa.func.max(visit_plan.c.number)).where(visit_plan.c.programme_year == year)
    return int(connection.execute(query).scalar() or 0) + 1


def plan_holding(connection: sa.Connection, day: dt.date) -> UUID | None:
    """The newest plan whose days hold this one."""
    query = (
        sa.select(visit_plan.c.id)
        .where(visit_plan.c.start <= day, visit_plan.c.end >= day)
        .order_by(visit_plan.c.created_at.desc())
    )
    return connection.execute(query).scalars().first()


def find_file(connection: sa.Connection, file_id: UUID) -> FileRow | None:
    """One file of a visit, None for an unknown id."""
    visit_id = connection.execute(sa.select(visit_file.c.visit_id).where(visit_file.c.id == file_id)).scalar()
    files = list_files(connection, [visit_id]) if visit_id else ()
    return next((one for one in files if one.id == file_id), None)


def list_hosts(
    connection: sa.Connection, *, year: int | None = None, internships: Collection[UUID] | None = None
) -> tuple[HostRow, ...]:
    """The internships that began or are signed, of a programme year or by id, by number."""
    query = (
        sa.select(internship, person.c.name, person.c.birth, person.c.phone)
        .add_columns(company.c.name.label("company_name"), company.c.address, company.c.contact)
        .add_columns(company.c.phone.label("company_phone"), position.c.name.label("position_name"))
        .join(person, person.c.id == internship.c.trainee_id)
        .join(company, company.c.id == internship.c.company_id)
        .outerjoin(position, position.c.id == internship.c.position_id)
        .order_by(internship.c.programme_year, internship.c.number)
    )
    if year is not None:
        query = query.where(internship.c.programme_year == year)
    if internships is not None:
        query = query.where(internship.c.id.in_(list(internships)))
    terms = _agreed(connection, internships)
    return tuple(_host(row, terms.get(row.id, ())) for row in connection.execute(query))


def list_visits(
    connection: sa.Connection,
    *,
    plan_id: UUID | None = None,
    internships: Collection[UUID] | None = None,
) -> tuple[VisitRow, ...]:
    """Visits in their plan's order, then by day."""
    query = _columns(visit, VisitRow)
    if plan_id is not None:
        query = query.where(visit.c.plan_id == plan_id)
    if internships is not None:
        query = query.where(visit.c.internship_id.in_(list(internships)))
    order = (visit.c.planned_on, visit.c.place, visit.c.month_no, visit.c.id)
    return tuple(VisitRow(*row) for row in connection.execute(query.order_by(*order)))


def find_visit(connection: sa.Connection, visit_id: UUID) -> VisitRow | None:
    """One visit, None for an unknown id."""
    row = connection.execute(_columns(visit, VisitRow).where(visit.c.id == visit_id)).first()
    return None if row is None else VisitRow(*row)


def list_files(connection: sa.Connection, visits: Collection[UUID]) -> tuple[FileRow, ...]:
    """The files of these visits in the order they came."""
    query = (
        sa.select(visit_file, attachment.c.media_type, attachment.c.size)
        .join(attachment, attachment.c.id == visit_file.c.attachment_id)
        .where(visit_file.c.visit_id.in_(list(visits)))
        .order_by(visit_file.c.at, visit_file.c.id)
    )
    return tuple(
        FileRow(**{name: getattr(row, name) for name in FileRow.__slots__})
        for row in connection.execute(query)
    )


def list_findings(
    connection: sa.Connection,
    *,
    internships: Collection[UUID] | None = None,
    visit_id: UUID | None = None,
    open_only: bool = False,
) -> tuple[FindingRow, ...]:
    """Findings, the earliest deadline first."""
    query = _columns(finding, FindingRow)
    if internships is not None:
        query = query.where(finding.c.internship_id.in_(list(internships)))
    if visit_id is not None:
        query = query.where(finding.c.visit_id == visit_id)
    if open_only:
        query = query.where(finding.c.closed_on.is_(None))
    order = (finding.c.deadline.is_(None), finding.c.deadline, finding.c.found_on, finding.c.id)
    return tuple(FindingRow(*row) for row in connection.execute(query.order_by(*order)))


def find_finding(connection: sa.Connection, finding_id: UUID) -> FindingRow | None:
    """One finding, None for an unknown id."""
    row = connection.execute(_columns(finding, FindingRow).where(finding.c.id == finding_id)).first()
    return None if row is None else FindingRow(*row)


def forget_person(connection: sa.Connection, person_id: UUID, gone: str) -> set[UUID]:
    """파기: what was said and found of an intern goes, the counts stay; return the attachments of what was taken away.

    `gone` stands where a text may not be empty.
    """
    mine = sa.select(internship.c.id).where(internship.c.trainee_id == person_id)
    visits = sa.select(visit.c.id).where(visit.c.internship_id.in_(mine))
    own = visit_file.c.visit_id.in_(visits)
    files = set(connection.execute(sa.select(visit_file.c.attachment_id).where(own)).scalars())
    connection.execute(sa.delete(visit_file).where(own))
    connection.execute(
        sa.update(visit)
        .where(visit.c.internship_id.in_(mine))
        .values(interview=None, opinion=None, cancel_reason=None)
    )
    connection.execute(
        sa.update(finding)
        .where(finding.c.internship_id.in_(mine))
        .values(text=gone, follow_up=None, owner=None, result=None)
    )
    return files


def _columns(table: sa.Table, row: type[Any]) -> sa.Select[Any]:
    return sa.select(*[table.c[name] for name in row.__slots__])


def _agreed(
    connection: sa.Connection, internships: Collection[UUID] | None
) -> dict[UUID, tuple[tuple[dt.date, dt.date, str, str], ...]]:
    columns = (agreement.c.effective_from, agreement.c.end, agreement.c.place, agreement.c.mentor)
    query = sa.select(agreement.c.internship_id, *columns).where(agreement.c.state == SIGNED)
    if internships is not None:
        query = query.where(agreement.c.internship_id.in_(list(internships)))
    found: dict[UUID, tuple[tuple[dt.date, dt.date, str, str], ...]] = {}
    for row in connection.execute(query.order_by(agreement.c.number)):
        found[row.internship_id] = (*found.get(row.internship_id, ()), tuple(row)[1:])
    return found


def _host(row: Any, agreed: tuple[tuple[dt.date, dt.date, str, str], ...]) -> HostRow:
    return HostRow(
        internship=row.id,
        programme_year=row.programme_year,
        number=row.number,
        track=row.track,
        trainee=row.trainee_id,
        name=row.name,
        birth=row.birth,
        phone=row.phone,
        company=row.company_id,
        company_name=row.company_name,
        address=row.address,
        contact=row.contact,
        company_phone=row.company_phone,
        position_name=row.position_name,
        started_on=row.started_on,
        ended_on=row.ended_on,
        end_kind=row.end_kind,
        agreed=agreed,
    )
