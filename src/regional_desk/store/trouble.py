"""What the disk or the database engine refuses, told as one of the store's errors; everything else stays a bug."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from regional_desk.errors import (
    DiskFull,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreReadOnly,
    StoreUnreadable,
)

UNSETTLED = (DiskFull, StoreUnreadable)  # raised by COMMIT, these leave open whether it was stored
_PERMISSION, _BUSY, _LOCKED, _READ_ONLY, _DISK, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = (
    3, 5, 6, 8, 10, 11, 13, 14, 26,
)  # fmt: skip
_FULL_DISK = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_WRITING = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_MEGABYTE = 1_000_000
_SPARE = 20 * _MEGABYTE  # for the journal of an act and the copies of small files


@contextlib.contextmanager
def telling(folder: Path, *, files: bool = False) -> Iterator[None]:
    """Raise what the engine refuses inside the block as a StoreError; with `files` also what the file system does.

    `folder` is the office's: the sentence names it and how much space it needs.
    """
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error, OSError) as error:
        told = None if isinstance(error, OSError) and not files else explain(error, folder)
        if told is None:
            raise
        raise told from error


def explain(error: BaseException, folder: Path) -> StoreError | None:
    """The person's sentence for an engine's or file system's error; None where it is a bug like any other."""
    if isinstance(error, OSError):
        return _of_file_system(error, folder)
    raw = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    code = getattr(raw, "sqlite_errorcode", None)
    return None if code is None else _of_engine(int(code) & 0xFF, folder)


def damaged() -> StoreDamaged:
    """The sentence for a store whose pages do not open with the right key."""
    return StoreDamaged(
        "열쇠는 맞지만 자료 파일(office.db)이 손상되어 읽을 수 없습니다. 파일은 그대로 두었습니다. "
        "다시 열어도 같으면 잠금 창의 [백업에서 되돌리기] 또는 restore 명령으로 가장 최근 백업을 새 폴더에 되돌려 주십시오."
    )


def full(folder: Path) -> DiskFull:
    """The sentence for a full disk, with the space that must be free."""
    there = _free(folder)
    free = f"지금 {there // _MEGABYTE:,}MB" if there is not None else "지금은 모자랍니다"
    needed = -(-_needed(folder) // _MEGABYTE)
    return DiskFull(
        f"디스크에 빈 공간이 모자라 저장하지 않았습니다. 그전에 저장한 것은 모두 남아 있습니다. "
        f"{folder} 폴더가 있는 디스크에 {needed:,}MB 이상을 비운 뒤({free}) 다시 하십시오."
    )


def unreadable() -> StoreUnreadable:
    """The sentence for a disk that fails to read or write."""
    return StoreUnreadable(
        "디스크에서 읽거나 쓰는 데 실패하여 이번 일은 저장하지 않았습니다. 그전에 저장한 것은 그대로입니다. "
        "되풀이되면 디스크나 연결이 고장 난 것이니 프로그램을 닫고, 가장 최근 백업을 다른 디스크에 되돌려 쓰십시오."
    )


def unsettled() -> StoreUnreadable:
    """The sentence where neither storing nor looking it up afterwards worked."""
    return StoreUnreadable(
        "디스크가 응답하지 않아 마지막 일이 저장되었는지 확인하지 못했습니다. 그전에 저장한 것은 그대로입니다. "
        "프로그램을 닫고 디스크를 확인한 뒤 다시 열어, 마지막 일이 남아 있는지 보고 없으면 다시 하십시오."
    )


def _of_engine(code: int, folder: Path) -> StoreError | None:
    if code == _FULL or (code in (_DISK, _CANNOT_OPEN) and has_no_room(folder)):
        return full(folder)
    if code in (_READ_ONLY, _PERMISSION) or (code == _CANNOT_OPEN and not os.access(folder, os.W_OK)):
        return _read_only(folder)
    if code in (_BUSY, _LOCKED):
        return StoreBusy(
            "다른 작업이 자료를 쓰고 있어 기다렸으나 저장하지 않았습니다. 자료는 그대로입니다. 잠시 뒤에 다시 하십시오."
        )
    if code in (_CORRUPT, _NOT_A_DATABASE):
        return damaged()
    return unreadable() if code in (_DISK, _CANNOT_OPEN) else None


def _of_file_system(error: OSError, folder: Path) -> StoreError | None:
    if error.errno in _FULL_DISK:
        return full(folder)
    if error.errno in _NO_WRITING:
        return _read_only(folder)
    return unreadable() if error.errno == errno.EIO else None


def _read_only(folder: Path) -> StoreReadOnly:
    return StoreReadOnly(
        f"이 폴더에는 쓸 수 없어 저장하지 않았습니다: {folder}. 자료는 그대로입니다. "
        "보기만 하려면 읽기 전용으로 여십시오. 고치려면 쓸 수 있는 디스크로 옮기거나 폴더의 쓰기 권한을 확인하십시오."
    )


def has_no_room(folder: Path) -> bool:
    """Whether the disk has not even the room an opened database asks for."""
    free = _free(folder)
    return free is not None and free < _MEGABYTE


def _free(folder: Path) -> int | None:
    """Bytes free where the office lies; None where the disk does not even say that."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _needed(folder: Path) -> int:
    """Bytes to be free: a large act or writing the journal back may touch every page once."""
    total = 0
    for path in folder.glob("office.db*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total + _SPARE
