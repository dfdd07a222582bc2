"""Check-in: what a badge says, what a scan means, and the record a day's scans add up to (rulebook section 2)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from regional_desk.domain.attendance import EMPTY, Cell, DayPart, Mark, SpanKind, Status
from regional_desk.domain.entry_times import NO_WAY_IN, NO_WAY_OUT, Span, propose
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import clock_time, compact

DOUBLE_MINUTES = 3  # a badge shown again so soon was not seen to have been read
CODE_DIGITS, NUMBER_DIGITS = 16, 6
EARLY_OUT = "외출·조퇴"  # which of the two shows itself by whether they come back
_CLASSES, _ORDER_DIGITS = 100, 3
_NINE = 9
_BETWEEN = re.compile(r"[-‐·.]")


class Way(StrEnum):
    """Through the door inwards (입실, 귀원) or outwards (퇴실, 외출)."""

    IN = "in"
    OUT = "out"

    @property
    def label(self) -> str:
        """The Korean word."""
        return "들어옴" if self is Way.IN else "나감"


@dataclass(frozen=True, slots=True)
class Scan:
    """One passage, in minutes of the day."""

    way: Way
    minute: int


@dataclass(frozen=True, slots=True)
class Badge:
    """What was read or typed: a badge's `code`, its short `number`, or a place in the class list (`order`)."""

    code: str = ""
    number: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """What a scan is: its way, the word for it (입실, 외출 …), and what to know about it (`지각 11분`), if anything."""

    way: Way
    word: str
    note: str = ""


def badge_code(membership: UUID) -> str:
    """The sixteen digits in a badge's QR code: of the membership's random id alone, so they say nothing of the person.

    Digits only: a scanner types like a keyboard, and letters come out as Hangul while the Korean layout is on.
    """
    digest = hashlib.sha256(b"badge" + membership.bytes).digest()
    digits = f"{int.from_bytes(digest[:8]) % 10 ** (CODE_DIGITS - 1):0{CODE_DIGITS - 1}}"
    return digits + _check_digit(digits)


def badge_number(course: UUID, order: int) -> str:
    """The six digits to type: two for the class, three for the place in its list, one against mistyping.

    Two classes may share their two digits; who types then says which class is meant.
    """
    digest = hashlib.sha256(b"class" + course.bytes).digest()
    digits = f"{int.from_bytes(digest[:4]) % _CLASSES:02}{order:0{_ORDER_DIGITS}}"
    return digits + _check_digit(digits)


def show_number(number: str) -> str:
    """`470-128`."""
    return f"{number[:3]}-{number[3:]}"


def read_badge(text: str) -> Badge:
    """What a scanner or a person typed; raise Refused for anything that is no badge's.

    The text is not repeated in the refusal: whatever code was held to the scanner may be somebody's own.
    """
    digits = _BETWEEN.sub("", compact(text))
    if not digits.isdecimal():
        raise Refused("명찰의 코드나 번호가 아닙니다. 명찰의 QR을 다시 대거나 번호 6자리를 누르십시오.")
    if len(digits) <= _ORDER_DIGITS and int(digits):
        return Badge(order=int(digits))
    if len(digits) not in (CODE_DIGITS, NUMBER_DIGITS) or digits[-1] != _check_digit(digits[:-1]):
        raise Refused("번호가 맞지 않습니다(잘못 누름). 명찰의 번호 6자리를 다시 누르십시오.")
    return Badge(code=digits) if len(digits) == CODE_DIGITS else Badge(number=digits)


def passage(
    scans: Sequence[Scan], minute: int, wanted: Way | None, periods: Sequence[Span], *, grace: int
) -> Passage:
    """What a scan at `minute` is after the day's earlier ones; raise Refused for one that must not count.

    Without a `wanted` way it is the other way than the last; a first one after the lessons is a way out.
    `grace` in minutes.
    """
    last = scans[-1] if scans else None
    end = periods[-1][1] if periods else 0
    if last is not None:
        _refuse_again(last, minute, wanted)
    way = wanted or _next_way(last, minute, end)
    if way is Way.IN:
        if minute >= end:
            raise Refused(f"오늘 훈련은 {clock_time(end)}에 끝났습니다. 나가는 것이면 '나감'을 고르십시오.")
        return Passage(way, "입실" if last is None else "귀원", "" if last else _late(minute, periods, grace))
    early = end - minute > grace
    note = NO_WAY_IN if not any(scan.way is Way.IN for scan in scans) else ""
    return Passage(way, EARLY_OUT if early else "퇴실", note)


def times_of(
    scans: Sequence[Scan], periods: Sequence[Span]
) -> tuple[int | None, int | None, tuple[DayPart, ...]]:
    """입실, 퇴실 and the 외출 between them that touch a period, in minutes of the day; a time not known is None."""
    if not scans:
        return None, None, ()
    time_in = scans[0].minute if scans[0].way is Way.IN else None
    time_out = scans[-1].minute if scans[-1].way is Way.OUT else None
    outs = tuple(
        DayPart(SpanKind.OUT, gone.minute, back.minute)
        for gone, back in pairwise(scans)
        if gone.way is Way.OUT and back.way is Way.IN
        if any(start < back.minute and gone.minute < end for start, end in periods)
    )
    return time_in, time_out, outs


def record_of(scans: Sequence[Scan], periods: Sequence[Span], *, grace: int) -> Cell:
    """The record a day's scans propose: 미입력 while 입실 or 퇴실 is missing (rulebook section 2, From times)."""
    time_in, time_out, outs = times_of(scans, periods)
    proposal = propose(periods, time_in, time_out, outs, grace=grace)
    if not proposal.complete:
        return EMPTY
    return Cell(proposal.status, proposal.marks, time_in, time_out, parts=outs)


def follow(
    kept: Cell, before: Sequence[Scan], after: Sequence[Scan], periods: Sequence[Span], *, grace: int
) -> Cell:
    """The record when a day's scans went from `before` to `after`.

    What a person keyed wins: it takes the times only, so that where they say otherwise it is listed before 확정.
    """
    if kept in (EMPTY, record_of(before, periods, grace=grace)):
        return record_of(after, periods, grace=grace)
    time_in, time_out, outs = times_of(after, periods)
    excused = (part for part in kept.parts if part.kind is SpanKind.EXCUSED)
    return replace(kept, time_in=time_in, time_out=time_out, parts=tuple(sorted((*outs, *excused))))


def state_words(scans: Sequence[Scan], day_over: bool) -> str:
    """`입실 08:58`, `나감 12:10`, `퇴실 미확인`: how somebody stands by the day's scans; empty without any."""
    if not scans:
        return ""
    last = scans[-1]
    if last.way is Way.IN:
        return (
            f"{NO_WAY_OUT} (입실 {clock_time(scans[0].minute)})"
            if day_over
            else f"입실 {clock_time(last.minute)}"
        )
    missing = f" · {NO_WAY_IN}" if scans[0].way is Way.OUT else ""
    return f"{'퇴실' if day_over else '나감'} {clock_time(last.minute)}{missing}"


def _refuse_again(last: Scan, minute: int, wanted: Way | None) -> None:
    at = f"{last.way.label} {clock_time(last.minute)}"
    if minute < last.minute:
        raise Refused(f"PC 시계가 앞의 기록({at})보다 이릅니다. 시계를 맞춘 뒤 다시 하십시오.")
    if minute - last.minute < DOUBLE_MINUTES:
        raise Refused(f"방금 처리했습니다({at}).")
    if wanted is last.way:
        raise Refused(f"이미 {'들어와 있습니다' if wanted is Way.IN else '나갔습니다'}({at}).")


def _next_way(last: Scan | None, minute: int, end: int) -> Way:
    if last is None:
        return Way.OUT if minute >= end else Way.IN
    return Way.OUT if last.way is Way.IN else Way.IN


def _late(minute: int, periods: Sequence[Span], grace: int) -> str:
    """What coming at `minute` costs when staying to the end."""
    start, end = periods[0][0], periods[-1][1]
    proposal = propose(periods, minute, end, grace=grace)
    if proposal.status is Status.ABSENT:
        return "훈련시간의 절반이 안 되어 결석이 됩니다"
    return f"지각 {minute - start}분" if Mark.LATE & proposal.marks else ""


def _check_digit(digits: str) -> str:
    """Luhn's: one wrong digit, and nearly every two exchanged, are noticed."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - at % 2)
        total += value - _NINE if value > _NINE else value
    return str(-total % 10)
