"""How a membership ends (rulebook section 2)."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """수강철회, 수료, 미수료, 조기취업, 중도탈락, 제적."""

    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"
    INCOMPLETE = "incomplete"
    EMPLOYED_EARLY = "employed_early"
    DROPPED = "dropped"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _LABELS[self]


_LABELS = {
    Outcome.WITHDRAWN: "수강철회",
    Outcome.COMPLETED: "수료",
    Outcome.INCOMPLETE: "미수료",
    Outcome.EMPLOYED_EARLY: "조기취업",
    Outcome.DROPPED: "중도탈락",
    Outcome.DISMISSED: "제적",
}
