"""The stages of a person's way through the programme (rulebook section 5)."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where an application stands, in the order of the funnel."""

    APPLIED = "applied"
    ELIGIBLE = "eligible"
    SCREENED = "screened"
    INTERVIEWED = "interviewed"
    SELECTED = "selected"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    ENROLLED = "enrolled"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _LABELS[self]


_LABELS = {
    Stage.APPLIED: "접수",
    Stage.ELIGIBLE: "자격확인",
    Stage.SCREENED: "서류",
    Stage.INTERVIEWED: "면접",
    Stage.SELECTED: "선발",
    Stage.WAITLISTED: "예비",
    Stage.DECLINED: "포기",
    Stage.ENROLLED: "등록",
}

FUNNEL = (
    Stage.APPLIED,
    Stage.ELIGIBLE,
    Stage.SCREENED,
    Stage.INTERVIEWED,
    Stage.SELECTED,
    Stage.ENROLLED,
)


def funnel(stages: dict[Stage, int]) -> dict[Stage, int]:
    """How many reached each stage: a person counts in every stage up to their own.

    `stages` counts people by the stage they stand at; 예비 reached 면접, 포기 reached 선발.
    """
    reached = {Stage.WAITLISTED: Stage.INTERVIEWED, Stage.DECLINED: Stage.SELECTED}
    totals = dict.fromkeys(FUNNEL, 0)
    for stage, people in stages.items():
        for step in FUNNEL[: FUNNEL.index(reached.get(stage, stage)) + 1]:
            totals[step] += people
    return totals
