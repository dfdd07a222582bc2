"""What still stands open in a month: units and claims that are not confirmed, with everything that blocks them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.text import korean_date
from regional_desk.services.claims import claim_policy, claim_run, drafting
from regional_desk.services.claims.claim_links import Opens
from regional_desk.services.desk import Desk
from regional_desk.services.papers.reports import span_of
from regional_desk.services.pay.allowance_run import read_run
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import claim_runs
from regional_desk.store.allowance import list_runs
from regional_desk.store.courses import list_courses
from regional_desk.store.internship_reports import has_internships

CLAIMS = "인턴지원금"
_OPEN_RUN = (RunState.DRAFT, RunState.CHECKED)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that keeps the month from being final: where it is, of whom, and what it is.

    A point of training leads to its course and unit, one of the claims to its internship and what it `opens`; a point
    about a whole month of claims has its first day, no internship, and `opens` only where the policy is not adopted.
    """

    place: str
    message: str
    course: UUID | None = None
    unit_no: int | None = None
    trainee: UUID | None = None
    name: str = ""
    day: dt.date | None = None
    internship: UUID | None = None
    company: UUID | None = None
    opens: Opens | None = None

    @property
    def where(self) -> str:
        """The place with whom it is about: `Track1 1기 1단위기간 홍길동`."""
        return f"{self.place} {self.name}".rstrip()


def open_points(desk: Desk, month: str) -> tuple[OpenPoint, ...]:
    """What is still open in a month, the people it names noted and masked as the person may see them."""
    found = survey_points(desk, month)
    named = [point.trainee for point in found if point.trainee is not None]
    if named:
        desk.note_view("reports", named, {"month": month})
    return found


def survey_points(desk: Desk, month: str) -> tuple[OpenPoint, ...]:
    """The same for whoever counts and names nobody: first the units that ended in the month, then its claims."""
    return (*survey_units(desk, month), *survey_claims(desk, month))


def survey_units(desk: Desk, month: str) -> tuple[OpenPoint, ...]:
    """Units that ended in a month unconfirmed, with everything that blocks them."""
    start, end = span_of(month)
    found: list[OpenPoint] = []
    with desk.store.read() as connection:
        for row in reversed(list_courses(connection)):
            detail = courses.read_detail(connection, row.id)
            for unit in detail.units:
                if start <= unit.end <= end and detail.members:
                    found += _open_in_unit(desk, connection, detail, unit)
    return tuple(found)


def survey_claims(desk: Desk, month: str) -> tuple[OpenPoint, ...]:
    """Service months that end in a month and stand in no confirmed run, with everything that blocks its open run.

    A held one is no open point: it is paid by a supplementary run once it is released.
    """
    start, _ = span_of(month)
    with desk.store.read() as connection:
        if not has_internships(connection):
            return ()
        return tuple(_open_claims(desk, connection, month, start))


def _open_claims(desk: Desk, connection: sa.Connection, month: str, start: dt.date) -> Iterator[OpenPoint]:
    place = f"{month} {CLAIMS}"
    newest = next((run for run in reversed(claim_runs.list_runs(connection, start))), None)
    if newest is not None and newest.state in _OPEN_RUN:
        run = claim_run.read_run(connection, desk, newest)
        trainees = {line.key: line.trainee for line in run.lines}
        for item in run.open_items:
            yield OpenPoint(
                f"{place} {item.month_no}차",
                item.message,
                trainee=trainees[item.internship, item.month_no],
                name=item.name,
                internship=item.internship,
                company=item.company,
                opens=item.opens,
            )
        yield from _unadopted(connection, place, start)
        yield OpenPoint(place, f"{CLAIMS} 미확정 (상태: {run.state.label})", day=start)
        return
    computed = drafting.compute(connection, start)
    waiting = sum(not computed.is_held(row) for row in computed.rows)
    if waiting:
        yield from _unadopted(connection, place, start)
        yield OpenPoint(place, f"{CLAIMS} 미작성 (지원월 {waiting}건)", day=start)


def _unadopted(connection: sa.Connection, place: str, month: dt.date) -> Iterator[OpenPoint]:
    """Nothing can be confirmed by terms that nobody adopted."""
    policy = claim_policy.in_force(connection, month)
    if policy.adoption is None:
        yield OpenPoint(place, f"{CLAIMS} 기준 미승인 ({policy.name})", opens=Opens.POLICY)


def _open_in_unit(
    desk: Desk, connection: sa.Connection, detail: CourseDetail, unit: UnitPeriod
) -> list[OpenPoint]:
    course_id = detail.course.id
    where = f"{detail.course.name} {unit.no}단위기간"
    runs = list_runs(connection, course_id, unit.no)
    if not runs:
        return [OpenPoint(where, f"훈련수당 미작성 ({korean_date(unit.end)} 종료)", course_id, unit.no)]
    newest = runs[-1]
    if newest.state not in _OPEN_RUN:
        return []
    run = read_run(connection, desk, newest)
    points = [
        OpenPoint(
            where,
            item.message,
            course_id,
            unit.no,
            item.trainee,
            item.name,
            item.days[0] if item.days else None,
        )
        for item in run.open_items
    ]
    return [*points, OpenPoint(where, f"훈련수당 미확정 (상태: {run.state.label})", course_id, unit.no)]
