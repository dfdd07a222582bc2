"""훈련일 바꾸기: what is typed is tried at once, and who changes is shown before anything is saved."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.courses.change_table import change_table
from regional_desk.desktop.shell import Context
from regional_desk.domain.text import korean_date, weekday, won
from regional_desk.errors import UsageError, UserError
from regional_desk.services.training import course_days
from regional_desk.services.training.course_days import Change, Preview
from regional_desk.services.training.courses import CourseDetail

_BETWEEN = re.compile(r"[,;\s]+")
_SIZE = (720, 620)
_PAUSE = 350  # milliseconds without a key before what stands there is tried


class DaysDialog(QDialog):
    """Days in and out, short days, another first or last day, each with the reason."""

    def __init__(self, parent: QWidget | None, context: Context, detail: CourseDetail) -> None:
        super().__init__(parent)
        self._context, self._detail = context, detail
        self.setWindowTitle(f"{detail.course.name} — 훈련일 바꾸기")
        self.resize(context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        self.add, self.remove, self.short, self.reason = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.add.setPlaceholderText("2026-08-22, 2026-08-29")
        self.remove.setPlaceholderText("2026-08-14")
        self.short.setPlaceholderText("2026-08-20=4 (그날은 4교시까지)")
        self.reason.setPlaceholderText("꼭 적습니다")
        self.start, self.end = _date_edit(detail.course.start), _date_edit(detail.course.end)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.people = change_table(context.colour, context.theme.size, context.masking)
        self.notice = parts.Notice()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("바꾸기")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        form = QFormLayout(self)
        form.addRow("더하는 날(&A)", self.add)
        form.addRow("빼는 날(&R)", self.remove)
        form.addRow("짧은 날(&H)", self.short)
        form.addRow("시작일(&S)", self.start)
        form.addRow("종료일(&E)", self.end)
        form.addRow("사유(&W)", self.reason)
        form.addRow(self.told)
        form.addRow(self.people)
        form.addRow(self.notice)
        form.addRow(self.buttons)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.try_out)
        self._found: Preview | None = None
        self._connect()
        self.try_out()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, detail: CourseDetail) -> None:
        """Change the days, or nothing."""
        dialog = cls(parent, context, detail)
        dialog.exec()
        dialog.deleteLater()

    def try_out(self) -> None:
        """What the typed change would do; a refusal is told in its place."""
        self._pause.stop()
        self._found = None
        try:
            change = self._change()
            if change == Change():
                self.told.setText("더하거나 빼는 날을 적으면 누가 바뀌는지 먼저 보입니다.")
            else:
                self._found = course_days.preview(self._context.reading, self._detail.course.id, change)
                self.told.setText(_words(self._found))
        except UserError as error:
            self.told.setText(f"! {error.message}")
        self.people.set_rows(self._found.people if self._found else ())
        self._enable()

    def _connect(self) -> None:
        for line in (self.add, self.remove, self.short):
            line.textChanged.connect(lambda _text: self._pause.start())
        for field in (self.start, self.end):
            field.dateChanged.connect(lambda _date: self._pause.start())
        self.reason.textChanged.connect(lambda _text: self._enable())
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    def _enable(self) -> None:
        self.ok.setEnabled(self._found is not None and bool(self.reason.text().strip()))

    def _change(self) -> Change:
        course = self._detail.course
        start, end = _date(self.start), _date(self.end)
        return Change(
            add=_days(self.add.text()),
            remove=_days(self.remove.text()),
            last_periods=dict(_short(word) for word in _words_of(self.short.text())),
            start=start if start != course.start else None,
            end=end if end != course.end else None,
        )

    def _on_accepted(self) -> None:
        self.notice.hide()
        try:
            course_days.commit(self._context.desk, self._detail.course.id, self._change(), self.reason.text())
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()


def _words(found: Preview) -> str:
    """The change in words: days, people, won, and the records it concerns."""
    lines = [f"훈련일 {len(found.course.days)}일이 됩니다."]
    for word, days in (
        ("더함", found.added),
        ("뺌", found.removed),
        ("짧아지거나 길어짐", tuple(found.lengths)),
    ):
        if days:
            lines.append(f"{word}: {', '.join(f'{day.month}/{day.day}({weekday(day)})' for day in days)}")
    people = len({one.person for one in found.people})
    change = found.total_after - found.total_before
    lines.append(
        f"바뀌는 사람 {people}명, {change:+,}원 ({won(found.total_before)}원 → {won(found.total_after)}원)"
    )
    if found.voided:
        lines.append(f"뺀 날의 출결 기록 {found.voided}건은 무효로 남고, 그날이 돌아오면 다시 셉니다.")
    if found.returning:
        lines.append(f"돌아오는 날의 출결 기록 {found.returning}건을 다시 셉니다.")
    return "\n".join(lines)


def _words_of(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]


def _days(text: str) -> tuple[dt.date, ...]:
    return tuple(_day(word) for word in _words_of(text))


def _day(word: str) -> dt.date:
    try:
        return dt.date.fromisoformat(word)
    except ValueError as error:
        example = korean_date(dt.date(2026, 8, 14))
        raise UsageError(
            f"'{word}'은(는) 날짜로 읽을 수 없습니다. {example}이면 2026-08-14처럼 적어 주십시오."
        ) from error


def _short(word: str) -> tuple[dt.date, int]:
    day, _, period = word.partition("=")
    if not period.isdecimal():
        raise UsageError(f"'{word}'을(를) 읽을 수 없습니다. 4교시까지면 2026-08-20=4처럼 적어 주십시오.")
    return _day(day), int(period)


def _date_edit(day: dt.date) -> QDateEdit:
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy. M. d.")
    field.setDate(QDate(day.year, day.month, day.day))
    return field


def _date(field: QDateEdit) -> dt.date:
    chosen = field.date()
    return dt.date(chosen.year(), chosen.month(), chosen.day())
