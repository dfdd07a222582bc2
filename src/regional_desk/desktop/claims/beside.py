"""Beside the table: why an intern's service month brings what it brings, and what keeps the run from 확정."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.services.claims.claim_links import OpenItem
from regional_desk.services.claims.claim_run import ClaimRun, Line

_SHOWN_ITEMS = 8


class WhyCard(QWidget):
    """왜 이 금액? The sentences of a row's trace and the basis."""

    def __init__(self, context: Context, open_month: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._open = context, open_month
        self._lines = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts.card(self._lines))
        self.show_line(None)

    def show_line(self, line: Line | None) -> None:
        """Show one service month's reason."""
        parts.clear(self._lines)
        if line is None:
            self._lines.addWidget(parts.heading("왜 이 금액?"))
            self._lines.addWidget(parts.muted("인턴을 고르면 금액이 나온 까닭을 보여 줍니다."))
            return
        name = self._context.masking.show_name(line.name)
        self._lines.addWidget(parts.heading(f"왜 이 금액? — {name} {line.month_no}차"))
        for sentence in line.trace[:-1]:
            text = QLabel(sentence)
            text.setWordWrap(True)
            self._lines.addWidget(text)
        self._lines.addWidget(parts.muted(line.trace[-1]))
        if line.held:
            self._lines.addWidget(parts.muted(f"! 보류: {line.held}"))
        self._lines.addLayout(parts.row(parts.link("급여명세와 서류 →", self._open), None))


class OpenCard(QWidget):
    """확정을 막는 것: how many at each place, and each with the way there."""

    def __init__(self, context: Context, go: Callable[[OpenItem], None]) -> None:
        super().__init__()
        self._context, self._go = context, go
        self._lines = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts.card(self._lines))

    def show_run(self, run: ClaimRun | None) -> None:
        """Show what is open in a run."""
        parts.clear(self._lines)
        items = run.open_items if run else ()
        self._lines.addWidget(parts.heading(f"확정을 막는 것 {len(items)}"))
        if not items:
            self._lines.addWidget(parts.muted("없습니다." if run else "작성하면 보여 줍니다."))
            return
        places = Counter(item.opens.label for item in items)
        self._lines.addWidget(parts.muted(" · ".join(f"{word} {count}" for word, count in places.items())))
        for item in items[:_SHOWN_ITEMS]:
            name = self._context.masking.show_name(item.name)
            text = parts.muted(f"{name} {item.month_no}차 — {item.message}")
            way = parts.link("이동 →", partial(self._go, item))
            way.setToolTip(item.opens.label)
            line = parts.row(text, way)
            line.setStretch(0, 1)
            self._lines.addLayout(line)
        if len(items) > _SHOWN_ITEMS:
            more = f"그 밖에 {len(items) - _SHOWN_ITEMS}건은 표의 상태에 있습니다."
            self._lines.addWidget(parts.muted(more))
