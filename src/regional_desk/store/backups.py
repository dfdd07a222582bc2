"""Backups: one file of ciphertext, key slots and a manifest; counted only after it was opened and compared.

The database file is copied as it lies, behind a checkpoint and a held read transaction, so other connections go on
committing into the journal. Attachments are copied once per backup place, beside the backups.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from regional_desk.errors import FileRejected, Refusal, StoreDamaged, UserError
from regional_desk.store import attachments, keys
from regional_desk.store.engine import connect
from regional_desk.store.files import replace_patiently, sync_folder
from regional_desk.store.metadata import KST
from regional_desk.store.store import DATABASE, Opening, Store, prove_by_password
from regional_desk.store.tables import metadata
from regional_desk.store.upgrades import stored_revision

SUFFIX = ".rdbackup"
FOLDER = "backups"
_MANIFEST = "manifest.json"
_ATTACHMENTS = "attachments"
_FORMAT = 1
_CHUNK = 1 << 20
_SET = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", keys.FILE_NAME, f"{keys.FILE_NAME}.bak")


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup: `size` in bytes, `sha256` of the database inside, `counts` rows by table."""

    file: Path
    size: int
    made_at: dt.datetime
    sha256: str
    revision: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored office; `aside` holds what lay there before."""

    folder: Path
    aside: Path | None
    backup: BackupInfo


def back_up(store: Store, place: Path, code: str, now: dt.datetime) -> BackupInfo:
    """Write, verify and only then name a backup; a failed one leaves nothing, older ones stay.

    Raises Refusal where the place cannot be written, StoreDamaged where the copy does not open.
    """
    file = place / f"{code}_{now:%Y%m%d-%H%M%S}{SUFFIX}"
    part = file.with_name(file.name + ".part")
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="copy-", dir=place) as folder:
            copy = Path(folder) / DATABASE
            sha256 = _copy_database(store, copy)
            counts = _verify_database(copy, store.opening)
            manifest = {
                "format": _FORMAT,
                "store": str(store.opening.keys.store_id),
                "made_at": now.isoformat(),
                "revision": _revision(store),
                "sha256": sha256,
                "counts": counts,
                "attachments": _copy_attachments(store, place),
            }
            _write_archive(part, copy, store, manifest)
        replace_patiently(part, file)
        sync_folder(place)
    except OSError as error:
        raise Refusal(
            f"백업을 쓰지 못했습니다: {place} ({error.strerror}). 자료와 이전 백업은 그대로입니다. 폴더와 남은 공간을 확인해 주십시오."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return read_info(file)


def list_backups(place: Path) -> tuple[BackupInfo, ...]:
    """The readable backups of a place, oldest first."""
    found = []
    for file in sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else ():
        try:
            found.append(read_info(file))
        except FileRejected:
            continue  # `verify` names it; a list must not fail for one bad file
    return tuple(found)


def read_info(file: Path) -> BackupInfo:
    """What a backup says of itself; raise FileRejected where it is not one."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        return BackupInfo(
            file=file,
            size=file.stat().st_size,
            made_at=dt.datetime.fromisoformat(manifest["made_at"]).astimezone(KST),
            sha256=manifest["sha256"],
            revision=manifest["revision"],
            counts=dict(manifest["counts"]),
        )
    except FileNotFoundError as error:
        raise FileRejected(f"백업 파일이 없습니다: {file}") from error
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise FileRejected(
            f"'{file.name}'은(는) 온전한 백업이 아닙니다. 다른 백업을 고르십시오. 지금 자료는 그대로입니다."
        ) from error


def verify(file: Path, root: bytes) -> BackupInfo:
    """Open a backup with the root key and compare it with its manifest; raise FileRejected where it differs."""
    with _unpacked(file) as (folder, info):
        _compare(folder, info, Opening(folder, keys.read_key_file(folder), root))
    return info


def restore(file: Path, into: Path, login: str, password: str, now: dt.datetime) -> Restored:
    """Put a verified backup into a folder; the whole set that lies there is first set aside.

    The password is proved against the slots inside the backup, for it may be older than today's. Raises WrongPassword,
    FileRejected, or Refusal where the folder cannot be written; then nothing was touched.
    """
    with _unpacked(file) as (folder, info):
        opening = prove_by_password(folder, login, password)
        _compare(folder, info, opening)
        aside = _set_aside(into, now)
        try:
            into.mkdir(parents=True, exist_ok=True)
            for name in (keys.FILE_NAME, DATABASE):
                _copy_file(folder / name, into / name)
            _bring_attachments(file.parent / _ATTACHMENTS, into / _ATTACHMENTS)
            sync_folder(into)
        except OSError as error:
            raise Refusal(
                f"되돌리지 못했습니다: {into} ({error.strerror}). 전에 있던 자료는 {aside or into}에 그대로 있습니다."
            ) from error
    return Restored(into, aside, info)


def _copy_database(store: Store, target: Path) -> str:
    """Copy the main file while a read transaction keeps the journal from being written back into it."""
    store.checkpoint()
    total = hashlib.sha256()
    with store.read() as connection:
        connection.execute(sa.text("SELECT count(*) FROM office")).one()
        with store.database.open("rb") as source, target.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                total.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
    return total.hexdigest()


def _verify_database(copy: Path, opening: Opening) -> dict[str, int]:
    """Open the copy, check every page and reference, count every table."""
    connection = connect(copy, opening.database_key, opening.keys.cipher_salt)
    try:
        bad = [
            pragma
            for pragma, good in (
                ("cipher_integrity_check", []),
                ("integrity_check", [("ok",)]),
                ("foreign_key_check", []),
            )
            if connection.execute(f"PRAGMA {pragma}").fetchall() != good
        ]
        if bad:
            raise StoreDamaged(
                f"백업을 열어 보니 온전하지 않아 쓰지 않았습니다({', '.join(bad)}). 이전 백업은 그대로입니다. "
                "[관리 → 점검]으로 자료를 확인하고 가장 최근의 온전한 백업에서 되돌리십시오."
            )
        present = {
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        return {
            name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - our own table names
            for name in sorted(set(metadata.tables) & present)
        }
    finally:
        connection.close()
        for leftover in ("-wal", "-shm"):
            copy.with_name(copy.name + leftover).unlink(missing_ok=True)


def _revision(store: Store) -> str:
    with store.read() as connection:
        return str(stored_revision(connection.engine))


def _copy_attachments(store: Store, place: Path) -> list[str]:
    """Copy each attachment this place does not hold yet; their names are keyed hashes of their content."""
    folder = place / _ATTACHMENTS
    names = []
    for name, path in sorted(attachments.files_on_disk(store).items()):
        names.append(name)
        if not (folder / name).exists():
            folder.mkdir(exist_ok=True)
            _copy_file(path, folder / name)
    return names


def _write_archive(part: Path, copy: Path, store: Store, manifest: dict[str, Any]) -> None:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        archive.writestr(keys.FILE_NAME, keys.key_file_bytes(store.opening.keys))
        archive.write(copy, DATABASE)
    with part.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _unpacked(file: Path) -> Iterator[tuple[Path, BackupInfo]]:
    info = read_info(file)
    with tempfile.TemporaryDirectory(prefix="verify-") as name:
        folder = Path(name)
        try:
            with zipfile.ZipFile(file) as archive:
                for member in (keys.FILE_NAME, DATABASE):
                    archive.extract(member, folder)
        except (OSError, zipfile.BadZipFile, KeyError, EOFError) as error:
            raise FileRejected(
                f"'{file.name}' 백업이 손상되어 풀 수 없습니다. 더 이전 백업을 고르십시오. 지금 자료는 그대로입니다."
            ) from error
        yield folder, info


def _compare(folder: Path, info: BackupInfo, opening: Opening) -> None:
    database = folder / DATABASE
    sha256 = hashlib.sha256(database.read_bytes()).hexdigest()
    try:
        same = sha256 == info.sha256 and _verify_database(database, opening) == info.counts
    except UserError as error:
        raise FileRejected(f"'{info.file.name}' 백업이 열리지 않습니다: {error.message}") from error
    if not same:
        raise FileRejected(
            f"'{info.file.name}' 백업의 내용이 만들 때와 다릅니다. 더 이전 백업을 고르십시오. 지금 자료는 그대로입니다."
        )


def _set_aside(into: Path, now: dt.datetime) -> Path | None:
    """Move the whole present set away together: a database beside a stale journal loses rows."""
    present = [into / name for name in _SET if (into / name).exists()]
    if not present:
        return None
    aside = into / f"aside-{now:%Y%m%d-%H%M%S}"
    try:
        aside.mkdir()
        for path in present:
            replace_patiently(path, aside / path.name)
    except OSError as error:
        for moved in aside.iterdir() if aside.is_dir() else ():
            replace_patiently(moved, into / moved.name)
        raise Refusal(
            f"지금 자료를 따로 옮기지 못해 되돌리지 않았습니다({error.strerror}). 프로그램을 모두 닫고 다시 하십시오."
        ) from error
    return aside


def _bring_attachments(source: Path, target: Path) -> None:
    for path in source.iterdir() if source.is_dir() else ():
        if not (target / path.name).exists():
            target.mkdir(exist_ok=True)
            _copy_file(path, target / path.name)


def _copy_file(source: Path, target: Path) -> None:
    """Copy durably: a part first, then its name."""
    part = target.with_name(target.name + ".part")
    shutil.copyfile(source, part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    replace_patiently(part, target)
