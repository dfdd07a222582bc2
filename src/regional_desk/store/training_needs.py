"""Reading and writing what companies answered to the training need survey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.ids import new_id
from regional_desk.store.participation import training_need

Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One company's answers of a programme year; `level` is 초급, 중급, 고급 or not yet set."""

    id: UUID
    version: int
    company_id: UUID
    answered_on: dt.date
    level: str | None
    answers: Answers
    import_id: UUID | None


def list_needs(connection: sa.Connection, year: int) -> tuple[NeedRow, ...]:
    """Every company's answers of a programme year."""
    rows = connection.execute(sa.select(training_need).where(training_need.c.programme_year == year))
    return tuple(_row(row) for row in rows)


def find_need(connection: sa.Connection, company: UUID, year: int) -> NeedRow | None:
    """One company's answers, None where it has not answered."""
    found = connection.execute(sa.select(training_need).where(_of(company, year))).first()
    return None if found is None else _row(found)


def list_levels(connection: sa.Connection, year: int) -> dict[UUID, str]:
    """Company → its AX level of a programme year, of those that have one."""
    columns = (training_need.c.company_id, training_need.c.level)
    wanted = (training_need.c.programme_year == year, training_need.c.level.is_not(None))
    return {row.company_id: row.level for row in connection.execute(sa.select(*columns).where(*wanted))}


def list_years(connection: sa.Connection) -> tuple[int, ...]:
    """The programme years with answers, the newest first."""
    column = training_need.c.programme_year
    return tuple(connection.execute(sa.select(column).distinct().order_by(column.desc())).scalars())


def add_need(
    connection: sa.Connection,
    company: UUID,
    year: int,
    answered_on: dt.date,
    level: str | None,
    answers: Answers,
    *,
    user: UUID,
    at: dt.datetime,
    import_id: UUID | None = None,
) -> None:
    """A company's first answers of a programme year."""
    connection.execute(
        sa.insert(training_need).values(
            id=new_id(),
            company_id=company,
            programme_year=year,
            answered_on=answered_on,
            level=level,
            answers=_kept(answers),
            import_id=import_id,
            user_id=user,
            at=at,
        )
    )


def change_need(
    connection: sa.Connection,
    now: NeedRow,
    answered_on: dt.date,
    level: str | None,
    answers: Answers,
    *,
    user: UUID,
    at: dt.datetime,
) -> None:
    """Other answers in place of those of `now`."""
    connection.execute(
        sa.update(training_need)
        .where(training_need.c.id == now.id)
        .values(
            answered_on=answered_on,
            level=level,
            answers=_kept(answers),
            user_id=user,
            at=at,
            version=now.version + 1,
        )
    )


def drop_need(connection: sa.Connection, need: UUID) -> None:
    """Take a company's answers out."""
    connection.execute(sa.delete(training_need).where(training_need.c.id == need))


def list_of_import(connection: sa.Connection, import_id: UUID) -> tuple[NeedRow, ...]:
    """The answers an import brought first."""
    rows = connection.execute(sa.select(training_need).where(training_need.c.import_id == import_id))
    return tuple(_row(row) for row in rows)


def find_by_id(connection: sa.Connection, need: UUID) -> NeedRow | None:
    """The answers of an id, None where they were taken out."""
    found = connection.execute(sa.select(training_need).where(training_need.c.id == need)).first()
    return None if found is None else _row(found)


def _of(company: UUID, year: int) -> sa.ColumnElement[bool]:
    return sa.and_(training_need.c.company_id == company, training_need.c.programme_year == year)


def _row(row: Any) -> NeedRow:
    answers = {
        question: tuple(chosen) if isinstance(chosen, list) else (chosen,)
        for question, chosen in row.answers.items()
    }
    return NeedRow(row.id, row.version, row.company_id, row.answered_on, row.level, answers, row.import_id)


def _kept(answers: Answers) -> dict[str, str | list[str]]:
    """One answer as its key, several as a list."""
    return {
        question: chosen[0] if len(chosen) == 1 else list(chosen)
        for question, chosen in answers.items()
        if chosen
    }
