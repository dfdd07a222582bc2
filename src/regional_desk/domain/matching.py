"""Matching: who is placed where. The problem, the stable matching, and what a matching costs (rulebook section 4).

Who goes before whom is one order everywhere: the priority group (1 before 2 … before 0, nobody's group), then the
position's rank of the trainee, then the lot drawn from the round's seed. A company with a cap (기업별 상한) takes the best
over all its positions by that same order.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import insort
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from uuid import UUID

Matching = Mapping[UUID, UUID]  # trainee → position; the unplaced are absent


@dataclass(frozen=True, slots=True)
class Position:
    """A position (직무) of a company with so many seats (모집인원)."""

    id: UUID
    company: UUID
    seats: int


@dataclass(frozen=True)  # not slotted: it keeps its numbered form, worked out once
class Problem:
    """A matching round as the matching needs it; the order of what stands in it never matters.

    `priorities`: the priority group of a trainee, absent or 0 for nobody's. `wishes`: positions, the most wished first;
    one that is not in the round is passed over. `orders[position][trainee]`: the position's rank of the trainee, 1 the
    best, equal ranks allowed; who is absent is not acceptable. `caps`: the most a company takes over all its positions.
    `forbidden`: pairs of trainee and company (연계 제외). `seed` draws the lots.
    """

    trainees: tuple[UUID, ...]
    priorities: Mapping[UUID, int]
    positions: tuple[Position, ...]
    wishes: Mapping[UUID, tuple[UUID, ...]]
    orders: Mapping[UUID, Mapping[UUID, int]]
    caps: Mapping[UUID, int]
    forbidden: frozenset[tuple[UUID, UUID]]
    seed: int

    @cached_property
    def numbered(self) -> Numbered:
        """The same with numbers for ids."""
        return _number(self)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a matching gives: people placed and unplaced, how many got wish 1, 2, …, the average wish, blocking pairs.

    Who was placed by hand where they had not wished counts as placed, in no rank and not in the average.
    """

    placed: int
    unplaced: int
    ranks: tuple[int, ...]
    average: Fraction | None
    blocking: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A problem with numbers for ids, ready to be counted with.

    Trainees are numbered by their lot, positions and companies by their id. Position −1 is any that is not in the round,
    the last of a trainee's `keys` belongs to it. A key is one number that says who goes before whom, the smaller the
    earlier; `key % len(trainees)` is the trainee, and from `nobody` on it is not acceptable.
    """

    trainees: tuple[UUID, ...]
    positions: tuple[Position, ...]
    trainee_at: Mapping[int, int]  # by the id's number, which hashes ten times quicker than the id
    position_at: Mapping[int, int]
    groups: Sequence[int]  # of a trainee; 0 goes first
    wishes: Sequence[Sequence[int]]
    bids: Sequence[Sequence[int]]  # the trainee's key at each wish
    keys: Sequence[array[int]]  # by trainee and position
    wished: Sequence[int]  # how many wish a position
    acceptable: Sequence[int]  # how many of these it may take
    seats: Sequence[int]
    company: Sequence[int]  # of a position
    caps: Sequence[int | None]  # of a company; None where it has none
    siblings: Sequence[Sequence[int]]  # the positions of a company
    span: int  # more than any rank
    nobody: int  # the first key that is not acceptable

    def key_rank(self, key: int) -> int | None:
        """The position's rank in a key; None where it says not acceptable."""
        return None if key >= self.nobody else key // len(self.trainees) % self.span

    def full(self, held: Held, position: int) -> bool:
        """Whether the position's own seats are taken."""
        return len(held[position]) >= self.seats[position]

    def closed(self, held: Held, position: int) -> bool:
        """Whether the position's company has all it may take."""
        cap = self.caps[self.company[position]]
        return cap is not None and sum(len(held[at]) for at in self.siblings[self.company[position]]) >= cap

    def losing(self, held: Held, position: int) -> int | None:
        """The position whose last one lets the next one in here; None where there is room or nobody to let go."""
        if self.full(held, position):
            return position if held[position] else None
        if not self.closed(held, position):
            return None
        others = [at for at in self.siblings[self.company[position]] if held[at]]
        return max(others, key=lambda at: held[at][-1], default=None)

    def limit(self, held: Held, position: int) -> int:
        """The position, or its company, would take who has a smaller key: on a free seat, or instead of its last one."""
        losing = self.losing(held, position)
        if losing is not None:
            # Equal keys are one trainee at two positions of the company: the one they wish more goes first.
            return min(held[losing][-1] + (losing != position), self.nobody)
        return 0 if self.full(held, position) or self.closed(held, position) else self.nobody


Held = Sequence[list[int]]  # the keys of who is at each position, the best first


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits where under a matching: each trainee's position and which wish it is, who is at each, and its limit."""

    places: Sequence[int | None]
    got: Sequence[int | None]  # which wish the place is, from 0; None where it is none, or no place
    held: Held
    limits: Sequence[int]


def lot(seed: int, trainee: UUID) -> int:
    """The lot drawn for a trainee, the smaller the earlier.

    It follows from the seed and the trainee alone, so that nobody's lot changes when somebody else joins the round, and
    anybody can draw it again: the SHA-256 of `seed:id`.
    """
    return int.from_bytes(hashlib.sha256(f"{seed}:{trainee}".encode()).digest())


def stable(problem: Problem) -> Matching:
    """The stable matching (안정 배정) in which each trainee has the best that any stable matching gives them.

    Deferred acceptance: who is free asks the next wish; a position, and a company with a cap, keep the best so far and
    let the last one go. Nobody then has a wish they like better and that would take them instead of somebody it has.
    """
    numbered = problem.numbered
    size = len(numbered.trainees)
    held: Held = [[] for _ in numbered.positions]
    limits = [numbered.limit(held, position) for position in range(len(held))] + [0]
    asked = [0] * size
    free = list(range(size))
    while free:
        trainee = free.pop()
        wishes, bids = numbered.wishes[trainee], numbered.bids[trainee]
        for at in range(asked[trainee], len(wishes)):
            position, key = wishes[at], bids[at]
            if key < limits[position]:
                asked[trainee] = at + 1
                losing = numbered.losing(held, position)
                if losing is not None:
                    free.append(held[losing].pop() % size)
                insort(held[position], key)
                for other in numbered.siblings[numbered.company[position]]:
                    limits[other] = numbered.limit(held, other)
                break
    return {
        numbered.trainees[key % size]: position.id
        for position, row in zip(numbered.positions, held, strict=True)
        for key in row
    }


def seating(problem: Problem, matching: Matching) -> Seating:
    """Who sits where, for whoever looks at many people of one matching; KeyError for ids not in the problem."""
    numbered = problem.numbered
    places: list[int | None] = [None] * len(numbered.trainees)
    got: list[int | None] = [None] * len(numbered.trainees)
    held: Held = [[] for _ in numbered.positions]
    for trainee_id, position_id in matching.items():
        trainee, position = numbered.trainee_at[trainee_id.int], numbered.position_at[position_id.int]
        places[trainee] = position
        held[position].append(numbered.keys[trainee][position])
        wishes = numbered.wishes[trainee]
        got[trainee] = wishes.index(position) if position in wishes else None
    for row in held:
        row.sort()
    limits = [*(numbered.limit(held, position) for position in range(len(held))), 0]
    return Seating(places, got, held, limits)


def blocking_pairs(problem: Problem, matching: Matching) -> tuple[tuple[UUID, UUID], ...]:
    """Trainee and position that would both rather have each other (서로 더 원하는 짝), in the order of the lots.

    The trainee wishes the position more than what they have, and the company, choosing by the order from all it has and
    this one, seats and cap in mind, would take them. It does not where the trainee fills its cap from another of its
    positions that ranks them higher: without this a stable matching need not exist.
    """
    numbered = problem.numbered
    trainees, positions = numbered.trainees, [position.id for position in numbered.positions]
    return tuple(
        (trainees[trainee], positions[position])
        for trainee, wanted in enumerate(_blocking(numbered, seating(problem, matching)))
        for position in wanted
    )


def wish_rank(problem: Problem, trainee: UUID, position: UUID) -> int | None:
    """Which wish of the trainee the position is, from 1; None where it is none."""
    wishes = problem.wishes.get(trainee, ())
    return wishes.index(position) + 1 if position in wishes else None


def measure(problem: Problem, matching: Matching) -> Measure:
    """What a matching gives and costs."""
    numbered = problem.numbered
    seated = seating(problem, matching)
    got = Counter(wish + 1 for wish in seated.got if wish is not None)
    total = sum(wish * count for wish, count in got.items())
    return Measure(
        placed=len(matching),
        unplaced=len(problem.trainees) - len(matching),
        ranks=tuple(got[wish] for wish in range(1, max(got, default=0) + 1)),
        average=Fraction(total, got.total()) if got else None,
        blocking=sum(map(len, _blocking(numbered, seated))),
    )


def _blocking(numbered: Numbered, seated: Seating) -> Iterator[list[int]]:
    """Each trainee's positions that would rather have them."""
    limits = seated.limits
    for trainee, wish in enumerate(seated.got):
        better = zip(numbered.wishes[trainee][:wish], numbered.bids[trainee], strict=False)
        yield [position for position, key in better if key < limits[position]]


def _number(problem: Problem) -> Numbered:
    trainees = tuple(sorted(problem.trainees, key=lambda one: (lot(problem.seed, one), one)))
    positions = tuple(sorted(problem.positions, key=lambda one: one.id))
    companies = sorted({position.company for position in positions})
    company_at = {company: at for at, company in enumerate(companies)}
    company = [company_at[position.company] for position in positions]
    siblings: list[list[int]] = [[] for _ in companies]
    for at, owner in enumerate(company):
        siblings[owner].append(at)
    caps = [problem.caps.get(one) for one in companies]
    trainee_at = {trainee.int: at for at, trainee in enumerate(trainees)}
    position_at = {position.id.int: at for at, position in enumerate(positions)}
    groups = _groups(problem, trainees)
    span = max((max(order.values()) for order in problem.orders.values() if order), default=0) + 1
    nobody = span * (max(groups, default=0) + 1) * len(trainees)
    heads = [group * span * len(trainees) + at for at, group in enumerate(groups)]
    keys = _keys(problem, positions, trainee_at, heads, nobody)
    wishes = [[position_at.get(one.int, -1) for one in problem.wishes.get(each, ())] for each in trainees]
    bids = [[row[one] for one in own] for row, own in zip(keys, wishes, strict=True)]
    wished = Counter(chain.from_iterable(wishes))
    refused = Counter[int]()
    for own, row in zip(wishes, bids, strict=True):
        if max(row, default=0) >= nobody:
            refused.update(position for position, key in zip(own, row, strict=True) if key >= nobody)
    return Numbered(
        trainees=trainees,
        positions=positions,
        trainee_at=trainee_at,
        position_at=position_at,
        groups=groups,
        wishes=wishes,
        bids=bids,
        keys=keys,
        wished=[wished[at] for at in range(len(positions))],
        acceptable=[wished[at] - refused[at] for at in range(len(positions))],
        seats=[position.seats for position in positions],
        company=company,
        caps=caps,
        siblings=siblings,
        span=span,
        nobody=nobody,
    )


def _groups(problem: Problem, trainees: Sequence[UUID]) -> list[int]:
    given = [problem.priorities.get(trainee, 0) for trainee in trainees]
    order = sorted(set(given), key=lambda group: (group == 0, group))
    return [order.index(group) for group in given]


def _keys(
    problem: Problem,
    positions: Sequence[Position],
    trainee_at: Mapping[int, int],
    heads: Sequence[int],
    nobody: int,
) -> list[array[int]]:
    """The keys by trainee and position; in arrays, as full lists have 300 000 of them."""
    size = len(heads)
    starts = [*heads, 0]  # the last one is for whoever is not in the round
    outside = array("q", [*(head + nobody for head in heads), nobody])
    forbidden: dict[UUID, list[UUID]] = {}
    for excluded, company in problem.forbidden:
        forbidden.setdefault(company, []).append(excluded)
    flat = array("q")
    for position in positions:
        row = outside[:]
        order = problem.orders.get(position.id, {})
        for one, rank in order.items():
            trainee = trainee_at.get(one.int, -1)
            row[trainee] = starts[trainee] + rank * size
        for excluded in forbidden.get(position.company, ()):
            trainee = trainee_at.get(excluded.int, -1)
            row[trainee] = outside[trainee]
        flat += row
    flat += outside
    return [flat[at :: size + 1] for at in range(size)]
