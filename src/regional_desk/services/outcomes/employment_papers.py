"""The values of 취업·고용유지 현황."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from regional_desk.domain.calendar import month_span
from regional_desk.domain.masking import Masking
from regional_desk.domain.outcomes import HALF_YEAR, YEAR, By, Step
from regional_desk.domain.text import korean_span
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.outcomes import employment, outcomes, records
from regional_desk.services.outcomes.employment import EmploymentLine
from regional_desk.services.outcomes.outcomes import Outcomes
from regional_desk.services.outcomes.records import InternOutcome
from regional_desk.services.papers.making import Maker, Making

if TYPE_CHECKING:
    from regional_desk.documents.employment_list import GroupLine, PersonLine
    from regional_desk.documents.paper import Paper

_LIST = Masking.MASKED  # lists that leave the office (rulebook section 6)
_DASH = "–"


def _list(making: Making) -> Paper:
    from regional_desk.documents import employment_list as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    year = making.wanted.number or desk.office.programme_year
    on = _day(making)
    found = outcomes.outcomes(desk, year, on)
    interns = {one.row.trainee: one for one in records.survey_records(desk, year, on)}
    asked = {line.row.person: line for line in employment.survey_lines(desk, year, on)}
    people = {each: (one.row.name, one.row.birth) for each, one in (asked | interns).items()}
    if not people:
        raise Refusal(f"{year}년에는 수료하거나 인턴십을 시작한 사람이 아직 없어 만들지 않았습니다.")
    making.people.extend(people)
    order = sorted(people, key=lambda each: (*people[each], each.bytes))
    values = paper.EmploymentList(
        desk.office.name,
        year,
        on,
        tuple(
            paper.StepLine(step.label, found.goal(step), found.total.count(step), *found.share(step))
            for step in Step
        ),
        _groups(found, By.TRACK),
        _groups(found, By.COURSE),
        tuple(_person(people[each], interns.get(each), asked.get(each)) for each in order),
        desk.office.approval,
    )
    return paper.to_paper(values, making.stamp())


def _day(making: Making) -> dt.date:
    """The day the list is as of: today, or the end of the month it was asked for; raise UsageError for no month."""
    today = making.desk.clock.today()
    if making.wanted.month is None:
        return today
    try:
        return min(today, month_span(making.wanted.month)[1])
    except ValueError as error:
        raise UsageError(
            f"'{making.wanted.month}'은(는) 달이 아닙니다. 2026-08처럼 적어 주십시오."
        ) from error


def _groups(found: Outcomes, by: By) -> tuple[GroupLine, ...]:
    from regional_desk.documents.employment_list import GroupLine  # noqa: PLC0415 - only where it is made

    return tuple(
        GroupLine(found.label(by, group.key), tuple(group.count(step) for step in Step))
        for group in found.groups(by)
    )


def _person(
    who: tuple[str, dt.date], intern: InternOutcome | None, line: EmploymentLine | None
) -> PersonLine:
    from regional_desk.documents.employment_list import PersonLine  # noqa: PLC0415 - only where it is made

    row = intern.row if intern else None
    decided = row.conversion if row else None
    return PersonLine(
        _LIST.show_name(who[0]),
        _LIST.show_birth(who[1]),
        line.row.course_name if line else _DASH,
        row.company_name if row else _DASH,
        korean_span(row.started_on, row.last_day) if row and row.last_day else _DASH,
        intern.words if intern else _DASH,
        decided.employed_from if decided else None,
        _kept(intern, HALF_YEAR),
        _kept(intern, YEAR),
        line.words if line else _DASH,
        (line.row.employer or "") if line else "",
    )


def _kept(intern: InternOutcome | None, months: int) -> str:
    check = intern.check(months) if intern else None
    return _DASH if check is None else check.words


MAKERS: dict[str, Maker] = {"employment-list": _list}
