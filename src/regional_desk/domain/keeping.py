"""Which automatic backups are kept: the newest of each of the last hours, days, weeks and months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

HOURS, DAYS, WEEKS, MONTHS = 24, 14, 8, 24
_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup of a place: its name, when it was made (Korean time), whether the program made it by itself."""

    name: str
    made_at: dt.datetime
    automatic: bool


def to_prune(backups: Sequence[Kept], now: dt.datetime) -> tuple[str, ...]:
    """The names of the automatic backups that may go, oldest first; `now` in Korean time.

    Kept are all made by hand, the newest of all, whatever a clock that was set back puts into the future, and the newest
    automatic one of each of the last 24 hours, 14 days, 8 weeks (from Monday) and 24 months, this one included.
    """
    oldest_first = sorted(backups, key=lambda one: one.made_at)
    kept = {one.name for one in oldest_first if not one.automatic or one.made_at > now}
    kept |= {one.name for one in oldest_first[-1:]}
    past = [one for one in oldest_first if one.automatic and one.made_at <= now]
    for age, most in ((_hours, HOURS), (_days, DAYS), (_weeks, WEEKS), (_months, MONTHS)):
        newest = {age(now, one.made_at): one.name for one in past}
        kept |= {name for back, name in newest.items() if back < most}
    return tuple(one.name for one in oldest_first if one.name not in kept)


def _hours(now: dt.datetime, then: dt.datetime) -> int:
    """How many clock hours back; 0 is the hour under way."""
    return (_on_the_hour(now) - _on_the_hour(then)) // _HOUR


def _days(now: dt.datetime, then: dt.datetime) -> int:
    return (now.date() - then.date()).days


def _weeks(now: dt.datetime, then: dt.datetime) -> int:
    return (_monday(now) - _monday(then)).days // 7


def _months(now: dt.datetime, then: dt.datetime) -> int:
    return (now.year - then.year) * 12 + now.month - then.month


def _on_the_hour(moment: dt.datetime) -> dt.datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _monday(moment: dt.datetime) -> dt.date:
    return moment.date() - moment.weekday() * _DAY
