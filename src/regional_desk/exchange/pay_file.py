"""Writing pay files as banks take them: BIFF8, xlsx or csv, codes and accounts as texts, the totals on a sheet of their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from regional_desk.domain.pay_files import FileFormat, Template

TOTALS = "합계"
_TEXT = "@"
_MONEY = "#,##0"
_PIXEL_WIDTH = 256  # what BIFF8 calls the width of one character
_TOTALS_WIDTH = 24

Cells = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The lines of the totals sheet: label, number of payments and won, or label and text."""

    lines: tuple[tuple[str | int, ...], ...]


def pay_file_bytes(template: Template, rows: Sequence[Cells], totals: Totals) -> bytes:
    """The file of a template with these rows. A csv carries no totals: banks would read them as payments."""
    table = _table(template, rows)
    if template.format is FileFormat.CSV:
        return _csv(table)
    sheets = ((template.sheet, table), (TOTALS, list(totals.lines)))
    widths = [column.width for column in template.columns]
    return _xls(sheets, widths) if template.format is FileFormat.XLS else _xlsx(sheets, widths)


def _table(template: Template, rows: Sequence[Cells]) -> list[Cells]:
    if not template.heading_row:
        return list(rows)
    above: list[Cells] = [()] * (template.heading_row - 1)
    return [*above, tuple(column.heading for column in template.columns), *rows]


def _csv(table: Sequence[Cells]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(
        ["" if value is None else value for value in row] for row in table
    )
    return text.getvalue().encode("utf-8-sig")


def _xls(sheets: Sequence[tuple[str, Sequence[Cells]]], widths: Sequence[int]) -> bytes:
    import xlwt  # noqa: PLC0415 - only where a bank still asks for it

    book: Any = xlwt.Workbook(encoding="utf-8")
    text, money = xlwt.easyxf(num_format_str=_TEXT), xlwt.easyxf(num_format_str=_MONEY)
    for name, table in sheets:
        sheet = book.add_sheet(name)
        for at, row in enumerate(table):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, value, text if isinstance(value, str) else money)
        for column, width in enumerate(_widths(name, widths)):
            sheet.col(column).width = width * _PIXEL_WIDTH
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _xlsx(sheets: Sequence[tuple[str, Sequence[Cells]]], widths: Sequence[int]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - openpyxl takes 0.2 s to import
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets:
        sheet = book.create_sheet(name)
        for at, row in enumerate(table, start=1):
            for column, value in enumerate(row, start=1):
                if value is None:
                    continue
                cell = sheet.cell(at, column)
                if isinstance(value, str):
                    cell.value, cell.number_format = value, _TEXT
                    cell.data_type = "s"  # never a formula, whatever it begins with
                else:
                    cell.value, cell.number_format = value, _MONEY
        for column, width in enumerate(_widths(name, widths), start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _widths(name: str, widths: Sequence[int]) -> Sequence[int]:
    return [_TOTALS_WIDTH] * 3 if name == TOTALS else widths
