"""A step's bar against its goal: a button that leads to the people behind it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from regional_desk.desktop.shell import Context
from regional_desk.domain.outcomes import Step
from regional_desk.domain.rounding import half_up
from regional_desk.services.outcomes.outcomes import Outcomes

_HEIGHT, _LABEL, _FIGURES, _LEAST_BAR, _GAP = 30, 90, 230, 60, 8
_ROUND, _LEFT = 3.0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_OUT_OF = {
    Step.PLACED: "수료",
    Step.INTERNED: "연계",
    Step.CONVERTED: "끝난 인턴십",
    Step.KEPT6: "6개월이 된",
    Step.KEPT12: "12개월이 된",
}


class StepBar(QAbstractButton):
    """The result as a bar, the goal as its frame, both told in figures; checked while its people are shown."""

    def __init__(self, context: Context, step: Step) -> None:
        super().__init__()
        self._context, self.step = context, step
        self._people, self._goal, self._most, self._words, self._share = 0, 0, 1, "", ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_step(self, found: Outcomes, most: int) -> None:
        """A year's figures; the longest bar is `most` people."""
        goal, (came, base) = found.goal(self.step), found.share(self.step)
        self._people, self._goal, self._most = found.total.count(self.step), goal or 0, max(1, most)
        self._words = f"{self._people}명"
        if goal:
            self._words += f" / 목표 {goal}명 ({half_up(self._people * 100, goal, 1)}%)"
        self._share = f"{_OUT_OF[self.step]} {base}명 가운데 {came}명" if base else ""
        self.setAccessibleName(f"{self.step.label} {self._words} {self._share}".strip())
        self.setToolTip(
            " · ".join(word for word in (self.step.label, self._words, self._share, "누르면 명단") if word)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the name, a bar and two lines of figures."""
        size = self._context.theme.size
        return QSize(
            size(_LABEL + _LEAST_BAR + _FIGURES), max(size(_HEIGHT), 2 * self.fontMetrics().height())
        )

    def minimumSizeHint(self) -> QSize:
        """The same: less could not be read."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name, bar, figures."""
        painter, colour = QPainter(self), self._context.colour
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, tall = self._context.theme.size, float(self.height())
        left, room = float(size(_LABEL)), float(self.width() - size(_LABEL + _FIGURES) - 2 * size(_GAP))
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(QColor(colour("accent")), 2 if self.hasFocus() else 1))
            painter.setBrush(QColor(colour("selected")) if self.isChecked() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        strong = QFont(self.font())
        strong.setBold(True)
        painter.setFont(strong)
        painter.setPen(QColor(colour("text")))
        painter.drawText(QRectF(size(_GAP), 0, left - size(_GAP), tall), _LEFT, self.step.label)
        painter.setFont(self.font())
        inset = tall * 0.2
        for people, fill in ((self._goal, False), (self._people, True)):
            if people:
                bar = QRectF(left, inset, max(2.0, room * people / self._most), tall - 2 * inset)
                painter.setPen(Qt.PenStyle.NoPen if fill else QPen(QColor(colour("muted")), 1))
                painter.setBrush(QColor(colour("accent")) if fill else Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(bar, _ROUND, _ROUND)
        at, half = left + room + size(_GAP), tall / 2
        painter.setPen(QColor(colour("text")))
        words = QRectF(at, 0, self.width() - at, half if self._share else tall)
        painter.drawText(words, _LEFT, self._words)
        painter.setPen(QColor(colour("muted")))
        painter.drawText(QRectF(at, half, self.width() - at, half), _LEFT, self._share)
        painter.end()


class StepBars(QWidget):
    """The steps one under the other."""

    picked = Signal(object)  # the Step that was clicked

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.bars = {step: StepBar(context, step) for step in Step}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for step, bar in self.bars.items():
            layout.addWidget(bar)
            bar.clicked.connect(lambda _checked=False, step=step: self.picked.emit(step))

    def show_outcomes(self, found: Outcomes) -> None:
        """A year's steps, all to one scale."""
        most = max(self._lengths(found))
        for bar in self.bars.values():
            bar.show_step(found, most)

    def choose(self, step: Step | None) -> None:
        """Mark whose people are shown, None for no bar."""
        for one, bar in self.bars.items():
            bar.setChecked(one is step)

    def _lengths(self, found: Outcomes) -> Iterator[int]:
        for step in Step:
            yield max(found.total.count(step), found.goal(step) or 0)
