"""What the tallies (집계표) share: a part on pages of its own, the type of its scores, the lines under it, the raters' signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from regional_desk.documents.paper import Block, Column, PageBreak, Paragraph, Table, Value

WIDTH = 262.0  # of the columns together; their weights are millimetres
WIDEST = 19.0  # of a score's column
_SMALLEST_SIZE, _SIZE = 7.5, 8.5
_ACROSS = 3


def pages(parts: Iterable[Sequence[Block]]) -> list[Block]:
    """The parts, each beginning a page."""
    return list(chain.from_iterable((PageBreak(), *part) for part in parts))[1:]


def scores(columns: tuple[Column, ...], rows: tuple[tuple[Value, ...], ...], *, small: bool) -> Table:
    """The table of the scores; `small` type where there are many a line."""
    return Table(columns, rows, row_height=5.8, size=_SMALLEST_SIZE if small else _SIZE)


def under(told: str, notes: Iterable[str]) -> list[Block]:
    """How the scores came about, then what there is to say of single lines."""
    return [
        Paragraph(told, size=8.5, before=2),
        *(Paragraph(text, size=8.5, before=0.6) for text in notes),
    ]


def signatures(head: str, columns: tuple[Column, ...], raters: Iterable[tuple[str, ...]]) -> list[Block]:
    """Three raters a line; the last of a rater's `columns` is room to sign."""
    cells = [(*rater, None) for rater in raters]
    cells += [("",) * (len(columns) - 1) + (None,)] * (-len(cells) % _ACROSS)
    rows = tuple(tuple(chain.from_iterable(cells[at : at + _ACROSS])) for at in range(0, len(cells), _ACROSS))
    return [
        Paragraph(head, size=10, bold=True, before=4, keep=True),
        Table(columns * _ACROSS, rows, row_height=9, blank_below=False),
    ]
