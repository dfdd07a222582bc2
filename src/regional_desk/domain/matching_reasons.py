"""Why a matching is as it is: a reason for each person and for each position (rulebook section 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from regional_desk.domain.matching import Matching, Numbered, Problem, Seating, seating

LISTED = 10  # wishes told one by one; the rest is counted


class Why(StrEnum):
    """Why somebody has no place at a position they wish more than what they have."""

    FULL = "full"  # its seats went to people before them
    CAPPED = "capped"  # its company's cap went to people before them
    WOULD_TAKE = "would_take"  # it would take them: a blocking pair
    NOT_ACCEPTABLE = "not_acceptable"  # not among those the position takes: failed, or not interviewed
    FORBIDDEN = "forbidden"  # 연계 제외
    NO_SEATS = "no_seats"  # it has no seat for anybody
    NOT_IN_ROUND = "not_in_round"


class Decided(StrEnum):
    """What put somebody behind the last one that was taken."""

    GROUP = "group"
    RANK = "rank"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Turned:
    """One more wished position that somebody did not get.

    `place` is the position's rank of the trainee, `last_place` that of the last one taken there, or over the company at
    its cap; `decided` what told the two apart. `seats` are those of the position, of the company for CAPPED. `displaces`
    is whom the position would let go for the trainee, None where it has a free seat.
    """

    wish: int
    position: UUID
    why: Why
    seats: int
    place: int | None = None
    last_place: int | None = None
    decided: Decided | None = None
    displaces: UUID | None = None


class Outcome(StrEnum):
    """What became of somebody."""

    WISHED = "wished"
    NOT_WISHED = "not_wished"  # placed by hand where they had not wished
    NO_WISHES = "no_wishes"
    UNACCEPTED = "unaccepted"  # no wished position may take them
    OUTRANKED = "outranked"  # every wished position that may take them is full of people before them
    PASSED_OVER = (
        "passed_over"  # a wished position would take them: the cost of placing more, or of a change by hand
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a trainee has what they have.

    `wish`: which wish they got, from 1. `place`: the position's rank of them. `turned`: the positions wished more, the
    first `LISTED` of them; `counts`: how many of all these stand under each why.
    """

    trainee: UUID
    code: Outcome
    group: int
    wishes: int
    position: UUID | None
    wish: int | None
    place: int | None
    turned: tuple[Turned, ...]
    counts: Mapping[Why, int]


class Filling(StrEnum):
    """How a position ended up."""

    FULL = "full"
    CAPPED = "capped"  # seats stay empty because the company's cap is reached and somebody else would come
    NO_SEATS = "no_seats"
    NOBODY_WISHED = "nobody_wished"
    NOBODY_ACCEPTABLE = "nobody_acceptable"
    ELSEWHERE = "elsewhere"  # seats stay empty: who wished it and may be taken has something they wish more
    WANTED = "wanted"  # seats stay empty though somebody would rather be here: a blocking pair


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody a position has: which wish of theirs it is and its rank of them, each None where there is none."""

    trainee: UUID
    group: int
    wish: int | None
    place: int | None


@dataclass(frozen=True, slots=True)
class PositionReason:
    """Why a position has whom it has, the best first.

    Of those who `wished` it, `acceptable` may be taken; of these `elsewhere` have something they wish more, `outranked`
    stand behind the last one taken, and `waiting` would be taken rather than somebody it has (blocking pairs).
    `cap` is that of the company, None where it has none that binds.
    """

    position: UUID
    code: Filling
    seats: int
    cap: int | None
    taken: tuple[Taken, ...]
    wished: int
    acceptable: int
    elsewhere: int
    outranked: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Reasons:
    """All of one matching: by trainee and by position."""

    trainees: Mapping[UUID, Reason]
    positions: Mapping[UUID, PositionReason]


def explain(problem: Problem, matching: Matching) -> Reasons:
    """The reason of everybody and of every position; KeyError where the matching names what the problem does not."""
    numbered, seated = problem.numbered, seating(problem, matching)
    teller = _Teller(problem, numbered, seated, _position_whys(numbered, seated))
    return Reasons(
        {one: teller.trainee(at) for at, one in enumerate(numbered.trainees)},
        {one.id: reason for one, reason in zip(numbered.positions, teller.positions(), strict=True)},
    )


def explain_trainee(problem: Problem, matching: Matching, trainee: UUID) -> Reason:
    """The reason of one trainee; KeyError for somebody not in the problem."""
    numbered, seated = problem.numbered, seating(problem, matching)
    teller = _Teller(problem, numbered, seated, _position_whys(numbered, seated))
    return teller.trainee(numbered.trainee_at[trainee.int])


def explain_position(problem: Problem, matching: Matching, position: UUID) -> PositionReason:
    """The reason of one position; KeyError for one not in the problem."""
    return explain(problem, matching).positions[position]


def _position_whys(numbered: Numbered, seated: Seating) -> list[Why]:
    """What each position tells somebody it does not take though it may; the last one is of those not in the round."""
    whys = []
    for position, seats in enumerate(numbered.seats):
        if not seats or numbered.caps[numbered.company[position]] == 0:
            whys.append(Why.NO_SEATS)
        else:
            whys.append(Why.FULL if numbered.full(seated.held, position) else Why.CAPPED)
    return [*whys, Why.NOT_IN_ROUND]


@dataclass(frozen=True, slots=True)
class _Teller:
    problem: Problem
    numbered: Numbered
    seated: Seating
    whys: list[Why]
    # By position, of the trainees told so far.
    wanted: Counter[int] = field(default_factory=Counter)  # by who wishes it more than what they have
    waiting: Counter[int] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)

    def trainee(self, at: int) -> Reason:
        numbered, place = self.numbered, self.seated.places[at]
        wish = self.seated.got[at]
        wishes, bids = numbered.wishes[at][:wish], numbered.bids[at]
        limits, nobody, closed, taken = self.seated.limits, numbered.nobody, self.whys, Why.WOULD_TAKE
        whys = [
            taken
            if key < limits[position]
            else closed[position]
            if key < nobody
            else self._refused(at, position)
            for position, key in zip(wishes, bids, strict=False)
        ]
        counts = Counter(whys)
        self.wanted.update(wishes)
        if counts[taken]:
            self.waiting.update(to for to, why in zip(wishes, whys, strict=True) if why is taken)
        listed = enumerate(zip(wishes[:LISTED], whys, bids, strict=False))
        trainee = numbered.trainees[at]
        return Reason(
            trainee=trainee,
            code=_outcome(place, wish, counts),
            group=self.problem.priorities.get(trainee, 0),
            wishes=len(numbered.wishes[at]),
            position=None if place is None else numbered.positions[place].id,
            wish=None if wish is None else wish + 1,
            place=None if place is None else numbered.key_rank(numbered.keys[at][place]),
            turned=tuple(self._turned(at, number, *one) for number, one in listed),
            counts=counts,
        )

    def _refused(self, at: int, position: int) -> Why:
        self.refused[position] += 1
        if self.whys[position] in {Why.NO_SEATS, Why.NOT_IN_ROUND}:
            return self.whys[position]
        pair = (self.numbered.trainees[at], self.numbered.positions[position].company)
        return Why.FORBIDDEN if pair in self.problem.forbidden else Why.NOT_ACCEPTABLE

    def _turned(self, at: int, number: int, position: int, why: Why, key: int) -> Turned:
        numbered = self.numbered
        if position < 0:
            wished = self.problem.wishes[numbered.trainees[at]][number]
            return Turned(number + 1, wished, why, 0)
        cap = numbered.caps[numbered.company[position]]
        seats = cap if why is Why.CAPPED and cap is not None else numbered.seats[position]
        last = place = last_place = decided = displaces = None
        if why in {Why.FULL, Why.CAPPED, Why.WOULD_TAKE}:
            place = numbered.key_rank(key)
            losing = numbered.losing(self.seated.held, position)
            last = None if losing is None else self.seated.held[losing][-1]
        if last is not None and why is Why.WOULD_TAKE:
            displaces = numbered.trainees[last % len(numbered.trainees)]
        elif last is not None:
            last_place, decided = numbered.key_rank(last), self._decided(at, key, last)
        wished = numbered.positions[position].id
        return Turned(number + 1, wished, why, seats, place, last_place, decided, displaces)

    def _decided(self, at: int, key: int, last: int) -> Decided:
        groups, size = self.numbered.groups, len(self.numbered.trainees)
        if groups[at] != groups[last % size]:
            return Decided.GROUP
        return Decided.RANK if key // size != last // size else Decided.LOT

    def positions(self) -> Iterator[PositionReason]:
        """The reasons of all positions in their order, once all trainees are told."""
        return (self._position(at) for at in range(len(self.numbered.positions)))

    def _position(self, at: int) -> PositionReason:
        numbered, held = self.numbered, self.seated.held
        wished, acceptable = numbered.wished[at], numbered.acceptable[at]
        waiting = self.waiting[at]
        outranked = self.wanted[at] - waiting - self.refused[at]
        taken = tuple(self._taken(key) for key in held[at])
        mine = sum(one.wish is not None and one.place is not None for one in taken)
        code = Filling.ELSEWHERE
        if self.whys[at] is Why.NO_SEATS:
            code = Filling.NO_SEATS
        elif numbered.full(held, at):
            code = Filling.FULL
        elif (outranked or waiting) and numbered.closed(held, at):
            code = Filling.CAPPED
        elif waiting:
            code = Filling.WANTED
        elif not acceptable:
            code = Filling.NOBODY_ACCEPTABLE if wished else Filling.NOBODY_WISHED
        return PositionReason(
            position=numbered.positions[at].id,
            code=code,
            seats=numbered.seats[at],
            cap=self._binding_cap(numbered.company[at]),
            taken=taken,
            wished=wished,
            acceptable=acceptable,
            elsewhere=acceptable - mine - outranked - waiting,
            outranked=outranked,
            waiting=waiting,
        )

    def _binding_cap(self, company: int) -> int | None:
        cap = self.numbered.caps[company]
        seats = sum(self.numbered.seats[at] for at in self.numbered.siblings[company])
        return cap if cap is not None and cap < seats else None

    def _taken(self, key: int) -> Taken:
        at = key % len(self.numbered.trainees)
        wish = self.seated.got[at]
        trainee = self.numbered.trainees[at]
        return Taken(
            trainee,
            self.problem.priorities.get(trainee, 0),
            None if wish is None else wish + 1,
            self.numbered.key_rank(key),
        )


def _outcome(place: int | None, wish: int | None, counts: Mapping[Why, int]) -> Outcome:
    if place is not None:
        return Outcome.NOT_WISHED if wish is None else Outcome.WISHED
    if not counts:
        return Outcome.NO_WISHES
    if counts.get(Why.WOULD_TAKE):
        return Outcome.PASSED_OVER
    return Outcome.OUTRANKED if counts.get(Why.FULL) or counts.get(Why.CAPPED) else Outcome.UNACCEPTED
