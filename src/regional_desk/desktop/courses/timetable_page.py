"""시간표: one course's week by period, typed, pasted and filled; a clash is said at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.course_unit import CourseUnit
from regional_desk.desktop.courses.day_note import DayNote
from regional_desk.desktop.courses.spots import Spot, filled, pasted, read_block, write_block
from regional_desk.desktop.courses.stepper import Stepper
from regional_desk.desktop.courses.timetable_grid import TimetableModel, TimetableView
from regional_desk.desktop.shell import Context
from regional_desk.domain.calendar import unit_periods
from regional_desk.domain.masking import Masking
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.domain.timetable import Entry, monday_of, read_entry, show_entry
from regional_desk.errors import Item, Refusal, UserError
from regional_desk.services import changes
from regional_desk.services.attendance import attendance
from regional_desk.services.training import timetable
from regional_desk.services.training.timetable import Choices, LessonChange, LessonsWritten

_WEEK = dt.timedelta(days=7)
_SHOWN_CLASHES = 3
_HINT = (
    "과목 / 강사 / 강의실   Enter·F2 고치기   Del 비우기   Ctrl+D 아래로   Ctrl+R 오른쪽으로   "
    "Ctrl+Enter 고른 칸 모두   Ctrl+C·V 엑셀   Alt+←·→ 주"
)
_NO_INSTRUCTOR_NAMES = "이름을 가려서 보는 동안에는 시간표를 고치지 않습니다. 손님 모드를 끄고 다시 하십시오."


class TimetablePage(QWidget):
    """A course's timetable, a week at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.monday = monday_of(context.desk.clock.today())
        self.chosen = CourseUnit(context.desk)
        self.chosen.units.hide()
        self.model = TimetableModel(context.colour, self)
        self.view = TimetableView(self.model, self._choices, context.theme.size)
        self.notice = parts.Notice()
        self.week, self.clashes, self._told = Stepper(self, "주", self.turn), QLabel(), parts.muted()
        self.clashes.setWordWrap(True)
        self.note = DayNote(context.desk, self.notice)
        self._undo = parts.button("실행취소", self.undo, tip="Ctrl+Z")
        self._redo = parts.button("다시 실행", self.redo, tip="Ctrl+Y")
        self._build()
        self._connect()
        self.setFocusProxy(self.view)

    def refresh(self) -> None:
        """Read the course's week again, the cursor staying where it is."""
        spot, selected = self.view.current(), self.view.selected()
        self.view.measure()
        course = self.chosen.course
        self.chosen.refresh()
        if self.chosen.course != course:
            self._enter_course()
        self._read()
        if spot is not None and spot.row < self.model.rowCount() and spot.column < self.model.columnCount():
            self.view.go_to(spot)
            self.view.choose(selected)

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Days, lessons and the names of instructors."""
        return bool(subjects & {"courses", timetable.SUBJECT, "instructors"})

    def go_to(self, course: UUID, day: dt.date | None = None) -> None:
        """Show a course's timetable, and the week of a day."""
        self.chosen.choose(course)
        self._enter_course()
        if day is not None:
            self.monday = monday_of(day)
        self._read()
        if self.view.current() is None and self.model.rowCount():
            self.view.go_to(Spot(0, 0))

    def turn(self, weeks: int) -> None:
        """Some weeks on or back, inside the course."""
        if self.model.shown is not None:
            course = self.model.shown.course
            first, last = monday_of(course.start), monday_of(course.end)
            self.monday = min(max(self.monday + _WEEK * weeks, first), last)
            self._read()

    def put(self, wanted: Sequence[tuple[Spot, str]], title: str) -> bool:
        """Set places from texts in one step; nothing where one cannot be read or set."""
        found: list[LessonChange] = []
        problems: list[Item] = []
        for spot, text in wanted:
            if not self.model.takes(spot):
                continue
            day = self.model.days[spot.column]
            try:
                found.append(LessonChange(day, spot.row + 1, read_entry(text)))
            except Refused as refused:
                problems.append(Item(f"{korean_date(day)} {spot.row + 1}교시", str(refused)))
        if problems:
            told = f"{len(problems)}칸을 읽을 수 없어 아무것도 바꾸지 않았습니다."
            self.notice.show_error(Refusal(told, items=tuple(problems)))
            return False
        course = self.chosen.course
        if not found or course is None:
            return False
        return self._act(lambda: timetable.set_lessons(self._desk, course, found, title=title))

    def repeat(self, weeks: int | None) -> None:
        """Lay this week over the next one or all later ones; what is set stays."""
        course = self.chosen.course
        if course is not None:
            self._act(lambda: timetable.repeat(self._desk, course, self.monday, weeks))

    def fill(self, how: str) -> None:
        """The selection takes its first row, its first column, or the cell under the cursor."""
        spots = self.view.selected()
        if not spots:
            return
        current = self.view.current() or spots[0]
        wanted = [(spot, self._text(source)) for spot, source in filled(spots, how, current).items()]
        self.put(wanted, f"{len(wanted)}칸 채우기")

    def paste(self, text: str) -> None:
        """Set places from the clipboard, from the cursor on; one cell fills the whole selection."""
        start, block = self.view.current(), read_block(text)
        if start is None or not block:
            return
        wanted = pasted(block, start, self.view.selected())
        self.put(wanted, f"붙여넣기 {len(wanted)}칸")

    def undo(self) -> None:
        """Take the last step back."""
        self._step(attendance.undo, "되돌렸습니다")

    def redo(self) -> None:
        """Do the last undone step again."""
        self._step(attendance.redo, "다시 실행했습니다")

    def _build(self) -> None:
        back = parts.link("← 교육과정", self._on_back)
        header = [parts.title("시간표"), self.chosen, self.week, None, back]
        layout = parts.page_layout(self, header)
        hint = parts.muted(_HINT)
        hint.setWordWrap(False)
        hint.setMinimumWidth(0)
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        tools = parts.row(
            parts.button("다음 주에 채우기", lambda: self.repeat(1), tip="이 주를 다음 주의 빈 교시에"),
            parts.button("끝까지 채우기", lambda: self.repeat(None), tip="이 주를 남은 모든 주의 빈 교시에"),
            None,
            self._undo,
            self._redo,
            parts.button("시간표 출력", lambda: self._print("timetable")),
            parts.button("훈련일지", lambda: self._print("training-journal"), tip="Ctrl+P"),
        )
        layout.addLayout(tools)
        layout.addWidget(self.notice)
        layout.addWidget(self.clashes)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.note)
        foot = parts.row(hint, self._told)
        foot.setStretch(0, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.model.typed.connect(self._on_typed)
        self.view.filled.connect(self.fill)
        self.view.emptied.connect(
            lambda: self.put([(spot, "") for spot in self.view.selected()], "시간표 비우기")
        )
        self.view.copied.connect(self._on_copied)
        self.view.pasted.connect(self.paste)
        self.view.selectionModel().currentChanged.connect(lambda _new, _old: self._show_note())
        self.chosen.changed.connect(self._on_course)
        for keys, slot in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+P", lambda: self._print("training-journal")),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def _read(self) -> None:
        course = self.chosen.course
        if course is None:
            self.model.clear()
            self.week.show_text("교육과정이 없습니다.")
            return
        desk = self._context.reading
        shown = timetable.timetable(desk, course, self.monday, self.monday + _WEEK - dt.timedelta(days=1))
        self.model.editable = self._context.masking is Masking.FULL
        self.model.set_week(shown, self.monday)
        number = (self.monday - monday_of(shown.course.start)).days // 7 + 1
        self.week.show_text(f"{number}주차 {korean_span(self.monday, self.model.days[-1])}")
        words = [clash.words for clash in shown.clashes]
        more = [f"그 밖에 {len(words) - _SHOWN_CLASHES}건"] if len(words) > _SHOWN_CLASHES else []
        lines = "\n".join([*(f"! {one}" for one in words[:_SHOWN_CLASHES]), *more])
        parts.set_tone(self.clashes, lines, "warn")
        self._show_steps()
        self._show_note()

    def _act(self, act: Callable[[], LessonsWritten]) -> bool:
        self.notice.hide()
        if not self.model.editable:
            self.notice.show_error(Refusal(_NO_INSTRUCTOR_NAMES))
            return False
        try:
            done = act()
        except UserError as error:
            self.notice.show_error(error)
            return False
        elsewhere = [one for one in done.clashes if one.day not in self.model.days]
        more = f" · 다른 주에서 {len(elsewhere)}건 겹침: {elsewhere[0].words}" if elsewhere else ""
        self._told.setText(f"{done.changed}칸 저장{more}")
        return True

    def _step(self, step: Callable[..., changes.StepTaken | None], words: str) -> None:
        self.notice.hide()
        try:
            taken = step(self._desk)
        except UserError as error:
            self.notice.show_error(error)
            return
        if taken is not None:
            self._told.setText(f"“{taken.title}”을(를) {words}.")
            self._read()

    def _show_steps(self) -> None:
        for button, word, title in (
            (self._undo, "실행취소", changes.undo_title(self._desk)),
            (self._redo, "다시 실행", changes.redo_title(self._desk)),
        ):
            button.setText(f"{word} “{title}”" if title else word)
            button.setEnabled(title is not None)

    def _show_note(self) -> None:
        day, shown = self._day(), self.model.shown
        notes = {one.day: one.note for one in shown.days} if shown and self.model.editable else {}
        self.note.show_day(self.chosen.course, day, notes.get(day) if day else None)

    def _choices(self) -> Choices:
        return timetable.choices(self._context.reading)

    def _day(self) -> dt.date | None:
        spot = self.view.current()
        return self.model.days[spot.column] if spot is not None else None

    def _text(self, spot: Spot) -> str:
        entry: Entry | None = self.model.entry(spot)
        return show_entry(entry) if entry else ""

    def _enter_course(self) -> None:
        """A course is entered at the week of today, or at its nearest end."""
        self.monday = monday_of(self._desk.clock.today())
        course = self.chosen.course
        if course is not None:
            row = timetable.timetable(self._desk, course).course
            first, last = monday_of(row.start), monday_of(row.end)
            self.monday = min(max(self.monday, first), last)

    def _on_course(self) -> None:
        self._enter_course()
        self._read()

    def _on_typed(self, spot: Spot, text: str) -> None:
        day = self.model.days[spot.column]
        if self.put([(spot, text)], f"{day.month}/{day.day} {spot.row + 1}교시") and (
            spot.row + 1 < self.model.rowCount()
        ):
            self.view.go_to(Spot(spot.row + 1, spot.column))

    def _on_copied(self) -> None:
        rows: dict[int, list[str]] = {}
        for spot in self.view.selected():
            rows.setdefault(spot.row, []).append(self._text(spot))
        QApplication.clipboard().setText(write_block(list(rows.values())))

    def _on_back(self) -> None:
        if self.chosen.course is not None:
            self._context.open_page("courses", course=self.chosen.course)

    def _print(self, document: str) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        if self.model.shown is not None:
            course = self.model.shown.course
            units = unit_periods(course.start, course.end)
            unit = next(one for one in units if self.monday <= one.end)
            PreviewDialog.ask(self._context, Wanted(document, course=course.id, unit_no=unit.no))
