"""The measurements. Each figure that has a limit is a ratio against something real in the same run, or absolute."""

from __future__ import annotations

import datetime as dt
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CHILDREN = Path(__file__).parent / "children"
_RUNS = 9


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of latest.json; `limit` None where there is no bar."""

    name: str
    value: float
    unit: str
    limit: float | None


def child(name: str, *arguments: str) -> list[float]:
    """Run a child script of `children/` with bytecode on and no screen; it prints its figures on its last line."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    with tempfile.TemporaryDirectory() as data:
        done = subprocess.run(
            [sys.executable, str(_CHILDREN / f"{name}.py"), *arguments],
            env={**env, "REGIONAL_DESK_DATA": data},
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
    return [float(word) for word in done.stdout.strip().splitlines()[-1].split()]


def first_window() -> list[Figure]:
    """The unlock window against a bare window with an empty table: process start to first paint, interleaved."""
    ours: list[float] = []
    bare: list[float] = []
    for run in range(_RUNS + 1):
        for name, times in (("bare_window", bare), ("unlock_window", ours)):
            started = time.perf_counter()
            child(name)
            if run:
                times.append(time.perf_counter() - started)
    ratio = statistics.median(mine / its for mine, its in zip(ours, bare, strict=True))
    return [
        Figure("first window / bare PySide6 window", ratio, "x", 1.5),
        Figure("first window, process start to first paint", statistics.median(ours) * 1000, "ms", None),
    ]


def grid_key() -> list[Figure]:
    """A key in the grid of 600 people × 31 dates until saved and repainted (speed.md section 3)."""
    p50, p95, most, share = child("grid_key")
    return [
        Figure("grid key 600 x 31 to saved and painted, p95", p95, "ms", 6),
        Figure("grid key 600 x 31 to saved and painted, p50", p50, "ms", None),
        Figure("grid key 600 x 31 to saved and painted, longest", most, "ms", None),
        Figure("share of the audit (log line and sealed values) in a grid key", share, "%", 20),
    ]


def grid_paste() -> list[Figure]:
    """600 × 22 cells from Excel's clipboard until committed in one undo step and painted, and how long the window stood still."""
    seconds, still = child("grid_paste")
    return [
        Figure("paste of 600 x 22 cells to saved and painted", seconds, "s", 0.6),
        Figure("paste of 600 x 22 cells, the window standing still at most", still * 1000, "ms", None),
    ]


def grid_scroll() -> list[Figure]:
    """Frames while the grid of 600 × 31 is scrolled by notches, by pages and to its ends."""
    small, large = (child("grid_scroll", *size) for size in (("1366", "768"), ("3840", "2160")))
    return [
        Figure("grid scrolling, p95 frame at 1366 x 768, page jumps included", small[0], "ms", 18),
        Figure("grid scrolling, p95 frame at 3840 x 2160, page jumps included", large[0], "ms", 25),
    ]


def draft() -> list[Figure]:
    """An allowance draft of 600 people, rows and traces and log written, against the plain count on the same store."""
    ours, count = child("draft")
    return [
        Figure("allowance draft of 600 / plain count, warm", ours / count, "x", 6),
        Figure("allowance draft of 600", ours * 1000, "ms", None),
    ]


def draft_large() -> list[Figure]:
    """A draft of 100 000 people × 20 days, its rows committed, against the plain count on the table as shipped.

    The count is that of _COUNT in the child, of table `attendance` as shipped (trainee BLOB 16, day, without rowid). The
    exponent is that of the growth from 1 000 people.
    """
    with tempfile.TemporaryDirectory() as folder:
        few, many = (f"{folder}/{people}" for people in (1_000, 100_000))
        child("draft_large", "make", few, "1000")
        child("draft_large", "make", many, "100000")
        small, *_ = child("draft_large", "measure", few)
        large, anew, count, peak = child("draft_large", "measure", many)
    return [
        Figure("allowance draft of 100 000 x 20 days, rows written", large, "s", 2.0),
        Figure("allowance draft of 100 000 / plain count", large / count, "x", 2.5),
        Figure("allowance draft of 100 000 anew, the one before taken away", anew, "s", None),
        Figure("allowance draft of 100 000, peak memory", peak, "MB", 300),
        Figure("allowance draft, growth exponent 1 000 to 100 000", math.log(large / small, 100), "", 1.1),
    ]


def statement() -> list[Figure]:
    """지급조서 of 600 rows to PDF in a cold process, against LibreOffice converting the same table."""
    office = shutil.which("soffice") or _install_libreoffice()
    with tempfile.TemporaryDirectory() as folder:
        child("statement", folder)
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(5):
            started = time.perf_counter()
            child("statement", folder, "pdf")
            ours.append(time.perf_counter() - started)
            if office:
                started = time.perf_counter()
                words = [
                    office,
                    "--headless",
                    "--convert-to",
                    "pdf",
                    "--outdir",
                    folder,
                    f"{folder}/statement.xlsx",
                ]
                subprocess.run(words, check=True, capture_output=True)
                theirs.append(time.perf_counter() - started)
    seconds = Figure("statement of 600 rows to PDF, cold process", statistics.median(ours) * 1000, "ms", None)
    if not office:
        print("LibreOffice is absent: the statement has no peer (apt-get install libreoffice-calc as root)")
        return [seconds]
    ratio = statistics.median(mine / its for mine, its in zip(ours, theirs, strict=True))
    return [Figure("statement of 600 rows to PDF / LibreOffice", ratio, "x", 0.3), seconds]


def memory() -> list[Figure]:
    """Resident memory of the open desktop on the practice office, its attendance page in front."""
    (megabytes,) = child("memory")
    return [Figure("memory of the open desktop, practice office", megabytes, "MB", 200)]


def unlock() -> list[Figure]:
    """From the right password to the open practice office, its key as costly as set-up made it."""
    runs = [child("unlock") for _ in range(3)]
    opened, shown = (statistics.median(run[at] for run in runs) for at in (0, 1))
    return [
        Figure("unlock, password to the open office", opened, "s", 1.0),
        Figure("unlock, password to the first page painted", shown, "s", None),
    ]


def backup() -> list[Figure]:
    """A 200 MB store backed up and verified while another connection commits, against copying its file plainly."""
    seconds, ratio, plain = child("backup")
    return [
        Figure("backup of 200 MB, verified", seconds, "s", 2.0),
        Figure("backup's copy phase / plain file copy, 200 MB", ratio, "x", 2.5),
        Figure("plain file copy of 200 MB, fsynced", plain, "s", None),
    ]


def attachments() -> list[Figure]:
    """2 GB of attachments: a backup that finds them unchanged against one without them, and keeping one more photo."""
    seconds, ratio, kept, saving = child("attachments")
    return [
        Figure("backup beside 2 GB of unchanged attachments", seconds, "s", None),
        Figure("backup beside 2 GB of unchanged attachments / without them", ratio, "x", 1.2),
        Figure("a photo of 1 MB kept, 2 GB there", kept, "s", None),
        Figure("a photo of 1 MB kept, 2 GB there / the first ones", saving, "x", 1.2),
    ]


def importing() -> list[Figure]:
    """A list of 10 000 applicants from file to committed, against reading it and putting its rows into a bare table."""
    seconds, ratio = child("importing")
    return [
        Figure("import of 10 000 applicants", seconds, "s", 1.0),
        Figure("import of 10 000 applicants / calamine + bare insert", ratio, "x", 4.0),
    ]


def people_page() -> list[Figure]:
    """모집 with 10 000 applicants: opened with everything read anew, noted, counted and painted; the first time too."""
    first, opened, pressed = child("people_page")
    return [
        Figure("funnel and list pages open, 10 000 applicants", opened, "s", 0.3),
        Figure("funnel and list pages open the first time after a start", first, "s", None),
        Figure("a stage of the funnel pressed, 10 000 applicants", pressed, "s", 0.3),
    ]


def matching() -> list[Figure]:
    """600 trainees and 480 companies with full lists: both objectives, their measures and all explanations, cold."""
    runs = [child("matching") for _ in range(5)]
    seconds, cpu = (statistics.median(run[at] for run in runs) for at in (0, 1))
    return [
        Figure("matching 600 x 480, both objectives explained, imports in it", seconds, "s", 0.5),
        Figure("matching 600 x 480, its CPU time", cpu, "s", None),
    ]


def _install_libreoffice() -> str | None:
    if shutil.which("apt-get") is None or os.name != "posix" or os.geteuid() != 0:
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libreoffice-calc"]
    subprocess.run(words, check=False, capture_output=True, env=quiet)
    return shutil.which("soffice")


MEASURES: dict[str, Callable[[], list[Figure]]] = {
    "first_window": first_window,
    "grid_key": grid_key,
    "grid_paste": grid_paste,
    "grid_scroll": grid_scroll,
    "draft": draft,
    "draft_large": draft_large,
    "statement": statement,
    "memory": memory,
    "unlock": unlock,
    "backup": backup,
    "attachments": attachments,
    "importing": importing,
    "people_page": people_page,
    "matching": matching,
}

LARGE_DAYS = tuple(
    day
    for day in (dt.date(2026, 8, 3) + dt.timedelta(days=offset) for offset in range(40))
    if day.weekday() < 5
)[:22]
