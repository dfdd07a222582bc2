"""What waits beside an internship's own course, for a whole list at once: amendments, visits, payslips and papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.claims import claim_month
from regional_desk.domain.rights import Right
from regional_desk.domain.visits import Standing
from regional_desk.services.claims import claim_items, claim_policy
from regional_desk.services.claims.evidence import Evidence
from regional_desk.services.claims.interns import Intern, read_interns
from regional_desk.services.desk import Desk
from regional_desk.services.internships.reading import DRAFT
from regional_desk.services.visits.reading import read_hosts, read_months, read_visits
from regional_desk.store import claim_runs
from regional_desk.store import internship_records as store


class Lack(StrEnum):
    """What is waited for, the most urgent first."""

    AMENDMENT = "amendment"
    VISIT = "visit"
    PAYSLIP = "payslip"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing that waits since `due`: `no` is the amendment's number or the service month, `count` how many lack."""

    lack: Lack
    due: dt.date
    no: int
    count: int = 1


def survey_pending(desk: Desk, year: int | None = None) -> Mapping[UUID, tuple[Pending, ...]]:
    """By internship of a programme year (the office's where None) what waits today; names nobody.

    An amendment waits for its signatures, a service month that is over for its visit, and until it is confirmed for its
    payslips and papers. Raises NotAllowed without the right to see people.
    """
    desk.require(Right.SEE_PEOPLE)
    found: dict[UUID, list[Pending]] = {}
    wanted, today = year or desk.office.programme_year, desk.clock.today()
    with desk.store.read() as connection:
        for key, one in (
            *_amendments(connection, wanted),
            *_visits(desk, connection, wanted, today),
            *_claims(connection, wanted, today),
        ):
            found.setdefault(key, []).append(one)
    order = list(Lack)
    return {
        key: tuple(sorted(mine, key=lambda one: (order.index(one.lack), one.due)))
        for key, mine in found.items()
    }


def _amendments(connection: sa.Connection, year: int) -> Iterator[tuple[UUID, Pending]]:
    for key, rows in store.list_agreements(connection, year).items():
        for row in rows:
            if row.number and row.state == DRAFT:
                yield key, Pending(Lack.AMENDMENT, row.effective_from, row.number)


def _visits(
    desk: Desk, connection: sa.Connection, year: int, today: dt.date
) -> Iterator[tuple[UUID, Pending]]:
    hosts = read_hosts(desk, connection, year=year)
    for month in read_months(hosts, read_visits(desk, connection, hosts), today):
        if month.standing is Standing.OVERDUE:
            yield month.host.internship, Pending(Lack.VISIT, month.end, month.no)


def _claims(connection: sa.Connection, year: int, today: dt.date) -> Iterator[tuple[UUID, Pending]]:
    """What the service months that are over lack before they can be confirmed."""
    interns = read_interns(connection, (year,), claim_policy.shipped().max_months)
    closed = claim_runs.confirmed_months(connection)
    evidence = Evidence.read(connection, interns)
    terms = {
        month: claim_policy.in_force(connection, month).terms
        for month in {claim_month(one.served_until) for intern in interns for one in intern.months}
    }
    for intern in interns:
        for month in intern.months:
            if not month.is_over(today) or (intern.row.id, month.no) in closed:
                continue
            if not intern.days_served(month):
                continue
            asked = terms[claim_month(month.served_until)]
            slips = len(list(claim_items.wage_items(intern, month, "", asked)))
            papers = len(list(claim_items.paper_items(evidence, intern, month, asked)))
            yield from _lacking(intern, month.no, month.served_until, slips, papers)


def _lacking(
    intern: Intern, no: int, due: dt.date, slips: int, papers: int
) -> Iterator[tuple[UUID, Pending]]:
    if slips:
        yield intern.row.id, Pending(Lack.PAYSLIP, due, no, slips)
    elif papers:
        yield intern.row.id, Pending(Lack.PAPERS, due, no, papers)
