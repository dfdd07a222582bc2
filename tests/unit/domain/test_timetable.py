from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from regional_desk.domain.refused import Refused
from regional_desk.domain.timetable import (
    Clash,
    Entry,
    Held,
    clashes,
    fee,
    hours_text,
    minutes_until,
    monday_of,
    paid_minutes,
    periods_of,
    read_entry,
    repeat_week,
    show_entry,
)

PERIODS = tuple((hour * 60, (hour + 1) * 60) for hour in (9, 10, 11, 12, 14, 15, 16, 17))
DAY = dt.date(2026, 8, 3)
KIM, LEE = UUID(int=100), UUID(int=101)
FIRST, SECOND = UUID(int=1), UUID(int=2)


def held(number: int, start: int, end: int, *, course: UUID = FIRST, **more: object) -> Held:
    values: dict[str, object] = {"day": DAY, "instructor": None, "room": None} | more
    return Held(UUID(int=number), course, start=start, end=end, **values)  # type: ignore[arg-type]  # kept short


@pytest.mark.parametrize(
    ("minutes", "periods"),
    [(480, 8), (420, 7), (240, 4), (239, 3), (60, 1), (59, 1), (1, 1)],
)
def test_a_day_holds_the_first_periods_that_its_minutes_fill(minutes: int, periods: int) -> None:
    assert periods_of(PERIODS, minutes) == PERIODS[:periods]


@pytest.mark.parametrize(("last", "minutes"), [(1, 60), (4, 240), (8, 480)])
def test_a_days_minutes_follow_from_its_last_period(last: int, minutes: int) -> None:
    assert minutes_until(PERIODS, last) == minutes
    assert len(periods_of(PERIODS, minutes)) == last


@pytest.mark.parametrize("last", [0, 9, -1])
def test_a_period_the_course_does_not_have_is_refused(last: int) -> None:
    with pytest.raises(Refused, match="1~8"):
        minutes_until(PERIODS, last)


@pytest.mark.parametrize(
    ("second", "instructors", "rooms", "expected"),
    [
        ((600, 660), (KIM, KIM), (None, None), None),  # begins when the first ends
        ((599, 660), (KIM, KIM), (None, None), (True, False)),  # one minute shared
        ((540, 600), (KIM, LEE), (None, None), None),
        ((540, 600), (None, None), (None, None), None),  # nobody is not the same person
        ((540, 600), (KIM, LEE), ("실습실 1", "실습실1"), (False, True)),
        ((540, 600), (KIM, LEE), ("Lab A", "lab a"), (False, True)),
        ((540, 600), (KIM, LEE), ("", ""), None),
        ((540, 600), (KIM, KIM), ("101호", "101호"), (True, True)),
        ((540, 600), (KIM, KIM), ("101호", "102호"), (True, False)),
    ],
)
def test_an_instructor_or_room_wanted_twice_at_once_is_a_clash(
    second: tuple[int, int],
    instructors: tuple[UUID | None, UUID | None],
    rooms: tuple[str | None, str | None],
    expected: tuple[bool, bool] | None,
) -> None:
    lessons = [
        held(1, 540, 600, instructor=instructors[0], room=rooms[0]),
        held(2, *second, course=SECOND, instructor=instructors[1], room=rooms[1]),
    ]
    found = clashes(lessons)
    assert found == (() if expected is None else (Clash(UUID(int=1), UUID(int=2), *expected),))


def test_the_same_time_on_another_day_is_no_clash() -> None:
    lessons = [
        held(1, 540, 600, instructor=KIM),
        held(2, 540, 600, instructor=KIM, day=DAY + dt.timedelta(days=1)),
    ]
    assert clashes(lessons) == ()


def test_an_hour_held_for_two_classes_is_paid_once() -> None:
    spans = [(DAY, 540, 600), (DAY, 540, 600), (DAY, 570, 660), (DAY + dt.timedelta(days=1), 540, 600)]
    assert paid_minutes(spans) == (60, 0, 60, 60)


@pytest.mark.parametrize(
    ("minutes", "rate", "won"),
    [
        (60, 50_000, 50_000),
        (90, 50_000, 75_000),
        (1, 50_000, 833),
        (0, 50_000, 0),
        (60, None, None),
        (60, 0, 0),
    ],
)
def test_a_fee_is_hours_times_the_hourly_rate(minutes: int, rate: int | None, won: int | None) -> None:
    assert fee(minutes, rate) == won


def test_hours_are_written_as_an_office_says_them() -> None:
    assert [hours_text(minutes) for minutes in (0, 60, 90, 720)] == ["0시간", "1시간", "1시간 30분", "12시간"]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("", None),
        ("  ", None),
        ("PLC 기초", Entry("PLC 기초")),
        ("CAD/CAM", Entry("CAD/CAM")),
        ("CAD/CAM / 김강사", Entry("CAD/CAM", "김강사")),
        ("품질관리 / 김강사 / 실습실 1", Entry("품질관리", "김강사", "실습실 1")),
        ("품질관리 / / 실습실 1", Entry("품질관리", None, "실습실 1")),
        ('"품질관리\n김강사\n실습실 1"', Entry("품질관리", "김강사", "실습실 1")),
    ],
)
def test_an_entry_is_read_as_an_office_writes_it(text: str, entry: Entry | None) -> None:
    assert read_entry(text) == entry
    if entry is not None:
        assert read_entry(show_entry(entry)) == entry


@pytest.mark.parametrize("text", ["a / b / c / d", " / 김강사"])
def test_an_entry_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="과목 / 강사 / 강의실"):
        read_entry(text)


def test_a_week_is_laid_over_others_without_overwriting() -> None:
    source = {(0, 1): "A", (0, 8): "B", (1, 1): "C"}
    monday, tuesday = dt.date(2026, 8, 10), dt.date(2026, 8, 11)
    laid = repeat_week(source, {monday: 4, tuesday: 8}, [(tuesday, 1)])
    assert laid == {(monday, 1): "A"}  # period 8 is not held on the short Monday; Tuesday's is set already


def test_a_week_begins_on_monday() -> None:
    assert {monday_of(dt.date(2026, 8, day)) for day in range(3, 10)} == {dt.date(2026, 8, 3)}
