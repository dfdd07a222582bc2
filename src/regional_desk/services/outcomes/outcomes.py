"""성과 of a programme year: who came to which step, counted by course, track, company and month, with the people behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import outcomes as rules
from regional_desk.domain.internships import EndKind
from regional_desk.domain.outcomes import HALF_YEAR, KEPT, YEAR, By, Group, Reached, Retention, Step
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.services.outcomes import records
from regional_desk.services.outcomes.goals import Goals, goals_of
from regional_desk.services.outcomes.terms import check_terms
from regional_desk.store import outcome_counts as counts
from regional_desk.store.office import OfficeInfo
from regional_desk.store.outcome_counts import TrainedRow
from regional_desk.store.outcome_records import InternRow, list_interns

NO_COURSE = "과정 없음"
_FINISHED = (EndKind.COMPLETED, EndKind.EARLY)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A year's outcomes to the end of `until`. It holds ids and names nobody.

    `bases` are those out of whom a step's share is told: 전환 of the internships that ended, 유지 of those kept on
    whose 6 or 12 months are over, everything else of the step before.
    """

    year: int
    until: dt.date
    reached: tuple[Reached, ...]
    bases: Mapping[Step, tuple[UUID, ...]]
    goals: Goals
    courses: Mapping[UUID, str]
    companies: Mapping[UUID, str]

    @property
    def total(self) -> Group:
        """Everybody who came to each step, once."""
        return rules.total(self.reached)

    def groups(self, by: By) -> tuple[Group, ...]:
        """The counts told apart; courses and companies in their order, unknown ones last."""
        found = rules.groups(self.reached, by)
        if by in (By.TRACK, By.MONTH):
            return found
        order: dict[UUID | str | None, int] = {
            key: at for at, key in enumerate(self.courses if by is By.COURSE else self.companies)
        }
        return tuple(sorted(found, key=lambda group: order.get(group.key, len(order))))

    def label(self, by: By, key: UUID | str | None) -> str:
        """What a line is called; a month as `2026년 8월`."""
        if isinstance(key, str):
            return f"{key[:4]}년 {int(key[5:])}월" if by is By.MONTH else key
        names = self.courses if by is By.COURSE else self.companies
        return NO_COURSE if key is None else names.get(key, NO_COURSE)

    def goal(self, step: Step, track: Track | None = None) -> int | None:
        """The goal of a step, of one track or of all, None where nobody set one."""
        found = [people for (one, of), people in self.goals.items() if one is step and track in (None, of)]
        return sum(found) if found else None

    def share(self, step: Step) -> tuple[int, int]:
        """How many of a step's base came to it, and how many the base are; (0, 0) for 수료."""
        base = frozenset(self.bases.get(step, ()))
        return len(base.intersection(self.total.people[step])), len(base)


@dataclass(frozen=True, slots=True)
class OutcomePerson:
    """Somebody behind a count, masked as the desk shows people; `days` by step, the newest `internship` if any."""

    id: UUID
    name: str
    birth: dt.date
    track: str
    course: str
    company: str
    days: Mapping[Step, dt.date]
    internship: UUID | None


def outcomes(desk: Desk, year: int | None = None, until: dt.date | None = None) -> Outcomes:
    """The outcomes of a programme year (this one) to the end of a day (today); raise NotAllowed without seeing people."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return read_outcomes(
            connection, desk.office, year or desk.office.programme_year, until or desk.clock.today()
        )


def read_outcomes(connection: sa.Connection, office: OfficeInfo, year: int, until: dt.date) -> Outcomes:
    """The same inside a read, for a month's report.

    An internship belongs to its own programme year, with whatever came of it later; one begun counts unless its
    agreement was withdrawn, a conversion from its 전환일, a check from the day it was made.
    """
    trained = counts.list_trained(connection, year, until)
    homes: dict[UUID, TrainedRow] = {}
    for one in trained:
        homes.setdefault(one.person, one)
    interns = [row for row in list_interns(connection, year) if row.started_on <= until]
    reached = [
        Reached(one.person, Step.COMPLETED, one.completed_on, one.track, one.course)
        for one in trained
        if one.completed_on is not None
    ]
    for place in counts.list_standing(connection, year, until):
        home = homes.get(place.person)
        course = home.course if home else None
        reached.append(
            Reached(place.person, Step.PLACED, place.published_on, place.track, course, place.company)
        )
    for row in interns:
        reached += _after(row, homes.get(row.trainee), until)
    companies = {one.company for one in reached if one.company is not None}
    return Outcomes(
        year,
        until,
        tuple(reached),
        _bases(reached, interns, until),
        goals_of(connection, office, year),
        counts.course_names(connection, year),
        counts.company_names(connection, companies),
    )


def list_people(desk: Desk, found: Outcomes, people: Collection[UUID]) -> tuple[OutcomePerson, ...]:
    """The people behind a count, by name and birth, masked as the desk shows people; noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = counts.names_of(connection, people)
    mine: dict[UUID, list[Reached]] = {row.id: [] for row in rows}
    for one in found.reached:
        if one.person in mine:
            mine[one.person].append(one)
    desk.note_view(records.SUBJECT, [row.id for row in rows], {"by": "outcomes"})
    hide = desk.masking
    return tuple(
        _person(found, row.id, (hide.show_name(row.name), hide.hide_birth(row.birth)), mine[row.id])
        for row in rows
    )


def list_years(desk: Desk) -> tuple[int, ...]:
    """The programme years there is something to tell of, newest first."""
    with desk.store.read() as connection:
        years = counts.list_years(connection)
    return tuple(sorted({desk.office.programme_year, *years}, reverse=True))


def _after(row: InternRow, home: TrainedRow | None, until: dt.date) -> Iterator[Reached]:
    course = home.course if home else None

    def came(step: Step, on: dt.date) -> Reached:
        return Reached(row.trainee, step, on, row.track, course, row.company, row.id)

    yield came(Step.INTERNED, row.started_on)
    decided = row.conversion
    if decided is None or decided.employed_from is None or decided.employed_from > until:
        return
    yield came(Step.CONVERTED, decided.employed_from)
    for check in row.checks:
        step = KEPT.get(check.months)
        if step is not None and check.result == Retention.KEPT and check.checked_on <= until:
            yield came(step, check.checked_on)


def _bases(
    reached: Collection[Reached], interns: Collection[InternRow], until: dt.date
) -> dict[Step, tuple[UUID, ...]]:
    whole, terms = rules.total(reached).people, check_terms()
    found: dict[Step, dict[UUID, None]] = {
        Step.PLACED: dict.fromkeys(whole[Step.COMPLETED]),
        Step.INTERNED: dict.fromkeys(whole[Step.PLACED]),
        Step.CONVERTED: {},
        Step.KEPT6: {},
        Step.KEPT12: {},
    }
    for row in interns:
        decided = row.conversion
        ended = row.ended_on is not None and row.ended_on <= until and row.end_kind in _FINISHED
        kept_on = decided is not None and decided.employed_from is not None and decided.employed_from <= until
        if ended or kept_on:
            found[Step.CONVERTED][row.trainee] = None
        if decided is not None and decided.employed_from is not None:
            for months in (HALF_YEAR, YEAR):
                if rules.retention_span(terms, decided.employed_from, months).on <= until:
                    found[KEPT[months]][row.trainee] = None
    return {step: tuple(people) for step, people in found.items()}


def _person(
    found: Outcomes, person: UUID, shown: tuple[str, dt.date], mine: Collection[Reached]
) -> OutcomePerson:
    days: dict[Step, dt.date] = {}
    course, track, company, internship = None, "", None, None
    for one in sorted(mine, key=lambda each: (list(Step).index(each.step), each.on)):
        days.setdefault(one.step, one.on)
        course, track = one.course or course, one.track
        company, internship = one.company or company, one.internship or internship
    return OutcomePerson(
        person,
        shown[0],
        shown[1],
        track,
        found.courses.get(course, "") if course else "",
        found.companies.get(company, "") if company else "",
        days,
        internship,
    )
