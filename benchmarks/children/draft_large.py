"""A draft of a very large course: `make FOLDER PEOPLE` writes the store, `measure FOLDER` drafts it.

Apart, so that the memory measured is that of drafting and not of making. `measure` prints the median seconds of a draft
with its rows committed, those of one that takes the draft before away, those of the plain count over the same records
(design of speed, section 4), and the peak resident megabytes. People's keys are left out: a draft seals nothing.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import statistics
import sys
import time
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from benchmarks.measures import LARGE_DAYS

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.services.desk import Desk
from regional_desk.services.pay import allowance
from regional_desk.services.pay.run_states import UnitKey
from regional_desk.services.safety.opening import OfficeSettings, new_office, open_office
from regional_desk.services.training.courses import list_courses
from regional_desk.store import courses
from regional_desk.store.allowance import delete_run
from regional_desk.store.attendance import CellValues, write_cells
from regional_desk.store.ids import new_id
from regional_desk.store.keys import KdfCost

_LOGIN, _PASSWORD = "user01", "password1"
_CLOCK = FixedClock(dt.datetime(2026, 9, 30, 18, tzinfo=KST))
_DAYS = LARGE_DAYS[:20]
_UNRECORDED = 0.005
_SPAN = tuple(day.isoformat() for day in (_DAYS[0], _DAYS[-1]))
_COUNT = (
    "SELECT trainee_id, COUNT(*), SUM(CASE WHEN status = 1 THEN 1 ELSE 0 END), "
    "SUM(CASE WHEN status = 2 THEN 1 ELSE 0 END), SUM(CASE WHEN status = 3 THEN 1 ELSE 0 END) "
    "FROM attendance WHERE day BETWEEN ? AND ? GROUP BY trainee_id"
)


def make(folder: Path, people: int) -> None:
    """One course of this many people, its records written day by day as an office does."""
    settings = OfficeSettings("큰 사업단", "BIG", "48", ("담당", "팀장"), {"Track1": people}, 2026)
    desk = new_office(folder, settings, _LOGIN, _PASSWORD, _CLOCK, KdfCost(1, 8192, 1)).desk
    course, chance = new_id(), random.Random(1)
    trainees = [new_id() for _ in range(people)]
    with desk.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO person (id, name, birth, created_at) VALUES (?, ?, '1999-03-05', 1)",
            [(one.bytes, f"홍길{at}") for at, one in enumerate(trainees)],
        )
        connection.execute(
            sa.insert(courses.course).values(
                id=course, name="큰 과정", track="Track1", start=_DAYS[0], end=_DAYS[-1], region="48",
                scheme="smart-manufacturing-2026", programme_year=2026, periods=[[540, 780], [840, 1080]],
                created_at=_CLOCK.now(),
            )
        )  # fmt: skip
        days = [{"course_id": course, "day": day, "minutes": 480} for day in _DAYS]
        connection.execute(sa.insert(courses.course_day), days)
        connection.exec_driver_sql(
            "INSERT INTO membership (id, course_id, person_id, number, joined) VALUES (?, ?, ?, ?, ?)",
            [(new_id().bytes, course.bytes, one.bytes, at + 1, _SPAN[0]) for at, one in enumerate(trainees)],
        )
        for day in _DAYS:
            write_cells(
                connection,
                [(one, day, _values(chance)) for one in trainees if chance.random() >= _UNRECORDED],
            )
    desk.store.close()


def _values(chance: random.Random) -> CellValues:
    roll = chance.random()
    status, marks = (2, 0) if roll < 0.05 else (1, 1) if roll < 0.1 else (3, 0) if roll < 0.12 else (1, 0)
    return status, marks, None, None, None, 0, None


def measure(folder: Path) -> None:
    """Count, draft and draft anew, interleaved."""
    desk = open_office(folder, _LOGIN, _PASSWORD, _CLOCK)
    course = list_courses(desk)[0].id
    drafts, anew, counts = [], [], []
    for _ in range(3):
        counts.append(_count(desk))
        _clear(desk)
        drafts.append(_draft(desk, course))
        anew.append(_draft(desk, course))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(*map(statistics.median, (drafts, anew, counts)), peak)


def _clear(desk: Desk) -> None:
    with desk.store.write() as connection:
        for (run,) in connection.exec_driver_sql("SELECT id FROM allowance_run").fetchall():
            delete_run(connection, UUID(bytes=run))


def _count(desk: Desk) -> float:
    started = time.perf_counter()
    with desk.store.read() as connection:
        for _ in connection.exec_driver_sql(_COUNT, _SPAN).partitions(1000):
            pass  # the memory measured is the draft's
    return time.perf_counter() - started


def _draft(desk: Desk, course: UUID) -> float:
    started = time.perf_counter()
    allowance.draft_act(UnitKey(course, 1)).perform(desk)
    return time.perf_counter() - started


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
        print(sys.argv[3])
    else:
        measure(Path(sys.argv[2]))
