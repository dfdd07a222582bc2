"""종이 서명부 대조: what two people read off the same paper, compared."""

from __future__ import annotations

from regional_desk.domain.attendance import Cell


def agree(first: Cell, second: Cell) -> bool:
    """Whether a record and its second entry say the same: status and marks, for a 서명부 shows no more.

    미입력 in the records agrees with nothing that was read off the paper.
    """
    return (first.status, first.marks) == (second.status, second.marks)
