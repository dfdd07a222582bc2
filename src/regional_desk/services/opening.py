"""Making an office and opening one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from regional_desk.domain.clock import Clock
from regional_desk.domain.rights import Role
from regional_desk.errors import StoreDamaged, UsageError
from regional_desk.services.desk import Actor, Desk
from regional_desk.store import keys
from regional_desk.store.accounts import UserRow, find_user, user, user_role
from regional_desk.store.accounts import list_users as read_users
from regional_desk.store.ids import new_id
from regional_desk.store.office import office, read_office
from regional_desk.store.store import (
    Opening,
    Store,
    create_store,
    open_store,
    prove_by_password,
    prove_by_recovery_key,
)

_FIRST_ROLES = (Role.ADMINISTRATOR, Role.LEADER, Role.TRAINING, Role.ALLOWANCE, Role.INTERNSHIP)
_CODE = re.compile(r"[A-Za-z0-9]{1,20}")
_LEAST_PASSWORD = 8
_APPROVAL_BOXES = (3, 4)


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What makes an office: `region` is a 시도 code as text, `goals` people by track."""

    name: str
    code: str
    region: str
    approval: tuple[str, ...]
    goals: Mapping[str, int]
    programme_year: int
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """A new office, opened, with its recovery key, which is shown this once."""

    desk: Desk
    recovery_key: str


def settings_from_table(table: Mapping[str, Any], programme_year: int) -> OfficeSettings:
    """The settings of an office file (interfaces section 1, `new`); raise UsageError naming the wrong key."""

    def text(key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise UsageError(
                f"사무소 파일의 '{key}' 값이 없거나 글자가 아닙니다. 따옴표로 묶어 적어 주십시오."
            )
        return value.strip()

    name, code = text("name"), text("code")
    if not _CODE.fullmatch(code):
        raise UsageError("사무소 파일의 'code'는 영문자와 숫자만 20자까지 쓸 수 있습니다.")
    approval = table.get("approval", ["담당", "팀장", "단장"])
    if (
        not isinstance(approval, list)
        or len(approval) not in _APPROVAL_BOXES
        or not all(isinstance(label, str) and label.strip() for label in approval)
    ):
        raise UsageError("사무소 파일의 'approval'은 결재란 이름 3~4개의 목록이어야 합니다.")
    goals = table.get("goals", {})
    if not isinstance(goals, dict) or not all(type(goal) is int and goal >= 0 for goal in goals.values()):
        raise UsageError(
            "사무소 파일의 [goals]에는 Track1, Track2 목표 인원을 0 이상의 정수로 적어야 합니다."
        )
    unknown = set(goals) - {"Track1", "Track2"}
    if unknown:
        raise UsageError(f"사무소 파일의 [goals]에 모르는 항목이 있습니다: {', '.join(sorted(unknown))}.")
    year = table.get("programme_year", programme_year)
    if type(year) is not int:
        raise UsageError("사무소 파일의 'programme_year'는 연도(정수)여야 합니다.")
    return OfficeSettings(name, code, text("region"), tuple(approval), goals, year)


def new_office(
    folder: Path,
    settings: OfficeSettings,
    login: str,
    password: str,
    clock: Clock,
    cost: keys.KdfCost | None = None,
) -> Created:
    """Make an empty office; the first user is 관리자, 팀장 and 담당 (rulebook section 7).

    Raises UsageError for a weak password and UserError where the folder already holds an office.
    """
    check_password(password)
    store, recovery_key = create_store(folder, login, password, cost or keys.calibrated_cost())
    now, user_id = clock.now(), new_id()
    with store.write() as connection:
        connection.execute(
            sa.insert(office).values(
                id=store.opening.keys.store_id,
                name=settings.name,
                code=settings.code,
                region=settings.region,
                approval=list(settings.approval),
                goals=dict(settings.goals),
                programme_year=settings.programme_year,
                practice=settings.practice,
                created_at=now,
            )
        )
        connection.execute(
            sa.insert(user).values(id=user_id, login=login, name=login, active=True, created_at=now)
        )
        connection.execute(
            sa.insert(user_role),
            [
                {
                    "id": new_id(),
                    "user_id": user_id,
                    "role": role.value,
                    "granted_at": now,
                    "granted_by": user_id,
                }
                for role in _FIRST_ROLES
            ],
        )
    desk = _sign_in(store, login, clock)
    desk.note_access("create", "office", {"login": login})
    return Created(desk, recovery_key)


def open_office(folder: Path, login: str, password: str, clock: Clock) -> Desk:
    """Open an office as one of its users.

    Raises WrongPassword, StoreMissing, StoreDamaged or StoreNewer.
    """
    return _open(prove_by_password(folder, login, password), login, clock, "login")


def open_with_recovery_key(folder: Path, recovery_key: str, clock: Clock) -> Desk:
    """Open an office by the printed recovery key, as its first user; raises as `open_office`."""
    opening = prove_by_recovery_key(folder, recovery_key)
    return _open(opening, opening.keys.logins()[0], clock, "recovery")


def list_logins(folder: Path) -> tuple[str, ...]:
    """Who can unlock this folder; raise StoreMissing where it holds no office."""
    return keys.read_key_file(folder).logins()


def list_users(desk: Desk) -> tuple[UserRow, ...]:
    """The office's accounts with their roles."""
    with desk.store.read() as connection:
        return read_users(connection)


def check_password(password: str) -> None:
    """Raise UsageError for a password that is too short."""
    if len(password) < _LEAST_PASSWORD:
        raise UsageError(f"비밀번호는 {_LEAST_PASSWORD}자 이상이어야 합니다.")


def _open(opening: Opening, login: str, clock: Clock, how: str) -> Desk:
    store = open_store(opening)
    desk = _sign_in(store, login, clock)
    desk.note_access(how, "office", {"login": login})
    return desk


def _sign_in(store: Store, login: str, clock: Clock) -> Desk:
    with store.read() as connection:
        found = find_user(connection, login)
        info = read_office(connection)
    if found is None or not found.active:
        store.close()
        raise StoreDamaged(
            f"열쇠 파일에는 '{login}' 사용자가 있으나 자료에는 없습니다. 자료는 그대로입니다. 백업의 열쇠 파일로 되돌려 주십시오."
        )
    actor = Actor(found.id, found.login, found.name, frozenset(Role(role) for role in found.roles))
    return Desk(store, actor, info, clock)
