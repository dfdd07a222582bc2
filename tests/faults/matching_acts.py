"""The kill act of a matching: placements adopted, changed by hand again and again, and published."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

from tests.faults.acts import Act, Child, Entry, sign_in
from tests.faults.month_acts import ALL_ACTS as OTHER_ACTS
from tests.integration.test_office_matching import lay_out, matching_round

from regional_desk.domain.matching_rounds import MatchingState, Objective
from regional_desk.domain.swaps import swap
from regional_desk.services.desk import Desk
from regional_desk.services.matching import minutes, placements, results, rounds

_CHANGES = 12


def _prepare(folder: Path) -> None:
    desk = sign_in(folder)
    lay_out(desk)
    desk.store.close()


def _place(child: Child) -> None:
    desk = child.open()
    row = matching_round(desk)
    with child.act({"step": "adopt"}) as operation:
        results.adopt(desk, row, Objective.STABLE, operation)
    found = rounds.read(desk, row)
    wished = [(one.id, position) for one in found.trainees for position in found.wishes.get(one.id, ())]
    for trainee, position in child.random.choices(wished, k=child.random.randint(2, _CHANGES)):
        tried = placements.try_swap(desk, row, trainee, position)
        if tried.refused is not None or tried.before == tried.after:
            continue
        plan = {"step": "change", "trainee": str(trainee), "position": str(position)}
        with child.act(plan) as operation:
            placements.change(desk, row, trainee, position, "본인이 바꾸어 달라고 함", operation)
    with child.act({"step": "publish"}) as operation:
        placements.publish(desk, row, operation_id=operation)
    sys.stdin.readline()  # stands still until it is killed


def _placed_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    """Every change told stands with its minute and whom it displaced; published is what was told so, and only that."""
    row = matching_round(desk)
    steps = [entry.plan for entry in entries if entry.operation in stored]
    stable = results.compute(desk, row, Objective.STABLE)
    wanted: dict[UUID, UUID] = {}
    for plan in steps:
        if plan["step"] == "adopt":
            wanted = dict(stable.matching)
        elif plan["step"] == "change":
            moved = swap(stable.problem, wanted, UUID(plan["trainee"]), UUID(plan["position"]))
            wanted = dict(moved.after)
    assert {one.trainee: one.position for one in placements.placements(desk, row)} == wanted
    changes = [plan for plan in steps if plan["step"] == "change"]
    assert [one.number for one in minutes.minutes(desk, row)] == list(range(1, len(changes) + 1))
    assert [str(one.trainee) for one in minutes.minutes(desk, row)] == [one["trainee"] for one in changes]
    published = any(plan["step"] == "publish" for plan in steps)
    assert (rounds.read(desk, row).state is MatchingState.PUBLISHED) == published


MATCHING_ACTS = {"place": Act(_place, _placed_whole, 0.4, prepare=_prepare, fresh=True)}
ALL_ACTS = {**OTHER_ACTS, **MATCHING_ACTS}
