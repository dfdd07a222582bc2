"""The two hash-chained logs: what was changed, and who looked, printed or exported.

The chain covers digests. Values that name a person lie beside it, sealed under that person's key: destroying the
key takes the values away and the chain still verifies. Old lines of the access log may be let go up to an anchor,
which keeps the hash the chain goes on from. Lines are ordered by their number, never by the clock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.engine import fetch, put
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
_LENGTHS = tuple(length.to_bytes(4, "big") for length in range(256))
_AT_ONCE = 2000
_LATELY = 5000  # lines: enough to notice a clock that was set back, few enough to read at every start


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
    """One line as read back; `detail` is JSON and names nobody."""

    seq: int
    at: dt.datetime
    user_id: UUID
    action: str
    subject: str
    subject_id: UUID | None
    detail: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are asked for; what is None or empty does not narrow. `until` is not inside."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None
    user_id: UUID | None = None
    actions: tuple[str, ...] = ()
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a chain goes on after its lines up to `seq` were let go; `signature` vouches for all the rest."""

    chain: str
    seq: int
    hash: bytes
    lines: int
    first_at: dt.datetime
    last_at: dt.datetime
    signature: bytes
    signer: str
    user_id: UUID
    at: dt.datetime


def append(connection: sa.Connection, chain: str, entries: Iterable[Entry]) -> None:
    """Add lines to a chain inside the caller's transaction."""
    seq, previous = tip(connection, chain)
    lines, values = [], []
    for entry in entries:
        seq += 1
        detail = canonical(entry.detail)
        digest = _digest(detail, [sealed for _, sealed in entry.values])
        at = to_microseconds(entry.at)
        subject_id = entry.subject_id.bytes if entry.subject_id else None
        head = (at, entry.user_id.bytes, entry.operation_id.bytes, entry.action, entry.subject, subject_id)
        previous = _hash(previous, seq, *head, digest)
        lines.append((seq, *head, detail, digest, previous))
        values += [
            (chain, seq, place, bytearray(person.bytes), bytearray(sealed))
            for place, (person, sealed) in enumerate(entry.values)
        ]
    connection.info.setdefault(_TIPS, {})[chain] = seq
    put(
        connection,
        f"INSERT INTO {chain} (seq, at, user_id, operation_id, action, subject, subject_id, detail, digest, hash) "  # noqa: S608 - CHAINS are constants
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        lines,
    )
    put(
        connection,
        "INSERT INTO log_value (chain, seq, place, person_id, sealed) VALUES (?, ?, ?, ?, ?)",
        values,
    )


def take_tips(connection: sa.Connection) -> dict[str, int]:
    """The last sequence numbers this transaction wrote, by chain; asked once, at its end."""
    return dict(connection.info.pop(_TIPS, {}))


def first_break(connection: sa.Connection, chain: str) -> int | None:
    """The sequence number of the first line that does not verify, or None where the chain holds.

    Begins at the newest anchor, whose own signature the caller checks. Values without a line are a break too.
    """
    anchor = newest_anchor(connection, chain)
    expected, previous = (anchor.seq, anchor.hash) if anchor else (0, _START)
    raw = connection.connection  # plain tuples: a year's log is read at every start
    values = raw.cursor()
    values.execute("SELECT seq, sealed FROM log_value WHERE chain = ? ORDER BY seq, place", (chain,))
    waiting = values.fetchone()
    rows = raw.cursor()
    rows.execute(
        "SELECT seq, at, user_id, operation_id, action, subject, subject_id, detail, digest, hash "  # noqa: S608 - CHAINS are constants
        f"FROM {chain} ORDER BY seq"
    )
    some = itertools.chain.from_iterable(iter(lambda: rows.fetchmany(_AT_ONCE), []))
    for seq, at, user, operation, action, subject, subject_id, detail, digest, hashed in some:
        expected += 1
        sealed = []
        while waiting is not None and waiting[0] <= seq:
            if waiting[0] < seq:
                return int(waiting[0])
            sealed.append(waiting[1])
            waiting = values.fetchone()
        try:
            previous = _hash(previous, seq, at, user, operation, action, subject, subject_id, digest)
            good = seq == expected and hashed == previous and digest == _digest(detail, sealed)
        except (AttributeError, TypeError, IndexError):  # what stands there is not even of a line's types
            good = False
        if not good:
            return int(seq)
    return None if waiting is None else int(waiting[0])


def tip(connection: sa.Connection, chain: str) -> tuple[int, bytes]:
    """The last sequence number and hash of a chain."""
    last = fetch(connection, f"SELECT seq, hash FROM {chain} ORDER BY seq DESC LIMIT 1", ())  # noqa: S608 - CHAINS are constants
    if last:
        return last[0][0], bytes(last[0][1])
    anchor = newest_anchor(connection, chain)  # every line may have been let go
    return (0, _START) if anchor is None else (anchor.seq, anchor.hash)


def count_lines(connection: sa.Connection, chain: str) -> int:
    """How many lines a chain holds."""
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {chain}").scalar() or 0)  # noqa: S608 - CHAINS are constants


def newest_moment(connection: sa.Connection) -> dt.datetime | None:
    """The latest time on the last lines of both chains; their order does not follow it where a clock was set back."""
    latest = [
        connection.exec_driver_sql(
            f"SELECT max(at) FROM {chain} WHERE seq > ?",  # noqa: S608 - CHAINS are constants
            (tip(connection, chain)[0] - _LATELY,),
        ).scalar()
        for chain in CHAINS
    ]
    known = [from_microseconds(at) for at in latest if at is not None]
    return max(known) if known else None


def list_anchors(connection: sa.Connection, chain: str) -> tuple[Anchor, ...]:
    """The anchors of a chain, oldest first."""
    names = Anchor.__slots__
    columns = (log_anchor.c[name] for name in names)
    query = sa.select(*columns).where(log_anchor.c.chain == chain).order_by(log_anchor.c.seq)
    return tuple(Anchor(**{name: getattr(row, name) for name in names}) for row in connection.execute(query))


def newest_anchor(connection: sa.Connection, chain: str) -> Anchor | None:
    """Where the chain begins now; None where nothing was ever let go."""
    anchors = list_anchors(connection, chain)
    return anchors[-1] if anchors else None


def let_go(connection: sa.Connection, anchor_id: UUID, anchor: Anchor) -> None:
    """Keep an anchor and take the lines it covers away; the database refuses to lose any other line."""
    row = {name: getattr(anchor, name) for name in Anchor.__slots__}
    connection.execute(sa.insert(log_anchor).values(id=anchor_id, **row))
    table = metadata.tables[anchor.chain]
    connection.execute(
        sa.delete(log_value).where(log_value.c.chain == anchor.chain, log_value.c.seq <= anchor.seq)
    )
    connection.execute(sa.delete(table).where(table.c.seq <= anchor.seq))


def older_than(connection: sa.Connection, chain: str, moment: dt.datetime) -> Anchor | None:
    """An unsigned anchor over the lines before the first one of `moment` or later; None where there are none.

    A line that stands behind a younger one, because a clock was set back, stays.
    """
    cut = connection.exec_driver_sql(
        f"SELECT min(seq) FROM {chain} WHERE at >= ?",  # noqa: S608 - CHAINS are constants
        (to_microseconds(moment),),
    ).scalar()
    upto = tip(connection, chain)[0] if cut is None else cut - 1
    count, first, last = connection.exec_driver_sql(
        f"SELECT count(*), min(at), max(at) FROM {chain} WHERE seq <= ?",  # noqa: S608 - CHAINS are constants
        (upto,),
    ).one()
    if not count:
        return None
    table = metadata.tables[chain]
    hashed = connection.execute(sa.select(table.c.hash).where(table.c.seq == upto)).scalar_one()
    nobody = UUID(int=0)
    span = from_microseconds(first), from_microseconds(last)
    return Anchor(chain, upto, bytes(hashed), count, *span, b"", "", nobody, moment)


def longest_gap(connection: sa.Connection, chain: str, *, after: int, now: dt.datetime) -> dt.timedelta:
    """The longest time without a line, from line `after` to `now`."""
    rows = connection.exec_driver_sql(
        f"SELECT at FROM {chain} WHERE seq >= ? ORDER BY seq",  # noqa: S608 - CHAINS are constants
        (after,),
    )
    moments = [*(row[0] for row in rows), to_microseconds(now)]
    gaps = (later - earlier for earlier, later in itertools.pairwise(moments))
    return dt.timedelta(microseconds=max(gaps, default=0))


def iterate_lines(
    connection: sa.Connection, chain: str, wanted: Wanted, *, newest_first: bool = True
) -> Iterator[LogLine]:
    """The lines asked for, one by one, so that whoever looks for a few need not read them all."""
    table = metadata.tables[chain]
    query = sa.select(table).order_by(table.c.seq.desc() if newest_first else table.c.seq)
    if wanted.since is not None:
        query = query.where(table.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.c.at < wanted.until)
    if wanted.user_id is not None:
        query = query.where(table.c.user_id == wanted.user_id)
    if wanted.actions:
        query = query.where(table.c.action.in_(wanted.actions))
    if wanted.subject is not None:
        query = query.where(table.c.subject == wanted.subject)
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield LogLine(row.seq, row.at, row.user_id, row.action, row.subject, row.subject_id, row.detail)


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


def find_line(connection: sa.Connection, chain: str, seq: int) -> LogLine | None:
    """One line by its number."""
    table = metadata.tables[chain]
    row = connection.execute(sa.select(table).where(table.c.seq == seq)).first()
    if row is None:
        return None
    return LogLine(row.seq, row.at, row.user_id, row.action, row.subject, row.subject_id, row.detail)


def values_of(connection: sa.Connection, chain: str, seqs: Sequence[int]) -> list[tuple[int, UUID, bytes]]:
    """(line, person, sealed value) of these lines, in their order."""
    rows = connection.execute(
        sa.select(log_value.c.seq, log_value.c.person_id, log_value.c.sealed)
        .where(log_value.c.chain == chain, log_value.c.seq.in_(seqs))
        .order_by(log_value.c.seq, log_value.c.place)
    )
    return [(row.seq, row.person_id, bytes(row.sealed)) for row in rows]


def lines_about(connection: sa.Connection, chain: str, person_id: UUID) -> frozenset[int]:
    """The lines that keep a sealed value of a person, or are about that person's record or the import it came by."""
    rows = connection.exec_driver_sql(
        "SELECT seq FROM log_value WHERE chain = ? AND person_id = ? "  # noqa: S608 - CHAINS are constants
        f"UNION SELECT seq FROM {chain} WHERE subject_id = ? "
        f"UNION SELECT l.seq FROM application a JOIN {chain} l ON l.subject_id = a.import_id WHERE a.person_id = ?",
        (chain, person_id.bytes, person_id.bytes, person_id.bytes),
    )
    return frozenset(row[0] for row in rows)


def lists_kept(connection: sa.Connection) -> Iterator[Mapping[str, Any]]:
    """The details of the access log that keep the ids of a list of people."""
    rows = connection.exec_driver_sql(f"SELECT detail FROM {ACCESSES} WHERE detail LIKE '%\"ids\":%'")  # noqa: S608 - a constant
    for row in rows:
        yield json.loads(row[0])


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
    joined = [detail.encode(), *(hashlib.sha256(value).digest() for value in sealed)]
    return hashlib.sha256(b"".join(joined)).digest()


def _hash(
    previous: bytes,
    seq: int,
    at: int,
    user: bytes,
    operation: bytes,
    action: str,
    subject: str,
    subject_id: bytes | None,
    digest: bytes,
) -> bytes:
    """The line's hash: the one before, each part with its length, the digest. One update, for speed."""
    number, moment = str(seq).encode(), str(at).encode()
    parts = (
        previous,
        _LENGTHS[len(number)],
        number,
        _LENGTHS[len(moment)],
        moment,
        _LENGTHS[len(user)],
        user,
        _LENGTHS[len(operation)],
        operation,
        _words(action, subject),
        b"\0\0\0\x01-" if subject_id is None else _LENGTHS[len(subject_id)] + subject_id,
        digest,
    )
    return hashlib.sha256(b"".join(parts)).digest()


@lru_cache(maxsize=1024)
def _words(action: str, subject: str) -> bytes:
    parts = (action.encode(), subject.encode())
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
