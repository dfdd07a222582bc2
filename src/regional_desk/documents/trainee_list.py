"""교육생 명부: who belongs to a course, since when, how they stand and how they ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from regional_desk.documents.paper import Align, Column, DocumentKind, Field, Info, Paper, Scope, Stamp, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, korean_span

KIND = DocumentKind(
    key="trainee-list", title="교육생 명부", landscape=True, scope=Scope.OFFICE, names=Masking.MASKED
)
_COLUMNS = (
    Column("번호", 12),
    Column("성명", 24),
    Column("생년월일", 26),
    Column("들어온 날", 28),
    Column("나간 날", 28),
    Column("출석\n일수", 16),
    Column("결석\n일수", 16),
    Column("출석률\n(%)", 18),
    Column("수료 구분", 24),
    Column("수료증 번호", 34),
    Column("비고", 34, Align.LEFT),
)


@dataclass(frozen=True, slots=True)
class TraineeLine:
    """One trainee; names and births already masked as a list that leaves the office needs; `rate` in percent."""

    number: int
    name: str
    birth: str
    joined: dt.date
    left: dt.date | None
    attended: str
    absences: int
    rate: Decimal | None
    outcome: str
    certificate: str
    remark: str


@dataclass(frozen=True, slots=True)
class TraineeList:
    """A course's people; `counts` are (수료 구분, people)."""

    course: str
    track: str
    start: dt.date
    end: dt.date
    rows: tuple[TraineeLine, ...]
    counts: tuple[tuple[str, int], ...]
    approval: tuple[str, ...]


def to_paper(values: TraineeList, stamp: Stamp) -> Paper:
    """The list as a landscape paper."""
    counted = " · ".join(f"{label} {people}명" for label, people in values.counts)
    info = Info(
        (
            (
                Field("과정명", f"{values.course} ({values.track})"),
                Field("훈련기간", korean_span(values.start, values.end)),
            ),
            (Field("인원", f"{len(values.rows)}명"), Field("수료 구분", counted or "진행 중")),
        )
    )
    rows = tuple(
        (
            row.number,
            row.name,
            row.birth,
            korean_date(row.joined),
            korean_date(row.left) if row.left else "",
            row.attended,
            row.absences,
            row.rate,
            row.outcome,
            row.certificate,
            row.remark,
        )
        for row in values.rows
    )
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(info, Table(_COLUMNS, rows, row_height=5.8)),
        landscape=True,
        approval=values.approval,
        running=f"{KIND.title} · {values.course}",
    )
