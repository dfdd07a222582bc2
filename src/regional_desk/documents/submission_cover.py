"""제출 공문: the letter in front of a submission package, naming what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.documents.paper import (
    END,
    Align,
    Block,
    Column,
    Field,
    Info,
    Paper,
    Paragraph,
    Stamp,
    Table,
    Value,
)
from regional_desk.domain.text import korean_date

_KINDS = {"summary": "집계", "roster": "명부"}
_TABLES = {
    "recruitment": "모집",
    "courses": "교육과정",
    "attendance": "출석",
    "allowance": "훈련수당",
    "placements": "연계",
    "internships": "인턴십",
    "claims": "인턴 지원금",
    "visits": "방문",
    "goals": "목표와 실적",
    "budget": "예산",
}
_STATES = {"final": "확정", "provisional": "미확정"}


@dataclass(frozen=True, slots=True)
class SubmissionCover:
    """One package: `replaces` is the SHA-256 of the package it corrects, `tables` (name, rows), `totals` (label, text)."""

    office: str
    region: str
    month: str
    kind: str
    sequence: int
    status: str
    replaces: str | None
    tables: tuple[tuple[str, int], ...]
    totals: tuple[tuple[str, str], ...]
    approval: tuple[str, ...]


def to_paper(values: SubmissionCover, stamp: Stamp) -> Paper:
    """The letter as a portrait paper."""
    year, month = (int(part) for part in values.month.split("-"))
    period = f"{year}년 {month}월"
    subject = f"{period} 운영실적 자료 제출"
    correction = "정정 " if values.replaces else ""
    opening = f"스마트제조 전문인력 육성사업 {values.office}의 {period} 운영실적 {correction}자료를 아래와 같이 제출합니다."
    blocks: list[Block] = [
        Info(
            (
                (Field("수신", "중소벤처기업부장관"),),
                (Field("제출 기관", values.office), Field("지역", values.region)),
                (Field("대상 기간", period), Field("자료 종류", _KINDS.get(values.kind, values.kind))),
                (
                    Field("제출 차수", f"{values.sequence}차"),
                    Field("상태", _STATES.get(values.status, values.status)),
                ),
                *(((Field("바로잡는 자료", values.replaces),),) if values.replaces else ()),
            )
        ),
        Paragraph(opening, size=11, before=6),
        Paragraph("1. 주요 합계", size=11, bold=True, before=5, keep=True),
        _pairs(("구분", "값"), values.totals),
        Paragraph("2. 붙임 자료", size=11, bold=True, before=5, keep=True),
        _pairs(("표", "행 수"), tuple((_table_name(name), rows) for name, rows in values.tables)),
        Paragraph(f"  {END}", before=2),
        Paragraph(korean_date(stamp.printed_at.date()), size=11, align=Align.CENTER, before=10, keep=True),
        Paragraph(values.office, size=14, bold=True, align=Align.CENTER, before=3),
    ]
    return Paper(
        title=subject,
        stamp=stamp,
        blocks=tuple(blocks),
        approval=values.approval,
        running=f"{subject} · {values.office}",
    )


def _table_name(name: str) -> str:
    return f"{_TABLES[name]} ({name}.csv)" if name in _TABLES else name


def _pairs(headings: tuple[str, str], rows: tuple[tuple[str, Value], ...]) -> Table:
    columns = (Column(headings[0], 95, Align.LEFT), Column(headings[1], 80, Align.RIGHT))
    return Table(columns, rows, row_height=6.4, blank_below=not rows)
