"""미확인 전화표: a list to telephone by, and its answers keyed back in the same order with one digit each."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.attendance.keyed import Keyed
from regional_desk.desktop.course_unit import CourseUnit
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.attendance import Cell, show_cell
from regional_desk.domain.calls import ANSWERS, NOT_REACHED, answer_text, read_answer
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, weekday
from regional_desk.errors import Refusal, UserError
from regional_desk.services.attendance import call_lists
from regional_desk.services.attendance.call_lists import CallLine, CallList
from regional_desk.services.training import courses

_HINT = "   ".join(
    [*(f"{key} {answer_text(cell)}" for key, cell in ANSWERS.items()), "|   Enter 들은 말 적기   ↑·↓ 줄"]
)
_MASKED = "이름을 가려서 보는 동안에는 답을 적지 않습니다. 손님 모드를 끄고 다시 하십시오."


class CallListPage(QWidget):
    """One list, in the order of its paper."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.shown: CallList | None = None
        self.chosen = CourseUnit(context.desk)
        self.lists = QComboBox()
        self.lists.setAccessibleName("전화표")
        self.notice = parts.Notice()
        self.state = QLabel()
        self.note = QLineEdit()
        self.note.setPlaceholderText("들은 말 — Enter로 저장하고 다음 줄로")
        self.note.setAccessibleName("들은 말")
        self.table: Table[CallLine] = Table(
            _columns(context),
            context.colour,
            empty="만든 전화표가 없습니다. 단위기간을 고르고 [미입력으로 새 전화표]를 누르십시오.",
            name="전화할 사람",
            scale=context.theme.size,
            filtered=False,
        )
        self.table.view.setSortingEnabled(False)  # the paper's order is the order
        self._paper = parts.button("인쇄", self.print_out, tip="Ctrl+P")
        self._build()
        self._connect()
        self.setFocusProxy(self.table.view)

    def refresh(self) -> None:
        """Read the course's lists and the chosen one again, the cursor staying."""
        self.chosen.refresh()
        self._show_lists(self.lists.currentData())

    def concerned(self, subjects: frozenset[str]) -> bool:
        """The lists, the records they ask for, and the names."""
        return bool(subjects & {call_lists.SUBJECT, "attendance", "courses", "people"})

    def go_to(self, course: UUID, call_list: UUID | None = None) -> None:
        """Show a course's newest list, or one of them, at its first open line."""
        self.chosen.choose(course)
        self._show_lists(str(call_list) if call_list else None)
        self.table.choose(lambda line: line.open)

    def make(self) -> None:
        """A new list of what is 미입력 in the chosen unit period up to today."""
        course = self.chosen.course
        if course is None:
            return
        self.notice.hide()
        unit = courses.unit_of(courses.outline(self._desk, course), self.chosen.unit)
        try:
            made = call_lists.make(self._desk, course, unit.start, unit.end)
        except UserError as error:
            self.notice.show_error(error)
            return
        self.go_to(course, made)
        self.table.view.setFocus()

    def answer(self, key: str) -> None:
        """What the line under the cursor was answered, with the note that stands below; then the next line."""
        self._save(ANSWERS[key])

    def print_out(self) -> None:
        """The list on paper."""
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        if self.shown is not None:
            wanted = Wanted("call-list", course=self.shown.course_id, number=self.shown.number)
            PreviewDialog.ask(self._context, wanted)

    def _build(self) -> None:
        make = parts.button("미입력으로 새 전화표", self.make, primary=True, tip="Ctrl+N")
        back = parts.link("← 출석", lambda: self._context.open_page("attendance"))
        layout = parts.page_layout(
            self, [parts.title("미확인 전화표"), self.chosen, None, back, self._paper, make]
        )
        layout.addLayout(parts.row(self.lists, self.state, None))
        layout.addWidget(self.notice)
        layout.addWidget(parts.muted(_HINT))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)

    def _connect(self) -> None:
        slots = {key: partial(self.answer, key) for key in ANSWERS}
        Keyed(self.table.view, {**slots, "Enter": self.note.setFocus})
        self.chosen.changed.connect(self._on_course)
        self.lists.activated.connect(lambda _at: self._on_list())
        self.note.returnPressed.connect(self._on_note)
        self.table.chosen.connect(self._on_line)
        for keys, slot in (("Ctrl+P", self.print_out), ("Ctrl+N", self.make)):
            QShortcut(QKeySequence(keys), self, slot)

    def _show_lists(self, chosen: str | None) -> None:
        """The course's lists and the chosen one; whoever may see no people is told so."""
        try:
            self._list_lists(chosen)
            self._read()
        except UserError as error:
            self.notice.show_error(error)

    def _list_lists(self, chosen: str | None) -> None:
        """The newest first, which is the one worked on."""
        self.lists.clear()
        course = self.chosen.course
        found = call_lists.list_lists(self._desk, course) if course else ()
        for number, row in reversed(tuple(enumerate(found, start=1))):
            left = f"{row.open}건 남음" if row.open else "모두 물음"
            made = f"{row.made_at.month}/{row.made_at.day} {row.made_at:%H:%M}"
            self.lists.addItem(f"제{number}호 ({made}) · {row.lines}건 · {left}", str(row.id))
        self.lists.setCurrentIndex(max(0, self.lists.findData(chosen)))
        self.lists.setVisible(bool(found))

    def _read(self) -> None:
        chosen = self.lists.currentData()
        self.shown = call_lists.show(self._context.reading, UUID(chosen)) if chosen else None
        lines = self.shown.lines if self.shown else ()
        self.table.set_rows(lines)
        self._paper.setEnabled(bool(lines))
        self.note.setEnabled(bool(lines))
        if self.shown is None:
            parts.set_tone(self.state, "", "ok")
        elif self.shown.open:
            parts.set_tone(self.state, f"! {self.shown.open}건 남음", "warn")
        else:
            parts.set_tone(self.state, "● 모두 물음", "ok")
        if lines and self.table.current() is None:
            self.table.choose(lambda _line: True)
        self._on_line(self.table.current())

    def _save(self, cell: Cell | None) -> None:
        line = self.table.current()
        if line is None or self.shown is None:
            return
        self.notice.hide()
        if self._context.masking is Masking.MASKED:
            self.notice.show_error(Refusal(_MASKED))
            return
        try:
            call_lists.answer(self._desk, self.shown.id, line.number, cell, self.note.text())
        except UserError as error:
            self.notice.show_error(error)
            return
        if line.number < len(self.shown.lines):
            self.table.view.selectRow(line.number)  # numbers count from 1, rows from 0
        self.table.view.setFocus()

    def _on_course(self) -> None:
        self._show_lists(None)

    def _on_list(self) -> None:
        self._show_lists(self.lists.currentData())
        self.table.view.setFocus()

    def _on_line(self, line: CallLine | None) -> None:
        self.note.setText(line.note if line else "")

    def _on_note(self) -> None:
        """A note to an answered line is saved; one to an open line waits for its digit."""
        line = self.table.current()
        if line is not None and not line.open:
            self._save(read_answer(line.answer))
        else:
            self.table.view.setFocus()


def _columns(context: Context) -> tuple[Column[CallLine], ...]:
    def tone(line: CallLine) -> str | None:
        return {"": "muted", NOT_REACHED: "warn"}.get(line.answer)

    return (
        Column("순번", lambda line: str(line.number), align="right", width=50),
        Column("성명", lambda line: context.masking.show_name(line.name), width=90),
        Column("번호", lambda line: str(line.order), align="right", width=50),
        Column("전화번호", lambda line: line.phone, width=130),
        Column("기록 없는 날", lambda line: f"{korean_date(line.day)} ({weekday(line.day)})", width=130),
        Column("체크인", lambda line: line.hint, width=190),
        Column("답", lambda line: line.answer or "· 아직", width=100, tone=tone),
        Column("지금 기록", lambda line: show_cell(line.cell), width=100),
        Column("들은 말", lambda line: line.note, width=200, tip=lambda line: line.note),
    )
