"""When something is overdue: the one definition of the whole program (rulebook section 9)."""

from __future__ import annotations

import datetime as dt


def is_overdue(due: dt.date, today: dt.date) -> bool:
    """Whether the last day for something is over: from the day after `due` on, never on the day itself."""
    return today > due
