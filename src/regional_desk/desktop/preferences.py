"""What this PC remembers of the person's desk: recent offices, look, text size. Never data of the office."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from regional_desk import paths

_FILE = "desktop.json"
_RECENT = 5


class Preferences:
    """A small JSON file in the person's own folder; a broken one is as good as none."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.user_data() / _FILE
        self._values: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(self._path.read_text(encoding="utf-8"))
            if isinstance(found, dict):
                self._values = found

    def get(self, key: str, default: Any) -> Any:
        """A remembered value of the default's type, else the default."""
        value = self._values.get(key, default)
        return value if isinstance(value, type(default)) else default

    def set(self, key: str, value: Any) -> None:
        """Remember a value; a folder that cannot be written loses only this."""
        self._values[key] = value
        with contextlib.suppress(OSError):
            self._path.write_text(json.dumps(self._values, ensure_ascii=False), encoding="utf-8")

    def recent(self) -> list[str]:
        """Folders of offices opened here, the last one first."""
        return [str(folder) for folder in self.get("recent", [])]

    def add_recent(self, folder: Path) -> None:
        """Put an office's folder first."""
        others = [one for one in self.recent() if one != str(folder)]
        self.set("recent", [str(folder), *others][:_RECENT])
