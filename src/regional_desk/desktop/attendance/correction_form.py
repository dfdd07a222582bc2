"""Asking for a 정정: whose day, what it should be, why, and the paper behind it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QFileDialog, QFrame, QLabel, QLineEdit, QVBoxLayout

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.shell import Context
from regional_desk.domain.attendance import REASONS, UNSPECIFIED, Cell, Evidence, Status, read_cell, show_cell
from regional_desk.domain.text import korean_span
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import TAKEN
from regional_desk.services.attendance import corrections
from regional_desk.services.recruitment.applicant_documents import read_file
from regional_desk.services.training import courses

_STATES = ("출석", "지각", "조퇴", "외출", "결석", "출석인정", "미입력")
_WIDE = 320


class CorrectionForm(QFrame):
    """A card under the list; `wanted` asks the page to send it, so that a refusal stands where all do."""

    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context = context
        self._file: Path | None = None
        self.courses, self.trainees, self.day = QComboBox(), QComboBox(), QDateEdit()
        self.state, self.code, self.evidence = QComboBox(), QComboBox(), QComboBox()
        self.now, self.reason, self._file_name = QLabel(), QLineEdit(), parts.muted()
        self.send_button = parts.button("정정 요청", self.wanted.emit, primary=True, tip="Ctrl+Enter")
        self.send_button.setShortcut("Ctrl+Return")
        for field, name in (
            (self.courses, "과정"),
            (self.trainees, "교육생"),
            (self.day, "정정할 날"),
            (self.state, "새 기록"),
            (self.code, "출석인정 사유"),
            (self.evidence, "증빙 상태"),
            (self.reason, "정정 사유"),
        ):
            field.setAccessibleName(name)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy. M. d.")
        self.state.addItems(list(_STATES))
        for one in REASONS.values():
            if one.code != UNSPECIFIED:
                self.code.addItem(one.label, one.code)
        for evidence in Evidence:
            self.evidence.addItem(f"증빙 {evidence.label}", int(evidence))
        self.reason.setPlaceholderText("정정하는 사유")
        self.reason.setMinimumWidth(context.theme.size(_WIDE))
        self._build()
        self.courses.currentIndexChanged.connect(lambda _at: self._list_trainees())
        self.trainees.currentIndexChanged.connect(lambda _at: self._show_now())
        self.day.dateChanged.connect(lambda _day: self._show_now())
        self.state.currentTextChanged.connect(lambda _text: self._enable())
        self._enable()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        choose = parts.button("증빙 파일…", self._on_choose, tip=f"{TAKEN}를 받습니다")
        layout.addLayout(
            parts.row(parts.heading("정정 요청"), self.courses, self.trainees, self.day, self.now, None)
        )
        layout.addLayout(parts.row(parts.muted("새 기록"), self.state, self.code, self.evidence, None))
        layout.addLayout(parts.row(self.reason, choose, self._file_name, None, self.send_button))

    def refresh(self) -> None:
        """List the courses anew, the choice staying."""
        chosen = self.courses.currentData()
        self.courses.blockSignals(True)
        self.courses.clear()
        for row in courses.list_courses(self._context.desk):
            self.courses.addItem(f"{row.name} ({korean_span(row.start, row.end)})", str(row.id))
        self.courses.setCurrentIndex(max(0, self.courses.findData(chosen)))
        self.courses.blockSignals(False)
        self._list_trainees()

    def choose(self, course: UUID, trainee: UUID, day: dt.date) -> None:
        """Propose a cell."""
        self.courses.setCurrentIndex(max(0, self.courses.findData(str(course))))
        self.trainees.setCurrentIndex(max(0, self.trainees.findData(str(trainee))))
        put_day(self.day, day)
        self.state.setFocus()

    def cell(self) -> Cell:
        """The record that is asked for."""
        plain = read_cell(self.state.currentText())
        if plain.status is not Status.EXCUSED:
            return plain
        return Cell(
            Status.EXCUSED,
            reason=str(self.code.currentData()),
            evidence=Evidence(self.evidence.currentData()),
        )

    def send(self) -> None:
        """Ask; raise Refusal where it cannot be."""
        course, trainee = self.courses.currentData(), self.trainees.currentData()
        if not course or not trainee:
            raise Refusal("정정할 과정과 교육생을 먼저 고르십시오.")
        file = read_file(self._file) if self._file else None
        corrections.request(
            self._context.desk,
            UUID(course),
            UUID(trainee),
            day_of(self.day),
            self.cell(),
            self.reason.text(),
            file,
        )
        self._file = None
        self._file_name.setText("")
        self.reason.clear()

    def _list_trainees(self) -> None:
        course, chosen = self.courses.currentData(), self.trainees.currentData()
        self.trainees.blockSignals(True)
        self.trainees.clear()
        if course:
            detail = courses.course(self._context.reading, UUID(course))
            for member in detail.members:
                self.trainees.addItem(f"{member.number}. {member.name}", str(member.person))
            self.day.blockSignals(True)
            first, last = detail.course.start, detail.course.end
            self.day.setDateRange(
                QDate(first.year, first.month, first.day), QDate(last.year, last.month, last.day)
            )
            self.day.blockSignals(False)
        self.trainees.setCurrentIndex(max(0, self.trainees.findData(chosen)))
        self.trainees.blockSignals(False)
        self._show_now()

    def _show_now(self) -> None:
        course, trainee = self.courses.currentData(), self.trainees.currentData()
        if not course or not trainee:
            self.now.setText("")
            return
        held = corrections.record(self._context.reading, UUID(course), UUID(trainee), day_of(self.day))
        self.now.setText(f"지금 기록: {show_cell(held)}")

    def _enable(self) -> None:
        excused = self.state.currentText() == Status.EXCUSED.label
        for field in (self.code, self.evidence):
            field.setVisible(excused)

    def _on_choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "정정 증빙", "", f"증빙 ({TAKEN});;모든 파일 (*)")
        if path:
            self._file = Path(path)
            self._file_name.setText(self._file.name)
