"""Whose hand was last on the accounts a run pays to, and how far its people are paid already."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

_ACCOUNT = (
    "SELECT EXISTS (SELECT 1 FROM allowance_row r JOIN person p ON p.id = r.trainee_id "
    "WHERE r.run_id = ? AND r.amount > 0 AND r.held = 0 AND p.account_changed_by = ?)"
)
_CONFIRMED = (
    "SELECT EXISTS (SELECT 1 FROM allowance_run n JOIN allowance_row r ON r.run_id = n.id WHERE n.course_id = ? "
    "AND n.unit_no = ? AND r.trainee_id = ? AND r.held = 0 AND n.state IN ('confirmed', 'paid', 'reconciled'))"
)
_IN_FILE = "SELECT EXISTS (SELECT 1 FROM pay_line WHERE run_id = ?)"


def changed_account(connection: sa.Connection, run_id: UUID, user_id: UUID) -> bool:
    """Whether the person was the last to change the account of somebody the run pays."""
    found = connection.exec_driver_sql(_ACCOUNT, (run_id.bytes, user_id.bytes))
    return bool(found.scalar_one())


def in_confirmed_run(connection: sa.Connection, course_id: UUID, unit_no: int, trainee: UUID) -> bool:
    """Whether the person stands, not held, in a confirmed run of the unit."""
    found = connection.exec_driver_sql(_CONFIRMED, (course_id.bytes, unit_no, trainee.bytes))
    return bool(found.scalar_one())


def in_pay_file(connection: sa.Connection, run_id: UUID) -> bool:
    """Whether a pay file names anybody for this run."""
    return bool(connection.exec_driver_sql(_IN_FILE, (run_id.bytes,)).scalar_one())
