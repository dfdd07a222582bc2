"""계좌 안전핀: which accounts may not be paid to, why, and who freed them (rulebook section 3, account safety)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.accounts import (
    Cause,
    Finding,
    Sharer,
    findings,
    hold_text,
    is_own,
    needs_paper,
    uncovered,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile, read_received
from regional_desk.services import codes
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import applicant_documents, contact
from regional_desk.store import account_holds as store
from regional_desk.store import attachments
from regional_desk.store.account_holds import AccountRow, ReleaseRow
from regional_desk.store.accounts import list_users
from regional_desk.store.allowance import account_release
from regional_desk.store.ids import new_id
from regional_desk.store.people import person

_LARGEST_PAPER = 10 * 1024 * 1024
_PAPER = "타인 명의 계좌 사용 증빙"


@dataclass(frozen=True, slots=True)
class Held:
    """An account nobody is paid to before it is freed; `others` asks for a reason and a paper beside the memo.

    `changed_by` last changed it and may not free it where somebody else can.
    """

    person: UUID
    name: str
    birth: dt.date
    phone: str | None
    bank: str
    tail: str | None
    holder: str | None
    why: str
    others: bool
    changed_by: str


@dataclass(frozen=True, slots=True)
class Release:
    """One release as it is told: why the account was held, what the call told, and by whom it was freed."""

    id: UUID
    at: dt.datetime
    by: str
    why: str
    memo: str
    reason: str
    solo: bool
    paper: bool


def holds(desk: Desk, connection: sa.Connection, people: Collection[UUID] | None = None) -> dict[UUID, str]:
    """Why each of these people (or anybody) may not be paid to now, names full.

    What was written when an account changed, and what no record says of itself: somebody else who uses the same account
    since, another holder, no bank, another account than money was last sent to; less what a release of this account saw.
    """
    rows = store.list_doubtful(connection, people)
    last = store.last_paid(connection, [row.id for row in rows])
    found = {row.id: row.hold for row in rows if row.hold}
    open_rows = [row for row in rows if not row.hold]
    covered = _covered(desk, connection, open_rows)
    for row in open_rows:
        seen = _findings(connection, row, changed=last.get(row.id, row.mac) != row.mac)
        text = hold_text(uncovered(seen, covered.get(row.id, frozenset())))
        if text:
            found[row.id] = text
    return found


def held_reasons(desk: Desk) -> tuple[str, ...]:
    """Why accounts are held, one reason an account, naming nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = holds(desk, connection)
    return tuple(Masking.MASKED.show_reason(found[one]) for one in sorted(found))


def list_held(desk: Desk) -> tuple[Held, ...]:
    """Every held account by name, masked for whoever may not unmask; noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = holds(desk, connection)
        users = {user.id: user.name for user in list_users(connection)}
        rows = store.list_accounts(connection, list(found))
    held = tuple(_held(row, found[row.id], users) for row in rows)
    desk.note_view("people", [one.person for one in held], {"by": "held_accounts"})
    return held if desk.masking is Masking.FULL else tuple(map(_masked, held))


def read_paper(path: Path) -> ReceivedFile:
    """The paper that lets somebody be paid to another's account; raise FileRejected saying why it is not taken."""
    return read_received(path, _LARGEST_PAPER)


def release_account(
    desk: Desk,
    person_id: UUID,
    memo: str,
    *,
    reason: str = "",
    paper: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> dict[str, Any]:
    """Free a held account with the memo of the call that checked it (rulebook section 3, account safety).

    Another holder's account also asks for the written reason and its paper. Whoever changed the account last does not
    free it once somebody else may (section 7, four eyes); alone, the release is stamped 단독 처리. Raises Refusal where
    the account is not held, where it has no bank, or where something of this is missing.
    """
    if not clean(memo):
        raise Refusal("계좌 보류를 풀려면 확인 전화 내용을 적어야 합니다.")

    def body(work: Work) -> dict[str, Any]:
        connection = work.connection
        why = holds(desk, connection, [person_id]).get(person_id)
        if why is None:
            raise Refusal("보류된 계좌가 아니어서 바뀐 것이 없습니다.")
        row = store.list_accounts(connection, [person_id])[0]
        keys = desk.store.person_keys(connection, [person_id])
        seen = _seen(connection, row, keys)
        _refuse_incomplete(seen, reason, paper)
        solo = _refuse_same_eyes(connection, desk, row)
        told = {"hold": why, "memo": clean(memo), "reason": clean(reason), "solo": solo}
        sealed = work.seal(keys, person_id, told | {"covers": [one.key for one in seen]})
        if row.mac is not None:
            _keep(work, row, sealed[1], paper)
        connection.execute(
            sa.update(person)
            .where(person.c.id == person_id)
            .values(account_hold=None, account_memo=clean(memo), version=person.c.version + 1)
        )
        work.log("account.release", "people", person_id, {"solo": solo}, [work.seal(keys, person_id, told)])
        return {"person": str(person_id), "solo": solo}

    return desk.perform(Right.RELEASE_ACCOUNT, "account.release", body, operation_id)


def list_releases(desk: Desk, person_id: UUID) -> tuple[Release, ...]:
    """The releases of a person's accounts, the newest first; noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_releases(connection, [person_id])
        users = {user.id: user.name for user in list_users(connection)}
        keys = desk.store.person_keys(connection, [person_id])
    desk.note_view("people", [person_id], {"by": "account_releases"})
    return tuple(_release(desk, row, keys, users) for row in reversed(rows))


def open_paper(desk: Desk, release_id: UUID) -> Path:
    """The paper of a release, decrypted into the program's own temporary folder; raise Refusal where none was kept."""
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        row = connection.execute(
            sa.select(account_release.c.attachment_id, account_release.c.person_id).where(
                account_release.c.id == release_id
            )
        ).first()
        if row is None or row.attachment_id is None:
            raise Refusal("붙인 증빙이 없습니다. 목록을 새로 보십시오.")
        return applicant_documents.open_kept(desk, connection, row.attachment_id, row.person_id, _PAPER)


def _findings(
    connection: sa.Connection, row: AccountRow, *, digits: int | None = None, changed: bool = False
) -> tuple[Finding, ...]:
    others = () if row.mac is None else store.list_sharers(connection, row.mac, row.id)
    sharers = [Sharer(one.id.hex, one.name) for one in others]
    bank = codes.find_bank_code(row.bank)
    return findings(row.name, row.holder, bank, digits, sharers, changed=changed)


def _seen(connection: sa.Connection, row: AccountRow, keys: Mapping[UUID, bytes]) -> tuple[Finding, ...]:
    """Everything the second person looks at, the change itself with it."""
    if row.mac is None:
        return ()
    number = contact.open_account(keys[row.id], row.id, row.sealed) if row.id in keys else None
    return _findings(connection, row, digits=len(number) if number else None, changed=True)


def _covered(desk: Desk, connection: sa.Connection, rows: Collection[AccountRow]) -> dict[UUID, set[str]]:
    """What releases of the accounts as they are now looked at, by person."""
    macs = {row.id: row.mac for row in rows}
    keys = desk.store.person_keys(connection, macs) if macs else {}
    found: dict[UUID, set[str]] = {}
    for row in store.list_releases(connection, macs):
        told = desk.unseal(keys, row.person, row.sealed) if row.mac == macs[row.person] else None
        if told is not None:
            found.setdefault(row.person, set()).update(told["covers"])
    return found


def _refuse_incomplete(seen: tuple[Finding, ...], reason: str, paper: ReceivedFile | None) -> None:
    if any(one.cause is Cause.BANK for one in seen):
        raise Refusal("은행이 적혀 있지 않아 풀 수 없습니다. 은행을 먼저 적으십시오. 바꾼 것이 없습니다.")
    if needs_paper(seen) and (not clean(reason) or paper is None):
        raise Refusal(
            "예금주가 본인이 아닌 계좌라 풀지 않았습니다. 다른 사람의 계좌로 받는 사유를 적고 "
            "동의서·가족관계증명서 같은 증빙 파일을 붙이십시오([훈련수당 → 계좌 확인])."
        )


def _refuse_same_eyes(connection: sa.Connection, desk: Desk, row: AccountRow) -> bool:
    """Whether the release is 단독 처리; refused where somebody else may free what this person changed."""
    if row.changed_by != desk.actor.user_id:
        return False
    for user in list_users(connection):
        others = user.active and user.id != desk.actor.user_id
        if others and Right.RELEASE_ACCOUNT in rights_of(Role(role) for role in user.roles):
            raise Refusal(
                "계좌를 마지막으로 바꾼 사람은 보류를 풀 수 없습니다. 풀 수 있는 다른 사람"
                f"({user.name})이 본인에게 전화로 확인한 뒤 풀어 주십시오."
            )
    return True


def _keep(work: Work, row: AccountRow, sealed: bytes, paper: ReceivedFile | None) -> None:
    store_ = work.desk.store
    kept = attachments.put(store_, work.connection, paper.content, paper.media_type) if paper else None
    work.connection.execute(
        sa.insert(account_release).values(
            id=new_id(),
            person_id=row.id,
            account_mac=row.mac,
            sealed=sealed,
            attachment_id=kept,
            released_by=work.desk.actor.user_id,
            released_at=work.at,
        )
    )


def _held(row: AccountRow, why: str, users: Mapping[UUID, str]) -> Held:
    return Held(
        person=row.id,
        name=row.name,
        birth=row.birth,
        phone=row.phone,
        bank=codes.bank_names().get(row.bank or "", ""),
        tail=row.tail,
        holder=row.holder,
        why=why,
        others=not is_own(row.name, row.holder),
        changed_by=users.get(row.changed_by, "") if row.changed_by else "",
    )


def _masked(held: Held) -> Held:
    hide = Masking.MASKED
    return replace(
        held,
        name=hide.show_name(held.name),
        birth=hide.hide_birth(held.birth),
        phone=held.phone and hide.show_phone(held.phone),
        holder=held.holder and hide.show_name(held.holder),
        why=hide.show_reason(held.why),
    )


def _release(desk: Desk, row: ReleaseRow, keys: Mapping[UUID, bytes], users: Mapping[UUID, str]) -> Release:
    told = desk.unseal(keys, row.person, row.sealed) or {}
    plain = desk.masking is Masking.FULL
    return Release(
        id=row.id,
        at=row.released_at,
        by=users.get(row.released_by, ""),
        why=desk.masking.show_reason(told.get("hold", "")),
        memo=told.get("memo", "") if plain else "",  # free text may name somebody
        reason=told.get("reason", "") if plain else "",
        solo=bool(told.get("solo")),
        paper=row.attachment is not None,
    )
