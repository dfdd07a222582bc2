"""Changes one's own password; after a temporary one it comes before everything else."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.forms.ui_password_dialog import Ui_PasswordDialog
from regional_desk.desktop.jobs import Jobs
from regional_desk.errors import UsageError, UserError
from regional_desk.services.desk import Desk
from regional_desk.services.safety import accounts

_TEMPORARY = "임시 비밀번호로 들어왔습니다. 계속하려면 자기 비밀번호로 바꾸십시오."


class PasswordDialog(QDialog):
    """The old password once, the new one twice."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.ui = Ui_PasswordDialog()
        self.ui.setupUi(self)
        self._desk, self._jobs = desk, Jobs(self)
        self.ok = self.ui.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("바꾸기")
        self.ui.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        parts.set_tone(self.ui.message, _TEMPORARY if desk.must_change else "", "warn")
        self.ui.buttons.accepted.connect(self._on_change)
        self.ui.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, desk: Desk, parent: QWidget | None = None) -> bool:
        """Whether the password was changed."""
        dialog = cls(desk, parent)
        changed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return changed

    def _on_change(self) -> None:
        old, fresh = self.ui.old.text(), self.ui.fresh.text()
        if fresh != self.ui.again.text():
            self._on_refused(UsageError("새 비밀번호 둘이 서로 다릅니다."))
            return
        self.ok.setEnabled(False)
        self._jobs.start(
            lambda: accounts.change_password(self._desk, old, fresh),
            "비밀번호 바꾸기",
            succeeded=lambda _done: self.accept(),
            refused=self._on_refused,
        )

    def _on_refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        parts.set_tone(self.ui.message, f"! {error.message}", "bad")
