"""What waits beside the course of the internships of a list, read at once however many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa
from tests.claims_office import claimable, hand_in, pay
from tests.interns import go_to, start_intern

from regional_desk.domain.clock import FixedClock
from regional_desk.services.claims import runs
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, internships
from regional_desk.services.internships.drafts import draft_of
from regional_desk.services.internships.pending import Lack, Pending, survey_pending

D = dt.date
SEPTEMBER = D(2026, 9, 1)


def _lacks(desk: Desk) -> list[tuple[Lack, int]]:
    return [(one.lack, one.no) for mine in survey_pending(desk).values() for one in mine]


def test_nothing_waits_of_a_month_on_its_last_day_and_all_of_it_on_the_day_after(
    desk: Desk, clock: FixedClock
) -> None:
    found = claimable(desk, clock, today=D(2026, 9, 30))
    assert _lacks(desk) == []
    go_to(clock, D(2026, 10, 1))
    assert survey_pending(desk) == {
        found: (
            Pending(Lack.VISIT, D(2026, 9, 30), 1),
            Pending(Lack.PAYSLIP, D(2026, 9, 30), 1),
        )
    }
    assert survey_pending(desk, 2025) == {}


def test_papers_are_waited_for_once_the_wage_is_shown(desk: Desk, clock: FixedClock) -> None:
    first = claimable(desk, clock, today=D(2026, 10, 1))
    second = claimable(desk, clock, today=D(2026, 10, 1), at=1)
    pay(desk, first, SEPTEMBER, D(2026, 9, 30), transferred=False)
    pay(desk, second, SEPTEMBER, D(2026, 9, 30))
    found = survey_pending(desk)
    assert [(one.lack, one.count) for one in found[first]] == [(Lack.VISIT, 1), (Lack.PAYSLIP, 1)]
    assert [(one.lack, one.count) for one in found[second]] == [(Lack.VISIT, 1), (Lack.PAPERS, 2)]


def test_a_confirmed_month_waits_for_no_paper(desk: Desk, clock: FixedClock) -> None:
    found = claimable(desk, clock, today=D(2026, 10, 1))
    pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, found, 1)
    assert _lacks(desk) == [(Lack.VISIT, 1)]
    runs.draft(desk, SEPTEMBER)
    runs.check(desk, SEPTEMBER)
    runs.confirm(desk, SEPTEMBER)
    go_to(clock, D(2026, 10, 31))
    assert _lacks(desk) == [(Lack.VISIT, 1)]


def test_an_amendment_waits_until_it_is_signed_or_taken_back(desk: Desk, clock: FixedClock) -> None:
    found = start_intern(desk, clock)
    first = internships.read(desk, found).agreements[0]
    changed = agreements.amend(desk, found, replace(draft_of(first), wage=2_500_000), "임금 인상")
    assert survey_pending(desk) == {
        found: (Pending(Lack.AMENDMENT, changed.agreements[1].effective_from, 1),)
    }
    agreements.void(desk, changed.agreements[1].id, "철회")
    assert survey_pending(desk) == {}


def _statements(desk: Desk, act: Callable[[], object]) -> int:
    count = 0

    def note(*_args: object) -> None:
        nonlocal count
        count += 1

    sa.event.listen(desk.store.engine, "before_cursor_execute", note)
    act()
    sa.event.remove(desk.store.engine, "before_cursor_execute", note)
    return count


def test_more_internships_ask_no_more_questions(desk: Desk, clock: FixedClock) -> None:
    claimable(desk, clock, today=D(2026, 10, 1))
    one = _statements(desk, lambda: survey_pending(desk))
    for at in (1, 2):
        claimable(desk, clock, today=D(2026, 10, 1), at=at)
    assert len(survey_pending(desk)) == 3
    assert _statements(desk, lambda: survey_pending(desk)) == one
