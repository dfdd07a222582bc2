"""기업 추가: the least that makes a company; the rest is keyed beside the list."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.domain.companies import CompanyKind
from regional_desk.errors import UserError
from regional_desk.services.companies import companies
from regional_desk.services.companies.companies import CompanyValues
from regional_desk.services.desk import Desk

_WIDTH = 400


class CompanyDialog(QDialog):
    """Asks for name, number and kind, and keeps them."""

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.made: UUID | None = None
        self.setWindowTitle("기업 추가")
        self.setMinimumWidth(_WIDTH)
        self.notice = parts.Notice()
        self.name, self.number, self.kind = QLineEdit(), QLineEdit(), QComboBox()
        self.number.setPlaceholderText("000-00-00000")
        for kind, label in (
            (CompanyKind.MANUFACTURER, "제조 (Track1)"),
            (CompanyKind.SUPPLIER, "공급 (Track2)"),
        ):
            self.kind.addItem(label, kind)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("저장")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        form = QFormLayout(self)
        for label, field in (
            ("기업명(&N)", self.name),
            ("사업자등록번호(&B)", self.number),
            ("유형(&K)", self.kind),
        ):
            form.addRow(label, field)
        form.addRow(parts.muted("나머지는 저장한 다음 목록 옆의 [기록]에서 적습니다."))
        form.addRow(self.notice)
        form.addRow(self.buttons)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget | None, desk: Desk) -> UUID | None:
        """The company that was made, None where the person thought better of it."""
        dialog = cls(parent, desk)
        dialog.exec()
        made = dialog.made
        dialog.deleteLater()
        return made

    def _on_accepted(self) -> None:
        self.notice.hide()
        values = CompanyValues(self.name.text(), self.number.text(), CompanyKind(self.kind.currentData()))
        try:
            self.made = companies.add_company(self._desk, values).id
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()
