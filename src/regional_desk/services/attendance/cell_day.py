"""What stands around one cell while it is filled in: the day's periods, what times propose, caps, its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from regional_desk.domain.attendance import Cell, DayPart
from regional_desk.domain.entry_times import Proposal, propose
from regional_desk.domain.excused import reason_of
from regional_desk.domain.rights import Right
from regional_desk.domain.timetable import periods_of
from regional_desk.services.attendance import excused_days
from regional_desk.services.attendance.attendance import Grid
from regional_desk.services.attendance.terms import attendance_terms
from regional_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class DayTimes:
    """A training day's periods in minutes of the day, and the grace of 지각 and 조퇴 in minutes."""

    periods: tuple[tuple[int, int], ...]
    grace: int

    def propose(self, time_in: int | None, time_out: int | None, parts: Sequence[DayPart] = ()) -> Proposal:
        """The record that times propose; raise Refused where 퇴실 comes before 입실 (rulebook section 2)."""
        return propose(self.periods, time_in, time_out, parts, grace=self.grace)


def times_of(shown: Grid, day: dt.date) -> DayTimes:
    """The times of one of the grid's training days."""
    periods = periods_of(shown.course.course.periods, shown.tally.minutes.get(day, 0))
    return DayTimes(periods, attendance_terms().grace_minutes)


def over_cap(desk: Desk, shown: Grid, trainee: UUID, day: dt.date, cell: Cell) -> str | None:
    """Why a record's 출석인정 is over its cap or outside its window, as a sentence; None where it can be set."""
    reason = reason_of(cell)
    if reason is None:
        return None
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return excused_days.why_over(connection, shown.course, trainee, day, reason)
