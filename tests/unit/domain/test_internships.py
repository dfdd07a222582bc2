"""What an internship's days come to (rulebook sections 1 and 4)."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk import paths
from regional_desk.domain.applicants import ListDamaged
from regional_desk.domain.calendar import days_between
from regional_desk.domain.internships import (
    LONGEST_MONTHS,
    AgreementPolicy,
    Break,
    BreakKind,
    EndKind,
    InternState,
    Point,
    Terms,
    agreed_end,
    empty_points,
    last_allowed,
    month_of,
    overlaps,
    policy_from_table,
    served_days,
    service_months,
    state,
    terms_on,
    wage_shortfall,
)
from regional_desk.domain.positions import HourlyMinimum

MINIMUMS = (HourlyMinimum(dt.date(2026, 1, 1), 10_320), HourlyMinimum(dt.date(2027, 1, 1), 10_700))
AWAY, ABSENT = BreakKind.INTERRUPTION, BreakKind.UNPAID_ABSENCE


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def terms(number: int, effective: str, end: str, wage: int = 2_400_000) -> Terms:
    return Terms(number, day(effective), day(end), wage, 2400, "창원", "분석", "김멘토")


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2026-09-14", "2026-12-13"),
        ("2026-11-16", "2027-02-15"),  # over New Year
        ("2026-12-01", "2027-02-28"),
        ("2027-01-31", "2027-04-30"),
        ("2026-11-30", "2027-02-28"),  # February has no 30th
        ("2027-11-30", "2028-02-29"),  # of a leap year
    ],
)
def test_an_internship_lasts_three_months_counted_from_its_start(start: str, last: str) -> None:
    assert last_allowed(day(start)) == day(last)


@pytest.mark.parametrize(
    ("start", "last", "months"),
    [
        (
            "2027-01-31",
            "2027-04-30",
            [("2027-01-31", "2027-02-28"), ("2027-03-01", "2027-03-30"), ("2027-03-31", "2027-04-30")],
        ),
        (
            "2026-12-15",
            "2027-03-14",
            [("2026-12-15", "2027-01-14"), ("2027-01-15", "2027-02-14"), ("2027-02-15", "2027-03-14")],
        ),
        ("2026-09-14", "2026-10-13", [("2026-09-14", "2026-10-13")]),
        ("2026-09-14", "2026-10-14", [("2026-09-14", "2026-10-13"), ("2026-10-14", "2026-10-14")]),
    ],
)
def test_service_months_are_counted_as_unit_periods_are(
    start: str, last: str, months: list[tuple[str, str]]
) -> None:
    found = service_months(day(start), day(last))
    assert [(one.start.isoformat(), one.served_until.isoformat()) for one in found] == months
    assert [one.no for one in found] == list(range(1, len(months) + 1))


def test_there_are_three_service_months_at_most() -> None:
    assert [one.no for one in service_months(day("2026-01-01"), day("2026-12-31"))] == [1, 2, 3]


def test_a_month_cut_short_keeps_the_length_of_the_full_one() -> None:
    (first,) = service_months(day("2026-09-01"), day("2026-09-17"))
    assert (first.end, first.served_until, first.days, first.full) == (
        day("2026-09-30"),
        day("2026-09-17"),
        30,
        False,
    )


@pytest.mark.parametrize(
    ("first", "last", "breaks", "days"),
    [
        ("2026-09-01", "2026-11-30", [], 30),  # weekly holidays are served days
        ("2026-09-01", "2026-09-17", [], 17),
        ("2026-09-14", "2026-11-30", [], 17),
        ("2026-10-01", "2026-11-30", [], 0),
        ("2026-09-01", "2026-11-30", [("2026-09-07", "2026-09-07", ABSENT)], 29),
        ("2026-09-01", "2026-11-30", [("2026-09-18", None, AWAY)], 17),
        ("2026-09-01", "2026-11-30", [("2026-08-20", "2026-09-02", AWAY)], 28),
        (
            "2026-09-01",
            "2026-11-30",
            [("2026-09-07", "2026-09-11", AWAY), ("2026-09-10", "2026-09-12", ABSENT)],
            24,
        ),
        ("2026-09-01", "2026-09-10", [("2026-09-09", "2026-09-20", AWAY)], 8),
        ("2026-09-01", "2026-11-30", [("2026-08-01", None, AWAY)], 0),
    ],
)
def test_served_days_are_employed_days_less_breaks_counted_once(
    first: str, last: str, breaks: list[tuple[str, str | None, BreakKind]], days: int
) -> None:
    month = service_months(day("2026-09-01"), day("2026-11-30"))[0]
    away = [Break(day(start), day(end) if end else None, kind) for start, end, kind in breaks]
    assert served_days(month, day(first), day(last), away) == days


def test_an_amendment_rules_from_its_effective_date_and_moves_the_end() -> None:
    agreed = (terms(0, "2026-09-14", "2026-11-13"), terms(1, "2026-10-12", "2026-12-13", 2_500_000))
    assert terms_on(agreed, day("2026-10-11")).wage == 2_400_000
    assert terms_on(agreed, day("2026-10-12")).wage == 2_500_000
    assert terms_on(agreed, day("2026-01-01")).number == 0
    assert agreed_end(agreed) == day("2026-12-13")
    assert agreed_end(agreed[:1]) == day("2026-11-13")


@pytest.mark.parametrize(
    ("wage", "weekly", "start", "end", "lacks"),
    [
        (2_156_880, 2400, "2026-10-01", "2026-12-31", []),
        (2_156_870, 2400, "2026-12-01", "2026-12-31", [("2026-12-01", 2_156_880, 10)]),
        # over New Year the new minimum is asked of every month it touches, of the first day too
        (2_156_880, 2400, "2026-12-01", "2027-01-01", [("2027-01-01", 2_236_300, 79_420)]),
        (
            2_200_000,
            2400,
            "2026-12-15",
            "2027-03-14",
            [
                ("2027-01-01", 2_236_300, 36_300),
                ("2027-02-01", 2_236_300, 36_300),
                ("2027-03-01", 2_236_300, 36_300),
            ],
        ),
        (2_236_300, 2400, "2026-12-15", "2027-03-14", []),
        # 20 hours with 4 of weekly holiday make 104 hours a month; 14 hours have no weekly holiday: 61
        (1_073_280, 1200, "2026-09-01", "2026-09-30", []),
        (1_073_270, 1200, "2026-09-01", "2026-09-30", [("2026-09-01", 1_073_280, 10)]),
        (629_520, 840, "2026-09-01", "2026-09-30", []),
    ],
)
def test_a_wage_holds_the_minimum_of_every_month_it_touches(
    wage: int, weekly: int, start: str, end: str, lacks: list[tuple[str, int, int]]
) -> None:
    found = wage_shortfall(wage, weekly, day(start), day(end), MINIMUMS)
    assert [(one.month.isoformat(), one.least, one.lacks) for one in found] == lacks


@pytest.mark.parametrize(
    ("signed", "started", "kind", "breaks", "expected"),
    [
        (False, None, None, [], InternState.PREPARING),
        (True, None, None, [], InternState.AGREED),
        (True, "2026-09-14", None, [], InternState.ACTIVE),
        (True, "2026-09-14", None, [("2026-10-01", None, AWAY)], InternState.INTERRUPTED),
        (True, "2026-09-14", None, [("2026-10-01", "2026-10-04", AWAY)], InternState.ACTIVE),
        (True, "2026-09-14", None, [("2026-10-01", "2026-10-05", AWAY)], InternState.INTERRUPTED),
        (True, "2026-09-14", None, [("2026-10-05", "2026-10-05", ABSENT)], InternState.ACTIVE),
        (True, "2026-09-14", EndKind.COMPLETED, [], InternState.COMPLETED),
        (True, "2026-09-14", EndKind.EARLY, [("2026-10-01", None, AWAY)], InternState.ENDED_EARLY),
        (True, "2026-09-14", EndKind.REPLACED, [], InternState.REPLACED),
        (False, None, EndKind.WITHDRAWN, [], InternState.WITHDRAWN),
    ],
)
def test_where_an_internship_stands(
    signed: bool,
    started: str | None,
    kind: EndKind | None,
    breaks: list[tuple[str, str | None, BreakKind]],
    expected: InternState,
) -> None:
    found = state(
        signed=signed,
        started_on=day(started) if started else None,
        end_kind=kind,
        breaks=[Break(day(start), day(end) if end else None, of) for start, end, of in breaks],
        today=day("2026-10-05"),
    )
    assert found is expected


def test_spans_that_share_a_day_overlap() -> None:
    first = (day("2026-09-01"), day("2026-09-30"))
    assert overlaps(first, (day("2026-09-30"), day("2026-10-30")))
    assert not overlaps(first, (day("2026-10-01"), day("2026-10-30")))


def test_a_day_outside_the_internship_is_in_no_service_month() -> None:
    months = service_months(day("2026-09-14"), day("2026-11-20"))
    assert month_of(months, day("2026-09-13")) is None
    found = [month_of(months, day(one)) for one in ("2026-09-14", "2026-10-14", "2026-11-20")]
    assert found == list(months)
    assert month_of(months, day("2026-11-21")) is None


def test_the_shipped_points_are_all_that_the_law_asks_for() -> None:
    file = paths.resources() / "policies" / "internship_agreement.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    policy = policy_from_table(table)
    laws = " ".join(point.law for point in policy.points if point.required)
    for asked in ("제17조①1호", "제17조①2호", "제17조①3호(제55조)", "제17조①4호(제60조)", "제17조②"):
        assert asked in laws
    numbers = {number for point in policy.points for number in re.findall(r"(\d+)호(?!의)", point.law)}
    assert {str(number) for number in range(1, 13)} <= numbers  # 제93조제1호부터 제12호까지
    assert all(point.proposal for point in policy.points if point.required)
    assert policy.months == LONGEST_MONTHS
    del table["points"][0]["law"]
    with pytest.raises(ListDamaged, match="law"):
        policy_from_table(table)


def test_required_points_place_duties_and_mentor_may_not_be_empty() -> None:
    asked = Point("pay_day", "지급일", "제93조2호", True, "10일")
    free = Point("other", "그 밖", "", False, "")
    policy = AgreementPolicy("근거", 3, 1, (asked, free))
    whole = terms(0, "2026-09-14", "2026-12-13")
    assert empty_points(policy, whole, {"pay_day": "10일"}) == ()
    assert empty_points(policy, replace(whole, place=" ", mentor=""), {"pay_day": ""}) == (
        "취업의 장소",
        "멘토",
        "지급일",
    )


@given(
    start=st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)),
    length=st.integers(1, 90),
    gone=st.lists(st.tuples(st.integers(-5, 95), st.integers(0, 40), st.booleans()), max_size=4),
)
def test_every_day_is_served_once_in_one_month_or_taken_by_a_break(
    start: dt.date, length: int, gone: list[tuple[int, int, bool]]
) -> None:
    last = min(start + dt.timedelta(days=length - 1), last_allowed(start))
    months = service_months(start, last)
    breaks = [
        Break(start + dt.timedelta(days=at), None if on else start + dt.timedelta(days=at + days), AWAY)
        for at, days, on in gone
    ]
    served = [served_days(month, start, last, breaks) for month in months]
    away = sum(any(one.covers(one_day) for one in breaks) for one_day in days_between(start, last))
    assert sum(served) == (last - start).days + 1 - away
    assert all(0 <= days <= month.days for days, month in zip(served, months, strict=True))
    for before, after in pairwise(months):
        assert after.start == before.end + dt.timedelta(days=1)
    assert (months[0].start, months[-1].served_until) == (start, last)
