"""관리 → 사용자 and 열쇠·잠금, at the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import LOGIN

from regional_desk.desktop.admin.keys import KeysPane
from regional_desk.desktop.admin.page import AdminPage
from regional_desk.desktop.admin.user_dialog import NewUser, UserDialog
from regional_desk.desktop.admin.users import UsersPane
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.recovery_dialog import RecoveryDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.rights import Role
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.safety import accounts, opening

KIM = NewUser("kim", "김교육", (Role.TRAINING,), "temporary-1")


@pytest.fixture
def admin(shell: Shell) -> AdminPage:
    """The page of the office's administration."""
    shell.open_page("admin")
    page = shell.page("admin")
    assert isinstance(page, AdminPage)
    return page


@pytest.fixture
def users(admin: AdminPage) -> UsersPane:
    """The users."""
    admin.go_to("users")
    pane = admin.panes["users"]
    assert isinstance(pane, UsersPane)
    return pane


def _shown(pane: UsersPane) -> list[tuple[str, ...]]:
    return [(row.login, *row.roles) for row in opening.list_users(pane.desk)]


def test_a_user_is_made_changed_and_leaves(
    qtbot: QtBot, users: UsersPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UserDialog, "ask_new", lambda _parent: KIM)
    users.add()
    qtbot.waitUntil(lambda: "'kim' 사용자를 만들었습니다" in users.said.text(), timeout=10_000)
    users.table.choose(lambda row: row.login == "kim")
    chosen = users.table.current()
    assert chosen is not None
    assert chosen.must_change
    monkeypatch.setattr(
        UserDialog, "ask_roles", lambda _parent, _row: frozenset({Role.TRAINING, Role.ALLOWANCE})
    )
    users.change_roles()
    assert _shown(users)[1] == ("kim", Role.ALLOWANCE.value, Role.TRAINING.value)
    users.table.choose(lambda row: row.login == "kim")
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_words, **_more: Answer("퇴사"))
    before = users.desk.store.opening.root
    users.leave()
    qtbot.waitUntil(lambda: "열쇠를 바꾸었습니다" in users.said.text(), timeout=10_000)
    assert users.desk.store.opening.root != before
    assert [row.active for row in opening.list_users(users.desk)] == [True, False]


def test_a_refusal_is_shown_on_the_pane(
    users: UsersPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = NewUser("kim", "김교육", (Role.TRAINING,), "short")
    monkeypatch.setattr(UserDialog, "ask_new", lambda _parent: weak)
    users.add()
    qtbot.waitUntil(lambda: "8자 이상" in users.notice.text(), timeout=10_000)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "아이디와 이름"),
        ({"login": "kim", "name": "김교육"}, "역할을 하나"),
        ({"login": "kim", "name": "김교육", "role": "x", "password": "temporary-1"}, "서로 다릅니다"),
    ],
)
def test_the_form_says_what_is_missing(qtbot: QtBot, fields: dict[str, str], words: str) -> None:
    dialog = UserDialog(None, "사용자 추가", "추가")
    qtbot.addWidget(dialog)
    dialog.ui.login.setText(fields.get("login", ""))
    dialog.ui.name.setText(fields.get("name", ""))
    dialog.boxes[Role.TRAINING].setChecked("role" in fields)
    dialog.ui.password.setText(fields.get("password", ""))
    dialog.ok.click()
    assert words in dialog.ui.message.text()
    assert dialog.result() != QDialog.DialogCode.Accepted


def test_only_an_administrator_may_press_the_buttons(
    make_shell: Callable[[Desk], Shell], office: Desk
) -> None:
    leader = Actor(office.actor.user_id, LOGIN, "김팀장", frozenset({Role.LEADER}))
    shell = make_shell(Desk(office.store, leader, office.office, office.clock))
    shell.open_page("admin")
    page = shell.page("admin")
    assert isinstance(page, AdminPage)
    for key in ("users", "keys"):
        pane = page.panes[key]
        off = [button.toolTip() for button in pane._actions if not button.isEnabled()]
        assert off
        assert set(off) == {"관리자 역할이 있어야 합니다"}


def test_a_new_recovery_key_is_shown_once_and_its_sheet_saved(
    qtbot: QtBot, admin: AdminPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr("regional_desk.desktop.recovery_dialog.ask_file", lambda *_words: target)

    def look(dialog: RecoveryDialog) -> int:
        dialog.save_button.click()
        seen.append(dialog._key)
        return 1

    monkeypatch.setattr(RecoveryDialog, "exec", look)
    monkeypatch.setattr(KeysPane, "_sure", lambda _pane, _words: True)
    admin.go_to("keys")
    pane = admin.panes["keys"]
    assert isinstance(pane, KeysPane)
    pane.renew()
    qtbot.waitUntil(lambda: "열쇠를 바꾸었습니다" in pane.said.text(), timeout=10_000)
    assert target.read_bytes().startswith(b"%PDF")
    folder, clock = pane.desk.store.folder, pane.desk.clock
    pane.desk.store.close()
    opening.open_with_recovery_key(folder, seen[0], clock).store.close()


def test_the_minutes_of_the_idle_lock_are_kept(admin: AdminPage) -> None:
    admin.go_to("keys")
    pane = admin.panes["keys"]
    assert isinstance(pane, KeysPane)
    assert pane.minutes.currentText() == "10분"
    pane.minutes.setCurrentText("3분")
    pane.set_minutes()
    assert accounts.idle_minutes(pane.desk) == 3
