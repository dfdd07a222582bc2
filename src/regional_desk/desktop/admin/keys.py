"""열쇠·잠금: whose key opens the office, the recovery key, and when the window locks itself."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.recovery_dialog import RecoveryDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.rights import Right
from regional_desk.services.safety import accounts

_MINUTES = (1, 3, 5, 10, 15, 20, 30, 60)
_KEYS = (
    "자료는 32바이트 열쇠로 암호화되어 있고, 그 열쇠는 사람마다의 비밀번호와 종이에 인쇄한 복구 키로만 열립니다. "
    "사람이 떠나거나 노트북·USB를 잃어버리면 열쇠를 바꾸십시오. 남은 사람의 비밀번호와 복구 키는 그대로입니다."
)
_RECOVERY = "복구 키를 썼거나 누가 보았다면 새로 만드십시오. 옛 복구 키는 그때부터 지금 자료를 열지 못하지만, 옛 백업은 옛 복구 키로 열립니다."


class KeysPane(Pane):
    """The keys and the idle lock."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.holders, self.minutes = QLabel(), QComboBox()
        self.holders.setWordWrap(True)
        for minutes in _MINUTES:
            self.minutes.addItem(f"{minutes}분", minutes)
        self.minutes.setAccessibleName("자동 잠금까지의 시간")
        keys = parts.card(parts.heading("열쇠를 가진 사람"), self.holders, parts.muted(_KEYS))
        recovery = parts.card(parts.heading("복구 키"), parts.muted(_RECOVERY))
        set_minutes = parts.button("정하기", self.set_minutes)
        idle = parts.card(
            parts.heading("자동 잠금"),
            parts.muted(
                "아무도 건드리지 않으면 창을 잠급니다. 쓰던 입력은 그대로 남습니다. 다음에 들어올 때부터 적용됩니다."
            ),
            parts.row(self.minutes, set_minutes, None),
        )
        rekey = parts.button("열쇠 바꾸기…", self.rekey, primary=True)
        renew = parts.button("새 복구 키…", self.renew)
        if not self.desk.may(Right.MANAGE_USERS):
            for act in (rekey, renew, set_minutes):
                act.setEnabled(False)
                act.setToolTip("관리자 역할이 있어야 합니다")
        self.lay_out("자료를 여는 열쇠와 잠금입니다.", (keys, recovery, idle), (renew, rekey))

    def read(self) -> None:
        """Read who holds a key, and the minutes."""
        logins = self.desk.store.opening.keys.logins()
        self.holders.setText(f"{', '.join(logins)} — {len(logins)}명, 그리고 종이 복구 키")
        self.minutes.setCurrentIndex(self.minutes.findData(accounts.idle_minutes(self.desk)))

    def set_minutes(self) -> None:
        """Keep the chosen minutes."""
        self.act(lambda: accounts.set_idle_minutes(self.desk, self.minutes.currentData()))

    def rekey(self) -> None:
        """Put the store under a new key, after asking."""
        if self._sure("자료 전체를 새 열쇠로 다시 암호화합니다. 잠시 걸립니다. 계속하시겠습니까?"):
            self._rekey(new_recovery_key=False)

    def renew(self) -> None:
        """A new recovery key, which also re-keys: the old one must not open today's data."""
        if self._sure(
            "새 복구 키를 만들고 자료 전체의 열쇠를 바꿉니다. 새 키는 한 번만 보입니다. 인쇄할 준비가 되었습니까?"
        ):
            self._rekey(new_recovery_key=True)

    def _rekey(self, *, new_recovery_key: bool) -> None:
        self.start(
            lambda: accounts.rekey(self.desk, new_recovery_key=new_recovery_key),
            "열쇠 바꾸기",
            self._on_rekeyed,
        )

    def _on_rekeyed(self, fresh: str | None) -> None:
        if fresh is not None:
            RecoveryDialog.show_key(self.desk, self.context.preferences, fresh, self)
        self.say("● 열쇠를 바꾸었습니다. 지금 백업하면 새 열쇠의 백업이 생깁니다.")

    def _sure(self, words: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, "열쇠", words, parent=self)
        go = box.addButton("계속", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("그만두기", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        chosen = box.clickedButton() is go
        box.deleteLater()
        return chosen
