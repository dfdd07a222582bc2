"""연계 현황: every placement of a programme year or of one round, with what the tracks come to."""

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
from regional_desk.domain.rounding import half_up
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="placement-list", title="연계 현황", landscape=True, scope=Scope.OFFICE, names=Masking.MASKED
)

_SUMS = (
    Column("트랙", 24),
    Column("참여기업", 26, Align.RIGHT),
    Column("직무", 22, Align.RIGHT),
    Column("모집인원", 26, Align.RIGHT),
    Column("대상", 26, Align.RIGHT),
    Column("연계", 26, Align.RIGHT),
    Column("연계 취소", 26, Align.RIGHT),
    Column("연계율(%)", 28, Align.RIGHT),
)
_COLUMNS = (
    Column("연번", 12),
    Column("차수", 26, Align.LEFT),
    Column("트랙", 16),
    Column("성명", 20),
    Column("생년", 22),
    Column("기업", 42, Align.LEFT),
    Column("직무", 34, Align.LEFT),
    Column("근무지", 28, Align.LEFT),
    Column("희망\n순위", 13),
    Column("배정 방식", 20),
    Column("공개일", 23),
    Column("상태", 36, Align.LEFT),
)


@dataclass(frozen=True, slots=True)
class TrackSum:
    """One track: companies, positions and seats, who took part, who is placed and whose placement ended."""

    track: str
    companies: int
    positions: int
    seats: int
    people: int
    placed: int
    ended: int


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """One placement, masked already; `state` says 연계, or when and why it ended."""

    round: str
    track: str
    name: str
    birth: str
    company: str
    position: str
    place: str
    wish: str
    how: str
    on: dt.date | None
    state: str


@dataclass(frozen=True, slots=True)
class PlacementList:
    """What the list tells of (`about`: a round or a programme year), as of a day."""

    office: str
    about: str
    on: dt.date
    sums: tuple[TrackSum, ...]
    lines: tuple[PlacedLine, ...]
    approval: tuple[str, ...]


def to_paper(values: PlacementList, stamp: Stamp) -> Paper:
    """The list as a landscape paper, everybody masked (rulebook section 6)."""
    info = Info(
        (
            (
                Field("사업단", values.office),
                Field("대상", values.about),
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
            _sums(values.sums),
            Paragraph(
                "연계는 공개한 배정 가운데 취소하지 않은 사람, 연계율은 대상에 대한 연계입니다.",
                size=8.5,
                before=1.5,
            ),
            Paragraph("연계한 교육생", size=11, bold=True, before=4, keep=True),
            Table(_COLUMNS, rows, row_height=6.2, size=8.5),
        ),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.about}",
    )


def _sums(sums: tuple[TrackSum, ...]) -> Table:
    figures = tuple(
        (one.companies, one.positions, one.seats, one.people, one.placed, one.ended) for one in sums
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (one.track, *numbers, _share(one.placed, one.people))
        for one, numbers in zip(sums, figures, strict=True)
    )
    together = tuple(sum(column) for column in zip(*figures, strict=True))
    foot = (FootRow("합  계", (*together, _share(together[4], together[3]))),) if sums else ()
    return Table(_SUMS, rows, row_height=6.6, foot=foot, blank_below=False)


def _share(placed: int, people: int) -> Value:
    return half_up(placed * 100, people, 1) if people else None


def _row(at: int, line: PlacedLine) -> tuple[Value, ...]:
    return (
        at,
        line.round,
        line.track,
        line.name,
        line.birth,
        line.company,
        line.position,
        line.place,
        line.wish,
        line.how,
        korean_date(line.on) if line.on else "공개 전",
        line.state,
    )
