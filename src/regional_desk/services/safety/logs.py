"""The change history and the access log: searching, verifying, and letting go of what is two years old."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.access import kept_since, unpack_people
from regional_desk.domain.clock import KST
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.safety import control_totals, log_anchors
from regional_desk.store import audit, imports
from regional_desk.store.accounts import find_user, list_users
from regional_desk.store.audit import LogLine, Wanted
from regional_desk.store.ids import new_id
from regional_desk.store.people import person as people_table

NAMES = {audit.CHANGES: "변경 이력", audit.ACCESSES: "접속기록"}
_IMPORT = "import.applicants"
_AT_ONCE = 500
_BEHIND = dt.timedelta(minutes=2)  # clocks of a network drift and are set right again
_LONGEST_GAP = dt.timedelta(days=365)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LineValue:
    """What a line keeps about one person: `value` None where it was destroyed or may not be seen (`hidden`)."""

    person: UUID
    name: str
    value: Any
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class RolledOff:
    """Lines of the access log that were let go: how many, up to which number, and who vouches for them."""

    lines: int
    seq: int
    first: dt.datetime
    last: dt.datetime
    signer: str


def read_log(desk: Desk, *, access: bool = False, limit: int = 500) -> tuple[LogLine, ...]:
    """The newest lines of the change history, or of the access log."""
    desk.require(Right.SEE_AUDIT)
    with desk.store.read() as connection:
        return audit.read_lines(connection, audit.ACCESSES if access else audit.CHANGES, limit=limit)


def search(
    desk: Desk,
    chain: str = audit.CHANGES,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    user: str | None = None,
    action: str | None = None,
    subject: str | None = None,
    person: UUID | None = None,
    text: str | None = None,
    limit: int = 500,
) -> tuple[LogLine, ...]:
    """The lines of a chain that fit, newest first: days inside, a login, an action or subject, one person, a text.

    The text is looked for in the detail, and for whoever may unmask in people's names and the sealed values too. Raises NotAllowed without
    the right to see the logs and UsageError for an unknown login.
    """
    desk.require(Right.SEE_AUDIT)
    with desk.store.read() as connection:
        wanted = Wanted(
            since=_midnight(start) if start else None,
            until=_midnight(end + _DAY) if end else None,
            user_id=_user_id(connection, user) if user else None,
            actions=(action,) if action else (),
            subject=subject or None,
        )
        lines: Iterator[LogLine] = audit.iterate_lines(connection, chain, wanted)
        if person is not None:
            lines = _about(connection, chain, lines, person)
        if text and text.strip():
            lines = _saying(desk, connection, chain, lines, text.strip())
        return tuple(itertools.islice(lines, limit))


def people_of(desk: Desk, line: LogLine) -> tuple[UUID, ...]:
    """Whom a line names: a look, also where only an earlier line keeps the ids, or an import by the applications it made."""
    desk.require(Right.SEE_AUDIT)
    if line.action == _IMPORT and line.subject_id is not None:
        with desk.store.read() as connection:
            return tuple(row.id for row in imports.applications_of(connection, line.subject_id))
    detail = json.loads(line.detail)
    if "ids" in detail:
        return tuple(sorted(unpack_people(detail["ids"])))
    if "set" not in detail:
        return ()
    with desk.store.read() as connection:
        for kept in audit.lists_kept(connection):
            if kept.get("set") == detail["set"]:
                return tuple(sorted(unpack_people(kept["ids"])))
    return ()


def names_of(desk: Desk, people: tuple[UUID, ...]) -> tuple[str, ...]:
    """The names of people a line is about, masked as the person may see them; nobody's without the right to see people."""
    if not people or not desk.may(Right.SEE_PEOPLE):
        return ()
    with desk.store.read() as connection:
        names = _names(connection)
    desk.note_view("records", people, {"by": "names"})
    return tuple(sorted(desk.masking.show_name(names[one]) for one in people if one in names))


def values_of(desk: Desk, chain: str, seq: int) -> tuple[LineValue, ...]:
    """The sealed values of one line, opened for whoever may unmask and noted as seen.

    Account numbers stay masked: they are unmasked by `people.reveal`, which asks for the purpose.
    """
    desk.require(Right.SEE_AUDIT)
    may = desk.may(Right.SEE_PEOPLE)
    whole = desk.masking is Masking.FULL
    with desk.store.read() as connection:
        kept = audit.values_of(connection, chain, [seq])
        names = _names(connection) if may else {}
        keys = desk.store.person_keys(connection, [one for _, one, _ in kept]) if whole else {}
    found = tuple(
        LineValue(
            one,
            desk.masking.show_name(names.get(one, "")),
            without_accounts(desk.unseal(keys, one, sealed)) if whole else None,
            hidden=not whole,
        )
        for _, one, sealed in kept
    )
    if found and may:
        desk.note_view("records", [value.person for value in found], {"by": chain, "number": seq})
    return found


def verify_logs(desk: Desk) -> dict[str, int | None]:
    """For each chain the first line or anchor that does not verify, None where it holds."""
    desk.require(Right.SEE_AUDIT)
    with desk.store.read() as connection:
        return {chain: first_break(desk, connection, chain) for chain in audit.CHAINS}


def first_break(desk: Desk, connection: sa.Connection, chain: str) -> int | None:
    """The first line of a chain that does not verify, or the last line of an anchor that does not; None where all holds."""
    for anchor in audit.list_anchors(connection, chain):
        if not log_anchors.holds(desk, anchor):
            return anchor.seq
    return audit.first_break(connection, chain)


def break_words(seq: int) -> str:
    """What is told of a chain that does not verify."""
    return f"{seq}번째 줄부터 사슬이 맞지 않습니다. 누군가 기록을 고쳤습니다."


def verify_start(desk: Desk) -> tuple[str, ...]:
    """What a start should tell: a log that was edited, totals that drifted, a clock that was set back.

    Takes a second for a hundred thousand lines, so the window runs it beside itself; needs no right.
    """
    told = []
    with desk.store.read() as connection:
        for chain, name in NAMES.items():
            broken = first_break(desk, connection, chain)
            if broken is not None:
                told.append(f"! {name}: {break_words(broken)} 자료를 고치지 말고 관리자에게 알리십시오.")
        wrong = control_totals.drifted(connection)
        if wrong:
            told.append(
                f"! {control_totals.words(wrong)} 문서와 제출 파일을 만들지 말고 관리자에게 알리십시오."
            )
        latest = audit.newest_moment(connection)
    if latest is not None and desk.clock.now() < latest - _BEHIND:
        told.append(
            f"! PC 시계({_moment(desk.clock.now())})가 마지막 기록({_moment(latest)})보다 앞선 때를 가리킵니다. "
            "시계를 맞추십시오. 기록의 순서는 번호로 지켜집니다."
        )
    return tuple(told)


def due_lines(desk: Desk) -> int:
    """How many lines of the access log are older than two years and may be let go."""
    with desk.store.read() as connection:
        found = audit.older_than(connection, audit.ACCESSES, kept_since(desk.clock.now()))
    return 0 if found is None else found.lines


def roll_off(desk: Desk, operation_id: UUID | None = None) -> RolledOff | None:
    """Let the lines of the access log go that are older than two years, leaving a signed anchor; None where none are.

    The change history is never let go. Raises Refusal where the log does not verify, or where the clock may stand wrong:
    earlier than the newest line, or more than a year of silence between two lines.
    """
    desk.require(Right.CHANGE_SETTINGS)
    if due_lines(desk) == 0:
        return None
    found: list[audit.Anchor] = []

    def body(work: Work) -> dict[str, Any]:
        connection = work.connection
        anchor = audit.older_than(connection, audit.ACCESSES, kept_since(work.at))
        if anchor is None:
            return {"lines": 0}
        _refuse_unsure(desk, connection, anchor, work.at)
        anchor = log_anchors.signed(desk, anchor)
        audit.let_go(connection, new_id(), anchor)
        detail = {"lines": anchor.lines, "number": anchor.seq, "signer": anchor.signer}
        work.log("log.roll_off", "logs", None, detail)
        found.append(anchor)
        return {"lines": anchor.lines}

    desk.perform(Right.CHANGE_SETTINGS, "log.roll_off", body, operation_id)
    if not found:
        return None
    anchor = found[0]
    return RolledOff(anchor.lines, anchor.seq, anchor.first_at, anchor.last_at, anchor.signer)


def _refuse_unsure(desk: Desk, connection: sa.Connection, anchor: audit.Anchor, now: dt.datetime) -> None:
    """A clock that runs ahead would make a young log old, and an edited log must not be signed."""
    broken = first_break(desk, connection, audit.ACCESSES)
    if broken is not None:
        raise Refusal(f"접속기록의 {break_words(broken)} 그래서 아무것도 지우지 않았습니다.")
    latest = audit.newest_moment(connection)
    gap = audit.longest_gap(connection, audit.ACCESSES, after=anchor.seq, now=now)
    if gap > _LONGEST_GAP or (latest is not None and now < latest - _BEHIND):
        raise Refusal(
            f"PC 시계({_moment(now)})가 맞는지 확실하지 않아 접속기록을 지우지 않았습니다. "
            f"1년 넘게 기록이 없거나 기록보다 앞선 때입니다. 시계를 맞춘 뒤 다시 하십시오."
        )


def _about(
    connection: sa.Connection, chain: str, lines: Iterator[LogLine], person: UUID
) -> Iterator[LogLine]:
    """The lines that concern one person: their record, their sealed values, the lists that showed them."""
    about = audit.lines_about(connection, chain, person)
    lists: set[str] = set()
    if chain == audit.ACCESSES:
        lists = {kept["set"] for kept in audit.lists_kept(connection) if person in unpack_people(kept["ids"])}
    for line in lines:
        if line.seq in about or (lists and json.loads(line.detail).get("set") in lists):
            yield line


def _saying(
    desk: Desk, connection: sa.Connection, chain: str, lines: Iterator[LogLine], text: str
) -> Iterator[LogLine]:
    """The lines whose detail, or whose values where they may be seen, hold a text, or that are about somebody called so."""
    wanted = text.casefold()
    keys: dict[UUID, bytes] = {}
    about: set[int] = set()
    if desk.masking is Masking.FULL:
        for person, name in _names(connection).items():
            if wanted in name.casefold():
                about |= audit.lines_about(connection, chain, person)
    while some := list(itertools.islice(lines, _AT_ONCE)):
        said: dict[int, str] = {}
        if desk.masking is Masking.FULL:
            kept = audit.values_of(connection, chain, [line.seq for line in some])
            keys |= desk.store.person_keys(connection, {one for _, one, _ in kept} - set(keys))
            for seq, one, sealed in kept:
                value = desk.unseal(keys, one, sealed)
                said[seq] = said.get(seq, "") + json.dumps(value, ensure_ascii=False)
        for line in some:
            if line.seq in about or wanted in (line.detail + said.get(line.seq, "")).casefold():
                yield line


def without_accounts(value: Any) -> Any:
    """A sealed value as it may be shown: account numbers are unmasked by `people.reveal` only."""
    if not isinstance(value, dict):
        return value
    return {
        name: Masking.MASKED.show_account(one) if name == "account" else without_accounts(one)
        for name, one in value.items()
    }


def logins(desk: Desk) -> Mapping[UUID, str]:
    """Every account's login by its id."""
    with desk.store.read() as connection:
        return {row.id: row.login for row in list_users(connection)}


def _names(connection: sa.Connection) -> dict[UUID, str]:
    rows = connection.execute(sa.select(people_table.c.id, people_table.c.name))
    return {row.id: row.name for row in rows}


def _user_id(connection: sa.Connection, login: str) -> UUID:
    found = find_user(connection, login)
    if found is None:
        raise UsageError(f"'{login}' 사용자가 없습니다.")
    return found.id


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, KST)


def _moment(at: dt.datetime) -> str:
    local = at.astimezone(KST)
    return f"{korean_date(local.date())} {local:%H:%M}"
