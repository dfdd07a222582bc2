"""The two hash-chained logs: what was changed, and who looked, printed or exported.

The chain covers digests. Values that name a person lie beside it, sealed under that person's key: destroying the
key takes the values away and the chain still verifies.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import (
    Id,
    Moment,
    canonical,
    from_microseconds,
    id_column,
    metadata,
    to_microseconds,
)

CHANGES = "change_log"
ACCESSES = "access_log"
CHAINS = (CHANGES, ACCESSES)
_START = b"\0" * 32
_TIPS = "log tips"


def _chain(name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("operation_id", Id, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("subject_id", Id, index=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )


change_log = _chain(CHANGES)
access_log = _chain(ACCESSES)

log_value = sa.Table(
    "log_value",
    metadata,
    sa.Column("chain", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("person_id", Id, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.PrimaryKeyConstraint("chain", "seq", "place"),
    sa.Index("ix_log_value_person_id", "person_id"),
    sqlite_with_rowid=False,
)

log_anchor = sa.Table(
    "log_anchor",
    metadata,
    id_column(),
    sa.Column("chain", sa.Text, nullable=False),
    sa.Column(
        "seq", sa.Integer, nullable=False
    ),  # the last line that was let go; the chain goes on from its hash
    sa.Column("hash", sa.LargeBinary(32), nullable=False),
    sa.Column("lines", sa.Integer, nullable=False),
    sa.Column("first_at", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    sa.Column("signature", sa.LargeBinary, nullable=False),
    sa.Column("signer", sa.Text, nullable=False),  # the certificate's name, or store
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("chain", "seq"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line to be written. `detail` names nobody; `values` are (person, sealed bytes)."""

    at: dt.datetime
    user_id: UUID
    operation_id: UUID
    action: str
    subject: str
    subject_id: UUID | None
    detail: Mapping[str, Any]
    values: tuple[tuple[UUID, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line as read back."""

    seq: int
    at: dt.datetime
    user_id: UUID
    action: str
    subject: str
    subject_id: UUID | None
    detail: str


def append(connection: sa.Connection, chain: str, entries: Iterable[Entry]) -> None:
    """Add lines to a chain inside the caller's transaction."""
    last = connection.exec_driver_sql(f"SELECT seq, hash FROM {chain} ORDER BY seq DESC LIMIT 1").first()  # noqa: S608 - CHAINS are constants
    seq, previous = (0, _START) if last is None else (last[0], bytes(last[1]))
    lines, values = [], []
    for entry in entries:
        seq += 1
        detail = canonical(entry.detail)
        digest = _digest(detail, [sealed for _, sealed in entry.values])
        at = to_microseconds(entry.at)
        subject_id = entry.subject_id.bytes if entry.subject_id else None
        head = (at, entry.user_id.bytes, entry.operation_id.bytes, entry.action, entry.subject, subject_id)
        previous = _hash(previous, seq, head, digest)
        lines.append((seq, *head, detail, digest, previous))
        values += [
            (chain, seq, place, person.bytes, sealed) for place, (person, sealed) in enumerate(entry.values)
        ]
    connection.info.setdefault(_TIPS, {})[chain] = seq
    if lines:
        connection.exec_driver_sql(
            f"INSERT INTO {chain} (seq, at, user_id, operation_id, action, subject, subject_id, detail, digest, hash) "  # noqa: S608 - CHAINS are constants
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            lines,
        )
    if values:
        connection.exec_driver_sql(
            "INSERT INTO log_value (chain, seq, place, person_id, sealed) VALUES (?, ?, ?, ?, ?)", values
        )


def take_tips(connection: sa.Connection) -> dict[str, int]:
    """The last sequence numbers this transaction wrote, by chain; asked once, at its end."""
    return dict(connection.info.pop(_TIPS, {}))


def first_break(connection: sa.Connection, chain: str) -> int | None:
    """The sequence number of the first line that does not verify, or None where the whole chain holds."""
    sealed: dict[int, list[bytes]] = {}
    for seq, value in connection.exec_driver_sql(
        "SELECT seq, sealed FROM log_value WHERE chain = ? ORDER BY seq, place", (chain,)
    ):
        sealed.setdefault(seq, []).append(value)
    previous = _START
    rows = connection.exec_driver_sql(
        "SELECT seq, at, user_id, operation_id, action, subject, subject_id, detail, digest, hash "  # noqa: S608 - CHAINS are constants
        f"FROM {chain} ORDER BY seq"
    )
    for expected, (seq, *head, detail, digest, hashed) in enumerate(rows, start=1):
        previous = _hash(previous, seq, tuple(head), bytes(digest))
        good = (
            seq == expected
            and bytes(digest) == _digest(detail, sealed.pop(seq, []))
            and bytes(hashed) == previous
        )
        if not good:
            return int(seq)
    return min(sealed) if sealed else None


def tip(connection: sa.Connection, chain: str) -> tuple[int, bytes]:
    """The last sequence number and hash of a chain."""
    last = connection.exec_driver_sql(f"SELECT seq, hash FROM {chain} ORDER BY seq DESC LIMIT 1").first()  # noqa: S608 - CHAINS are constants
    return (0, _START) if last is None else (last[0], bytes(last[1]))


def read_lines(
    connection: sa.Connection, chain: str, *, subject_id: UUID | None = None, limit: int = 500
) -> tuple[LogLine, ...]:
    """The newest lines first."""
    table = metadata.tables[chain]
    query = sa.select(table).order_by(table.c.seq.desc()).limit(limit)
    if subject_id is not None:
        query = query.where(table.c.subject_id == subject_id)
    return tuple(
        LogLine(row.seq, row.at, row.user_id, row.action, row.subject, row.subject_id, row.detail)
        for row in connection.execute(query)
    )


def lines_of(
    connection: sa.Connection, chain: str, actions: Sequence[str], *, after: int
) -> tuple[LogLine, ...]:
    """The lines of these actions with a number above `after`, oldest first."""
    table = metadata.tables[chain]
    query = sa.select(table).where(table.c.action.in_(actions), table.c.seq > after).order_by(table.c.seq)
    return tuple(
        LogLine(row.seq, row.at, row.user_id, row.action, row.subject, row.subject_id, row.detail)
        for row in connection.execute(query)
    )


def read_person_values(
    connection: sa.Connection, chain: str, person_id: UUID, *, subject: str
) -> tuple[tuple[dt.datetime, UUID, str, bytes], ...]:
    """What a log keeps about one person: (when, who, action, sealed value), oldest first."""
    rows = connection.exec_driver_sql(
        f"SELECT l.at, l.user_id, l.action, v.sealed FROM log_value v JOIN {chain} l ON l.seq = v.seq "  # noqa: S608 - CHAINS are constants
        "WHERE v.chain = ? AND v.person_id = ? AND l.subject = ? ORDER BY l.seq, v.place",
        (chain, person_id.bytes, subject),
    )
    return tuple(
        (from_microseconds(at), UUID(bytes=user), action, sealed) for at, user, action, sealed in rows
    )


def _digest(detail: str, sealed: Iterable[bytes]) -> bytes:
    total = hashlib.sha256(detail.encode())
    for value in sealed:
        total.update(hashlib.sha256(value).digest())
    return total.digest()


def _hash(previous: bytes, seq: int, head: tuple[Any, ...], digest: bytes) -> bytes:
    total = hashlib.sha256(previous)
    for part in (seq, *head):
        data = b"-" if part is None else part if isinstance(part, bytes) else str(part).encode()
        total.update(len(data).to_bytes(4, "big") + data)
    total.update(digest)
    return total.digest()
