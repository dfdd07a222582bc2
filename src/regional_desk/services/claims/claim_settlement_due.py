"""What of the claims is to be settled: months whose confirmed money is no longer right, and the 정산 behind a 환수."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from regional_desk.domain.rights import Right
from regional_desk.errors import UsageError
from regional_desk.services.claims.claim_settlement import compute
from regional_desk.services.claims.interns import read_interns
from regional_desk.services.desk import Desk
from regional_desk.store.claim_money import ClaimedRow, list_rows
from regional_desk.store.claim_runs import CLOSED_STATES, ClaimRunRow, list_runs, programme_years
from regional_desk.store.recoveries import list_recoveries

_MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Due:
    """A month whose confirmed claims are no longer right: service months, won to pay and won to ask back. Names nobody."""

    month: dt.date
    rows: int
    amount: int
    recovery: int


def proposals(desk: Desk) -> tuple[Due, ...]:
    """The months with confirmed claims that no 정산 set right yet; names nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        runs = [run for run in list_runs(connection) if run.state in CLOSED_STATES]
        if not runs:
            return ()
        years = programme_years(connection)
        interns = {one.row.id: one for one in read_interns(connection, years, _MOST_MONTHS)}
        found = []
        for month in dict.fromkeys(run.month for run in runs):
            rows = compute(connection, month, interns)
            if rows:
                amount = sum(row.outcome.amount for row in rows)
                found.append(Due(month, len(rows), amount, sum(row.outcome.recovery for row in rows)))
    return tuple(found)


def behind(desk: Desk, recovery_id: UUID) -> tuple[ClaimRunRow, ClaimedRow]:
    """The 정산 run a company's 환수 came of, and its row; raise UsageError for an unknown id."""
    with desk.store.read() as connection:
        for claim in list_recoveries(connection, recovery_id=recovery_id):
            run = next((one for one in list_runs(connection) if one.id == claim.claim_run_id), None)
            if run is None:
                break
            key = (claim.internship_id, claim.claim_month)
            rows = list_rows(connection, run.id)
            return run, next(row for row in rows if (row.internship, row.month_no) == key)
    raise UsageError("확정된 정산이 없는 환수입니다. 환수 목록을 확인해 주십시오.")
