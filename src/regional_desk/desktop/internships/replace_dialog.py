"""교체: who takes the place over, from the day after the last day of whoever leaves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QDateEdit, QLineEdit, QWidget

from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.internships.person_field import PersonField
from regional_desk.desktop.shell import Context
from regional_desk.domain.internships import last_allowed
from regional_desk.services.internships import drafts, internships, reading
from regional_desk.services.internships.reading import InternshipDetail

_WORDS = (
    "떠나는 사람의 인턴십을 '교체'로 끝내고, 이을 사람의 협약 초안을 같은 자리에 만듭니다. "
    "이을 사람은 시작일부터 자기 3개월을 셉니다."
)


class ReplaceDialog(FormDialog):
    """The last day, the successor with the first day, and why."""

    def __init__(self, parent: QWidget | None, context: Context, found: InternshipDetail) -> None:
        super().__init__(parent, "교체", _WORDS, "교체하기")
        self._desk, self._found = context.desk, found
        self.made: UUID | None = None
        self.last, self.first = QDateEdit(), QDateEdit()
        self.who, self.reason = PersonField(context), QLineEdit()
        row, today = found.row, context.desk.clock.today()
        over = row.ended_on
        last = over or min(row.end, today)
        for field in (self.last, self.first):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy. M. d.")
        put_day(self.last, last, last=max(today, last))
        put_day(self.first, max(today, last + dt.timedelta(days=1)))
        self.last.setEnabled(over is None)
        self.put("떠나는 사람의 마지막 날(&L)", self.last)
        self.put("이을 사람(&N)", self.who)
        self.put("이을 사람의 시작일(&S)", self.first)
        self.put("사유(&R)", self.reason)

    def write(self) -> None:
        """Replace; the successor's draft takes over what was agreed on last."""
        newest = next(row for row in reversed(self._found.agreements) if row.state == reading.SIGNED)
        first = day_of(self.first)
        end = last_allowed(first, reading.policy().months)
        draft = replace(drafts.draft_of(newest), effective_from=first, end=end)
        on = day_of(self.last) if self.last.isEnabled() else None
        made = internships.replace(
            self._desk, self._found.row.id, self.who.person(), self.reason.text(), on=on, draft=draft
        )
        self.made = made.row.id

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, found: InternshipDetail) -> UUID | None:
        """The successor's internship, None where the person thought better of it."""
        dialog = cls(parent, context, found)
        return dialog.made if dialog.run() else None
