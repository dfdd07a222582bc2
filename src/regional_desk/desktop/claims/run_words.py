"""The sentences around a run of claims: its version, what was said of it, what is to be settled, and its sums."""

from __future__ import annotations

from regional_desk.domain.allowance import RunState
from regional_desk.domain.settlement import Balance
from regional_desk.domain.text import won
from regional_desk.services.claims.claim_difference import ClaimDifference
from regional_desk.services.claims.claim_run import ClaimRun, Line
from regional_desk.services.claims.claim_settlement_due import Due
from regional_desk.services.claims.run_states import OPEN_STATES, RunKind
from regional_desk.store.claim_runs import ClaimRunRow

_NO_PAPERS = "–"


def version(run: ClaimRunRow) -> str:
    """`2판 추가 · 작성 · 4,000,000원`."""
    return f"{run.number}판 {RunKind(run.kind).label} · {RunState(run.state).label} · {won(run.total)}원"


def policy(run: ClaimRun | None) -> str:
    """Why a run can not be confirmed whatever its rows, empty where it can."""
    if run is None or run.adopted or run.state not in OPEN_STATES:
        return ""
    return "! 미승인 기준(또는 시험 방식)으로 작성되어 확정할 수 없습니다. [더 보기 → 지원 기준]에서 승인한 뒤 다시 작성하십시오."


def told(run: ClaimRun | None, due: Due | None) -> str:
    """What people said of the run on its way, and what changed since it was confirmed."""
    words = []
    if run is not None and run.kind is not RunKind.MAIN:
        words.append(f"{run.kind.label} 인턴지원금 {run.row.number}판")
    if run is not None and run.row.returned_reason:
        words.append(f"! 검토에서 되돌아옴: {run.row.returned_reason}")
    if run is not None and run.row.over_budget_reason:
        words.append(f"! 예산 잔액을 넘겨 확정함: {run.row.over_budget_reason}")
    if run is not None and run.state is RunState.CANCELLED:
        words.append(f"! 취소된 판입니다: {run.row.closed_reason}")
    if due is not None:
        sums = [f"더 지급 {won(due.amount)}원"] if due.amount else []
        sums += [f"환수 {won(due.recovery)}원"] if due.recovery else []
        words.append(
            f"! 확정한 뒤 기록이 바뀐 지원월 {due.rows}건({', '.join(sums) or '차액 없음'}): [더 보기 → 정산]"
        )
    return " · ".join(words)


def total(run: ClaimRun | None, difference: ClaimDifference) -> str:
    """The line under the table."""
    if run is None:
        return ""
    held = len(run.lines) - len(run.paid)
    left_out = f" · 보류 {held}건 제외" if held else ""
    solo = " · 단독 처리" if run.row.solo else ""
    changed = ""
    if difference.compared:
        changes = sum(bool(difference.of(line.key, line.amount)) for line in run.paid)
        changed = f" · {difference.compared}과(와) 다른 것 {changes}건"
    paid = f"기업 {len(run.companies)}곳 · {len(run.lines)}건(지급 {run.row.paid_interns}건)"
    return f"합계 {paid} {won(run.total)}원{left_out}{solo}{changed}"


def over_budget(run: ClaimRun | None, money: dict[int, Balance]) -> str:
    """Which programme year's balance the run exceeds and by how much, empty where none."""
    words = []
    for year, balance in sorted(money.items()):
        wanted = sum(line.amount for line in run.paid if line.programme_year == year) if run else 0
        if balance.known and wanted > balance.left:
            words.append(
                f"{year}년 예산 잔액 {won(balance.left)}원보다 {won(wanted - balance.left)}원 많습니다."
            )
    return " ".join(words)


def papers(run: ClaimRun, line: Line) -> str:
    """How many of the papers count: `6/8`; none is asked where nothing is claimed."""
    asked = len(run.terms.papers)
    if line.share == "0" or (run.kind is RunKind.SETTLEMENT and not line.amount):
        return _NO_PAPERS
    return f"{asked - sum(item.paper is not None for item in line.open_items)}/{asked}"


def status(run: ClaimRun, line: Line) -> str:
    """How a row stands: held, what is open, or what comes of it."""
    if line.held:
        return f"! 보류: {line.held}"
    if line.open_items:
        more = f" 외 {len(line.open_items) - 1}건" if len(line.open_items) > 1 else ""
        return f"! {line.open_items[0].message}{more}"
    if run.kind is RunKind.SETTLEMENT:
        return _settled(line)
    return "✓ 확인됨" if line.eligible else "▲ 지급 제외"


def tone(line: Line) -> str:
    """The colour that goes with it."""
    if line.held or line.open_items:
        return "warn"
    return "ok" if line.eligible else "bad"


def _settled(line: Line) -> str:
    back = (line.already or 0) - (line.entitled or 0)
    if line.amount:
        return f"✓ 더 지급 {won(line.amount)}원"
    return f"▼ 환수 {won(back)}원" if back > 0 else "· 차액 없음"
