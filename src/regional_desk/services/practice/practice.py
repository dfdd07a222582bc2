"""A lifelike practice office: the same data for the same seed, marked 연습용 everywhere."""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem, EntryKind
from regional_desk.errors import UsageError
from regional_desk.services import policies
from regional_desk.services.claims import claim_policy
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing import import_companies
from regional_desk.services.pay import budget
from regional_desk.services.practice.practice_claims import Claims
from regional_desk.services.practice.practice_classes import Class
from regional_desk.services.practice.practice_companies import Companies
from regional_desk.services.practice.practice_internships import Internships
from regional_desk.services.practice.practice_matching import MatchingRound
from regional_desk.services.practice.practice_outcomes import Outcomes
from regional_desk.services.practice.practice_people import Inventor
from regional_desk.services.practice.practice_rounds import Days, Plan, Round
from regional_desk.services.practice.practice_training import Training
from regional_desk.services.practice.practice_visits import Visits
from regional_desk.services.safety.opening import Created, OfficeSettings, new_office
from regional_desk.services.training import instructors
from regional_desk.store import keys
from regional_desk.store.ids import new_id

_FIRST_MONTH = dt.date(2026, 6, 1)
_CLASS_SIZE = 22
_FOUNDED = dt.date(2026, 4, 6)
_NEXT_PEOPLE = 12  # of the round that is under way when the office is handed over
_A_HEAD = {  # won granted for each trainee: the allowance and what is paid late or twice; most come to three months
    BudgetItem.ALLOWANCE: 600_000,
    BudgetItem.INTERNSHIP: 5_400_000,
}
_TRAINED = dt.timedelta(days=30)  # from the first class on: then internships may begin
_LATEST = dt.date(2027, 12, 31)


@dataclass(frozen=True, slots=True)
class PracticeSize:
    """How much a practice office holds; months up to `until` are closed and paid."""

    trainees: int = 86
    companies: int = 69
    seed: int = 1
    until: dt.date = dt.date(2026, 9, 30)

    def check(self) -> None:
        """Raise UsageError for a size no office has."""
        if not 1 <= self.trainees <= 2000 or not 0 <= self.companies <= 2000:  # noqa: PLR2004 - said in the sentence
            raise UsageError("연습용 사무소의 교육생은 1~2000명, 기업은 0~2000개로 정해 주십시오.")
        if not _FIRST_MONTH < self.until <= _LATEST:
            raise UsageError("연습용 사무소의 끝나는 날은 2026-06-02부터 2027-12-31까지로 정해 주십시오.")


def make_practice_office(
    folder: Path,
    login: str,
    password: str,
    size: PracticeSize | None = None,
    *,
    cost: keys.KdfCost | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Created:
    """Make the office in an empty folder and live through its months; raise as `new_office`.

    The store keeps random keys and ids, so only the data is the same for the same seed.
    """
    size = size or PracticeSize()
    size.check()
    clock = FixedClock(_at(_FOUNDED))
    settings = OfficeSettings(
        name="경남권 스마트제조 사업단(연습용)",
        code="GNP",
        region="48",
        approval=("담당", "팀장", "단장"),
        goals={track.value: people for track, people in trainees_of(size.trainees).items()},
        programme_year=2026,
        practice=True,
    )
    made = new_office(folder, settings, login, password, clock, cost)
    made.desk.automatic_backups = False  # dozens of confirmations of invented data, made anew by one click
    _Life(made.desk, clock, size, progress).run()
    made.desk.automatic_backups = True
    return made


def trainees_of(trainees: int) -> dict[Track, int]:
    """How many of the trainees each track is to have."""
    first = trainees * 2 // 3
    return {Track.TRACK1: first, Track.TRACK2: trainees - first}


def _at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), KST)


class _Life:
    """The office's months in the order of their days, lived through the same services a person uses."""

    def __init__(
        self, desk: Desk, clock: FixedClock, size: PracticeSize, progress: Callable[[int, int], None] | None
    ) -> None:
        self._desk, self._clock, self._size = desk, clock, size
        self._random = random.Random(size.seed)  # noqa: S311 - invented people, no secrets
        self._inventor = Inventor(self._random)
        self._progress = progress or (lambda _done, _all: None)
        self._acts: list[tuple[dt.date, int, Callable[[], Any]]] = []
        self._places = count()

    def run(self) -> None:
        self._settle_in()
        self._plan_companies()
        self._plan_rounds()
        self._plan_internships()
        whole, done = len(self._acts), 0
        while self._acts and self._acts[0][0] <= self._size.until:
            self._progress(done, whole)
            day, _, act = heapq.heappop(self._acts)
            self._clock.move_to(_at(day, 10))
            act()
            done += 1
        self._clock.move_to(_at(self._size.until, 18))
        self._progress(whole, whole)

    def _put(self, day: dt.date, act: Callable[[], Any]) -> None:
        heapq.heappush(self._acts, (day, next(self._places), act))

    def _settle_in(self) -> None:
        policies.adopt(
            self._desk,
            policies.DEFAULT_SCHEME,
            reference="지역기업정책과-1234(연습용)",
            document_date=_FOUNDED - dt.timedelta(days=4),
        )
        claim_policy.adopt(
            self._desk,
            reference="지역기업정책과-1235(연습용)",
            document_date=_FOUNDED - dt.timedelta(days=4),
        )
        for item, a_head in _A_HEAD.items():
            for granted in (2, 1):  # two thirds now, the rest by a second letter
                budget.add_entry(
                    self._desk,
                    item,
                    EntryKind.GRANT,
                    self._size.trainees * a_head * granted // 3,
                    _FOUNDED,
                    f"지역기업정책과-{1300 + granted}(연습용)",
                )
        rows = [self._inventor.company(number) for number in range(1, self._size.companies + 1)]

        def body(work: Work) -> dict[str, Any]:
            import_companies.plan_rows(work.connection, rows).apply(work, new_id())
            return {"companies": len(rows)}

        self._desk.perform(Right.IMPORT_FILES, "import.companies", body)
        for values in self._inventor.instructors():
            instructors.add(self._desk, values)

    def _plan_companies(self) -> None:
        """Invented from a source of their own, so that the people are the same with and without them."""
        source = random.Random(f"companies {self._size.seed}")  # noqa: S311 - invented, no secrets
        for day, act in Companies(self._desk, source, _FOUNDED).steps():
            self._put(day, act)

    def _plan_rounds(self) -> None:
        """The classes of a month are recruited and matched together; one more round is under way at the end."""
        by_month: dict[dt.date, list[Plan]] = {}
        for plan in self._plans():
            by_month.setdefault(plan[1], []).append(plan)
        source = random.Random(f"matching {self._size.seed}")  # noqa: S311 - invented, no secrets
        interned = random.Random(f"internships {self._size.seed}")  # noqa: S311 - invented, no secrets
        for number, (start, classes) in enumerate(sorted(by_month.items()), 1):
            recruited = Round(self._desk, self._random, Days.before(start), classes)
            steps = list(recruited.steps())
            lived = [Class(self._desk, self._random, plan, recruited) for plan in classes]
            for one in lived:
                steps += one.steps()
            end = max(one.end for one in lived)
            steps += MatchingRound(self._desk, source, end, number).steps()
            steps += Internships(self._desk, interned, end, number).steps()
            for day, act in steps:
                self._put(day, act)
        coming = self._size.until + dt.timedelta(days=20)
        under_way: list[Plan] = [(Track.TRACK1, coming, _NEXT_PEOPLE, 0)]
        for day, act in Round(self._desk, self._random, Days.before(coming), under_way).steps():
            self._put(day, act)

    def _plan_internships(self) -> None:
        """What is done for all interns together, week by week and month by month."""
        first, last = _FIRST_MONTH + _TRAINED, self._size.until
        source = random.Random(f"interns {self._size.seed}")  # noqa: S311 - invented, no secrets
        lived = (
            Outcomes(self._desk, source, (first, last), trainees_of(self._size.trainees)),
            Training(self._desk, source, first, last),
            Claims(self._desk, source, first, last),
            Visits(self._desk, source, first, last),
        )
        for one in lived:
            for day, act in one.steps():
                self._put(day, act)

    def _plans(self) -> list[Plan]:
        """Classes of about 22 in turn over the months."""
        classes = max(1, round(self._size.trainees / _CLASS_SIZE))
        sizes = [
            self._size.trainees // classes + (place < self._size.trainees % classes)
            for place in range(classes)
        ]
        until = self._size.until
        months = max(1, (until.year - 2026) * 12 + until.month - _FIRST_MONTH.month + 1)
        numbers = dict.fromkeys(Track, 0)
        plans = []
        for place, people in enumerate(sizes):
            track = Track.TRACK2 if place % 3 == 2 else Track.TRACK1  # noqa: PLR2004 - every third class
            month = monthly_return(_FIRST_MONTH, place * months // classes)
            first = month + dt.timedelta(days=(7 - month.weekday()) % 7)
            numbers[track] += 1
            plans.append((track, first, people, numbers[track]))
        return plans
