"""참여기업 현황: the companies of the programme year with their state, positions and contacts."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.documents.paper import Align, Column, DocumentKind, Field, Info, Paper, Scope, Stamp, Table
from regional_desk.domain.masking import Masking

KIND = DocumentKind(
    key="company-list", title="참여기업 현황", landscape=True, scope=Scope.OFFICE, names=Masking.MASKED
)
_COLUMNS = (
    Column("번호", 11),
    Column("기업명", 44, Align.LEFT),
    Column("사업자등록번호", 30),
    Column("유형", 14),
    Column("소재지", 46, Align.LEFT),
    Column("상시\n근로자", 16),
    Column("참여 상태", 22),
    Column("AX\n수준", 14),
    Column("직무(모집인원)", 58, Align.LEFT),
    Column("모집\n인원", 14),
    Column("담당자", 20),
)


@dataclass(frozen=True, slots=True)
class CompanyListLine:
    """One company; `contact` already masked as a list that leaves the office needs, `seats` of open positions."""

    name: str
    business_number: str
    kind: str
    address: str
    employees: int | None
    state: str
    level: str
    positions: str
    seats: int
    contact: str


@dataclass(frozen=True, slots=True)
class CompanyList:
    """The companies of a year; `counts` are (유형, companies, selected, seats), the last one the sum."""

    year: int
    rows: tuple[CompanyListLine, ...]
    counts: tuple[tuple[str, int, int, int], ...]
    approval: tuple[str, ...]


def to_paper(values: CompanyList, stamp: Stamp) -> Paper:
    """The list as a landscape paper, what it adds up to above it."""
    told = [Field("사업연도", f"{values.year}년")]
    told += [
        Field(label, f"{companies}곳 · 선정 {selected}곳 · 모집인원 {seats}명")
        for label, companies, selected, seats in values.counts
    ]
    if len(told) % 2:
        told.insert(1, Field("기업", f"{len(values.rows)}곳"))
    info = Info(tuple(zip(told[::2], told[1::2], strict=True)))
    rows = tuple(
        (
            number,
            row.name,
            row.business_number,
            row.kind,
            row.address,
            row.employees,
            row.state,
            row.level,
            row.positions,
            row.seats,
            row.contact,
        )
        for number, row in enumerate(values.rows, 1)
    )
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(info, Table(_COLUMNS, rows, row_height=6.2)),
        landscape=True,
        approval=values.approval,
        running=f"{KIND.title} · {values.year}년",
    )
