"""방문 순회표: the stops of each day in their order, with whom to see and room to write."""

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
    Paragraph,
    Scope,
    Stamp,
    Table,
)
from regional_desk.domain.text import korean_date, korean_span, weekday

KIND = DocumentKind(key="visit-route", title="방문 순회표", landscape=False, scope=Scope.OFFICE)
_COLUMNS = (
    Column("순번", 10),
    Column("기업 · 소재지", 62, Align.LEFT),
    Column("멘토\n기업 전화", 30),
    Column("인턴", 22),
    Column("지원월", 17),
    Column("방문자", 20),
    Column("도착", 15),
    Column("비고", 22, Align.LEFT),
)


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One visit of a day, counted from 1; `state` is empty while it is to be made."""

    number: int
    company: str
    address: str
    mentor: str
    phone: str
    name: str
    month: str
    visitor: str
    state: str


@dataclass(frozen=True, slots=True)
class RouteDay:
    """A day's visits in their order."""

    day: dt.date
    lines: tuple[RouteLine, ...]

    @property
    def stops(self) -> int:
        """How many companies are visited."""
        return len({line.company for line in self.lines})


@dataclass(frozen=True, slots=True)
class VisitRoute:
    """The route of a plan or of some days; `name` is empty without a plan."""

    name: str
    start: dt.date
    end: dt.date
    days: tuple[RouteDay, ...]
    approval: tuple[str, ...]


def to_paper(values: VisitRoute, stamp: Stamp) -> Paper:
    """The route as a portrait paper, a table a day, names whole: it goes with whoever visits."""
    visits = sum(len(day.lines) for day in values.days)
    info = Info(
        (
            (
                Field("방문계획", values.name or "정한 기간"),
                Field("기간", korean_span(values.start, values.end)),
            ),
            (Field("방문일", f"{len(values.days)}일"), Field("방문", f"{visits}건")),
        )
    )
    blocks: list[Block] = [info]
    for at, day in enumerate(values.days):
        heading = (
            f"{korean_date(day.day)} ({weekday(day.day)})  ·  기업 {day.stops}곳, 인턴 {len(day.lines)}명"
        )
        blocks.append(Paragraph(heading, size=11, bold=True, before=4, keep=True))
        rows = tuple(
            (
                line.number,
                f"{line.company}\n{line.address}",
                f"{line.mentor}\n{line.phone}",
                line.name,
                line.month,
                line.visitor,
                None,
                line.state,
            )
            for line in day.lines
        )
        last = at == len(values.days) - 1
        blocks.append(Table(_COLUMNS, rows, row_height=11, size=8.5, blank_below=last))
    blocks.append(
        Paragraph(
            "※ 방문점검표는 이 순서대로 [인턴십 → 방문 → 점검표 입력]에서 옮깁니다.", size=8.5, before=2
        )
    )
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=tuple(blocks),
        approval=values.approval,
        running=f"{KIND.title} · {korean_span(values.start, values.end)}",
    )
