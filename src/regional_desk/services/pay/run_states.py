"""What runs of every kind share: the newest one of a unit, the step from state to state, and four eyes.

A 정산 run (kind `settlement`) shares all of this with a main and a supplementary run: it is numbered in the same row of
versions of its unit, goes 작성 → 검토 → 확정 → 지급 → 대사, may go back or be cancelled alike, and its confirmed rows are
as fixed. It differs in what it is computed from and in its rows (`entitled`, `already`), which `settlement` writes
instead of `drafting`, and in the 환수 that follow from its 확정 and fall with its cancelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store import allowance as store
from regional_desk.store.accounts import list_users
from regional_desk.store.allowance import RunRow
from regional_desk.store.run_hands import changed_account

OPEN_STATES = (RunState.DRAFT, RunState.CHECKED)


class RunKind(StrEnum):
    """The unit's first run, one for people left out of it, or the differences found after 확정."""

    MAIN = "main"
    SUPPLEMENTARY = "supplementary"
    SETTLEMENT = "settlement"

    @property
    def label(self) -> str:
        """The Korean word."""
        return {"main": "본", "supplementary": "추가", "settlement": "정산"}[self.value]


@dataclass(frozen=True, slots=True)
class UnitKey:
    """One unit period of a course: what a selection of runs is made of."""

    course: UUID
    unit_no: int


def newest(connection: sa.Connection, course_id: UUID, unit_no: int) -> RunRow:
    """The unit's newest run that was not cancelled; raise UsageError where none was drafted."""
    found = store.list_runs(connection, course_id, unit_no)
    if not found:
        raise UsageError(f"{unit_no}단위기간의 훈련수당을 아직 작성하지 않았습니다. 먼저 작성해 주십시오.")
    return found[-1]


def expect(run: RunRow, *states: RunState) -> None:
    """Raise Refusal unless the run is in one of these states."""
    if run.state not in states:
        wanted = "' 또는 '".join(state.label for state in states)
        raise Refusal(
            f"지금 상태가 '{RunState(run.state).label}'이라 처리하지 않았습니다. '{wanted}' 상태에서 할 수 있습니다."
        )


def advance(work: Work, run: RunRow, state: RunState, *, action: str | None = None, **values: Any) -> None:
    """Put a run into a state with what that step keeps, and log it; raise Refusal where somebody was first.

    `action` is the log's word where it is not the state's own.
    """
    changed = work.connection.execute(
        sa.update(store.allowance_run)
        .where(store.allowance_run.c.id == run.id, store.allowance_run.c.version == run.version)
        .values(state=state.value, version=run.version + 1, **values)
    )
    if changed.rowcount != 1:
        raise Refusal("다른 사람이 먼저 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오.")
    work.log(
        f"allowance.{action or state.value}",
        "allowance",
        run.id,
        {"unit": run.unit_no, "total": run.total, "number": run.number},
    )


def refuse_same_eyes(connection: sa.Connection, desk: Desk, run: RunRow, *, corrected: bool) -> bool:
    """Whether confirming is 단독 처리; refused once two people hold the right to confirm (rulebook section 7).

    Nobody confirms what they drafted, nor a run with an account they were the last to change or a 정정 they asked for
    (`corrected`).
    """
    did = _own_hand(connection, desk.actor.user_id, run) or ("정정을 요청한" if corrected else None)
    if did is None:
        return False
    others = _others_who_may(connection, desk, Right.CONFIRM_ALLOWANCE)
    if others:
        raise Refusal(
            f"{did} 사람은 확정할 수 없습니다. 확정 권한이 있는 다른 사람({others[0]})이 확정해 주십시오."
        )
    return True


def _own_hand(connection: sa.Connection, user_id: UUID, run: RunRow) -> str | None:
    if run.drafted_by == user_id:
        return "작성한"
    if changed_account(connection, run.id, user_id):
        return "계좌를 마지막으로 바꾼"
    return None


def _others_who_may(connection: sa.Connection, desk: Desk, right: Right) -> list[str]:
    return [
        user.name
        for user in list_users(connection)
        if user.active
        and user.id != desk.actor.user_id
        and right in rights_of(Role(role) for role in user.roles)
    ]
