"""Companies: the business number, the kind, how many people they ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.companies import (
    CompanyKind,
    check_business_number,
    parse_business_number,
    parse_kind,
    parse_positions,
    show_business_number,
)
from regional_desk.domain.refused import Refused

NINE = st.text("0123456789", min_size=9, max_size=9)


def with_check_digit(nine: str) -> str:
    return next(nine + last for last in "0123456789" if check_business_number(nine + last))


@pytest.mark.parametrize("digits", ["1248100998", "2208162517", "1208147521", "1018116293"])
def test_well_known_numbers_hold_the_checksum(digits: str) -> None:
    assert check_business_number(digits)


@pytest.mark.parametrize("digits", ["1248100999", "2148100998", "124810099", "12481009980", "", "12481o0998"])
def test_a_wrong_number_does_not(digits: str) -> None:
    assert not check_business_number(digits)


@given(NINE)
def test_nine_digits_have_exactly_one_check_digit(nine: str) -> None:
    assert sum(check_business_number(nine + last) for last in "0123456789") == 1


@given(NINE, st.integers(0, 7), st.integers(1, 9))
def test_a_mistyped_digit_is_noticed(nine: str, place: int, shift: int) -> None:
    right = with_check_digit(nine)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert not check_business_number(wrong)


@pytest.mark.parametrize("value", ["124-81-00998", "1248100998", "124 81 00998", 1248100998, 1248100998.0])
def test_a_business_number_is_kept_as_its_digits(value: object) -> None:
    assert parse_business_number(value) == "1248100998"
    assert show_business_number("1248100998") == "124-81-00998"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "비어"),
        ("", "비어"),
        ("124-81-0099", "10자리"),
        ("124-81-00999", "검증번호"),
        ("없음", "10자리"),
    ],
)
def test_a_bad_business_number_is_refused_with_its_reason(value: object, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        parse_business_number(value)


@given(NINE)
def test_what_is_shown_is_read_back(nine: str) -> None:
    digits = with_check_digit(nine)
    assert parse_business_number(show_business_number(digits)) == digits


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("제조", CompanyKind.MANUFACTURER),
        (" 제조 기업", CompanyKind.MANUFACTURER),
        ("공급", CompanyKind.SUPPLIER),
        ("공급기업", CompanyKind.SUPPLIER),
        ("제조AI 솔루션 공급기업", CompanyKind.SUPPLIER),
        ("스마트공장 도입 제조기업", CompanyKind.MANUFACTURER),
        ("", None),
        (None, None),
    ],
)
def test_a_kind_is_read(value: object, kind: CompanyKind | None) -> None:
    assert parse_kind(value) is kind


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Refused, match="제조 또는 공급"):
        parse_kind("서비스")


@pytest.mark.parametrize(
    ("value", "people"),
    [("3", 3), ("3명", 3), (" 3 명 ", 3), (3, 3), (3.0, 3), (0, 0), ("999", 999), ("", None), (None, None)],
)
def test_positions_are_read(value: object, people: int | None) -> None:
    assert parse_positions(value) == people


@pytest.mark.parametrize("value", ["1000", "-1", "2.5", "여럿", 2.5])
def test_positions_that_are_no_number_of_people_are_refused(value: object) -> None:
    with pytest.raises(Refused, match="모집인원"):
        parse_positions(value)
