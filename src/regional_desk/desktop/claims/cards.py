"""The months of claims as cards: how far each run came, and what still waits in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

from PySide6.QtWidgets import QAbstractItemView

from regional_desk.desktop.card_list import CardList, Face
from regional_desk.desktop.shell import Context
from regional_desk.domain.allowance import RunState
from regional_desk.domain.text import won
from regional_desk.services.claims.board import MonthCard
from regional_desk.services.claims.run_states import RunKind

_WIDTH = 232
_DONE = (RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED)


def state_word(card: MonthCard) -> str:
    """`! 작성 전`, `추가 · 작성`, `✓ 지급`, `진행 중` where nothing is over yet."""
    if card.state is None:
        return "! 작성 전" if card.waiting else "· 아직 없음"
    done = "✓ " if card.state in _DONE else ""
    kind = f"{card.kind.label} · " if card.kind not in (None, RunKind.MAIN) else ""
    return f"{done}{kind}{card.state.label}"


def waiting_line(card: MonthCard) -> str:
    """`남음 2건 · ! 보류 1건 · 진행 중 3건`; a month with nothing left says so."""
    words = []
    if card.to_do:
        words.append(f"남음 {card.to_do}건")
    if card.held:
        words.append(f"! 보류 {card.held}건")
    if card.coming:
        words.append(f"끝나지 않음 {card.coming}건")
    return " · ".join(words) or "남은 지원월 없음"


def amount_line(card: MonthCard) -> str:
    """Won of the newest run, or of all confirmed ones; without a run that there is none."""
    if card.state is None:
        return "작성하지 않음" if card.waiting else "지원월이 끝난 뒤에 작성"
    if card.state in _DONE:
        return f"확정 {won(card.confirmed)}원"
    earlier = f" · 확정 {won(card.confirmed)}원" if card.confirmed else ""
    return f"{card.state.label} {won(card.total)}원{earlier}"


class ClaimCards(CardList[MonthCard]):
    """A row of months, the newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "인턴지원금의 달", _WIDTH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def identify(self, card: MonthCard) -> Hashable:
        """The month."""
        return card.month

    def face(self, card: MonthCard) -> Face:
        """Month and state, won, what is left."""
        return Face(
            f"{card.month.year}년 {card.month.month}월",
            state_word(card),
            _tone(card),
            amount_line(card),
            waiting_line(card),
            "warn" if card.held else "text",
        )

    def go(self, month: dt.date) -> None:
        """Put the cursor on a month."""
        for at, card in enumerate(self.cards):
            if card.month == month.replace(day=1):
                self.show_at(at)
                return


def _tone(card: MonthCard) -> str:
    if card.state is None:
        return "warn" if card.waiting else "muted"
    if card.state is RunState.CHECKED:
        return "accent"
    return "ok" if card.state in _DONE else "warn"
