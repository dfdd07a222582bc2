"""How long an account stays locked after wrong passwords (rulebook section 7)."""

from __future__ import annotations

import datetime as dt

FREE_TRIES = 4
_FIRST_WAIT = dt.timedelta(seconds=30)
_LONGEST = dt.timedelta(minutes=30)


def delay(failed: int) -> dt.timedelta:
    """The wait after this many wrong passwords in a row: none up to four, then 30 seconds, doubling up to 30 minutes."""
    if failed <= FREE_TRIES:
        return dt.timedelta(0)
    doublings = min(failed - FREE_TRIES - 1, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST)


def remaining(failed: int, last: dt.datetime, now: dt.datetime) -> dt.timedelta:
    """How long is still to wait; a clock set back gains nothing and costs no more than the whole wait."""
    whole = delay(failed)
    return max(dt.timedelta(0), min(whole, last + whole - now))
