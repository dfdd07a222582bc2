"""Dates between Qt and the services."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QDateEdit, QTimeEdit

from regional_desk.domain.clock import KST


def put_day(field: QDateEdit, day: dt.date, *, last: dt.date | None = None) -> None:
    """Propose a day, and none after `last`."""
    if last is not None:
        field.setMaximumDate(QDate(last.year, last.month, last.day))
    field.setDate(QDate(day.year, day.month, day.day))


def day_of(field: QDateEdit) -> dt.date:
    """The day chosen."""
    chosen = field.date()
    return dt.date(chosen.year(), chosen.month(), chosen.day())


def put_moment(day: QDateEdit, time: QTimeEdit, moment: dt.datetime) -> None:
    """Propose a moment, shown to the minute."""
    put_day(day, moment.date(), last=moment.date())
    time.setTime(QTime(moment.hour, moment.minute))


def moment_of(day: QDateEdit, time: QTimeEdit) -> dt.datetime:
    """The moment chosen, Korean time."""
    chosen = time.time()
    return dt.datetime.combine(day_of(day), dt.time(chosen.hour(), chosen.minute()), KST)
