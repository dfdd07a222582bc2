"""Finding the heading row of a stranger's table and what its columns mean (interfaces section 2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regional_desk.domain.text import clean, compact
from regional_desk.errors import FileRejected, UsageError
from regional_desk.exchange.spreadsheets import CellValue, Sheet

_SEARCHED_ROWS = 20
_END = "이하빈칸"
IGNORED = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """The columns one kind of file may have, by field with its synonyms, and those it must have."""

    kind: str
    synonyms: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]

    def label(self, field: str) -> str:
        """The field's Korean name."""
        return self.synonyms[field][0]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table's headings are: `row` from 0, `headings` by column, `mapping` heading column → field."""

    row: int
    headings: tuple[str, ...]
    mapping: tuple[str, ...]
    fingerprint: str

    def column(self, field: str) -> int | None:
        """The column of a field, None where the file has none."""
        return self.mapping.index(field) if field in self.mapping else None

    def heading(self, field: str) -> str:
        """The heading as the file writes it."""
        at = self.column(field)
        return field if at is None else self.headings[at]


def find_header(sheet: Sheet, fields: Fields, chosen: Mapping[str, str] | None = None) -> Layout:
    """The layout of a sheet; `chosen` maps heading texts to fields (empty for none) over what the synonyms say.

    Raises FileRejected naming the columns that are missing, UsageError for a field that does not exist.
    """
    by_heading = {
        compact(name): field for field, names in fields.synonyms.items() for name in (field, *names)
    }
    for heading, field in (chosen or {}).items():
        if field and field not in fields.synonyms:
            raise UsageError(
                f"'{field}'은(는) 없는 항목입니다. 쓸 수 있는 항목: {', '.join(fields.synonyms)}."
            )
        by_heading[compact(heading)] = field
    best: tuple[int, int] = (0, 0)
    for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        known = {by_heading.get(compact(_text(value)), "") for value in row} - {""}
        best = max(best, (len(known), -at))
    matched, row_at = best[0], -best[1]
    if matched == 0:
        raise _missing(sheet, fields, fields.needed, ())
    headings = tuple(clean(_text(value)) for value in sheet.rows[row_at])
    mapping: list[str] = []
    for heading in headings:
        field = by_heading.get(compact(heading), "") if heading else ""
        mapping.append(field if field not in mapping else IGNORED)
    missing = tuple(field for field in fields.needed if field not in mapping)
    if missing:
        raise _missing(sheet, fields, missing, headings)
    print_of = hashlib.sha256("\n".join(compact(heading) for heading in headings).encode()).hexdigest()
    return Layout(row_at, headings, tuple(mapping), print_of)


def table_rows(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, tuple[CellValue, ...]]]:
    """The rows under the headings as (row number of the sheet, cells), up to `이하 빈칸`; empty rows are left out."""
    width = len(layout.headings)
    for at in range(layout.row + 1, len(sheet.rows)):
        row = sheet.rows[at]
        texts = [compact(_text(value)) for value in row if value is not None]
        if any(text.startswith(_END) for text in texts):
            return
        if any(texts):
            yield at + 1, (*row[:width], *([None] * (width - len(row))))


def _text(value: CellValue) -> str:
    return "" if value is None else str(value)


def _missing(
    sheet: Sheet, fields: Fields, missing: tuple[str, ...], headings: tuple[str, ...]
) -> FileRejected:
    wanted = ", ".join(f"'{fields.label(field)}'" for field in missing)
    found = ", ".join(heading for heading in headings if heading)
    seen = f" 찾은 열: {found}." if found else ""
    return FileRejected(
        f"'{sheet.name}' 시트의 처음 {_SEARCHED_ROWS}행에서 {wanted} 열을 찾지 못해 아무것도 가져오지 않았습니다.{seen} "
        "열 이름을 고치거나 어느 열인지 직접 골라 주십시오."
    )
