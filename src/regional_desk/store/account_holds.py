"""What account safety looks at: who shares an account, what was last paid to, and what was released."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.allowance import account_release, pay_line
from regional_desk.store.people import person

_AT_ONCE = 500
_COLUMNS = (
    person.c.id,
    person.c.version,
    person.c.name,
    person.c.birth,
    person.c.phone,
    person.c.bank,
    person.c.account_sealed,
    person.c.account_mac,
    person.c.account_tail,
    person.c.account_holder,
    person.c.account_hold,
    person.c.account_changed_by,
)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A person with what is known of their account; `mac` is None where none is kept."""

    id: UUID
    version: int
    name: str
    birth: dt.date
    phone: str | None
    bank: str | None
    sealed: bytes | None
    mac: bytes | None
    tail: str | None
    holder: str | None
    hold: str | None
    changed_by: UUID | None


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release of one account; `sealed` says under the person's key why it was held and what the call told."""

    id: UUID
    person: UUID
    mac: bytes
    sealed: bytes
    attachment: UUID | None
    released_by: UUID
    released_at: dt.datetime


def list_accounts(
    connection: sa.Connection, people: Collection[UUID] | None = None
) -> tuple[AccountRow, ...]:
    """Everybody (or those named) with an account or a hold, by name and birth."""
    some = sa.or_(person.c.account_mac.is_not(None), person.c.account_hold.is_not(None))
    return _list(connection, sa.select(*_COLUMNS).where(person.c.merged_into.is_(None), some), people)


def list_sharers(connection: sa.Connection, mac: bytes, but: UUID | None = None) -> tuple[AccountRow, ...]:
    """Everybody whose account has this keyed hash, without one of them."""
    query = sa.select(*_COLUMNS).where(person.c.account_mac == mac, person.c.merged_into.is_(None))
    if but is not None:
        query = query.where(person.c.id != but)
    return tuple(_account(row) for row in connection.execute(query.order_by(person.c.id)))


def list_doubtful(
    connection: sa.Connection, people: Collection[UUID] | None = None
) -> tuple[AccountRow, ...]:
    """Everybody (or those named) whose account may be worth a look, and perhaps some more; nearly nobody is.

    Held, without a bank, of a holder written otherwise than the person, of a number others use too, or not the number
    every payment went to.
    """
    other = person.alias("other")
    shared = sa.exists().where(
        other.c.account_mac == person.c.account_mac, other.c.id != person.c.id, other.c.merged_into.is_(None)
    )
    moved = sa.exists().where(
        pay_line.c.trainee_id == person.c.id, pay_line.c.account_mac != person.c.account_mac
    )
    told = sa.or_(person.c.bank.is_(None), person.c.account_holder != person.c.name, shared, moved)
    doubtful = sa.or_(person.c.account_hold.is_not(None), sa.and_(person.c.account_mac.is_not(None), told))
    return _list(connection, sa.select(*_COLUMNS).where(person.c.merged_into.is_(None), doubtful), people)


def last_paid(connection: sa.Connection, people: Collection[UUID]) -> dict[UUID, bytes]:
    """The keyed hash of the account each of these people was last sent money to."""
    query = (
        sa.select(pay_line.c.trainee_id, pay_line.c.account_mac)
        .where(pay_line.c.state != "failed", pay_line.c.trainee_id.in_(list(people)))
        .order_by(pay_line.c.file_id)  # ids grow with time
    )
    return {row.trainee_id: row.account_mac for row in connection.execute(query)}


def list_releases(connection: sa.Connection, people: Collection[UUID]) -> tuple[ReleaseRow, ...]:
    """The releases of these people's accounts, the oldest first."""
    wanted = list(people)
    rows: list[Any] = []
    for at in range(0, len(wanted), _AT_ONCE):
        some = account_release.c.person_id.in_(wanted[at : at + _AT_ONCE])
        rows += connection.execute(
            sa.select(account_release).where(some).order_by(account_release.c.released_at)
        ).all()
    return tuple(ReleaseRow(*row) for row in rows)


def _list(
    connection: sa.Connection, query: sa.Select[Any], people: Collection[UUID] | None
) -> tuple[AccountRow, ...]:
    """The rows of a query, of these people only where they are named, by name and birth."""
    if people is None:
        found = list[Any](connection.execute(query))
    else:
        wanted, found = list(people), list[Any]()
        for at in range(0, len(wanted), _AT_ONCE):
            found += connection.execute(query.where(person.c.id.in_(wanted[at : at + _AT_ONCE]))).all()
    return tuple(sorted(map(_account, found), key=lambda row: (row.name, row.birth)))


def _account(row: Any) -> AccountRow:
    return AccountRow(*row)
