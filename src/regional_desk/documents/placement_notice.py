"""연계 결과 공고: who was placed where, masked, to be posted."""

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
    Scope,
    Stamp,
)
from regional_desk.documents.posting import closing, listed
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="placement-notice",
    title="연계 결과 공고",
    landscape=False,
    scope=Scope.OFFICE,
    names=Masking.MASKED,
)

_COLUMNS = (
    Column("연번", 12),
    Column("성명", 24),
    Column("생년", 24),
    Column("연락처", 34),
    Column("배정 기업", 46, Align.LEFT),
    Column("직무", 34, Align.LEFT),
)
_SHOWN = (
    "개인정보를 지키려고 성명, 생년월일, 연락처의 일부를 가렸습니다. 같은 트랙 안에서 이름순으로 실었습니다."
)
_NEXT = "근무 조건과 시작일은 한 분씩 통지서로 알려 드립니다. 이번에 배정되지 않은 분은 다음 차수에서 다시 연계합니다."


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One placed trainee, masked already."""

    name: str
    birth: str
    phone: str
    company: str
    position: str


@dataclass(frozen=True, slots=True)
class NoticeTrack:
    """One track: how many took part, the seats there were, and who was placed."""

    track: str
    people: int
    seats: int
    lines: tuple[NoticeLine, ...]


@dataclass(frozen=True, slots=True)
class PlacementNotice:
    """One round's placements; `on` is None until they are published."""

    office: str
    round: str
    on: dt.date | None
    tracks: tuple[NoticeTrack, ...]


def to_paper(values: PlacementNotice, stamp: Stamp) -> Paper:
    """The notice as a portrait paper without approval boxes, everybody masked (rulebook section 6)."""
    placed = sum(len(one.lines) for one in values.tracks)
    people = sum(one.people for one in values.tracks)
    blocks: list[Block] = [
        Info(
            (
                (
                    Field("연계 차수", values.round),
                    Field("공개일", korean_date(values.on) if values.on else "아직 공개하지 않음"),
                ),
                (Field("인원", f"대상 {people}명 · 배정 {placed}명"),),
            )
        )
    ]
    for one in values.tracks:
        head = f"{one.track} — 대상 {one.people}명, 모집인원 {one.seats}명, 배정 {len(one.lines)}명"
        lines = ((line.name, line.birth, line.phone, line.company, line.position) for line in one.lines)
        blocks += listed(head, _COLUMNS, lines)
    blocks += closing(_NEXT, _SHOWN, values.on or stamp.printed_at.date(), values.office)
    return Paper(
        title=f"교육생 {KIND.title}",
        stamp=stamp,
        blocks=tuple(blocks),
        running=f"{KIND.title} · {values.round}",
    )
