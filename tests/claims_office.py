"""An office that claims for its interns: payslips, papers and the companies' accounts, made through the services."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from tests.interns import go_to, start_intern

from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.clock import FixedClock
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.claims import claim_policy, company_accounts, evidence, payslips
from regional_desk.services.claims.payslips import PayslipValues
from regional_desk.services.companies import companies, company_documents
from regional_desk.services.desk import Desk
from regional_desk.services.internships.reading import read
from regional_desk.store.payslips import PayslipRow

WAGE = 2_400_000
COMPANY_PAPERS = ("business_registration", "bankbook", "pledge")
NUMBERS = ("20701234567890", "11012345678901", "56210012345678")


def a_file(name: str = "급여명세.pdf") -> ReceivedFile:
    """A scan of its own content."""
    return ReceivedFile(name, b"%PDF-1.4\n" + name.encode(), "application/pdf")


def adopt(desk: Desk) -> None:
    """The shipped terms, adopted."""
    claim_policy.adopt(desk, reference="경남-2026-31", document_date=dt.date(2026, 8, 1))


def company_of(desk: Desk, internship_id: UUID) -> UUID:
    """Where the intern works."""
    return read(desk, internship_id).row.company


def pay(
    desk: Desk,
    internship_id: UUID,
    start: dt.date,
    end: dt.date,
    wage: int = WAGE,
    *,
    transferred: bool = True,
    own_account: bool = True,
) -> PayslipRow:
    """A payslip with both its files, transferred on its last day or today."""
    day = min(end, desk.clock.today()) if transferred else None
    values = PayslipValues(start, end, wage, day, wage * 9 // 10 if transferred else None, own_account)
    return payslips.add(
        desk, internship_id, values, slip=a_file(f"명세 {start}.pdf"), transfer=a_file(f"이체 {start}.pdf")
    )


def hand_in(desk: Desk, internship_id: UUID, month_no: int) -> None:
    """The month's own papers, received today and verified."""
    for kind in ("application", "insurance_roll"):
        evidence.receive(
            desk,
            internship_id,
            month_no,
            kind,
            a_file(f"{kind} {month_no}.pdf"),
            issued_on=desk.clock.today(),
        )
        evidence.verify(desk, internship_id, month_no, kind)


def ready_company(desk: Desk, company: UUID, number: str = NUMBERS[0]) -> None:
    """The company's papers verified and its account released."""
    for kind in COMPANY_PAPERS:
        row = company_documents.attach(desk, company, kind, a_file(f"{kind}.pdf"))
        company_documents.set_state(desk, row, DocumentState.VERIFIED)
    name = next(row.name for row in companies.list_companies(desk) if row.id == company)
    made = company_accounts.set_account(desk, company, "경남은행", number, name)
    company_accounts.release(desk, company, made.version, "대표번호로 통화해 확인")


def claimable(
    desk: Desk, clock: FixedClock, *, start: dt.date = dt.date(2026, 9, 1), today: dt.date, at: int = 0
) -> UUID:
    """An intern since `start` with the company ready; it is `today`, and the policy is adopted."""
    found = start_intern(desk, clock, start=start, at=at)
    go_to(clock, today)
    company = company_of(desk, found)
    if company_accounts.read(desk, company) is None:
        adopt(desk)
        ready_company(desk, company)
    return found


def ready(desk: Desk, clock: FixedClock) -> UUID:
    """An intern whose September is clear, on 1 October."""
    found = claimable(desk, clock, today=dt.date(2026, 10, 1))
    pay(desk, found, dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    hand_in(desk, found, 1)
    return found
