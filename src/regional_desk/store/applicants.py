"""What is kept of applicants beside their own row: applications, answers, documents, consents, merges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.allowance import GONE_STATES, allowance_row, allowance_run
from regional_desk.store.audit import CHANGES, LogLine
from regional_desk.store.courses import course, membership
from regional_desk.store.metadata import metadata
from regional_desk.store.people import application, application_step, person
from regional_desk.store.recruitment import (
    consent,
    eligibility_answer,
    person_document,
    person_merge,
)

_Row = TypeVar("_Row")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One person's application of a programme year; `score` in thousandths of 100 points."""

    id: UUID
    version: int
    person_id: UUID
    programme_year: int
    track: str | None
    stage: str
    received_on: dt.date
    round_id: UUID | None
    category: str | None
    military_days: int
    eligible: bool | None
    eligibility_reason: str | None
    score: int | None
    rank: int | None
    reserve_number: int | None
    tie_note: str | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One stage an application came to, and when."""

    application_id: UUID
    stage: str
    on: dt.date
    reason: str | None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What somebody found out about one condition."""

    application_id: UUID
    condition: str
    answer: str
    checked_on: dt.date
    memo: str | None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent as it was given or refused."""

    id: UUID
    version: int
    person_id: UUID
    kind: str
    receiver: str | None
    form_version: str
    given: bool
    on: dt.date
    keep_until: dt.date | None
    withdrawn_on: dt.date | None
    attachment_id: UUID | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document that was handed in."""

    id: UUID
    version: int
    person_id: UUID
    kind: str
    file_name: str
    attachment_id: UUID
    received_on: dt.date
    state: str
    memo: str | None


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge of two people; `moved` names rows and columns, no values."""

    id: UUID
    kept_id: UUID
    gone_id: UUID
    reason: str
    moved: dict[str, Any]
    at: dt.datetime
    undone_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class StudyRow:
    """One membership with its course; `left` is the last day inside."""

    course_id: UUID
    name: str
    start: dt.date
    end: dt.date
    number: int
    joined: dt.date
    left: dt.date | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One unit's allowance; `amount` in won."""

    course_id: UUID
    course_name: str
    unit_no: int
    state: str
    attended_days: int
    training_days: int
    amount: int
    held: bool


@dataclass(frozen=True, slots=True)
class Facing:
    """What decides an application besides its answers: the person's birth and the first day of the round's course."""

    application: ApplicationRow
    birth: dt.date
    course_start: dt.date | None


def list_applications(connection: sa.Connection, people: Collection[UUID]) -> tuple[ApplicationRow, ...]:
    """Every application of these people, the newest year first."""
    query = sa.select(*_columns(ApplicationRow, application)).where(application.c.person_id.in_(list(people)))
    rows = connection.execute(query.order_by(application.c.programme_year.desc()))
    return tuple(ApplicationRow(*row) for row in rows)


def list_facing(
    connection: sa.Connection, programme_year: int, people: Collection[UUID] | None = None
) -> tuple[Facing, ...]:
    """The applications of a year (or of these people in it) of everybody who was not merged into somebody else."""
    starts = (
        sa.select(sa.func.min(course.c.start))
        .where(course.c.round_id == application.c.round_id, course.c.track == application.c.track)
        .correlate(application)
        .scalar_subquery()
    )
    query = (
        sa.select(*_columns(ApplicationRow, application), person.c.birth, sa.type_coerce(starts, sa.Date))
        .join(person, person.c.id == application.c.person_id)
        .where(application.c.programme_year == programme_year, person.c.merged_into.is_(None))
        .order_by(application.c.id)
    )
    if people is not None:
        query = query.where(application.c.person_id.in_(list(people)))
    return tuple(Facing(ApplicationRow(*row[:-2]), row[-2], row[-1]) for row in connection.execute(query))


def list_answers(connection: sa.Connection, applications: Collection[UUID]) -> tuple[AnswerRow, ...]:
    """The answers of these applications."""
    return _chunked(connection, AnswerRow, eligibility_answer, "application_id", applications)


def list_steps(connection: sa.Connection, applications: Collection[UUID]) -> tuple[StepRow, ...]:
    """The stages of these applications, the first first."""
    query = (
        sa.select(*_columns(StepRow, application_step))
        .where(application_step.c.application_id.in_(list(applications)))
        .order_by(application_step.c.on, application_step.c.id)
    )
    return tuple(StepRow(*row) for row in connection.execute(query))


def earlier_years(connection: sa.Connection, programme_year: int) -> dict[UUID, int]:
    """Who was a member of a course in a programme year before, and in which last."""
    query = (
        sa.select(membership.c.person_id, sa.func.max(course.c.programme_year))
        .join(course, course.c.id == membership.c.course_id)
        .where(course.c.programme_year < programme_year)
        .group_by(membership.c.person_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def with_document(connection: sa.Connection, kind: str, state: str) -> frozenset[UUID]:
    """Who has a document of this kind in this state."""
    query = sa.select(person_document.c.person_id).where(
        person_document.c.kind == kind, person_document.c.state == state
    )
    return frozenset(connection.execute(query).scalars())


def list_documents(connection: sa.Connection, person_id: UUID) -> tuple[DocumentRow, ...]:
    """A person's documents, the newest first."""
    query = sa.select(*_columns(DocumentRow, person_document)).where(person_document.c.person_id == person_id)
    rows = connection.execute(query.order_by(person_document.c.at.desc(), person_document.c.id.desc()))
    return tuple(DocumentRow(*row) for row in rows)


def find_document(connection: sa.Connection, document_id: UUID) -> DocumentRow | None:
    """One document."""
    query = sa.select(*_columns(DocumentRow, person_document)).where(person_document.c.id == document_id)
    row = connection.execute(query).first()
    return None if row is None else DocumentRow(*row)


def list_consents(connection: sa.Connection, person_id: UUID) -> tuple[ConsentRow, ...]:
    """A person's consents, the newest first."""
    query = sa.select(*_columns(ConsentRow, consent)).where(consent.c.person_id == person_id)
    rows = connection.execute(query.order_by(consent.c.on.desc(), consent.c.at.desc()))
    return tuple(ConsentRow(*row) for row in rows)


def find_consent(connection: sa.Connection, consent_id: UUID) -> ConsentRow | None:
    """One consent."""
    row = connection.execute(
        sa.select(*_columns(ConsentRow, consent)).where(consent.c.id == consent_id)
    ).first()
    return None if row is None else ConsentRow(*row)


def list_merges(connection: sa.Connection, person_id: UUID | None = None) -> tuple[MergeRow, ...]:
    """Every merge (or those of one person, kept or gone), the newest first."""
    query = sa.select(*_columns(MergeRow, person_merge)).order_by(person_merge.c.at.desc())
    if person_id is not None:
        mine = sa.or_(person_merge.c.kept_id == person_id, person_merge.c.gone_id == person_id)
        query = query.where(mine)
    return tuple(MergeRow(*row) for row in connection.execute(query))


def merged_into(connection: sa.Connection, person_id: UUID) -> tuple[UUID, ...]:
    """Whoever was merged into a person."""
    query = sa.select(person.c.id).where(person.c.merged_into == person_id).order_by(person.c.id)
    return tuple(connection.execute(query).scalars())


def list_changes(
    connection: sa.Connection, people: Collection[UUID], limit: int
) -> tuple[tuple[LogLine, UUID, bytes | None], ...]:
    """The newest lines of the change history about these people: (line, person, sealed value).

    None stands for the value of an import that only brought the person's application: it said what the record says.
    """
    line, value = metadata.tables[CHANGES], metadata.tables["log_value"]
    kept = sa.and_(value.c.chain == CHANGES, value.c.seq == line.c.seq)
    valued = (
        sa.select(line, value.c.place, value.c.person_id, value.c.sealed)
        .join(value, kept)
        .where(value.c.person_id.in_(list(people)))
    )
    brought = (
        sa.select(line, sa.literal(0).label("place"), application.c.person_id, sa.null().label("sealed"))
        .join(application, application.c.import_id == line.c.subject_id)
        .where(
            application.c.person_id.in_(list(people)),
            ~sa.exists().where(kept, value.c.person_id == application.c.person_id),
        )
    )
    both = sa.union_all(valued, brought).subquery()
    query = sa.select(both).order_by(both.c.seq.desc(), both.c.place).limit(limit)
    return tuple(
        (
            LogLine(row.seq, row.at, row.user_id, row.action, row.subject, row.subject_id, row.detail),
            row.person_id,
            row.sealed,
        )
        for row in connection.execute(query)
    )


def list_studies(connection: sa.Connection, person_id: UUID) -> tuple[StudyRow, ...]:
    """The courses of a person, the newest first."""
    query = (
        sa.select(
            course.c.id, course.c.name, course.c.start, course.c.end,
            membership.c.number, membership.c.joined, membership.c.left, membership.c.outcome,
        )
        .join(membership, membership.c.course_id == course.c.id)
        .where(membership.c.person_id == person_id)
        .order_by(membership.c.joined.desc())
    )  # fmt: skip
    return tuple(StudyRow(*row) for row in connection.execute(query))


def list_payments(connection: sa.Connection, person_id: UUID) -> tuple[PaymentRow, ...]:
    """The allowance of a person in every run that was not cancelled, the newest first."""
    query = (
        sa.select(
            allowance_run.c.course_id, course.c.name, allowance_run.c.unit_no, allowance_run.c.state,
            allowance_row.c.attended_days, allowance_row.c.training_days, allowance_row.c.amount, allowance_row.c.held,
        )
        .join(allowance_run, allowance_run.c.id == allowance_row.c.run_id)
        .join(course, course.c.id == allowance_run.c.course_id)
        .where(allowance_row.c.trainee_id == person_id, allowance_run.c.state.not_in(GONE_STATES))
        .order_by(allowance_run.c.start.desc(), allowance_run.c.number.desc())
    )  # fmt: skip
    return tuple(PaymentRow(*row) for row in connection.execute(query))


def _columns(row: type[Any], table: sa.Table) -> list[sa.Column[Any]]:
    return [table.c[name] for name in row.__slots__]


def _chunked(
    connection: sa.Connection, row: type[_Row], table: sa.Table, column: str, ids: Iterable[UUID]
) -> tuple[_Row, ...]:
    wanted, found = list(dict.fromkeys(ids)), list[_Row]()
    for at in range(0, len(wanted), _AT_ONCE):
        query = sa.select(*_columns(row, table)).where(table.c[column].in_(wanted[at : at + _AT_ONCE]))
        found += [row(*values) for values in connection.execute(query)]
    return tuple(found)
