"""Locks the open office without closing it: every window is covered, and an unfinished form is there afterwards.

The keys stay in the program's memory meanwhile, or work under way could not go on; the manual says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.forms.ui_lock_screen import Ui_LockScreen
from regional_desk.desktop.jobs import Jobs
from regional_desk.errors import UserError
from regional_desk.services.safety import accounts

if TYPE_CHECKING:
    from regional_desk.desktop.shell import Shell


class Cover(QWidget):
    """An opaque sheet over one window; it follows the window's size."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = QLabel("잠겨 있습니다")
        words.setObjectName("title")
        layout = QVBoxLayout(self)
        layout.addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(QRect(watched.rect()))
        return super().eventFilter(watched, event)


class LockScreen(QWidget):
    """Asks the same person for the password again; above every dialog that was open."""

    released = Signal()
    other_wanted = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, Qt.WindowType.Window)  # no dialog's child: that may end meanwhile
        self.ui = Ui_LockScreen()
        self.ui.setupUi(self)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._desk = shell.desk
        self._jobs = Jobs(self)
        self._leaving = False
        self.ui.user.setText(f"{shell.desk.actor.name} ({shell.desk.actor.login})")
        self.ui.unlock.setProperty("primary", True)
        self.ui.message.hide()
        self.ui.unlock.clicked.connect(self._on_unlock)
        self.ui.password.returnPressed.connect(self._on_unlock)
        self.ui.other.clicked.connect(self.other_wanted)
        self.setGeometry(shell.geometry())

    def go(self) -> None:
        """Close for good."""
        self._leaving = True
        self._jobs.wait()
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only the password takes it away."""
        event.setAccepted(self._leaving)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape does not unlock."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def _on_unlock(self) -> None:
        secret = self.ui.password.text()
        self.ui.unlock.setEnabled(False)
        self._jobs.start(
            lambda: accounts.confirm_password(self._desk, secret),
            "잠금 풀기",
            succeeded=lambda _done: self.released.emit(),
            refused=self._on_refused,
        )

    def _on_refused(self, error: UserError) -> None:
        self.ui.unlock.setEnabled(True)
        parts.set_tone(self.ui.message, f"! {error.message}", "bad")
        self.ui.password.selectAll()
        self.ui.password.setFocus()


class Lock(QObject):
    """Covers the windows of an open office and uncovers them again."""

    other_wanted = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._covers: list[Cover] = []
        self._focus: QWidget | None = None
        self.screen: LockScreen | None = None

    def engage(self) -> None:
        """Cover every window, forget what was copied, ask for the password."""
        if self.screen is not None:
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self._focus = QApplication.focusWidget()
        accounts.note_lock(self._shell.desk)
        self.screen = LockScreen(self._shell)
        self.screen.released.connect(self._on_released)
        self.screen.other_wanted.connect(self.other_wanted)
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one while windows are
        self.screen.showMaximized() if self._shell.isMaximized() else self.screen.show()
        self.screen.activateWindow()
        self.screen.ui.password.setFocus()

    def lift(self) -> None:
        """Take the covers away."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        for cover in self._covers:
            cover.hide()
            cover.deleteLater()
        self._covers = []
        if self.screen is not None:
            self.screen.go()
            self.screen = None
        if self._focus is not None:
            self._focus.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that opens while nobody is there is covered as well."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._cover(watched)
        return super().eventFilter(watched, event)

    def _cover(self, window: QWidget) -> None:
        covered = {cover.parentWidget() for cover in self._covers}
        if window is not self.screen and window not in covered:
            self._covers.append(Cover(window))

    def _on_released(self) -> None:
        self.lift()
        accounts.note_unlock(self._shell.desk)
        self._shell.activateWindow()
