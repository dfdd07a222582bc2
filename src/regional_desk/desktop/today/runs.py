"""What waits in the runs of 훈련수당: people held, and runs sent back from 검토. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.allowance import RunState
from regional_desk.services.desk import Desk
from regional_desk.services.pay.run_board import Card, board


def read_runs(desk: Desk) -> Iterator[Due]:
    """A line for each unit with held people, paid or not, and for each run that came back."""
    for card in board(desk):
        place = f"{card.course_name} · {card.unit.no}단위기간"
        if card.held:
            yield _line(card, f"훈련수당 보류 {card.held}명", f"{place} · {_what_next(card)}")
        if card.state is RunState.DRAFT and card.newest and card.newest.returned_reason:
            yield _line(card, "검토에서 되돌아온 훈련수당", place)


def _what_next(card: Card) -> str:
    if card.is_open:
        return "나머지 사람은 먼저 지급할 수 있습니다"
    return "해결하면 보류를 풀고 추가로 작성합니다"


def _line(card: Card, title: str, detail: str) -> Due:
    return Due(title, detail, "열기 →", "allowance", {"course": card.course, "unit": card.unit.no})
