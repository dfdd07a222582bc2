"""시간표: a course's weeks, a grid of periods and days each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Block,
    Column,
    DocumentKind,
    Field,
    Info,
    PageBreak,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
    Value,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_span, weekday

KIND = DocumentKind(key="timetable", title="시간표", landscape=True, scope=Scope.UNIT, names=Masking.FULL)

_NO_LESSON = "–"


@dataclass(frozen=True, slots=True)
class SheetWeek:
    """One week: its days with how many periods each has (0: no training day), and what stands where."""

    number: int
    days: tuple[tuple[dt.date, int], ...]
    lessons: Mapping[tuple[dt.date, int], str]


@dataclass(frozen=True, slots=True)
class TimetableSheet:
    """A unit period's weeks; `periods` are the course's (number, time)."""

    course: str
    track: str
    room: str
    unit_no: int
    start: dt.date
    end: dt.date
    training_days: int
    periods: tuple[tuple[int, str], ...]
    weeks: tuple[SheetWeek, ...]
    approval: tuple[str, ...]


def to_paper(values: TimetableSheet, stamp: Stamp) -> Paper:
    """The timetable as a landscape paper, a week a page."""
    unit = f"{values.unit_no} ({korean_span(values.start, values.end)})"
    blocks: list[Block] = [
        Info(
            (
                (
                    Field("과정명", f"{values.course} ({values.track})"),
                    Field("단위기간", unit),
                    Field("강의실", values.room),
                ),
            )
        )
    ]
    for at, week in enumerate(values.weeks):
        if at:
            blocks.append(PageBreak())
        first, last = week.days[0][0], week.days[-1][0]
        heading = f"{week.number}주차  {korean_span(first, last)}"
        blocks.append(Paragraph(heading, size=10.5, bold=True, before=2, keep=True))
        blocks.append(_grid(values, week))
    return Paper(
        title="시 간 표",
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.course} · 단위기간 {values.unit_no}",
    )


def _grid(values: TimetableSheet, week: SheetWeek) -> Table:
    columns = (
        Column("교시", 12),
        Column("시간", 29),
        *(Column(f"{weekday(day)}\n{day.month}/{day.day}", 45) for day, _ in week.days),
    )
    rows: list[tuple[Value, ...]] = []
    for number, time in values.periods:
        cells = tuple(
            week.lessons.get((day, number), "") if number <= held else _NO_LESSON for day, held in week.days
        )
        rows.append((number, time, *cells))
    return Table(columns, tuple(rows), row_height=10.5, size=8.5, blank_below=False)
