"""휴일: days off the office adds itself; who changes is seen before it is done."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.courses.change_table import change_table
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date, weekday
from regional_desk.errors import UserError
from regional_desk.services.training import office_holidays
from regional_desk.services.training.office_holidays import HolidayPreview
from regional_desk.store.courses import HolidayRow

_PAUSE = 350  # milliseconds without a key before the day that stands there is tried
_SIZE = (740, 520)


class HolidaysPane(Pane):
    """The holidays the office added."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[HolidayRow] = Table(
            (
                Column(
                    "날짜",
                    lambda row: f"{korean_date(row.day)} ({weekday(row.day)})",
                    lambda row: row.day,
                    width=150,
                ),
                Column("이름", lambda row: row.name, width=220),
                Column("근거", lambda row: row.reference or "", width=320),
            ),
            context.colour,
            empty="더한 휴일이 없습니다. 달력에 있는 공휴일은 저절로 쉽니다.",
            name="휴일",
            scale=context.theme.size,
            filtered=False,
        )
        self._add = parts.button("휴일 더하기…", self.add, primary=True)
        self._remove = parts.button("지우기…", self.remove)
        self.lay_out(
            "임시공휴일처럼 달력에 없는 휴일을 더합니다. 그날이 훈련일인 과정에서 빠지고, 확정된 단위기간은 그대로 둡니다.",
            (self.table,),
            (self._add, self._remove),
        )
        self.table.chosen.connect(lambda _row: self._allow())

    def read(self) -> None:
        """Read the holidays."""
        self.table.set_rows(office_holidays.list_holidays(self.desk))
        self._allow()

    def add(self) -> None:
        """Ask for the day, its name and what it rests on."""
        if HolidayDialog.ask(self.context, None):
            self.refresh()
            self.say("● 휴일을 더했습니다.")

    def remove(self) -> None:
        """Take the chosen one back."""
        row = self.table.current()
        if row is not None and HolidayDialog.ask(self.context, row):
            self.refresh()
            self.say(f"● {korean_date(row.day)}을(를) 휴일에서 지웠습니다.")

    def _allow(self) -> None:
        may = self.desk.may(Right.EDIT_COURSE)
        self._add.setEnabled(may)
        self._remove.setEnabled(may and self.table.current() is not None)


class HolidayDialog(QDialog):
    """A day to be added, or one to be taken back, with who changes."""

    def __init__(self, context: Context, row: HolidayRow | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._row = context, row
        self.setWindowTitle("휴일 더하기" if row is None else f"{korean_date(row.day)} 휴일 지우기")
        self.resize(context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        self.day, self.name, self.reason = QDateEdit(), QLineEdit("임시공휴일"), QLineEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy. M. d.")
        put_day(self.day, context.desk.clock.today() if row is None else row.day)
        self.reason.setPlaceholderText("예: 대통령공고 제1호" if row is None else "꼭 적습니다")
        self.told, self.notice = QLabel(), parts.Notice()
        self.told.setWordWrap(True)
        self.people = change_table(context.colour, context.theme.size, context.masking)
        form = QFormLayout(self)
        if row is None:
            form.addRow("날짜(&D)", self.day)
            form.addRow("이름(&N)", self.name)
        form.addRow("근거(&R)" if row is None else "사유(&R)", self.reason)
        form.addRow(self.told)
        form.addRow(self.people)
        form.addRow(self.notice)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(
            "더하기" if row is None else "지우기", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.ok.setProperty("primary", True)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        form.addRow(buttons)
        buttons.accepted.connect(self.commit)
        buttons.rejected.connect(self.reject)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.try_out)
        self.day.dateChanged.connect(lambda _day: self._pause.start())
        self.try_out()

    @classmethod
    def ask(cls, context: Context, row: HolidayRow | None) -> bool:
        """Whether it was done."""
        dialog = cls(context, row, QApplication.activeWindow())
        done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return done

    def try_out(self) -> None:
        """Who changes by the day that stands there; a refusal is told in its place."""
        self._pause.stop()
        found: HolidayPreview | None = None
        try:
            desk, day = self._context.reading, day_of(self.day)
            found = (
                office_holidays.preview_add(desk, day)
                if self._row is None
                else office_holidays.preview_remove(desk, day)
            )
        except UserError as error:
            self.told.setText(f"! {error.message}")
        else:
            self.told.setText(preview_words(found))
        self.people.set_rows([one for course in found.courses for one in course.people] if found else ())
        self.ok.setEnabled(found is not None)

    def commit(self) -> None:
        """Do it, or say why not."""
        desk, day = self._context.desk, day_of(self.day)
        try:
            if self._row is None:
                office_holidays.add(desk, day, self.name.text(), self.reason.text())
            else:
                office_holidays.remove(desk, day, self.reason.text())
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()


def preview_words(found: HolidayPreview) -> str:
    """What the day would do: courses, people, won, and which courses stay and why."""
    named = ", ".join(course.course.course.name for course in found.courses)
    lines = [
        f"바뀌는 과정 {len(found.courses)}개{f'({named})' if named else ''}, 사람 {found.people}명, {found.difference:+,}원"
    ]
    lines += [f"그대로: {kept.course} — {kept.why}" for kept in found.kept]
    return "\n".join(lines)
