"""Weeks of an internship, which journals are missing, and what a mentor may confirm."""

from __future__ import annotations

import datetime as dt

import pytest

from regional_desk.domain.internship_training import (
    DeliverableState,
    JournalState,
    JournalText,
    PlanText,
    TrainingTerms,
    Week,
    checked_confirmation,
    checked_journal,
    checked_plan,
    deliverable_state,
    is_free,
    journal_due,
    journal_state,
    tidy,
    week_of,
    weeks,
)
from regional_desk.domain.internships import Break, BreakKind
from regional_desk.domain.refused import Refused

START = dt.date(2026, 9, 14)
LAST = dt.date(2026, 12, 13)
TERMS = TrainingTerms("제안값", 5)


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def away(start: dt.date, end: dt.date | None) -> Break:
    return Break(start, end, BreakKind.INTERRUPTION)


def test_weeks_are_seven_days_from_the_first_day_and_the_last_ends_with_the_internship() -> None:
    found = weeks(START, LAST)
    assert len(found) == 13
    assert found[0] == Week(1, START, day(9, 20))
    assert found[-1] == Week(13, day(12, 7), LAST)
    assert [one.no for one in found] == list(range(1, 14))


@pytest.mark.parametrize(
    ("last", "count", "end"),
    [
        (START, 1, START),
        (START + dt.timedelta(days=6), 1, day(9, 20)),
        (START + dt.timedelta(days=7), 2, day(9, 21)),
        (START - dt.timedelta(days=1), 0, None),
        (START - dt.timedelta(days=30), 0, None),
    ],
)
def test_a_week_begins_with_its_first_day(last: dt.date, count: int, end: dt.date | None) -> None:
    found = weeks(START, last)
    assert len(found) == count
    assert (found[-1].end if found else None) == end


def test_weeks_run_over_new_year() -> None:
    found = weeks(day(12, 1), day(2, 28, 2027))
    assert found[4] == Week(5, day(12, 29), day(1, 4, 2027))
    assert found[-1].end == day(2, 28, 2027)


def test_a_week_after_the_last_day_is_told_whole() -> None:
    assert week_of(START, 14, LAST) == Week(14, day(12, 14), day(12, 20))


@pytest.mark.parametrize(
    ("breaks", "free"),
    [
        ((), False),
        ((away(day(9, 21), day(9, 27)),), True),
        ((away(day(9, 21), day(9, 26)),), False),
        ((away(day(9, 22), day(9, 27)),), False),
        ((away(day(9, 1), None),), True),
        ((away(day(9, 20), day(9, 24)), away(day(9, 23), day(9, 30))), True),
        ((away(day(9, 20), day(9, 23)), away(day(9, 25), day(9, 30))), False),
    ],
)
def test_only_a_week_without_any_served_day_needs_no_journal(
    breaks: tuple[Break, ...], *, free: bool
) -> None:
    assert is_free(week_of(START, 2, LAST), breaks) is free


@pytest.mark.parametrize(
    ("today", "written", "confirmed", "state"),
    [
        (day(9, 20), False, False, JournalState.COMING),
        (day(9, 21), False, False, JournalState.WAITING),
        (day(9, 27), False, False, JournalState.WAITING),
        (day(10, 2), False, False, JournalState.WAITING),
        (day(10, 3), False, False, JournalState.MISSING),
        (day(9, 23), True, False, JournalState.WRITTEN),
        (day(10, 3), True, False, JournalState.WRITTEN),
        (day(10, 3), True, True, JournalState.CONFIRMED),
    ],
)
def test_a_journal_is_missing_from_the_day_after_its_last_day(
    today: dt.date, written: bool, confirmed: bool, state: JournalState
) -> None:
    week = week_of(START, 2, LAST)
    assert journal_due(week, TERMS) == day(10, 2)
    assert journal_state(week, today, (), TERMS, written=written, confirmed=confirmed) is state


def test_a_week_without_service_is_free_unless_a_journal_was_written() -> None:
    week, breaks = week_of(START, 2, LAST), (away(day(9, 18), None),)
    late = day(12, 31)
    assert journal_state(week, late, breaks, TERMS, written=False, confirmed=False) is JournalState.FREE
    assert journal_state(week, late, breaks, TERMS, written=True, confirmed=False) is JournalState.WRITTEN


def test_ojt_asks_for_work_and_guidance() -> None:
    text = JournalText("  라인 점검\n\n", "체크리스트  지도", "버려질 산출물", 40)
    assert checked_journal("Track1", text) == JournalText("라인 점검", "체크리스트 지도", None, None)
    with pytest.raises(Refused, match="지도내용"):
        checked_journal("Track1", JournalText("라인 점검", "  "))
    with pytest.raises(Refused, match="수행업무, 지도내용"):
        checked_journal("Track1", JournalText(""))


def test_pbl_asks_for_output_and_progress() -> None:
    text = JournalText("불량 예측", "버려질 지도", "데이터 명세", 0)
    assert checked_journal("Track2", text) == JournalText("불량 예측", None, "데이터 명세", 0)
    with pytest.raises(Refused, match="산출물, 진척"):
        checked_journal("Track2", JournalText("불량 예측"))


@pytest.mark.parametrize(("progress", "fine"), [(-1, False), (0, True), (100, True), (101, False)])
def test_progress_is_a_percentage(progress: int, *, fine: bool) -> None:
    text = JournalText("불량 예측", None, "명세", progress)
    if fine:
        assert checked_journal("Track2", text).progress == progress
    else:
        with pytest.raises(Refused, match="0에서 100"):
            checked_journal("Track2", text)


def test_a_mentor_confirms_a_week_that_began_on_a_day_that_came() -> None:
    week = week_of(START, 2, LAST)
    assert checked_confirmation(week, " 김 멘토 ", day(9, 21), day(9, 21)) == "김 멘토"
    for mentor, on, words in (
        (" ", day(9, 25), "성명"),
        ("김멘토", day(9, 20), "앞섭니다"),
        ("김멘토", day(9, 26), "아직 오지 않은"),
    ):
        with pytest.raises(Refused, match=words):
            checked_confirmation(week, mentor, on, day(9, 25))


def test_a_plan_line_has_a_goal_and_for_pbl_an_output() -> None:
    assert checked_plan("Track1", PlanText("설비", "익힌다", "없음")) == PlanText("설비", "익힌다", None)
    assert checked_plan("Track2", PlanText("분석", "한다", "명세")).output == "명세"
    with pytest.raises(Refused, match="훈련목표"):
        checked_plan("Track1", PlanText("설비", " "))
    with pytest.raises(Refused, match="산출물"):
        checked_plan("Track2", PlanText("분석", "한다"))


@pytest.mark.parametrize(
    ("due", "submitted", "today", "state"),
    [
        (day(10, 2), None, day(10, 2), DeliverableState.WAITING),
        (day(10, 2), None, day(10, 3), DeliverableState.OVERDUE),
        (day(10, 2), day(10, 5), day(10, 9), DeliverableState.SUBMITTED),
        (None, None, day(12, 31), DeliverableState.WAITING),
    ],
)
def test_a_deliverable_is_overdue_from_the_day_after_its_date(
    due: dt.date | None, submitted: dt.date | None, today: dt.date, state: DeliverableState
) -> None:
    assert deliverable_state(due, submitted, today) is state


def test_typed_lines_keep_their_breaks() -> None:
    assert tidy("\n 하나\u200b  둘 \n\n셋\n\n") == "하나 둘\n\n셋"
