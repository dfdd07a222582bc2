"""The steps a run of 훈련수당 takes, one or many at once (rulebook section 3, Run)."""

from __future__ import annotations

from enum import StrEnum

from regional_desk.domain.allowance import RunState


class Step(StrEnum):
    """작성, 검토, 확정, 지급."""

    DRAFT = "draft"
    CHECK = "check"
    CONFIRM = "confirm"
    PAY = "pay"

    @property
    def reached(self) -> RunState:
        """The state a run has after it."""
        return _REACHED[self]

    def fits(self, state: RunState | None) -> bool:
        """Whether it is a run's next step, None before the first draft; what is not confirmed can be drafted anew."""
        return state in _FROM[self]


_REACHED = {
    Step.DRAFT: RunState.DRAFT,
    Step.CHECK: RunState.CHECKED,
    Step.CONFIRM: RunState.CONFIRMED,
    Step.PAY: RunState.PAID,
}
_FROM: dict[Step, tuple[RunState | None, ...]] = {
    Step.DRAFT: (None, RunState.DRAFT, RunState.CHECKED),
    Step.CHECK: (RunState.DRAFT,),
    Step.CONFIRM: (RunState.CHECKED,),
    Step.PAY: (RunState.CONFIRMED,),
}
