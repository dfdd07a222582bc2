"""출석: the grid of a course's unit period; every key is saved before the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QCheckBox, QSizePolicy, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.attendance.cell_acts import CellActs
from regional_desk.desktop.attendance.clipboard import copy_cells, pasted_changes
from regional_desk.desktop.attendance.filters import FilterBox
from regional_desk.desktop.attendance.grid_keys import LettersDialog, chosen_letters
from regional_desk.desktop.attendance.grid_model import GridModel
from regional_desk.desktop.attendance.grid_view import GridView, Place
from regional_desk.desktop.attendance.sheet_acts import SheetActs
from regional_desk.desktop.attendance.status_texts import day_text, people_text
from regional_desk.desktop.attendance.still import StepButton, StillLine, StillState
from regional_desk.desktop.attendance.tools_menu import ToolsButton
from regional_desk.desktop.course_unit import CourseUnit
from regional_desk.desktop.shell import Context
from regional_desk.domain.attendance import EMPTY, Cell, Mark, Status, show_cell
from regional_desk.errors import Refusal, UserError
from regional_desk.services import changes
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange, Grid, Written

_HINT = (
    "1 출석 ○  2 지각 △  3 조퇴 ▽  4 외출 ◇  5 결석 ×  6 출석인정 ◎  Del 미입력 ·  |  F2 자세히  "
    "Ctrl+2·3·4 표시 더하기·빼기  Ctrl+D 아래로 채우기  Ctrl+H 이력  Ctrl+C·V 엑셀  F3 걸러 보기  Ctrl+M 더 보기"
)
_MANY = 500  # cells from which a write is done beside the window
_NOWHERE = "여기는 입력하지 않는 칸입니다(훈련일이 아니거나 교육생이 속하지 않은 날)."


class AttendancePage(QWidget):
    """The page people live in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.grid: Grid | None = None
        self._saves = 0  # how often rows were shown anew, to notice that a long write was overtaken
        self.model = GridModel(self)
        self.view = GridView(self.model, context.theme)
        self.notice = parts.Notice()
        self.chosen = CourseUnit(context.desk)
        self.filter = FilterBox(context.preferences)
        self.acts, self.sheets = CellActs(self, context), SheetActs(self, context)
        self._unset = StillState(context, "warn", "! 미입력 9,999칸")
        self._risky = StillState(context, "bad", "▲ 위험 999명")
        self._undo = StepButton("실행취소", self.undo, context, "Ctrl+Z")
        self._redo = StepButton("다시 실행", self.redo, context, "Ctrl+Y")
        self._across = QCheckBox("입력 뒤 오른쪽으로")
        self._across.setChecked(context.preferences.get("grid_across", False))
        self._across.toggled.connect(lambda on: context.preferences.set("grid_across", on))
        self._state, self._selection = StillLine(context), StillLine(context, right=True)
        self.tools = ToolsButton(
            context, self, (*self.sheets.tools(), ("글자 키 바꾸기…", self.change_letters))
        )
        self.view.days.letters = chosen_letters(context.preferences).cells()
        self._lay_out()
        self.setFocusProxy(self.view)
        self._connect()

    def refresh(self) -> None:
        """Read courses and grid again, the cursor staying where it is."""
        place = self.view.current()
        for still in (self._unset, self._risky, self._undo, self._redo):
            still.measure()
        self.chosen.refresh()
        self._read_grid()
        if place is not None and place.row < len(self.model.rows) and place.day < len(self.model.days):
            self.view.go_to(place.row, place.day)

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Own keys refresh their rows themselves; other acts are read again."""
        return bool(subjects & {"courses", "people", "allowance", "policies", "corrections"})

    def go_to(
        self, course: UUID, unit: int | None = None, trainee: UUID | None = None, day: dt.date | None = None
    ) -> None:
        """Show a course's unit, and there a trainee's day, whatever filter leaves out."""
        self.chosen.choose(course, unit)
        if trainee is not None and all(row.trainee != trainee for row in self.model.rows):
            self.filter.show_all()
        rows = [at for at, row in enumerate(self.model.rows) if row.trainee == trainee]
        days = [at for at, column in enumerate(self.model.days) if column.day == day]
        if rows or (days and self.model.rows):
            self.view.go_to(rows[0] if rows else 0, days[0] if days else 0)

    def set_cells(self, places: Sequence[Place], make: Callable[[Cell], Cell], *, move: bool) -> None:
        """Set the cells at these places and save at once; refused ones say why and nothing changes."""
        found = self._changes(places, lambda _place, now: make(now))
        if not found:
            self.notice.show_error(Refusal(_NOWHERE))
        elif self._save(found, _title(found)) and move and len(places) == 1:
            self.view.move_on(down=not self._across.isChecked())

    def fill_present(self) -> None:
        """미입력만 출석으로: the selected cells, or the cursor's day where nothing more than one cell is selected."""
        places, current = self.view.selected(), self.view.current()
        if self.chosen.course is None:
            return
        if len(places) > 1:
            days = {self.model.days[place.day].day for place in places}
            trainees = {self.model.rows[place.row].trainee for place in places}
        else:
            days = {self.model.days[current.day].day} if current else {self._desk.clock.today()}
            trainees = {row.trainee for row in self.model.rows}
        wanted = (self._desk, self._course_id(), sorted(trainees), sorted(days))
        self._act(partial(attendance.fill_present, *wanted, shown=self.grid), len(trainees) * len(days))

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
        try:
            found = pasted_changes(self.model, start, text)
        except UserError as error:
            self.notice.show_error(error)
            return
        if found:
            self._save(found, f"붙여넣기 {len(found)}칸")

    def tell(self, text: str) -> None:
        """Say below the grid what was done where the grid does not show it."""
        self._selection.setText(text)

    def change_letters(self) -> None:
        """Choose the letters that set a cell."""
        self.view.days.letters = LettersDialog.ask(self._context.preferences, self).cells()

    def _lay_out(self) -> None:
        header = (parts.title("출석"), self.chosen, self._unset, self._risky, None)
        layout = parts.page_layout(self, [*header, self._undo, self._redo])
        hint = parts.muted(_HINT)
        hint.setWordWrap(False)
        hint.setToolTip(_HINT.replace("  ", "\n"))
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        paper = parts.button("출석부", self.sheets.print_register, tip="Ctrl+P")
        fill = parts.button("미입력만 출석으로 Ctrl+Enter", self.fill_present, primary=True)
        tools = parts.row(self.filter, hint, self._across, self.tools, paper, fill)
        tools.setStretch(1, 1)
        layout.addLayout(tools)
        layout.addWidget(self.notice)
        layout.addWidget(self.view, 1)
        layout.addLayout(parts.row(self._state, self._selection))

    def _connect(self) -> None:
        days = self.view.days
        days.typed.connect(lambda cell: self.set_cells(self.view.selected(), lambda _now: cell, move=True))
        days.toggled.connect(self._on_toggled)
        days.filled_down.connect(self._on_filled_down)
        days.filled_present.connect(self.fill_present)
        days.copied.connect(lambda: copy_cells(self.model, self.view.selected()))
        days.pasted.connect(lambda: self.paste(QApplication.clipboard().text()))
        days.details_wanted.connect(self.acts.details)
        days.history_wanted.connect(self.acts.history)
        days.menu_wanted.connect(self.acts.menu)
        days.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_selection())
        self.chosen.changed.connect(self._read_grid)
        self.filter.currentIndexChanged.connect(lambda _at: self._read_grid())
        for keys, slot in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+P", self.sheets.print_register),
            ("F3", self.filter.showPopup),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def _course_id(self) -> UUID:
        if self.chosen.course is None:
            raise Refusal("교육과정이 없습니다. [교육과정]에서 먼저 만드십시오.")
        return self.chosen.course

    def _read_grid(self) -> None:
        if self.chosen.course is None:
            self.grid = None
            self._state.setText("교육과정이 없습니다. [교육과정]에서 과정을 만들고 교육생을 등록하십시오.")
            return
        self.grid = attendance.grid(self._context.reading, self._course_id(), self.chosen.unit)
        masking, today = self._context.masking, self._desk.clock.today()
        self.model.set_grid(self.grid, masking, self.filter.test(self.grid, today))
        self._show_state()

    def _changes(
        self, places: Sequence[Place], make: Callable[[Place, Cell], Cell]
    ) -> tuple[CellChange, ...]:
        """A change for each of these places that can hold a record."""
        rows, days = self.model.rows, self.model.days
        return tuple(
            CellChange(rows[place.row].trainee, days[place.day].day, make(place, now))
            for place in places
            if (now := rows[place.row].cells[place.day]) is not None
        )

    def _save(self, found: Sequence[CellChange], title: str) -> bool:
        wanted = (self._desk, self._course_id(), found)
        return self._act(partial(attendance.set_cells, *wanted, title=title, shown=self.grid), len(found))

    def _act(self, act: Callable[[], Written], cells: int) -> bool:
        """Do a write: at once, or beside the window where it is long; tell whether it is done."""
        self.notice.hide()
        show, refused = partial(self._show_written, self.grid, self._saves), self.notice.show_error
        if cells > _MANY:
            self._context.jobs.start(act, f"{cells:,}칸 저장", succeeded=show, refused=refused)
            return False
        try:
            written = act()
        except UserError as error:
            refused(error)
            return False
        show(written)
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
            self._show_state()
        else:
            self.go_to(UUID(str(taken.scope["course"])))

    def _show_written(self, shown: Grid | None, saves: int, written: Written) -> None:
        """Show the rows as the write left them; read them where anything was shown or saved since it began."""
        if written.rows and shown is self.grid and saves == self._saves:
            self._saves += 1
            self.model.replace_rows(written.rows)
        else:
            self._read_rows(written.trainees)
        self._show_state(written)

    def _read_rows(self, trainees: Sequence[UUID]) -> None:
        """Read only the trainees that changed, as guests may see them."""
        self._saves += 1
        if trainees and self.grid is not None:
            rows = attendance.refreshed_rows(self._context.reading, self.grid, set(trainees))
            self.model.replace_rows(rows)

    def _show_state(self, saved: Written | None = None) -> None:
        """Counts, and the steps that undo and redo would take; after a save these are known without asking."""
        self._unset.setText(f"! 미입력 {self.model.unset:,}칸" if self.model.unset else "")
        self._risky.setText(f"▲ 위험 {self.model.risky:,}명" if self.model.risky else "")
        if saved is None:
            self._undo.show_step(changes.undo_title(self._desk))
            self._redo.show_step(changes.redo_title(self._desk))
        elif saved.changed:
            self._undo.show_step(saved.title)
            self._redo.show_step(None)
        self._show_selection()

    def _show_selection(self) -> None:
        place = self.view.current()
        self._state.setText(people_text(self.model, place))
        self._selection.setText(day_text(self.model, place, self.view.count_selected()))

    def _on_toggled(self, mark: Mark) -> None:
        def toggled(now: Cell) -> Cell:
            base = now if now.status is Status.PRESENT else Cell(Status.PRESENT)
            return replace(base, marks=base.marks ^ mark)

        self.set_cells(self.view.selected(), toggled, move=False)

    def _on_filled_down(self) -> None:
        """Ctrl+D: each selected column takes its first cell's state."""
        first: dict[int, Cell] = {}
        for place in (places := self.view.selected()):
            first.setdefault(place.day, self.model.rows[place.row].cells[place.day] or EMPTY)
        if found := self._changes(places, lambda place, _now: first[place.day]):
            self._save(found, f"아래로 채우기 {len(found)}칸")


def _title(found: Sequence[CellChange]) -> str:
    """A step's name: `8/25 → 결석`, or how many cells."""
    if len(found) == 1:
        return f"{found[0].day.month}/{found[0].day.day} → {show_cell(found[0].cell)}"
    return f"{len(found)}칸 → {show_cell(found[0].cell)}"
