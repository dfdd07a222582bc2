"""Asks who rates companies: a user of the program, or somebody outside whose sheet is keyed in."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.errors import UserError
from regional_desk.services.companies import company_raters
from regional_desk.services.safety import opening

_WIDTH = 420
_OUTSIDE = "외부 평가위원 (평가표를 대신 입력)"


class CompanyRaterDialog(QDialog):
    """Who; refusals stand in it."""

    def __init__(self, parent: QWidget | None, context: Context) -> None:
        super().__init__(parent)
        self._desk = context.desk
        self.setWindowTitle("평가위원 더하기")
        self.setMinimumWidth(context.theme.size(_WIDTH))
        self.user, self.name = QComboBox(), QLineEdit()
        self.user.addItem(_OUTSIDE, "")
        for row in opening.list_users(self._desk):
            if row.active and Right.RATE in rights_of(Role(role) for role in row.roles):
                self.user.addItem(f"{row.name} ({row.login})", row.login)
        self.notice = parts.Notice()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("더하기")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        self._form = QFormLayout()
        for label, field in (("평가위원", self.user), ("이름", self.name)):
            field.setAccessibleName(label)
            self._form.addRow(label, field)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        layout.addWidget(self.notice)
        layout.addWidget(buttons)
        self.user.currentIndexChanged.connect(self._on_user)
        self._on_user()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context) -> bool:
        """Whether a rater was added."""
        dialog = cls(parent, context)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return sure

    def save(self) -> None:
        """Add the rater; a refusal is shown and the form stays."""
        self.notice.hide()
        login = self.user.currentData() or None
        try:
            company_raters.add_rater(self._desk, "" if login else self.name.text(), login=login)
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()

    def _on_user(self) -> None:
        self._form.setRowVisible(self.name, not self.user.currentData())
