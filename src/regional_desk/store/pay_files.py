"""Pay files, their lines, and what of the confirmed runs was not sent yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.allowance import allowance_row, allowance_run, pay_file, pay_line

_OPEN = ("confirmed", "paid")


@dataclass(frozen=True, slots=True)
class PayFileRow:
    """One pay file; `file_name` is where it was written, `total` in won."""

    id: UUID
    version: int
    programme_year: int
    number: int
    item: str
    template: str
    file_name: str
    sha256: bytes
    rows: int
    total: int
    purpose: str
    made_by: UUID
    made_at: dt.datetime
    result_by: UUID | None
    result_at: dt.datetime | None
    deleted_by: UUID | None
    deleted_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PayLineRow:
    """One payment of a pay file; `state` is sent, paid or failed, `failure` what the bank, or whoever checked it, said.

    `payee` is the trainee of 훈련수당, the company of 인턴지원금.
    """

    file_id: UUID
    run_id: UUID
    payee: UUID
    number: int
    amount: int
    bank: str
    mac: bytes
    tail: str
    state: str
    failure: str | None


@dataclass(frozen=True, slots=True)
class PayableRow:
    """An amount of a confirmed run that no pay file carries yet, or whose transfer failed."""

    run_id: UUID
    course_id: UUID
    unit_no: int
    kind: str
    number: int
    state: str
    trainee: UUID
    place: int
    amount: int


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Payments of a file by what became of them; failed ones that were sent again are not counted."""

    sent: int = 0
    paid: int = 0
    failed: int = 0
    paid_total: int = 0


@dataclass(frozen=True, slots=True)
class RunSums:
    """Won of a run by what became of them at the bank; failed ones that were sent again are not counted as failed."""

    paid: int = 0
    failed: int = 0
    sent: int = 0


def list_files(connection: sa.Connection, programme_year: int | None = None) -> tuple[PayFileRow, ...]:
    """The pay files (of a programme year), the oldest first."""
    query = sa.select(pay_file).order_by(pay_file.c.programme_year, pay_file.c.number)
    if programme_year is not None:
        query = query.where(pay_file.c.programme_year == programme_year)
    return tuple(PayFileRow(*row) for row in connection.execute(query))


def next_number(connection: sa.Connection, programme_year: int) -> int:
    """The next number of the programme year's pay files."""
    newest = sa.select(sa.func.max(pay_file.c.number)).where(pay_file.c.programme_year == programme_year)
    return int(connection.execute(newest).scalar() or 0) + 1


def list_lines(
    connection: sa.Connection, *, file_id: UUID | None = None, run_id: UUID | None = None
) -> tuple[PayLineRow, ...]:
    """The lines of a file, of a run, or all, in the order they were sent."""
    query = sa.select(pay_line).order_by(pay_line.c.file_id, pay_line.c.number)
    if file_id is not None:
        query = query.where(pay_line.c.file_id == file_id)
    if run_id is not None:
        query = query.where(pay_line.c.run_id == run_id)
    return tuple(PayLineRow(*row) for row in connection.execute(query))


def list_payable(connection: sa.Connection, runs: Collection[UUID] | None = None) -> tuple[PayableRow, ...]:
    """Amounts of confirmed runs (or of these) that are on no pay file whose transfer did not fail, run by run."""
    sent = sa.exists().where(
        pay_line.c.run_id == allowance_row.c.run_id,
        pay_line.c.trainee_id == allowance_row.c.trainee_id,
        pay_line.c.state != "failed",
    )
    run = allowance_run.c
    query = (
        sa.select(
            run.id,
            run.course_id,
            run.unit_no,
            run.kind,
            run.number,
            run.state,
            allowance_row.c.trainee_id,
            allowance_row.c.number,
            allowance_row.c.amount,
        )
        .join(allowance_row, allowance_row.c.run_id == run.id)
        .where(run.state.in_(_OPEN), allowance_row.c.amount > 0, allowance_row.c.held.is_(False), ~sent)
        .order_by(run.start, run.course_id, run.unit_no, run.number, allowance_row.c.number)
    )
    if runs is not None:
        query = query.where(run.id.in_(list(runs)))
    return tuple(PayableRow(*row) for row in connection.execute(query))


def runs_with_lines(connection: sa.Connection) -> frozenset[UUID]:
    """The runs something was ever sent of."""
    return frozenset(connection.execute(sa.select(pay_line.c.run_id).distinct()).scalars())


def sums_by_run(connection: sa.Connection, runs: Collection[UUID] | None = None) -> dict[UUID, RunSums]:
    """What became of each run's amounts at the bank; runs nothing was sent of are left out."""
    query = sa.select(pay_line.c.run_id, pay_line.c.state, sa.func.sum(pay_line.c.amount)).where(
        sa.or_(pay_line.c.state != "failed", ~_sent_later())
    )
    if runs is not None:
        query = query.where(pay_line.c.run_id.in_(list(runs)))
    found: dict[UUID, dict[str, int]] = {}
    for run_id, state, amount in connection.execute(query.group_by(pay_line.c.run_id, pay_line.c.state)):
        found.setdefault(run_id, {})[state] = int(amount)
    return {run_id: RunSums(**sums) for run_id, sums in found.items()}


def count_lines(connection: sa.Connection, file_id: UUID | None = None) -> dict[UUID, FileCounts]:
    """How many payments of each file (or of one) wait, were made, or failed and were not sent again."""
    query = sa.select(pay_line.c.file_id, pay_line.c.state, sa.func.count(), sa.func.sum(pay_line.c.amount))
    query = query.where(sa.or_(pay_line.c.state != "failed", ~_sent_later()))
    if file_id is not None:
        query = query.where(pay_line.c.file_id == file_id)
    found: dict[UUID, dict[str, int]] = {}
    for one, state, count, amount in connection.execute(query.group_by(pay_line.c.file_id, pay_line.c.state)):
        counts = found.setdefault(one, {})
        counts[state] = int(count)
        if state == "paid":
            counts["paid_total"] = int(amount)
    return {one: FileCounts(**counts) for one, counts in found.items()}


def sent_again(connection: sa.Connection, file_id: UUID) -> dict[tuple[UUID, UUID], int]:
    """The number of the later file that carries a payment of this one again, by (run, person)."""
    later = pay_line.alias("later")
    query = (
        sa.select(later.c.run_id, later.c.trainee_id, pay_file.c.number)
        .join(pay_file, pay_file.c.id == later.c.file_id)
        .join(
            pay_line,
            sa.and_(pay_line.c.run_id == later.c.run_id, pay_line.c.trainee_id == later.c.trainee_id),
        )
        .where(pay_line.c.file_id == file_id, later.c.file_id > file_id)
        .order_by(later.c.file_id)
    )
    return {(row.run_id, row.trainee_id): row.number for row in connection.execute(query)}


def list_failed(connection: sa.Connection) -> frozenset[tuple[UUID, UUID]]:
    """(run, person) of every payment that once failed."""
    query = sa.select(pay_line.c.run_id, pay_line.c.trainee_id).where(pay_line.c.state == "failed")
    return frozenset((row.run_id, row.trainee_id) for row in connection.execute(query))


def _sent_later() -> sa.ColumnElement[bool]:
    later = pay_line.alias("later")
    return sa.exists().where(
        later.c.run_id == pay_line.c.run_id,
        later.c.trainee_id == pay_line.c.trainee_id,
        later.c.file_id > pay_line.c.file_id,
    )


def insert_file(connection: sa.Connection, values: dict[str, Any]) -> None:
    """Write a pay file; its lines follow in the same act."""
    connection.execute(sa.insert(pay_file).values(**values))


def insert_lines(connection: sa.Connection, file_id: UUID, lines: Sequence[dict[str, Any]]) -> None:
    """Write the payments of a pay file."""
    connection.execute(sa.insert(pay_line), [{**line, "file_id": file_id} for line in lines])


def update_file(connection: sa.Connection, row: PayFileRow, **values: Any) -> bool:
    """Change a pay file as it was read; whether nobody else changed it first."""
    done = connection.execute(
        sa.update(pay_file)
        .where(pay_file.c.id == row.id, pay_file.c.version == row.version)
        .values(version=row.version + 1, **values)
    )
    return done.rowcount == 1


def set_line(connection: sa.Connection, line: PayLineRow, state: str, failure: str | None) -> None:
    """What became of a payment."""
    connection.execute(
        sa.update(pay_line)
        .where(
            pay_line.c.file_id == line.file_id,
            pay_line.c.run_id == line.run_id,
            pay_line.c.trainee_id == line.payee,
        )
        .values(state=state, failure=failure)
    )
