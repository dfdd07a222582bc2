"""환수: what is asked back of a settled unit or service month, and the money that came in."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.settlement import Standing
from regional_desk.store.allowance import (
    CLOSED_STATES,
    allowance_row,
    allowance_run,
    recovery,
    recovery_receipt,
)
from regional_desk.store.claims import claim_run
from regional_desk.store.companies import company
from regional_desk.store.courses import course
from regional_desk.store.internships import internship
from regional_desk.store.people import person


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """One 환수; `amount` and `received` in won, `sealed` the reason under the person's key.

    Of 훈련수당 with its run, course and unit, owed by the trainee; of 인턴지원금 with its run, calendar month, internship
    and service month, owed by the company.
    """

    id: UUID
    version: int
    programme_year: int
    number: int
    run_id: UUID | None
    course_id: UUID | None
    course_name: str | None
    unit_no: int | None
    claim_run_id: UUID | None
    internship_id: UUID | None
    claim_month: int | None
    month: dt.date | None
    company_id: UUID | None
    company_name: str | None
    trainee_id: UUID
    name: str
    birth: dt.date
    amount: int
    received: int
    sealed: bytes
    noticed_on: dt.date | None
    due: dt.date | None
    end_kind: str | None
    end_reason: str | None
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """Money that came in for a 환수, in won; a voided one stays with its reason."""

    id: UUID
    recovery_id: UUID
    amount: int
    on: dt.date
    reference: str
    user_id: UUID
    at: dt.datetime
    void_reason: str | None


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A 정산 row as it was drafted, in won; `trace` says why."""

    trainee: UUID
    entitled: int
    already: int
    amount: int
    trace: tuple[str, ...]

    @property
    def recovery(self) -> int:
        """Won to ask back."""
        return max(0, self.already - self.entitled)


RECEIVED = (
    sa.select(sa.func.coalesce(sa.func.sum(recovery_receipt.c.amount), 0))
    .where(recovery_receipt.c.recovery_id == recovery.c.id, recovery_receipt.c.voided_at.is_(None))
    .scalar_subquery()
)


def list_recoveries(
    connection: sa.Connection,
    *,
    programme_year: int | None = None,
    recovery_id: UUID | None = None,
    run_id: UUID | None = None,
    claim_run_id: UUID | None = None,
    number: int | None = None,
) -> tuple[RecoveryRow, ...]:
    """환수 by year and number."""
    query = (
        sa.select(recovery, person.c.name, person.c.birth, course.c.name.label("course_name"))
        .add_columns(allowance_run.c.course_id, allowance_run.c.unit_no, RECEIVED.label("received"))
        .add_columns(claim_run.c.month, internship.c.company_id, company.c.name.label("company_name"))
        .outerjoin(allowance_run, allowance_run.c.id == recovery.c.run_id)
        .outerjoin(course, course.c.id == allowance_run.c.course_id)
        .outerjoin(claim_run, claim_run.c.id == recovery.c.claim_run_id)
        .outerjoin(internship, internship.c.id == recovery.c.internship_id)
        .outerjoin(company, company.c.id == internship.c.company_id)
        .join(person, person.c.id == recovery.c.trainee_id)
        .order_by(recovery.c.programme_year, recovery.c.number)
    )
    wanted = (
        (recovery.c.programme_year, programme_year),
        (recovery.c.id, recovery_id),
        (recovery.c.run_id, run_id),
        (recovery.c.claim_run_id, claim_run_id),
        (recovery.c.number, number),
    )
    for column, value in wanted:
        if value is not None:
            query = query.where(column == value)
    return tuple(_row(row) for row in connection.execute(query))


def _row(row: sa.Row[Any]) -> RecoveryRow:
    return RecoveryRow(**{name: getattr(row, name) for name in RecoveryRow.__slots__})


def list_receipts(connection: sa.Connection, recovery_id: UUID) -> tuple[ReceiptRow, ...]:
    """The receipts of a 환수, voided ones too, by day."""
    table = recovery_receipt
    query = sa.select(table).where(table.c.recovery_id == recovery_id).order_by(table.c.on, table.c.id)
    names = ReceiptRow.__slots__
    return tuple(
        ReceiptRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    )


def next_number(connection: sa.Connection, programme_year: int) -> int:
    """The next number of a programme year."""
    query = sa.select(sa.func.max(recovery.c.number)).where(recovery.c.programme_year == programme_year)
    return int(connection.execute(query).scalar() or 0) + 1


def standings(connection: sa.Connection, course_id: UUID, unit_no: int) -> dict[UUID, Standing]:
    """What each person's unit stands at: confirmed amounts, and what was asked back, came in and was waived."""
    run, row = allowance_run, allowance_row
    query = (
        sa.select(row.c.trainee_id, sa.func.sum(row.c.amount))
        .join(run, run.c.id == row.c.run_id)
        .where(
            run.c.course_id == course_id,
            run.c.unit_no == unit_no,
            run.c.state.in_(CLOSED_STATES),
            row.c.held.is_(False),
        )
        .group_by(row.c.trainee_id)
    )
    confirmed: dict[UUID, int] = {trainee: int(amount) for trainee, amount in connection.execute(query)}
    found: dict[UUID, list[int]] = {trainee: [0, 0, 0] for trainee in confirmed}
    claims = (
        sa.select(recovery.c.trainee_id, recovery.c.amount, recovery.c.end_kind, RECEIVED.label("received"))
        .join(run, run.c.id == recovery.c.run_id)
        .where(run.c.course_id == course_id, run.c.unit_no == unit_no)
    )
    for one in connection.execute(claims):
        sums = found.get(one.trainee_id)
        if sums is None:
            continue
        left = one.amount - one.received
        sums[0] += one.received
        sums[1] += left if one.end_kind is None else 0
        sums[2] += left if one.end_kind == "waived" else 0
    return {trainee: Standing(confirmed[trainee], *sums) for trainee, sums in found.items()}


def settled_rows(connection: sa.Connection, run_id: UUID, *, held: bool = False) -> tuple[SettledRow, ...]:
    """The rows of a 정산 in won, those of held people only where asked."""
    row = allowance_row
    query = sa.select(row.c.trainee_id, row.c.entitled, row.c.already, row.c.amount, row.c.trace).where(
        row.c.run_id == run_id, row.c.entitled.is_not(None)
    )
    if not held:
        query = query.where(row.c.held.is_(False))
    return tuple(
        SettledRow(trainee, entitled, already, amount, tuple(json.loads(trace)))
        for trainee, entitled, already, amount, trace in connection.execute(query.order_by(row.c.number))
    )


def last_confirmed(connection: sa.Connection, course_id: UUID, unit_no: int) -> dict[UUID, dt.datetime]:
    """When the newest run that holds a person of a unit was confirmed."""
    run, row = allowance_run, allowance_row
    query = (
        sa.select(row.c.trainee_id, sa.func.max(run.c.confirmed_at, type_=run.c.confirmed_at.type))
        .join(run, run.c.id == row.c.run_id)
        .where(
            run.c.course_id == course_id,
            run.c.unit_no == unit_no,
            run.c.state.in_(CLOSED_STATES),
            row.c.held.is_(False),
        )
        .group_by(row.c.trainee_id)
    )
    return dict(connection.execute(query).all())
