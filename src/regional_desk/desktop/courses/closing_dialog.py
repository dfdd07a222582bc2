"""폐강: the last day held, where the trainees go, and who changes, before it is done."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.courses.change_table import change_table
from regional_desk.desktop.shell import Context
from regional_desk.domain.text import won
from regional_desk.errors import UserError
from regional_desk.services.training import course_closing
from regional_desk.services.training.course_closing import MAY_RETURN_TO, ClosingPreview
from regional_desk.services.training.courses import CourseDetail

_SIZE = (720, 560)
_DAY = dt.timedelta(days=1)


class ClosingDialog(QDialog):
    """Asks for the last day, the trainees' stage and the reason."""

    def __init__(self, parent: QWidget | None, context: Context, detail: CourseDetail) -> None:
        super().__init__(parent)
        self._context, self._detail = context, detail
        course = detail.course
        self.setWindowTitle(f"{course.name} — 폐강")
        self.resize(context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        self.last = QDateEdit()
        self.last.setCalendarPopup(True)
        self.last.setDisplayFormat("yyyy. M. d.")
        today = min(max(context.desk.clock.today(), course.start - _DAY), course.end - _DAY)
        for put, day in (
            (self.last.setMinimumDate, course.start - _DAY),
            (self.last.setMaximumDate, course.end - _DAY),
            (self.last.setDate, today),
        ):
            put(QDate(day.year, day.month, day.day))
        self.applicants = QComboBox()
        self.applicants.addItem("등록 단계에 그대로 둠", None)
        for stage in MAY_RETURN_TO:
            self.applicants.addItem(f"{stage.label} 단계로 되돌림", stage)
        self.reason, self.told = QLineEdit(), QLabel()
        self.reason.setPlaceholderText("꼭 적습니다")
        self.told.setWordWrap(True)
        self.people = change_table(context.colour, context.theme.size, context.masking)
        self.notice = parts.Notice()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("폐강")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        form = QFormLayout(self)
        form.addRow("마지막으로 연 날(&L)", self.last)
        form.addRow("교육생(&T)", self.applicants)
        form.addRow("사유(&W)", self.reason)
        form.addRow(self.told)
        form.addRow(self.people)
        form.addRow(self.notice)
        form.addRow(self.buttons)
        self._found: ClosingPreview | None = None
        self.last.dateChanged.connect(lambda _date: self.try_out())
        self.reason.textChanged.connect(lambda _text: self._enable())
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self.try_out()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, detail: CourseDetail) -> None:
        """Close the course, or nothing."""
        dialog = cls(parent, context, detail)
        dialog.exec()
        dialog.deleteLater()

    def try_out(self) -> None:
        """What closing after the chosen day would do; a refusal is told in its place."""
        self._found = None
        try:
            self._found = course_closing.preview(
                self._context.reading, self._detail.course.id, self._last_day()
            )
            self.told.setText(_words(self._found))
        except UserError as error:
            self.told.setText(f"! {error.message}")
        self.people.set_rows(self._found.people if self._found else ())
        self._enable()

    def _enable(self) -> None:
        self.ok.setEnabled(self._found is not None and bool(self.reason.text().strip()))

    def _last_day(self) -> dt.date:
        chosen = self.last.date()
        return dt.date(chosen.year(), chosen.month(), chosen.day())

    def _on_accepted(self) -> None:
        self.notice.hide()
        try:
            course_closing.close(
                self._context.desk,
                self._detail.course.id,
                self._last_day(),
                self.reason.text(),
                return_to=self.applicants.currentData(),
            )
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()


def _words(found: ClosingPreview) -> str:
    change = found.total_after - found.total_before
    rule = "출석률과 관계없이 지급합니다" if found.pays_any_rate else "평소의 출석률 기준으로 지급합니다"
    return "\n".join(
        (
            f"뒤의 훈련일 {len(found.days)}일이 무효가 되고(기록은 남음), 교육생 {len(found.leaving)}명의 참여가 이날로 끝납니다.",
            f"폐강된 단위기간은 {rule}(수당 기준의 정책, 고시 제49조②).",
            f"{won(found.total_before)}원 → {won(found.total_after)}원, {change:+,}원",
        )
    )
