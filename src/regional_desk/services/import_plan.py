"""What an import is going to do: counts for the person, and the act that carries it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from regional_desk.domain.tables import RowError
from regional_desk.services.desk import Work


@dataclass(slots=True)
class Plan:
    """Counts and lines of one import; `apply(work, import id)` writes it. `legend` counts each attendance word."""

    apply: Callable[[Work, UUID], None]
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[RowError] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    legend: tuple[tuple[str, int], ...] = ()
