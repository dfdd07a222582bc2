"""Korean time, and a clock that stands still."""

from __future__ import annotations

import datetime as dt

from regional_desk.domain.clock import KST, Clock, FixedClock, SystemClock


def test_a_fixed_clock_stands_still_until_it_is_moved() -> None:
    clock: Clock = FixedClock(dt.datetime(2026, 8, 25, 14, 3, tzinfo=KST))
    assert clock.now() == clock.now() == dt.datetime(2026, 8, 25, 14, 3, tzinfo=KST)
    assert clock.today() == dt.date(2026, 8, 25)


def test_a_moved_clock_tells_the_new_moment() -> None:
    clock = FixedClock(dt.datetime(2026, 8, 25, tzinfo=KST))
    clock.move_to(dt.datetime(2026, 9, 1, 9, tzinfo=KST))
    assert clock.today() == dt.date(2026, 9, 1)


def test_the_day_turns_at_midnight_in_korea_wherever_the_moment_was_written() -> None:
    evening = FixedClock(dt.datetime(2026, 8, 25, 14, 59, 59, tzinfo=dt.UTC))
    midnight = FixedClock(dt.datetime(2026, 8, 25, 15, 0, tzinfo=dt.UTC))
    assert evening.today() == dt.date(2026, 8, 25)
    assert midnight.today() == dt.date(2026, 8, 26)


def test_the_system_clock_tells_korean_time() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == dt.timedelta(hours=9)
    assert now.date() <= SystemClock().today()
