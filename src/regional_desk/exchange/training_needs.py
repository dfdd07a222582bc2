"""Lists of answers to the training need survey: a row a company, a column a question."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from regional_desk.domain.companies import parse_business_number
from regional_desk.domain.positions import parse_start
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.training_need import AxLevel, Survey, parse_answer, parse_level
from regional_desk.exchange.layout import Fields, Layout
from regional_desk.exchange.rows import Parser, plain_text, read_rows
from regional_desk.exchange.spreadsheets import Sheet

_COMPANY = {
    "name": ("기업명", "회사명", "업체명"),
    "business_number": ("사업자등록번호", "사업자번호"),
    "answered_on": ("응답일", "조사일", "작성일", "타임스탬프"),
    "level": ("AX 수준", "AX수준", "AI 전환 수준"),
}
_TIME_OF_DAY = re.compile(r"\s+(오전|오후)?\s*\d{1,2}:\d{2}.*")


@dataclass(frozen=True, slots=True)
class ImportedNeed:
    """One good row: question key → choices; what the row leaves empty is absent or None."""

    row: int
    name: str
    business_number: str | None
    answered_on: dt.date | None
    level: AxLevel | None
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ParsedNeeds:
    """What a sheet holds."""

    read: int
    rows: tuple[ImportedNeed, ...]
    errors: tuple[RowError, ...]


def fields_of(survey: Survey) -> Fields:
    """The columns such a list may have: the company's, and one for each question by its label or another heading."""
    questions = {one.key: (one.label, *one.words) for one in survey.questions}
    return Fields("needs", {**_COMPANY, **questions}, ("name",))


def parse(sheet: Sheet, layout: Layout, survey: Survey) -> ParsedNeeds:
    """Read every row under the headings; a bad one becomes errors with place and reason."""
    parsers: dict[str, Parser] = {
        "name": _parse_name,
        "business_number": _parse_number,
        "answered_on": _parse_day,
        "level": parse_level,
        **{question.key: partial(parse_answer, question) for question in survey.questions},
    }
    rows: list[ImportedNeed] = []
    errors: list[RowError] = []
    read = 0
    for number, values, bad in read_rows(sheet, layout, parsers):
        read += 1
        if bad:
            errors += bad
            continue
        told = {name: values.pop(name) for name in _COMPANY}
        rows.append(
            ImportedNeed(
                row=number, answers={key: chosen for key, chosen in values.items() if chosen}, **told
            )
        )
    return ParsedNeeds(read, tuple(rows), tuple(errors))


def _parse_name(value: object) -> str:
    name = plain_text(value)
    if name is None:
        raise Refused("기업명이 비어 있습니다.")
    return name


def _parse_number(value: object) -> str | None:
    return None if plain_text(value) is None else parse_business_number(value)


def _parse_day(value: object) -> dt.date | None:
    """A day; the time of day an answer sheet of a web form adds is left out."""
    try:
        return parse_start(_TIME_OF_DAY.sub("", value) if isinstance(value, str) else value)
    except Refused:
        raise Refused(f"'{value}'은(는) 응답일로 읽을 수 없습니다. 2026-08-03처럼 적어 주십시오.") from None
