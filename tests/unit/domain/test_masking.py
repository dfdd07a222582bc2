"""Names, phones, accounts and births, whole or masked."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.masking import Masking

FULL, MASKED = Masking.FULL, Masking.MASKED


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("홍길동", "홍*동"),
        ("김솔", "김*"),
        ("남궁민수", "남**수"),
        ("홍", "홍"),
        ("", ""),
        ("Anh Nguyen", "A********n"),
    ],
)
def test_a_masked_name_keeps_its_ends(name: str, shown: str) -> None:
    assert MASKED.show_name(name) == shown
    assert FULL.show_name(name) == name


@pytest.mark.parametrize(
    ("digits", "whole", "masked"),
    [
        ("01012345678", "010-1234-5678", "010-****-5678"),
        ("0111234567", "011-123-4567", "011-***-4567"),
        ("0212345678", "02-1234-5678", "02-****-5678"),
        ("021234567", "02-123-4567", "02-***-4567"),
        ("0551234567", "055-123-4567", "055-***-4567"),
        ("050712345678", "0507-1234-5678", "0507-****-5678"),
        ("05051234567", "0505-123-4567", "0505-***-4567"),
        ("15881234", "1588-1234", "****-1234"),
    ],
)
def test_a_phone_is_written_in_its_groups(digits: str, whole: str, masked: str) -> None:
    assert FULL.show_phone(digits) == whole
    assert MASKED.show_phone(digits) == masked


@pytest.mark.parametrize("masking", list(Masking))
def test_what_is_not_known_stays_empty(masking: Masking) -> None:
    assert masking.show_phone(None) == masking.show_phone("") == ""
    assert masking.show_account(None) == masking.show_account("") == ""


def test_a_masked_account_shows_its_last_four_digits() -> None:
    assert MASKED.show_account("110222333444") == "****3444"
    assert FULL.show_account("110222333444") == "110222333444"


def test_a_masked_birth_shows_the_year_only() -> None:
    assert MASKED.show_birth(dt.date(1999, 3, 5)) == "1999. *. *."
    assert FULL.show_birth(dt.date(1999, 3, 5)) == "1999. 3. 5."


@given(st.from_regex(r"0\d{8,10}", fullmatch=True))
def test_masking_a_phone_changes_the_middle_only(digits: str) -> None:
    whole, masked = FULL.show_phone(digits), MASKED.show_phone(digits)
    assert whole.replace("-", "") == digits
    assert len(masked) == len(whole)
    assert masked[-4:] == digits[-4:]
    assert "*" in masked


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=8))
def test_a_masked_name_is_as_long_and_hides_something(name: str) -> None:
    shown = MASKED.show_name(name)
    assert len(shown) == len(name)
    assert shown[0] == name[0]
    assert "*" in shown
