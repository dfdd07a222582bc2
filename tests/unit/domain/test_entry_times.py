"""Records proposed from 입실, 퇴실, 외출 and part-day 출석인정."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.attendance import ABSENT, EMPTY, PRESENT, Cell, DayPart, Mark, SpanKind, Status
from regional_desk.domain.entry_times import Proposal, attended_minutes, disagrees, propose, timed
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import parse_clock

DAY = ((540, 720), (780, 1080))  # 09:00-12:00, 13:00-18:00: 480 minutes
GRACE = 10


def parts_of(kind: SpanKind, *texts: str) -> tuple[DayPart, ...]:
    spans = (text.split("-") for text in texts)
    return tuple(DayPart(kind, parse_clock(first), parse_clock(last)) for first, last in spans)


def of(time_in: str, time_out: str, *outings: str, excused: tuple[str, ...] = ()) -> Proposal:
    parts = (*parts_of(SpanKind.OUT, *outings), *parts_of(SpanKind.EXCUSED, *excused))
    return propose(DAY, parse_clock(time_in), parse_clock(time_out), parts, grace=GRACE)


def present(marks: Mark, minutes: int) -> Proposal:
    return Proposal(Status.PRESENT, marks, minutes, complete=True)


@pytest.mark.parametrize(
    ("time_in", "time_out", "marks", "minutes"),
    [
        ("09:00", "18:00", Mark.NONE, 480),
        ("08:30", "18:30", Mark.NONE, 480),
        ("09:10", "18:00", Mark.NONE, 470),
        ("09:11", "18:00", Mark.LATE, 469),
        ("09:00", "17:50", Mark.NONE, 470),
        ("09:00", "17:49", Mark.LEFT_EARLY, 469),
        ("09:11", "17:49", Mark.LATE | Mark.LEFT_EARLY, 458),
        ("12:30", "18:00", Mark.LATE, 300),
    ],
)
def test_ten_minutes_of_grace_at_both_ends(time_in: str, time_out: str, marks: Mark, minutes: int) -> None:
    assert of(time_in, time_out) == present(marks, minutes)


def test_the_grace_is_what_the_policy_says() -> None:
    assert propose(DAY, 541, 1080, grace=0).marks is Mark.LATE
    assert propose(DAY, 570, 1050, grace=30).marks is Mark.NONE


@pytest.mark.parametrize(
    ("time_out", "status"), [("14:00", Status.PRESENT), ("13:59", Status.ABSENT), ("09:00", Status.ABSENT)]
)
def test_under_half_of_the_day_is_absent(time_out: str, status: Status) -> None:
    assert of("09:00", time_out).status is status


@pytest.mark.parametrize(
    ("outing", "marks", "minutes"),
    [
        ("10:00-10:30", Mark.OUT, 450),
        ("10:00-10:01", Mark.OUT, 479),
        ("12:00-13:00", Mark.NONE, 480),
        ("18:00-19:00", Mark.NONE, 480),
    ],
)
def test_an_outing_inside_the_timetable_is_a_mark_and_lunch_is_none(
    outing: str, marks: Mark, minutes: int
) -> None:
    assert of("09:00", "18:00", outing) == present(marks, minutes)


@pytest.mark.parametrize(
    ("time_in", "time_out", "excused"),
    [("11:00", "18:00", "09:00-11:00"), ("11:08", "18:00", "09:00-11:00"), ("09:00", "15:00", "15:00-18:00")],
)
def test_a_part_of_the_day_excused_takes_its_mark_away(time_in: str, time_out: str, excused: str) -> None:
    assert of(time_in, time_out).marks
    assert of(time_in, time_out, excused=(excused,)).marks is Mark.NONE


def test_who_comes_long_after_the_excused_part_is_late_and_was_not_out() -> None:
    assert of("11:30", "18:00", excused=("09:00-11:00",)) == present(Mark.LATE, 450)


def test_an_excused_outing_is_attended() -> None:
    assert of("09:00", "18:00", "10:00-11:00", excused=("10:00-11:00",)) == present(Mark.NONE, 480)
    assert of("09:00", "18:00", "10:00-11:30", excused=("10:00-11:00",)) == present(Mark.OUT, 450)


def test_an_excused_part_counts_toward_half_of_the_day() -> None:
    assert of("17:00", "18:00").status is Status.ABSENT
    assert of("17:00", "18:00", excused=("13:00-16:00",)) == present(Mark.LATE, 240)


@pytest.mark.parametrize(
    ("time_in", "time_out", "note"),
    [(540, None, "퇴실 미확인"), (None, 1080, "입실 미확인"), (None, None, "")],
)
def test_without_both_times_a_day_stays_unrecorded(
    time_in: int | None, time_out: int | None, note: str
) -> None:
    found = propose(DAY, time_in, time_out, grace=GRACE)
    assert (found.status, found.complete, found.note) == (Status.UNRECORDED, False, note)
    assert found.label == (note or "미입력")


def test_leaving_before_coming_is_refused() -> None:
    with pytest.raises(Refused, match="퇴실 시각이"):
        propose(DAY, 600, 599, grace=GRACE)


@pytest.mark.parametrize(
    ("cell", "other"),
    [
        (PRESENT, False),
        (ABSENT, True),
        (Cell(Status.PRESENT, Mark.LATE), True),
        (EMPTY, False),
        (Cell(Status.EXCUSED, reason="interview"), True),
    ],
)
def test_a_keyed_record_that_is_not_what_its_times_say_disagrees(cell: Cell, other: bool) -> None:
    assert disagrees(cell, of("09:00", "18:00")) is other


def test_an_excused_day_agrees_with_somebody_who_was_hardly_there() -> None:
    assert not disagrees(Cell(Status.EXCUSED, reason="interview"), of("09:00", "10:00"))


def test_nothing_disagrees_with_times_that_are_not_complete() -> None:
    assert not disagrees(ABSENT, propose(DAY, 540, None, grace=GRACE))


LATE = Cell(Status.PRESENT, Mark.LATE)
OUT = Cell(Status.PRESENT, Mark.OUT)


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        (PRESENT, True),
        (LATE, False),
        (replace(LATE, time_out=1080), False),
        (replace(LATE, time_in=600), True),
        (Cell(Status.PRESENT, Mark.LEFT_EARLY, time_in=540), False),
        (Cell(Status.PRESENT, Mark.LEFT_EARLY, time_out=900), True),
        (replace(OUT, time_in=540, time_out=1080), False),
        (replace(OUT, parts=parts_of(SpanKind.EXCUSED, "10:00-11:00")), False),
        (replace(OUT, parts=parts_of(SpanKind.OUT, "10:00-11:00")), True),
        (Cell(Status.PRESENT, Mark.LATE | Mark.OUT, time_in=600), False),
    ],
)
def test_each_mark_needs_its_own_time(cell: Cell, known: bool) -> None:
    assert timed(cell) is known


@pytest.mark.parametrize(
    ("time_in", "time_out", "minutes"),
    [(None, None, 480), (600, None, 420), (None, 900, 300), (600, 900, 240)],
)
def test_a_time_not_known_takes_nothing_away(time_in: int | None, time_out: int | None, minutes: int) -> None:
    assert attended_minutes(DAY, time_in, time_out) == minutes


MINUTE = st.integers(0, 1440)
PART = st.builds(
    lambda kind, first, length: DayPart(kind, first, min(1440, first + length)),
    st.sampled_from(SpanKind),
    MINUTE,
    st.integers(0, 300),
)


@given(MINUTE, MINUTE, st.lists(PART, max_size=4))
def test_minutes_are_those_counted_one_by_one(first: int, second: int, parts: list[DayPart]) -> None:
    time_in, time_out = min(first, second), max(first, second)
    there = 0
    for minute in (minute for start, end in DAY for minute in range(start, end)):
        out = any(one.kind is SpanKind.OUT and one.start <= minute < one.end for one in parts)
        excused = any(one.kind is SpanKind.EXCUSED and one.start <= minute < one.end for one in parts)
        there += excused or (time_in <= minute < time_out and not out)
    found = propose(DAY, time_in, time_out, parts, grace=GRACE)
    assert found.minutes == attended_minutes(DAY, time_in, time_out, parts) == there
    assert (found.status is Status.PRESENT) is (there >= 240)
    assert found.status is Status.PRESENT or not found.marks
