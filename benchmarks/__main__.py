"""Run every measurement, print a table, write `benchmarks/latest.json`; lower is better.

To add one: a function in `benchmarks/measures.py` that returns `Figure`s, named in MEASURES there.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.measures import MEASURES, Figure

LATEST = Path(__file__).parent / "latest.json"


def main() -> int:
    """Measure what is named on the command line, or everything; return 1 where a limit is passed."""
    chosen = sys.argv[1:] or list(MEASURES)
    figures: list[Figure] = []
    for name in chosen:
        found = MEASURES[name]()
        figures += found
        for figure in found:
            state = "" if figure.limit is None else "ok" if figure.value <= figure.limit else "OVER"
            limit = "" if figure.limit is None else f"{figure.limit:g}"
            print(f"{figure.name:<64} {figure.value:>9.3f} {figure.unit:<6} {limit:>6} {state}", flush=True)
    if not sys.argv[1:]:
        LATEST.write_text(
            json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
        )
    return int(any(figure.limit is not None and figure.value > figure.limit for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
