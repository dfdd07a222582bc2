"""What is due about visits: months that ended without one, sheets to key, months to plan, follow-ups. It names nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.visits import FollowUpState, Standing
from regional_desk.services.desk import Desk
from regional_desk.services.visits import findings, visits
from regional_desk.services.visits.terms import terms


def read_visits(desk: Desk) -> Iterator[Due]:
    """A line for each thing to do, none where nothing is."""
    today = desk.clock.today()
    months = visits.survey_months(desk)
    late = sum(one.standing is Standing.OVERDUE for one in months)
    if late:
        yield Due(
            f"방문 없이 끝난 지원월 {late}건",
            "완료하거나 사유를 적어 취소합니다",
            "보기 →",
            "visits",
            {"tab": "months"},
            "bad",
        )
    to_key = sum(visit.standing is Standing.TO_KEY for one in months for visit in one.visits)
    if to_key:
        where = {"state": Standing.TO_KEY.value, "tab": "day"}
        yield Due(f"점검표 입력 대기 {to_key}건", "방문일이 된 방문입니다", "입력 →", "visits", where)
    soon = today + dt.timedelta(days=terms().rule.days_before_end)
    unplanned = sum(one.standing is Standing.UNPLANNED and one.end <= soon for one in months)
    if unplanned:
        yield Due(
            f"방문 계획 없는 지원월 {unplanned}건",
            f"{terms().rule.days_before_end}일 안에 끝납니다",
            "계획 →",
            "visits",
            {"tab": "months"},
        )
    yield from _findings(desk)


def _findings(desk: Desk) -> Iterator[Due]:
    found = findings.survey_findings(desk, open_only=True)
    overdue = sum(one.state is FollowUpState.OVERDUE for one in found)
    where = {"tab": "findings"}
    if overdue:
        yield Due(
            f"후속조치 기한 지남 {overdue}건",
            "지적·고충·사고의 후속조치입니다",
            "조치 →",
            "visits",
            where,
            "bad",
        )
    if len(found) > overdue:
        left = len(found) - overdue
        yield Due(f"후속조치 중 {left}건", "기한이 남았습니다", "보기 →", "visits", where, "muted")
