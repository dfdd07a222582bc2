"""The programme's money: 교부, 이자 and 반납, and the confirmed amounts they are measured by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.allowance import (
    CLOSED_STATES,
    allowance_row,
    allowance_run,
    budget_entry,
    pay_line,
)
from regional_desk.store.courses import course


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One movement; `amount` in won, never negative. A voided one stays with its reason."""

    id: UUID
    programme_year: int
    item: str
    kind: str
    amount: int
    on: dt.date
    reference: str
    user_id: UUID
    at: dt.datetime
    void_reason: str | None


@dataclass(frozen=True, slots=True)
class ConfirmedRow:
    """One confirmed amount in won, and the states of its lines in pay files.

    `place` and `part` are course and unit of 훈련수당, company and month (2026-09) of 인턴지원금.
    """

    place: str
    part: str
    trainee: UUID
    run_state: str
    amount: int
    lines: frozenset[str]


def list_entries(
    connection: sa.Connection, programme_year: int, item: str | None = None
) -> tuple[EntryRow, ...]:
    """The movements of a year by day, voided ones too."""
    table = budget_entry
    query = sa.select(table).where(table.c.programme_year == programme_year).order_by(table.c.on, table.c.id)
    if item is not None:
        query = query.where(table.c.item == item)
    names = EntryRow.__slots__
    return tuple(
        EntryRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    )


def entry_sums(
    connection: sa.Connection, programme_year: int, item: str, until: dt.date
) -> Mapping[str, int]:
    """Won by kind of entry up to a day, without voided ones."""
    table = budget_entry
    query = (
        sa.select(table.c.kind, sa.func.sum(table.c.amount))
        .where(
            table.c.programme_year == programme_year,
            table.c.item == item,
            table.c.on <= until,
            table.c.voided_at.is_(None),
        )
        .group_by(table.c.kind)
    )
    return {kind: int(amount) for kind, amount in connection.execute(query)}


def confirmed_total(connection: sa.Connection, programme_year: int, until: dt.date) -> int:
    """Won of 훈련수당 confirmed for the courses of a year, in units that end by a day."""
    query = (
        sa.select(sa.func.coalesce(sa.func.sum(allowance_run.c.total), 0))
        .join(course, course.c.id == allowance_run.c.course_id)
        .where(
            course.c.programme_year == programme_year,
            allowance_run.c.state.in_(CLOSED_STATES),
            allowance_run.c.end <= until,
        )
    )
    return int(connection.execute(query).scalar_one())


def confirmed_rows(connection: sa.Connection, programme_year: int) -> tuple[ConfirmedRow, ...]:
    """Every confirmed amount of a year above 0 with what its pay files say, by course and unit."""
    run, row = allowance_run, allowance_row
    states = (
        sa.select(sa.func.group_concat(pay_line.c.state.distinct()))
        .where(pay_line.c.run_id == row.c.run_id, pay_line.c.trainee_id == row.c.trainee_id)
        .scalar_subquery()
    )
    query = (
        sa.select(course.c.name, run.c.unit_no, row.c.trainee_id, run.c.state, row.c.amount, states)
        .join(run, run.c.id == row.c.run_id)
        .join(course, course.c.id == run.c.course_id)
        .where(
            course.c.programme_year == programme_year,
            run.c.state.in_(CLOSED_STATES),
            row.c.held.is_(False),
            row.c.amount > 0,
        )
        .order_by(course.c.start, course.c.name, run.c.unit_no)
    )
    return tuple(
        ConfirmedRow(name, str(unit_no), trainee, state, amount, frozenset((lines or "").split(",")) - {""})
        for name, unit_no, trainee, state, amount, lines in connection.execute(query)
    )
