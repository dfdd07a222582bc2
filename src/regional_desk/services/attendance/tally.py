"""One span of one course, counted person by person: the single place where records become figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import attendance as rules
from regional_desk.domain.allowance import Inputs
from regional_desk.domain.attendance import EMPTY, Cell, Counts, Evidence, Mark, Minutes, Status, Summary
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.membership import Recorded
from regional_desk.domain.policies import Region, Scheme
from regional_desk.domain.timetable import periods_of
from regional_desk.services import codes, policies
from regional_desk.services.policies import Policy
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import attendance as store
from regional_desk.store.attendance import CellValues, CountRow
from regional_desk.store.courses import MemberRow
from regional_desk.store.people import SpanRow, list_spans

_NOTHING = CountRow(0, 0, 0, 0, "")
_EMPLOYMENT = "employment"
_OTHER_TRAINING = "other_training"


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
        if values is None:
            return EMPTY
        status, marks, time_in, time_out, reason, evidence, parts = values
        return Cell(
            Status(status),
            Mark(marks),
            time_in,
            time_out,
            reason,
            Evidence(evidence),
            rules.read_parts(parts),
        )

    def denominator(self, member: MemberRow) -> int:
        """Late joiner ÷ own days; leaver ÷ the whole unit unless the policy says own (rulebook section 2)."""
        own = self.own_days(member)
        if member.left is None or self.scheme.leaver_days == "own":
            return len(own)
        after = sum(day > member.left for day in self.days)
        return len(own) + after

    def counts(self, member: MemberRow, *, best: bool = False) -> Counts:
        """The member's records; with `best`, 미입력 and coming days count as 출석."""
        own = self.own_days(member)
        days = self.denominator(member)
        if self.counted is not None:
            row = self.counted.get(member.person.bytes, _NOTHING)
            return Counts(days, row.present, row.excused, row.absent, row.marks, days - len(own))
        present = excused = absent = 0
        marks = dict.fromkeys((unit.no for unit in self.course.units), 0)
        records = self.records.get(member.person.bytes, {})
        for day in own:
            values = records.get(day.isoformat())
            if values is None:
                continue
            if values[0] == Status.PRESENT:
                present += 1
                if values[1]:
                    marks[self._unit_of(day)] += values[1].bit_count()
            elif values[0] == Status.EXCUSED:
                excused += 1
            else:
                absent += 1
        if best:
            present = len(own) - excused - absent
        converted = sum(of_unit // rules.MARKS_PER_ABSENCE for of_unit in marks.values())
        return Counts(days, present, excused, absent, sum(marks.values()), days - len(own), converted)

    def _unit_of(self, day: dt.date) -> int:
        return next(unit.no for unit in self.course.units if day <= unit.end)

    def summary(self, member: MemberRow) -> Summary:
        """The member's figures of the span."""
        return rules.summarise(
            self.counts(member), min_rate=self.scheme.min_rate, minutes=self.minutes_of(member)
        )

    def minutes_of(self, member: MemberRow, *, best: bool = False) -> Minutes | None:
        """The member's minutes, only where the course counts by minutes (rulebook section 2)."""
        if not self.by_minutes:
            return None
        own = self.own_days(member)
        attended = recorded = 0
        for day in own:
            cell = self.cell(member, day)
            if cell.status is Status.UNRECORDED:
                continue
            recorded += self.minutes[day]
            attended += self._attended_minutes(cell, day)
        scheduled = sum(self.minutes[day] for day in own)
        outside = 0
        if member.left is not None and self.scheme.leaver_days != "own":
            outside = sum(self.minutes[day] for day in self.days if day > member.left)
        if best:
            attended += sum(self.minutes[day] for day in own) - recorded
        return Minutes(scheduled + outside, attended, recorded, outside)

    def _attended_minutes(self, cell: Cell, day: dt.date) -> int:
        if cell.status is Status.ABSENT:
            return 0
        if (
            cell.status is Status.PRESENT
            and cell.marks
            and cell.time_in is not None
            and cell.time_out is not None
        ):
            return sum(
                max(0, min(cell.time_out, last) - max(cell.time_in, first))
                for first, last in periods_of(self.course.course.periods, self.minutes[day])
            )
        return self.minutes[day]

    def recorded(self, member: MemberRow) -> tuple[Recorded, ...]:
        """The member's recorded days in their order, with the minutes attended."""
        return tuple(
            Recorded(day, self._unit_of(day), cell, self.minutes[day], self._attended_minutes(cell, day))
            for day in self.own_days(member)
            if (cell := self.cell(member, day)).status is not Status.UNRECORDED
        )

    def inputs(self, member: MemberRow, *, best: bool = False) -> Inputs:
        """What decides the member's amount."""
        counts = self.counts(member, best=best)
        spans = self.spans.get(member.person, ())
        own = self.own_days(member)
        if not spans and not self.by_minutes:
            first = self.minutes[own[0]] if own else 0
            return Inputs(
                counts, len(own), len(self.days), day_minutes=first, cut_short=self.cut_short(member)
            )
        unpaid = [day for day in own if _unpaid(spans, day)]
        attended = [
            day for day in unpaid if best or self.cell(member, day).status in (Status.PRESENT, Status.EXCUSED)
        ]
        cells = {day: self.cell(member, day) for day in attended}
        unpaid_minutes = sum(
            self.minutes[day] if cell.status is Status.UNRECORDED else self._attended_minutes(cell, day)
            for day, cell in cells.items()
        )
        return Inputs(
            counts=counts,
            own_days=len(own),
            unit_days=len(self.days),
            unpaid_attended=len(attended),
            unpaid_days=len(unpaid),
            excluded=any(span.kind == _OTHER_TRAINING and _touches(span, self.span) for span in spans),
            minutes=self.minutes_of(member, best=best),
            unpaid_minutes=unpaid_minutes,
            unit_minutes=sum(self.minutes[day] for day in self.days) if self.by_minutes else 0,
            day_minutes=min((self.minutes[day] for day in own), default=0),
            cut_short=self.cut_short(member),
        )

    def cut_short(self, member: MemberRow) -> bool:
        """Whether the course was closed (폐강) in this span while the member still belonged to it."""
        closed = self.course.course.closed_on
        if closed is None or not self.span.start <= closed < self.span.end:
            return False
        return member.left is None or member.left >= closed

    def strip(self, member: MemberRow) -> str:
        """One character a recorded day (status + 4 × marks, from '0'), as the database counted it."""
        return (self.counted or {}).get(member.person.bytes, _NOTHING).strip

    def dismissal(self, member: MemberRow) -> tuple[str, ...]:
        """Why the member is 제적 대상 by this span's records, taken as unit and as course where it is both."""
        minutes = self.minutes_of(member)
        if minutes:
            return (
                rules.dismissal_reasons_by_minutes(minutes) if len(self.days) == len(self.course.days) else ()
            )
        summary = self.summary(member)
        whole = len(self.course.days)
        total = summary.absences if len(self.days) == whole else 0
        return rules.dismissal_reasons(summary.absences, len(self.days), total, whole)


def tally_context(
    connection: sa.Connection,
    detail: CourseDetail,
    span: UnitPeriod,
    members: Sequence[MemberRow],
    *,
    counted: bool = False,
    policy: Policy | None = None,
) -> UnitTally:
    """Read all it takes to count a span in a handful of statements.

    With `counted` the database counts the records, and single cells are read only where a rule needs them: for
    people with non-payable spans and in courses that count by minutes.
    """
    minutes = {day.day: day.minutes for day in detail.days}
    people = [member.person for member in members]
    spans: dict[UUID, tuple[SpanRow, ...]] = {}
    for row in list_spans(connection, people):
        spans[row.person] = (*spans.get(row.person, ()), row)
    one = people[0] if len(people) == 1 else None
    by_minutes = rules.counts_by_minutes(len(minutes), sum(minutes.values()))
    need_cells = not counted or by_minutes or any(person in spans for person in people)
    return UnitTally(
        course=detail,
        span=span,
        days=tuple(day.day for day in detail.days if span.start <= day.day <= span.end),
        minutes=minutes,
        records=store.read_cells(connection, detail.course.id, span.start, span.end, one)
        if need_cells
        else {},
        spans=spans,
        policy=policy or policies.in_force(connection, detail.course.scheme, span.start),
        region=codes.region_of(detail.course.region),
        closed=closed_people(connection, detail.course.id, span),
        by_minutes=by_minutes,
        counted=store.count_cells(connection, detail.course.id, span.start, span.end) if counted else None,
    )


def closed_people(connection: sa.Connection, course_id: UUID, span: UnitPeriod) -> frozenset[UUID]:
    """Who stands in a confirmed run of the span."""
    rows = connection.exec_driver_sql(
        "SELECT r.trainee_id FROM allowance_run n JOIN allowance_row r ON r.run_id = n.id WHERE n.course_id = ? "
        "AND n.state IN ('confirmed', 'paid', 'reconciled') AND r.held = 0 AND n.start <= ? AND n.\"end\" >= ?",
        (course_id.bytes, span.end.isoformat(), span.start.isoformat()),
    )
    return frozenset(UUID(bytes=row[0]) for row in rows)


def _unpaid(spans: Sequence[SpanRow], day: dt.date) -> bool:
    return any(
        span.kind != _OTHER_TRAINING
        and span.start <= day
        and (span.end is None or day <= span.end or span.kind == _EMPLOYMENT)
        for span in spans
    )


def _touches(span: SpanRow, unit: UnitPeriod) -> bool:
    return span.start <= unit.end and (span.end is None or span.end >= unit.start)
