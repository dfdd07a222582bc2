"""How long an account waits after wrong passwords."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.lockout import delay, remaining

_AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("failed", "seconds"),
    [
        (0, 0),
        (1, 0),
        (4, 0),
        (5, 30),
        (6, 60),
        (7, 120),
        (8, 240),
        (10, 960),
        (11, 1800),
        (12, 1800),
        (5000, 1800),
    ],
)
def test_the_wait_begins_with_the_fifth_and_doubles_up_to_half_an_hour(failed: int, seconds: int) -> None:
    assert delay(failed) == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize(("after", "left"), [(0, 30), (29, 1), (30, 0), (31, 0), (-400 * 86400, 30)])
def test_the_wait_runs_by_the_clock_but_a_clock_set_back_gains_nothing(after: int, left: int) -> None:
    assert remaining(5, _AT, _AT + dt.timedelta(seconds=after)) == dt.timedelta(seconds=left)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_failures_never_shorten_the_wait(one: int, more: int) -> None:
    assert delay(one) <= delay(one + more)
