"""What of a person's days must be settled before 확정: the one list behind runs, closings and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import UNSPECIFIED, Cell, Evidence, SpanKind, Status, show_cell
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.entry_times import Proposal, disagrees, propose, timed
from regional_desk.domain.excused import INSTITUTION
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.services.attendance.excused_days import flagged
from regional_desk.services.attendance.tally import UnitTally, tally_context
from regional_desk.services.attendance.terms import attendance_terms
from regional_desk.services.desk import Desk
from regional_desk.services.training import courses
from regional_desk.store import remarks
from regional_desk.store.courses import MemberRow

_SHOWN = 3
_REASON = 4  # its place in CellValues


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to settle: `kind` is unrecorded, evidence, approver, times or disagreement; `days` are the cells."""

    kind: str
    message: str
    days: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class DayChecks:
    """A tally's days under check; `remarked` are the ISO days with a remark, by trainee id bytes."""

    tally: UnitTally
    remarked: Mapping[bytes, Collection[str]]

    @classmethod
    def read(cls, connection: sa.Connection, tally: UnitTally) -> DayChecks:
        """The checks of a tally that was read, not `counted`; remarks are looked up only where 기관장 인정 stands."""
        asked = any(
            values[_REASON] == INSTITUTION for days in tally.records.values() for values in days.values()
        )
        if not asked:
            return cls(tally, {})
        span = (tally.span.start.isoformat(), tally.span.end.isoformat())
        found: dict[bytes, set[str]] = {}
        for trainee, day in remarks.list_places(connection, "remark", tally.course.course.id, *span):
            found.setdefault(trainee, set()).add(day)
        return cls(tally, found)

    def findings(self, member: MemberRow) -> tuple[Finding, ...]:
        """What is open on a member's days, by kind."""
        days = [(day, self.tally.cell(member, day)) for day in self.tally.own_days(member)]
        named = self.remarked.get(member.person.bytes, ())
        tests: tuple[tuple[str, str, Callable[[dt.date, Cell], bool]], ...] = (
            ("unrecorded", "미입력", lambda _day, cell: cell.status is Status.UNRECORDED),
            ("evidence", "출석인정 사유·증빙 미제출", lambda _day, cell: _unproven(cell)),
            ("approver", "기관장 인정인데 비고에 승인한 사람이 없음", partial(_unnamed, named)),
            (
                "times",
                "지각·조퇴·외출 시각 없음",
                lambda _day, cell: self.tally.by_minutes and not timed(cell),
            ),
        )
        found = []
        for kind, words, test in tests:
            hit = tuple(day for day, cell in days if test(day, cell))
            if hit:
                found.append(Finding(kind, f"{words} {len(hit)}일 ({_dates(hit)})", hit))
        return (*found, *self._disagreements(days))

    def proposal(self, day: dt.date, cell: Cell) -> Proposal:
        """What a record's times say."""
        return propose(
            self.tally.periods(day),
            cell.time_in,
            cell.time_out,
            cell.parts,
            grace=attendance_terms().grace_minutes,
        )

    def _disagreements(self, days: Sequence[tuple[dt.date, Cell]]) -> tuple[Finding, ...]:
        found = []
        for day, cell in days:
            if cell.time_in is not None and cell.time_out is not None:
                proposal = self.proposal(day, cell)
                if disagrees(cell, proposal):
                    found.append((day, f"{korean_date(day)} {show_cell(cell)} ↔ {proposal.label}"))
        if not found:
            return ()
        first = ", ".join(words for _, words in found[:_SHOWN])
        message = f"적은 출결과 시각이 다름 {len(found)}일 ({first}{_more(found)})"
        return (Finding("disagreement", message, tuple(day for day, _ in found)),)


@dataclass(frozen=True, slots=True)
class DayItem:
    """One line of what stands open in a span; one that does not `block` only flags (a cap that shrank)."""

    trainee: UUID
    name: str
    kind: str
    message: str
    days: tuple[dt.date, ...]
    blocks: bool = True


def check_days(desk: Desk, course_id: UUID, unit_no: int | None = None) -> tuple[DayItem, ...]:
    """What must be settled on the days of a unit (of the whole course without one), and the 출석인정 over their caps.

    Its people are noted and masked as the person may see them; raise UsageError for an unknown course or unit.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        detail = courses.masked(desk, courses.read_detail(connection, course_id))
        course = detail.course
        span = courses.unit_of(detail, unit_no) if unit_no else UnitPeriod(0, course.start, course.end)
        checks = DayChecks.read(connection, tally_context(connection, detail, span, detail.members))
        over = flagged(connection, detail)
    found = [
        DayItem(member.person, member.name, one.kind, one.message, one.days)
        for member in detail.members
        for one in checks.findings(member)
    ]
    names = {member.person: member.name for member in detail.members}
    found += [
        DayItem(one.trainee, names[one.trainee], "cap", one.why, (one.day,), blocks=False)
        for one in over
        if span.start <= one.day <= span.end
    ]
    desk.note_view("attendance", [one.trainee for one in found], {"course": str(course_id), "by": "check"})
    return tuple(found)


def _unproven(cell: Cell) -> bool:
    excused = cell.status is Status.EXCUSED or any(part.kind is SpanKind.EXCUSED for part in cell.parts)
    return excused and (cell.reason in (None, UNSPECIFIED) or cell.evidence is Evidence.MISSING)


def _unnamed(named: Collection[str], day: dt.date, cell: Cell) -> bool:
    return cell.reason == INSTITUTION and day.isoformat() not in named


def _dates(days: Sequence[dt.date]) -> str:
    return ", ".join(korean_date(day) for day in days[:_SHOWN]) + _more(days)


def _more(found: Sequence[object]) -> str:
    return f" 외 {len(found) - _SHOWN}일" if len(found) > _SHOWN else ""
