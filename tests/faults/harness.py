"""Kills children at seeded moments and compares what they acknowledged with what is there afterwards."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.conftest import LOGIN
from tests.faults.acts import Act, Entry, sign_in
from tests.faults.internship_acts import ALL_ACTS

from regional_desk.errors import WrongPassword
from regional_desk.services.desk import Desk
from regional_desk.services.safety import health
from regional_desk.store import audit
from regional_desk.store.store import prove_by_password

ROOT = Path(__file__).resolve().parents[2]
_OPENING_SHARE = 0.15  # of the kills fall from the order on, so while the office is opened


class Worker:
    """A child that stands by until it is ordered."""

    def __init__(
        self, words: tuple[str, ...] = ("-m", "tests.faults.worker"), before: tuple[str, ...] = ()
    ) -> None:
        self.process = subprocess.Popen(
            [*before, sys.executable, *words],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def order(self, **words: Any) -> None:
        """Tell it what to do."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(words) + "\n")
            self.process.stdin.flush()

    def hear(self, word: str) -> list[dict[str, Any]]:
        """Listen until it says `word`, or ended; return what was said."""
        heard: list[dict[str, Any]] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            heard.append(json.loads(line))
            if word in heard[-1]:
                break
        return heard

    def kill_after(self, seconds: float) -> list[dict[str, Any]]:
        """Let it work on, then SIGKILL it; return what it said meanwhile."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.process.kill()
        assert self.process.stdout is not None
        heard = [json.loads(line) for line in self.process.stdout if line.endswith("\n")]
        self.end()
        return heard

    def end(self) -> str:
        """Wait for its end; return what it wrote to its standard error."""
        _, told = self.process.communicate()
        return told

    def stop(self) -> None:
        """End it if it still stands by."""
        if self.process.returncode is None:
            self.process.kill()
            self.end()


def entries_of(heard: list[dict[str, Any]]) -> list[Entry]:
    """The acts a child told, in their order."""
    entries: list[Entry] = []
    for words in heard:
        if "start" in words:
            entries.append(Entry(words["start"], words["plan"]))
        elif "done" in words:
            entries[-1].done = True
    return entries


class Trial:
    """One office under one kind of act, killed again and again."""

    def __init__(self, name: str, base: Path, folder: Path, random: Random, tally: dict[str, int]) -> None:
        self.act: Act = ALL_ACTS[name]
        self.name, self.base, self.folder, self.random, self.tally = name, base, folder, random, tally
        self.entries: list[Entry] = []
        self.began = False  # whether the last child came as far as its first act
        self.lay_out()

    def lay_out(self) -> None:
        """Put a new office into the folder."""
        if self.folder.exists():
            shutil.rmtree(self.folder)
        shutil.copytree(self.base, self.folder)
        if self.act.prepare:
            self.act.prepare(self.folder)
        self.entries = []

    def run(self, kills: int) -> None:
        """Kill so many times; the next child's interpreter starts while the last one's work is looked at."""
        waiting = Worker()
        for turn in range(kills):
            worker, waiting = waiting, Worker()
            if turn and self.act.fresh:
                self.lay_out()
            try:
                self._kill(worker)
                self._compare()
            except BaseException:
                waiting.stop()
                worker.stop()
                raise
        waiting.stop()

    def _kill(self, worker: Worker) -> None:
        password = self.password()
        worker.order(act=self.name, folder=str(self.folder), password=password, seed=self.random.random())
        early = self.random.random() < _OPENING_SHARE
        heard = worker.hear("ready" if early else "start")
        heard += worker.kill_after(self.random.uniform(0, self.act.span))
        assert worker.process.returncode == -signal.SIGKILL, (
            self.name,
            heard[-3:],
            worker.process.returncode,
        )
        told = entries_of(heard)
        self.entries += told
        self.began = bool(told)
        self.tally["kills"] += 1
        self.tally["acknowledged"] += sum(entry.done for entry in told)

    def password(self) -> str:
        """The password that opens the office; the database is not asked."""
        for one in self.act.passwords(self.entries):
            with contextlib.suppress(WrongPassword):
                prove_by_password(self.folder, LOGIN, one)
                return one
        raise AssertionError("no password opens the office any more")

    def _compare(self) -> None:
        if self.act.before_opening:
            self.act.before_opening(self.folder)
        with opened(self.folder, self.password()) as desk:
            stored = operations(desk)
            done = [entry for entry in self.entries if entry.done]
            lost = [entry for entry in done if self.act.operations and entry.operation not in stored]
            self.tally["lost"] += len(lost)
            assert not lost, (self.name, lost)
            try:
                self.act.whole(desk, self.entries, stored)
                check_whole(desk)
            except AssertionError:
                self.tally["half done"] += 1
                raise
            if self.began and not self.act.fresh:
                assert any("정상으로 끝나지 않았습니다" in one for one in desk.greetings), desk.greetings
            assert not any("자료에 없습니다" in one for one in desk.greetings), desk.greetings


@contextlib.contextmanager
def opened(folder: Path, password: str) -> Iterator[Desk]:
    """The office as the person finds it after the restart."""
    desk = sign_in(folder, password)
    try:
        yield desk
    finally:
        desk.store.close()


def operations(desk: Desk) -> set[str]:
    """The ids in the operation table."""
    with desk.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT lower(hex(id)) FROM operation").scalars().all()
    return {f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in rows}


def check_whole(desk: Desk) -> None:
    """The health check is satisfied, both chains verify, and no logged act is missing from the operation table."""
    found = [finding for finding in health.check(desk).findings if finding.severity == health.PROBLEM]
    assert not found, found
    with desk.store.read() as connection:
        assert [audit.first_break(connection, chain) for chain in audit.CHAINS] == [None, None]
        strange = connection.exec_driver_sql(
            "SELECT count(*) FROM change_log WHERE operation_id NOT IN (SELECT id FROM operation)"
        ).scalar()
    assert strange == 0
