"""The companies' accounts: where the internship support goes, and who changed and freed them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.claims import company_account
from regional_desk.store.companies import company
from regional_desk.store.people import person


@dataclass(frozen=True, slots=True)
class CompanyAccountRow:
    """One company's account; `sealed` is the number under the store's attachment key, `mac` its keyed hash."""

    company_id: UUID
    version: int
    bank: str
    sealed: bytes
    mac: bytes
    tail: str
    holder: str
    changed_by: UUID
    changed_at: dt.datetime
    released_by: UUID | None
    released_at: dt.datetime | None
    release_memo: str | None
    name: str


@dataclass(frozen=True, slots=True)
class OtherUser:
    """Somebody else with the same number: a company with when it was set, or a person without."""

    id: UUID
    name: str
    since: dt.datetime | None


def list_accounts(
    connection: sa.Connection, companies: Collection[UUID] | None = None
) -> tuple[CompanyAccountRow, ...]:
    """The accounts of these companies (or of all) by the company's name."""
    table = company_account
    query = sa.select(table, company.c.name).join(company, company.c.id == table.c.company_id)
    if companies is not None:
        query = query.where(table.c.company_id.in_(list(companies)))
    names = CompanyAccountRow.__slots__
    return tuple(
        CompanyAccountRow(**{name: getattr(row, name) for name in names})
        for row in connection.execute(query.order_by(company.c.name, company.c.id))
    )


def other_users(connection: sa.Connection, mac: bytes, company_id: UUID) -> tuple[OtherUser, ...]:
    """Who else's account has this number: companies and people."""
    table = company_account
    companies = (
        sa.select(company.c.id, company.c.name, table.c.changed_at)
        .join(table, table.c.company_id == company.c.id)
        .where(table.c.mac == mac, company.c.id != company_id)
        .order_by(company.c.name)
    )
    people = sa.select(person.c.id, person.c.name).where(person.c.account_mac == mac).order_by(person.c.name)
    return (
        *(OtherUser(row.id, row.name, row.changed_at) for row in connection.execute(companies)),
        *(OtherUser(row.id, row.name, None) for row in connection.execute(people)),
    )


def put_account(connection: sa.Connection, values: dict[str, Any], version: int | None) -> bool:
    """Write a company's account; `version` as it was read, None where there was none. Whether nobody was first."""
    table = company_account
    if version is None:
        known = sa.select(table.c.company_id).where(table.c.company_id == values["company_id"])
        if connection.execute(known).first() is not None:
            return False
        connection.execute(sa.insert(table).values(**values))
        return True
    done = connection.execute(
        sa.update(table)
        .where(table.c.company_id == values["company_id"], table.c.version == version)
        .values(version=version + 1, **values)
    )
    return done.rowcount == 1
