"""인턴십 평가표: a page each for intern, company and office; one not filled in yet is a form to sign by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from regional_desk.documents.internship_plan import InternHead
from regional_desk.documents.paper import (
    Align,
    Block,
    Column,
    DocumentKind,
    Field,
    FootRow,
    Info,
    PageBreak,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
)
from regional_desk.domain.text import korean_date

KIND = DocumentKind(key="internship-evaluation", title="인턴십 평가표", landscape=False, scope=Scope.OFFICE)
_COLUMNS = (
    Column("번호", 11),
    Column("평가 항목", 36, Align.LEFT),
    Column("살펴볼 것", 82, Align.LEFT),
    Column("배점", 14),
    Column("점수", 18),
)
_BLANK_LINES, _BLANK_DAY = 6, "20    .     .     ."


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One criterion; `points` None is still to be given."""

    label: str
    about: str
    most: int
    points: int | None


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """One evaluator's sheet; `score` of 100 once it is whole, `signs` who signs it."""

    by: str
    signs: str
    lines: tuple[EvaluationLine, ...]
    score: Decimal | None
    on: dt.date | None
    comment: str


@dataclass(frozen=True, slots=True)
class InternshipEvaluation:
    """The sheets of one internship."""

    head: InternHead
    pages: tuple[EvaluationPage, ...]
    approval: tuple[str, ...]


def to_paper(values: InternshipEvaluation, stamp: Stamp) -> Paper:
    """The sheets, a page of its own for each evaluator, names full for they sign it (rulebook section 6)."""
    blocks: list[Block] = []
    for page in values.pages:
        if blocks:
            blocks.append(PageBreak())
        blocks += _page(values.head, page)
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=tuple(blocks),
        approval=values.approval,
        running=f"{KIND.title} · {values.head.company} {values.head.name}",
        letters=True,
    )


def _page(head: InternHead, page: EvaluationPage) -> list[Block]:
    rows = tuple(
        (number, line.label, line.about, line.most, line.points)
        for number, line in enumerate(page.lines, start=1)
    )
    given = [line.points for line in page.lines if line.points is not None]
    whole = page.score is not None
    total = sum(given) if whole else None
    most = sum(line.most for line in page.lines)
    foot = (
        FootRow("합계", (most, total)),
        FootRow("100점 환산", (100, page.score)),
    )
    comment = page.comment + "\n" * max(0, _BLANK_LINES - page.comment.count("\n"))
    day = korean_date(page.on) if page.on else _BLANK_DAY
    return [
        Info((*head.fields(), (Field("평가자", page.by), Field("평가일", day)))),
        Paragraph("항목마다 1점(매우 낮음)에서 배점(매우 높음)까지 적습니다.", size=9.5, before=4, keep=True),
        Table(_COLUMNS, rows, row_height=10, label_span=3, foot=foot, blank_below=False),
        Paragraph("의견", size=10.5, bold=True, before=4, keep=True),
        Paragraph(comment, size=10, boxed=True),
        Paragraph(f"{page.signs}  (서명)", size=11, align=Align.RIGHT, before=6),
    ]
