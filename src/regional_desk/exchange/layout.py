"""Finding the heading row of a stranger's table and what its columns mean (interfaces section 2)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from regional_desk.domain.text import clean, compact, nfc
from regional_desk.errors import FileRejected, UsageError
from regional_desk.exchange.spreadsheets import CellValue, Sheet, Unread, Workbook

_SEARCHED_ROWS = 20
_END = re.compile(r"[\W_]*이하(빈칸|여백|공란)[\W_]*")
_END_ROW_CELLS = 3
_LEAST_SECOND_ROW = 2
_ASIDE = re.compile(r"\([^)]*\)|[*※:·]")
_WEEKDAY = re.compile(r"\(?[월화수목금토일](요일)?\)?")
IGNORED = ""
REASON = "사유"  # the column our own list of refused rows adds


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
    """Where the table's headings are: `row` from 0, `headings` by column, `mapping` heading column → field.

    `height` is 2 where the headings take two rows. `fingerprint` is the same for files with the same headings,
    whatever dates their columns carry: a mapping once chosen is remembered under it. `missing` are needed fields.
    """

    row: int
    headings: tuple[str, ...]
    mapping: tuple[str, ...]
    fingerprint: str
    height: int = 1
    missing: tuple[str, ...] = ()

    def column(self, field: str) -> int | None:
        """The column of a field, None where the file has none."""
        return self.mapping.index(field) if field in self.mapping else None

    def heading(self, field: str) -> str:
        """The heading as the file writes it."""
        at = self.column(field)
        return field if at is None else self.headings[at]


def find_header(sheet: Sheet, fields: Fields, chosen: Mapping[str, str] | None = None) -> Layout:
    """The layout of a sheet; `chosen` maps heading texts to fields (empty for none) over what the synonyms say.

    Raises FileRejected naming the columns that are missing and the headings found, UsageError for a chosen field
    or heading that does not exist.
    """
    layout = propose_header(sheet, fields, chosen)
    if layout.missing:
        wanted = ", ".join(f"'{fields.label(field)}'" for field in layout.missing)
        found = ", ".join(heading for heading in layout.headings if heading)
        seen = f" 찾은 열: {found}." if found else ""
        place = f"'{sheet.file}'의 '{sheet.name}' 시트" if sheet.file else f"'{sheet.name}' 시트"
        raise FileRejected(
            f"{place} 처음 {_SEARCHED_ROWS}행에서 {wanted} 열을 찾지 못해 아무것도 가져오지 않았습니다.{seen} "
            "열 이름을 고치거나 어느 열인지 직접 골라 주십시오."
        )
    return layout


def propose_header(sheet: Sheet, fields: Fields, chosen: Mapping[str, str] | None = None) -> Layout:
    """As find_header, but needed columns may be `missing`: what a page shows for a person to choose from."""
    picked = _checked(fields, chosen or {})
    known = {compact(name): field for field, names in fields.synonyms.items() for name in (field, *names)}
    found = [
        (*_score(row, fields, known, picked), -at)
        for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS])
        if any(_text(value) for value in row)
    ]
    row_at = -max(found)[-1] if found else 0
    first = sheet.rows[row_at] if sheet.rows else ()
    headings = tuple(clean(_text(value)) for value in first)
    mapping = _mapping(headings, known, picked)
    second = sheet.rows[row_at + 1] if row_at + 1 < len(sheet.rows) else ()
    height = 2 if _continues(first, second, mapping) else 1
    if height > 1:
        lower = [clean(_text(value)) for value in second]
        lower += [""] * (len(headings) - len(lower))
        upper = [*headings, *[""] * (len(lower) - len(headings))]
        headings = tuple(
            below if below and not _WEEKDAY.fullmatch(below) else above
            for above, below in zip(upper, lower, strict=True)
        )
        mapping = _mapping(headings, known, picked)
    present = set(map(compact, headings))
    absent = [
        heading for heading, field in (chosen or {}).items() if field and compact(heading) not in present
    ]
    if absent:
        raise UsageError(
            f"'{sheet.name}' 시트에 '{', '.join(absent)}' 열이 없습니다. 있는 열: {', '.join(filter(None, headings))}."
        )
    missing = tuple(field for field in fields.needed if field not in mapping)
    return Layout(row_at, headings, mapping, _fingerprint(headings), height, missing)


def find_table(
    workbook: Workbook, fields: Fields, chosen: Mapping[str, str] | None = None, sheet: str | None = None
) -> tuple[Sheet, Layout]:
    """The named sheet, or the first one whose headings fit: a guide or cover sheet may stand before it.

    Raises FileRejected about the first filled sheet where none fits.
    """
    if sheet is None and not chosen:
        for candidate in workbook.candidates():
            layout = propose_header(candidate, fields)
            if not layout.missing:
                return candidate, layout
    found = workbook.sheet(sheet)
    return found, find_header(found, fields, chosen)


def table_rows(
    sheet: Sheet, layout: Layout, also: Collection[int] = ()
) -> Iterator[tuple[int, tuple[CellValue, ...]]]:
    """The rows under the headings as (row number as the sheet shows it, cells), up to `이하 빈칸`.

    A row with nothing in a mapped column, nor in the columns `also`, is left out: blank, or a number alone.
    """
    width = len(layout.headings)
    wanted = [at for at, field in enumerate(layout.mapping) if field or at in also]
    for at in range(layout.row + layout.height, len(sheet.rows)):
        row = sheet.rows[at]
        if len(row) - row.count(None) <= _END_ROW_CELLS:
            texts = [compact(_text(value)) for value in row if value is not None]
            if any(_END.fullmatch(text) for text in texts):
                return
            if not any(texts):
                continue
        if any(column < len(row) and not _is_blank(row[column]) for column in wanted):
            yield at + 1, row[:width] if len(row) >= width else (*row, *[None] * (width - len(row)))


def _is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not clean(value))


def _text(value: CellValue) -> str:
    return "" if value is None or isinstance(value, Unread) else nfc(str(value))


def _checked(fields: Fields, chosen: Mapping[str, str]) -> dict[str, str]:
    for field in chosen.values():
        if field and field not in fields.synonyms:
            raise UsageError(
                f"'{field}'은(는) 없는 항목입니다. 쓸 수 있는 항목: {', '.join(fields.synonyms)}."
            )
    return {compact(heading): field for heading, field in chosen.items()}


def _field_of(heading: str, known: Mapping[str, str], picked: Mapping[str, str]) -> str:
    """The field a heading means: what a person chose, else its name, also with remarks such as `성명(한글)`."""
    key = compact(heading)
    if key in picked:
        return picked[key]
    return known.get(key) or known.get(_ASIDE.sub("", key), IGNORED)


def _score(
    row: tuple[CellValue, ...], fields: Fields, known: Mapping[str, str], picked: Mapping[str, str]
) -> tuple[int, int, int]:
    """How much a row looks like headings: needed fields, fields, and, where none is known, filled cells."""
    texts = [_text(value) for value in row]
    matched = {_field_of(text, known, picked) for text in texts if text} - {IGNORED}
    return len(matched & set(fields.needed)), len(matched), 0 if matched else sum(map(bool, texts))


def _mapping(
    headings: tuple[str, ...], known: Mapping[str, str], picked: Mapping[str, str]
) -> tuple[str, ...]:
    """Field by column; a chosen column goes before one found by name, a left one before a right one."""
    mapping = [IGNORED] * len(headings)
    taken = {field for field in picked.values() if field}
    for at, heading in enumerate(headings):
        key = compact(heading)
        field = _field_of(heading, known, picked) if heading else IGNORED
        if field and field not in mapping and (key in picked or field not in taken):
            mapping[at] = field
    return tuple(mapping)


def _continues(first: tuple[CellValue, ...], second: tuple[CellValue, ...], mapping: tuple[str, ...]) -> bool:
    """Whether headings go on in the next row, under merged cells (8월 over 3, 4, 5) or with weekdays."""
    filled = [at for at, value in enumerate(second) if not _is_blank(value)]
    if not filled or any(at < len(mapping) and mapping[at] for at in filled):
        return False
    under_merged = [at for at in filled if at >= len(first) or _is_blank(first[at])]
    if len(under_merged) >= _LEAST_SECOND_ROW:
        return True
    return all(_WEEKDAY.fullmatch(compact(_text(second[at]))) for at in filled)


def _fingerprint(headings: tuple[str, ...]) -> str:
    """Date columns count as one: next month's sheet has the same layout; so has a list of refused rows sent back mended."""
    names: list[str] = []
    for heading in headings:
        key = compact(heading)
        name = "#" if key[:1].isdecimal() else key
        if name and name != REASON and (name != "#" or names[-1:] != ["#"]):
            names.append(name)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
