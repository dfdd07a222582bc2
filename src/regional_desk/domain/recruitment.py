"""The stages of a person's way through the programme (rulebook section 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """Where an application stands, in the order of the funnel; those that end it come last.

    `IN_TRAINING` is never stored: an enrolled person is in training from the day of joining on. Nor are the three after
    completion, and no application stands at them: whoever holds a published placement came to `PLACED`, having completed
    the course or not yet, whoever began an internship to `INTERNED`, whoever was kept on for good to `CONVERTED`.
    """

    APPLIED = "applied"
    ELIGIBLE = "eligible"
    SCREENED = "screened"
    INTERVIEWED = "interviewed"
    SELECTED = "selected"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    ENROLLED = "enrolled"
    IN_TRAINING = "in_training"
    COMPLETED = "completed"
    PLACED = "placed"
    INTERNED = "interned"
    CONVERTED = "converted"
    INELIGIBLE = "ineligible"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"

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
    Stage.IN_TRAINING: "교육",
    Stage.COMPLETED: "수료",
    Stage.PLACED: "연계",
    Stage.INTERNED: "인턴",
    Stage.CONVERTED: "전환",
    Stage.INELIGIBLE: "부적격",
    Stage.REJECTED: "탈락",
    Stage.DUPLICATE: "중복",
}

FUNNEL = (
    Stage.APPLIED,
    Stage.ELIGIBLE,
    Stage.SCREENED,
    Stage.INTERVIEWED,
    Stage.SELECTED,
    Stage.ENROLLED,
    Stage.IN_TRAINING,
    Stage.COMPLETED,
)
AFTER = (Stage.PLACED, Stage.INTERNED, Stage.CONVERTED)
"""What follows outside the application: told by placements and internships, never stored with it."""
WAY = (*FUNNEL, *AFTER)
"""The funnel and what follows it, as people look at it."""

# how far the ended ones came; who left after 선발 is counted there, a duplicate nowhere; whoever came after the funnel was
# enrolled at least
_REACHED: Mapping[Stage, Stage | None] = {
    Stage.WAITLISTED: Stage.INTERVIEWED,
    Stage.DECLINED: Stage.SELECTED,
    Stage.INELIGIBLE: Stage.APPLIED,
    Stage.REJECTED: Stage.ELIGIBLE,
    Stage.DUPLICATE: None,
    **dict.fromkeys(AFTER, Stage.ENROLLED),
}


def reached(stage: Stage) -> Stage | None:
    """The furthest stage of the funnel somebody at `stage` came to, None for a duplicate."""
    return _REACHED.get(stage, stage)


def came_to(stage: Stage, target: Stage) -> bool:
    """Whether somebody at `stage` came as far as `target`, as the funnel counts; one beside the funnel only by standing there."""
    last = reached(stage)
    if target not in FUNNEL or last is None:
        return stage is target
    return FUNNEL.index(last) >= FUNNEL.index(target)


def funnel(stages: Mapping[Stage, int]) -> dict[Stage, int]:
    """How many reached each stage: a person counts in every stage up to their own.

    `stages` counts people by the stage they stand at; 예비 reached 면접, 포기 reached 선발, 탈락 자격확인.
    """
    totals = dict.fromkeys(FUNNEL, 0)
    for stage, people in stages.items():
        last = reached(stage)
        for step in FUNNEL[: FUNNEL.index(last) + 1] if last else ():
            totals[step] += people
    return totals


def stage_on(stage: Stage, joined: dt.date | None, day: dt.date) -> Stage:
    """The stage as shown on a day: 등록 becomes 교육 with the membership's first day."""
    if stage is Stage.ENROLLED and joined is not None and joined <= day:
        return Stage.IN_TRAINING
    return stage
