"""What may be done with the month's claims: a button a step, the one that comes next in front, and the rest in a menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from regional_desk.desktop import parts
from regional_desk.domain.allowance import RunState
from regional_desk.domain.run_steps import Step
from regional_desk.services.claims.board import MonthCard
from regional_desk.services.claims.claim_run import ClaimRun, Line
from regional_desk.services.claims.run_states import OPEN_STATES, RunKind
from regional_desk.store.claim_runs import CLOSED_STATES, ClaimRunRow

_WORDS = {
    "draft": ("작성", "지금의 협약·급여명세로 계산합니다"),
    "check": ("검토", ""),
    "confirm": ("확정", ""),
    "file": ("이체 파일 →", "확정한 금액을 은행 파일로 만들고 결과를 읽습니다"),
    "hold": ("보류", "한 사람의 지원월을 빼고 나머지를 지급합니다"),
}
_MORE = {
    "back": "검토 되돌리기…",
    "cancel": "확정 취소…",
    "pay": "파일 없이 지급 적기…",
    "reconcile": "통장 확인(대사)…",
    "settle": "정산",
    "discard": "작성 중인 정산 지우기",
    "policy": "지원 기준…",
}
_ORDER = ("file", "confirm", "check", "draft")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the buttons follow from: the month, its versions, the run and the row shown, and whether a 정산 is proposed."""

    card: MonthCard | None = None
    versions: Sequence[ClaimRunRow] = ()
    run: ClaimRun | None = None
    line: Line | None = None
    proposed: bool = False

    @property
    def newest(self) -> ClaimRunRow | None:
        """The version acts are done with."""
        kept = [run for run in self.versions if run.state != RunState.CANCELLED]
        return kept[-1] if kept else None

    def possible(self) -> dict[str, bool]:
        """What fits now, by the keys of the buttons and the menu."""
        newest = self.newest
        state = RunState(newest.state) if newest else None
        settling = newest is not None and newest.kind == RunKind.SETTLEMENT and newest.state in OPEN_STATES
        states = {run.state for run in self.versions}
        card, opened = self.card, state in OPEN_STATES
        return {
            "draft": opened or (card is not None and card.to_do + card.coming > 0),
            "check": Step.CHECK.fits(state),
            "confirm": Step.CONFIRM.fits(state),
            "file": bool(states & set(CLOSED_STATES)),
            "hold": self.line is not None and self.run is not None and self.run.state in OPEN_STATES,
            "back": state is RunState.CHECKED,
            "cancel": state is RunState.CONFIRMED,
            "pay": RunState.CONFIRMED in states,
            "reconcile": RunState.PAID in states,
            "settle": bool(states & set(CLOSED_STATES)) and (settling or not opened),
            "discard": settling,
            "policy": True,
        }

    def following(self) -> str:
        """The key of the step that comes next, empty where nothing waits."""
        possible = self.possible()
        waits = self.card is not None and self.card.to_do > 0
        possible["file"] = possible["pay"]
        possible["draft"] = possible["draft"] and (waits or not self.versions)
        return next((key for key in _ORDER if possible[key]), "")


class ClaimSteps(QWidget):
    """The buttons of the steps, and a menu of what is rarer."""

    def __init__(self, slots: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {
            key: parts.button(word, slots[key], tip=tip) for key, (word, tip) in _WORDS.items()
        }
        self.more = QPushButton("더 보기 ▾")
        menu = QMenu(self.more)
        self.actions_by_key: dict[str, QAction] = {}
        for key, word in _MORE.items():
            action = menu.addAction(word)
            action.triggered.connect(lambda _checked=False, act=slots[key]: act())
            self.actions_by_key[key] = action
        self.more.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (*self.buttons.values(), self.more):
            layout.addWidget(widget)

    def show_for(self, standing: Standing) -> None:
        """Allow what fits, and put the next step in front."""
        possible = standing.possible()
        newest = standing.newest
        following = standing.following()
        again = newest is not None and newest.state in OPEN_STATES
        self.buttons["draft"].setText("다시 작성" if again else "작성")
        held = standing.line is not None and standing.line.held is not None
        self.buttons["hold"].setText("보류 해제" if held else "보류")
        possible["hold"] = possible["hold"] or held
        for key, button in self.buttons.items():
            button.setEnabled(possible[key])
            parts.set_primary(button, key == following)
        for key, action in self.actions_by_key.items():
            action.setEnabled(possible[key])
        self.actions_by_key["settle"].setText("! 정산" if standing.proposed else "정산")
