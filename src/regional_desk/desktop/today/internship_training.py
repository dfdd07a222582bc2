"""What is due in the training of interns beside missing journals (`internships`). It names nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from regional_desk.desktop.today.line import Due
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.services.desk import Desk
from regional_desk.services.internships import deliverables, evaluations, journals, plans


def read_internship_training(desk: Desk) -> Iterator[Due]:
    """A line for each kind of work left, leading to the first internship it is left at."""
    if not desk.may(Right.EDIT_INTERNSHIPS):
        return
    waiting = [one for one in journals.survey_open(desk) if one.unconfirmed]
    if waiting:
        count = sum(len(one.unconfirmed) for one in waiting)
        title, detail = f"멘토 확인 전 인턴일지 {count}건", f"인턴 {len(waiting)}명"
        yield Due(title, detail, "확인 →", "internships", _where(waiting[0].basis.id, "journals"), "muted")
    late = deliverables.survey_overdue(desk)
    if late:
        count = sum(len(names) for _, names in late)
        title, detail = f"기한이 지난 산출물 {count}건", f"인턴 {len(late)}명"
        yield Due(title, detail, "받기 →", "internships", _where(late[0][0].id, "deliverables"))
    without = plans.survey_without(desk)
    if without:
        title, detail = f"훈련계획 없는 인턴 {len(without)}명", "시작한 인턴십에 계획이 한 줄도 없습니다"
        yield Due(title, detail, "적기 →", "internships", _where(without[0].id, "plan"))
    yield from _evaluations(evaluations.survey_open(desk))


def _evaluations(found: Sequence[evaluations.OpenEvaluations]) -> Iterator[Due]:
    if not found:
        return
    first = min(found, key=lambda one: one.due)
    late = sum(one.overdue for one in found)
    detail = f"기한이 지난 인턴 {late}명" if late else f"가장 이른 기한 {korean_date(first.due)}"
    count = sum(len(one.lacking) for one in found)
    title = f"받을 인턴십 평가 {count}건"
    tone = "warn" if late else "muted"
    yield Due(title, detail, "적기 →", "internships", _where(first.basis.id, "evaluations"), tone)


def _where(internship: UUID, tab: str) -> dict[str, Any]:
    return {"internship": internship, "tab": tab}
