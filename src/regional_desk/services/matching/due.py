"""What is due in matching: rounds to make ready or to publish, and who waits for one. Counts only, nobody named."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from regional_desk.domain.matching_rounds import Gap, MatchingState
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.services.matching.rounds import read_round
from regional_desk.store import placement_reports
from regional_desk.store.matching_rounds import list_rounds
from regional_desk.store.placements import list_placements


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round not yet published; `placed` is None until placements were adopted.

    `without_wishes` counts people, `without_interviews` the wishes whose position told nothing of the person yet.
    """

    round: UUID
    name: str
    people: int
    positions: int
    placed: int | None
    without_wishes: int
    without_interviews: int


@dataclass(frozen=True, slots=True)
class MatchingDue:
    """The open rounds, the oldest first, and how many completed a course and are in no round and not placed."""

    rounds: tuple[OpenRound, ...]
    waiting: int


def survey_due(desk: Desk) -> MatchingDue:
    """What a person should get on with, of this programme year; raise NotAllowed without the right to see people."""
    desk.require(Right.SEE_PEOPLE)
    year, found = desk.office.programme_year, []
    with desk.store.read() as connection:
        rows = list_rounds(connection, year)
        for row in reversed(rows):
            if row.state != MatchingState.OPEN:
                continue
            whole = read_round(connection, row.id)
            counts = dict.fromkeys(Gap, 0)
            for one in whole.gaps:
                counts[one.gap] += one.count
            placed = len(list_placements(connection, row.id)) if row.adopted_at is not None else None
            found.append(
                OpenRound(
                    row.id,
                    row.name,
                    len(whole.trainees),
                    len(whole.positions),
                    placed,
                    counts[Gap.NO_WISHES],
                    counts[Gap.NO_INTERVIEWS],
                )
            )
        # before the office's first round nobody waits for one: the year may not be that far
        waiting = placement_reports.count_waiting(connection, year, desk.clock.today()) if rows else 0
    return MatchingDue(tuple(found), waiting)
