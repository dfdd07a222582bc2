"""Rows that go from one person to another when two records turn out to be one person, and how to tell they are unchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store import sealing
from regional_desk.store.allowance import (
    account_release,
    allowance_hold,
    allowance_row,
    allowance_run,
    pay_line,
    recovery,
)
from regional_desk.store.attendance import (
    attendance,
    attendance_correction,
    attendance_evidence,
    attendance_remark,
    call_line,
    check_in,
    closing_exception,
    late_entry,
    lease,
    second_entry,
)
from regional_desk.store.claims import claim_row
from regional_desk.store.courses import course, membership
from regional_desk.store.internships import internship
from regional_desk.store.matching import (
    forbidden_pair,
    interview,
    matching_minute,
    matching_trainee,
    placement,
    preference,
)
from regional_desk.store.memberships import counselling, membership_event
from regional_desk.store.metadata import canonical
from regional_desk.store.people import application, nonpayable_span, person, person_key
from regional_desk.store.records import import_row
from regional_desk.store.recruitment import consent, person_document, person_merge
from regional_desk.store.retention import disposal_person, separation
from regional_desk.store.undo import undo_part, undo_step

_SHORT = 16  # hex digits: tells a change, no value
_MARKED = frozenset({"version"})


@dataclass(frozen=True, slots=True)
class Moved:
    """A table whose rows go along: the column that says whose a row is, and those that name it beside the person."""

    table: sa.Table
    whose: str
    key: tuple[str, ...] = ("id",)

    def key_of(self, row: sa.Row[Any]) -> str:
        """What names a row beside the person, as text."""
        return " ".join(str(row._mapping[name]) for name in self.key)  # noqa: SLF001 - SQLAlchemy's documented mapping view


MOVED: Mapping[str, Moved] = {
    "application": Moved(application, "person_id"),
    "membership": Moved(
        membership, "person_id"
    ),  # with what hangs on it: 지급 제외 answers, days of deduction, 취업상황
    "attendance": Moved(attendance, "trainee_id", ("day",)),
    "attendance_evidence": Moved(attendance_evidence, "trainee_id"),
    "attendance_remark": Moved(attendance_remark, "trainee_id", ("day",)),
    "check_in": Moved(check_in, "trainee_id"),
    "call_line": Moved(call_line, "trainee_id", ("list_id", "number")),
    "second_entry": Moved(second_entry, "trainee_id", ("day",)),
    "closing_exception": Moved(closing_exception, "trainee_id"),
    "nonpayable_span": Moved(nonpayable_span, "person_id"),
    "counselling": Moved(counselling, "person_id"),
    "person_document": Moved(person_document, "person_id"),
    "consent": Moved(consent, "person_id"),
}
SEALED = tuple(name for name, one in MOVED.items() if "sealed" in one.table.c)  # under its person's key
ONE_A_DAY = tuple(name for name, one in MOVED.items() if one.key == ("day",))
IN_COURSE = (
    "attendance",
    "attendance_evidence",
    "attendance_remark",
    "check_in",
    "call_line",
    "second_entry",
    "closing_exception",
)

# Pay acts are of one person for good: somebody they name is kept, not merged away.
PAY: tuple[sa.Column[Any], ...] = (
    allowance_row.c.trainee_id,
    allowance_hold.c.trainee_id,
    pay_line.c.trainee_id,
    recovery.c.trainee_id,
    attendance_correction.c.trainee_id,
    claim_row.c.trainee_id,
)

# Nor is somebody who takes part in a matching round or was an intern: wishes, interviews, minutes and agreements were
# given under that name.
MATCHED: tuple[sa.Column[Any], ...] = (
    matching_trainee.c.trainee_id,
    preference.c.trainee_id,
    interview.c.trainee_id,
    forbidden_pair.c.trainee_id,
    placement.c.trainee_id,
    matching_minute.c.trainee_id,
    matching_minute.c.displaced_id,
    internship.c.trainee_id,
)

# What tells of the record itself, or was numbered and signed under its name, stays with it; its key is kept.
STAYS: tuple[sa.Column[Any], ...] = (
    person.c.merged_into,
    person_key.c.person_id,
    person_merge.c.kept_id,
    person_merge.c.gone_id,
    separation.c.person_id,
    disposal_person.c.person_id,
    import_row.c.person_id,
    late_entry.c.trainee_id,  # 출석입력요청대장: append-only
    account_release.c.person_id,  # an account that comes along is held anew
)


def rows_of(connection: sa.Connection, name: str, person_id: UUID) -> dict[str, sa.Row[Any]]:
    """A person's rows of one of the MOVED tables, by what names each."""
    moved = MOVED[name]
    rows = connection.execute(sa.select(moved.table).where(moved.table.c[moved.whose] == person_id))
    return {moved.key_of(row): row for row in rows}


def mark(lookup: bytes, row: sa.Row[Any]) -> str:
    """A short keyed hash of a row, so that a later change is noticed and no value is kept."""
    values = {name: _text(value) for name, value in row._mapping.items() if name not in _MARKED}  # noqa: SLF001 - as above
    return sealing.fingerprint(lookup, canonical(values)).hex()[:_SHORT]


def give(
    connection: sa.Connection,
    name: str,
    chosen: Collection[str],
    owners: tuple[UUID, UUID],
    keys: Mapping[UUID, bytes],
) -> None:
    """Let these rows be the other one's, what is sealed in them under that person's key; `owners` are (giver, taker)."""
    moved, (giver, taker) = MOVED[name], owners
    rows = rows_of(connection, name, giver) if chosen else {}
    for one in chosen:
        values = rows[one]._mapping  # noqa: SLF001 - as above
        new: dict[str, Any] = {moved.whose: taker}
        if "version" in moved.table.c:
            new["version"] = moved.table.c.version + 1
        if name in SEALED and values["sealed"] is not None:
            plain = sealing.unseal(keys[giver], bytes(values["sealed"]), giver.bytes)
            new["sealed"] = sealing.seal(keys[taker], plain, taker.bytes)
        same = [moved.table.c[part] == values[part] for part in moved.key]
        connection.execute(
            sa.update(moved.table).where(moved.table.c[moved.whose] == giver, *same).values(**new)
        )


def spans_in_courses(
    connection: sa.Connection, person_id: UUID
) -> tuple[tuple[UUID, UUID, str, int, dt.date, dt.date], ...]:
    """(membership, course, its name, its programme year, first and last day inside) of a person."""
    last = sa.func.coalesce(membership.c.left, course.c.end, type_=sa.Date)
    query = (
        sa.select(
            membership.c.id, course.c.id, course.c.name, course.c.programme_year, membership.c.joined, last
        )
        .join(course, course.c.id == membership.c.course_id)
        .where(membership.c.person_id == person_id)
        .order_by(membership.c.joined)
    )
    return tuple(tuple(row) for row in connection.execute(query))


def has_pay(connection: sa.Connection, person_id: UUID) -> bool:
    """Whether a run, a hold, a pay file, a 정정 or a 환수 names somebody: those rows are of that person for good."""
    return _named(connection, person_id, PAY)


def has_matching(connection: sa.Connection, person_id: UUID) -> bool:
    """Whether a matching round or an internship names somebody."""
    return _named(connection, person_id, MATCHED)


def _named(connection: sa.Connection, person_id: UUID, columns: Collection[sa.Column[Any]]) -> bool:
    found = sa.union_all(*(sa.select(whose).where(whose == person_id) for whose in columns))
    return connection.execute(found).first() is not None


def fixed_courses(connection: sa.Connection, person_id: UUID) -> frozenset[UUID]:
    """The courses with a run or a line of the 출석입력요청대장 that names somebody."""
    paid = (
        sa.select(allowance_run.c.course_id)
        .join(allowance_row, allowance_row.c.run_id == allowance_run.c.id)
        .where(allowance_row.c.trainee_id == person_id)
    )
    late = sa.select(late_entry.c.course_id).where(late_entry.c.trainee_id == person_id)
    return frozenset(connection.execute(sa.union(paid, late)).scalars())


def lent_courses(connection: sa.Connection, person_id: UUID) -> dict[UUID, str]:
    """Who holds each course of somebody that is lent out now: there it goes on under this very id."""
    query = (
        sa.select(lease.c.course_id, lease.c.holder)
        .join(membership, membership.c.course_id == lease.c.course_id)
        .where(membership.c.person_id == person_id, lease.c.end_kind.is_(None))
    )
    return {row.course_id: row.holder for row in connection.execute(query)}


def eventful(connection: sa.Connection, person_id: UUID) -> frozenset[str]:
    """The memberships of somebody that have events, whose sealed reasons stay under that person's key for good."""
    query = (
        sa.select(membership_event.c.membership_id)
        .join(membership, membership.c.id == membership_event.c.membership_id)
        .where(membership.c.person_id == person_id)
    )
    return frozenset(str(one) for one in connection.execute(query).scalars())


def end_steps(connection: sa.Connection, person_id: UUID) -> None:
    """Undo steps about somebody who is merged away would write to rows that are another's now."""
    mine = sa.select(undo_part.c.step_id).where(undo_part.c.person_id == person_id)
    connection.execute(sa.update(undo_step).where(undo_step.c.id.in_(mine)).values(state="dead"))


def _text(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, (int, str, bool, type(None))) else str(value)
