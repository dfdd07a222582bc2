"""Wrong passwords, counted in a file beside the store: the database is not touched before a key was proved."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from regional_desk.store.files import write_safely

FILE = "unlock-tries.json"


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong passwords since the last right one; moments are ISO texts."""

    failed: int
    first: str
    last: str

    @property
    def last_at(self) -> dt.datetime:
        """When the last one was typed."""
        return dt.datetime.fromisoformat(self.last)


def read(folder: Path) -> dict[str, Tries]:
    """The counts by login; a torn file counts as none."""
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {login: Tries(**entry) for login, entry in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def note(folder: Path, login: str, now: dt.datetime) -> Tries:
    """Count one more wrong password; raise OSError where the folder cannot be written."""
    counts = read(folder)
    old, at = counts.get(login), now.isoformat(timespec="seconds")
    counts[login] = Tries((old.failed if old else 0) + 1, old.first if old else at, at)
    _write(folder, counts)
    return counts[login]


def clear(folder: Path, login: str) -> Tries | None:
    """Forget a login's count after the right password; return what was counted."""
    counts = read(folder)
    counted = counts.pop(login, None)
    if counted is not None:
        _write(folder, counts)
    return counted


def _write(folder: Path, counts: dict[str, Tries]) -> None:
    content = {login: asdict(tries) for login, tries in counts.items()}
    write_safely(folder / FILE, json.dumps(content, ensure_ascii=False).encode())
