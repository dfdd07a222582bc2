"""반 빌려 주기: which days, to whom, until when, under which password, into which file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.course_unit import CourseUnit
from regional_desk.desktop.shell import Context
from regional_desk.errors import UsageError
from regional_desk.exchange.lease_pack import LENT_SUFFIX

_WIDTH = 560
_DAY = dt.timedelta(days=1)
_FILTER = f"반 대출 파일 (*{LENT_SUFFIX})"


@dataclass(frozen=True, slots=True, repr=False)
class Wish:
    """What was answered."""

    course: UUID
    start: dt.date
    end: dt.date
    holder: str
    due: dt.date
    password: str
    file: Path


class LendDialog(QDialog):
    """Asks for what a lease needs; the password is this file's own and is kept nowhere."""

    def __init__(self, parent: QWidget | None, context: Context, course: UUID | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("반 빌려 주기")
        self.setMinimumWidth(context.theme.size(_WIDTH))
        self.wish: Wish | None = None
        self.chosen = CourseUnit(context.desk)
        self.chosen.refresh()
        if course is not None:
            self.chosen.choose(course)
        self.start, self.end, self.due = QDateEdit(), QDateEdit(), QDateEdit()
        today = context.desk.clock.today()
        for field, name in ((self.start, "첫 날짜"), (self.end, "끝 날짜"), (self.due, "반납할 날")):
            field.setAccessibleName(name)
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy. M. d.")
            put_day(field, today)
        self.holder, self.file = QLineEdit(), QLineEdit()
        self.holder.setPlaceholderText("예: 현장 노트북 2번")
        self.password, self.again = QLineEdit(), QLineEdit()
        for secret in (self.password, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.notice = parts.Notice()
        self._build()
        self.end.dateChanged.connect(lambda _day: put_day(self.due, max(day_of(self.end), today) + _DAY))

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, course: UUID | None = None) -> Wish | None:
        """What was answered, None where the person thought better of it."""
        dialog = cls(parent, context, course)
        dialog.exec()
        wish = dialog.wish
        dialog.deleteLater()
        return wish

    def accept_values(self) -> None:
        """Take what was said, or say what is missing."""
        course, file = self.chosen.course, self.file.text().strip()
        for missing, sentence in (
            (course is None, "빌려 줄 과정을 고르십시오."),
            (not self.holder.text().strip(), "빌려 가는 사람이나 노트북을 적어 주십시오."),
            (self.password.text() != self.again.text(), "두 비밀번호가 서로 다릅니다."),
            (not file, "파일을 만들 곳을 고르십시오. USB 메모리에 바로 만들 수 있습니다."),
        ):
            if missing:
                self.notice.show_error(UsageError(sentence))
                return
        if course is not None:
            self.wish = Wish(
                course,
                day_of(self.start),
                day_of(self.end),
                self.holder.text().strip(),
                day_of(self.due),
                self.password.text(),
                Path(file),
            )
        self.accept()

    def _build(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(18, 16, 18, 14)
        self.chosen.units.hide()
        place = parts.row(self.file, parts.button("찾기…", self._on_browse))
        form.addRow("과정", self.chosen)
        form.addRow("빌려 주는 날", parts.row(self.start, parts.muted("~"), self.end, None))
        form.addRow("빌려 가는 곳", self.holder)
        form.addRow("반납할 날", self.due)
        form.addRow("이 파일의 비밀번호", self.password)
        form.addRow("비밀번호 다시", self.again)
        form.addRow("만들 파일", place)
        form.addRow(
            parts.muted(
                "파일에는 성명·생년월일·번호와 이 과정의 출결만 암호화하여 담습니다(연락처·계좌 없음). "
                "비밀번호는 파일과 따로 알려 주십시오. 잊으면 회수하고 다시 빌려 주면 됩니다."
            )
        )
        form.addRow(self.notice)
        buttons = QDialogButtonBox()
        lend = buttons.addButton("빌려 주기", QDialogButtonBox.ButtonRole.AcceptRole)
        lend.setProperty("primary", True)
        buttons.addButton("그만두기", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept_values)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _on_browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "만들 파일", f"반{LENT_SUFFIX}", _FILTER)
        if chosen:
            path = Path(chosen)
            self.file.setText(str(path if path.suffix else path.with_suffix(LENT_SUFFIX)))
