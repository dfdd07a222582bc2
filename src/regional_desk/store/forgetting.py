"""파기 of a person's payslips, claim papers, plans and outcomes: days, wages and results stay, words and papers go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.claims import claim_paper, payslip
from regional_desk.store.courses import membership
from regional_desk.store.internships import (
    conversion,
    employment_check,
    internship,
    plan_item,
    retention_check,
)


@dataclass(frozen=True, slots=True)
class _Words:
    """A table's columns that tell of somebody: `empty` become null, what is in `said` becomes one word, `files` are let go."""

    table: sa.Table
    empty: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    files: tuple[str, ...] = ("attachment_id",)


_OF_INTERNSHIP = (
    _Words(conversion, ("reason", "file_name")),
    _Words(retention_check, ("memo", "file_name"), ("source",)),
    _Words(payslip, ("slip_name", "transfer_name"), ("void_reason",), ("slip_id", "transfer_id")),
    _Words(claim_paper, ("file_name", "memo")),
)
_OF_MEMBERSHIP = (_Words(employment_check, ("employer", "memo"), ("source",), ()),)


def forget_person(connection: sa.Connection, person_id: UUID, gone: str) -> set[UUID]:
    """Take a person's words and papers away, `gone` where something was said; return the attachments named no more."""
    interned = sa.select(internship.c.id).where(internship.c.trainee_id == person_id)
    trained = sa.select(membership.c.id).where(membership.c.person_id == person_id)
    connection.execute(sa.delete(plan_item).where(plan_item.c.internship_id.in_(interned)))  # counted nowhere
    files: set[UUID] = set()
    for words in _OF_INTERNSHIP:
        files |= _forget(connection, words, words.table.c.internship_id.in_(interned), gone)
    for words in _OF_MEMBERSHIP:
        files |= _forget(connection, words, words.table.c.membership_id.in_(trained), gone)
    return files


def _forget(connection: sa.Connection, words: _Words, own: sa.ColumnElement[bool], gone: str) -> set[UUID]:
    files: set[UUID] = set()
    for name in words.files:
        column = words.table.c[name]
        files |= set(connection.execute(sa.select(column).where(own, column.is_not(None))).scalars())
    values: dict[str, Any] = dict.fromkeys((*words.empty, *words.files))
    values |= {name: sa.case((words.table.c[name].is_not(None), gone)) for name in words.said}
    connection.execute(sa.update(words.table).where(own).values(values))
    return files
