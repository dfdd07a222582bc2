"""인턴 현황: every internship of a programme year on a day, with what the tracks come to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Align,
    Column,
    DocumentKind,
    Field,
    FootRow,
    Info,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
    Value,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="internship-list", title="인턴 현황", landscape=True, scope=Scope.OFFICE, names=Masking.MASKED
)
STATES = ("협약 준비", "시작 대기", "인턴 중", "중단 중", "수료", "조기종료", "교체", "협약 취소")
"""The states counted, in the order of `InternshipList.counts`."""

_SUMS = (
    Column("트랙", 30),
    *(Column(state, 26, Align.RIGHT) for state in STATES),
    Column("계", 26, Align.RIGHT),
)
_COLUMNS = (
    Column("연번", 11),
    Column("협약번호", 20),
    Column("트랙", 15),
    Column("성명", 18),
    Column("생년", 21),
    Column("기업", 38, Align.LEFT),
    Column("직무", 38, Align.LEFT),
    Column("근무지", 48, Align.LEFT),
    Column("첫날", 25),
    Column("마지막 날", 25),
    Column("지원월", 15),
    Column("상태", 20),
    Column("비고", 28, Align.LEFT),
)


@dataclass(frozen=True, slots=True)
class InternLine:
    """One internship, masked already; `month` says which service month runs or how many were served."""

    number: str
    track: str
    name: str
    birth: str
    company: str
    position: str
    place: str
    start: dt.date
    end: dt.date
    month: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class InternshipList:
    """The internships of a year as of a day; `counts` are the people of each state of `STATES` by track."""

    office: str
    year: int
    on: dt.date
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    lines: tuple[InternLine, ...]
    approval: tuple[str, ...]


def to_paper(values: InternshipList, stamp: Stamp) -> Paper:
    """The list as a landscape paper, everybody masked (rulebook section 6)."""
    info = Info(
        (
            (
                Field("사업단", values.office),
                Field("사업연도", f"{values.year}년"),
                Field("기준일", korean_date(values.on)),
            ),
        )
    )
    rows = tuple(_row(at, line) for at, line in enumerate(values.lines, start=1))
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(
            info,
            _sums(values.counts),
            Paragraph("인턴", size=11, bold=True, before=4, keep=True),
            Table(_COLUMNS, rows, row_height=6.4, size=8.5),
        ),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.year}년",
    )


def _sums(counts: tuple[tuple[str, tuple[int, ...]], ...]) -> Table:
    rows: tuple[tuple[Value, ...], ...] = tuple((track, *found, sum(found)) for track, found in counts)
    together = tuple(sum(column) for column in zip(*(found for _, found in counts), strict=True))
    foot = (FootRow("합  계", (*together, sum(together))),) if counts else ()
    return Table(_SUMS, rows, row_height=6.6, foot=foot, blank_below=False)


def _row(at: int, line: InternLine) -> tuple[Value, ...]:
    return (
        at,
        line.number,
        line.track,
        line.name,
        line.birth,
        line.company,
        line.position,
        line.place,
        korean_date(line.start),
        korean_date(line.end),
        line.month,
        line.state,
        line.note,
    )
