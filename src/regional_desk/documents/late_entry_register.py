"""출석입력요청대장: what was entered after its day, fifteen lines a page (rulebook section 6)."""

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
from regional_desk.domain.text import korean_date, korean_span

KIND = DocumentKind(
    key="late-entry-register",
    title="출석입력요청대장",
    landscape=False,
    scope=Scope.OFFICE,
    names=Masking.FULL,
)
LINES_A_PAGE = 15
_COLUMNS = (
    Column("번호", 9),
    Column("성명\n생년월일", 21),
    Column("훈련일", 20),
    Column("입력한 때", 20),
    Column("처음\n→ 바뀜", 27),
    Column("사유", 44, Align.LEFT),
    Column("입력자", 18),
    Column("구분", 16),
)
_NOTE = "구분: '기한 안'은 훈련일 다음 날까지 입력한 것, '마감 예외'는 마감한 날을 허락받아 입력한 것입니다."


@dataclass(frozen=True, slots=True)
class LateEntryLine:
    """One line; `old` and `new` are records as words, `kind` 기한 안 or 마감 예외."""

    number: int
    name: str
    birth: str
    day: dt.date
    at: dt.datetime
    old: str
    new: str
    reason: str
    by: str
    kind: str


@dataclass(frozen=True, slots=True)
class LateEntryRegister:
    """A course's lines by number."""

    course: str
    track: str
    start: dt.date
    end: dt.date
    rows: tuple[LateEntryLine, ...]
    approval: tuple[str, ...]


def to_paper(values: LateEntryRegister, stamp: Stamp) -> Paper:
    """The register as a portrait paper, names full, a head on each page."""
    pages = [values.rows[at : at + LINES_A_PAGE] for at in range(0, len(values.rows), LINES_A_PAGE)] or [()]
    blocks: list[Block] = []
    for number, rows in enumerate(pages):
        if number:
            blocks.append(PageBreak())
        else:
            blocks.append(_info(values))
        cells, last = tuple(_cells(row) for row in rows), number == len(pages) - 1
        blocks.append(Table(_COLUMNS, cells, row_height=11.5, size=8.5, blank_below=last))
    blocks.append(Paragraph(f"※ {_NOTE}", size=8.5, before=2))
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.course}",
    )


def _info(values: LateEntryRegister) -> Info:
    return Info(
        (
            (
                Field("과정명", f"{values.course} ({values.track})"),
                Field("과정 기간", korean_span(values.start, values.end)),
            ),
            (Field("건수", f"{len(values.rows)}건"),),
        )
    )


def _cells(row: LateEntryLine) -> tuple[str | int, ...]:
    return (
        row.number,
        f"{row.name}\n{row.birth}",
        korean_date(row.day),
        f"{korean_date(row.at.date())}\n{row.at:%H:%M}",
        f"{row.old}\n→ {row.new}",
        row.reason,
        row.by,
        row.kind,
    )
