"""An office with a real month in it, made once and copied for each test that changes it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.people import Track
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.recruitment import people
from regional_desk.services.safety import opening
from regional_desk.services.safety.opening import OfficeSettings
from regional_desk.services.training import courses, memberships
from regional_desk.store.keys import KdfCost

FILES = Path(__file__).parent / "data" / "office_files"
LOGIN, PASSWORD = "user01", "correct-horse"
CHEAP = KdfCost(1, 8 * 1024, 1)  # the cost is kept in the slot, so opening is as cheap
MONTH_END = dt.datetime(2026, 8, 31, 17, tzinfo=KST)


@pytest.fixture(scope="session")
def expected() -> dict[str, Any]:
    """What the office's files mean."""
    found: dict[str, Any] = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def clock() -> FixedClock:
    """The last working hour of August."""
    return FixedClock(MONTH_END)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of the fault catalogue: tests anywhere may show one of its rows."""
    config.addinivalue_line("markers", "fault(*rows): rows of the fault catalogue that a test shows")


def settings() -> OfficeSettings:
    """A small real office."""
    return OfficeSettings(
        "경남권 사업단", "GN", "48", ("담당", "팀장", "단장"), {"Track1": 57, "Track2": 29}, 2026
    )


@pytest.fixture
def empty_desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """An office with nothing in it."""
    made = opening.new_office(tmp_path / "office", settings(), LOGIN, PASSWORD, clock, CHEAP)
    yield made.desk
    made.desk.store.close()


@pytest.fixture(scope="session")
def august(tmp_path_factory: pytest.TempPathFactory, expected: dict[str, Any]) -> Path:
    """A closed folder: the office's files imported, the August course with its 40 people and their records."""
    folder = tmp_path_factory.mktemp("august") / "office"
    desk = opening.new_office(folder, settings(), LOGIN, PASSWORD, FixedClock(MONTH_END), CHEAP).desk
    for kind in ("applicants", "companies"):
        imports.commit(desk, imports.open_file(desk, kind, FILES / f"{kind}.xlsx"))
    start, end = (dt.date.fromisoformat(expected["course"][key]) for key in ("start", "end"))
    made = courses.add_course(desk, "Track1 3기 생산기술", Track.TRACK1, start, end)
    chosen = [people.find_person(desk, key) for key in expected["attendance"]]
    memberships.enrol(desk, made.course.id, chosen, direct_reason="심사 결과 선발")
    opened = imports.open_file(desk, "attendance", FILES / "attendance.xlsx")
    imports.commit(desk, opened, made.course.id)
    desk.store.close()
    return folder


@pytest.fixture
def office(august: Path, tmp_path: Path) -> Path:
    """A copy of the August office to work in."""
    return Path(shutil.copytree(august, tmp_path / "office"))


@pytest.fixture
def desk(office: Path, clock: FixedClock) -> Iterator[Desk]:
    """The August office, opened."""
    opened = opening.open_office(office, LOGIN, PASSWORD, clock)
    yield opened
    opened.store.close()


@pytest.fixture
def open_again(office: Path, clock: FixedClock) -> Iterator[Callable[[], Desk]]:
    """Opens the same office as after a restart."""
    opened: list[Desk] = []

    def once() -> Desk:
        opened.append(opening.open_office(office, LOGIN, PASSWORD, clock))
        return opened[-1]

    yield once
    for one in opened:
        one.store.close()
