"""The injected clock: no rule asks the system for the time."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

KST = dt.timezone(dt.timedelta(hours=9), "KST")


class Clock(Protocol):
    """Tells the time in Korea."""

    def now(self) -> dt.datetime:
        """The aware moment, Korean time."""

    def today(self) -> dt.date:
        """The date in Korea."""


class SystemClock:
    """The PC's own clock, read as Korean time."""

    def now(self) -> dt.datetime:
        """The aware moment, Korean time."""
        return dt.datetime.now(KST)

    def today(self) -> dt.date:
        """The date in Korea."""
        return self.now().date()


class FixedClock:
    """A clock that stands still until moved, for practice offices and tests."""

    def __init__(self, moment: dt.datetime) -> None:
        self._moment = moment.astimezone(KST)

    def move_to(self, moment: dt.datetime) -> None:
        """Set the clock."""
        self._moment = moment.astimezone(KST)

    def now(self) -> dt.datetime:
        """The aware moment, Korean time."""
        return self._moment

    def today(self) -> dt.date:
        """The date in Korea."""
        return self._moment.date()
