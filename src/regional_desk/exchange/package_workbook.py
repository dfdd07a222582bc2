"""`summary.xlsx` of a submission package: its tables for people, one sheet each."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from regional_desk.domain.clock import KST
from regional_desk.exchange.package_table import CellValue, Row, TableSchema, Type

_BOLD = Font(bold=True)
_HEADER = PatternFill("solid", fgColor="E8EDF3")
_FORMATS = {Type.INTEGER: "#,##0", Type.NUMBER: "0.0", Type.DATE: "yyyy-mm-dd"}
_WIDEST, _NARROWEST = 40, 10
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3


def workbook_bytes(
    overview: Sequence[tuple[str, str]],
    tables: Sequence[tuple[TableSchema, tuple[Row, ...]]],
    made: dt.datetime,
) -> bytes:
    """The workbook: a sheet 개요 of label and text, then a sheet per table; every time in it is `made`."""
    book = Workbook()
    sheet = book.active
    sheet.title = "개요"
    for number, pair in enumerate(overview, 1):
        for column, text in enumerate(pair, 1):
            _put(sheet.cell(number, column), text)
        sheet.cell(number, 1).font = _BOLD
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 60
    for schema, rows in tables:
        _add_table(book.create_sheet(schema.title), schema, rows)
    for sheet in book.worksheets:
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    # openpyxl writes these as UTC without a zone.
    book.properties.created = book.properties.modified = made.astimezone(dt.UTC).replace(tzinfo=None)
    book.properties.creator = "Regional Desk"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        ExcelWriter(book, archive).write_data()
    with zipfile.ZipFile(written) as archive:
        return archive_bytes([(name, archive.read(name)) for name in archive.namelist()], made)


def archive_bytes(parts: Sequence[tuple[str, bytes]], made: dt.datetime) -> bytes:
    """A zip that depends on names, contents, order and `made` (aware, shown as Korean time) alone.

    Entries are stored, not packed: packed bytes differ between versions of zlib, and the parts are small.
    """
    moment = made.astimezone(KST)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.create_system, entry.external_attr = _UNIX, _REGULAR_FILE
            archive.writestr(entry, data)
    return out.getvalue()


def _add_table(sheet: Worksheet, schema: TableSchema, rows: tuple[Row, ...]) -> None:
    for column, field in enumerate(schema.fields, 1):
        title = sheet.cell(1, column)
        _put(title, field.title)
        title.font, title.fill, title.alignment = _BOLD, _HEADER, Alignment(horizontal="center")
        longest = max([len(field.title) * 2, *(_width(row[column - 1]) for row in rows)])
        width = min(max(longest + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
        for number, row in enumerate(rows, 2):
            cell = sheet.cell(number, column)
            _put(cell, row[column - 1])
            if field.type in _FORMATS:
                cell.number_format = _FORMATS[field.type]
    sheet.freeze_panes = "A2"


def _put(cell: Cell, value: CellValue) -> None:
    """Set a cell; text stays text, even where it begins with an equals sign."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _width(value: CellValue) -> int:
    if isinstance(value, int | Decimal):
        return len(f"{value:,}")
    # Hangul takes two columns of a sheet.
    return sum(1 if sign.isascii() else 2 for sign in str(value or ""))
