"""인턴일지: one page a week with the mentor's confirmation; a week not written yet is a form to fill in by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.internship_plan import InternHead
from regional_desk.documents.paper import (
    Block,
    DocumentKind,
    Field,
    Info,
    PageBreak,
    Paper,
    Paragraph,
    Scope,
    Stamp,
)
from regional_desk.domain.text import korean_date, korean_span

KIND = DocumentKind(key="internship-journal", title="인턴일지", landscape=False, scope=Scope.OFFICE)
_LINES = 24
_SIGN, _BLANK_DAY = "(서명)", "20    .     .     ."


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One week; `parts` are (word, text) as the track asks, texts empty on a form; `planned` what the plan says."""

    week: int
    start: dt.date
    end: dt.date
    planned: str
    parts: tuple[tuple[str, str], ...]
    progress: str | None
    mentor: str
    confirmed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class InternshipJournal:
    """Some weeks of one internship, of `weeks` in all."""

    head: InternHead
    weeks: int
    pages: tuple[JournalPage, ...]
    approval: tuple[str, ...]


def to_paper(values: InternshipJournal, stamp: Stamp) -> Paper:
    """The journal, a page of its own for each week, names full for they sign it (rulebook section 6)."""
    blocks: list[Block] = []
    for page in values.pages:
        if blocks:
            blocks.append(PageBreak())
        blocks += _page(values, page)
    return Paper(
        title=f"인 턴 일 지 ({values.head.kind})",
        stamp=stamp,
        blocks=tuple(blocks),
        approval=values.approval,
        running=f"{KIND.title} · {values.head.company} {values.head.name}",
        letters=True,
    )


def _page(values: InternshipJournal, page: JournalPage) -> list[Block]:
    head = values.head
    written = any(text for _, text in page.parts)
    rows = [
        (Field("성명", head.name), Field("기업", head.company)),
        (Field("직무", head.duties), Field("멘토", page.mentor)),
        (
            Field("주차", f"{page.week}주차 / {values.weeks}주"),
            Field("기간", korean_span(page.start, page.end)),
        ),
        (Field("훈련계획", page.planned or "없음"),),
    ]
    if page.progress is not None:
        rows.append((Field("진척", page.progress),))
    blocks: list[Block] = [Info(tuple(rows))]
    for word, text in page.parts:
        lines = max(_LINES // len(page.parts), text.count("\n") + 1)
        padded = text + "\n" * max(0, lines - text.count("\n"))
        blocks += [
            Paragraph(word, size=10.5, bold=True, before=4, keep=True),
            Paragraph(padded, size=10, boxed=True),
        ]
    day = korean_date(page.confirmed_on) if page.confirmed_on else _BLANK_DAY
    writer = head.name if written else f"{head.name}  {_SIGN}"
    mentor = page.mentor if page.confirmed_on else f"{page.mentor}  {_SIGN}"
    blocks.append(
        Info(
            ((Field("작성", writer), Field("멘토 확인", mentor), Field("확인일", day)),),
            row_height=10,
            before=5,
        )
    )
    return blocks
