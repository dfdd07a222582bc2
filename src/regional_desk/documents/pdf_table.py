"""Draws a part of a table on a page."""

from __future__ import annotations

from regional_desk.documents.fitting import LEADING, Fitted, fit
from regional_desk.documents.layout import TablePart
from regional_desk.documents.paper import BLANK_BELOW, Align, FootRow, show
from regional_desk.documents.pen import FRAME, HEAD_FILL, SUM_FILL, Pen
from regional_desk.documents.table_layout import SIDE_PADDING, LaidTable, blank_height, foot_height

_FOOT_PADDING = SIDE_PADDING / 2


def draw_table(pen: Pen, part: TablePart, left: float, top: float) -> None:
    """Draw the rows of `part` with the heading and what closes them; `left` and `top` are its corner on the page."""
    laid = part.laid
    y = _draw_head(pen, laid, left, top)
    body_top = y
    lines: list[tuple[float, float, float, float]] = []
    right = left + laid.edges[-1]
    y = _draw_rows(pen, part, left, y, lines)
    _draw_uprights(laid, left, body_top, y, lines)
    if part.blank_below:
        height = blank_height(laid.table)
        words = fit(BLANK_BELOW, right - left, laid.table.size)
        pen.text((left + right - words.widths[0]) / 2, y + height / 2, BLANK_BELOW, laid.table.size)
        y += height
        lines.append((left, y, right, y))
    for row in part.foot:
        _draw_foot(pen, laid, row, left, y, lines)
        y += foot_height(laid.table)
        lines.append((left, y, right, y))
    if lines:
        pen.lines(lines)
    pen.frame(left, top, right - left, y - top, FRAME)


def _draw_head(pen: Pen, laid: LaidTable, left: float, top: float) -> float:
    height = laid.head_height
    pen.fill(left, top, laid.edges[-1], height, HEAD_FILL)
    for cell in laid.head:
        pen.frame(left + cell.left, top + cell.top, cell.width, cell.height)
        _draw_lines(
            pen,
            cell.text,
            left + cell.left,
            cell.width,
            top + cell.top + cell.height / 2,
            laid.table.size,
            Align.CENTER,
            bold=True,
        )
    return top + height


def _draw_rows(
    pen: Pen, part: TablePart, left: float, y: float, lines: list[tuple[float, float, float, float]]
) -> float:
    laid = part.laid
    size = laid.table.size
    right = left + laid.edges[-1]
    columns = [
        (left + laid.edges[index], left + laid.edges[index + 1], column.align)
        for index, column in enumerate(laid.table.columns)
    ]
    text = pen.text
    for cells, height in zip(
        laid.cells[part.first : part.last], laid.heights[part.first : part.last], strict=True
    ):
        middle = y + height / 2
        for (start, stop, align), cell in zip(columns, cells, strict=True):
            if len(cell.lines) > 1:
                _draw_lines(pen, cell, start, stop - start, middle, size, align)
            elif cell.lines[0]:
                width = cell.widths[0]
                if align is Align.CENTER:
                    x = (start + stop - width) / 2
                elif align is Align.RIGHT:
                    x = stop - SIDE_PADDING - width
                else:
                    x = start + SIDE_PADDING
                text(x, middle, cell.lines[0], size * cell.shrink, squeeze=cell.squeeze)
        y += height
        lines.append((left, y, right, y))
    return y


def _draw_uprights(
    laid: LaidTable, left: float, top: float, bottom: float, lines: list[tuple[float, float, float, float]]
) -> None:
    if bottom > top:
        lines.extend((left + edge, top, left + edge, bottom) for edge in laid.edges[1:-1])


def _draw_foot(
    pen: Pen,
    laid: LaidTable,
    row: FootRow,
    left: float,
    y: float,
    lines: list[tuple[float, float, float, float]],
) -> None:
    """A closing row: its label over the first columns, its values under their own."""
    table, edges, height = laid.table, laid.edges, foot_height(laid.table)
    pen.fill(left, y, edges[-1], height, SUM_FILL)
    label = fit(row.label, edges[table.label_span] - 2 * SIDE_PADDING, table.size, bold=True)
    _draw_lines(
        pen, label, left, edges[table.label_span], y + height / 2, table.size, Align.CENTER, bold=True
    )
    for offset, value in enumerate(row.cells):
        index = table.label_span + offset
        start, stop = left + edges[index], left + edges[index + 1]
        lines.append((start, y, start, y + height))
        cell = fit(show(value), stop - start - _FOOT_PADDING, table.size, bold=True, wrap=False)
        _draw_lines(
            pen, cell, start, stop - start, y + height / 2, table.size, table.columns[index].align, bold=True
        )


def _draw_lines(
    pen: Pen,
    cell: Fitted,
    start: float,
    width: float,
    middle: float,
    size: float,
    align: Align,
    *,
    bold: bool = False,
) -> None:
    """The lines of one cell, centred on `middle`."""
    step = size * LEADING
    y = middle - step * (len(cell.lines) - 1) / 2
    for line, length in zip(cell.lines, cell.widths, strict=True):
        x = {
            Align.LEFT: start + SIDE_PADDING,
            Align.CENTER: start + (width - length) / 2,
            Align.RIGHT: start + width - SIDE_PADDING - length,
        }[align]
        pen.text(x, y, line, size * cell.shrink, bold=bold, squeeze=cell.squeeze)
        y += step
