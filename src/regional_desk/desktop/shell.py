"""The main window: navigation, top and bottom lines, and the pages.

How to add a page
-----------------
1. `ui/<subject>_page.ui` or plain layouts: a QWidget in `desktop/<subject>/page.py` whose constructor takes the
   `Context` and nothing else. Build the frame with `parts.page_layout(self, [parts.title("제목"), None, buttons])`.
2. It has two methods (`Page` below):
   `refresh()` reads from services and shows; called each time the page comes to the front, so it must write nothing;
   `concerned(subjects)` tells whether a change of these subjects touches what is shown; then `refresh` is called.
   A page that other pages lead to has `go_to(**where)` as well; `context.open_page("people", person=id)` ends there.
3. One `PageSpec` in `pages.PAGES`; its `make` imports the page on first use. Its place there is its place in the
   navigation and gives it Alt+1 … Alt+9, Alt+0. A subject that is not built yet has no line. A page that another one
   leads to names that one in `under` and has no line of its own; the search finds it by its title.

What a page uses
----------------
- `context.desk` for services; they raise `UserError`: show it with a `parts.Notice` on the page, never in a dialog.
  Catch nothing else: a bug belongs to `crash`.
- `context.jobs.start(work, title, succeeded=…, refused=…)` for anything longer than a blink; `start_counted` gives
  `work` a function to report progress through, and the status line a button that stops it.
- `tables.Table` for every list, `parts` for buttons and states: a state has a word or sign, never colour alone.
- `context.theme.size(pixels)` for lengths, `context.colour("bad")` for colours drawn by hand, so that 200 % and dark
  need no work. `context.masking.show_name(…)` for whatever names a person; people are read from `context.reading`,
  which is the desk as guests may see it in 손님 모드 (Ctrl+Shift+G), where every text on screen is masked.
- The window says by itself that something was saved (`Desk.on_change`); nothing opens a dialog to say all went well.
- Counters beside the names come from the lines of 오늘 (`today/due.py`): a page that has work waiting adds a line there.

The window holds navigation only: what a page can do belongs to the page.
"""

from __future__ import annotations

import datetime as dt
import linecache
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QMenu, QScrollArea, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.keeper import BackupKeeper
from regional_desk.desktop.banners import Banners
from regional_desk.desktop.finder import OfficeFinder
from regional_desk.desktop.forms.ui_shell import Ui_Shell
from regional_desk.desktop.jobs import Job, Jobs
from regional_desk.desktop.navigation import NavigationButton
from regional_desk.desktop.overview import Overview, read_overview
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.tables import Table
from regional_desk.desktop.theme import Scheme, Theme
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Role
from regional_desk.errors import UserError
from regional_desk.services.desk import Change, Desk
from regional_desk.services.safety import accounts, backups, logs, retention

_PERCENTS = (100, 125, 150, 175, 200)
_IDLE = "진행 중인 일 없음"
_CHECK_AFTER = 2000  # milliseconds: the first page comes first
_PAUSE = 800  # milliseconds without a change before the counters are read again: never between two keys
_NAVIGATION, _SEARCH = 150, 380
_LARGE = 150  # percent from which a small screen has room for the short words only
_PRACTICE = ("연습용 — 실제 자료가 아닙니다", "연습용")
_LENT = ("대출본 — 빌려 온 반", "대출본")


class Page(Protocol):
    """What the shell asks of a page."""

    def refresh(self) -> None:
        """Read again and show."""

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Whether a change of these subjects touches the page."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page; `make` imports it on first use. One reached from another stands on that one's line: `under` is its key."""

    key: str
    title: str
    make: Callable[[Context], QWidget]
    under: str = ""


class Context:
    """What a page is given: the desk, the look, jobs, and the way to other pages."""

    def __init__(self, desk: Desk, theme: Theme, preferences: Preferences, jobs: Jobs, shell: Shell) -> None:
        self.desk, self.theme, self.preferences, self.jobs = desk, theme, preferences, jobs
        self._shell = shell

    @property
    def masking(self) -> Masking:
        """Full, or masked while guests look on and for roles that only look."""
        return self.reading.masking

    @property
    def reading(self) -> Desk:
        """The desk to read people from: what it hands out is masked already while guests look on."""
        return self.desk.for_guests() if self._shell.guests else self.desk

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

    def __init__(self, desk: Desk, theme: Theme, preferences: Preferences, first: str = "") -> None:
        """`first` is the page in front, without it the first of the navigation."""
        super().__init__()
        from regional_desk.desktop.pages import pages_of  # pages know the shell

        self.desk, self.theme, self.preferences = desk, theme, preferences
        self.guests = False
        self.jobs = Jobs(self)
        self._quiet = Jobs(self)  # reads the counters; nothing to tell a person about
        self.context = Context(desk, theme, preferences, self.jobs, self)
        self._specs = pages_of(desk)
        self._pages: dict[str, QWidget] = {}
        self._lines: dict[str, NavigationButton] = {}
        self._front = ""
        self.banners = Banners()
        self.ui = Ui_Shell()
        self.ui.setupUi(self)
        self.setWindowTitle(f"{desk.office.name} — Regional Desk")
        self.resize(1366, 768)
        self._fill()
        self._greet()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._check = QTimer(self, singleShot=True, interval=_CHECK_AFTER)
        self._keeper = BackupKeeper(desk, self.jobs, self)
        self._keeper.told.connect(lambda text, _tone: self.banners.tell(f"! {text}"))
        self._keeper.kept.connect(lambda _done: self._pause.start())
        self._connect()
        self.open_page(first or self._specs[0].key)
        self._pause.start()
        self._check.start()

    def open_page(self, key: str, **where: Any) -> None:
        """Show a page, made on first use, and go to a place on it."""
        page = self._pages.get(key)
        spec = next(spec for spec in self._specs if spec.key == key)
        if page is None:
            page = self._pages[key] = spec.make(self.context)
            self.ui.stack.addWidget(_room(page))
            linecache.clearcache()  # Qt's binding reads each imported module's source, and never lets go of it
        self._front = key
        self.ui.stack.setCurrentIndex(list(self._pages).index(key))
        self._lines[spec.under or key].setChecked(True)
        cast("Page", page).refresh()
        if where:
            cast("Any", page).go_to(**where)
        page.setFocus()

    def current_page(self) -> QWidget | None:
        """The page in front."""
        return self._pages.get(self._front)

    def page(self, key: str) -> QWidget | None:
        """A page that was already made."""
        return self._pages.get(key)

    def show_saved(self, at: dt.datetime) -> None:
        """`● 14:03:22 저장됨`."""
        parts.set_tone(self.ui.saved, f"● {at:%H:%M:%S} 저장됨", "ok")

    def rest(self) -> None:
        """Let work under way end and begin nothing more."""
        self._pause.stop()
        self._check.stop()
        self._keeper.stop()
        self.jobs.wait()
        self._quiet.wait()
        if self._tell_change in self.desk.on_change:
            self.desk.on_change.remove(self._tell_change)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let work under way end, then let the store go."""
        self.rest()
        self.desk.store.close()
        super().closeEvent(event)

    def _fill(self) -> None:
        ui, actor = self.ui, self.desk.actor
        ui.office.setText(self.desk.office.name)
        self._mark = _LENT if self.desk.lent else _PRACTICE
        ui.practice.setVisible(self.desk.office.practice or self.desk.lent is not None)
        ui.practice.setToolTip(self._mark[0])
        roles = sorted(actor.roles, key=list(Role).index)
        more = f" 외 {len(roles) - 1}" if len(roles) > 1 else ""
        self._who = (f"{roles[0].label}{more} · {actor.login}" if roles else actor.login, actor.login)
        ui.who.setToolTip("\n".join((actor.name, *(role.label for role in roles))))
        lines = [spec for spec in self._specs if not spec.under]
        for number, spec in enumerate(lines, start=1):
            keys = f"Alt+{number % 10}"
            line = self._lines[spec.key] = NavigationButton(spec.title, keys)
            line.clicked.connect(lambda _on=False, key=spec.key: self.open_page(key))
            QShortcut(QKeySequence(keys), self, lambda key=spec.key: self.open_page(key))
            ui.subjects.insertWidget(number - 1, line)
        ui.work.setObjectName("muted")
        ui.cancel.hide()
        ui.backup.hide()
        parts.set_tone(ui.saved, "● 모두 저장됨", "ok")
        sizes = QMenu(ui.percent)
        for percent in _PERCENTS:
            sizes.addAction(f"글자 {percent}%", partial(self._set_percent, percent))
        ui.percent.setMenu(sizes)
        self._measure()

    def _greet(self) -> None:
        """What the person should know on opening: failed logins, an unclean end, read only, new accounts."""
        self.ui.lines.insertWidget(1, self.banners)
        for line in self.desk.greetings:
            self.banners.tell(line)
        notices = accounts.notices(self.desk)
        if notices:
            see = partial(accounts.acknowledge, self.desk, notices[-1].line)
            self.banners.tell("\n".join(one.message for one in notices), closing="확인했습니다", closed=see)

    def _connect(self) -> None:
        ui = self.ui
        ui.guests.clicked.connect(self._on_guests)
        ui.lock.clicked.connect(self.locked)
        ui.scheme.clicked.connect(self._on_scheme)
        ui.cancel.clicked.connect(self._on_cancel)
        commands = {"잠금": self.locked.emit, "손님 모드": self._on_guests, "밝게/어둡게": self._on_scheme}
        self._finder = OfficeFinder(self.context, self._specs, commands)
        ui.search.finder = self._finder
        ui.search.left.connect(self._focus_page)
        ui.search.rested.connect(self._finder.note)
        for keys, slot in (
            ("Ctrl+L", self.locked.emit),
            ("Ctrl+Shift+G", self._on_guests),
            ("Ctrl+K", self._on_search),
            ("Ctrl+=", lambda: self._step_percent(1)),
            ("Ctrl+-", lambda: self._step_percent(-1)),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        self.changed.connect(self._on_changed)
        self.desk.on_change.append(self._tell_change)
        self.jobs.started.connect(self._on_job_started)
        self._pause.timeout.connect(self._read_overview)
        self._check.timeout.connect(self._check_logs)

    def _measure(self) -> None:
        self.ui.navigation.setFixedWidth(self.theme.size(_NAVIGATION))
        self.ui.search.setMaximumWidth(self.theme.size(_SEARCH))
        short = self.theme.percent >= _LARGE
        self.ui.practice.setText(self._mark[short])
        self.ui.who.setText(self._who[short])
        self.ui.percent.setText(f"글자 {self.theme.percent}%")

    def _tell_change(self, change: Change) -> None:
        """A write may end in a job's thread; the signal brings it to the window's."""
        self.changed.emit(change)

    def _on_changed(self, change: Change) -> None:
        self.show_saved(change.at)
        self._pause.start()
        if change.subjects != {"attendance"}:
            self._finder.forget()
        page = self.current_page()
        if page is not None and cast("Page", page).concerned(change.subjects):
            cast("Page", page).refresh()

    def _read_overview(self) -> None:
        if self._quiet.running:
            self._pause.start()
            return
        self._quiet.start(
            lambda: read_overview(self.desk),
            "할 일",
            succeeded=self._show_overview,
            refused=lambda _error: None,  # whoever may not see the office has no counters
        )

    def _check_logs(self) -> None:
        """Both logs, the control totals and the clock, once a start, beside the window."""
        self._quiet.start(
            lambda: (*logs.verify_start(self.desk), *_overdue(self.desk)),
            "기록 확인",
            succeeded=self._tell_check,
            refused=self._tell_unchecked,
        )

    def _tell_check(self, told: tuple[str, ...]) -> None:
        for line in told:
            self.banners.tell(line)

    def _tell_unchecked(self, error: UserError) -> None:
        self.banners.tell(f"! 기록을 확인하지 못했습니다: {error.message}")

    def _show_overview(self, overview: Overview) -> None:
        for key, line in self._lines.items():
            here = {spec.key for spec in self._specs if key in (spec.key, spec.under)}
            line.show_waiting(overview.of(here))
        made = overview.backup
        text = f"백업 {made.month}/{made.day} {made:%H:%M} (검증됨)" if made else "! 백업 없음"
        parts.set_tone(self.ui.backup, text, "quiet" if made else "warn")

    def _on_job_started(self, job: Job) -> None:
        job.progressed.connect(lambda done, total: self.ui.work.setText(f"{job.title} {done}/{total}"))
        job.ended.connect(self._show_work)
        self._show_work()

    def _show_work(self) -> None:
        running = self.jobs.running
        more = f" 외 {len(running) - 1}건" if len(running) > 1 else ""
        self.ui.work.setText(f"{running[-1].title} 중…{more}" if running else _IDLE)
        self.ui.cancel.setEnabled(True)
        self.ui.cancel.setVisible(any(job.cancellable for job in running))

    def _on_cancel(self) -> None:
        for job in self.jobs.running:
            if job.cancellable:
                job.cancel()
        self.ui.cancel.setEnabled(False)
        self.ui.work.setText("멈추는 중…")

    def _on_search(self) -> None:
        self.ui.search.setFocus()
        self.ui.search.selectAll()

    def _focus_page(self) -> None:
        page = self.current_page()
        if page is not None:
            page.setFocus()

    def _on_guests(self) -> None:
        self.guests = not self.guests
        self.ui.guests.setChecked(self.guests)
        self.ui.guests.setText("손님 모드 켜짐" if self.guests else "손님 모드")
        self.setProperty(parts.GUESTS, self.guests)
        if self.guests:
            self._clear_traces()
        self._refresh()

    def _clear_traces(self) -> None:
        """What was typed, told or copied before the guests came may name somebody."""
        for notice in self.findChildren(parts.Notice):
            notice.hide()
        for line in (self.ui.search, *(table.filter for table in self.findChildren(Table))):
            line.clear()
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()

    def _on_scheme(self) -> None:
        scheme = Scheme.LIGHT if self.theme.scheme is Scheme.DARK else Scheme.DARK
        self.theme.apply(scheme)
        self.preferences.set("scheme", scheme.value)
        self._refresh()

    def _step_percent(self, step: int) -> None:
        at = _PERCENTS.index(self.theme.percent) if self.theme.percent in _PERCENTS else 0
        self._set_percent(_PERCENTS[min(max(0, at + step), len(_PERCENTS) - 1)])

    def _set_percent(self, percent: int) -> None:
        self.theme.apply(percent=percent)
        self.preferences.set("percent", percent)
        self._measure()
        self._refresh()

    def _refresh(self) -> None:
        cast("Page", self.current_page()).refresh()


def _room(page: QWidget) -> QScrollArea:
    """A page may be larger than a small screen at 200 %: then it scrolls instead of pushing the window off it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


def _overdue(desk: Desk) -> tuple[str, ...]:
    """What is to be said of backups that are missing for too long, and of people a backup brought back."""
    state = backups.state(desk)
    late = state.sentences if state.overdue_days else ()
    return tuple(f"! {sentence}" for sentence in (*late, *retention.returned_words(desk)))
