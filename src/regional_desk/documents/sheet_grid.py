"""The sheet's columns: where all tables, boxes and lines of a paper begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from openpyxl.utils import get_column_letter

from regional_desk.documents.fitting import MM
from regional_desk.documents.layout import (
    APPROVAL_BOX,
    APPROVAL_SIDE,
    BadgesPart,
    InfoPart,
    Layout,
    TablePart,
    Title,
)

_NEAR = 2.0 * MM
_LEAST_OWN_COLUMNS = 8
_BADGE_SHARES = (0.0, 0.3, 0.43, 0.66, 0.79, 1.0)


class Grid:
    """Columns shared by everything on the sheet.

    A paper with one table has that table's columns, so that its rows stay sortable; where several tables of
    different columns stand below each other, each edge becomes one and cells are merged.
    """

    def __init__(self, layout: Layout) -> None:
        tables = {part.laid.edges for page in layout.pages for part in page if isinstance(part, TablePart)}
        edges = {edge for table in tables for edge in table[:-1]} | {0.0, layout.width}
        if len(tables) == 1 and len(edges) > _LEAST_OWN_COLUMNS:
            self._edges = sorted(edges)
        else:
            edges.update(_other_edges(layout))
            self._edges = _thinned(sorted(edges), layout.width)

    @property
    def last_letter(self) -> str:
        """The last column's letter."""
        return str(get_column_letter(len(self._edges) - 1))

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self._edges) - 1

    def columns(self) -> Iterator[tuple[str, float]]:
        """Each column's letter and width in points."""
        for index, (left, right) in enumerate(pairwise(self._edges), start=1):
            yield get_column_letter(index), right - left

    def split(self, bounds: Sequence[float]) -> tuple[tuple[int, int], ...]:
        """First and last column (from 1) of each box between two neighbouring bounds; each has at least one."""
        last = len(self._edges) - 1
        places: list[int] = []
        for index, bound in enumerate(bounds):
            place = min(self._nearest(bound), last - (len(bounds) - 1 - index))
            places.append(max(place, places[-1] + 1) if places else place)
        return tuple((left + 1, right) for left, right in pairwise(places))

    def from_right(self, widths: Sequence[float]) -> tuple[tuple[int, int], ...]:
        """Boxes of about these widths that end at the right edge, given from left to right."""
        places: list[tuple[int, int]] = []
        right = self.count
        for index in range(len(widths) - 1, -1, -1):
            left = max(index + 1, min(self._nearest(self._edges[right] - widths[index]), right - 1))
            places.append((left + 1, right))
            right = left
        return tuple(reversed(places))

    def width(self, columns: tuple[int, int]) -> float:
        """The width of these columns in points."""
        return self._edges[columns[1]] - self._edges[columns[0] - 1]

    def _nearest(self, x: float) -> int:
        place = bisect_left(self._edges, x)
        if place == 0:
            return 0
        if place == len(self._edges):
            return place - 1
        return place if self._edges[place] - x < x - self._edges[place - 1] else place - 1


def badge_columns(width: float) -> tuple[float, ...]:
    """Where the columns of a list of badges begin and end."""
    return tuple(width * share for share in _BADGE_SHARES)


def _other_edges(layout: Layout) -> Iterator[float]:
    """Where approval boxes, labelled lines and the columns of a list of badges begin and end."""
    for page in layout.pages:
        for part in page:
            if isinstance(part, Title) and part.approval:
                start = part.approval_left + APPROVAL_SIDE
                yield part.approval_left
                yield from (start + index * APPROVAL_BOX for index in range(len(part.approval)))
            elif isinstance(part, InfoPart):
                yield from (left for _, _, boxes in part.rows for left, _, _, _ in boxes)
            elif isinstance(part, BadgesPart):
                yield from badge_columns(layout.width)


def _thinned(edges: list[float], width: float) -> list[float]:
    """The edges without those that lie too near the one before."""
    kept = [0.0]
    for edge in edges:
        if edge - kept[-1] >= _NEAR and width - edge >= _NEAR:
            kept.append(edge)
    return [*kept, width]
