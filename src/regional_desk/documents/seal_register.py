"""직인날인대장: every use of the office's seal, numbered without gaps within the year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import Align, Column, DocumentKind, Field, Info, Paper, Scope, Stamp, Table
from regional_desk.domain.text import korean_date

KIND = DocumentKind(key="seal-register", title="직인날인대장", landscape=True, scope=Scope.OFFICE)
_COLUMNS = (
    Column("번호", 15),
    Column("날인일", 24),
    Column("문서", 70, Align.LEFT),
    Column("받는 곳", 42, Align.LEFT),
    Column("부수", 12),
    Column("확인번호", 36),
    Column("요청자", 21),
    Column("기록자", 21),
    Column("비고", 21, Align.LEFT),
)


@dataclass(frozen=True, slots=True)
class SealLine:
    """One use."""

    number: int
    on: dt.date
    document: str
    recipient: str
    copies: int
    check_number: str
    asked_by: str
    recorded_by: str
    memo: str


@dataclass(frozen=True, slots=True)
class SealRegister:
    """A year's lines."""

    office: str
    year: int
    rows: tuple[SealLine, ...]
    approval: tuple[str, ...]


def to_paper(values: SealRegister, stamp: Stamp) -> Paper:
    """The register as a landscape paper."""
    copies = sum(row.copies for row in values.rows)
    info = Info(
        (
            (
                Field("사업단", values.office),
                Field("연도", f"{values.year}년"),
                Field("합계", f"{len(values.rows)}건 {copies:,}부"),
            ),
        )
    )
    rows = tuple(
        (
            row.number,
            korean_date(row.on),
            row.document,
            row.recipient,
            row.copies,
            row.check_number,
            row.asked_by,
            row.recorded_by,
            row.memo,
        )
        for row in values.rows
    )
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(info, Table(_COLUMNS, rows, row_height=8)),
        landscape=True,
        approval=values.approval,
        running=f"{KIND.title} · {values.year}년",
    )
