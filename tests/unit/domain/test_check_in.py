"""Check-in: badges, what a scan is, and the record a day of them makes."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.attendance import (
    ABSENT,
    EMPTY,
    EXCUSED,
    PRESENT,
    Cell,
    DayPart,
    Mark,
    SpanKind,
    Status,
)
from regional_desk.domain.check_in import (
    Badge,
    Passage,
    Scan,
    Way,
    badge_code,
    badge_number,
    follow,
    passage,
    read_badge,
    record_of,
    show_number,
    state_words,
    times_of,
)
from regional_desk.domain.entry_times import disagrees, propose
from regional_desk.domain.refused import Refused

PERIODS = tuple((hour * 60, hour * 60 + 60) for hour in (9, 10, 11, 13, 14, 15, 16, 17))
GRACE = 10
COURSE, MEMBER = UUID(int=7), UUID(int=8)
IDS = st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number))


def scans(*times: str) -> tuple[Scan, ...]:
    """`>0858` in, `<1800` out."""
    ways = {">": Way.IN, "<": Way.OUT}
    return tuple(Scan(ways[time[0]], int(time[1:3]) * 60 + int(time[3:])) for time in times)


def at(time: str) -> int:
    return int(time[:2]) * 60 + int(time[2:])


@given(IDS)
def test_a_badges_code_is_digits_only_and_reads_back(membership: UUID) -> None:
    code = badge_code(membership)
    assert code.isdecimal()
    assert read_badge(code) == Badge(code=code)


@given(IDS, st.integers(1, 999))
def test_a_badges_number_reads_back_as_shown(course: UUID, order: int) -> None:
    number = badge_number(course, order)
    assert read_badge(show_number(number)) == Badge(number=number)


@given(IDS, st.integers(1, 999), st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(course: UUID, order: int, place: int, more: int) -> None:
    number = badge_number(course, order)
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises(Refused, match="번호가 맞지 않습니다"):
        read_badge(wrong)


@pytest.mark.parametrize("typed", ["7", " 7 ", "007", "７"])
def test_a_place_in_the_class_list_may_be_typed_alone(typed: str) -> None:
    assert read_badge(typed) == Badge(order=7)


@pytest.mark.parametrize("typed", ["", "0", "000", "1234", "홍길동", "https://example.com/1", "ㅁㄴㅇ", "-"])
def test_what_is_no_badge_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_badge(typed)
    assert len(typed) < 4 or typed not in str(refused.value)


@pytest.mark.parametrize(
    ("before", "minute", "wanted", "found"),
    [
        ((), "0858", None, Passage(Way.IN, "입실")),
        ((), "0910", None, Passage(Way.IN, "입실")),
        ((), "0911", None, Passage(Way.IN, "입실", "지각 11분")),
        ((), "1400", None, Passage(Way.IN, "입실", "지각 300분")),
        ((), "1401", None, Passage(Way.IN, "입실", "훈련시간의 절반이 안 되어 결석이 됩니다")),
        ((), "1759", None, Passage(Way.IN, "입실", "훈련시간의 절반이 안 되어 결석이 됩니다")),
        ((), "1800", None, Passage(Way.OUT, "퇴실", "입실 미확인")),
        ((), "1800", Way.OUT, Passage(Way.OUT, "퇴실", "입실 미확인")),
        ((">0858",), "1749", None, Passage(Way.OUT, "외출·조퇴")),
        ((">0858",), "1750", None, Passage(Way.OUT, "퇴실")),
        ((">0858", "<1100"), "1130", None, Passage(Way.IN, "귀원")),
        ((">0858", "<1100"), "1130", Way.IN, Passage(Way.IN, "귀원")),
        ((">0858",), "0901", None, Passage(Way.OUT, "외출·조퇴")),
    ],
)
def test_what_a_scan_is(before: tuple[str, ...], minute: str, wanted: Way | None, found: Passage) -> None:
    assert passage(scans(*before), at(minute), wanted, PERIODS, grace=GRACE) == found


@pytest.mark.parametrize(
    ("before", "minute", "wanted", "why"),
    [
        ((">0858",), "0858", None, "방금 처리했습니다"),
        ((">0858",), "0900", None, "방금 처리했습니다"),
        ((">0858",), "0900", Way.OUT, "방금 처리했습니다"),
        ((">0858",), "0930", Way.IN, "이미 들어와 있습니다.*08:58"),
        ((">0858", "<1800"), "1810", Way.OUT, "이미 나갔습니다"),
        ((">0858",), "0857", None, "PC 시계"),
        ((), "1800", Way.IN, "18:00에 끝났습니다"),
        ((">0858", "<1700"), "1801", None, "끝났습니다"),
    ],
)
def test_a_scan_that_must_not_count_says_why(
    before: tuple[str, ...], minute: str, wanted: Way | None, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        passage(scans(*before), at(minute), wanted, PERIODS, grace=GRACE)


def made(*times: str) -> Cell:
    return record_of(scans(*times), PERIODS, grace=GRACE)


@pytest.mark.parametrize(
    ("times", "status", "marks"),
    [
        ((), Status.UNRECORDED, Mark.NONE),
        ((">0858",), Status.UNRECORDED, Mark.NONE),
        (("<1800",), Status.UNRECORDED, Mark.NONE),
        (("<1100", ">1200", "<1800"), Status.UNRECORDED, Mark.NONE),
        ((">0858", "<1800"), Status.PRESENT, Mark.NONE),
        ((">0911", "<1800"), Status.PRESENT, Mark.LATE),
        ((">0858", "<1749"), Status.PRESENT, Mark.LEFT_EARLY),
        ((">0858", "<1030", ">1110", "<1800"), Status.PRESENT, Mark.OUT),
        ((">0858", "<1200", ">1259", "<1800"), Status.PRESENT, Mark.NONE),
        ((">0920", "<1030", ">1110", "<1700"), Status.PRESENT, Mark.LATE | Mark.OUT | Mark.LEFT_EARLY),
        ((">0858", "<1200"), Status.ABSENT, Mark.NONE),
        ((">0858", "<1030", ">1110"), Status.UNRECORDED, Mark.NONE),
    ],
)
def test_the_record_a_day_of_scans_makes(times: tuple[str, ...], status: Status, marks: Mark) -> None:
    found = made(*times)
    assert (found.status, found.marks) == (status, marks)


def test_lunch_outside_is_no_time_out() -> None:
    assert times_of(scans(">0858", "<1200", ">1259", "<1800"), PERIODS) == (at("0858"), at("1800"), ())


def test_time_out_keeps_its_span() -> None:
    assert made(">0858", "<1030", ">1110", "<1800").parts == (DayPart(SpanKind.OUT, at("1030"), at("1110")),)


def follow_on(kept: Cell, *times: str) -> Cell:
    """What the record is after the last of these scans."""
    every = scans(*times)
    return follow(kept, every[:-1], every, PERIODS, grace=GRACE)


def test_the_record_follows_the_scans_as_long_as_nobody_keyed_it() -> None:
    gone = follow_on(EMPTY, ">0858", "<1130")
    assert gone.status is Status.ABSENT  # for now: it is taken away when they come back
    back = follow_on(gone, ">0858", "<1130", ">1300")
    assert back == EMPTY
    assert follow_on(back, ">0858", "<1130", ">1300", "<1800").marks is Mark.OUT


@pytest.mark.parametrize("kept", [PRESENT, ABSENT, EXCUSED, Cell(Status.PRESENT, Mark.LATE)])
def test_what_a_person_keyed_wins_and_takes_the_times(kept: Cell) -> None:
    found = follow_on(kept, ">0930", "<1800")
    assert found == replace(kept, time_in=at("0930"), time_out=at("1800"))


def test_a_keyed_record_that_the_times_contradict_is_told_apart() -> None:
    found = follow_on(PRESENT, ">0930", "<1800")
    assert disagrees(found, propose(PERIODS, found.time_in, found.time_out, found.parts, grace=GRACE))


def test_an_excused_part_of_the_day_stays_beside_the_scans() -> None:
    excused = DayPart(SpanKind.EXCUSED, at("0900"), at("1000"))
    kept = Cell(Status.PRESENT, reason="examination", parts=(excused,))
    found = follow_on(kept, ">1000", "<1030", ">1110", "<1800")
    assert set(found.parts) == {excused, DayPart(SpanKind.OUT, at("1030"), at("1110"))}


@pytest.mark.parametrize(
    ("times", "over", "words"),
    [
        ((), False, ""),
        ((">0858",), False, "입실 08:58"),
        ((">0858",), True, "퇴실 미확인 (입실 08:58)"),
        ((">0858", "<1210"), False, "나감 12:10"),
        ((">0858", "<1800"), True, "퇴실 18:00"),
        (("<1800",), True, "퇴실 18:00 · 입실 미확인"),
    ],
)
def test_how_somebody_stands(times: tuple[str, ...], over: bool, words: str) -> None:
    assert state_words(scans(*times), over) == words
