"""Seconds until 모집 is open with 10 000 applicants: read, noted, counted, painted; then with a stage pressed."""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa
from PySide6.QtWidgets import QApplication

from regional_desk.desktop.people.page import PeoplePage
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.start import settle_collector
from regional_desk.desktop.theme import Scheme, Theme
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.recruitment import Stage
from regional_desk.services.desk import Desk
from regional_desk.services.safety.opening import OfficeSettings, new_office
from regional_desk.store import people
from regional_desk.store.ids import new_id
from regional_desk.store.keys import KdfCost
from regional_desk.store.sealing import new_key

PEOPLE = 10_000
_RUNS = 5
_STORED = [stage for stage in Stage if stage is not Stage.IN_TRAINING]


def office() -> Desk:
    """An office with the applicants at every stage."""
    clock = FixedClock(dt.datetime(2026, 9, 30, 18, tzinfo=KST))
    settings = OfficeSettings("큰 사업단", "BIG", "48", ("담당", "팀장", "단장"), {"Track1": 600}, 2026)
    folder = Path(tempfile.mkdtemp()) / "office"
    desk = new_office(folder, settings, "user01", "password1", clock, KdfCost(1, 8192, 1)).desk
    ids = [new_id() for _ in range(PEOPLE)]
    born = dt.date(1992, 1, 1)
    with desk.store.write() as connection:
        connection.execute(
            sa.insert(people.person),
            [
                {
                    "id": one,
                    "name": f"홍{chr(0xAC00 + at % 100)}{chr(0xB098 + at // 100)}",
                    "birth": born + dt.timedelta(days=at % 5000),
                    "sex": "여",
                    "phone": f"010{20_000_000 + at}",
                    "address": "경상남도 창원시",
                    "bank": "011",
                    "account_tail": f"{at:04}",
                    "created_at": clock.now(),
                }
                for at, one in enumerate(ids)
            ],
        )
        wrapped = desk.store.wrap_person_keys([(new_key(), one.bytes) for one in ids])
        rows = [(one.bytes, key) for one, key in zip(ids, wrapped, strict=True)]
        connection.exec_driver_sql("INSERT INTO person_key (person_id, wrapped) VALUES (?, ?)", rows)
        connection.execute(
            sa.insert(people.application),
            [
                {
                    "id": new_id(),
                    "person_id": one,
                    "programme_year": 2026,
                    "track": "Track1",
                    "stage": _STORED[at % len(_STORED)].value,
                    "received_on": dt.date(2026, 7, 1),
                }
                for at, one in enumerate(ids)
            ],
        )
    return desk


application = QApplication(sys.argv[:1])
application.setStyle("Fusion")
theme = Theme(application, Scheme.LIGHT)
theme.apply()
shell = Shell(office(), theme, Preferences())
shell.resize(1366, 768)
shell.show()
application.processEvents()
settle_collector()  # as the program does a second after the office opened
opened: list[float] = []
pressed: list[float] = []
for _ in range(_RUNS):
    shell.open_page("today")
    application.processEvents()
    started = time.perf_counter()
    shell.open_page("people")
    application.processEvents()
    opened.append(time.perf_counter() - started)
    page = shell.current_page()
    assert isinstance(page, PeoplePage)
    started = time.perf_counter()
    page.stages.tiles[Stage.APPLIED].click()
    application.processEvents()
    pressed.append(time.perf_counter() - started)
    page.stages.tiles[""].click()
shell.rest()
print(opened[0], statistics.median(opened[1:]), statistics.median(pressed))
