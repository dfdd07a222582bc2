"""A real office with a month of data, and the window open on it."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything of Qt is imported

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.theme import Theme
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.people import Track
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.practice.practice import PracticeSize, make_practice_office
from regional_desk.services.recruitment import people
from regional_desk.services.safety import opening
from regional_desk.services.training import courses, memberships
from regional_desk.store import keys

FILES = Path(__file__).parents[1] / "data" / "office_files"
SETTINGS = opening.OfficeSettings(
    "경남권 사업단", "GN", "48", ("담당", "팀장", "단장"), {"Track1": 57, "Track2": 29}, 2026
)
LOGIN, PASSWORD = "user01", "password1"
OpenOffice = Callable[[Path], Desk]


@pytest.fixture(autouse=True)
def windows_gone(qapp: QCoreApplication) -> Iterator[None]:
    """Windows asked to be deleted go with their test; else each style sheet is applied to all of them again."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _clock() -> FixedClock:
    return FixedClock(dt.datetime(2026, 8, 31, 9, tzinfo=KST))


@pytest.fixture(scope="session")
def files() -> Path:
    """The files an office receives."""
    return FILES


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office without data, closed."""
    folder = tmp_path_factory.mktemp("empty") / "office"
    made = opening.new_office(folder, SETTINGS, LOGIN, PASSWORD, _clock(), keys.KdfCost(1, 8192, 1))
    made.desk.store.close()
    return folder


@pytest.fixture(scope="session")
def month_folder(tmp_path_factory: pytest.TempPathFactory, empty_folder: Path) -> Path:
    """An office after its first month, closed: applicants, companies, a course with its attendance."""
    folder = tmp_path_factory.mktemp("month") / "office"
    shutil.copytree(empty_folder, folder)
    desk = opening.open_office(folder, LOGIN, PASSWORD, _clock())
    for kind in ("applicants", "companies"):
        imports.commit(desk, imports.open_file(desk, kind, FILES / f"{kind}.xlsx"))
    course = courses.add_course(
        desk, "Track1 3기", Track.TRACK1, dt.date(2026, 8, 3), dt.date(2026, 8, 28)
    ).course.id
    expected = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
    members = [people.find_person(desk, key) for key in expected["attendance"]]
    memberships.enrol(desk, course, members, direct_reason="서류 확인 완료")
    imports.commit(desk, imports.open_file(desk, "attendance", FILES / "attendance.xlsx"), course)
    desk.store.close()
    return folder


@pytest.fixture
def open_copy(tmp_path: Path) -> Iterator[OpenOffice]:
    """Opens a copy of an office that a test may change."""
    opened: list[Desk] = []

    def open_one(folder: Path) -> Desk:
        copied = tmp_path / f"office{len(opened)}"
        shutil.copytree(folder, copied)
        opened.append(opening.open_office(copied, LOGIN, PASSWORD, _clock()))
        return opened[-1]

    yield open_one
    for desk in opened:
        desk.store.close()


@pytest.fixture
def office(open_copy: OpenOffice, month_folder: Path) -> Desk:
    """An office after its first month; the clock stands at 2026-08-31 09:00."""
    return open_copy(month_folder)


@pytest.fixture
def empty_office(open_copy: OpenOffice, empty_folder: Path) -> Desk:
    """A new office without data."""
    return open_copy(empty_folder)


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice office that lived until the middle of August, closed."""
    folder = tmp_path_factory.mktemp("practice") / "office"
    size = PracticeSize(until=dt.date(2026, 8, 14))
    made = make_practice_office(folder, LOGIN, PASSWORD, size, cost=keys.KdfCost(1, 8192, 1))
    made.desk.store.close()
    return folder


@pytest.fixture
def practice(open_copy: OpenOffice, practice_folder: Path) -> Desk:
    """The practice office on 2026-08-25, a class under way and its newest days not recorded."""
    desk = open_copy(practice_folder)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(dt.datetime(2026, 8, 25, 14, tzinfo=KST))
    return desk


@pytest.fixture
def make_shell(
    qtbot: QtBot,
    qapp: object,
    tmp_path: Path,
    open_copy: OpenOffice,  # so that the windows come to rest before their offices close
) -> Iterator[Callable[[Desk], Shell]]:
    """Shows the window of a desk, on a page that reads little: 오늘 reads everything, for hundreds of tests."""
    from PySide6.QtWidgets import QApplication

    shells: list[Shell] = []

    def make(desk: Desk) -> Shell:
        assert isinstance(qapp, QApplication)
        theme = Theme(qapp)
        theme.apply()
        first = "import" if desk.lent is None else ""
        shell = Shell(desk, theme, Preferences(tmp_path / "desktop.json"), first)
        shells.append(shell)
        qtbot.addWidget(shell)
        shell.show()
        return shell

    yield make
    for shell in shells:
        shell.rest()


@pytest.fixture
def shell(make_shell: Callable[[Desk], Shell], office: Desk) -> Shell:
    """The window of an office after its first month."""
    return make_shell(office)


@pytest.fixture
def desk(office: Desk) -> Desk:
    """The desk the window shows."""
    return office


@pytest.fixture
def office_folder(tmp_path: Path, month_folder: Path) -> Path:
    """A closed copy of the office after its first month."""
    return Path(shutil.copytree(month_folder, tmp_path / "closed"))


@pytest.fixture
def at_size(shell: Shell) -> Callable[[int], None]:
    """Sets the text size in percent."""

    def apply(percent: int) -> None:
        shell.theme.apply(percent=percent)

    return apply
