"""훈련일지: one page a training day, always equal to timetable, instructors and attendance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Align,
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
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, weekday

KIND = DocumentKind(
    key="training-journal", title="훈련일지", landscape=False, scope=Scope.UNIT, names=Masking.FULL
)

_COLUMNS = (
    Column("교시", 12),
    Column("시간", 27),
    Column("훈련 내용(과목)", 62, Align.LEFT),
    Column("교·강사", 25),
    Column("강의실", 27),
    Column("강사 확인", 22),
)
_BLANK_LINES = "\n\n\n"


@dataclass(frozen=True, slots=True)
class JournalPeriod:
    """One period as it was held; empty texts where the timetable says nothing."""

    number: int
    time: str
    subject: str
    instructor: str
    room: str


@dataclass(frozen=True, slots=True)
class JournalDay:
    """One training day; `remarks` are (word, names) of whoever was not simply there, `note` the day's own."""

    day: dt.date
    place: int
    periods: tuple[JournalPeriod, ...]
    enrolled: int
    present: int
    absent: int
    excused: int
    unrecorded: int
    remarks: tuple[tuple[str, tuple[str, ...]], ...]
    note: str


@dataclass(frozen=True, slots=True)
class TrainingJournal:
    """Some days of one course; `place` of a day counts the course's training days from 1 to `days`."""

    course: str
    track: str
    room: str
    training_days: int
    days: tuple[JournalDay, ...]
    approval: tuple[str, ...]


def to_paper(values: TrainingJournal, stamp: Stamp) -> Paper:
    """The journal, a page of its own for each day, names full (rulebook section 6)."""
    blocks: list[Block] = []
    for day in values.days:
        if blocks:
            blocks.append(PageBreak())
        blocks += _page(values, day)
    return Paper(
        title="훈 련 일 지",
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.course}",
        letters=True,
    )


def _page(values: TrainingJournal, day: JournalDay) -> list[Block]:
    when = f"{korean_date(day.day)} ({weekday(day.day)})"
    head = Info(
        (
            (Field("과정명", f"{values.course} ({values.track})"), Field("훈련일", when)),
            (Field("차시", f"{day.place}일차 / {values.training_days}일"), Field("강의실", values.room)),
            (
                Field("재적", f"{day.enrolled}명"),
                Field("출석", f"{day.present}명"),
                Field("결석", f"{day.absent}명"),
                Field("출석인정", f"{day.excused}명"),
            ),
        )
    )
    rows = tuple((one.number, one.time, one.subject, one.instructor, one.room, None) for one in day.periods)
    lines = [f"{word} {len(names)}명: {', '.join(names)}" for word, names in day.remarks]
    if day.unrecorded:
        lines.append(f"미입력 {day.unrecorded}명")
    return [
        head,
        Table(_COLUMNS, rows, row_height=9.5, blank_below=False),
        Paragraph("출결 사항", size=10.5, bold=True, before=4, keep=True),
        Paragraph("\n".join(lines) or "전원 출석", size=9.5, boxed=True),
        Paragraph("훈련 사항·특기 사항", size=10.5, bold=True, before=4, keep=True),
        Paragraph(day.note or _BLANK_LINES, size=9.5, boxed=True),
    ]
