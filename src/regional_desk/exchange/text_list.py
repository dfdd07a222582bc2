"""A plain list of texts for another program: csv in UTF-8 with BOM, or a workbook whose cells are all text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = tuple("=+-@\t\r")
_WIDEST, _NARROWEST, _HANGUL = 90, 9, 2.0


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The list as csv; a text that a spreadsheet takes for a formula gets an apostrophe in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([[f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows])
    return buffer.getvalue().encode("utf-8-sig")


def xlsx_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The list as a workbook; every cell is text, so leading zeros stay and nothing is a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 - openpyxl takes 0.2 s to import
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
    from openpyxl.worksheet.worksheet import Worksheet  # noqa: PLC0415 - as above

    lines = [tuple(headings), *(tuple(row) for row in rows)]
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    for at, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(at, column, value)
            cell.data_type = "s"
            cell.number_format = "@"
    for column, texts in enumerate(zip(*lines, strict=True), start=1):
        widest = max(_HANGUL * len(text) for text in texts)
        sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(_NARROWEST, widest))
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
