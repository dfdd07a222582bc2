"""인턴일지: every week with where its journal stands, written, confirmed by the mentor, its signed page kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel

from regional_desk.desktop import parts
from regional_desk.desktop.internships.journal_dialog import ConfirmDialog, JournalDialog
from regional_desk.desktop.internships.training_parts import TrainingTab, head, may_open, preview, show_file
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.internship_training import JournalState, short_span
from regional_desk.domain.text import korean_date
from regional_desk.services.internships import journals
from regional_desk.services.internships.journals import JournalLine, Journals
from regional_desk.services.internships.reading import InternshipRow

_SIGNS: dict[JournalState, tuple[str, str | None]] = {
    JournalState.FREE: ("–", "muted"),
    JournalState.COMING: ("·", "muted"),
    JournalState.WAITING: ("□", None),
    JournalState.MISSING: ("!", "bad"),
    JournalState.WRITTEN: ("△", "warn"),
    JournalState.CONFIRMED: ("○", "ok"),
}
_PROGRESS = 5  # the column that only PBL has


class JournalTab(TrainingTab):
    """A line a week."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: Journals | None = None
        self.summary = QLabel()
        self.table: Table[JournalLine] = Table(
            _columns(),
            context.colour,
            empty="주차가 없습니다.",
            name="인턴일지",
            scale=context.theme.size,
            filtered=False,
        )
        self.write_button = parts.button("일지 적기…", self.write, tip="Enter")
        self.confirm_button = parts.button(
            "멘토 확인…", self.confirm, tip="여러 주를 고르면(Shift, Ctrl) 한 번에 적습니다."
        )
        self.open_button = parts.button("파일 열기", self.open_file)
        self.undo_button = parts.button("확인 거둠…", self.unconfirm)
        self.remove_button = parts.button("지우기…", self.remove)
        self.print_button = parts.button(
            "이 주 출력…", self.print_out, tip="고른 주차. 적지 않은 주차는 손으로 적을 양식으로 나옵니다."
        )
        self.book_button = parts.button("모두 출력…", lambda: preview(self, "internship-journal"))
        head(self, self.print_button, self.book_button)
        self.lines.addWidget(self.table, 1)
        acts = (self.write_button, self.confirm_button, self.undo_button, self.remove_button)
        self.lines.addLayout(parts.row(*acts, self.open_button, None, spacing=6))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.write())
        self.setFocusProxy(self.table.view)

    def read(self, internship: InternshipRow) -> None:
        """Every week; the cursor stands on the first one to be written."""
        self.found = found = journals.read_journals(self.context.reading, internship.id)
        self.table.set_rows(found.lines)
        self.table.view.setColumnHidden(_PROGRESS, not found.basis.words.progress)
        if self.table.current() is None:
            wanted = found.weeks_in(JournalState.MISSING, JournalState.WAITING, JournalState.WRITTEN)
            self.table.choose(lambda line: line.week.no == (wanted[0] if wanted else 1))
        self._tell(found)
        self._enable()

    def write(self) -> None:
        """일지 적기, or 고치기."""
        line = self.table.current()
        if line is not None and self.internship is not None and self.write_button.isEnabled():
            JournalDialog(self, self.context, self.internship.id, line.week.no).run()

    def confirm(self) -> None:
        """멘토 확인 of every chosen week that waits for it."""
        rows = [line for line in self.table.selected() if line.state is JournalState.WRITTEN]
        if rows and self.may_write:
            ConfirmDialog(self, self.context, rows).run()

    def unconfirm(self) -> None:
        """Take a confirmation back that was noted by mistake."""
        line = self.table.current()
        if line is None or line.row is None:
            return
        answer = ReasonDialog.ask(
            self,
            "멘토 확인 거둠",
            "이 주차의 일지를 다시 확인 전으로 돌립니다.",
            label="까닭",
            act="확인 거둠",
        )
        if answer is not None:
            self.act(partial(journals.unconfirm, self.desk, line.row, answer.reason))

    def remove(self) -> None:
        """Take a journal away that was written for the wrong week or person."""
        line = self.table.current()
        if line is None or line.row is None:
            return
        words = f"{line.week.no}주차의 일지를 파일과 함께 지웁니다. 적었던 글은 변경 이력에 남습니다."
        answer = ReasonDialog.ask(self, "인턴일지 지우기", words, label="까닭", act="지우기")
        if answer is not None:
            self.act(partial(journals.remove, self.desk, line.row, answer.reason))

    def open_file(self) -> None:
        """The signed page, in the program that shows such files."""
        line = self.table.current()
        if line is not None and line.row is not None:
            show_file(self, partial(journals.open_file, self.context.reading, line.row))

    def print_out(self) -> None:
        """The week under the cursor."""
        line = self.table.current()
        if line is not None:
            preview(self, "internship-journal", line.week.no)

    def _tell(self, found: Journals) -> None:
        missing = found.weeks_in(JournalState.MISSING)
        open_ones = found.weeks_in(JournalState.WRITTEN)
        done = found.weeks_in(JournalState.CONFIRMED)
        told = f"{found.basis.words.kind} · {len(found.lines)}주 가운데 멘토 확인 {len(done)}주"
        if missing:
            weeks = ", ".join(map(str, missing))
            parts.set_tone(self.summary, f"{told} · ! 미제출 {len(missing)}주: {weeks}주", "bad")
        elif open_ones:
            weeks = ", ".join(map(str, open_ones))
            parts.set_tone(self.summary, f"{told} · △ 확인 전 {len(open_ones)}주: {weeks}주", "warn")
        else:
            parts.set_tone(self.summary, f"{told} · ○ 밀린 일지가 없습니다", "ok")

    def _enable(self) -> None:
        line = self.table.current()
        row = line.row if line is not None else None
        begun = self.found is not None and self.found.basis.begun
        comes = line is None or line.week.start > self.desk.clock.today()
        self.write_button.setEnabled(self.may_write and begun and not comes)
        self.write_button.setText("일지 고치기…" if row else "일지 적기…")
        waits = any(one.state is JournalState.WRITTEN for one in self.table.selected())
        self.confirm_button.setEnabled(self.may_write and waits)
        confirmed = row is not None and row.confirmed_on is not None
        self.undo_button.setEnabled(self.may_write and confirmed)
        self.remove_button.setEnabled(self.may_write and row is not None)
        kept = row is not None and row.attachment_id is not None
        self.open_button.setEnabled(kept and may_open(self))
        self.print_button.setEnabled(line is not None)
        self.book_button.setEnabled(
            self.found is not None and any(one.row is not None for one in self.found.lines)
        )


def _columns() -> tuple[Column[JournalLine], ...]:
    return (
        Column("주차", lambda line: f"{line.week.no}주", lambda line: line.week.no, width=45),
        Column("기간", lambda line: short_span(line.week), lambda line: line.week.no, width=115),
        Column(
            "상태",
            lambda line: f"{_SIGNS[line.state][0]} {line.state.label}",
            width=90,
            tone=lambda line: _SIGNS[line.state][1],
        ),
        Column("기한", _due, lambda line: line.due, width=90),
        Column(
            "내용",
            lambda line: line.row.work.replace("\n", " ") if line.row else "",
            width=190,
            tip=lambda line: line.row.work if line.row else "",
        ),
        Column(
            "진척",
            lambda line: f"{line.row.progress}%" if line.row and line.row.progress is not None else "",
            lambda line: line.row.progress if line.row else None,
            "right",
            50,
        ),
        Column("멘토 확인", _confirmed, width=150),
        Column("파일", lambda line: (line.row.file_name or "") if line.row else "", width=110),
    )


def _due(line: JournalLine) -> str:
    waits = line.state in (JournalState.WAITING, JournalState.MISSING)
    return korean_date(line.due) if waits else ""


def _confirmed(line: JournalLine) -> str:
    if line.row is None or line.row.confirmed_on is None:
        return ""
    return f"{line.row.mentor} · {korean_date(line.row.confirmed_on)}"
