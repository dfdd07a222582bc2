"""Reading internships with what came after them, and 취업상황 of who took part in a course."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.internships import EndKind
from regional_desk.domain.membership import Outcome
from regional_desk.store.companies import company, position
from regional_desk.store.courses import course, membership
from regional_desk.store.internships import (
    agreement,
    conversion,
    employment_check,
    internship,
    outcome_goal,
    retention_check,
)
from regional_desk.store.people import person

_ASKED = (Outcome.COMPLETED, Outcome.EMPLOYED_EARLY)


@dataclass(frozen=True, slots=True)
class ConversionRow:
    """Whether somebody was kept on; `wage` in won a month, `attachment` the evidence."""

    version: int
    converted: bool
    decided_on: dt.date
    employed_from: dt.date | None
    employment: str | None
    wage: int | None
    reason: str | None
    attachment: UUID | None
    file_name: str | None


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """One check of 고용유지, 6 or 12 `months` after the conversion; `left_on` the last day of work."""

    months: int
    version: int
    result: str
    checked_on: dt.date
    left_on: dt.date | None
    source: str
    memo: str | None
    attachment: UUID | None
    file_name: str | None


@dataclass(frozen=True, slots=True)
class InternRow:
    """An internship that began, with what came after it; `last_day` the agreed one while it runs, None before a signature."""

    id: UUID
    programme_year: int
    number: int
    trainee: UUID
    name: str
    birth: dt.date
    track: str
    company: UUID
    company_name: str
    position_name: str | None
    started_on: dt.date
    ended_on: dt.date | None
    end_kind: str | None
    last_day: dt.date | None
    conversion: ConversionRow | None
    checks: tuple[RetentionRow, ...]


@dataclass(frozen=True, slots=True)
class EmploymentRow:
    """Somebody whose 취업상황 is asked after a course; the answer's fields are None before there is one."""

    membership: UUID
    person: UUID
    name: str
    birth: dt.date
    course: UUID
    course_name: str
    track: str
    ended_on: dt.date
    outcome: str
    version: int | None
    result: str | None
    employer: str | None
    employed_from: dt.date | None
    checked_on: dt.date | None
    source: str | None
    memo: str | None


@dataclass(frozen=True, slots=True)
class OutcomeGoalRow:
    """How many people of a track a year is to bring to a step."""

    item: str
    track: str
    version: int
    people: int


def list_interns(
    connection: sa.Connection, programme_year: int | None = None, internship_id: UUID | None = None
) -> tuple[InternRow, ...]:
    """The internships of a year that began, or the one of an id, by number; a 협약 취소 is none of them."""
    where: list[sa.ColumnElement[bool]] = [
        internship.c.started_on.is_not(None),
        sa.func.coalesce(internship.c.end_kind, "") != EndKind.WITHDRAWN,
    ]
    if programme_year is not None:
        where.append(internship.c.programme_year == programme_year)
    if internship_id is not None:
        where.append(internship.c.id == internship_id)
    query: sa.Select[Any] = (
        sa.select(
            *(internship.c.id, internship.c.programme_year, internship.c.number, internship.c.trainee_id),
            *(person.c.name, person.c.birth, internship.c.track, internship.c.company_id),
            *(company.c.name.label("company_name"), position.c.name.label("position_name")),
            *(internship.c.started_on, internship.c.ended_on, internship.c.end_kind),
            *(conversion.c.version.label("conversion_version"), conversion.c.converted),
            *(conversion.c.decided_on, conversion.c.employed_from, conversion.c.employment),
            *(conversion.c.wage, conversion.c.reason, conversion.c.attachment_id, conversion.c.file_name),
        )
        .join(person, person.c.id == internship.c.trainee_id)
        .join(company, company.c.id == internship.c.company_id)
        .outerjoin(position, position.c.id == internship.c.position_id)
        .outerjoin(conversion, conversion.c.internship_id == internship.c.id)
        .where(*where)
        .order_by(internship.c.programme_year, internship.c.number)
    )
    rows = list(connection.execute(query))
    ends = _agreed_ends(connection, [row.id for row in rows])
    checks = _checks(connection, [row.id for row in rows])
    return tuple(_intern(row, ends.get(row.id), checks.get(row.id, ())) for row in rows)


def list_employment(
    connection: sa.Connection, programme_year: int | None = None, membership_id: UUID | None = None
) -> tuple[EmploymentRow, ...]:
    """Whose 취업상황 is asked (수료 and 조기취업) after the courses of a year, or of one membership; by course and name."""
    where: list[sa.ColumnElement[bool]] = [membership.c.outcome.in_(_ASKED), person.c.merged_into.is_(None)]
    if programme_year is not None:
        where.append(course.c.programme_year == programme_year)
    if membership_id is not None:
        where.append(membership.c.id == membership_id)
    query: sa.Select[Any] = (
        sa.select(
            *(membership.c.id, person.c.id, person.c.name, person.c.birth, course.c.id, course.c.name),
            *(course.c.track, sa.func.coalesce(course.c.closed_on, course.c.end), membership.c.outcome),
            *(employment_check.c.version, employment_check.c.result, employment_check.c.employer),
            *(employment_check.c.employed_from, employment_check.c.checked_on),
            *(employment_check.c.source, employment_check.c.memo),
        )
        .select_from(membership)
        .join(course, course.c.id == membership.c.course_id)
        .join(person, person.c.id == membership.c.person_id)
        .outerjoin(employment_check, employment_check.c.membership_id == membership.c.id)
        .where(*where)
        .order_by(course.c.start, course.c.name, person.c.name, person.c.birth)
    )
    return tuple(EmploymentRow(*row) for row in connection.execute(query))


def list_outcome_goals(connection: sa.Connection, programme_year: int) -> tuple[OutcomeGoalRow, ...]:
    """The goals of a year."""
    table = outcome_goal
    query = sa.select(table.c.item, table.c.track, table.c.version, table.c.people).where(
        table.c.programme_year == programme_year
    )
    return tuple(OutcomeGoalRow(*row) for row in connection.execute(query))


def _agreed_ends(connection: sa.Connection, internships: Collection[UUID]) -> dict[UUID, dt.date]:
    """The end of the newest signed agreement of each."""
    query = (
        sa.select(agreement.c.internship_id, agreement.c.end)
        .where(agreement.c.internship_id.in_(list(internships)), agreement.c.state == "signed")
        .order_by(agreement.c.number)
    )
    return {row.internship_id: row.end for row in connection.execute(query)}


def _checks(connection: sa.Connection, internships: Collection[UUID]) -> dict[UUID, tuple[RetentionRow, ...]]:
    table, found = retention_check, dict[UUID, tuple[RetentionRow, ...]]()
    query = (
        sa.select(table)
        .where(table.c.internship_id.in_(list(internships)))
        .order_by(table.c.internship_id, table.c.months)
    )
    for row in connection.execute(query):
        one = RetentionRow(
            row.months,
            row.version,
            row.result,
            row.checked_on,
            row.left_on,
            row.source,
            row.memo,
            row.attachment_id,
            row.file_name,
        )
        found[row.internship_id] = (*found.get(row.internship_id, ()), one)
    return found


def _intern(row: sa.Row[Any], agreed: dt.date | None, checks: tuple[RetentionRow, ...]) -> InternRow:
    decided = None
    if row.conversion_version is not None:
        decided = ConversionRow(
            row.conversion_version,
            row.converted,
            row.decided_on,
            row.employed_from,
            row.employment,
            row.wage,
            row.reason,
            row.attachment_id,
            row.file_name,
        )
    return InternRow(
        row.id,
        row.programme_year,
        row.number,
        row.trainee_id,
        row.name,
        row.birth,
        row.track,
        row.company_id,
        row.company_name,
        row.position_name,
        row.started_on,
        row.ended_on,
        row.end_kind,
        row.ended_on or agreed,
        decided,
        checks,
    )
