"""출결 현황: the grid as it was seen on screen, with what follows from it for each trainee."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from regional_desk.documents.paper import (
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
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, korean_span, weekday

KIND = DocumentKind(
    key="attendance-view", title="출결 현황", landscape=True, scope=Scope.UNIT, names=Masking.FULL
)

_LEGEND = "○ 출석   △ 지각   ▽ 조퇴   ◇ 외출   × 결석   ◎ 출석인정   · 미입력   빈칸 훈련생이 아닌 날"
_FIGURES = "예상 출석률과 예상 수당은 미입력과 오지 않은 날을 출석으로 본 것이고, 남은 결석은 앞으로 더 결석해도 되는 날입니다."
_WIDTH, _WIDEST_DAY = 262.0, 9.0


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One trainee; `signs` in the order of the days, "" where no record can be. `amount` in won at `best_rate`."""

    number: int
    name: str
    birth: str
    signs: tuple[str, ...]
    best_rate: Decimal
    left: str
    amount: int


@dataclass(frozen=True, slots=True)
class AttendanceView:
    """What was seen: `everyone` is how many the unit has, of whom the rows are shown."""

    course: str
    track: str
    unit_no: int
    start: dt.date
    end: dt.date
    on: dt.date
    days: tuple[dt.date, ...]
    rows: tuple[ViewRow, ...]
    everyone: int


def to_paper(values: AttendanceView, stamp: Stamp) -> Paper:
    """The view as a landscape paper."""
    shown, everyone = len(values.rows), values.everyone
    people = f"{shown}명" if shown == everyone else f"{everyone}명 가운데 {shown}명"
    info = Info(
        (
            (
                Field("과정명", f"{values.course} ({values.track})"),
                Field("단위기간", f"{values.unit_no} ({korean_span(values.start, values.end)})"),
            ),
            (Field("기준일", korean_date(values.on)), Field("인원", people)),
        )
    )
    names = (Column("번호", 9), Column("성명", 18), Column("생년월일", 21))
    figures = (Column("예상\n출석률", 13), Column("남은 결석", 24), Column("예상 수당", 18, Align.RIGHT))
    room = _WIDTH - sum(column.weight for column in (*names, *figures))
    width = min(_WIDEST_DAY, room / max(1, len(values.days)))
    days = tuple(
        Column(f"{day.day}\n{weekday(day)}", width, group=f"{day.month}월", wrap=False) for day in values.days
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.number, row.name, row.birth, *row.signs, row.best_rate, row.left, row.amount)
        for row in values.rows
    )
    table = Table((*names, *days, *figures), rows, row_height=5.8, size=8.5)
    return Paper(
        title="출 결 현 황",
        stamp=stamp,
        blocks=(
            info,
            table,
            Paragraph(_LEGEND, size=8.5, before=2),
            Paragraph(_FIGURES, size=8.5, before=0.3),
        ),
        landscape=KIND.landscape,
        running=f"{KIND.title} · {values.course} · 단위기간 {values.unit_no}",
    )
