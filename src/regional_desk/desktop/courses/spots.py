"""Places of the timetable grid, and what copying, pasting and filling make of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the grid: row and column from 0."""

    row: int
    column: int


def read_block(text: str) -> list[list[str]]:
    """The cells of what Excel put on the clipboard; a cell of several lines stands in quotes."""
    return list(csv.reader(io.StringIO(text.rstrip("\r\n")), delimiter="\t"))


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """Cells as Excel reads them."""
    return "\n".join("\t".join(row) for row in rows)


def filled(spots: Sequence[Spot], how: str, current: Spot) -> dict[Spot, Spot]:
    """Where each selected place takes its text from: `down` its first row, `right` its first column, `all` the cursor."""
    top, left = min(spot.row for spot in spots), min(spot.column for spot in spots)
    sources: dict[str, Callable[[Spot], Spot]] = {
        "down": lambda spot: Spot(top, spot.column),
        "right": lambda spot: Spot(spot.row, left),
        "all": lambda _spot: current,
    }
    return {spot: sources[how](spot) for spot in spots}


def pasted(block: Sequence[Sequence[str]], start: Spot, selected: Sequence[Spot]) -> list[tuple[Spot, str]]:
    """Where each cell of a block comes to stand, from `start` on; a single cell fills the whole selection."""
    if len(block) == 1 and len(block[0]) == 1:
        return [(spot, block[0][0]) for spot in selected or (start,)]
    return [
        (Spot(start.row + down, start.column + right), cell)
        for down, row in enumerate(block)
        for right, cell in enumerate(row)
    ]
