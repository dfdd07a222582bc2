"""The first window: choose the office, say who you are, open it.

Only QtCore, QtGui, QtWidgets and small standard modules are imported here; a thread imports the rest after the
first paint, so the window stands before the store's libraries are read.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from regional_desk.desktop.forms.ui_unlock_window import Ui_UnlockWindow
from regional_desk.desktop.jobs import Jobs
from regional_desk.desktop.preferences import Preferences
from regional_desk.errors import DiskFull, StoreBusy, StoreReadOnly, UserError

_LATER = (
    "sqlcipher3.dbapi2",
    "argon2.low_level",
    "cryptography.hazmat.primitives.ciphers.aead",
    "sqlalchemy",
    "regional_desk.services.safety.opening",
    "regional_desk.desktop.shell",
    "regional_desk.desktop.today.page",
)
KEYS_FILE = "keyslots.json"
_BACKUPS = ".rdbackup"
_LENT = ".rdlent"
PASSWORD, RECOVERY, LOOKING = "password", "recovery", "looking"  # how the office is opened
Opener = Callable[[Path, str, str, str], Any]  # folder, user, password or recovery key, how -> Desk
Maker = Callable[[Path, str, str], Any]  # folder, user, password -> Created
Restorer = Callable[
    [Path, Path, str, str, bool], Any
]  # backup, folder, user, password or recovery key, by recovery key -> Restored


Borrower = Callable[[Path, Path, str, str], Any]  # file of a lent class, folder, user, its password -> Desk


class _Warmer(QRunnable):
    def run(self) -> None:
        """Import what unlocking needs."""
        for name in _LATER:
            importlib.import_module(name)


class UnlockWindow(QWidget):
    """Asks for folder, user and password; emits the open desk."""

    opened = Signal(object)
    created = Signal(object)  # a new office with its recovery key
    new_wanted = Signal(Path)

    def __init__(
        self,
        preferences: Preferences,
        opener: Opener,
        practice: Maker,
        restorer: Restorer,
        borrower: Borrower,
        *,
        folder: Path | None = None,
        parent: QObject | None = None,  # noqa: ARG002 - a window of its own
    ) -> None:
        super().__init__()
        self.ui = Ui_UnlockWindow()
        self.ui.setupUi(self)
        self.setObjectName("page")
        self.resize(760, 520)
        self._preferences, self._opener, self._practice = preferences, opener, practice
        self._restorer, self._borrower = restorer, borrower
        self._jobs = Jobs(self)
        self._painted = False
        self.ui.unlock.setProperty("primary", True)
        self.ui.message.setVisible(False)
        self.ui.folder.addItems(preferences.recent())
        if folder is not None:
            self.ui.folder.setEditText(str(folder))
        self.ui.folder.editTextChanged.connect(self._on_folder_changed)
        self.ui.browse.clicked.connect(self._on_browse)
        self.ui.unlock.clicked.connect(self._on_unlock)
        self.ui.password.returnPressed.connect(self._on_unlock)
        self.ui.practice.clicked.connect(self._on_practice)
        self.ui.restore.clicked.connect(self._on_restore)
        self.ui.borrow.clicked.connect(self._on_borrow)
        self.ui.look.clicked.connect(lambda: self._open(LOOKING))
        self.ui.look.hide()
        self.ui.create.clicked.connect(lambda: self.new_wanted.emit(self.folder()))
        self.ui.recovery.toggled.connect(self._on_recovery)
        self._on_folder_changed()
        self.ui.password.setFocus()

    def folder(self) -> Path:
        """The chosen folder."""
        return Path(self.ui.folder.currentText().strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """After the first paint the heavy libraries come in beside the window."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, lambda: QThreadPool.globalInstance().start(_Warmer()))

    def show_error(self, error: UserError) -> None:
        """Say what happened, under the fields."""
        self._say(f"! {error.message}", "bad")
        self.ui.password.selectAll()
        self.ui.password.setFocus()

    def _say(self, text: str, tone: str) -> None:
        label = self.ui.message
        label.setText(text)
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)
        label.setVisible(bool(text))

    def _on_folder_changed(self) -> None:
        """Offer the people who have a key to this folder."""
        current = self.ui.user.currentText()
        self.ui.user.clear()
        self.ui.user.addItems(_logins(self.folder()))
        if current:
            self.ui.user.setEditText(current)

    def _on_browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "사무소 폴더", self.ui.folder.currentText())
        if chosen:
            self.ui.folder.setEditText(chosen)

    def _on_recovery(self, on: bool) -> None:
        self.ui.passwordLabel.setText("복구 키(&P)" if on else "비밀번호(&P)")
        mode = self.ui.password.EchoMode
        self.ui.password.setEchoMode(mode.Normal if on else mode.Password)
        self.ui.user.setEnabled(not on)
        self.ui.password.setFocus()

    def _on_unlock(self) -> None:
        self._open(RECOVERY if self.ui.recovery.isChecked() else PASSWORD)

    def _open(self, how: str) -> None:
        folder, user, secret = self.folder(), self.ui.user.currentText().strip(), self.ui.password.text()
        self._busy("여는 중입니다…")
        self._jobs.start(
            lambda: self._opener(folder, user, secret, how),
            "열기",
            succeeded=self._on_opened,
            refused=self._on_refused,
        )

    def _on_practice(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "연습용 사무소를 둘 빈 폴더")
        user, secret = self.ui.user.currentText().strip() or "user01", self.ui.password.text()
        if not chosen:
            return
        self._busy("연습용 사무소를 만드는 중입니다…")
        self._jobs.start(
            lambda: self._practice(Path(chosen), user, secret),
            "연습용 사무소",
            succeeded=self._on_created,
            refused=self._on_refused,
        )

    def restore(self, file: Path, into: Path) -> None:
        """Put a backup into a folder; user and password, or the recovery key, are those of the backup's time."""
        by_recovery = self.ui.recovery.isChecked()
        user, secret = self.ui.user.currentText().strip(), self.ui.password.text()
        self._busy("백업을 확인하고 되돌리는 중입니다…")
        self._jobs.start(
            lambda: self._restorer(file, into, user, secret, by_recovery),
            "되돌리기",
            succeeded=self._on_restored,
            refused=self._on_refused,
        )

    def _on_restore(self) -> None:
        named = self.ui.recovery.isChecked() or self.ui.user.currentText().strip()
        if not named or not self.ui.password.text():
            self._say("! 먼저 백업할 때의 사용자와 비밀번호를(또는 복구 키를) 적은 뒤 누르십시오.", "bad")
            return
        file, _ = QFileDialog.getOpenFileName(
            self, "백업 파일", self.ui.folder.currentText(), f"백업 (*{_BACKUPS})"
        )
        into = file and QFileDialog.getExistingDirectory(self, "되돌릴 폴더", self.ui.folder.currentText())
        if into:
            self.restore(Path(file), Path(into))

    def borrow(self, file: Path, into: Path) -> None:
        """Open a lent class in an empty folder; the password is the file's own, and then that of the folder."""
        user, secret = self.ui.user.currentText().strip() or "field", self.ui.password.text()
        self._busy("빌려 온 반을 여는 중입니다…")
        self._jobs.start(
            lambda: self._borrower(file, into, user, secret),
            "빌려 온 반 열기",
            succeeded=self._on_opened,
            refused=self._on_refused,
        )

    def _on_borrow(self) -> None:
        if not self.ui.password.text():
            self._say("! 먼저 빌려 온 파일의 비밀번호를 적은 뒤 누르십시오.", "bad")
            return
        start = self.ui.folder.currentText()
        file, _ = QFileDialog.getOpenFileName(self, "빌려 온 파일", start, f"반 대출 파일 (*{_LENT})")
        into = file and QFileDialog.getExistingDirectory(self, "대출본을 둘 빈 폴더", start)
        if into:
            self.borrow(Path(file), Path(into))

    def _on_restored(self, done: Any) -> None:
        self._rested()
        self.ui.folder.setEditText(str(done.folder))
        aside = f" 전에 있던 자료는 {done.aside}에 그대로 있습니다." if done.aside else ""
        self._say(f"되돌렸습니다: {done.backup.made_at:%Y-%m-%d %H:%M}의 백업.{aside} 이제 여십시오.", "ok")

    def _busy(self, text: str) -> None:
        self._say(text, "warn")
        self.setCursor(Qt.CursorShape.BusyCursor)
        for widget in self._buttons():
            widget.setEnabled(False)

    def _buttons(self) -> tuple[QPushButton, ...]:
        ui = self.ui
        return ui.unlock, ui.look, ui.practice, ui.create, ui.restore, ui.borrow

    def _rested(self) -> None:
        self.unsetCursor()
        for widget in self._buttons():
            widget.setEnabled(True)

    def _on_refused(self, error: UserError) -> None:
        self._rested()
        self.ui.look.setVisible(isinstance(error, (DiskFull, StoreBusy, StoreReadOnly)))
        self.show_error(error)

    def _on_opened(self, desk: Any) -> None:
        self._rested()
        self._say("", "")
        self.ui.password.clear()
        self._preferences.add_recent(desk.store.folder)
        self.opened.emit(desk)

    def _on_created(self, made: Any) -> None:
        self._preferences.add_recent(made.desk.store.folder)
        self._rested()
        self._say("", "")
        self.created.emit(made)


def _logins(folder: Path) -> list[str]:
    """Who has a key, read from the key file without opening anything."""
    try:
        slots = json.loads((folder / KEYS_FILE).read_text(encoding="utf-8"))["slots"]
        return [slot["login"] for slot in slots if slot["kind"] == "user"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
