"""담당자 추가 and 고치기."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.errors import UserError
from regional_desk.services.companies.contacts import ContactValues
from regional_desk.store.company_records import ContactRow

_WIDTH = 400


class ContactDialog(QDialog):
    """Asks for a contact; `save` may refuse, and then what was typed stays."""

    def __init__(
        self, parent: QWidget | None, row: ContactRow | None, save: Callable[[ContactValues], object]
    ) -> None:
        super().__init__(parent)
        self._save = save
        self.setWindowTitle("담당자 고치기" if row else "담당자 추가")
        self.setMinimumWidth(_WIDTH)
        self.notice = parts.Notice()
        self.name, self.part, self.phone, self.email, self.memo = (QLineEdit() for _ in range(5))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("저장")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        form = QFormLayout(self)
        for label, field in (
            ("성명(&N)", self.name),
            ("부서·직위(&D)", self.part),
            ("연락처(&P)", self.phone),
            ("이메일(&E)", self.email),
            ("메모(&M)", self.memo),
        ):
            form.addRow(label, field)
        form.addRow(self.notice)
        form.addRow(self.buttons)
        if row is not None:
            for field, text in (
                (self.name, row.name),
                (self.part, row.part),
                (self.phone, row.phone),
                (self.email, row.email),
                (self.memo, row.memo),
            ):
                field.setText(text or "")
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    def _on_accepted(self) -> None:
        self.notice.hide()
        fields = (self.name, self.part, self.phone, self.email, self.memo)
        try:
            self._save(ContactValues(*(field.text() for field in fields)))
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()
