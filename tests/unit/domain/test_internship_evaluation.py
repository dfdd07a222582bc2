"""The three evaluations of an internship: their score, their days, and sheets that keep what they asked."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal

import pytest

from regional_desk import paths
from regional_desk.domain.internship_evaluation import (
    Answer,
    Criterion,
    EvaluationState,
    EvaluationTerms,
    Evaluator,
    answers_of,
    evaluation_due,
    evaluation_state,
    score,
    terms_from_table,
    to_keep,
    with_points,
)
from regional_desk.domain.refused import Refused

CRITERIA = (
    Criterion("a", "성실성", "약속", 5),
    Criterion("b", "직무 수행", "수준", 5),
    Criterion("c", "소통", "보고", 3),
)
TERMS = EvaluationTerms("제안값", 14, 14, {Evaluator.COMPANY: CRITERIA})
LAST = dt.date(2026, 12, 13)


def filled(*points: int | None) -> tuple[Answer, ...]:
    given = {one.key: value for one, value in zip(CRITERIA, points, strict=True)}
    return with_points(answers_of(CRITERIA, {}), given)


def test_the_file_asks_all_three_and_says_its_source() -> None:
    path = paths.resources() / "policies" / "internship_evaluation.toml"
    terms = terms_from_table(tomllib.loads(path.read_text(encoding="utf-8")))
    assert set(terms.criteria) == set(Evaluator)
    assert "제안값" in terms.source
    for criteria in terms.criteria.values():
        keys = [one.key for one in criteria]
        assert len(set(keys)) == len(keys) == 5
        assert all(one.points >= 1 and one.about for one in criteria)


@pytest.mark.parametrize(
    ("points", "found"),
    [
        ((5, 5, 3), "100.0"),
        ((1, 1, 1), "23.1"),
        ((4, 3, 2), "69.2"),
        ((4, 3, None), None),
        ((None, None, None), None),
    ],
)
def test_a_score_is_of_100_once_every_criterion_has_points(
    points: tuple[int | None, ...], found: str | None
) -> None:
    assert score(filled(*points)) == (Decimal(found) if found else None)


def test_points_out_of_range_or_for_something_else_are_refused() -> None:
    for points, words in (
        ({"a": 6}, "1에서 5"),
        ({"c": 4}, "1에서 3"),
        ({"a": 0}, "1에서"),
        ({"x": 1}, "모르는"),
    ):
        with pytest.raises(Refused, match=words):
            with_points(answers_of(CRITERIA, {}), points)


def test_points_can_be_taken_back_and_the_others_stay() -> None:
    found = with_points(filled(5, 4, 3), {"b": None})
    assert [one.points for one in found] == [5, None, 3]


def test_a_sheet_keeps_what_it_asked_whatever_the_file_says_later() -> None:
    kept = to_keep(filled(5, None, 3))
    later = (Criterion("z", "새 항목", "다른 것", 10),)
    assert answers_of(later, dict(reversed(kept.items()))) == filled(5, None, 3)  # the store sorts by key
    assert [one.key for one in answers_of(later, {})] == ["z"]


@pytest.mark.parametrize(
    ("today", "points", "state"),
    [
        (LAST - dt.timedelta(days=15), (None, None, None), EvaluationState.COMING),
        (LAST - dt.timedelta(days=14), (None, None, None), EvaluationState.OPEN),
        (LAST + dt.timedelta(days=14), (None, None, None), EvaluationState.OPEN),
        (LAST + dt.timedelta(days=15), (None, None, None), EvaluationState.OVERDUE),
        (LAST - dt.timedelta(days=30), (5, None, None), EvaluationState.PARTIAL),
        (LAST + dt.timedelta(days=15), (5, None, None), EvaluationState.OVERDUE),
        (LAST + dt.timedelta(days=15), (5, 5, 3), EvaluationState.DONE),
    ],
)
def test_an_evaluation_is_asked_for_around_the_last_day(
    today: dt.date, points: tuple[int | None, ...], state: EvaluationState
) -> None:
    assert evaluation_due(LAST, TERMS) == dt.date(2026, 12, 27)
    assert evaluation_state(filled(*points), LAST, today, TERMS) is state
