"""Writing files so that after a power cut either the old or the new content is there, never a part."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)


def write_safely(path: Path, data: bytes) -> None:
    """Write beside, fsync, then move into place; raise OSError with the old content kept."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace_patiently(part, path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def replace_patiently(source: Path, target: Path) -> None:
    """Move over the target; a virus scanner may hold it for a moment on Windows, so try again a few times."""
    for wait in _WAITS:
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    source.replace(target)


def sync_folder(folder: Path) -> None:
    """Make a rename durable where the system keeps folders as files (not on Windows)."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
