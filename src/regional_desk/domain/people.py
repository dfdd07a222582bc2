"""Reading what people write about people: names, birth dates, phones, tracks, accounts (rulebook sections 5 and 8)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from regional_desk.domain.refused import Refused
from regional_desk.domain.text import clean, compact, digits_only, korean_date

_EXCEL_EPOCH = dt.date(1899, 12, 30)
OLDEST_BIRTH, YOUNGEST_BIRTH = dt.date(1930, 1, 1), dt.date(2015, 12, 31)
_PARTS = re.compile(r"(\d{4})\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})\s*[.일]?")
_SHORT_YEAR_TURN = 20
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_NAME = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z .·'-]*")
_PHONE_SIGNS = re.compile(r"[\d\s.\-()+]+")
_ACCOUNT_SIGNS = re.compile(r"[\s\-]+")
_EXPONENT = re.compile(r"[\d.]+[eE]\+?\d+")
_PHONE_LENGTHS = range(8, 12)
_SAFE_NUMBER_LENGTH = 12  # 안심번호: 050x and eight digits
_NATIONAL_LENGTH = 8  # 15xx, 16xx and 18xx numbers have no leading zero
_MOBILE_WITHOUT_ZERO = re.compile(r"10\d{8}")
_EXACT_IN_A_NUMBER_CELL = 10**15
_ACCOUNT_LENGTHS = range(8, 17)


class Sex(StrEnum):
    """성별."""

    MALE = "남"
    FEMALE = "여"


class Track(StrEnum):
    """Track1 생산·기술 인력, Track2 제조AI 개발인력."""

    TRACK1 = "Track1"
    TRACK2 = "Track2"


@dataclass(frozen=True, slots=True)
class PersonKey:
    """Same name and birth date is the same person (rulebook section 5)."""

    name: str
    birth: dt.date


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank by its three-digit code; `lengths` are the account lengths it uses, empty where unknown."""

    code: str
    name: str
    synonyms: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()


_SEXES = {"남": Sex.MALE, "남성": Sex.MALE, "남자": Sex.MALE, "m": Sex.MALE, "male": Sex.MALE}
_SEXES |= {"여": Sex.FEMALE, "여성": Sex.FEMALE, "여자": Sex.FEMALE, "f": Sex.FEMALE, "female": Sex.FEMALE}
_TRACKS = dict.fromkeys(
    ("track1", "트랙1", "1", "생산·기술", "생산기술", "생산", "기술", "생산·기술인력"), Track.TRACK1
)
_TRACKS |= dict.fromkeys(
    ("track2", "트랙2", "2", "개발", "개발인력", "제조ai", "ai개발", "제조ai개발인력"), Track.TRACK2
)


def parse_name(value: object) -> str:
    """A person's name, cleaned; raise Refused where it is empty or holds anything but letters."""
    name = clean(str(value or ""))
    if not name:
        raise Refused("성명이 비어 있습니다.")
    if not _NAME.fullmatch(name):
        raise Refused("성명에 글자가 아닌 것이 들어 있습니다.")
    return name


def parse_birth(value: object) -> dt.date:
    """A birth date as a date, an Excel serial, or text such as 1999-03-05, 19990305, 1999. 3. 5., 990305.

    Raises Refused for a date that does not exist or lies outside 1930–2015; nothing is guessed silently.
    """
    if isinstance(value, dt.datetime):
        return _likely_birth(value.date(), value)
    if isinstance(value, dt.date):
        return _likely_birth(value, value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", clean(str(value if value is not None else "")))
    if not text:
        raise Refused("생년월일이 비어 있습니다.")
    match = _PARTS.fullmatch(text)
    if match:
        return _birth(int(match[1]), int(match[2]), int(match[3]), text)
    if text.isdecimal():
        if len(text) == 8:  # noqa: PLR2004 - yyyymmdd
            return _birth(int(text[:4]), int(text[4:6]), int(text[6:]), text)
        if len(text) == 6:  # noqa: PLR2004 - yymmdd
            year = int(text[:2])
            century = 2000 if year < _SHORT_YEAR_TURN else 1900
            return _birth(century + year, int(text[2:4]), int(text[4:]), text)
        if len(text) == 5 and not isinstance(value, str):  # noqa: PLR2004 - an Excel serial of those years
            return _serial_birth(int(text))
    raise Refused(f"'{text}'은(는) 생년월일로 읽을 수 없습니다. 1999-03-05처럼 적어 주십시오.")


def _birth(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        birth = dt.date(year, month, day)
    except ValueError as error:
        raise Refused(f"'{text}'은(는) 달력에 없는 날짜입니다.") from error
    return _likely_birth(birth, text)


def _serial_birth(serial: int) -> dt.date:
    """An Excel serial, unless it may as well be yymmdd that lost its leading zero in a number cell."""
    birth = _EXCEL_EPOCH + dt.timedelta(days=serial)
    if not OLDEST_BIRTH <= birth <= YOUNGEST_BIRTH:
        return _likely_birth(birth, serial)
    try:
        other = dt.date(2000 + serial // 10_000, serial // 100 % 100, serial % 100)
    except ValueError:
        return birth
    raise Refused(
        f"'{serial}'은(는) {korean_date(birth)}로도 {korean_date(other)}로도 읽힙니다. 1999-03-05처럼 적어 주십시오."
    )


def _likely_birth(birth: dt.date, shown: object) -> dt.date:
    if not OLDEST_BIRTH <= birth <= YOUNGEST_BIRTH:
        raise Refused(
            f"'{shown}'은(는) 생년월일로 볼 수 없습니다({OLDEST_BIRTH.year}~{YOUNGEST_BIRTH.year}년만 받습니다)."
        )
    return birth


def parse_sex(value: object) -> Sex | None:
    """남 or 여; None for an empty cell."""
    text = compact(str(value or ""))
    if not text:
        return None
    if text not in _SEXES:
        raise Refused(f"'{value}'은(는) 성별로 읽을 수 없습니다. 남 또는 여로 적어 주십시오.")
    return _SEXES[text]


def parse_track(value: object) -> Track | None:
    """Track1 or Track2 by its names; None for an empty cell."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = compact(str(value or ""))
    if not text:
        return None
    if text not in _TRACKS:
        raise Refused(f"'{value}'은(는) 트랙으로 읽을 수 없습니다. Track1 또는 Track2로 적어 주십시오.")
    return _TRACKS[text]


def parse_phone(value: object) -> str | None:
    """A phone number's digits; None for an empty cell.

    A number cell drops the leading zero, and a csv saved from it keeps that, so it is given back, but for the numbers
    that have none (15xx, 16xx, 18xx).
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = clean(str(value if value is not None else ""))
    if not text:
        return None
    digits = digits_only(text).removeprefix("82") if text.startswith("+82") else digits_only(text)
    has_none = len(digits) == _NATIONAL_LENGTH and digits.startswith(("15", "16", "18"))
    lost = not isinstance(value, str) and digits and not digits.startswith("0") and not has_none
    if lost or _MOBILE_WITHOUT_ZERO.fullmatch(digits):
        digits = "0" + digits
    if text.startswith("+82") and not digits.startswith("0"):
        digits = "0" + digits
    rest = _PHONE_SIGNS.sub("", unicodedata.normalize("NFKC", text))
    safe = len(digits) == _SAFE_NUMBER_LENGTH and digits.startswith("050")
    if rest or (len(digits) not in _PHONE_LENGTHS and not safe):
        raise Refused(f"'{text}'은(는) 전화번호로 읽을 수 없습니다.")
    return digits


def parse_email(value: object) -> str | None:
    """An address of mail; None for an empty cell, Refused for what is none."""
    text = unicodedata.normalize("NFKC", clean(str(value if value is not None else "")))
    if not text:
        return None
    if not _EMAIL.fullmatch(text):
        raise Refused(f"'{text}'은(는) 이메일 주소로 읽을 수 없습니다. name@example.com처럼 적어 주십시오.")
    return text


def parse_account(value: object) -> str | None:
    """An account number's digits; None for an empty cell. A number cell that lost digits is refused."""
    if isinstance(value, float | int):
        whole = not isinstance(value, float) or value.is_integer()
        if not whole or not 0 <= value < _EXACT_IN_A_NUMBER_CELL:
            raise Refused(
                "계좌번호가 숫자로 저장되어 끝자리가 사라졌습니다. 셀 서식을 '텍스트'로 바꾸어 다시 적어 주십시오."
            )
        value = int(value)
    text = unicodedata.normalize("NFKC", clean(str(value if value is not None else "")))
    if not text:
        return None
    if _EXPONENT.fullmatch(text):
        raise Refused(
            "계좌번호가 1.23E+13 꼴로 바뀌어 있습니다. 셀 서식을 '텍스트'로 바꾸어 다시 적어 주십시오."
        )
    digits = _ACCOUNT_SIGNS.sub("", text)
    if not digits.isdecimal() or len(digits) not in _ACCOUNT_LENGTHS:
        raise Refused(f"'{text}'은(는) 계좌번호로 읽을 수 없습니다.")
    return digits


def find_bank(value: object, banks: Iterable[Bank]) -> Bank | None:
    """The bank meant by a name, a short name or a code; None for an empty cell, Refused for an unknown one."""
    text = compact(str(value or ""))
    if not text:
        return None
    for bank in banks:
        if text in {compact(name) for name in (bank.code, bank.name, *bank.synonyms)}:
            return bank
    raise Refused(f"'{value}'은(는) 모르는 은행입니다. 은행 이름을 확인해 주십시오.")


def near_names(first: str, second: str) -> bool:
    """Whether two different names differ in one syllable only."""
    if first == second or len(first) != len(second):
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1
