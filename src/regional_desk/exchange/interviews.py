"""Interview results (면접 결과) as companies send them: a row a trainee and position."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from regional_desk.domain.matching_rounds import MOST_POINTS, InterviewResult, parse_place, parse_result
from regional_desk.domain.people import parse_name
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import parse_points
from regional_desk.domain.tables import RowError
from regional_desk.exchange.layout import Fields, Layout
from regional_desk.exchange.preferences import parse_birth_or_none
from regional_desk.exchange.rows import Parser, plain_text, read_rows
from regional_desk.exchange.spreadsheets import Sheet

FIELDS = Fields(
    "interviews",
    {
        "company": ("기업명", "기업", "회사명", "업체명"),
        "job": ("직무", "직무명", "모집직무", "지원직무"),
        "name": ("성명", "이름", "지원자"),
        "birth": ("생년월일",),
        "result": ("결과", "면접결과", "합격여부", "합격/불합격", "합불"),
        "points": ("점수", "면접점수", "총점"),
        "place": ("순위", "면접순위", "채용순위"),
    },
    ("company", "name"),
)


@dataclass(frozen=True, slots=True)
class ImportedInterview:
    """One good row; None where a cell is empty, which says nothing. `tenths` are points in tenths."""

    row: int
    company: str
    job: str | None
    name: str
    birth: dt.date | None
    result: InterviewResult | None
    tenths: int | None
    place: int | None


@dataclass(frozen=True, slots=True)
class ParsedInterviews:
    """What a sheet holds."""

    read: int
    rows: tuple[ImportedInterview, ...]
    errors: tuple[RowError, ...]


def _parse_company(value: object) -> str:
    name = plain_text(value)
    if name is None:
        raise Refused("기업명이 비어 있습니다.")
    return name


def _parse_points(value: object) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return parse_points(str(value if value is not None else ""), MOST_POINTS)


_PARSERS: Mapping[str, Parser] = {
    "company": _parse_company,
    "job": plain_text,
    "name": parse_name,
    "birth": parse_birth_or_none,
    "result": parse_result,
    "points": _parse_points,
    "place": parse_place,
}


def parse(sheet: Sheet, layout: Layout) -> ParsedInterviews:
    """Read every row under the headings; a bad one becomes errors with place and reason.

    A row that names somebody and says nothing of them is an error.
    """
    rows: list[ImportedInterview] = []
    errors: list[RowError] = []
    read = 0
    for number, values, bad in read_rows(sheet, layout, _PARSERS):
        read += 1
        if bad:
            errors += bad
            continue
        if all(values[field] is None for field in ("result", "points", "place")):
            told = "결과, 점수, 순위가 모두 비어 있습니다."
            errors.append(RowError(number, layout.heading("result"), "", told))
            continue
        tenths = values.pop("points")
        rows.append(ImportedInterview(row=number, tenths=tenths, **values))
    return ParsedInterviews(read, tuple(rows), tuple(errors))
