"""What an import is going to do: counts for the person, and the act that carries it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from regional_desk.domain.tables import RowError
from regional_desk.services.desk import Work


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What takes an import back: `scope` names nobody, `parts` are sealed per person."""

    scope: dict[str, Any]
    parts: tuple[tuple[UUID, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A file beside the last one of the same sender (its name and time): Korean lines, account changes first.

    `new` stand in this file only, `missing` in the last one only (nothing is changed for them), `changed` say something
    else than then.
    """

    sender: str
    file_name: str
    at: dt.datetime
    new: tuple[str, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """Counts and lines of one import; `apply(work, import id)` writes it and returns what takes it back.

    An attendance sheet's `apply` leaves a step of its own and returns None. `legend` counts each attendance word.
    """

    apply: Callable[[Work, UUID], TakenBack | None]
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[RowError] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    legend: tuple[tuple[str, int], ...] = ()
    compared: Comparison | None = None
    missing: tuple[UUID, ...] = ()
