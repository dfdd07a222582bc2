"""How wide, high and full a table is, in points, before it is placed on pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regional_desk.documents.fitting import MM, Fitted, fit, text_height
from regional_desk.documents.paper import Align, Column, FootRow, Table, Value, show

PADDING = 1.1 * MM
SIDE_PADDING = 1.7 * MM
_TIGHT_PADDING = 0.6 * MM
_SUM_ROW = 6.0 * MM
_HEAD_PADDING = 1.3 * MM
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One heading cell: place and size inside the header, and the columns it covers."""

    left: float
    top: float
    width: float
    height: float
    text: Fitted
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table measured: `edges` are the column borders, `cells` the fitted texts, `heights` the row heights."""

    table: Table
    edges: tuple[float, ...]
    head: tuple[HeadCell, ...]
    head_rows: tuple[float, ...]
    cells: tuple[tuple[Fitted, ...], ...]
    heights: tuple[float, ...]

    @property
    def head_height(self) -> float:
        """The height of the heading."""
        return sum(self.head_rows)


def foot_height(table: Table) -> float:
    """The height of a row under this table."""
    return max(_SUM_ROW, table.row_height * MM)


def blank_height(table: Table) -> float:
    """The height of the row 이하 빈칸."""
    return min(table.row_height * MM, 7 * MM)


def money_columns(table: Table) -> tuple[int, ...]:
    """The columns that are added up."""
    return tuple(index for index, column in enumerate(table.columns) if column.money)


def _sum_row(table: Table, label: str, sums: dict[int, int]) -> FootRow:
    cells: tuple[Value, ...] = tuple(sums.get(index) for index in range(table.label_span, len(table.columns)))
    return FootRow(label, cells)


def page_sums(table: Table, first: int, last: int, running: dict[int, int]) -> tuple[FootRow, FootRow]:
    """쪽계 and 누계; adds the page to the running totals."""
    page = {
        index: sum(value for row in table.rows[first:last] if isinstance(value := row[index], int))
        for index in running
    }
    for index, amount in page.items():
        running[index] += amount
    return _sum_row(table, "쪽  계", page), _sum_row(table, "누  계", running)


def total_row(table: Table, running: dict[int, int]) -> tuple[FootRow, ...]:
    """합계, where the table has sums."""
    return (_sum_row(table, "합  계", running),) if table.sums else ()


def lay_table(table: Table, width: float) -> LaidTable:
    """Measure a table of this width."""
    total = sum(column.weight for column in table.columns)
    edges = [0.0]
    for column in table.columns:
        edges.append(edges[-1] + column.weight * width / total)
    head, head_rows = _lay_head(table, edges)
    least = table.row_height * MM
    fitters = [
        _Fitter(edges[index + 1] - edges[index] - 2 * _padding(column), table.size, column.wrap)
        for index, column in enumerate(table.columns)
    ]
    cells, heights = [], []
    for row in table.rows:
        fitted = tuple([fitter.fit(value) for fitter, value in zip(fitters, row, strict=True)])
        lines = max(len(cell.lines) for cell in fitted)
        cells.append(fitted)
        heights.append(least if lines == 1 else max(least, text_height(lines, table.size) + 2 * PADDING))
    return LaidTable(table, tuple(edges), head, head_rows, tuple(cells), tuple(heights))


def _padding(column: Column) -> float:
    """The space beside a cell's text; centred text may come nearer to the rules."""
    return _TIGHT_PADDING if column.align is Align.CENTER else SIDE_PADDING


class _Fitter:
    """Fits one column's cells, each distinct value once."""

    def __init__(self, width: float, size: float, wrap: bool) -> None:
        self._width, self._size, self._wrap = width, size, wrap
        self._known: dict[str, Fitted] = {}

    def fit(self, value: Value) -> Fitted:
        text = show(value)
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = fit(
                text, self._width, self._size, wrap=self._wrap, most_lines=_MOST_LINES
            )
        return known


def _lay_head(table: Table, edges: list[float]) -> tuple[tuple[HeadCell, ...], tuple[float, ...]]:
    """The heading's cells; with groups it has two rows, and a column without one reaches over both."""
    size = table.size
    places = list(_head_places(table))
    texts = {
        place: fit(
            text, edges[place[1] + 1] - edges[place[0]] - PADDING, size, bold=True, wrap=place[2] != "group"
        )
        for place, text in places
    }
    padding = 2 * _HEAD_PADDING
    group_row = text_height(1, size) + padding * 0.7 if table.grouped else 0.0
    tallest = max(
        text_height(len(texts[place].lines), size)
        - (group_row if place[2] == "both" and table.grouped else 0)
        for place, _ in places
        if place[2] != "group"
    )
    low_row = max(tallest + padding, table.row_height * MM * 0.9)
    cells = []
    for place, _ in places:
        first, last, level = place
        top = group_row if level == "low" else 0.0
        height = {"group": group_row, "low": low_row, "both": group_row + low_row}[level]
        cells.append(
            HeadCell(edges[first], top, edges[last + 1] - edges[first], height, texts[place], first, last)
        )
    return tuple(cells), (group_row, low_row) if table.grouped else (low_row,)


def _head_places(table: Table) -> Iterator[tuple[tuple[int, int, str], str]]:
    """(first column, last column, level) and text of each heading cell."""
    columns = table.columns
    index = 0
    while index < len(columns):
        group = columns[index].group
        if not group:
            yield (index, index, "both"), columns[index].heading
            index += 1
            continue
        last = index
        while last + 1 < len(columns) and columns[last + 1].group == group:
            last += 1
        yield (index, last, "group"), group
        for low in range(index, last + 1):
            yield (low, low, "low"), columns[low].heading
        index = last + 1
