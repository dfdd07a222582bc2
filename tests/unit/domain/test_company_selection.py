from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.company_selection import (
    CompanyCandidate,
    CompanyScore,
    Criterion,
    Override,
    ParticipationState,
    SelectionTerms,
    passes,
    rank,
    rule_label,
    score,
    terms_from_table,
    undecided,
    verdicts,
)
from regional_desk.domain.places import Place, settle
from regional_desk.domain.refused import Refused

DAY = dt.date(2026, 2, 2)
SKILL, APPEAL, HIRING = (
    Criterion("skill", "역량", "", 10, 50),
    Criterion("appeal", "매력도", "", 20, 30),
    Criterion("hiring", "연계", "", 5, 20),
)
CRITERIA = (SKILL, APPEAL, HIRING)
TERMS = SelectionTerms("", CRITERIA, ("criterion:hiring", "applied"), None)
SELECTED, RESERVE, REJECTED = (
    ParticipationState.SELECTED,
    ParticipationState.RESERVE,
    ParticipationState.REJECTED,
)
POLICY = Path(__file__).parents[3] / "resources" / "policies" / "companies.toml"


def key(number: int) -> UUID:
    return UUID(int=number)


def candidate(number: int, total: int, *, hiring: int = 10_000, days: int = 0) -> CompanyCandidate:
    parts = {"skill": total - hiring, "appeal": 0, "hiring": hiring}
    return CompanyCandidate(key(number), CompanyScore(total, parts), DAY + dt.timedelta(days=days))


def places(*candidates: CompanyCandidate) -> tuple[Place, ...]:
    return rank(candidates, TERMS)


@pytest.mark.parametrize(
    ("points", "total"),
    [
        ({"skill": (100,), "appeal": (200,), "hiring": (50,)}, 100_000),
        ({"skill": (0,), "appeal": (0,), "hiring": (0,)}, 0),
        ({"skill": (80, 90), "appeal": (100, 200), "hiring": (25, 50)}, 42_500 + 22_500 + 15_000),
        ({"skill": (70, 70, 71), "appeal": (0,), "hiring": (0,)}, 35_167),  # 35.1666… rounds up once
    ],
)
def test_a_score_is_the_weighted_mean_of_its_raters(
    points: Mapping[str, tuple[int, ...]], total: int
) -> None:
    assert score(CRITERIA, points).total == total


def test_rounding_happens_once_and_not_for_each_criterion() -> None:
    found = score(CRITERIA, {"skill": (1, 0, 0), "appeal": (1, 0, 0), "hiring": (0, 0, 0)})
    assert found.by_criterion == {"skill": 167, "appeal": 50, "hiring": 0}
    assert found.total == 217  # 166.66… + 50
    thirds = score(CRITERIA, {"skill": (1, 0, 0), "appeal": (2, 0, 0), "hiring": (1, 0, 0)})
    assert thirds.by_criterion == {"skill": 167, "appeal": 100, "hiring": 133}
    assert thirds.total == 400  # the parts as shown would add up to 400 too, of 399.99…


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 200), st.integers(0, 50)), min_size=1, max_size=6)
)
def test_the_order_of_raters_changes_no_score(given_points: list[tuple[int, int, int]]) -> None:
    def of(rows: list[tuple[int, int, int]]) -> CompanyScore:
        columns = zip(*rows, strict=True)
        return score(CRITERIA, dict(zip(("skill", "appeal", "hiring"), columns, strict=True)))

    found = of(given_points)
    assert found == of(given_points[::-1])
    assert 0 <= found.total <= 100_000


def test_equal_scores_are_told_apart_by_the_rules_in_their_order() -> None:
    found = places(
        candidate(1, 80_000, hiring=10_000),
        candidate(2, 80_000, hiring=12_000, days=5),
        candidate(3, 80_000, hiring=10_000, days=1),
        candidate(4, 90_000),
    )
    assert [(one.id.int, one.rank) for one in found] == [(4, 1), (2, 2), (1, 3), (3, 4)]
    assert [one.note for one in found] == [
        None,
        "동점 3곳, '연계' 점수 기준으로 앞",
        "동점 3곳, '연계' 점수 기준으로 뒤",
        "동점 3곳, 신청일 빠른 순 기준으로 뒤",
    ]


def test_whom_no_rule_tells_apart_stay_tied_until_a_person_puts_them_in_order() -> None:
    found = places(candidate(1, 80_000), candidate(2, 80_000), candidate(3, 70_000))
    assert [(one.rank, one.tied) for one in found] == [(1, True), (1, True), (3, False)]
    passed = dict.fromkeys(map(key, (1, 2, 3)), True)
    assert undecided(found, passed, 1) == ((key(1), key(2)),)
    assert undecided(found, passed, 2) == ()  # both are selected anyway
    assert undecided(found, passed, 0) == ((key(1), key(2)),)  # it decides over their numbers
    assert undecided(found, dict.fromkeys(passed, False), 1) == ()  # nobody reaches the line
    settled = settle(found, [key(2), key(1)], "설비 규모", "곳")
    assert [(one.id.int, one.rank, one.tied) for one in settled] == [
        (2, 1, False),
        (1, 2, False),
        (3, 3, False),
    ]
    assert settled[0].note == "동점 2곳, 협의로 정함: 설비 규모"


FALLING = tuple(candidate(number, 90_000 - number * 5_000) for number in range(1, 6))  # 85, 80, 75, 70, 65
PASSED = {one.id: passes(one.score, 70_000) for one in FALLING}


def outcome(
    seats: int, against: Mapping[int, ParticipationState] | None = None
) -> list[tuple[str, int | None]]:
    overrides = {key(one): Override(state, "현장 확인") for one, state in (against or {}).items()}
    found = verdicts(places(*FALLING), PASSED, seats, overrides)
    return [(one.state.value, one.reserve_number) for one in found]


@pytest.mark.parametrize(
    ("seats", "wanted"),
    [
        (0, [("reserve", 1), ("reserve", 2), ("reserve", 3), ("reserve", 4), ("rejected", None)]),
        (2, [("selected", None), ("selected", None), ("reserve", 1), ("reserve", 2), ("rejected", None)]),
        (4, [("selected", None)] * 4 + [("rejected", None)]),
        (9, [("selected", None)] * 4 + [("rejected", None)]),  # 65 is under the line of 70
    ],
)
def test_the_goal_is_filled_from_the_top_and_the_line_holds(
    seats: int, wanted: list[tuple[str, int | None]]
) -> None:
    assert outcome(seats) == wanted


def test_a_decision_against_the_ranking_takes_its_seat_first_and_keeps_its_reason() -> None:
    assert outcome(2, {4: SELECTED}) == [
        ("selected", None),
        ("reserve", 1),
        ("reserve", 2),
        ("selected", None),
        ("rejected", None),
    ]
    assert outcome(2, {1: REJECTED})[:3] == [("rejected", None), ("selected", None), ("selected", None)]
    found = verdicts(places(*FALLING), PASSED, 2, {key(4): Override(SELECTED, "지역 균형")}, 7)
    assert [(one.proposed, one.reason) for one in found][3] == (RESERVE, "지역 균형")
    assert [one.reserve_number for one in found] == [None, 7, 8, None, None]
    same = verdicts(places(*FALLING), PASSED, 2, {key(1): Override(SELECTED, "그대로")})
    assert same[0].reason is None  # the ranking says so too


@pytest.mark.parametrize(
    ("number", "against", "words"),
    [
        (4, Override(SELECTED, " "), "사유"),
        (5, Override(SELECTED, "가까움"), "합격선"),
        (9, Override(SELECTED, "가까움"), "순위에 없는"),
        (4, Override(RESERVE, "가까움"), "선정이나 미선정"),
    ],
)
def test_an_override_that_cannot_be_is_refused(number: int, against: Override, words: str) -> None:
    with pytest.raises(Refused, match=words):
        verdicts(places(*FALLING), PASSED, 2, {key(number): against})


def test_more_overrides_than_seats_are_refused() -> None:
    with pytest.raises(Refused, match="남은 목표는 1곳"):
        verdicts(places(*FALLING), PASSED, 1, {key(one): Override(SELECTED, "현장") for one in (3, 4)})


@given(
    st.lists(st.integers(0, 100), min_size=1, max_size=12),
    st.integers(0, 12),
    st.integers(0, 100),
)
def test_every_company_gets_one_verdict_and_the_goal_is_never_passed(
    totals: list[int], seats: int, line: int
) -> None:
    rows = [candidate(at, total * 1000, hiring=0, days=at) for at, total in enumerate(totals, start=1)]
    passed = {one.id: passes(one.score, line * 1000) for one in rows}
    found = verdicts(places(*rows), passed, seats, {})
    chosen = [one for one in found if one.state is SELECTED]
    assert len(found) == len(rows)
    assert len(chosen) == min(seats, sum(passed.values()))
    assert [one.reserve_number for one in found if one.state is RESERVE] == list(
        range(1, sum(passed.values()) - len(chosen) + 1)
    )


@pytest.mark.parametrize(("total", "reached"), [(59_999, False), (60_000, True), (60_001, True)])
def test_the_pass_line_counts_itself(total: int, reached: bool) -> None:
    assert passes(CompanyScore(total, {}), 60_000) is reached
    assert passes(CompanyScore(total, {}), None)


def test_the_shipped_terms_name_the_programmes_three_criteria() -> None:
    found = terms_from_table(tomllib.loads(POLICY.read_text(encoding="utf-8")))
    assert [one.name for one in found.criteria] == ["스마트제조 역량", "취업매력도", "고용 연계 가능성"]
    assert sum(one.weight for one in found.criteria) == 100
    assert found.pass_score == 60_000
    assert "공고" in found.source


def test_terms_that_cannot_be_are_refused() -> None:
    table: dict[str, Any] = tomllib.loads(POLICY.read_text(encoding="utf-8"))
    with pytest.raises(Refused, match="모르는 동점 기준"):
        terms_from_table(table | {"tie_order": ["random"]})
    table["criteria"][0]["weight"] = 41
    with pytest.raises(Refused, match="101"):
        terms_from_table(table)


def test_a_tie_rule_says_its_name() -> None:
    assert rule_label("criterion:hiring", CRITERIA) == "'연계' 점수"
    assert rule_label("applied", CRITERIA) == "신청일 빠른 순"
