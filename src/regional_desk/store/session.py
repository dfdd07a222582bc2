"""Who holds an office just now: one program at a time, and what a program that was killed left behind.

The lock is the operating system's, on `office.lock`, so a killed program lets go of it by itself. Beside it
`office.open.json` says who holds the office; where it still lies there after the lock came free, the program before
did not end well, and it tells what was under way.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import platform
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import UUID

from filelock import FileLock, Timeout

from regional_desk.errors import StoreBusy
from regional_desk.store.files import write_safely
from regional_desk.store.metadata import KST

LOCK = "office.lock"
OPEN = "office.open.json"
LAST_COMMIT = "last-commit"
_COMMIT_BYTES = 96
_PATIENCE = 2.0  # seconds: another command that is about to end is waited for


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds an office: `since` is ISO time; `act` names long work under way, `operation` its id as text."""

    login: str
    pc: str
    pid: int
    since: str
    act: str | None = None
    act_at: str | None = None
    operation: str | None = None


class Session:
    """The hold on an office's folder, let go by `release` or by the program's death."""

    def __init__(self, folder: Path, lock: FileLock, owner: Owner, left: Owner | None) -> None:
        self.left = left
        self._folder = folder
        self._lock = lock
        self._owner = owner
        self._tips = last_commit(folder)
        self._commits = (folder / LAST_COMMIT).open("r+b" if (folder / LAST_COMMIT).exists() else "w+b", 0)
        try:
            self._tell(owner)
        except OSError:
            self._commits.close()
            raise

    @contextlib.contextmanager
    def act(self, title: str, operation_id: UUID, at: dt.datetime) -> Iterator[None]:
        """Note long work while it runs, so that after a crash the person is told whether it was done."""
        with contextlib.suppress(OSError):  # a full disk refuses the work itself, if it must
            self._tell(replace(self._owner, act=title, act_at=at.isoformat(), operation=str(operation_id)))
        try:
            yield
        finally:  # a kill does not come by here, and leaves the note
            with contextlib.suppress(OSError):
                self._tell(self._owner)

    def note_commit(self, tips: Mapping[str, int]) -> None:
        """Keep the numbers of the last log lines outside the database: a journal that vanished is noticed by them.

        Written after the commit and not synced: it may lag behind after a power cut, never run ahead. A disk that
        refuses it does not undo what was committed.
        """
        self._tips.update(tips)
        line = " ".join(f"{chain}={seq}" for chain, seq in sorted(self._tips.items()))
        with contextlib.suppress(OSError):
            self._commits.seek(0)
            self._commits.write(f"{line} {zlib.crc32(line.encode()):08x}".ljust(_COMMIT_BYTES).encode())

    def release(self) -> None:
        """Let the office go."""
        self._commits.close()
        (self._folder / OPEN).unlink(missing_ok=True)
        self._lock.release()

    def _tell(self, owner: Owner) -> None:
        write_safely(self._folder / OPEN, json.dumps(asdict(owner), ensure_ascii=False).encode())


def hold(folder: Path, login: str, now: dt.datetime | None = None) -> Session:
    """Take the office for this program; raise StoreBusy naming who has it."""
    lock = FileLock(folder / LOCK, timeout=_PATIENCE, thread_local=False)
    try:
        lock.acquire(poll_interval=0.05)
    except Timeout as error:
        raise StoreBusy(_busy(read_owner(folder))) from error
    left = read_owner(folder)
    since = (now or dt.datetime.now(KST)).isoformat(timespec="seconds")
    owner = Owner(login, platform.node(), os.getpid(), since)
    try:
        return Session(folder, lock, owner, left)
    except OSError:
        lock.release()
        raise


def read_owner(folder: Path) -> Owner | None:
    """Who holds the office, or held it when the program was killed."""
    try:
        return Owner(**json.loads((folder / OPEN).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def last_commit(folder: Path) -> dict[str, int]:
    """The last log lines' numbers by chain as kept outside the database; empty where that is missing or torn."""
    try:
        line, _, check = (folder / LAST_COMMIT).read_text(encoding="ascii").strip().rpartition(" ")
        if int(check, 16) != zlib.crc32(line.encode()):
            return {}
        return {chain: int(seq) for chain, seq in (word.split("=") for word in line.split())}
    except (OSError, ValueError):
        return {}


def _busy(owner: Owner | None) -> str:
    if owner is None:
        who = "다른 프로그램"
    else:
        since = dt.datetime.fromisoformat(owner.since)
        who = f"{owner.pc} PC의 '{owner.login}' 사용자({since:%m월 %d일 %H:%M}부터)"
    return (
        f"이 사무소는 {who}가 이미 열어 두고 있어 열지 않았습니다. 자료는 그대로입니다. "
        "그쪽을 닫은 뒤 다시 여십시오. 보기만 하려면 읽기 전용으로 여십시오."
    )
