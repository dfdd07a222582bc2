"""사용자: who works here, with which roles; joining, leaving, passwords."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.admin.user_dialog import UserDialog
from regional_desk.desktop.password_dialog import PasswordDialog
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.rights import Right, Role
from regional_desk.domain.text import korean_date
from regional_desk.services.safety import accounts, opening
from regional_desk.store.accounts import UserRow

_WORDS = (
    "역할은 더해집니다. 확정 권한이 두 사람에게 있으면 작성한 사람은 확정할 수 없고, 그때까지는 단독 처리로 남습니다. "
    "역할을 주고 거둔 기록은 3년 넘게 보관됩니다."
)


class UsersPane(Pane):
    """The office's accounts with their roles."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[UserRow] = Table(
            _columns(),
            context.colour,
            empty="사용자가 없습니다.",
            name="사용자",
            scale=context.theme.size,
            filtered=False,
        )
        acts = (
            parts.button("역할…", self.change_roles),
            parts.button("임시 비밀번호…", self.reset_password, tip="비밀번호를 잊은 사람에게"),
            parts.button("퇴사 처리…", self.leave, tip="계정을 끝내고 사무소의 열쇠를 바꿉니다"),
            parts.button("사용자 추가…", self.add, primary=True),
        )
        own = parts.button("내 비밀번호…", self.change_own)
        if not self.desk.may(Right.MANAGE_USERS):
            for act in acts:
                act.setEnabled(False)
                act.setToolTip("관리자 역할이 있어야 합니다")
        self.lay_out(_WORDS, (self.table,), (own, *acts))

    def read(self) -> None:
        """Read the accounts."""
        self.table.set_rows(opening.list_users(self.desk))

    def add(self) -> None:
        """Make an account; its key takes a moment."""
        wanted = UserDialog.ask_new(self)
        if wanted is not None:
            self.start(
                lambda: accounts.add_user(
                    self.desk, wanted.login, wanted.name, wanted.roles, wanted.password
                ),
                "사용자 추가",
                lambda made: self.say(
                    f"● '{made.login}' 사용자를 만들었습니다. 임시 비밀번호를 본인에게만 알려 주십시오."
                ),
            )

    def change_roles(self) -> None:
        """Give and take roles of the chosen account."""
        chosen = self._chosen()
        wanted = UserDialog.ask_roles(self, chosen) if chosen is not None else None
        if chosen is not None and wanted is not None:
            self.act(lambda: self._set_roles(chosen, wanted))

    def reset_password(self) -> None:
        """Give the chosen person a temporary password."""
        chosen = self._chosen()
        password = UserDialog.ask_password(self, chosen) if chosen is not None else None
        if chosen is not None and password:
            self.start(
                lambda: accounts.reset_password(self.desk, chosen.login, password),
                "임시 비밀번호",
                lambda _done: self.say(
                    f"● '{chosen.login}'의 임시 비밀번호를 정했습니다. 본인에게만 알려 주십시오."
                ),
            )

    def leave(self) -> None:
        """End the chosen account and re-key the store."""
        chosen = self._chosen()
        if chosen is None:
            return
        answer = ReasonDialog.ask(
            self,
            "퇴사 처리",
            f"'{chosen.name}' 계정을 끝내고 사무소 전체의 열쇠를 바꿉니다. 이 사람이 적은 기록은 그대로 남습니다. "
            "옛 백업은 그때의 비밀번호로 열리니 필요 없는 것은 지우십시오.",
            act="퇴사 처리",
        )
        if answer is not None:
            self.start(
                lambda: accounts.leave(self.desk, chosen.login, answer.reason),
                "퇴사 처리",
                lambda _row: self.say(f"● '{chosen.login}' 계정을 끝내고 열쇠를 바꾸었습니다."),
            )

    def change_own(self) -> None:
        """Change one's own password."""
        if PasswordDialog.ask(self.desk, self):
            self.say("● 비밀번호를 바꾸었습니다.")

    def _chosen(self) -> UserRow | None:
        chosen = self.table.current()
        if chosen is None or not chosen.active:
            QMessageBox.information(self, "사용자", "표에서 쓰고 있는 사용자를 먼저 고르십시오.")
            return None
        return chosen

    def _set_roles(self, row: UserRow, wanted: frozenset[Role]) -> None:
        before = {Role(role) for role in row.roles}
        for role in sorted(wanted - before):
            accounts.grant(self.desk, row.login, role)
        for role in sorted(before - wanted):
            accounts.revoke(self.desk, row.login, role)
        self.say(f"● '{row.login}'의 역할을 바꾸었습니다. 본인이 다시 들어오면 적용됩니다.")


def _columns() -> tuple[Column[UserRow], ...]:
    return (
        Column("아이디", lambda row: row.login, width=120),
        Column("이름", lambda row: row.name, width=120),
        Column("역할", lambda row: " · ".join(Role(role).label for role in row.roles), width=430),
        Column("상태", _state, align="center", width=190),
    )


def _state(row: UserRow) -> str:
    if not row.active:
        return f"퇴사 ({korean_date(row.left_at.date())})" if row.left_at else "중지"
    return "임시 비밀번호" if row.must_change else "사용 중"
