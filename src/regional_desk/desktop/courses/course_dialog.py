"""새 교육과정: its dates are checked while they are typed."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.courses.place_choice import PlaceChoice
from regional_desk.desktop.forms.ui_course_dialog import Ui_CourseDialog
from regional_desk.domain.calendar import unit_period, unit_periods
from regional_desk.domain.people import Track
from regional_desk.domain.text import korean_date, korean_span, weekday
from regional_desk.errors import UsageError, UserError
from regional_desk.services import policies
from regional_desk.services.desk import Desk
from regional_desk.services.holidays import holidays_between
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail

_BETWEEN = re.compile(r"[,;\s]+")
_SHOWN_UNITS = 6
_PLACE_ROW = 4  # before the scheme, which the place's tier belongs to
_LONGEST = 400  # days; the service refuses more, and a typing slip should not count decades meanwhile


class CourseDialog(QDialog):
    """Asks for a course and makes it."""

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.made: CourseDetail | None = None
        self.ui = Ui_CourseDialog()
        self.ui.setupUi(self)
        self.notice = parts.Notice()
        self.ui.form.insertRow(self.ui.form.rowCount() - 1, self.notice)
        for track in Track:
            self.ui.track.addItem(track.value, track)
        for key, scheme in policies.shipped_schemes().items():
            self.ui.scheme.addItem(scheme.name, key)
        self.ui.scheme.setCurrentIndex(max(0, self.ui.scheme.findData(policies.DEFAULT_SCHEME)))
        self.place, self.room = PlaceChoice(desk.office.region, desk.clock.today()), QLineEdit()
        self.ui.form.insertRow(_PLACE_ROW, "훈련 장소(&P)", self.place)
        self.ui.form.insertRow(_PLACE_ROW + 1, "강의실(&R)", self.room)
        buttons = self.ui.buttons
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("만들기")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        today = desk.clock.today()
        start = today + dt.timedelta(days=-today.weekday() % 7)
        for field, day in ((self.ui.start, start), (self.ui.end, unit_period(start, 1).end)):
            field.setDate(QDate(day.year, day.month, day.day))
        self._connect()
        self._show_days()

    @classmethod
    def ask(cls, parent: QWidget | None, desk: Desk) -> CourseDetail | None:
        """The new course, None where the person thought better of it."""
        dialog = cls(parent, desk)
        dialog.exec()
        made = dialog.made
        dialog.deleteLater()
        return made

    def _connect(self) -> None:
        for field in (self.ui.start, self.ui.end):
            field.dateChanged.connect(lambda _date: self._show_days())
        for line in (self.ui.daysOff, self.ui.extraDays):
            line.textChanged.connect(lambda _text: self._show_days())
        self.ui.buttons.accepted.connect(self._on_accepted)
        self.ui.buttons.rejected.connect(self.reject)

    def _show_days(self) -> None:
        """소정훈련일 and unit periods of what is typed so far."""
        try:
            text = self._days_text()
        except UserError as error:
            text = f"! {error.message}"
        self.ui.preview.setText(text)

    def _days_text(self) -> str:
        start, end = _date(self.ui.start), _date(self.ui.end)
        if end < start:
            raise UsageError("종료일이 시작일보다 앞섭니다.")
        if (end - start).days > _LONGEST:
            raise UsageError("과정 기간이 너무 깁니다.")
        days = courses.propose_days(self._desk, start, end, _days(self.ui.daysOff), _days(self.ui.extraDays))
        units = unit_periods(start, end)
        lines = [f"소정훈련일 {len(days)}일 · 단위기간 {len(units)}개"]
        for unit in units[:_SHOWN_UNITS]:
            count = sum(unit.start <= day <= unit.end for day in days)
            lines.append(f"  {unit.no}. {korean_span(unit.start, unit.end)} — {count}일")
        if len(units) > _SHOWN_UNITS:
            lines.append(f"  … 그 밖에 {len(units) - _SHOWN_UNITS}개")
        off = [
            f"{day.month}/{day.day}({weekday(day)}) {name}"
            for day, name in holidays_between(start, end).items()
        ]
        if off:
            lines.append(f"공휴일: {', '.join(off)}")
        return "\n".join(lines)

    def _on_accepted(self) -> None:
        self.notice.hide()
        try:
            self.made = courses.add_course(
                self._desk,
                self.ui.name.text(),
                Track(self.ui.track.currentData()),
                _date(self.ui.start),
                _date(self.ui.end),
                region=self.place.code(),
                scheme=self.ui.scheme.currentData(),
                room=self.room.text(),
                days_off=_days(self.ui.daysOff),
                extra_days=_days(self.ui.extraDays),
            )
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()


def _date(field: QDateEdit) -> dt.date:
    chosen = field.date()
    return dt.date(chosen.year(), chosen.month(), chosen.day())


def _days(field: QLineEdit) -> tuple[dt.date, ...]:
    """Dates written `2026-08-14`, with commas between; raise UsageError for anything else."""
    found = []
    for word in filter(None, _BETWEEN.split(field.text())):
        try:
            found.append(dt.date.fromisoformat(word))
        except ValueError as error:
            example = korean_date(dt.date(2026, 8, 14))
            raise UsageError(
                f"'{word}'은(는) 날짜로 읽을 수 없습니다. {example}이면 2026-08-14처럼 적어 주십시오."
            ) from error
    return tuple(found)
