"""Median seconds of a draft of 600 people and of the plain count over the same records, interleaved, warm."""

from __future__ import annotations

import statistics
import time

from benchmarks.children.large import large_office
from benchmarks.measures import LARGE_DAYS

from regional_desk.services.pay import allowance
from regional_desk.services.pay.run_states import UnitKey

_COUNT = (
    "SELECT trainee_id, COUNT(*), SUM(CASE WHEN status = 1 THEN 1 ELSE 0 END), "
    "SUM(CASE WHEN status = 2 THEN 1 ELSE 0 END), SUM(CASE WHEN status = 3 THEN 1 ELSE 0 END) "
    "FROM attendance WHERE day BETWEEN ? AND ? GROUP BY trainee_id"
)

desk, course = large_office()
drafts, counts = [], []
for run in range(12):
    started = time.perf_counter()
    with desk.store.read() as connection:
        rows = connection.exec_driver_sql(
            _COUNT, (LARGE_DAYS[0].isoformat(), LARGE_DAYS[-1].isoformat())
        ).fetchall()
    counted = time.perf_counter()
    assert len(rows) == 600
    allowance.draft_act(UnitKey(course, 1)).perform(desk)
    if run:
        counts.append(counted - started)
        drafts.append(time.perf_counter() - counted)
print(statistics.median(drafts), statistics.median(counts))
