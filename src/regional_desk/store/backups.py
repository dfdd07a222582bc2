"""Making and verifying backups: one file each, counted only after it was opened and compared.

The database file is copied as it lies while a read transaction that needs nothing of the journal is held: other
connections go on committing into the journal, and nothing of it reaches the main file until the copy is done. What was
written is read back from the place it lies in, opened, and compared with what the store held at that moment: rows,
month totals and the ends of both logs. Attachments are copied once per backup place, beside the backups.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlcipher3 import dbapi2

from regional_desk.errors import FileRejected, Refusal, StoreBusy, StoreDamaged, StoreMissing, UserError
from regional_desk.store import archives, keys
from regional_desk.store.archives import MANUAL, SUFFIX, BackupInfo, Facts, read_info
from regional_desk.store.engine import connect
from regional_desk.store.files import replace_patiently, sync_folder
from regional_desk.store.scratch import scratch
from regional_desk.store.store import ATTACHMENTS, DATABASE, Opening, Store
from regional_desk.store.trouble import damaged, explain

FOLDER = "backups"
LOCK = "backup.lock"
_WAITS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)  # seconds between tries to find the store standing still
_PATIENCE = 120.0  # seconds another backup of the same office may take
_OLD_PART = 86_400.0  # seconds after which a part can belong to no backup under way


def back_up(store: Store, place: Path, code: str, now: dt.datetime, reason: str = MANUAL) -> BackupInfo:
    """Write, verify and only then name a backup; a failed one leaves nothing, older ones stay.

    Raises Refusal where the place cannot be written, StoreDamaged where the copy does not open or differs from the
    store, StoreBusy where the store does not come to rest.
    """
    return _write(lambda: store.opening, place, code, now, reason, None)


def back_up_closed(
    opening: Opening, place: Path, code: str, now: dt.datetime, reason: str, attached: Path
) -> BackupInfo:
    """As `back_up`, of a store that is not open; `attached` is where its attachments lie."""
    return _write(lambda: opening, place, code, now, reason, attached)


def _write(
    current: Callable[[], Opening],
    place: Path,
    code: str,
    now: dt.datetime,
    reason: str,
    attached: Path | None,
) -> BackupInfo:
    """Make the backup once it is its turn, with the keys that are in force then."""
    opening = current()
    try:
        with one_at_a_time(opening.folder), scratch(opening.folder) as work:
            opening = current()
            place.mkdir(parents=True, exist_ok=True)
            _sweep_parts(place)
            part = place / f"{code}_{now:%Y%m%d-%H%M%S}.{secrets.token_hex(4)}.part"
            try:
                facts = _copy(opening, part, now)
                sha256 = _look(part, work, opening, facts)
                names = copy_attachments(attached or opening.folder / ATTACHMENTS, place / ATTACHMENTS)
                archives.add_manifest(part, sha256, facts, opening.keys.store_id, now, reason, names)
                file = _free_name(place / f"{code}_{now:%Y%m%d-%H%M%S}{SUFFIX}")
                replace_patiently(part, file)
            finally:
                part.unlink(missing_ok=True)
            sync_folder(place)
            return read_info(file)
    except dbapi2.OperationalError as error:
        why = explain(error, opening.folder)
        raise Refusal(
            f"자료를 옮겨 적지 못해 백업하지 않았습니다. 이전 백업은 그대로입니다. {why.message if why else ''}".strip()
        ) from error
    except OSError as error:
        raise Refusal(
            f"백업을 쓰지 못했습니다: {place} ({error.strerror}). 자료와 이전 백업은 그대로입니다. 폴더와 남은 공간을 확인해 주십시오."
        ) from error


def verify(file: Path, opening: Opening) -> BackupInfo:
    """Open a backup with the person's key to it and compare it thoroughly with its manifest.

    A backup from before a re-key opens through the person's own slot in it. Raises FileRejected where it differs.
    """
    with scratch(opening.folder) as work:
        return look_into(file, unpacked_opening(file, work, opening))


def unpacked_opening(file: Path, folder: Path, opening: Opening) -> Opening:
    """Unpack a backup and find the key of its time; raise FileRejected where it is damaged."""
    archives.unpack(file, folder)
    key_file = keys.parse_key_file((folder / keys.FILE_NAME).read_bytes())
    if key_file is None:
        raise FileRejected(f"'{file.name}' 백업 안의 열쇠 파일이 손상되었습니다. 더 이전 백업을 고르십시오.")
    root = opening.root_of(key_file) or opening.root
    return replace(opening, folder=folder, keys=key_file, root=root)


def look_into(file: Path, opening: Opening) -> BackupInfo:
    """Compare an unpacked backup with its manifest; raise FileRejected naming what differs."""
    info = read_info(file)
    if archives.file_sha256(opening.folder / DATABASE) != info.sha256:
        raise FileRejected(
            f"'{file.name}' 백업의 내용이 만들 때와 다릅니다. 더 이전 백업을 고르십시오. 지금 자료는 그대로입니다."
        )
    try:
        _, found = archives.examine(archives.fitting(opening), thorough=True)
    except UserError as error:
        raise FileRejected(
            f"'{file.name}' 백업이 지금의 열쇠로 열리지 않습니다. 열쇠를 바꾸기 전의 백업이면 그때의 비밀번호나 복구 키로 되돌리십시오."
        ) from error
    different = archives.differs(info.facts, found)
    if different:
        raise FileRejected(
            f"'{file.name}' 백업의 {different}이(가) 만들 때와 다릅니다. 더 이전 백업을 고르십시오. 지금 자료는 그대로입니다."
        )
    return info


def copy_to(info: BackupInfo, place: Path) -> Path:
    """Copy a verified backup to another place, read it back there and only then name it; raise Refusal."""
    file = place / info.file.name
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        _sweep_parts(place)
        try:
            written = _copy_hashed(info.file, part)
            if archives.file_sha256(part) != written:
                raise Refusal(
                    f"둘째 백업을 다시 읽어 보니 달라서 쓰지 않았습니다: {place}. 다른 USB나 디스크를 쓰십시오."
                )
            copy_attachments(info.file.parent / ATTACHMENTS, place / ATTACHMENTS, info.attachments)
            replace_patiently(part, file)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(place)
    except OSError as error:
        raise Refusal(
            f"둘째 백업을 쓰지 못했습니다: {place} ({error.strerror}). 이 PC의 백업은 온전합니다. 남은 공간을 확인해 주십시오."
        ) from error
    return file


def office_code(opening: Opening) -> str:
    """The office's code, which names its backups; raise StoreDamaged or StoreMissing."""
    path = opening.folder / DATABASE
    if not path.exists():
        raise StoreMissing(f"자료 파일이 없습니다: {path}")
    connection = connect(path, opening.database_key, opening.keys.cipher_salt, read_only=True)
    try:
        return str(connection.execute("SELECT code FROM office").fetchone()[0])
    except (dbapi2.DatabaseError, TypeError) as error:
        raise damaged() from error
    finally:
        connection.close()


def remove(place: Path, infos: tuple[BackupInfo, ...]) -> None:
    """Take backups away, and the attachments that no backup of the place names any more."""
    for info in infos:
        info.file.unlink(missing_ok=True)
    left = archives.list_backups(place)
    readable = len(left) == len(list(place.glob(f"*{SUFFIX}")))
    if infos and readable:  # an unreadable backup may still need any of them
        named = {name for info in left for name in info.attachments}
        for path in (place / ATTACHMENTS).glob("*"):
            if path.name not in named:
                path.unlink(missing_ok=True)


def copy_attachments(source: Path, target: Path, names: tuple[str, ...] | None = None) -> list[str]:
    """Copy each attachment the target does not hold yet; their names are keyed hashes of their content."""
    wanted = sorted(_file_names(source) if names is None else _file_names(source).intersection(names))
    held = _file_names(target)
    for name in wanted:
        if name not in held:
            target.mkdir(exist_ok=True)
            _copy_file(source / name, target / name)
    return wanted


def _file_names(folder: Path) -> set[str]:
    """The files of a folder, empty where there is none; thousands are listed without asking about each."""
    if not folder.is_dir():
        return set()
    with os.scandir(folder) as entries:
        return {entry.name for entry in entries if entry.is_file()}


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Keep an office from being backed up twice at once, or while its keys are changed; raise StoreBusy."""
    try:
        with FileLock(folder / LOCK, timeout=_PATIENCE, thread_local=False):
            yield
    except Timeout as error:
        raise StoreBusy("다른 백업이 끝나지 않아 백업하지 않았습니다. 잠시 뒤에 다시 하십시오.") from error


def _copy(opening: Opening, part: Path, now: dt.datetime) -> Facts:
    """Write the archive while the store stands still; return what the store holds at that moment."""
    with _standing_still(opening) as reader, ThreadPoolExecutor(1) as side:
        facts = side.submit(archives.read_facts, lambda sql: reader.execute(sql).fetchall())
        archives.write_archive(part, opening, now)
        try:
            return facts.result()
        except dbapi2.DatabaseError as error:
            raise _bad_copy("지금 자료에 읽을 수 없는 쪽이 있습니다.") from error


def _look(part: Path, work: Path, opening: Opening, facts: Facts) -> str:
    """Read back what was written, open it and compare it with the store; return the database's hash."""
    try:
        archives.unpack(part, work)
        sha256, found = archives.examine(replace(opening, folder=work), thorough=False)
    except (StoreDamaged, FileRejected) as error:
        raise _bad_copy(error.message) from error
    if found != facts:
        raise _bad_copy(f"{archives.differs(facts, found) or '내용'}이(가) 자료와 다릅니다.")
    return sha256


def _bad_copy(why: str) -> StoreDamaged:
    return StoreDamaged(
        f"백업을 열어 보니 온전하지 않아 쓰지 않았습니다. {why} 이전 백업은 그대로입니다. "
        "[관리 → 점검]으로 자료를 확인하고 가장 최근의 온전한 백업에서 되돌리십시오."
    )


@contextmanager
def _standing_still(opening: Opening) -> Iterator[Any]:
    """A connection whose read transaction sees the main file alone.

    For an instant nobody may commit; the journal is written back whole, and the read begun then needs nothing of it.
    While it stands the engine writes nothing back, so the main file stays as it is; commits go into the journal.
    """
    salt, path = opening.keys.cipher_salt, opening.folder / DATABASE
    holder, reader = (connect(path, opening.database_key, salt) for _ in range(2))
    try:
        for wait in _WAITS:
            holder.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of it while others go on
            if _begin_alone(holder, reader):
                break
            time.sleep(wait)
        else:
            raise StoreBusy(
                "다른 작업이 자료를 오래 쓰고 있어 백업하지 않았습니다. 자료는 그대로입니다. 그 작업이 끝난 뒤 다시 하십시오."
            )
        yield reader
    finally:
        reader.close()
        holder.close()


def _begin_alone(holder: Any, reader: Any) -> bool:
    """Begin the read behind a journal that is written back whole; False where somebody still reads or writes."""
    try:
        holder.execute("BEGIN IMMEDIATE")
    except dbapi2.OperationalError:  # a long write is under way
        return False
    try:
        busy, frames, moved = reader.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if busy or frames != moved:
            return False
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        holder.execute("ROLLBACK")
    return True


def _free_name(file: Path) -> Path:
    """The name, or the first one beside it that is free: two backups may fall into one second."""
    number = 2
    free = file
    while free.exists():
        free = file.with_stem(f"{file.stem}-{number}")
        number += 1
    return free


def _sweep_parts(place: Path) -> None:
    """Take away what backups that were killed left; they were never counted."""
    for path in place.glob("*.part"):
        if time.time() - path.stat().st_mtime > _OLD_PART:
            path.unlink(missing_ok=True)


def _copy_hashed(source: Path, target: Path) -> str:
    total = hashlib.sha256()
    with source.open("rb") as origin, target.open("xb") as copy:
        while chunk := origin.read(archives.CHUNK):
            total.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return total.hexdigest()


def _copy_file(source: Path, target: Path) -> None:
    """Copy durably: a part first, then its name."""
    part = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(source, part)
        archives.sync(part)
        replace_patiently(part, target)
    finally:
        part.unlink(missing_ok=True)
