"""방문계획: visits proposed by the rule for a span of days, looked at first, then planned (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import visits as rules
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.domain.visits import Need, Standing, VisitRule, VisitState
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.holidays import holidays_between
from regional_desk.services.visits.reading import (
    Host,
    Month,
    read_hosts,
    read_months,
    read_visits,
    route_of,
)
from regional_desk.services.visits.terms import terms
from regional_desk.services.visits.visits import SUBJECT, put
from regional_desk.store import visit_records as store
from regional_desk.store.courses import list_holidays
from regional_desk.store.ids import new_id
from regional_desk.store.visits import visit_plan

_DAY = dt.timedelta(days=1)
_LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with how many of its visits stand how."""

    id: UUID
    label: str
    name: str
    start: dt.date
    end: dt.date
    rule: Mapping[str, Any]
    counts: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A visit the rule asks for: whom, for which service month and on which day, None where no day is left."""

    host: Host
    month_no: int
    month_end: dt.date
    on: dt.date | None


def rule(most_a_day: int | None = None, days_before_end: int | None = None) -> VisitRule:
    """The office's rule, with what is different this once; raise UsageError for a number that makes no sense."""
    own = terms().rule
    most = own.most_a_day if most_a_day is None else most_a_day
    before = own.days_before_end if days_before_end is None else days_before_end
    if most < 1 or before < 0:
        raise UsageError("하루 방문 기업은 1곳 이상, 지원월 끝에서 앞당길 날은 0일 이상이어야 합니다.")
    return replace(own, most_a_day=most, days_before_end=before)


def propose(
    desk: Desk, start: dt.date, end: dt.date, wanted: VisitRule | None = None
) -> tuple[Proposed, ...]:
    """What a plan from `start` to `end` would hold, by day and along the route; writes nothing, noted.

    Raises Refusal for days that are backwards, over, or more than a year.
    """
    with desk.store.read() as connection:
        found = _proposed(desk, connection, start, end, wanted or rule())
    desk.note_view(SUBJECT, sorted({one.host.trainee for one in found}), {"by": "proposal"})
    return found


def make(
    desk: Desk,
    start: dt.date,
    end: dt.date,
    *,
    name: str = "",
    wanted: VisitRule | None = None,
    visitor: str = "",
    operation_id: UUID | None = None,
) -> UUID:
    """Plan what `propose` shows; raise as that does, and Refusal where no service month of these days lacks a visit."""
    by = wanted or rule()

    def body(work: Work) -> dict[str, Any]:
        found = _proposed(desk, work.connection, start, end, by)
        if not any(one.on for one in found):
            raise Refusal(
                f"{korean_span(start, end)}에 새로 잡을 방문이 없어 계획을 만들지 않았습니다. "
                "지원월마다 이미 방문이 있거나 방문할 날이 없습니다."
            )
        year, plan_id = desk.office.programme_year, new_id()
        number = store.next_number(work.connection, year)
        work.connection.execute(
            sa.insert(visit_plan).values(
                id=plan_id,
                programme_year=year,
                number=number,
                name=clean(name) or f"방문계획 {number}호",
                start=start,
                end=end,
                rule={**asdict(by), "source": terms().source},
                user_id=desk.actor.user_id,
                created_at=work.at,
            )
        )
        placed = [one for one in found if one.on is not None]
        for one in placed:
            put(work, one.host.internship, one.month_no, one.on, visitor=visitor, plan=plan_id)
        told = {"number": number, "start": start.isoformat(), "end": end.isoformat(), "visits": len(placed)}
        work.log("visit.plan", SUBJECT, plan_id, told)
        return {"plan": str(plan_id)}

    return UUID(desk.perform(Right.EDIT_VISITS, "visit.plan", body, operation_id)["plan"])


def list_plans(desk: Desk) -> tuple[Plan, ...]:
    """Every plan, the newest first; shows nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_plans(connection)
        found = read_visits(desk, connection, read_hosts(desk, connection)) if rows else ()
    return tuple(
        Plan(
            row.id,
            f"{row.programme_year}-{row.number}",
            row.name,
            row.start,
            row.end,
            row.rule,
            Counter(one.standing for one in found if one.plan == row.id),
        )
        for row in rows
    )


def find_plan(desk: Desk, text: str) -> Plan:
    """A plan by its number `2026-1`, `1` of this year, or its name; raise UsageError where there is none."""
    wanted = text.strip()
    labels = {wanted, f"{desk.office.programme_year}-{wanted}"}
    for one in list_plans(desk):
        if one.label in labels or one.name == wanted:
            return one
    raise UsageError(f"방문계획 '{wanted}'이(가) 없습니다. 방문계획 목록에서 번호를 확인해 주십시오.")


def _proposed(
    desk: Desk, connection: sa.Connection, start: dt.date, end: dt.date, by: VisitRule
) -> tuple[Proposed, ...]:
    desk.require(Right.SEE_PEOPLE)
    today = desk.clock.today()
    if end < max(start, today) or end - start > _LONGEST:
        raise Refusal(
            f"{korean_span(start, end)}에는 방문을 계획할 수 없습니다. 오늘({korean_date(today)}) 이후의 날이 든 1년 안의 기간으로 정하십시오."
        )
    hosts = read_hosts(desk, connection)
    made = read_visits(desk, connection, hosts)
    span = (max(start, today), end)
    months = {(one.host.internship, one.no): one for one in read_months(hosts, made, today)}
    needs = [need for one in months.values() for need in _needs(one, by, span)]
    holidays = set(holidays_between(*span)) | set(list_holidays(connection))
    taken: dict[dt.date, set[UUID]] = {}
    for one in made:
        if one.state is VisitState.PLANNED and one.planned_on is not None:
            taken.setdefault(one.planned_on, set()).add(one.host.company)
    found = (
        Proposed(
            hosts[row.need.internship],
            row.need.month_no,
            months[row.need.internship, row.need.month_no].end,
            row.on,
        )
        for row in rules.propose(needs, by, span, holidays, taken)
    )
    return tuple(sorted(found, key=_order))


def _needs(month: Month, by: VisitRule, span: tuple[dt.date, dt.date]) -> Sequence[Need]:
    """What a service month inside these days lacks, spread over it; one that ends after them waits for the next plan."""
    made = sum(one.state is not VisitState.CANCELLED for one in month.visits)
    settled = month.standing is Standing.CANCELLED or made >= by.per_month
    if settled or month.end < span[0] or month.start > span[1]:
        return ()
    if month.end - dt.timedelta(days=by.days_before_end) > span[1]:
        return ()
    days = (month.end - month.start).days + 1
    ends = [month.start + dt.timedelta(days=days * part // by.per_month) for part in range(by.per_month + 1)]
    host = month.host
    return [
        Need(host.internship, month.no, host.company, host.address.area, first, after - _DAY)
        for first, after in pairwise(ends[made:])
    ]


def _order(one: Proposed) -> tuple[object, ...]:
    return (one.on is None, one.on or dt.date.max, route_of(one.host), one.host.label, one.month_no)
