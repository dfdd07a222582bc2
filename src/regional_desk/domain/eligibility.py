"""Who may be taken: each condition with yes, no or unknown and the reason, and what follows (rulebook section 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.text import korean_date

_MONTHS = 12
AGE = "age"
MOST_MILITARY_DAYS = 3650
PAST = "no_past_participant"


class Answer(StrEnum):
    """Whether a condition holds."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Korean word on screen."""
        return {"yes": "예", "no": "아니오", "unknown": "미확인"}[self.value]


class Category(StrEnum):
    """What somebody comes in as."""

    YOUTH = "youth"
    GENERAL = "general"

    @property
    def label(self) -> str:
        """The Korean word on screen."""
        return {"youth": "청년", "general": "일반 구직자"}[self.value]


class AsOf(StrEnum):
    """The day ages are counted on: 접수일 or 과정 시작일."""

    APPLICATION = "application"
    COURSE_START = "course_start"

    @property
    def label(self) -> str:
        """The Korean word in a reason."""
        return {"application": "접수일", "course_start": "과정 시작일"}[self.value]


class TermsDamaged(Exception):
    """The shipped terms do not hold what they must: a bug in the data, not a person's mistake."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of `resources/policies/eligibility*.toml`; ages in years (만 나이), `conditions` by key with their Korean words."""

    name: str
    source: str
    effective_from: dt.date
    as_of: AsOf
    under_age: int
    military_extends: bool
    never_from_age: int
    conditions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody found out about one condition, on which day and by what."""

    answer: Answer
    on: dt.date
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides one application: `as_of` None where that day is not known yet.

    `military_days` are days of service as claimed, `evidence` whether its paper was verified; `category` None before
    somebody chose; `earlier` the programme year of a participation the office's own records show.
    """

    birth: dt.date
    as_of: dt.date | None
    military_days: int = 0
    evidence: bool = False
    category: Category | None = None
    answers: Mapping[str, Answered] | None = None
    earlier: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One condition as it was decided, with the reason and its dates as a Korean sentence."""

    key: str
    label: str
    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """All lines; `overall` YES where every one holds, NO where one does not, else UNKNOWN (미정)."""

    lines: tuple[Line, ...]

    @property
    def overall(self) -> Answer:
        """The whole of it: one no is enough, whatever is still unknown."""
        answers = {line.answer for line in self.lines}
        if Answer.NO in answers:
            return Answer.NO
        return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES

    @property
    def verdict(self) -> str:
        """적격, 부적격 or 미정."""
        return {Answer.YES: "적격", Answer.NO: "부적격", Answer.UNKNOWN: "미정"}[self.overall]

    def reason(self) -> str:
        """The sentences that decided it: of a no the refused lines, of an open one what is missing, of a yes the age."""
        wanted = self.overall
        told = [line for line in self.lines if line.answer is wanted]
        if wanted is Answer.YES:
            told = told[:1]
        return " ".join(line.reason for line in told)


def terms_from_table(table: Mapping[str, Any]) -> Terms:
    """The terms from their TOML table; raise TermsDamaged naming what is missing."""
    try:
        youth = table["youth"]
        found = Terms(
            name=str(table["name"]),
            source=str(table["source"]),
            effective_from=table["effective_from"],
            as_of=AsOf(table["as_of"]),
            under_age=int(youth["under_age"]),
            military_extends=bool(youth["military_service_extends"]),
            never_from_age=int(youth["never_from_age"]),
            conditions={str(key): str(label) for key, label in table["conditions"].items()},
        )
    except (KeyError, ValueError, TypeError) as error:
        raise TermsDamaged(f"eligibility: {error!r}") from error
    if found.never_from_age < found.under_age:
        raise TermsDamaged("eligibility: never_from_age lies below under_age")
    return found


def terms_on(known: Iterable[Terms], day: dt.date) -> Terms:
    """The newest terms in effect on a day; of a day before all of them the first ones."""
    in_order = sorted(known, key=lambda one: one.effective_from)
    return next((one for one in reversed(in_order) if one.effective_from <= day), in_order[0])


def decide(facts: Facts, terms: Terms) -> Decision:
    """Every condition decided, the age first (rulebook section 5)."""
    answers = facts.answers or {}
    asked = tuple(
        _condition(key, label, answers.get(key), facts.earlier if key == PAST else None)
        for key, label in terms.conditions.items()
    )
    return Decision((_age(facts, terms), *asked))


def age_on(birth: dt.date, day: dt.date) -> int:
    """만 나이: full years on a day; whoever was born on 29 February grows older on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _age(facts: Facts, terms: Terms) -> Line:
    label = "나이" if facts.category is None else f"나이({facts.category.label})"
    if facts.as_of is None:
        words = f"{terms.as_of.label}이 아직 정해지지 않아 나이를 따질 수 없습니다."
        return Line(AGE, label, Answer.UNKNOWN, words)
    told = f"{terms.as_of.label} {korean_date(facts.as_of)} 만 {age_on(facts.birth, facts.as_of)}세({korean_date(facts.birth)}생)"
    if facts.category is Category.GENERAL:
        return Line(AGE, label, Answer.YES, f"{told}: 일반 구직자로 접수하여 나이 제한이 없습니다.")
    answer, words = _youth(facts, facts.as_of, terms)
    if answer is Answer.NO and facts.category is None:
        return Line(
            AGE,
            label,
            Answer.UNKNOWN,
            f"{told}: {words} 일반 구직자로 받을 수 있는지 구분을 정해 주십시오.",
        )
    return Line(AGE, label, answer, f"{told}: {words}")


def _youth(facts: Facts, as_of: dt.date, terms: Terms) -> tuple[Answer, str]:
    """Whether somebody counts as 청년 on a day; a line is passed by whoever was born after it."""
    line = _years_before(as_of, terms.under_age)
    last = _years_before(as_of, terms.never_from_age)
    if facts.birth > line:
        return Answer.YES, f"{korean_date(line)} 뒤에 태어나 만 {terms.under_age}세 미만입니다."
    if facts.birth <= last:
        return (
            Answer.NO,
            f"{korean_date(last)} 또는 그 전에 태어나 병역과 관계없이 청년으로 받을 수 없습니다.",
        )
    if not terms.military_extends or facts.military_days <= 0:
        return Answer.NO, f"{korean_date(line)} 또는 그 전에 태어나 만 {terms.under_age}세 이상입니다."
    moved = max(line - dt.timedelta(days=facts.military_days), last)
    days = f"병역 {facts.military_days:,}일"
    if facts.birth <= moved:
        return Answer.NO, f"{days}을 더해도 {korean_date(moved)} 또는 그 전에 태어났습니다."
    if not facts.evidence:
        return Answer.UNKNOWN, f"{days}을 더하면 청년이나 병적증명서를 아직 확인하지 않았습니다."
    return Answer.YES, f"{days}(병적증명서 확인)을 더하여 {korean_date(moved)} 뒤에 태어났습니다."


def _years_before(day: dt.date, years: int) -> dt.date:
    """The day so many years before; of 29 February the 28th where the year has none."""
    return monthly_return(day, -years * _MONTHS)


def _condition(key: str, label: str, found: Answered | None, earlier: int | None) -> Line:
    if earlier is not None:
        words = f"{earlier}년 사업의 교육생이었던 기록이 있습니다."
        return Line(key, label, Answer.NO, f"{label}: {words}")
    if found is None or found.answer is Answer.UNKNOWN:
        return Line(key, label, Answer.UNKNOWN, f"{label}: 아직 확인하지 않았습니다.")
    told = f"{korean_date(found.on)} 확인" + (f"({found.memo})" if found.memo else "")
    words = "맞습니다" if found.answer is Answer.YES else "맞지 않습니다"
    return Line(key, label, found.answer, f"{label}: {told} — {words}.")
