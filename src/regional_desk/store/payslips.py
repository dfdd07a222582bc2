"""Reading payslips (급여명세) of internships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.claim_wages import PaidWage
from regional_desk.store.claims import payslip


@dataclass(frozen=True, slots=True)
class PayslipRow:
    """One payslip; amounts in won, `transferred` what reached the intern. A voided one keeps its row."""

    id: UUID
    version: int
    internship_id: UUID
    start: dt.date
    end: dt.date
    wage: int
    transferred_on: dt.date | None
    transferred: int | None
    own_account: bool
    slip_id: UUID | None
    slip_name: str | None
    transfer_id: UUID | None
    transfer_name: str | None
    user_id: UUID
    at: dt.datetime
    void_reason: str | None

    @property
    def paid(self) -> PaidWage:
        """What the rules know of it."""
        return PaidWage(self.start, self.end, self.wage, self.transferred_on, self.own_account)


def list_payslips(
    connection: sa.Connection, internships: Collection[UUID], *, voided: bool = False
) -> dict[UUID, tuple[PayslipRow, ...]]:
    """The payslips of these internships by internship, by their first day; with `voided` those too."""
    found: dict[UUID, list[PayslipRow]] = {}
    columns = [payslip.c[name] for name in PayslipRow.__slots__]
    query = sa.select(*columns).where(payslip.c.internship_id.in_(list(internships)))
    if not voided:
        query = query.where(payslip.c.voided_at.is_(None))
    for row in connection.execute(query.order_by(payslip.c.start, payslip.c.at)):
        found.setdefault(row.internship_id, []).append(PayslipRow(*row))
    return {key: tuple(rows) for key, rows in found.items()}


def find_payslip(connection: sa.Connection, payslip_id: UUID) -> PayslipRow | None:
    """One payslip, None for an unknown id."""
    columns = [payslip.c[name] for name in PayslipRow.__slots__]
    row = connection.execute(sa.select(*columns).where(payslip.c.id == payslip_id)).first()
    return None if row is None else PayslipRow(*row)
