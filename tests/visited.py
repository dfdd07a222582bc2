"""Internships to visit, written as signed agreements leave them: companies in three districts, starts to choose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.internships import last_allowed
from regional_desk.domain.rights import Right
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training import courses
from regional_desk.store.companies import company
from regional_desk.store.ids import new_id
from regional_desk.store.internships import agreement, internship

ADDRESSES = (
    "경상남도 창원시 성산구 중앙대로 151 (신월동)",
    "경남 김해시 진영읍 본산로 12",
    "경상남도 창원시 성산구 중앙대로 9 (신월동)",
)


def interns(desk: Desk) -> list[UUID]:
    """The people of the office's course, who become interns here."""
    (course,) = courses.list_courses(desk)
    return [one.person for one in courses.course(desk, course.id).members]


def add_internships(
    desk: Desk, starts: Sequence[dt.date], *, months: int = 3, company_of: Sequence[int] | None = None
) -> list[UUID]:
    """An internship for each start, at the companies in turn or as `company_of` says; the three have addresses."""
    people, places = interns(desk), companies.list_companies(desk)
    made: list[UUID] = []

    def body(work: Work) -> dict[str, Any]:
        for at, address in enumerate(ADDRESSES):
            work.connection.execute(
                sa.update(company).where(company.c.id == places[at].id).values(address=address)
            )
        for at, start in enumerate(starts):
            chosen = places[company_of[at] if company_of else at % len(ADDRESSES)]
            made.append(_put(work, at + 1, people[at], chosen.id, start, months))
        return {}

    desk.perform(Right.EDIT_INTERNSHIPS, "test.internships", body)
    return made


def end_internship(desk: Desk, internship_id: UUID, on: dt.date, kind: str = "early") -> None:
    """Write the end of an internship."""

    def body(work: Work) -> dict[str, Any]:
        work.connection.execute(
            sa.update(internship)
            .where(internship.c.id == internship_id)
            .values(ended_on=on, end_kind=kind, ended_at=work.at, ended_by=desk.actor.user_id)
        )
        return {}

    desk.perform(Right.EDIT_INTERNSHIPS, "test.end", body)


def _put(work: Work, number: int, trainee: UUID, company_id: UUID, start: dt.date, months: int) -> UUID:
    internship_id, user = new_id(), work.desk.actor.user_id
    work.connection.execute(
        sa.insert(internship).values(
            id=internship_id,
            programme_year=start.year,
            number=number,
            trainee_id=trainee,
            company_id=company_id,
            track="Track1",
            started_on=start,
            user_id=user,
            created_at=work.at,
        )
    )
    work.connection.execute(
        sa.insert(agreement).values(
            id=new_id(),
            internship_id=internship_id,
            number=0,
            effective_from=start,
            end=last_allowed(start, months),
            wage=2_400_000,
            weekly_minutes=2400,
            place="본사 생산동",
            duties="설비 보전",
            mentor="김멘토",
            terms={},
            state="signed",
            signed_on=start,
            user_id=user,
            at=work.at,
        )
    )
    return internship_id
