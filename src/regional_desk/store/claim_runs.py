"""Runs of claims, their rows and holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.claims import claim_hold, claim_line, claim_row, claim_run, company_account, payslip
from regional_desk.store.internships import internship, interruption

CLOSED_STATES = ("confirmed", "paid", "reconciled")
GONE_STATES = ("cancelled",)


@dataclass(frozen=True, slots=True)
class ClaimRunRow:
    """One run of a calendar month's claims; `month` its first day, `total` in won."""

    id: UUID
    version: int
    month: dt.date
    kind: str
    number: int
    state: str
    method: str
    scheme: str
    terms: dict[str, Any]
    adoption_id: UUID | None
    interns: int
    paid_interns: int
    total: int
    inputs: bytes
    solo: bool
    drafted_by: UUID
    drafted_at: dt.datetime
    checked_by: UUID | None
    checked_at: dt.datetime | None
    confirmed_by: UUID | None
    confirmed_at: dt.datetime | None
    paid_at: dt.datetime | None
    reconciled_at: dt.datetime | None
    closed_reason: str | None
    over_budget_reason: str | None
    returned_reason: str | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One intern's service month in a run; `share` as `17/30`, `wage` and `amount` in won.

    `entitled` and `already` (won) belong to a 정산.
    """

    internship_id: UUID
    month_no: int
    programme_year: int
    trainee_id: UUID
    company_id: UUID
    number: int
    start: dt.date
    end: dt.date
    days: int
    served_days: int
    share: str
    wage: int | None
    eligible: bool
    amount: int
    trace: tuple[str, ...]
    held: bool
    entitled: int | None = None
    already: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimHoldRow:
    """A service month left out of runs until released."""

    internship_id: UUID
    month_no: int
    reason: str
    held_by: UUID
    held_at: dt.datetime


def list_runs(
    connection: sa.Connection,
    month: dt.date | None = None,
    *,
    year: int | None = None,
    gone: bool = False,
) -> tuple[ClaimRunRow, ...]:
    """The runs that were not cancelled (with `gone` those too), by month and number; of a calendar year where given."""
    columns = [claim_run.c[name] for name in ClaimRunRow.__slots__]
    query = sa.select(*columns)
    if not gone:
        query = query.where(claim_run.c.state.notin_(GONE_STATES))
    if month is not None:
        query = query.where(claim_run.c.month == month)
    if year is not None:
        query = query.where(claim_run.c.month.between(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    query = query.order_by(claim_run.c.month, claim_run.c.number)
    return tuple(ClaimRunRow(*row) for row in connection.execute(query))


def next_number(connection: sa.Connection, month: dt.date) -> int:
    """The next version number of a month's run."""
    query = sa.select(sa.func.max(claim_run.c.number)).where(claim_run.c.month == month)
    return int(connection.execute(query).scalar() or 0) + 1


def runs_of_month(connection: sa.Connection, internship_id: UUID, month_no: int) -> tuple[ClaimRunRow, ...]:
    """The runs that were not cancelled in which a service month stands, held or not, as they were drafted.

    They may be of several calendar months: the end of a service month moves with an early end taken back.
    """
    mine = sa.select(claim_row.c.run_id).where(
        claim_row.c.internship_id == internship_id, claim_row.c.month_no == month_no
    )
    ids = set(connection.execute(mine).scalars())
    return tuple(
        sorted((run for run in list_runs(connection) if run.id in ids), key=lambda run: run.drafted_at)
    )


def list_rows(connection: sa.Connection, run_id: UUID) -> tuple[ClaimRow, ...]:
    """The rows of a run in their order."""
    query = sa.select(claim_row).where(claim_row.c.run_id == run_id).order_by(claim_row.c.number)
    return tuple(
        ClaimRow(
            **{name: getattr(row, name) for name in ClaimRow.__slots__ if name != "trace"},
            trace=tuple(json.loads(row.trace)),
        )
        for row in connection.execute(query)
    )


def insert_rows(connection: sa.Connection, run_id: UUID, rows: Collection[ClaimRow]) -> None:
    """Write the rows of a run that is open."""
    values = [
        {"run_id": run_id, **{name: getattr(row, name) for name in ClaimRow.__slots__}}
        | {"trace": json.dumps(row.trace, ensure_ascii=False)}
        for row in rows
    ]
    if values:
        connection.execute(sa.insert(claim_row), values)


def delete_run(connection: sa.Connection, run_id: UUID) -> None:
    """Take away a run that was not confirmed, with its rows."""
    connection.execute(sa.delete(claim_row).where(claim_row.c.run_id == run_id))
    connection.execute(sa.delete(claim_run).where(claim_run.c.id == run_id))


def confirmed_months(connection: sa.Connection, internship_id: UUID | None = None) -> set[tuple[UUID, int]]:
    """The service months (internship, number) that stand, not held, in a confirmed run."""
    query = (
        sa.select(claim_row.c.internship_id, claim_row.c.month_no)
        .join(claim_run, claim_run.c.id == claim_row.c.run_id)
        .where(claim_run.c.state.in_(CLOSED_STATES), claim_row.c.held.is_(False))
    )
    if internship_id is not None:
        query = query.where(claim_row.c.internship_id == internship_id)
    return {(row.internship_id, row.month_no) for row in connection.execute(query)}


def confirmed_within(connection: sa.Connection, internship_id: UUID, start: dt.date, end: dt.date) -> bool:
    """Whether a service month with one of these days, both inside, stands, not held, in a confirmed run."""
    query = (
        sa.select(sa.literal(1))
        .select_from(claim_row)
        .join(claim_run, claim_run.c.id == claim_row.c.run_id)
        .where(
            claim_row.c.internship_id == internship_id,
            claim_run.c.state.in_(CLOSED_STATES),
            claim_row.c.held.is_(False),
            claim_row.c.start <= end,
            claim_row.c.end >= start,
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


def list_holds(connection: sa.Connection) -> tuple[ClaimHoldRow, ...]:
    """Every service month held now."""
    columns = [claim_hold.c[name] for name in ClaimHoldRow.__slots__]
    query = sa.select(*columns).where(claim_hold.c.released_at.is_(None)).order_by(claim_hold.c.held_at)
    return tuple(ClaimHoldRow(*row) for row in connection.execute(query))


def open_sums(connection: sa.Connection, run_id: UUID) -> tuple[int, int]:
    """Won and interns a run pays: its rows that are not held."""
    query = sa.select(
        sa.func.coalesce(sa.func.sum(claim_row.c.amount), 0),
        sa.func.count().filter(claim_row.c.amount > 0),
    ).where(claim_row.c.run_id == run_id, claim_row.c.held.is_(False))
    total, interns = connection.execute(query).one()
    return int(total), int(interns)


def sums_by_year(connection: sa.Connection, run_id: UUID) -> dict[int, int]:
    """Won a run pays by the programme year whose money it is."""
    query = (
        sa.select(claim_row.c.programme_year, sa.func.sum(claim_row.c.amount))
        .where(claim_row.c.run_id == run_id, claim_row.c.held.is_(False))
        .group_by(claim_row.c.programme_year)
    )
    return {int(year): int(won) for year, won in connection.execute(query)}


def changed_payslip(connection: sa.Connection, run_id: UUID, user_id: UUID) -> bool:
    """Whether the person was the last to write or void a payslip behind a month the run pays or asks back.

    A voided one counts until another payslip stands for its days.
    """
    again = payslip.alias("again")
    made_good = sa.exists().where(
        again.c.internship_id == payslip.c.internship_id,
        again.c.voided_at.is_(None),
        again.c.start <= payslip.c.end,
        again.c.end >= payslip.c.start,
    )
    query = (
        sa.select(sa.literal(1))
        .select_from(claim_row)
        .join(payslip, payslip.c.internship_id == claim_row.c.internship_id)
        .where(
            claim_row.c.run_id == run_id,
            claim_row.c.held.is_(False),
            sa.or_(claim_row.c.amount > 0, claim_row.c.already > claim_row.c.entitled),
            payslip.c.user_id == user_id,
            sa.or_(payslip.c.voided_at.is_(None), ~made_good),
            payslip.c.start <= claim_row.c.end,
            payslip.c.end >= claim_row.c.start,
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


def changed_account(connection: sa.Connection, run_id: UUID, user_id: UUID) -> bool:
    """Whether the person was the last to change the account of a company the run pays."""
    query = (
        sa.select(sa.literal(1))
        .select_from(claim_row)
        .join(company_account, company_account.c.company_id == claim_row.c.company_id)
        .where(
            claim_row.c.run_id == run_id,
            claim_row.c.held.is_(False),
            claim_row.c.amount > 0,
            company_account.c.changed_by == user_id,
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


def changed_break(connection: sa.Connection, run: ClaimRunRow, user_id: UUID) -> bool:
    """Whether the person was the last to write, close or void a break in a month of a 정산, after the month's first 확정."""
    first = sa.select(sa.func.min(claim_run.c.confirmed_at)).where(
        claim_run.c.month == run.month, claim_run.c.state.in_(CLOSED_STATES)
    )
    query = (
        sa.select(sa.literal(1))
        .select_from(claim_row)
        .join(interruption, interruption.c.internship_id == claim_row.c.internship_id)
        .where(
            claim_row.c.run_id == run.id,
            claim_row.c.held.is_(False),
            interruption.c.user_id == user_id,
            interruption.c.at > first.scalar_subquery(),
            interruption.c.start <= claim_row.c.end,
            sa.func.coalesce(interruption.c.end, claim_row.c.end) >= claim_row.c.start,
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


def in_pay_file(connection: sa.Connection, run_id: UUID) -> bool:
    """Whether a pay file names any company for this run."""
    query = sa.select(claim_line.c.run_id).where(claim_line.c.run_id == run_id).limit(1)
    return connection.execute(query).first() is not None


def programme_years(connection: sa.Connection) -> tuple[int, ...]:
    """The programme years that have internships."""
    query = sa.select(internship.c.programme_year).distinct().order_by(internship.c.programme_year)
    return tuple(connection.execute(query).scalars())
