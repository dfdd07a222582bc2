"""The answers about benefits elsewhere, the spans that go with them, and the days of deductions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.allowance import benefit_answer, deduction_days
from regional_desk.store.courses import course, membership
from regional_desk.store.people import nonpayable_span


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question's answer (yes | no | unknown) for one member."""

    membership_id: UUID
    person: UUID
    kind: str
    version: int
    answer: str


@dataclass(frozen=True, slots=True)
class DeductionRow:
    """The days of one deduction for one member and unit."""

    membership_id: UUID
    person: UUID
    kind: str
    version: int
    days: int


def list_answers(connection: sa.Connection, course_id: UUID) -> tuple[AnswerRow, ...]:
    """Every answer of a course's members."""
    table = benefit_answer
    query = (
        sa.select(
            table.c.membership_id, membership.c.person_id, table.c.kind, table.c.version, table.c.answer
        )
        .join(membership, membership.c.id == table.c.membership_id)
        .where(membership.c.course_id == course_id)
    )
    return tuple(AnswerRow(*row) for row in connection.execute(query))


def count_unknown(connection: sa.Connection) -> tuple[tuple[UUID, str, int], ...]:
    """(course, its name, members) for each course with questions 미확인, oldest first."""
    table = benefit_answer
    query = (
        sa.select(course.c.id, course.c.name, sa.func.count(table.c.membership_id.distinct()))
        .join(membership, membership.c.id == table.c.membership_id)
        .join(course, course.c.id == membership.c.course_id)
        .where(table.c.answer == "unknown")
        .group_by(course.c.id)
        .order_by(course.c.start)
    )
    return tuple((row[0], row[1], row[2]) for row in connection.execute(query))


def add_answers(
    connection: sa.Connection, answers: Sequence[tuple[UUID, str, str]], user: UUID, at: dt.datetime
) -> None:
    """New answers (membership, kind, answer)."""
    if answers:
        rows = [
            {"membership_id": one, "kind": kind, "answer": answer, "version": 1, "user_id": user, "at": at}
            for one, kind, answer in answers
        ]
        connection.execute(sa.insert(benefit_answer), rows)


def change_answers(
    connection: sa.Connection, answers: Sequence[tuple[UUID, str, str]], user: UUID, at: dt.datetime
) -> None:
    """Other answers in place of those given (membership, kind, answer)."""
    table = benefit_answer
    query = (
        sa.update(table)
        .where(table.c.membership_id == sa.bindparam("of"), table.c.kind == sa.bindparam("what"))
        .values(answer=sa.bindparam("new"), version=table.c.version + 1, user_id=user, at=at)
    )
    if answers:
        connection.execute(query, [{"of": one, "what": kind, "new": new} for one, kind, new in answers])


def remove_span(
    connection: sa.Connection, person: UUID, kind: str, start: dt.date, end: dt.date | None
) -> bool:
    """Take one span away; tell whether there was one."""
    table = nonpayable_span
    same = table.c.end.is_(None) if end is None else table.c.end == end
    query = sa.select(table.c.id).where(
        table.c.person_id == person, table.c.kind == kind, table.c.start == start, same
    )
    found = connection.execute(query.limit(1)).scalar()
    if found is None:
        return False
    connection.execute(sa.delete(table).where(table.c.id == found))
    return True


# from the deductions to their members, for most offices have none and a course may have a hundred thousand
_DEDUCTIONS = (
    "SELECT d.membership_id, m.person_id, d.kind, d.version, d.days FROM deduction_days d "
    "CROSS JOIN membership m ON m.id = d.membership_id WHERE d.unit_no = ? AND m.course_id = ?"
)


def list_deductions(connection: sa.Connection, course_id: UUID, unit_no: int) -> tuple[DeductionRow, ...]:
    """The days of deductions in a course's unit."""
    rows = connection.exec_driver_sql(_DEDUCTIONS, (unit_no, course_id.bytes))
    return tuple(DeductionRow(UUID(bytes=row[0]), UUID(bytes=row[1]), *row[2:]) for row in rows)


def put_deduction(
    connection: sa.Connection,
    place: tuple[UUID, int, str],
    days: int,
    version: int | None,
    user: UUID,
    at: dt.datetime,
) -> bool:
    """Set the days of a (membership, unit, kind) as `version` has them, None for none yet; False where it was changed since."""
    of, unit_no, kind = place
    table = deduction_days
    if version is None:
        known = sa.select(
            sa.exists().where(table.c.membership_id == of, table.c.unit_no == unit_no, table.c.kind == kind)
        )
        if connection.execute(known).scalar_one():
            return False
        values = {
            "membership_id": of,
            "unit_no": unit_no,
            "kind": kind,
            "days": days,
            "user_id": user,
            "at": at,
        }
        connection.execute(sa.insert(table).values(values))
        return True
    changed = connection.execute(
        sa.update(table)
        .where(
            table.c.membership_id == of,
            table.c.unit_no == unit_no,
            table.c.kind == kind,
            table.c.version == version,
        )
        .values(days=days, version=version + 1, user_id=user, at=at)
    )
    return changed.rowcount == 1
