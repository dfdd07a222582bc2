"""수료증: one page a person, its number without gaps, a reprint marked 재발급."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Align,
    Block,
    DocumentKind,
    PageBreak,
    Paper,
    Paragraph,
    Scope,
    Stamp,
)
from regional_desk.domain.text import korean_date, korean_span

KIND = DocumentKind(key="completion-certificate", title="수료증", landscape=False, scope=Scope.OFFICE)
_BODY, _LABEL = 15.0, 13.0
_INDENT = " " * 8


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One person; `hours` are those of the whole course, `reissue` counts the prints after the first."""

    number: str
    name: str
    birth: str
    course: str
    start: dt.date
    end: dt.date
    days: int
    hours: str
    issued_on: dt.date
    reissue: int


@dataclass(frozen=True, slots=True)
class CompletionCertificates:
    """The certificates of a course, or one of them."""

    office: str
    programme: str
    rows: tuple[CertificateLine, ...]


def to_paper(values: CompletionCertificates, stamp: Stamp) -> Paper:
    """A page for each person, names full (rulebook section 6)."""
    blocks: list[Block] = []
    for place, row in enumerate(values.rows):
        if place:
            blocks.append(PageBreak())
        blocks += _page(values, row)
    return Paper(
        title="수   료   증",
        stamp=stamp,
        blocks=tuple(blocks),
        running=KIND.title,
        letters=True,
        title_size=34,
        framed=True,
    )


def _page(values: CompletionCertificates, row: CertificateLine) -> tuple[Block, ...]:
    again = f"재발급 {row.reissue}회" if row.reissue else ""
    return (
        Paragraph(row.number, size=_LABEL, before=6, align=Align.CENTER),
        Paragraph(again, size=11, bold=True, align=Align.CENTER, before=1),
        *(
            _line(label, value, 22 if first else 5)
            for first, label, value in (
                (True, "성          명", row.name),
                (False, "생 년 월 일", row.birth),
                (False, "과   정   명", row.course),
                (False, "훈 련 기 간", korean_span(row.start, row.end)),
                (False, "훈 련 시 간", f"{row.days}일 {row.hours}시간"),
            )
        ),
        Paragraph(
            f"위 사람은 「{values.programme}」의 교육과정을\n위와 같이 마쳤으므로 이 증서를 드립니다.",
            size=_BODY,
            align=Align.CENTER,
            before=24,
        ),
        Paragraph(korean_date(row.issued_on), size=_BODY, align=Align.CENTER, before=32),
        Paragraph(f"{values.office}장  (직인)", size=20, bold=True, align=Align.CENTER, before=12),
    )


def _line(label: str, value: str, before: float) -> Paragraph:
    return Paragraph(f"{_INDENT}{label}  :  {value}", size=_BODY, before=before)
