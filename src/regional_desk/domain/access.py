"""What the access log keeps of a look at people, and when a day's work is unusual (rulebook section 7)."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from regional_desk.domain.clock import KST

OFF_HOURS = "업무시간 외"
OPENS, CLOSES = dt.time(7), dt.time(21)
KEPT_YEARS = 2
FAILED_MANY, UNMASKED_MANY, EXPORTED_MANY, SEEN_MANY = 5, 10, 10, 2_000
_ID_BYTES = 16
_DIGEST_LETTERS = 32
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class PeopleSeen:
    """A set of people as a line keeps it: how many, a digest to compare by, and the ids themselves packed."""

    count: int
    digest: str
    packed: str


def pack_people(people: Iterable[UUID]) -> PeopleSeen:
    """The set in a form that takes 22 letters a person; the order people came in does not matter."""
    ids = sorted({person.bytes for person in people})
    joined = b"".join(ids)
    digest = hashlib.sha256(joined).hexdigest()[:_DIGEST_LETTERS]
    return PeopleSeen(len(ids), digest, base64.b64encode(joined).decode())


def unpack_people(packed: str) -> frozenset[UUID]:
    """The people of a packed set."""
    joined = base64.b64decode(packed)
    return frozenset(UUID(bytes=joined[at : at + _ID_BYTES]) for at in range(0, len(joined), _ID_BYTES))


def out_of_hours(at: dt.datetime, holidays: Collection[dt.date]) -> bool:
    """Whether an act lies before 07:00, after 21:00, on a weekend or a holiday, by Korean time."""
    local = at.astimezone(KST)
    return not OPENS <= local.time() < CLOSES or local.weekday() >= _SATURDAY or local.date() in holidays


def kept_since(now: dt.datetime) -> dt.datetime:
    """The moment two years ago: what is older may be let go (개인정보 안전성 확보조치 기준, 접속기록)."""
    local = now.astimezone(KST)
    try:
        return local.replace(year=local.year - KEPT_YEARS)
    except ValueError:  # 29 February
        return local.replace(year=local.year - KEPT_YEARS, day=28)


@dataclass(frozen=True, slots=True)
class Usage:
    """One user's month: how often each act, how many different people were seen, the largest list."""

    logins: int = 0
    failed: int = 0
    views: int = 0
    people: int = 0
    prints: int = 0
    exports: int = 0
    unmasked: int = 0
    off_hours: int = 0
    largest: int = 0


def unusual(usage: Usage) -> tuple[str, ...]:
    """What a user's month should be asked about, in words for the sheet; empty where nothing stands out."""
    checks = (
        (usage.failed >= FAILED_MANY, f"로그인 실패 {usage.failed}회"),
        (usage.off_hours > 0, f"{OFF_HOURS} {usage.off_hours}건"),
        (usage.unmasked >= UNMASKED_MANY, f"가림 해제 {usage.unmasked}건"),
        (usage.exports >= EXPORTED_MANY, f"내보내기 {usage.exports}건"),
        (usage.people >= SEEN_MANY, f"열람한 사람 {usage.people:,}명"),
    )
    return tuple(words for found, words in checks if found)
