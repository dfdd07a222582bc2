"""인턴십 변경협약서: what changes from which day, old beside new, for all to sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from regional_desk.documents.internship_agreement import AGAIN, Parties, pieces
from regional_desk.documents.paper import (
    END,
    Align,
    Column,
    DocumentKind,
    Field,
    Info,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
    Value,
)
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="internship-amendment", title="인턴십 변경협약서", landscape=False, scope=Scope.OFFICE
)
_COLUMNS = (
    Column("연번", 10),
    Column("항목", 40, Align.LEFT),
    Column("변경 전", 65, Align.LEFT),
    Column("변경 후", 65, Align.LEFT),
)
_NONE = "없음"
_MOST = 160  # signs a cell holds


@dataclass(frozen=True, slots=True)
class InternshipAmendment:
    """The amendment of a number; `before` names the paper it changes, `changes` are (항목, old, new)."""

    parties: Parties
    number: int
    before: str
    effective_from: dt.date
    reason: str
    changes: tuple[tuple[str, str, str], ...]
    signed_on: dt.date | None


def to_paper(values: InternshipAmendment, stamp: Stamp) -> Paper:
    """A portrait contract that names only what changes; names full for those who sign it (rulebook section 6)."""
    title = f"인턴십 제{values.number}차 변경협약서"
    rows = tuple(row for at, change in enumerate(values.changes, start=1) for row in _rows(at, *change))
    return Paper(
        title=title,
        stamp=stamp,
        blocks=(
            Info(
                (
                    *values.parties.fields(),
                    (
                        Field("바꾸는 협약", values.before),
                        Field("시행일", korean_date(values.effective_from)),
                    ),
                    (Field("변경 사유", values.reason),),
                ),
                row_height=7,
                before=4,
            ),
            Paragraph(
                f"위 기업, 인턴과 사업단은 {values.before}의 내용을 {korean_date(values.effective_from)}부터 아래와 같이 바꾸기로 협약한다.",
                before=5,
            ),
            Table(_COLUMNS, rows, row_height=9, size=9.5, blank_below=False),
            Paragraph("1. 여기에 적지 않은 것은 앞선 협약과 같다.", before=5),
            Paragraph(
                "2. 기업은 바뀐 근로조건을 적은 이 변경협약서의 사본을 인턴에게 교부한다(근로기준법 제17조②).",
                before=1.6,
            ),
            Paragraph(
                "3. 이 변경협약서는 3부를 만들어 서명하고 기업, 인턴, 사업단이 1부씩 가진다.",
                before=1.6,
                keep=True,
            ),
            *values.parties.signatures(values.signed_on),
        ),
        running=f"{title} · {values.parties.number}",
        closing=END,
    )


def _rows(at: int, label: str, old: str, new: str) -> Iterator[tuple[Value, ...]]:
    parts = zip_longest(pieces(old or _NONE, _MOST), pieces(new or _NONE, _MOST), fillvalue="")
    for place, (before, after) in enumerate(parts):
        yield ("" if place else at, AGAIN if place else label, before, after)
