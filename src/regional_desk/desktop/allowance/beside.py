"""Beside the table: why a person gets what they get, and what keeps the run from 확정."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.allowance.day_strip import DayStrip
from regional_desk.desktop.shell import Context
from regional_desk.services.pay.allowance_run import Line, OpenItem, Run

_SHOWN_ITEMS = 8
_KINDS = {
    "unrecorded": "미입력",
    "evidence": "증빙",
    "approver": "기관장 인정",
    "times": "시각 없음",
    "disagreement": "시각과 다름",
    "benefits": "지급 제외 확인",
    "account": "계좌 보류",
    "no_account": "계좌 없음",
}


class WhyCard(QWidget):
    """왜 이 금액? The sentences of a row's trace, the days behind them, and the basis."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts.card(self._lines))
        self.show_line(None, None)

    def show_line(self, run: Run | None, line: Line | None) -> None:
        """Show one person's reason."""
        parts.clear(self._lines)
        if run is None or line is None:
            self._lines.addWidget(parts.heading("왜 이 금액?"))
            self._lines.addWidget(parts.muted("사람을 고르면 금액이 나온 까닭을 보여 줍니다."))
            return
        name = self._context.masking.show_name(line.name)
        self._lines.addWidget(parts.heading(f"왜 이 금액? — {line.number}번 {name}"))
        for sentence in line.trace[:-1]:
            text = QLabel(sentence)
            text.setWordWrap(True)
            self._lines.addWidget(text)
        strip = DayStrip(self._context)
        strip.show_strip(line.strip, [day.day for day in run.course.days_of(run.unit)])
        self._lines.addWidget(strip)
        self._lines.addWidget(parts.muted(line.trace[-1]))
        if line.held:
            self._lines.addWidget(parts.muted(f"! 보류: {line.held}"))


class OpenCard(QWidget):
    """확정을 막는 것: how many of each kind, and each with the way to its place."""

    def __init__(self, context: Context, go: Callable[[OpenItem], None]) -> None:
        super().__init__()
        self._context, self._go = context, go
        self._lines = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts.card(self._lines))

    def show_run(self, run: Run | None) -> None:
        """Show what is open in a run."""
        parts.clear(self._lines)
        items = run.open_items if run else ()
        self._lines.addWidget(parts.heading(f"확정을 막는 것 {len(items)}"))
        if not items:
            self._lines.addWidget(parts.muted("없습니다." if run else "작성하면 보여 줍니다."))
            return
        kinds = Counter(_KINDS.get(item.kind, item.kind) for item in items)
        self._lines.addWidget(parts.muted(" · ".join(f"{word} {count}" for word, count in kinds.items())))
        for item in items[:_SHOWN_ITEMS]:
            name = self._context.masking.show_name(item.name)
            text = parts.muted(f"{name} — {item.message}")
            line = parts.row(text, parts.link("이동 →", partial(self._go, item)))
            line.setStretch(0, 1)
            self._lines.addLayout(line)
        if len(items) > _SHOWN_ITEMS:
            more = f"그 밖에 {len(items) - _SHOWN_ITEMS}건은 표의 상태에 있습니다. 줄을 두 번 누르면 그곳으로 갑니다."
            self._lines.addWidget(parts.muted(more))
