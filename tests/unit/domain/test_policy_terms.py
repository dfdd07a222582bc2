from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from regional_desk.domain.policies import Method
from regional_desk.domain.policy_terms import Terms, settle
from regional_desk.domain.refused import Refused
from regional_desk.services.policies import DEFAULT_SCHEME, shipped_scheme

SCHEME = shipped_scheme(DEFAULT_SCHEME)


def test_nothing_settled_leaves_the_scheme_as_it_is() -> None:
    assert settle(SCHEME, Terms()) == SCHEME


def test_each_term_is_settled_by_itself() -> None:
    later = dt.date(2026, 9, 1)
    terms = Terms(Method.FLAT, Decimal(70), 100, "own", later, {0: (21_000, 420_000)})
    found = settle(SCHEME, terms)
    assert (found.method, found.min_rate, found.rounding_unit) == (Method.FLAT, Decimal("70.0"), 100)
    assert (found.leaver_days, found.effective_from) == ("own", later)
    assert (found.components[0].daily_rate, found.components[0].monthly_cap) == (21_000, 420_000)
    assert str(found.min_rate) == "70.0"


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(min_rate=Decimal("100.1")), "0부터 100"),
        (Terms(min_rate=Decimal(-1)), "0부터 100"),
        (Terms(min_rate=Decimal("80.05")), "소수 첫째 자리"),
        (Terms(rounding_unit=5), "끝수"),
        (Terms(leaver_days="none"), "분모"),
        (Terms(rates={0: (0, 400_000)}), "1원 이상"),
        (Terms(rates={0: (20_000, 19_999)}), "한도(19,999원)"),
    ],
)
def test_a_term_that_cannot_be_is_refused_with_its_reason(terms: Terms, words: str) -> None:
    with pytest.raises(Refused, match=words.replace("(", r"\(").replace(")", r"\)")):
        settle(SCHEME, terms)


@pytest.mark.parametrize("rate", ["0", "100", "99.9"])
def test_the_bounds_of_the_minimum_rate_are_taken(rate: str) -> None:
    assert settle(SCHEME, Terms(min_rate=Decimal(rate))).min_rate == Decimal(rate)
