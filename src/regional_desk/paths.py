"""Where shipped files and user data are; the only module that knows."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A shipped folder: inside the installed package or frozen program, else at the top of the source tree."""
    bundled = _PACKAGE / "_bundled" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent.parent / name


def resources() -> Path:
    """The folder of fonts, icons, styles, policies and codes."""
    return _shipped("resources")


def migrations() -> Path:
    """The folder of Alembic's env.py and versions."""
    return _shipped("migrations")


def user_data() -> Path:
    """The folder for this person's settings and log, made on first use (`REGIONAL_DESK_DATA` overrides it)."""
    chosen = os.environ.get("REGIONAL_DESK_DATA")
    folder = Path(chosen) if chosen else user_data_path("RegionalDesk", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
