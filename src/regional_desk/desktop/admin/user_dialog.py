"""Asks for a new account, for roles, and for a temporary password."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.forms.ui_user_dialog import Ui_UserDialog
from regional_desk.domain.rights import Role
from regional_desk.store.accounts import UserRow

_ROLE_TIPS = {
    Role.TRAINING: "모집, 교육과정, 출석",
    Role.ALLOWANCE: "훈련수당 작성·검토·지급, 지급 파일",
    Role.INTERNSHIP: "기업, 연계, 인턴십, 방문",
    Role.LEADER: "검토, 확정, 보류 해제, 다시 열기, 정책 승인",
    Role.DIRECTOR: "팀장이 하는 일과 서명",
    Role.VIEWER: "가려진 자료를 보기만 함",
    Role.ADMINISTRATOR: "사용자, 열쇠, 백업, 설정 (사람 정보와 지급은 못 함)",
}


@dataclass(frozen=True, slots=True)
class NewUser:
    """What was asked for."""

    login: str
    name: str
    roles: tuple[Role, ...]
    password: str


class UserDialog(QDialog):
    """One form; changing roles or giving a temporary password asks for less of it."""

    def __init__(self, parent: QWidget | None, title: str, act: str, row: UserRow | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_UserDialog()
        self.ui.setupUi(self)
        self.setWindowTitle(title)
        self.boxes = {role: QCheckBox(f"{role.label} — {tip}") for role, tip in _ROLE_TIPS.items()}
        for role, box in self.boxes.items():
            box.setChecked(row is not None and role.value in row.roles)
            self.ui.roleLines.addWidget(box)
        if row is not None:
            self.ui.login.setText(row.login)
            self.ui.name.setText(row.name)
            self.ui.login.setReadOnly(True)
            self.ui.name.setReadOnly(True)
        self.ok = self.ui.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(act)
        self.ui.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        self.ui.message.hide()
        self.ui.buttons.accepted.connect(self._on_accepted)
        self.ui.buttons.rejected.connect(self.reject)

    @classmethod
    def ask_new(cls, parent: QWidget | None) -> NewUser | None:
        """A new account, None where the person thought better of it."""
        dialog = cls(parent, "사용자 추가", "추가")
        if not dialog._sure():
            return None
        ui = dialog.ui
        return NewUser(ui.login.text(), ui.name.text(), dialog.roles(), ui.password.text())

    @classmethod
    def ask_roles(cls, parent: QWidget | None, row: UserRow) -> frozenset[Role] | None:
        """The roles an account shall have, None where the person thought better of it."""
        dialog = cls(parent, "역할", "바꾸기", row)
        dialog._leave_out("password", "again")
        dialog.ui.hint.setText("역할은 더해집니다. 자신에게 준 역할은 단장이 다음에 들어올 때 보게 됩니다.")
        return frozenset(dialog.roles()) if dialog._sure() else None

    @classmethod
    def ask_password(cls, parent: QWidget | None, row: UserRow) -> str | None:
        """A temporary password for an account, None where the person thought better of it."""
        dialog = cls(parent, "임시 비밀번호", "정하기", row)
        dialog._leave_out("roles")
        return dialog.ui.password.text() if dialog._sure() else None

    def roles(self) -> tuple[Role, ...]:
        """The roles that are ticked."""
        return tuple(role for role, box in self.boxes.items() if box.isChecked())

    def wrong(self) -> str:
        """What is still missing, an empty text where nothing is."""
        if not self.ui.login.text().strip() or not self.ui.name.text().strip():
            return "아이디와 이름을 적어 주십시오."
        if not self.roles():
            return "역할을 하나 이상 고르십시오."
        return "" if self.ui.password.text() == self.ui.again.text() else "임시 비밀번호 둘이 서로 다릅니다."

    def _sure(self) -> bool:
        sure = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return sure

    def _on_accepted(self) -> None:
        wrong = self.wrong()
        parts.set_tone(self.ui.message, f"! {wrong}" if wrong else "", "bad")
        if not wrong:
            self.accept()

    def _leave_out(self, *names: str) -> None:
        for name in names:
            self.ui.form.setRowVisible(getattr(self.ui, name), False)
        self.adjustSize()
