"""Which days a benefit elsewhere leaves unpaid, and what of the questions is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from regional_desk.domain.benefits import LABELS, QUESTIONS, Answer, touches, unpaid_days, why_open

AUGUST = tuple(dt.date(2026, 8, day) for day in range(3, 29) if dt.date(2026, 8, day).weekday() < 5)
FIRST, LAST = AUGUST[0], AUGUST[-1]


@dataclass(frozen=True)
class Span:
    kind: str
    start: dt.date
    end: dt.date | None


def span(kind: str, first: int, last: int | None) -> Span:
    return Span(kind, dt.date(2026, 8, first), dt.date(2026, 8, last) if last else None)


def unpaid(*spans: Span) -> list[int]:
    return sorted(day.day for day in unpaid_days(spans, AUGUST, daily_work_days=10))


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([], []),
        ([("unemployment_benefit", 4, 6)], [4, 5, 6]),
        ([("unemployment_benefit", 4, 6), ("subsidised_job", 5, 7)], [4, 5, 6, 7]),
        ([("closure_benefit", 8, 10)], [10]),
        ([("job_search_allowance", 26, None)], [26, 27, 28]),
        ([("employment", 26, None)], [26, 27, 28]),
        (
            [("employment", 24, 25)],
            [24, 25, 26, 27, 28],
        ),  # a contract that ended leaves the days after unpaid
        ([("other_training", 3, 28)], []),
    ],
)
def test_spans_are_inclusive_and_merged(spans: list[tuple[str, int, int | None]], days: list[int]) -> None:
    assert unpaid(*(span(*one) for one in spans)) == days


def test_daily_work_counts_from_ten_days_in_a_month_only() -> None:
    assert unpaid(span("daily_work", 3, 11)) == []
    assert unpaid(span("daily_work", 3, 12)) == [3, 4, 5, 6, 7, 10, 11, 12]
    assert unpaid(span("daily_work", 3, 7), span("daily_work", 24, 28)) == [3, 4, 5, 6, 7, 24, 25, 26, 27, 28]
    assert unpaid(span("daily_work", 3, 9), span("daily_work", 7, 11)) == []  # nine days, three of them twice


def test_daily_work_is_counted_in_each_calendar_month_by_itself() -> None:
    over_the_month = Span("daily_work", dt.date(2026, 7, 25), dt.date(2026, 8, 9))
    assert unpaid(over_the_month) == []
    assert len(unpaid(Span("daily_work", dt.date(2026, 7, 25), dt.date(2026, 8, 10)))) == 6


@pytest.mark.parametrize(
    ("one", "inside"),
    [
        (span("unemployment_benefit", 1, 2), False),
        (span("unemployment_benefit", 1, 3), True),
        (span("unemployment_benefit", 29, None), False),
        (span("unemployment_benefit", 1, None), True),
        (span("employment", 1, 2), True),
    ],
)
def test_a_span_touches_the_course_or_not(one: Span, inside: bool) -> None:
    assert touches(one, FIRST, LAST) is inside


def test_every_kind_has_one_question() -> None:
    assert len(LABELS) == len(QUESTIONS) == 7
    assert [answer.label for answer in Answer] == ["예", "아니오", "미확인"]


def test_nothing_asked_leaves_nothing_open() -> None:
    assert why_open({}, (), FIRST, LAST) == ()


def test_an_unknown_answer_is_open_and_names_its_question() -> None:
    answers = dict.fromkeys(LABELS, Answer.NO) | {"employment": Answer.UNKNOWN}
    assert why_open(answers, (), FIRST, LAST) == ("지급 제외 미확인: 취업",)


def test_a_yes_is_open_until_its_span_is_on_record() -> None:
    answers = {"unemployment_benefit": Answer.YES}
    assert why_open(answers, (), FIRST, LAST) == ("지급 제외 기간 없음(예로 답함): 구직급여",)
    assert why_open(answers, [span("unemployment_benefit", 1, 2)], FIRST, LAST) != ()
    assert why_open(answers, [span("unemployment_benefit", 1, 3)], FIRST, LAST) == ()
