"""오늘: what is due, each line one click from being done, and how far the office has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.today.chart import Chart, drawn_width
from regional_desk.desktop.today.due import Running, last_backup, month_of, read_today
from regional_desk.desktop.today.funnel import Funnel
from regional_desk.desktop.today.heat_strip import HeatStrip
from regional_desk.desktop.today.line import Due
from regional_desk.domain.text import weekday
from regional_desk.errors import UserError
from regional_desk.services.papers import papers, reports

_FUNNEL_HEIGHT, _LEAST_LIST = 190, 240
_SHOWN_RUNNING = 5
_SIGNS = {"bad": "!", "warn": "!", "muted": "·"}


class TodayPage(QWidget):
    """The first page of the day."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.due: tuple[Due, ...] = ()
        self.notice = parts.Notice()
        self._title, self._count, self._backup = parts.title(""), parts.heading(""), parts.muted()
        self._backup.setWordWrap(False)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._running = QVBoxLayout()
        self._running.setSpacing(2)
        self.chart, self._no_goals = Chart(), parts.muted("")
        self.chart.setAccessibleName("목표 대비 실적")
        self.funnel = Funnel(context)
        layout = parts.page_layout(
            self, [self._title, None, parts.button("이달 보고 미리보기", self._on_preview)]
        )
        layout.addWidget(self.notice)
        body = parts.row(self._left(), self._right(), spacing=14)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        inner = QWidget()
        stacked = QVBoxLayout(inner)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(12)
        stacked.addLayout(body, 1)
        stacked.addWidget(self._below())
        layout.addWidget(_scrolled(inner), 1)
        self.funnel.picked.connect(lambda stage: context.open_page("people", stage=stage, look="came"))

    def refresh(self) -> None:
        """Read what is due and the figures; the chart is drawn beside the window."""
        today = self._desk.clock.today()
        self._title.setText(f"오늘 · {today.month}월 {today.day}일 {weekday(today)}요일")
        self.notice.hide()
        try:
            today_now = read_today(self._desk)
            self._show_due(today_now.due)
            self._show_running(today_now.running)
            self.funnel.show_stages(reports.stages_today(self._desk))
            made = last_backup(self._desk)
        except UserError as error:
            self.notice.show_error(error)
            return
        self._backup.setText(f"백업 {made.month}/{made.day} {made:%H:%M}" if made else "백업 없음")
        self._draw_chart()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Everything the office does shows here."""
        return bool(subjects)

    def _left(self) -> QWidget:
        inner = QWidget()
        stacked = QVBoxLayout(inner)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.addLayout(self._lines)
        stacked.addStretch(1)
        area = _scrolled(inner)
        area.setMinimumHeight(self._context.theme.size(_LEAST_LIST))
        return parts.card(
            parts.row(self._count, parts.muted("급한 것부터"), None, self._backup), _rule(), area
        )

    def _right(self) -> QWidget:
        holder = QWidget()
        stacked = QVBoxLayout(holder)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(14)
        stacked.addWidget(parts.card(self.chart, self._no_goals))
        told = parts.muted("칸의 수는 그날의 결석 · 누르면 그날로")
        head = parts.row(parts.heading("진행 중인 과정"), told)
        head.setStretch(1, 1)
        stacked.addWidget(parts.card(head, self._running), 1)
        return holder

    def _below(self) -> QWidget:
        head = parts.row(parts.heading("모집에서 전환까지"), parts.muted("막대를 누르면 명단"))
        head.setStretch(1, 1)
        below = parts.card(head, self.funnel)
        below.setFixedHeight(self._context.theme.size(_FUNNEL_HEIGHT))
        return below

    def _show_running(self, running: Sequence[Running]) -> None:
        parts.clear(self._running)
        for one in running[:_SHOWN_RUNNING]:
            rate = "기록 없음" if one.rate is None else f"출석률 {one.rate}%"
            risk = f" · ▲ 위험·불가 {one.at_risk}명" if one.at_risk else ""
            words = parts.muted(f"{one.people}명 · {rate}{risk} · 남은 훈련일 {one.days_left}일")
            where: dict[str, Any] = {"course": one.course, "unit": one.unit_no}
            name = parts.link(
                f"{one.name} {one.unit_no}단위기간", partial(self._context.open_page, "attendance", **where)
            )
            name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            name.setToolTip(one.name)
            words.setContentsMargins(4, 0, 0, 0)
            self._running.addWidget(name)
            self._running.addWidget(words)
            strip = HeatStrip(self._context, one.days, one.name)
            strip.picked.connect(partial(self._open_day, where))
            self._running.addWidget(strip)
        if not running:
            self._running.addWidget(parts.muted("오늘 열린 과정이 없습니다."))
        self._running.addStretch(1)

    def _open_day(self, where: dict[str, Any], day: dt.date) -> None:
        self._context.open_page("attendance", **where, day=day)

    def _show_due(self, due: Sequence[Due]) -> None:
        self.due = tuple(due)
        self._count.setText(f"할 일 {len(due)}")
        parts.clear(self._lines)
        for one in due:
            self._lines.addWidget(self._line(one))
            self._lines.addWidget(_rule())
        if not due:
            done = parts.muted("남은 일이 없습니다. 오늘 할 일은 모두 끝났습니다.")
            done.setContentsMargins(0, 18, 0, 18)
            self._lines.addWidget(done)

    def _line(self, one: Due) -> QWidget:
        line = QWidget()
        title, sign = parts.heading(one.title), QLabel(_SIGNS[one.tone])
        sign.setStyleSheet(f"color: {self._context.colour(one.tone)}; font-weight: bold;")
        sign.setFixedWidth(self._context.theme.size(12))
        title.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(parts.muted(one.detail))
        go = parts.button(one.word, partial(self._go, one))
        go.setAccessibleName(f"{one.title} {one.word}")
        layout = parts.row(sign)
        layout.setContentsMargins(2, 9, 2, 9)
        layout.addLayout(words, 1)
        layout.addWidget(go)
        line.setLayout(layout)
        return line

    def _go(self, one: Due) -> None:
        self._context.open_page(one.page, **one.where)

    def _draw_chart(self) -> None:
        """ReportLab takes a third of a second the first time: it is read in a thread."""
        month, colours = month_of(self._desk.clock.today()), self._colours()
        width = drawn_width(self._context.theme.percent)
        self._context.jobs.start(
            lambda: papers.goals_svg(self._desk, month, width, colours),
            "목표 대비 그림",
            succeeded=self._show_chart,
            refused=self.notice.show_error,
        )

    def _colours(self) -> dict[str, int]:
        colour = self._context.colour
        tokens = {"goal": "shade", "goal_edge": "muted", "result": "accent", "text": "text", "line": "muted"}
        return {part: int(colour(token)[1:], 16) for part, token in tokens.items()}

    def _show_chart(self, svg: str) -> None:
        self.chart.setVisible(bool(svg))
        self._no_goals.setText("" if svg else "목표 인원이 정해져 있지 않습니다.")
        self._no_goals.setVisible(not svg)
        if svg:
            self.chart.show_svg(svg)

    def _on_preview(self) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        PreviewDialog.ask(self._context, Wanted("monthly-report", month=month_of(self._desk.clock.today())))


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _rule() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    return line
