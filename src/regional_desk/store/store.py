"""One office's store: opening it, reading from it, writing to it in units of work."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.errors import (
    Refusal,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreReadOnly,
    StoreUnreadable,
    UserError,
    WrongPassword,
)
from regional_desk.store import audit, keys, sealing, trouble, upgrades
from regional_desk.store.engine import BUSY_MILLISECONDS, READING, connect, fetch, make_engine
from regional_desk.store.gate import Gate, Turns
from regional_desk.store.ids import new_id
from regional_desk.store.keys import KeyFile, Unlocked
from regional_desk.store.office import store_key
from regional_desk.store.session import Session, hold
from regional_desk.store.trouble import damaged, telling

Save = Callable[["Store"], None]
DATABASE = "office.db"
_PURPOSES = ("persons", "lookup")
ATTACHMENTS = "attachments"
NEXT = "next:"  # the inner keys as a re-key under way will wrap them
_CIPHER = "database"
_WRAP = "wrap"


@dataclass(frozen=True, slots=True, repr=False)
class Opening:
    """What it takes to open the database file: key file, root key in force, and the slot that was opened."""

    folder: Path
    keys: KeyFile
    root: bytes
    unlocked: Unlocked | None = None  # None where only the root is known, as when a copy is verified

    @property
    def database_key(self) -> bytes:
        """The cipher key of the database file."""
        return sealing.derive(self.root, _CIPHER)

    @property
    def wrapping_key(self) -> bytes:
        """What the inner keys are wrapped with."""
        return sealing.derive(self.root, _WRAP)

    @property
    def roots(self) -> tuple[bytes, ...]:
        """The root keys the opened slot leads to, the newest first; two while a re-key is under way."""
        return self.unlocked.roots if self.unlocked else (self.root,)

    def root_of(self, key_file: KeyFile) -> bytes | None:
        """The root key inside another key file of this office (an older backup's); None where this person has none."""
        return self.unlocked.root_of(key_file) if self.unlocked else None


class Store:
    """An open store. Reads see one snapshot; writes begin as IMMEDIATE and roll back unless they end well."""

    def __init__(self, opening: Opening, engine: sa.Engine, session: Session | None) -> None:
        self.opening = opening
        self.folder = opening.folder
        self.session = session
        self.gate = Gate()
        self._turns = Turns()
        self._use(engine)

    def _use(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READING: True})
        self._inner: sealing.DataKeys | None = None

    @property
    def read_only(self) -> bool:
        """Whether this store only shows: nobody holds the office for it."""
        return self.session is None

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
            upcoming = {
                name.removeprefix(NEXT): key for name, key in wrapped.items() if name.startswith(NEXT)
            }
            current = {name: key for name, key in wrapped.items() if not name.startswith(NEXT)}
            # after a re-key whose last step failed, the upcoming ones are those of the pages' key
            self._inner = self._unwrapped(current) or self._unwrapped(upcoming)
        if self._inner is None:
            raise damaged()
        return self._inner

    def _unwrapped(self, wrapped: Mapping[str, bytes]) -> sealing.DataKeys | None:
        """These inner keys, None where they are not wrapped with the key in force."""
        wrap = self.opening.wrapping_key
        newest_first = sorted((name for name in wrapped if name.startswith(ATTACHMENTS)), reverse=True)
        try:
            opened = {name: sealing.unseal(wrap, wrapped[name], name.encode()) for name in wrapped}
            generations = tuple(opened[name] for name in newest_first)
            return sealing.DataKeys(opened["persons"], opened["lookup"], generations)
        except (sealing.SealBroken, KeyError):
            return None

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one unchanging state; raise StoreError where the disk or the engine fails."""
        with self.gate.shared(), self._telling(), self._reader.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell what the engine refuses; where the disk failed, no connection that met it is used again.

        On a full disk the engine rolled back and stays usable, and a new connection might find no room to begin in.
        """
        try:
            with telling(self.folder):
                yield
        except (StoreDamaged, StoreReadOnly, StoreUnreadable):
            self._engine.dispose()
            raise

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction: committed and durable when the block ends, rolled back when it raises.

        Raises Refusal where the store was opened to be read only, StoreError where the disk or the engine fails. After
        one of `trouble.UNSETTLED` only what the store then holds says whether the block counts.
        """
        if self.session is None:
            raise Refusal(
                "읽기 전용으로 연 자료라 고치지 않았습니다. 고치려면 이 사무소를 쓸 수 있게 다시 여십시오."
            )
        turn = self._turns.taken(BUSY_MILLISECONDS / 1000)
        with self.gate.shared(), turn, self._telling(), self._engine.begin() as connection:
            audit.take_tips(connection)  # of a transaction that was rolled back on this connection
            yield connection
            tips = audit.take_tips(connection)
        if tips:
            self.session.note_commit(tips)

    def wrap_person_keys(self, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """New people's (key, raw id) as person_key keeps them; destroying one later takes that person's values away."""
        return sealing.seal_many(self.inner_keys.persons, keys)

    def person_keys(self, connection: sa.Connection, people: Iterable[UUID]) -> dict[UUID, bytes]:
        """The keys of these people that still exist."""
        found: dict[UUID, bytes] = {}
        wanted = list(dict.fromkeys(people))
        for at in range(0, len(wanted), 500):
            some = [person_id.bytes for person_id in wanted[at : at + 500]]
            marks = ",".join("?" * len(some))
            select = f"SELECT person_id, wrapped FROM person_key WHERE wrapped IS NOT NULL AND person_id IN ({marks})"  # noqa: S608 - only question marks are put in
            for raw, wrapped in fetch(connection, select, some):
                found[UUID(bytes=raw)] = sealing.unseal(self.inner_keys.persons, wrapped, raw)
        return found

    @property
    def engine(self) -> sa.Engine:
        """The engine, for what works on the store as a whole: upgrades, a re-key, backups."""
        return self._engine

    def use(self, opening: Opening) -> None:
        """Go on with other keys: those of a re-key, or after slots changed."""
        if opening.root != self.opening.root:
            self._engine.dispose()
            self._use(make_engine(self.database, opening.database_key, opening.keys.cipher_salt))
        self.opening = opening

    def settle_rekey(self) -> None:
        """End a re-key, whole or not begun: the root that opened the pages says which."""
        renewed = self.opening.root == self.opening.roots[0] and len(self.opening.roots) > 1
        with self.write() as connection:
            upcoming = connection.execute(
                sa.select(store_key).where(store_key.c.purpose.startswith(NEXT))
            ).all()
            connection.execute(sa.delete(store_key).where(store_key.c.purpose.startswith(NEXT)))
            if renewed and upcoming:
                connection.execute(sa.delete(store_key))
                rows = [
                    {"purpose": row.purpose.removeprefix(NEXT), "wrapped": row.wrapped} for row in upcoming
                ]
                connection.execute(sa.insert(store_key), rows)
        self._inner = None
        if self.opening.unlocked:
            unlocked = replace(self.opening.unlocked, roots=(self.opening.root,))
            self.opening = replace(self.opening, unlocked=unlocked)
        self.save_slots(self.opening.keys.settled(renewed=renewed))

    def end_rekey(self) -> None:
        """End what a failing disk left of a re-key in this session, before its slots are written again."""
        if self.opening.keys.rekeying:
            self.settle_rekey()

    def save_slots(self, key_file: KeyFile) -> None:
        """Write the key file and go on with it."""
        with telling(self.folder, files=True):
            keys.write_key_file(self.folder, key_file)
        self.opening = replace(self.opening, keys=key_file)

    def close(self) -> None:
        """Write the journal back and let the file and the office go."""
        if self.session is not None:
            with contextlib.suppress(
                StoreError
            ):  # what is in the journal is read from there at the next opening
                self.checkpoint()
        self._engine.dispose()
        if self.session is not None:
            self.session.release()
            self.session = None

    def checkpoint(self) -> None:
        """Write the journal back into the main file, as far as other readers allow."""
        with telling(self.folder), contextlib.closing(self._engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def create_store(folder: Path, login: str, password: str, cost: keys.KdfCost) -> tuple[Store, str]:
    """Make an empty encrypted store for a first user; return it with the recovery key, which is shown once.

    Raises UserError where the folder already holds files of an office.
    """
    if (folder / DATABASE).exists() or (folder / keys.FILE_NAME).exists():
        raise UserError(
            f"이 폴더에는 이미 사무소 자료가 있어 아무것도 만들지 않았습니다: {folder}. 빈 폴더를 고르십시오."
        )
    folder.mkdir(parents=True, exist_ok=True)
    session = hold(folder, login)
    store_id, root, recovery_key = new_id(), sealing.new_key(), keys.new_recovery_key()
    slot = keys.user_slot(store_id, login, password, root, cost)
    key_file = KeyFile(
        store_id=store_id,
        cipher_salt=os.urandom(16),
        slots=(slot, keys.recovery_slot(store_id, recovery_key, root, cost)),
    )
    opening = Opening(folder, key_file, root, keys.unlock_by_password(key_file, login, password))
    connect(folder / DATABASE, opening.database_key, key_file.cipher_salt, create=True).close()
    engine = make_engine(folder / DATABASE, opening.database_key, key_file.cipher_salt)
    store = Store(opening, engine, session)
    upgrades.upgrade(engine)
    inner = {name: sealing.new_key() for name in (*_PURPOSES, ATTACHMENTS)}
    with store.write() as connection:
        connection.execute(sa.insert(store_key), wrapped_rows(inner, opening.wrapping_key))
    keys.write_key_file(folder, key_file)
    return store, recovery_key


def wrapped_rows(inner: Mapping[str, bytes], wrap: bytes, prefix: str = "") -> list[dict[str, Any]]:
    """The rows of store_key that keep these inner keys."""
    return [
        {"purpose": prefix + name, "wrapped": sealing.seal(wrap, key, name.encode())}
        for name, key in inner.items()
    ]


def prove_by_password(folder: Path, login: str, password: str) -> Opening:
    """Prove the password against the slots before the database is touched; a slot of the first format is renewed."""
    key_file = _read_slots(folder)
    unlocked = keys.unlock_by_password(key_file, login, password)
    if not unlocked.private:
        root, cost = unlocked.roots[0], unlocked.slot.cost
        key_file = key_file.with_slot(keys.user_slot(key_file.store_id, login, password, root, cost))
        with contextlib.suppress(OSError):  # on read-only media it is renewed another day
            keys.write_key_file(folder, key_file)
        unlocked = keys.unlock_by_password(key_file, login, password)
    return Opening(folder, key_file, unlocked.roots[0], unlocked)


def prove_by_recovery_key(folder: Path, recovery_key: str) -> Opening:
    """Prove the printed recovery key."""
    key_file = _read_slots(folder)
    unlocked = keys.unlock_by_recovery_key(key_file, recovery_key)
    return Opening(folder, key_file, unlocked.roots[0], unlocked)


def _read_slots(folder: Path) -> KeyFile:
    with telling(folder, files=True):
        return keys.read_key_file(folder)


def open_store(
    opening: Opening, *, read_only: bool = False, login: str = "", save: Save | None = None
) -> Store:
    """Open a proved store at the newest revision.

    `save` is called with the store before an upgrade, to back it up. Raises StoreMissing, StoreDamaged, StoreNewer, or
    StoreBusy where another program holds the office; a store read only is held by nobody and never upgraded.
    """
    database = opening.folder / DATABASE
    if not database.exists():
        raise StoreMissing(
            f"열쇠 파일은 있으나 자료 파일({DATABASE})이 없습니다: {opening.folder}. 백업에서 되돌려 주십시오."
        )
    if database.stat().st_size == 0:  # the engine would take it for a new store and begin to write one
        raise damaged()
    session = None if read_only else hold(opening.folder, login)
    with contextlib.ExitStack() as undo:
        undo.callback(_let_go, session)
        try:
            store = _open_by_newest_root(opening, session)
            undo.callback(store.engine.dispose)
            if upgrades.needs_upgrade(store.engine):
                _upgrade(store, save)
            if session is not None and store.opening.keys.rekeying:
                store.settle_rekey()
        except sa.exc.DBAPIError as error:
            raise trouble.explain(error, opening.folder) or damaged() from error
        undo.pop_all()
    return store


def _open_by_newest_root(opening: Opening, session: Session | None) -> Store:
    """Open by the first root key that fits: during an interrupted re-key there are two."""
    salt, database = opening.keys.cipher_salt, opening.folder / DATABASE
    for root in opening.roots:
        proved = replace(opening, root=root)
        engine = make_engine(database, proved.database_key, salt, read_only=session is None)
        try:
            with engine.execution_options(**{READING: True}).connect():
                return Store(proved, engine, session)
        except StoreDamaged:
            engine.dispose()
    if opening.keys.rekeying and len(opening.roots) == 1:
        raise WrongPassword(
            "이 사용자의 열쇠는 더 이상 이 사무소를 열지 못합니다. 관리자에게 문의해 주십시오."
        )
    raise damaged()


def _upgrade(store: Store, save: Save | None) -> None:
    if store.session is None:
        raise Refusal(
            "이 자료는 더 옛 프로그램에서 쓰던 것이라 읽기 전용으로는 열 수 없습니다. 쓸 수 있게 한 번 열면 새 판으로 올립니다."
        )
    if save is not None:
        save(store)
    try:
        upgrades.upgrade(store.engine)
    except (upgrades.DanglingReference, sa.exc.IntegrityError) as error:
        raise StoreDamaged(
            f"자료 가운데 새 판에 맞지 않는 것이 있어({error.args[0]}) 판을 올리지 않았습니다. 자료는 올리기 전 그대로이고 전에 쓰던 프로그램으로 열립니다. "
            "이 글을 개발자에게 보내 주십시오."
        ) from error


def _let_go(session: Session | None) -> None:
    if session is not None:
        session.release()
