"""Restoring: the whole set of an office's files is exchanged at once, whatever happens in between.

The new set is made ready in a folder beside the old one. Naming that folder `restoring` decides: from there on each
step can be done again after a kill, and `settle` ends what was begun. What lay there is set aside as one, with its
journal, for a database beside a stale journal loses rows or looks like a wrong password.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from regional_desk.errors import Refusal, StoreBusy
from regional_desk.store import archives, keys, session
from regional_desk.store.archives import BackupInfo
from regional_desk.store.backups import copy_attachments, look_into
from regional_desk.store.files import replace_patiently, sync_folder, write_safely
from regional_desk.store.scratch import make_scratch, scratch, wipe_left_over
from regional_desk.store.store import ATTACHMENTS, DATABASE, Opening

FLAG = "restored.json"
_DECIDED, _ASIDE_DONE = "restoring", "restoring-2"
_SET = (
    DATABASE,
    f"{DATABASE}-wal",
    f"{DATABASE}-shm",
    keys.FILE_NAME,
    f"{keys.FILE_NAME}.bak",
    session.LAST_COMMIT,
    session.OPEN,
    FLAG,
)
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored office; `aside` holds what lay there before, `saved` is the backup made of it where it opened."""

    folder: Path
    aside: Path | None
    backup: BackupInfo
    saved: BackupInfo | None = None


def restore(
    file: Path,
    into: Path,
    prove: Callable[[Path], Opening],
    now: dt.datetime,
    save_present: Callable[[Path], BackupInfo | None],
) -> Restored:
    """Put a backup into a folder: verified first, the present saved and set aside, then all of it exchanged.

    `prove` opens the slots inside the backup, which may be older than today's; `save_present` backs up what lies there,
    and closes it where this very program has it open. Raises what `prove` raises,
    FileRejected, StoreBusy where a program holds the office, or Refusal where the folder cannot be written; then
    nothing was touched.
    """
    archives.read_info(file)
    new = not into.exists()
    try:
        into.mkdir(parents=True, exist_ok=True)
        work = make_scratch(into)
        try:
            archives.unpack(file, work)
            info = look_into(file, prove(work))
            saved = save_present(into)
            with held(into):
                settle(into)
                copy_attachments(file.parent / ATTACHMENTS, into / ATTACHMENTS)
                aside = _decide(work, into, info, now)
                settle(into)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise Refusal(
            f"되돌리지 못했습니다: {into} ({error.strerror}). 전에 있던 자료는 그대로 있습니다. 폴더와 남은 공간을 확인하고 다시 하십시오."
        ) from error
    finally:
        kept = (DATABASE, _DECIDED, _ASIDE_DONE)
        if new and not any((into / name).exists() for name in kept):
            shutil.rmtree(into, ignore_errors=True)
    return Restored(into, aside, info, saved)


def settle(folder: Path) -> None:
    """End a restore that was cut off after it was decided; does nothing where none was."""
    decided, second = folder / _DECIDED, folder / _ASIDE_DONE
    if decided.is_dir():
        aside = _aside(folder, decided)
        for name in _SET:
            if (folder / name).exists():
                aside.mkdir(exist_ok=True)
                replace_patiently(folder / name, aside / name)
        replace_patiently(decided, second)
        sync_folder(folder)
    if second.is_dir():
        for name in _SET:
            if (second / name).exists():
                replace_patiently(second / name, folder / name)
        sync_folder(folder)
        shutil.rmtree(second, ignore_errors=True)


def tidy(folder: Path) -> None:
    """End what a killed program left half done in a folder, before anybody reads from it."""
    if (folder / _DECIDED).is_dir() or (folder / _ASIDE_DONE).is_dir():
        with held(folder):
            settle(folder)
    with contextlib.suppress(OSError):  # on read-only media nothing was left by us
        wipe_left_over(folder)


def waiting(folder: Path) -> tuple[str, ...]:
    """What a person should know of an office that was restored and not looked at yet; empty where none was."""
    made_at = read_flag(folder)
    if made_at is None:
        return ()
    when = f"{made_at:%Y-%m-%d %H:%M}"
    return (
        f"{when}의 백업에서 되돌린 자료라 자동 백업을 쉬고 있습니다. 내용을 확인한 뒤 [관리 → 백업]에서 다시 켜십시오.",
    )


def read_flag(folder: Path) -> dt.datetime | None:
    """Of when the backup is that was restored here and that nobody has looked at yet."""
    try:
        return dt.datetime.fromisoformat(json.loads((folder / FLAG).read_text(encoding="utf-8"))["made_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def clear_flag(folder: Path) -> None:
    """A person looked: automatic work goes on."""
    (folder / FLAG).unlink(missing_ok=True)


@contextlib.contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy of an office's files to open: opening the present itself would play a stale journal into it."""
    with scratch(folder) as copy:
        for name in _SET:
            if (folder / name).exists():
                shutil.copyfile(folder / name, copy / name)
        yield copy


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep every program out of an office's folder; raise StoreBusy where one is in it."""
    try:
        with FileLock(folder / session.LOCK, timeout=_PATIENCE, thread_local=False):
            yield
    except Timeout as error:
        raise StoreBusy(
            f"이 사무소를 다른 프로그램이 열어 두고 있어 되돌리지 않았습니다: {folder}. 그쪽을 닫은 뒤 다시 하십시오."
        ) from error


def _decide(work: Path, into: Path, info: BackupInfo, now: dt.datetime) -> Path | None:
    """Make the new set durable and name it; return where the present will stand."""
    for left in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (work / left).unlink(missing_ok=True)
    present = any((into / name).exists() for name in _SET)
    aside = into / f"aside-{now:%Y%m%d-%H%M%S}"
    number = 2
    while aside.exists():
        aside = into / f"aside-{now:%Y%m%d-%H%M%S}-{number}"
        number += 1
    told = {
        "file": info.file.name,
        "made_at": info.made_at.isoformat(),
        "at": now.isoformat(),
        "aside": aside.name,
    }
    archives.sync(work / DATABASE)
    archives.sync(work / keys.FILE_NAME)
    write_safely(work / FLAG, json.dumps(told, ensure_ascii=False).encode())
    replace_patiently(work, into / _DECIDED)
    sync_folder(into)
    return aside if present else None


def _aside(folder: Path, decided: Path) -> Path:
    name = json.loads((decided / FLAG).read_text(encoding="utf-8"))["aside"]
    return folder / Path(str(name)).name
