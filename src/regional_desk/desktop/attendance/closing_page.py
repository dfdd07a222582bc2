"""출석 마감: a unit's days and what is missing in them; closing, exceptions, the 출석입력요청대장."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.attendance import closing_columns as columns
from regional_desk.desktop.attendance.allow_dialog import AllowDialog
from regional_desk.desktop.attendance.closing_columns import Kept
from regional_desk.desktop.course_unit import CourseUnit
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Row, Table
from regional_desk.errors import OpenItems, Refusal, UserError
from regional_desk.services.attendance import closings, late_entries
from regional_desk.services.attendance.closings import ClosingDay, Overview
from regional_desk.services.attendance.late_entries import LateLine
from regional_desk.services.safety.opening import list_users
from regional_desk.store.closings import ClosingRow, ExceptionRow


class ClosingPage(QWidget):
    """Days above, closings and late entries below."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.shown: Overview | None = None
        self._asked: Callable[[bool], object] | None = (
            None  # a closing that waits for "with what is unmarked"
        )
        self.chosen = CourseUnit(context.desk)
        self.notice = parts.Notice()
        self.days: Table[ClosingDay] = self._table(columns.day_columns(), "훈련일이 없습니다.", "훈련일")
        self.kept: Table[Kept] = self._table(columns.kept_columns(), "마감한 날이 없습니다.", "마감과 예외")
        self.late: Table[LateLine] = self._table(
            columns.late_columns(self._show_birth),
            "늦게 입력한 것이 없습니다.",
            "출석입력요청대장",
        )
        self.anyway = parts.button("미입력인 채로 마감", self.close_anyway)
        self.anyway.hide()
        self._told = parts.muted()
        self._told.setWordWrap(False)
        self._build()
        self.setFocusProxy(self.days.view)
        self.chosen.changed.connect(self._on_chosen)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_register)

    def refresh(self) -> None:
        """Read the unit's days, the closings and the register again."""
        self.chosen.refresh()
        self._read()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Records, closings, leases, and the course itself."""
        return bool(subjects & {"attendance", closings.SUBJECT, "leases", "courses"})

    def go_to(self, course: UUID, unit: int | None = None) -> None:
        """Show a course's unit."""
        self.chosen.choose(course, unit)
        self._read()

    def close_days(self) -> None:
        """Close the selected days, from the first to the last of them."""
        days = self._selected()
        course = self.chosen.course
        if not days or course is None:
            self.notice.show_error(Refusal("마감할 날을 먼저 고르십시오."))
            return
        self._close(lambda sure: closings.close(self._desk, course, days[0], days[-1], with_unmarked=sure))

    def close_unit(self) -> None:
        """Close the whole unit period."""
        course, unit = self.chosen.course, self.chosen.unit
        if course is not None:
            self._close(lambda sure: closings.close_unit(self._desk, course, unit, with_unmarked=sure))

    def close_anyway(self) -> None:
        """Close what was refused, its unmarked cells having been named."""
        asked = self._asked
        if asked is not None:
            self._do(lambda: asked(True))

    def allow(self) -> None:
        """Open closed days until a moment."""
        if self.shown is None:
            return
        days = self._selected() or tuple(day.day for day in self.shown.days)
        course = self.shown.course
        if not days:
            return
        answer = AllowDialog.ask(self, self._context, course, days[0], days[-1])
        if answer is not None:
            self._do(
                lambda: closings.allow(
                    self._desk,
                    course.course.id,
                    answer.start,
                    answer.end,
                    answer.until,
                    answer.reason,
                    trainee=answer.trainee,
                )
            )

    def undo_kept(self) -> None:
        """Take the chosen closing back, or end the chosen exception."""
        chosen = self.kept.current()
        if chosen is None or not chosen.holds:
            self.notice.show_error(Refusal("풀 마감이나 끝낼 예외를 먼저 고르십시오."))
            return
        row = chosen.row
        if isinstance(row, ExceptionRow):
            self._do(lambda: closings.end_exception(self._desk, row.id, row.version))
            return
        answer = ReasonDialog.ask(
            self, "마감 풀기", f"{columns.span_words(row.start, row.end)}의 마감을 풉니다.", act="풀기"
        )
        if answer is not None:
            self._do(lambda: closings.reopen(self._desk, row.id, row.version, answer.reason))

    def print_register(self) -> None:
        """출석입력요청대장."""
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        if self.chosen.course is not None:
            PreviewDialog.ask(self._context, Wanted("late-entry-register", self.chosen.course))

    def _build(self) -> None:
        back = parts.link("← 출석", self._on_back)
        layout = parts.page_layout(self, [parts.title("출석 마감"), self.chosen, self._told, None, back])
        tools = parts.row(
            parts.button("고른 날 마감", self.close_days),
            parts.button("단위기간 마감", self.close_unit, primary=True),
            parts.button("마감 예외…", self.allow, tip="마감한 날을 기한까지 연다"),
            None,
            parts.button("출석입력요청대장", self.print_register, tip="Ctrl+P"),
        )
        layout.addLayout(tools)
        layout.addWidget(self.notice)
        layout.addLayout(parts.row(self.anyway, None))
        layout.addWidget(self.days, 3)
        below = QWidget()
        holder = parts.page_layout(below, [])
        holder.setContentsMargins(0, 8, 0, 0)
        holder.addWidget(self.kept, 1)
        holder.addLayout(parts.row(parts.button("고른 마감 풀기 · 예외 끝내기", self.undo_kept), None))
        self.tabs = QTabWidget()
        self.tabs.addTab(below, "마감·예외")
        self.tabs.addTab(self.late, "출석입력요청대장")
        layout.addWidget(self.tabs, 2)

    def _table(self, shown: tuple[Column[Row], ...], empty: str, name: str) -> Table[Row]:
        return Table(
            shown,
            self._context.colour,
            empty=empty,
            name=name,
            scale=self._context.theme.size,
            filtered=False,
        )

    def _read(self) -> None:
        self.notice.hide()
        self._forget()
        course = self.chosen.course
        if course is None:
            self.shown = None
            self._told.setText("교육과정이 없습니다.")
            return
        desk = self._context.reading
        try:
            self.shown = closings.overview(desk, course, self.chosen.unit)
            lines = late_entries.list_lines(desk, course)
        except UserError as error:
            self.notice.show_error(error)
            return
        now = desk.clock.now()
        users = {row.id: row.name for row in list_users(desk)}
        names = {member.person: member.name for member in self.shown.course.members}
        rows: tuple[ClosingRow | ExceptionRow, ...] = (*self.shown.closings, *self.shown.exceptions)
        self.days.set_rows(self.shown.days)
        self.kept.set_rows(tuple(columns.kept(row, now, users, names) for row in rows))
        self.late.set_rows(tuple(reversed(lines)))
        self.tabs.setTabText(1, f"출석입력요청대장 {len(lines)}건")
        left = sum(len(day.unmarked) for day in self.shown.days if day.state is closings.DayState.OPEN)
        self._told.setText(f"마감하지 않은 날의 미입력 {left}칸")

    def _show_birth(self, birth: dt.date) -> str:
        return self._context.masking.show_birth(birth)  # masking changes while guests look on

    def _selected(self) -> tuple[dt.date, ...]:
        return tuple(sorted(row.day for row in self.days.selected()))

    def _close(self, act: Callable[[bool], object]) -> None:
        self._forget()
        try:
            act(False)
        except OpenItems as error:
            self._asked = act
            self.anyway.setText(f"미입력 {len(error.items)}칸인 채로 마감")
            self.anyway.show()
            self.notice.show_error(error)
        except UserError as error:
            self.notice.show_error(error)

    def _do(self, act: Callable[[], object]) -> None:
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)

    def _forget(self) -> None:
        self.notice.hide()
        self._asked = None
        self.anyway.hide()

    def _on_chosen(self) -> None:
        self._read()

    def _on_back(self) -> None:
        where = {"course": self.chosen.course, "unit": self.chosen.unit} if self.chosen.course else {}
        self._context.open_page("attendance", **where)
