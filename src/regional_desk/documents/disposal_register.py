"""파기대장: what was disposed of in a year, by whose approval; it names nobody (개인정보 보호법 시행령 제16조)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="disposal-register",
    title="개인정보 파기대장",
    landscape=True,
    scope=Scope.OFFICE,
    names=Masking.MASKED,
)
_COLUMNS = (
    Column("번호", 16),
    Column("파기일", 24),
    Column("근거", 50, Align.LEFT),
    Column("파기한 항목", 50, Align.LEFT),
    Column("사람 수", 16),
    Column("방법", 42, Align.LEFT),
    Column("자동 백업\n소멸일", 24),
    Column("결재·비고", 40, Align.LEFT),
)
_NOTES = (
    "파기한 사람은 대장과 프로그램의 어느 곳에도 이름으로 남지 않으며, 통계·지급액·기록의 사슬은 그대로입니다.",
    "자동 백업 소멸일: 파기 전의 내용을 담은 마지막 자동 백업이 보관 규칙에 따라 없어지는 날입니다.",
    "직접 만든 백업과 다른 곳에 옮긴 사본, 출력물과 내보낸 파일은 따로 파기하고 그 날을 적으십시오.",
)


@dataclass(frozen=True, slots=True)
class DisposalLine:
    """One disposal; `people` is a count, `approved` says who signed and when."""

    number: str
    on: dt.date
    basis: str
    items: str
    people: int
    method: str
    backups_until: dt.date
    approved: str


@dataclass(frozen=True, slots=True)
class DisposalRegister:
    """A year's lines."""

    office: str
    year: int
    rows: tuple[DisposalLine, ...]
    approval: tuple[str, ...]


def to_paper(values: DisposalRegister, stamp: Stamp) -> Paper:
    """The register as a landscape paper."""
    people = sum(row.people for row in values.rows)
    info = Info(
        (
            (
                Field("사업단", values.office),
                Field("연도", f"{values.year}년"),
                Field("합계", f"{len(values.rows)}건 {people:,}명"),
            ),
        )
    )
    rows = tuple(
        (
            row.number,
            korean_date(row.on),
            row.basis,
            row.items,
            row.people,
            row.method,
            korean_date(row.backups_until),
            row.approved,
        )
        for row in values.rows
    )
    notes = (Paragraph(f"※ {note}", size=8.5, before=2) for note in _NOTES)
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(info, Table(_COLUMNS, rows, row_height=9, size=8.5), *notes),
        landscape=True,
        approval=values.approval,
        running=f"{KIND.title} · {values.year}년",
    )
