"""Cleaning what people type; dates, times and amounts as an office writes them."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.refused import Refused
from regional_desk.domain.text import (
    clean,
    clock_time,
    compact,
    digits_only,
    initials,
    korean_date,
    korean_span,
    nfc,
    parse_clock,
    weekday,
    won,
    won_words,
)

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=10)


@given(HANGUL)
def test_decomposed_hangul_from_a_mac_is_composed(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("홍길동", "홍길동"),
        ("  홍길동  ", "홍길동"),
        ("홍  길동", "홍 길동"),
        ("홍\u200b길동\ufeff", "홍길동"),
        ("홍\u00a0길동", "홍 길동"),
        ("홍\u3000길동", "홍 길동"),
        ("홍\n길\r\n동\t", "홍 길 동"),
        ("\u1112\u1169\u11bc\u1100\u1175\u11af\u1103\u1169\u11bc", "홍길동"),
        ("", ""),
        (" \u200b ", ""),
        ("\u1112\u200b\u1169\u11bc", "홍"),
        ("홍길동\u200e", "홍길동"),
    ],
)
def test_text_is_cleaned_to_what_was_meant(typed: str, meant: str) -> None:
    assert clean(typed) == meant


@given(HANGUL, HANGUL)
def test_cleaned_text_stays_as_it_is(first: str, second: str) -> None:
    once = clean(f" {first} \u200b\n {second}\u00a0")
    assert once == f"{first} {second}"
    assert clean(once) == once


@pytest.mark.parametrize(
    "heading",
    [
        "사업자등록번호",
        "사업자 등록 번호",
        "사업자\n등록번호",
        "사업자\u200b등록번호",
        "\t사업자등록\u3000번호 ",
    ],
)
def test_headings_are_compared_without_spaces_and_breaks(heading: str) -> None:
    assert compact(heading) == "사업자등록번호"


def test_headings_are_compared_without_width_and_case() -> None:
    assert compact("ＴＯ (명)") == compact("to(명)") == "to(명)"


def test_digits_are_taken_out_of_a_text() -> None:
    assert digits_only("010-1234-5678 (집)") == digits_only("０１０.1234.5678") == "01012345678"
    assert digits_only("없음") == ""


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(2026, 7, 1), "2026. 7. 1."),
        (dt.date(2026, 12, 31), "2026. 12. 31."),
        (dt.date(2028, 2, 29), "2028. 2. 29."),
    ],
)
def test_dates_are_written_as_papers_do(day: dt.date, written: str) -> None:
    assert korean_date(day) == written


def test_spans_and_weekdays_are_written_in_korean() -> None:
    assert korean_span(dt.date(2026, 8, 3), dt.date(2026, 8, 28)) == "2026. 8. 3. ~ 2026. 8. 28."
    assert "".join(weekday(dt.date(2026, 8, 3 + day)) for day in range(7)) == "월화수목금토일"


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "금0원(금영원)"),
        (10, "금10원(금일십원)"),
        (234_580, "금234,580원(금이십삼만사천오백팔십원)"),
        (400_000, "금400,000원(금사십만원)"),
        (10_000, "금10,000원(금일만원)"),
        (100_010_000, "금100,010,000원(금일억일만원)"),
        (9_720_000, "금9,720,000원(금구백칠십이만원)"),
        (1_000_000_000_001, "금1,000,000,000,001원(금일조일원)"),
        (1_111_111_111, "금1,111,111,111원(금일십일억일천일백일십일만일천일백일십일원)"),
    ],
)
def test_amounts_are_written_in_figures_and_words(amount: int, written: str) -> None:
    assert won_words(amount) == written


def read_words(words: str) -> int:
    total = group = digit = 0
    for sign in words:
        if sign in "일이삼사오육칠팔구":
            digit = "일이삼사오육칠팔구".index(sign) + 1
        elif sign in "십백천":
            group, digit = group + digit * 10 ** ("십백천".index(sign) + 1), 0
        elif sign in "만억조":
            total, group, digit = total + (group + digit) * 10_000 ** ("만억조".index(sign) + 1), 0, 0
    return total + group + digit


@given(st.integers(1, 10**16 - 1))
def test_words_and_figures_name_the_same_amount(amount: int) -> None:
    figures, _, words = won_words(amount).partition("(")
    assert figures == f"금{won(amount)}원"
    assert read_words(words) == amount


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("08:10", 490),
        ("8:10", 490),
        ("0810", 490),
        ("810", 490),
        ("8시 10분", 490),
        ("８：１０", 490),
        ("00:00", 0),
        ("23:59", 1439),
        ("24:00", 1440),
        (" 09:00 ", 540),
    ],
)
def test_times_are_read(text: str, minutes: int) -> None:
    assert parse_clock(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "9", "09:60", "0960", "24:01", "25:00", "9:5", "12345", "아침", "-9:00", "9:00 AM"]
)
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="09:10처럼"):
        parse_clock(text)


@given(st.integers(0, 1440))
def test_a_written_time_is_read_back(minutes: int) -> None:
    assert parse_clock(clock_time(minutes)) == minutes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("홍길동", "ㅎㄱㄷ"),
        ("까치", "ㄲㅊ"),
        ("가힣", "ㄱㅎ"),
        ("(주)한빛 A1", "(ㅈ)ㅎㅂ A1"),
        ("ㅎㄱㄷ", "ㅎㄱㄷ"),
        ("", ""),
    ],
)
def test_initials_are_the_first_consonants(text: str, shown: str) -> None:
    assert initials(text) == shown


@given(HANGUL)
def test_initials_are_one_a_syllable_and_the_same_for_decomposed_text(text: str) -> None:
    assert len(initials(text)) == len(text)
    assert initials(unicodedata.normalize("NFD", text)) == initials(text)
