"""How an internship is judged by intern, company and office: criteria are data, the score is counted here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from regional_desk.domain.due import is_overdue
from regional_desk.domain.refused import Refused
from regional_desk.domain.rounding import half_up

_WHOLE = 100


class Evaluator(StrEnum):
    """Who evaluates: 인턴, 기업(멘토), 사업단."""

    INTERN = "intern"
    COMPANY = "company"
    OFFICE = "office"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {"intern": "인턴", "company": "기업", "office": "사업단"}[self.value]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question; `points` is the most that can be given, `about` what it looks at."""

    key: str
    label: str
    about: str
    points: int


@dataclass(frozen=True, slots=True)
class EvaluationTerms:
    """Policy data (`policies/internship_evaluation.toml`).

    An evaluation is asked for from `days_before` days before the last day on and is due `days_after` days after it.
    """

    source: str
    days_before: int
    days_after: int
    criteria: Mapping[Evaluator, tuple[Criterion, ...]]


def terms_from_table(table: Mapping[str, Any]) -> EvaluationTerms:
    """The terms as their file holds them."""
    found: dict[Evaluator, tuple[Criterion, ...]] = {}
    for one in table["evaluators"]:
        found[Evaluator(one["by"])] = tuple(
            Criterion(str(line["key"]), str(line["label"]), str(line["about"]), int(line["points"]))
            for line in one["criteria"]
        )
    return EvaluationTerms(str(table["source"]), int(table["days_before"]), int(table["days_after"]), found)


@dataclass(frozen=True, slots=True)
class Answer:
    """One criterion as it was asked, with its points; None is not answered yet."""

    key: str
    label: str
    about: str
    most: int
    points: int | None


def answers_of(criteria: tuple[Criterion, ...], kept: Mapping[str, Any]) -> tuple[Answer, ...]:
    """The sheet as it was filled in, or the criteria in force where nothing is kept.

    What was asked stays with the points: other criteria of a later year change no sheet that is there.
    """
    if kept:
        in_order = sorted(kept.items(), key=lambda one: int(one[1]["place"]))
        return tuple(
            Answer(key, str(one["label"]), str(one["about"]), int(one["most"]), one["points"])
            for key, one in in_order
        )
    return tuple(Answer(one.key, one.label, one.about, one.points, None) for one in criteria)


def with_points(answers: tuple[Answer, ...], points: Mapping[str, int | None]) -> tuple[Answer, ...]:
    """The sheet with these points; what is not named stays. Raises Refused for unknown keys or points out of range."""
    known = {one.key: one for one in answers}
    for key, given in points.items():
        if key not in known:
            raise Refused(f"'{key}'은(는) 모르는 평가 항목입니다. 쓸 수 있는 것: {', '.join(known)}.")
        if given is not None and not 1 <= given <= known[key].most:
            raise Refused(f"'{known[key].label}'의 점수는 1에서 {known[key].most}까지입니다.")
    return tuple(
        Answer(one.key, one.label, one.about, one.most, points.get(one.key, one.points)) for one in answers
    )


def to_keep(answers: tuple[Answer, ...]) -> dict[str, Any]:
    """What is kept of a sheet, by criterion; `place` is its line on the sheet."""
    return {
        one.key: {
            "place": place,
            "label": one.label,
            "about": one.about,
            "most": one.most,
            "points": one.points,
        }
        for place, one in enumerate(answers)
    }


def score(answers: tuple[Answer, ...]) -> Decimal | None:
    """The points of 100 with one decimal, rounded half up; None before every criterion is answered."""
    given = [one.points for one in answers if one.points is not None]
    if not answers or len(given) < len(answers):
        return None
    return half_up(sum(given) * _WHOLE, sum(one.most for one in answers), 1)


class EvaluationState(StrEnum):
    """Where one evaluation stands."""

    COMING = "coming"
    OPEN = "open"
    OVERDUE = "overdue"
    PARTIAL = "partial"
    DONE = "done"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _STATES[self]


_STATES = {
    EvaluationState.COMING: "예정",
    EvaluationState.OPEN: "받을 때",
    EvaluationState.OVERDUE: "기한 지남",
    EvaluationState.PARTIAL: "일부",
    EvaluationState.DONE: "완료",
}


def evaluation_due(last: dt.date, terms: EvaluationTerms) -> dt.date:
    """The last day for the evaluations of an internship that ends on `last`."""
    return last + dt.timedelta(days=terms.days_after)


def evaluation_state(
    answers: tuple[Answer, ...], last: dt.date, today: dt.date, terms: EvaluationTerms
) -> EvaluationState:
    """Done once every criterion has points; one begun or not begun is overdue from the day after its last day."""
    if score(answers) is not None:
        return EvaluationState.DONE
    if is_overdue(evaluation_due(last, terms), today):
        return EvaluationState.OVERDUE
    if any(one.points is not None for one in answers):
        return EvaluationState.PARTIAL
    opens = last - dt.timedelta(days=terms.days_before)
    return EvaluationState.OPEN if today >= opens else EvaluationState.COMING
