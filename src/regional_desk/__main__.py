"""Where the program starts: a command runs it; without one the desktop opens."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run a command, or open the desktop; return the exit code."""
    multiprocessing.freeze_support()  # the frozen program is its own child that reads spreadsheets
    arguments = sys.argv[1:]
    if arguments:
        from regional_desk.cli.app import run  # noqa: PLC0415 - Typer must not slow the first window

        return run(arguments)
    from regional_desk.desktop.start import run_desktop  # noqa: PLC0415 - commands need no Qt

    return run_desktop()


if __name__ == "__main__":
    sys.exit(main())
