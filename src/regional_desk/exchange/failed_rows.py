"""The rows of a stranger's table that were refused, as a workbook to send back, mend and import again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from regional_desk.domain.tables import RowError
from regional_desk.domain.text import compact
from regional_desk.exchange.layout import REASON, Layout
from regional_desk.exchange.rows import shown
from regional_desk.exchange.spreadsheets import CellValue, Sheet, Unread

_TEXT, _DATE = "@", "yyyy-mm-dd"
_BAD = PatternFill("solid", fgColor="FFFCE4D6")
_BOLD, _WRAP = Font(bold=True), Alignment(wrap_text=True, vertical="top")
_WIDTH, _REASON_WIDTH = 16, 70


def write_failed_rows(path: Path, sheet: Sheet, layout: Layout, errors: Sequence[RowError]) -> int:
    """Write everything down to the headings and each refused row as it came, with a column that says why; return the rows.

    Texts stay texts, so that `=…` never becomes a formula, numbers and dates what they were, so that the mended file
    reads as the first one. A column 사유 of an earlier such file is left out. Raises OSError where it cannot be written.
    """
    by_row: dict[int, list[RowError]] = {}
    for error in errors:
        by_row.setdefault(error.row, []).append(error)
    headings_end = layout.row + layout.height
    columns = [at for at, heading in enumerate(layout.headings) if compact(heading) != REASON]
    book = Workbook(write_only=True)
    out = book.create_sheet(sheet.name[:31] or "오류")
    for place in range(len(columns)):
        out.column_dimensions[get_column_letter(place + 1)].width = _WIDTH
    out.column_dimensions[get_column_letter(len(columns) + 1)].width = _REASON_WIDTH
    for at in range(headings_end):
        cells = [_cell(out, _at(sheet.rows[at], column)) for column in columns]
        if at == headings_end - 1:
            cells.append(_cell(out, REASON))
        for cell in cells:
            cell.font = _BOLD
        out.append(cells)
    for number in sorted(by_row):
        bad = {error.column for error in by_row[number]}
        row = sheet.rows[number - 1]
        cells = [_cell(out, _at(row, column)) for column in columns]
        for cell, column in zip(cells, columns, strict=True):
            if layout.headings[column] in bad:
                cell.fill = _BAD
        reason = _cell(out, "\n".join(f"{error.column}: {error.message}" for error in by_row[number]))
        reason.alignment = _WRAP
        out.append([*cells, reason])
    book.save(path)
    return len(by_row)


def _at(row: Sequence[CellValue], column: int) -> CellValue:
    return row[column] if column < len(row) else None


def _cell(out: object, value: CellValue) -> WriteOnlyCell:
    """A cell that reads back as the value; a text with the format of a text, so that what is typed over it stays one."""
    cell = WriteOnlyCell(out, value=None)
    if isinstance(value, str | Unread):
        cell.value = shown(value) if isinstance(value, Unread) else value
        cell.data_type, cell.number_format = "s", _TEXT
    elif value is not None:
        cell.value = value
        if cell.is_date:
            cell.number_format = _DATE if not hasattr(value, "hour") else f"{_DATE} hh:mm"
    return cell
