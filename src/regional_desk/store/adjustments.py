"""What was entered late, corrected and asked back of a programme year, counted up to a day."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from regional_desk.store.allowance import recovery, recovery_receipt
from regional_desk.store.attendance import attendance_correction, late_entry
from regional_desk.store.courses import course
from regional_desk.store.metadata import KST, Moment

_DAY = dt.timedelta(days=1)


def late_entries(connection: sa.Connection, programme_year: int, until: dt.date) -> int:
    """Lines of the 출석입력요청대장."""
    query = sa.select(sa.func.count()).where(
        late_entry.c.programme_year == programme_year, late_entry.c.at < _end_of(until)
    )
    return int(connection.execute(query).scalar_one())


def corrections(connection: sa.Connection, programme_year: int, until: dt.date) -> int:
    """Approved 정정."""
    table = attendance_correction
    query = (
        sa.select(sa.func.count())
        .select_from(table.join(course, course.c.id == table.c.course_id))
        .where(
            course.c.programme_year == programme_year,
            table.c.state == "approved",
            table.c.decided_at < _end_of(until),
        )
    )
    return int(connection.execute(query).scalar_one())


def asked_back(connection: sa.Connection, programme_year: int, until: dt.date) -> int:
    """Won of 환수 still asked for or settled, without what was waived or withdrawn."""
    query = sa.select(sa.func.coalesce(sa.func.sum(recovery.c.amount), 0)).where(
        recovery.c.programme_year == programme_year,
        recovery.c.at < _end_of(until),
        sa.or_(recovery.c.end_kind.is_(None), recovery.c.end_kind == "settled"),
    )
    return int(connection.execute(query).scalar_one())


def came_back(
    connection: sa.Connection, programme_year: int, until: dt.date, *, claims: bool | None = None
) -> int:
    """Won that came in for 환수: of both items, of 인턴지원금 (`claims`) or of 훈련수당 alone."""
    table = recovery_receipt
    query = (
        sa.select(sa.func.coalesce(sa.func.sum(table.c.amount), 0))
        .join(recovery, recovery.c.id == table.c.recovery_id)
        .where(recovery.c.programme_year == programme_year, table.c.on <= until, table.c.voided_at.is_(None))
    )
    if claims is not None:
        run = recovery.c.claim_run_id
        query = query.where(run.is_not(None) if claims else run.is_(None))
    return int(connection.execute(query).scalar_one())


def _end_of(day: dt.date) -> sa.BindParameter[dt.datetime]:
    midnight = dt.datetime.combine(day + _DAY, dt.time(), KST)
    return sa.bindparam(None, midnight, Moment)
