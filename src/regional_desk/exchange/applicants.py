"""Applicants' lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from regional_desk.domain.people import (
    Bank,
    PersonKey,
    Sex,
    Track,
    find_bank,
    parse_account,
    parse_birth,
    parse_name,
    parse_phone,
    parse_sex,
    parse_track,
)
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import clean
from regional_desk.exchange.layout import Fields, Layout, table_rows
from regional_desk.exchange.spreadsheets import CellValue, Sheet

FIELDS = Fields(
    "applicants",
    {
        "name": ("성명", "이름"),
        "birth": ("생년월일",),
        "sex": ("성별",),
        "phone": ("연락처", "휴대폰", "휴대전화", "전화번호"),
        "email": ("이메일", "e-mail", "메일"),
        "address": ("주소",),
        "track": ("트랙", "지원분야", "신청과정"),
        "education": ("최종학력", "학력"),
        "major": ("전공",),
        "bank": ("은행", "은행명"),
        "account": ("계좌번호", "계좌"),
        "holder": ("예금주",),
    },
    ("name", "birth"),
)


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """One good row; `row` as the sheet numbers it."""

    row: int
    name: str
    birth: dt.date
    sex: Sex | None
    phone: str | None
    email: str | None
    address: str | None
    track: Track | None
    education: str | None
    major: str | None
    bank: Bank | None
    account: str | None
    holder: str | None

    @property
    def key(self) -> PersonKey:
        """Who this is."""
        return PersonKey(self.name, self.birth)


@dataclass(frozen=True, slots=True)
class ParsedApplicants:
    """What a sheet holds: every row is in `rows` or has an error."""

    read: int
    rows: tuple[ApplicantRow, ...]
    errors: tuple[RowError, ...]


def _plain_text(value: object) -> str | None:
    return clean(str(value)) or None if value is not None else None


def parse(sheet: Sheet, layout: Layout, banks: Sequence[Bank]) -> ParsedApplicants:
    """Read every row under the headings; a bad one becomes errors with place and reason, never an exception."""
    parsers: dict[str, Callable[[object], Any]] = {
        "name": parse_name,
        "birth": parse_birth,
        "sex": parse_sex,
        "phone": parse_phone,
        "email": _plain_text,
        "address": _plain_text,
        "track": parse_track,
        "education": _plain_text,
        "major": _plain_text,
        "bank": lambda value: find_bank(value, banks),
        "account": parse_account,
        "holder": _plain_text,
    }
    rows: list[ApplicantRow] = []
    errors: list[RowError] = []
    read = 0
    for number, cells in table_rows(sheet, layout):
        read += 1
        values, bad = parse_row(number, cells, layout, parsers)
        errors += bad
        if not bad:
            rows.append(ApplicantRow(row=number, **values))
    return ParsedApplicants(read, tuple(rows), tuple(errors))


def parse_row(
    number: int, cells: Sequence[CellValue], layout: Layout, parsers: dict[str, Callable[[object], Any]]
) -> tuple[dict[str, Any], list[RowError]]:
    """One row by field; a field the file has no column for is None."""
    values: dict[str, Any] = {}
    errors: list[RowError] = []
    for field, parser in parsers.items():
        at = layout.column(field)
        if at is None:
            values[field] = None
            continue
        try:
            values[field] = parser(cells[at])
        except Refused as refused:
            shown = "" if cells[at] is None else str(cells[at])
            errors.append(RowError(number, layout.headings[at], shown, str(refused)))
    return values, errors
