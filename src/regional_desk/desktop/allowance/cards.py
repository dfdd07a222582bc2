"""The units of every course as cards: which one is shown, and which are worked on together."""

from __future__ import annotations

from collections.abc import Hashable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView

from regional_desk.desktop.card_list import CardList, Face
from regional_desk.desktop.shell import Context
from regional_desk.domain.allowance import RunState
from regional_desk.domain.text import korean_date, won
from regional_desk.services.pay.run_board import Card
from regional_desk.services.pay.run_states import RunKind, UnitKey

_WIDTH = 252
_WAITING = {None: "warn", RunState.DRAFT: "warn", RunState.CHECKED: "accent"}


def state_word(card: Card) -> str:
    """`! 작성 전`, `작성`, `추가 · 검토`, `✓ 지급`."""
    if card.state is None:
        return "! 작성 전"
    done = "✓ " if card.state in (RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED) else ""
    kind = f"{card.kind.label} · " if card.kind not in (None, RunKind.MAIN) else ""
    return f"{done}{kind}{card.state.label}"


def unit_line(card: Card) -> str:
    """Number and dates: `단위기간 1 · 2026. 8. 3. ~ 8. 31.`."""
    start, end = card.unit.start, card.unit.end
    last = f"{end.month}. {end.day}." if start.year == end.year else korean_date(end)
    return f"단위기간 {card.unit.no} · {korean_date(start)} ~ {last}"


def amount_line(card: Card) -> str:
    """People and won of all the unit's runs, and who is held."""
    words = [f"{card.drafted_people if card.runs else card.people}명"]
    if card.runs:
        words.append(f"{won(card.total)}원")
    if card.held:
        words.append(f"! 보류 {card.held}명")
    return " · ".join(words)


class RunCards(CardList[Card]):
    """A row of cards. The one under the cursor is shown; with Ctrl, Shift or Space several are chosen."""

    picked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, "과정과 단위기간", _WIDTH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.itemSelectionChanged.connect(self.picked)

    def identify(self, card: Card) -> Hashable:
        """Course and unit."""
        return card.key

    def face(self, card: Card) -> Face:
        """Name and state, unit, people and won."""
        return Face(
            card.course_name,
            state_word(card),
            _WAITING.get(card.state, "ok"),
            unit_line(card),
            amount_line(card),
            "warn" if card.held else "text",
            said=f"단위기간 {card.unit.no}",
        )

    def go(self, course: UUID, unit: int | None) -> None:
        """Put the cursor on a unit's card, the course's newest where none is named."""
        for at, card in enumerate(self.cards):
            if card.course == course and unit in (None, card.unit.no):
                self.show_at(at)
                return

    def keys(self) -> tuple[UnitKey, ...]:
        """What an act is done with: the chosen units, the older first."""
        return tuple(card.key for card in reversed(self.chosen))
