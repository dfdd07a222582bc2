"""What happens to a membership: outcomes, dismissal and its cancelling, counselling, certificates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.attendance import attendance
from regional_desk.store.courses import course, membership
from regional_desk.store.metadata import (
    Id,
    Json,
    Moment,
    from_microseconds,
    id_column,
    metadata,
    reference,
    version_column,
)
from regional_desk.store.people import person

membership_event = sa.Table(
    "membership_event",
    metadata,
    id_column(),
    reference("membership_id", "membership.id", index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the reason, under the person's key
    sa.Column("before", Json, nullable=False),  # left and outcome as they were, so that it can be taken back
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

counselling = sa.Table(
    "counselling",
    metadata,
    id_column(),
    version_column(),
    reference("person_id", "person.id", index=True),
    reference("course_id", "course.id", nullable=True, index=True),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column(
        "sealed", sa.LargeBinary, nullable=False
    ),  # what was said and its result, under the person's key
    sa.Column("next_on", sa.Date, index=True),
    sa.Column("done", sa.Boolean, nullable=False),  # nothing more to follow up
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

completion_certificate = sa.Table(
    "completion_certificate",
    metadata,
    id_column(),
    version_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    reference("membership_id", "membership.id", index=True),
    sa.Column("issued_on", sa.Date, nullable=False),
    sa.Column("reissues", sa.Integer, nullable=False, server_default="0"),
    sa.Column("void_reason", sa.Text),
    sa.Column("voided_at", Moment),  # a number once given is never given again: a wrong one becomes void
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("programme_year", "number"),
)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One act on a membership; `sealed` is its reason, `before` how the membership stood."""

    id: UUID
    membership_id: UUID
    kind: str
    on: dt.date
    sealed: bytes
    before: dict[str, Any]
    user_id: UUID
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class EndRow:
    """What a membership's own row keeps besides `MemberRow`."""

    version: int
    outcome_on: dt.date | None


@dataclass(frozen=True, slots=True)
class CounselRow:
    """One 상담·연락 기록 as it is kept."""

    id: UUID
    version: int
    person_id: UUID
    course_id: UUID | None
    on: dt.date
    kind: str
    sealed: bytes
    next_on: dt.date | None
    done: bool
    user_id: UUID
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One 수료증; `reissues` counts the prints after the first, a voided one keeps its number and stands for nothing."""

    id: UUID
    programme_year: int
    number: int
    membership_id: UUID
    issued_on: dt.date
    reissues: int
    at: dt.datetime
    voided_at: dt.datetime | None


def list_events(connection: sa.Connection, memberships: Collection[UUID]) -> tuple[EventRow, ...]:
    """The acts on these memberships, oldest first."""
    events = membership_event
    query = (
        sa.select(events)
        .where(events.c.membership_id.in_(list(memberships)))
        .order_by(events.c.at, events.c.id)
    )
    names = EventRow.__slots__
    return tuple(
        EventRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    )


@dataclass(frozen=True, slots=True)
class ReachingEvent:
    """The first act after the confirmation of a unit that its person's membership changed in, and how it stands now."""

    event: EventRow
    course: UUID
    course_name: str
    person: UUID
    name: str
    unit_no: int
    joined: dt.date
    left: dt.date | None


_CONFIRMED = (
    "SELECT max(n.confirmed_at) FROM allowance_run n JOIN allowance_row r ON r.run_id = n.id WHERE n.course_id = ? "
    "AND n.unit_no = ? AND r.trainee_id = ? AND r.held = 0 AND n.state IN ('confirmed', 'paid', 'reconciled')"
)


def list_reaching_events(connection: sa.Connection) -> tuple[ReachingEvent, ...]:
    """For each confirmed unit and person, the first act since that reached into it; the units stand in `before`."""
    events, member = membership_event, membership
    query = (
        sa.select(events, member.c.course_id, member.c.person_id, member.c.joined, member.c.left)
        .add_columns(course.c.name.label("course_name"), person.c.name.label("person_name"))
        .join(member, member.c.id == events.c.membership_id)
        .join(course, course.c.id == member.c.course_id)
        .join(person, person.c.id == member.c.person_id)
        .where(sa.func.json_array_length(events.c.before, "$.confirmed_units") > 0)
        .order_by(events.c.at, events.c.id)
    )
    found: dict[tuple[UUID, int], ReachingEvent] = {}
    names = EventRow.__slots__
    for row in connection.execute(query):
        event = EventRow(**{name: getattr(row, name) for name in names})
        for unit_no in event.before["confirmed_units"]:
            keys = (row.course_id.bytes, unit_no, row.person_id.bytes)
            confirmed = connection.exec_driver_sql(_CONFIRMED, keys).scalar()
            if confirmed is not None and from_microseconds(confirmed) <= event.at:
                found.setdefault(
                    (event.membership_id, unit_no),
                    ReachingEvent(
                        event,
                        row.course_id,
                        row.course_name,
                        row.person_id,
                        row.person_name,
                        unit_no,
                        row.joined,
                        row.left,
                    ),
                )
    return tuple(found.values())


def other_courses(
    connection: sa.Connection, course_id: UUID, people: Sequence[UUID], first: dt.date, last: dt.date
) -> dict[UUID, str]:
    """Which of these people belong to another course on one of these days, and its name."""
    member = membership
    query = (
        sa.select(member.c.person_id, course.c.name)
        .join(course, course.c.id == member.c.course_id)
        .where(
            member.c.person_id.in_(list(people)),
            course.c.id != course_id,
            member.c.joined <= last,
            sa.func.coalesce(member.c.left, course.c.end) >= first,
        )
    )
    return {row.person_id: row.name for row in connection.execute(query)}


def recorded_people(
    connection: sa.Connection, people: Sequence[UUID], first: dt.date, last: dt.date
) -> frozenset[UUID]:
    """Which of these people have a record on one of these days, whatever course it belongs to."""
    query = (
        sa.select(attendance.c.trainee_id)
        .where(attendance.c.trainee_id.in_(list(people)), attendance.c.day.between(first, last))
        .distinct()
    )
    return frozenset(connection.execute(query).scalars())


def recorded_days(
    connection: sa.Connection, person_id: UUID, first: dt.date, last: dt.date
) -> tuple[dt.date, ...]:
    """The days of this span on which a person has a record."""
    query = (
        sa.select(attendance.c.day)
        .where(attendance.c.trainee_id == person_id, attendance.c.day.between(first, last))
        .order_by(attendance.c.day)
    )
    return tuple(connection.execute(query).scalars())


def list_ends(connection: sa.Connection, course_id: UUID) -> dict[UUID, EndRow]:
    """How each membership of a course stands, by its id."""
    query = sa.select(membership.c.id, membership.c.version, membership.c.outcome_on).where(
        membership.c.course_id == course_id
    )
    return {row.id: EndRow(row.version, row.outcome_on) for row in connection.execute(query)}


def list_counselling(
    connection: sa.Connection, person_id: UUID | None = None, course_id: UUID | None = None
) -> tuple[CounselRow, ...]:
    """The records of a person, of a course, or all, newest first."""
    query = sa.select(counselling).order_by(counselling.c.on.desc(), counselling.c.at.desc())
    if person_id is not None:
        query = query.where(counselling.c.person_id == person_id)
    if course_id is not None:
        query = query.where(counselling.c.course_id == course_id)
    return _counsel_rows(connection, query)


def list_follow_ups(connection: sa.Connection, until: dt.date) -> tuple[CounselRow, ...]:
    """What is still to follow up to a day, the earliest first."""
    query = (
        sa.select(counselling)
        .where(counselling.c.next_on <= until, counselling.c.done.is_(False))
        .order_by(counselling.c.next_on, counselling.c.at)
    )
    return _counsel_rows(connection, query)


def find_counsel(connection: sa.Connection, counsel_id: UUID) -> CounselRow | None:
    """One record."""
    found = _counsel_rows(connection, sa.select(counselling).where(counselling.c.id == counsel_id))
    return found[0] if found else None


def _counsel_rows(connection: sa.Connection, query: sa.Select[Any]) -> tuple[CounselRow, ...]:
    names = CounselRow.__slots__
    return tuple(
        CounselRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    )


def list_certificates(
    connection: sa.Connection,
    course_id: UUID | None = None,
    programme_year: int | None = None,
    *,
    voided: bool = False,
) -> tuple[CertificateRow, ...]:
    """The certificates of a course or year (all without either) that hold, with `voided` the others too, by number."""
    table = completion_certificate
    query = sa.select(table).order_by(table.c.programme_year, table.c.number)
    if not voided:
        query = query.where(table.c.voided_at.is_(None))
    if course_id is not None:
        query = query.join(membership, membership.c.id == table.c.membership_id).where(
            membership.c.course_id == course_id
        )
    if programme_year is not None:
        query = query.where(table.c.programme_year == programme_year)
    names = CertificateRow.__slots__
    return tuple(
        CertificateRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    )


def last_certificate(connection: sa.Connection, programme_year: int) -> int:
    """The highest number given in a year, 0 where there is none."""
    table = completion_certificate
    query = sa.select(sa.func.max(table.c.number)).where(table.c.programme_year == programme_year)
    return int(connection.execute(query).scalar() or 0)
