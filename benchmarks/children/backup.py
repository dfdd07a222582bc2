"""A backup of a 200 MB store beside a writer: whole seconds, its copy phase and a plain copy with fsync, medians."""

from __future__ import annotations

import os
import shutil
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.children.large import large_office

from regional_desk.services.desk import Desk
from regional_desk.store import archives, backups

_MEGABYTES = 200
_RUNS = 5
_LINES = 20_000
_INSERT = "INSERT INTO log_value (chain, seq, place, person_id, sealed) VALUES ('change_log', ?, 0, ?, ?)"


def fill(desk: Desk) -> None:
    """Sealed values, as years of a large office leave them, until the file is large enough."""
    seq = 1_000_000
    while desk.store.database.stat().st_size < _MEGABYTES * 1_000_000:
        rows = [(seq + at, os.urandom(16), os.urandom(220)) for at in range(_LINES)]
        with desk.store.write() as connection:
            connection.exec_driver_sql(_INSERT, rows)
        seq += _LINES
        desk.store.checkpoint()


def timed(times: list[float], work: Callable[..., Any]) -> Callable[..., Any]:
    """`work`, noting how long it takes."""

    def measured(*given: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            times.append(time.perf_counter() - started)

    return measured


def plain_copy(source: Path, target: Path) -> None:
    """The peer: the file copied and made durable."""
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


desk = large_office()[0]
fill(desk)
place = desk.store.folder / backups.FOLDER
place.mkdir()
whole: list[float] = []
copying: list[float] = []
plain: list[float] = []
backups._copy = timed(copying, backups._copy)  # noqa: SLF001 - its copy phase is what is measured
enough = threading.Event()
commits = 0


def save() -> None:
    """Somebody else's saving, a few hundred commits a second at most."""
    global commits  # noqa: PLW0603 - counted for the check below
    while not enough.wait(0.002):
        with desk.store.write() as connection:
            connection.exec_driver_sql(_INSERT, (commits, b"\0" * 16, b"\0"))
        commits += 1


writer = threading.Thread(target=save)
writer.start()
try:
    for _ in range(_RUNS + 1):
        timed(plain, plain_copy)(desk.store.database, place / "plain")
        (place / "plain").unlink()
        made = timed(whole, backups.back_up)(desk.store, place, "BIG", desk.clock.now())
        made.file.unlink()
finally:
    enough.set()
    writer.join()
assert commits > _RUNS
assert archives.list_backups(place) == ()
desk.store.close()
shutil.rmtree(desk.store.folder)
ratio = statistics.median(mine / its for mine, its in zip(copying[1:], plain[1:], strict=True))
print(statistics.median(whole[1:]), ratio, statistics.median(plain[1:]))
