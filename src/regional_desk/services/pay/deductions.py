"""The days a policy's deductions are reckoned from: dormitory, meals, a missing 만족도 조사 (rulebook section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.policies import DeductionKind
from regional_desk.domain.rights import Right
from regional_desk.errors import Item, Refusal, UsageError
from regional_desk.services import policies
from regional_desk.services.attendance.tally import closed_people
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import benefits as store
from regional_desk.store.benefits import DeductionRow
from regional_desk.store.courses import MemberRow

SUBJECT = "allowance"


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one deduction for one person in a unit, 1 for a survey left out; `version` None where none were set yet."""

    person: UUID
    kind: DeductionKind
    days: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DeductionSheet:
    """A unit's days as they stand; `on` are the kinds the policy takes off, in which the others change nothing."""

    unit: UnitPeriod
    on: frozenset[DeductionKind]
    days: dict[tuple[UUID, DeductionKind], Days]


def sheet(desk: Desk, course_id: UUID, unit_no: int) -> DeductionSheet:
    """The unit's days, its people noted; raise UsageError for an unknown course or unit."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        detail = courses.read_detail(connection, course_id)
        unit = courses.unit_of(detail, unit_no)
        scheme = policies.in_force(connection, detail.course.scheme, unit.start).scheme
        rows = store.list_deductions(connection, course_id, unit_no)
    found = [_days(row) for row in rows]
    wanted = {"course": str(course_id), "unit": unit_no, "by": "deductions"}
    desk.note_view(SUBJECT, [member.person for member in detail.members], wanted)
    on = frozenset(one.kind for one in scheme.deductions if one.on)
    return DeductionSheet(unit, on, {(one.person, one.kind): one for one in found})


def set_days(
    desk: Desk, course_id: UUID, unit_no: int, wanted: Sequence[Days], operation_id: UUID | None = None
) -> int:
    """Set days of a unit in one act; return how many changed.

    Raises Refusal with each that cannot be (more days than the person has in the unit, a survey before the last unit, a
    person whose unit is confirmed, somebody else's change in between); then nothing is written.
    """

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        unit = courses.unit_of(detail, unit_no)
        members = {member.person: member for member in detail.members}
        closed = closed_people(work.connection, course_id, unit)
        problems = [
            Item(where.name if where else str(one.person), why)
            for one in wanted
            for where in [members.get(one.person)]
            if (why := _why_not(detail, unit, where, one, closed=one.person in closed))
        ]
        if problems:
            raise Refusal(
                f"공제 일수 {len(problems)}건을 적을 수 없어 아무것도 바꾸지 않았습니다: "
                f"{problems[0].where} — {problems[0].message}",
                items=tuple(problems),
            )
        return {"changed": _write(work, detail, unit_no, wanted)}

    return int(desk.perform(Right.DRAFT_ALLOWANCE, "deductions.set", body, operation_id)["changed"])


def kind_of(text: str) -> DeductionKind:
    """The kind meant by its name; raise UsageError for an unknown one."""
    found = next(
        (one for one in DeductionKind if text.replace(" ", "") in (one, one.label.replace(" ", ""))), None
    )
    if found is None:
        known = ", ".join(one.label for one in DeductionKind)
        raise UsageError(f"'{text}'은(는) 모르는 공제입니다. 쓸 수 있는 공제: {known}.")
    return found


def _why_not(
    detail: CourseDetail, unit: UnitPeriod, member: MemberRow | None, one: Days, *, closed: bool
) -> str | None:
    if member is None:
        return "이 과정의 교육생이 아닙니다."
    if closed:
        return "확정된 단위기간이라 바꿀 수 없습니다. 확정을 취소하거나 정산으로 처리하십시오."
    own = sum(
        member.joined <= row.day and (member.left is None or row.day <= member.left)
        for row in detail.days_of(unit)
    )
    most = 1 if one.kind is DeductionKind.SURVEY else own
    if one.kind is DeductionKind.SURVEY and unit.no != detail.units[-1].no:
        return "만족도 조사는 과정의 마지막 단위기간에서만 적습니다."
    if not 0 <= one.days <= most:
        return f"{one.kind.label}은(는) 0~{most} 가운데에서 적어 주십시오(적은 값 {one.days})."
    return None


def _write(work: Work, detail: CourseDetail, unit_no: int, wanted: Sequence[Days]) -> int:
    members = {member.person: member.id for member in detail.members}
    kept = {
        (row.person, row.kind): row
        for row in store.list_deductions(work.connection, detail.course.id, unit_no)
    }
    values: dict[UUID, list[list[Any]]] = {}
    for one in wanted:
        row = kept.get((one.person, one.kind.value))
        if (row.days if row else 0) == one.days:
            continue
        place = (members[one.person], unit_no, one.kind.value)
        if not store.put_deduction(
            work.connection, place, one.days, one.version, work.desk.actor.user_id, work.at
        ):
            raise Refusal("다른 사람이 먼저 공제 일수를 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오.")
        values.setdefault(one.person, []).append([one.kind.value, row.days if row else None, one.days])
    changed = sum(map(len, values.values()))
    if changed:
        keys = work.desk.store.person_keys(work.connection, values)
        sealed = [work.seal(keys, person, of) for person, of in values.items()]
        work.log("deductions.set", SUBJECT, detail.course.id, {"unit": unit_no, "cells": changed}, sealed)
    return changed


def _days(row: DeductionRow) -> Days:
    return Days(row.person, DeductionKind(row.kind), row.days, row.version)
