"""What reading a table reports about single rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowError:
    """A row or cell that could not be taken: `row` as the sheet numbers it, `column` the heading or its field."""

    row: int
    column: str
    value: str
    message: str
