"""The support of one service month: shares, the wage as its limit, the rulebook's reference claims to the won."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.claims import (
    ClaimTerms,
    Method,
    MonthInputs,
    Origin,
    Service,
    amount,
    claim_month,
    decide,
    month_end,
    month_of,
    settled,
    share,
    share_words,
    terms_from_table,
    terms_to_table,
)
from regional_desk.domain.policies import PolicyDamaged
from regional_desk.domain.refused import Refused

SUPPORT, WAGE = 2_000_000, 2_400_000


def a_table(**changes: object) -> dict[str, object]:
    return {
        "name": "2026 인턴지원금",
        "source": "시험 지침",
        "effective_from": dt.date(2026, 1, 1),
        "support": SUPPORT,
        "method": "calendar",
        "rounding_unit": 10,
        "max_months": 3,
        "least_transferred": 50,
        "largest_megabytes": 20,
        "papers": [
            {"key": "application", "label": "지급신청서", "per": "month", "origin": "upload"},
            {"key": "pledge", "label": "서약서", "per": "company", "origin": "company:pledge"},
        ],
        **changes,
    }


def terms(method: Method = Method.CALENDAR) -> ClaimTerms:
    return terms_from_table("internship-2026", a_table(method=method.value))


def a_month(service: Service, wage: int | None = WAGE, refused: str = "") -> MonthInputs:
    start = dt.date(2026, 9, 1)
    end = start + dt.timedelta(days=service.days - 1)
    return MonthInputs(1, start, end, end, service, service.days - service.served, wage, refused)


@pytest.mark.parametrize(("days", "won"), [(30, 1_133_330), (31, 1_096_770), (28, 1_214_280)])
def test_seventeen_days_are_paid_as_the_rulebook_reckons(days: int, won: int) -> None:
    assert amount(SUPPORT, share(Method.CALENDAR, Service(days, 17)), WAGE) == won


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("days", [28, 29, 30, 31])
def test_a_full_service_month_is_a_whole_share_by_every_method(method: Method, days: int) -> None:
    assert share(method, Service(days, days, 20, 20)) == 1
    assert decide(a_month(Service(days, days, 20, 20)), terms(method)).amount == SUPPORT


@pytest.mark.parametrize(
    ("method", "service", "part", "words", "won"),
    [
        (Method.CALENDAR, Service(31, 30), Fraction(30, 31), "30/31", 1_935_480),
        (Method.THIRTY, Service(31, 17), Fraction(17, 30), "17/30", 1_133_330),
        (Method.THIRTY, Service(31, 30), Fraction(1), "30/30", 2_000_000),
        (Method.THIRTY, Service(28, 27), Fraction(27, 30), "27/30", 1_800_000),
        (Method.WORKDAYS, Service(30, 17, 22, 13), Fraction(13, 22), "13/22", 1_181_810),
        (Method.WORKDAYS, Service(30, 4, 22, 0), Fraction(0), "0", 0),
        (Method.WORKDAYS, Service(30, 4, 0, 0), Fraction(0), "0", 0),
        (Method.FULL_ONLY, Service(30, 29, 22, 21), Fraction(0), "0", 0),
        (Method.CALENDAR, Service(30, 0), Fraction(0), "0", 0),
        (Method.CALENDAR, Service(30, 1), Fraction(1, 30), "1/30", 66_660),
    ],
)
def test_a_part_of_a_month_is_shared_by_the_policys_method(
    method: Method, service: Service, part: Fraction, words: str, won: int
) -> None:
    assert share(method, service) == part
    assert share_words(part, method, service) == words
    assert decide(a_month(service), terms(method)).amount == won


def test_the_wage_paid_is_the_limit_and_won_below_ten_are_dropped() -> None:
    assert amount(SUPPORT, Fraction(1), 1_999_999) == 1_999_990
    assert amount(SUPPORT, Fraction(1), SUPPORT) == SUPPORT
    assert amount(SUPPORT, Fraction(17, 30), 1_000_005) == 1_000_000
    assert amount(SUPPORT, Fraction(17, 30), WAGE, 1) == 1_133_333
    assert amount(SUPPORT, Fraction(17, 30), WAGE, 1000) == 1_133_000


def test_a_month_without_a_wage_is_not_paid_and_says_why() -> None:
    found = decide(a_month(Service(30, 30), None), terms())
    assert (found.eligible, found.amount) == (False, 0)
    assert "급여명세와 이체가 없습니다" in found.trace[1]


def test_a_refused_month_is_not_paid_and_says_why() -> None:
    found = decide(a_month(Service(30, 30), 2_000_000, "최저임금보다 156,880원 적습니다"), terms())
    assert (found.eligible, found.amount) == (False, 0)
    assert found.trace[1].startswith("최저임금보다 156,880원 적습니다.")


def test_a_month_that_nobody_served_asks_for_no_wage() -> None:
    found = decide(a_month(Service(30, 0), None), terms())
    assert (found.eligible, found.amount) == (False, 0)
    assert "근무한 날이 없어" in found.trace[1]


def test_the_trace_tells_days_share_wage_and_what_was_dropped() -> None:
    found = decide(a_month(Service(30, 17)), terms())
    assert found.trace == (
        "1차 지원월 2026. 9. 1. ~ 2026. 9. 30.(30일) 가운데 중단·무급 결근 13일을 빼고 17일 근무.",
        "지원월 일수로 일할: 2,000,000원 × 17/30 = 1,133,333원(지급한 임금 2,400,000원 안), 10원 미만 3원 버림: 1,133,330원.",
        "근거: 2026 인턴지원금(2026. 1. 1. 시행) · 시험 지침",
    )
    limited = decide(a_month(Service(30, 30), 1_900_005), terms())
    assert "지급한 임금 1,900,005원이 더 적어 임금까지만, 10원 미만 5원 버림: 1,900,000원" in limited.trace[1]


@given(
    st.sampled_from(list(Method)),
    st.integers(28, 31),
    st.integers(0, 31),
    st.integers(0, 5_000_000),
)
def test_no_month_brings_more_than_the_support_or_the_wage_and_more_days_never_bring_less(
    method: Method, days: int, served: int, wage: int
) -> None:
    served = min(served, days)
    work, at_work = days * 5 // 7, served * 5 // 7
    found = decide(a_month(Service(days, served, work, at_work), wage), terms(method)).amount
    more = min(days, served + 1)
    later = decide(a_month(Service(days, more, work, more * 5 // 7), wage), terms(method)).amount
    assert 0 <= found <= min(SUPPORT, wage)
    assert found % 10 == 0
    assert found <= later


def test_a_service_month_belongs_to_the_calendar_month_it_ends_in() -> None:
    assert claim_month(dt.date(2026, 9, 14)) == dt.date(2026, 9, 1)
    assert claim_month(dt.date(2026, 9, 30)) == dt.date(2026, 9, 1)
    assert month_end(dt.date(2027, 2, 1)) == dt.date(2027, 2, 28)
    assert month_of("2026-12") == dt.date(2026, 12, 1)
    with pytest.raises(Refused, match="2026-08처럼"):
        month_of("12월")


def test_terms_come_back_from_what_a_run_keeps() -> None:
    made = terms(Method.THIRTY)
    assert terms_from_table(made.key, terms_to_table(made)) == made
    assert [paper.origin for paper in made.papers] == [Origin.UPLOAD, Origin.COMPANY]
    assert made.papers[1].company_kind == "pledge"


def test_damaged_terms_are_a_bug_that_names_the_policy() -> None:
    with pytest.raises(PolicyDamaged, match="internship-2026"):
        terms_from_table("internship-2026", {"name": "이름뿐"})


def test_an_office_settles_method_support_rounding_and_first_day() -> None:
    made = settled(terms(), method=Method.THIRTY, support=1_800_000, effective_from=dt.date(2026, 7, 1))
    assert (made.method, made.support, made.rounding_unit) == (Method.THIRTY, 1_800_000, 10)
    assert made.effective_from == dt.date(2026, 7, 1)
    with pytest.raises(Refused, match="1원 이상"):
        settled(terms(), support=0)
    with pytest.raises(Refused, match="끝수 처리"):
        settled(terms(), rounding_unit=7)
