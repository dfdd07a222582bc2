from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.recruitment import Stage
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import (
    Candidate,
    Measure,
    Placed,
    Score,
    Step,
    criterion_rule,
    may_read,
    parse_points,
    passes,
    rank,
    rule_label,
    score,
    settle,
    show_points,
    show_score,
    undecided,
    verdicts,
    weights_fault,
)

DAY = dt.date(2026, 3, 2)
MOTIVE = Measure(UUID(int=1), Step.PAPERS, "지원동기", 10, 40)
TALK = Measure(UUID(int=2), Step.INTERVIEW, "의사소통", 20, 35)
WILL = Measure(UUID(int=3), Step.INTERVIEW, "취업의지", 5, 25)
MEASURES = (MOTIVE, TALK, WILL)
ORDER = ("interview", "papers", "criterion:의사소통", "received", "birth")


def candidate(
    number: int,
    total: int,
    *,
    papers: int = 30_000,
    talk: int = 20_000,
    received: int = 0,
    birth: int = 1999,
) -> Candidate:
    parts = {MOTIVE.id: papers, TALK.id: talk, WILL.id: total - papers - talk}
    return Candidate(
        UUID(int=number),
        Score(total, papers, total - papers, parts),
        DAY + dt.timedelta(days=received),
        dt.date(birth, 3, 5),
    )


def ranked(*candidates: Candidate, order: tuple[str, ...] = ORDER) -> list[tuple[int, int]]:
    return [(one.id.int, one.rank) for one in rank(candidates, order, MEASURES)]


@pytest.mark.parametrize(
    ("typed", "most", "tenths"),
    [("8", 10, 80), ("8.5", 10, 85), (" 8,5점 ", 10, 85), ("0", 10, 0), ("10", 10, 100), ("", 10, None)],
)
def test_points_are_read_as_typed(typed: str, most: int, tenths: int | None) -> None:
    assert parse_points(typed, most) == tenths


@pytest.mark.parametrize("typed", ["10.1", "-1", "8.55", "팔", "8.", ".5", "1e1", "²"])
def test_what_is_no_possible_point_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        parse_points(typed, 10)


@given(st.integers(0, 1000))
def test_points_shown_are_read_back(tenths: int) -> None:
    assert parse_points(show_points(tenths), 100) == tenths


@pytest.mark.parametrize(
    ("weights", "fault"),
    [((40, 35, 25), None), ((40, 35, 24), "99"), ((40, 35, 26), "101"), ((), "없습니다")],
)
def test_the_weights_of_both_steps_add_up_to_100(weights: tuple[int, ...], fault: str | None) -> None:
    measures = [Measure(UUID(int=at), Step.PAPERS, str(at), 10, weight) for at, weight in enumerate(weights)]
    found = weights_fault(measures)
    assert (found is None) if fault is None else (fault in (found or ""))


@pytest.mark.parametrize(
    ("motive", "talk", "will", "total", "papers", "interview"),
    [
        ((100,), (200,), (50,), 100_000, 40_000, 60_000),
        ((0,), (0,), (0,), 0, 0, 0),
        ((80,), (150,), (40,), 78_250, 32_000, 46_250),
        # two raters of the papers, three of the interview: 40·(8.0+7.5)/2/10 = 31.0; 35·(15+14+14)/3/20 = 25.0833…
        ((80, 75), (150, 140, 140), (40, 40, 40), 76_083, 31_000, 45_083),
    ],
)
def test_the_score_is_the_weighted_mean_over_raters_half_up(
    motive: tuple[int, ...],
    talk: tuple[int, ...],
    will: tuple[int, ...],
    total: int,
    papers: int,
    interview: int,
) -> None:
    found = score(MEASURES, {MOTIVE.id: motive, TALK.id: talk, WILL.id: will})
    assert (found.total, found.papers, found.interview) == (total, papers, interview)


@pytest.mark.parametrize(("points", "total"), [((1, 0, 0, 0), 250), ((1, 0, 0, 0, 0, 0, 0, 0), 125)])
def test_a_score_is_rounded_once_and_half_up(points: tuple[int, ...], total: int) -> None:
    whole = Measure(UUID(int=9), Step.PAPERS, "전부", 10, 100)
    assert score([whole], {whole.id: points}).total == total
    odd = Measure(UUID(int=9), Step.PAPERS, "전부", 8, 1)
    assert score([odd], {odd.id: (1, *(0 for _ in range(24)))}).total == 1  # 0.5 thousandths
    assert score([odd], {odd.id: (1, *(0 for _ in range(25)))}).total == 0


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6), st.integers(0, 100))
def test_the_order_of_the_raters_does_not_matter(points: list[int], other: int) -> None:
    one = score(MEASURES, {MOTIVE.id: points, TALK.id: (other,), WILL.id: (20,)})
    two = score(MEASURES, {MOTIVE.id: points[::-1], TALK.id: (other,), WILL.id: (20,)})
    assert one == two
    assert 0 <= one.total <= 100_000


def test_a_higher_score_comes_first() -> None:
    assert ranked(candidate(1, 70_000), candidate(2, 90_000), candidate(3, 80_000)) == [
        (2, 1),
        (3, 2),
        (1, 3),
    ]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (candidate(2, 80_000, papers=29_999), candidate(1, 80_000), "면접 점수"),
        (candidate(2, 80_000, talk=20_001), candidate(1, 80_000), "'의사소통' 점수"),
        (candidate(2, 80_000), candidate(1, 80_000, received=1), "접수일"),
        (candidate(2, 80_000, birth=1998), candidate(1, 80_000), "생년월일"),
    ],
)
def test_equal_scores_are_told_apart_by_the_first_rule_that_can(
    first: Candidate, second: Candidate, words: str
) -> None:
    found = rank((second, first), ORDER, MEASURES)
    assert [(one.id, one.rank, one.tied) for one in found] == [(first.id, 1, False), (second.id, 2, False)]
    assert all(words in (one.tie_note or "") for one in found)
    assert (found[0].tie_note or "").endswith("앞")
    assert (found[1].tie_note or "").endswith("뒤")


def test_only_the_rounds_own_rules_count() -> None:
    early, late = candidate(2, 80_000, received=0), candidate(1, 80_000, received=9)
    assert ranked(early, late, order=("received",)) == [(2, 1), (1, 2)]
    assert ranked(early, late, order=("papers",)) == [(1, 1), (2, 1)]
    assert ranked(early, late, order=("criterion:없는 항목",)) == [(1, 1), (2, 1)]


def test_whom_no_rule_tells_apart_share_a_rank_and_the_next_rank_is_left_out() -> None:
    found = rank([candidate(at, 80_000) for at in (1, 2)] + [candidate(3, 70_000)], ORDER, MEASURES)
    assert [(one.rank, one.tied) for one in found] == [(1, True), (1, True), (3, False)]
    assert "가려지지 않음" in (found[0].tie_note or "")
    assert found[2].tie_note is None


@given(st.permutations([candidate(at, 80_000 + at // 3 * 100, received=at % 2) for at in range(9)]))
def test_the_ranking_does_not_depend_on_the_order_of_the_list(shuffled: list[Candidate]) -> None:
    assert rank(shuffled, ORDER, MEASURES) == rank(sorted(shuffled, key=lambda one: one.id), ORDER, MEASURES)


def placed(*ranks: int, totals: tuple[int, ...] = ()) -> tuple[Placed, ...]:
    return tuple(
        Placed(candidate(at, (totals or (80_000,) * len(ranks))[at]), rank, tied=ranks.count(rank) > 1)
        for at, rank in enumerate(ranks)
    )


@pytest.mark.parametrize(
    ("ranks", "places", "reserves", "groups"),
    [
        ((1, 2, 2, 4), 3, 0, 0),  # both inside the places
        ((1, 2, 2, 4), 2, 0, 1),  # one of them would be left out
        ((1, 2, 2, 4), 2, 2, 1),
        ((1, 2, 3, 3), 2, 2, 1),  # two reserves need two numbers
        ((1, 2, 3, 3), 2, 0, 0),  # both rejected
        ((1, 2, 3, 3), 1, 1, 0),
        ((1, 1, 3, 3), 1, 2, 2),
    ],
)
def test_a_person_decides_only_where_it_matters(
    ranks: tuple[int, ...], places: int, reserves: int, groups: int
) -> None:
    assert len(undecided(placed(*ranks), places, reserves, None)) == groups


def test_under_the_line_nothing_is_left_to_decide() -> None:
    under = placed(1, 2, 2, totals=(80_000, 59_999, 59_999))
    assert undecided(under, 2, 0, 600) == ()
    assert len(undecided(under, 2, 0, 599)) == 1


def test_a_settled_tie_keeps_the_reason() -> None:
    found = settle(placed(1, 2, 2), [UUID(int=2), UUID(int=1)], "취업 취약계층 우선")
    assert [(one.id.int, one.rank, one.tied) for one in found] == [
        (0, 1, False),
        (2, 2, False),
        (1, 3, False),
    ]
    assert "취업 취약계층 우선" in (found[1].tie_note or "")
    assert found[0].tie_note is None
    half = settle(placed(1, 2, 2), [UUID(int=2)], "일부만")
    assert [one.rank for one in half] == [1, 2, 2]


@pytest.mark.parametrize(
    ("total", "line", "passed"),
    [(60_000, 600, True), (59_999, 600, False), (0, None, True), (60_000, 601, False)],
)
def test_the_line_is_reached_exactly(total: int, line: int | None, passed: bool) -> None:
    assert passes(Placed(candidate(1, total), 1), line) is passed


def test_places_then_numbered_reserves_then_nobody() -> None:
    found = verdicts(placed(1, 2, 3, 4, 5), 2, 2, None)
    assert [(one.stage, one.reserve_number) for one in found] == [
        (Stage.SELECTED, None),
        (Stage.SELECTED, None),
        (Stage.WAITLISTED, 1),
        (Stage.WAITLISTED, 2),
        (Stage.REJECTED, None),
    ]


def test_who_is_under_the_line_is_rejected_even_where_places_are_left() -> None:
    found = verdicts(placed(1, 2, 3, totals=(80_000, 60_000, 50_000)), 5, 5, 600)
    assert [one.stage for one in found] == [Stage.SELECTED, Stage.SELECTED, Stage.REJECTED]


@pytest.mark.parametrize(
    ("own", "other", "keyed", "may"),
    [
        (None, True, False, True),
        (None, False, False, False),
        (True, True, False, True),
        (True, False, False, False),
        (False, True, False, False),
        (False, False, False, False),
        (False, False, True, True),
    ],
)
def test_raters_are_blind_until_each_declared_their_sheet_done(
    own: bool | None, other: bool, keyed: bool, may: bool
) -> None:
    assert may_read(own, other, keyed_in_by_reader=keyed) is may


def test_rules_and_scores_are_said_in_korean() -> None:
    assert [rule_label(rule) for rule in ("interview", criterion_rule("의사소통"))] == [
        "면접 점수",
        "'의사소통' 점수",
    ]
    with pytest.raises(Refused):
        rule_label("random")
    assert show_score(83_050) == "83.050"
    assert (Step.PAPERS.stage, Step.INTERVIEW.stage) == (Stage.SCREENED, Stage.INTERVIEWED)
