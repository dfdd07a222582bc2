"""Names, phones, accounts and births, whole or masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

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
        ("황보 관", "황* 관"),
        ("홍", "*"),
        ("", ""),
        ("Anh Nguyen", "A** N*****"),
        ("NGUYEN THI THU", "N***** T** T**"),
        ("李小龍", "李*龍"),
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
    for show in (
        masking.show_account,
        masking.show_resident_number,
        masking.show_email,
        masking.show_address,
    ):
        assert show(None) == show("") == ""
    assert masking.show_reason(None) == ""


def test_a_masked_account_shows_its_last_four_digits() -> None:
    assert MASKED.show_account("110222333444") == "****3444"
    assert FULL.show_account("110222333444") == "110222333444"


def test_a_masked_birth_shows_the_year_only() -> None:
    assert MASKED.show_birth(dt.date(1999, 3, 5)) == "1999. *. *."
    assert FULL.show_birth(dt.date(1999, 3, 5)) == "1999. 3. 5."


def test_a_masked_birth_in_a_row_is_the_first_day_of_its_year() -> None:
    assert MASKED.hide_birth(dt.date(1999, 3, 5)) == dt.date(1999, 1, 1)
    assert FULL.hide_birth(dt.date(1999, 3, 5)) == dt.date(1999, 3, 5)
    assert MASKED.show_iso_birth(dt.date(1999, 3, 5)) == "1999-**-**"
    assert FULL.show_iso_birth(dt.date(1999, 3, 5)) == "1999-03-05"


@pytest.mark.parametrize(
    ("number", "whole", "masked"),
    [
        ("9903051234567", "990305-1234567", "990305-1******"),
        ("990305-1234567", "990305-1234567", "990305-1******"),
        ("0101014234567", "010101-4234567", "010101-4******"),
        ("99030", "99030", "***"),
    ],
)
def test_a_masked_resident_number_ends_after_the_sex(number: str, whole: str, masked: str) -> None:
    assert FULL.show_resident_number(number) == whole
    assert MASKED.show_resident_number(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("hong@example.com", "ho***@example.com"),
        ("ab@example.com", "a***@example.com"),
        ("a@example.com", "***@example.com"),
        ("no mail", "no***"),
    ],
)
def test_a_masked_email_keeps_two_letters_and_the_host(address: str, masked: str) -> None:
    assert MASKED.show_email(address) == masked
    assert FULL.show_email(address) == address


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("경상남도 창원시 의창구 원이대로 362, 1203호", "경상남도 창원시 의창구 ***"),
        ("경남 김해시 삼계로 23", "경남 김해시 ***"),
        ("서울특별시 강남구 압구정로 1", "서울특별시 강남구 ***"),
        ("세종특별자치시 한누리대로 2130", "세종특별자치시 ***"),
        ("전남광주통합특별시 북구 무등로 1", "전남광주통합특별시 북구 ***"),
        ("강원특별자치도 양양군 양양읍 1", "강원특별자치도 양양군 ***"),
        ("충북 청주시", "충북 청주시"),
        ("원이대로 362", "***"),
        ("12 Main St", "***"),
    ],
)
def test_a_masked_address_ends_at_the_district(address: str, masked: str) -> None:
    assert MASKED.show_address(address) == masked
    assert FULL.show_address(address) == address


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("김민수님과 연락처가 같음 · 이서님과 계좌가 같음", "김*수님과 연락처가 같음 · 이*님과 계좌가 같음"),
        ("계좌 보류: 남궁민수님과 같은 계좌", "계좌 보류: 남**수님과 같은 계좌"),
        ("예금주가 본인이 아님(박지영)", "예금주가 본인이 아님(박*영)"),
        ("계좌가 바뀜", "계좌가 바뀜"),
    ],
)
def test_a_masked_reason_names_nobody_else(text: str, masked: str) -> None:
    assert MASKED.show_reason(text) == masked
    assert FULL.show_reason(text) == text


@pytest.mark.parametrize(
    ("show", "value"),
    [
        (MASKED.show_name, "남궁민수"),
        (MASKED.show_name, "NGUYEN THI THU"),
        (MASKED.show_phone, "01012345678"),
        (MASKED.show_account, "110222333444"),
        (MASKED.show_resident_number, "9903051234567"),
        (MASKED.show_email, "hong@example.com"),
        (MASKED.show_email, "a@example.com"),
        (MASKED.show_address, "경상남도 창원시 의창구 원이대로 362"),
        (MASKED.show_reason, "김민수님과 연락처가 같음 · 이서님과 계좌가 같음"),
    ],
)
def test_masking_twice_changes_nothing(show: Callable[[str], str], value: str) -> None:
    assert show(show(value)) == show(value)


def test_what_a_service_masked_stays_so_on_a_screen_that_may_see_all() -> None:
    assert FULL.show_phone(MASKED.show_phone("01012345678")) == "010-****-5678"


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
