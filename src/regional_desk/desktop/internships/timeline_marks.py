"""What stands in an internship's picture and where: marks in lanes, days to scale, nothing over anything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

_DAY = dt.timedelta(days=1)
_JANUARY = 1


class Lane(IntEnum):
    """The lines of the picture from above; MONTHS is the band itself, AFTER the posts right of it."""

    MONTHS = 0
    AGREEMENTS = 1
    VISITS = 2
    CLAIMS = 3
    AFTER = 4

    @property
    def label(self) -> str:
        """The word left of the lane."""
        return _LABELS[self]


_LABELS = {
    Lane.MONTHS: "지원월",
    Lane.AGREEMENTS: "협약",
    Lane.VISITS: "방문",
    Lane.CLAIMS: "지원금",
    Lane.AFTER: "그 뒤",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing of the picture; `end` its last day where it lasts, `tone` a colour token that `sign` says as well."""

    kind: str
    lane: Lane
    on: dt.date
    end: dt.date | None
    title: str
    words: str
    sign: str
    tone: str
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Days laid out from `left` over `width` pixels; `first` and `last` are both inside."""

    first: dt.date
    last: dt.date
    left: float
    width: float

    def x(self, day: dt.date) -> float:
        """Where a day begins; a day outside is drawn at the edge."""
        inside = min(max(day, self.first), self.last + _DAY)
        return self.left + self.width * (inside - self.first).days / ((self.last - self.first).days + 1)

    def month_lines(self) -> tuple[tuple[float, str], ...]:
        """Where each calendar month begins, and its word; the first and each January with the year."""
        found: list[tuple[float, str]] = []
        day = self.first
        while day <= self.last:
            year = f"{day.year}. " if not found or day.month == _JANUARY else ""
            found.append((self.x(day), f"{year}{day.month}월"))
            day = (day.replace(day=1) + 32 * _DAY).replace(day=1)
        return tuple(found)


def spread(wanted: Sequence[float], least: float, left: float, right: float) -> tuple[float, ...]:
    """Places for points wanted in rising order: at least `least` apart, inside, as near to what is wanted as can be."""
    placed: list[float] = []
    for one in wanted:
        after = placed[-1] + least if placed else left
        placed.append(max(one, after))
    limit = right
    for at in range(len(placed) - 1, -1, -1):
        placed[at] = min(placed[at], limit)
        limit = placed[at] - least
    return tuple(placed)


def in_order(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks as one walks them by the arrows: by their day, what comes after at the end."""
    return tuple(sorted(marks, key=lambda one: (one.lane is Lane.AFTER, one.on, one.lane, one.title)))


def beside(marks: Sequence[Mark], at: int, step: int) -> int:
    """The mark nearest in time in the next lane with any, upwards or downwards; the same one where there is none."""
    here = marks[at]
    lanes = sorted(
        {one.lane for one in marks if (one.lane - here.lane) * step > 0}, key=lambda one: one * step
    )
    if not lanes:
        return at
    near = [index for index, one in enumerate(marks) if one.lane is lanes[0]]
    return min(near, key=lambda index: abs((marks[index].on - here.on).days))
