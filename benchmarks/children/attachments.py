"""2 GB of attachments: a backup that finds them unchanged against one without them, and a photo kept first and last."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.children.large import large_office

from regional_desk.store import archives, attachments, backups

_FILES = 2_000
_MEGABYTE = 1_000_000
_AT_ONCE = 50
_RUNS = 9
_SAVED = 40


def seconds(work: Callable[..., Any], *given: Any) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work(*given)
    return time.perf_counter() - started


desk = large_office()[0]
place = desk.store.folder.parent / "backups"
kept = desk.store.folder / "attachments"
aside = desk.store.folder.parent / "aside"


def keep(count: int) -> None:
    """Photos of a visit, in one transaction."""
    with desk.store.write() as connection:
        for _ in range(count):
            attachments.put(desk.store, connection, os.urandom(_MEGABYTE), "image/jpeg")


def back_up() -> None:
    """As the program does every half hour; only the newest is kept."""
    made = backups.back_up(desk.store, place, "BIG", desk.clock.now())
    made.file.unlink()


early = statistics.median(seconds(keep, 1) for _ in range(_SAVED))
for _ in range(_FILES // _AT_ONCE):
    keep(_AT_ONCE)
late = statistics.median(seconds(keep, 1) for _ in range(_SAVED))
back_up()
held = sum(path.stat().st_size for path in (place / "attachments").iterdir())
assert held > _FILES * _MEGABYTE
with_them: list[float] = []
without: list[float] = []
for _ in range(_RUNS + 1):
    with_them.append(seconds(back_up))
    kept.rename(aside)
    try:
        without.append(seconds(back_up))
    finally:
        aside.rename(kept)
assert archives.list_backups(place) == ()
desk.store.close()
shutil.rmtree(desk.store.folder.parent)
ratio = statistics.median(mine / its for mine, its in zip(with_them[1:], without[1:], strict=True))
print(statistics.median(with_them[1:]), ratio, late, late / early)
