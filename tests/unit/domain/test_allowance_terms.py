"""What a policy may ask beyond a daily rate: short days, short courses, and deductions that are off until adopted."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from regional_desk import paths
from regional_desk.domain.allowance import Decision, Inputs, decide
from regional_desk.domain.attendance import Counts, Minutes
from regional_desk.domain.policies import (
    Component,
    DeductionKind,
    Method,
    Region,
    Scheme,
    scheme_from_table,
    scheme_to_table,
)


def shipped(key: str) -> Scheme:
    text = (paths.resources() / "policies" / f"{key}.toml").read_text(encoding="utf-8")
    return scheme_from_table(key, tomllib.loads(text))


def attended(days: int, **others: Any) -> Inputs:
    """Every day attended."""
    return Inputs(Counts(days, days, 0, 0, 0), days, days, **others)


def with_deductions(*kinds: DeductionKind, method: Method = Method.DAILY) -> Scheme:
    scheme = shipped("smart-manufacturing-2026").with_method(method)
    return replace(scheme, deductions=tuple(replace(one, on=one.kind in kinds) for one in scheme.deductions))


def pay(inputs: Inputs, scheme: Scheme, region: Region = Region.OTHER) -> Decision:
    return decide(inputs, scheme, region)


@pytest.mark.parametrize(
    ("days", "short", "amount"),
    [
        (19, 0, 380_000),
        (19, 2, 17 * 20_000 + 2 * 4_300),
        (19, 19, 81_700),
        (26, 21, 5 * 20_000 + 86_000),  # short days have their own cap, also beside long ones
        (26, 1, 400_000),
    ],
)
def test_short_days_among_long_ones_pay_their_own_rate(days: int, short: int, amount: int) -> None:
    assert pay(attended(days, short_paid=short), shipped("sandaeteuk-ai-2026")).amount == amount


def test_the_trace_of_mixed_days_adds_up() -> None:
    trace = pay(attended(19, short_paid=2), shipped("sandaeteuk-ai-2026")).trace
    assert "일 20,000원 × 17일 + 짧은 날 4,300원 × 2일 = 348,600원(한도 400,000원" in trace[1]


def test_a_converted_absence_takes_a_long_day_first() -> None:
    inputs = Inputs(Counts(19, 19, 0, 0, 3), 19, 19, short_paid=2)
    assert pay(inputs, shipped("sandaeteuk-ai-2026")).amount == 16 * 20_000 + 2 * 4_300


def test_a_scheme_of_one_rate_knows_no_short_day() -> None:
    scheme = shipped("smart-manufacturing-2026")
    assert pay(attended(19, short_paid=5), scheme) == pay(attended(19), scheme)


@pytest.mark.parametrize(("minutes", "amount"), [(0, 300_200), (140 * 60, 300_200), (140 * 60 - 1, 190_000)])
def test_a_component_for_long_courses_holds_in_those_only(minutes: int, amount: int) -> None:
    scheme = shipped("basis-2025")
    first, second = scheme.components
    asking = replace(scheme, components=(replace(first, min_course_hours=140), second))
    assert pay(attended(19, course_minutes=minutes), asking).amount == amount


def test_no_shipped_scheme_takes_anything_off_by_itself() -> None:
    taken = {"dormitory_days": 10, "meal_days": 10, "survey_missing": True}
    for key in ("basis-2025", "kdt-ai-campus-2026", "sandaeteuk-ai-2026", "smart-manufacturing-2026"):
        scheme = shipped(key)
        assert [one.kind for one in scheme.deductions] == list(DeductionKind)
        assert pay(attended(19, **taken), scheme) == pay(attended(19), scheme)


@pytest.mark.parametrize(
    ("method", "amount"), [(Method.DAILY, 280_000), (Method.PRORATA, 294_730), (Method.FLAT, 294_730)]
)
def test_days_in_the_dormitory_pay_nothing(method: Method, amount: int) -> None:
    scheme = with_deductions(DeductionKind.DORMITORY, method=method)
    decision = pay(attended(19, dormitory_days=5), scheme)
    assert (decision.amount, decision.paid_days, decision.eligible) == (amount, 14, True)
    assert "기숙사를 쓴 5일은 지급하지 않습니다." in decision.trace


def test_days_in_the_dormitory_are_taken_off_the_minutes_too() -> None:
    inputs = attended(5, minutes=Minutes(2400, 2400, 2400), unit_minutes=2400, dormitory_days=1)
    assert pay(inputs, with_deductions(DeductionKind.DORMITORY, method=Method.PRORATA)).amount == 320_000


def test_more_days_in_the_dormitory_than_days_paid_pay_nothing() -> None:
    decision = pay(attended(10, dormitory_days=19), with_deductions(DeductionKind.DORMITORY))
    assert (decision.amount, decision.paid_days) == (0, 0)


@pytest.mark.parametrize(("days", "off"), [(0, 0), (1, 3_300), (15, 49_500), (16, 50_000), (19, 50_000)])
def test_meals_take_a_daily_sum_off_up_to_their_most(days: int, off: int) -> None:
    decision = pay(attended(19, meal_days=days), with_deductions(DeductionKind.MEALS))
    assert decision.amount == 380_000 - off
    assert ("식비" in "".join(decision.trace)) is (days > 0)


def test_meals_never_make_an_amount_negative() -> None:
    inputs = Inputs(Counts(19, 19, 0, 0, 0), 19, 19, unpaid_attended=18, unpaid_days=18, meal_days=19)
    assert pay(inputs, with_deductions(DeductionKind.MEALS)).amount == 0


def test_the_trace_says_what_meals_took_off() -> None:
    trace = pay(attended(19, meal_days=16), with_deductions(DeductionKind.MEALS)).trace
    assert (
        "일 20,000원 × 19일 = 380,000원, 식비 3,300원 × 16일 한도 50,000원을 빼서 330,000원(한도 400,000원"
        in trace[1]
    )


def test_who_left_out_the_survey_gets_nothing_for_the_last_unit() -> None:
    decision = pay(attended(19, survey_missing=True), with_deductions(DeductionKind.SURVEY))
    assert (decision.amount, decision.eligible) == (0, True)
    assert "만족도 조사를 내지 않은 마지막 단위기간이라 0원" in "".join(decision.trace)


def test_a_scheme_keeps_its_deductions_and_lines() -> None:
    scheme = with_deductions(DeductionKind.MEALS)
    assert scheme_from_table(scheme.key, scheme_to_table(scheme)) == scheme
    assert scheme.deduction(DeductionKind.MEALS) is not None
    assert scheme.deduction(DeductionKind.DORMITORY) is None
    assert shipped("sandaeteuk-ai-2026").min_day_minutes == 300
    assert scheme.min_day_minutes == 0


def test_terms_adopted_under_their_earlier_names_are_read() -> None:
    table = scheme_to_table(shipped("smart-manufacturing-2026"))
    earlier = {"name": "수당", "daily_rate": 10_000, "monthly_cap": 200_000, "region": None}
    short = {"short_below": 300, "short_rate": 4_300, "short_cap": 86_000}
    kept = {name: value for name, value in table.items() if name not in ("deductions", "daily_work_days")}
    read = scheme_from_table("x", kept | {"components": [earlier | short]})
    assert read.components == (
        Component("수당", 10_000, 200_000, min_day_minutes=300, rate_below=4_300, cap_below=86_000),
    )
    assert (read.deductions, read.daily_work_days) == ((), 10)
