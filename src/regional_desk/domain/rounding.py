"""Rounding with integers only (rulebook sections 2 and 3)."""

from __future__ import annotations

from decimal import Decimal


def half_up(numerator: int, denominator: int, decimals: int = 0) -> Decimal:
    """`numerator / denominator` rounded half up to `decimals` places, both not negative.

    Raises ZeroDivisionError for a zero denominator.
    """
    scaled = (2 * numerator * 10**decimals + denominator) // (2 * denominator)
    return Decimal(scaled).scaleb(-decimals)


def half_up_int(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded half up to a whole number."""
    return (2 * numerator + denominator) // (2 * denominator)


def drop_below(amount: int, unit: int) -> int:
    """`amount` won with what lies below `unit` won dropped (국고금 관리법 제47조)."""
    return amount - amount % unit if unit > 1 else amount
