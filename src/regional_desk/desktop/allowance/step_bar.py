"""What may be done with the chosen runs: a button a step, and the one that comes next in front."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from regional_desk.desktop import parts
from regional_desk.domain.allowance import RunState
from regional_desk.domain.run_steps import Step
from regional_desk.services.pay.allowance_run import Line, Run
from regional_desk.services.pay.run_board import Card

_WORDS = {
    "draft": ("작성", ""),
    "check": ("검토", ""),
    "confirm": ("확정", ""),
    "pay": ("지급", ""),
    "back": ("되돌리기", "검토한 것을 사유와 함께 작성으로 되돌립니다"),
    "cancel": ("확정 취소", "지급 전에만 할 수 있습니다"),
    "hold": ("보류", "한 사람을 빼고 나머지를 지급합니다"),
}
_NEXT = (Step.PAY, Step.CONFIRM, Step.CHECK, Step.DRAFT)


class StepBar(QWidget):
    """The buttons; the four steps take one run or many, the others one."""

    def __init__(self, slots: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {
            key: parts.button(word, slots[key], tip=tip) for key, (word, tip) in _WORDS.items()
        }
        self._many = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (*self.buttons.values(), self._many):
            layout.addWidget(widget)

    def show_for(self, chosen: Sequence[Card], run: Run | None, line: Line | None) -> None:
        """Allow what fits the chosen units, the run shown and the person under the cursor."""
        many = len(chosen) > 1
        self._many.setText(f"고른 단위기간 {len(chosen)}개를 함께" if many else "")
        fits = {step: any(step.fits(card.state) for card in chosen) for step in _NEXT}
        state = run.state if run else None
        left_out = not many and run is not None and any(one.held for one in run.lines)
        enabled = {step.value: fits[step] for step in _NEXT} | {
            "draft": fits[Step.DRAFT] or left_out,  # who was left out gets a run of their own
            "back": not many and state is RunState.CHECKED,
            "cancel": not many and state is RunState.CONFIRMED,
            "hold": not many and line is not None,
        }
        following = next((step.value for step in _NEXT if enabled[step.value]), "")
        again = not many and state in (RunState.DRAFT, RunState.CHECKED)
        self.buttons["draft"].setText("다시 작성" if again else "작성")
        self.buttons["hold"].setText("보류 해제" if line and line.held else "보류")
        for key, button in self.buttons.items():
            button.setEnabled(enabled[key])
            button.setProperty("primary", key == following)
            button.style().unpolish(button)
            button.style().polish(button)
