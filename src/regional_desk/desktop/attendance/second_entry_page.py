"""서명부 대조: the signed paper keyed by another person without seeing the records; mismatches stand beside it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QLabel, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.attendance.keyed import Keyed
from regional_desk.desktop.course_unit import CourseUnit
from regional_desk.desktop.courses.stepper import Stepper
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.attendance import (
    ABSENT,
    EMPTY,
    EXCUSED,
    PRESENT,
    Cell,
    Mark,
    Status,
    show_cell,
    sign,
)
from regional_desk.domain.text import korean_date, weekday
from regional_desk.errors import Refusal, UserError
from regional_desk.services.attendance import second_entry
from regional_desk.services.attendance.second_entry import BlindDay, BlindRow, Compared, Mismatch

_KEYS = {
    "1": PRESENT,
    "2": Cell(Status.PRESENT, Mark.LATE),
    "3": Cell(Status.PRESENT, Mark.LEFT_EARLY),
    "4": Cell(Status.PRESENT, Mark.OUT),
    "5": ABSENT,
    "6": EXCUSED,
    "Del": EMPTY,
}
_MARKS = {"Ctrl+2": Mark.LATE, "Ctrl+3": Mark.LEFT_EARLY, "Ctrl+4": Mark.OUT}
_HINT = (
    "서명부에 적힌 대로: 1 출석 ○   2 지각 △   3 조퇴 ▽   4 외출 ◇   5 결석 ×   6 출석인정 ◎   Del 지움   "
    "Ctrl+2·3·4 표시 더하기·빼기   |   Alt+←·→ 날"
)
_BLIND = "처음 기록은 보이지 않습니다"


class SecondEntryPage(QWidget):
    """A day's paper on the left, the course's open mismatches on the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.day: dt.date | None = None
        self.shown: BlindDay | None = None
        self.chosen = CourseUnit(context.desk)
        self.chosen.units.hide()
        self.stepper = Stepper(self, "날", self.turn)
        self.notice = parts.Notice()
        self.state, self.progress = QLabel(), parts.muted()
        self.sheet: Table[BlindRow] = Table(
            _sheet_columns(context),
            context.colour,
            empty="대조할 서명부가 없습니다. 훈련일이 지난 과정을 고르십시오.",
            name="서명부",
            scale=context.theme.size,
            filtered=False,
        )
        self.sheet.view.setSortingEnabled(False)  # the paper's order is the order
        self.mismatches: Table[Mismatch] = Table(
            _mismatch_columns(context),
            context.colour,
            empty="서명부와 다른 기록이 없습니다.",
            name="맞지 않는 칸",
            scale=context.theme.size,
            filtered=False,
        )
        self._build()
        self._connect()
        self.setFocusProxy(self.sheet.view)

    def refresh(self) -> None:
        """Read the day and the mismatches again, the cursors staying."""
        course = self.chosen.course
        self.chosen.refresh()
        self.chosen.units.hide()
        if self.chosen.course != course or self.day is None:
            self._enter_course()
        self._read()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Second entries, the records they are compared with, and who belongs to the course."""
        return bool(subjects & {second_entry.SUBJECT, "attendance", "courses", "people"})

    def go_to(self, course: UUID, day: dt.date | None = None) -> None:
        """Show a course, and a day of it."""
        self.chosen.choose(course)
        self._enter_course()
        self.day = day or self.day
        self._read()

    def turn(self, by: int) -> None:
        """Some training days on or back."""
        days = self._days()
        if days and self.day is not None:
            at = bisect_left(days, self.day)
            self.day = days[min(max(0, at + by), len(days) - 1)]
            self._read()

    def enter(self, cell: Cell) -> None:
        """What the paper says of the trainee under the cursor; then the next one."""
        row = self.sheet.current()
        if row is not None and self._put(row, cell):
            at = self.sheet.view.currentIndex().row()
            if at + 1 < len(self.sheet.model.rows):
                self.sheet.view.selectRow(at + 1)

    def toggle(self, mark: Mark) -> None:
        """A mark beside what is read already; the cursor stays."""
        row = self.sheet.current()
        if row is not None:
            base = row.second if row.second.status is Status.PRESENT else PRESENT
            self._put(row, replace(base, marks=base.marks ^ mark))

    def settle(self, *, by_paper: bool) -> None:
        """The mismatch under the cursor: the record stays, or becomes what the paper says."""
        row, course = self.mismatches.current(), self.chosen.course
        self.notice.hide()
        if row is None or course is None:
            self.notice.show_error(Refusal("맞지 않는 칸을 먼저 고르십시오."))
            return
        try:
            second_entry.settle(self._desk, course, row.trainee, row.day, by_paper=by_paper)
        except UserError as error:
            self.notice.show_error(error)

    def _build(self) -> None:
        blind = parts.muted(_BLIND)
        for quiet in (blind, self.progress):
            quiet.setWordWrap(False)
        back = parts.link("← 출석", lambda: self._context.open_page("attendance"))
        layout = parts.page_layout(
            self, [parts.title("서명부 대조"), self.chosen, self.stepper, None, self.state, back]
        )
        hint = parts.muted(_HINT)
        layout.addWidget(hint)
        layout.addWidget(self.notice)
        keep = parts.button("기록대로 둔다  1", partial(self.settle, by_paper=False))
        change = parts.button("서명부대로 바꾼다  2", partial(self.settle, by_paper=True))
        left = parts.card(parts.row(parts.heading("서명부에서 읽은 것"), blind, None), self.sheet)
        right = parts.card(
            parts.row(parts.heading("맞지 않는 칸"), self.progress, None),
            self.mismatches,
            parts.row(None, keep, change),
        )
        both = parts.row(left, right, spacing=10)
        both.setStretch(0, 4)
        both.setStretch(1, 5)
        layout.addLayout(both, 1)

    def _connect(self) -> None:
        entering = {key: partial(self.enter, cell) for key, cell in _KEYS.items()}
        toggling = {key: partial(self.toggle, mark) for key, mark in _MARKS.items()}
        Keyed(self.sheet.view, {**entering, **toggling})
        Keyed(
            self.mismatches.view,
            {"1": partial(self.settle, by_paper=False), "2": partial(self.settle, by_paper=True)},
        )
        self.chosen.changed.connect(self._on_course)

    def _days(self) -> tuple[dt.date, ...]:
        course = self.chosen.course
        return second_entry.training_days(self._desk, course) if course else ()

    def _enter_course(self) -> None:
        """A course is entered at its newest day that has a paper."""
        days = self._days()
        self.day = days[-1] if days else None

    def _read(self) -> None:
        course, reading = self.chosen.course, self._context.reading
        self.shown, compared = None, None
        try:
            if course is not None and self.day is not None:
                self.shown = second_entry.blind_day(reading, course, self.day)
                compared = second_entry.compared(reading, course)
        except UserError as error:
            self.notice.show_error(error)
        self.sheet.set_rows(self.shown.rows if self.shown else ())
        if self.shown and self.sheet.current() is None:
            self.sheet.choose(lambda row: row.second == EMPTY)
        self.stepper.show_text(f"{korean_date(self.day)} ({weekday(self.day)})" if self.day else "")
        self.mismatches.set_rows(compared.mismatches if compared else ())
        self._show_state(compared)

    def _show_state(self, compared: Compared | None) -> None:
        if compared is None or self.shown is None:
            self.progress.setText("")
            parts.set_tone(self.state, "", "ok")
            return
        self.progress.setText(
            f"{compared.entered}칸 읽음 · 일치 {compared.agreeing} · 정함 {compared.settled}"
        )
        open_ones = len(compared.mismatches)
        told = (
            f"! 맞지 않음 {open_ones}칸"
            if open_ones
            else f"이 날 {self.shown.entered}/{len(self.shown.rows)}명"
        )
        parts.set_tone(self.state, told, "warn" if open_ones else "ok")

    def _put(self, row: BlindRow, cell: Cell) -> bool:
        course, day = self.chosen.course, self.day
        if course is None or day is None:
            return False
        self.notice.hide()
        try:
            second_entry.enter(self._desk, course, day, row.trainee, cell)
        except UserError as error:
            self.notice.show_error(error)
            return False
        return True

    def _on_course(self) -> None:
        self.chosen.units.hide()
        self._enter_course()
        self._read()


def _sheet_columns(context: Context) -> tuple[Column[BlindRow], ...]:
    return (
        Column("번호", lambda row: str(row.number), align="right", width=50),
        Column("성명", lambda row: context.masking.show_name(row.name), width=100),
        Column("생년월일", lambda row: context.masking.show_birth(row.birth), width=110),
        Column(
            "서명부",
            lambda row: f"{sign(row.second)} {show_cell(row.second)}" if row.second != EMPTY else "· 아직",
            width=130,
            tone=lambda row: "muted" if row.second == EMPTY else None,
        ),
    )


def _mismatch_columns(context: Context) -> tuple[Column[Mismatch], ...]:
    return (
        Column(
            "날",
            lambda row: f"{row.day.month}/{row.day.day} ({weekday(row.day)})",
            lambda row: row.day,
            width=85,
        ),
        Column("번호", lambda row: str(row.number), lambda row: row.number, "right", 50),
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=90),
        Column("기록", lambda row: f"{sign(row.first)} {show_cell(row.first)}", width=120),
        Column(
            "서명부",
            lambda row: f"{sign(row.second)} {show_cell(row.second)}",
            width=120,
            tone=lambda _row: "warn",
        ),
        Column("읽은 사람", lambda row: row.by, width=90),
    )
