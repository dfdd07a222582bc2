"""강사 등록 and 고치기."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.domain.text import digits_only
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.services.training import instructors
from regional_desk.services.training.instructors import KINDS, InstructorValues
from regional_desk.store.timetable import InstructorRow

_WIDTH = 420


class InstructorDialog(QDialog):
    """Asks for an instructor and keeps what was typed."""

    def __init__(self, parent: QWidget | None, desk: Desk, row: InstructorRow | None) -> None:
        super().__init__(parent)
        self._desk, self._row = desk, row
        self.setWindowTitle("강사 고치기" if row else "강사 등록")
        self.setMinimumWidth(_WIDTH)
        self.notice = parts.Notice()
        self.kind = QComboBox()
        for key, label in KINDS.items():
            self.kind.addItem(label, key)
        self.name, self.organisation, self.field = QLineEdit(), QLineEdit(), QLineEdit()
        self.phone, self.email, self.rate = QLineEdit(), QLineEdit(), QLineEdit()
        self.rate.setPlaceholderText("비우면 강사료 없음")
        self.active = QCheckBox("지금 강의를 맡음")
        self.active.setChecked(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("저장")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        form = QFormLayout(self)
        for label, field in (
            ("성명(&N)", self.name),
            ("구분(&K)", self.kind),
            ("소속(&O)", self.organisation),
            ("분야(&F)", self.field),
            ("연락처(&P)", self.phone),
            ("이메일(&E)", self.email),
            ("시간당 강사료(원)(&R)", self.rate),
            ("", self.active),
        ):
            form.addRow(label, field)
        form.addRow(self.notice)
        form.addRow(self.buttons)
        self.active.setVisible(row is not None)
        self._fill()
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget | None, desk: Desk, row: InstructorRow | None) -> None:
        """Add somebody, or change `row`; or nothing."""
        dialog = cls(parent, desk, row)
        dialog.exec()
        dialog.deleteLater()

    def _fill(self) -> None:
        row = self._row
        if row is None:
            self.kind.setCurrentIndex(self.kind.findData("external"))
            return
        self.kind.setCurrentIndex(self.kind.findData(row.kind))
        for field, text in (
            (self.name, row.name),
            (self.organisation, row.organisation),
            (self.field, row.field),
            (self.phone, row.phone),
            (self.email, row.email),
        ):
            field.setText(text or "")
        self.rate.setText("" if row.hourly_rate is None else str(row.hourly_rate))
        self.active.setChecked(row.active)

    def _on_accepted(self) -> None:
        self.notice.hide()
        rate = digits_only(self.rate.text())
        values = InstructorValues(
            self.name.text(),
            self.kind.currentData(),
            self.organisation.text(),
            self.field.text(),
            self.phone.text(),
            self.email.text(),
            int(rate) if rate else None,
        )
        try:
            if self._row is None:
                instructors.add(self._desk, values)
            else:
                active = self.active.isChecked()
                instructors.edit(self._desk, self._row.id, self._row.version, values, active=active)
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()
