"""미확인 전화표: in which order cells without a record are asked for by telephone, and what an answer is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from regional_desk.domain.attendance import ABSENT, EXCUSED, PRESENT, Cell, Mark, Status, read_cell, show_cell

NOT_REACHED = "부재"
ANSWERS: dict[str, Cell | None] = {  # by the key, the same digit as in the grid; None is 부재
    "1": PRESENT,
    "2": Cell(Status.PRESENT, Mark.LATE),
    "3": Cell(Status.PRESENT, Mark.LEFT_EARLY),
    "4": Cell(Status.PRESENT, Mark.OUT),
    "5": ABSENT,
    "6": EXCUSED,
    "0": None,
}


def in_call_order(open_cells: Iterable[tuple[int, UUID, dt.date]]) -> tuple[tuple[UUID, dt.date], ...]:
    """(place in the class, trainee, day) in the order of the calls: person by person, so that nobody is called twice."""
    return tuple((trainee, day) for _, trainee, day in sorted(open_cells, key=lambda one: (one[0], one[2])))


def answer_text(cell: Cell | None) -> str:
    """An answer as it is kept and shown: the record's word, or 부재."""
    return NOT_REACHED if cell is None else show_cell(cell)


def read_answer(text: str) -> Cell | None:
    """The record of an answer as kept, or typed as a word or a key; None for 부재. Raises Refused for anything else."""
    typed = text.strip()
    if typed == NOT_REACHED:
        return None
    return ANSWERS[typed] if typed in ANSWERS else read_cell(typed)
