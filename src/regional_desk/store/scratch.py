"""The program's own temporary folders: inside the office's folder, ciphertext only, wiped even after a kill."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "scratch-"
_TICK = 2.0  # seconds: the clocks of processes and files differ a little


@contextlib.contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder of its own inside `folder`, gone when the block ends; raise OSError where none can be made."""
    made = make_scratch(folder)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def make_scratch(folder: Path) -> Path:
    """A temporary folder that outlives the call; whoever asked for it takes it away, or the next program does."""
    wipe_left_over(folder)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=folder))


def wipe_left_over(folder: Path) -> None:
    """Take away what programs that were killed left behind."""
    for path in folder.glob(f"{_PREFIX}*"):
        pid = path.name.removeprefix(_PREFIX).split("-")[0]
        if pid.isdigit() and not _made_by(int(pid), path):
            shutil.rmtree(path, ignore_errors=True)


def _made_by(pid: int, path: Path) -> bool:
    """Whether the process still runs that made a folder; a later one may bear its number."""
    import psutil  # noqa: PLC0415 - only where something was left

    try:
        return bool(psutil.Process(pid).create_time() <= path.stat().st_mtime + _TICK)
    except (psutil.Error, OSError):
        return False
