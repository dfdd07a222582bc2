"""What a run of claims pays against the one before: an earlier version of it, else each intern's service month before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.rights import Right
from regional_desk.services.claims.run_states import RunKind
from regional_desk.services.desk import Desk
from regional_desk.store import claim_money
from regional_desk.store import claim_runs as store
from regional_desk.store.claim_runs import ClaimRunRow

_BEFORE = "앞 지원월"


@dataclass(frozen=True, slots=True)
class ClaimDifference:
    """What is compared with, named in Korean (empty where there is nothing), and its won by internship and month.

    Held service months have no amount there. Names nobody.
    """

    compared: str
    amounts: dict[tuple[UUID, int], int]

    def of(self, key: tuple[UUID, int], amount: int) -> int | None:
        """Won more (or less) than before, None for a service month that nothing was paid for there."""
        before = self.amounts.get(key)
        return None if before is None else amount - before


NOTHING = ClaimDifference("", {})


def difference(desk: Desk, run: ClaimRunRow) -> ClaimDifference:
    """What was paid before; a 정산 tells its own difference and is compared with nothing."""
    desk.require(Right.SEE_PEOPLE)
    if run.kind == RunKind.SETTLEMENT:
        return NOTHING
    with desk.store.read() as connection:
        earlier = _cancelled(connection, run)
        if earlier is not None:
            rows = store.list_rows(connection, earlier.id)
            amounts = {(row.internship_id, row.month_no): row.amount for row in rows if not row.held}
            return ClaimDifference(f"{earlier.number}판({RunState(earlier.state).label})", amounts)
        found = _months_before(connection, run)
    return ClaimDifference(_BEFORE, found) if found else NOTHING


def _cancelled(connection: sa.Connection, run: ClaimRunRow) -> ClaimRunRow | None:
    """The newest cancelled version of the same kind before this one."""
    versions = [
        one
        for one in store.list_runs(connection, run.month, gone=True)
        if one.number < run.number and one.state == RunState.CANCELLED and one.kind == run.kind
    ]
    return versions[-1] if versions else None


def _months_before(connection: sa.Connection, run: ClaimRunRow) -> dict[tuple[UUID, int], int]:
    """What the confirmed runs gave each intern of the run for the service month before, in won."""
    wanted = {
        (row.internship_id, row.month_no - 1): (row.internship_id, row.month_no)
        for row in store.list_rows(connection, run.id)
    }
    found: Counter[tuple[UUID, int]] = Counter()
    for row in claim_money.list_rows(connection):
        key = wanted.get((row.internship, row.month_no))
        if key is not None:
            found[key] += row.amount
    return dict(found)
