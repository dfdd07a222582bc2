"""The sentences around a run: how far it is, what was said of it, and its sums."""

from __future__ import annotations

from regional_desk.domain.allowance import RunState
from regional_desk.domain.settlement import Balance
from regional_desk.domain.text import won
from regional_desk.services.pay.allowance_run import Run
from regional_desk.services.pay.run_difference import Difference
from regional_desk.services.pay.run_states import RunKind

_STEPS = (RunState.DRAFT, RunState.CHECKED, RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED)


def steps(state: RunState | None) -> str:
    """`작성 → [검토] → 확정 → 지급 → 대사`."""
    return " → ".join(f"[{step.label}]" if state is step else step.label for step in _STEPS)


def policy(run: Run | None) -> str:
    """Why a run can not be confirmed whatever its rows, empty where it can."""
    if run is None or run.adopted:
        return ""
    return "! 미승인 정책(또는 시험 방식)으로 작성되어 확정할 수 없습니다. [관리 → 정책]에서 승인하십시오."


def budget(money: Balance) -> str:
    """예산·집행·잔액, empty before a grant was entered."""
    if not money.known:
        return ""
    return f"예산 {won(money.granted)} · 집행 {won(money.spent)} · 잔액 {won(money.left)}원"


def told(run: Run | None) -> str:
    """What people said of the run on its way."""
    if run is None:
        return ""
    row = run.row
    words = []
    if row.kind != RunKind.MAIN:
        words.append(f"{RunKind(row.kind).label} 훈련수당 {row.number}판")
    if row.returned_reason:
        words.append(f"! 검토에서 되돌아옴: {row.returned_reason}")
    if row.over_budget_reason:
        words.append(f"! 예산 잔액을 넘겨 확정함: {row.over_budget_reason}")
    return " · ".join(words)


def total(run: Run | None, difference: Difference) -> str:
    """The line under the table."""
    if run is None:
        return ""
    held = sum(line.held is not None for line in run.lines)
    solo = " · 단독 처리" if run.row.solo else ""
    left_out = f" · 보류 {held}명 제외" if held else ""
    changed = ""
    if difference.compared:
        more = [difference.of(line.trainee, line.amount) for line in run.lines if line.held is None]
        changes = sum(1 for one in more if one)
        changed = f" · {difference.compared} 대비 바뀐 사람 {changes}명"
    return (
        f"합계 {len(run.lines)}명 (지급 {run.row.paid_people}명) {won(run.total)}원{left_out}{solo}{changed}"
    )
