"""Applicants' lists."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from regional_desk.domain.people import (
    OLDEST_BIRTH,
    YOUNGEST_BIRTH,
    Bank,
    PersonKey,
    Sex,
    Track,
    find_bank,
    parse_account,
    parse_birth,
    parse_email,
    parse_name,
    parse_phone,
    parse_sex,
    parse_track,
)
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.exchange.layout import Fields, Layout
from regional_desk.exchange.rows import Column, Parser, plain_text, read_columns
from regional_desk.exchange.spreadsheets import Sheet

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


class ApplicantRow(NamedTuple):
    """One good row; `row` as the sheet numbers it. A tuple, for ten thousand are made at once."""

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
    """What a sheet holds: every row is in `rows` or has an error; `refused` are who the bad rows name, where they do."""

    read: int
    rows: tuple[ApplicantRow, ...]
    errors: tuple[RowError, ...]
    refused: tuple[PersonKey, ...] = ()


def parse(sheet: Sheet, layout: Layout, banks: Sequence[Bank]) -> ParsedApplicants:
    """Read every row under the headings; a bad one becomes errors with place and reason, never an exception.

    A number cell cannot show leading zeros: a phone of ten digits that begins with 1 gets its zero back, an account
    is taken as its digits, and one of 10^15 or more, which lost its last digits, is refused.
    """
    cells = read_columns(sheet, layout, parsers_of(banks), COLUMNS)
    everybody = map(ApplicantRow._make, zip(cells.numbers, *cells.columns, strict=True))
    if not cells.refused:
        rows = tuple(everybody)
        return ParsedApplicants(len(rows), rows, ())
    good: list[ApplicantRow] = []
    refused: list[PersonKey] = []
    for place, row in enumerate(everybody):
        if place not in cells.refused:
            good.append(row)
        elif not isinstance(row.name, Refused) and not isinstance(row.birth, Refused):
            refused.append(row.key)
    errors = tuple(error for place in sorted(cells.refused) for error in cells.refused[place])
    return ParsedApplicants(len(cells.numbers), tuple(good), errors, tuple(refused))


def parsers_of(banks: Sequence[Bank]) -> Mapping[str, Parser]:
    """How a cell of each field is read, in the order of an ApplicantRow."""
    return {
        "name": parse_name,
        "birth": parse_birth,
        "sex": parse_sex,
        "phone": parse_phone,
        "email": parse_email,
        "address": plain_text,
        "track": parse_track,
        "education": plain_text,
        "major": plain_text,
        "bank": lambda value: find_bank(value, banks),
        "account": parse_account,
        "holder": plain_text,
    }


def distinct(rows: Iterable[ApplicantRow]) -> tuple[ApplicantRow, ...]:
    """The first row of each person."""
    people: dict[PersonKey, ApplicantRow] = {}
    for row in rows:
        people.setdefault(row.key, row)
    return tuple(people.values())


# Whole columns as nearly every list has them; a single cell that is written otherwise sends the column to its parser.
_NAMES = re.compile(r"[가-힣]{2,12}(?:\n[가-힣]{2,12})*")
_DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:\n\d{4}-\d\d-\d\d)*", re.ASCII)
_PHONES = re.compile(r"010-\d{4}-\d{4}(?:\n010-\d{4}-\d{4})*", re.ASCII)
_EMAILS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:\n[\w.+-]+@[\w-]+(?:\.[\w-]+)+)*", re.ASCII)
_ACCOUNTS = re.compile(r"\d{8,16}(?:\n\d{8,16})*", re.ASCII)
_CARELESS = ("\n\n", "\n ", " \n", "  ")  # an empty text, a space at an edge, two of them


def _births(joined: str) -> list[Any] | None:
    if not _DAYS.fullmatch(joined):
        return None
    try:
        days = list(map(dt.date.fromisoformat, joined.split("\n")))
    except ValueError:
        return None
    return days if min(days) >= OLDEST_BIRTH and max(days) <= YOUNGEST_BIRTH else None


def _matching(pattern: re.Pattern[str], dropped: str = "") -> Column:
    def read(joined: str) -> list[Any] | None:
        if not pattern.fullmatch(joined):
            return None
        return (joined.replace(dropped, "") if dropped else joined).split("\n")

    return read


def _texts(joined: str) -> list[Any] | None:
    """Texts that `clean` leaves as they are: of all that separates words only the plain space is printable."""
    bare, framed = joined.replace("\n", ""), f"\n{joined}\n"
    if not bare.isprintable() or not unicodedata.is_normalized("NFC", bare):
        return None
    if any(found in framed for found in _CARELESS):
        return None
    return joined.split("\n")


COLUMNS: Mapping[str, Column] = {
    "name": _matching(_NAMES),
    "birth": _births,
    "phone": _matching(_PHONES, "-"),
    "email": _matching(_EMAILS),
    "address": _texts,
    "account": _matching(_ACCOUNTS),
    "holder": _texts,
}
