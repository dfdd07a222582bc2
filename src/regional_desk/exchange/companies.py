"""Companies' lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from regional_desk.domain.companies import CompanyKind, parse_business_number, parse_kind, parse_positions
from regional_desk.domain.people import parse_phone
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import clean
from regional_desk.exchange.applicants import parse_row
from regional_desk.exchange.layout import Fields, Layout, table_rows
from regional_desk.exchange.spreadsheets import Sheet

FIELDS = Fields(
    "companies",
    {
        "name": ("기업명", "회사명", "업체명"),
        "business_number": ("사업자등록번호", "사업자번호"),
        "representative": ("대표자",),
        "industry": ("업종",),
        "address": ("소재지", "주소"),
        "contact": ("담당자",),
        "phone": ("연락처", "전화번호"),
        "kind": ("유형",),
        "positions": ("모집인원", "TO", "배정인원"),
        "job": ("직무",),
    },
    ("name", "business_number"),
)


@dataclass(frozen=True, slots=True)
class ImportedCompany:
    """One good row; `business_number` is ten digits with a right checksum."""

    row: int
    name: str
    business_number: str
    representative: str | None
    industry: str | None
    address: str | None
    contact: str | None
    phone: str | None
    kind: CompanyKind | None
    positions: int | None
    job: str | None


@dataclass(frozen=True, slots=True)
class ParsedCompanies:
    """What a sheet holds."""

    read: int
    rows: tuple[ImportedCompany, ...]
    errors: tuple[RowError, ...]


def _name(value: object) -> str:
    name = clean(str(value or ""))
    if not name:
        raise Refused("기업명이 비어 있습니다.")
    return name


def _text(value: object) -> str | None:
    return clean(str(value)) or None if value is not None else None


_PARSERS: dict[str, Callable[[object], Any]] = {
    "name": _name,
    "business_number": parse_business_number,
    "representative": _text,
    "industry": _text,
    "address": _text,
    "contact": _text,
    "phone": parse_phone,
    "kind": parse_kind,
    "positions": parse_positions,
    "job": _text,
}


def parse(sheet: Sheet, layout: Layout) -> ParsedCompanies:
    """Read every row under the headings; a bad one becomes errors with place and reason."""
    rows: list[ImportedCompany] = []
    errors: list[RowError] = []
    read = 0
    for number, cells in table_rows(sheet, layout):
        read += 1
        values, bad = parse_row(number, cells, layout, _PARSERS)
        errors += bad
        if not bad:
            rows.append(ImportedCompany(row=number, **values))
    return ParsedCompanies(read, tuple(rows), tuple(errors))
