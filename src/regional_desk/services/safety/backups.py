"""Backing up, keeping, a second place and restoring (promise 4: a backup counts only once opened and compared)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from regional_desk.domain.clock import Clock
from regional_desk.domain.keeping import Kept, to_prune
from regional_desk.domain.rights import Right
from regional_desk.errors import FileRejected, Refusal, StoreDamaged, StoreMissing, UserError, WrongPassword
from regional_desk.services.desk import Desk, Work
from regional_desk.store import archives, audit, restores
from regional_desk.store import backups as store
from regional_desk.store.archives import BEFORE, MANUAL, TIMED, BackupInfo
from regional_desk.store.backup_records import backup_record, trial_restore
from regional_desk.store.ids import new_id
from regional_desk.store.office import read_setting, write_setting
from regional_desk.store.restores import Restored
from regional_desk.store.store import ATTACHMENTS, Opening, prove_by_password, prove_by_recovery_key

PLACE = "backup.place"
EVERY = dt.timedelta(minutes=30)
_OWN_ACTS = ("backup", "backup.verify", "backup.trial")  # a backup's own lines are no change worth a backup
_OLD, _OLD_SECOND = dt.timedelta(days=1), dt.timedelta(days=7)
_ACTS = {
    "import": "가져오기",
    "import_undo": "가져오기 되돌리기",
    "confirm": "확정",
    "restore": "되돌리기",
    "upgrade": "판 올리기",
}


@dataclass(frozen=True, slots=True)
class BackupState:
    """How safe the office is: the last backups here and on the second place, and what a person should know.

    `overdue_days` is the age in whole days of the more overdue one, 0 where neither is; `sentences` are Korean, the
    most urgent first, and `waiting` those of them that are not about the last backup here. `paused` tells that a restored office waits for somebody to look.
    """

    last: dt.datetime | None
    second_place: Path | None
    second_present: bool
    last_second: dt.datetime | None
    last_trial: dt.datetime | None
    paused: bool
    overdue_days: int
    sentences: tuple[str, ...]
    waiting: tuple[str, ...] = ()


def reason_label(reason: str) -> str:
    """Why a backup was made, in Korean."""
    if reason.startswith(BEFORE):
        act = reason.removeprefix(BEFORE)
        return f"{_ACTS.get(act, act)} 직전"
    return {MANUAL: "직접", TIMED: "자동"}.get(reason, reason)


def back_up(desk: Desk, to: Path | None = None, *, reason: str = MANUAL) -> BackupInfo:
    """Write a verified backup into `to`, or into the office's own folder and onto the second place.

    The second place's absence or refusal is a warning in what comes back, never a failure. Raises as the store's
    `back_up`; nothing is pruned unless the new one was verified.
    """
    desk.require(Right.BACK_UP)
    made = store.back_up(desk.store, to or place(desk), desk.office.code, desk.clock.now(), reason)
    second = second_place(desk)
    if to is None and second is not None:
        made = _copy_to_second(made, second)
    _record(
        desk, made, elsewhere=to is not None and to != place(desk), is_second=to is not None and to == second
    )
    if to is None and not paused(desk):
        for folder in (place(desk), *((second,) if made.second and second else ())):
            _prune(desk, folder)
    return made


def before(desk: Desk, act: str) -> BackupInfo | None:
    """Back up before an act that changes much, unless the newest backup holds exactly this state.

    Raises Refusal where that fails: then the act is not begun.
    """
    if not desk.automatic_backups:
        return None
    newest = _newest(desk)
    if newest is not None and not _changed_since(desk, newest):
        return None
    try:
        return back_up(desk, reason=BEFORE + act)
    except UserError as error:
        raise Refusal(
            f"{_ACTS.get(act, act)} 전의 백업을 만들지 못해 시작하지 않았습니다. {error.message}"
        ) from error


def due(desk: Desk) -> bool:
    """Whether a timed backup is due: 30 minutes since the last, and either log has grown since.

    Never after a restore until somebody looked, and not for who may not back up.
    """
    if paused(desk) or desk.read_only or not desk.may(Right.BACK_UP):
        return False
    newest = _newest(desk)
    if newest is None:
        return True
    age = desk.clock.now() - newest.made_at
    young = dt.timedelta(0) <= age < EVERY  # a backup of the future: the clock was set back
    return not young and _changed_since(desk, newest)


def list_backups(desk: Desk, to: Path | None = None) -> tuple[BackupInfo, ...]:
    """The backups a place holds of this office, oldest first."""
    own = desk.store.opening.keys.store_id
    return tuple(one for one in archives.list_backups(to or place(desk)) if one.store_id == own)


def verify(desk: Desk, file: Path | None = None) -> BackupInfo:
    """Open a backup (the newest one) and compare it; raise FileRejected, naming an older whole one where it differs."""
    desk.require(Right.BACK_UP)
    listed = [one.file for one in list_backups(desk, file.parent if file else None)]
    if file is None and not listed:
        raise Refusal("백업이 하나도 없습니다. 먼저 백업하십시오.")
    chosen = file or listed[-1]
    try:
        return store.verify(chosen, desk.store.opening)
    except FileRejected as error:
        older = _next_older(desk, chosen, listed)
        if older is None:
            raise
        raise FileRejected(f"{error.message} 그 앞의 온전한 백업: {older.name}") from error


def place(desk: Desk) -> Path:
    """The office's own folder of backups."""
    return desk.store.folder / store.FOLDER


def second_place(desk: Desk) -> Path | None:
    """The folder on another disk that every backup is copied to, None where none was chosen."""
    with desk.store.read() as connection:
        chosen = read_setting(connection, PLACE)
    return Path(chosen) if chosen else None


def set_second_place(desk: Desk, folder: Path | None) -> str:
    """Choose or give up the second place; return a warning where it lies on the same disk, else nothing.

    Raises Refusal where the folder is missing, cannot be written, or lies inside the office.
    """
    folder = folder and folder.absolute()
    warning = _examine_place(desk, folder) if folder else ""

    def body(work: Work) -> dict[str, Any]:
        write_setting(work.connection, PLACE, str(folder) if folder else "")
        work.log("backup.place", "settings", detail={"place": str(folder) if folder else ""})
        work.subjects.add("backups")
        return {"place": str(folder) if folder else None}

    desk.perform(Right.CHANGE_SETTINGS, "backup.place", body)
    return warning


def paused(desk: Desk) -> bool:
    """Whether a restored office waits for somebody to look: timed backups, pruning and trials rest meanwhile."""
    return restores.read_flag(desk.store.folder) is not None


def resume(desk: Desk) -> None:
    """Somebody looked at the restored office: automatic work goes on (promise 4)."""
    if not paused(desk):
        return

    def body(work: Work) -> dict[str, Any]:
        work.log("backup.resume", "settings")
        work.subjects.add("backups")
        return {}

    desk.perform(Right.BACK_UP, "backup.resume", body)
    restores.clear_flag(desk.store.folder)


def state(desk: Desk) -> BackupState:
    """When the office was last backed up, here and on the second place; reads only."""
    newest, second = _newest(desk), second_place(desk)
    with desk.store.read() as connection:
        last_second = connection.execute(
            sa.select(sa.func.max(backup_record.c.at)).where(
                backup_record.c.second, backup_record.c.place == str(second)
            )
        ).scalar()
        last_trial = connection.execute(
            sa.select(sa.func.max(trial_restore.c.at)).where(trial_restore.c.ok)
        ).scalar()
    now, last = desk.clock.now(), newest.made_at if newest else None
    present = second is not None and second.is_dir()
    restored = restores.waiting(desk.store.folder)
    days, sentence = _late(now, last)
    days_second, sentence_second = _late_second(now, last_second, present) if second else (0, "")
    waiting = tuple(filter(None, (*restored, sentence_second)))
    return BackupState(
        last=last,
        second_place=second,
        second_present=present,
        last_second=last_second,
        last_trial=last_trial,
        paused=bool(restored),
        overdue_days=max(days, days_second),
        sentences=tuple(filter(None, (*restored, sentence, sentence_second))),
        waiting=waiting,
    )


def restore(
    file: Path,
    into: Path,
    login: str,
    secret: str,
    clock: Clock,
    *,
    recovery: bool = False,
    open_desk: Desk | None = None,
) -> Restored:
    """Put a backup into a folder, setting what lies there aside; the password is the one of the backup's time.

    With `recovery` the secret is the recovery key, which opens a backup from before a re-key too. The present is backed
    up first where the same secret opens it. `open_desk` is the office this program has open in that very folder: it is
    backed up and closed once the backup has proved good. Raises as the store's `restore`.
    """

    def prove(folder: Path) -> Opening:
        return prove_by_recovery_key(folder, secret) if recovery else prove_by_password(folder, login, secret)

    def save(folder: Path) -> BackupInfo | None:
        if open_desk is None:
            return _save_present(folder, prove, clock)
        saved = back_up(open_desk, reason=BEFORE + "restore")
        open_desk.store.close()
        return saved

    if open_desk is not None:
        open_desk.require(Right.RESTORE)
    return restores.restore(file, into, prove, clock.now(), save)


def _newest(desk: Desk) -> BackupInfo | None:
    """The newest backup of the office's own place."""
    found = list_backups(desk)
    return found[-1] if found else None


def _changed_since(desk: Desk, backup: BackupInfo) -> bool:
    """Whether a log holds a line that the backup does not, but for the lines of backing up itself."""
    own = ", ".join(f"'{act}'" for act in _OWN_ACTS)
    with desk.store.read() as connection:
        for chain in audit.CHAINS:
            tip = backup.facts.tips.get(chain)
            if tip is None:
                return True
            at = connection.exec_driver_sql(f"SELECT hash FROM {chain} WHERE seq = ?", (tip.seq,)).scalar()  # noqa: S608 - CHAINS are constants
            after = f"SELECT 1 FROM {chain} WHERE seq > ? AND action NOT IN ({own}) LIMIT 1"  # noqa: S608 - constants
            more = connection.exec_driver_sql(after, (tip.seq,)).scalar()
            if more is not None or (bytes(at).hex() if at is not None else "") != tip.hash:
                return True
    return False


def _copy_to_second(made: BackupInfo, second: Path) -> BackupInfo:
    """The copy on the second place; one that is away is told by `state`, one that refuses by a warning."""
    if not second.is_dir():
        return made
    try:
        return replace(made, second=store.copy_to(made, second))
    except UserError as error:
        return replace(made, warning=error.message)


def _record(desk: Desk, made: BackupInfo, *, elsewhere: bool, is_second: bool) -> None:
    """A row for each place and a line in the access log: a backup is a copy of everything."""
    places = [(made.file, elsewhere and is_second)]
    if made.second is not None:
        places.append((made.second, True))

    def body(work: Work) -> dict[str, Any]:
        rows = [
            {
                "id": new_id(),
                "reason": made.reason,
                "place": str(file.parent),
                "second": second,
                "file_name": file.name,
                "sha256": made.sha256,
                "size": made.size,
                "user_id": desk.actor.user_id,
                "at": work.at,
            }
            for file, second in places
        ]
        work.connection.execute(sa.insert(backup_record), rows)
        work.subjects.add("backups")
        return {"file": made.file.name}

    desk.perform(Right.BACK_UP, "backup", body)
    detail = {
        "file": made.file.name,
        "sha256": made.sha256,
        "reason": reason_label(made.reason),
        "places": len(places),
    }
    desk.note_access("backup", "office", detail)


def _prune(desk: Desk, folder: Path) -> None:
    found = list_backups(desk, folder)
    gone = set(to_prune([Kept(one.file.name, one.made_at, one.automatic) for one in found], desk.clock.now()))
    store.remove(folder, tuple(one for one in found if one.file.name in gone))


def _next_older(desk: Desk, bad: Path, listed: list[Path]) -> Path | None:
    """The newest backup before a bad one that is whole."""
    older = listed[: listed.index(bad)] if bad in listed else []
    for file in reversed(older):
        try:
            store.verify(file, desk.store.opening)
        except FileRejected:
            continue
        return file
    return None


def _examine_place(desk: Desk, folder: Path) -> str:
    if not folder.is_dir():
        raise Refusal(f"둘째 백업 장소가 없습니다: {folder}. USB를 꽂거나 폴더를 만든 뒤 다시 고르십시오.")
    if folder.is_relative_to(desk.store.folder.absolute()):
        raise Refusal("둘째 백업 장소는 사무소 폴더 밖이어야 합니다. USB나 다른 디스크의 폴더를 고르십시오.")
    probe = folder / f"regional-desk-{new_id()}.part"
    try:
        probe.write_bytes(b"")
        probe.unlink()
        same_disk = folder.stat().st_dev == desk.store.folder.stat().st_dev
    except OSError as error:
        raise Refusal(f"둘째 백업 장소에 쓸 수 없습니다: {folder} ({error.strerror}).") from error
    return (
        "자료와 같은 디스크입니다. 디스크가 고장 나면 함께 잃으니 USB나 다른 디스크를 권합니다."
        if same_disk
        else ""
    )


def _late(now: dt.datetime, last: dt.datetime | None) -> tuple[int, str]:
    """Days overdue and the sentence for this PC's own backups."""
    if last is None:
        return 0, "백업이 하나도 없습니다. 지금 백업하십시오."
    if now - last <= _OLD:
        return 0, ""
    days = (now - last).days
    return days, f"마지막 백업이 {days}일 전입니다. 지금 백업하십시오."


def _late_second(now: dt.datetime, last: dt.datetime | None, present: bool) -> tuple[int, str]:
    """Days overdue and the sentence for the second place, which may be away."""
    do = "지금 백업하십시오." if present else "USB를 꽂으십시오."
    if last is None:
        return 0, f"둘째 백업이 아직 없습니다. {do}"
    if now - last <= _OLD_SECOND:
        return 0, ""
    days = (now - last).days
    return days, f"둘째 백업이 {days}일 전입니다. {do}"


def _save_present(folder: Path, prove: Callable[[Path], Opening], clock: Clock) -> BackupInfo | None:
    """Back up what a restore is about to set aside, where the same secret opens it and it is whole."""
    try:
        with restores.copied(folder) as copy:
            opening = archives.fitting(prove(copy))
            code, reason = store.office_code(opening), BEFORE + "restore"
            return store.back_up_closed(
                opening, folder / store.FOLDER, code, clock.now(), reason, folder / ATTACHMENTS
            )
    except (StoreMissing, StoreDamaged, WrongPassword):
        return None  # it is set aside whole all the same
