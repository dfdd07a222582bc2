"""A line of 오늘."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Due:
    """One line: what, the quiet words under it, the button's word, and the page and place it leads to."""

    title: str
    detail: str
    word: str
    page: str
    where: Mapping[str, Any]
    tone: str = "warn"
