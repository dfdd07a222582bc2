"""Courses: their days, their unit periods, and who belongs to them from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.calendar import UnitPeriod, training_days, unit_periods
from regional_desk.domain.masking import Masking
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Item, Refusal, UsageError
from regional_desk.services import policies
from regional_desk.services.desk import Desk, Work
from regional_desk.services.holidays import holidays_between
from regional_desk.store import courses as store
from regional_desk.store.courses import CourseRow, DayRow, MemberRow
from regional_desk.store.ids import new_id
from regional_desk.store.people import application, application_step, list_people

_PERIODS = tuple((hour * 60, (hour + 1) * 60) for hour in (9, 10, 11, 12, 14, 15, 16, 17))
_LONGEST_DAYS = 400


@dataclass(frozen=True, slots=True)
class CourseDetail:
    """A course with its training days, unit periods and members."""

    course: CourseRow
    days: tuple[DayRow, ...]
    units: tuple[UnitPeriod, ...]
    members: tuple[MemberRow, ...]

    def days_of(self, unit: UnitPeriod) -> tuple[DayRow, ...]:
        """The training days inside a unit period."""
        return tuple(day for day in self.days if unit.start <= day.day <= unit.end)


def list_courses(desk: Desk) -> tuple[CourseRow, ...]:
    """Every course, newest first."""
    with desk.store.read() as connection:
        return store.list_courses(connection)


def course(desk: Desk, course_id: UUID) -> CourseDetail:
    """One course with its members, who are noted and masked as the person may see them; raise UsageError for an unknown id.

    Whoever may see no people gets it without members.
    """
    if not desk.may(Right.SEE_PEOPLE):
        return outline(desk, course_id)
    with desk.store.read() as connection:
        detail = read_detail(connection, course_id)
    if detail.members:
        shown = [member.person for member in detail.members]
        desk.note_view("courses", shown, {"course": str(course_id)})
    return masked(desk, detail)


def outline(desk: Desk, course_id: UUID) -> CourseDetail:
    """One course without its members, for what names nobody; raise UsageError for an unknown id."""
    with desk.store.read() as connection:
        return read_detail(connection, course_id, ())


def masked(desk: Desk, detail: CourseDetail) -> CourseDetail:
    """The course with its members' names and births as this desk shows them."""
    masking = desk.masking
    if masking is Masking.FULL:
        return detail
    members = tuple(
        replace(member, name=masking.show_name(member.name), birth=masking.hide_birth(member.birth))
        for member in detail.members
    )
    return replace(detail, members=members)


def find_course(desk: Desk, text: str) -> UUID:
    """The course meant by an id or a name; raise UsageError where none or several fit."""
    typed = clean(text)
    found = [row.id for row in list_courses(desk) if typed in (str(row.id), row.name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{text}'(이)라는 과정이 {len(found)}개입니다. 과정 번호(id)로 지정해 주십시오.")
    raise UsageError(f"'{text}' 과정이 없습니다. 'course list'로 과정 이름을 확인해 주십시오.")


def read_detail(
    connection: sa.Connection, course_id: UUID, people: Collection[UUID] | None = None
) -> CourseDetail:
    """The course as one snapshot shows it, with all members or those among `people`; raise UsageError for an unknown id."""
    row = store.find_course(connection, course_id)
    if row is None:
        raise UsageError("없는 과정입니다. 과정 목록에서 다시 골라 주십시오.")
    return CourseDetail(
        row,
        store.list_days(connection, course_id),
        unit_periods(row.start, row.end),
        store.list_members(connection, course_id, people),
    )


def unit_of(detail: CourseDetail, unit_no: int) -> UnitPeriod:
    """The unit period of a number; raise UsageError where the course has none such."""
    for unit in detail.units:
        if unit.no == unit_no:
            return unit
    raise UsageError(
        f"이 과정에는 단위기간 {unit_no}이(가) 없습니다. 1~{len(detail.units)} 가운데에서 고르십시오."
    )


def propose_days(
    desk: Desk,
    start: dt.date,
    end: dt.date,
    days_off: Sequence[dt.date] = (),
    extra_days: Sequence[dt.date] = (),
) -> tuple[dt.date, ...]:
    """소정훈련일 of a course: Monday to Friday without holidays and closures, with the added days (rulebook 1)."""
    with desk.store.read() as connection:
        own = store.list_holidays(connection)
    public = holidays_between(start, end)
    return training_days(start, end, {*public, *own}, set(days_off), set(extra_days))


def add_course(
    desk: Desk,
    name: str,
    track: Track,
    start: dt.date,
    end: dt.date,
    *,
    region: str | None = None,
    scheme: str = policies.DEFAULT_SCHEME,
    days_off: Sequence[dt.date] = (),
    extra_days: Sequence[dt.date] = (),
    operation_id: UUID | None = None,
) -> CourseDetail:
    """Add a course with its proposed training days (rulebook section 1).

    Raises Refusal for dates out of order, a course longer than its scheme allows or without a day, a name in use.
    """
    title = clean(name)
    if not title:
        raise UsageError("과정 이름을 적어 주십시오.")
    if end < start:
        raise Refusal(f"종료일({korean_date(end)})이 시작일({korean_date(start)})보다 앞섭니다.")
    if (end - start).days > _LONGEST_DAYS:
        raise Refusal(f"과정 기간({korean_span(start, end)})이 너무 깁니다. 날짜를 확인해 주십시오.")
    for day in (*days_off, *extra_days):
        if not start <= day <= end:
            raise Refusal(f"{korean_date(day)}은(는) 과정 기간({korean_span(start, end)}) 밖입니다.")
    terms = policies.shipped_scheme(scheme)
    units = unit_periods(start, end)
    if terms.longest_units is not None and len(units) > terms.longest_units:
        raise Refusal(
            f"'{terms.name}' 과정은 단위기간 {terms.longest_units}개({korean_date(units[0].end)}까지)를 넘을 수 없습니다. "
            f"종료일({korean_date(end)})을 확인해 주십시오."
        )
    days = propose_days(desk, start, end, days_off, extra_days)
    if not days:
        raise Refusal("이 기간에는 훈련일이 하루도 없습니다. 날짜와 휴일을 확인해 주십시오.")
    course_id = new_id()
    extra = set(extra_days)

    def body(work: Work) -> dict[str, Any]:
        taken = sa.select(store.course.c.id).where(
            store.course.c.name == title, store.course.c.programme_year == desk.office.programme_year
        )
        if work.connection.execute(taken).first() is not None:
            raise Refusal(f"'{title}' 과정이 이미 있어 새로 만들지 않았습니다. 다른 이름을 적어 주십시오.")
        work.connection.execute(
            sa.insert(store.course).values(
                id=course_id,
                name=title,
                track=track.value,
                start=start,
                end=end,
                region=region or desk.office.region,
                scheme=scheme,
                programme_year=desk.office.programme_year,
                periods=[list(period) for period in _PERIODS],
                created_at=work.at,
            )
        )
        minutes = sum(last - first for first, last in _PERIODS)
        work.connection.execute(
            sa.insert(store.course_day),
            [
                {
                    "course_id": course_id,
                    "day": day,
                    "minutes": minutes,
                    "reason": "추가" if day in extra else None,
                }
                for day in days
            ],
        )
        work.log(
            "course.add",
            "courses",
            course_id,
            {"name": title, "start": start.isoformat(), "end": end.isoformat(), "days": len(days)},
        )
        return {"course": str(course_id)}

    done = desk.perform(Right.EDIT_COURSE, "course.add", body, operation_id)
    return outline(desk, UUID(done["course"]))


def enrol(
    desk: Desk,
    course_id: UUID,
    people: Sequence[UUID],
    *,
    direct_reason: str | None = None,
    operation_id: UUID | None = None,
) -> dict[str, Any]:
    """Make selected people members from the course's first day; with a reason, select and enrol in one recorded act.

    Raises Refusal listing who is not selected yet, already a member, or in another course on the same days.
    """

    def body(work: Work) -> dict[str, Any]:
        detail = read_detail(work.connection, course_id)
        known = {row.id: row for row in list_people(work.connection, desk.office.programme_year, people)}
        busy = _other_courses(work.connection, detail.course, people)
        members = {member.person for member in detail.members}
        problems: list[Item] = []
        for person in dict.fromkeys(people):
            row = known.get(person)
            if row is None:
                problems.append(Item(str(person), "없는 사람입니다."))
            elif person in members:
                problems.append(Item(row.name, "이미 이 과정의 교육생입니다."))
            elif person in busy:
                problems.append(Item(row.name, f"같은 기간에 '{busy[person]}' 과정의 교육생입니다."))
            elif direct_reason is None and row.stage not in _may_enrol():
                problems.append(
                    Item(row.name, "선발 단계가 아닙니다. 선발하거나 사유를 적어 바로 등록하십시오.")
                )
        if problems:
            raise Refusal(
                f"{len(problems)}명을 등록할 수 없어 아무도 등록하지 않았습니다. 아래 사유를 확인해 주십시오.",
                items=tuple(problems),
            )
        return _add_members(work, detail, [known[person] for person in dict.fromkeys(people)], direct_reason)

    return desk.perform(Right.EDIT_COURSE, "course.enrol", body, operation_id)


def join(
    desk: Desk, course_id: UUID, person: UUID, day: dt.date, reason: str, operation_id: UUID | None = None
) -> dict[str, Any]:
    """Let a member begin on a later day (늦게 합류); raise Refusal where records lie before it."""
    return _move(desk, course_id, person, day, reason, column="joined", operation_id=operation_id)


def leave(
    desk: Desk, course_id: UUID, person: UUID, day: dt.date, reason: str, operation_id: UUID | None = None
) -> dict[str, Any]:
    """Let a member leave; `day` is the last day inside. Raise Refusal where records lie after it."""
    return _move(desk, course_id, person, day, reason, column="left", operation_id=operation_id)


def _may_enrol() -> frozenset[str]:
    return frozenset({Stage.SELECTED.value})


def _other_courses(connection: sa.Connection, this: CourseRow, people: Sequence[UUID]) -> dict[UUID, str]:
    """Who is a member of another course whose days overlap with this one."""
    member, other = store.membership, store.course
    query = (
        sa.select(member.c.person_id, other.c.name)
        .join(other, other.c.id == member.c.course_id)
        .where(
            member.c.person_id.in_(list(people)),
            other.c.id != this.id,
            member.c.joined <= this.end,
            sa.func.coalesce(member.c.left, other.c.end) >= this.start,
        )
    )
    return {row.person_id: row.name for row in connection.execute(query)}


def _add_members(
    work: Work, detail: CourseDetail, rows: Sequence[Any], direct_reason: str | None
) -> dict[str, Any]:
    number = max((member.number for member in detail.members), default=0)
    keys = work.desk.store.person_keys(work.connection, [row.id for row in rows])
    values = []
    for place, row in enumerate(rows, start=1):
        work.connection.execute(
            sa.insert(store.membership).values(
                id=new_id(),
                course_id=detail.course.id,
                person_id=row.id,
                number=number + place,
                joined=detail.course.start,
                direct_reason=direct_reason,
            )
        )
        work.connection.execute(
            sa.update(application)
            .where(
                application.c.person_id == row.id,
                application.c.programme_year == detail.course.programme_year,
            )
            .values(stage=Stage.ENROLLED.value, version=application.c.version + 1)
        )
        _add_steps(work, row.id, direct=direct_reason is not None, year=detail.course.programme_year)
        values.append(work.seal(keys, row.id, {"from": row.stage, "number": number + place}))
    detail_of = {"people": len(rows), "direct": direct_reason}
    work.log("course.enrol", "courses", detail.course.id, detail_of, values)
    work.subjects.add("people")
    return {"course": str(detail.course.id), "enrolled": len(rows)}


def _add_steps(work: Work, person: UUID, *, direct: bool, year: int) -> None:
    """등록, and 선발 on the same day where both were one act."""
    query = sa.select(application.c.id).where(
        application.c.person_id == person, application.c.programme_year == year
    )
    application_id = work.connection.execute(query).scalar()
    if application_id is None:
        return
    for stage in (Stage.SELECTED, Stage.ENROLLED) if direct else (Stage.ENROLLED,):
        work.connection.execute(
            sa.insert(application_step).values(
                id=new_id(), application_id=application_id, stage=stage.value, on=work.at.date()
            )
        )


def _move(
    desk: Desk,
    course_id: UUID,
    person: UUID,
    day: dt.date,
    reason: str,
    *,
    column: str,
    operation_id: UUID | None,
) -> dict[str, Any]:
    if not reason.strip():
        raise Refusal("사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        detail = read_detail(work.connection, course_id)
        member = next((found for found in detail.members if found.person == person), None)
        if member is None:
            raise Refusal("이 과정의 교육생이 아닙니다.")
        if not detail.course.start <= day <= detail.course.end:
            span = korean_span(detail.course.start, detail.course.end)
            raise Refusal(f"{korean_date(day)}은(는) 과정 기간({span}) 밖입니다.")
        joined, left = (day, member.left) if column == "joined" else (member.joined, day)
        if left is not None and left < joined:
            raise Refusal(f"나간 날({korean_date(left)})이 들어온 날({korean_date(joined)})보다 앞섭니다.")
        _refuse_outside_records(work.connection, detail, member, joined, left)
        work.connection.execute(
            sa.update(store.membership)
            .where(store.membership.c.id == member.id)
            .values(
                joined=joined,
                left=left,
                left_reason=reason.strip() if column == "left" else member.left_reason,
                version=store.membership.c.version + 1,
            )
        )
        keys = desk.store.person_keys(work.connection, [person])
        value = {"day": day.isoformat(), "reason": reason.strip()}
        work.log(f"course.{column}", "courses", course_id, values=[work.seal(keys, person, value)])
        return {"course": str(course_id), "person": str(person), column: day.isoformat()}

    return desk.perform(Right.EDIT_COURSE, f"course.{column}", body, operation_id)


def _refuse_outside_records(
    connection: sa.Connection, detail: CourseDetail, member: MemberRow, joined: dt.date, left: dt.date | None
) -> None:
    """Records outside a membership would be no cells; they must be cleared by a person first."""
    outside = connection.exec_driver_sql(
        "SELECT day FROM attendance WHERE trainee_id = ? AND day BETWEEN ? AND ? AND (day < ? OR day > ?) ORDER BY day",
        (
            member.person.bytes,
            detail.course.start.isoformat(),
            detail.course.end.isoformat(),
            joined.isoformat(),
            (left or detail.course.end).isoformat(),
        ),
    ).fetchall()
    if outside:
        days = ", ".join(korean_date(dt.date.fromisoformat(row[0])) for row in outside[:5])
        raise Refusal(
            f"{member.name}님의 출결 기록 {len(outside)}건({days})이 그 기간 밖에 남게 되어 바꾸지 않았습니다. "
            "그 기록을 미입력으로 되돌린 뒤 다시 하십시오."
        )
