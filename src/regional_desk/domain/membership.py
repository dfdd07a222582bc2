"""How a membership ends: outcomes, the registration window, and the day that made somebody 제적 대상 (rulebook section 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from regional_desk.domain.attendance import (
    MARKS_PER_ABSENCE,
    Cell,
    Minutes,
    Status,
    completes,
    dismissal_reasons,
    dismissal_reasons_by_minutes,
)
from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.text import korean_date

_DAY = dt.timedelta(days=1)
_SATURDAY = 5


class Outcome(StrEnum):
    """수강철회, 수료, 미수료, 조기취업, 중도탈락, 제적."""

    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"
    INCOMPLETE = "incomplete"
    EMPLOYED_EARLY = "employed_early"
    DROPPED = "dropped"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _LABELS[self]

    @property
    def counts(self) -> bool:
        """Whether the membership is in the course's rates: 수강철회 is out of all of them."""
        return self is not Outcome.WITHDRAWN


_LABELS = {
    Outcome.WITHDRAWN: "수강철회",
    Outcome.COMPLETED: "수료",
    Outcome.INCOMPLETE: "미수료",
    Outcome.EMPLOYED_EARLY: "조기취업",
    Outcome.DROPPED: "중도탈락",
    Outcome.DISMISSED: "제적",
}


class Act(StrEnum):
    """One line of a membership's history; 되돌림 and 제적 취소 take the newest act before them back."""

    JOINED = "joined"
    LEFT = "left"
    MOVED_OUT = "moved_out"
    DISMISSED = "dismissed"
    UNDISMISSED = "undismissed"
    COMPLETED = "completed"
    RESTORED = "restored"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _ACT_LABELS[self]


_ACT_LABELS = {
    Act.JOINED: "늦게 합류",
    Act.LEFT: "나감",
    Act.MOVED_OUT: "다른 과정으로 옮김",
    Act.DISMISSED: "제적",
    Act.UNDISMISSED: "제적 취소",
    Act.COMPLETED: "수료 처리",
    Act.RESTORED: "되돌림",
    Act.CLOSED: "폐강",
}


@dataclass(frozen=True, slots=True)
class Window:
    """수강철회 is open `days` after the first day in courses of at most so many training days (None: any number)."""

    most_training_days: int | None
    days: int


@dataclass(frozen=True, slots=True)
class OutcomeTerms:
    """Policy data (`policies/outcomes.toml`): the registration windows in their order, and days to object to 제적."""

    name: str
    source: str
    windows: tuple[Window, ...]
    long_course_months: int
    objection_days: int


def terms_from_table(table: Mapping[str, Any]) -> OutcomeTerms:
    """The terms as their file holds them."""
    withdrawal = table["withdrawal"]
    windows = tuple(Window(one.get("most_training_days"), one["days"]) for one in withdrawal["windows"])
    return OutcomeTerms(
        table["name"],
        table["source"],
        windows,
        withdrawal["long_course_months"],
        table["objection"]["days"],
    )


def withdrawal_until(
    terms: OutcomeTerms, start: dt.date, end: dt.date, training_days: int, holidays: Collection[dt.date]
) -> dt.date:
    """The last day of the registration window of a course (policy data, rulebook section 2)."""
    is_long = end >= monthly_return(start, terms.long_course_months) - _DAY
    window = terms.windows[-1]
    if not is_long:
        window = next(
            one
            for one in terms.windows
            if one.most_training_days is None or training_days <= one.most_training_days
        )
    until = start + dt.timedelta(days=window.days)
    while until.weekday() >= _SATURDAY or until in holidays:
        until += _DAY
    return until


@dataclass(frozen=True, slots=True)
class Measure:
    """What of a course decides an outcome; `whole` is all of it in training days, or in minutes where it counts so."""

    last_day: dt.date
    withdrawal_until: dt.date
    whole: int


@dataclass(frozen=True, slots=True)
class Ending:
    """What of a membership decides its outcome; `left` is the last day inside, `attended` days or minutes as the course counts."""

    left: dt.date | None
    attended: int
    employed: bool = False
    dismissed: bool = False


def outcome_of(course: Measure, ending: Ending) -> Outcome:
    """The outcome of a membership that has ended (rulebook section 2): exact, with the whole course as denominator.

    제적 stands before everything; leaving inside the window is 수강철회 whatever was attended; whoever reached four
    fifths has completed, also when leaving for a job; employed before that is 조기취업.
    """
    stayed = ending.left is None or ending.left >= course.last_day
    if ending.dismissed:
        return Outcome.DISMISSED
    if ending.left is not None and not stayed and ending.left <= course.withdrawal_until:
        return Outcome.WITHDRAWN
    if course.whole and completes(ending.attended, course.whole):
        return Outcome.COMPLETED
    if ending.employed:
        return Outcome.EMPLOYED_EARLY
    return Outcome.INCOMPLETE if stayed else Outcome.DROPPED


def explain(measure: Measure, ending: Ending, outcome: Outcome, unit: str = "일") -> str:
    """Why a membership has its outcome, with the figures that decide; `unit` is 일 or 분."""
    reached = f"출석 {ending.attended:,}{unit} ÷ 과정 {measure.whole:,}{unit}"
    last = korean_date(ending.left or measure.last_day)
    return {
        Outcome.WITHDRAWN: f"수강철회 기간({korean_date(measure.withdrawal_until)}까지) 안인 {last}에 나감",
        Outcome.COMPLETED: f"{reached}, 80% 이상",
        Outcome.INCOMPLETE: f"{reached}, 80% 미만",
        Outcome.EMPLOYED_EARLY: f"80%에 이르기 전 취업({last}까지, {reached})",
        Outcome.DROPPED: f"{last}에 나감({reached}, 80% 미만)",
        Outcome.DISMISSED: f"제적({last}까지 다님)",
    }[outcome]


def may_still_complete(course: Measure, best: int) -> bool:
    """Whether four fifths is reached when every 미입력 becomes 출석; `best` in the course's days or minutes."""
    return course.whole > 0 and completes(best, course.whole)


def absences_left(best: int, whole: int, day: int = 1) -> int:
    """The largest k ≥ 0 for which `best` less k days still completes, else −1; exact, `day` is a day's worth."""
    spare = best * 5 - whole * 4
    return -1 if spare < 0 or not whole else spare // (5 * day)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded training day of a trainee; `minutes` are those scheduled, `attended` those of them attended."""

    day: dt.date
    unit_no: int
    cell: Cell
    minutes: int = 0
    attended: int = 0


@dataclass(frozen=True, slots=True)
class Cause:
    """Why somebody is 제적 대상: the day that made it so, and the reasons as they stand now."""

    day: dt.date
    reasons: tuple[str, ...]

    @property
    def effective_on(self) -> dt.date:
        """제적 takes effect the day after its cause."""
        return self.day + _DAY


def dismissal_cause(
    records: Sequence[Recorded], unit_days: Mapping[int, int], course_days: int
) -> Cause | None:
    """Who is 제적 대상 by days (rulebook section 2 (가), (나)), and since when; None for everybody else.

    `records` in the order of their days, `unit_days` the training days of each unit.
    """
    by_unit: dict[int, list[Recorded]] = {}
    for record in records:
        by_unit.setdefault(record.unit_no, []).append(record)
    reasons = _reasons(by_unit, unit_days, course_days)
    if not reasons:
        return None
    seen: dict[int, list[Recorded]] = {}
    for record in records:
        seen.setdefault(record.unit_no, []).append(record)
        if _reasons(seen, unit_days, course_days):
            return Cause(record.day, reasons)
    raise AssertionError("the last record completes the whole")


def _reasons(
    by_unit: Mapping[int, Sequence[Recorded]], unit_days: Mapping[int, int], course_days: int
) -> tuple[str, ...]:
    absences = {unit: _absences(of_unit) for unit, of_unit in by_unit.items()}
    total = sum(absences.values())
    found = [
        reason
        for unit, of_unit in absences.items()
        for reason in dismissal_reasons(of_unit, unit_days[unit], 0, course_days)
    ]
    return (*found, *dismissal_reasons(0, 0, total, course_days))


def _absences(of_unit: Sequence[Recorded]) -> int:
    absent = sum(record.cell.status is Status.ABSENT for record in of_unit)
    marks = sum(
        int(record.cell.marks).bit_count() for record in of_unit if record.cell.status is Status.PRESENT
    )
    return absent + marks // MARKS_PER_ABSENCE


def dismissal_cause_by_minutes(records: Sequence[Recorded], course_minutes: int) -> Cause | None:
    """The same for a course that counts by minutes: more than a fifth of its minutes absent."""
    recorded = attended = 0
    since = None
    for record in records:
        recorded += record.minutes
        attended += record.attended
        if since is None and dismissal_reasons_by_minutes(Minutes(course_minutes, attended, recorded)):
            since = record.day
    if since is None:
        return None
    return Cause(since, dismissal_reasons_by_minutes(Minutes(course_minutes, attended, recorded)))


def standing_acts(kinds: Sequence[Act]) -> tuple[int, ...]:
    """The places of the acts that still stand, oldest first: 되돌림 and 제적 취소 took the others back."""
    standing: list[int] = []
    for at, kind in enumerate(kinds):
        if kind in (Act.RESTORED, Act.UNDISMISSED):
            standing.pop()
        else:
            standing.append(at)
    return tuple(standing)


def certificate_label(year: int, number: int) -> str:
    """A certificate's number as it is written: 제2026-001호."""
    return f"제{year}-{number:03}호"
