"""Accounts: who works here, with which roles, and whose key opens the office (rulebook section 7)."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.rights import Right, Role
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.safety.opening import check_password, counted_tries
from regional_desk.store import audit, keys, rekeying, tries
from regional_desk.store.accounts import UserRow, find_user, list_users, user, user_role
from regional_desk.store.backups import one_at_a_time
from regional_desk.store.ids import new_id
from regional_desk.store.keys import KeyFile
from regional_desk.store.office import read_setting, write_setting

_MOST_LETTERS = 40
_IDLE, _IDLE_MINUTES, _MOST_IDLE_MINUTES = "idle_minutes", 10, 60


@dataclass(frozen=True, slots=True)
class Notice:
    """One change of accounts the 단장 should see: `line` is its number in the change history."""

    line: int
    message: str


def add_user(
    desk: Desk, login: str, name: str, roles: Iterable[Role], password: str, operation_id: UUID | None = None
) -> UserRow:
    """Make an account with a temporary password that its owner changes at the first login.

    Raises UsageError for a login already there, an empty name, no role or a weak password; NotAllowed without the right.
    """
    desk.require(Right.MANAGE_USERS)
    login, name, chosen = clean(login), clean(name), tuple(dict.fromkeys(roles))
    if not login or not name or len(login) > _MOST_LETTERS:
        raise UsageError(f"아이디와 이름을 적어 주십시오(아이디는 {_MOST_LETTERS}자까지).")
    if not chosen:
        raise UsageError("역할을 하나 이상 고르십시오.")
    check_password(password, login)
    with desk.store.read() as connection:
        if find_user(connection, login) is not None:
            raise UsageError(f"'{login}' 아이디는 이미 있습니다. 떠난 사람의 아이디도 다시 쓰지 않습니다.")

    def body(work: Work) -> dict[str, Any]:
        user_id = new_id()
        work.connection.execute(
            sa.insert(user).values(
                id=user_id, login=login, name=name, active=True, created_at=work.at, must_change=True
            )
        )
        for role in chosen:
            _grant(work, user_id, role)
        roles_given = [role.value for role in chosen]
        work.log("user.add", "accounts", user_id, {"login": login, "roles": roles_given})
        return {"user": str(user_id)}

    with _slots(
        desk, _with_slot(desk, login, password)
    ):  # before the row: a slot without an account opens nothing
        desk.perform(Right.MANAGE_USERS, "user.add", body, operation_id)
    return _user(desk, login)


def grant(desk: Desk, login: str, role: Role, operation_id: UUID | None = None) -> UserRow:
    """Give a role; giving one to oneself is shown to the 단장 at the next login."""

    def body(work: Work) -> dict[str, Any]:
        found = _active(work.connection, login)
        if role.value in found.roles:
            raise Refusal(f"'{login}' 사용자는 이미 {role.label} 역할입니다.")
        _grant(work, found.id, role)
        own = found.id == desk.actor.user_id
        work.log("user.grant", "accounts", found.id, {"login": login, "roles": [role.value], "own": own})
        return {}

    desk.perform(Right.MANAGE_USERS, "user.grant", body, operation_id)
    return _user(desk, login)


def revoke(desk: Desk, login: str, role: Role, operation_id: UUID | None = None) -> UserRow:
    """Take a role away; the last 관리자 stays one."""

    def body(work: Work) -> dict[str, Any]:
        found = _active(work.connection, login)
        if role.value not in found.roles:
            raise Refusal(f"'{login}' 사용자는 {role.label} 역할이 아닙니다.")
        if role is Role.ADMINISTRATOR:
            _keep_an_administrator(work.connection, found)
        _end_roles(work, found.id, user_role.c.role == role.value)
        work.log("user.revoke", "accounts", found.id, {"login": login, "roles": [role.value]})
        return {}

    desk.perform(Right.MANAGE_USERS, "user.revoke", body, operation_id)
    return _user(desk, login)


def leave(desk: Desk, login: str, reason: str, operation_id: UUID | None = None) -> UserRow:
    """End an account: its roles stop, its key is taken out and the whole store is put under a new root key.

    What the person wrote stays. Raises Refusal for oneself, the last 관리자 or a missing reason.
    """
    if not reason.strip():
        raise UsageError("떠나는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        found = _active(work.connection, login)
        if found.id == desk.actor.user_id:
            raise Refusal("자기 계정은 스스로 끝낼 수 없습니다. 다른 관리자가 처리해 주십시오.")
        _keep_an_administrator(work.connection, found)
        _end_roles(work, found.id, sa.true())
        work.connection.execute(
            sa.update(user)
            .where(user.c.id == found.id)
            .values(active=False, left_at=work.at, version=user.c.version + 1)
        )
        work.log("user.leave", "accounts", found.id, {"login": login, "reason": reason.strip()})
        return {}

    desk.perform(Right.MANAGE_USERS, "user.leave", body, operation_id)
    rekey(desk)
    return _user(desk, login)


def change_password(desk: Desk, old: str, new: str, operation_id: UUID | None = None) -> None:
    """Change one's own password; raise WrongPassword where the old one is wrong, UsageError for a weak or unchanged one."""
    desk.store.end_rekey()
    opening = desk.store.opening
    unlocked = keys.unlock_by_password(opening.keys, desk.actor.login, old)
    if old == new:
        raise UsageError("새 비밀번호가 지금 것과 같습니다. 다른 것으로 정하십시오.")
    check_password(new, desk.actor.login)
    with _slots(desk, keys.with_password(opening.keys, unlocked, new, unlocked.slot.cost)):
        _note_password(desk, desk.actor.user_id, "user.password", operation_id, temporary=False)


def reset_password(desk: Desk, login: str, password: str, operation_id: UUID | None = None) -> None:
    """Give somebody who forgot the password a temporary one (a new slot), or oneself after opening by recovery key."""
    desk.require(Right.MANAGE_USERS)
    check_password(password, login)
    with desk.store.read() as connection:
        found = _active(connection, login)
    temporary = found.id != desk.actor.user_id
    with _slots(desk, _with_slot(desk, login, password)):
        _note_password(desk, found.id, "user.reset", operation_id, temporary=temporary)


def confirm_password(desk: Desk, password: str) -> None:
    """Prove that it is still the same person, as after the idle lock.

    Raises WrongPassword where it is not, LockedOut after too many wrong ones.
    """
    with counted_tries(desk.store.folder, desk.actor.login, desk.clock):
        keys.unlock_by_password(desk.store.opening.keys, desk.actor.login, password)


def note_lock(desk: Desk) -> None:
    """Note in the access log that the open office was locked."""
    desk.note_access("lock", "office", {"login": desk.actor.login})


def note_unlock(desk: Desk) -> None:
    """Note that the same person goes on, and the wrong passwords typed meanwhile."""
    counted = tries.clear(desk.store.folder, desk.actor.login)
    detail = {"login": desk.actor.login, **({"count": counted.failed} if counted else {})}
    desk.note_access("unlock", "office", detail)


def idle_minutes(desk: Desk) -> int:
    """After how many minutes without input the window locks itself; 10 unless the office chose otherwise."""
    with desk.store.read() as connection:
        return int(read_setting(connection, _IDLE, _IDLE_MINUTES))


def set_idle_minutes(desk: Desk, minutes: int, operation_id: UUID | None = None) -> None:
    """Choose the minutes of the idle lock, 1 to 60 (rulebook section 7); raise UsageError outside of them."""
    if not 1 <= minutes <= _MOST_IDLE_MINUTES:
        raise UsageError(f"자동 잠금은 1분에서 {_MOST_IDLE_MINUTES}분 사이로 정하십시오.")

    def body(work: Work) -> dict[str, Any]:
        write_setting(work.connection, _IDLE, minutes)
        work.log("settings.idle", "settings", None, {"minutes": minutes})
        return {}

    desk.perform(Right.CHANGE_SETTINGS, "settings.idle", body, operation_id)


def rekey(desk: Desk, *, new_recovery_key: bool = False) -> str | None:
    """Put the store under a new root key that only today's accounts open; return a new recovery key where one was made.

    One is made when asked for, and where the old one cannot be carried over (a store of the first program version).
    What was backed up before still opens with the passwords of its time.
    """
    desk.require(Right.MANAGE_USERS)
    store, operation_id = desk.store, new_id()
    with store.read() as connection:
        staying = [row.login for row in list_users(connection) if row.active]
    if store.session is None:
        raise Refusal("읽기 전용으로 연 자료라 열쇠를 바꾸지 않았습니다.")
    with one_at_a_time(store.folder), store.session.act("열쇠 바꾸기", operation_id, desk.clock.now()):
        rekeying.rekey(store, staying)
        lost = all(slot.kind != keys.RECOVERY for slot in store.opening.keys.slots)
        fresh = rekeying.renew_recovery_key(store, _cost(desk)) if new_recovery_key or lost else None

        def body(work: Work) -> dict[str, Any]:
            detail = {"people": len(staying), "recovery": fresh is not None}
            work.log("keys.rekey", "accounts", None, detail)
            return {}

        desk.perform(Right.MANAGE_USERS, "keys.rekey", body, operation_id)
    return fresh


def notices(desk: Desk) -> tuple[Notice, ...]:
    """Users made and roles given to oneself since the 단장 last looked; empty for everybody else (rulebook section 7)."""
    if Role.DIRECTOR not in desk.actor.roles:
        return ()
    with desk.store.read() as connection:
        seen = read_setting(connection, _seen_key(desk), 0)
        logins = {row.id: row.login for row in list_users(connection)}
        lines = audit.lines_of(connection, audit.CHANGES, ("user.add", "user.grant"), after=seen)
    told = []
    for line in lines:
        detail = json.loads(line.detail)
        labels = ", ".join(Role(role).label for role in detail["roles"])
        when, who = f"{line.at:%m월 %d일 %H:%M}", logins.get(line.user_id, "?")
        if line.action == "user.add":
            told.append(
                Notice(line.seq, f"{when} {who}이(가) '{detail['login']}' 사용자를 만들었습니다({labels}).")
            )
        elif detail.get("own"):
            told.append(Notice(line.seq, f"{when} {who}이(가) 자신에게 {labels} 역할을 주었습니다."))
    return tuple(told)


def acknowledge(desk: Desk, last: int, operation_id: UUID | None = None) -> None:
    """Note that the 단장 has seen the notices up to this line."""

    def body(work: Work) -> dict[str, Any]:
        write_setting(work.connection, _seen_key(desk), last)
        work.log("user.seen", "accounts", desk.actor.user_id, {"number": last})
        return {}

    desk.perform(None, "user.seen", body, operation_id)


def holders(connection: sa.Connection, right_of: Callable[[UserRow], bool]) -> tuple[UserRow, ...]:
    """The active accounts for which `right_of` holds."""
    return tuple(row for row in list_users(connection) if row.active and right_of(row))


def _seen_key(desk: Desk) -> str:
    return f"seen:{desk.actor.user_id}"


def _user(desk: Desk, login: str) -> UserRow:
    with desk.store.read() as connection:
        found = find_user(connection, login)
    if found is None:
        raise UsageError(f"'{login}' 사용자가 없습니다.")
    return found


def _active(connection: sa.Connection, login: str) -> UserRow:
    found = find_user(connection, login)
    if found is None or not found.active:
        raise UsageError(f"'{login}' 사용자가 없거나 이미 떠났습니다. 사용자 목록을 확인해 주십시오.")
    return found


def _keep_an_administrator(connection: sa.Connection, leaving: UserRow) -> None:
    others = holders(connection, lambda row: row.id != leaving.id and Role.ADMINISTRATOR.value in row.roles)
    if Role.ADMINISTRATOR.value in leaving.roles and not others:
        raise Refusal("마지막 관리자라 처리하지 않았습니다. 먼저 다른 사람에게 관리자 역할을 주십시오.")


def _grant(work: Work, user_id: UUID, role: Role) -> None:
    work.connection.execute(
        sa.insert(user_role).values(
            id=new_id(),
            user_id=user_id,
            role=role.value,
            granted_at=work.at,
            granted_by=work.desk.actor.user_id,
        )
    )


def _end_roles(work: Work, user_id: UUID, which: sa.ColumnElement[bool]) -> None:
    work.connection.execute(
        sa.update(user_role)
        .where(user_role.c.user_id == user_id, user_role.c.revoked_at.is_(None), which)
        .values(revoked_at=work.at, revoked_by=work.desk.actor.user_id)
    )


def _cost(desk: Desk) -> keys.KdfCost:
    """What the office chose when it was made: its slots all take as long."""
    return desk.store.opening.keys.slots[0].cost


def _with_slot(desk: Desk, login: str, password: str) -> KeyFile:
    """The key file in which this login answers to a new password."""
    desk.store.end_rekey()
    opening = desk.store.opening
    slot = keys.user_slot(opening.keys.store_id, login, password, opening.root, _cost(desk))
    return opening.keys.with_slot(slot)


@contextlib.contextmanager
def _slots(desk: Desk, key_file: KeyFile) -> Iterator[None]:
    """Write the key file, and put the one before back where what belongs to it is refused: both or neither."""
    before = desk.store.opening.keys
    desk.store.save_slots(key_file)
    try:
        yield
    except Exception:
        desk.store.save_slots(before)
        raise


def _note_password(
    desk: Desk, user_id: UUID, action: str, operation_id: UUID | None, *, temporary: bool
) -> None:
    """Log a password's change. One's own needs no right, so a temporary one can be left behind."""

    def body(work: Work) -> dict[str, Any]:
        work.connection.execute(
            sa.update(user)
            .where(user.c.id == user_id)
            .values(password_at=work.at, must_change=temporary, version=user.c.version + 1)
        )
        work.log(action, "accounts", user_id, {})
        return {}

    own = user_id == desk.actor.user_id
    desk.perform(None if own else Right.MANAGE_USERS, action, body, operation_id)
    if own:
        desk.must_change = False
