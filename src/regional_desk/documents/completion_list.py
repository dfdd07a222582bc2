"""수료자 명부: who completed a course, by certificate number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import Column, DocumentKind, Field, Info, Paper, Scope, Stamp, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, korean_span

KIND = DocumentKind(
    key="completion-list", title="수료자 명부", landscape=False, scope=Scope.OFFICE, names=Masking.MASKED
)
_COLUMNS = (
    Column("연번", 14),
    Column("수료증 번호", 40),
    Column("성명", 30),
    Column("생년월일", 32),
    Column("발급일", 32),
    Column("재발급", 27),
)


@dataclass(frozen=True, slots=True)
class CompletionLine:
    """One certificate; names and births already masked as a list that leaves the office needs."""

    number: str
    name: str
    birth: str
    issued_on: dt.date
    reissues: int


@dataclass(frozen=True, slots=True)
class CompletionList:
    """A course's certificates."""

    office: str
    course: str
    track: str
    start: dt.date
    end: dt.date
    enrolled: int
    rows: tuple[CompletionLine, ...]
    approval: tuple[str, ...]


def to_paper(values: CompletionList, stamp: Stamp) -> Paper:
    """The list as a portrait paper."""
    info = Info(
        (
            (Field("사업단", values.office),),
            (Field("과정명", f"{values.course} ({values.track})"),),
            (
                Field("훈련기간", korean_span(values.start, values.end)),
                Field("인원", f"교육생 {values.enrolled}명 · 수료 {len(values.rows)}명"),
            ),
        )
    )
    rows = tuple(
        (
            place,
            row.number,
            row.name,
            row.birth,
            korean_date(row.issued_on),
            f"{row.reissues}회" if row.reissues else "",
        )
        for place, row in enumerate(values.rows, start=1)
    )
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(info, Table(_COLUMNS, rows, row_height=6.6)),
        approval=values.approval,
        running=f"{KIND.title} · {values.course}",
    )
