"""상담일지: what was talked about with one person, or with the people of a course."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import Align, Column, DocumentKind, Field, Info, Paper, Scope, Stamp, Table
from regional_desk.domain.text import korean_date

KIND = DocumentKind(key="counselling-log", title="상담일지", landscape=False, scope=Scope.OFFICE)
_COLUMNS = (
    Column("상담일", 21),
    Column("성명", 17),
    Column("구분", 20),
    Column("내용", 52, Align.LEFT),
    Column("결과", 31, Align.LEFT),
    Column("다음 상담", 19),
    Column("상담자", 15),
)


@dataclass(frozen=True, slots=True)
class CounselLine:
    """One 상담·연락; `next_on` is a date with its state as words."""

    on: dt.date
    name: str
    kind: str
    said: str
    result: str
    next_on: str
    by: str


@dataclass(frozen=True, slots=True)
class CounsellingLog:
    """The records in the order of their days; `subject` names the person or the course."""

    office: str
    subject: str
    rows: tuple[CounselLine, ...]
    approval: tuple[str, ...]


def to_paper(values: CounsellingLog, stamp: Stamp) -> Paper:
    """The log as a portrait paper, names full (rulebook section 6)."""
    info = Info(
        (
            (Field("사업단", values.office), Field("건수", f"{len(values.rows)}건")),
            (Field("대상", values.subject),),
        )
    )
    rows = tuple(
        (korean_date(row.on), row.name, row.kind, row.said, row.result, row.next_on, row.by)
        for row in values.rows
    )
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(info, Table(_COLUMNS, rows, row_height=9, size=8.5)),
        approval=values.approval,
        running=f"{KIND.title} · {values.subject}",
    )
