"""One step for the runs of many units: each is an act of its own, so one that is refused stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from regional_desk.domain.rights import Right
from regional_desk.domain.run_steps import Step
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.services.pay import allowance
from regional_desk.services.pay.allowance import Act
from regional_desk.services.pay.run_states import UnitKey
from regional_desk.services.safety import backups

_RIGHTS = {
    Step.DRAFT: Right.DRAFT_ALLOWANCE,
    Step.CHECK: Right.CHECK_ALLOWANCE,
    Step.CONFIRM: Right.CONFIRM_ALLOWANCE,
    Step.PAY: Right.PAY_ALLOWANCE,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one unit: `refused` says why nothing changed there."""

    key: UnitKey
    refused: UserError | None


def take(
    desk: Desk,
    step: Step,
    keys: Sequence[UnitKey],
    *,
    over_budget_reason: str = "",
    told: Callable[[int, int], None] | None = None,
) -> tuple[Outcome, ...]:
    """Take a step with each unit's newest run in the order given, `told` (done, of how many) after each.

    Raises NotAllowed before the first where the right is missing; any other refusal is the outcome of its unit.
    """
    desk.require(_RIGHTS[step])
    if step is Step.CONFIRM and keys:
        backups.before(desk, "confirm")
    found: list[Outcome] = []
    for key in keys:
        found.append(Outcome(key, _try(desk, _act(step, key, over_budget_reason))))
        if told is not None:
            told(len(found), len(keys))
    return tuple(found)


def _try(desk: Desk, act: Act) -> UserError | None:
    try:
        act.perform(desk)
    except UserError as error:
        return error
    return None


def _act(step: Step, key: UnitKey, over_budget_reason: str) -> Act:
    if step is Step.CONFIRM:
        return allowance.confirm_act(key, over_budget_reason)
    acts: dict[Step, Callable[[UnitKey], Act]] = {
        Step.DRAFT: allowance.draft_act,
        Step.CHECK: allowance.check_act,
        Step.PAY: allowance.pay_act,
    }
    return acts[step](key)
