"""A store with one course of 600 people, 22 training days on 31 dates, all recorded."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from benchmarks.measures import LARGE_DAYS

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.services.desk import Desk
from regional_desk.services.safety.opening import OfficeSettings, new_office
from regional_desk.store import courses, people
from regional_desk.store.attendance import write_cells
from regional_desk.store.ids import new_id
from regional_desk.store.keys import KdfCost
from regional_desk.store.sealing import new_key

PEOPLE = 600


def large_office() -> tuple[Desk, UUID]:
    """The office and its course."""
    folder = Path(tempfile.mkdtemp()) / "office"
    clock = FixedClock(dt.datetime(2026, 9, 30, 18, tzinfo=KST))
    settings = OfficeSettings("큰 사업단", "BIG", "48", ("담당", "팀장", "단장"), {"Track1": 600}, 2026)
    desk = new_office(folder, settings, "user01", "password1", clock, KdfCost(1, 8192, 1)).desk
    course, chance = new_id(), random.Random(1)
    trainees = [new_id() for _ in range(PEOPLE)]
    birth = dt.date(1999, 3, 5)
    with desk.store.write() as connection:
        connection.execute(
            sa.insert(people.person),
            [
                {"id": one, "name": f"홍길{chr(0xAC00 + at)}", "birth": birth, "created_at": clock.now()}
                for at, one in enumerate(trainees)
            ],
        )
        wrapped = desk.store.wrap_person_keys([(new_key(), one.bytes) for one in trainees])
        rows = [(one.bytes, key) for one, key in zip(trainees, wrapped, strict=True)]
        connection.exec_driver_sql("INSERT INTO person_key (person_id, wrapped) VALUES (?, ?)", rows)
        connection.execute(
            sa.insert(courses.course).values(
                id=course, name="큰 과정", track="Track1", start=LARGE_DAYS[0], end=LARGE_DAYS[0] + dt.timedelta(days=30), region="48",
                scheme="smart-manufacturing-2026", programme_year=2026, periods=[[540, 780], [840, 1080]],
                created_at=clock.now(),
            )
        )  # fmt: skip
        days = [{"course_id": course, "day": day, "minutes": 480} for day in LARGE_DAYS]
        connection.execute(sa.insert(courses.course_day), days)
        connection.execute(
            sa.insert(courses.membership),
            [
                {
                    "id": new_id(),
                    "course_id": course,
                    "person_id": one,
                    "number": at + 1,
                    "joined": LARGE_DAYS[0],
                }
                for at, one in enumerate(trainees)
            ],
        )
        cells = []
        for day in LARGE_DAYS:
            for one in trainees:
                roll = chance.random()
                values = (
                    (2, 0) if roll < 0.05 else (1, 1) if roll < 0.1 else (3, 0) if roll < 0.12 else (1, 0)
                )
                cells.append((one, day, (*values, None, None, None, 0, None)))
        write_cells(connection, cells)
    return desk, course
