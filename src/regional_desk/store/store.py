"""One office's store: opening it, reading from it, writing to it in units of work."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from regional_desk.errors import StoreMissing, UserError
from regional_desk.store import keys, sealing, upgrades
from regional_desk.store.engine import READING, connect, damaged, make_engine
from regional_desk.store.ids import new_id
from regional_desk.store.office import store_key

DATABASE = "office.db"
_PURPOSES = ("persons", "lookup", "attachments")
_CIPHER = "database"
_WRAP = "wrap"


@dataclass(frozen=True, slots=True, repr=False)
class Opening:
    """What it takes to open the database file: the key file and its root key."""

    folder: Path
    keys: keys.KeyFile
    root: bytes

    @property
    def database_key(self) -> bytes:
        """The cipher key of the database file."""
        return sealing.derive(self.root, _CIPHER)


class Store:
    """An open store. Reads see one snapshot; writes begin as IMMEDIATE and roll back unless they end well."""

    def __init__(self, opening: Opening, engine: sa.Engine) -> None:
        self.opening = opening
        self.folder = opening.folder
        self._engine = engine
        self._reader = engine.execution_options(**{READING: True})
        self._inner: sealing.DataKeys | None = None

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / DATABASE

    @property
    def inner_keys(self) -> sealing.DataKeys:
        """The keys that wrap values inside the store; raise StoreDamaged where they do not open."""
        if self._inner is None:
            with self.read() as connection:
                wrapped = {row.purpose: row.wrapped for row in connection.execute(sa.select(store_key))}
            wrap = sealing.derive(self.opening.root, _WRAP)
            try:
                opened = {name: sealing.unseal(wrap, wrapped[name], name.encode()) for name in _PURPOSES}
            except (sealing.SealBroken, KeyError) as error:
                raise damaged() from error
            self._inner = sealing.DataKeys(**opened)
        return self._inner

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one unchanging state."""
        with self._reader.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction: committed and durable when the block ends, rolled back when it raises."""
        with self._engine.begin() as connection:
            yield connection

    def keep_person_keys(self, connection: sa.Connection, keys: Mapping[UUID, bytes]) -> None:
        """Keep new people's keys, wrapped; destroying one later takes that person's values away."""
        connection.exec_driver_sql(
            "INSERT INTO person_key (person_id, wrapped) VALUES (?, ?)",
            [(person_id.bytes, self._wrap_person(person_id, key)) for person_id, key in keys.items()],
        )

    def person_keys(self, connection: sa.Connection, people: Iterable[UUID]) -> dict[UUID, bytes]:
        """The keys of these people that still exist."""
        found: dict[UUID, bytes] = {}
        wanted = list(dict.fromkeys(people))
        for at in range(0, len(wanted), 500):
            some = [person_id.bytes for person_id in wanted[at : at + 500]]
            marks = ",".join("?" * len(some))
            rows = connection.exec_driver_sql(
                f"SELECT person_id, wrapped FROM person_key WHERE wrapped IS NOT NULL AND person_id IN ({marks})",  # noqa: S608 - only question marks are put in
                tuple(some),
            )
            for raw, wrapped in rows:
                found[UUID(bytes=raw)] = sealing.unseal(self.inner_keys.persons, wrapped, raw)
        return found

    def close(self) -> None:
        """Write the journal back and let the file go."""
        self.checkpoint()
        self._engine.dispose()

    def checkpoint(self) -> None:
        """Write the journal back into the main file, as far as other readers allow."""
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()

    def _wrap_person(self, person_id: UUID, key: bytes) -> bytes:
        return sealing.seal(self.inner_keys.persons, key, person_id.bytes)


def create_store(folder: Path, login: str, password: str, cost: keys.KdfCost) -> tuple[Store, str]:
    """Make an empty encrypted store for a first user; return it with the recovery key, which is shown once.

    Raises UserError where the folder already holds files of an office.
    """
    if (folder / DATABASE).exists() or (folder / keys.FILE_NAME).exists():
        raise UserError(
            f"이 폴더에는 이미 사무소 자료가 있어 아무것도 만들지 않았습니다: {folder}. 빈 폴더를 고르십시오."
        )
    folder.mkdir(parents=True, exist_ok=True)
    store_id, root, recovery_key = new_id(), sealing.new_key(), keys.new_recovery_key()
    key_file = keys.KeyFile(
        store_id=store_id,
        cipher_salt=os.urandom(16),
        slots=(
            keys.user_slot(store_id, login, password, root, cost),
            keys.recovery_slot(store_id, recovery_key, root, cost),
        ),
    )
    opening = Opening(folder, key_file, root)
    connect(folder / DATABASE, opening.database_key, key_file.cipher_salt, create=True).close()
    engine = make_engine(folder / DATABASE, opening.database_key, key_file.cipher_salt)
    store = Store(opening, engine)
    upgrades.upgrade(engine)
    wrap = sealing.derive(root, _WRAP)
    with store.write() as connection:
        connection.execute(
            sa.insert(store_key),
            [
                {"purpose": name, "wrapped": sealing.seal(wrap, sealing.new_key(), name.encode())}
                for name in _PURPOSES
            ],
        )
    keys.write_key_file(folder, key_file)
    return store, recovery_key


def prove_by_password(folder: Path, login: str, password: str) -> Opening:
    """Prove the password against the slots before the database is touched."""
    key_file = keys.read_key_file(folder)
    return Opening(folder, key_file, keys.root_by_password(key_file, login, password))


def prove_by_recovery_key(folder: Path, recovery_key: str) -> Opening:
    """Prove the printed recovery key."""
    key_file = keys.read_key_file(folder)
    return Opening(folder, key_file, keys.root_by_recovery_key(key_file, recovery_key))


def open_store(opening: Opening) -> Store:
    """Open a proved store at the newest revision.

    Raises StoreMissing, StoreDamaged or StoreNewer.
    """
    database = opening.folder / DATABASE
    if not database.exists():
        raise StoreMissing(
            f"열쇠 파일은 있으나 자료 파일({DATABASE})이 없습니다: {opening.folder}. 백업에서 되돌려 주십시오."
        )
    engine = make_engine(database, opening.database_key, opening.keys.cipher_salt)
    try:
        if upgrades.needs_upgrade(engine):
            upgrades.upgrade(engine)
    except UserError:
        engine.dispose()
        raise
    except sa.exc.DBAPIError as error:
        engine.dispose()
        raise damaged() from error
    return Store(opening, engine)


def add_user_slot(store: Store, login: str, password: str, cost: keys.KdfCost) -> Store:
    """Give one more person a slot; return the store with the new key file."""
    old = store.opening
    slot = keys.user_slot(old.keys.store_id, login, password, old.root, cost)
    kept = tuple(known for known in old.keys.slots if not (known.kind == "user" and known.login == login))
    key_file = keys.KeyFile(old.keys.store_id, old.keys.cipher_salt, (*kept, slot))
    keys.write_key_file(store.folder, key_file)
    store.opening = Opening(old.folder, key_file, old.root)
    return store
