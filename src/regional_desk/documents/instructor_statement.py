"""강사 출강 내역: who taught how long in a month, and the fee it makes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Align,
    Block,
    Column,
    DocumentKind,
    FootRow,
    PageBreak,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
    Value,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, weekday, won, won_words

KIND = DocumentKind(
    key="instructor-statement", title="강사 출강 내역", landscape=False, scope=Scope.MONTH, names=Masking.FULL
)

_SUMMARY = (
    Column("연번", 11),
    Column("성명", 24),
    Column("구분", 14),
    Column("소속", 44, Align.LEFT),
    Column("시간", 24, Align.RIGHT),
    Column("시간당(원)", 26, Align.RIGHT),
    Column("강사료(원)", 30, Align.RIGHT, money=True),
)
_LESSONS = (
    Column("날짜", 30),
    Column("과정", 46, Align.LEFT),
    Column("교시", 18),
    Column("과목", 52, Align.LEFT),
    Column("시간", 24, Align.RIGHT),
)


@dataclass(frozen=True, slots=True)
class TaughtLine:
    """Periods held in a row; `hours` as text, `periods` as `1~3교시`."""

    day: dt.date
    course: str
    periods: str
    subject: str
    hours: str


@dataclass(frozen=True, slots=True)
class InstructorPart:
    """One instructor's month; `rate` won an hour and `fee` in won, None where no fee is paid."""

    name: str
    kind: str
    organisation: str
    rate: int | None
    hours: str
    fee: int | None
    lines: tuple[TaughtLine, ...]


@dataclass(frozen=True, slots=True)
class InstructorStatement:
    """Everybody who taught in a month `2026-08`; `hours` of all together."""

    month: str
    hours: str
    instructors: tuple[InstructorPart, ...]
    approval: tuple[str, ...]


def to_paper(values: InstructorStatement, stamp: Stamp) -> Paper:
    """A summary, then a page for each instructor."""
    year, month = values.month.split("-")
    title = f"{int(year)}년 {int(month)}월 강사 출강 내역"
    total = sum(one.fee or 0 for one in values.instructors)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (number, one.name, one.kind, one.organisation, one.hours, one.rate, one.fee)
        for number, one in enumerate(values.instructors, start=1)
    )
    blocks: list[Block] = [
        Paragraph(f"강사료 {won_words(total)} · {len(rows)}명 · {values.hours}", size=10.5, before=3),
        Table(_SUMMARY, rows, row_height=7.0, sums=True, label_span=4),
    ]
    for one in values.instructors:
        blocks.append(PageBreak())
        blocks += _part(one)
    return Paper(
        title=title,
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=title,
    )


def _part(one: InstructorPart) -> list[Block]:
    who = f"{one.name} ({', '.join(word for word in (one.kind, one.organisation) if word)})"
    fee = "강사료 없음"
    if one.rate is not None and one.fee is not None:
        fee = f"{one.hours} × {won(one.rate)}원 = {won_words(one.fee)}"
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (f"{korean_date(line.day)}({weekday(line.day)})", line.course, line.periods, line.subject, line.hours)
        for line in one.lines
    )
    foot = FootRow("합  계", (one.hours,))
    return [
        Paragraph(who, size=12, bold=True, keep=True),
        Paragraph(fee, size=10, keep=True),
        Table(_LESSONS, rows, row_height=6.6, foot=(foot,), label_span=4),
    ]
