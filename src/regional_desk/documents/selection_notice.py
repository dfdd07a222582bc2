"""선발 결과 공고: who was selected and who waits, masked, to be posted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Block,
    Column,
    DocumentKind,
    Field,
    Info,
    Paper,
    Scope,
    Stamp,
)
from regional_desk.documents.posting import closing, listed
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, korean_span

KIND = DocumentKind(
    key="selection-notice",
    title="선발 결과 공고",
    landscape=False,
    scope=Scope.OFFICE,
    names=Masking.MASKED,
)

_COLUMNS = (
    Column("연번", 14),
    Column("성명", 34),
    Column("생년", 34),
    Column("연락처", 48),
    Column("결과", 40),
)
_SHOWN = "개인정보를 지키려고 성명, 생년월일, 연락처의 일부를 가렸습니다. 이름순으로 싣고 예비는 번호순으로 실었습니다."
_NEXT = "선발된 분이 포기하면 같은 트랙의 예비 1번부터 차례로 연락드립니다."


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One person, masked already; `result` is 선발 or 예비 n번."""

    name: str
    birth: str
    phone: str
    result: str


@dataclass(frozen=True, slots=True)
class NoticeTrack:
    """One track: how many were wanted, and who was selected or waits."""

    track: str
    places: int
    selected: int
    waiting: int
    lines: tuple[NoticeLine, ...]


@dataclass(frozen=True, slots=True)
class SelectionNotice:
    """One round's result; `on` is None until it is published."""

    office: str
    round: str
    opens: dt.date
    closes: dt.date
    on: dt.date | None
    tracks: tuple[NoticeTrack, ...]


def to_paper(values: SelectionNotice, stamp: Stamp) -> Paper:
    """The notice as a portrait paper without approval boxes, everybody masked (rulebook section 6)."""
    blocks: list[Block] = [
        Info(
            (
                (
                    Field("모집 차수", values.round),
                    Field("접수 기간", korean_span(values.opens, values.closes)),
                ),
                (
                    Field("발표일", korean_date(values.on) if values.on else "아직 발표하지 않음"),
                    Field("인원", _people(values)),
                ),
            )
        )
    ]
    for one in values.tracks:
        head = f"{one.track} — 모집 {one.places}명, 선발 {one.selected}명, 예비 {one.waiting}명"
        lines = ((line.name, line.birth, line.phone, line.result) for line in one.lines)
        blocks += listed(head, _COLUMNS, lines)
    blocks += closing(_NEXT, _SHOWN, values.on or stamp.printed_at.date(), values.office)
    return Paper(
        title=f"교육생 {KIND.title}",
        stamp=stamp,
        blocks=tuple(blocks),
        running=f"{KIND.title} · {values.round}",
    )


def _people(values: SelectionNotice) -> str:
    selected = sum(one.selected for one in values.tracks)
    return f"선발 {selected}명 · 예비 {sum(one.waiting for one in values.tracks)}명"
