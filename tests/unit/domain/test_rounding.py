"""Half up with integers only, and won dropped below a unit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.rounding import drop_below, half_up, half_up_int

WHOLE = st.integers(0, 10**9)
POSITIVE = st.integers(1, 10**6)


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "rounded"),
    [
        (1599, 2000, 3, "0.800"),
        (159_900, 2000, 1, "80.0"),
        (7994 * 100, 10_000, 1, "79.9"),
        (7995 * 100, 10_000, 1, "80.0"),
        (1700, 19, 1, "89.5"),
        (1, 2, 0, "1"),
        (1, 8, 2, "0.13"),
        (1, 3, 1, "0.3"),
        (2, 3, 1, "0.7"),
        (0, 7, 1, "0.0"),
        (1900, 19, 1, "100.0"),
    ],
)
def test_halves_go_up_and_the_decimals_are_kept(part: int, whole: int, decimals: int, rounded: str) -> None:
    assert str(half_up(part, whole, decimals)) == rounded


@pytest.mark.parametrize(
    ("part", "whole", "rounded"),
    [
        (13, 2, 7),
        (18, 5, 4),
        (14, 5, 3),
        (19, 5, 4),
        (23, 5, 5),
        (19, 2, 10),
        (23, 2, 12),
        (0, 5, 0),
        (12, 5, 2),
    ],
)
def test_the_courses_of_the_rulebook_round_half_up(part: int, whole: int, rounded: int) -> None:
    assert half_up_int(part, whole) == rounded


def test_nothing_is_divided_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        half_up(1, 0, 1)


@given(WHOLE, POSITIVE, st.integers(0, 4))
def test_half_up_agrees_with_exact_decimals(part: int, whole: int, decimals: int) -> None:
    exact = Fraction(part * 10**decimals, whole)
    nearest = int(exact + Fraction(1, 2))
    assert half_up(part, whole, decimals) == Decimal(nearest).scaleb(-decimals)
    assert half_up_int(part, whole) == half_up(part, whole, 0)


@given(st.integers(0, 10**6))
def test_half_up_of_a_decimal_is_the_schools_rounding(thousandths: int) -> None:
    expected = (Decimal(thousandths) / 1000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert half_up(thousandths, 1000, 1) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "kept"),
    [
        (357_894, 10, 357_890),
        (357_899, 10, 357_890),
        (357_890, 10, 357_890),
        (9, 10, 0),
        (0, 10, 0),
        (1_234, 100, 1_200),
        (1_234, 1, 1_234),
        (1_234, 0, 1_234),
    ],
)
def test_won_below_the_unit_are_dropped(amount: int, unit: int, kept: int) -> None:
    assert drop_below(amount, unit) == kept


@given(WHOLE, st.sampled_from([1, 10, 100, 1000]))
def test_less_than_a_unit_is_dropped_and_dropping_twice_changes_nothing(amount: int, unit: int) -> None:
    kept = drop_below(amount, unit)
    assert 0 <= amount - kept < unit
    assert kept % unit == 0
    assert drop_below(kept, unit) == kept
