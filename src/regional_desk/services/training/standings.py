"""Where each trainee stands in the whole course: attended so far, absences left, 제적 대상, outcome, certificate."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain import attendance
from regional_desk.domain import membership as rules
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.membership import Act, Cause, Ending, Measure, Outcome, OutcomeTerms
from regional_desk.domain.rights import Right
from regional_desk.services.attendance.tally import UnitTally, tally_context
from regional_desk.services.desk import Desk
from regional_desk.services.holidays import holidays_between
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import memberships as store
from regional_desk.store.courses import MemberRow, list_holidays
from regional_desk.store.memberships import CertificateRow, EventRow

_ENDINGS = frozenset({Act.LEFT, Act.MOVED_OUT, Act.DISMISSED})
_LONGEST_REACH = dt.timedelta(days=60)  # how far a window's end may be pushed by holidays


@dataclass(frozen=True, slots=True)
class Standing:
    """One membership with its figures over the whole course (rulebook section 2).

    `whole`, `attended` and `best` (미입력 taken as 출석) are training days, or minutes where the course counts by
    minutes; `rate_so_far` is percent of the recorded ones; `absences_left` is in days, −1 where 수료 is lost. `moved`
    tells that the person went on in another course, `employed` that a job was the reason for leaving.
    """

    membership: UUID
    person: UUID
    number: int
    name: str
    birth: dt.date
    joined: dt.date
    left: dt.date | None
    left_reason: str | None
    outcome: Outcome | None
    outcome_on: dt.date | None
    whole: int
    attended: int
    best: int
    by_minutes: bool
    absences: int
    unrecorded: int
    rate_so_far: Decimal | None
    absences_left: int
    cause: Cause | None
    moved: bool
    employed: bool
    certificate: CertificateRow | None

    @property
    def in_training(self) -> bool:
        """Whether nothing has ended the membership yet."""
        return self.left is None and self.outcome is None

    @property
    def certificate_label(self) -> str:
        """제2026-001호, empty without a certificate."""
        found = self.certificate
        return rules.certificate_label(found.programme_year, found.number) if found else ""

    @property
    def ending(self) -> Ending:
        """What decides the outcome."""
        return Ending(
            self.left,
            self.attended,
            employed=self.employed,
            dismissed=self.outcome is Outcome.DISMISSED,
        )


@cache
def terms() -> OutcomeTerms:
    """The shipped terms (`resources/policies/outcomes.toml`)."""
    path = paths.resources() / "policies" / "outcomes.toml"
    return rules.terms_from_table(tomllib.loads(path.read_text(encoding="utf-8")))


def list_standings(desk: Desk, course_id: UUID) -> tuple[Standing, ...]:
    """Everybody of a course by number, noted and masked as the person may see them; raise UsageError for an unknown id."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = read_standings(connection, courses.masked(desk, courses.read_detail(connection, course_id)))
    desk.note_view("courses", [row.person for row in found], {"course": str(course_id), "by": "standings"})
    return found


def read_standings(connection: sa.Connection, detail: CourseDetail) -> tuple[Standing, ...]:
    """The standings of a course's members as `detail` has them."""
    span = UnitPeriod(0, detail.course.start, detail.course.end)
    tally = tally_context(connection, detail, span, detail.members)
    ends = store.list_ends(connection, detail.course.id)
    certificates = {row.membership_id: row for row in store.list_certificates(connection, detail.course.id)}
    endings = last_endings(connection, [member.id for member in detail.members])
    return tuple(
        _standing(
            tally,
            member,
            outcome_on=ends[member.id].outcome_on,
            ending=endings.get(member.id),
            certificate=certificates.get(member.id),
        )
        for member in detail.members
    )


def measure_of(connection: sa.Connection, detail: CourseDetail, *, leavers: bool = True) -> Measure:
    """What of the course decides its outcomes; without `leavers` among those asked about, no holidays are looked up."""
    course, days = detail.course, detail.days
    holidays = (
        {*holidays_between(course.start, course.start + _LONGEST_REACH), *list_holidays(connection)}
        if leavers
        else ()
    )
    until = rules.withdrawal_until(terms(), course.start, course.end, len(days), holidays)
    minutes = sum(day.minutes for day in days)
    return Measure(
        last_day=days[-1].day if days else course.end,
        withdrawal_until=until,
        whole=minutes if counts_by_minutes(detail) else len(days),
    )


def counts_by_minutes(detail: CourseDetail) -> bool:
    """Whether the course counts by minutes (rulebook section 2)."""
    return attendance.counts_by_minutes(len(detail.days), sum(day.minutes for day in detail.days))


def last_endings(connection: sa.Connection, memberships: Collection[UUID]) -> dict[UUID, EventRow]:
    """The newest act that still stands and ended a membership (나감, 옮김, 제적), by membership."""
    acts: dict[UUID, list[EventRow]] = {}
    for event in store.list_events(connection, memberships):
        acts.setdefault(event.membership_id, []).append(event)
    found = {}
    for membership, rows in acts.items():
        standing = rules.standing_acts([Act(row.kind) for row in rows])
        ended = [rows[at] for at in standing if Act(rows[at].kind) in _ENDINGS]
        if ended:
            found[membership] = ended[-1]
    return found


def _standing(
    tally: UnitTally,
    member: MemberRow,
    *,
    outcome_on: dt.date | None,
    ending: EventRow | None,
    certificate: CertificateRow | None,
) -> Standing:
    summary, minutes = tally.summary(member), tally.minutes_of(member)
    recorded, days = tally.recorded(member), tally.course.days
    unit_days = {unit.no: len(tally.course.days_of(unit)) for unit in tally.course.units}
    if minutes:
        whole = sum(day.minutes for day in days)
        attended = minutes.attended
        best = attended + minutes.scheduled - minutes.outside - minutes.recorded
        cause = rules.dismissal_cause_by_minutes(recorded, whole)
    else:
        whole, attended = len(days), summary.attended_days
        best = attended + summary.unrecorded
        cause = rules.dismissal_cause(recorded, unit_days, whole)
    day = max(1, whole // len(days)) if minutes and days else 1
    return Standing(
        membership=member.id,
        person=member.person,
        number=member.number,
        name=member.name,
        birth=member.birth,
        joined=member.joined,
        left=member.left,
        left_reason=member.left_reason,
        outcome=Outcome(member.outcome) if member.outcome else None,
        outcome_on=outcome_on,
        whole=whole,
        attended=attended,
        best=best,
        by_minutes=minutes is not None,
        absences=summary.absences,
        unrecorded=summary.unrecorded,
        rate_so_far=summary.rate_so_far,
        absences_left=rules.absences_left(best, whole, day),
        cause=cause if member.left is None and member.outcome is None else None,
        moved=ending is not None and ending.kind == Act.MOVED_OUT,
        employed=ending is not None and bool(ending.before.get("employed")),
        certificate=certificate,
    )
