"""Lists of positions (직무): one row each, the company by number or name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from regional_desk.domain.companies import parse_business_number, parse_positions
from regional_desk.domain.positions import parse_start, parse_wage, parse_week
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.exchange.layout import Fields, Layout
from regional_desk.exchange.rows import Parser, plain_text, read_rows
from regional_desk.exchange.spreadsheets import Sheet

FIELDS = Fields(
    "positions",
    {
        "company": ("기업명", "회사명", "업체명"),
        "business_number": ("사업자등록번호", "사업자번호"),
        "name": ("직무", "모집직무", "직무명", "모집분야"),
        "seats": ("모집인원", "TO", "배정인원"),
        "place": ("근무지", "근무장소", "근무지역"),
        "wage": ("임금", "월임금", "월급여", "급여", "임금(월)"),
        "weekly_minutes": ("주근로시간", "주당근로시간", "근로시간", "소정근로시간"),
        "starts_on": ("시작일", "인턴시작일", "근무시작일"),
        "conditions": ("조건", "근무조건", "우대조건", "우대사항"),
    },
    ("name",),
)


@dataclass(frozen=True, slots=True)
class ImportedPosition:
    """One good row; `wage` in won a month. Of company and number at least one is there."""

    row: int
    company: str | None
    business_number: str | None
    name: str
    seats: int | None
    place: str | None
    wage: int | None
    weekly_minutes: int | None
    starts_on: dt.date | None
    conditions: str | None


@dataclass(frozen=True, slots=True)
class ParsedPositions:
    """What a sheet holds."""

    read: int
    rows: tuple[ImportedPosition, ...]
    errors: tuple[RowError, ...]


def _parse_name(value: object) -> str:
    name = plain_text(value)
    if name is None:
        raise Refused("직무가 비어 있습니다.")
    return name


def _parse_number(value: object) -> str | None:
    return None if plain_text(value) is None else parse_business_number(value)


_PARSERS: Mapping[str, Parser] = {
    "company": plain_text,
    "business_number": _parse_number,
    "name": _parse_name,
    "seats": parse_positions,
    "place": plain_text,
    "wage": parse_wage,
    "weekly_minutes": parse_week,
    "starts_on": parse_start,
    "conditions": plain_text,
}


def parse(sheet: Sheet, layout: Layout) -> ParsedPositions:
    """Read every row under the headings; a bad one becomes errors with place and reason."""
    rows: list[ImportedPosition] = []
    errors: list[RowError] = []
    read = 0
    for number, values, bad in read_rows(sheet, layout, _PARSERS):
        read += 1
        if bad:
            errors += bad
        elif values["company"] is None and values["business_number"] is None:
            errors.append(RowError(number, "기업명", "", "기업명이나 사업자등록번호가 있어야 합니다."))
        else:
            rows.append(ImportedPosition(row=number, **values))
    return ParsedPositions(read, tuple(rows), tuple(errors))
