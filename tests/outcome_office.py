"""An office whose course is over and whose trainees became interns, some of them kept on; rows as its services leave them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.membership import Outcome
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk
from regional_desk.services.outcomes import conversions, retention_checks
from regional_desk.services.outcomes.conversions import Decision
from regional_desk.services.outcomes.retention_checks import Finding
from regional_desk.services.training import completions, courses
from regional_desk.store.ids import new_id
from regional_desk.store.internships import agreement, internship

D = dt.date
STARTED, ENDED, KEPT_ON = D(2026, 9, 1), D(2026, 11, 30), D(2026, 12, 1)
INTERNS = 5


@dataclass(frozen=True, slots=True)
class Made:
    """The course, who completed it, two companies, and five internships: the first three ended, in two companies."""

    desk: Desk
    course: UUID
    completed: tuple[UUID, ...]
    companies: tuple[UUID, ...]
    internships: tuple[UUID, ...]


def make_interns(desk: Desk) -> Made:
    """Complete the office's course and let the first five of its people begin on 1 September, three of them end."""
    course = courses.list_courses(desk)[0].id
    completions.complete(desk, course, seen=completions.plan(desk, course).seen)
    members = courses.course(desk, course).members
    done = tuple(one.person for one in members if one.outcome == Outcome.COMPLETED)
    hosts = tuple(row.id for row in companies.list_companies(desk)[:2])
    made = tuple(
        begin(desk, person, hosts[at % 2], number=at + 1, ended_on=ENDED if at < 3 else None)
        for at, person in enumerate(done[:INTERNS])
    )
    return Made(desk, course, done, hosts, made)


def begin(
    desk: Desk,
    person: UUID,
    company: UUID,
    *,
    number: int,
    started_on: dt.date = STARTED,
    ended_on: dt.date | None = None,
    end_kind: str = "completed",
) -> UUID:
    """An internship with its signed agreement."""
    internship_id, user = new_id(), desk.actor.user_id
    with desk.store.write() as connection:
        connection.execute(
            sa.insert(internship).values(
                id=internship_id,
                programme_year=desk.office.programme_year,
                number=number,
                trainee_id=person,
                company_id=company,
                track="Track1",
                started_on=started_on,
                ended_on=ended_on,
                end_kind=end_kind if ended_on else None,
                user_id=user,
                created_at=desk.clock.now(),
            )
        )
        connection.execute(
            sa.insert(agreement).values(
                id=new_id(),
                internship_id=internship_id,
                number=0,
                effective_from=started_on,
                end=ENDED,
                wage=2_200_000,
                weekly_minutes=2400,
                place="창원시 성산구",
                duties="공정 데이터 수집",
                mentor="이멘토",
                terms={},
                state="signed",
                signed_on=started_on,
                user_id=user,
                at=desk.clock.now(),
            )
        )
    return internship_id


def move_to(desk: Desk, day: dt.date) -> None:
    """Let it be nine in the morning of a day."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(dt.datetime.combine(day, dt.time(9), KST))


def keep_on(desk: Desk, internship_id: UUID, employed_from: dt.date = KEPT_ON) -> None:
    """Write down that the company kept an intern on."""
    conversions.record(
        desk, internship_id, Decision(True, ENDED, employed_from, "정규직", 2_600_000, "평가 우수")
    )


def answer(desk: Desk, internship_id: UUID, months: int, finding: Finding) -> None:
    """Write down a first check of 고용유지."""
    retention_checks.record(desk, internship_id, months, finding)
