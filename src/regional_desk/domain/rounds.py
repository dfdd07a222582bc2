"""A recruitment round: how far it has come, its goals by track, and the progress against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage

UNDECIDED = frozenset({Stage.APPLIED, Stage.ELIGIBLE, Stage.SCREENED, Stage.INTERVIEWED})
"""The stages of an application nobody decided on yet."""


class RoundState(StrEnum):
    """How far a round has come."""

    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {"open": "접수 중", "closed": "접수 마감", "published": "결과 발표"}[self.value]


@dataclass(frozen=True, slots=True)
class Goal:
    """How many a round takes of a track, and how many wait behind them."""

    track: Track
    places: int
    reserves: int


@dataclass(frozen=True, slots=True)
class TrackProgress:
    """One track of a round: its goal (0 and 0 without one) against how many stand where.

    `reached` counts who came to each stage of the funnel, `stands` who stands at each stage now; `missing` is how many
    of the places nobody holds.
    """

    track: Track
    places: int
    reserves: int
    reached: Mapping[Stage, int]
    stands: Mapping[Stage, int]

    @property
    def holding(self) -> int:
        """Who was selected and is still there."""
        taken = (Stage.SELECTED, Stage.ENROLLED, Stage.COMPLETED)
        return sum(self.stands.get(stage, 0) for stage in taken)

    @property
    def missing(self) -> int:
        """Places that nobody holds."""
        return max(0, self.places - self.holding)

    @property
    def undecided(self) -> int:
        """Applications nobody decided on yet."""
        return sum(self.stands.get(stage, 0) for stage in UNDECIDED)
