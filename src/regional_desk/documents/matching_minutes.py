"""조정 회의록: every change of a round's placements by hand, with who it displaced and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="matching-minutes", title="조정 회의록", landscape=True, scope=Scope.OFFICE, names=Masking.FULL
)

_COLUMNS = (
    Column("번호", 12),
    Column("일시", 30),
    Column("교육생", 24),
    Column("바꾸기 전", 48, Align.LEFT),
    Column("바꾼 뒤", 48, Align.LEFT),
    Column("밀려난 사람", 24),
    Column("사유", 54, Align.LEFT),
    Column("처리한 사람", 22),
)
_SIGNATURES = (Column("직위", 26), Column("성명", 36), Column("서명", 69)) * 2
_LINES_TO_SIGN = 2


@dataclass(frozen=True, slots=True)
class MinuteLine:
    """One change; `before` and `after` name company and 직무, or 미배정."""

    number: int
    at: dt.datetime
    trainee: str
    before: str
    after: str
    displaced: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class MatchingMinutes:
    """One round's minutes; `objective` is what the placements were first taken from."""

    office: str
    round: str
    objective: str
    on: dt.date | None
    lines: tuple[MinuteLine, ...]
    approval: tuple[str, ...]


def to_paper(values: MatchingMinutes, stamp: Stamp) -> Paper:
    """The minutes as a landscape paper, names full, for the office's own file and to be signed (rulebook section 6)."""
    info = Info(
        (
            (Field("사업단", values.office), Field("연계 차수", values.round)),
            (
                Field("처음 배정 방식", values.objective),
                Field("공개일", korean_date(values.on) if values.on else "아직 공개하지 않음"),
                Field("수동 변경", f"{len(values.lines)}건"),
            ),
        )
    )
    rows = tuple(
        (
            line.number,
            f"{korean_date(line.at.date())}\n{line.at:%H:%M}",
            line.trainee,
            line.before,
            line.after,
            line.displaced,
            line.reason,
            line.by,
        )
        for line in values.lines
    )
    empty = tuple((None,) * len(_SIGNATURES) for _ in range(_LINES_TO_SIGN))
    return Paper(
        title=" ".join("연계조정회의록"),
        stamp=stamp,
        blocks=(
            info,
            Table(_COLUMNS, rows, row_height=8, size=9),
            Paragraph(
                "위와 같이 배정을 손으로 바꾸었습니다. 바꾼 내용은 고치거나 지울 수 없게 남아 있습니다.",
                size=9.5,
                before=3,
                keep=True,
            ),
            Paragraph("참석자 확인", size=10, bold=True, before=4, keep=True),
            Table(_SIGNATURES, empty, row_height=9, blank_below=False),
        ),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.round}",
        closing=END,
    )
