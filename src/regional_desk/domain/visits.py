"""방문: what a service month needs, how visits are proposed over days, and how a visit stands (rulebook sections 4, 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from regional_desk.domain.applicants import ListDamaged
from regional_desk.domain.calendar import days_between
from regional_desk.domain.due import is_overdue

_SATURDAY = 5


class VisitState(StrEnum):
    """예정, 완료, 취소."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The Korean word."""
        return _STATE_LABELS[self]


_STATE_LABELS = {VisitState.PLANNED: "예정", VisitState.DONE: "완료", VisitState.CANCELLED: "취소"}


class Standing(StrEnum):
    """How a visit or the visiting of a service month stands today."""

    UNPLANNED = "unplanned"
    PLANNED = "planned"
    TO_KEY = "to_key"
    OVERDUE = "overdue"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The Korean word with its sign, so that colour alone never says it."""
        return _STANDING_LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to go, or to key what was seen."""
        return self not in (Standing.DONE, Standing.CANCELLED)


_STANDING_LABELS = {
    Standing.UNPLANNED: "계획 없음",
    Standing.PLANNED: "예정",
    Standing.TO_KEY: "입력 대기",
    Standing.OVERDUE: "기한 지남",
    Standing.DONE: "완료",
    Standing.CANCELLED: "취소",
}


class FindingKind(StrEnum):
    """지적, 고충, 사고."""

    FINDING = "finding"
    GRIEVANCE = "grievance"
    INCIDENT = "incident"

    @property
    def label(self) -> str:
        """The Korean word."""
        return _FINDING_LABELS[self]


_FINDING_LABELS = {
    FindingKind.FINDING: "지적",
    FindingKind.GRIEVANCE: "고충",
    FindingKind.INCIDENT: "사고",
}


class FollowUpState(StrEnum):
    """How what is to follow from a finding stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Korean word."""
        return {"open": "조치 중", "overdue": "기한 지남", "closed": "조치 완료"}[self.value]


class Answer(StrEnum):
    """What a point of the checklist was found to be."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the checklist: its key, its name and what is asked."""

    key: str
    label: str
    asks: str


@dataclass(frozen=True, slots=True)
class VisitRule:
    """By what visits are proposed: visits a service month, days kept free at its ends, companies a day at most."""

    per_month: int
    days_before_end: int
    days_after_start: int
    most_a_day: int


@dataclass(frozen=True, slots=True)
class VisitTerms:
    """Policy data (`policies/visits.toml`); `largest` in bytes, `follow_up_days` after what was found."""

    name: str
    source: str
    rule: VisitRule
    follow_up_days: int
    answers: Mapping[Answer, str]
    checklist: tuple[Point, ...]
    largest: int


@dataclass(frozen=True, slots=True)
class Need:
    """A visit that a service month lacks: the month of an internship, at which company, in which district.

    `first` and `last` are the days on which somebody is there to be visited.
    """

    internship: UUID
    month_no: int
    company: UUID
    district: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Proposal:
    """The day proposed for a need; None where no working day is left."""

    need: Need
    on: dt.date | None


def terms_from_table(table: Mapping[str, Any]) -> VisitTerms:
    """The terms from their TOML table; raise ListDamaged naming what is missing."""
    try:
        rule = VisitRule(**{name: int(table["rule"][name]) for name in VisitRule.__slots__})
        return VisitTerms(
            str(table["name"]),
            str(table["source"]),
            rule,
            int(table["follow_up"]["days"]),
            {one: str(table["answers"][one.value]) for one in Answer},
            tuple(Point(str(one["key"]), str(one["label"]), str(one["asks"])) for one in table["checklist"]),
            int(table["largest_megabytes"]) * 1024 * 1024,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ListDamaged(f"visits: {error!r}") from error


def visit_standing(
    state: VisitState, planned_on: dt.date | None, month_end: dt.date, today: dt.date
) -> Standing:
    """How one visit stands: overdue once its service month ended without 완료 or 취소 (rulebook section 9).

    On its day and until then it waits to be keyed. `month_end` is the last day of service in that month.
    """
    if state is not VisitState.PLANNED:
        return Standing(state.value)
    if is_overdue(month_end, today):
        return Standing.OVERDUE
    return Standing.TO_KEY if planned_on is not None and today >= planned_on else Standing.PLANNED


def month_standing(standings: Iterable[Standing], month_end: dt.date, today: dt.date) -> Standing:
    """How the visiting of a service month stands: one 완료 is enough, and what was all cancelled needs no more."""
    found = set(standings)
    for one in (Standing.DONE, Standing.OVERDUE, Standing.TO_KEY, Standing.PLANNED, Standing.CANCELLED):
        if one in found:
            return one
    return Standing.OVERDUE if is_overdue(month_end, today) else Standing.UNPLANNED


def finding_state(closed_on: dt.date | None, deadline: dt.date | None, today: dt.date) -> FollowUpState:
    """How a finding stands; without a deadline it is never overdue."""
    if closed_on is not None:
        return FollowUpState.CLOSED
    late = deadline is not None and is_overdue(deadline, today)
    return FollowUpState.OVERDUE if late else FollowUpState.OPEN


def falls_with_leaving(planned_on: dt.date | None, month_end: dt.date, last_day: dt.date) -> bool:
    """Whether a planned visit is cancelled by leaving after `last_day`: nobody is there on its day any more.

    A visit whose day is over by then stays: it may have been made and still wait to be keyed. One without a day goes
    unless its service month was over.
    """
    return planned_on > last_day if planned_on is not None else month_end >= last_day


def missing_points(checklist: Sequence[Point], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of points without an answer."""
    known = {one.value for one in Answer}
    return tuple(point.label for point in checklist if answers.get(point.key) not in known)


def propose(
    needs: Sequence[Need],
    rule: VisitRule,
    span: tuple[dt.date, dt.date],
    holidays: Collection[dt.date],
    taken: Mapping[dt.date, Collection[UUID]],
) -> tuple[Proposal, ...]:
    """A day for every need within `span`, working days only, in the order of the needs.

    Interns of one company are visited together where their months allow it. A day holds at most `most_a_day` companies;
    within the days that the rule leaves, one on which the same district is visited already comes first, then the latest.
    Where none of those has room, any other day of the service month is taken; else None. `taken` holds the companies
    visited on a day already.
    """
    days: dict[dt.date, set[UUID]] = {day: set(companies) for day, companies in taken.items()}
    where: dict[dt.date, set[str]] = {}
    found: dict[Need, dt.date | None] = {}
    for group in _together(needs, rule, span):
        allowed = [day for day in _common(group, span) if _works(day, holidays)]
        inside = [day for day in allowed if all(_preferred(need, rule, day) for need in group)]
        on = _choose(group[0], inside, rule, days, where) or _choose(group[0], allowed, rule, days, where)
        if on is not None:
            days.setdefault(on, set()).add(group[0].company)
            where.setdefault(on, set()).add(group[0].district)
        for need in group:
            found[need] = on
    return tuple(Proposal(need, found[need]) for need in needs)


def _together(
    needs: Sequence[Need], rule: VisitRule, span: tuple[dt.date, dt.date]
) -> tuple[tuple[Need, ...], ...]:
    """Needs that one visit to a company can meet, those with the least time left first."""
    groups: list[list[Need]] = []
    for need in sorted(needs, key=lambda one: (one.last, one.district, one.company.bytes, one.first)):
        for group in groups:
            fits = group[0].company == need.company and all(
                one.internship != need.internship for one in group
            )
            both = (*group, need)
            if fits and any(all(_preferred(one, rule, day) for one in both) for day in _common(both, span)):
                group.append(need)
                break
        else:
            groups.append([need])
    return tuple(tuple(group) for group in groups)


def _common(group: Sequence[Need], span: tuple[dt.date, dt.date]) -> tuple[dt.date, ...]:
    first = max(span[0], *(need.first for need in group))
    last = min(span[1], *(need.last for need in group))
    return days_between(first, last) if first <= last else ()


def _preferred(need: Need, rule: VisitRule, day: dt.date) -> bool:
    until = need.last - dt.timedelta(days=rule.days_before_end)
    since = need.first + dt.timedelta(days=rule.days_after_start)
    return min(since, until) <= day <= until


def _choose(
    need: Need,
    days: Sequence[dt.date],
    rule: VisitRule,
    full: Mapping[dt.date, Collection[UUID]],
    where: Mapping[dt.date, Collection[str]],
) -> dt.date | None:
    def has_room(day: dt.date) -> bool:
        there = full.get(day, ())
        return need.company in there or len(there) < rule.most_a_day

    free = [day for day in days if has_room(day)]
    near = [day for day in free if need.company in full.get(day, ()) or need.district in where.get(day, ())]
    return max(near or free, default=None)


def _works(day: dt.date, holidays: Collection[dt.date]) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays
