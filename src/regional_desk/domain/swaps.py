"""A change by hand (수동 변경) looked at before it is done: who is displaced, and what it costs (rulebook section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from regional_desk.domain.matching import (
    Matching,
    Measure,
    Numbered,
    Problem,
    blocking_pairs,
    measure,
    seating,
)


class SwapRefusal(StrEnum):
    """Why a change cannot be done at all."""

    SAME = "same"  # they are there already, or have no place to lose
    FORBIDDEN = "forbidden"  # the pair is 연계 제외
    NO_SEATS = "no_seats"  # the position, or its company's cap, has no seat for anybody


class SwapNote(StrEnum):
    """What somebody who changes by hand should know of the new place."""

    NOT_WISHED = "not_wished"
    NOT_ACCEPTABLE = "not_acceptable"


@dataclass(frozen=True, slots=True)
class Swap:
    """A change and what follows: `displaced` lose their place, the first displaced first, and are then unplaced.

    `new_blocking`: the blocking pairs (trainee, position) that were none before. Where `refused`, nothing changes.
    """

    trainee: UUID
    position: UUID | None
    before: Matching
    after: Matching
    displaced: tuple[UUID, ...]
    measure_before: Measure
    measure_after: Measure
    new_blocking: tuple[tuple[UUID, UUID], ...]
    notes: tuple[SwapNote, ...]
    refused: SwapRefusal | None


def swap(problem: Problem, matching: Matching, trainee: UUID, position: UUID | None) -> Swap:
    """Put a trainee at a position, or at none, and say who loses their place for it (누가 밀리나).

    Who is displaced is the last in the order of the position where its seats are full, else the last in the order of the
    company where its cap is reached; the trainee is placed by hand and therefore never compared with them. Where seats or
    caps were lowered since, everybody over them is displaced. KeyError for ids that are not in the problem.
    """
    numbered = problem.numbered
    to = None if position is None else numbered.position_at[position.int]
    refused = _refusal(problem, matching, trainee, to)
    after, displaced = (matching, ()) if refused else _moved(problem, matching, trainee, to)
    old = set(blocking_pairs(problem, matching))
    return Swap(
        trainee=trainee,
        position=position,
        before=matching,
        after=after,
        displaced=displaced,
        measure_before=measure(problem, matching),
        measure_after=measure(problem, after),
        new_blocking=tuple(pair for pair in blocking_pairs(problem, after) if pair not in old),
        notes=_notes(numbered, numbered.trainee_at[trainee.int], to),
        refused=refused,
    )


def _refusal(problem: Problem, matching: Matching, trainee: UUID, to: int | None) -> SwapRefusal | None:
    numbered = problem.numbered
    if matching.get(trainee) == (None if to is None else numbered.positions[to].id):
        return SwapRefusal.SAME
    if to is None:
        return None
    if (trainee, numbered.positions[to].company) in problem.forbidden:
        return SwapRefusal.FORBIDDEN
    if not numbered.seats[to] or numbered.caps[numbered.company[to]] == 0:
        return SwapRefusal.NO_SEATS
    return None


def _moved(
    problem: Problem, matching: Matching, trainee: UUID, to: int | None
) -> tuple[Matching, tuple[UUID, ...]]:
    numbered = problem.numbered
    others = {one: position for one, position in matching.items() if one != trainee}
    if to is None:
        return others, ()
    held = seating(problem, others).held
    displaced: list[UUID] = []
    while (losing := numbered.losing(held, to)) is not None:
        out = numbered.trainees[held[losing].pop() % len(numbered.trainees)]
        del others[out]
        displaced.append(out)
    return others | {trainee: numbered.positions[to].id}, tuple(displaced)


def _notes(numbered: Numbered, trainee: int, to: int | None) -> tuple[SwapNote, ...]:
    if to is None:
        return ()
    notes = []
    if to not in numbered.wishes[trainee]:
        notes.append(SwapNote.NOT_WISHED)
    if numbered.keys[trainee][to] >= numbered.nobody:
        notes.append(SwapNote.NOT_ACCEPTABLE)
    return tuple(notes)
