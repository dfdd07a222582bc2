from __future__ import annotations

import datetime as dt

import pytest

from regional_desk.domain.course_days import DaysWanted, nth_day_end, replan
from regional_desk.domain.refused import Refused


def day(number: int) -> dt.date:
    return dt.date(2026, 8, number)


SPAN = (day(3), day(7))
DAYS = {day(number): 480 for number in range(3, 8)}
PROPOSED = [day(number) for number in (3, 4, 5, 6, 7, 10, 11)]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (DaysWanted(), [3, 4, 5, 6, 7]),
        (DaysWanted(remove=(day(5),)), [3, 4, 6, 7]),
        (DaysWanted(end=day(11)), [3, 4, 5, 6, 7, 10, 11]),
        (DaysWanted(end=day(11), remove=(day(10),)), [3, 4, 5, 6, 7, 11]),
        (DaysWanted(end=day(9), add=(day(8),)), [3, 4, 5, 6, 7, 8]),
        (DaysWanted(start=day(5)), [5, 6, 7]),
        (DaysWanted(start=day(7), end=day(7)), [7]),
    ],
)
def test_days_follow_from_what_is_wanted(wanted: DaysWanted, numbers: list[int]) -> None:
    after = replan(SPAN, DAYS, wanted, PROPOSED, 480)
    assert [one.day for one in after.days] == numbers
    assert (after.start, after.end) == (wanted.start or SPAN[0], wanted.end or SPAN[1])


def test_a_day_may_get_shorter() -> None:
    after = replan(SPAN, DAYS, DaysWanted(minutes={day(4): 240}), PROPOSED, 480)
    assert after.days[day(4)] == 240
    assert after.days[day(5)] == 480


def test_a_day_taken_out_before_does_not_come_back_by_itself() -> None:
    after = replan(SPAN, {day(3): 480}, DaysWanted(end=day(10)), PROPOSED, 480)
    assert list(after.days) == [day(3), day(10)]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (DaysWanted(add=(day(4),)), "이미 훈련일"),
        (DaysWanted(add=(day(8),)), "밖입니다"),
        (DaysWanted(remove=(day(8),)), "훈련일이 아닙니다"),
        (DaysWanted(end=day(8), add=(day(8),), remove=(day(8),)), "더하면서 뺄"),
        (DaysWanted(remove=tuple(DAYS)), "하루도 남지 않아"),
        (DaysWanted(minutes={day(8): 60}), "교시를 바꿀 수 없습니다"),
        (DaysWanted(start=day(9), end=day(8)), "앞섭니다"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(wanted: DaysWanted, told: str) -> None:
    with pytest.raises(Refused, match=told):
        replan(SPAN, DAYS, wanted, PROPOSED, 480)


def test_a_copy_ends_with_as_many_days() -> None:
    days = [day(number) for number in (3, 4, 5)]
    assert [nth_day_end(days, count) for count in (1, 3, 4, 0)] == [day(3), day(5), None, None]
