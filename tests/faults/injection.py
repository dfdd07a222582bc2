"""System calls on the office's files that fail at the Nth time, injected by strace into a working child."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import PASSWORD
from tests.faults.harness import Worker

from regional_desk.store import keys
from regional_desk.store.store import DATABASE

_WATCHED = (DATABASE, f"{DATABASE}-wal", keys.FILE_NAME)


@dataclass(frozen=True, slots=True)
class Failure:
    """Which call fails and how; `lasting` that each later one fails as well."""

    call: str
    how: str
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Endured:
    """What a child said, whether a call was made to fail, and the trace."""

    heard: list[dict[str, Any]]
    injected: bool
    trace: str
    problem: str


def endure(
    folders: list[Path], failure: Failure, nth: tuple[int, ...], seed: int, act: str = "endure"
) -> Generator[Endured]:
    """Run one child for each folder, the call failing at each of `nth` in turn; stop where none fails any more."""
    workers = [_start(folders[0], failure, nth[0])]
    try:
        for place, folder in enumerate(folders):
            if place + 1 < len(folders):  # its interpreter starts meanwhile
                workers.append(_start(folders[place + 1], failure, nth[place + 1]))
            worker = workers[place]
            worker.order(act=act, folder=str(folder), password=PASSWORD, seed=seed)
            heard = worker.hear("ended")
            problem = worker.end()
            trace = _log(folder).read_text("utf-8", errors="replace")
            yield Endured(heard, "(INJECTED)" in trace, trace, problem)
            if "(INJECTED)" not in trace:
                break
    finally:
        for worker in workers:
            worker.stop()


def _log(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.calls")


def _start(folder: Path, failure: Failure, number: int) -> Worker:
    watched = [word for name in _WATCHED for word in ("-P", str(folder / name))]
    how = f"inject={failure.call}:{failure.how}:when={number}{'+' if failure.lasting else ''}"
    trace = ("-e", f"trace={failure.call}", "-e", how)
    return Worker(
        before=("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-o", str(_log(folder)), *trace, *watched)
    )
