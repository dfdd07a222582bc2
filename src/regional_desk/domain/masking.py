"""The one formatter of names, phones, accounts and birth dates, full or masked (rulebook section 6)."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from regional_desk.domain.text import korean_date

_SHORT_NAME = 2


class Masking(Enum):
    """How much of a person a screen or paper shows."""

    FULL = "full"
    MASKED = "masked"

    def show_name(self, name: str) -> str:
        """홍길동, or 홍*동."""
        if self is Masking.FULL:
            return name
        if len(name) <= _SHORT_NAME:
            return name[:1] + "*" * (len(name) - 1)
        return name[0] + "*" * (len(name) - 2) + name[-1]

    def show_phone(self, digits: str | None) -> str:
        """010-1234-5678, or 010-****-5678."""
        if not digits:
            return ""
        head, middle, tail = _phone_parts(digits)
        if self is Masking.MASKED:
            middle = "*" * len(middle)
        return "-".join(part for part in (head, middle, tail) if part)

    def show_birth(self, birth: dt.date) -> str:
        """1999. 3. 5., or 1999. *. *."""
        return korean_date(birth) if self is Masking.FULL else f"{birth.year}. *. *."

    def show_account(self, number: str | None) -> str:
        """The whole account number, or its last four digits; only 이체명세 and pay files ask for the whole."""
        if not number:
            return ""
        return number if self is Masking.FULL else f"****{number[-4:]}"


def _phone_parts(digits: str) -> tuple[str, str, str]:
    if digits.startswith("050"):
        return digits[:4], digits[4:-4], digits[-4:]
    if digits.startswith("02"):
        return digits[:2], digits[2:-4], digits[-4:]
    if len(digits) > 8:  # noqa: PLR2004 - an area code stands in front of eight digits
        return digits[:3], digits[3:-4], digits[-4:]
    return "", digits[:-4], digits[-4:]
