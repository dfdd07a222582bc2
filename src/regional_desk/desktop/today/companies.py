"""What is due in the selection of companies: sheets to end, kinds to decide on, seats of the goal left. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.rights import Right
from regional_desk.services.companies import company_raters, company_selection
from regional_desk.services.companies.company_selection import KindProgress
from regional_desk.services.desk import Desk
from regional_desk.store.company_ratings import RaterRow


def read_companies(desk: Desk) -> Iterator[Due]:
    """A line for the signed-in person's own open sheet, and one a kind that waits for something."""
    raters, kinds = company_raters.list_raters(desk), company_selection.progress(desk)
    waiting = any(one.open for one in kinds)
    if waiting and any(row.user_id == desk.actor.user_id and row.done_at is None for row in raters):
        yield Due(
            "내 기업 평가표 마감 전",
            "모두 적고 마감해야 순위가 나옵니다",
            "적기 →",
            "company_selection",
            {"tab": "sheets"},
        )
    if desk.may(Right.EDIT_COMPANIES) or desk.may(Right.SELECT_COMPANIES):
        for one in kinds:
            yield from _kind(one, raters)


def _kind(one: KindProgress, raters: tuple[RaterRow, ...]) -> Iterator[Due]:
    name, where = f"{one.kind.value}기업", {"kind": one.kind}
    done = sum(row.done_at is not None for row in raters)
    if one.open and one.goal is None:
        detail = f"신청 {one.open}곳 · 목표를 정해야 선정할 수 있습니다"
        yield Due(f"{name} 목표 없음", detail, "정하기 →", "company_selection", where)
    elif one.open and done < len(raters):
        detail = f"신청 {one.open}곳 · 평가표 {len(raters)}건 가운데 {done}건 마감"
        yield Due(
            f"{name} 평가 중", detail, "평가 →", "company_selection", {**where, "tab": "sheets"}, "muted"
        )
    elif one.open and raters:
        detail = f"평가가 끝난 신청 {one.open}곳 · 목표 {one.goal}곳"
        yield Due(f"{name} 선정 전", detail, "선정 →", "company_selection", {**where, "tab": "selection"})
    elif one.open:
        detail = f"신청 {one.open}곳 · 평가위원을 먼저 정하십시오"
        yield Due(f"{name} 평가 전", detail, "평가 →", "company_selection", {**where, "tab": "sheets"})
    elif one.missing and one.reserve:
        detail = f"목표까지 {one.missing}곳 · 기다리는 예비 {one.reserve}곳"
        yield Due(
            f"{name} 자리 빔", detail, "올리기 →", "company_selection", {**where, "tab": "selection"}, "muted"
        )
