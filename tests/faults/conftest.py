"""Counts of the fault tests: small ones for every run, large ones for `python dev.py faults`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from tests.faults.acts import make_ready

FULL = os.environ.get("REGIONAL_DESK_FAULTS") == "full"  # read here only
TALLY: Counter[str] = Counter()
_STARTED = time.monotonic()
_NEEDS_ROOT = ("disk",)
LATEST = Path(__file__).parent / "latest.json"
# SIGKILL, strace and mounts are Linux's; what they show of the store holds wherever the same engine runs
collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each fault is provoked."""

    kills: int  # of each act
    images: int
    flips: int  # of each file
    nth: tuple[int, ...]  # which calls fail
    seed: int = 20260831


COUNTS = (
    Counts(kills=72, images=1000, flips=70, nth=tuple(range(1, 51)))
    if FULL
    else Counts(kills=2, images=40, flips=12, nth=(1, 9))
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mounting a small disk takes root; without it those tests are left out, as they are where mounts are unknown."""
    if sys.platform == "linux" and os.geteuid() == 0:
        return
    out = [item for item in items if set(_NEEDS_ROOT) & set(getattr(item, "fixturenames", ()))]
    items[:] = [item for item in items if item not in out]
    config.hook.pytest_deselected(items=out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was provoked and what became of it."""
    if not TALLY:
        return
    terminalreporter.section("faults")
    for name, number in TALLY.items():
        terminalreporter.write_line(f"{name:<28} {number:>7}")
    if FULL:
        told = {"seconds": round(time.monotonic() - _STARTED), "counts": asdict(COUNTS), **TALLY}
        LATEST.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


@pytest.fixture
def tally() -> Counter[str]:
    """What was provoked so far."""
    for name in ("kills", "acknowledged", "lost", "half done"):
        TALLY.setdefault(name, 0)
    return TALLY


@pytest.fixture
def counts() -> Counts:
    """How often to provoke."""
    return COUNTS


@pytest.fixture(scope="session")
def ready(august: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The August office, closed, with everything settled for 확정."""
    folder = Path(shutil.copytree(august, tmp_path_factory.mktemp("ready") / "office"))
    make_ready(folder)
    return folder


def mount(*words: str) -> None:
    """Mount something, or mount it otherwise."""
    subprocess.run(["mount", *words], check=True)  # noqa: S607 - the system's own


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """An empty disk of 8 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place))
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S607 - the system's own
