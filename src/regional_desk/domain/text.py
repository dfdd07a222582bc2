"""Korean text: cleaning what people type, and writing dates, times and amounts as an office does."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from regional_desk.domain.refused import Refused

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"), None)
_SPACES = re.compile(r"\s+")
_DIGITS = "영일이삼사오육칠팔구"
_PLACES = ("", "십", "백", "천")
_GROUPS = ("", "만", "억", "조")
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLE, _LAST_SYLLABLE, _PER_INITIAL = 0xAC00, 0xD7A3, 588
_NO_DIGIT = re.compile(r"[^0-9]")
_CLOCK = re.compile(r"(\d{1,2})\s*[:시]\s*(\d{2})\s*분?|(\d{1,2})(\d{2})")
_MINUTES_OF_DAY = 24 * 60


def nfc(text: str) -> str:
    """Composed Hangul: files from a Mac carry it decomposed."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """What a person meant to type: composed, no invisible characters, single spaces, trimmed."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text) and "  " not in text:
        return text.strip()  # ten times quicker, and nearly every cell of a list is like this
    return _SPACES.sub(" ", nfc(text.translate(_INVISIBLE))).strip()


def compact(text: str) -> str:
    """A form for comparing headings and codes: width folded, no spaces or line breaks, lower case."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text.translate(_INVISIBLE))).casefold()


def digits_only(text: str) -> str:
    """The digits of a text, full-width ones folded."""
    if text.isascii():
        return _NO_DIGIT.sub("", text)  # five times quicker, and nearly every number is like this
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isdecimal())


def korean_date(day: dt.date) -> str:
    """`2026. 7. 1.` as official papers write it (rulebook section 6)."""
    return f"{day.year}. {day.month}. {day.day}."


def korean_span(start: dt.date, end: dt.date) -> str:
    """A span of dates: `2026. 8. 3. ~ 2026. 8. 28.`."""
    return f"{korean_date(start)} ~ {korean_date(end)}"


def weekday(day: dt.date) -> str:
    """The weekday's one-letter name."""
    return "월화수목금토일"[day.weekday()]


def won(amount: int) -> str:
    """An amount with separators: `234,580`."""
    return f"{amount:,}"


def won_words(amount: int) -> str:
    """`금234,580원(금이십삼만사천오백팔십원)` (rulebook section 6); `amount` in won, not negative."""
    return f"금{amount:,}원(금{_words(amount)}원)"


def _words(amount: int) -> str:
    if amount == 0:
        return "영"
    parts: list[str] = []
    for group in _GROUPS:
        amount, four = divmod(amount, 10_000)
        if four:
            parts.append(_four_words(four) + group)
    return "".join(reversed(parts))


def _four_words(number: int) -> str:
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
    return words


def clock_time(minutes: int) -> str:
    """Minutes of the day as `08:10`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def parse_clock(text: str) -> int:
    """`9:10`, `0910` or `9시 10분` as minutes of the day; raise Refused for anything else."""
    match = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match:
        hour, minute = (int(part) for part in match.groups() if part is not None)
        if minute < 60 and hour * 60 + minute <= _MINUTES_OF_DAY:  # noqa: PLR2004 - minutes of an hour
            return hour * 60 + minute
    raise Refused(f"'{text}'은(는) 시각으로 읽을 수 없습니다. 09:10처럼 적어 주십시오.")


def initials(text: str) -> str:
    """The first consonants (초성): 홍길동 → ㅎㄱㄷ; other characters stay."""
    return "".join(
        _INITIALS[(ord(sign) - _FIRST_SYLLABLE) // _PER_INITIAL]
        if _FIRST_SYLLABLE <= ord(sign) <= _LAST_SYLLABLE
        else sign
        for sign in nfc(text)
    )
