"""The SQLAlchemy engine over an encrypted SQLite file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from regional_desk.store.trouble import damaged, explain, has_no_room, telling

READING = "reading"
_OLDEST_SQLITE = (3, 51, 3)
_CACHE_KIB = 144 * 1024  # at most: the pages of a draft of 100 000 stay at hand
BUSY_MILLISECONDS = 5000
_STATEMENTS = 400  # kept prepared; with the driver's few an old connection prepares each anew at every key


def connect(path: Path, key: bytes, salt: bytes, *, create: bool = False, read_only: bool = False) -> Any:
    """A raw connection; the salt is given with the key, so a damaged file head cannot hide the store.

    `mode=rw` keeps a wrong path from making an empty store. Raises StoreDamaged where the first page does not open, and
    StoreBusy, StoreReadOnly, DiskFull or StoreUnreadable where the disk or another program keeps it from opening.
    """
    if dbapi2.sqlite_version_info < _OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} carries the WAL-reset bug")
    with telling(path.parent):
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?{_mode(path, create=create, read_only=read_only)}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=_STATEMENTS,
        )
    writing = () if read_only else ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")
    try:
        for pragma in (
            "cipher_log_level = NONE",  # what it would print, the error says in Korean
            f'key = "{raw_key(key, salt)}"',
            f"busy_timeout = {BUSY_MILLISECONDS}",
            *writing,
            "foreign_keys = ON",
            "recursive_triggers = ON",  # INSERT OR REPLACE takes a row away past the triggers otherwise
            "trusted_schema = OFF",
            f"cache_size = -{_CACHE_KIB}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        connection.close()
        raise explain(error, path.parent) or damaged() from error
    return connection


def fetch(connection: sa.Connection, select: str, values: Sequence[Any] | Mapping[str, Any]) -> list[Any]:
    """The rows of a plain SELECT as the driver gives them, in the connection's snapshot: for what is asked at every key.

    SQLAlchemy's own way costs twice the statement. What the engine refuses is told as ever (`trouble.telling`).
    """
    if not connection.in_transaction():
        connection.begin()
    raw: Any = connection.connection.driver_connection
    found: list[Any] = raw.execute(select, values).fetchall()
    return found


def put(connection: sa.Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """A plain INSERT of these rows inside the caller's transaction, as `fetch` is a plain SELECT.

    The driver looks up how to bind each bytes and each None, which costs more than the row: give a bytearray, and NULL
    in the statement, where many rows are written.
    """
    raw: Any = connection.connection.driver_connection
    if len(rows) == 1:
        raw.execute(statement, rows[0])
    elif rows:
        raw.executemany(statement, rows)


def raw_key(key: bytes, salt: bytes) -> str:
    """Key and salt as SQLCipher takes them without stretching."""
    return f"x'{key.hex()}{salt.hex()}'"


def _mode(path: Path, *, create: bool, read_only: bool) -> str:
    if not read_only:
        return "mode=rwc" if create else "mode=rw"
    journal = path.with_name(path.name + "-wal")
    alone = not os.access(path.parent, os.W_OK) or has_no_room(path.parent)  # nothing can be made beside it
    lying_still = alone and not journal.exists()  # a live journal must not be overlooked
    return "mode=ro&immutable=1" if lying_still else "mode=ro"


def make_engine(path: Path, key: bytes, salt: bytes, *, read_only: bool = False) -> sa.Engine:
    """An engine whose transactions begin as IMMEDIATE, so DDL is transactional and writers queue at the start."""
    engine = sa.create_engine(
        sa.URL.create("sqlite"),
        module=dbapi2,
        creator=lambda: connect(path, key, salt, read_only=read_only),
        poolclass=QueuePool,
        pool_use_lifo=True,  # one writer's pages stay in one connection's cache
        pool_size=4,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get(READING)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
