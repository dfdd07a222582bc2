"""What a power cut may leave: the writes of a committing child are recorded and played back up to a moment.

What was synced is there. Each write since then is there, missing, or torn at a sector, in any combination: the disk
promises no order between two syncs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.conftest import PASSWORD
from tests.faults.acts import ACKNOWLEDGED
from tests.faults.harness import Worker

from regional_desk.store.store import DATABASE

WAL = f"{DATABASE}-wal"
_SECTOR = 512
_CALLS = "pwrite64,write,fsync,fdatasync,ftruncate"
_LINE = re.compile(r'\d+ +(\w+)\(\d+<([^>]+)>(?:, "([^"]*)", \d+(?:, (\d+))?|, (\d+))?\) += (\d+)')


@dataclass(frozen=True, slots=True)
class Event:
    """One call: `kind` is write, cut (to `offset` bytes), sync or told (the acknowledgement in `data`)."""

    kind: str
    file: str
    offset: int = 0
    data: bytes = b""


@dataclass(slots=True)
class _File:
    synced: bytearray = field(default_factory=bytearray)
    waiting: list[Event] = field(default_factory=list)


def record(folder: Path, log: Path, seed: float) -> list[Event]:
    """Let a child commit into the office under strace; return what it did to the files."""
    watched = [word for name in (DATABASE, WAL, ACKNOWLEDGED) for word in ("-P", str(folder / name))]
    strace = ("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "70000", "-o", str(log))
    worker = Worker(before=(*strace, "-e", f"trace={_CALLS}", *watched))
    worker.order(act="commit", folder=str(folder), password=PASSWORD, seed=seed)
    told = worker.end()
    assert worker.process.returncode == 0, told
    return [_event(line) for line in log.read_text("ascii").splitlines() if "exited" not in line]


def _event(line: str) -> Event:
    found = _LINE.match(line)
    assert found, line[:200]
    call, path, data, offset, size, _ = found.groups()
    file = _bytes(path).decode().rsplit("/", 1)[-1]
    if call in ("fsync", "fdatasync"):
        return Event("sync", file)
    if call == "ftruncate":
        return Event("cut", file, int(size))
    if file == ACKNOWLEDGED:
        return Event("told", file, 0, _bytes(data))
    return Event("write", file, int(offset), _bytes(data))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def image(base: dict[str, bytes], events: list[Event], random: Random) -> tuple[dict[str, bytes], list[str]]:
    """The files as a power cut after these events may leave them, and the operations acknowledged by then."""
    files = {name: _File(bytearray(data)) for name, data in base.items()}
    told: list[str] = []
    for event in events:
        file = files.setdefault(event.file, _File())
        if event.kind == "told":
            told.append(event.data.decode().strip())
        elif event.kind == "sync":
            for waiting in file.waiting:
                _apply(file.synced, waiting)
            file.waiting.clear()
        else:
            file.waiting.append(event)
    for file in files.values():
        for waiting in file.waiting:
            _survive(file.synced, waiting, random)
    return {name: bytes(file.synced) for name, file in files.items() if name != ACKNOWLEDGED}, told


def _survive(data: bytearray, event: Event, random: Random) -> None:
    fate = random.choice(("there", "missing", "torn"))
    if fate == "there" or (fate == "torn" and event.kind == "cut"):
        _apply(data, event)
    elif fate == "torn":
        start = event.offset
        while start < event.offset + len(event.data):
            end = min((start // _SECTOR + 1) * _SECTOR, event.offset + len(event.data))
            if random.random() < 0.5:  # half of the sectors
                piece = event.data[start - event.offset : end - event.offset]
                _apply(data, Event("write", event.file, start, piece))
            start = end


def _apply(data: bytearray, event: Event) -> None:
    if event.kind == "cut":
        del data[event.offset :]
        data.extend(bytes(event.offset - len(data)))
        return
    end = event.offset + len(event.data)
    data.extend(bytes(max(0, end - len(data))))
    data[event.offset : end] = event.data
