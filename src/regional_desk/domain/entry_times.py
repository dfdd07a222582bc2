"""From 입실, 퇴실, 외출 and part-day 출석인정 to a proposed record and to minutes attended (rulebook section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regional_desk.domain.attendance import Cell, DayPart, Mark, SpanKind, Status, show_cell
from regional_desk.domain.refused import Refused

Span = tuple[int, int]  # first and last minute of the day, the last not inside
_DAY_END = 24 * 60
NO_WAY_OUT = "퇴실 미확인"
NO_WAY_IN = "입실 미확인"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the times say; a status keyed by a person wins.

    `minutes` are those attended of the timetable. Without both times nothing is `complete`: the record stays 미입력 and
    `note` says which time is missing.
    """

    status: Status
    marks: Mark
    minutes: int
    complete: bool
    note: str = ""

    @property
    def label(self) -> str:
        """`출석(지각)`, 결석, or what is missing."""
        return self.note or show_cell(Cell(self.status, self.marks))


def propose(
    periods: Sequence[Span],
    time_in: int | None,
    time_out: int | None,
    parts: Iterable[DayPart] = (),
    *,
    grace: int,
) -> Proposal:
    """A record proposed from times, all in minutes of the day (rulebook section 2, From times).

    Attended is [입실, 퇴실] less 외출, with part-day 출석인정 added, inside the timetable's `periods` (lunch is none).
    Missing more than `grace` minutes before 입실 or after 퇴실 is 지각 or 조퇴, unless they are excused; under half
    of the day's minutes is 결석. 입실 without 퇴실 stays 미입력. Raises Refused where 퇴실 comes before 입실.
    """
    if time_in is None or time_out is None:
        note = NO_WAY_OUT if time_in is not None else NO_WAY_IN if time_out is not None else ""
        return Proposal(Status.UNRECORDED, Mark.NONE, 0, complete=False, note=note)
    if time_out < time_in:
        raise Refused("퇴실 시각이 입실 시각보다 이릅니다.")
    parts = tuple(parts)
    minutes = attended_minutes(periods, time_in, time_out, parts)
    timetable = _set(periods)
    if not timetable or 2 * minutes < timetable.bit_count():
        return Proposal(Status.ABSENT, Mark.NONE, minutes, complete=True)
    owed = timetable & ~_set_of(parts, SpanKind.EXCUSED)
    marks = Mark.NONE
    if (owed & _set([(0, time_in)])).bit_count() > grace:
        marks |= Mark.LATE
    if (owed & _set([(time_out, _DAY_END)])).bit_count() > grace:
        marks |= Mark.LEFT_EARLY
    if owed & _set([(time_in, time_out)]) & _set_of(parts, SpanKind.OUT):
        marks |= Mark.OUT
    return Proposal(Status.PRESENT, marks, minutes, complete=True)


def attended_minutes(
    periods: Sequence[Span], time_in: int | None, time_out: int | None, parts: Iterable[DayPart] = ()
) -> int:
    """The minutes of `periods` somebody was there for, part-day 출석인정 with them; a time not known takes nothing away."""
    parts = tuple(parts)
    there = _set([(time_in or 0, _DAY_END if time_out is None else time_out)])
    there = there & ~_set_of(parts, SpanKind.OUT) | _set_of(parts, SpanKind.EXCUSED)
    return (_set(periods) & there).bit_count()


def timed(cell: Cell) -> bool:
    """Whether each mark of a record has its time: 지각 its 입실, 조퇴 its 퇴실, 외출 its span."""
    needs = (
        (Mark.LATE, cell.time_in is not None),
        (Mark.LEFT_EARLY, cell.time_out is not None),
        (Mark.OUT, any(part.kind is SpanKind.OUT for part in cell.parts)),
    )
    return all(known for mark, known in needs if mark & cell.marks)


def disagrees(cell: Cell, proposal: Proposal) -> bool:
    """Whether a record keyed by a person is not what its times say, to be listed before 확정.

    An 출석인정 of the whole day disagrees only with somebody who was there.
    """
    if not proposal.complete or cell.status is Status.UNRECORDED:
        return False
    if cell.status is Status.EXCUSED:
        return proposal.status is Status.PRESENT
    return (cell.status, cell.marks) != (proposal.status, proposal.marks)


def _set(spans: Iterable[Span]) -> int:
    """The minutes of spans as the bits of one number: the day has 1,440, and sets of them are joined and cut at once."""
    minutes = 0
    for first, last in spans:
        if last > first:
            minutes |= ((1 << (last - first)) - 1) << first
    return minutes


def _set_of(parts: Iterable[DayPart], kind: SpanKind) -> int:
    return _set((part.start, part.end) for part in parts if part.kind is kind)
