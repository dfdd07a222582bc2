"""The main window: navigation, top and bottom lines, and the pages.

To add a page: write a QWidget whose constructor takes a `Context`, with `refresh()` (read again; called when it
is shown) and `concerned(subjects)` (whether a change touches what it shows); add one `PageSpec` to PAGES.
The window holds navigation only; a page talks to services through `context.desk` and opens other pages through
`context.open_page(key, **where)`, which ends in the page's `go_to(**where)`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.jobs import Job, Jobs
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.theme import Scheme, Theme
from regional_desk.domain.masking import Masking
from regional_desk.services.desk import Change, Desk

_PERCENTS = (100, 125, 150, 175, 200)


class Page(Protocol):
    """What the shell asks of a page."""

    def refresh(self) -> None:
        """Read again and show."""

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Whether a change of these subjects touches the page."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page of the navigation; `make` imports it on first use."""

    key: str
    title: str
    make: Callable[[Context], QWidget]


class Context:
    """What a page is given: the desk, the look, jobs, and the way to other pages."""

    def __init__(self, desk: Desk, theme: Theme, preferences: Preferences, jobs: Jobs, shell: Shell) -> None:
        self.desk, self.theme, self.preferences, self.jobs = desk, theme, preferences, jobs
        self._shell = shell

    @property
    def masking(self) -> Masking:
        """Full, or masked while guests look on."""
        return Masking.MASKED if self._shell.guests else Masking.FULL

    def colour(self, token: str) -> str:
        """A colour of the scheme in force."""
        return str(getattr(self.theme.tokens, token))

    def open_page(self, key: str, **where: Any) -> None:
        """Go to another page, and there to a place."""
        self._shell.open_page(key, **where)

    def saved(self, at: dt.datetime) -> None:
        """Say below that something was saved."""
        self._shell.show_saved(at)


class Shell(QMainWindow):
    """The open office."""

    locked = Signal()
    changed = Signal(object)

    def __init__(self, desk: Desk, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        from regional_desk.desktop.pages import PAGES  # pages know the shell

        self.desk, self.theme, self.preferences = desk, theme, preferences
        self.guests = False
        self.jobs = Jobs(self)
        self.context = Context(desk, theme, preferences, self.jobs, self)
        self._specs = PAGES
        self._pages: dict[str, QWidget] = {}
        self._buttons: dict[str, QPushButton] = {}
        self.setWindowTitle(f"{desk.office.name} — Regional Desk")
        self.resize(1366, 768)
        self._stack = QStackedWidget()
        self._build()
        self.changed.connect(self._on_changed)
        desk.on_change.append(self._tell_change)
        self.jobs.started.connect(self._on_job_started)
        self.open_page(self._specs[0].key)

    def open_page(self, key: str, **where: Any) -> None:
        """Show a page, made on first use, and go to a place on it."""
        page = self._pages.get(key)
        if page is None:
            spec = next(spec for spec in self._specs if spec.key == key)
            page = self._pages[key] = spec.make(self.context)
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._buttons[key].setChecked(True)
        cast("Page", page).refresh()
        if where:
            cast("Any", page).go_to(**where)
        page.setFocus()

    def current_page(self) -> QWidget | None:
        """The page in front."""
        return self._stack.currentWidget()

    def page(self, key: str) -> QWidget | None:
        """A page that was already made."""
        return self._pages.get(key)

    def show_saved(self, at: dt.datetime) -> None:
        """`● 14:03:22 저장됨`."""
        parts.set_tone(self._saved, f"● {at:%H:%M:%S} 저장됨", "ok")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let work under way end, then let the store go."""
        self.jobs.wait()
        if self._tell_change in self.desk.on_change:
            self.desk.on_change.remove(self._tell_change)
        self.desk.store.close()
        super().closeEvent(event)

    def _build(self) -> None:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._navigation())
        middle.addWidget(self._stack, 1)
        layout.addWidget(self._topbar())
        layout.addLayout(middle, 1)
        layout.addWidget(self._statusbar())
        self.setCentralWidget(whole)

    def _topbar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("topbar")
        office = QLabel(self.desk.office.name)
        office.setObjectName("office")
        practice = QLabel("연습용 — 실제 자료가 아닙니다")
        practice.setObjectName("practice")
        practice.setVisible(self.desk.office.practice)
        roles = "·".join(sorted(role.label for role in self.desk.actor.roles))
        who = QLabel(self.desk.actor.login)
        who.setToolTip(roles)
        self._guest_button = parts.button(
            "손님 모드", self._on_guests, tip="이름·연락처·계좌를 가립니다 (Ctrl+Shift+G)"
        )
        self._guest_button.setCheckable(True)
        look = parts.button("밝게/어둡게", self._on_scheme)
        lock = parts.button("잠금", self.locked.emit, tip="Ctrl+L")
        line = parts.row(office, practice, None, who, self._guest_button, look, lock)
        line.setContentsMargins(16, 8, 16, 8)
        bar.setLayout(line)
        for keys, slot in (("Ctrl+L", self.locked.emit), ("Ctrl+Shift+G", self._on_guests)):
            QShortcut(QKeySequence(keys), self, slot)
        return bar

    def _navigation(self) -> QWidget:
        side = QWidget()
        side.setObjectName("navigation")
        side.setFixedWidth(self.theme.size(150))
        layout = QVBoxLayout(side)
        layout.setContentsMargins(8, 10, 8, 10)
        layout.setSpacing(2)
        for number, spec in enumerate(self._specs, start=1):
            made = QPushButton(spec.title)
            made.setObjectName("nav")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setToolTip(f"Alt+{number % 10}")
            made.clicked.connect(lambda _on=False, key=spec.key: self.open_page(key))
            QShortcut(QKeySequence(f"Alt+{number % 10}"), self, lambda key=spec.key: self.open_page(key))
            self._buttons[spec.key] = made
            layout.addWidget(made)
        layout.addStretch(1)
        return side

    def _statusbar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("statusbar")
        self._saved, self._work = QLabel(), QLabel("진행 중인 일 없음")
        self._saved.setAccessibleName("저장 상태")
        self._work.setObjectName("muted")
        self._percent = parts.button(f"글자 {self.theme.percent}%", self._on_percent)
        line = parts.row(self._saved, None, self._work, self._percent)
        line.setContentsMargins(16, 4, 16, 4)
        bar.setLayout(line)
        return bar

    def _tell_change(self, change: Change) -> None:
        """A write may end in a job's thread; the signal brings it to the window's."""
        self.changed.emit(change)

    def _on_changed(self, change: Change) -> None:
        self.show_saved(change.at)
        page = self._stack.currentWidget()
        if page is not None and cast("Page", page).concerned(change.subjects):
            cast("Page", page).refresh()

    def _on_job_started(self, job: Job) -> None:
        self._work.setText(f"{job.title} 중…")
        job.progressed.connect(lambda done, total: self._work.setText(f"{job.title} {done}/{total}"))
        job.ended.connect(lambda: self._work.setText("진행 중인 일 없음"))

    def _on_guests(self) -> None:
        self.guests = not self.guests
        self._guest_button.setChecked(self.guests)
        self._guest_button.setText("손님 모드 켜짐" if self.guests else "손님 모드")
        self._refresh()

    def _on_scheme(self) -> None:
        scheme = Scheme.LIGHT if self.theme.scheme is Scheme.DARK else Scheme.DARK
        self.theme.apply(scheme)
        self.preferences.set("scheme", scheme.value)
        self._refresh()

    def _on_percent(self) -> None:
        at = _PERCENTS.index(self.theme.percent) if self.theme.percent in _PERCENTS else 0
        self.theme.apply(percent=_PERCENTS[(at + 1) % len(_PERCENTS)])
        self.preferences.set("percent", self.theme.percent)
        self._percent.setText(f"글자 {self.theme.percent}%")
        side = self.findChild(QWidget, "navigation", Qt.FindChildOption.FindChildrenRecursively)
        if side is not None:
            side.setFixedWidth(self.theme.size(150))
        self._refresh()

    def _refresh(self) -> None:
        cast("Page", self._stack.currentWidget()).refresh()
