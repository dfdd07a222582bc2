"""Seconds from Ctrl+V of 600 × 22 cells to committed and painted, and the longest the window stood still meanwhile; median of five."""

from __future__ import annotations

import statistics
import time

from benchmarks.children.grid_window import grid_window

WORDS = ("출석", "결석", "지각", "출석", "출석(지각,조퇴)", "출석")

application, page = grid_window()
jobs = page._context.jobs  # noqa: SLF001 - to see when the write is done
rows, days = len(page.model.rows), len(page.model.days)


def pasted(run: int) -> tuple[float, float]:
    """One paste of other words than before."""
    text = "\n".join(
        "\t".join(WORDS[(row + day + run) % len(WORDS)] for day in range(days)) for row in range(rows)
    )
    page.view.go_to(0, 0)
    application.processEvents()
    longest = 0.0
    started = before = time.perf_counter()
    page.paste(text)
    while True:
        application.processEvents()
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
        if not jobs.running:
            break
        time.sleep(0.001)  # the window idles while the write goes on beside it
    application.processEvents()
    return time.perf_counter() - started, longest


times = [pasted(run) for run in range(6)][1:]
steps = page._undo.text()  # noqa: SLF001 - one step, named
if "붙여넣기" not in steps:
    raise SystemExit(f"the paste was no step of its own: {steps}")
print(*(statistics.median(column) for column in zip(*times, strict=True)))
