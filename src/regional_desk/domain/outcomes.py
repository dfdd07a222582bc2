"""What came of training: the way from 수료 to 고용유지, who is counted where, and when each check is due (rulebook section 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.due import is_overdue
from regional_desk.domain.text import korean_date

HALF_YEAR, YEAR = 6, 12


class Step(StrEnum):
    """The steps after training in their order; the values are those goals are kept under."""

    COMPLETED = "completed"
    PLACED = "placed"
    INTERNED = "interned"
    CONVERTED = "converted"
    KEPT6 = "kept6"
    KEPT12 = "kept12"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _STEPS[self]


_STEPS = {
    Step.COMPLETED: "수료",
    Step.PLACED: "연계",
    Step.INTERNED: "인턴십",
    Step.CONVERTED: "정규직 전환",
    Step.KEPT6: "6개월 유지",
    Step.KEPT12: "12개월 유지",
}
KEPT = {HALF_YEAR: Step.KEPT6, YEAR: Step.KEPT12}
"""The step somebody still employed after so many months reaches."""


class By(StrEnum):
    """What the counts are told apart by."""

    COURSE = "course"
    TRACK = "track"
    COMPANY = "company"
    MONTH = "month"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {By.COURSE: "과정", By.TRACK: "트랙", By.COMPANY: "기업", By.MONTH: "달"}[self]


class Retention(StrEnum):
    """유지, 퇴사, 미확인."""

    KEPT = "kept"
    LEFT = "left"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {Retention.KEPT: "유지", Retention.LEFT: "퇴사", Retention.UNKNOWN: "미확인"}[self]


class Employment(StrEnum):
    """취업, 미취업, 미확인."""

    EMPLOYED = "employed"
    NOT = "not"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {Employment.EMPLOYED: "취업", Employment.NOT: "미취업", Employment.UNKNOWN: "미확인"}[self]


class CheckState(StrEnum):
    """How a check stands on a day."""

    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    NEEDLESS = "needless"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _CHECKS[self]

    @property
    def open(self) -> bool:
        """Whether somebody has to do it now."""
        return self in (CheckState.DUE, CheckState.OVERDUE)


_CHECKS = {
    CheckState.COMING: "예정",
    CheckState.DUE: "확인할 때",
    CheckState.OVERDUE: "기한 지남",
    CheckState.DONE: "확인함",
    CheckState.NEEDLESS: "확인 안 함",
}


@dataclass(frozen=True, slots=True)
class CheckTerms:
    """Policy data (`policies/due_dates.toml`): months after the conversion and the course, and days to do each check."""

    source: str
    retention_months: tuple[int, ...]
    retention_days: int
    employment_months: int
    employment_days: int
    conversion_days: int


@dataclass(frozen=True, slots=True)
class CheckSpan:
    """A check may be made from `on` and is overdue the day after `until`."""

    on: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody came to a step on a day; `company` None before the placement, `internship` before the internship."""

    person: UUID
    step: Step
    on: dt.date
    track: str
    course: UUID | None = None
    company: UUID | None = None
    internship: UUID | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a table: what it is of (None: nothing known) and who came to each step, each person once."""

    key: UUID | str | None
    people: Mapping[Step, tuple[UUID, ...]]

    def count(self, step: Step) -> int:
        """How many came to a step."""
        return len(self.people[step])


def terms_from_table(table: Mapping[str, Any]) -> CheckTerms:
    """The terms as their file holds them."""
    retention, employment = table["employment_retention"], table["employment_status"]
    (months,) = employment["months"]
    return CheckTerms(
        table["source"],
        tuple(retention["months"]),
        retention["days"],
        months,
        employment["days"],
        table["conversion"]["days"],
    )


def retention_span(terms: CheckTerms, employed_from: dt.date, months: int) -> CheckSpan:
    """When 고용유지 after `months` is checked: from that monthly return of the 전환일, within the terms' days (rulebook 9)."""
    on = monthly_return(employed_from, months)
    return CheckSpan(on, on + dt.timedelta(days=terms.retention_days))


def employment_span(terms: CheckTerms, course_end: dt.date) -> CheckSpan:
    """When 취업상황 is asked: so many months after the course's last day (rulebook section 9)."""
    on = monthly_return(course_end, terms.employment_months)
    return CheckSpan(on, on + dt.timedelta(days=terms.employment_days))


def conversion_span(terms: CheckTerms, ended_on: dt.date) -> CheckSpan:
    """When 전환 여부 is written down: from the internship's last day, within the terms' days."""
    return CheckSpan(ended_on, ended_on + dt.timedelta(days=terms.conversion_days))


def check_state(span: CheckSpan, today: dt.date, *, answered: bool, known: bool = True) -> CheckState:
    """How a check stands: an answer that is 미확인 (not `known`) may still be made better until the deadline."""
    if answered and (known or is_overdue(span.until, today)):
        return CheckState.DONE
    if today < span.on:
        return CheckState.COMING
    return CheckState.OVERDUE if is_overdue(span.until, today) else CheckState.DUE


def retention_state(
    span: CheckSpan, today: dt.date, result: Retention | None, earlier: Sequence[Retention | None]
) -> CheckState:
    """How a check of 고용유지 stands; needless for who had left at an `earlier` one."""
    if result is None and Retention.LEFT in earlier:
        return CheckState.NEEDLESS
    return check_state(span, today, answered=result is not None, known=result is not Retention.UNKNOWN)


def retention_fault(
    span: CheckSpan, months: int, result: Retention, checked_on: dt.date, left_on: dt.date | None
) -> str | None:
    """Why an answer cannot be, None where it can; `left_on` is the last day of work.

    Kept means employed on the day the months are over; whoever worked on that day was kept, also who left after it.
    """
    on = korean_date(span.on)
    if result is not Retention.LEFT:
        if left_on is not None:
            return f"'{result.label}'에는 마지막 근무일을 적지 않습니다."
        if checked_on < span.on:
            return f"{months}개월이 되는 날({on}) 전에는 '{result.label}'을(를) 적을 수 없습니다."
    elif left_on is None:
        return "퇴사로 적으려면 마지막으로 근무한 날을 적어야 합니다."
    elif left_on > checked_on:
        return f"마지막 근무일({korean_date(left_on)})이 확인한 날({korean_date(checked_on)})보다 뒤입니다."
    elif left_on >= span.on:
        return f"{months}개월이 되는 {on}에 근무하고 있었으므로 '유지'입니다."
    return None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one check of 고용유지 with the day its months are over."""

    months: int
    on: dt.date
    result: Retention
    left_on: dt.date | None


def retention_clash(one: Answer, other: Answer) -> str | None:
    """Why two answers about one person cannot both hold, None where they can or either is 미확인."""
    if Retention.UNKNOWN in (one.result, other.result):
        return None
    first, last = sorted((one, other), key=lambda answer: answer.months)
    if first.result is Retention.LEFT:
        return f"{first.months}개월 확인에 '퇴사'인 사람에게 {last.months}개월 확인은 없습니다."
    if last.left_on is not None and last.left_on < first.on:
        left = korean_date(last.left_on)
        return f"마지막 근무일({left})이 '유지'로 적힌 {first.months}개월 확인({korean_date(first.on)})보다 앞섭니다."
    return None


def conversion_fault(
    *,
    converted: bool,
    decided_on: dt.date,
    employed_from: dt.date | None,
    started_on: dt.date,
    last_day: dt.date,
    reason: str,
) -> str | None:
    """Why a decision cannot be, None where it can; `last_day` is the internship's last day, the agreed one while it runs."""
    if decided_on < started_on:
        return f"정한 날({korean_date(decided_on)})이 인턴십을 시작한 날({korean_date(started_on)})보다 앞섭니다."
    if not converted:
        return None if reason else "전환하지 않은 까닭을 적어야 합니다."
    if employed_from is None:
        return "정규직으로 전환한 날을 적어야 합니다. 고용유지를 그날부터 셉니다."
    if employed_from <= last_day:
        return (
            f"전환일({korean_date(employed_from)})이 인턴십 마지막 날({korean_date(last_day)}) 뒤가 아닙니다. "
            "일찍 전환했으면 먼저 인턴십을 그 전날로 끝내십시오."
        )
    return None


def once(reached: Iterable[Reached]) -> tuple[Reached, ...]:
    """Each person once a step, where and when they came to it first; in the order of the steps and days."""
    found: dict[tuple[Step, UUID], Reached] = {}
    for one in sorted(reached, key=_order):
        found.setdefault((one.step, one.person), one)
    return tuple(found.values())


def groups(reached: Iterable[Reached], by: By) -> tuple[Group, ...]:
    """The counts told apart: by company everybody at each of their companies, otherwise each person once a step.

    Lines come as first met, by month in the order of the months; whoever has no company is in no line of the companies.
    """
    rows = sorted(reached, key=_order) if by is By.COMPANY else once(reached)
    found: dict[UUID | str | None, dict[Step, dict[UUID, None]]] = {}
    for one in rows:
        key = key_of(one, by)
        if key is None and by is By.COMPANY:
            continue
        steps = found.setdefault(key, {step: {} for step in Step})
        steps[one.step][one.person] = None
    made = [
        Group(key, {step: tuple(people) for step, people in steps.items()}) for key, steps in found.items()
    ]
    if by in (By.MONTH, By.TRACK):
        made.sort(key=lambda group: str(group.key))
    return tuple(made)


def total(reached: Iterable[Reached]) -> Group:
    """Everybody who came to each step, once."""
    people: dict[Step, list[UUID]] = {step: [] for step in Step}
    for one in once(reached):
        people[one.step].append(one.person)
    return Group(None, {step: tuple(found) for step, found in people.items()})


def key_of(one: Reached, by: By) -> UUID | str | None:
    """Which line somebody's step belongs to; a month as `2026-08`."""
    if by is By.MONTH:
        return f"{one.on:%Y-%m}"
    return {By.COURSE: one.course, By.TRACK: one.track, By.COMPANY: one.company}[by]


def _order(one: Reached) -> tuple[int, dt.date, bytes, bytes]:
    """Steps first, then days; of two internships begun on one day always the same one counts."""
    steps = list(Step)
    return steps.index(one.step), one.on, one.person.bytes, (one.internship or one.person).bytes
