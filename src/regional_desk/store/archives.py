"""What a backup file is: a zip of the database as ciphertext, its key slots, and a manifest of what it must hold."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlcipher3 import dbapi2

from regional_desk.errors import FileRejected, StoreDamaged
from regional_desk.store import audit, keys
from regional_desk.store.engine import connect
from regional_desk.store.metadata import KST
from regional_desk.store.store import DATABASE, Opening

SUFFIX = ".rdbackup"
MANUAL, TIMED, BEFORE = "manual", "timed", "before:"
CHUNK = 1 << 20
_MANIFEST = "manifest.json"
_FORMAT = 2
Query = Callable[[str], Sequence[Any]]
_Checks = tuple[tuple[str, list[Any]], ...]  # pragma and what it says of a whole database
_FAST: _Checks = (("cipher_integrity_check", []),)
_THOROUGH: _Checks = (*_FAST, ("integrity_check", [("ok",)]), ("foreign_key_check", []))
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
_TOTALS = (
    'SELECT substr(n."end", 1, 7), COUNT(CASE WHEN r.amount > 0 THEN 1 END), COALESCE(SUM(r.amount), 0) '
    "FROM allowance_run n LEFT JOIN allowance_row r ON r.run_id = n.id AND r.held = 0 "
    "WHERE n.state IN ('confirmed', 'paid', 'reconciled') GROUP BY 1 ORDER BY 1"
)


@dataclass(frozen=True, slots=True)
class Total:
    """The control total of a month: people paid, and won."""

    people: int
    amount: int


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of a log's chain: its last number and hash (hexadecimal)."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds: rows by table, confirmed allowance by month (`2026-08`), the ends of both logs."""

    revision: str
    counts: dict[str, int]
    totals: dict[str, Total] = field(default_factory=dict)
    tips: dict[str, Tip] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup: `size` in bytes, `sha256` of the database inside, `reason` manual, timed or before:<act>.

    `second` is its copy on the second place, `warning` why a place that was asked for has none; both are known only
    of a backup just made.
    """

    file: Path
    size: int
    made_at: dt.datetime
    sha256: str
    facts: Facts
    store_id: UUID
    reason: str = MANUAL
    attachments: tuple[str, ...] = ()
    second: Path | None = None
    warning: str = ""

    @property
    def revision(self) -> str:
        """The revision of the database inside."""
        return self.facts.revision

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table."""
        return self.facts.counts

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(self.facts.counts.values())

    @property
    def automatic(self) -> bool:
        """Whether the program made it by itself."""
        return self.reason != MANUAL


def add_manifest(
    archive: Path,
    sha256: str,
    facts: Facts,
    store_id: UUID,
    made_at: dt.datetime,
    reason: str,
    names: Sequence[str],
) -> None:
    """Put the manifest into an archive that was looked at, and make the whole durable."""
    manifest = {
        "format": _FORMAT,
        "store": str(store_id),
        "made_at": made_at.isoformat(),
        "reason": reason,
        "sha256": sha256,
        **asdict(facts),
        "attachments": list(names),
    }
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_STORED) as target:
        target.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False))
    sync(archive)


def read_info(file: Path) -> BackupInfo:
    """What a backup says of itself; raise FileRejected where it is not one."""
    try:
        with zipfile.ZipFile(file) as archive:
            told: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        return BackupInfo(
            file=file,
            size=file.stat().st_size,
            made_at=dt.datetime.fromisoformat(told["made_at"]).astimezone(KST),
            sha256=told["sha256"],
            facts=Facts(
                told["revision"],
                dict(told["counts"]),
                {month: Total(**total) for month, total in told.get("totals", {}).items()},
                {chain: Tip(**tip) for chain, tip in told.get("tips", {}).items()},
            ),
            store_id=UUID(told["store"]),
            reason=told.get("reason", MANUAL),
            attachments=tuple(told["attachments"]),
        )
    except FileNotFoundError as error:
        raise FileRejected(f"백업 파일이 없습니다: {file}") from error
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise FileRejected(
            f"'{file.name}'은(는) 온전한 백업이 아닙니다. 다른 백업을 고르십시오. 지금 자료는 그대로입니다."
        ) from error


def list_backups(place: Path) -> tuple[BackupInfo, ...]:
    """The readable backups of a place, oldest first."""
    found = []
    for file in sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else ():
        try:
            found.append(read_info(file))
        except FileRejected:
            continue  # `verify` names it; a list must not fail for one bad file
    return tuple(sorted(found, key=_age))


def _age(info: BackupInfo) -> tuple[dt.datetime, int, int]:
    """Two of one moment stand in the order of what they hold, then of their numbers."""
    return info.made_at, sum(tip.seq for tip in info.facts.tips.values()), len(info.file.name)


def write_archive(archive: Path, opening: Opening, now: dt.datetime) -> None:
    """Copy the database as it lies, behind whoever keeps it still, with its key slots into a new archive."""
    entry = zipfile.ZipInfo(DATABASE, now.timetuple()[:6])
    database = opening.folder / DATABASE
    entry.file_size = database.stat().st_size
    with zipfile.ZipFile(archive, "x", zipfile.ZIP_STORED) as target:
        with target.open(entry, "w") as member, database.open("rb") as source:
            while chunk := source.read(CHUNK):
                member.write(chunk)
        target.writestr(keys.FILE_NAME, keys.key_file_bytes(opening.keys))
    sync(archive)


def unpack(file: Path, folder: Path) -> None:
    """Put database and key slots of a backup into a folder; raise FileRejected where they are damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            for member in (keys.FILE_NAME, DATABASE):
                with archive.open(member) as source, (folder / member).open("wb") as target:
                    while chunk := source.read(CHUNK):
                        target.write(chunk)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise FileRejected(
            f"'{file.name}' 백업이 손상되어 풀 수 없습니다. 더 이전 백업을 고르십시오. 지금 자료는 그대로입니다."
        ) from error


def examine(opening: Opening, *, thorough: bool) -> tuple[str, Facts]:
    """The hash and facts of an unpacked database, every page proved by its authentication code.

    `thorough` also checks structure and references, which takes longer than the rest together. Hash and facts are taken
    beside it, on another core. Raises StoreDamaged where it does not open or is not whole.
    """
    database = opening.folder / DATABASE
    with ThreadPoolExecutor(1) as side:
        digest, facts = side.submit(file_sha256, database), side.submit(_facts_of, opening)
        try:
            with _opened(opening) as query:
                bad = [
                    pragma
                    for pragma, good in (_THOROUGH if thorough else _FAST)
                    if query(f"PRAGMA {pragma}") != good
                ]
            if bad:
                raise StoreDamaged(f"온전하지 않은 데이터베이스입니다({', '.join(bad)}).")
            return digest.result(), facts.result()
        except dbapi2.DatabaseError as error:
            raise StoreDamaged("읽을 수 없는 쪽이 있습니다.") from error


@contextlib.contextmanager
def _opened(opening: Opening) -> Iterator[Query]:
    """Ask an unpacked database."""
    path, salt = opening.folder / DATABASE, opening.keys.cipher_salt
    connection = connect(path, opening.database_key, salt, read_only=True)
    try:
        yield lambda sql: connection.execute(sql).fetchall()
    finally:
        connection.close()


def _facts_of(opening: Opening) -> Facts:
    with _opened(opening) as query:
        return read_facts(query)


def read_facts(query: Query) -> Facts:
    """What a database of any revision holds, in the state its connection sees."""
    tables = [str(name) for (name,) in query(_TABLES)]
    counts = {name: int(query(f'SELECT count(*) FROM "{name}"')[0][0]) for name in tables}  # noqa: S608 - names of tables
    tips = {}
    for chain in audit.CHAINS:
        last = query(f"SELECT seq, hash FROM {chain} ORDER BY seq DESC LIMIT 1")  # noqa: S608 - CHAINS are constants
        tips[chain] = Tip(int(last[0][0]), bytes(last[0][1]).hex()) if last else Tip(0, "")
    totals = {str(month): Total(int(people), int(amount)) for month, people, amount in query(_TOTALS)}
    (revision,) = query("SELECT version_num FROM alembic_version")[0]
    return Facts(str(revision), counts, totals, tips)


def differs(told: Facts, found: Facts) -> str:
    """What of a manifest's facts a database does not hold, in Korean; empty where all of it is there.

    A manifest of an earlier format tells less; only what it tells is compared.
    """
    if any(found.counts.get(table) != rows for table, rows in told.counts.items()):
        return "줄 수"
    if told.tips and told.totals != found.totals:
        return "월별 합계"
    if told.tips and told.tips != found.tips:
        return "기록의 끝"
    return ""


def fitting(opening: Opening) -> Opening:
    """The opening with the root key that fits its database: in the middle of a re-key there are two."""
    for root in opening.roots:
        proved = replace(opening, root=root)
        try:
            connect(
                opening.folder / DATABASE, proved.database_key, opening.keys.cipher_salt, read_only=True
            ).close()
        except StoreDamaged:
            continue
        return proved
    return opening


def file_sha256(file: Path) -> str:
    """The hash of a file's content."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def sync(file: Path) -> None:
    """Make a written file durable."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
