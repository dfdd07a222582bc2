"""미확인 전화표: the order of the calls, and what an answer is."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from regional_desk.domain.attendance import ABSENT, EXCUSED, PRESENT, Cell, Mark, Status
from regional_desk.domain.calls import answer_text, in_call_order, read_answer
from regional_desk.domain.refused import Refused

LATE = Cell(Status.PRESENT, Mark.LATE)


def test_everybody_is_called_once_for_all_their_days() -> None:
    first, second = UUID(int=2), UUID(int=1)
    monday, tuesday = dt.date(2026, 8, 24), dt.date(2026, 8, 25)
    found = in_call_order([(2, second, monday), (1, first, tuesday), (1, first, monday)])
    assert found == ((first, monday), (first, tuesday), (second, monday))


@pytest.mark.parametrize("cell", [PRESENT, LATE, ABSENT, EXCUSED, None])
def test_an_answer_reads_back_as_it_was_kept(cell: Cell | None) -> None:
    assert read_answer(answer_text(cell)) == cell


@pytest.mark.parametrize(
    ("typed", "cell"),
    [("1", PRESENT), ("2", LATE), ("5", ABSENT), ("6", EXCUSED), ("0", None), ("결석", ABSENT)],
)
def test_an_answer_is_a_key_or_a_word(typed: str, cell: Cell | None) -> None:
    assert read_answer(typed) == cell


def test_another_word_is_no_answer() -> None:
    with pytest.raises(Refused):
        read_answer("아마도")
