"""One span of one course, counted person by person: the single place where records become figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import attendance as rules
from regional_desk.domain.allowance import Inputs
from regional_desk.domain.attendance import EMPTY, Cell, Counts, Minutes, Status, Summary
from regional_desk.domain.benefits import OTHER_TRAINING, touches, unpaid_days
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.entry_times import attended_minutes
from regional_desk.domain.membership import Recorded, absences_left
from regional_desk.domain.policies import DeductionKind, Region, Scheme
from regional_desk.domain.timetable import periods_of
from regional_desk.services import codes, policies
from regional_desk.services.policies import Policy
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import attendance as store
from regional_desk.store.attendance import CellValues, CountRow
from regional_desk.store.benefits import list_deductions
from regional_desk.store.corrections import Overlay, approved_cells
from regional_desk.store.courses import MemberRow
from regional_desk.store.people import SpanRow, list_spans

_NOTHING = CountRow(0, 0, 0, 0)
_UNRECORDED_SIGN = "0"
_FIRST_SIGN = ord(_UNRECORDED_SIGN)


@dataclass(frozen=True, slots=True)
class UnitTally:
    """Everything needed to count a span: days, records, spans that are not paid, policy and confirmed people."""

    course: CourseDetail
    span: UnitPeriod
    days: tuple[dt.date, ...]
    minutes: dict[dt.date, int]
    records: dict[bytes, dict[str, CellValues]]
    spans: dict[UUID, tuple[SpanRow, ...]]
    policy: Policy
    region: Region
    closed: frozenset[UUID]
    by_minutes: bool
    counted: dict[bytes, CountRow] | None = None
    corrected: Overlay = field(default_factory=dict)  # what approved 정정 lay over the records
    deductions: dict[UUID, dict[str, int]] = field(default_factory=dict)  # days by kind

    @property
    def scheme(self) -> Scheme:
        """The course's scheme as it holds now."""
        return self.policy.scheme

    def inside(self, member: MemberRow, day: dt.date) -> bool:
        """Whether a day lies in the membership."""
        return member.joined <= day and (member.left is None or day <= member.left)

    def own_days(self, member: MemberRow) -> tuple[dt.date, ...]:
        """The span's training days inside the membership."""
        if member.left is None and self.days and member.joined <= self.days[0]:
            return self.days
        return tuple(day for day in self.days if self.inside(member, day))

    def has_days(self, member: MemberRow) -> bool:
        """Whether the member belongs to the span at all."""
        return bool(self.own_days(member))

    def cell(self, member: MemberRow, day: dt.date) -> Cell:
        """The record of a day, EMPTY where there is none."""
        values = self.records.get(member.person.bytes, {}).get(day.isoformat())
        return cell_of(values) if values else EMPTY

    def cells(self, member: MemberRow, days: Sequence[dt.date | None]) -> tuple[Cell | None, ...]:
        """The records of these days in their order, None for a day that is None or outside the membership."""
        return tuple(
            (cell_of(values) if values else EMPTY) if day and self.inside(member, day) else None
            for day, values in zip(days, self._kept(member, tuple(days)), strict=True)
        )

    def _kept(self, member: MemberRow, days: tuple[dt.date | None, ...]) -> list[CellValues | None]:
        return list(map(self.records.get(member.person.bytes, {}).get, _iso_days(days)))

    def denominator(self, member: MemberRow) -> int:
        """Late joiner ÷ own days; leaver ÷ the whole unit unless the policy says own (rulebook section 2)."""
        own = self.own_days(member)
        if member.left is None or self.scheme.leaver_days == "own":
            return len(own)
        return len(own) + sum(day > member.left for day in self.days)

    def counts(self, member: MemberRow, *, best: bool = False) -> Counts:
        """The member's records; with `best`, 미입력 and coming days count as 출석."""
        own, days = self.own_days(member), self.denominator(member)
        if self.counted is not None:
            row = self.counted.get(member.person.bytes, _NOTHING)
            return Counts(days, row.present, row.excused, row.absent, row.marks, days - len(own))
        kept = self._kept(member, own)
        said = [values[0] if values else 0 for values in kept]
        present, excused = said.count(Status.PRESENT), said.count(Status.EXCUSED)
        absent = len(own) - said.count(Status.UNRECORDED) - present - excused
        marks = dict.fromkeys((unit.no for unit in self.course.units), 0)
        for day, values in zip(own, kept, strict=True):
            if values and values[1] and values[0] == Status.PRESENT:
                marks[self._unit_of(day)] += values[1].bit_count()
        if best:
            present = len(own) - excused - absent
        converted = sum(of_unit // rules.MARKS_PER_ABSENCE for of_unit in marks.values())
        return Counts(days, present, excused, absent, sum(marks.values()), days - len(own), converted)

    def _unit_of(self, day: dt.date) -> int:
        units = self.course.units
        return units[0].no if len(units) == 1 else next(unit.no for unit in units if day <= unit.end)

    def summary(self, member: MemberRow) -> Summary:
        """The member's figures of the span."""
        return _summary(self.counts(member), self.scheme.min_rate, self.minutes_of(member))

    def minutes_of(self, member: MemberRow, *, best: bool = False) -> Minutes | None:
        """The member's minutes, only where the course counts by minutes (rulebook section 2)."""
        if not self.by_minutes:
            return None
        own = self.own_days(member)
        attended = recorded = outside = 0
        for day in own:
            cell = self.cell(member, day)
            if cell.status is Status.UNRECORDED:
                continue
            recorded += self.minutes[day]
            attended += self._attended_minutes(cell, day)
        scheduled = sum(self.minutes[day] for day in own)
        if member.left is not None and self.scheme.leaver_days != "own":
            outside = sum(self.minutes[day] for day in self.days if day > member.left)
        if best:
            attended += sum(self.minutes[day] for day in own) - recorded
        return Minutes(scheduled + outside, attended, recorded, outside)

    def _attended_minutes(self, cell: Cell, day: dt.date) -> int:
        if cell.status is Status.ABSENT:
            return 0
        if cell.status is Status.PRESENT and cell.marks:
            return attended_minutes(self.periods(day), cell.time_in, cell.time_out, cell.parts)
        return self.minutes[day]

    def periods(self, day: dt.date) -> tuple[tuple[int, int], ...]:
        """The periods (교시) of a training day, in minutes of the day."""
        return periods_of(self.course.course.periods, self.minutes[day])

    def recorded(self, member: MemberRow) -> tuple[Recorded, ...]:
        """The member's recorded days in their order, with the minutes attended."""
        return tuple(
            Recorded(day, self._unit_of(day), cell, self.minutes[day], self._attended_minutes(cell, day))
            for day in self.own_days(member)
            if (cell := self.cell(member, day)).status is not Status.UNRECORDED
        )

    def inputs(self, member: MemberRow, *, best: bool = False) -> Inputs:
        """What decides the member's amount; with `best`, what would if 미입력 and coming days became 출석."""
        own, spans = self.own_days(member), self.spans.get(member.person, ())
        taken = self.deductions.get(member.person, {})
        plain = Inputs(
            counts=self.counts(member, best=best),
            own_days=len(own),
            unit_days=len(self.days),
            day_minutes=max((self.minutes[day] for day in own), default=0),
            cut_short=self.cut_short(member),
            course_minutes=self._course_minutes,
            dormitory_days=taken.get(DeductionKind.DORMITORY, 0),
            meal_days=taken.get(DeductionKind.MEALS, 0),
            survey_missing=bool(taken.get(DeductionKind.SURVEY))
            and self.span.end == self.course.units[-1].end,
        )
        if not spans and not self.by_minutes and not self.mixed:
            return plain
        unpaid = unpaid_days(spans, own, daily_work_days=self.scheme.daily_work_days)
        there = [day for day in own if self._counts_as_attended(member, day, best=best)]
        line = self.scheme.min_day_minutes if self.mixed else 0
        return replace(
            plain,
            unpaid_attended=sum(day in unpaid for day in there),
            unpaid_days=len(unpaid),
            excluded=any(
                span.kind == OTHER_TRAINING and touches(span, self.span.start, self.span.end)
                for span in spans
            ),
            minutes=self.minutes_of(member, best=best),
            unpaid_minutes=sum(self._minutes_there(member, day) for day in there if day in unpaid),
            unit_minutes=sum(self.minutes[day] for day in self.days) if self.by_minutes else 0,
            short_paid=sum(self.minutes[day] < line and day not in unpaid for day in there),
        )

    @property
    def mixed(self) -> bool:
        """Whether the span has days on both sides of the length under which the scheme pays another rate."""
        line = self.scheme.min_day_minutes
        return line > 0 and len({self.minutes[day] < line for day in self.days}) > 1

    @property
    def _course_minutes(self) -> int:
        """The course's scheduled minutes where a component asks for them, else 0 so that equal cases stay equal."""
        asked = any(part.min_course_hours for part in self.scheme.components)
        return sum(self.minutes.values()) if asked else 0

    def _counts_as_attended(self, member: MemberRow, day: dt.date, *, best: bool) -> bool:
        status = self.cell(member, day).status
        return status in (Status.PRESENT, Status.EXCUSED) or (best and status is Status.UNRECORDED)

    def _minutes_there(self, member: MemberRow, day: dt.date) -> int:
        cell = self.cell(member, day)
        return self.minutes[day] if cell.status is Status.UNRECORDED else self._attended_minutes(cell, day)

    def cut_short(self, member: MemberRow) -> bool:
        """Whether the course was closed (폐강) in this span while the member still belonged to it."""
        closed = self.course.course.closed_on
        if closed is None or not self.span.start <= closed < self.span.end:
            return False
        return member.left is None or member.left >= closed

    def strip(self, member: MemberRow) -> str:
        """One character a training day (status + 4 × marks, from '0' for 미입력), a blank outside the membership."""
        return "".join(
            (" " if not self.inside(member, day) else _UNRECORDED_SIGN)
            if values is None
            else chr(_FIRST_SIGN + values[0] + 4 * values[1])
            for day, values in zip(self.days, self._kept(member, self.days), strict=True)
        )

    def dismissal(self, member: MemberRow) -> tuple[str, ...]:
        """Why the member is 제적 대상 by the records of the whole course, unit by unit; needs a tally that is not `counted`."""
        minutes = self._of_course().minutes_of(member)
        if minutes:
            whole = sum(self.minutes.values())
            return rules.dismissal_reasons_by_minutes(
                Minutes(whole, minutes.attended, minutes.recorded, minutes.outside)
            )
        whole, total, reasons = len(self.course.days), 0, list[str]()
        for tally in self._of_units():
            absences = tally.summary(member).absences
            total += absences
            reasons += rules.dismissal_reasons(absences, len(tally.days), 0, whole)
        return (*reasons, *rules.dismissal_reasons(0, 0, total, whole))

    def course_left(self, member: MemberRow) -> int:
        """남은 결석 여유 for 수료: days that may still be missed of the whole course, −1 where four fifths are out of reach.

        It stands beside the unit's own (`summary`), which is for the allowance; needs a tally that is not `counted`.
        """
        tally = self._of_course()
        minutes = tally.minutes_of(member)
        if minutes:
            whole = sum(self.minutes.values())
            best = minutes.attended + minutes.scheduled - minutes.outside - minutes.recorded
            return absences_left(best, whole, max(1, whole // max(1, len(tally.days))))
        summary = tally.summary(member)
        return absences_left(summary.attended_days + summary.unrecorded, len(tally.days))

    def _of_course(self) -> UnitTally:
        """The same for the whole course."""
        if len(self.days) == len(self.course.days):
            return self
        course = self.course.course
        days = tuple(row.day for row in self.course.days)
        return replace(self, span=UnitPeriod(0, course.start, course.end), days=days)

    def _of_units(self) -> tuple[UnitTally, ...]:
        """The same for each unit of the course."""
        if len(self.course.units) == 1:
            return (self,)
        return tuple(
            replace(self, span=unit, days=tuple(row.day for row in self.course.days_of(unit)))
            for unit in self.course.units
        )


def tally_context(
    connection: sa.Connection,
    detail: CourseDetail,
    span: UnitPeriod,
    members: Sequence[MemberRow],
    *,
    counted: bool = False,
    only_them: bool = False,
    policy: Policy | None = None,
) -> UnitTally:
    """Read all it takes to count a span in a handful of statements.

    With `counted` the database counts the records, and single cells are read only where a rule needs them: for
    people with non-payable spans and in courses that count by minutes or have days of two rates. Approved 정정 lie
    over the records, which are then read and not counted. With `only_them` just these members' records are read, for few of a large course.
    """
    minutes = {day.day: day.minutes for day in detail.days}
    people = [member.person for member in members]
    spans: dict[UUID, tuple[SpanRow, ...]] = {}
    for row in list_spans(connection, people):
        spans[row.person] = (*spans.get(row.person, ()), row)
    one = people[0] if len(people) == 1 else None
    by_minutes = rules.counts_by_minutes(len(minutes), sum(minutes.values()))
    corrected = approved_cells(connection, detail.course.id)
    counted = counted and not corrected
    reach = span if counted or only_them else UnitPeriod(0, detail.course.start, detail.course.end)

    def read() -> dict[bytes, dict[str, CellValues]]:
        if only_them:
            return store.read_cells_among(connection, people, reach.start, reach.end)
        return store.read_cells(connection, detail.course.id, reach.start, reach.end, one)

    tally = UnitTally(
        course=detail,
        span=span,
        days=tuple(day.day for day in detail.days if span.start <= day.day <= span.end),
        minutes=minutes,
        records={},
        spans=spans,
        policy=policy or policies.in_force(connection, detail.course.scheme, span.start),
        region=codes.region_of(detail.course.region),
        closed=closed_people(connection, detail.course.id, span),
        by_minutes=by_minutes,
        counted=store.count_cells(connection, detail.course.id, span.start, span.end) if counted else None,
        corrected=corrected,
    )
    need_cells = not counted or by_minutes or tally.mixed or any(person in spans for person in people)
    return replace(
        tally,
        records=_laid_over(read(), corrected, reach) if need_cells else {},
        deductions=_deductions(connection, tally),
    )


def _deductions(connection: sa.Connection, tally: UnitTally) -> dict[UUID, dict[str, int]]:
    """The days taken off where the policy has it on, by person and kind."""
    unit_no = tally.span.no or (1 if len(tally.course.units) == 1 else 0)
    found: dict[UUID, dict[str, int]] = {}
    for row in list_deductions(connection, tally.course.course.id, unit_no):
        found.setdefault(row.person, {})[row.kind] = row.days
    return found


def _laid_over(
    records: dict[bytes, dict[str, CellValues]], corrected: Overlay, span: UnitPeriod
) -> dict[bytes, dict[str, CellValues]]:
    """The records of a span as the approved 정정 have them."""
    first, last = span.start.isoformat(), span.end.isoformat()
    for (trainee, day), values in corrected.items():
        if first <= day <= last:
            of_trainee = records.setdefault(trainee, {})
            if values is None:
                of_trainee.pop(day, None)
            else:
                of_trainee[day] = values
    return records


def read_again(connection: sa.Connection, tally: UnitTally, people: Collection[UUID]) -> UnitTally:
    """The course's records of these people as they stand now, for who just changed them: all else as in `tally`."""
    course = tally.course.course
    records = store.read_cells_among(connection, list(people), course.start, course.end)
    asked = {person.bytes for person in people}
    over = {place: values for place, values in tally.corrected.items() if place[0] in asked}
    return replace(tally, records=_laid_over(records, over, UnitPeriod(0, course.start, course.end)))


@lru_cache(maxsize=256)  # the same few tuples are asked for each person
def _iso_days(days: tuple[dt.date | None, ...]) -> tuple[str, ...]:
    return tuple(day.isoformat() if day else "" for day in days)


@lru_cache(maxsize=4096)  # many people of a course have the same figures
def _summary(counts: Counts, min_rate: Decimal, minutes: Minutes | None) -> Summary:
    return rules.summarise(counts, min_rate=min_rate, minutes=minutes)


@lru_cache(maxsize=4096)
def cell_of(values: CellValues) -> Cell:
    """A record from what the store keeps; remembered, for most days of most people are the same."""
    status, marks, time_in, time_out, reason, evidence, parts = values
    return Cell(
        Status(status),
        rules.Mark(marks),
        time_in,
        time_out,
        reason,
        rules.Evidence(evidence),
        rules.read_parts(parts),
    )


def closed_people(connection: sa.Connection, course_id: UUID, span: UnitPeriod) -> frozenset[UUID]:
    """Who stands in a confirmed run of the span."""
    rows = connection.exec_driver_sql(
        "SELECT r.trainee_id FROM allowance_run n JOIN allowance_row r ON r.run_id = n.id WHERE n.course_id = ? "
        "AND n.state IN ('confirmed', 'paid', 'reconciled') AND r.held = 0 AND n.start <= ? AND n.\"end\" >= ?",
        (course_id.bytes, span.end.isoformat(), span.start.isoformat()),
    )
    return frozenset(UUID(bytes=row[0]) for row in rows)
