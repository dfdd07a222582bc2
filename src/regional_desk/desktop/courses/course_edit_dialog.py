"""Changing a course's name, place, room and scheme; and copying a course."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.courses.place_choice import PlaceChoice
from regional_desk.errors import UserError
from regional_desk.services import policies
from regional_desk.services.desk import Desk
from regional_desk.services.training import course_edits
from regional_desk.services.training.course_edits import CourseValues
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store.courses import CourseRow

_WIDTH = 460


class CourseEditDialog(QDialog):
    """What the course is called, where it is held, and by which scheme it pays."""

    def __init__(self, parent: QWidget | None, desk: Desk, row: CourseRow) -> None:
        super().__init__(parent)
        self._desk, self._row = desk, row
        self.setWindowTitle(f"{row.name} — 고치기")
        self.setMinimumWidth(_WIDTH)
        self.name, self.room = QLineEdit(row.name), QLineEdit(row.room or "")
        self.place = PlaceChoice(row.region, row.start)
        self.scheme = QComboBox()
        for key, scheme in policies.shipped_schemes().items():
            self.scheme.addItem(scheme.name, key)
        self.scheme.setCurrentIndex(self.scheme.findData(row.scheme))
        self.notice = parts.Notice()
        self.buttons = _buttons("저장")
        form = QFormLayout(self)
        form.addRow("과정 이름(&N)", self.name)
        form.addRow("훈련 장소(&P)", self.place)
        form.addRow("강의실(&R)", self.room)
        form.addRow("수당 기준(&A)", self.scheme)
        form.addRow(
            parts.muted("훈련 장소와 수당 기준은 훈련수당이 확정된 단위기간이 있으면 바꿀 수 없습니다.")
        )
        form.addRow(self.notice)
        form.addRow(self.buttons)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget | None, desk: Desk, row: CourseRow) -> None:
        """Change the course, or nothing."""
        dialog = cls(parent, desk, row)
        dialog.exec()
        dialog.deleteLater()

    def _on_accepted(self) -> None:
        self.notice.hide()
        try:
            values = CourseValues(
                self.name.text(), self.place.code(), self.room.text(), self.scheme.currentData()
            )
            course_edits.edit(self._desk, self._row.id, self._row.version, values)
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()


class CourseCopyDialog(QDialog):
    """A new course with as many training days and the same timetable."""

    def __init__(self, parent: QWidget | None, desk: Desk, detail: CourseDetail) -> None:
        super().__init__(parent)
        self._desk, self._detail = desk, detail
        self.made: CourseDetail | None = None
        self.setWindowTitle(f"{detail.course.name} — 복사")
        self.setMinimumWidth(_WIDTH)
        self.name, self.start = QLineEdit(), QDateEdit()
        self.start.setCalendarPopup(True)
        self.start.setDisplayFormat("yyyy. M. d.")
        after = detail.course.end + dt.timedelta(days=(7 - detail.course.end.weekday()) % 7 or 7)
        self.start.setDate(QDate(after.year, after.month, after.day))
        self.lessons = QCheckBox("시간표도 함께(n번째 훈련일은 n번째 훈련일로)")
        self.lessons.setChecked(True)
        self.notice = parts.Notice()
        self.buttons = _buttons("만들기")
        form = QFormLayout(self)
        form.addRow("새 과정 이름(&N)", self.name)
        form.addRow("시작일(&S)", self.start)
        form.addRow("", self.lessons)
        form.addRow(
            parts.muted(
                f"소정훈련일 {len(detail.days)}일, 같은 장소·강의실·수당 기준으로 만듭니다. 교육생은 없습니다."
            )
        )
        form.addRow(self.notice)
        form.addRow(self.buttons)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget | None, desk: Desk, detail: CourseDetail) -> CourseDetail | None:
        """The new course, None where the person thought better of it."""
        dialog = cls(parent, desk, detail)
        dialog.exec()
        made = dialog.made
        dialog.deleteLater()
        return made

    def _on_accepted(self) -> None:
        self.notice.hide()
        chosen = self.start.date()
        start = dt.date(chosen.year(), chosen.month(), chosen.day())
        try:
            self.made = course_edits.copy(
                self._desk,
                self._detail.course.id,
                self.name.text(),
                start,
                with_timetable=self.lessons.isChecked(),
            )
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()


def _buttons(act: str) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setText(act)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
    return buttons
