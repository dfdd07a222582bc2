"""마감 예외: for which closed days, for whom, until when and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QTimeEdit,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, moment_of, put_day
from regional_desk.desktop.shell import Context
from regional_desk.services.attendance.closings import LONGEST_EXCEPTION
from regional_desk.services.training.courses import CourseDetail

_WIDTH = 460
_EVENING = 18
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What was answered; `trainee` is None for the whole class."""

    start: dt.date
    end: dt.date
    until: dt.datetime
    reason: str
    trainee: UUID | None


class AllowDialog(QDialog):
    """Asks for a marked-out opening of closed days."""

    def __init__(
        self, parent: QWidget | None, context: Context, course: CourseDetail, start: dt.date, end: dt.date
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("마감 예외")
        self.setMinimumWidth(context.theme.size(_WIDTH))
        self.start, self.end = QDateEdit(), QDateEdit()
        self.until_day, self.until_time = QDateEdit(), QTimeEdit(QTime(_EVENING, 0))
        today = context.desk.clock.today()
        for field, day, last, name in (
            (self.start, start, course.course.end, "첫 날짜"),
            (self.end, end, course.course.end, "끝 날짜"),
            (self.until_day, today + _DAY, today + LONGEST_EXCEPTION, "기한 날짜"),
        ):
            field.setAccessibleName(name)
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy. M. d.")
            put_day(field, day, last=last)
        self.until_day.setMinimumDate(QDate(today.year, today.month, today.day))
        self.until_time.setAccessibleName("기한 시각")
        self.until_time.setDisplayFormat("HH:mm")
        self.until_time.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)
        self.who = QComboBox()
        self.who.setAccessibleName("대상")
        self.who.addItem("반 전체", "")
        for member in course.members:
            self.who.addItem(f"{member.number}. {member.name}", str(member.person))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("출석입력요청대장의 사유란에 그대로 남습니다")
        self.reason.setAccessibleName("사유")
        form = QFormLayout(self)
        form.setContentsMargins(18, 16, 18, 14)
        form.addRow("여는 날", parts.row(self.start, parts.muted("~"), self.end, None))
        form.addRow("대상", self.who)
        form.addRow("기한", parts.row(self.until_day, self.until_time, parts.muted("까지"), None))
        form.addRow("사유", self.reason)
        form.addRow(
            parts.muted(
                "기한이 지나면 저절로 다시 잠깁니다. 고친 칸마다 출석입력요청대장에 한 줄이 생깁니다."
            )
        )
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton("열기", QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setEnabled(False)
        buttons.addButton("그만두기", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        self.reason.textChanged.connect(lambda text: self.ok.setEnabled(bool(text.strip())))
        self.reason.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget | None, context: Context, course: CourseDetail, start: dt.date, end: dt.date
    ) -> Allowed | None:
        """What was answered, None where the person thought better of it."""
        dialog = cls(parent, context, course, start, end)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        answer = dialog.answer()
        dialog.deleteLater()
        return answer if sure else None

    def answer(self) -> Allowed:
        """What stands in the fields."""
        until = moment_of(self.until_day, self.until_time)
        who = self.who.currentData()
        reason = self.reason.text().strip()
        return Allowed(day_of(self.start), day_of(self.end), until, reason, UUID(who) if who else None)
