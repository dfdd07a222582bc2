"""What a run pays against the one before: the unit's earlier version, else the course's unit before it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.services.pay.run_states import RunKind
from regional_desk.store import allowance as store
from regional_desk.store.allowance import RunRow


@dataclass(frozen=True, slots=True)
class Difference:
    """The run compared with, named in Korean (empty where there is none), and its people's amounts in won.

    Held people have no amount there. Names nobody.
    """

    compared: str
    amounts: dict[UUID, int]

    def of(self, trainee: UUID, amount: int) -> int | None:
        """Won more (or less) than before, None for somebody the other run did not pay."""
        before = self.amounts.get(trainee)
        return None if before is None else amount - before


NOTHING = Difference("", {})


def difference(desk: Desk, run: RunRow) -> Difference:
    """What the run before paid; a 정산 tells its own difference and is compared with nothing."""
    desk.require(Right.SEE_PEOPLE)
    if run.kind == RunKind.SETTLEMENT:
        return NOTHING
    with desk.store.read() as connection:
        found = _before(connection, run)
        if found is None:
            return NOTHING
        amounts = {
            row.trainee: row.amount for row in store.list_pay_rows(connection, found.id) if not row.held
        }
    if found.unit_no == run.unit_no:
        state = RunState(found.state).label
        return Difference(f"{found.number}판({state})", amounts)
    return Difference(f"{found.unit_no}단위기간", amounts)


def _before(connection: sa.Connection, run: RunRow) -> RunRow | None:
    """The newest cancelled version of the same kind before this one, else the main run of the unit before."""
    versions = [
        one
        for one in store.list_runs(connection, run.course_id, run.unit_no, gone=True)
        if one.number < run.number and one.state == RunState.CANCELLED and one.kind == run.kind
    ]
    if versions:
        return versions[-1]
    earlier = [
        one for one in store.list_runs(connection, run.course_id, run.unit_no - 1) if one.kind == RunKind.MAIN
    ]
    return earlier[-1] if earlier else None
