"""What is due after the internships: 전환 여부, 고용유지 and 취업상황 to be asked. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.outcomes import CheckState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.services.desk import Desk
from regional_desk.services.outcomes.due import Kind, survey_due


def read_outcomes(desk: Desk) -> Iterator[Due]:
    """A line for each thing to ask, for whoever may write it down."""
    found = survey_due(desk) if desk.may(Right.EDIT_INTERNSHIPS) else ()
    for kind in Kind:
        mine = [one for one in found if one.kind is kind]
        if mine:
            late = sum(one.state is CheckState.OVERDUE for one in mine)
            detail = f"가장 이른 기한 {korean_date(mine[0].span.until)}"
            yield Due(
                f"{kind.label} 확인 {len(mine)}명",
                f"{detail} · 기한 지남 {late}명" if late else detail,
                "확인 →",
                "outcomes",
                {"tab": "due", "kind": kind.value},
                "bad" if late else "warn",
            )
