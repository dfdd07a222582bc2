"""The register of instructors (강사 명부) and what each is paid for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.calendar import month_span
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, digits_only
from regional_desk.domain.timetable import fee, paid_minutes
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store import timetable as store
from regional_desk.store.ids import new_id
from regional_desk.store.timetable import InstructorRow, LessonRow

SUBJECT = "instructors"
KINDS = {"internal": "내부", "external": "외부"}


@dataclass(frozen=True, slots=True)
class InstructorValues:
    """What is kept of an instructor; `hourly_rate` in won, None where no fee is paid."""

    name: str
    kind: str = "external"
    organisation: str | None = None
    field: str | None = None
    phone: str | None = None
    email: str | None = None
    hourly_rate: int | None = None


@dataclass(frozen=True, slots=True)
class PaidLesson:
    """One lesson with the minutes that are paid for it: 0 where the same hour is paid with another class already."""

    lesson: LessonRow
    minutes: int


@dataclass(frozen=True, slots=True)
class InstructorMonth:
    """One instructor's month: lessons, minutes, and the fee in won (None where no fee is paid)."""

    instructor: InstructorRow
    lessons: tuple[PaidLesson, ...]
    minutes: int
    fee: int | None


def list_instructors(desk: Desk, *, active_only: bool = False) -> tuple[InstructorRow, ...]:
    """The register by name, masked for whoever may not unmask."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_instructors(connection)
    return tuple(masked(desk, row) for row in rows if row.active or not active_only)


def find_instructor(desk: Desk, text: str) -> InstructorRow:
    """The instructor meant by an id, a name, or `성명(소속)`; raise UsageError where none or several fit."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_instructors(connection)
    typed = clean(text)
    found = [row for row in rows if typed in (str(row.id), row.name, full_label(row))]
    if len(found) == 1:
        return masked(desk, found[0])
    if found:
        raise UsageError(f"'{typed}' 강사가 {len(found)}명입니다. 성명(소속)으로 적어 주십시오.")
    raise UsageError(f"'{typed}' 강사가 명부에 없습니다. 'instructor list'로 확인해 주십시오.")


def add(desk: Desk, values: InstructorValues, operation_id: UUID | None = None) -> UUID:
    """Put somebody into the register; raise Refusal for a name that stands there with the same 소속, UsageError for bad values."""
    wanted = _cleaned(values)
    instructor_id = new_id()

    def body(work: Work) -> dict[str, Any]:
        _refuse_twice(work.connection, wanted, None)
        work.connection.execute(
            sa.insert(store.instructor).values(
                id=instructor_id, active=True, created_at=work.at, **_columns(wanted)
            )
        )
        work.log("instructor.add", SUBJECT, instructor_id)
        return {"instructor": str(instructor_id)}

    return UUID(desk.perform(Right.EDIT_COURSE, "instructor.add", body, operation_id)["instructor"])


def edit(
    desk: Desk,
    instructor_id: UUID,
    version: int,
    values: InstructorValues,
    *,
    active: bool = True,
    operation_id: UUID | None = None,
) -> None:
    """Change an instructor's row; raise Refusal where somebody else changed it since `version` was read."""
    wanted = _cleaned(values)

    def body(work: Work) -> dict[str, Any]:
        _refuse_twice(work.connection, wanted, instructor_id)
        before = next(
            (row for row in store.list_instructors(work.connection) if row.id == instructor_id), None
        )
        changed = work.connection.execute(
            sa.update(store.instructor)
            .where(store.instructor.c.id == instructor_id, store.instructor.c.version == version)
            .values(active=active, version=version + 1, **_columns(wanted))
        )
        if before is None or changed.rowcount != 1:
            raise Refusal("다른 사람이 먼저 바꾸었습니다. 목록을 새로 고친 뒤 다시 하십시오.")
        fields = [name for name, value in _columns(wanted).items() if getattr(before, name) != value]
        if before.active != active:
            fields.append("active")
        work.log("instructor.edit", SUBJECT, instructor_id, {"fields": sorted(fields)})
        return {"instructor": str(instructor_id)}

    desk.perform(Right.EDIT_COURSE, "instructor.edit", body, operation_id)


def month(desk: Desk, month_text: str, instructor_id: UUID | None = None) -> tuple[InstructorMonth, ...]:
    """Who taught how much in a month `2026-08`, and the fee it makes; masked for whoever may not unmask.

    Lessons of days taken out and of a course's days after 폐강 are none. Raises UsageError for a bad month.
    """
    desk.require(Right.SEE_PEOPLE)
    try:
        start, end = month_span(month_text)
    except ValueError as error:
        raise UsageError(f"'{month_text}'은(는) 달로 읽을 수 없습니다. 2026-08처럼 적어 주십시오.") from error
    with desk.store.read() as connection:
        rows = store.list_instructors(connection)
        lessons = store.list_lessons(connection, start, end, instructor_id=instructor_id)
    by_instructor: dict[UUID, list[LessonRow]] = {}
    for lesson in lessons:
        if lesson.instructor is not None:
            by_instructor.setdefault(lesson.instructor, []).append(lesson)
    return tuple(
        _month_of(masked(desk, row), by_instructor[row.id]) for row in rows if row.id in by_instructor
    )


def full_label(row: InstructorRow) -> str:
    """`김강사(한빛기술)`, what tells two of the same name apart."""
    return f"{row.name}({row.organisation})" if row.organisation else row.name


def labels(rows: Sequence[InstructorRow]) -> dict[UUID, str]:
    """How each is named in a timetable: by name, with the 소속 where two have the same name."""
    names = [row.name for row in rows]
    return {row.id: full_label(row) if names.count(row.name) > 1 else row.name for row in rows}


def masked(desk: Desk, row: InstructorRow) -> InstructorRow:
    """The row as this desk shows people."""
    masking = desk.masking
    if masking is Masking.FULL:
        return row
    return replace(
        row,
        name=masking.show_name(row.name),
        phone=masking.show_phone(row.phone) or None,
        email=masking.show_email(row.email) or None,
    )


def _month_of(row: InstructorRow, lessons: Sequence[LessonRow]) -> InstructorMonth:
    ordered = sorted(lessons, key=lambda one: (one.day, one.start, one.course_name))
    minutes = paid_minutes([(one.day, one.start, one.end) for one in ordered])
    paid = tuple(PaidLesson(lesson, own) for lesson, own in zip(ordered, minutes, strict=True))
    return InstructorMonth(row, paid, sum(minutes), fee(sum(minutes), row.hourly_rate))


def _cleaned(values: InstructorValues) -> InstructorValues:
    name = clean(values.name)
    if not name:
        raise UsageError("강사 성명을 적어 주십시오.")
    if values.kind not in KINDS:
        raise UsageError(f"강사 구분은 {', '.join(KINDS)} 가운데 하나입니다.")
    if values.hourly_rate is not None and values.hourly_rate < 0:
        raise UsageError("시간당 강사료는 0원보다 작을 수 없습니다.")
    return replace(
        values,
        name=name,
        organisation=clean(values.organisation or "") or None,
        field=clean(values.field or "") or None,
        phone=digits_only(values.phone or "") or None,
        email=clean(values.email or "") or None,
    )


def _columns(values: InstructorValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in InstructorValues.__slots__}


def _refuse_twice(connection: sa.Connection, values: InstructorValues, own: UUID | None) -> None:
    for row in store.list_instructors(connection):
        if row.id != own and (row.name, row.organisation) == (values.name, values.organisation):
            raise Refusal(
                "같은 소속의 같은 이름이 이미 강사 명부에 있어 바꾸지 않았습니다. 다른 분이면 소속을 달리 적어 주십시오."
            )
