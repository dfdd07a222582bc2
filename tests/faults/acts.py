"""The acts a child does on a real office until it is killed, and what must be true of each afterwards.

An act says what it is about to do (its operation id and plan) and says so again once it is done. Afterwards each plan
is either wholly there or not at all, and wholly there where it was said to be done.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection
from tests.conftest import FILES, LOGIN, MONTH_END, PASSWORD
from tests.integration.test_month import adopt, course_of, give_evidence

from regional_desk import paths
from regional_desk.domain.attendance import ABSENT, PRESENT, Cell, Mark, Status
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.rights import Role
from regional_desk.errors import UserError
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.importing import import_people, imports
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import people
from regional_desk.services.safety import accounts, backups, opening
from regional_desk.store import imports as stored_imports
from regional_desk.store import scratch
from regional_desk.store.engine import connect
from regional_desk.store.store import DATABASE, prove_by_password
from regional_desk.store.upgrades import known_revisions

ACKNOWLEDGED, COMMITS = "acknowledged", 11
STORED = FILES.parent / "stores" / "0001"
CELLS = (
    PRESENT,
    ABSENT,
    Cell(Status.PRESENT, Mark.LATE),
    Cell(Status.PRESENT, Mark.LEFT_EARLY),
    Cell(Status.PRESENT, Mark.OUT),
)
_HANGUL, _SYLLABLES = 0xAC00, 11_172
_HEADINGS = "성명,생년월일,성별,연락처,트랙"
_AFTER = {"": "draft", "draft": "check", "checked": "confirm", "confirmed": "cancel", "cancelled": "draft"}
_STATE = {"draft": "draft", "check": "checked", "confirm": "confirmed", "cancel": ""}


@dataclass(slots=True)
class Entry:
    """One act as a child told it: `operation` is its id as text, `done` whether its end was told."""

    operation: str
    plan: dict[str, Any]
    done: bool = False

    @property
    def uuid(self) -> UUID:
        """Its operation id."""
        return UUID(self.operation)


@dataclass(frozen=True, slots=True)
class Child:
    """What a child works with; its word is a line of JSON each on standard output, flushed before the next step."""

    folder: Path
    password: str
    random: Random

    def open(self) -> Desk:
        """Open the office."""
        return sign_in(self.folder, self.password)

    @contextmanager
    def act(self, plan: dict[str, Any]) -> Iterator[UUID]:
        """Tell the plan, then that it is done."""
        operation = uuid4()
        self.say(start=str(operation), plan=plan)
        yield operation
        self.say(done=str(operation))

    @staticmethod
    def say(**words: Any) -> None:
        """Write one line."""
        sys.stdout.write(json.dumps(words, ensure_ascii=False) + "\n")
        sys.stdout.flush()


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of work.

    `span` is how long it is watched before the kill at most, in seconds. `operations` tells whether its entries stand
    in the operation table; `fresh` that each kill needs an office that has not seen the act.
    """

    run: Callable[[Child], None]
    whole: Callable[[Desk, list[Entry], set[str]], None]
    span: float
    prepare: Callable[[Path], None] | None = None
    before_opening: Callable[[Path], None] | None = None
    passwords: Callable[[list[Entry]], list[str]] = lambda _entries: [PASSWORD]
    operations: bool = True
    fresh: bool = False


def seeded(seed: object) -> Random:
    """The same moments and choices for the same seed."""
    return Random(str(seed))  # noqa: S311 - faults are repeated, no secrets made


def sign_in(folder: Path, password: str = PASSWORD) -> Desk:
    """The office, opened by its user on the last evening of August."""
    return opening.open_office(folder, LOGIN, password, FixedClock(MONTH_END))


def make_ready(folder: Path) -> None:
    """A month that can be confirmed."""
    desk = sign_in(folder)
    adopt(desk)
    give_evidence(desk)
    desk.store.close()


def cells_now(desk: Desk) -> dict[tuple[str, str], Cell]:
    """Each trainee's cells by day."""
    shown = attendance.grid(desk, course_of(desk))
    return {
        (str(row.trainee), column.day.isoformat()): cell
        for row in shown.rows
        for column, cell in zip(shown.days, row.cells, strict=True)
        if cell is not None
    }


def set_planned(desk: Desk, plan: dict[str, Any], operation: UUID) -> None:
    """Set the cells of a plan."""
    found = [
        CellChange(UUID(trainee), dt.date.fromisoformat(day), CELLS[code])
        for trainee, day, code in plan["cells"]
    ]
    attendance.set_cells(desk, course_of(desk), found, title="입력", operation_id=operation)


def plan_cells(places: list[tuple[str, str]], random: Random, most: int = 12) -> dict[str, Any]:
    """A plan of one to `most` cells."""
    chosen = random.sample(places, random.randint(1, most))
    return {"cells": [[*place, random.randrange(len(CELLS))] for place in chosen]}


def _save(child: Child) -> None:
    desk = child.open()
    places = sorted(cells_now(desk))
    while True:
        plan = plan_cells(places, child.random)
        with child.act(plan) as operation:
            set_planned(desk, plan, operation)


def cells_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    """The last stored plan of each cell is what the grid shows."""
    wanted = {
        (trainee, day): CELLS[code]
        for entry in entries
        if entry.operation in stored
        for trainee, day, code in entry.plan["cells"]
    }
    shown = cells_now(desk)
    assert {place: shown[place] for place in wanted} == wanted


def _import(child: Child) -> None:
    desk = child.open()
    while True:
        plan = {"first": child.random.randrange(1_000_000), "count": child.random.randint(2, 60)}
        with child.act(plan) as operation:
            import_planned(desk, plan, operation)


def import_planned(desk: Desk, plan: dict[str, Any], operation: UUID) -> None:
    """Import the people of a plan from a file beside the office."""
    file = desk.store.folder.with_name("applicants.csv")
    lines = [f"{name},1995-03-04,남,010-1234-5678,Track1" for name in _names(plan)]
    file.write_text("\n".join([_HEADINGS, *lines]), encoding="utf-8")
    imports.commit(desk, imports.open_file(desk, "applicants", file), operation_id=operation)


def _names(plan: dict[str, Any]) -> list[str]:
    numbers = range(plan["first"], plan["first"] + plan["count"])
    return ["김" + "".join(chr(_HANGUL + part) for part in divmod(number, _SYLLABLES)) for number in numbers]


def import_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    present = {row.name for row in people.list_people(desk)}
    wanted = {name for entry in entries if entry.operation in stored for name in _names(entry.plan)}
    planned = {name for entry in entries for name in _names(entry.plan)}
    assert present & planned == wanted


def _confirm(child: Child) -> None:
    desk = child.open()
    course = course_of(desk)
    while True:
        step = _AFTER[_run_state(desk)]
        with child.act({"step": step}) as operation:
            if step == "cancel":
                allowance.cancel(desk, course, 1, "다시 계산", operation)
            else:
                getattr(allowance, step)(desk, course, 1, operation_id=operation)


def _run_state(desk: Desk) -> str:
    found = allowance.runs(desk, course_of(desk))
    return found[-1].state if found else ""


def _confirm_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    steps = [entry.plan["step"] for entry in entries if entry.operation in stored]
    assert _run_state(desk) == (_STATE[steps[-1]] if steps else "")
    for run in allowance.runs(desk, course_of(desk)):
        assert len(allowance.show(desk, run.course_id, run.unit_no).lines) == 40
        assert run.state != "confirmed" or run.confirmed_at is not None


def _back_up(child: Child) -> None:
    desk = child.open()
    places = sorted(cells_now(desk))
    while True:
        set_planned(desk, plan_cells(places, child.random), uuid4())
        plan: dict[str, Any] = {}
        with child.act(plan):
            made = backups.back_up(desk)
        child.say(file=made.file.name)


def _backups_whole(desk: Desk, entries: list[Entry], _stored: set[str]) -> None:
    """Every file that bears a backup's name is one; the newest is compared with the office's own keys."""
    place = backups.place(desk)
    named = [one.file for one in backups.list_backups(desk)]
    assert set(named) == set(place.glob("*.rdbackup"))
    assert len(named) >= sum(entry.done for entry in entries)
    for file in named[-2:]:
        backups.verify(desk, file)


def _rekey(child: Child) -> None:
    desk = child.open()
    while True:
        before = desk.store.opening.root.hex()
        with child.act({"before": before}):
            accounts.rekey(desk)


def _rekey_whole(desk: Desk, entries: list[Entry], _stored: set[str]) -> None:
    """Opened by now, so one of the keys fits; what an acknowledged re-key replaced opens nothing any more."""
    assert not desk.store.opening.keys.rekeying
    replaced = {entry.plan["before"] for entry in entries if entry.done}
    assert desk.store.opening.root.hex() not in replaced
    assert people.list_people(desk)[0].name
    assert desk.store.inner_keys


def _leave(child: Child) -> None:
    desk = child.open()
    while True:
        login = f"u{child.random.randrange(10**9)}"
        accounts.add_user(desk, login, "새 사람", [Role.VIEWER], "temporary-1")
        with child.act({"login": login}) as operation:
            accounts.leave(desk, login, "퇴사", operation)


def _leave_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    """Who left has no account, and once that was told no key either."""
    active = {row.login for row in opening.list_users(desk) if row.active}
    for entry in entries:
        login = entry.plan["login"]
        assert (login in active) == (entry.operation not in stored)
        key_left = login in desk.store.opening.keys.logins() and login not in active
        assert not (entry.done and key_left)
        assert not key_left or any(login in one for one in desk.greetings)


def _change_password(child: Child) -> None:
    desk, password = child.open(), child.password
    while True:
        other = f"other-{child.random.randrange(10**9)}"
        with child.act({"to": other}) as operation:
            accounts.change_password(desk, password, other, operation)
        password = other


def _password_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    """Opened by the last password told or the one under way; the log knows of each that was told."""
    assert all(entry.operation in stored for entry in entries if entry.done)
    assert desk.actor.login == LOGIN


def passwords_of(entries: list[Entry]) -> list[str]:
    """The passwords that may open the office: the last one told done, and those under way at a kill since."""
    possible = [PASSWORD]
    for entry in entries:
        possible = [entry.plan["to"]] if entry.done else [*possible, entry.plan["to"]]
    return possible


def _upgrade(child: Child) -> None:
    with child.act({}):
        child.open()
    sys.stdin.readline()  # stands still until it is killed


def _lay_out_stored(folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(STORED, folder)


def _old_or_new(folder: Path) -> None:
    """The database is wholly of the first revision or wholly of the newest."""
    opened = prove_by_password(folder, LOGIN, PASSWORD)
    raw = connect(folder / DATABASE, opened.database_key, opened.keys.cipher_salt)
    try:
        revision = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert revision in (known_revisions()[0], known_revisions()[-1])
        assert ("log_anchor" in tables) == (revision != known_revisions()[0])
        assert raw.execute("SELECT count(*) FROM attendance").fetchone()[0] == 760
    finally:
        raw.close()


def _upgrade_whole(desk: Desk, _entries: list[Entry], _stored: set[str]) -> None:
    assert len(people.list_people(desk)) == 58
    assert len(cells_now(desk)) == 760


ACTS = {
    "save": Act(_save, cells_whole, 0.3),
    "import": Act(_import, import_whole, 0.9),
    "confirm": Act(_confirm, _confirm_whole, 0.9, prepare=make_ready),
    "backup": Act(_back_up, _backups_whole, 0.5, operations=False),
    "rekey": Act(_rekey, _rekey_whole, 0.5, operations=False),
    "leave": Act(_leave, _leave_whole, 0.7),
    "password": Act(_change_password, _password_whole, 0.2, passwords=passwords_of),
    "upgrade": Act(
        _upgrade,
        _upgrade_whole,
        0.5,
        prepare=_lay_out_stored,
        before_opening=_old_or_new,
        operations=False,
        fresh=True,
    ),
}


def _commit(child: Child) -> None:
    """Commit and acknowledge into a file beside the store; end without closing, as a power cut does."""
    desk = child.open()
    places = sorted(cells_now(desk))
    with (child.folder / ACKNOWLEDGED).open("wb", 0) as told:
        for number in range(COMMITS):
            operation = uuid4()
            set_planned(desk, plan_cells(places, child.random, 4), operation)
            told.write(f"{operation}\n".encode())
            if number % 3 == 2:  # so that the main file is written too
                desk.store.checkpoint()
    os._exit(0)


def _endure(child: Child) -> None:
    """A short day at the office on a disk that fails: every refusal is told, tried once more, and the day goes on."""
    with _refusals(child):
        desk = child.open()
        places = sorted(cells_now(desk))
        for number in range(3):
            _try(child, desk, plan_cells(places, child.random, 4), set_planned)
            if number == 1:
                _try(child, desk, {"first": 5_000_000, "count": 20}, import_planned)
        desk.store.close()
    child.say(ended=True)


def _endure_new_key(child: Child) -> None:
    """As `_endure`, with the store put under a new key in between."""
    with _refusals(child):
        desk = child.open()
        places = sorted(cells_now(desk))
        _try(child, desk, plan_cells(places, child.random, 4), set_planned)
        for _ in range(2):
            with _refusals(child):
                accounts.rekey(desk)
                break
        _try(child, desk, plan_cells(places, child.random, 4), set_planned)
        desk.store.close()
    child.say(ended=True)


def _try(
    child: Child,
    desk: Desk,
    plan: dict[str, Any],
    act: Callable[[Desk, dict[str, Any], UUID], None],
) -> None:
    operation = uuid4()
    child.say(start=str(operation), plan=plan)
    for _ in range(2):
        with _refusals(child):
            act(desk, plan, operation)
            child.say(done=str(operation))
            return
        with _refusals(child):
            people.list_people(desk)
            child.say(readable=True)


@contextmanager
def _refusals(child: Child) -> Iterator[None]:
    """Tell a sentence meant for the person; anything else is a bug and ends the child."""
    try:
        yield
    except UserError as error:
        child.say(refused=error.code, message=error.message)


def _unanswered(child: Child) -> None:
    """Die after the commit, before its caller knows."""
    desk = child.open()
    desk.on_change.append(lambda _change: os.kill(os.getpid(), signal.SIGKILL))
    plan = plan_cells(sorted(cells_now(desk)), child.random)
    with child.act(plan) as operation:
        set_planned(desk, plan, operation)


def _cut_off(child: Child) -> None:
    """Die in the middle of an import."""
    desk = child.open()
    import_people.plan_rows = lambda *_, **_named: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]  # it never returns
    plan = {"first": 1, "count": 5}
    with child.act(plan) as operation:
        import_planned(desk, plan, operation)


def _cut_off_writing(child: Child) -> None:
    """Die when an import has written its people and applications, before its commit."""
    desk = child.open()
    take_in = stored_imports.take_in

    def until_the_rows(
        connection: Connection, rows: Sequence[tuple[Any, ...]], about: Mapping[str, Any]
    ) -> None:
        take_in(connection, rows, about)
        os.kill(os.getpid(), signal.SIGKILL)

    stored_imports.take_in = until_the_rows  # as the program calls it
    plan = {"first": 1, "count": 400}
    with child.act(plan) as operation:
        import_planned(desk, plan, operation)


def _hold(child: Child) -> None:
    """Keep the office open until killed."""
    desk = child.open()
    child.say(holding=desk.actor.login)
    sys.stdin.readline()
    desk.store.close()


def _leave_behind(child: Child) -> None:
    """Die with files in both temporary folders."""
    child.open()
    for place in (child.folder, paths.user_data()):
        file = scratch.make_scratch(place) / "scan.pdf"
        file.write_text("김하나")
        child.say(left=str(file))
    os.kill(os.getpid(), signal.SIGKILL)


SCRIPTS = {
    "commit": _commit,
    "cut off": _cut_off,
    "cut off writing": _cut_off_writing,
    "endure": _endure,
    "endure a new key": _endure_new_key,
    "hold": _hold,
    "leave behind": _leave_behind,
    "unanswered": _unanswered,
}
