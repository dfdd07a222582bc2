"""Imports in bulk: who is in the office before one, its rows as plain tuples, and what is kept to compare and undo it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import metadata
from regional_desk.store.people import application, person
from regional_desk.store.records import import_batch, import_layout, import_row
from regional_desk.store.undo import undo_step

PLAIN = ("sex", "phone", "email", "address", "education", "major", "bank", "account_holder", "account_hold")
ACCOUNT = ("account_sealed", "account_mac", "account_tail", "account_changed_by")
_AT_ONCE = 500
_OWN = (
    "person_key",
    "application",
    "application_step",
    "import_row",
)  # what an import itself writes of a person


@dataclass(frozen=True, slots=True)
class KnownRow:
    """Somebody in the office with the application of the programme year, as an import compares and changes them."""

    id: UUID
    version: int
    name: str
    birth: dt.date
    sex: str | None
    phone: str | None
    email: str | None
    address: str | None
    education: str | None
    major: str | None
    bank: str | None
    account_holder: str | None
    account_hold: str | None
    account_mac: bytes | None
    account_tail: str | None
    application: UUID | None
    application_version: int | None
    track: str | None
    stage: str | None
    round: UUID | None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import. `counts` are read, new, updated, errors; `step` is its undo step's state, None where it has none."""

    id: UUID
    kind: str
    course_id: UUID | None
    file_name: str
    counts: dict[str, int]
    user_id: UUID
    at: dt.datetime
    sender: str | None
    undone_at: dt.datetime | None
    step: str | None


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """What the office chose for files with these headings: heading → field, empty where a column is not used."""

    kind: str
    fingerprint: str
    mapping: dict[str, str]
    sender: str | None


_KNOWN = (
    "SELECT p.id, p.version, p.name, p.birth, p.sex, p.phone, p.email, p.address, p.education, p.major, p.bank, "
    "p.account_holder, p.account_hold, p.account_mac, p.account_tail, a.id, a.version, a.track, a.stage, a.round_id "
    "FROM person p LEFT JOIN application a ON a.person_id = p.id AND a.programme_year = ? "
    "WHERE p.merged_into IS NULL ORDER BY p.name, p.birth"
)
_MERGED = "SELECT id, name, birth, merged_into FROM person WHERE merged_into IS NOT NULL"


def read_known(connection: sa.Connection, programme_year: int) -> tuple[KnownRow, ...]:
    """Everybody who was not merged into somebody else, by name and birth."""
    day = dt.date.fromisoformat
    return tuple(
        KnownRow(
            UUID(bytes=row[0]), *row[1:3], day(row[3]), *row[4:15], _id(row[15]), *row[16:19], _id(row[19])
        )  # type: ignore[call-arg]  # as many as _KNOWN selects
        for row in connection.exec_driver_sql(_KNOWN, (programme_year,))
    )


def read_merged(connection: sa.Connection) -> dict[tuple[str, dt.date], UUID]:
    """Whom a name and birth date of somebody who was merged away means now."""
    rows = connection.exec_driver_sql(_MERGED).fetchall()
    into = {row[0]: row[3] for row in rows}
    found: dict[tuple[str, dt.date], UUID] = {}
    for _, name, birth, kept in rows:
        end = kept
        while end in into:
            end = into[end]
        found[(name, dt.date.fromisoformat(birth))] = UUID(bytes=end)
    return found


_MAYBE = "NULLIF(?, '')"  # for what may be None: see `quick`
_OF_PERSON = (
    "id",
    "name",
    "birth",
    *PLAIN,
    *ACCOUNT[:3],
    "review",
)  # who set the account is the same for all
STAGED = (*_OF_PERSON, "key", "application", "step", "track", "digest")
_STAGE = f"CREATE TEMP TABLE staged ({', '.join(STAGED)})"
_TO_STAGE = f"INSERT INTO staged VALUES ({', '.join([_MAYBE] * len(STAGED))})"  # noqa: S608 - constants
_NEW = "FROM staged WHERE name IS NOT NULL"
_APPLYING = "FROM staged WHERE application IS NOT NULL"
_FROM_STAGE = (
    (
        f"INSERT INTO person ({', '.join(_OF_PERSON)}, account_changed_by, created_at) "
        f"SELECT {', '.join(_OF_PERSON)}, iif(account_sealed IS NULL, NULL, :by), :at {_NEW}"
    ),
    f"INSERT INTO person_key (person_id, wrapped) SELECT id, key {_NEW}",
    (
        "INSERT INTO application (id, person_id, programme_year, track, stage, received_on, import_id, round_id) "
        f"SELECT application, id, :year, track, :stage, :today, :source, :round {_APPLYING}"
    ),
    f'INSERT INTO application_step (id, application_id, stage, "on") SELECT step, application, :stage, :today {_APPLYING}',
    (  # whoever fills in a form of the practice office came by no file
        "INSERT INTO import_row (import_id, person_id, digest) "
        "SELECT b.id, s.id, s.digest FROM staged s JOIN import_batch b ON b.id = :source"
    ),
    "DROP TABLE staged",
)
_SET_PLAIN = f"UPDATE person SET {', '.join(f'{name} = {_MAYBE}' for name in PLAIN)}, version = version + 1 WHERE id = ?"  # noqa: S608 - constants
_SET_ACCOUNT = f"UPDATE person SET {', '.join(f'{name} = {_MAYBE}' for name in ACCOUNT)} WHERE id = ?"  # noqa: S608 - constants
_CHANGES = {
    "plain": _SET_PLAIN,
    "account": _SET_ACCOUNT,
    "track": f"UPDATE application SET track = {_MAYBE}, round_id = {_MAYBE}, version = version + 1 WHERE id = ?",  # noqa: S608 - constants
}


def take_in(connection: sa.Connection, rows: Sequence[tuple[Any, ...]], about: Mapping[str, Any]) -> None:
    """Write new people with their keys, applications with their first step, and what a file says of everybody in it.

    `rows` are STAGED values as `quick` makes them: without a name somebody is known already, without an application
    has one. `about` holds by (the user's id), at, year, stage, today, source (the import's id) and round. All goes
    through a table in memory, from which the engine fills the others in half the time of a statement a row.
    """
    if not rows:
        return
    connection.exec_driver_sql(_STAGE)
    connection.exec_driver_sql(_TO_STAGE, list(rows))
    for statement in _FROM_STAGE:
        connection.exec_driver_sql(statement, dict(about))


def change(connection: sa.Connection, what: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Change many people in one way (a key of _CHANGES), their values as `quick` makes them."""
    if rows:
        connection.exec_driver_sql(_CHANGES[what], list(rows))


def quick(value: bytes | str | None) -> bytearray | str:
    """A value as the driver takes it at once.

    About every bytes and None it asks its adapters, which takes longer than writing the row. So bytes go as a bytearray
    and None as an empty text, which the statement turns into NULL.
    """
    return "" if value is None else value if isinstance(value, str) else bytearray(value)


def accounts_of(
    connection: sa.Connection, people: Sequence[UUID]
) -> dict[UUID, tuple[bytes | None, UUID | None]]:
    """The sealed account of these people and who set it."""
    found: dict[UUID, tuple[bytes | None, UUID | None]] = {}
    for some in _some(people):
        marks = ",".join("?" * len(some))
        query = f"SELECT id, account_sealed, account_changed_by FROM person WHERE id IN ({marks})"  # noqa: S608 - only question marks are put in
        for raw, sealed, by in connection.exec_driver_sql(query, some):
            found[UUID(bytes=raw)] = (sealed, _id(by))
    return found


def list_batches(connection: sa.Connection, limit: int | None = None) -> tuple[BatchRow, ...]:
    """The imports, the newest first."""
    query = _batches().order_by(import_batch.c.at.desc(), import_batch.c.id.desc()).limit(limit)
    return tuple(BatchRow(*row) for row in connection.execute(query))


def find_batch(connection: sa.Connection, import_id: UUID) -> BatchRow | None:
    """One import."""
    row = connection.execute(_batches().where(import_batch.c.id == import_id)).first()
    return None if row is None else BatchRow(*row)


def last_of_sender(connection: sa.Connection, kind: str, sender: str) -> BatchRow | None:
    """The sender's last file of this kind that was not taken back."""
    query = (
        _batches()
        .where(
            import_batch.c.kind == kind, import_batch.c.sender == sender, import_batch.c.undone_at.is_(None)
        )
        .order_by(import_batch.c.at.desc(), import_batch.c.id.desc())
    )
    row = connection.execute(query).first()
    return None if row is None else BatchRow(*row)


def digests_of(connection: sa.Connection, import_id: UUID) -> dict[bytes, bytes]:
    """Whom an import named (raw ids), and the keyed digest of what its row said; of somebody merged since, whom they are now."""
    rows = connection.exec_driver_sql(
        "SELECT coalesce(p.merged_into, p.id), r.digest FROM import_row r JOIN person p ON p.id = r.person_id "
        "WHERE r.import_id = ?",
        (import_id.bytes,),
    )
    return {row[0]: row[1] for row in rows}


def list_senders(connection: sa.Connection) -> tuple[str, ...]:
    """Every sender a file or a layout is kept with."""
    query = sa.union(
        sa.select(import_batch.c.sender).where(import_batch.c.sender.is_not(None)),
        sa.select(import_layout.c.sender).where(import_layout.c.sender.is_not(None)),
    )
    return tuple(sorted(connection.execute(query).scalars()))


def list_layouts(connection: sa.Connection) -> tuple[LayoutRow, ...]:
    """The saved mappings by kind."""
    rows = connection.execute(
        sa.select(import_layout).order_by(import_layout.c.kind, import_layout.c.fingerprint)
    )
    return tuple(LayoutRow(row.kind, row.fingerprint, dict(row.mapping), row.sender) for row in rows)


def find_layout(connection: sa.Connection, kind: str, fingerprint: str) -> LayoutRow | None:
    """The mapping kept for these headings."""
    where = sa.and_(import_layout.c.kind == kind, import_layout.c.fingerprint == fingerprint)
    row = connection.execute(sa.select(import_layout).where(where)).first()
    return None if row is None else LayoutRow(row.kind, row.fingerprint, dict(row.mapping), row.sender)


def keep_layout(connection: sa.Connection, row: LayoutRow) -> None:
    """Keep a mapping and its sender for the next file of this layout."""
    forget_layout(connection, row.kind, row.fingerprint)
    connection.execute(
        sa.insert(import_layout).values(
            kind=row.kind, fingerprint=row.fingerprint, mapping=row.mapping, sender=row.sender
        )
    )


def forget_layout(connection: sa.Connection, kind: str, fingerprint: str) -> bool:
    """Keep it no longer; return whether it was there."""
    where = sa.and_(import_layout.c.kind == kind, import_layout.c.fingerprint == fingerprint)
    return connection.execute(sa.delete(import_layout).where(where)).rowcount > 0


def applications_of(connection: sa.Connection, import_id: UUID) -> tuple[sa.Row[Any], ...]:
    """(person id, name, birth, person version, application id, application version) of each application an import made."""
    query = (
        sa.select(
            person.c.id,
            person.c.name,
            person.c.birth,
            person.c.version,
            application.c.id.label("application"),
            application.c.version.label("application_version"),
        )
        .join(application, application.c.person_id == person.c.id)
        .where(application.c.import_id == import_id)
        .order_by(person.c.name, person.c.birth)
    )
    return tuple(connection.execute(query))


def people_with_more(connection: sa.Connection, import_id: UUID) -> dict[UUID, str]:
    """Of the people an import made an application for, who stands in rows of other tables, and the first such table."""
    mine = sa.select(application.c.person_id).where(application.c.import_id == import_id)
    own = sa.select(application.c.id).where(application.c.import_id == import_id)
    found: dict[UUID, str] = {}
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            target, column = key.column.table, key.parent
            if target is person and table.name not in _OWN:
                query = sa.select(column).where(column.in_(mine))
            elif target is application and table.name not in _OWN:
                query = (
                    sa.select(application.c.person_id)
                    .join(table, column == application.c.id)
                    .where(application.c.id.in_(own))
                )
            else:
                continue
            for one in connection.execute(query.distinct()).scalars():
                found.setdefault(one, table.name)
    again = sa.select(import_row.c.person_id).where(
        import_row.c.person_id.in_(mine), import_row.c.import_id != import_id
    )
    other_year = sa.select(application.c.person_id).where(
        application.c.person_id.in_(mine), application.c.import_id.is_distinct_from(import_id)
    )
    for table, query in ((import_row, again), (application, other_year)):
        for one in connection.execute(query.distinct()).scalars():
            found.setdefault(one, table.name)
    return found


def tables_with_application(connection: sa.Connection, application_id: UUID) -> tuple[str, ...]:
    """The tables, but its steps, that hold rows of an application."""
    found = []
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is application and table.name not in _OWN:
                query = sa.select(key.parent).where(key.parent == application_id).limit(1)
                if connection.execute(query).first() is not None:
                    found.append(table.name)
    return tuple(found)


def drop_rows_of(connection: sa.Connection, import_id: UUID) -> None:
    """Forget whom an import named: it is compared with no more."""
    connection.execute(sa.delete(import_row).where(import_row.c.import_id == import_id))


def drop_applications(connection: sa.Connection, applications: Iterable[UUID]) -> None:
    """Take applications and their steps out."""
    rows = [(one.bytes,) for one in applications]
    if rows:
        connection.exec_driver_sql("DELETE FROM application_step WHERE application_id = ?", rows)
        connection.exec_driver_sql("DELETE FROM application WHERE id = ?", rows)


def drop_people(connection: sa.Connection, people: Iterable[UUID]) -> None:
    """Take people and their keys out, whose applications went before."""
    rows = [(one.bytes,) for one in people]
    if rows:
        connection.exec_driver_sql("DELETE FROM person_key WHERE person_id = ?", rows)
        connection.exec_driver_sql("DELETE FROM person WHERE id = ?", rows)


def end_batch(connection: sa.Connection, import_id: UUID, at: dt.datetime) -> None:
    """Mark an import as taken back."""
    connection.execute(sa.update(import_batch).where(import_batch.c.id == import_id).values(undone_at=at))


def _batches() -> sa.Select[Any]:
    names = [one.name for one in import_batch.c if one.name != "file_sha256"]
    columns = {name: import_batch.c[name] for name in names}
    ordered = [columns[name] for name in BatchRow.__slots__ if name in columns]
    return sa.select(*ordered, undo_step.c.state).outerjoin(undo_step, undo_step.c.id == import_batch.c.id)


def _some(ids: Sequence[UUID]) -> Iterable[tuple[bytes, ...]]:
    for at in range(0, len(ids), _AT_ONCE):
        yield tuple(one.bytes for one in ids[at : at + _AT_ONCE])


def _id(raw: bytes | None) -> UUID | None:
    return None if raw is None else UUID(bytes=raw)
