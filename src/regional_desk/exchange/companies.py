"""Companies' lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regional_desk.domain.companies import (
    CompanyKind,
    parse_business_number,
    parse_employees,
    parse_kind,
    parse_positions,
)
from regional_desk.domain.people import parse_email, parse_phone
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.exchange.layout import Fields, Layout
from regional_desk.exchange.rows import Parser, plain_text, read_rows
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
        "email": ("이메일", "전자우편", "담당자이메일"),
        "employees": ("상시근로자수", "상시근로자", "근로자수", "종업원수"),
        "kind": ("유형",),
        "positions": ("모집인원", "TO", "배정인원"),
        "job": ("직무", "모집직무"),
    },
    ("name", "business_number"),
)


@dataclass(frozen=True, slots=True)
class ImportedCompany:
    """One good row; `business_number` is ten digits with a right checksum, `positions` and `job` make a position."""

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
    email: str | None = None
    employees: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedCompanies:
    """What a sheet holds."""

    read: int
    rows: tuple[ImportedCompany, ...]
    errors: tuple[RowError, ...]


def _parse_name(value: object) -> str:
    name = plain_text(value)
    if name is None:
        raise Refused("기업명이 비어 있습니다.")
    return name


_PARSERS: Mapping[str, Parser] = {
    "name": _parse_name,
    "business_number": parse_business_number,
    "representative": plain_text,
    "industry": plain_text,
    "address": plain_text,
    "contact": plain_text,
    "phone": parse_phone,
    "kind": parse_kind,
    "positions": parse_positions,
    "job": plain_text,
    "email": parse_email,
    "employees": parse_employees,
}


def parse(sheet: Sheet, layout: Layout) -> ParsedCompanies:
    """Read every row under the headings; a bad one becomes errors with place and reason."""
    rows: list[ImportedCompany] = []
    errors: list[RowError] = []
    read = 0
    for number, values, bad in read_rows(sheet, layout, _PARSERS):
        read += 1
        if bad:
            errors += bad
        else:
            rows.append(ImportedCompany(row=number, **values))
    return ParsedCompanies(read, tuple(rows), tuple(errors))
