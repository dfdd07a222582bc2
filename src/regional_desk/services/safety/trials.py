"""The weekly trial restore: a backup nobody ever restored is a hope (reliability page, row 24)."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from regional_desk.domain.rights import Right
from regional_desk.errors import FileRejected, Refusal, UserError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.safety import backups
from regional_desk.store import archives, audit
from regional_desk.store import backups as store
from regional_desk.store.accounts import list_users
from regional_desk.store.archives import BackupInfo
from regional_desk.store.backup_records import trial_restore
from regional_desk.store.ids import new_id
from regional_desk.store.scratch import scratch
from regional_desk.store.store import open_store

if TYPE_CHECKING:  # ReportLab stays out of a trial
    from regional_desk.documents.restore_certificate import RestoreCertificate

_EVERY, _AGAIN = dt.timedelta(days=7), dt.timedelta(days=1)
_CHECKS = (
    "파일의 해시(SHA-256)가 백업할 때 적어 둔 값과 같은가",
    "백업할 때의 열쇠로 열리고 모든 쪽의 인증 코드가 맞는가",
    "자료 구조와 서로 가리키는 자료가 온전한가",
    "표마다 줄 수가 백업할 때와 같은가",
    "확정된 훈련수당의 월별 인원과 합계가 백업할 때와 같은가",
    "변경 이력과 접속기록의 사슬이 처음부터 끝까지 이어지는가",
)
GOOD = "복구한 자료를 열어 줄 수, 월별 합계, 두 기록의 사슬이 백업할 때와 같음을 확인함"


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial restore: `rows` of all tables, `milliseconds` from unpacking to the last comparison."""

    number: int
    file_name: str
    sha256: str
    made_at: dt.datetime
    revision: str
    rows: int
    milliseconds: int
    ok: bool
    message: str
    at: dt.datetime
    by: str


def trial(desk: Desk) -> Trial:
    """Restore the newest backup into a folder of its own, open it, compare it, and record how it went.

    A backup that fails is recorded as failed, naming the next older one that is whole. Raises Refusal without a backup.
    """
    desk.require(Right.BACK_UP)
    found = backups.list_backups(desk)
    if not found:
        raise Refusal("백업이 하나도 없어 복구 훈련을 하지 않았습니다. 먼저 백업하십시오.")
    newest, started = found[-1], time.perf_counter()
    ok, message = True, GOOD
    try:
        _restore_aside(desk, newest)
    except UserError as error:
        ok, message = False, error.message
        older = _older_whole(desk, found)
        message += f" 그 앞의 온전한 백업: {older.file.name}" if older else " 온전한 다른 백업이 없습니다."
    milliseconds = round((time.perf_counter() - started) * 1000)
    return _record(desk, newest, milliseconds, message, ok=ok)


def trial_due(desk: Desk) -> bool:
    """Whether a week went by since the last trial, or a day since one that failed; never while a restore waits."""
    if backups.paused(desk) or desk.read_only or not desk.may(Right.BACK_UP):
        return False
    if not backups.list_backups(desk):
        return False
    past = list_trials(desk)
    if not past:
        return True
    age = desk.clock.now() - past[0].at
    return not dt.timedelta(0) <= age < (_EVERY if past[0].ok else _AGAIN)


def list_trials(desk: Desk) -> tuple[Trial, ...]:
    """Every trial restore, the newest first."""
    with desk.store.read() as connection:
        names = {user.id: user.name for user in list_users(connection)}
        rows = connection.execute(sa.select(trial_restore).order_by(trial_restore.c.number.desc())).all()
    return tuple(
        Trial(
            number=row.number,
            file_name=row.file_name,
            sha256=row.sha256,
            made_at=row.made_at,
            revision=row.revision,
            rows=row.rows,
            milliseconds=row.milliseconds,
            ok=row.ok,
            message=row.message,
            at=row.at,
            by=names.get(row.user_id, ""),
        )
        for row in rows
    )


def find_trial(desk: Desk, number: int | None) -> Trial:
    """A trial by its running number, or the newest; raise Refusal where there is none."""
    for one in list_trials(desk):
        if number in (None, one.number):
            return one
    raise Refusal("그 번호의 복구 훈련이 없습니다. 먼저 [관리 → 백업]에서 복구 훈련을 하십시오.")


def certificate(desk: Desk, done: Trial) -> RestoreCertificate:
    """What the 복구 훈련 확인증 says of a trial."""
    from regional_desk.documents.restore_certificate import RestoreCertificate  # noqa: PLC0415 - only where it is made

    good = "예" if done.ok else "확인하지 못함"
    return RestoreCertificate(
        office=desk.office.name,
        number=done.number,
        file_name=done.file_name,
        made_at=done.made_at,
        sha256=done.sha256,
        revision=done.revision,
        rows=done.rows,
        milliseconds=done.milliseconds,
        ok=done.ok,
        message=done.message,
        tried_at=done.at,
        tried_by=done.by,
        checks=tuple((what, good) for what in _CHECKS),
        approval=desk.office.approval,
    )


def _restore_aside(desk: Desk, info: BackupInfo) -> None:
    """Unpack, open as the program opens an office, compare and follow both chains; raise UserError where it fails."""
    with scratch(desk.store.folder) as folder:
        opening = archives.fitting(store.unpacked_opening(info.file, folder, desk.store.opening))
        store.look_into(info.file, opening)
        opened = open_store(opening, login=desk.actor.login)
        try:
            with opened.read() as connection:
                broken = [chain for chain in audit.CHAINS if audit.first_break(connection, chain) is not None]
            opened.inner_keys  # noqa: B018 - the keys inside must open too
        finally:
            opened.close()
        if broken:
            raise FileRejected(f"'{info.file.name}' 백업 안의 기록 사슬이 끊겨 있습니다.")


def _older_whole(desk: Desk, found: tuple[BackupInfo, ...]) -> BackupInfo | None:
    for info in reversed(found[:-1]):
        try:
            return store.verify(info.file, desk.store.opening)
        except FileRejected:
            continue
    return None


def _record(desk: Desk, info: BackupInfo, milliseconds: int, message: str, *, ok: bool) -> Trial:
    def body(work: Work) -> dict[str, Any]:
        last = work.connection.execute(sa.select(sa.func.max(trial_restore.c.number))).scalar()
        number = (last or 0) + 1
        work.connection.execute(
            sa.insert(trial_restore).values(
                id=new_id(),
                number=number,
                file_name=info.file.name,
                sha256=info.sha256,
                made_at=info.made_at,
                revision=info.revision,
                rows=info.rows,
                milliseconds=milliseconds,
                ok=ok,
                message=message,
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        work.log(
            "backup.trial",
            "backups",
            detail={"number": number, "file": info.file.name, "result": "성공" if ok else "실패"},
        )
        return {"number": number}

    done = desk.perform(Right.BACK_UP, "backup.trial", body)
    return find_trial(desk, int(done["number"]))
