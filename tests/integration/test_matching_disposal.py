"""A person's 파기 after a matching: what stands published stays as it is counted, and names nobody who is gone."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from tests.conftest import MONTH_END
from tests.integration.test_office_matching import lay_out
from tests.integration.test_retention import LATER, dispose, stored_text

from regional_desk.domain.clock import FixedClock
from regional_desk.domain.matching_rounds import How, Objective
from regional_desk.services.desk import Desk
from regional_desk.services.matching import entries, minutes, placements, results, rounds
from regional_desk.services.recruitment import people
from regional_desk.services.safety import health
from regional_desk.store.placements import PlacementRow


@pytest.fixture
def gone(desk: Desk, clock: FixedClock) -> tuple[UUID, PlacementRow, PlacementRow]:
    """A published round years later: its id, who was moved by hand and then ended, and somebody who stays."""
    made = lay_out(desk)
    offers = {one.company_name: one for one in rounds.read(desk, made).positions}
    results.adopt(desk, made, Objective.STABLE)
    moved, stays = placements.placements(desk, made)[:2]
    results.withdraw(desk, made, "조건을 더함")
    entries.forbid(desk, made, moved.trainee, offers["가온전자12"].company, f"{moved.name}의 친인척")
    results.adopt(desk, made, Objective.STABLE)
    clock.move_to(clock.now() + dt.timedelta(minutes=1))
    placements.change(desk, made, moved.trainee, offers["세종전자26"].id, f"{moved.name}이(가) 원함")
    placements.publish(desk, made)
    (now,) = [one for one in placements.placements(desk, made) if one.trainee == moved.trainee]
    placements.end(desk, now.id, clock.today(), f"{moved.name}이(가) 이사함")
    clock.move_to(LATER)
    return made, now, stays


def test_nothing_of_the_disposed_is_left_in_a_published_round(
    desk: Desk, gone: tuple[UUID, PlacementRow, PlacementRow]
) -> None:
    made, moved, stays = gone
    before = placements.placements(desk, made)
    dispose(desk, moved.trainee)
    told = stored_text(desk)
    assert moved.name not in told
    after = {one.trainee: one for one in placements.placements(desk, made)}
    assert len(after) == len(before)
    assert after[stays.trainee].name == stays.name
    ended = after[moved.trainee]
    assert (ended.position, ended.how) == (moved.position, How.MANUAL)
    assert ended.ended_on == MONTH_END.date()
    (minute,) = minutes.minutes(desk, made)
    assert (minute.number, minute.trainee) == (1, moved.trainee)
    assert people.find_person(desk, f"{stays.name} {stays.birth.isoformat()}") == stays.trainee
    assert health.check(desk).ok
