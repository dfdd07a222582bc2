"""p50, p95 and longest milliseconds from a key press to saved and painted, 600 × 22."""

from __future__ import annotations

import random
import statistics
import sys
import time
from typing import Any, cast

from benchmarks.children.large import large_office
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.theme import Scheme, Theme

application = QApplication(sys.argv[:1])
application.setStyle("Fusion")
theme = Theme(application, Scheme.LIGHT)
theme.apply()
desk, course = large_office()
shell = Shell(desk, theme, Preferences())
shell.resize(1366, 768)
shell.show()
shell.open_page("attendance")
application.processEvents()
page = cast("Any", shell.current_page())
keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_3, Qt.Key.Key_6)
chance = random.Random(1)
times = []
columns = [at for at, day in enumerate(page.model.days) if day.training]
for run in range(420):
    if run % 20 == 0:
        page.view.go_to(chance.randrange(570), chance.choice(columns))
        application.processEvents()
    key = keys[chance.randrange(len(keys))]
    started = time.perf_counter()
    QTest.keyClick(page.view.days, key)
    application.processEvents()
    application.processEvents()
    if run >= 20:
        times.append((time.perf_counter() - started) * 1000)
times.sort()
print(statistics.median(times), times[int(len(times) * 0.95)], times[-1])
