"""Allowance runs, their rows and holds; adopted policies."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

policy_adoption = sa.Table(
    "policy_adoption",
    metadata,
    id_column(),
    sa.Column("scheme", sa.Text, nullable=False, index=True),
    sa.Column("terms", Json, nullable=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("document_date", sa.Date, nullable=False),
    sa.Column("adopted_by", Id, nullable=False),
    sa.Column("adopted_at", Moment, nullable=False),
    sa.Column("effective_from", sa.Date),  # units that begin on or after it; null: the terms' own date
)

allowance_run = sa.Table(
    "allowance_run",
    metadata,
    id_column(),
    version_column(),
    reference("course_id", "course.id", index=True),
    sa.Column("unit_no", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # main | supplementary | settlement
    sa.Column("number", sa.Integer, nullable=False),  # counts the versions of one unit's run
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("scheme", sa.Text, nullable=False),
    sa.Column("terms", Json, nullable=False),
    sa.Column("adoption_id", Id),
    sa.Column("people", sa.Integer, nullable=False),
    sa.Column("paid_people", sa.Integer, nullable=False),
    sa.Column("total", sa.BigInteger, nullable=False),
    sa.Column("inputs", sa.LargeBinary(32), nullable=False),  # digest of what the draft was computed from
    sa.Column("solo", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("drafted_by", Id, nullable=False),
    sa.Column("drafted_at", Moment, nullable=False),
    sa.Column("checked_by", Id),
    sa.Column("checked_at", Moment),
    sa.Column("confirmed_by", Id),
    sa.Column("confirmed_at", Moment),
    sa.Column("paid_by", Id),
    sa.Column("paid_at", Moment),
    sa.Column("closed_reason", sa.Text),
    sa.Column("reconciled_by", Id),
    sa.Column("reconciled_at", Moment),
    sa.Column("over_budget_reason", sa.Text),  # why 단장 let it exceed the balance
    sa.Column("returned_reason", sa.Text),  # why 검토 went back to 작성
    sa.UniqueConstraint("course_id", "unit_no", "number"),
    sa.CheckConstraint("total >= 0", name="total"),
)

allowance_row = sa.Table(
    "allowance_row",
    metadata,
    reference("run_id", "allowance_run.id"),
    reference("trainee_id", "person.id"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("training_days", sa.Integer, nullable=False),
    sa.Column("attended_days", sa.Integer, nullable=False),
    sa.Column("converted_absences", sa.Integer, nullable=False),
    sa.Column("rate_tenths", sa.Integer),
    sa.Column("eligible", sa.Boolean, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("trace", sa.Text, nullable=False),
    sa.Column("strip", sa.Text, nullable=False),
    sa.Column("held", sa.Boolean, nullable=False),
    sa.Column("entitled", sa.BigInteger),  # of a 정산 run: what the unit is worth now
    sa.Column("already", sa.BigInteger),  # of a 정산 run: what earlier runs of the unit confirmed
    sa.PrimaryKeyConstraint("run_id", "trainee_id"),
    sa.CheckConstraint("amount >= 0", name="amount"),
    sa.Index("ix_allowance_row_trainee_id", "trainee_id"),
    sqlite_with_rowid=False,
)

allowance_hold = sa.Table(
    "allowance_hold",
    metadata,
    id_column(),
    reference("course_id", "course.id", index=True),
    sa.Column("unit_no", sa.Integer, nullable=False),
    reference("trainee_id", "person.id"),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("held_by", Id, nullable=False),
    sa.Column("held_at", Moment, nullable=False),
    sa.Column("released_by", Id),
    sa.Column("released_at", Moment),
)

benefit_answer = sa.Table(
    "benefit_answer",
    metadata,
    reference("membership_id", "membership.id"),
    sa.Column("kind", sa.Text, nullable=False),
    version_column(),
    sa.Column("answer", sa.Text, nullable=False),  # yes | no | unknown
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("membership_id", "kind"),
    sa.CheckConstraint("answer IN ('yes', 'no', 'unknown')", name="answer"),
)

deduction_days = sa.Table(
    "deduction_days",
    metadata,
    reference("membership_id", "membership.id"),
    sa.Column("unit_no", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    version_column(),
    sa.Column("days", sa.Integer, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("membership_id", "unit_no", "kind"),
    sa.CheckConstraint("days >= 0", name="days"),
)

recovery = sa.Table(
    "recovery",
    metadata,
    id_column(),
    version_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    reference("run_id", "allowance_run.id", nullable=True, index=True),
    reference("trainee_id", "person.id", index=True),
    reference(
        "claim_run_id", "claim_run.id", nullable=True, index=True
    ),  # asked back of the intern's company
    reference("internship_id", "internship.id", nullable=True),
    sa.Column("claim_month", sa.Integer),  # the service month asked back
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # why it is asked back, under the person's key
    sa.Column("noticed_on", sa.Date),
    sa.Column("due", sa.Date),
    sa.Column("end_kind", sa.Text),  # settled | waived; null while a balance is left
    sa.Column("end_reason", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("programme_year", "number"),
    sa.CheckConstraint("amount > 0", name="amount"),
    sa.CheckConstraint("(run_id IS NULL) <> (claim_run_id IS NULL)", name="run"),
)

recovery_receipt = sa.Table(
    "recovery_receipt",
    metadata,
    id_column(),
    reference("recovery_id", "recovery.id", index=True),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("void_reason", sa.Text),
    sa.Column("voided_at", Moment),
    sa.CheckConstraint("amount > 0", name="amount"),
)

budget_entry = sa.Table(
    "budget_entry",
    metadata,
    id_column(),
    sa.Column("programme_year", sa.Integer, nullable=False, index=True),
    sa.Column("item", sa.Text, nullable=False),  # allowance | internship
    sa.Column("kind", sa.Text, nullable=False),  # grant | interest | return
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("void_reason", sa.Text),
    sa.Column("voided_at", Moment),
    sa.CheckConstraint("amount > 0", name="amount"),
)

pay_file = sa.Table(
    "pay_file",
    metadata,
    id_column(),
    version_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("item", sa.Text, nullable=False, server_default="allowance"),  # allowance | internship
    sa.Column("template", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.LargeBinary(32), nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("total", sa.BigInteger, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("made_by", Id, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("result_by", Id),
    sa.Column("result_at", Moment),
    sa.Column("deleted_by", Id),
    sa.Column("deleted_at", Moment),
    sa.UniqueConstraint("programme_year", "number"),
)

pay_line = sa.Table(
    "pay_line",
    metadata,
    reference("file_id", "pay_file.id"),
    reference("run_id", "allowance_run.id", index=True),
    reference("trainee_id", "person.id", index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("bank", sa.Text, nullable=False),
    sa.Column("account_mac", sa.LargeBinary(32), nullable=False),
    sa.Column("account_tail", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # sent | paid | failed
    sa.Column("failure", sa.Text),
    sa.PrimaryKeyConstraint("file_id", "run_id", "trainee_id"),
    sa.CheckConstraint("amount > 0", name="amount"),
    sa.CheckConstraint("state IN ('sent', 'paid', 'failed')", name="state"),
)

account_release = sa.Table(
    "account_release",
    metadata,
    id_column(),
    reference("person_id", "person.id", index=True),
    sa.Column("account_mac", sa.LargeBinary(32), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # why it was held, and the memo of the call
    reference("attachment_id", "attachment.id", nullable=True),  # the paper for another holder's account
    sa.Column("released_by", Id, nullable=False),
    sa.Column("released_at", Moment, nullable=False),
)

CLOSED_STATES = ("confirmed", "paid", "reconciled")
GONE_STATES = ("cancelled",)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of a course's unit; `total` in won."""

    id: UUID
    version: int
    course_id: UUID
    unit_no: int
    kind: str
    number: int
    state: str
    start: dt.date
    end: dt.date
    method: str
    scheme: str
    terms: dict[str, Any]
    adoption_id: UUID | None
    people: int
    paid_people: int
    total: int
    inputs: bytes
    solo: bool
    drafted_by: UUID
    drafted_at: dt.datetime
    checked_by: UUID | None
    confirmed_by: UUID | None
    confirmed_at: dt.datetime | None
    paid_at: dt.datetime | None
    closed_reason: str | None
    reconciled_at: dt.datetime | None
    over_budget_reason: str | None
    returned_reason: str | None


@dataclass(frozen=True, slots=True)
class PayRow:
    """One person's line of a run; `rate_tenths` is the 출석률 in tenths of a percent.

    `strip` has one character a training day of the unit (status + 4 × marks, from '0'), a blank where the person was no
    member; those kept before revision 0004 have the recorded days only. `entitled` and `already` (won) belong to a 정산.
    """

    trainee: UUID
    number: int
    training_days: int
    attended_days: int
    converted_absences: int
    rate_tenths: int | None
    eligible: bool
    amount: int
    trace: tuple[str, ...]
    strip: str
    held: bool
    entitled: int | None = None
    already: int | None = None


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A person left out of a unit's run until released."""

    trainee: UUID
    reason: str
    held_by: UUID
    held_at: dt.datetime


def list_runs(
    connection: sa.Connection,
    course_id: UUID | None = None,
    unit_no: int | None = None,
    *,
    gone: bool = False,
) -> tuple[RunRow, ...]:
    """The runs that were not cancelled (with `gone` those too), by course, unit and number."""
    query = sa.select(allowance_run)
    if not gone:
        query = query.where(allowance_run.c.state.notin_(GONE_STATES))
    if course_id is not None:
        query = query.where(allowance_run.c.course_id == course_id)
    if unit_no is not None:
        query = query.where(allowance_run.c.unit_no == unit_no)
    query = query.order_by(allowance_run.c.start, allowance_run.c.unit_no, allowance_run.c.number)
    return tuple(
        RunRow(**{name: getattr(row, name) for name in RunRow.__slots__}) for row in connection.execute(query)
    )


def next_number(connection: sa.Connection, course_id: UUID, unit_no: int) -> int:
    """The next version number of a unit's run."""
    query = sa.select(sa.func.max(allowance_run.c.number)).where(
        allowance_run.c.course_id == course_id, allowance_run.c.unit_no == unit_no
    )
    return int(connection.execute(query).scalar() or 0) + 1


def list_pay_rows(connection: sa.Connection, run_id: UUID) -> tuple[PayRow, ...]:
    """The lines of a run in the order of the course's numbers."""
    query = sa.select(allowance_row).where(allowance_row.c.run_id == run_id).order_by(allowance_row.c.number)
    return tuple(
        PayRow(
            row.trainee_id,
            row.number,
            row.training_days,
            row.attended_days,
            row.converted_absences,
            row.rate_tenths,
            row.eligible,
            row.amount,
            tuple(json.loads(row.trace)),
            row.strip,
            row.held,
            row.entitled,
            row.already,
        )
        for row in connection.execute(query)
    )


_DELETE_ROWS = (
    "DELETE FROM allowance_row WHERE run_id = ? AND trainee_id IN "
    "(SELECT trainee_id FROM allowance_row WHERE run_id = ? ORDER BY trainee_id LIMIT 5000)"
)


def delete_run(connection: sa.Connection, run_id: UUID) -> None:
    """Take away a run that was not confirmed, with its rows.

    Some thousand rows at a time: what a statement changes is kept in memory until it ends, so that it could be undone.
    """
    while connection.exec_driver_sql(_DELETE_ROWS, (run_id.bytes, run_id.bytes)).rowcount:
        pass
    connection.exec_driver_sql("DELETE FROM allowance_run WHERE id = ?", (run_id.bytes,))


def list_holds(connection: sa.Connection, course_id: UUID, unit_no: int) -> tuple[HoldRow, ...]:
    """Who is held in a unit now."""
    query = sa.select(allowance_hold).where(
        allowance_hold.c.course_id == course_id,
        allowance_hold.c.unit_no == unit_no,
        allowance_hold.c.released_at.is_(None),
    )
    return tuple(
        HoldRow(row.trainee_id, row.reason, row.held_by, row.held_at) for row in connection.execute(query)
    )
