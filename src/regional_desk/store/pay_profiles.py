"""A unit's people gathered into profiles, so that a hundred thousand are decided by the few hundred cases they make.

The database counts and never decides. `gather` puts everybody to be drafted into a temporary table with a profile: equal
profiles mean equal inputs of the rules. A rule then sees one person of each profile, `decide` keeps what it said, and
`write_rows` joins the two. Temporary tables stay in memory (SQLCipher is built with TEMP_STORE=2), nothing lies open on
the disk, and they end with `forget`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

# Eight bits each: days 출석, 결석 and 출석인정 (status 1, 2, 3), marks, days late to join, days left before the end.
# Most records are 출석 without a mark: every record counts as one, and only the others are looked at and moved.
_OTHERS = "a.status + a.marks > 1"
_MARKS = "(a.marks - (a.marks >> 1) - (a.marks >> 2))"  # how many of three bits are set
_COUNTS = f"count(a.day) + ifnull(sum(iif(a.marks, {_MARKS} << 24, (1 << (a.status - 1) * 8) - 1)) FILTER (WHERE {_OTHERS}), 0)"
_LATE = "CASE WHEN m.joined > :start THEN CAST(julianday(m.joined) - julianday(:start) AS INTEGER) << 32 ELSE 0 END"
_EARLY = 'CASE WHEN m."left" < :end THEN 1 + CAST(julianday(:end) - julianday(m."left") AS INTEGER) << 40 ELSE 0 END'
# Whom more decides than counts: each is a profile of their own. CROSS JOIN has the short table read first.
_APART = (
    "m.person_id IN (SELECT person_id FROM nonpayable_span "
    "UNION ALL SELECT trainee_id FROM attendance_correction WHERE course_id = :course AND state = 'approved' "
    "UNION ALL SELECT o.person_id FROM deduction_days d CROSS JOIN membership o ON o.id = d.membership_id "
    "UNION ALL SELECT o.person_id FROM course c CROSS JOIN membership o ON o.course_id = c.id "
    'WHERE c.id <> :course AND c.start <= :end AND c."end" >= :start)'
)
_DAYS = (
    "CREATE TEMP TABLE pay_day AS SELECT day FROM course_day "
    "WHERE course_id = :course AND NOT void AND day BETWEEN :start AND :end ORDER BY day"
)
# Where records are missing, each training day is looked up: 0 is 미입력, a blank lies outside the membership. It is done
# at once, while the pages with the person's records are at hand.
_STRIP = (
    "iif(count(a.day) = :days, group_concat(iif(a.marks, char(48 + a.status + 4 * a.marks), a.status), ''), "
    "(SELECT group_concat(CASE WHEN d.day < m.joined OR d.day > m.\"left\" THEN ' ' "
    "ELSE char(48 + ifnull(b.status + 4 * b.marks, 0)) END, '') "
    "FROM pay_day d LEFT JOIN attendance b ON b.trainee_id = m.person_id AND b.day = d.day))"
)
# A person's records and the training days are read in the order of their keys, so the strip need not be sorted; nor need
# what follows be, for people are put in by the order of their ids.
_GATHER = (
    'CREATE TEMP TABLE pay_person AS SELECT m.person_id trainee, m.number, m."left", '  # noqa: S608 - constants
    f"{_STRIP} strip, CASE WHEN :apart OR {_APART} THEN -m.number ELSE {_COUNTS} + ({_LATE}) + ({_EARLY}) END profile, "
    "m.person_id IN (SELECT trainee_id FROM allowance_hold WHERE course_id = :course AND unit_no = :unit "
    "AND released_at IS NULL) held "
    "FROM membership m LEFT JOIN attendance a ON a.trainee_id = m.person_id "
    'AND a.day BETWEEN max(m.joined, :start) AND min(coalesce(m."left", :end), :end){valid} '
    'WHERE m.course_id = :course AND m.joined <= :end AND coalesce(m."left", :end) >= :start '
    "AND m.person_id NOT IN (SELECT r.trainee_id FROM allowance_run n JOIN allowance_row r ON r.run_id = n.id "
    "WHERE n.course_id = :course AND n.state IN ('confirmed', 'paid', 'reconciled') AND r.held = 0 "
    'AND n.start <= :end AND n."end" >= :start) '
    "GROUP BY m.person_id ORDER BY m.person_id"
)
_VALID = " AND a.day NOT IN (SELECT day FROM course_day WHERE course_id = :course AND void)"
_ANY_VOID = "SELECT EXISTS (SELECT 1 FROM course_day WHERE course_id = ? AND void AND day BETWEEN ? AND ?)"
_BY_STRIP = (
    'UPDATE pay_person SET profile = strip || "left" WHERE profile >= 0 AND "left" < :end',
    "UPDATE pay_person SET profile = strip WHERE typeof(profile) = 'integer' AND profile >= 0",
)
_PROFILES = "SELECT profile, min(trainee), count(*), sum(held) FROM pay_person GROUP BY profile"
_DECISIONS = (
    "CREATE TEMP TABLE pay_decision (profile PRIMARY KEY, training_days, attended_days, converted_absences, rate_tenths, "
    "eligible, amount, trace, strip) WITHOUT ROWID"
)
_DECIDE = "INSERT INTO pay_decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SEEN = (
    "SELECT group_concat(seen, '') FROM (SELECT hex(p.trainee) || p.profile || p.strip || ';' seen FROM pay_person p "
    "CROSS JOIN pay_decision d ON d.profile = p.profile WHERE p.rowid > ? AND p.rowid <= ? ORDER BY p.rowid)"
)
_WRITE = (
    "INSERT INTO allowance_row (run_id, trainee_id, number, training_days, attended_days, converted_absences, "
    "rate_tenths, eligible, amount, trace, strip, held) SELECT ?, p.trainee, p.number, d.training_days, "
    "d.attended_days, d.converted_absences, d.rate_tenths, d.eligible, d.amount, d.trace, "
    "coalesce(d.strip, p.strip, ''), p.held "
    "FROM pay_person p CROSS JOIN pay_decision d ON d.profile = p.profile WHERE p.rowid > ? AND p.rowid <= ? "
    "ORDER BY p.rowid"
)
_AT_ONCE = (
    10000  # people; a statement keeps in memory what it reads together and what it changes, to be undone
)
_TABLES = ("pay_person", "pay_day", "pay_decision")

Profile = int | str
# profile, training days, attended days, converted absences, rate in tenths, eligible, won, trace as JSON, strip or None
DecisionValues = tuple[Profile, int, int, int, int, bool, int, str, str | None]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One case: somebody who stands for it, how many people it covers and how many of them are held.

    `apart` is true where it is one person whom more than counts decides; their strip is taken from their cells.
    """

    profile: Profile
    trainee: UUID
    people: int
    held: int

    @property
    def apart(self) -> bool:
        """Whether it is somebody set apart."""
        return isinstance(self.profile, int) and self.profile < 0


def gather(
    connection: sa.Connection,
    course_id: UUID,
    unit_no: int,
    start: dt.date,
    end: dt.date,
    days: int,
    *,
    apart: bool,
    by_strip: bool,
) -> tuple[ProfileRow, ...]:
    """The profiles of a unit's people who stand in no confirmed run of it; `days` is the number of its training days.

    With `apart` everybody is a profile of their own (a course that counts by minutes), with `by_strip` the order of the
    records tells profiles apart too (days of unequal length).
    """
    forget(connection)
    void = connection.exec_driver_sql(_ANY_VOID, (course_id.bytes, start.isoformat(), end.isoformat()))
    names = {
        "course": course_id.bytes,
        "unit": unit_no,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "days": days,
        "apart": apart,
    }
    _run(connection, _DAYS, names)
    _run(connection, _GATHER.format(valid=_VALID if void.scalar() else ""), names)
    if by_strip:
        for statement in _BY_STRIP:
            _run(connection, statement, names)
    rows = connection.exec_driver_sql(_PROFILES).fetchall()
    return tuple(ProfileRow(row[0], UUID(bytes=row[1]), row[2], row[3]) for row in rows)


def decide(connection: sa.Connection, decisions: Sequence[DecisionValues]) -> bytes:
    """Keep what was decided for each profile; return the digest of all the run would be made from."""
    connection.exec_driver_sql(_DECISIONS)
    if decisions:
        connection.exec_driver_sql(_DECIDE, list(decisions))
    digest = hashlib.sha256()
    for some in _parts(connection):
        seen = connection.exec_driver_sql(_SEEN, some).scalar() or ""
        digest.update(seen.encode())
    for values in sorted(decisions, key=repr):
        digest.update(repr(values).encode())
    return digest.digest()


def write_rows(connection: sa.Connection, run_id: UUID) -> None:
    """The run's rows: every person with what was decided for their profile."""
    for some in _parts(connection):
        connection.exec_driver_sql(_WRITE, (run_id.bytes, *some))


def forget(connection: sa.Connection) -> None:
    """Drop what was gathered and decided."""
    for table in _TABLES:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{table}")


def _parts(connection: sa.Connection) -> list[tuple[int, int]]:
    """The people gathered, by their place: after, up to."""
    last: int = connection.exec_driver_sql("SELECT ifnull(max(rowid), 0) FROM pay_person").scalar_one()
    return [(after, after + _AT_ONCE) for after in range(0, last, _AT_ONCE)]


def _run(connection: sa.Connection, statement: str, names: dict[str, object]) -> None:
    connection.exec_driver_sql(statement, names)
