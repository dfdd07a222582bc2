"""인턴일지 of a week, one after another, and the mentor's confirmation of one or several."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.file_field import FileField
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.internships.training_parts import date_field, text_field
from regional_desk.desktop.shell import Context
from regional_desk.domain.internship_training import WHOLE, JournalText
from regional_desk.domain.text import korean_span
from regional_desk.services.internships import journals, plans, training_files
from regional_desk.services.internships.journals import JournalLine

_TEXT = 96
_TAKEN = "! 멘토가 확인한 일지입니다. 글을 고치면 확인이 풀려 다시 받아야 합니다."


class JournalDialog(FormDialog):
    """One week under another's: [저장하고 다음 주] keys a stack of paper without the mouse."""

    def __init__(self, parent: QWidget | None, context: Context, internship: UUID, week: int) -> None:
        super().__init__(parent, "인턴일지", "", "저장")
        self._desk, self._internship = context.desk, internship
        self.head, self.planned, self.warning = parts.heading(""), parts.muted(), QLabel()
        self.warning.setWordWrap(True)
        self._book = journals.read_journals(context.desk, internship)
        self._plan = {one.week.no: one.items for one in plans.read_plan(context.desk, internship).weeks}
        words = self._book.basis.words
        self.texts: dict[str, QPlainTextEdit] = {}
        for name, word, key in (
            ("work", words.work, "W"),
            ("guidance", words.guidance, "G"),
            ("output", words.output, "O"),
        ):
            if word:
                self.texts[name] = text_field(context, _TEXT)
                self.put(f"{word}(&{key})", self.texts[name])
        self.progress = QSpinBox()
        self.progress.setRange(0, WHOLE)
        self.progress.setSingleStep(10)
        self.progress.setSuffix(" %")
        if words.progress:
            self.put(f"{words.progress}(&P)", self.progress)
        self.file = FileField("서명한 일지")
        self.put("서명한 일지(&F)", self.file)
        self.next_button = parts.button("저장하고 다음 주", self.save_and_go_on, tip="Ctrl+Enter")
        self.next_button.setShortcut("Ctrl+Return")
        for at, widget in enumerate((self.head, self.planned, self.warning)):
            self.lines.insertWidget(at, widget)
        self.buttons.addButton(self.next_button, QDialogButtonBox.ButtonRole.ActionRole)
        self._line = self._find(week)
        self._show()

    def write(self) -> None:
        """Write the week's journal, and keep its page."""
        row = self._line.row
        scan = self.file.path()
        received = training_files.read_file(scan) if scan else None
        typed = {name: field.toPlainText() for name, field in self.texts.items()}
        progress = self.progress.value() if self._book.basis.words.progress else None
        text = JournalText(**typed, progress=progress)
        done = journals.write(
            self._desk, self._internship, self._line.week.no, text, row.version if row else None
        )
        if received is not None:
            journals.attach(self._desk, done, received)

    def save_and_go_on(self) -> None:
        """Write, and show the next week; after the last one that began the dialog closes."""
        if not self.tried():
            return
        no, today = self._line.week.no, self._desk.clock.today()
        self._book = journals.read_journals(self._desk, self._internship)
        following = [one for one in self._book.lines if one.week.no > no and one.week.start <= today]
        if not following:
            self.accept()
            return
        self._line = following[0]
        self._show()

    def _find(self, week: int) -> JournalLine:
        return next(one for one in self._book.lines if one.week.no == week)

    def _show(self) -> None:
        line, row = self._line, self._line.row
        self.head.setText(f"{line.week.no}주차 · {korean_span(line.week.start, line.week.end)}")
        items = self._plan.get(line.week.no, ())
        told = " / ".join(f"{one.subject} — {one.goal}".replace("\n", " ") for one in items)
        self.planned.setText(f"훈련계획: {told or '없음'}")
        parts.set_tone(self.warning, _TAKEN if row and row.confirmed_on else "", "warn")
        for name, field in self.texts.items():
            field.setPlainText(getattr(row, name) or "" if row else "")
        self.progress.setValue((row.progress or 0) if row else self._progress_before())
        self.file.line.clear()
        later = [one for one in self._book.lines if one.week.no > line.week.no]
        self.next_button.setEnabled(bool(later) and later[0].week.start <= self._desk.clock.today())
        next(iter(self.texts.values())).setFocus()

    def _progress_before(self) -> int:
        """Where the week before left off: progress is proposed from there."""
        before = [one.row for one in self._book.lines if one.row and one.week.no < self._line.week.no]
        return (before[-1].progress or 0) if before else 0


class ConfirmDialog(FormDialog):
    """Who confirmed, when, and the signed page where it is one week."""

    def __init__(self, parent: QWidget | None, context: Context, rows: Sequence[JournalLine]) -> None:
        weeks = ", ".join(f"{one.week.no}주" for one in rows)
        super().__init__(
            parent, "멘토 확인", f"{weeks}의 일지를 멘토가 확인한 것으로 적습니다.", "확인으로 적기"
        )
        self._desk, self._rows = context.desk, rows
        self.mentor, self.on, self.file = QLineEdit(rows[0].mentor), date_field(), FileField("서명한 일지")
        today = context.desk.clock.today()
        put_day(self.on, today, last=today)
        self.put("멘토(&M)", self.mentor)
        self.put("확인일(&D)", self.on)
        if len(rows) == 1:
            self.put("서명한 일지(&F)", self.file)

    def write(self) -> None:
        """Note the confirmation of every week."""
        scan = self.file.path()
        received = training_files.read_file(scan) if scan else None
        entries = [one.row for one in self._rows if one.row is not None]
        journals.confirm_all(self._desk, entries, self.mentor.text(), day_of(self.on), received)
