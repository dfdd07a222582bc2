"""A unit's records of one person as a run keeps them: one character a training day."""

from __future__ import annotations

from regional_desk.domain.attendance import Cell, Mark, Status

_FIRST = ord("0")
_OUTSIDE = " "


def read_strip(strip: str) -> tuple[Cell | None, ...]:
    """The records of a strip (status + 4 × marks, from '0' for 미입력); None for a day outside the membership."""
    return tuple(None if code == _OUTSIDE else _cell(ord(code) - _FIRST) for code in strip)


def _cell(number: int) -> Cell:
    return Cell(Status(number & 3), Mark(number >> 2))
