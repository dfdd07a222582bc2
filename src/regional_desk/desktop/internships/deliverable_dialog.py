"""산출물: its name, date, and that it was handed in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.file_field import FileField
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.internships.training_parts import date_field
from regional_desk.desktop.shell import Context
from regional_desk.services.internships import deliverables, training_files
from regional_desk.services.internships.deliverables import DeliverableText
from regional_desk.store.internship_training import DeliverableRow

_WEEK = dt.timedelta(days=7)


class DeliverableDialog(FormDialog):
    """A file given hands the deliverable in today, unless another day is chosen."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        internship: UUID,
        row: DeliverableRow | None,
        file: Path | None = None,
    ) -> None:
        super().__init__(parent, "산출물 고치기" if row else "산출물 추가", "", "저장")
        self._desk, self._internship, self._row = context.desk, internship, row
        self.name, self.memo, self.file = QLineEdit(), QLineEdit(), FileField("파일")
        self.has_due, self.due = QCheckBox("기한(&D)"), date_field()
        self.handed_in, self.submitted = QCheckBox("제출함(&S)"), date_field()
        today = context.desk.clock.today()
        self._put_day(self.has_due, self.due, row.due if row else None, today + _WEEK)
        self._put_day(self.handed_in, self.submitted, row.submitted_on if row else None, today)
        put_day(self.submitted, (row.submitted_on if row else None) or today, last=today)
        self.due.setAccessibleName("기한")
        self.submitted.setAccessibleName("제출일")
        self.put("산출물(&N)", self.name)
        self.form.addRow("", parts.row(self.has_due, self.due, None))
        self.form.addRow("", parts.row(self.handed_in, self.submitted, None))
        self.put("파일(&F)", self.file)
        self.put("메모(&M)", self.memo)
        self.file.line.textChanged.connect(
            lambda text: self.handed_in.setChecked(bool(text)) if text else None
        )
        if row is not None:
            self.name.setText(row.name)
            self.memo.setText(row.memo or "")
        if file is not None:
            self.file.line.setText(str(file))
            if row is None:
                self.name.setText(file.stem)

    def write(self) -> None:
        """List it, or change it."""
        scan = self.file.path()
        received = training_files.read_file(scan) if scan else None
        text = DeliverableText(
            self.name.text(),
            day_of(self.due) if self.has_due.isChecked() else None,
            day_of(self.submitted) if self.handed_in.isChecked() else None,
            self.memo.text(),
        )
        if self._row is None:
            deliverables.add(self._desk, self._internship, text, received)
        else:
            deliverables.edit(self._desk, self._row, text, received)

    def _put_day(self, box: QCheckBox, field: QDateEdit, day: dt.date | None, proposed: dt.date) -> None:
        box.toggled.connect(field.setEnabled)
        box.setChecked(day is not None)
        field.setEnabled(day is not None)
        put_day(field, day or proposed)
