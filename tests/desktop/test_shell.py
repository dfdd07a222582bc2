"""The frame of the window: pages, counters, saved state, work under way, masking."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from regional_desk.desktop.jobs import Report
from regional_desk.desktop.pages import PAGES
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.theme import Scheme
from regional_desk.desktop.today.due import read_today
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Role, rights_of
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.services.safety import backups

MakeShell = Callable[[Desk], Shell]
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def look_put_back(qapp: QApplication) -> Iterator[None]:
    """The look belongs to the whole program; the next test starts with none."""
    font, sheet, palette = qapp.font(), qapp.styleSheet(), qapp.palette()
    yield
    qapp.setFont(font)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


class _Shown(QObject):
    """Notes every window that appears."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_no_part_of_a_page_flashes_up_as_a_window_of_its_own(shell: Shell, qapp: QApplication) -> None:
    shown = _Shown()
    qapp.installEventFilter(shown)
    for spec in PAGES:
        shell.open_page(spec.key)
    qapp.removeEventFilter(shown)
    assert shown.windows == []


def test_every_page_opens_by_its_keys_and_says_so(shell: Shell) -> None:
    for number, spec in enumerate([spec for spec in PAGES if not spec.under], start=1):
        keys = f"Alt+{number % 10}"
        shortcut = next(one for one in shell.findChildren(QShortcut) if one.key().toString() == keys)
        shortcut.activated.emit()
        assert shell.current_page() is shell.page(spec.key)
        line = shell._lines[spec.key]
        assert line.isChecked()
        assert keys in line.toolTip()


def test_a_page_reached_from_another_stands_on_that_ones_line(shell: Shell) -> None:
    reached = [spec for spec in PAGES if spec.under]
    assert reached
    for spec in reached:
        shell.open_page(spec.key)
        assert shell.current_page() is shell.page(spec.key)
        assert spec.key not in shell._lines
        assert shell._lines[spec.under].isChecked()


def test_no_page_pushes_the_window_off_a_small_screen(shell: Shell, at_size: Callable[[int], None]) -> None:
    shell._set_percent(200)
    for spec in PAGES:
        shell.open_page(spec.key)
        QApplication.processEvents()
        least = shell.minimumSizeHint()
        assert least.width() <= 1366
        assert least.height() <= 768


def test_the_counters_are_the_lines_of_today(make_shell: MakeShell, practice: Desk, qtbot: QtBot) -> None:
    shell = make_shell(practice)
    due = read_today(practice).due
    line = shell._lines["attendance"]
    titles = [one.title for one in due if one.page == "attendance"]
    assert titles
    qtbot.waitUntil(lambda: line.count.text() == str(len(titles)))
    assert line.accessibleName() == f"출석, 할 일 {len(titles)}"
    assert all(title in line.toolTip() for title in titles)
    assert shell._lines["companies"].count.text() == "Alt+6"


def test_a_page_under_another_counts_on_that_ones_line(
    make_shell: MakeShell, practice: Desk, qtbot: QtBot
) -> None:
    shell = make_shell(practice)
    (screening,) = (one.title for one in read_today(practice).due if one.page == "screening")
    line = shell._lines["people"]
    qtbot.waitUntil(lambda: screening in line.toolTip())


def test_the_last_backup_is_told_and_its_lack_too(
    make_shell: MakeShell, practice: Desk, qtbot: QtBot
) -> None:
    shell = make_shell(practice)
    qtbot.waitUntil(lambda: shell.ui.backup.text() == "! 백업 없음")
    backups.back_up(practice)
    shell._read_overview()
    qtbot.waitUntil(lambda: "(검증됨)" in shell.ui.backup.text())


def test_a_save_is_told_with_its_time(make_shell: MakeShell, practice: Desk) -> None:
    shell = make_shell(practice)
    assert shell.ui.saved.text() == "● 모두 저장됨"
    practice.announce({"attendance"}, practice.clock.now())
    assert shell.ui.saved.text() == "● 14:00:00 저장됨"


def test_work_under_way_is_named_and_can_be_stopped(shell: Shell, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not shell.jobs.running)  # the page's own picture
    go_on, told = threading.Event(), list[UserError]()

    def work(report: Report) -> None:
        report(1, 3)
        go_on.wait(5)
        report(2, 3)

    shell.jobs.start_counted(work, "월 마감", succeeded=told.append, refused=told.append)
    qtbot.waitUntil(lambda: shell.ui.work.text() == "월 마감 1/3")
    assert shell.ui.cancel.isVisible()
    shell.ui.cancel.click()
    go_on.set()
    qtbot.waitUntil(lambda: bool(told))
    assert "멈췄습니다" in told[0].message
    assert shell.ui.work.text() == "진행 중인 일 없음"
    assert not shell.ui.cancel.isVisible()


def test_text_size_and_scheme_are_kept_for_the_next_start(shell: Shell) -> None:
    shell._step_percent(1)
    shell._step_percent(1)
    shell._step_percent(-1)
    assert shell.preferences.get("percent", 100) == 125
    assert shell.ui.percent.text() == "글자 125%"
    shell._set_percent(200)
    shell._step_percent(1)
    assert shell.theme.percent == 200
    shell._on_scheme()
    assert shell.preferences.get("scheme", "") == shell.theme.scheme.value == Scheme.DARK.value


@pytest.mark.parametrize(
    ("roles", "masking"),
    [
        ({Role.VIEWER}, Masking.MASKED),
        ({Role.VIEWER, Role.ADMINISTRATOR}, Masking.MASKED),
        ({Role.VIEWER, Role.TRAINING}, Masking.FULL),
    ],
)
def test_a_role_that_only_looks_sees_masked_names(
    make_shell: MakeShell, practice: Desk, roles: set[Role], masking: Masking
) -> None:
    practice._rights = rights_of(roles)
    assert make_shell(practice).context.masking is masking


def test_who_is_signed_in_stands_above_with_every_role_in_words(shell: Shell, desk: Desk) -> None:
    assert desk.actor.login in shell.ui.who.text()
    assert all(role.label in shell.ui.who.toolTip() for role in desk.actor.roles)


def test_every_button_of_the_frame_can_be_read_aloud(shell: Shell) -> None:
    buttons = [one for one in shell.findChildren(QPushButton) if one.window() is shell]
    assert all(one.text() or one.accessibleName() for one in buttons)


def test_locking_by_key_asks_for_the_password_again(shell: Shell, qtbot: QtBot) -> None:
    shell.activateWindow()
    with qtbot.waitSignal(shell.locked):
        QTest.keyClick(shell, Qt.Key.Key_L, CONTROL)


def test_the_window_backs_up_by_itself_while_it_is_used(
    make_shell: MakeShell, practice: Desk, qtbot: QtBot
) -> None:
    shell = make_shell(practice)
    assert not backups.list_backups(practice)
    shell._keeper.look()
    qtbot.waitUntil(lambda: len(backups.list_backups(practice)) == 1, timeout=10_000)
    assert backups.list_backups(practice)[0].automatic
    qtbot.waitUntil(lambda: "(검증됨)" in shell.ui.backup.text(), timeout=10_000)
