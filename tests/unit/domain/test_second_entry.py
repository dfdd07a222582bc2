"""종이 서명부 대조: when a record and the paper say the same."""

from __future__ import annotations

import pytest

from regional_desk.domain.attendance import ABSENT, EMPTY, EXCUSED, PRESENT, Cell, Evidence, Mark, Status
from regional_desk.domain.second_entry import agree

LATE = Cell(Status.PRESENT, Mark.LATE)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (PRESENT, PRESENT, True),
        (Cell(Status.PRESENT, time_in=538, time_out=1080), PRESENT, True),
        (Cell(Status.EXCUSED, reason="interview", evidence=Evidence.VERIFIED), EXCUSED, True),
        (LATE, PRESENT, False),
        (LATE, Cell(Status.PRESENT, Mark.LATE | Mark.OUT), False),
        (PRESENT, ABSENT, False),
        (EMPTY, ABSENT, False),
        (EMPTY, PRESENT, False),
    ],
)
def test_status_and_marks_are_compared_and_nothing_else(first: Cell, second: Cell, same: bool) -> None:
    assert agree(first, second) is same
