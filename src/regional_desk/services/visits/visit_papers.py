"""The values of 방문 순회표 and 방문점검표."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from regional_desk.domain.text import korean_date
from regional_desk.domain.visits import VisitState
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.visits import findings, plans, routes, visits
from regional_desk.services.visits.findings import Finding
from regional_desk.services.visits.plans import Plan
from regional_desk.services.visits.reading import Visit
from regional_desk.services.visits.reminders import journal_words
from regional_desk.services.visits.terms import terms

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper
    from regional_desk.documents.visit_route import RouteLine
    from regional_desk.documents.visit_sheet import SheetFinding, SheetVisit


def _route(making: Making) -> Paper:
    """The route of a day, or of a plan by its number, the newest where neither was given."""
    from regional_desk.documents import visit_route as paper  # noqa: PLC0415 - only where it is made

    plan, found = _wanted(making)
    days = [
        paper.RouteDay(day, tuple(_route_line(at, one) for at, one in enumerate(group, 1)))
        for day, group in _by_day(found)
    ]
    if not days:
        raise Refusal("순회표에 올릴 방문이 없어 만들지 않았습니다. 먼저 방문을 계획하십시오.")
    making.people += list(dict.fromkeys(one.host.trainee for one in found))
    values = paper.VisitRoute(
        plan.name if plan else "",
        days[0].day,
        days[-1].day,
        tuple(days),
        making.desk.office.approval,
    )
    return paper.to_paper(values, making.stamp())


def _sheets(making: Making) -> Paper:
    """The sheets of a day, of an internship, or of a plan, in the order of the route."""
    from regional_desk.documents import visit_sheet as paper  # noqa: PLC0415 - only where it is made

    if making.wanted.internship is not None:
        every = visits.survey_visits(making.desk, internship=making.wanted.internship)
        found: Sequence[Visit] = [one for one in every if one.state is not VisitState.CANCELLED]
    else:
        _, found = _wanted(making)
    if not found:
        raise Refusal("점검표를 만들 방문이 없습니다. 먼저 방문을 계획하십시오.")
    making.people += list(dict.fromkeys(one.host.trainee for one in found))
    open_ = findings.survey_findings(making.desk)
    pages = [_sheet(making, one, at, open_) for _, group in _by_day(found) for at, one in enumerate(group, 1)]
    pages += [_sheet(making, one, 0, open_) for one in found if one.on is None]
    values = paper.VisitSheets(tuple(terms().answers.values()), tuple(pages), ())
    return paper.to_paper(values, making.stamp())


def _wanted(making: Making) -> tuple[Plan | None, tuple[Visit, ...]]:
    desk, wanted = making.desk, making.wanted
    if wanted.day is not None:
        return None, routes.survey_route(desk, start=wanted.day, end=wanted.day)
    if wanted.number is not None:
        plan = plans.find_plan(desk, str(wanted.number))
        return plan, routes.survey_route(desk, plan=plan.id)
    made = plans.list_plans(desk)
    if not made:
        raise UsageError("방문계획이 없습니다. 날짜를 정하거나(--day) 먼저 방문을 계획하십시오.")
    return made[0], routes.survey_route(desk, plan=made[0].id)


def _by_day(found: Sequence[Visit]) -> list[tuple[dt.date, list[Visit]]]:
    dated = [(one.on, one) for one in found if one.on is not None]
    return [(day, [one for _, one in group]) for day, group in groupby(dated, key=lambda pair: pair[0])]


def _route_line(number: int, one: Visit) -> RouteLine:
    from regional_desk.documents.visit_route import RouteLine  # noqa: PLC0415 - only where it is made

    return RouteLine(
        number=number,
        company=one.host.company_name,
        address=one.host.where,
        mentor=one.host.mentor,
        phone=one.host.phone,
        name=one.host.name,
        month=f"{one.month_no}차",
        visitor=one.visitor,
        state="" if one.state is VisitState.PLANNED else one.state.label,
    )


def _sheet(making: Making, one: Visit, number: int, every: Sequence[Finding]) -> SheetVisit:
    from regional_desk.documents.visit_sheet import SheetPoint, SheetVisit  # noqa: PLC0415 - only where it is made

    words = {answer.value: word for answer, word in terms().answers.items()}
    own = [row for row in every if row.visit == one.id]
    left = [
        row
        for row in every
        if row.host.internship == one.host.internship and row.visit != one.id and row.closed_on is None
    ]
    month = one.host.month(one.month_no)
    return SheetVisit(
        number=number,
        day=one.on,
        company=one.host.company_name,
        address=one.host.where,
        mentor=one.host.mentor,
        phone=one.host.phone,
        name=one.host.name,
        label=one.host.label,
        position=one.host.position_name,
        month_no=one.month_no,
        month_start=month.start if month else one.host.first,
        month_end=one.month_end,
        visitor=one.visitor,
        state=one.state.label,
        points=tuple(
            SheetPoint(point.label, point.asks, words.get(one.answers.get(point.key, ""), ""))
            for point in terms().checklist
        ),
        interview=one.interview,
        opinion=one.opinion,
        found=tuple(_finding(row) for row in own),
        reminders=tuple(_reminders(making, one, left)),
    )


def _finding(row: Finding) -> SheetFinding:
    from regional_desk.documents.visit_sheet import SheetFinding  # noqa: PLC0415 - only where it is made

    return SheetFinding(row.kind.label, row.text, row.follow_up, row.owner, row.deadline)


def _reminders(making: Making, one: Visit, left: Sequence[Finding]) -> list[str]:
    """What to mind at the company: journals that are missing, and what was found before and is still open."""
    if one.state is not VisitState.PLANNED:
        return []
    words = journal_words(making.desk, one.host.internship)
    lines = [words] if words else []
    return lines + [
        f"{row.kind.label} {korean_date(row.on)} {row.text}"
        + (f" (기한 {korean_date(row.deadline)})" if row.deadline else "")
        for row in left
    ]


MAKERS: dict[str, Maker] = {"visit-route": _route, "visit-sheet": _sheets}
"""By the paper's key."""
