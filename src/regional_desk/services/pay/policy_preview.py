"""규정 바꾸기 미리보기: who changes, and by how much, if a scheme's terms were so; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import Decision, decide
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.masking import Masking
from regional_desk.domain.policies import Method, Scheme
from regional_desk.domain.policy_terms import Terms
from regional_desk.domain.rights import Right
from regional_desk.services import policies
from regional_desk.services.attendance.tally import UnitTally, tally_context
from regional_desk.services.desk import Desk
from regional_desk.services.policies import Policy
from regional_desk.services.training import courses
from regional_desk.services.training.course_days import PersonChange
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store.courses import list_courses


@dataclass(frozen=True, slots=True)
class CourseChange:
    """One person's figures of a course's unit before and after."""

    course: UUID
    course_name: str
    person: PersonChange

    @property
    def difference(self) -> int:
        """Won after less won before."""
        return (self.person.amount_after or 0) - (self.person.amount_before or 0)


@dataclass(frozen=True, slots=True)
class PolicyPreview:
    """What the terms would do to the units not confirmed yet, by the records as they stand; amounts in won.

    `kept` counts confirmed people, whose units stay as they were decided. `methods` are the totals each method would
    pay with these terms, so that whoever adopts one has seen them all.
    """

    before: Policy
    scheme: Scheme
    changes: tuple[CourseChange, ...]
    total_before: int
    total_after: int
    kept: int
    methods: Mapping[Method, int]

    @property
    def people(self) -> int:
        """How many people change."""
        return len({one.person.person for one in self.changes})


def preview(desk: Desk, key: str, terms: Terms) -> PolicyPreview:
    """Who changes if these terms were adopted (rulebook, head: adopted after having seen what each method would pay).

    Raises UsageError for an unknown scheme, Refusal for a term that cannot be. The people shown are noted and masked.
    """
    desk.require(Right.SEE_PEOPLE)
    policies.shipped_scheme(key)
    with desk.store.read() as connection:
        scheme = policies.proposed(connection, key, terms, desk.clock.today())
        found = _compare(connection, key, scheme)
    desk.note_view("policies", [one.person.person for one in found.changes], {"scheme": key, "by": "preview"})
    if desk.masking is Masking.FULL:
        return found
    shown = tuple(
        replace(one, person=replace(one.person, name=desk.masking.show_name(one.person.name)))
        for one in found.changes
    )
    return replace(found, changes=shown)


def _compare(connection: sa.Connection, key: str, scheme: Scheme) -> PolicyPreview:
    """Both states of every unit that begins on or after the terms' first day, by one reading of its records."""
    changes: list[CourseChange] = []
    totals = dict.fromkeys(Method, 0)
    before = kept = 0
    for detail, unit in _units(connection, key, scheme):
        context = tally_context(connection, detail, unit, detail.members)
        kept += len(context.closed)
        old = _decisions(context, context.scheme)
        before += _total(old)
        for method in Method:
            new = _decisions(context, scheme.with_method(method))
            totals[method] += _total(new)
            if method is scheme.method:
                changes += _changes(detail, unit, old, new)
    held = policies.in_force(connection, key, scheme.effective_from)
    return PolicyPreview(held, scheme, tuple(changes), before, totals[scheme.method], kept, totals)


def _units(connection: sa.Connection, key: str, scheme: Scheme) -> Iterator[tuple[CourseDetail, UnitPeriod]]:
    for row in list_courses(connection):
        if row.scheme == key and row.end >= scheme.effective_from:
            detail = courses.read_detail(connection, row.id)
            for unit in detail.units:
                if unit.start >= scheme.effective_from:
                    yield detail, unit


def _decisions(context: UnitTally, scheme: Scheme) -> dict[UUID, Decision]:
    """What everybody of the unit who is not confirmed would get; the terms also say whose whole unit counts."""
    tried = replace(context, policy=replace(context.policy, scheme=scheme))
    return {
        member.person: decide(tried.inputs(member), scheme, tried.region)
        for member in tried.course.members
        if member.person not in tried.closed and tried.has_days(member)
    }


def _changes(
    detail: CourseDetail, unit: UnitPeriod, old: Mapping[UUID, Decision], new: Mapping[UUID, Decision]
) -> list[CourseChange]:
    found = []
    for member in detail.members:
        was, now = old.get(member.person), new.get(member.person)
        if was is None or now is None or (was.rate, was.amount) == (now.rate, now.amount):
            continue
        figures = (was.training_days, now.training_days, was.rate, now.rate, was.amount, now.amount)
        change = PersonChange(member.person, member.number, member.name, unit.no, *figures)
        found.append(CourseChange(detail.course.id, detail.course.name, change))
    return found


def _total(decided: Mapping[UUID, Decision]) -> int:
    return sum(decision.amount for decision in decided.values())
