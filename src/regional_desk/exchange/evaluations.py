"""Lists of raters' points for companies: a row a company and rater, a column a criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from regional_desk.domain.companies import parse_business_number
from regional_desk.domain.company_selection import Criterion
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import parse_points
from regional_desk.domain.tables import RowError
from regional_desk.exchange.layout import Fields, Layout
from regional_desk.exchange.rows import Parser, plain_text, read_rows
from regional_desk.exchange.spreadsheets import Sheet

_ROW = {
    "name": ("기업명", "회사명", "업체명"),
    "business_number": ("사업자등록번호", "사업자번호"),
    "rater": ("평가위원", "평가위원명", "심사위원", "위원"),
}


@dataclass(frozen=True, slots=True)
class ImportedEvaluation:
    """One good row: a criterion's key → tenths of a point; what the row leaves empty is absent."""

    row: int
    name: str
    business_number: str | None
    rater: str
    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ParsedEvaluations:
    """What a sheet holds."""

    read: int
    rows: tuple[ImportedEvaluation, ...]
    errors: tuple[RowError, ...]


def fields_of(criteria: Sequence[Criterion]) -> Fields:
    """The columns such a list may have: company, rater, and one for each criterion by its name."""
    return Fields(
        "evaluations",
        {**_ROW, **{one.key: (one.name, f"{one.name} 점수") for one in criteria}},
        ("name", "rater"),
    )


def parse(sheet: Sheet, layout: Layout, criteria: Sequence[Criterion]) -> ParsedEvaluations:
    """Read every row under the headings; a bad one becomes errors with place and reason."""
    parsers: dict[str, Parser] = {
        "name": partial(_needed, "기업명"),
        "business_number": _parse_number,
        "rater": partial(_needed, "평가위원"),
        **{one.key: partial(_points, one) for one in criteria},
    }
    rows: list[ImportedEvaluation] = []
    errors: list[RowError] = []
    read = 0
    for number, values, bad in read_rows(sheet, layout, parsers):
        read += 1
        if bad:
            errors += bad
            continue
        told = {name: values.pop(name) for name in _ROW}
        given = {key: tenths for key, tenths in values.items() if tenths is not None}
        rows.append(ImportedEvaluation(row=number, points=given, **told))
    return ParsedEvaluations(read, tuple(rows), tuple(errors))


def _needed(label: str, value: object) -> str:
    text = plain_text(value)
    if text is None:
        raise Refused(f"{label}이 비어 있습니다.")
    return text


def _parse_number(value: object) -> str | None:
    return None if plain_text(value) is None else parse_business_number(value)


def _points(criterion: Criterion, value: object) -> int | None:
    text = plain_text(value)
    return None if text is None else parse_points(text, criterion.points)
