"""p50, p95 and longest milliseconds from a key press to saved and painted, 600 × 31, and the audit's share in percent."""

from __future__ import annotations

import random
import statistics
import time
from typing import Any

from benchmarks.children.grid_window import grid_window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from regional_desk.services.attendance import attendance
from regional_desk.store import audit

application, page = grid_window()
keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_3, Qt.Key.Key_6)
chance = random.Random(1)
columns = [at for at, day in enumerate(page.model.days) if day.training]
sealing: list[
    float
] = []  # seconds: what the values of the log line take, which the undo step would need as well


def press(run: int) -> float:
    """Milliseconds of one key; now and then somewhere else."""
    if run % 20 == 0:
        page.view.go_to(chance.randrange(570), chance.choice(columns))
        application.processEvents()
    key = keys[chance.randrange(len(keys))]
    started = time.perf_counter()
    QTest.keyClick(page.view.days, key)
    application.processEvents()
    application.processEvents()
    return (time.perf_counter() - started) * 1000


def timed_seals(work: Any, changed: Any) -> Any:
    """The sealing as it is, timed."""
    started = time.perf_counter()
    try:
        return seal(work, changed)
    finally:
        sealing.append((time.perf_counter() - started) * 1000)


for run in range(20):
    press(run)
times = sorted(press(run) for run in range(400))
seal, append = attendance._sealed, audit.append  # noqa: SLF001 - timed where it happens
attendance._sealed = timed_seals  # noqa: SLF001 - as above
logged: list[float] = []
bare: list[float] = []
for run in range(800):  # every other key without its log line, so that both meet the same machine
    audit.append = append if run % 2 else lambda *_line: None
    (logged if run % 2 else bare).append(press(run))
middle = statistics.median(logged)
share = (middle - statistics.median(bare) + statistics.median(sealing)) / middle * 100
print(statistics.median(times), times[int(len(times) * 0.95)], times[-1], share)
