"""Making an office and opening one."""

from __future__ import annotations

import contextlib
import datetime as dt
import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain import lockout, passwords
from regional_desk.domain.clock import Clock
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Role
from regional_desk.errors import LockedOut, Refusal, StoreDamaged, UsageError, WrongPassword
from regional_desk.services.desk import Actor, Desk
from regional_desk.store import audit, backups, keys, places, restores, session, tries, trouble
from regional_desk.store.accounts import UserRow, user, user_role
from regional_desk.store.accounts import list_users as read_users
from regional_desk.store.closings import read_copy
from regional_desk.store.ids import new_id
from regional_desk.store.office import office, operation, read_office
from regional_desk.store.scratch import wipe_left_over
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
_APPROVAL_BOXES = (3, 4)
_CLOCK_SLACK = dt.timedelta(minutes=5)
_LONG_AWAY = dt.timedelta(days=60)  # an office in use is opened far more often


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

    Raises UsageError for a weak password, Refusal for a folder that is shared or synchronised, and UserError where the
    folder already holds an office.
    """
    check_password(password, login)
    place = places.examine(folder)
    if place is not None and place.refused:
        raise Refusal(place.message)
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

    Raises WrongPassword, LockedOut after too many wrong ones, StoreMissing, StoreDamaged, StoreNewer, or StoreBusy where
    another program holds the office.
    """
    restores.tidy(folder)
    with counted_tries(folder, login, clock):
        opening = prove_by_password(folder, login, password)
    return _open(opening, login, clock, "login")


def open_with_recovery_key(folder: Path, recovery_key: str, clock: Clock) -> Desk:
    """Open an office by the printed recovery key, as its first 관리자; raises as `open_office`."""
    restores.tidy(folder)
    with counted_tries(folder, keys.RECOVERY, clock):
        opening = prove_by_recovery_key(folder, recovery_key)
    return _open(opening, None, clock, "recovery")


def open_read_only(folder: Path, login: str, password: str, clock: Clock) -> Desk:
    """Open an office only to look at it: beside a program that holds it, on read-only media, or a backup's copy.

    Nothing is written, the access log included; raises as `open_office`.
    """
    with counted_tries(folder, login, clock):
        opening = prove_by_password(folder, login, password)
    return look_at(opening, login, clock)


def look_at(opening: Opening, login: str, clock: Clock) -> Desk:
    """A desk that only reads, over an office whose key was proved."""
    store = open_store(opening, read_only=True)
    desk = _sign_in(store, login, clock)
    desk.greetings = (
        "읽기 전용으로 열었습니다. 볼 수 있으나, 고치거나 기록을 남겨야 하는 일(인쇄·내보내기)은 할 수 없습니다.",
    )
    return desk


def list_logins(folder: Path) -> tuple[str, ...]:
    """Who can unlock this folder; raise StoreMissing where it holds no office."""
    restores.tidy(folder)
    return keys.read_key_file(folder).logins()


def list_users(desk: Desk) -> tuple[UserRow, ...]:
    """The office's accounts with their roles."""
    with desk.store.read() as connection:
        return read_users(connection)


def check_password(password: str, login: str) -> None:
    """Raise UsageError for a password that is too easy (rulebook section 7)."""
    try:
        passwords.check_password(password, login)
    except Refused as refused:
        raise UsageError(str(refused)) from refused


@contextlib.contextmanager
def counted_tries(folder: Path, login: str, clock: Clock) -> Iterator[None]:
    """Refuse while an account waits, count what is wrong; on read-only media nothing can be counted."""
    counted = tries.read(folder).get(login)
    if counted is not None:
        left = lockout.remaining(counted.failed, counted.last_at, clock.now())
        if left:
            raise LockedOut(
                f"비밀번호를 {counted.failed}번 잘못 입력하여 잠겼습니다. {_duration(left)} 뒤에 다시 하십시오. 자료는 그대로입니다."
            )
    try:
        yield
    except WrongPassword as error:
        if login != keys.RECOVERY and login not in keys.read_key_file(folder).logins():
            raise  # nobody's account to lock, and a list of names typed wrongly helps only a thief
        with contextlib.suppress(OSError):
            counted = tries.note(folder, login, clock.now())
            wait = lockout.delay(counted.failed)
            if wait:
                more = f" {counted.failed}번째 실패라 {_duration(wait)} 동안 잠급니다."
                raise type(error)(error.message + more) from error
        raise


def _duration(span: dt.timedelta) -> str:
    seconds = max(1, round(span.total_seconds()))
    minutes, rest = divmod(seconds, 60)
    return " ".join(part for part in (f"{minutes}분" if minutes else "", f"{rest}초" if rest else "") if part)


def _open(opening: Opening, login: str | None, clock: Clock, how: str) -> Desk:
    outside = session.last_commit(opening.folder)
    with trouble.telling(opening.folder, files=True):
        store = open_store(opening, login=login or "복구 키", save=lambda store: _save(store, clock))
        try:
            return _greeted(store, login, clock, how, outside)
        except BaseException:
            store.close()
            raise


def _greeted(store: Store, login: str | None, clock: Clock, how: str, outside: Mapping[str, int]) -> Desk:
    desk = _sign_in(store, login, clock)
    counted = tries.read(store.folder).get(keys.RECOVERY if login is None else login)
    place = places.examine(store.folder)
    wipe_left_over(paths.user_data())
    desk.greetings = (
        *_lost_commits(store, outside),
        *_unclean_end(store),
        *restores.waiting(store.folder),
        *_strange_clock(desk),
        *_left_keys(desk),
        *((_failed_tries(counted),) if counted else ()),
        *((place.message,) if place else ()),
    )
    if counted is not None:
        failed = {
            "login": desk.actor.login,
            "count": counted.failed,
            "first": counted.first,
            "last": counted.last,
        }
        desk.note_access("login_failed", "office", failed)
    desk.note_access(how, "office", {"login": desk.actor.login, "pc": platform.node()})
    tries.clear(store.folder, keys.RECOVERY if login is None else login)
    return desk


def _left_keys(desk: Desk) -> tuple[str, ...]:
    """Keys of accounts that ended, or were never made whole: the program was cut off before it took them out."""
    with desk.store.read() as connection:
        active = {row.login for row in read_users(connection) if row.active}
    left = [login for login in desk.store.opening.keys.logins() if login not in active]
    if not left:
        return ()
    return (
        f"! 쓰지 않는 계정의 열쇠가 남아 있습니다({', '.join(left)}). 관리자가 [관리 → 열쇠]에서 열쇠를 바꾸면 없어집니다.",
    )


def _strange_clock(desk: Desk) -> tuple[str, ...]:
    """A PC whose clock was set back, or far ahead, writes wrong days; the logs keep their order by number."""
    if desk.office.practice:
        return ()  # its invented months lie where they lie
    now = desk.clock.now()
    with desk.store.read() as connection:
        moments = [line.at for chain in audit.CHAINS for line in audit.read_lines(connection, chain, limit=1)]
    last = max(moments, default=now)
    if now < last - _CLOCK_SLACK:
        told = (
            f"! PC 시계({now:%Y-%m-%d %H:%M})가 마지막 기록({last:%Y-%m-%d %H:%M})보다 이릅니다. 날짜가 틀리게 적히지 않도록 "
            "PC 시계를 맞춘 뒤 다시 여십시오. 지금까지의 자료와 기록 순서는 그대로입니다."
        )
        return (told,)
    if now > last + _LONG_AWAY:
        told = (
            f"! 마지막 기록이 {(now - last).days}일 전({last:%Y-%m-%d})입니다. 오래 쓰지 않은 것이 아니라면 PC 시계({now:%Y-%m-%d})가 "
            "틀린 것이니 맞춘 뒤 다시 여십시오. 시계가 앞서면 아직 오지 않은 날에 입력하거나 보존기간이 지난 것으로 잘못 봅니다."
        )
        return (told,)
    return ()


def _save(store: Store, clock: Clock) -> None:
    """Back up before an upgrade; without a good backup the store is not touched."""
    with store.read() as connection:
        code = read_office(connection).code
    backups.back_up(store, store.folder / backups.FOLDER, code, clock.now(), "before:upgrade")


def _failed_tries(counted: tries.Tries) -> str:
    first, last = (dt.datetime.fromisoformat(text) for text in (counted.first, counted.last))
    return (
        f"지난번 이후 틀린 비밀번호가 {counted.failed}번 입력되었습니다"
        f"({first:%m월 %d일 %H:%M} ~ {last:%m월 %d일 %H:%M}). 본인이 아니면 관리자에게 알리십시오."
    )


def _lost_commits(store: Store, outside: Mapping[str, int]) -> tuple[str, ...]:
    """A journal deleted after a crash loses commits without a trace inside; the numbers kept outside tell."""
    with store.read() as connection:
        missing = {
            chain: outside[chain] - audit.tip(connection, chain)[0]
            for chain in audit.CHAINS
            if outside.get(chain, 0) > audit.tip(connection, chain)[0]
        }
    if not missing:
        return ()
    told = (
        f"! 마지막에 저장한 내용 {sum(missing.values())}건이 자료에 없습니다. 저장 직후 파일(office.db-wal)이 지워졌거나 옛 파일로 바뀐 것입니다. "
        "가장 최근 백업과 견주어 보고, 없어진 내용은 다시 입력하십시오."
    )
    return (told,)


def _unclean_end(store: Store) -> tuple[str, ...]:
    """What a program that did not end well left: what is there, and what was not done (promise 1)."""
    left = store.session.left if store.session else None
    if left is None:
        return ()
    with store.read() as connection:
        last = connection.execute(sa.select(sa.func.max(audit.change_log.c.at))).scalar()
        done = (
            left.operation
            and connection.execute(
                sa.select(operation.c.id).where(operation.c.id == UUID(left.operation))
            ).scalar()
        )
    kept = (
        f"{last:%m월 %d일 %H:%M:%S}의 저장까지 모두 남아 있습니다."
        if last
        else "저장된 것은 모두 남아 있습니다."
    )
    told = [f"지난번에 프로그램이 정상으로 끝나지 않았습니다. {kept}"]
    if left.act and left.act_at:
        at = dt.datetime.fromisoformat(left.act_at)
        outcome = "끝까지 반영되었습니다." if done else "반영되지 않았습니다. 다시 하십시오."
        told.append(f"{at:%H:%M}의 '{left.act}'은(는) {outcome}")
    return tuple(told)


def _sign_in(store: Store, login: str | None, clock: Clock) -> Desk:
    """The desk of a user, or for the recovery key that of the first active 관리자."""
    with store.read() as connection:
        users = [row for row in read_users(connection) if row.active]
        info = read_office(connection)
        lent = read_copy(connection)
    if login is None:
        users.sort(key=lambda row: Role.ADMINISTRATOR.value not in row.roles)
    found = next((row for row in users if login in (None, row.login)), None)
    if found is None:
        store.close()
        raise StoreDamaged(
            f"열쇠 파일에는 '{login}' 사용자가 있으나 자료에는 쓰는 사람으로 남아 있지 않습니다. 자료는 그대로입니다. 관리자에게 문의해 주십시오."
        )
    actor = Actor(found.id, found.login, found.name, frozenset(Role(role) for role in found.roles))
    desk = Desk(store, actor, info, clock, lent)
    desk.must_change = found.must_change
    return desk
