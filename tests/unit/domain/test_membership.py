"""How a membership ends: every outcome at its boundaries, the registration window, and since when somebody is 제적 대상."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.attendance import ABSENT, PRESENT, Cell, Mark, Status
from regional_desk.domain.counselling import CounselKind, FollowUp, follow_up
from regional_desk.domain.membership import (
    Act,
    Ending,
    Measure,
    Outcome,
    OutcomeTerms,
    Recorded,
    absences_left,
    certificate_label,
    dismissal_cause,
    dismissal_cause_by_minutes,
    may_still_complete,
    outcome_of,
    terms_from_table,
    withdrawal_until,
)

ROOT = Path(__file__).resolve().parents[3]
START, LAST = dt.date(2026, 8, 3), dt.date(2026, 8, 28)
WINDOW = dt.date(2026, 8, 4)
LATE = Cell(Status.PRESENT, Mark.LATE)


@pytest.fixture(scope="module")
def terms() -> OutcomeTerms:
    text = (ROOT / "resources" / "policies" / "outcomes.toml").read_text(encoding="utf-8")
    return terms_from_table(tomllib.loads(text))


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number - 1)


@pytest.mark.parametrize(
    ("left", "attended", "employed", "dismissed", "outcome"),
    [
        (None, 16, False, False, Outcome.COMPLETED),  # 16 of 19 is 84.2 %
        (None, 15, False, False, Outcome.INCOMPLETE),  # 78.9 %
        (LAST, 15, False, False, Outcome.INCOMPLETE),  # the last day is inside
        (LAST, 15, True, False, Outcome.EMPLOYED_EARLY),
        (dt.date(2026, 8, 27), 16, True, False, Outcome.COMPLETED),  # reached before the job began
        (dt.date(2026, 8, 27), 16, False, False, Outcome.COMPLETED),
        (dt.date(2026, 8, 20), 13, True, False, Outcome.EMPLOYED_EARLY),
        (dt.date(2026, 8, 20), 13, False, False, Outcome.DROPPED),
        (WINDOW, 2, False, False, Outcome.WITHDRAWN),
        (WINDOW, 2, True, False, Outcome.WITHDRAWN),
        (WINDOW + dt.timedelta(days=1), 3, False, False, Outcome.DROPPED),
        (dt.date(2026, 8, 20), 19, False, True, Outcome.DISMISSED),
        (WINDOW, 0, False, True, Outcome.DISMISSED),
    ],
)
def test_every_outcome_follows_from_the_records(
    left: dt.date | None, attended: int, employed: bool, dismissed: bool, outcome: Outcome
) -> None:
    assert outcome_of(Measure(LAST, WINDOW, 19), Ending(left, attended, employed, dismissed)) is outcome


@pytest.mark.parametrize(
    ("attended", "days", "completed"),
    [(16, 20, True), (15, 20, False), (14, 18, False), (15, 18, True), (4, 5, True), (0, 0, False)],
)
def test_completion_is_exact_and_a_course_without_days_is_completed_by_nobody(
    attended: int, days: int, completed: bool
) -> None:
    outcome = outcome_of(Measure(LAST, WINDOW, days), Ending(None, attended))
    assert (outcome is Outcome.COMPLETED) == completed
    assert may_still_complete(Measure(LAST, WINDOW, days), attended) == completed


def test_a_course_of_minutes_completes_by_its_minutes() -> None:
    measure = Measure(LAST, WINDOW, 2400)
    assert outcome_of(measure, Ending(None, 1919)) is Outcome.INCOMPLETE  # 79.96 % is not 80
    assert outcome_of(measure, Ending(None, 1920)) is Outcome.COMPLETED


def test_leaving_inside_the_window_is_in_no_rate() -> None:
    assert [outcome for outcome in Outcome if not outcome.counts] == [Outcome.WITHDRAWN]


@pytest.mark.parametrize(
    ("start", "end", "days", "until"),
    [
        ("2026-08-03", "2026-08-12", 8, "2026-08-03"),
        ("2026-08-03", "2026-08-13", 9, "2026-08-03"),
        ("2026-08-03", "2026-08-14", 10, "2026-08-04"),
        ("2026-08-03", "2026-09-11", 29, "2026-08-04"),
        ("2026-08-03", "2026-09-14", 30, "2026-08-10"),
        ("2026-08-03", "2027-01-29", 120, "2026-08-10"),
        ("2026-08-03", "2027-02-02", 60, "2026-08-17"),  # six months, however few days
        ("2026-08-03", "2027-02-01", 181, "2026-08-17"),
        (
            "2026-08-14",
            "2026-09-11",
            19,
            "2026-08-18",
        ),  # Saturday, Sunday and a substitute holiday lie between
        ("2026-08-07", "2026-09-04", 19, "2026-08-10"),
    ],
)
def test_the_window_follows_the_length_of_the_course(
    terms: OutcomeTerms, start: str, end: str, days: int, until: str
) -> None:
    holidays = {dt.date(2026, 8, 15), dt.date(2026, 8, 17)} if start == "2026-08-14" else set()
    found = withdrawal_until(terms, dt.date.fromisoformat(start), dt.date.fromisoformat(end), days, holidays)
    assert found == dt.date.fromisoformat(until)


def records(cells: list[Cell], unit_no: int = 1) -> list[Recorded]:
    return [Recorded(day(at), unit_no, cell) for at, cell in enumerate(cells, start=1)]


@pytest.mark.parametrize(
    ("cells", "unit", "course", "since"),
    [
        ([ABSENT] * 4 + [PRESENT] * 14, 18, 18, None),  # 20 % of 18 is 3.6, rounded 4: not exceeded
        ([ABSENT] * 5 + [PRESENT] * 13, 18, 18, 5),
        ([PRESENT] * 10 + [ABSENT] * 5, 18, 18, 15),
        ([ABSENT] * 6, 14, 60, None),
        ([ABSENT] * 7, 14, 60, 7),  # (가): half of fourteen
        ([ABSENT] * 7, 13, 60, None),  # units of under 14 days know no (가)
        ([LATE] * 11 + [ABSENT], 18, 18, None),  # three conversions and one absence are four
        ([ABSENT] * 4 + [LATE] * 3, 18, 18, 7),  # the third mark makes the fifth absence
        ([], 18, 18, None),
    ],
)
def test_somebody_is_up_for_dismissal_from_the_day_that_made_it_so(
    cells: list[Cell], unit: int, course: int, since: int | None
) -> None:
    cause = dismissal_cause(records(cells), {1: unit}, course)
    assert (cause and cause.day) == (since and day(since))
    if cause:
        assert cause.effective_on == cause.day + dt.timedelta(days=1)
        assert cause.reasons


def test_marks_are_converted_inside_their_unit() -> None:
    first = [Recorded(day(at), 1, LATE) for at in (1, 2)]
    second = [Recorded(day(at), 2, LATE) for at in (30, 31)]
    absent = [Recorded(day(at), 2, ABSENT) for at in range(32, 36)]
    assert dismissal_cause([*first, *second, *absent], {1: 9, 2: 9}, 18) is None
    assert dismissal_cause([*first, *second, *absent, Recorded(day(36), 2, LATE)], {1: 9, 2: 9}, 18)


def test_a_course_of_minutes_dismisses_over_a_fifth_unrounded() -> None:
    spans = [(480, 480), (480, 0), (480, 480), (480, 479), (480, 480)]
    of_minutes = [
        Recorded(day(at), 1, PRESENT, minutes, attended)
        for at, (minutes, attended) in enumerate(spans, start=1)
    ]
    assert dismissal_cause_by_minutes(of_minutes[:3], 2400) is None  # exactly a fifth
    cause = dismissal_cause_by_minutes(of_minutes, 2400)
    assert cause is not None
    assert cause.day == day(4)


@given(st.integers(0, 200), st.integers(1, 200))
def test_what_is_left_keeps_completion_and_one_more_does_not(best: int, whole: int) -> None:
    left = absences_left(best, whole)
    measure = Measure(LAST, WINDOW, whole)
    assert may_still_complete(measure, best) == (left >= 0)
    if left >= 0:
        assert may_still_complete(measure, best - left)
        assert not may_still_complete(measure, best - left - 1)


def test_numbers_are_written_with_year_and_three_places() -> None:
    assert certificate_label(2026, 1) == "제2026-001호"
    assert certificate_label(2026, 1234) == "제2026-1234호"


def test_every_word_has_its_korean_name() -> None:
    for words in (Outcome, Act, CounselKind):
        assert len({word.label for word in words}) == len(list(words))


@pytest.mark.parametrize(
    ("next_on", "done", "state"),
    [
        (None, False, FollowUp.NONE),
        (day(1), False, FollowUp.OVERDUE),
        (day(2), False, FollowUp.TODAY),
        (day(3), False, FollowUp.COMING),
        (day(1), True, FollowUp.DONE),
    ],
)
def test_a_follow_up_is_overdue_from_the_day_after(
    next_on: dt.date | None, done: bool, state: FollowUp
) -> None:
    assert follow_up(next_on, day(2), done=done) is state
