"""하루 순회: the visits of a day in their order, and what can be done with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.visits.route import RouteList
from regional_desk.domain.text import korean_date, weekday
from regional_desk.domain.visits import VisitState
from regional_desk.services.visits.reading import Visit

_HINT = "끌어 놓거나 Alt+↑·↓로 순서를 바꿉니다. 순회표와 점검표도 이 순서입니다."


class DayPane(QWidget):
    """The route of a day; what is asked of it is told to the page."""

    opened = Signal(object)
    ordered = Signal(tuple)
    by_address = Signal()
    moved = Signal(object)
    cancelled = Signal(object)
    reopened = Signal(object)
    added = Signal()
    printed = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.rows: tuple[Visit, ...] = ()
        self._may_write = False
        self.title, self.order = QLabel(), parts.muted()
        self.title.setObjectName("heading")
        self.empty = parts.muted("이날은 방문이 없습니다.")
        self.route = RouteList(context.colour, context.theme.size, self)
        self.key_button = parts.button("점검표…", lambda: self.opened.emit(self.route.current()), tip="Enter")
        self.move_button = parts.button("날짜·방문자…", lambda: self.moved.emit(self.route.current()))
        self.cancel_button = parts.button("취소…", lambda: self.cancelled.emit(self.route.current()))
        self.reopen_button = parts.button("되돌리기…", lambda: self.reopened.emit(self.route.current()))
        self.add_button = parts.button("방문 넣기…", self.added.emit)
        self.sort_button = parts.button("주소순으로", self.by_address.emit, tip="손으로 바꾼 순서를 없앱니다")
        self.route_button = parts.button("순회표…", lambda: self.printed.emit("visit-route"))
        self.sheet_button = parts.button("점검표 출력…", lambda: self.printed.emit("visit-sheet"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(parts.row(self.title, None, self.route_button, self.sheet_button))
        layout.addWidget(self.empty)
        layout.addWidget(self.route, 1)
        told = parts.row()
        told.addWidget(self.order, 1)
        told.addWidget(self.sort_button)
        layout.addLayout(told)
        acts = (self.key_button, self.move_button, self.cancel_button, self.reopen_button)
        layout.addLayout(parts.row(*acts, None, self.add_button))
        self.route.chosen.connect(lambda _row: self._enable())
        self.route.opened.connect(self.opened)
        self.route.moved.connect(self.ordered)
        self.setFocusProxy(self.route)

    def show_day(self, day: dt.date, rows: Sequence[Visit], *, may_write: bool) -> None:
        """Show a day's visits, those that are cancelled last."""
        self.rows, self._may_write = tuple(rows), may_write
        live = [row for row in rows if row.state is not VisitState.CANCELLED]
        stops = len({row.host.company for row in live})
        counts = f" · 기업 {stops}곳, 인턴 {len(live)}명" if live else ""
        self.title.setText(f"{korean_date(day)} ({weekday(day)}){counts}")
        self.empty.setVisible(not rows)
        self.route.setVisible(bool(rows))
        by_hand = any(row.place is not None for row in live)
        self.order.setText(("손으로 정한 순서. " if by_hand else "주소순. ") + _HINT if len(live) > 1 else "")
        self.sort_button.setVisible(by_hand and may_write)
        for button in (self.route_button, self.sheet_button):
            button.setEnabled(bool(live))
        self.route.set_visits(rows, may_order=may_write and len(live) > 1)
        self._enable()

    def _enable(self) -> None:
        row = self.route.current() if self.rows else None
        state = row.state if row else None
        self.key_button.setEnabled(state in (VisitState.PLANNED, VisitState.DONE))
        self.move_button.setEnabled(self._may_write and state is VisitState.PLANNED)
        self.cancel_button.setEnabled(self._may_write and state is VisitState.PLANNED)
        back = state in (VisitState.DONE, VisitState.CANCELLED) and row is not None and not row.by_leaving
        self.reopen_button.setEnabled(self._may_write and back)
        self.add_button.setEnabled(self._may_write)
