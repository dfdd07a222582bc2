"""The rules of a matching read literally and slowly: nothing of the program but its values and its lots."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from regional_desk.domain.matching import Position, Problem, lot

Contract = tuple[UUID, UUID]  # trainee, position


class _Id(UUID):
    """One object for each number and compared as such, many times quicker than by value."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


@cache
def trainee_id(number: int) -> UUID:
    return _Id(int=1000 + number)


@cache
def position_id(number: int) -> UUID:
    return _Id(int=2000 + number)


@cache
def company_id(number: int) -> UUID:
    return _Id(int=3000 + number)


def make(
    wishes: Iterable[Iterable[int]],
    orders: Iterable[Mapping[int, int]],
    *,
    seats: Iterable[int],
    companies: Iterable[int] | None = None,
    caps: Mapping[int, int] | None = None,
    groups: Iterable[int] = (),
    forbidden: Iterable[tuple[int, int]] = (),
    seed: int = 1,
) -> Problem:
    """A problem told in small numbers; positions are of a company each where `companies` says nothing."""
    lists = [tuple(position_id(one) for one in row) for row in wishes]
    places = list(seats)
    owners = range(len(places)) if companies is None else companies
    return Problem(
        trainees=tuple(trainee_id(at) for at in range(len(lists))),
        priorities={trainee_id(at): group for at, group in enumerate(groups)},
        positions=tuple(
            Position(position_id(at), company_id(owner), count)
            for at, (owner, count) in enumerate(zip(owners, places, strict=True))
        ),
        wishes={trainee_id(at): row for at, row in enumerate(lists)},
        orders={
            position_id(at): {trainee_id(one): rank for one, rank in order.items()}
            for at, order in enumerate(orders)
        },
        caps={company_id(at): cap for at, cap in (caps or {}).items()},
        forbidden=frozenset((trainee_id(one), company_id(to)) for one, to in forbidden),
        seed=seed,
    )


class Rules:
    """One problem under the rules."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.company = {one.id: one.company for one in problem.positions}
        self.seats = {one.id: one.seats for one in problem.positions}
        self._orders: dict[Contract, tuple[object, ...]] = {}
        self.lots = {one: lot(problem.seed, one) for one in problem.trainees}

    def wish(self, trainee: UUID, position: UUID | None) -> int | None:
        wishes = self.problem.wishes.get(trainee, ())
        return wishes.index(position) + 1 if position in wishes else None

    def acceptable(self, trainee: UUID, position: UUID) -> bool:
        return (
            position in self.seats
            and trainee in self.problem.orders.get(position, {})
            and (trainee, self.company[position]) not in self.problem.forbidden
        )

    def order(self, contract: Contract) -> tuple[object, ...]:
        if contract not in self._orders:
            self._orders[contract] = self._order(*contract)
        return self._orders[contract]

    def _order(self, trainee: UUID, position: UUID) -> tuple[object, ...]:
        group = self.problem.priorities.get(trainee, 0)
        own = self.wish(trainee, position)
        outside = not self.acceptable(trainee, position)
        rank = 0 if outside else self.problem.orders[position][trainee]
        return (
            outside,
            group == 0,
            group,
            rank,
            self.lots[trainee],
            own or 99,
        )

    def choice(self, contracts: Iterable[Contract]) -> set[Contract]:
        """What a company keeps of these: the first in the order for whom there is a seat and the cap leaves room."""
        kept: set[Contract] = set()
        for one in sorted(contracts, key=self.order):
            cap = self.problem.caps.get(self.company[one[1]], 10**6)
            here = sum(position == one[1] for _, position in kept)
            if here < self.seats[one[1]] and len(kept) < cap:
                kept.add(one)
        return kept

    def blocks(self, matching: Mapping[UUID, UUID], trainee: UUID, position: UUID) -> bool:
        mine = self.wish(trainee, matching.get(trainee))
        wished = self.wish(trainee, position)
        if wished is None or (mine is not None and mine <= wished) or not self.acceptable(trainee, position):
            return False
        company = self.company[position]
        held = {pair for pair in matching.items() if self.company[pair[1]] == company}
        return (trainee, position) in self.choice({*held, (trainee, position)})

    def blocking(self, matching: Mapping[UUID, UUID]) -> set[Contract]:
        pairs = itertools.product(self.problem.trainees, self.seats)
        return {pair for pair in pairs if self.blocks(matching, *pair)}

    def is_stable(self, matching: Mapping[UUID, UUID]) -> bool:
        return not any(
            self.blocks(matching, one, to)
            for one in self.problem.trainees
            for to in self.problem.wishes.get(one, ())
        )

    def feasible(self, matching: Mapping[UUID, UUID]) -> bool:
        pairs = set(matching.items())
        whole = all(self.wish(*pair) is not None and self.acceptable(*pair) for pair in pairs)
        return whole and self.fits(matching)

    def fits(self, matching: Mapping[UUID, UUID]) -> bool:
        taken = list(matching.values())
        owners = [self.company[one] for one in taken]
        return all(taken.count(one) <= self.seats[one] for one in set(taken)) and all(
            owners.count(one) <= self.problem.caps.get(one, 10**6) for one in set(owners)
        )

    def matchings(self) -> Iterator[dict[UUID, UUID]]:
        """Every feasible matching."""
        able = [
            [None, *(one for one in self.problem.wishes.get(each, ()) if self.acceptable(each, one))]
            for each in self.problem.trainees
        ]
        for row in itertools.product(*able):
            matching = {one: to for one, to in zip(self.problem.trainees, row, strict=True) if to is not None}
            if self.fits(matching):
                yield matching

    def worth(self, matching: Mapping[UUID, UUID]) -> tuple[int, ...]:
        """What most placed looks at, in its order; more is better."""
        groups = [self.problem.priorities.get(one, 0) for one in matching]
        ranks = {one: self.wish(one, to) or 0 for one, to in matching.items()}
        lots = sorted(self.problem.trainees, key=lambda one: self.lots[one])
        longest = max(
            (
                at
                for one in self.problem.trainees
                for at, to in enumerate(self.problem.wishes.get(one, ()), 1)
                if self.acceptable(one, to)
            ),
            default=0,
        )
        by_lot = sum((len(lots) - lots.index(one)) * (longest + 1 - rank) for one, rank in ranks.items())
        every = sorted(set(self.problem.priorities.values()) - {0})
        return len(matching), *(groups.count(one) for one in every), -sum(ranks.values()), by_lot

    def average(self, matching: Mapping[UUID, UUID]) -> Fraction | None:
        ranks = [rank for one, to in matching.items() if (rank := self.wish(one, to)) is not None]
        return Fraction(sum(ranks), len(ranks)) if ranks else None


def mixed(problem: Problem, chance: random.Random) -> Problem:
    """The same problem written in another order."""

    def shuffled(values: Iterable[Any]) -> list[Any]:
        row = list(values)
        return chance.sample(row, len(row))

    return Problem(
        trainees=tuple(shuffled(problem.trainees)),
        priorities=dict(shuffled(problem.priorities.items())),
        positions=tuple(shuffled(problem.positions)),
        wishes=dict(shuffled(problem.wishes.items())),
        orders={to: dict(shuffled(order.items())) for to, order in shuffled(problem.orders.items())},
        caps=dict(shuffled(problem.caps.items())),
        forbidden=frozenset(shuffled(problem.forbidden)),
        seed=problem.seed,
    )


@st.composite
def problems(draw: st.DrawFn, people: int = 7, places: int = 5, *, capped: bool = True) -> Problem:
    """Problems with priority groups, equal and missing ranks, short lists, closed positions, caps, forbidden pairs."""
    size = draw(st.integers(0, people))
    count = draw(st.integers(1, places))
    numbers = st.permutations(range(count)).flatmap(
        lambda row: st.integers(0, count).map(lambda length: row[:length])
    )
    order = st.dictionaries(st.integers(0, max(size - 1, 0)), st.integers(1, 4)) if size else st.just({})
    companies = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    seats = draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    pairs = st.tuples(st.integers(0, max(size - 1, 0)), st.integers(0, 2))
    return make(
        draw(st.lists(numbers, min_size=size, max_size=size)),
        draw(st.lists(order, min_size=count, max_size=count)),
        seats=seats,
        companies=companies,
        caps=draw(st.dictionaries(st.integers(0, 2), st.integers(0, 4))) if capped else {},
        groups=draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)),
        forbidden=draw(st.lists(pairs, max_size=3)) if size else (),
        seed=draw(st.integers(0, 3)),
    )


@st.composite
def placed_anyhow(draw: st.DrawFn) -> tuple[Problem, dict[UUID, UUID]]:
    """A problem and people placed in it by hand: where they may not be, or more than there are seats."""
    problem = draw(problems())
    places = [None, *(one.id for one in problem.positions)]
    chosen = {one: draw(st.sampled_from(places)) for one in problem.trainees}
    return problem, {one: to for one, to in chosen.items() if to is not None}
