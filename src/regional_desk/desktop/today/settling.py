"""What is due after 확정: 정정 to decide, units to settle, 환수 to give notice of or that are overdue. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.text import won
from regional_desk.services.attendance import corrections
from regional_desk.services.desk import Desk
from regional_desk.services.pay import recoveries, settlement_due


def read_settling(desk: Desk) -> Iterator[Due]:
    """A line for the requests, one for each unit to settle, and one each for 환수 without notice and overdue."""
    requests = corrections.count_waiting(desk)
    if requests:
        yield Due(
            f"정정 요청 {requests}건",
            "요청한 사람이 아닌 사람이 승인하거나 반려합니다",
            "결정 →",
            "corrections",
            {},
        )
    for due in settlement_due.proposals(desk):
        sums = [f"+{won(due.amount)}원"] if due.amount else []
        sums += [f"환수 {won(due.recovery)}원"] if due.recovery else []
        yield Due(
            f"정산할 사람 {due.people}명" + (f" · {' · '.join(sums)}" if sums else " · 차액 없음"),
            f"{due.course_name} · {due.unit_no}단위기간 · 확정한 뒤 바뀐 기록이 있습니다",
            "정산 →",
            "allowance",
            {"course": due.course, "unit": due.unit_no},
        )
    waiting = recoveries.waiting(desk)
    if waiting.unnoticed:
        yield Due(
            f"환수 통지 전 {waiting.unnoticed}건", "납부기한을 정해 통지합니다", "통지 →", "recoveries", {}
        )
    if waiting.overdue:
        yield Due(
            f"환수 납부기한 지남 {waiting.overdue}건",
            f"남은 돈 {won(waiting.overdue_won)}원",
            "보기 →",
            "recoveries",
            {},
            "bad",
        )
