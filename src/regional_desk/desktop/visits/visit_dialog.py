"""A visit by hand: another day or visitor, or one more visit of an intern."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.shell import Context
from regional_desk.services.visits import visits
from regional_desk.services.visits.reading import Host, Visit


def _day_field(day: dt.date) -> QDateEdit:
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy. M. d.")
    put_day(field, day)
    return field


class MoveDialog(FormDialog):
    """The day and the visitor of a planned visit."""

    def __init__(self, parent: QWidget | None, context: Context, row: Visit) -> None:
        told = f"{row.host.company_name} · {row.host.name} · 지원월 {row.month_no}차"
        super().__init__(parent, "방문 날짜·방문자", told, "바꾸기")
        self._desk, self._row = context.desk, row
        self.day = _day_field(row.planned_on or context.desk.clock.today())
        self.visitor = QLineEdit(row.visitor)
        self.put("방문할 날(&D)", self.day)
        self.put("방문자(&V)", self.visitor)

    def write(self) -> None:
        """Move it."""
        visits.move(self._desk, self._row.id, self._row.version, day_of(self.day), self.visitor.text())

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, row: Visit) -> bool:
        """Whether it was changed."""
        return cls(parent, context, row).run()


class AddDialog(FormDialog):
    """One more visit: whom, when, by whom; the day says the service month."""

    def __init__(self, parent: QWidget | None, context: Context, hosts: Sequence[Host], day: dt.date) -> None:
        super().__init__(parent, "방문 넣기", "날짜가 어느 지원월의 방문인지 정합니다.", "넣기")
        self._desk = context.desk
        self.made: UUID | None = None
        self.whom, self.day = QComboBox(), _day_field(day)
        self.visitor = QLineEdit(context.desk.actor.name)
        for host in hosts:
            self.whom.addItem(f"{host.name} · {host.company_name} ({host.label})", host.internship)
        self.put("인턴(&N)", self.whom)
        self.put("방문할 날(&D)", self.day)
        self.put("방문자(&V)", self.visitor)
        self.ok.setEnabled(bool(hosts))

    def write(self) -> None:
        """Add it."""
        whom: UUID = self.whom.currentData()
        self.made = visits.add(self._desk, whom, day_of(self.day), visitor=self.visitor.text())

    @classmethod
    def ask(
        cls, parent: QWidget | None, context: Context, hosts: Sequence[Host], day: dt.date
    ) -> UUID | None:
        """The visit that was added, None where none was."""
        dialog = cls(parent, context, hosts, day)
        return dialog.made if dialog.run() else None
