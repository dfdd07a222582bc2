"""One way of placing, beside the other: what it reaches, what it costs, and the button that adopts it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from regional_desk.desktop import parts
from regional_desk.desktop.matching.rank_bars import RankBars, bars_of
from regional_desk.desktop.shell import Context
from regional_desk.domain.matching import Measure
from regional_desk.domain.matching_rounds import Objective
from regional_desk.services.matching.explaining import show_average

_SENSE = {
    Objective.STABLE: "서로 더 원하는 짝이 남지 않게, 그 안에서 교육생에게 가장 좋게",
    Objective.MOST: "한 사람이라도 더 배정되게, 그 안에서 우선 순위와 희망순위가 좋게",
}
_OTHER = {Objective.STABLE: Objective.MOST, Objective.MOST: Objective.STABLE}
_FIGURES = ("배정", "평균 희망순위", "차단쌍")


class ObjectiveCard(QFrame):
    """A surface with the figures on the left and the bars on the right."""

    adopted = Signal(object)

    def __init__(self, context: Context, objective: Objective) -> None:
        super().__init__()
        self.objective = objective
        self.setObjectName("card")
        self.head, self.sense = parts.heading(objective.label), parts.muted(_SENSE[objective])
        self.taken, self.cost = QLabel(), QLabel()
        self.cost.setWordWrap(True)
        self.figures = {name: parts.heading("") for name in _FIGURES}
        self.figures["차단쌍"].setToolTip("지금보다 서로를 더 원하는 교육생과 직무의 짝")
        self.bars = RankBars(context)
        self.adopt = parts.button("이 배정 채택", lambda: self.adopted.emit(objective))
        self.adopt.setAccessibleName(f"{objective.label} 채택")
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for at, (name, figure) in enumerate(self.figures.items()):
            grid.addWidget(parts.muted(name), at, 0)
            grid.addWidget(figure, at, 1)
        grid.setColumnStretch(1, 1)
        left = QVBoxLayout()
        left.addLayout(grid)
        left.addWidget(self.cost)
        left.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addLayout(left, 1)
        body.addWidget(self.bars, 1, Qt.AlignmentFlag.AlignTop)
        layout = self._body = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addLayout(parts.row(self.head, self.taken, None, self.adopt))
        layout.addWidget(self.sense)
        layout.addLayout(body)
        self.show_measure(None, None, taken=False, may_adopt=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Never lower than its wrapped lines take at this width: a page that scrolls gives no more than it must."""
        super().resizeEvent(event)
        self.setMinimumHeight(self._body.heightForWidth(event.size().width()))

    def show_measure(
        self, own: Measure | None, other: Measure | None, *, taken: bool, may_adopt: bool
    ) -> None:
        """The figures of this way beside the other's; None while they are worked out."""
        parts.set_tone(self.taken, "● 채택함" if taken else "", "ok")
        self.adopt.setEnabled(may_adopt and own is not None and own.placed > 0)
        self.bars.setVisible(own is not None)
        if own is None or other is None:
            for figure in self.figures.values():
                figure.setText("—")
            parts.set_tone(self.cost, "", "quiet")
            return
        people = own.placed + own.unplaced
        self.figures["배정"].setText(f"{own.placed}명 / {people}명")
        self.figures["평균 희망순위"].setText(show_average(own.average))
        self.figures["차단쌍"].setText(f"{own.blocking}쌍")
        parts.set_tone(self.cost, *cost_words(self.objective, own, other))
        bars = bars_of(own.ranks, own.unplaced)
        beside = bars_of(other.ranks, other.unplaced)
        self.bars.show_bars(bars, max(count for _label, count in (*bars, *beside)))


def cost_words(objective: Objective, own: Measure, other: Measure) -> tuple[str, str]:
    """What choosing this way gives up against the other, and its tone."""
    lost, said = other.placed - own.placed, []
    beside = _OTHER[objective].label
    if lost > 0:
        said.append(f"{beside}보다 {lost}명 덜 배정됩니다.")
    elif lost < 0:
        said.append(f"{beside}보다 {-lost}명 더 배정됩니다.")
    if own.blocking:
        said.append(f"서로 더 원하는 짝이 {own.blocking}쌍 남습니다.")
    costs = lost > 0 or own.blocking > 0
    if not costs and not said:
        return f"✔ {beside}에 견주어 잃는 것이 없습니다.", "ok"
    return ("! " if costs else "✔ ") + " ".join(said), "warn" if costs else "ok"
