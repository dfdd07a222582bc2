"""Control totals: what a confirmed run says of itself against the sum of its rows (reliability catalogue, row 48)."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk

_RUNS = (
    "SELECT n.total, n.paid_people, COALESCE(SUM(r.amount), 0), COUNT(CASE WHEN r.amount > 0 THEN 1 END) "
    "FROM allowance_run n LEFT JOIN allowance_row r ON r.run_id = n.id AND r.held = 0 "
    "WHERE n.state IN ('confirmed', 'paid', 'reconciled') GROUP BY n.id"
)


def drifted(connection: sa.Connection) -> int:
    """How many confirmed runs no longer add up."""
    rows = connection.exec_driver_sql(_RUNS).fetchall()
    return sum(total != amount or people != paid for total, people, amount, paid in rows)


def words(count: int) -> str:
    """What is told of runs that do not add up."""
    return f"확정된 훈련수당 {count}건의 합계가 사람별 금액과 맞지 않습니다."


def require_true(desk: Desk) -> None:
    """Raise Refusal before anything that reports or pays confirmed amounts leaves the office, where they do not add up."""
    with desk.store.read() as connection:
        count = drifted(connection)
    if count:
        raise Refusal(
            f"{words(count)} 아무것도 만들지 않았습니다. [관리 → 점검]을 열어 보고, 가장 최근의 온전한 백업과 견주십시오."
        )
