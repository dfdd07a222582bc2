"""방문: the month at the left, beside it a day's route, the service months that lack one, and what was found."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.visits.calendar import LEGEND, MonthCalendar
from regional_desk.desktop.visits.day_pane import DayPane
from regional_desk.desktop.visits.findings_pane import FindingsPane
from regional_desk.desktop.visits.keyed_back import KeyBackDialog
from regional_desk.desktop.visits.months_pane import MonthsPane
from regional_desk.desktop.visits.plan_dialog import PlanDialog
from regional_desk.desktop.visits.visit_dialog import AddDialog, MoveDialog
from regional_desk.desktop.visits.words import SIGNS
from regional_desk.domain.calendar import month_span
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.visits import Standing, VisitState
from regional_desk.errors import UserError
from regional_desk.services.holidays import holidays_between
from regional_desk.services.papers.making import Wanted
from regional_desk.services.visits import routes, visits
from regional_desk.services.visits.reading import Month, Visit
from regional_desk.services.visits.visits import SUBJECT

_CONCERNED = frozenset({SUBJECT, "internships", "companies", "settings"})
_LEFT, _RIGHT = 430, 520
_TABS = ("day", "months", "findings")
_DAY = dt.timedelta(days=1)
_WAITING = (Standing.OVERDUE, Standing.TO_KEY)


class VisitsPage(QWidget):
    """A month of visits; whatever waits to be keyed is one button away."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._visits: tuple[Visit, ...] = ()
        self._months: tuple[Month, ...] = ()
        today = context.desk.clock.today()
        self._month, self._day = f"{today:%Y-%m}", today
        self.summary, self.title = QLabel(), QLabel()
        self.title.setObjectName("heading")
        self.notice = parts.Notice()
        self.calendar = MonthCalendar(context.colour, context.theme.size, self)
        self.day = DayPane(context)
        self.months, self.findings = MonthsPane(context), FindingsPane(context, self.notice.show_error)
        self.tabs = QTabWidget()
        for pane, name in zip(
            (self.day, self.months, self.findings), ("하루 순회", "지원월마다", "지적·고충·사고"), strict=True
        ):
            self.tabs.addTab(pane, name)
        self.key_button = parts.button("점검표 입력…", self.key_waiting, tip="F2")
        self.plan_button = parts.button("방문 계획…", self.plan, tip="Ctrl+N")
        self.print_button = parts.button("계획 출력…", partial(self.print, "visit-route"))
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read visits, service months and findings again."""
        self.notice.hide()
        try:
            self._visits = visits.list_visits(self._context.reading)
            self._months = visits.list_months(self._context.reading)
        except UserError as error:
            self.notice.show_error(error)
            self._visits, self._months = (), ()
        self.months.set_months(self._months, may_add=self._may_write)
        self.findings.refresh()
        self._show_month()
        self._show_counts()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Visits, and what says where they lead."""
        return bool(subjects & _CONCERNED)

    def go_to(
        self, day: dt.date | None = None, visit: UUID | None = None, tab: str = "", state: str = ""
    ) -> None:
        """Show a day, a visit, a tab (day | months | findings), or what stands so: `to_key`, `overdue`."""
        if visit is not None:
            day = next((one.on for one in self._visits if one.id == visit), day)
        if state:
            day = next((one.on for one in self._visits if one.standing.value == state and one.on), day)
        if day is not None:
            self._go(day)
        if visit is not None:
            self.day.route.choose(visit)
        if tab in _TABS:
            self.tabs.setCurrentIndex(_TABS.index(tab))

    def plan(self) -> None:
        """방문 계획: proposed by the rule, looked at, made."""
        made = PlanDialog.ask(self, self._context) if self._may_write else None
        if made is None:
            return
        first = next((one.on for one in self._visits if one.plan == made and one.on), None)
        if first is not None:
            self._go(first)

    def key_waiting(self) -> None:
        """Key what waits: the chosen day's sheets in their order, or else those of the first day that waits."""
        if not any(one.standing in _WAITING for one in self.day.rows):
            first = next((one.on for one in self._visits if one.standing in _WAITING and one.on), None)
            if first is None:
                return
            self._go(first)
        self.key(next(one for one in self.day.rows if one.standing in _WAITING))

    def key(self, row: Visit | None) -> None:
        """The sheets of the day in the order of the route, from one of them on."""
        rows = [one for one in self.day.rows if one.state is not VisitState.CANCELLED]
        if row is not None and row in rows:
            KeyBackDialog.ask(self, self._context, rows, rows.index(row))

    def print(self, document: str, day: dt.date | None = None) -> None:
        """A paper of a day, or of the newest plan, looked at before it is printed."""
        from regional_desk.desktop.printing.preview import PreviewDialog

        self._act(lambda: PreviewDialog.ask(self._context, Wanted(document, day=day), "방문"))

    @property
    def _may_write(self) -> bool:
        whole = self._context.masking is Masking.FULL
        return self._desk.may(Right.EDIT_VISITS) and whole and not self._desk.read_only

    def _build(self) -> None:
        turn = [
            parts.button("◀", partial(self._turn, -1), tip="앞 달 (Ctrl+PageUp)"),
            parts.button("오늘", lambda: self._go(self._desk.clock.today())),
            parts.button("▶", partial(self._turn, 1), tip="다음 달 (Ctrl+PageDown)"),
        ]
        turn[0].setAccessibleName("앞 달")
        turn[2].setAccessibleName("다음 달")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(parts.row(self.title, None, *turn))
        column.addWidget(self.calendar, 1)
        column.addWidget(parts.muted(LEGEND))
        split = QSplitter(Qt.Orientation.Horizontal)
        scale = self._context.theme.size
        for widget, share in ((left, _LEFT), (self.tabs, _RIGHT)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([scale(_LEFT), scale(_RIGHT)])
        split.setChildrenCollapsible(False)
        back = parts.button("인턴십", lambda: self._context.open_page("internships"))
        buttons = (back, self.print_button, self.plan_button, self.key_button)
        layout = parts.page_layout(self, [parts.title("방문"), self.summary, None, *buttons])
        layout.addWidget(self.notice)
        layout.addWidget(split, 1)
        self.setFocusProxy(self.calendar)

    def _connect(self) -> None:
        self.calendar.picked.connect(self._on_picked)
        self.calendar.opened.connect(lambda _day: self._enter_day())
        self.day.opened.connect(self.key)
        self.day.ordered.connect(
            lambda order: self._act(partial(routes.reorder, self._desk, self._day, order))
        )
        self.day.by_address.connect(
            lambda: self._act(partial(routes.order_by_address, self._desk, self._day))
        )
        self.day.moved.connect(lambda row: MoveDialog.ask(self, self._context, row))
        self.day.cancelled.connect(self._cancel)
        self.day.reopened.connect(self._reopen)
        self.day.added.connect(lambda: self._add(None))
        self.day.printed.connect(lambda document: self.print(document, self._day))
        self.months.wanted.connect(self._add)
        self.months.opened.connect(self._on_month)
        for keys, slot in (
            ("Ctrl+PgUp", partial(self._turn, -1)),
            ("Ctrl+PgDown", partial(self._turn, 1)),
            ("Ctrl+N", self.plan),
            ("F2", self.key_waiting),
        ):
            shortcut = QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(slot)

    def _show_month(self) -> None:
        first, last = month_span(self._month)
        closed = holidays_between(first, last)
        today = self._desk.clock.today()
        self.title.setText(f"{first.year}. {first.month}.")
        self.calendar.blockSignals(True)
        self.calendar.month.show_month(self._month, self._visits, closed, today)
        self.calendar.choose(min(max(self._day, first), last))
        self.calendar.blockSignals(False)
        self._show_day()

    def _show_day(self) -> None:
        rows = [one for one in self._visits if one.on == self._day]
        live = [one for one in rows if one.state is not VisitState.CANCELLED]
        gone = [one for one in rows if one.state is VisitState.CANCELLED]
        self.day.show_day(self._day, (*live, *gone), may_write=self._may_write)

    def _show_counts(self) -> None:
        today = self._desk.clock.today()
        begun = Counter(one.standing for one in self._months if one.start <= today)
        wanted = (Standing.OVERDUE, Standing.TO_KEY, Standing.UNPLANNED, Standing.PLANNED, Standing.DONE)
        words = [f"{SIGNS[one]} {one.label} {begun[one]}" for one in wanted if begun[one]]
        self.summary.setText("   ".join(words))  # the signs are dots too
        waits = any(one.standing in _WAITING for one in self._visits)
        self.key_button.setEnabled(waits)
        self.plan_button.setEnabled(self._may_write)
        parts.set_primary(self.key_button, waits)
        parts.set_primary(self.plan_button, not waits)
        self.print_button.setEnabled(any(one.plan for one in self._visits))

    def _turn(self, by: int) -> None:
        first, last = month_span(self._month)
        self._go((last + _DAY) if by > 0 else (first - _DAY).replace(day=1))

    def _go(self, day: dt.date) -> None:
        self._month, self._day = f"{day:%Y-%m}", day
        self._show_month()

    def _on_picked(self, day: dt.date) -> None:
        self._day = day
        self.tabs.setCurrentIndex(_TABS.index("day"))
        self._show_day()

    def _enter_day(self) -> None:
        self.tabs.setCurrentIndex(_TABS.index("day"))
        self.day.route.setFocus()

    def _on_month(self, row: Month) -> None:
        if row.visits and row.visits[-1].on is not None:
            self.go_to(visit=row.visits[-1].id, tab="day")
        else:
            self._context.open_page("internships", internship=row.host.internship, tab="visits")

    def _add(self, month: Month | None) -> None:
        today = self._desk.clock.today()
        hosts = {one.host.internship: one.host for one in self._months if one.host.last >= self._day}
        chosen = [month.host] if month else sorted(hosts.values(), key=lambda one: one.name)
        day = self._day if month is None else min(max(today, month.start), month.end)
        made = AddDialog.ask(self, self._context, chosen, day)
        if made is not None:
            self.go_to(visit=made, tab="day")

    def _cancel(self, row: Visit) -> None:
        told = f"{row.host.company_name} · {row.host.name} · 지원월 {row.month_no}차의 방문을 취소합니다."
        answer = ReasonDialog.ask(self, "방문 취소", told, act="방문 취소")
        if answer is not None:
            self._act(partial(visits.cancel, self._desk, row.id, row.version, answer.reason))

    def _reopen(self, row: Visit) -> None:
        told = "완료나 취소를 되돌려 다시 예정으로 둡니다. 적은 내용은 남습니다."
        answer = ReasonDialog.ask(self, "되돌리기", told, act="되돌리기")
        if answer is not None:
            self._act(partial(visits.reopen, self._desk, row.id, row.version, answer.reason))

    def _act(self, act: Callable[[], object]) -> None:
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
            self._show_day()  # a line that was dragged goes back
