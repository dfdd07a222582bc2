"""Reading the rows of a table field by field: a bad value becomes an error with its place, never an exception."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import clean
from regional_desk.exchange.layout import Layout, table_rows
from regional_desk.exchange.spreadsheets import CellValue, Sheet, Unread

Parser = Callable[[object], Any]


def read_rows(
    sheet: Sheet, layout: Layout, parsers: Mapping[str, Parser]
) -> Iterator[tuple[int, dict[str, Any], list[RowError]]]:
    """Each row as (row number, values by field, errors); a field the file has no column for is None.

    A text that stands in many rows of a column is parsed once.
    """
    absent: dict[str, Any] = {}
    columns: list[tuple[str, int, Parser, dict[str, Any]]] = []
    for field, parser in parsers.items():
        at = layout.column(field)
        if at is None:
            absent[field] = None
        else:
            columns.append((field, at, parser, {}))
    for number, cells in table_rows(sheet, layout):
        values: dict[str, Any] = dict(absent)
        errors: list[RowError] = []
        for field, at, parser, seen in columns:
            cell = cells[at]
            if not isinstance(cell, str):
                value = _parsed(parser, cell)
            elif cell in seen:
                value = seen[cell]
            else:
                value = seen[cell] = _parsed(parser, cell)
            if isinstance(value, Refused):
                errors.append(RowError(number, layout.headings[at], shown(cell), str(value)))
            else:
                values[field] = value
        yield number, values, errors


def _parsed(parser: Parser, cell: CellValue) -> Any:
    """The value, or the Refused that says why there is none."""
    try:
        readable(cell)
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
