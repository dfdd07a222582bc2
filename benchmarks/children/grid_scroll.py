"""p95 milliseconds of a frame while the grid is scrolled at a window size: notches, pages, both ends."""

from __future__ import annotations

import random
import sys
import time

from benchmarks.children.grid_window import grid_window

application, page = grid_window(int(sys.argv[1]), int(sys.argv[2]))
bar = page.view.days.verticalScrollBar()
chance = random.Random(1)


def frame(value: int) -> float:
    """Milliseconds until the grid stands painted at another place."""
    started = time.perf_counter()
    bar.setValue(value)
    application.processEvents()
    return (time.perf_counter() - started) * 1000


def moves() -> list[int]:
    """Where a person scrolls to: three notches in four, else a page, now and then an end."""
    at, found = 0, []
    for run in range(400):
        if run % 40 == 0:
            at = chance.choice((0, bar.maximum()))
        elif run % 4 == 0:
            at += chance.choice((-1, 1)) * bar.pageStep()
        else:
            at += chance.choice((-1, 1)) * 75
        at = min(max(0, at), bar.maximum())
        found.append(at)
    return found


frames = sorted(frame(at) for at in moves())
print(frames[int(len(frames) * 0.95)])
