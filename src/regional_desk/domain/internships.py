"""Internships: their state, the terms in force, service months and served days, and whether a wage holds (section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from regional_desk.domain.applicants import ListDamaged
from regional_desk.domain.calendar import days_between, monthly_return, unit_period
from regional_desk.domain.positions import HourlyMinimum, monthly_hours

LONGEST_MONTHS = 3
"""Service months an internship has at most: 1~3차 (rulebook section 4)."""

_DAY = dt.timedelta(days=1)


class InternState(StrEnum):
    """Where an internship stands."""

    PREPARING = "preparing"
    AGREED = "agreed"
    ACTIVE = "active"
    INTERRUPTED = "interrupted"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Korean word on screen and on paper."""
        return _STATE_LABELS[self]

    @property
    def running(self) -> bool:
        """Whether the intern is employed under it now, working or interrupted."""
        return self in (InternState.ACTIVE, InternState.INTERRUPTED)

    @property
    def over(self) -> bool:
        """Whether it has ended, whatever way."""
        return self in _OVER


_STATE_LABELS = {
    InternState.PREPARING: "협약 준비",
    InternState.AGREED: "시작 대기",
    InternState.ACTIVE: "인턴 중",
    InternState.INTERRUPTED: "중단 중",
    InternState.COMPLETED: "수료",
    InternState.ENDED_EARLY: "조기종료",
    InternState.REPLACED: "교체",
    InternState.WITHDRAWN: "협약 취소",
}


class EndKind(StrEnum):
    """How an internship ended, as its row keeps it."""

    COMPLETED = "completed"
    EARLY = "early"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Korean word."""
        return self.state.label

    @property
    def state(self) -> InternState:
        """The state it leaves an internship in."""
        return _END_STATES[self]


_END_STATES = {
    EndKind.COMPLETED: InternState.COMPLETED,
    EndKind.EARLY: InternState.ENDED_EARLY,
    EndKind.REPLACED: InternState.REPLACED,
    EndKind.WITHDRAWN: InternState.WITHDRAWN,
}
_OVER = frozenset(_END_STATES.values())


class BreakKind(StrEnum):
    """중단 and 무급 결근: both are days not served, and neither lengthens anything by itself."""

    INTERRUPTION = "interruption"
    UNPAID_ABSENCE = "unpaid_absence"

    @property
    def label(self) -> str:
        """The Korean word."""
        return "중단" if self is BreakKind.INTERRUPTION else "무급 결근"


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement (0 협약, 1.. 변경협약) settles from a day on: `wage` won a month, `end` the last agreed day."""

    number: int
    effective_from: dt.date
    end: dt.date
    wage: int
    weekly_minutes: int
    place: str
    duties: str
    mentor: str


@dataclass(frozen=True, slots=True)
class ServiceMonth:
    """지원월 `no`: `end` is the last day of the full month, `served_until` the last of it inside the internship."""

    no: int
    start: dt.date
    end: dt.date
    served_until: dt.date

    @property
    def days(self) -> int:
        """The days of the full month."""
        return (self.end - self.start).days + 1

    @property
    def full(self) -> bool:
        """Whether the internship lasts to the month's end."""
        return self.served_until == self.end

    def is_over(self, today: dt.date) -> bool:
        """Whether its last day has passed, so that it can be claimed."""
        return self.served_until < today


@dataclass(frozen=True, slots=True)
class Break:
    """A span of days not served, both inside; `end` None is still going on."""

    start: dt.date
    end: dt.date | None
    kind: BreakKind

    def covers(self, day: dt.date) -> bool:
        """Whether a day lies inside."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class WageLack:
    """One calendar month (its first day) whose minimum a wage lacks: `least` and `lacks` in won a month."""

    month: dt.date
    least: int
    lacks: int


@dataclass(frozen=True, slots=True)
class Point:
    """One point an agreement has to state (근로기준법 제17조, 시행령 제8조); `law` names where it is asked."""

    key: str
    label: str
    law: str
    required: bool
    proposal: str


@dataclass(frozen=True, slots=True)
class AgreementPolicy:
    """Policy data (`policies/internship_agreement.toml`): the points beside the terms, and how long it may last."""

    source: str
    months: int
    largest: int
    points: tuple[Point, ...]

    def proposals(self) -> dict[str, str]:
        """What a new agreement states of each point until somebody changes it."""
        return {point.key: point.proposal for point in self.points}


def policy_from_table(table: Mapping[str, Any]) -> AgreementPolicy:
    """The policy as its file holds it; raise ListDamaged naming what is missing."""
    try:
        points = tuple(
            Point(
                str(one["key"]),
                str(one["label"]),
                str(one["law"]),
                bool(one["required"]),
                str(one["proposal"]),
            )
            for one in table["points"]
        )
        megabytes = int(table["largest_megabytes"])
        return AgreementPolicy(str(table["source"]), int(table["months"]), megabytes * 1024 * 1024, points)
    except (KeyError, ValueError, TypeError) as error:
        raise ListDamaged(f"internship_agreement: {error!r}") from error


def empty_points(policy: AgreementPolicy, terms: Terms, stated: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of required points an agreement leaves empty, its place, duties and mentor among them."""
    own = (("취업의 장소", terms.place), ("종사할 업무", terms.duties), ("멘토", terms.mentor))
    lacking = [label for label, text in own if not text.strip()]
    lacking += [one.label for one in policy.points if one.required and not stated.get(one.key, "").strip()]
    return tuple(lacking)


def state(
    *,
    signed: bool,
    started_on: dt.date | None,
    end_kind: EndKind | None,
    breaks: Collection[Break],
    today: dt.date,
) -> InternState:
    """Where an internship stands on a day; `signed` is about its first agreement.

    Only an 중단 makes it interrupted: a day of 무급 결근 is none.
    """
    if end_kind is not None:
        return end_kind.state
    if started_on is None:
        return InternState.AGREED if signed else InternState.PREPARING
    away = any(one.kind is BreakKind.INTERRUPTION and one.covers(today) for one in breaks)
    return InternState.INTERRUPTED if away else InternState.ACTIVE


def terms_on(agreements: Sequence[Terms], day: dt.date) -> Terms:
    """The terms in force on a day: of those effective by then the last; before all of them the first.

    `agreements` are those that were signed, in the order of their numbers; raise ValueError without any.
    """
    if not agreements:
        raise ValueError("an internship without an agreement has no terms")
    begun = [one for one in agreements if one.effective_from <= day]
    return begun[-1] if begun else agreements[0]


def agreed_end(agreements: Sequence[Terms]) -> dt.date:
    """The last agreed day: the newest amendment's; raise ValueError without any agreement."""
    if not agreements:
        raise ValueError("an internship without an agreement has no end")
    return agreements[-1].end


def last_allowed(start: dt.date, months: int = LONGEST_MONTHS) -> dt.date:
    """The last day an internship from `start` may have, counted as 단위기간 are (rulebook sections 1 and 4)."""
    return unit_period(start, months).end


def service_months(start: dt.date, last_day: dt.date, most: int = LONGEST_MONTHS) -> tuple[ServiceMonth, ...]:
    """지원월 1~3차 from the start to the last day, always counted from the start: 1.31–2.28, 3.1–3.30, 3.31–4.30."""
    months = []
    for no in range(1, most + 1):
        unit = unit_period(start, no)
        if unit.start > last_day:
            break
        months.append(ServiceMonth(no, unit.start, unit.end, min(unit.end, last_day)))
    return tuple(months)


def month_of(months: Sequence[ServiceMonth], day: dt.date) -> ServiceMonth | None:
    """The service month a day lies in, None outside all of them."""
    return next((one for one in months if one.start <= day <= one.served_until), None)


def served_days(month: ServiceMonth, first: dt.date, last: dt.date, breaks: Collection[Break]) -> int:
    """Days of a month that were served: employed from `first` to `last`, weekly holidays among them, less the breaks.

    Overlapping breaks count once (rulebook section 4).
    """
    start, end = max(month.start, first), min(month.end, last)
    if end < start:
        return 0
    return sum(not any(one.covers(day) for one in breaks) for day in days_between(start, end))


def overlaps(one: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> bool:
    """Whether two spans, both days inside, share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def wage_shortfall(
    wage: int, weekly_minutes: int, start: dt.date, end: dt.date, minimums: Sequence[HourlyMinimum]
) -> tuple[WageLack, ...]:
    """The calendar months from `start` to `end` whose minimum a monthly wage lacks; empty where it holds (section 4).

    In a month whose minimum changes the higher one asked of a day inside counts.
    """
    hours = monthly_hours(weekly_minutes)
    lacking = []
    month = start.replace(day=1)
    while month <= end:
        following = monthly_return(month, 1)
        least = _hourly(minimums, max(start, month), min(end, following - _DAY)) * hours
        if wage < least:
            lacking.append(WageLack(month, least, least - wage))
        month = following
    return tuple(lacking)


def _hourly(minimums: Sequence[HourlyMinimum], first: dt.date, last: dt.date) -> int:
    known = sorted(minimums, key=lambda one: one.effective_from)
    begun = [one.won for one in known if one.effective_from <= first][-1:]
    coming = [one.won for one in known if first < one.effective_from <= last]
    return max([*begun, *coming], default=0)


def label(year: int, number: int) -> str:
    """협약번호 as it is written and typed: `2026-3`."""
    return f"{year}-{number}"
