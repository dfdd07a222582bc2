"""Visits as people read them: whose, where, in which service month, and how they stand today."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.addresses import Address, read_address, route_key
from regional_desk.domain.internships import ServiceMonth, month_of, service_months
from regional_desk.domain.masking import Masking
from regional_desk.domain.visits import Standing, VisitState, month_standing, visit_standing
from regional_desk.services.desk import Desk
from regional_desk.store import visit_records as store
from regional_desk.store.visit_records import HostRow, VisitRow

HIDDEN = "가려 둔 내용"
_COMPLETED = "completed"
_WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Host:
    """Whom and where a visit leads to; the name is masked for whoever may not unmask.

    `first` is the first day of service, `last` the last one as it was agreed or came out; `where` the place of work.
    """

    internship: UUID
    label: str
    track: str
    trainee: UUID
    name: str
    birth: dt.date
    company: UUID
    company_name: str
    where: str
    address: Address
    mentor: str
    phone: str
    position_name: str
    first: dt.date
    last: dt.date
    left_early: bool
    months: tuple[ServiceMonth, ...]

    def month_of(self, day: dt.date) -> ServiceMonth | None:
        """The service month that holds a day."""
        return month_of(self.months, day)

    def month(self, no: int) -> ServiceMonth | None:
        """A service month by its number."""
        return next((one for one in self.months if one.no == no), None)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit; `month_end` is the last day of service in its month, `interview` and `opinion` hidden while masked."""

    id: UUID
    version: int
    plan: UUID | None
    host: Host
    month_no: int
    month_end: dt.date
    planned_on: dt.date | None
    place: int | None
    visitor: str
    state: VisitState
    standing: Standing
    done_on: dt.date | None
    answers: Mapping[str, str]
    interview: str
    opinion: str
    cancel_reason: str
    by_leaving: bool
    files: int
    open_findings: int

    @property
    def on(self) -> dt.date | None:
        """The day it was made, or else is planned for."""
        return self.done_on or self.planned_on


@dataclass(frozen=True, slots=True)
class Month:
    """The visiting of one service month: how it stands, its visits, the newest last."""

    host: Host
    no: int
    start: dt.date
    end: dt.date
    standing: Standing
    visits: tuple[Visit, ...]


def read_hosts(
    desk: Desk,
    connection: sa.Connection,
    internships: Collection[UUID] | None = None,
    year: int | None = None,
) -> dict[UUID, Host]:
    """Internships that may be visited by id: what has a signed agreement or began, without what was withdrawn."""
    rows = store.list_hosts(connection, year=year, internships=internships)
    hosts = (_host(desk, row) for row in rows)
    return {one.internship: one for one in hosts if one is not None}


def read_visits(
    desk: Desk, connection: sa.Connection, hosts: Mapping[UUID, Host], *, plan: UUID | None = None
) -> tuple[Visit, ...]:
    """The visits of these internships by day and order; those of `plan` alone where it is given."""
    rows = [
        row
        for row in store.list_visits(connection, plan_id=plan, internships=list(hosts))
        if row.internship_id in hosts
    ]
    ids = [row.id for row in rows]
    files = Counter(one.visit_id for one in store.list_files(connection, ids)) if ids else Counter[UUID]()
    found = Counter(
        one.visit_id
        for one in store.list_findings(connection, internships=list(hosts), open_only=True)
        if one.visit_id is not None
    )
    shown = [_visit(desk, row, hosts[row.internship_id], files[row.id], found[row.id]) for row in rows]
    return tuple(sorted(shown, key=_order))


def read_months(hosts: Mapping[UUID, Host], visits: Sequence[Visit], today: dt.date) -> tuple[Month, ...]:
    """Every service month with how its visiting stands.

    A month that leaving cut short asks for no visit of its own: it is there only where it has visits.
    """
    own: dict[tuple[UUID, int], list[Visit]] = {}
    for visit in visits:
        own.setdefault((visit.host.internship, visit.month_no), []).append(visit)
    found = []
    for host in hosts.values():
        for month in host.months:
            made = tuple(own.get((host.internship, month.no), ()))
            if not made and host.left_early and month.served_until < month.end:
                continue
            standing = month_standing((one.standing for one in made), month.served_until, today)
            found.append(Month(host, month.no, month.start, month.served_until, standing, made))
    return tuple(found)


def _host(desk: Desk, row: HostRow) -> Host | None:
    first = row.started_on or next((since for since, *_ in row.agreed), None)
    ends = [row.ended_on] if row.ended_on else [row.agreed[-1][1]] if row.agreed else []
    if first is None or not ends or ends[0] < first or row.end_kind == _WITHDRAWN:
        return None
    place = row.agreed[-1][2] if row.agreed else ""
    where = place if read_address(place).district else (row.address or place)
    return Host(
        internship=row.internship,
        label=f"{row.programme_year}-{row.number}",
        track=row.track,
        trainee=row.trainee,
        name=desk.masking.show_name(row.name),
        birth=row.birth,
        company=row.company,
        company_name=row.company_name,
        where=where,
        address=read_address(where),
        mentor=desk.masking.show_name(row.agreed[-1][3]) if row.agreed else "",
        phone=desk.masking.show_phone(row.company_phone) if row.company_phone else "",
        position_name=row.position_name or "",
        first=first,
        last=ends[0],
        left_early=row.end_kind not in (None, _COMPLETED),
        months=service_months(first, ends[0]),
    )


def _visit(desk: Desk, row: VisitRow, host: Host, files: int, found: int) -> Visit:
    month = host.month(row.month_no)
    month_end = month.served_until if month else host.last
    state = VisitState(row.state)
    open_ = desk.masking is Masking.FULL
    return Visit(
        id=row.id,
        version=row.version,
        plan=row.plan_id,
        host=host,
        month_no=row.month_no,
        month_end=month_end,
        planned_on=row.planned_on,
        place=row.place,
        visitor=row.visitor or "",
        state=state,
        standing=visit_standing(state, row.planned_on, month_end, desk.clock.today()),
        done_on=row.done_on,
        answers=dict(row.answers or {}),
        interview=_told(row.interview, open_=open_),
        opinion=_told(row.opinion, open_=open_),
        cancel_reason=_told(row.cancel_reason, open_=open_),
        by_leaving=row.by_leaving,
        files=files,
        open_findings=found,
    )


def _told(text: str | None, *, open_: bool) -> str:
    return (text or "") if open_ or not text else HIDDEN


def route_of(host: Host) -> tuple[object, ...]:
    """Where a visit stands along the route: 시군구, 읍면동, address, then the company."""
    return (*route_key(host.where), host.company_name)


def _order(visit: Visit) -> tuple[object, ...]:
    """By day, then as the plan puts them, then along the route."""
    return (
        visit.on is None,
        visit.on or dt.date.max,
        visit.place is None,
        visit.place or 0,
        route_of(visit.host),
        visit.host.label,
        visit.month_no,
    )
