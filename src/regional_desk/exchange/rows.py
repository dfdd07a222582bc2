"""Reading the rows of a table field by field: a bad value becomes an error with its place, never an exception."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import clean
from regional_desk.exchange.layout import Layout, table_rows
from regional_desk.exchange.spreadsheets import CellValue, Sheet, Unread

Parser = Callable[[object], Any]
Column = Callable[[str], list[Any] | None]
"""What a whole column means at once, its texts joined by line breaks; None where a cell needs the parser's care."""
_NUMBERS = frozenset({int, float, bool})


@dataclass(frozen=True, slots=True)
class Cells:
    """A table read column by column: the rows' numbers, each field's values in their order, and by place what is wrong.

    A value that could not be read is a Refused.
    """

    numbers: list[int]
    columns: list[list[Any]]
    refused: Mapping[int, list[RowError]]


def read_columns(
    sheet: Sheet, layout: Layout, parsers: Mapping[str, Parser], columns: Mapping[str, Column] | None = None
) -> Cells:
    """The fields of `parsers` in their order; a field the file has no column for is None in every row.

    Those of `columns` are read at once where nothing in them needs care: what that gives is what the parser would give
    cell by cell, twenty times as fast.
    """
    rows = list(table_rows(sheet, layout))
    found: list[list[Any]] = []
    refused: dict[int, list[RowError]] = {}
    for field, parser in parsers.items():
        at = layout.column(field)
        if at is None:
            found.append([None] * len(rows))
            continue
        column = [cells[at] for _, cells in rows]
        at_once = read_at_once(column, (columns or {}).get(field))
        if at_once is not None:
            found.append(at_once)
            continue
        values, bad = _column(column, parser)
        found.append(values)
        for place in bad:
            error = RowError(rows[place][0], layout.headings[at], shown(column[place]), str(values[place]))
            refused.setdefault(place, []).append(error)
    return Cells([number for number, _ in rows], found, refused)


def read_rows(
    sheet: Sheet, layout: Layout, parsers: Mapping[str, Parser]
) -> Iterator[tuple[int, dict[str, Any], list[RowError]]]:
    """Each row as (row number, values by field, errors); of a row with errors only the values that could be read."""
    cells, names = read_columns(sheet, layout, parsers), tuple(parsers)
    for place, row in enumerate(zip(*cells.columns, strict=True)):
        named = zip(names, row, strict=True)
        good = {name: value for name, value in named if not isinstance(value, Refused)}
        yield cells.numbers[place], good, cells.refused.get(place, [])


def read_at_once(cells: list[CellValue], read: Column | None) -> list[Any] | None:
    """The values of a column of texts without line breaks, None where it is not such a one or `read` declines."""
    if read is None or not cells or set(map(type, cells)) != {str}:
        return None
    joined = "\n".join(cast("list[str]", cells))
    if joined.count("\n") != len(cells) - 1:
        return None
    values = read(joined)
    return values if values is None or len(values) == len(cells) else None


def _column(cells: list[CellValue], parser: Parser) -> tuple[list[Any], list[int]]:
    """Each cell's value, or the Refused that says why there is none, and where those stand.

    What stands in many rows is parsed once, but where numbers are: 1, 1.0 and TRUE would stand for each other.
    """
    if _NUMBERS.isdisjoint(map(type, cells)):
        table = {cell: _parsed(parser, cell) for cell in set(cells)}
        values = [table[cell] for cell in cells]
        if not any(isinstance(value, Refused) for value in table.values()):
            return values, []
    else:
        values = [_parsed(parser, cell) for cell in cells]
    return values, [place for place, value in enumerate(values) if isinstance(value, Refused)]


def _parsed(parser: Parser, cell: CellValue) -> Any:
    """The value, or the Refused that says why there is none."""
    if isinstance(cell, Unread):
        return Refused(cell.value)
    try:
        return parser(cell)
    except Refused as refused:
        return refused


def readable(cell: CellValue) -> None:
    """Raise Refused for a cell that came without its value."""
    if isinstance(cell, Unread):
        raise Refused(cell.value)


def shown(cell: CellValue) -> str:
    """A cell's value for a person to find it by."""
    if cell is None:
        return ""
    if isinstance(cell, Unread):
        return "#수식" if cell is Unread.FORMULA else "#오류"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "minutes")
    return clean(str(cell))


def plain_text(cell: object) -> str | None:
    """A text as it stands, cleaned; None for an empty cell."""
    return clean(str(cell)) or None if cell is not None else None
