"""Where the program starts: a command runs it; without one the desktop opens."""

from __future__ import annotations

import sys


def main() -> int:
    """Run a command, or open the desktop; return the exit code."""
    from regional_desk.exchange.sheet_child import run_if_child  # noqa: PLC0415 - the child needs nothing else

    run_if_child()  # the frozen program is its own child that reads spreadsheets
    arguments = sys.argv[1:]
    if arguments:
        from regional_desk.cli.app import run  # noqa: PLC0415 - Typer must not slow the first window

        return run(arguments)
    from regional_desk.desktop.start import run_desktop  # noqa: PLC0415 - commands need no Qt

    return run_desktop()


if __name__ == "__main__":
    sys.exit(main())
