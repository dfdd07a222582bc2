"""Places in a ranking: equal scores are told apart by recorded rules in their order, never by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """One's place: `rank` from 1, equal where no rule told them apart (`tied`); `note` says what decided."""

    id: UUID
    rank: int
    note: str | None = None
    tied: bool = False


def place(keys: Mapping[UUID, Sequence[int]], labels: Sequence[str], unit: str) -> tuple[Place, ...]:
    """Everybody in order of their keys, the smaller first.

    A key is what ranks, then one number a tie rule; `labels` are the rules' Korean names, `unit` the Korean counter.
    Whom no rule tells apart keep the same rank and are `tied`. The note of a tie says which rule put somebody before or
    behind the neighbour.
    """
    keyed = sorted((tuple(key), one) for one, key in keys.items())
    found: list[Place] = []
    for _, equal in groupby(keyed, key=lambda pair: pair[0][0]):
        group = list(equal)
        first = rank = len(found) + 1
        for at, (key, one) in enumerate(group):
            if at and key != group[at - 1][0]:
                rank = first + at
            same = sum(other == key for other, _ in group)
            note = _note([other for other, _ in group], at, labels, unit) if len(group) > 1 else None
            found.append(Place(one, rank, note, tied=same > 1))
    return tuple(found)


def settle(places: Sequence[Place], order: Sequence[UUID], reason: str, unit: str) -> tuple[Place, ...]:
    """Put those of the same rank in the order a person decided, with the reason as the note.

    A group is settled only where `order` names every one of it.
    """
    wish = {one: at for at, one in enumerate(order)}
    settled: list[Place] = []
    for rank, equal in groupby(places, key=lambda one: one.rank):
        group = list(equal)
        if len(group) > 1 and all(one.id in wish for one in group):
            group.sort(key=lambda one: wish[one.id])
            note = f"동점 {len(group)}{unit}, 협의로 정함: {reason}"
            group = [replace(one, rank=rank + at, note=note, tied=False) for at, one in enumerate(group)]
        settled += group
    return tuple(settled)


def _note(group: Sequence[tuple[int, ...]], at: int, labels: Sequence[str], unit: str) -> str:
    """What told one of equal score from the one above, or the first from the one below."""
    key = group[at]
    head = f"동점 {len(group)}{unit}"
    if group.count(key) > 1:
        return f"{head}, 정한 기준으로 가려지지 않음"
    other = group[at - 1] if at else group[at + 1]
    rule = next(
        label for label, mine, theirs in zip(labels, key[1:], other[1:], strict=True) if mine != theirs
    )
    return f"{head}, {rule} 기준으로 {'뒤' if at else '앞'}"
