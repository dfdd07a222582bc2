"""The service months of one intern as the claims see them: what each is worth now, what it lacks, and what was confirmed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.calendar import month_span
from regional_desk.domain.claim_wages import uncovered
from regional_desk.domain.claims import claim_month
from regional_desk.domain.internships import ServiceMonth, terms_on
from regional_desk.domain.rights import Right
from regional_desk.services.claims import claim_policy, drafting
from regional_desk.services.claims.claim_links import OpenItem
from regional_desk.services.claims.drafting import Entitlement
from regional_desk.services.claims.evidence import find_month
from regional_desk.services.claims.interns import Intern, read_intern
from regional_desk.services.claims.run_states import SUBJECT, RunKind
from regional_desk.services.desk import Desk
from regional_desk.store import claim_runs as store
from regional_desk.store.claim_runs import CLOSED_STATES, ClaimRow, ClaimRunRow


@dataclass(frozen=True, slots=True)
class InternMonth:
    """One service month; `wage`, `amount` (worth now) and `confirmed` in won, `held` why it is held.

    `run` is the newest run it stands in, None before the first draft; `asked` papers of which `ready` count.
    """

    internship: UUID
    company: UUID
    company_name: str
    name: str
    no: int
    start: dt.date
    end: dt.date
    month: dt.date
    is_over: bool
    days: int
    served_days: int
    share: str
    wage: int | None
    amount: int
    trace: tuple[str, ...]
    open_items: tuple[OpenItem, ...]
    asked: int
    held: str | None
    run: RunState | None
    kind: RunKind | None
    confirmed: int | None

    @property
    def ready(self) -> int:
        """How many of the papers asked count."""
        return self.asked - sum(item.paper is not None for item in self.open_items)


@dataclass(frozen=True, slots=True)
class PayslipProposal:
    """What the next payslip of a service month is likely to say; `wage` in won, None where it is not a whole month's."""

    start: dt.date
    end: dt.date
    wage: int | None


def read_months(desk: Desk, internship_id: UUID) -> tuple[InternMonth, ...]:
    """The service months of an internship by number, masked as the person may see them; noted.

    Raises UsageError for an internship that has not begun.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        intern = read_intern(connection, internship_id, claim_policy.shipped().max_months)
        holds = {
            one.month_no: one.reason
            for one in store.list_holds(connection)
            if one.internship_id == internship_id
        }
        found = tuple(_month(desk, connection, intern, month, holds.get(month.no)) for month in intern.months)
    desk.note_view(SUBJECT, [intern.row.trainee], {"by": "claim_months"})
    return found


def propose_payslip(desk: Desk, internship_id: UUID, month_no: int) -> PayslipProposal:
    """The first days of the service month that no payslip pays for, to the end of their calendar month.

    Raises UsageError for an internship that has not begun or does not reach the month.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        intern, month, _ = find_month(connection, internship_id, month_no)
    days = uncovered(intern.days_served(month), [slip.paid for slip in intern.slips])
    start = days[0] if days else month.start
    first, last = month_span(f"{start:%Y-%m}")
    end = min(last, max(intern.last_day, start))
    whole = (start, end) in ((first, last), (month.start, month.end))
    return PayslipProposal(start, end, terms_on(intern.terms, start).wage if whole else None)


def _month(
    desk: Desk, connection: sa.Connection, intern: Intern, month: ServiceMonth, held: str | None
) -> InternMonth:
    place, today, masking = claim_month(month.served_until), desk.clock.today(), desk.masking
    terms = claim_policy.in_force(connection, place).terms
    worth = drafting.entitlement(connection, intern.row.id, month.no, terms, today)
    items = drafting.open_items(connection, [worth], terms)[intern.row.id, month.no]
    rows = _rows(connection, intern.row.id, month.no)
    closed = [row.amount for run, row in rows if run.state in CLOSED_STATES and not row.held]
    newest = rows[-1][0] if rows else None
    name = masking.show_name(intern.row.name)
    return InternMonth(
        internship=intern.row.id,
        company=intern.row.company,
        company_name=intern.row.company_name,
        name=name,
        no=month.no,
        start=month.start,
        end=month.served_until,
        month=place,
        is_over=month.is_over(today),
        days=worth.days,
        served_days=worth.served_days,
        share=worth.share_words,
        wage=worth.wage,
        amount=worth.amount,
        trace=worth.trace,
        open_items=tuple(
            replace(item, name=name, message=masking.show_reason(item.message)) for item in items
        ),
        asked=_asked(worth, len(terms.papers)),
        held=held,
        run=RunState(newest.state) if newest else None,
        kind=RunKind(newest.kind) if newest else None,
        confirmed=sum(closed) if closed else None,
    )


def _asked(worth: Entitlement, papers: int) -> int:
    """No paper is asked of a month for which nothing is claimed."""
    return papers if worth.share else 0


def _rows(
    connection: sa.Connection, internship_id: UUID, month_no: int
) -> tuple[tuple[ClaimRunRow, ClaimRow], ...]:
    """The runs a service month stands in, as they were drafted, with its rows."""
    return tuple(
        (run, row)
        for run in store.runs_of_month(connection, internship_id, month_no)
        for row in store.list_rows(connection, run.id)
        if (row.internship_id, row.month_no) == (internship_id, month_no)
    )
