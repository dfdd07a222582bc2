"""A practice office's recruitment rounds, from the call to the published result."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from regional_desk.domain.eligibility import Answer
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.rounds import Goal
from regional_desk.domain.screening import Step
from regional_desk.exchange.applicants import ApplicantRow
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing import import_people
from regional_desk.services.importing.import_people import Received
from regional_desk.services.practice.practice_people import Inventor
from regional_desk.services.recruitment import (
    applicant_documents,
    consents,
    eligibility,
    people,
    rating,
    rounds,
    screening,
    selection,
)
from regional_desk.services.recruitment.rating import Points
from regional_desk.store.ids import new_id
from regional_desk.store.people import PersonRow

_DAY = dt.timedelta(days=1)
_MEMOS = {"unemployed": "고용보험 이력 조회", "residence": "주민등록초본"}
_RATERS = 3
_LARGE = 10

Plan = tuple[Track, dt.date, int, int]  # track, first day, people, number of the class


@dataclass(frozen=True, slots=True)
class Days:
    """When a round's steps come, counted back from the first day of its first class."""

    opens: dt.date
    closes: dt.date
    checked: dt.date
    papers: dt.date
    interview: dt.date
    decided: dt.date
    published: dt.date
    given_up: dt.date

    @staticmethod
    def before(start: dt.date) -> Days:
        """Six weeks from the call to the first day."""
        back = (42, 28, 25, 22, 18, 16, 14, 10)
        return Days(*(start - days * _DAY for days in back))


class Round:
    """One round lived through the services a person uses."""

    def __init__(self, desk: Desk, source: random.Random, days: Days, classes: Sequence[Plan]) -> None:
        self._desk, self._random, self._days, self._classes = desk, source, days, classes
        self._id: UUID | None = None
        self._inventor = Inventor(source)

    @property
    def id(self) -> UUID:
        """The round, once it is open."""
        if self._id is None:
            raise LookupError("the round is not open yet")
        return self._id

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act) in the order of the work."""
        days = self._days
        yield days.opens, self._open
        yield days.closes, self._receive
        yield days.checked, self._check
        yield days.papers, lambda: self._rate(Step.PAPERS)
        yield days.interview, lambda: self._rate(Step.INTERVIEW)
        yield days.decided, self._decide
        yield days.published, lambda: rounds.publish(self._desk, self.id)
        yield days.given_up, self._give_up

    def selected(self, track: Track) -> list[UUID]:
        """Who holds a place of a track and is not enrolled yet, by name."""
        found = [row for row in self._people() if row.stage == Stage.SELECTED and row.track == track.value]
        return [row.id for row in found]

    def _places(self) -> dict[Track, int]:
        counted: dict[Track, int] = {}
        for track, _, size, _ in self._classes:
            counted[track] = counted.get(track, 0) + size
        return counted

    def _open(self) -> None:
        goals = [Goal(track, places, max(2, places // 8)) for track, places in self._places().items()]
        self._id = rounds.add_round(self._desk, self._days.opens, self._days.closes, goals).row.id
        for track in self._places():
            screening.set_criteria(self._desk, self.id, track, screening.PROPOSED)
        for step in Step:
            for _ in range(_RATERS):
                screening.add_rater(self._desk, self.id, step, self._inventor.name())

    def _receive(self) -> None:
        rows: dict[tuple[str, dt.date], ApplicantRow] = {}
        for track, places in self._places().items():
            wanted = len(rows) + places + places // 4 + 4
            while len(rows) < wanted:
                row = self._inventor.applicant(track, len(rows) + 2)
                rows.setdefault((row.name, row.birth), row)

        def body(work: Work) -> dict[str, Any]:
            listed = list(rows.values())
            received = Received("온라인 접수", self.id)
            made = import_people.plan_rows(self._desk, work.connection, listed, received)
            made.apply(work, new_id())
            return {"applicants": made.new}

        self._desk.perform(Right.IMPORT_FILES, "import.applicants", body)
        rounds.close_round(self._desk, self.id)

    def _check(self) -> None:
        """Papers looked through: consents noted, each condition answered, a few found ineligible."""
        there = [row.id for row in self._people()]
        on = self._desk.clock.today()
        wanted = [one for one in applicant_documents.asked().consents if one.required]
        for person in there:
            for one in wanted:
                consents.record(
                    self._desk,
                    person,
                    one.kind,
                    form_version=one.form_version,
                    given=True,
                    on=on,
                    receiver=one.receiver or "",
                )
        few = self._random.sample(there, k=len(there) // 20)
        for condition in eligibility.shipped_terms()[0].conditions:
            memo = _MEMOS.get(condition, "참여신청서")
            refused = few if condition == "unemployed" else ()
            passed = [person for person in there if person not in refused]
            eligibility.answer_many(self._desk, passed, condition, Answer.YES, memo=memo)
            if refused:
                eligibility.answer_many(self._desk, refused, condition, Answer.NO, memo=memo)
        eligibility.decide_clear(self._desk, self.id)
        for person in few:
            eligibility.decide_person(self._desk, person)

    def _rate(self, step: Step) -> None:
        criteria = {track: screening.list_criteria(self._desk, self.id, track) for track in self._places()}
        gift: dict[UUID, float] = {}
        for rater in screening.list_raters(self._desk, self.id):
            if rater.step != step.value:
                continue
            points = []
            for track, rows in criteria.items():
                mine = [row for row in rows if row.step == step.value]
                for line in rating.sheet(self._desk, rater.id, track).rows:
                    able = gift.setdefault(line.candidate.id, self._random.uniform(0.55, 0.95))
                    points += [
                        Points(line.candidate.id, row.id, self._tenths(row.points, able)) for row in mine
                    ]
            rating.rate(self._desk, rater.id, points)
            rating.declare_done(self._desk, rater.id)

    def _tenths(self, most: int, able: float) -> int:
        """Half points around what somebody is able to."""
        given = round(most * min(1.0, max(0.2, able + self._random.uniform(-0.12, 0.12))) * 2)
        return given * 5

    def _decide(self) -> None:
        for track in self._places():
            selection.decide(self._desk, self.id, track)

    def _give_up(self) -> None:
        """One of a larger track finds work elsewhere and the first 예비 moves up."""
        by_track: Mapping[Track, int] = self._places()
        for track, places in by_track.items():
            held = self.selected(track)
            if places >= _LARGE and len(held) == places:
                gone = selection.application_of(self._desk, self._random.choice(held))
                selection.give_up(self._desk, gone, "다른 회사에 취업", self._desk.clock.today())

    def _people(self) -> list[PersonRow]:
        return [row for row in people.survey_people(self._desk) if row.round == self.id]
