"""Backing up, verifying and restoring an office."""

from __future__ import annotations

from pathlib import Path

from regional_desk.domain.clock import Clock
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk
from regional_desk.store import backups as store
from regional_desk.store.backups import BackupInfo, Restored


def back_up(desk: Desk, to: Path | None = None) -> BackupInfo:
    """Write a verified backup into `to`, or into the office's own folder; raise as the store's `back_up`."""
    desk.require(Right.BACK_UP)
    made = store.back_up(desk.store, to or place(desk), desk.office.code, desk.clock.now())
    desk.note_access("backup", "office", {"file": made.file.name, "sha256": made.sha256})
    return made


def list_backups(desk: Desk, to: Path | None = None) -> tuple[BackupInfo, ...]:
    """The backups of a place, oldest first."""
    return store.list_backups(to or place(desk))


def verify(desk: Desk, file: Path | None = None) -> BackupInfo:
    """Open a backup (the newest one) and compare it; raise FileRejected where it is not what it says."""
    desk.require(Right.BACK_UP)
    if file is None:
        found = list_backups(desk)
        if not found:
            raise Refusal("백업이 하나도 없습니다. 먼저 백업하십시오.")
        file = found[-1].file
    return store.verify(file, desk.store.opening.root)


def restore(file: Path, into: Path, login: str, password: str, clock: Clock) -> Restored:
    """Put a backup into a folder, setting what lies there aside; the password is the one of the backup's time."""
    return store.restore(file, into, login, password, clock.now())


def place(desk: Desk) -> Path:
    """The office's own folder of backups."""
    return desk.store.folder / store.FOLDER
