"""One record: how an office writes it, how it is shown, what it counts as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.attendance import (
    ABSENT,
    EMPTY,
    EXCUSED,
    PRESENT,
    REASONS,
    UNSPECIFIED,
    Cell,
    Counts,
    Evidence,
    Mark,
    Status,
    count,
    read_cell,
    show_cell,
    sign,
)
from regional_desk.domain.refused import Refused

LATE, EARLY, OUT = Mark.LATE, Mark.LEFT_EARLY, Mark.OUT
MARKS = st.integers(0, 7).map(Mark)
CELLS = st.one_of(
    st.sampled_from([EMPTY, ABSENT, EXCUSED]), MARKS.map(lambda marks: Cell(Status.PRESENT, marks))
)


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("출석 출 ㅊ ○ 〇 ● O o 0 ㅇ / √ V v", PRESENT),
        ("지각 지 △", Cell(Status.PRESENT, LATE)),
        ("조퇴 조 ▽", Cell(Status.PRESENT, EARLY)),
        ("외출 외 ◇", Cell(Status.PRESENT, OUT)),
        ("결석 결 × X x", ABSENT),
        ("출석인정 인정 공가 공 ◎", EXCUSED),
        ("미입력 ·", EMPTY),
    ],
)
def test_every_word_of_the_legend_is_read(words: str, cell: Cell) -> None:
    assert [read_cell(word) for word in words.split()] == [cell] * len(words.split())


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_cell_is_unrecorded_and_not_absent(text: str) -> None:
    assert read_cell(text) == EMPTY
    assert read_cell(text).status is not Status.ABSENT


@pytest.mark.parametrize(
    "text",
    [
        "지각,조퇴",
        "지각, 조퇴",
        "지각 조퇴",
        "지,조",
        "△,▽",
        "지각+조퇴",
        "출석(지각,조퇴)",
        "지각\n조퇴",
        "조퇴,지각",
    ],
)
def test_marks_stand_together(text: str) -> None:
    assert read_cell(text) == Cell(Status.PRESENT, LATE | EARLY)


def test_all_three_marks_can_fall_on_one_day() -> None:
    assert read_cell("지각,조퇴,외출") == Cell(Status.PRESENT, LATE | EARLY | OUT)


def test_a_mark_said_twice_counts_once() -> None:
    assert read_cell("지각,지각") == Cell(Status.PRESENT, LATE)


@pytest.mark.parametrize("text", ["결석(지각)", "출석,결석", "출석인정,조퇴", "결석,출석인정", "미입력,지각"])
def test_words_that_contradict_each_other_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="서로 맞지 않는"):
        read_cell(text)


@pytest.mark.parametrize("text", ["병가", "?", "1", "출출", "09:00", "지각조퇴"])
def test_an_unknown_word_is_refused_naming_the_known_ones(text: str) -> None:
    with pytest.raises(Refused, match="출석·지각·조퇴·외출·결석·출석인정"):
        read_cell(text)


def test_an_imported_excuse_has_no_reason_and_no_evidence_yet() -> None:
    cell = read_cell("공가")
    assert (cell.reason, cell.evidence) == (UNSPECIFIED, Evidence.MISSING)


@pytest.mark.parametrize(
    ("cell", "shown", "drawn"),
    [
        (EMPTY, "미입력", "·"),
        (PRESENT, "출석", "○"),
        (ABSENT, "결석", "×"),
        (EXCUSED, "출석인정", "◎"),
        (Cell(Status.PRESENT, LATE), "출석(지각)", "△"),
        (Cell(Status.PRESENT, EARLY), "출석(조퇴)", "▽"),
        (Cell(Status.PRESENT, OUT), "출석(외출)", "◇"),
        (Cell(Status.PRESENT, LATE | EARLY), "출석(지각,조퇴)", "△▽"),
        (Cell(Status.PRESENT, LATE | EARLY | OUT), "출석(지각,조퇴,외출)", "△▽◇"),
    ],
)
def test_a_record_is_shown_in_words_and_signs(cell: Cell, shown: str, drawn: str) -> None:
    assert show_cell(cell) == shown
    assert sign(cell) == drawn


@given(CELLS)
def test_what_is_shown_is_read_back(cell: Cell) -> None:
    assert read_cell(show_cell(cell)) == cell


@given(CELLS)
def test_what_is_drawn_is_read_back(cell: Cell) -> None:
    assert read_cell(sign(cell)) == cell


def test_records_are_counted_and_marks_only_on_days_present() -> None:
    cells = [PRESENT, Cell(Status.PRESENT, LATE | EARLY), Cell(Status.PRESENT, OUT), ABSENT, EXCUSED, EMPTY]
    assert count(cells) == Counts(days=6, present=3, excused=1, absent=1, marks=3)
    assert count(cells).recorded == 5


def test_the_denominator_can_be_another_than_the_number_of_records() -> None:
    assert count([PRESENT, ABSENT], days=19) == Counts(19, 1, 0, 1, 0)


@given(st.lists(CELLS, max_size=40))
def test_each_record_is_counted_once(cells: list[Cell]) -> None:
    counts = count(cells)
    assert counts.days == len(cells)
    assert counts.recorded == len(cells) - cells.count(EMPTY)
    assert counts.marks <= 3 * counts.present


def test_every_reason_is_found_by_its_own_code() -> None:
    assert all(code == reason.code for code, reason in REASONS.items())
