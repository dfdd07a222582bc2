"""분실 신고서: what was lost, whose data it held, how it was protected, and what is to be done by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    END,
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
    key="loss-notice", title="분실 신고서", landscape=False, scope=Scope.OFFICE, names=Masking.MASKED
)


@dataclass(frozen=True, slots=True)
class LossNotice:
    """One loss: `groups` and `fields` are (what, how many people), `encryption` and `steps` sentences in their order."""

    office: str
    number: int
    kind: str
    description: str
    lost_on: dt.date
    noticed_at: dt.datetime
    deadline: dt.datetime
    state: str
    reported_at: dt.datetime | None
    data_until: dt.datetime
    groups: tuple[tuple[str, int], ...]
    fields: tuple[tuple[str, int], ...]
    encryption: tuple[str, ...]
    steps: tuple[str, ...]
    memo: str
    source: str
    filed_by: str
    approval: tuple[str, ...]


def to_paper(values: LossNotice, stamp: Stamp) -> Paper:
    """The notice as a portrait paper; it counts people and names nobody."""
    reported = _moment(values.reported_at) if values.reported_at else "아직 하지 않음"
    blocks: list[Block] = [
        Info(
            (
                (Field("사업단", values.office), Field("신고 번호", f"제{values.number}호")),
                (Field("잃은 것", values.kind), Field("잃은 날", korean_date(values.lost_on))),
                (Field("내용", values.description),),
                (Field("안 때", _moment(values.noticed_at)), Field("통지 기한", _moment(values.deadline))),
                (Field("상태", values.state), Field("통지·신고한 때", reported)),
                (Field("신고자", values.filed_by), Field("자료의 때", f"{_moment(values.data_until)}까지")),
                *(((Field("처리 내용", values.memo),),) if values.memo else ()),
            ),
            row_height=6.6,
        ),
        _heading("1. 관련된 사람"),
        _counts("구분", values.groups),
        _heading("2. 담긴 항목"),
        _counts("항목", values.fields),
        _heading("3. 암호화 상태"),
        *(Paragraph(f"· {sentence}", size=9.5, before=0.9) for sentence in values.encryption),
        _heading("4. 할 일"),
        *(Paragraph(f"□ {step}", size=9.5, before=0.9) for step in values.steps),
        Paragraph(f"근거: {values.source}", size=8.5, before=2),
    ]
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=tuple(blocks),
        approval=values.approval,
        running=f"{KIND.title} 제{values.number}호",
        closing=END,
    )


def _heading(text: str) -> Paragraph:
    return Paragraph(text, size=11, bold=True, before=3.5, keep=True)


def _counts(what: str, rows: tuple[tuple[str, int], ...]) -> Table:
    """Two pairs side by side, so that the notice stays on a page."""
    half = (len(rows) + 1) // 2
    left, right = rows[:half], (*rows[half:], *((("", None),) * (half * 2 - len(rows))))
    columns = (Column(what, 62, Align.LEFT), Column("사람 수", 25, Align.RIGHT)) * 2
    pairs = tuple((*first, *second) for first, second in zip(left, right, strict=True))
    return Table(columns, pairs, row_height=5.6, blank_below=not rows)


def _moment(moment: dt.datetime) -> str:
    return f"{korean_date(moment.date())} {moment:%H:%M}"
