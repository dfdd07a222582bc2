"""The looks of a sheet's cells, each made once: giving every cell its own font and border takes most of the time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from regional_desk.documents.paper import Align, Value, printable

_FONT = "맑은 고딕"
_SIDE = Side(style="thin", color="FF7F7F7F")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_FILL = PatternFill("solid", fgColor="FFEFF0F1")


DIGIT_PIXELS = 8
"""The width of a digit in the measuring typeface below, in which column widths are counted."""


def set_column_measure(book: Any) -> None:
    """Count column widths in a typeface whose digits are as wide on a PC without it: Verdana, else DejaVu Sans."""
    measuring = Font(name="Verdana", size=9)
    book._fonts[0] = measuring  # noqa: SLF001 - the workbook's first font, which openpyxl sets to Calibri
    book._named_styles["Normal"].font = measuring  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; `shrink` narrows the text to one line, else it wraps."""

    size: float
    align: Align = Align.CENTER
    bold: bool = False
    fill: bool = False
    border: bool = True
    shrink: bool = False
    indent: bool = True


class Styles:
    """Writes values in their looks."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._made: dict[tuple[Look, str], Any] = {}

    def write(self, cell: Any, value: Value, look: Look) -> None:
        """A value in its look; a text is stored as text, whatever it begins with."""
        self.dress(cell, value, look)
        if value is None:
            return
        if isinstance(value, str):
            cell.value = printable(value)
            cell.data_type = "s"
        else:
            cell.value = value

    def dress(self, cell: Any, value: Value, look: Look) -> None:
        """The look without the value."""
        key = (look, _number_format(value))
        style = self._made.get(key)
        if style is None:
            style = self._made[key] = self._make(*key)
        cell._style = style  # noqa: SLF001 - openpyxl shares finished styles this way only

    def _make(self, look: Look, number_format: str) -> Any:
        cell: Any = Cell(self._sheet, row=1, column=1)
        cell.font = Font(name=_FONT, size=look.size, bold=look.bold)
        cell.alignment = Alignment(
            horizontal=look.align.value,
            vertical="center",
            wrap_text=not look.shrink,
            shrink_to_fit=look.shrink,
            indent=1 if look.indent and look.align is not Align.CENTER else 0,
        )
        if look.border:
            cell.border = _BORDER
        if look.fill:
            cell.fill = _FILL
        cell.number_format = number_format
        return cell._style  # noqa: SLF001 - as above


def _number_format(value: Value) -> str:
    if value is None or isinstance(value, str):
        return "@"
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return "#,##0" + ("." + "0" * places if places else "")
    return "#,##0"
