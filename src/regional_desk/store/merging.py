"""Rows that go from one person to another when two records turn out to be one person, and how to tell they are unchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store import sealing
from regional_desk.store.allowance import allowance_hold, allowance_row, allowance_run
from regional_desk.store.attendance import attendance, attendance_evidence
from regional_desk.store.courses import course, membership
from regional_desk.store.memberships import counselling, membership_event
from regional_desk.store.metadata import canonical
from regional_desk.store.people import application, nonpayable_span
from regional_desk.store.recruitment import consent, person_document
from regional_desk.store.undo import undo_part, undo_step

_SHORT = 16  # hex digits: tells a change, no value
_MARKED = frozenset({"version"})

# the column that says whose a row is, and the one that names it beside the person
MOVED: Mapping[str, tuple[sa.Table, str, str]] = {
    "application": (application, "person_id", "id"),
    "membership": (membership, "person_id", "id"),
    "attendance": (attendance, "trainee_id", "day"),
    "attendance_evidence": (attendance_evidence, "trainee_id", "id"),
    "nonpayable_span": (nonpayable_span, "person_id", "id"),
    "counselling": (counselling, "person_id", "id"),
    "person_document": (person_document, "person_id", "id"),
    "consent": (consent, "person_id", "id"),
}


def rows_of(connection: sa.Connection, name: str, person: UUID) -> dict[str, sa.Row[Any]]:
    """A person's rows of one of the MOVED tables, by what names each."""
    table, whose, key = MOVED[name]
    rows = connection.execute(sa.select(table).where(table.c[whose] == person))
    return {str(row._mapping[key]): row for row in rows}  # noqa: SLF001 - SQLAlchemy's documented mapping view


def mark(lookup: bytes, row: sa.Row[Any]) -> str:
    """A short keyed hash of a row, so that a later change is noticed and no value is kept."""
    values = {name: _text(value) for name, value in row._mapping.items() if name not in _MARKED}  # noqa: SLF001 - as above
    return sealing.fingerprint(lookup, canonical(values)).hex()[:_SHORT]


def give(connection: sa.Connection, name: str, keys: Collection[str], giver: UUID, taker: UUID) -> None:
    """Let these rows of `giver` be `taker`'s."""
    table, whose, key = MOVED[name]
    new: dict[str, Any] = {whose: taker}
    if "version" in table.c:
        new["version"] = table.c.version + 1
    for one in keys:
        value: Any = dt.date.fromisoformat(one) if key == "day" else UUID(one)
        connection.execute(
            sa.update(table).where(table.c[whose] == giver, table.c[key] == value).values(**new)
        )


def reseal(
    connection: sa.Connection, keys: Collection[str], giver: bytes, taker: bytes, owners: tuple[UUID, UUID]
) -> None:
    """Put counselling notes that came to somebody else under that person's key; `owners` are (giver, taker)."""
    before, after = owners
    for one in keys:
        mine = counselling.c.id == UUID(one)
        sealed = connection.execute(sa.select(counselling.c.sealed).where(mine)).scalar_one()
        plain = sealing.unseal(giver, bytes(sealed), before.bytes)
        values = {"sealed": sealing.seal(taker, plain, after.bytes)}
        connection.execute(sa.update(counselling).where(mine).values(**values))


def spans_in_courses(
    connection: sa.Connection, person: UUID
) -> tuple[tuple[UUID, UUID, str, int, dt.date, dt.date], ...]:
    """(membership, course, its name, its programme year, first and last day inside) of a person."""
    last = sa.func.coalesce(membership.c.left, course.c.end, type_=sa.Date)
    query = (
        sa.select(
            membership.c.id, course.c.id, course.c.name, course.c.programme_year, membership.c.joined, last
        )
        .join(course, course.c.id == membership.c.course_id)
        .where(membership.c.person_id == person)
        .order_by(membership.c.joined)
    )
    return tuple(tuple(row) for row in connection.execute(query))


def has_pay(connection: sa.Connection, person: UUID) -> bool:
    """Whether a run or a hold of the allowance names somebody: those rows are of that person for good."""
    rows = sa.select(allowance_row.c.trainee_id).where(allowance_row.c.trainee_id == person)
    holds = sa.select(allowance_hold.c.trainee_id).where(allowance_hold.c.trainee_id == person)
    return connection.execute(sa.union(rows, holds)).first() is not None


def paid_courses(connection: sa.Connection, person: UUID) -> frozenset[UUID]:
    """The courses with a run that names somebody."""
    query = (
        sa.select(allowance_run.c.course_id)
        .join(allowance_row, allowance_row.c.run_id == allowance_run.c.id)
        .where(allowance_row.c.trainee_id == person)
    )
    return frozenset(connection.execute(query).scalars())


def eventful(connection: sa.Connection, person: UUID) -> frozenset[str]:
    """The memberships of somebody that have events, whose sealed reasons stay under that person's key for good."""
    query = (
        sa.select(membership_event.c.membership_id)
        .join(membership, membership.c.id == membership_event.c.membership_id)
        .where(membership.c.person_id == person)
    )
    return frozenset(str(one) for one in connection.execute(query).scalars())


def end_steps(connection: sa.Connection, person: UUID) -> None:
    """Undo steps about somebody who is merged away would write to rows that are another's now."""
    mine = sa.select(undo_part.c.step_id).where(undo_part.c.person_id == person)
    connection.execute(sa.update(undo_step).where(undo_step.c.id.in_(mine)).values(state="dead"))


def _text(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, (int, str, bool, type(None))) else str(value)
