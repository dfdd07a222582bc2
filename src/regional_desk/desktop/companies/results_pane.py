"""결과: our companies' answers beside the country's, drawn and as a table; each leads to the companies behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QHeaderView, QListWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.desktop.today.chart import Chart, drawn_width
from regional_desk.domain.training_need import Share, Summary
from regional_desk.services.companies import need_papers
from regional_desk.services.companies.need_survey import survey

_LIST_WIDTH, _GROUPS_HEIGHT, _SPACING = 190, 240, 3
_LARGE, _WIDE = 150, 480  # percent from which the chart stands above its table, and its width there in points
_LEVELS = "AX 수준"
_COLOURS = {"goal": "shade", "goal_edge": "muted", "result": "accent", "text": "text", "line": "muted"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table: what was answered, and by whom."""

    label: str
    note: str
    share: Share


class _ClickedChart(Chart):
    """A chart that tells how far from its top it was clicked, as a share of its height."""

    clicked = Signal(float)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell the place; the drawing may be shorter than its room, and stands in its middle."""
        drawn = self.heightForWidth(self.width())
        at = event.position().y() - (self.height() - drawn) / 2
        if drawn and 0 <= at < drawn:
            self.clicked.emit(at / drawn)


class ResultsPane(QWidget):
    """The questions at the left; the chosen one's chart, table and its figures by size at the right."""

    leads = Signal(object, str)  # companies, what they have in common

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._summary: Summary | None = None
        self.notice, self.questions = parts.Notice(), QListWidget()
        self.questions.setAccessibleName("문항")
        self.questions.setSpacing(_SPACING)
        self.questions.addItems([_LEVELS, *(one.label for one in survey().questions)])
        self.heading = parts.heading("")
        self.chart = _ClickedChart()
        self.chart.setAccessibleName("우리와 전국")
        self.chart.setCursor(Qt.CursorShape.PointingHandCursor)
        self.table: Table[_Line] = Table(
            _columns("답"), context.colour, empty="", name="답", scale=context.theme.size, filtered=False
        )
        self.by_group = parts.heading("")
        self.groups: Table[_Line] = Table(
            _columns("구분"),
            context.colour,
            empty="",
            name="규모와 경험별",
            scale=context.theme.size,
            filtered=False,
        )
        self._lay_out()
        self.questions.currentRowChanged.connect(lambda _at: self._show())
        for table in (self.table, self.groups):
            table.opened.connect(self._lead)
        self.chart.clicked.connect(self._on_bar)
        self.setFocusProxy(self.questions)

    def show_summary(self, summary: Summary) -> None:
        """Show other answers, the question staying."""
        self._summary = summary
        self._measure()
        blocker = QSignalBlocker(self.questions)
        self.questions.setCurrentRow(max(1, self.questions.currentRow()))
        blocker.unblock()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """What came meanwhile is drawn now."""
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        summary, at = self._summary, self.questions.currentRow()
        if summary is None or not self.isVisible():
            return
        self.beside.setStretch(0, int(at > 0))  # no chart of the levels, and no room for one
        if at == 0:
            self._show_levels(summary)
            return
        found = summary.questions[at - 1]
        question = found.question
        self.heading.hide()  # the chart has the same words
        self.table.set_rows([_Line(choice.label, choice.note, share) for choice, share in found.shares])
        figure = next((one for one in summary.figures if one.figure.question == question.key), None)
        self.by_group.setVisible(figure is not None)
        self.groups.setVisible(figure is not None)
        if figure is not None:
            self.by_group.setText(f"{figure.figure.label} — 기업 규모와 훈련 경험에 따라")
            self.groups.set_rows(
                [_Line(group.label, figure.figure.label, share) for group, share in figure.groups]
            )
        self._draw(at)

    def _show_levels(self, summary: Summary) -> None:
        known = sum(len(companies) for _, companies in summary.levels)
        self.heading.setText(f"{_LEVELS} — 정한 기업 {known}곳")
        self.heading.show()
        self.table.set_rows(
            [_Line(level.value, "", Share(companies, known, None)) for level, companies in summary.levels]
        )
        for widget in (self.by_group, self.groups, self.chart):
            widget.setVisible(False)

    def _draw(self, at: int) -> None:
        """ReportLab takes a third of a second the first time: it is read in a thread."""
        assert self._summary is not None  # noqa: S101 - only a shown summary is drawn
        found = self._summary.questions[at - 1]
        colours = {part: int(self._context.colour(token)[1:], 16) for part, token in _COLOURS.items()}
        percent = self._context.theme.percent
        width = drawn_width(percent) if percent < _LARGE else _WIDE

        def show(svg: Any) -> None:
            if self.questions.currentRow() == at:
                self.chart.setVisible(True)
                self.chart.show_svg(str(svg))

        self._context.jobs.start(
            lambda: need_papers.question_svg(found, width, colours),
            "훈련수요 그림",
            succeeded=show,
            refused=self.notice.show_error,
        )

    def _on_bar(self, share: float) -> None:
        at = self.questions.currentRow()
        if self._summary is None or at < 1:
            return
        found = self._summary.questions[at - 1]
        bar = need_papers.bar_at(found, share)
        if bar is not None:
            choice, of_bar = found.shares[bar]
            self._lead(_Line(choice.label, "", of_bar))

    def _lead(self, line: _Line | None) -> None:
        if line is not None and line.share.companies:
            about = self.questions.currentItem().text()
            self.leads.emit(line.share.companies, f"{about}: {line.label}")

    def _lay_out(self) -> None:
        drawn = QVBoxLayout()
        drawn.addWidget(self.chart)
        drawn.addStretch(1)
        self.beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.beside.addLayout(drawn, 1)
        self.beside.addWidget(self.table, 1)
        found = survey()
        right = QVBoxLayout()
        right.addWidget(self.notice)
        right.addWidget(self.heading)
        right.addLayout(self.beside, 1)
        right.addWidget(self.by_group)
        right.addWidget(self.groups)
        right.addWidget(parts.muted("막대를 누르거나 줄에서 Enter를 치면 그렇게 답한 기업이 보입니다."))
        right.addWidget(parts.muted(f"전국 수치: {found.source}. {found.asked}."))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.questions)
        layout.addLayout(right, 1)
        for table in (self.table, self.groups):
            header = table.view.horizontalHeader()
            header.setStretchLastSection(False)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _measure(self) -> None:
        """Lengths for the text size in force."""
        theme = self._context.theme
        self.questions.setFixedWidth(theme.size(_LIST_WIDTH))
        self.groups.setFixedHeight(theme.size(_GROUPS_HEIGHT))
        across = theme.percent < _LARGE
        way = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        self.beside.setDirection(way)


def _columns(first: str) -> tuple[Column[_Line], ...]:
    return (
        Column(first, lambda row: row.label, tip=lambda row: row.note or row.label),
        Column(
            "기업",
            lambda row: f"{row.share.count} / {row.share.base}곳",
            lambda row: row.share.count,
            "right",
            75,
        ),
        Column("우리", lambda row: _percent(row.share.percent), lambda row: row.share.percent, "right", 65),
        Column("전국", lambda row: _percent(row.share.national), lambda row: row.share.national, "right", 65),
        Column(
            "차이", lambda row: _points(row.share.difference), lambda row: row.share.difference, "right", 75
        ),
    )


def _percent(value: Decimal | None) -> str:
    return "" if value is None else f"{value}%"


def _points(value: Decimal | None) -> str:
    return "" if value is None else f"{value:+}%p"
