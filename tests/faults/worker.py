"""A child process: waits for its order on standard input, works until it is killed, and tells what it did.

Run as `python -m tests.faults.worker`; the order is one line of JSON, so the interpreter can stand by meanwhile.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.faults.acts import SCRIPTS, Child, seeded
from tests.faults.internship_acts import ALL_ACTS


def main() -> None:
    """Take the order and go."""
    order = json.loads(sys.stdin.readline())
    child = Child(Path(order["folder"]), order["password"], seeded(order["seed"]))
    child.say(ready=True)
    name = order["act"]
    (SCRIPTS[name] if name in SCRIPTS else ALL_ACTS[name].run)(child)


if __name__ == "__main__":
    main()
