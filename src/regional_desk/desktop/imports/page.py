"""가져오기: a file, its columns, what it would change, and the act that does exactly that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.imports.drop_zone import DropZone
from regional_desk.desktop.imports.mapping_table import MappingTable, is_date
from regional_desk.desktop.imports.results import Results
from regional_desk.desktop.jobs import Job
from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_span
from regional_desk.errors import UserError
from regional_desk.services import courses, imports
from regional_desk.services.imports import FIELDS, KIND_LABELS, ImportResult, Opened

_MAPPING_WIDTHS = (260, 400)


class ImportPage(QWidget):
    """One file on its way in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.path: Path | None = None
        self.opened: Opened | None = None
        self.result: ImportResult | None = None
        self.committed = self._committing = False
        self._asked = self._answered = 0  # a later question makes the answer to an earlier one void
        self.notice = parts.Notice()
        self.kind, self.course, self.sheet = QComboBox(), QComboBox(), QComboBox()
        for key, label in KIND_LABELS.items():
            self.kind.addItem(label, key)
        for combo, name in ((self.kind, "종류"), (self.course, "교육과정"), (self.sheet, "시트")):
            combo.setAccessibleName(name)
        self.zone = DropZone()
        self.zone.line.insertWidget(1, self.sheet)
        self.table = MappingTable(context.theme.size)
        self.results = Results(context)
        self.state = QLabel()
        self._missing, self._dates, self._legend = QLabel(), parts.muted(), parts.muted()
        self.preview_button = parts.button("미리보기", self.preview, tip="F5")
        self.commit_button = parts.button("가져오기", self.commit, primary=True, tip="Ctrl+Enter")
        self._build()
        self._connect()
        self._on_kind()

    def refresh(self) -> None:
        """List the courses again; a preview that was not carried out yet is made again."""
        self._list_courses()
        if self.opened is not None and self.result is not None and not self.committed:
            self.preview()
        else:
            self._show()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """A preview follows from everything a file may meet."""
        touched = subjects & {"applicants", "people", "companies", "courses", "attendance", "allowance"}
        return bool(touched) and not self._committing and not self.committed

    def go_to(self, kind: str = "applicants", course: UUID | None = None) -> None:
        """Make ready for a kind of file, of a course."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        if course is not None:
            self.course.setCurrentIndex(max(0, self.course.findData(str(course))))

    def open_file(self, path: Path) -> None:
        """Read a file and show what it would change."""
        self.path = path
        self._look()

    def preview(self) -> None:
        """Show what the file would change with the columns as chosen; writes nothing."""
        if self.path is not None:
            self._look(None if self.sheet.count() == 0 else self.sheet.currentText(), self._chosen())

    def commit(self) -> None:
        """Bring in what the preview showed."""
        opened, course = self.opened, self._course_id()
        if opened is None or not self.commit_button.isEnabled():
            return
        self._committing = True
        job = self._start(lambda: imports.commit(self._desk, opened, course), "가져오기", self._on_committed)
        job.ended.connect(self._on_commit_ended)

    def _build(self) -> None:
        layout = parts.page_layout(
            self,
            [
                parts.title("가져오기"),
                self.kind,
                self.course,
                None,
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
        layout.addLayout(parts.row(self.state, None))

    def _connect(self) -> None:
        self.zone.file_chosen.connect(self.open_file)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.course.currentIndexChanged.connect(self._on_course)
        self.sheet.currentIndexChanged.connect(lambda _at: self._look(self.sheet.currentText()))
        self.table.changed.connect(self._on_mapping)
        for keys, slot in (("Ctrl+O", self.zone.choose), ("F5", self.preview), ("Ctrl+Return", self.commit)):
            QShortcut(QKeySequence(keys), self, slot)

    def _kind(self) -> str:
        return str(self.kind.currentData())

    def _course_id(self) -> UUID | None:
        chosen = self.course.currentData()
        return UUID(chosen) if chosen and self._kind() == "attendance" else None

    def _chosen(self) -> dict[str, str] | None:
        """The mapping on screen; dates stay what they are."""
        return self.table.mapping() or None

    def _list_courses(self) -> None:
        chosen = self.course.currentData()
        blocker = QSignalBlocker(self.course)
        self.course.clear()
        for row in courses.list_courses(self._desk):
            self.course.addItem(f"{row.name} ({korean_span(row.start, row.end)})", str(row.id))
        self.course.setCurrentIndex(max(0, self.course.findData(chosen)))
        blocker.unblock()

    def _on_kind(self) -> None:
        """Another kind of file: the file on screen is none of it."""
        self.course.setVisible(self._kind() == "attendance")
        self.path = None
        self._forget()
        self._show()

    def _on_course(self) -> None:
        if self.opened is not None and not self.committed:
            self.preview()

    def _on_mapping(self) -> None:
        """The preview on screen is no longer what would happen."""
        self.result = None
        self._show()

    def _busy(self) -> bool:
        return self._asked != self._answered

    def _forget(self) -> None:
        self._asked = self._answered = self._asked + 1
        self.opened = self.result = None
        self.committed = False
        blocker = QSignalBlocker(self.sheet)
        self.sheet.clear()
        blocker.unblock()
        self.table.clear_rows()

    def _look(self, sheet: str | None = None, mapping: dict[str, str] | None = None) -> None:
        path, kind, course = self.path, self._kind(), self._course_id()
        if path is None or self._committing:
            return
        desk = self._desk

        def work() -> tuple[Opened, ImportResult | None, UserError | None]:
            opened = imports.look(desk, kind, path, sheet=sheet, mapping=mapping)
            if opened.layout.missing:
                return opened, None, None
            try:
                return opened, imports.preview(desk, opened, course), None
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
        self.committed = False
        self.opened, self.result, error = found
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
        for widget in (self.kind, self.course, self.sheet, self.table, self.zone.choose_button):
            widget.setEnabled(not self._committing)
        self.preview_button.setEnabled(self.path is not None and not self._busy())
        ready = result is not None and not self.committed and not self._busy()
        self.commit_button.setEnabled(ready)
        self.results.show_result(result)
        missing = opened.layout.missing if opened is not None and result is None else ()
        names = ", ".join(FIELDS[self._kind()].label(field) for field in missing)
        parts.set_tone(self._missing, f"! {names} 열을 골라 주십시오." if names else "", "warn")
        self._show_words()
        parts.set_tone(self.state, *self._sentence())

    def _show_words(self) -> None:
        """The date columns and the words found under them."""
        headings = self.opened.layout.headings if self.opened else ()
        dates = [heading for heading in headings if is_date(self._kind(), heading)]
        self._dates.setText(f"날짜 열 {len(dates)}개: {dates[0]} … {dates[-1]}" if dates else "")
        self._dates.setVisible(bool(dates))
        words = " · ".join(f"{word} {times}" for word, times in (self.result.legend if self.result else ()))
        self._legend.setText(f"표시: {words}" if words else "")
        self._legend.setVisible(bool(words))

    def _sentence(self) -> tuple[str, str]:
        """What stands on screen, in words, and its tone."""
        result = self.result
        if self._busy():
            return "읽는 중입니다…", "ok"
        if self.opened is None:
            return "", "ok"
        if result is None:
            return "열을 맞춘 뒤 [미리보기]를 누르십시오. 아직 아무것도 쓰지 않았습니다.", "warn"
        count = len(result.errors)
        if self.committed:
            bad = f" 오류 {count}건은 가져오지 않았습니다." if count else ""
            return f"✔ 가져왔습니다: 신규 {result.new:,} · 바뀜 {result.updated:,}.{bad}", "ok"
        bad = f" 오류 {count}건은 가져오지 않습니다." if count else ""
        return f"미리보기입니다. 아직 아무것도 쓰지 않았습니다.{bad}", "warn" if bad else "ok"
