"""A practice office's matching: wishes, interviews, both objectives looked at, a change by hand, the published result."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from regional_desk.domain.matching_rounds import Interviewed, InterviewResult, Objective, Unrated
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk, Work
from regional_desk.services.matching import entries, placements, results, rounds, wishes
from regional_desk.services.matching.rounds import Round
from regional_desk.store.matching_rounds import TraineeRow

_DAYS = {"open": -9, "wish": -7, "interview": -3, "place": 2, "publish": 4, "cancel": 5}
_MOST_WISHES = 5
_FORGETS, _FAILS = 0.04, 0.2
_TRIES = 6
_DAY = dt.timedelta(days=1)


class MatchingRound:
    """One matching after the classes of a month; `end` is their last day, `number` counts the rounds from 1."""

    def __init__(self, desk: Desk, source: random.Random, end: dt.date, number: int) -> None:
        self._desk, self._random, self._end, self._number = desk, source, end, number
        self._id: UUID | None = None

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act) in the order of the work; after every second round somebody's placement ends."""
        acts = (self._open, self._wish, self._interview, self._place, self._publish, self._cancel)
        for days, act in zip(_DAYS.values(), acts, strict=True):
            yield self._end + days * _DAY, act

    def _open(self) -> None:
        """Whoever is in a course or not placed yet, every seat that is still free, and one term of each kind."""
        self._id = rounds.add_round(self._desk, unrated=Unrated.REFUSE).id
        entries.fill(self._desk, self._id)
        found = self._read()
        people = self._people(found)
        offers = sorted(found.positions, key=lambda one: one.title)
        if people and offers:
            first, last = people[0].id, people[-1].id
            entries.set_priority(self._desk, self._id, first, 1)
            entries.forbid(self._desk, self._id, last, offers[0].company, "친인척이 일하는 기업")
            entries.set_cap(self._desk, self._id, offers[-1].company, max(1, offers[-1].seats - 1))

    def _read(self) -> Round:
        if self._id is None:
            raise LookupError("the round is not open yet")
        return rounds.read(self._desk, self._id)

    def _people(self, found: Round) -> list[TraineeRow]:
        """In an order that is the same for the same data, whatever their ids."""
        return sorted(found.trainees, key=lambda one: (one.name, one.birth))

    def _wish(self) -> None:
        """Each names a few positions of the own track, the sought-after ones more often; a few forget to."""
        found = self._read()
        offers = sorted(found.positions, key=lambda one: one.title)
        sought = {one.id: self._random.random() for one in offers}
        wished: dict[UUID, tuple[UUID, ...]] = {}
        for one in self._people(found):
            mine = [offer.id for offer in offers if offer.track == one.track]
            if not mine or self._random.random() < _FORGETS:
                continue
            many = min(len(mine), self._random.randint(2, _MOST_WISHES))
            keys = {offer: self._random.random() + sought[offer] for offer in mine}
            wished[one.id] = tuple(sorted(mine, key=lambda offer: -keys[offer])[:many])

        def body(work: Work) -> dict[str, Any]:
            wishes.write_wishes(work, found.row.id, wished)
            keys = self._desk.store.person_keys(work.connection, list(wished))
            told = [
                work.seal(keys, one, {"wishes": [str(position) for position in chosen]})
                for one, chosen in wished.items()
            ]
            work.log("matching.wishes", rounds.SUBJECT, found.row.id, {"people": len(wished)}, told)
            return {"people": len(wished)}

        if wished:
            self._desk.perform(Right.EDIT_MATCHING, "matching.wishes", body)

    def _interview(self) -> None:
        """Each position sees whoever wished it, fails some and ranks the others."""
        found = self._read()
        able = {one.id: self._random.random() for one in self._people(found)}
        told: dict[tuple[UUID, UUID], Interviewed | None] = {}
        for offer in sorted(found.positions, key=lambda one: one.title):
            seen = {one.id: able[one.id] + self._random.random() for one in self._people(found)}
            came = [one for one in seen if offer.id in found.wishes.get(one, ())]
            passed = [one for one in came if self._random.random() > _FAILS]
            for one in came:
                result = InterviewResult.PASS if one in passed else InterviewResult.FAIL
                told[offer.id, one] = Interviewed(one, result)
            for place, one in enumerate(sorted(passed, key=lambda one: -seen[one]), 1):
                told[offer.id, one] = Interviewed(one, InterviewResult.PASS, place)

        def body(work: Work) -> dict[str, Any]:
            wishes.write_interviews(work, found.row.id, told)
            work.log("matching.interview", rounds.SUBJECT, found.row.id, {"interviews": len(told)})
            return {"interviews": len(told)}

        if told:
            self._desk.perform(Right.EDIT_MATCHING, "matching.interview", body)

    def _place(self) -> None:
        """Both objectives are looked at; the stable one is taken, and one person moved by hand where that hurts nobody."""
        round_id = self._read().row.id
        both = [results.compute(self._desk, round_id, one) for one in Objective]
        if not all(one.matching for one in both):
            return
        results.adopt(self._desk, round_id, Objective.STABLE)
        found = self._read()
        tries = [(one.id, wish) for one in self._people(found) for wish in found.wishes.get(one.id, ())]
        for trainee, wish in self._random.sample(tries, k=min(_TRIES, len(tries))):
            tried = placements.try_swap(self._desk, round_id, trainee, wish)
            if tried.refused is None and not tried.notes and not tried.displaced:
                placements.change(
                    self._desk, round_id, trainee, wish, "통근 거리를 다시 살펴 본인이 바꾸어 달라고 함"
                )
                return

    def _publish(self) -> None:
        found = self._read()
        if found.adopted:
            placements.publish(self._desk, found.row.id)

    def _cancel(self) -> None:
        """Somebody's company cannot take them after all."""
        rows = placements.placements(self._desk, self._read().row.id)
        if self._number % 2 and rows:
            gone = self._random.choice(sorted(rows, key=lambda one: (one.name, one.birth)))
            placements.end(
                self._desk, gone.id, self._desk.clock.today(), "기업의 수주가 줄어 인턴을 받지 못함"
            )
