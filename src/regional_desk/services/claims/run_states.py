"""What claim runs of every kind share: the newest one of a month, the step from state to state, and four eyes.

A 정산 run (kind `settlement`) shares all of this with a main and a supplementary one, as with 훈련수당.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay.run_states import OPEN_STATES, RunKind
from regional_desk.store import claim_runs as store
from regional_desk.store.accounts import list_users
from regional_desk.store.claim_runs import ClaimRunRow
from regional_desk.store.claims import claim_run

SUBJECT = "claims"

__all__ = ["OPEN_STATES", "SUBJECT", "RunKind", "advance", "expect", "find_run", "newest", "refuse_same_eyes"]


def newest(connection: sa.Connection, month: dt.date) -> ClaimRunRow:
    """The month's newest run that was not cancelled; raise UsageError where none was drafted."""
    found = store.list_runs(connection, month)
    if not found:
        raise UsageError(f"{month:%Y-%m}의 인턴지원금을 아직 작성하지 않았습니다. 먼저 작성해 주십시오.")
    return found[-1]


def find_run(connection: sa.Connection, run_id: UUID) -> ClaimRunRow:
    """One run; raise UsageError for an unknown id."""
    found = next((run for run in store.list_runs(connection, gone=True) if run.id == run_id), None)
    if found is None:
        raise UsageError("없는 인턴지원금입니다. 목록에서 다시 골라 주십시오.")
    return found


def expect(run: ClaimRunRow, *states: RunState) -> None:
    """Raise Refusal unless the run is in one of these states."""
    if run.state not in states:
        wanted = "' 또는 '".join(state.label for state in states)
        raise Refusal(
            f"지금 상태가 '{RunState(run.state).label}'이라 처리하지 않았습니다. '{wanted}' 상태에서 할 수 있습니다."
        )


def advance(
    work: Work, run: ClaimRunRow, state: RunState, *, action: str | None = None, **values: Any
) -> None:
    """Put a run into a state with what that step keeps, and log it; raise Refusal where somebody was first.

    `action` is the log's word where it is not the state's own.
    """
    changed = work.connection.execute(
        sa.update(claim_run)
        .where(claim_run.c.id == run.id, claim_run.c.version == run.version)
        .values(state=state.value, version=run.version + 1, **values)
    )
    if changed.rowcount != 1:
        raise Refusal("다른 사람이 먼저 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오.")
    told = {"month": run.month.isoformat(), "total": run.total, "number": run.number}
    work.log(f"claim.{action or state.value}", SUBJECT, run.id, told)


def refuse_same_eyes(connection: sa.Connection, desk: Desk, run: ClaimRunRow) -> bool:
    """Whether confirming is 단독 처리; refused once another person holds the right to confirm (rulebook section 7).

    Nobody confirms what they drafted, a run with a payslip or a company's account they were the last to change, nor a 정산
    of days not served that they wrote or took back after the 확정.
    """
    did = _own_hand(connection, desk.actor.user_id, run)
    if did is None:
        return False
    for user in list_users(connection):
        other = user.active and user.id != desk.actor.user_id
        if other and Right.CONFIRM_CLAIM in rights_of(Role(role) for role in user.roles):
            raise Refusal(
                f"{did} 사람은 확정할 수 없습니다. 확정 권한이 있는 다른 사람({user.name})이 확정해 주십시오."
            )
    return True


def _own_hand(connection: sa.Connection, user_id: UUID, run: ClaimRunRow) -> str | None:
    if run.drafted_by == user_id:
        return "작성한"
    if store.changed_payslip(connection, run.id, user_id):
        return "급여명세를 마지막으로 적은"
    if store.changed_account(connection, run.id, user_id):
        return "기업 계좌를 마지막으로 바꾼"
    if run.kind == RunKind.SETTLEMENT and store.changed_break(connection, run, user_id):
        return "중단·결근을 마지막으로 고친"
    return None
