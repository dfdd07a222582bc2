"""The one formatter of whatever names a person, full or masked (rulebook section 6).

Masking twice changes nothing, so a service may hand out masked rows and a screen may format them as any other.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum

from regional_desk.domain.text import korean_date

_HIDDEN = "***"
_RESIDENT_DIGITS = 13
_BIRTH_AND_SEX = 7
_SHOWN_OF_MAIL = 2
_PROVINCE = re.compile(
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|[충전]북|[충전]남|경북|경남|제주|.*도"
)
_SAME_AS = re.compile(r"(^|[·:]\s*)([^·:]+?)(?=님과)")
_HOLDER = re.compile(r"(?<=본인이 아님\()([^()]+)(?=\))")


class Masking(Enum):
    """How much of a person a screen or paper shows."""

    FULL = "full"
    MASKED = "masked"

    def show_name(self, name: str) -> str:
        """홍길동, or 홍*동; of a name in Latin letters each word's first: `N***** V**`."""
        if self is Masking.FULL:
            return name
        if any(sign.isascii() and sign.isalpha() for sign in name):
            return " ".join(word[:1] + "*" * (len(word) - 1) for word in name.split(" "))
        letters = [at for at, sign in enumerate(name) if sign != " "]
        kept = set(letters[:1]) | (set(letters[-1:]) if len(letters) > 2 else set())  # noqa: PLR2004 - of two letters one stays
        if len(letters) == 1:
            kept = set()
        return "".join(sign if at in kept or sign == " " else "*" for at, sign in enumerate(name))

    def show_phone(self, digits: str | None) -> str:
        """010-1234-5678, or 010-****-5678."""
        if not digits:
            return ""
        if "*" in digits:
            return digits
        head, middle, tail = _phone_parts(digits)
        if self is Masking.MASKED:
            middle = "*" * len(middle)
        return "-".join(part for part in (head, middle, tail) if part)

    def show_birth(self, birth: dt.date) -> str:
        """1999. 3. 5., or 1999. *. *."""
        return korean_date(birth) if self is Masking.FULL else f"{birth.year}. *. *."

    def show_iso_birth(self, birth: dt.date) -> str:
        """1999-03-05, or 1999-**-**, as files for other programs write it."""
        return birth.isoformat() if self is Masking.FULL else f"{birth.year}-**-**"

    def hide_birth(self, birth: dt.date) -> dt.date:
        """The date, or the first day of its year, for rows that must hold a date."""
        return birth if self is Masking.FULL else dt.date(birth.year, 1, 1)

    def show_account(self, number: str | None) -> str:
        """The whole account number, or its last four digits; only 이체명세 and pay files ask for the whole."""
        if not number:
            return ""
        return number if self is Masking.FULL else f"****{number[-4:]}"

    def show_resident_number(self, digits: str | None) -> str:
        """990305-1234567, or 990305-1******."""
        if not digits:
            return ""
        plain = digits.replace("-", "")
        if len(plain) != _RESIDENT_DIGITS:
            return digits if self is Masking.FULL else _HIDDEN
        shown = plain if self is Masking.FULL else plain[:_BIRTH_AND_SEX].ljust(_RESIDENT_DIGITS, "*")
        return f"{shown[:6]}-{shown[6:]}"

    def show_email(self, address: str | None) -> str:
        """hong@example.com, or ho***@example.com."""
        if not address or self is Masking.FULL:
            return address or ""
        name, at, host = address.partition("@")
        kept = name[: min(_SHOWN_OF_MAIL, max(0, len(name) - 1))]
        return f"{kept.replace('*', '')}{_HIDDEN}{at}{host}"

    def show_address(self, address: str | None) -> str:
        """The whole address, or down to 시군구: `경상남도 창원시 의창구 ***`."""
        if not address or self is Masking.FULL:
            return address or ""
        words = address.split()
        kept = 0
        for word in words:
            province = kept == 0 and _PROVINCE.fullmatch(word) is not None
            if not province and not word.endswith(("시", "군", "구")):
                break
            kept += 1
        return " ".join([*words[:kept], *([_HIDDEN] if kept < len(words) else [])])

    def show_reason(self, text: str | None) -> str:
        """Why a record or account wants a look, the other person it names masked: `김*수님과 같은 계좌`."""
        if not text or self is Masking.FULL:
            return text or ""
        masked = _SAME_AS.sub(lambda found: found[1] + self.show_name(found[2]), text)
        return _HOLDER.sub(lambda found: self.show_name(found[1]), masked)


def _phone_parts(digits: str) -> tuple[str, str, str]:
    if digits.startswith("050"):
        return digits[:4], digits[4:-4], digits[-4:]
    if digits.startswith("02"):
        return digits[:2], digits[2:-4], digits[-4:]
    if len(digits) > 8:  # noqa: PLR2004 - an area code stands in front of eight digits
        return digits[:3], digits[3:-4], digits[-4:]
    return "", digits[:-4], digits[-4:]
