"""Courses: their days and their unit periods; who belongs to them is read here and changed in `memberships`."""

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
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import codes, policies
from regional_desk.services.desk import Desk, Work
from regional_desk.services.holidays import holidays_between
from regional_desk.store import courses as store
from regional_desk.store.courses import CourseRow, DayRow, MemberRow
from regional_desk.store.ids import new_id

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
    room: str | None = None,
    days_off: Sequence[dt.date] = (),
    extra_days: Sequence[dt.date] = (),
    operation_id: UUID | None = None,
) -> CourseDetail:
    """Add a course with its proposed training days (rulebook section 1).

    `region` is the training place's 시군구 code, the office's own 시도 where none is given. Raises Refusal for dates out
    of order, a course longer than its scheme allows or without a day, a name in use; UsageError for an unknown region.
    """
    refuse_bad_span(scheme, start, end)
    for day in (*days_off, *extra_days):
        if not start <= day <= end:
            raise Refusal(f"{korean_date(day)}은(는) 과정 기간({korean_span(start, end)}) 밖입니다.")
    days = propose_days(desk, start, end, days_off, extra_days)
    if not days:
        raise Refusal("이 기간에는 훈련일이 하루도 없습니다. 날짜와 휴일을 확인해 주십시오.")
    place = codes.known_place(region) if region else desk.office.region
    row = CourseRow(
        id=new_id(),
        version=1,
        name=clean(name),
        track=track.value,
        start=start,
        end=end,
        region=place,
        scheme=scheme,
        programme_year=desk.office.programme_year,
        periods=_PERIODS,
        room=clean(room or "") or None,
    )
    minutes, extra = sum(last - first for first, last in _PERIODS), set(extra_days)

    def body(work: Work) -> dict[str, Any]:
        put_course(work, row, [DayRow(day, minutes, "추가" if day in extra else None) for day in days])
        return {"course": str(row.id)}

    done = desk.perform(Right.EDIT_COURSE, "course.add", body, operation_id)
    return outline(desk, UUID(done["course"]))


def refuse_bad_span(scheme: str, start: dt.date, end: dt.date) -> None:
    """Raise Refusal for dates out of order and for a course longer than its scheme allows, UsageError for no scheme."""
    terms = policies.shipped_scheme(scheme)
    if end < start:
        raise Refusal(f"종료일({korean_date(end)})이 시작일({korean_date(start)})보다 앞섭니다.")
    if (end - start).days > _LONGEST_DAYS:
        raise Refusal(f"과정 기간({korean_span(start, end)})이 너무 깁니다. 날짜를 확인해 주십시오.")
    units = unit_periods(start, end)
    if terms.longest_units is not None and len(units) > terms.longest_units:
        raise Refusal(
            f"'{terms.name}' 과정은 단위기간 {terms.longest_units}개({korean_date(units[0].end)}까지)를 넘을 수 없습니다. "
            f"종료일({korean_date(end)})을 확인해 주십시오."
        )


def put_course(work: Work, row: CourseRow, days: Sequence[DayRow]) -> None:
    """Write a new course with its days inside the caller's act; raise Refusal for a name in use, UsageError for none."""
    if not row.name:
        raise UsageError("과정 이름을 적어 주십시오.")
    refuse_name_taken(work.connection, row)
    names = ("id", "name", "track", "start", "end", "region", "scheme", "programme_year", "room", "round_id")
    work.connection.execute(
        sa.insert(store.course).values(
            **{name: getattr(row, name) for name in names},
            periods=[list(period) for period in row.periods],
            created_at=work.at,
        )
    )
    work.connection.execute(
        sa.insert(store.course_day),
        [{"course_id": row.id, "day": one.day, "minutes": one.minutes, "reason": one.reason} for one in days],
    )
    span = {"start": row.start.isoformat(), "end": row.end.isoformat()}
    work.log("course.add", "courses", row.id, {"name": row.name, **span, "days": len(days)})


def refuse_name_taken(connection: sa.Connection, row: CourseRow) -> None:
    """Raise Refusal where another course of the programme year has this course's name."""
    taken = sa.select(store.course.c.id).where(
        store.course.c.name == row.name,
        store.course.c.programme_year == row.programme_year,
        store.course.c.id != row.id,
    )
    if connection.execute(taken).first() is not None:
        raise Refusal(f"'{row.name}' 과정이 이미 있어 바꾸지 않았습니다. 다른 이름을 적어 주십시오.")
