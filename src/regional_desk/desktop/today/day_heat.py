"""How a training day went, as one box tells it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.domain.text import weekday

_MANY = 10  # percent absent from which a day is a bad one


@dataclass(frozen=True, slots=True)
class DayHeat:
    """A training day: its people, how many of them are 결석, and how many 미입력 (none before the day came)."""

    day: dt.date
    people: int
    absent: int
    unset: int
    coming: bool

    @property
    def sign(self) -> str:
        """What stands in its box: the absent, `·` where nothing was entered, nothing on a day to come."""
        if self.coming:
            return ""
        if self.unset == self.people:
            return "·"
        return str(self.absent) if self.absent else "○"

    @property
    def tone(self) -> str:
        """The colour that goes with it."""
        if self.coming or self.unset == self.people:
            return "muted"
        if self.absent * 100 >= self.people * _MANY:
            return "bad"
        return "warn" if self.absent or self.unset else "ok"

    def says(self) -> str:
        """`8/12(수) 결석 3명 · 미입력 1명`."""
        day = f"{self.day.month}/{self.day.day}({weekday(self.day)})"
        if self.coming:
            return f"{day} 아직 오지 않은 훈련일"
        words = [f"결석 {self.absent}명" if self.absent else "결석 없음"]
        if self.unset:
            words.append(f"미입력 {self.unset}명")
        return f"{day} {' · '.join(words)}"
