"""Schemes as data: reading them, keeping them, and what the shipped ones say."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk import paths
from regional_desk.domain.policies import (
    Component,
    Method,
    PolicyDamaged,
    Region,
    Scheme,
    scheme_from_table,
    scheme_to_table,
)

SHIPPED = ("basis-2025", "kdt-ai-campus-2026", "sandaeteuk-ai-2026", "smart-manufacturing-2026")
WON = st.integers(0, 1_000_000)
COMPONENTS = st.builds(
    Component,
    name=st.text(max_size=10),
    daily_rate=WON,
    monthly_cap=WON,
    region=st.sampled_from([None, *Region]),
    min_day_minutes=st.integers(0, 480),
    rate_below=WON,
    cap_below=WON,
    min_course_hours=st.integers(0, 350),
)
SCHEMES = st.builds(
    Scheme,
    key=st.just("any"),
    name=st.text(max_size=10),
    source=st.text(max_size=10),
    effective_from=st.dates(),
    components=st.lists(COMPONENTS, min_size=1, max_size=4).map(tuple),
    method=st.sampled_from(list(Method)),
    min_rate=st.integers(0, 1000).map(lambda tenths: Decimal(tenths).scaleb(-1)),
    rounding_unit=st.sampled_from([1, 10, 100]),
    leaver_days=st.sampled_from(["unit", "own"]),
    longest_units=st.sampled_from([None, 1, 6]),
)


def shipped_table(name: str) -> dict[str, Any]:
    return tomllib.loads((paths.resources() / "policies" / f"{name}.toml").read_text(encoding="utf-8"))


def shipped(key: str) -> Scheme:
    return scheme_from_table(key, shipped_table(key))


def monthly(scheme: Scheme, region: Region) -> int:
    return sum(part.monthly_cap for part in scheme.components_in(region))


@given(SCHEMES)
def test_a_kept_scheme_is_read_back_the_same_through_json(scheme: Scheme) -> None:
    kept = json.loads(json.dumps(scheme_to_table(scheme)))
    assert scheme_from_table("any", kept) == scheme


@given(SCHEMES, st.sampled_from(list(Method)))
def test_trying_another_method_changes_nothing_else(scheme: Scheme, method: Method) -> None:
    tried = scheme.with_method(method)
    assert tried.method is method
    assert tried.with_method(scheme.method) == scheme.with_method(None) == scheme


def test_a_method_has_its_korean_name() -> None:
    assert [method.label for method in Method] == ["일액", "비율", "정액"]


@pytest.mark.parametrize(
    "missing",
    ["name", "source", "effective_from", "components", "method", "min_rate", "rounding_unit", "leaver_days"],
)
def test_a_scheme_without_a_part_is_damaged(missing: str) -> None:
    table = shipped_table("smart-manufacturing-2026")
    del table[missing]
    with pytest.raises(PolicyDamaged, match=missing):
        scheme_from_table("x", table)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("method", "weekly"),
        ("min_rate", "eighty"),
        ("rounding_unit", "ten"),
        ("effective_from", "2026-13-01"),
        ("components", [{"name": "수당"}]),
        ("components", [{"name": "수당", "daily_rate": 1, "monthly_cap": 1, "region": "달"}]),
        ("components", 3),
        ("components", []),
        ("leaver_days", "units"),
        ("min_rate", 80.1),
    ],
)
def test_a_scheme_with_a_senseless_part_is_damaged(part: str, value: object) -> None:
    with pytest.raises(PolicyDamaged, match="policy x"):
        scheme_from_table("x", shipped_table("smart-manufacturing-2026") | {part: value})


def test_the_programmes_scheme_is_what_the_rulebook_says(programme: Scheme) -> None:
    assert [(part.daily_rate, part.monthly_cap) for part in programme.components] == [(20_000, 400_000)]
    assert (programme.method, programme.leaver_days, programme.longest_units) == (Method.DAILY, "unit", 1)
    assert (programme.min_rate, programme.rounding_unit) == (Decimal("80.0"), 10)


@pytest.mark.parametrize(
    ("key", "capital", "other", "shrinking"),
    [
        ("smart-manufacturing-2026", 400_000, 400_000, 400_000),
        ("sandaeteuk-ai-2026", 300_000, 400_000, 500_000),
        ("kdt-ai-campus-2026", 400_000, 600_000, 800_000),
        ("basis-2025", 316_000, 316_000, 316_000),
    ],
)
def test_a_month_of_each_scheme_is_worth_what_is_published(
    key: str, capital: int, other: int, shrinking: int
) -> None:
    scheme = shipped(key)
    assert [monthly(scheme, region) for region in Region] == [capital, other, shrinking]


@pytest.mark.parametrize("key", SHIPPED)
def test_a_cap_is_twenty_days_and_every_scheme_names_its_source(key: str) -> None:
    scheme = shipped(key)
    assert all(part.daily_rate * 20 == part.monthly_cap for part in scheme.components)
    assert all(part.rate_below * 20 == part.cap_below for part in scheme.components)
    assert scheme.source
    assert str(scheme.min_rate) == "80.0"


def test_every_shipped_scheme_is_looked_at_here() -> None:
    found = {
        path.stem
        for path in (paths.resources() / "policies").glob("*.toml")
        if shipped_table(path.stem).get("components")
    }
    assert found == set(SHIPPED)


def test_the_minimum_wage_of_each_year_is_shipped() -> None:
    hourly = shipped_table("minimum_wage")["hourly"]
    assert {row["effective_from"]: row["won"] for row in hourly} == {
        dt.date(2026, 1, 1): 10_320,
        dt.date(2027, 1, 1): 10_700,
    }


def test_the_due_dates_are_those_of_the_rulebook() -> None:
    table = shipped_table("due_dates")
    assert table["unit_closing"]["from_days_of_month"] == [1, 16]
    assert [table[key]["working_days"] for key in ("unit_closing", "allowance_application")] == [3, 3]
    assert [table[key]["days"] for key in ("allowance_payment", "completion_report", "receipt_chase")] == [
        10,
        10,
        5,
    ]
    assert table["employment_retention"]["months"] == [6, 12]
    assert table["employment_status"]["months"] == [7]


def test_a_due_date_follows_something_known() -> None:
    table = shipped_table("due_dates")
    facts = {"training_day", "course_end", "internship_end", "submission", "conversion"}
    steps = {key: part for key, part in table.items() if isinstance(part, dict)}
    assert all(part.get("after", "unit_closing") in facts | set(steps) for part in steps.values())


def test_who_may_be_taken_is_dated() -> None:
    table = shipped_table("eligibility")
    assert (table["youth"]["under_age"], table["youth"]["never_from_age"]) == (35, 40)
    assert table["as_of"] in {"application", "course_start"}
    assert table["effective_from"] == dt.date(2026, 1, 1)
