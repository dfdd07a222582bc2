"""The same plain values handed to the program: its tally, its scheme, its decision."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from tests.unit.oracle.rulebook import Course, Record, Trainee

from regional_desk.domain import attendance as rules
from regional_desk.domain.calendar import unit_periods
from regional_desk.domain.policies import Method, Region, scheme_from_table
from regional_desk.services.attendance.tally import UnitTally
from regional_desk.services.policies import Policy
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store.attendance import CellValues
from regional_desk.store.courses import CourseRow, DayRow, MemberRow
from regional_desk.store.people import SpanRow

STATUS = {"출석": rules.Status.PRESENT, "결석": rules.Status.ABSENT, "출석인정": rules.Status.EXCUSED}
MARKS = {label: mark for mark, label in rules.MARK_LABELS.items()}


def member_of(trainee: Trainee, number: int) -> MemberRow:
    """The membership as the store reads it."""
    one = UUID(int=number)
    return MemberRow(
        one, one, number, "가나다", dt.date(1999, 3, 5), trainee.joined, trainee.left, None, None
    )


def cell_of(record: Record) -> rules.Cell:
    """A record as the program holds it."""
    marks = rules.Mark.NONE
    for mark in record.marks:
        marks |= MARKS[mark]
    kinds = ((rules.SpanKind.OUT, record.outs), (rules.SpanKind.EXCUSED, record.excused))
    parts = tuple(rules.DayPart(kind, *span) for kind, spans in kinds for span in spans)
    return rules.Cell(STATUS[record.status], marks, record.time_in, record.time_out, parts=parts)


def tally_of(
    course: Course,
    unit: int,
    trainees: dict[MemberRow, Trainee],
    table: dict[str, Any],
    region: str,
    method: str,
) -> UnitTally:
    """What the program would read of a unit and its people."""
    scheme = scheme_from_table("any", table).with_method(Method(method))
    row = CourseRow(
        id=UUID(int=1),
        version=1,
        name="과정",
        track="Track1",
        start=course.start,
        end=course.end,
        region="48",
        scheme="any",
        programme_year=2026,
        periods=tuple(course.periods),
        closed_on=course.closed_on,
    )
    days = tuple(DayRow(day, minutes, None) for day, minutes in sorted(course.days.items()))
    units = unit_periods(course.start, course.end)
    detail = CourseDetail(row, days, units, tuple(trainees))
    span = units[unit - 1]
    return UnitTally(
        course=detail,
        span=span,
        days=tuple(day.day for day in detail.days_of(span)),
        minutes=dict(course.days),
        records={member.person.bytes: _values(trainee) for member, trainee in trainees.items()},
        spans={
            member.person: tuple(SpanRow(member.person, *one) for one in trainee.spans)
            for member, trainee in trainees.items()
            if trainee.spans
        },
        policy=Policy(scheme, None, None, None),
        region=Region(region),
        closed=frozenset(),
        by_minutes=rules.counts_by_minutes(len(days), sum(course.days.values())),
        deductions={member.person: trainee.deductions for member, trainee in trainees.items()},
    )


def _values(trainee: Trainee) -> dict[str, CellValues]:
    found: dict[str, CellValues] = {}
    for day, record in trainee.records.items():
        cell = cell_of(record)
        times = (cell.time_in, cell.time_out)
        found[day.isoformat()] = (
            int(cell.status), int(cell.marks), *times, None, 0, rules.parts_text(cell.parts)
        )  # fmt: skip
    return found
