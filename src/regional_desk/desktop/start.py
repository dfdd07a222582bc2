"""Starts the desktop: unlock window first, the shell once an office is open."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from regional_desk.desktop import crash, theme
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.unlock import LOOKING, RECOVERY, UnlockWindow

_TITLE_BAR = 40  # a window as tall as the screen would hide its status line
_SETTLED = 1000  # milliseconds after the office opened
_SELDOM = (20_000, 20, 50)  # new objects, young and middle collections before the collector looks


class Desktop(QObject):
    """Moves between the locked and the open office."""

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        scheme = preferences.get("scheme", "")
        self.theme = theme.Theme(
            application,
            theme.Scheme(scheme) if scheme in tuple(theme.Scheme) else theme.follow_system(),
            preferences.get("percent", 100),
        )
        self.theme.apply()
        self.unlock: UnlockWindow | None = None
        self.shell: Any = None
        self.lock: Any = None

    def show_unlock(self, folder: Path | None = None) -> UnlockWindow:
        """Show the unlock window."""
        chosen = folder or _folder_from_environment()
        window = UnlockWindow(self.preferences, _open, _practice, _restore, _borrow, folder=chosen)
        window.opened.connect(self.show_shell)
        window.created.connect(self._on_created)
        window.new_wanted.connect(self._on_new)
        self.unlock = window
        window.show()
        return window

    def show_shell(self, desk: Any) -> None:
        """Show the open office; whoever came with a temporary password chooses an own one first."""
        from regional_desk.desktop.idle import IdleWatch, SystemLock  # after the first window stood
        from regional_desk.desktop.lock import Lock
        from regional_desk.desktop.password_dialog import PasswordDialog
        from regional_desk.desktop.shell import Shell
        from regional_desk.services.safety import accounts, approvals

        if desk.must_change and not PasswordDialog.ask(desk, self.unlock):
            desk.store.close()
            return
        approvals.wipe_opened()
        self.shell = Shell(desk, self.theme, self.preferences)
        self.lock = Lock(self.shell)
        self.lock.other_wanted.connect(self._on_other)
        self.shell.locked.connect(self.lock.engage)
        idle = IdleWatch(accounts.idle_minutes(desk), self.shell)
        idle.idle.connect(self.lock.engage)
        SystemLock(self.shell).locked.connect(self.lock.engage)
        if self.unlock is not None:
            self.unlock.close()
            self.unlock.deleteLater()
            self.unlock = None
        room = self.shell.screen().availableGeometry()
        if room.width() <= self.shell.width() or room.height() <= self.shell.height() + _TITLE_BAR:
            self.shell.showMaximized()
        else:
            self.shell.show()

    def _on_created(self, made: Any) -> None:
        from regional_desk.desktop.recovery_dialog import RecoveryDialog  # after the first window stood

        RecoveryDialog.show_key(made.desk, self.preferences, made.recovery_key, self.unlock)
        self.show_shell(made.desk)

    def _on_new(self, folder: Path) -> None:
        from regional_desk.desktop.new_office import NewOfficeDialog  # after the first window stood

        made = NewOfficeDialog.ask(self.unlock, folder)
        if made is not None:
            self.preferences.add_recent(made.desk.store.folder)
            self._on_created(made)

    def _on_other(self) -> None:
        """Somebody else wants in: this person's window closes, and the first one comes."""
        folder = self.shell.desk.store.folder
        self.lock.lift()
        self.shell.close()
        self.shell.deleteLater()
        self.shell = None
        self.show_unlock(folder)


def run_desktop() -> int:
    """Run the desktop until its last window closes; return the exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Regional Desk")
    application.setStyle("Fusion")
    crash.install()
    desktop = Desktop(application, Preferences())
    window = desktop.show_unlock()
    window.opened.connect(lambda _desk: QTimer.singleShot(_SETTLED, settle_collector))
    return application.exec()


def settle_collector() -> None:
    """Keep the garbage collector off what stays until the end: modules, forms and styles.

    Without it each large list that is read makes the collector look through all of them again, up to a quarter of the
    time; garbage that comes later is still found.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def _folder_from_environment() -> Path | None:
    chosen = os.environ.get("REGIONAL_DESK_STORE")
    return Path(chosen) if chosen else None


def _open(folder: Path, user: str, secret: str, how: str) -> Any:
    from regional_desk.domain.clock import SystemClock
    from regional_desk.services.safety import opening  # the store's libraries, already warm

    if how == RECOVERY:
        return opening.open_with_recovery_key(folder, secret, SystemClock())
    if how == LOOKING:
        return opening.open_read_only(folder, user, secret, SystemClock())
    return opening.open_office(folder, user, secret, SystemClock())


def _practice(folder: Path, user: str, secret: str) -> Any:
    from regional_desk.services.practice.practice import make_practice_office

    return make_practice_office(folder, user, secret or "practice-office")


def _borrow(file: Path, into: Path, user: str, secret: str) -> Any:
    from regional_desk.domain.clock import SystemClock
    from regional_desk.services.attendance import lent_copies

    return lent_copies.open_pack(file, secret, into, user, SystemClock())


def _restore(file: Path, into: Path, user: str, secret: str, by_recovery: bool) -> Any:
    from regional_desk.domain.clock import SystemClock
    from regional_desk.services.safety import backups

    return backups.restore(file, into, user, secret, SystemClock(), recovery=by_recovery)
