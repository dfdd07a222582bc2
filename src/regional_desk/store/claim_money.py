"""What confirmed claims are worth to each company, what of it was sent, and what each service month stands at."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.settlement import Standing
from regional_desk.store.allowance import CLOSED_STATES, pay_file, recovery
from regional_desk.store.budget import ConfirmedRow
from regional_desk.store.claims import claim_line, claim_row, claim_run
from regional_desk.store.companies import company
from regional_desk.store.pay_files import FileCounts, PayLineRow
from regional_desk.store.recoveries import RECEIVED

_OPEN = ("confirmed", "paid")
Key = tuple[UUID, int]  # internship and service month


@dataclass(frozen=True, slots=True)
class CompanyAmount:
    """What a confirmed run gives a company and no pay file carries yet, or whose transfer failed; in won."""

    run_id: UUID
    month: dt.date
    kind: str
    number: int
    state: str
    company: UUID
    name: str
    interns: int
    amount: int


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """One intern's service month in a run, in won; `entitled` and `already` belong to a 정산."""

    run_id: UUID
    internship: UUID
    month_no: int
    programme_year: int
    trainee: UUID
    company: UUID
    number: int
    start: dt.date
    end: dt.date
    amount: int
    held: bool
    trace: tuple[str, ...]
    entitled: int | None
    already: int | None

    @property
    def recovery(self) -> int:
        """Won a 정산 asks back."""
        return max(0, (self.already or 0) - (self.entitled or 0))


def list_rows(
    connection: sa.Connection,
    run_id: UUID | None = None,
    *,
    month: dt.date | None = None,
    held: bool = False,
) -> tuple[ClaimedRow, ...]:
    """The rows of a run, or of every confirmed run (of a month), by number; held ones only where asked."""
    query = sa.select(claim_row).join(claim_run, claim_run.c.id == claim_row.c.run_id)
    if run_id is not None:
        query = query.where(claim_row.c.run_id == run_id)
    else:
        query = query.where(claim_run.c.state.in_(CLOSED_STATES))
    if month is not None:
        query = query.where(claim_run.c.month == month)
    if not held:
        query = query.where(claim_row.c.held.is_(False))
    return tuple(
        ClaimedRow(
            row.run_id,
            row.internship_id,
            row.month_no,
            row.programme_year,
            row.trainee_id,
            row.company_id,
            row.number,
            row.start,
            row.end,
            row.amount,
            row.held,
            tuple(json.loads(row.trace)),
            row.entitled,
            row.already,
        )
        for row in connection.execute(query.order_by(claim_run.c.number, claim_row.c.number))
    )


def list_payable(
    connection: sa.Connection, runs: Collection[UUID] | None = None
) -> tuple[CompanyAmount, ...]:
    """Each company's amount of confirmed runs (or of these) on no pay file whose transfer did not fail, run by run."""
    sent = sa.exists().where(
        claim_line.c.run_id == claim_row.c.run_id,
        claim_line.c.company_id == claim_row.c.company_id,
        claim_line.c.state != "failed",
    )
    run = claim_run.c
    query = (
        sa.select(run.id.label("run_id"), run.month, run.kind, run.number, run.state)
        .add_columns(company.c.id.label("company"), company.c.name)
        .add_columns(sa.func.count().label("interns"), sa.func.sum(claim_row.c.amount).label("amount"))
        .join(claim_row, claim_row.c.run_id == run.id)
        .join(company, company.c.id == claim_row.c.company_id)
        .where(run.state.in_(_OPEN), claim_row.c.amount > 0, claim_row.c.held.is_(False), ~sent)
        .group_by(run.id, company.c.id)
        .order_by(run.month, run.number, company.c.name, company.c.id)
    )
    if runs is not None:
        query = query.where(run.id.in_(list(runs)))
    names = CompanyAmount.__slots__
    return tuple(
        CompanyAmount(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    )


def list_lines(
    connection: sa.Connection, *, file_id: UUID | None = None, run_id: UUID | None = None
) -> tuple[PayLineRow, ...]:
    """The payments of a file, of a run, or all, in the order they were sent; the payee is the company."""
    query = sa.select(claim_line).order_by(claim_line.c.file_id, claim_line.c.number)
    if file_id is not None:
        query = query.where(claim_line.c.file_id == file_id)
    if run_id is not None:
        query = query.where(claim_line.c.run_id == run_id)
    return tuple(PayLineRow(*row) for row in connection.execute(query))


def insert_lines(connection: sa.Connection, file_id: UUID, lines: Sequence[dict[str, Any]]) -> None:
    """Write the payments of a pay file."""
    connection.execute(sa.insert(claim_line), [{**line, "file_id": file_id} for line in lines])


def set_line(connection: sa.Connection, line: PayLineRow, state: str, failure: str | None) -> None:
    """What became of a payment."""
    connection.execute(
        sa.update(claim_line)
        .where(
            claim_line.c.file_id == line.file_id,
            claim_line.c.run_id == line.run_id,
            claim_line.c.company_id == line.payee,
        )
        .values(state=state, failure=failure)
    )


def runs_with_lines(connection: sa.Connection) -> frozenset[UUID]:
    """The runs something was ever sent of."""
    return frozenset(connection.execute(sa.select(claim_line.c.run_id).distinct()).scalars())


def list_failed(connection: sa.Connection) -> frozenset[tuple[UUID, UUID]]:
    """(run, company) of every payment that once failed."""
    query = sa.select(claim_line.c.run_id, claim_line.c.company_id).where(claim_line.c.state == "failed")
    return frozenset((row.run_id, row.company_id) for row in connection.execute(query))


def sent_again(connection: sa.Connection, file_id: UUID) -> dict[tuple[UUID, UUID], int]:
    """The number of the later file that carries a payment of this one again, by (run, company)."""
    later = claim_line.alias("later")
    query = (
        sa.select(later.c.run_id, later.c.company_id, pay_file.c.number)
        .join(pay_file, pay_file.c.id == later.c.file_id)
        .join(
            claim_line,
            sa.and_(claim_line.c.run_id == later.c.run_id, claim_line.c.company_id == later.c.company_id),
        )
        .where(claim_line.c.file_id == file_id, later.c.file_id > file_id)
        .order_by(later.c.file_id)
    )
    return {(row.run_id, row.company_id): row.number for row in connection.execute(query)}


def count_lines(connection: sa.Connection, file_id: UUID | None = None) -> dict[UUID, FileCounts]:
    """How many payments of each file (or of one) wait, were made, or failed and were not sent again."""
    later = claim_line.alias("later")
    again = sa.exists().where(
        later.c.run_id == claim_line.c.run_id,
        later.c.company_id == claim_line.c.company_id,
        later.c.file_id > claim_line.c.file_id,
    )
    query = sa.select(
        claim_line.c.file_id, claim_line.c.state, sa.func.count(), sa.func.sum(claim_line.c.amount)
    ).where(sa.or_(claim_line.c.state != "failed", ~again))
    if file_id is not None:
        query = query.where(claim_line.c.file_id == file_id)
    found: dict[UUID, dict[str, int]] = {}
    rows = connection.execute(query.group_by(claim_line.c.file_id, claim_line.c.state))
    for one, state, count, amount in rows:
        counts = found.setdefault(one, {})
        counts[state] = int(count)
        if state == "paid":
            counts["paid_total"] = int(amount)
    return {one: FileCounts(**counts) for one, counts in found.items()}


def confirmed_total(connection: sa.Connection, programme_year: int, until: dt.date) -> int:
    """Won confirmed for a year's internships, in months that began by a day."""
    query = (
        sa.select(sa.func.coalesce(sa.func.sum(claim_row.c.amount), 0))
        .join(claim_run, claim_run.c.id == claim_row.c.run_id)
        .where(
            claim_row.c.programme_year == programme_year,
            claim_run.c.state.in_(CLOSED_STATES),
            claim_row.c.held.is_(False),
            claim_run.c.month <= until,
        )
    )
    return int(connection.execute(query).scalar_one())


def confirmed_rows(connection: sa.Connection, programme_year: int) -> tuple[ConfirmedRow, ...]:
    """Every confirmed amount of a year above 0 with what its pay files say, by company and month."""
    states = (
        sa.select(sa.func.group_concat(claim_line.c.state.distinct()))
        .where(claim_line.c.run_id == claim_row.c.run_id, claim_line.c.company_id == claim_row.c.company_id)
        .scalar_subquery()
    )
    query = (
        sa.select(company.c.name, claim_run.c.month, claim_row.c.trainee_id, claim_run.c.state)
        .add_columns(claim_row.c.amount, states)
        .join(claim_run, claim_run.c.id == claim_row.c.run_id)
        .join(company, company.c.id == claim_row.c.company_id)
        .where(
            claim_row.c.programme_year == programme_year,
            claim_run.c.state.in_(CLOSED_STATES),
            claim_row.c.held.is_(False),
            claim_row.c.amount > 0,
        )
        .order_by(company.c.name, claim_run.c.month)
    )
    return tuple(
        ConfirmedRow(
            name, f"{month:%Y-%m}", trainee, state, amount, frozenset((lines or "").split(",")) - {""}
        )
        for name, month, trainee, state, amount, lines in connection.execute(query)
    )


def standings(connection: sa.Connection, month: dt.date) -> dict[Key, Standing]:
    """What each service month of a calendar month stands at: confirmed, and what was asked back, came in and was waived."""
    confirmed: dict[Key, int] = {}
    for row in list_rows(connection, month=month):
        key = (row.internship, row.month_no)
        confirmed[key] = confirmed.get(key, 0) + row.amount
    sums = {key: [0, 0, 0] for key in confirmed}
    claims = (
        sa.select(recovery.c.internship_id, recovery.c.claim_month, recovery.c.amount, recovery.c.end_kind)
        .add_columns(RECEIVED.label("received"))
        .join(claim_run, claim_run.c.id == recovery.c.claim_run_id)
        .where(claim_run.c.month == month)
    )
    for one in connection.execute(claims):
        found = sums.get((one.internship_id, one.claim_month))
        if found is None:
            continue
        left = one.amount - one.received
        found[0] += one.received
        found[1] += left if one.end_kind is None else 0
        found[2] += left if one.end_kind == "waived" else 0
    return {key: Standing(confirmed[key], *sums[key]) for key in confirmed}
