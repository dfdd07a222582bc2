"""수료 처리 of a whole course in one previewed act, and its certificates numbered without gaps (rulebook sections 1 and 2)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.membership import (
    Act,
    Measure,
    Outcome,
    certificate_label,
    explain,
    may_still_complete,
    outcome_of,
)
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Item, OpenItems, Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import stages
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.services.training.membership_events import application_of, change, member_of, stood
from regional_desk.services.training.standings import Standing, last_endings, measure_of, read_standings
from regional_desk.store import memberships as store
from regional_desk.store.courses import CourseRow, MemberRow, list_courses, list_members
from regional_desk.store.ids import new_id
from regional_desk.store.memberships import CertificateRow
from regional_desk.store.people import application
from regional_desk.store.records import print_record

CERTIFICATE = "completion-certificate"
_REASON = "과정 수료 처리"


@dataclass(frozen=True, slots=True)
class Line:
    """One member of the course: the outcome now and after the act, and why; `open` is what it still waits for."""

    person: UUID
    number: int
    name: str
    before: Outcome | None
    outcome: Outcome | None
    why: str
    open: str | None

    @property
    def changes(self) -> bool:
        """Whether the act would change this membership."""
        return self.open is None and self.outcome is not None and self.outcome is not self.before


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would get which outcome; `seen` stands for exactly this plan."""

    course: CourseRow
    ends_on: dt.date
    ended: bool
    lines: tuple[Line, ...]
    seen: str

    @property
    def open_items(self) -> tuple[Item, ...]:
        """Whose outcome waits for 미입력."""
        return tuple(Item(line.name, line.open) for line in self.lines if line.open)

    def counts(self) -> dict[Outcome, int]:
        """People by outcome after the act, in the order of the outcomes."""
        found = {
            outcome: sum(line.outcome is outcome and line.open is None for line in self.lines)
            for outcome in Outcome
        }
        return {outcome: people for outcome, people in found.items() if people}


@dataclass(frozen=True, slots=True)
class Certificate:
    """One 수료증 with what it says; `minutes` are those of the whole course."""

    label: str
    person: UUID
    name: str
    birth: dt.date
    course: str
    track: str
    start: dt.date
    end: dt.date
    days: int
    minutes: int
    issued_on: dt.date
    reissues: int


@dataclass(frozen=True, slots=True)
class Left:
    """What a course that ended still waits for: memberships without an outcome, completed people without a certificate."""

    course: CourseRow
    ended_on: dt.date
    undecided: int
    without_certificate: int


def survey_left(desk: Desk) -> tuple[Left, ...]:
    """The courses of the programme year that ended with something left to do, the oldest first; names nobody."""
    today, found = desk.clock.today(), []
    with desk.store.read() as connection:
        for course in reversed(list_courses(connection)):
            ended = min(course.end, course.closed_on or course.end)
            if course.programme_year != desk.office.programme_year or ended >= today:
                continue
            members = list_members(connection, course.id)
            given = {row.membership_id for row in store.list_certificates(connection, course.id)}
            endings = last_endings(connection, [member.id for member in members])
            moved = {one for one, event in endings.items() if event.kind == Act.MOVED_OUT}
            undecided = sum(member.outcome is None and member.id not in moved for member in members)
            completed = [member.id for member in members if member.outcome == Outcome.COMPLETED]
            missing = sum(one not in given for one in completed)
            if undecided or missing:
                found.append(Left(course, ended, undecided, missing))
    return tuple(found)


def plan(desk: Desk, course_id: UUID) -> Plan:
    """Who gets which outcome and why, exactly as `complete` would do it now; noted, masked as the person may see it."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        detail = courses.read_detail(connection, course_id)
        found = _plan(desk, connection, courses.masked(desk, detail))
    desk.note_view("courses", [line.person for line in found.lines], {"course": str(course_id), "by": "plan"})
    return found


def complete(
    desk: Desk, course_id: UUID, *, seen: str | None = None, operation_id: UUID | None = None
) -> dict[str, Any]:
    """Give every membership of a course its outcome; who completes reaches 수료 on the course's last training day.

    Whose outcome hangs on 미입력 is left for the next time: nobody waits for the others. With `seen` (of the plan that
    was shown) it is done only as it was shown. Raises OpenItems where only such people are left, Refusal before the
    last training day, where the plan changed, or where nothing is left to do.
    """

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        found = _plan(desk, work.connection, detail)
        if not found.ended:
            raise Refusal(
                f"과정이 아직 끝나지 않았습니다. 마지막 훈련일({korean_date(found.ends_on)})부터 수료 처리할 수 있습니다."
            )
        if seen is not None and seen != found.seen:
            raise Refusal("미리 본 뒤에 출결이나 교육생이 바뀌어 처리하지 않았습니다. 다시 미리 보십시오.")
        changing = [line for line in found.lines if line.changes]
        if not changing and found.open_items:
            raise OpenItems(
                f"{len(found.open_items)}명의 미입력에 수료가 달려 있어 처리하지 않았습니다. 출결을 먼저 입력하십시오.",
                items=found.open_items,
            )
        if not changing:
            raise Refusal("새로 처리할 교육생이 없습니다. 이미 모두 처리되었습니다.")
        for line in changing:
            _give(work, detail, line, found.ends_on)
        return {
            "course": str(course_id),
            "changed": len(changing),
            "open": len(found.open_items),
            "outcomes": {outcome.value: people for outcome, people in found.counts().items()},
        }

    return desk.perform(Right.EDIT_COURSE, "course.completed", body, operation_id, title="수료 처리")


def issue(
    desk: Desk, course_id: UUID, people: Collection[UUID] | None = None, operation_id: UUID | None = None
) -> tuple[str, ...]:
    """Give everybody who completed (or those of `people`) a certificate, the numbers following the year's last one.

    Returns the new numbers in order. Raises Refusal where somebody named did not complete, or nobody is left.
    """

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        standings = read_standings(work.connection, detail)
        wrong = [
            row.name
            for row in standings
            if people is not None and row.person in people and row.outcome is not Outcome.COMPLETED
        ]
        if wrong:
            raise Refusal(f"수료하지 않은 사람({', '.join(wrong)})이 있어 아무에게도 발급하지 않았습니다.")
        due = [
            row
            for row in standings
            if row.outcome is Outcome.COMPLETED
            and row.certificate is None
            and (people is None or row.person in people)
        ]
        if not due:
            raise Refusal(
                "새로 발급할 수료증이 없습니다. 수료 처리를 먼저 하거나 이미 발급한 것을 확인하십시오."
            )
        return {"numbers": _number(work, detail.course, due)}

    done = desk.perform(Right.EDIT_COURSE, "certificate.issue", body, operation_id)
    return tuple(done["numbers"])


def void(desk: Desk, course_id: UUID, person: UUID, reason: str, operation_id: UUID | None = None) -> str:
    """Make somebody's certificate void with the reason and return its number, which is never given again.

    Then 수료 can be taken back, or a right certificate issued under the next number. Raises Refusal without a reason or
    a certificate.
    """
    why = reason.strip()
    if not why:
        raise Refusal("수료증을 무효로 하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        _, member = member_of(work.connection, course_id, person)
        held = store.list_certificates(work.connection, course_id)
        row = next((one for one in held if one.membership_id == member.id), None)
        if row is None:
            raise Refusal("발급한 수료증이 없어 무효로 할 것이 없습니다.")
        table = store.completion_certificate
        work.connection.execute(
            sa.update(table)
            .where(table.c.id == row.id)
            .values(void_reason=why, voided_at=work.at, version=table.c.version + 1)
        )
        label = certificate_label(row.programme_year, row.number)
        keys = desk.store.person_keys(work.connection, [person])
        told = {"number": label, "reason": why}
        work.log("certificate.void", "courses", course_id, values=[work.seal(keys, person, told)])
        return {"number": label}

    return str(desk.perform(Right.EDIT_COURSE, "certificate.void", body, operation_id)["number"])


def list_certificates(desk: Desk, course_id: UUID | None = None) -> tuple[Certificate, ...]:
    """The certificates of a course, or of the programme year, by number; noted and masked as the person may see them."""
    found = survey_certificates(desk, course_id)
    desk.note_view("courses", [one.person for one in found], {"by": "certificates"})
    return found


def survey_certificates(desk: Desk, course_id: UUID | None = None) -> tuple[Certificate, ...]:
    """The same for a paper, whose print is noted instead."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        wanted = [course_id] if course_id else [row.id for row in list_courses(connection)]
        found: list[Certificate] = []
        for one in wanted:
            detail = courses.masked(desk, courses.read_detail(connection, one))
            members = {member.id: member for member in detail.members}
            found += [
                _certificate(detail, members[row.membership_id], row)
                for row in store.list_certificates(connection, one)
            ]
    return tuple(sorted(found, key=lambda one: one.label))


def reissues_if_printed(desk: Desk, course_id: UUID, person: UUID | None) -> dict[UUID, int]:
    """How often each certificate of this print would have been reprinted with it: 0 for a first print."""
    with desk.store.read() as connection:
        printed = _prints(connection, course_id)
        return {
            person_of: row.reissues + _was_printed(printed, person_of, row)
            for person_of, row in _of_print(connection, course_id, person)
        }


def note_printed(connection: sa.Connection, course_id: UUID, person: UUID | None) -> None:
    """Count the print that is about to be recorded: whoever had one before gets it as 재발급."""
    printed, table = _prints(connection, course_id), store.completion_certificate
    for person_of, row in _of_print(connection, course_id, person):
        if _was_printed(printed, person_of, row):
            connection.execute(
                sa.update(table)
                .where(table.c.id == row.id)
                .values(reissues=row.reissues + 1, version=table.c.version + 1)
            )


def _plan(desk: Desk, connection: sa.Connection, detail: CourseDetail) -> Plan:
    measure = measure_of(connection, detail)
    lines = tuple(_line(measure, row) for row in read_standings(connection, detail) if not row.moved)
    told = [f"{line.person}|{line.outcome}|{line.open is None}" for line in lines]
    return Plan(
        detail.course,
        measure.last_day,
        desk.clock.today() >= measure.last_day,
        lines,
        hashlib.sha256("\n".join(told).encode()).hexdigest(),
    )


def _line(measure: Measure, row: Standing) -> Line:
    outcome = outcome_of(measure, row.ending)
    why = explain(measure, row.ending, outcome, "분" if row.by_minutes else "일")
    if row.certificate is not None and outcome is not Outcome.COMPLETED:
        told = f"{why} — 수료증을 발급한 뒤 출결이 바뀌었습니다. 확인하십시오."
        return Line(row.person, row.number, row.name, row.outcome, row.outcome, told, None)
    decides = outcome not in (Outcome.DISMISSED, Outcome.WITHDRAWN, Outcome.COMPLETED)
    waits = decides and row.unrecorded > 0 and may_still_complete(measure, row.best)
    return Line(
        row.person,
        row.number,
        row.name,
        row.outcome,
        outcome,
        why,
        f"미입력 {row.unrecorded}일에 따라 수료가 달라집니다." if waits else None,
    )


def _give(work: Work, detail: CourseDetail, line: Line, ends_on: dt.date) -> None:
    member = next(one for one in detail.members if one.person == line.person)
    before = stood(work.connection, member)
    on = member.left if member.left is not None and line.outcome is not Outcome.COMPLETED else ends_on
    new = before.but(outcome=line.outcome.value if line.outcome else None, outcome_on=on)
    application_id = application_of(work.connection, line.person, detail.course.programme_year)
    stage = None
    if application_id is not None and Outcome.COMPLETED in (line.outcome, line.before):
        stage = work.connection.execute(
            sa.select(application.c.stage).where(application.c.id == application_id)
        ).scalar_one()
        then = Stage.COMPLETED if line.outcome is Outcome.COMPLETED else Stage.ENROLLED
        stages.move(work, application_id, line.person, then, on, line.why)
    change(work, detail, member, Act.COMPLETED, on, new, f"{_REASON}: {line.why}", stage=stage)


def _number(work: Work, course: CourseRow, due: Sequence[Standing]) -> list[str]:
    last = store.last_certificate(work.connection, course.programme_year)
    labels = []
    keys = work.desk.store.person_keys(work.connection, [row.person for row in due])
    values = []
    for number, row in enumerate(due, start=last + 1):
        work.connection.execute(
            sa.insert(store.completion_certificate).values(
                id=new_id(),
                programme_year=course.programme_year,
                number=number,
                membership_id=row.membership,
                issued_on=work.at.date(),
                user_id=work.desk.actor.user_id,
                at=work.at,
            )
        )
        labels.append(certificate_label(course.programme_year, number))
        values.append(work.seal(keys, row.person, {"number": labels[-1]}))
    work.log("certificate.issue", "courses", course.id, {"first": labels[0], "last": labels[-1]}, values)
    return labels


def _certificate(detail: CourseDetail, member: MemberRow, row: CertificateRow) -> Certificate:
    return Certificate(
        label=certificate_label(row.programme_year, row.number),
        person=member.person,
        name=member.name,
        birth=member.birth,
        course=detail.course.name,
        track=detail.course.track,
        start=detail.course.start,
        end=detail.days[-1].day if detail.days else detail.course.end,
        days=len(detail.days),
        minutes=sum(day.minutes for day in detail.days),
        issued_on=row.issued_on,
        reissues=row.reissues,
    )


def _of_print(
    connection: sa.Connection, course_id: UUID, person: UUID | None
) -> list[tuple[UUID, CertificateRow]]:
    """The certificates of one print: of a course, or of one person in it."""
    detail = courses.read_detail(connection, course_id)
    people = {member.id: member.person for member in detail.members}
    rows = store.list_certificates(connection, course_id)
    return [(people[row.membership_id], row) for row in rows if person in (None, people[row.membership_id])]


def _prints(connection: sa.Connection, course_id: UUID) -> list[tuple[str | None, dt.datetime]]:
    """(person, moment) of each print of a course's certificates, None where it was the whole course."""
    query = sa.select(print_record.c.parameters, print_record.c.at).where(
        print_record.c.document == CERTIFICATE
    )
    return [
        (row.parameters.get("person"), row.at)
        for row in connection.execute(query)
        if row.parameters.get("course") == str(course_id)
    ]


def _was_printed(
    printed: Sequence[tuple[str | None, dt.datetime]], person: UUID, row: CertificateRow
) -> bool:
    return any(whose in (None, str(person)) and at >= row.at for whose, at in printed)
