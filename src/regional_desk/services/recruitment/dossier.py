"""Everything the office's records tell about one person, merged records included: for the applicant's page."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.services.attendance import attendance
from regional_desk.services.desk import Desk
from regional_desk.services.safety.logs import without_accounts
from regional_desk.store import applicants as store
from regional_desk.store.accounts import list_users
from regional_desk.store.applicants import ApplicationRow, PaymentRow, StepRow, StudyRow
from regional_desk.store.people import MergedRow, list_merged

_NEWEST = 300


@dataclass(frozen=True, slots=True)
class Applied:
    """One application with the stages it came to; `merged` where it came with a record that was merged in."""

    row: ApplicationRow
    steps: tuple[StepRow, ...]
    merged: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of the change history; `value` None where it may not be seen whole or was destroyed."""

    at: dt.datetime
    who: str
    action: str
    detail: Mapping[str, Any]
    value: Any
    merged: bool


@dataclass(frozen=True, slots=True)
class Study:
    """One course; days and rate of the whole course, None before its first training day."""

    row: StudyRow
    attended: int | None
    days: int | None
    rate_so_far: Decimal | None


def applications(desk: Desk, person: UUID) -> tuple[Applied, ...]:
    """Every application, the newest first, those of merged records beside the person's own."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_applications(connection, [person, *store.merged_into(connection, person)])
        steps = store.list_steps(connection, [row.id for row in rows])
    return tuple(
        Applied(row, tuple(step for step in steps if step.application_id == row.id), row.person_id != person)
        for row in rows
    )


def history(desk: Desk, person: UUID) -> tuple[Changed, ...]:
    """The newest 300 changes that concern a person or a record merged in, the newest first; noted.

    Values are opened for whoever may unmask only; account numbers stay masked even then.
    """
    desk.require(Right.SEE_PEOPLE)
    whole = desk.masking is Masking.FULL
    with desk.store.read() as connection:
        people = (person, *store.merged_into(connection, person))
        lines = store.list_changes(connection, people, _NEWEST)
        keys = desk.store.person_keys(connection, people) if whole else {}
        users = {row.id: row.name for row in list_users(connection)}
    desk.note_view("people", [person], {"by": "changes"})
    return tuple(
        Changed(
            line.at,
            users.get(line.user_id, ""),
            line.action,
            json.loads(line.detail),
            without_accounts(desk.unseal(keys, whose, sealed)) if whole and sealed else None,
            whose != person,
        )
        for line, whose, sealed in lines
    )


def studies(desk: Desk, person: UUID) -> tuple[Study, ...]:
    """The person's courses with their attendance as it stands, the newest first."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_studies(connection, person)
    return tuple(_study(desk, person, row) for row in rows)


def payments(desk: Desk, person: UUID) -> tuple[PaymentRow, ...]:
    """The person's allowance, unit by unit, the newest first; amounts in won."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return store.list_payments(connection, person)


def merged_records(desk: Desk, person: UUID) -> tuple[MergedRow, ...]:
    """The records that were merged into a person, as this desk shows names."""
    desk.require(Right.SEE_PEOPLE)
    hide = desk.masking
    with desk.store.read() as connection:
        rows = list_merged(connection, [person])
    return tuple(
        MergedRow(row.id, row.kept, hide.show_name(row.name), hide.hide_birth(row.birth)) for row in rows
    )


def _study(desk: Desk, person: UUID, row: StudyRow) -> Study:
    shown = attendance.survey(desk, row.course_id, None, [person]).rows
    if not shown:
        return Study(row, None, None, None)
    summary = shown[0].summary
    return Study(row, summary.attended_days, summary.training_days, summary.rate_so_far)
