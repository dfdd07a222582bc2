"""The month's check of the access log: who did how much, what stands out, and whether the logs verify."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from regional_desk.documents.access_check_sheet import AccessCheck, ChainLine, RightLine, UserLine
from regional_desk.domain.access import OFF_HOURS, Usage, out_of_hours, unpack_people, unusual
from regional_desk.domain.clock import KST
from regional_desk.domain.rights import Right, Role
from regional_desk.domain.text import korean_date, weekday
from regional_desk.services.desk import Desk
from regional_desk.services.holidays import holidays_between
from regional_desk.services.papers import reports
from regional_desk.services.safety import log_anchors, logs
from regional_desk.store import audit
from regional_desk.store.accounts import UserRow, list_users
from regional_desk.store.audit import LogLine, Wanted
from regional_desk.store.backup_records import backup_record, trial_restore

_DAY = dt.timedelta(days=1)
_SHOWN_DAYS = 4
_RIGHTS = {
    "user.add": "사용자를 만듦",
    "user.grant": "역할을 줌",
    "user.revoke": "역할을 거둠",
    "user.leave": "사용자가 떠남",
    "user.reset": "임시 비밀번호를 줌",
    "keys.rekey": "열쇠를 바꿈",
}


@dataclass(slots=True)
class _Counted:
    """One user's month while it is counted."""

    acts: Counter[str] = field(default_factory=Counter)
    people: set[UUID] = field(default_factory=set)
    off_days: Counter[dt.date] = field(default_factory=Counter)
    largest: int = 0

    def usage(self) -> Usage:
        return Usage(
            logins=self.acts["login"] + self.acts["recovery"],
            failed=self.acts["failed"],
            views=self.acts["view"],
            people=len(self.people),
            prints=self.acts["print"],
            exports=self.acts["export"],
            unmasked=self.acts["unmask"],
            off_hours=sum(self.off_days.values()),
            largest=self.largest,
        )


def month_check(desk: Desk, month: str) -> AccessCheck:
    """The figures of a calendar month `2026-08`; raise NotAllowed without the right to see the logs, UsageError for no month."""
    desk.require(Right.SEE_AUDIT)
    start, end = reports.span_of(month)
    wanted = Wanted(since=_midnight(start), until=_midnight(end + _DAY))
    holidays = holidays_between(start, end)
    with desk.store.read() as connection:
        users = {row.id: row for row in list_users(connection)}
        looks = list(audit.iterate_lines(connection, audit.ACCESSES, wanted, newest_first=False))
        changes = list(audit.iterate_lines(connection, audit.CHANGES, wanted, newest_first=False))
        counted = _count(connection, looks, changes, holidays)
        safety = _safety(connection, wanted)
        chains = tuple(_chain(desk, connection, chain, name) for chain, name in logs.NAMES.items())
    shown = [
        (UserLine(row.login, row.name, mine.usage()), mine)
        for row in users.values()
        if (mine := counted.get(row.id, _Counted())) and (row.active or row.id in counted)
    ]
    odd = [(line.shown, what) for line, mine in shown for what in _odd(line.usage, mine)]
    odd += [(what, remark) for what, times, remark in safety if times == "0회"]
    odd += [(chain.name, chain.wrong) for chain in chains if chain.wrong]
    return AccessCheck(
        office=desk.office.name,
        month=month,
        start=start,
        end=end,
        users=tuple(line for line, _ in shown),
        odd=tuple(odd),
        rights=tuple(_right(line, users) for line in changes if line.action in _RIGHTS),
        safety=safety,
        chains=chains,
        approval=desk.office.approval,
    )


def _count(
    connection: sa.Connection,
    looks: Collection[LogLine],
    changes: Collection[LogLine],
    holidays: Collection[dt.date],
) -> dict[UUID, _Counted]:
    counted: dict[UUID, _Counted] = {}
    lists = {kept["set"]: kept["ids"] for kept in audit.lists_kept(connection)}
    for line in looks:
        mine = counted.setdefault(line.user_id, _Counted())
        detail = json.loads(line.detail)
        mine.acts[line.action] += 1
        if line.action in ("login_failed", "unlock"):
            mine.acts["failed"] += int(detail.get("count", 0))
        elif "set" in detail:
            mine.largest = max(mine.largest, detail["count"])
            mine.people |= unpack_people(lists.get(detail["set"], ""))
    for line in (*looks, *changes):
        if out_of_hours(line.at, holidays):
            mine = counted.setdefault(line.user_id, _Counted())
            mine.off_days[line.at.astimezone(KST).date()] += 1
    return counted


def _odd(usage: Usage, counted: _Counted) -> tuple[str, ...]:
    """What stands out; acts out of hours with their days."""
    days = [
        f"{day.month}/{day.day}({weekday(day)}) {times}건" for day, times in sorted(counted.off_days.items())
    ]
    more = f" 외 {len(days) - _SHOWN_DAYS}일" if len(days) > _SHOWN_DAYS else ""
    shown = f": {', '.join(days[:_SHOWN_DAYS])}{more}"
    return tuple(words + (shown if words.startswith(OFF_HOURS) else "") for words in unusual(usage))


def _right(line: LogLine, users: Mapping[UUID, UserRow]) -> RightLine:
    detail = json.loads(line.detail)
    logins = {user_id: row.login for user_id, row in users.items()}
    roles = ", ".join(Role(role).label for role in detail.get("roles", ()))
    own = " (자신에게)" if detail.get("own") else ""
    whose = detail.get("login") or (logins.get(line.subject_id, "") if line.subject_id else "")
    what = f"{_RIGHTS[line.action]}: {roles}{own}" if roles else _RIGHTS[line.action]
    return RightLine(line.at, logins.get(line.user_id, "?"), what, whose)


def _safety(connection: sa.Connection, wanted: Wanted) -> tuple[tuple[str, str, str], ...]:
    """(what, how often, remark) of backups and trial restores."""
    record, trial = backup_record.c, trial_restore.c
    made = connection.execute(
        sa.select(record.at, record.second)
        .where(record.at >= wanted.since, record.at < wanted.until)
        .order_by(record.at)
    ).all()
    tried = connection.execute(
        sa.select(trial.at, trial.ok, trial.number)
        .where(trial.at >= wanted.since, trial.at < wanted.until)
        .order_by(trial.at)
    ).all()
    own = [row.at for row in made if not row.second]
    second = [row.at for row in made if row.second]
    failed = [row.number for row in tried if not row.ok]
    return (
        ("백업", f"{len(own)}회", _last(own) or "이 달에 만든 백업이 없음"),
        ("다른 곳에 둔 사본", f"{len(second)}회", _last(second) or "다른 곳에 둔 사본이 없음"),
        (
            "복구 훈련",
            f"{len(tried)}회",
            f"실패 {len(failed)}회(제{failed[0]}회)"
            if failed
            else _last([row.at for row in tried]) or "이 달에 한 복구 훈련이 없음",
        ),
    )


def _last(moments: Collection[dt.datetime]) -> str:
    return f"마지막 {_moment(max(moments))}" if moments else ""


def _chain(desk: Desk, connection: sa.Connection, chain: str, name: str) -> ChainLine:
    seq, digest = audit.tip(connection, chain)
    broken = logs.first_break(desk, connection, chain)
    anchor = audit.newest_anchor(connection, chain)
    let_go = ""
    if anchor is not None:
        by = "자료 열쇠" if anchor.signer == log_anchors.STORE else anchor.signer
        let_go = f"{anchor.seq:,}번까지, 서명 {by}"
    return ChainLine(
        name=name,
        lines=audit.count_lines(connection, chain),
        seq=seq,
        hash=digest.hex(),
        wrong="" if broken is None else logs.break_words(broken),
        anchor=let_go,
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, KST)


def _moment(at: dt.datetime) -> str:
    local = at.astimezone(KST)
    return f"{korean_date(local.date())} {local:%H:%M}"
