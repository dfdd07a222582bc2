"""출석: the grid of a course's unit period; every key is saved before the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMessageBox, QSizePolicy, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.attendance.cell_dialog import CellDialog
from regional_desk.desktop.attendance.grid_model import GridModel, day_counts
from regional_desk.desktop.attendance.grid_view import GridView, Place
from regional_desk.desktop.course_unit import CourseUnit
from regional_desk.desktop.shell import Context
from regional_desk.domain.attendance import EMPTY, Cell, Mark, Status, read_cell, show_cell
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import korean_date, weekday
from regional_desk.errors import Item, Refusal, UserError
from regional_desk.services import changes
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange, Grid, Written

_HINT = (
    "1 출석 ○   2 지각 △   3 조퇴 ▽   4 외출 ◇   5 결석 ×   6 출석인정 ◎   Del 미입력 ·   |   Ctrl+2·3·4 표시 더하기·빼기"
    "   F2 시각·사유·증빙   Ctrl+D 아래로 채우기   Ctrl+C·V 엑셀"
)


class AttendancePage(QWidget):
    """The page people live in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.grid: Grid | None = None
        self.model = GridModel(self)
        self.view = GridView(self.model, context.theme)
        self.notice = parts.Notice()
        self.chosen = CourseUnit(context.desk)
        self._unset, self._risky = QLabel(), QLabel()
        self._undo = parts.button("실행취소", self.undo, tip="Ctrl+Z")
        self._redo = parts.button("다시 실행", self.redo, tip="Ctrl+Y")
        self._across = QCheckBox("입력 뒤 오른쪽으로")
        self._across.setChecked(context.preferences.get("grid_across", False))
        self._across.toggled.connect(lambda on: context.preferences.set("grid_across", on))
        fill = parts.button("미입력만 출석으로 Ctrl+Enter", self.fill_present, primary=True)
        paper = parts.button("출석부", self._on_print, tip="Ctrl+P")
        layout = parts.page_layout(
            self,
            [
                parts.title("출석"),
                self.chosen,
                self._unset,
                self._risky,
                None,
                self._undo,
                self._redo,
            ],
        )
        self._hint = parts.muted(_HINT)
        self._hint.setWordWrap(False)
        self._hint.setMinimumWidth(0)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        tools = parts.row(self._hint, self._across, paper, fill)
        tools.setStretch(0, 1)
        layout.addLayout(tools)
        layout.addWidget(self.notice)
        layout.addWidget(self.view, 1)
        self._shown, self._selection = parts.muted(), parts.muted()
        self._selection.setWordWrap(False)
        layout.addLayout(parts.row(self._shown, None, self._selection))
        self.setFocusProxy(self.view)
        self._connect()

    def refresh(self) -> None:
        """Read courses and grid again, the cursor staying where it is."""
        place = self.view.current()
        self.chosen.refresh()
        self._read_grid()
        if place is not None and place.row < len(self.model.rows) and place.day < len(self.model.days):
            self.view.go_to(place.row, place.day)

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Own keys refresh their rows themselves; other acts are read again."""
        return bool(subjects & {"courses", "people", "allowance", "policies"})

    def go_to(
        self, course: UUID, unit: int | None = None, trainee: UUID | None = None, day: dt.date | None = None
    ) -> None:
        """Show a course's unit, and there a trainee's day."""
        self.chosen.choose(course, unit)
        if self.grid is None:
            return
        rows = [at for at, row in enumerate(self.model.rows) if row.trainee == trainee]
        days = [at for at, column in enumerate(self.model.days) if column.day == day]
        if rows:
            self.view.go_to(rows[0], days[0] if days else 0)

    def set_cells(self, places: Sequence[Place], make: Callable[[Cell], Cell], *, move: bool) -> None:
        """Set the cells at these places and save at once; refused ones say why and nothing changes."""
        found = []
        for place in places:
            now = self.model.rows[place.row].cells[place.day]
            if now is not None:
                found.append(
                    CellChange(self.model.rows[place.row].trainee, self.model.days[place.day].day, make(now))
                )
        if not found:
            self._refuse("여기는 입력하지 않는 칸입니다(훈련일이 아니거나 교육생이 속하지 않은 날).")
            return
        if self._save(found, _title(found)) and move and len(places) == 1:
            self.view.move_on(down=not self._across.isChecked())

    def fill_present(self) -> None:
        """미입력만 출석으로: the selected cells, or today's column where nothing more than one cell is selected."""
        places = self.view.selected()
        if self.grid is None:
            return
        if len(places) > 1:
            days = {self.model.days[place.day].day for place in places}
            trainees = {self.model.rows[place.row].trainee for place in places}
        else:
            current = self.view.current()
            days = {self.model.days[current.day].day} if current else {self._desk.clock.today()}
            trainees = {row.trainee for row in self.model.rows}
        self._act(
            lambda: attendance.fill_present(self._desk, self._course_id(), sorted(trainees), sorted(days))
        )

    def undo(self) -> None:
        """Take the last step back."""
        self._step(attendance.undo)

    def redo(self) -> None:
        """Do the last undone step again."""
        self._step(attendance.redo)

    def paste(self, text: str) -> None:
        """Set cells from what Excel put on the clipboard, from the cursor on; nothing where a cell is not readable."""
        start = self.view.current()
        if start is None or not text.strip():
            return
        found: list[CellChange] = []
        problems: list[Item] = []
        for down, line in enumerate(text.rstrip("\n").split("\n")):
            for right, word in enumerate(line.rstrip("\r").split("\t")):
                place = Place(start.row + down, start.day + right)
                self._paste_one(place, word, found, problems)
        if problems:
            count = len(problems)
            self.notice.show_error(
                Refusal(f"{count}칸을 읽을 수 없어 아무것도 붙여넣지 않았습니다.", items=tuple(problems))
            )
        elif found:
            self._save(found, f"붙여넣기 {len(found)}칸")

    def _paste_one(self, place: Place, word: str, found: list[CellChange], problems: list[Item]) -> None:
        if place.row >= len(self.model.rows) or place.day >= len(self.model.days) or not word.strip():
            return
        row, day = self.model.rows[place.row], self.model.days[place.day].day
        if row.cells[place.day] is None:
            return
        try:
            found.append(CellChange(row.trainee, day, read_cell(word)))
        except Refused as refused:
            problems.append(Item(f"{row.name} {korean_date(day)}", str(refused)))

    def _connect(self) -> None:
        days = self.view.days
        days.typed.connect(lambda cell: self.set_cells(self.view.selected(), lambda _now: cell, move=True))
        days.toggled.connect(self._on_toggled)
        days.filled_down.connect(self._on_filled_down)
        days.filled_present.connect(self.fill_present)
        days.copied.connect(self._on_copied)
        days.pasted.connect(lambda: self.paste(QApplication.clipboard().text()))
        days.details_wanted.connect(self._on_details)
        days.history_wanted.connect(self._on_history)
        days.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_selection())
        self.chosen.changed.connect(self._read_grid)
        for keys, slot in (("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo), ("Ctrl+P", self._on_print)):
            QShortcut(QKeySequence(keys), self, slot)

    def _course_id(self) -> UUID:
        if self.chosen.course is None:
            raise Refusal("교육과정이 없습니다. [교육과정]에서 먼저 만드십시오.")
        return self.chosen.course

    def _read_grid(self) -> None:
        if self.chosen.course is None:
            self.grid = None
            self._shown.setText("교육과정이 없습니다. [교육과정]에서 과정을 만들고 교육생을 등록하십시오.")
            return
        self.grid = attendance.grid(self._context.reading, self._course_id(), self.chosen.unit)
        self.model.set_grid(self.grid, self._context.masking)
        self._show_state()

    def _save(self, found: Sequence[CellChange], title: str) -> bool:
        course_id = self._course_id()
        return self._act(lambda: attendance.set_cells(self._desk, course_id, found, title=title))

    def _act(self, act: Callable[[], Written]) -> bool:
        self.notice.hide()
        try:
            written = act()
        except UserError as error:
            self.notice.show_error(error)
            return False
        self._read_rows(written.trainees, saved=written)
        return True

    def _step(self, step: Callable[..., changes.StepTaken | None]) -> None:
        self.notice.hide()
        try:
            taken = step(self._desk)
        except UserError as error:
            self.notice.show_error(error)
            return
        if taken is None:
            return
        if taken.scope.get("course") == str(self.chosen.course):
            self._read_rows(taken.people)
        else:
            self.go_to(UUID(str(taken.scope["course"])))

    def _read_rows(self, trainees: Sequence[UUID], saved: Written | None = None) -> None:
        """Read only the trainees that changed."""
        if trainees and self.grid is not None:
            self.model.replace_rows(attendance.refreshed_rows(self._desk, self.grid, set(trainees)))
        self._show_state(saved)

    def _show_state(self, saved: Written | None = None) -> None:
        """Counts, and the steps that undo and redo would take; after a save these are known without asking."""
        known = saved is not None and saved.changed > 0
        unset = sum(self.model.unset)
        risky = sum(self.model.risky)
        parts.set_tone(self._unset, f"! 미입력 {unset}칸" if unset else "", "warn")
        parts.set_tone(self._risky, f"▲ 위험 {risky}명" if risky else "", "bad")
        for button, word, title in (
            (self._undo, "실행취소", saved.title if saved and known else changes.undo_title(self._desk)),
            (self._redo, "다시 실행", None if known else changes.redo_title(self._desk)),
        ):
            button.setText(f"{word} “{title}”" if title else word)
            button.setEnabled(title is not None)
        closed = self.model.closed
        fixed = f" · 확정되어 잠긴 사람 {closed}명" if closed else ""
        self._shown.setText(f"{len(self.model.rows)}명{fixed}")
        self._show_selection()

    def _show_selection(self) -> None:
        place, count = self.view.current(), len(self.view.selected())
        if place is None or place.day >= len(self.model.days):
            self._selection.setText("")
            return
        day = self.model.days[place.day].day
        counts = " · ".join(
            f"{word} {number}" for word, number in day_counts(self.model.rows, place.day).items()
        )
        self._selection.setText(f"선택 {count}칸 · {day.month}/{day.day}({weekday(day)}) {counts}")

    def _refuse(self, message: str) -> None:
        self.notice.show_error(Refusal(message))

    def _on_toggled(self, mark: Mark) -> None:
        def toggled(now: Cell) -> Cell:
            base = now if now.status is Status.PRESENT else Cell(Status.PRESENT)
            return replace(base, marks=base.marks ^ mark)

        self.set_cells(self.view.selected(), toggled, move=False)

    def _on_filled_down(self) -> None:
        """Ctrl+D: each selected column takes its first cell's state."""
        places = self.view.selected()
        first: dict[int, Cell] = {}
        for place in places:
            first.setdefault(place.day, self.model.rows[place.row].cells[place.day] or EMPTY)
        found = [
            CellChange(self.model.rows[place.row].trainee, self.model.days[place.day].day, first[place.day])
            for place in places
            if self.model.rows[place.row].cells[place.day] is not None
        ]
        if found:
            self._save(found, f"아래로 채우기 {len(found)}칸")

    def _on_copied(self) -> None:
        rows: dict[int, list[str]] = {}
        for place in self.view.selected():
            cell = self.model.rows[place.row].cells[place.day]
            rows.setdefault(place.row, []).append("" if cell in (None, EMPTY) else show_cell(cell or EMPTY))
        self.view.copy(list(rows.values()))

    def _on_details(self) -> None:
        place = self.view.current()
        cell = self.model.rows[place.row].cells[place.day] if place else None
        if place is None or cell is None:
            return
        row, day = self.model.rows[place.row], self.model.days[place.day].day
        name = self._context.masking.show_name(row.name)
        chosen = CellDialog.ask(self, f"{name} — {korean_date(day)} ({weekday(day)})", cell)
        if chosen is not None:
            self.set_cells([place], lambda _now: chosen, move=False)

    def _on_history(self) -> None:
        place = self.view.current()
        if place is None:
            return
        row, day = self.model.rows[place.row], self.model.days[place.day].day
        lines = attendance.history(self._desk, row.trainee, day)
        text = "\n".join(f"{line.at:%Y-%m-%d %H:%M:%S}  {line.old} → {line.new}" for line in lines)
        QMessageBox.information(
            self,
            f"{self._context.masking.show_name(row.name)} {korean_date(day)} 이력",
            text or "바뀐 기록이 없습니다.",
        )

    def _on_print(self) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        if self.grid is not None:
            PreviewDialog.ask(
                self._context, Wanted("attendance-register", self._course_id(), self.chosen.unit)
            )


def _title(found: Sequence[CellChange]) -> str:
    """A step's name: `8/25 → 결석`, or how many cells."""
    if len(found) == 1:
        return f"{found[0].day.month}/{found[0].day.day} → {show_cell(found[0].cell)}"
    return f"{len(found)}칸 → {show_cell(found[0].cell)}"
