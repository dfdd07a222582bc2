"""An intern at work, made through the services as an office makes one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.companies import CompanyKind
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, internships, preparing
from regional_desk.services.recruitment import people

START = dt.date(2026, 9, 14)  # a Monday; three months end on 2026-12-13
MENTOR = "김멘토"


def go_to(clock: FixedClock, day: dt.date) -> None:
    """Let it be ten o'clock of a day."""
    clock.move_to(dt.datetime(day.year, day.month, day.day, 10, tzinfo=KST))


def start_intern(
    desk: Desk,
    clock: FixedClock,
    kind: CompanyKind = CompanyKind.MANUFACTURER,
    *,
    start: dt.date = START,
    at: int = 0,
    begin: bool = True,
) -> UUID:
    """The `at`-th person at the first company of a kind, agreed on paper for three months and begun."""
    company = next(row for row in companies.list_companies(desk) if row.kind == kind)
    trainee = people.list_people(desk)[at].id
    draft = replace(
        preparing.propose(desk, company.id, None, start),
        wage=2_400_000,
        place="창원시 성산구",
        duties="공정 데이터 분석",
        mentor=MENTOR,
    )
    found = preparing.add_direct(desk, trainee, company.id, None, "시험", draft)
    go_to(clock, start)
    agreement = found.agreements[0]
    points = {key: text or "협의하여 정함" for key, text in agreement.points.items()}
    agreements.edit_draft(desk, agreement.id, agreement.version, replace(draft, points=points))
    agreements.sign(desk, agreement.id, start, on_paper=True)
    if begin:
        internships.start(desk, found.row.id, start)
    return found.row.id
