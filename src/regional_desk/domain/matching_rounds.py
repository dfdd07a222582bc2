"""Matching rounds (연계 차수): their words, what an interview says of somebody, and how a position orders people (section 4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from regional_desk.domain.refused import Refused
from regional_desk.domain.text import compact

_MOST_PRIORITY = 99
MOST_PLACE = 9999
MOST_POINTS = 1000
_MOST_SEED = 2**31 - 1


class MatchingState(StrEnum):
    """Whether a round's result is out."""

    OPEN = "open"
    PUBLISHED = "published"


class Unrated(StrEnum):
    """What holds for somebody a position did not interview."""

    ACCEPT = "accept"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        """The Korean name."""
        return "면접 없이도 배정" if self is Unrated.ACCEPT else "면접 합격자만 배정"


class Objective(StrEnum):
    """배정 방식: without pairs that would rather have each other, or the most people placed."""

    STABLE = "stable"
    MOST = "most"

    @property
    def label(self) -> str:
        """The Korean name."""
        return "안정 배정" if self is Objective.STABLE else "최다 배정"


class How(StrEnum):
    """What a placement came from."""

    STABLE = "stable"
    MOST = "most"
    MANUAL = "manual"

    @property
    def label(self) -> str:
        """The Korean name."""
        return "수동 변경" if self is How.MANUAL else Objective(self.value).label


class InterviewResult(StrEnum):
    """What a company said of somebody."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"

    @property
    def label(self) -> str:
        """The Korean name."""
        return "합격" if self is InterviewResult.PASS else "불합격"


class Interviewed(NamedTuple):
    """One interview of a position: `place` is the position's rank of the trainee, 1 the best; `tenths` its points.

    A tuple, for a round may hold hundreds of thousands.
    """

    trainee: UUID
    result: InterviewResult
    place: int | None = None
    tenths: int | None = None


_RESULTS = dict.fromkeys(
    ("합격", "통과", "적격", "채용", "가능", "o", "○", "pass", "p"), InterviewResult.PASS
)
_RESULTS |= dict.fromkeys(
    ("불합격", "탈락", "부적격", "불가", "불참", "미응시", "x", "×", "fail", "f"), InterviewResult.FAIL
)


def order(
    interviews: Iterable[Interviewed], unrated: Unrated, everybody: Collection[UUID]
) -> dict[UUID, int]:
    """A position's rank of each trainee it takes, 1 the best, equal where it does not tell them apart.

    Who has a place goes before whoever has only points, and those before who only passed; after all of them, where
    the round accepts it, whoever of `everybody` was not interviewed. Who failed is left out.
    """
    known = tuple(interviews)
    keys = {
        one.trainee: (0, one.place)
        if one.place is not None
        else (1, -one.tenths)
        if one.tenths is not None
        else (2, 0)
        for one in known
        if one.result is InterviewResult.PASS
    }
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys.values())), 1)}
    found = {trainee: ranks[key] for trainee, key in keys.items()}
    if unrated is Unrated.ACCEPT:
        met = {one.trainee for one in known}
        last = len(ranks) + 1
        found.update((trainee, last) for trainee in everybody if trainee not in met)
    return found


def is_mixed(interviews: Iterable[Interviewed]) -> bool:
    """Whether a position ranked some of those who passed and gave others points only: hardly meant so."""
    passed = [one for one in interviews if one.result is InterviewResult.PASS]
    return any(one.place is not None for one in passed) and any(
        one.place is None and one.tenths is not None for one in passed
    )


def merged_wishes(before: Iterable[UUID], given: dict[int, UUID]) -> tuple[UUID, ...]:
    """The wishes after a list named some ranks: a rank not named stays, a position named anew leaves its old rank.

    `given` is position by rank from 1; ranks close up where one is left empty.
    """
    named = set(given.values())
    ranks = {rank: one for rank, one in enumerate(before, 1) if one not in named} | given
    return tuple(ranks[rank] for rank in sorted(ranks))


def parse_result(value: object) -> InterviewResult | None:
    """합격 or 불합격 as people write it; None for an empty cell, Refused for anything else."""
    text = compact(str(value if value is not None else ""))
    if not text:
        return None
    if text not in _RESULTS:
        raise Refused(f"'{value}'은(는) 면접 결과로 읽을 수 없습니다. 합격 또는 불합격으로 적어 주십시오.")
    return _RESULTS[text]


def parse_place(value: object) -> int | None:
    """A rank such as 1, `1위`, `1순위`, `1지망`; None for an empty cell, Refused for anything else."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = compact(str(value if value is not None else ""))
    if not text:
        return None
    for word in ("순위", "지망", "위", "등", "번"):
        text = text.removesuffix(word)
    text = text.removeprefix("제")
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= MOST_PLACE:
        raise Refused(f"'{value}'은(는) 순위로 읽을 수 없습니다. 1, 2처럼 적어 주십시오.")
    return int(text)


def check_priority(priority: int) -> None:
    """Raise Refused for a priority group outside 0 (nobody's) to 99."""
    if not 0 <= priority <= _MOST_PRIORITY:
        raise Refused(f"우선 배정 순위는 0부터 {_MOST_PRIORITY}까지입니다. 0은 순위가 없음을 뜻합니다.")


def check_seed(seed: int) -> None:
    """Raise Refused for a number no lots are drawn from."""
    if not 0 <= seed <= _MOST_SEED:
        raise Refused(f"추첨 수는 0부터 {_MOST_SEED}까지의 숫자입니다.")


class Gap(StrEnum):
    """What a person should look at before a round is computed, the gravest first."""

    NO_TRAINEES = "no_trainees"
    NO_POSITIONS = "no_positions"
    NOT_OFFERED = "not_offered"
    MIXED = "mixed"
    NO_WISHES = "no_wishes"
    NO_INTERVIEWS = "no_interviews"
    NOT_WISHED = "not_wished"


@dataclass(frozen=True, slots=True)
class Found:
    """One gap, of a trainee or a position; `count` is how many it concerns."""

    gap: Gap
    trainee: UUID | None = None
    position: UUID | None = None
    count: int = 1


def gaps(
    trainees: Collection[UUID],
    offered: Mapping[UUID, bool],
    wishes: Mapping[UUID, Collection[UUID]],
    interviews: Mapping[UUID, Collection[Interviewed]],
) -> tuple[Found, ...]:
    """What is missing or odd in a round; `offered` says of each position whether it still takes people.

    Who wishes nothing cannot be placed; somebody a position was wished by and did not interview is counted at it.
    """
    found: list[Found] = []
    if not trainees:
        found.append(Found(Gap.NO_TRAINEES))
    if not offered:
        found.append(Found(Gap.NO_POSITIONS))
    wishers: dict[UUID, list[UUID]] = {}
    for trainee, wished in wishes.items():
        for one in wished:
            wishers.setdefault(one, []).append(trainee)
    for position, taking in offered.items():
        known = interviews.get(position, ())
        met = {one.trainee for one in known}
        missing = sum(one not in met for one in wishers.get(position, ()))
        if not taking:
            found.append(Found(Gap.NOT_OFFERED, position=position))
        if is_mixed(known):
            found.append(Found(Gap.MIXED, position=position))
        if missing and taking:
            found.append(Found(Gap.NO_INTERVIEWS, position=position, count=missing))
        if taking and wishes and position not in wishers:
            found.append(Found(Gap.NOT_WISHED, position=position))
    found += [Found(Gap.NO_WISHES, trainee=one) for one in trainees if not wishes.get(one)]
    place = {gap: at for at, gap in enumerate(Gap)}
    return tuple(sorted(found, key=lambda one: place[one.gap]))
