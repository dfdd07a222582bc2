"""Companies: the business number's checksum and the two kinds (rulebook sections 4 and 8)."""

from __future__ import annotations

import re
from enum import StrEnum

from regional_desk.domain.refused import Refused
from regional_desk.domain.text import clean, compact, digits_only

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_LENGTH = 10
_LEGAL_FORM = re.compile(r"\(주\)|\(유\)|주식회사|유한회사")  # ㈜ is folded to (주)
_MOST_POSITIONS = 999
_MOST_EMPLOYEES = 99_999


class CompanyKind(StrEnum):
    """제조: 스마트공장 도입 제조기업 (Track1); 공급: 제조AI 솔루션 공급기업 (Track2)."""

    MANUFACTURER = "제조"
    SUPPLIER = "공급"


def check_business_number(digits: str) -> bool:
    """Whether ten digits hold the 사업자등록번호 checksum (rulebook section 8)."""
    if len(digits) != _LENGTH or not digits.isdecimal():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    total += int(digits[8]) * 5 // 10
    return (10 - total % 10) % 10 == int(digits[9])


def plain_company_name(name: str) -> str:
    """A name to compare by: ㈜가온, (주) 가온 and 주식회사 가온 are one company."""
    text = compact(name)
    return _LEGAL_FORM.sub("", text) or text


def show_business_number(digits: str) -> str:
    """000-00-00000."""
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def parse_business_number(value: object) -> str:
    """Ten digits with a right checksum; raise Refused otherwise."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = clean(str(value if value is not None else ""))
    if not text:
        raise Refused("사업자등록번호가 비어 있습니다.")
    digits = digits_only(text)
    if len(digits) != _LENGTH:
        raise Refused(f"'{text}'은(는) 사업자등록번호가 아닙니다. 숫자 10자리여야 합니다.")
    if not check_business_number(digits):
        raise Refused(f"사업자등록번호 '{text}'의 검증번호가 맞지 않습니다. 잘못 적힌 숫자가 있습니다.")
    return digits


def parse_kind(value: object) -> CompanyKind | None:
    """제조 or 공급; None for an empty cell."""
    text = compact(str(value or ""))
    if not text:
        return None
    # 공급 first: the programme's own words for a supplier, 제조AI 솔루션 공급기업, hold both
    for kind in (CompanyKind.SUPPLIER, CompanyKind.MANUFACTURER):
        if kind.value in text:
            return kind
    raise Refused(f"'{value}'은(는) 기업 유형으로 읽을 수 없습니다. 제조 또는 공급으로 적어 주십시오.")


def parse_positions(value: object) -> int | None:
    """How many people a company asks for; None for an empty cell."""
    return _people(value, "모집인원 수", _MOST_POSITIONS)


def parse_employees(value: object) -> int | None:
    """상시근로자 수; None for an empty cell."""
    return _people(value, "상시근로자 수", _MOST_EMPLOYEES)


def _people(value: object, what: str, most: int) -> int | None:
    text = compact(str(value if value is not None else "")).replace(",", "")
    text = text.removesuffix("명").removesuffix("인").removesuffix(".0")
    if not text:
        return None
    if not text.isdecimal() or int(text) > most:
        raise Refused(f"'{value}'은(는) {what}로 읽을 수 없습니다. 0~{most}의 숫자로 적어 주십시오.")
    return int(text)
