"""The 인턴지원금 기준 behind `policy` and `claim policy`: shown, tried and adopted in one way."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from regional_desk.cli.context import Call
from regional_desk.domain.claims import Method
from regional_desk.domain.text import korean_date, won


@dataclass(frozen=True, slots=True)
class ClaimSettlement:
    """What a command gives of the terms; None leaves what holds. `support` in won a service month."""

    method: Method | None = None
    support: int | None = None
    rounding_unit: int | None = None
    effective_from: dt.date | None = None


def show_terms(call: Call) -> None:
    """Print the terms as they hold, and what each method would pay."""
    from regional_desk.services.claims import claim_policy

    _emit(call, claim_policy.read_policy(call.open()))


def adopt_terms(call: Call, given: ClaimSettlement, reference: str, document_date: dt.date) -> None:
    """Adopt what is given and print the terms."""
    from regional_desk.services.claims import claim_policy

    desk = call.open()
    _emit(
        call,
        claim_policy.adopt(desk, reference=reference, document_date=document_date, **asdict(given)),
    )


def preview_terms(call: Call, given: ClaimSettlement) -> None:
    """Print who changes by what is given; nothing is written."""
    from regional_desk.services.claims import claim_policy, policy_trial

    desk = call.open()
    found = policy_trial.try_out(desk, claim_policy.settle(desk, **asdict(given)))
    rows = [
        {
            "intern": str(one.internship),
            "name": one.name,
            "company": one.company_name,
            "month": f"{one.month:%Y-%m}",
            "month_no": one.month_no,
            "amount_before": one.amount_before,
            "amount_after": one.amount_after,
        }
        for one in found.changes
    ]
    data = {
        "policy": found.terms.key,
        "months": found.months,
        "total_before": found.total_before,
        "total_after": found.total_after,
        "kept": found.kept,
        "methods": {method.value: total for method, total in found.methods.items()},
        "rows": rows,
    }
    difference = found.total_after - found.total_before
    lines = [
        (
            f"바뀌는 지원월 {len(rows)}건, {difference:+,}원 ({won(found.total_before)}원 → {won(found.total_after)}원)"
            f" · 이미 확정된 {found.kept}건은 그대로"
        ),
        *(f"  {tried.label}: {won(total)}원" for tried, total in found.methods.items()),
        *(
            f"  {one.month:%Y-%m} {one.company_name} {one.name} {one.month_no}차 "
            f"{won(one.amount_before)}원 → {won(one.amount_after)}원"
            for one in found.changes
        ),
    ]
    call.emit(data, lines)


def _emit(call: Call, found: Any) -> None:
    from regional_desk.services.claims.board import method_totals

    terms, totals = found.terms, method_totals(call.open())
    data = {
        "policy": terms.key,
        "adopted": found.adoption is not None,
        "reference": found.reference,
        "support": terms.support,
        "method": terms.method.value,
        "rounding_unit": terms.rounding_unit,
        "max_months": terms.max_months,
        "effective_from": terms.effective_from.isoformat(),
        "papers": [{"paper": one.key, "label": one.label, "per": one.per.value} for one in terms.papers],
        "source": terms.source,
        "methods": {tried.value: total for tried, total in totals.items()},
    }
    state = f"승인: {found.reference}" if found.adoption else "미승인 정책"
    lines = [
        f"{terms.name} ({state}, {korean_date(terms.effective_from)}부터)",
        f"  월 {won(terms.support)}원, {terms.method.label}, {terms.rounding_unit}원 미만 버림, {terms.max_months}차까지",
        f"  서류: {', '.join(one.label for one in terms.papers)}",
        f"  근거: {terms.source}",
        "  확정하지 않은 지원월을 방식마다 계산하면:",
        *(f"    {tried.label}: {won(total)}원" for tried, total in totals.items()),
    ]
    call.emit(data, lines)
