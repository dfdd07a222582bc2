"""The first window and the way into the office."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import LOGIN, PASSWORD

from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.start import Desktop
from regional_desk.domain.clock import SystemClock
from regional_desk.services.desk import Desk
from regional_desk.services.safety import backups, opening

_HEAVY = ("sqlalchemy", "alembic", "openpyxl", "reportlab", "holidays", "typer", "cryptography.x509")
_FIRST_PAINT = f"""
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
from regional_desk.desktop import unlock
unlock._LATER = ()
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.start import Desktop
window = Desktop(application, Preferences()).show_unlock()
QTimer.singleShot(0, application.quit)
application.exec()
window.grab()
print([name for name in {_HEAVY!r} if name in sys.modules])
"""


def test_the_first_window_stands_before_the_heavy_libraries(tmp_path: Path) -> None:
    import os

    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "REGIONAL_DESK_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_PAINT], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, office_folder: Path, tmp_path: Path) -> Desktop:
    """The unlock window on the August office."""
    made = Desktop(qapp, Preferences(tmp_path / "preferences.json"))
    made.show_unlock(office_folder)
    return made


def test_a_wrong_password_is_said_in_the_window_and_nothing_opens(qtbot: QtBot, desktop: Desktop) -> None:
    window = desktop.unlock
    assert window is not None
    qtbot.addWidget(window)
    assert window.ui.user.currentText() == LOGIN
    QTest.keyClicks(window.ui.password, "wrong-password")
    QTest.keyClick(window.ui.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "맞지 않습니다" in window.ui.message.text(), timeout=10_000)
    assert window.ui.unlock.isEnabled()
    assert desktop.shell is None


def test_the_right_password_opens_the_shell(qtbot: QtBot, desktop: Desktop, office_folder: Path) -> None:
    window = desktop.unlock
    assert window is not None
    QTest.keyClicks(window.ui.password, PASSWORD)
    window.ui.unlock.click()
    qtbot.waitUntil(lambda: desktop.shell is not None, timeout=10_000)
    qtbot.addWidget(desktop.shell)
    assert desktop.preferences.recent()[0] == str(office_folder)


def test_an_office_that_is_open_elsewhere_can_be_looked_at(
    qtbot: QtBot, desktop: Desktop, office_folder: Path
) -> None:
    held = opening.open_office(office_folder, LOGIN, PASSWORD, SystemClock())
    window = desktop.unlock
    assert window is not None
    window.ui.password.setText(PASSWORD)
    window.ui.unlock.click()
    qtbot.waitUntil(lambda: "이미 열어 두고" in window.ui.message.text(), timeout=10_000)
    window.ui.look.click()
    qtbot.waitUntil(lambda: desktop.shell is not None, timeout=10_000)
    qtbot.addWidget(desktop.shell)
    assert desktop.shell.desk.read_only
    assert any("읽기 전용" in text for text in desktop.shell.banners.texts())
    held.store.close()


def test_a_backup_is_put_back_from_the_unlock_window(
    qtbot: QtBot, desktop: Desktop, office: Desk, tmp_path: Path
) -> None:
    made = backups.back_up(office, tmp_path / "usb")
    window = desktop.unlock
    assert window is not None
    qtbot.addWidget(window)
    into = tmp_path / "again"
    QTest.keyClicks(window.ui.password, "wrong-password")
    window.restore(made.file, into)
    qtbot.waitUntil(lambda: "맞지 않습니다" in window.ui.message.text(), timeout=10_000)
    assert not into.exists()
    window.ui.password.setText(PASSWORD)
    window.restore(made.file, into)
    qtbot.waitUntil(lambda: "되돌렸습니다" in window.ui.message.text(), timeout=10_000)
    assert window.folder() == into
    assert (into / "office.db").exists()


def test_void_calls_do_not_eat_references_to_none(qapp: QApplication) -> None:
    if sys.version_info >= (3, 12):
        assert sys.getrefcount(None) > 0  # None is immortal there
        return
    before = sys.getrefcount(None)
    for _ in range(1000):
        qapp.processEvents()
    assert sys.getrefcount(None) > before - 100
