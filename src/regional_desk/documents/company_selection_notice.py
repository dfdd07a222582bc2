"""참여기업 선정 결과 공고: which companies were selected and which wait, to be posted."""

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
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="company-selection-notice",
    title="참여기업 선정 결과 공고",
    landscape=False,
    scope=Scope.OFFICE,
    names=Masking.MASKED,
)

_COLUMNS = (
    Column("연번", 14),
    Column("기업명", 66, Align.LEFT),
    Column("소재지", 56, Align.LEFT),
    Column("결과", 34),
)
_ORDER = "선정은 기업명순으로, 예비는 순번대로 실었습니다. 대표자와 담당자의 개인정보는 싣지 않았습니다."
_NEXT = "선정된 기업이 참여를 철회하면 같은 유형의 예비 순번대로 연락드립니다."


@dataclass(frozen=True, slots=True)
class NoticeCompany:
    """One company; `place` is its 시도 and 시군구, `result` 선정 or 예비 n번."""

    name: str
    place: str
    result: str


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind: how many were wanted, and who was selected or waits."""

    kind: str
    goal: int
    selected: int
    waiting: int
    lines: tuple[NoticeCompany, ...]


@dataclass(frozen=True, slots=True)
class CompanySelectionNotice:
    """One programme year's result as decided on `on`."""

    office: str
    year: int
    on: dt.date
    kinds: tuple[NoticeKind, ...]


def to_paper(values: CompanySelectionNotice, stamp: Stamp) -> Paper:
    """The notice as a portrait paper without approval boxes; it names no person (rulebook section 6)."""
    selected = sum(one.selected for one in values.kinds)
    waiting = sum(one.waiting for one in values.kinds)
    blocks: list[Block] = [
        Info(
            (
                (Field("사업연도", f"{values.year}년"), Field("결정일", korean_date(values.on))),
                (Field("기업", f"선정 {selected}곳 · 예비 {waiting}곳"),),
            )
        )
    ]
    for one in values.kinds:
        head = f"{one.kind}기업 — 목표 {one.goal}곳, 선정 {one.selected}곳, 예비 {one.waiting}곳"
        rows = tuple((at, line.name, line.place, line.result) for at, line in enumerate(one.lines, start=1))
        blocks.append(Paragraph(head, size=11, bold=True, before=4.5, keep=True))
        blocks.append(Table(_COLUMNS, rows, row_height=6.2))
    blocks += [
        Paragraph(_NEXT, size=9.5, before=3),
        Paragraph(f"※ {_ORDER}", size=8.5, before=1.5, keep=True),
        Paragraph(korean_date(values.on), size=10.5, align=Align.CENTER, before=5, keep=True),
        Paragraph(values.office, size=13, align=Align.CENTER, bold=True, before=2),
    ]
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=tuple(blocks),
        running=f"{KIND.title} · {values.year}년",
    )
