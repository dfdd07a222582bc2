"""Who was disposed of, remembered beside the store: a backup from before brings people back, this file does not go.

It holds random ids and days only, so it names nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from regional_desk.store.files import write_safely

FILE = "disposed-people"


def remember(folder: Path, people: Iterable[UUID], on: dt.date) -> None:
    """Add people disposed of on a day; raise OSError where the folder cannot be written."""
    known = remembered(folder) | dict.fromkeys(people, on)
    lines = [f"{person_id.hex} {day.isoformat()}\n" for person_id, day in known.items()]
    write_safely(folder / FILE, "".join(lines).encode("ascii"))


def remembered(folder: Path) -> dict[UUID, dt.date]:
    """The people disposed of here and the days of it; a torn line is left out."""
    try:
        words = [line.split() for line in (folder / FILE).read_text(encoding="ascii").splitlines()]
        return {UUID(hex=line[0]): dt.date.fromisoformat(line[1]) for line in words if len(line) > 1}
    except (OSError, ValueError):
        return {}
