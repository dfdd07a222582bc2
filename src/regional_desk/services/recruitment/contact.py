"""How a person is reached and paid: phone, email, address, bank, account; set in one undoable act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.accounts import Sharer, findings, hold_text
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal
from regional_desk.services import changes, codes
from regional_desk.services.desk import Desk, Work
from regional_desk.store import sealing
from regional_desk.store.account_holds import list_sharers
from regional_desk.store.people import person
from regional_desk.store.retention import find_separation

SUBJECT = "people"
LABELS = {
    "phone": "연락처",
    "email": "이메일",
    "address": "주소",
    "bank": "은행",
    "account": "계좌번호",
    "account_holder": "예금주",
}
_PAID_TO = frozenset({"bank", "account", "account_holder"})
_CONTEXT = b"account"

Contact = dict[str, str | None]
"""The fields of LABELS; the account is the whole number."""


def read_contact(desk: Desk, connection: sa.Connection, person_id: UUID) -> Contact | None:
    """A person's fields, None where there is no such person, their key was destroyed, or they were set apart."""
    row = connection.execute(sa.select(person).where(person.c.id == person_id)).first()
    keys = desk.store.person_keys(connection, [person_id])
    if row is None or person_id not in keys or find_separation(connection, person_id) is not None:
        return None
    return {name: getattr(row, name) for name in LABELS if name != "account"} | {
        "account": open_account(keys[person_id], person_id, row.account_sealed)
    }


def open_account(key: bytes, person_id: UUID, sealed: bytes | None) -> str | None:
    """The whole account number."""
    return None if sealed is None else sealing.unseal(key, sealed, _CONTEXT + person_id.bytes).decode()


def seal_account(key: bytes, person_id: UUID, account: str) -> bytes:
    """The whole account number, wrapped under the person's key."""
    return sealing.seal(key, account.encode(), _CONTEXT + person_id.bytes)


def seal_accounts(accounts: Sequence[tuple[bytes, bytes, str | None]]) -> list[bytes | None]:
    """`seal_account` of many (key, the person's raw id, account); None stays None."""
    there = [(key, one.encode(), _CONTEXT + person) for key, person, one in accounts if one is not None]
    sealed = iter(sealing.seal_each(there))
    return [None if one is None else next(sealed) for _, _, one in accounts]


def account_columns(desk: Desk, key: bytes, person_id: UUID, account: str | None) -> dict[str, Any]:
    """The columns that keep an account: wrapped, findable by its keyed hash, with its last four digits and who set it."""
    if account is None:
        sealed = mac = tail = None
    else:
        sealed = seal_account(key, person_id, account)
        mac, tail = sealing.fingerprint(desk.store.inner_keys.lookup, account), account[-4:]
    return {
        "account_sealed": sealed,
        "account_mac": mac,
        "account_tail": tail,
        "account_changed_by": desk.actor.user_id,
    }


def set_contact(
    desk: Desk, person_id: UUID, wanted: Contact, *, title: str, operation_id: UUID | None = None
) -> tuple[str, ...]:
    """Set these fields in one undoable act; return the names of those that changed.

    A changed account, bank or holder is held until somebody checks it (rulebook section 3, account safety). Raises
    Refusal where the person is not there any more.
    """

    def body(work: Work) -> dict[str, Any]:
        now = _read(work, person_id)
        new = {name: value for name, value in wanted.items() if now[name] != value}
        if not new:
            return {"changed": []}
        if _PAID_TO & set(new):
            new["account_hold"] = _hold(work, person_id, {**now, **new})
        old = {name: now[name] for name in new}
        part = _write(work, person_id, old, new)
        work.add_undo(SUBJECT, title, {"person": str(person_id)}, [part])
        return {"changed": [name for name in new if name in LABELS]}

    done = desk.perform(Right.EDIT_PEOPLE, "contact.set", body, operation_id)
    return tuple(done["changed"])


def _hold(work: Work, person_id: UUID, told: Contact) -> str | None:
    """Why the account as it is told now must be looked at; where none is left there is nothing to hold."""
    account = told["account"]
    if account is None:
        return None
    name = work.connection.execute(sa.select(person.c.name).where(person.c.id == person_id)).scalar_one()
    mac = sealing.fingerprint(work.desk.store.inner_keys.lookup, account)
    sharers = [Sharer(one.id.hex, one.name) for one in list_sharers(work.connection, mac, person_id)]
    bank = codes.find_bank_code(told["bank"])
    return hold_text(findings(name, told["account_holder"], bank, len(account), sharers, changed=True))


def _read(work: Work, person_id: UUID) -> Contact:
    found = read_contact(work.desk, work.connection, person_id)
    if found is None:
        raise Refusal("그 사람의 자료가 없거나 분리보관·파기되어 바꾸지 않았습니다.")
    hold = work.connection.execute(sa.select(person.c.account_hold).where(person.c.id == person_id)).scalar()
    return {**found, "account_hold": hold}


def _write(
    work: Work, person_id: UUID, old: Mapping[str, str | None], new: Mapping[str, str | None]
) -> tuple[UUID, bytes]:
    """Write the columns and the log line; return its sealed value, which the undo step keeps too."""
    keys = work.desk.store.person_keys(work.connection, [person_id])
    columns: dict[str, Any] = {name: value for name, value in new.items() if name != "account"}
    if "account" in new:
        columns |= account_columns(work.desk, keys[person_id], person_id, new["account"])
    work.connection.execute(
        sa.update(person).where(person.c.id == person_id).values(**columns, version=person.c.version + 1)
    )
    part = work.seal(keys, person_id, {"old": dict(old), "new": dict(new)})
    work.log("contact.set", SUBJECT, person_id, {"fields": sorted(new)}, [part])
    return part


def _apply(work: Work, _scope: Mapping[str, Any], parts: list[tuple[UUID, Any]], backwards: bool) -> None:
    """Take a step back or forth; refused where a later change touched one of its fields."""
    for person_id, part in parts:
        before, after = (part["new"], part["old"]) if backwards else (part["old"], part["new"])
        now = _read(work, person_id)
        if any(now[name] != value for name, value in before.items()):
            raise Refusal(
                "그 뒤에 연락처나 계좌가 다시 바뀌어 되돌리지 않았습니다. 그 사람의 이력을 확인해 주십시오."
            )
        _write(work, person_id, before, after)


UNDOABLE = changes.Undoable(Right.EDIT_PEOPLE, _apply)
