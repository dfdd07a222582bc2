"""방문점검표: a page a visit, to be filled in at the company or as it was keyed."""

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
from regional_desk.domain.text import korean_date, korean_span, weekday

KIND = DocumentKind(key="visit-sheet", title="방문점검표", landscape=False, scope=Scope.OFFICE)
_POINTS = (
    Column("점검 항목", 28),
    Column("확인할 내용", 100, Align.LEFT),
    Column("결과 (○표)", 60),
)
_FOUND = (
    Column("구분", 18),
    Column("지적·고충·사고의 내용", 66, Align.LEFT),
    Column("후속조치", 50, Align.LEFT),
    Column("담당", 22),
    Column("기한", 26),
)
_BLANK_FOUND = 2
_BLANK = "\n\n\n"
_SIGN = "(서명)"


@dataclass(frozen=True, slots=True)
class SheetPoint:
    """One point of the checklist; `answer` is empty until it was keyed."""

    label: str
    asks: str
    answer: str


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """Something found in this visit, or still open from before it."""

    kind: str
    text: str
    follow_up: str
    owner: str
    deadline: dt.date | None


@dataclass(frozen=True, slots=True)
class SheetVisit:
    """One visit; `number` counts those of its day in the route's order, `reminders` are lines to mind there."""

    number: int
    day: dt.date | None
    company: str
    address: str
    mentor: str
    phone: str
    name: str
    label: str
    position: str
    month_no: int
    month_start: dt.date
    month_end: dt.date
    visitor: str
    state: str
    points: tuple[SheetPoint, ...]
    interview: str
    opinion: str
    found: tuple[SheetFinding, ...]
    reminders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitSheets:
    """Sheets in the order of the route; `answers` are the words to circle."""

    answers: tuple[str, ...]
    visits: tuple[SheetVisit, ...]
    approval: tuple[str, ...]


def to_paper(values: VisitSheets, stamp: Stamp) -> Paper:
    """A portrait page a visit, names full: intern and mentor sign it (rulebook section 6)."""
    blocks: list[Block] = []
    for one in values.visits:
        if blocks:
            blocks.append(PageBreak())
        blocks += _page(values, one)
    return Paper(
        title="방 문 점 검 표",
        stamp=stamp,
        blocks=tuple(blocks),
        approval=values.approval,
        running=KIND.title,
        letters=True,
    )


def _page(values: VisitSheets, one: SheetVisit) -> list[Block]:
    day = f"{korean_date(one.day)} ({weekday(one.day)}) {one.number}번" if one.day else "날짜 없음"
    head = Info(
        (
            (Field("기업", one.company), Field("방문일·순번", day)),
            (Field("소재지", one.address), Field("기업 전화", one.phone)),
            (Field("인턴", f"{one.name} ({one.label})"), Field("직무", one.position)),
            (
                Field("지원월", f"{one.month_no}차 {korean_span(one.month_start, one.month_end)}"),
                Field("멘토", one.mentor),
            ),
            (Field("방문자", one.visitor), Field("상태", one.state)),
        )
    )
    circles = "   ".join(f"{digit} {word}" for digit, word in enumerate(values.answers, 1))
    points = tuple((point.label, point.asks, point.answer or circles) for point in one.points)
    found = tuple(
        (row.kind, row.text, row.follow_up, row.owner, korean_date(row.deadline) if row.deadline else "")
        for row in one.found
    )
    blank = tuple(("", "", "", "", "") for _ in range(_BLANK_FOUND)) if one.state != "완료" else ()
    blocks: list[Block] = [head]
    if one.reminders:
        blocks.append(Paragraph("챙길 것: " + "  /  ".join(one.reminders), size=9, before=2.5))
    blocks += [
        _heading("점검"),
        Table(_POINTS, points, row_height=9.5, size=8.5, blank_below=False),
        _heading("면담 내용"),
        Paragraph(one.interview or _BLANK, size=9.5, boxed=True),
        _heading("지적·고충·사고와 후속조치"),
    ]
    if found or blank:
        blocks.append(Table(_FOUND, found + blank, row_height=9.5, size=8.5, blank_below=False))
    else:
        blocks.append(Paragraph("없음", size=9.5, boxed=True))
    blocks += [
        _heading("종합 의견"),
        Paragraph(one.opinion or _BLANK, size=9.5, boxed=True),
        Info(
            (
                (
                    Field("방문자", f"{one.visitor}  {_SIGN}"),
                    Field("멘토", f"{one.mentor}  {_SIGN}"),
                    Field("인턴", f"{one.name}  {_SIGN}"),
                ),
            ),
            row_height=11,
        ),
    ]
    return blocks


def _heading(text: str) -> Paragraph:
    return Paragraph(text, size=10.5, bold=True, before=3, keep=True)
