"""Locking the open office: what was begun is there afterwards, and nobody sees it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import LOGIN, PASSWORD

from regional_desk.desktop import idle
from regional_desk.desktop.idle import IdleWatch
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.start import Desktop
from regional_desk.domain.clock import SystemClock
from regional_desk.domain.rights import Role
from regional_desk.services.safety import accounts, logs, opening


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, office_folder: Path, tmp_path: Path) -> Iterator[Desktop]:
    """The open August office."""
    made = Desktop(qapp, Preferences(tmp_path / "preferences.json"))
    made.show_shell(opening.open_office(office_folder, LOGIN, PASSWORD, SystemClock()))
    yield made
    if made.shell is not None:
        made.lock.lift()
        made.shell.close()
        made.shell.deleteLater()
    if made.unlock is not None:
        made.unlock.close()


def _unlock(qtbot: QtBot, desktop: Desktop, password: str) -> None:
    QTest.keyClicks(desktop.lock.screen.ui.password, password)
    QTest.keyClick(desktop.lock.screen.ui.password, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: desktop.lock.screen is None or desktop.lock.screen.ui.unlock.isEnabled(), timeout=10_000
    )


def test_an_unfinished_form_survives_the_lock_and_is_covered_meanwhile(
    qtbot: QtBot, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QClipboard, "ownsClipboard", lambda _clipboard: True
    )  # the platform without a screen never says so
    form = QDialog(desktop.shell)
    field = QLineEdit(form)
    QVBoxLayout(form).addWidget(field)
    form.open()
    field.insert("반쯤 쓴 사유")
    QApplication.clipboard().setText("홍길동 010-1234-5678")
    desktop.shell.locked.emit()
    assert desktop.lock.screen.isVisible()
    assert form.isVisible()
    for window in (form, desktop.shell):
        covers = [cover for cover in desktop.lock._covers if cover.parentWidget() is window]
        assert covers[0].geometry() == window.rect()
        assert covers[0].isVisible()
    assert "홍길동" not in QApplication.clipboard().text()
    _unlock(qtbot, desktop, PASSWORD)
    assert desktop.lock.screen is None
    assert field.text() == "반쯤 쓴 사유"
    assert not desktop.lock._covers
    form.close()


def test_a_window_that_opens_while_locked_is_covered(desktop: Desktop) -> None:
    desktop.lock.engage()
    late = QDialog(desktop.shell)
    late.show()
    assert [cover for cover in desktop.lock._covers if cover.parentWidget() is late]
    late.close()


def test_a_wrong_password_keeps_it_locked_and_is_counted(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.lock.engage()
    _unlock(qtbot, desktop, "wrong-password")
    assert "맞지 않습니다" in desktop.lock.screen.ui.message.text()
    desktop.lock.screen.ui.password.clear()
    _unlock(qtbot, desktop, PASSWORD)
    assert desktop.lock.screen is None
    newest = logs.read_log(desktop.shell.desk, access=True, limit=2)
    assert [line.action for line in newest] == ["unlock", "lock"]
    assert '"count":1' in newest[0].detail


def test_neither_closing_nor_escape_takes_the_lock_away(desktop: Desktop) -> None:
    desktop.lock.engage()
    event = QCloseEvent()
    desktop.lock.screen.closeEvent(event)
    assert not event.isAccepted()
    QTest.keyClick(desktop.lock.screen, Qt.Key.Key_Escape)
    assert desktop.lock.screen.isVisible()


def test_another_user_comes_in_by_the_first_window(desktop: Desktop, office_folder: Path) -> None:
    desktop.lock.engage()
    desktop.lock.screen.ui.other.click()
    assert desktop.shell is None
    assert desktop.unlock is not None
    assert desktop.unlock.folder() == office_folder


def test_input_puts_the_idle_lock_off(qtbot: QtBot, desktop: Desktop) -> None:
    watch = IdleWatch(10, desktop.shell)
    left = watch._timer.remainingTime()
    watch._timer.setInterval(5_000)  # as if most of the time were over
    QTest.keyClick(desktop.shell.windowHandle(), Qt.Key.Key_A)
    assert watch._timer.remainingTime() > 4_000
    assert left > 590_000
    with qtbot.waitSignal(watch.idle, timeout=5_000):
        watch._timer.start(1)


@pytest.mark.parametrize(
    ("message", "parameter", "away"),
    [
        (0x02B1, 0x7, True),
        (0x02B1, 0x8, False),
        (0x0218, 0x4, True),
        (0x0218, 0x12, False),
        (0x0010, 0x7, False),
    ],
)
def test_windows_says_when_the_screen_is_locked_or_the_pc_sleeps(
    message: int, parameter: int, away: bool
) -> None:
    assert idle.means_absence(message, parameter) is away


def test_a_temporary_password_is_changed_before_the_office_opens(
    qtbot: QtBot, qapp: QApplication, office_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opening.open_office(office_folder, LOGIN, PASSWORD, SystemClock())
    accounts.add_user(desk, "park", "박팀장", [Role.LEADER], "temporary-1")
    desk.store.close()
    from regional_desk.desktop.password_dialog import PasswordDialog

    def change(dialog: PasswordDialog) -> int:
        assert "임시 비밀번호" in dialog.ui.message.text()
        for field, text in ((dialog.ui.old, "temporary-1"), (dialog.ui.fresh, "own-choice-2")):
            field.setText(text)
        dialog.ui.again.setText("another-one")
        dialog.ok.click()
        assert "서로 다릅니다" in dialog.ui.message.text()
        dialog.ui.again.setText("own-choice-2")
        dialog.ok.click()
        qtbot.waitUntil(lambda: dialog.result() == QDialog.DialogCode.Accepted, timeout=10_000)
        return dialog.result()

    monkeypatch.setattr(PasswordDialog, "exec", change)
    made = Desktop(qapp, Preferences(tmp_path / "preferences.json"))
    made.show_shell(opening.open_office(office_folder, "park", "temporary-1", SystemClock()))
    assert made.shell is not None
    made.shell.close()
    opening.open_office(office_folder, "park", "own-choice-2", SystemClock()).store.close()
