"""What is to be settled: confirmed units whose money is no longer right, and the 정산 behind a 환수."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.rights import Right
from regional_desk.errors import UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.pay.settlement import compute, corrections_due
from regional_desk.services.training import courses
from regional_desk.services.training.membership_events import differing
from regional_desk.store import allowance as store
from regional_desk.store import corrections
from regional_desk.store.allowance import RunRow
from regional_desk.store.recoveries import SettledRow, list_recoveries, settled_rows


@dataclass(frozen=True, slots=True)
class Due:
    """A confirmed unit whose money is no longer right: people, won to pay and won to ask back. Names nobody."""

    course: UUID
    course_name: str
    unit_no: int
    people: int
    amount: int
    recovery: int


def proposals(desk: Desk) -> tuple[Due, ...]:
    """The confirmed units with a 정정 or an act of membership that no 정산 took up yet; names nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        places = dict.fromkeys((one.course, one.unit_no) for one in differing(connection))
        for row in corrections.list_corrections(connection, states=["approved"]):
            place = (row.course_id, row.unit_no)
            if place not in places and row.trainee_id in corrections_due(connection, *place):
                places[place] = None
        return tuple(due for place in places if (due := _due(connection, *place)) is not None)


def _due(connection: sa.Connection, course_id: UUID, unit_no: int) -> Due | None:
    detail = courses.read_detail(connection, course_id)
    rows = compute(connection, detail, courses.unit_of(detail, unit_no))
    if not rows:
        return None
    return Due(
        course_id,
        detail.course.name,
        unit_no,
        len(rows),
        sum(row.outcome.amount for row in rows),
        sum(row.outcome.recovery for row in rows),
    )


def behind(desk: Desk, recovery_id: UUID) -> tuple[RunRow, SettledRow]:
    """The 정산 run a 환수 came of, and its row; raise UsageError for an unknown id."""
    with desk.store.read() as connection:
        for claim in list_recoveries(connection, recovery_id=recovery_id):
            if claim.run_id is None:
                break
            runs = store.list_runs(connection, claim.course_id, claim.unit_no)
            run = next((one for one in runs if one.id == claim.run_id), None)
            rows = settled_rows(connection, claim.run_id)
            if run is not None:
                return run, next(row for row in rows if row.trainee == claim.trainee_id)
    raise UsageError("확정된 정산이 없는 환수입니다. 환수 목록을 확인해 주십시오.")
