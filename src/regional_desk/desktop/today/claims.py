"""What is due with the 인턴지원금: months to draft or confirm, what is held or to be settled, the policy. It names nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.calendar import month_span
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date, won
from regional_desk.services.claims import claim_settlement_due
from regional_desk.services.claims.claim_due import survey_claims_due
from regional_desk.services.claims.claim_policy import SCHEME
from regional_desk.services.desk import Desk
from regional_desk.services.papers import open_points

_PAGE = "claims"
_DAY, _SOON = dt.timedelta(days=1), dt.timedelta(days=7)
_RIGHTS = (Right.DRAFT_CLAIM, Right.CHECK_CLAIM, Right.CONFIRM_CLAIM)


def read_claims(desk: Desk) -> Iterator[Due]:
    """A line for each month not confirmed, for held service months, 정산 and the policy, for whoever works on claims."""
    if not any(desk.may(right) for right in _RIGHTS):
        return
    today = desk.clock.today()
    for day in (today.replace(day=1) - _DAY, today):
        yield from _month(desk, day)
    found = survey_claims_due(desk)
    if found.held:
        detail = "풀면 다음 작성에서 추가분으로 지급합니다"
        yield Due(f"인턴지원금 보류 {found.held}건", detail, "확인 →", _PAGE, {}, "muted")
    if found.unadopted:
        detail = f"{found.unadopted} · 승인해야 인턴지원금을 확정할 수 있습니다"
        where = {"tab": "policies", "policy": SCHEME}
        yield Due("인턴지원금 기준 미승인", detail, "승인 →", "admin", where)
    for one in claim_settlement_due.proposals(desk):
        sums = [f"+{won(one.amount)}원"] if one.amount else []
        sums += [f"환수 {won(one.recovery)}원"] if one.recovery else []
        yield Due(
            f"정산할 인턴지원금 {one.rows}건" + (f" · {' · '.join(sums)}" if sums else " · 차액 없음"),
            f"{one.month:%Y-%m} · 확정한 뒤 바뀐 기록이 있습니다",
            "정산 →",
            _PAGE,
            {"month": one.month},
        )


def _month(desk: Desk, day: dt.date) -> Iterator[Due]:
    """The claims of a day's month, a week before it ends; the last point is about the run itself."""
    month = f"{day:%Y-%m}"
    _, end = month_span(month)
    left = (end - desk.clock.today()).days
    if left > _SOON.days:
        return
    *blocking, run = open_points.survey_claims(desk, month) or (None,)
    if run is None:
        return
    when = f"{korean_date(end)}까지" if left >= 0 else f"{korean_date(end)} 끝남"
    stops = f" · 막는 항목 {len(blocking)}개" if blocking else ""
    yield Due(
        f"{int(month[5:])}월 인턴지원금 마감 전",
        f"{run.message} · {when}{stops}",
        "열기 →",
        _PAGE,
        {"month": day.replace(day=1)},
        "muted" if left >= 0 else "warn",
    )
