"""A person's 파기 after an internship: days, wages and counts stay, the signed paper and the reasons go."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.agreed import begin, place, placed, scan
from tests.integration.test_retention import LATER, dispose, stored_text

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.internships import BreakKind, EndKind, InternState
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, internships, interruptions
from regional_desk.store.attachments import files_on_disk

FIRST = dt.date(2026, 9, 14)


def test_nothing_of_the_disposed_is_left_in_an_internship(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    one = placed(place(desk))[0]
    clock.move_to(dt.datetime(2026, 10, 5, 10, tzinfo=KST))
    row = begin(desk, one, FIRST).row
    own = internships.read(desk, row.id).agreements[0].id
    agreements.attach_scan(desk, own, scan(tmp_path))
    away, day = BreakKind.INTERRUPTION, dt.date(2026, 9, 21)
    interruptions.add(desk, row.id, away, day, day, f"{row.name}의 허리 부상")
    internships.end(desk, row.id, dt.date(2026, 10, 2), EndKind.EARLY, f"{row.name}이(가) 이사함")
    kept = set(files_on_disk(desk.store))
    clock.move_to(LATER)
    dispose(desk, row.trainee)
    told = stored_text(desk)
    assert row.name not in told
    assert "허리 부상" not in told
    assert len(kept - set(files_on_disk(desk.store))) == 1
    after = internships.read(desk, row.id)
    assert (after.row.state, after.row.end_reason) == (InternState.ENDED_EARLY, None)
    assert (after.row.end, after.row.wage) == (dt.date(2026, 10, 2), row.wage)
    assert (after.agreements[0].attachment, after.interruptions[0].reason) == (None, "파기")
