"""What a span of records adds up to: rates, conversion, what is left, 제적 대상, 수료."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.attendance import (
    Counts,
    Minutes,
    Risk,
    Summary,
    completes,
    counts_by_minutes,
    dismissal_reasons,
    dismissal_reasons_by_minutes,
    summarise,
)

RULEBOOK_COURSES = (13, 14, 18, 19, 23)


@st.composite
def counts_of_a_month(draw: st.DrawFn) -> Counts:
    days = draw(st.integers(1, 31))
    present = draw(st.integers(0, days))
    excused = draw(st.integers(0, days - present))
    absent = draw(st.integers(0, days - present - excused))
    return Counts(days, present, excused, absent, draw(st.integers(0, 3 * present)))


def after_absences(days: int, absent: int) -> Summary:
    return summarise(Counts(days, days - absent, 0, absent, 0))


@pytest.mark.parametrize(
    ("marks", "converted"), [(0, 0), (1, 0), (2, 0), (3, 1), (5, 1), (6, 2), (8, 2), (9, 3)]
)
def test_three_marks_are_one_absence(marks: int, converted: int) -> None:
    summary = summarise(Counts(19, 19, 0, 0, marks))
    assert summary.converted_absences == summary.absences == converted
    assert summary.attended_days == 19 - converted
    assert summary.marks_to_absence == 3 - marks % 3


def test_days_absent_and_converted_are_absences_together() -> None:
    summary = summarise(Counts(19, 16, 1, 2, 7))
    assert (summary.converted_absences, summary.absences, summary.attended_days) == (2, 4, 15)


def test_the_example_of_the_screen() -> None:
    # 출석 17, 출석인정 1, 결석 1, three marks
    summary = summarise(Counts(19, 17, 1, 1, 3))
    assert summary.attended_days == 17
    assert str(summary.rate) == "89.5"


def test_unrecorded_days_add_nothing_to_the_rate() -> None:
    summary = summarise(Counts(20, 10, 0, 0, 0))
    assert summary.unrecorded == 10
    assert (str(summary.rate), str(summary.rate_so_far), str(summary.best_rate)) == ("50.0", "100.0", "100.0")


def test_nothing_recorded_has_no_rate_so_far() -> None:
    summary = summarise(Counts(20, 0, 0, 0, 0))
    assert summary.rate_so_far is None
    assert (str(summary.rate), str(summary.best_rate)) == ("0.0", "100.0")


def test_a_span_of_no_days_has_rate_nought_and_nothing_left() -> None:
    summary = summarise(Counts(0, 0, 0, 0, 0))
    assert (str(summary.rate), str(summary.best_rate), summary.rate_so_far) == ("0.0", "0.0", None)
    assert (summary.absences_left, summary.risk) == (-1, Risk.IMPOSSIBLE)


@pytest.mark.parametrize(
    ("days", "attended", "rate"),
    [
        (13, 10, "76.9"),
        (13, 11, "84.6"),
        (14, 11, "78.6"),
        (14, 12, "85.7"),
        (18, 14, "77.8"),
        (18, 15, "83.3"),
        (19, 15, "78.9"),
        (19, 16, "84.2"),
        (23, 18, "78.3"),
        (23, 19, "82.6"),
        (20, 16, "80.0"),
        (16, 13, "81.3"),  # 81.25
        (8, 7, "87.5"),
        (31, 31, "100.0"),
    ],
)
def test_rates_have_one_decimal_rounded_half_up(days: int, attended: int, rate: str) -> None:
    assert str(after_absences(days, days - attended).rate) == rate


@pytest.mark.parametrize(
    ("attended", "rate", "left"),
    [(1600, "80.0", 1), (1599, "80.0", 0), (1598, "79.9", -1)],
)
def test_79_95_is_rounded_to_the_minimum_rate(attended: int, rate: str, left: int) -> None:
    summary = after_absences(2000, 2000 - attended)
    assert str(summary.rate) == rate
    assert summary.absences_left == left


@pytest.mark.parametrize(
    ("days", "left"),
    [(13, 2), (14, 2), (18, 3), (19, 3), (23, 4), (20, 4), (10, 2), (5, 1), (4, 0), (1, 0)],
)
def test_what_is_left_is_the_most_absences_that_still_pay(days: int, left: int) -> None:
    assert after_absences(days, 0).absences_left == left
    assert after_absences(days, left).absences_left == 0
    assert after_absences(days, left + 1).absences_left == -1


@pytest.mark.parametrize(
    ("absent", "risk"),
    [
        (0, Risk.SAFE),
        (1, Risk.SAFE),
        (2, Risk.CAUTION),
        (3, Risk.DANGER),
        (4, Risk.IMPOSSIBLE),
        (19, Risk.IMPOSSIBLE),
    ],
)
def test_the_risk_follows_what_is_left(absent: int, risk: Risk) -> None:
    assert after_absences(19, absent).risk is risk


def test_days_after_leaving_can_no_longer_be_attended() -> None:
    summary = summarise(Counts(19, 10, 0, 0, 0, outside=9))
    assert (summary.unrecorded, str(summary.rate), str(summary.best_rate)) == (0, "52.6", "52.6")
    assert (summary.absences_left, summary.risk) == (-1, Risk.IMPOSSIBLE)


def test_minutes_after_leaving_can_no_longer_be_attended() -> None:
    summary = summarise(Counts(5, 3, 0, 0, 0, outside=2), minutes=Minutes(2400, 1440, 1440, outside=960))
    assert (str(summary.rate), str(summary.best_rate), summary.absences_left) == ("60.0", "60.0", -1)


def test_marks_of_several_units_are_converted_unit_by_unit() -> None:
    # two marks in one unit and one in the next make no absence
    assert summarise(Counts(40, 40, 0, 0, 3, converted=0)).attended_days == 40
    assert summarise(Counts(40, 40, 0, 0, 6, converted=1)).attended_days == 39


def test_another_minimum_rate_leaves_another_number_of_absences() -> None:
    counts = Counts(20, 20, 0, 0, 0)
    assert summarise(counts, min_rate=Decimal("90.0")).absences_left == 2
    assert summarise(counts, min_rate=Decimal("100.0")).absences_left == 0


@given(counts_of_a_month())
def test_what_is_left_is_largest(counts: Counts) -> None:
    summary = summarise(counts)
    best = summary.attended_days + summary.unrecorded
    paying = [k for k in range(best + 1) if summarise(Counts(counts.days, best - k, 0, 0, 0)).rate >= 80]
    assert summary.absences_left == max(paying, default=-1)


@given(counts_of_a_month())
def test_the_rates_stand_in_order_between_0_and_100(counts: Counts) -> None:
    summary = summarise(counts)
    assert 0 <= summary.rate <= summary.best_rate <= 100
    assert summary.rate_so_far is None or summary.rate <= summary.rate_so_far <= 100
    assert 0 <= summary.attended_days <= counts.present + counts.excused
    assert summary.attended_days + summary.absences + summary.unrecorded == counts.days


@given(counts_of_a_month())
def test_one_more_mark_never_raises_anything(counts: Counts) -> None:
    before = summarise(counts)
    after = summarise(Counts(counts.days, counts.present, counts.excused, counts.absent, counts.marks + 1))
    assert after.attended_days <= before.attended_days or counts.present == 0
    assert after.absences_left <= before.absences_left or counts.present == 0


def test_equal_counts_are_summarised_once() -> None:
    assert summarise(Counts(19, 18, 0, 1, 0)) is summarise(Counts(19, 18, 0, 1, 0))


# 8 hours a day, 5 days: 2,400 minutes


def by_minutes(attended: int, recorded: int = 2400, marks: int = 0) -> Summary:
    return summarise(Counts(5, 5, 0, 0, marks), minutes=Minutes(2400, attended, recorded))


@pytest.mark.parametrize(
    ("attended", "rate", "risk"),
    [
        (2400, "100.0", Risk.CAUTION),
        (1920, "80.0", Risk.DANGER),
        (1919, "80.0", Risk.DANGER),  # 79.958
        (1918, "79.9", Risk.IMPOSSIBLE),  # 79.917
    ],
)
def test_a_short_course_counts_by_minutes(attended: int, rate: str, risk: Risk) -> None:
    summary = by_minutes(attended)
    assert str(summary.rate) == rate
    assert summary.risk is risk


def test_a_course_by_minutes_converts_no_marks() -> None:
    summary = by_minutes(2300, marks=6)
    assert (summary.converted_absences, summary.attended_days) == (0, 5)


def test_minutes_of_days_to_come_count_for_the_best_rate_only() -> None:
    summary = summarise(Counts(5, 2, 0, 0, 0), minutes=Minutes(2400, 900, 960))
    assert (str(summary.rate), str(summary.rate_so_far), str(summary.best_rate)) == ("37.5", "93.8", "97.5")


@pytest.mark.parametrize(
    ("days", "minutes", "expected"),
    [
        (9, 9 * 480, True),
        (10, 10 * 480, False),
        (10, 2399, True),
        (10, 2400, False),
        (20, 20 * 60, True),
        (0, 0, True),
    ],
)
def test_fewer_than_10_days_or_40_hours_count_by_minutes(days: int, minutes: int, expected: bool) -> None:
    assert counts_by_minutes(days, minutes) is expected


@pytest.mark.parametrize(
    ("days", "first_listed"),
    # one more than a fifth, rounded half up: 2.6→3, 2.8→3, 3.6→4, 3.8→4, 4.6→5
    [(13, 4), (14, 4), (18, 5), (19, 5), (23, 6), (20, 5), (12, 3), (10, 3)],
)
def test_more_than_a_fifth_of_the_course_is_listed_for_dismissal(days: int, first_listed: int) -> None:
    assert dismissal_reasons(0, days, first_listed - 1, days) == ()
    (reason,) = dismissal_reasons(0, days, first_listed, days)
    assert f"{first_listed}일" in reason
    assert "20%" in reason


@pytest.mark.parametrize("days", RULEBOOK_COURSES)
def test_losing_the_pay_is_not_yet_dismissal(days: int) -> None:
    lost = after_absences(days, 0).absences_left + 1
    assert after_absences(days, lost).rate < 80
    assert dismissal_reasons(lost, days, lost, days) == ()


@pytest.mark.parametrize(("days", "first_listed"), [(14, 7), (15, 8), (18, 9), (19, 10), (20, 10), (23, 12)])
def test_half_a_unit_is_listed_for_dismissal(days: int, first_listed: int) -> None:
    assert dismissal_reasons(first_listed - 1, days, 0, 100) == ()
    (reason,) = dismissal_reasons(first_listed, days, 0, 100)
    assert "50%" in reason


def test_a_unit_of_thirteen_days_is_too_short_for_the_half() -> None:
    assert dismissal_reasons(13, 13, 0, 100) == ()


@pytest.mark.parametrize(("absent", "listed"), [(480, False), (481, True), (0, False)])
def test_a_course_by_minutes_is_listed_above_a_fifth_unrounded(absent: int, listed: bool) -> None:
    reasons = dismissal_reasons_by_minutes(Minutes(2400, 2400 - absent, 2400))
    assert bool(reasons) is listed


def test_minutes_to_come_are_no_absence() -> None:
    assert dismissal_reasons_by_minutes(Minutes(2400, 480, 480)) == ()


def test_both_reasons_are_named() -> None:
    assert len(dismissal_reasons(10, 19, 10, 19)) == 2


@pytest.mark.parametrize(
    ("days", "least"),
    [(13, 11), (14, 12), (18, 15), (19, 16), (23, 19), (20, 16), (10, 8), (2000, 1600), (0, 0)],
)
def test_completion_is_exact(days: int, least: int) -> None:
    assert completes(least, days)
    assert not completes(least - 1, days)


def test_79_95_pays_but_does_not_complete() -> None:
    assert after_absences(2000, 401).absences_left == 0
    assert not completes(1599, 2000)
