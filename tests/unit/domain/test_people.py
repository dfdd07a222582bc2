"""What people write about themselves: names, births, phones, tracks, banks and accounts."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.people import (
    Bank,
    PersonKey,
    Sex,
    Track,
    find_bank,
    near_names,
    parse_account,
    parse_birth,
    parse_name,
    parse_phone,
    parse_sex,
    parse_track,
)
from regional_desk.domain.refused import Refused

BIRTH = dt.date(1999, 3, 5)
BANKS = (
    Bank("088", "신한은행", ("신한",)),
    Bank("031", "iM뱅크", ("대구은행",)),
    Bank("011", "농협은행", ("농협", "NH농협")),
)
HANGUL_NAMES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=5)


@pytest.mark.parametrize(
    "typed", ["홍길동", " 홍길동 ", "홍\u200b길동", unicodedata.normalize("NFD", "홍길동")]
)
def test_a_name_is_cleaned(typed: str) -> None:
    assert parse_name(typed) == "홍길동"


@pytest.mark.parametrize("name", ["Anh Nguyen", "O'Neil", "Jean-Luc", "남궁민수"])
def test_other_peoples_names_are_names_too(name: str) -> None:
    assert parse_name(name) == name


@pytest.mark.parametrize("value", [None, "", "   ", "\u200b"])
def test_an_empty_name_is_refused(value: object) -> None:
    with pytest.raises(Refused, match="비어"):
        parse_name(value)


@pytest.mark.parametrize("value", ["홍길동1", "홍@동", "123", "-홍"])
def test_a_name_of_other_signs_is_refused(value: object) -> None:
    with pytest.raises(Refused, match="글자가 아닌"):
        parse_name(value)


@pytest.mark.parametrize(
    "value",
    [
        "1999-03-05",
        "1999-3-5",
        "19990305",
        "1999. 3. 5.",
        "1999.3.5",
        "1999/03/05",
        "1999년 3월 5일",
        "990305",
        "１９９９-０３-０５",
        " 1999-03-05\u200b",
        19990305,
        19990305.0,
        990305,
        36224,
        36224.0,
        BIRTH,
        dt.datetime(1999, 3, 5, 0, 0),  # noqa: DTZ001 - a cell has no zone
    ],
)
def test_a_birth_is_read_however_it_is_written(value: object) -> None:
    assert parse_birth(value) == BIRTH


@pytest.mark.parametrize(
    ("value", "birth"),
    [
        ("000229", dt.date(2000, 2, 29)),
        ("040229", dt.date(2004, 2, 29)),
        ("150101", dt.date(2015, 1, 1)),
        ("300101", dt.date(1930, 1, 1)),
        ("20151231", dt.date(2015, 12, 31)),
        ("991231", dt.date(1999, 12, 31)),
    ],
)
def test_a_short_year_falls_into_the_only_century_it_can(value: str, birth: dt.date) -> None:
    assert parse_birth(value) == birth


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "비어"),
        (None, "비어"),
        ("1999-02-30", "달력에 없는"),
        ("20010229", "달력에 없는"),
        ("990230", "달력에 없는"),
        ("1999-13-01", "달력에 없는"),
        ("19290101", "생년월일로 볼 수 없습니다"),
        ("20160101", "생년월일로 볼 수 없습니다"),
        ("200101", "생년월일로 볼 수 없습니다"),
        ("290101", "생년월일로 볼 수 없습니다"),
        ("160101", "생년월일로 볼 수 없습니다"),
        (dt.date(2026, 8, 3), "생년월일로 볼 수 없습니다"),
        (46237, "생년월일로 볼 수 없습니다"),
        ("99.3.5", "읽을 수 없습니다"),
        ("36224", "읽을 수 없습니다"),
        ("1999", "읽을 수 없습니다"),
        ("990305-1", "읽을 수 없습니다"),
        (36224.5, "읽을 수 없습니다"),
        (True, "읽을 수 없습니다"),
        ("미상", "읽을 수 없습니다"),
    ],
)
def test_a_birth_that_is_none_is_refused_with_its_reason(value: object, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        parse_birth(value)


@pytest.mark.parametrize(
    ("serial", "either", "other"),
    [(20305, "1955. 8. 4.", "2002. 3. 5."), (30305, "1982. 12. 20.", "2003. 3. 5.")],
)
def test_a_number_that_is_a_serial_and_a_birth_without_its_zero_is_not_guessed(
    serial: int, either: str, other: str
) -> None:
    with pytest.raises(Refused) as refused:
        parse_birth(float(serial))
    assert either in str(refused.value)
    assert other in str(refused.value)


@given(st.dates(dt.date(1986, 1, 1), dt.date(2008, 12, 31)))
def test_no_serial_of_todays_applicants_is_ambiguous(birth: dt.date) -> None:
    assert parse_birth(float((birth - dt.date(1899, 12, 30)).days)) == birth


@given(st.dates(dt.date(1930, 1, 1), dt.date(2015, 12, 31)))
def test_every_birth_is_read_back_from_each_way_of_writing_it(birth: dt.date) -> None:
    written = (
        birth.isoformat(),
        f"{birth:%Y%m%d}",
        f"{birth.year}. {birth.month}. {birth.day}.",
        f"{birth:%y%m%d}",
    )
    assert {parse_birth(text) for text in written} == {birth}


@pytest.mark.parametrize(
    ("value", "sex"),
    [
        ("남", Sex.MALE),
        (" 남성", Sex.MALE),
        ("M", Sex.MALE),
        ("여", Sex.FEMALE),
        ("여자", Sex.FEMALE),
        ("female", Sex.FEMALE),
        ("", None),
        (None, None),
    ],
)
def test_a_sex_is_read(value: object, sex: Sex | None) -> None:
    assert parse_sex(value) is sex


def test_an_unknown_sex_is_refused() -> None:
    with pytest.raises(Refused, match="남 또는 여"):
        parse_sex("X")


@pytest.mark.parametrize(
    ("value", "track"),
    [
        ("Track1", Track.TRACK1),
        ("TRACK 1", Track.TRACK1),
        ("트랙1", Track.TRACK1),
        ("생산·기술", Track.TRACK1),
        ("track2", Track.TRACK2),
        ("트랙 2", Track.TRACK2),
        ("제조AI", Track.TRACK2),
        (1.0, Track.TRACK1),
        (2, Track.TRACK2),
        ("", None),
        (None, None),
    ],
)
def test_a_track_is_read(value: object, track: Track | None) -> None:
    assert parse_track(value) is track


def test_an_unknown_track_is_refused() -> None:
    with pytest.raises(Refused, match="Track1 또는 Track2"):
        parse_track("Track3")


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("010-1234-5678", "01012345678"),
        ("010 1234 5678", "01012345678"),
        ("010.1234.5678", "01012345678"),
        ("(055) 123-4567", "0551234567"),
        ("０１０-１２３４-５６７８", "01012345678"),
        ("+82 10-1234-5678", "01012345678"),
        ("1588-1234", "15881234"),
        (1012345678, "01012345678"),
        (1012345678.0, "01012345678"),
        ("1012345678", "01012345678"),
        (1612345678.0, "01612345678"),
        (15881234.0, "15881234"),
        ("0507-1234-5678", "050712345678"),
        ("", None),
        (None, None),
    ],
)
def test_a_phone_is_kept_as_its_digits(value: object, digits: str | None) -> None:
    assert parse_phone(value) == digits


@pytest.mark.parametrize("value", ["1234", "010-1234-56789", "010-1234-5678 집", "없음", "010-1234-5678/9"])
def test_what_is_no_phone_is_refused(value: str) -> None:
    with pytest.raises(Refused, match="전화번호로 읽을 수 없습니다"):
        parse_phone(value)


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("110-222-333444", "110222333444"),
        ("110 222 333444", "110222333444"),
        ("１１０２２２３３３４４４", "110222333444"),
        (110222333444.0, "110222333444"),
        (110222333444, "110222333444"),
        ("00123456789", "00123456789"),
        ("12345678", "12345678"),
        ("1234567890123456", "1234567890123456"),
        ("", None),
        (None, None),
    ],
)
def test_an_account_is_kept_as_its_digits(value: object, digits: str | None) -> None:
    assert parse_account(value) == digits


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("1.10222E+11", "E"),
        ("1.1E11", "E"),
        (1.1022233344455666e15, "끝자리"),
        (110222.5, "끝자리"),
        (1102223334445556, "끝자리"),
        (-110222333444.0, "끝자리"),
        (float("nan"), "끝자리"),
        ("1234567", "계좌번호로 읽을 수 없습니다"),
        ("12345678901234567", "계좌번호로 읽을 수 없습니다"),
        ("110-222-33344a", "계좌번호로 읽을 수 없습니다"),
    ],
)
def test_an_account_that_excel_spoiled_or_nobody_has_is_refused(value: object, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        parse_account(value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("신한", "088"),
        ("신한은행", "088"),
        ("신 한 은행", "088"),
        ("088", "088"),
        ("IM뱅크", "031"),
        ("대구은행", "031"),
        ("nh농협", "011"),
        ("농협\n은행", "011"),
    ],
)
def test_a_bank_is_found_by_name_short_name_or_code(value: str, code: str) -> None:
    bank = find_bank(value, BANKS)
    assert bank is not None
    assert bank.code == code


def test_no_bank_is_none_and_an_unknown_one_is_refused() -> None:
    assert find_bank("", BANKS) is None
    assert find_bank(None, BANKS) is None
    with pytest.raises(Refused, match="모르는 은행"):
        find_bank("달나라은행", BANKS)


def test_the_same_name_and_birth_are_the_same_person() -> None:
    assert PersonKey("홍길동", BIRTH) == PersonKey(parse_name(" 홍길동"), parse_birth("990305"))
    assert PersonKey("곽름성", dt.date(2006, 3, 7)) != PersonKey("곽름성", dt.date(1995, 12, 13))


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("홍길동", "홍길둥", True),
        ("홍길동", "황길동", True),
        ("홍길동", "홍길동", False),
        ("홍길동", "홍길", False),
        ("홍길동", "황길둥", False),
    ],
)
def test_names_are_near_where_one_syllable_differs(first: str, second: str, near: bool) -> None:
    assert near_names(first, second) is near


@given(HANGUL_NAMES, HANGUL_NAMES)
def test_nearness_holds_both_ways_and_never_with_oneself(first: str, second: str) -> None:
    assert near_names(first, second) == near_names(second, first)
    assert not near_names(first, first)
