"""가져오기: a file, its columns, what it would change, and the act that does exactly that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.imports.choices import Choices
from regional_desk.desktop.imports.drop_zone import DropZone
from regional_desk.desktop.imports.history import HistoryDialog, sure, undone_lines
from regional_desk.desktop.imports.mapping_table import MappingTable, words
from regional_desk.desktop.imports.results import Results, sentence
from regional_desk.desktop.jobs import Job
from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.errors import UserError
from regional_desk.services.importing import import_failures, import_undo, imports
from regional_desk.services.importing.import_undo import Undone
from regional_desk.services.importing.imports import FIELDS, ImportResult, Opened

_MAPPING_WIDTHS = (260, 400)
_CONCERNED = {
    "applicants",
    "people",
    "companies",
    "courses",
    "attendance",
    "allowance",
    "matching",
    "training_needs",
}


class ImportPage(QWidget):
    """One file on its way in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.path: Path | None = None
        self.opened: Opened | None = None
        self.result: ImportResult | None = None
        self.committed = self.undone = self._committing = False
        self._asked = self._answered = 0  # a later question makes the answer to an earlier one void
        self.notice = parts.Notice()
        self.choices = Choices(self)
        self.kind, self.course, self.sheet = self.choices.kind, self.choices.course, QComboBox()
        self.sheet.setAccessibleName("시트")
        self.zone = DropZone()
        self.zone.line.insertWidget(1, self.sheet)
        self.table = MappingTable(context.theme.size)
        self.results = Results(context)
        self.state = QLabel()
        self._missing, self._dates, self._legend = QLabel(), parts.muted(), parts.muted()
        self.preview_button = parts.button("미리보기", self.preview, tip="F5")
        self.history_button = parts.button("지난 가져오기…", self.show_history, tip="Ctrl+H")
        self.commit_button = parts.button("가져오기", self.commit, primary=True, tip="Ctrl+Enter")
        self._build()
        self._connect()
        self._on_kind()

    def refresh(self) -> None:
        """List the courses again; a preview that was not carried out yet is made again."""
        self.choices.refresh(self._desk)
        if self.opened is not None and self.result is not None and not self.committed:
            self.preview()
        else:
            self._show()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """A preview follows from everything a file may meet."""
        touched = subjects & _CONCERNED
        return bool(touched) and not self._committing and not self.committed

    def go_to(
        self, kind: str = "applicants", course: UUID | None = None, matching: UUID | None = None
    ) -> None:
        """Make ready for a kind of file, of a course or a matching round."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        if course is not None:
            self.course.setCurrentIndex(max(0, self.course.findData(str(course))))
        if matching is not None:
            self.choices.matching.setCurrentIndex(max(0, self.choices.matching.findData(str(matching))))

    def open_file(self, path: Path) -> None:
        """Read a file and show what it would change."""
        self.path = path
        self._look()

    def preview(self) -> None:
        """Show what the file would change with the columns as chosen; writes nothing."""
        if self.path is not None:
            self._look(
                None if self.sheet.count() == 0 else self.sheet.currentText(), self.table.mapping() or None
            )

    def commit(self) -> None:
        """Bring in what the preview showed."""
        opened, course, told = self.opened, self.choices.course_id(), self.choices.told()
        if opened is None or not self.commit_button.isEnabled():
            return
        self._committing = True
        job = self._start(
            lambda: imports.commit(self._desk, opened, course, **told), "가져오기", self._on_committed
        )
        job.ended.connect(self._on_commit_ended)

    def write_failures(self) -> None:
        """Write the refused rows into a file a person chooses."""
        opened, result = self.opened, self.result
        if opened is None or result is None:
            return
        proposed = str(opened.path.with_name(f"{opened.path.stem} 오류.xlsx"))
        chosen, _ = QFileDialog.getSaveFileName(self, "오류 행을 파일로", proposed, "Excel (*.xlsx)")
        if chosen:
            self._context.jobs.start(
                lambda: import_failures.write_failures(self._desk, opened, result, Path(chosen)),
                "오류 행 파일",
                succeeded=lambda rows: parts.set_tone(
                    self.state, f"✔ 오류가 난 {rows}행을 '{Path(chosen).name}'에 적었습니다.", "ok"
                ),
                refused=self.notice.show_error,
            )

    def take_back(self) -> None:
        """Take the import on screen back as a whole, after asking."""
        result = self.result
        if result is None or result.import_id is None or self.opened is None:
            return
        import_id = result.import_id
        if sure(self, self.opened.path.name, result.new, result.updated):
            self._committing = True
            job = self._start(
                lambda: import_undo.undo(self._desk, import_id), "가져오기 되돌리기", self._on_undone
            )
            job.ended.connect(self._on_commit_ended)

    def show_history(self) -> None:
        """Open the list of imports and saved mappings."""
        dialog = HistoryDialog(self, self._context)
        dialog.exec()
        dialog.deleteLater()
        self.refresh()

    def _build(self) -> None:
        layout = parts.page_layout(
            self,
            [
                parts.title("가져오기"),
                *self.choices.widgets(),
                None,
                self.history_button,
                self.preview_button,
                self.commit_button,
            ],
        )
        layout.addWidget(self.zone)
        layout.addWidget(self.notice)
        left = QVBoxLayout()
        for widget in (parts.heading("열 맞추기"), self._missing, self.table, self._dates, self._legend):
            left.addWidget(widget)
        left.setStretchFactor(self.table, 1)
        mapping = parts.card(left)
        mapping.setMinimumWidth(self._context.theme.size(_MAPPING_WIDTHS[0]))
        mapping.setMaximumWidth(self._context.theme.size(_MAPPING_WIDTHS[1]))
        body = parts.row(mapping, parts.card(self.results))
        body.setStretch(0, 1)
        body.setStretch(1, 2)
        layout.addLayout(body, 1)
        layout.addLayout(parts.row(self.state, None, self.choices.back))

    def _connect(self) -> None:
        self.zone.file_chosen.connect(self.open_file)
        self.choices.kind_changed.connect(self._on_kind)
        self.sheet.currentIndexChanged.connect(lambda _at: self._look(self.sheet.currentText()))
        self.table.changed.connect(self._on_mapping)
        self.choices.changed.connect(self._on_choice)
        self.choices.matching_wanted.connect(self._back_to_matching)
        self.results.failures_wanted.connect(self.write_failures)
        self.results.undo_wanted.connect(self.take_back)
        for keys, slot in (
            ("Ctrl+O", self.zone.choose),
            ("F5", self.preview),
            ("Ctrl+H", self.show_history),
            ("Ctrl+Return", self.commit),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def _on_kind(self) -> None:
        """Another kind of file: the file on screen is none of it."""
        self.choices.show_kind()
        self.path = None
        self._forget()
        self._show()

    def _back_to_matching(self, round_id: UUID | None, following: str) -> None:
        """Once the file is in, to what comes after it."""
        self._context.open_page("matching", round=round_id, step=following if self.committed else "")

    def _on_choice(self) -> None:
        if self.opened is not None and not self.committed:
            self.preview()

    def _on_mapping(self) -> None:
        """The preview on screen is no longer what would happen."""
        self.result = None
        self._show()

    def _forget(self) -> None:
        self._asked = self._answered = self._asked + 1
        self.opened = self.result = None
        self.committed = self.undone = False
        blocker = QSignalBlocker(self.sheet)
        self.sheet.clear()
        blocker.unblock()
        self.table.clear_rows()

    def _look(self, sheet: str | None = None, mapping: dict[str, str] | None = None) -> None:
        path, kind, course = self.path, self.choices.kind_key(), self.choices.course_id()
        if path is None or self._committing:
            return
        desk, told = self._desk, self.choices.told()
        if self.opened is None or self.opened.path != path:
            told["sender"] = None  # of a new file it is the one its layout remembers

        def work() -> tuple[Opened, ImportResult | None, UserError | None]:
            opened = imports.look(desk, kind, path, sheet=sheet, mapping=mapping)
            if opened.layout.missing:
                return opened, None, None
            try:
                return opened, imports.preview(desk, opened, course, **told), None
            except UserError as error:  # the columns stay on screen, so they can be put right
                return opened, None, error

        self._start(work, "미리보기", self._on_looked)

    def _start(self, work: Callable[[], Any], title: str, succeeded: Callable[[Any], None]) -> Job:
        self.notice.hide()
        self._asked += 1
        asked = self._asked
        self._show()

        def told(tell: Callable[[Any], None]) -> Callable[[Any], None]:
            def answer(result: Any) -> None:
                if asked == self._asked:
                    self._answered = asked
                    tell(result)

            return answer

        return self._context.jobs.start(
            work, title, succeeded=told(succeeded), refused=told(self._on_refused)
        )

    def _on_looked(self, found: tuple[Opened, ImportResult | None, UserError | None]) -> None:
        self.committed = self.undone = False
        known = self.opened is not None and self.opened.path == found[0].path
        self.opened, self.result, error = found
        if not known:
            self.choices.show_senders(imports.senders(self._desk), self.opened.sender)
        blocker = QSignalBlocker(self.sheet)
        self.sheet.clear()
        self.sheet.addItems([sheet.name for sheet in self.opened.workbook.candidates()])
        self.sheet.setCurrentText(self.opened.sheet.name)
        blocker.unblock()
        self.table.set_opened(self.opened)
        if error is not None:
            self.notice.show_error(error)
        self._show()

    def _on_commit_ended(self) -> None:
        self._committing = False
        self._show()

    def _on_committed(self, result: ImportResult) -> None:
        self.committed = True
        self.result = result
        self._show()

    def _on_undone(self, done: Undone) -> None:
        """What was on screen is no more; who stays is named."""
        self.committed, self.undone, self.result = False, True, None
        self._show()
        self.results.show_lines(undone_lines(self._context, done))

    def _on_refused(self, error: UserError) -> None:
        """A file that cannot be read leaves nothing of the one before on screen."""
        if self.opened is not None and self.opened.path != self.path:
            self._forget()
        self.result = None
        self.notice.show_error(error)
        self._show()

    def _show(self) -> None:
        opened, result = self.opened, self.result
        self.table.show_samples(on=self._context.masking is Masking.FULL)
        self.zone.show_file(self.path)
        self.sheet.setVisible(self.sheet.count() > 1)
        for widget in (*self.choices.widgets(), self.sheet, self.table, self.zone.choose_button):
            widget.setEnabled(not self._committing)
        self.preview_button.setEnabled(self.path is not None and self._asked == self._answered)
        ready = result is not None and not self.committed and self._asked == self._answered
        self.commit_button.setEnabled(ready)
        self.results.show_result(result)
        missing = opened.layout.missing if opened is not None and result is None else ()
        names = ", ".join(FIELDS[self.choices.kind_key()].label(field) for field in missing)
        parts.set_tone(self._missing, f"! {names} 열을 골라 주십시오." if names else "", "warn")
        for label, text in zip((self._dates, self._legend), words(opened, result), strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        told = sentence(
            result,
            busy=self._asked != self._answered,
            opened=opened is not None,
            committed=self.committed,
            undone=self.undone,
        )
        parts.set_tone(self.state, *told)
