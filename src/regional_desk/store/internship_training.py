"""What is kept of the training inside internships: plan, journals, deliverables, evaluations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.internships import (
    deliverable,
    internship,
    internship_evaluation,
    journal,
    plan_item,
)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of a 훈련계획."""

    id: UUID
    version: int
    internship_id: UUID
    week: int
    subject: str
    goal: str
    output: str | None


@dataclass(frozen=True, slots=True)
class JournalRow:
    """The journal of one week; `mentor` and `confirmed_on` once it was confirmed, `progress` in percent."""

    id: UUID
    version: int
    internship_id: UUID
    week: int
    work: str
    guidance: str | None
    output: str | None
    progress: int | None
    mentor: str | None
    confirmed_on: dt.date | None
    attachment_id: UUID | None
    file_name: str | None


@dataclass(frozen=True, slots=True)
class DeliverableRow:
    """One deliverable, handed in or not."""

    id: UUID
    version: int
    internship_id: UUID
    name: str
    due: dt.date | None
    submitted_on: dt.date | None
    attachment_id: UUID | None
    file_name: str | None
    memo: str | None


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One evaluation; `answers` by criterion as they were asked."""

    internship_id: UUID
    by: str
    version: int
    on: dt.date
    answers: dict[str, Any]
    comment: str | None
    attachment_id: UUID | None
    file_name: str | None


Ids = Collection[UUID] | None
"""Of which internships; None of all."""


def list_plan(connection: sa.Connection, internship_id: UUID) -> tuple[PlanRow, ...]:
    """The lines of a plan by week."""
    query = _rows(plan_item, PlanRow).where(plan_item.c.internship_id == internship_id)
    query = query.order_by(plan_item.c.week, plan_item.c.id)  # ids are in the order they were made
    return tuple(PlanRow(*row) for row in connection.execute(query))


def find_plan_item(connection: sa.Connection, item_id: UUID) -> PlanRow | None:
    """One line of a plan, None for an unknown id."""
    row = connection.execute(_rows(plan_item, PlanRow).where(plan_item.c.id == item_id)).first()
    return None if row is None else PlanRow(*row)


def list_journals(connection: sa.Connection, ids: Ids = None) -> tuple[JournalRow, ...]:
    """Their journals by week."""
    query = _rows(journal, JournalRow).order_by(journal.c.week)
    return tuple(JournalRow(*row) for row in connection.execute(_of(query, journal, ids)))


def find_journal(connection: sa.Connection, internship_id: UUID, week: int) -> JournalRow | None:
    """The journal of a week, None where there is none."""
    query = _rows(journal, JournalRow)
    row = connection.execute(
        query.where(journal.c.internship_id == internship_id, journal.c.week == week)
    ).first()
    return None if row is None else JournalRow(*row)


def list_deliverables(connection: sa.Connection, ids: Ids = None) -> tuple[DeliverableRow, ...]:
    """Their deliverables, the first due first."""
    query = _rows(deliverable, DeliverableRow).order_by(
        deliverable.c.due.is_(None), deliverable.c.due, deliverable.c.name
    )
    return tuple(DeliverableRow(*row) for row in connection.execute(_of(query, deliverable, ids)))


def find_deliverable(connection: sa.Connection, deliverable_id: UUID) -> DeliverableRow | None:
    """One deliverable, None for an unknown id."""
    query = _rows(deliverable, DeliverableRow).where(deliverable.c.id == deliverable_id)
    row = connection.execute(query).first()
    return None if row is None else DeliverableRow(*row)


def list_evaluations(connection: sa.Connection, ids: Ids = None) -> tuple[EvaluationRow, ...]:
    """Their evaluations."""
    query = _rows(internship_evaluation, EvaluationRow)
    return tuple(EvaluationRow(*row) for row in connection.execute(_of(query, internship_evaluation, ids)))


def forget_person(connection: sa.Connection, person_id: UUID, gone: str) -> set[UUID]:
    """파기: what was written in an intern's journals, deliverables and evaluations goes with its files; return those.

    Weeks, days and points stay, for they count; `gone` stands where a text may not be empty.
    """
    mine = sa.select(internship.c.id).where(internship.c.trainee_id == person_id)
    files: set[UUID] = set()
    for table, blank in (
        (journal, {"work": gone, "guidance": None, "output": None, "mentor": None}),
        (deliverable, {"name": gone, "memo": None}),
        (internship_evaluation, {"comment": None}),
    ):
        own = table.c.internship_id.in_(mine)
        kept = sa.select(table.c.attachment_id).where(own, table.c.attachment_id.is_not(None))
        files |= set(connection.execute(kept).scalars())
        values = {"attachment_id": None, "file_name": None, **blank}
        connection.execute(sa.update(table).where(own).values(values))
    return files


def _rows(table: sa.Table, row: type[Any]) -> sa.Select[Any]:
    return sa.select(*[table.c[name] for name in row.__slots__])


def _of(query: sa.Select[Any], table: sa.Table, ids: Ids) -> sa.Select[Any]:
    return query if ids is None else query.where(table.c.internship_id.in_(ids))
