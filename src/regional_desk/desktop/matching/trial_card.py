"""누가 밀리나: what a change by hand would do, before it is done, and the reason it asks for."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout

from regional_desk.desktop import parts
from regional_desk.desktop.matching.pane import NOBODY
from regional_desk.domain.matching import Measure
from regional_desk.services.matching.explaining import show_average
from regional_desk.services.matching.placements import Trial

HINT = (
    "교육생을 끌어 직무 위에 놓거나, 교육생에서 Enter, 직무에서 Enter를 누르십시오. "
    "바꾸기 전에 누가 밀리는지 먼저 보여 줍니다."
)
_LISTED = 3


class TrialCard(QFrame):
    """What would happen in words and figures; a reason; do it or not."""

    wanted = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.head, self.told, self.costs, self.notes = parts.heading(""), QLabel(), QLabel(), QLabel()
        for label in (self.head, self.told, self.costs, self.notes):
            label.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("바꾸는 사유")
        self.reason.setPlaceholderText("바꾸는 사유 (조정 회의록에 남습니다)")
        self.do = parts.button("바꾸기", self._on_do, primary=True, tip="Enter")
        self.leave = parts.button("그만두기", self.dropped.emit, tip="Esc")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(6)
        for label in (self.head, self.told, self.costs, self.notes):
            layout.addWidget(label)
        acting = parts.row(self.reason, self.leave, self.do)
        acting.setStretch(0, 1)
        layout.addLayout(acting)
        layout.addStretch(1)
        self.reason.textChanged.connect(lambda _text: self._enable())
        self.reason.returnPressed.connect(self._on_do)
        QShortcut(QKeySequence("Esc"), self.reason, self.dropped.emit)
        self._trial: Trial | None = None
        self.show_trial(None)

    def show_trial(
        self,
        trial: Trial | None,
        name_of: Callable[[UUID], str] = str,
        label_of: Callable[[UUID], str] = str,
    ) -> None:
        """A change that was tried, or how to try one."""
        self._trial = trial
        self.reason.clear()
        for widget in (self.reason, self.do, self.leave):
            widget.setVisible(trial is not None and not trial.refused)
        if trial is None:
            self.head.setText("누가 밀리나")
            parts.set_tone(self.told, HINT, "quiet")
            parts.set_tone(self.costs, "", "quiet")
            parts.set_tone(self.notes, "", "quiet")
            return
        self.head.setText(f"{trial.name}님: {trial.before or NOBODY} → {trial.after or NOBODY}")
        parts.set_tone(self.told, *_told(trial))
        swap = trial.swap
        costs = "" if trial.refused else _costs(swap.measure_before, swap.measure_after)
        parts.set_tone(self.costs, costs, "quiet")
        pairs = [f"{name_of(who)} – {label_of(where)}" for who, where in swap.new_blocking]
        more = f" 외 {len(pairs) - _LISTED}쌍" if len(pairs) > _LISTED else ""
        words = [f"! {note}" for note in trial.notes]
        words += [f"! 새로 서로 더 원하게 되는 짝: {', '.join(pairs[:_LISTED])}{more}"] if pairs else []
        parts.set_tone(self.notes, "" if trial.refused else "\n".join(words), "warn")
        self._enable()
        if not trial.refused:
            self.reason.setFocus()

    def _enable(self) -> None:
        self.do.setEnabled(bool(self.reason.text().strip()))

    def _on_do(self) -> None:
        if self._trial is not None and self.do.isEnabled():
            self.wanted.emit(self.reason.text().strip())


def _told(trial: Trial) -> tuple[str, str]:
    if trial.refused:
        return f"! {trial.refused}", "bad"
    if trial.displaced:
        people = ", ".join(f"{name}님" for name in trial.displaced)
        return f"! 밀리는 사람: {people} → {NOBODY}이 됩니다. 자리를 따로 찾아 주어야 합니다.", "warn"
    return "✔ 아무도 밀리지 않습니다.", "ok"


def _costs(before: Measure, after: Measure) -> str:
    return (
        f"배정 {before.placed} → {after.placed}명 · "
        f"평균 희망순위 {show_average(before.average)} → {show_average(after.average)} · "
        f"차단쌍 {before.blocking} → {after.blocking}"
    )
