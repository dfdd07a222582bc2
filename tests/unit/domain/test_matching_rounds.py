"""The words of matching rounds: how a position orders people, merged wishes, what people type, what is missing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from regional_desk.domain.matching_rounds import (
    Found,
    Gap,
    Interviewed,
    InterviewResult,
    Unrated,
    check_priority,
    check_seed,
    gaps,
    is_mixed,
    merged_wishes,
    order,
    parse_place,
    parse_result,
)
from regional_desk.domain.refused import Refused

A, B, C, D, E = (UUID(int=number) for number in range(1, 6))
EVERYBODY = (A, B, C, D, E)


def met(who: UUID, place: int | None = None, tenths: int | None = None) -> Interviewed:
    return Interviewed(who, InterviewResult.PASS, place, tenths)


def failed(who: UUID, place: int | None = None) -> Interviewed:
    return Interviewed(who, InterviewResult.FAIL, place)


ORDERS: list[tuple[str, tuple[Interviewed, ...], dict[UUID, int]]] = [
    ("nobody was met", (), {}),
    ("places count as they are ordered", (met(A, 7), met(B, 2)), {B: 1, A: 2}),
    ("equal places stay equal", (met(A, 1), met(B, 1), met(C, 2)), {A: 1, B: 1, C: 2}),
    ("more points go first", (met(A, tenths=810), met(B, tenths=811)), {B: 1, A: 2}),
    ("equal points stay equal", (met(A, tenths=0), met(B, tenths=0)), {A: 1, B: 1}),
    ("a place goes before points", (met(A, tenths=1000), met(B, 9)), {B: 1, A: 2}),
    ("a place counts where both are told", (met(A, 2, 1000), met(B, 1, 0)), {B: 1, A: 2}),
    ("points go before a bare pass", (met(A), met(B, tenths=0)), {B: 1, A: 2}),
    ("who failed is left out", (failed(A, 1), met(B)), {B: 1}),
]


@pytest.mark.parametrize(("title", "interviews", "expected"), ORDERS, ids=[title for title, *_ in ORDERS])
def test_a_position_takes_only_those_who_passed(
    title: str, interviews: tuple[Interviewed, ...], expected: dict[UUID, int]
) -> None:
    assert order(interviews, Unrated.REFUSE, EVERYBODY) == expected, title


@pytest.mark.parametrize(("title", "interviews", "expected"), ORDERS, ids=[title for title, *_ in ORDERS])
def test_whoever_was_not_met_comes_last_where_that_is_accepted(
    title: str, interviews: tuple[Interviewed, ...], expected: dict[UUID, int]
) -> None:
    found = order(interviews, Unrated.ACCEPT, EVERYBODY)
    known = {one.trainee for one in interviews}
    last = max(expected.values(), default=0) + 1
    assert found == expected | {one: last for one in EVERYBODY if one not in known}, title


@pytest.mark.parametrize(
    ("interviews", "mixed"),
    [
        ((met(A, 1), met(B, tenths=500)), True),
        ((met(A, 1), met(B)), False),
        ((met(A, 1, 900), met(B, 2)), False),
        ((met(A, 1), failed(B), Interviewed(C, InterviewResult.FAIL, None, 300)), False),
        ((), False),
    ],
)
def test_ranks_beside_points_are_noticed(interviews: tuple[Interviewed, ...], mixed: bool) -> None:
    assert is_mixed(interviews) is mixed


@pytest.mark.parametrize(
    ("before", "given", "after"),
    [
        ((), {1: A, 2: B}, (A, B)),
        ((), {2: A, 5: B}, (A, B)),
        ((A, B, C), {2: D}, (A, D, C)),
        ((A, B, C), {1: C}, (C, B)),
        ((A, B), {3: C}, (A, B, C)),
        ((A, B), {}, (A, B)),
        ((A, B), {1: B, 2: A}, (B, A)),
    ],
)
def test_a_rank_that_is_not_named_stays(
    before: tuple[UUID, ...], given: dict[int, UUID], after: tuple[UUID, ...]
) -> None:
    assert merged_wishes(before, given) == after


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("합격", InterviewResult.PASS),
        (" 합 격 ", InterviewResult.PASS),
        ("O", InterviewResult.PASS),
        ("○", InterviewResult.PASS),
        ("불합격", InterviewResult.FAIL),
        ("미응시", InterviewResult.FAIL),
        ("X", InterviewResult.FAIL),
        ("", None),
        (None, None),
    ],
)
def test_a_result_is_read_as_people_write_it(typed: object, result: InterviewResult | None) -> None:
    assert parse_result(typed) is result


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        (1, 1),
        (3.0, 3),
        ("2", 2),
        ("2순위", 2),
        ("제3지망", 3),
        ("4위", 4),
        ("１", 1),
        ("", None),
        (None, None),
    ],
)
def test_a_rank_is_read_as_people_write_it(typed: object, place: int | None) -> None:
    assert parse_place(typed) == place


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", 2.5, "첫째", "99999", "순위", True])
def test_what_is_no_rank_is_refused(typed: object) -> None:
    with pytest.raises(Refused):
        parse_place(typed)


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(Refused, match="보류"):
        parse_result("보류")


@pytest.mark.parametrize(("group", "fits"), [(0, True), (99, True), (-1, False), (100, False)])
def test_priority_groups_run_from_0_to_99(group: int, fits: bool) -> None:
    _fits(check_priority, group, fits)


@pytest.mark.parametrize(("seed", "fits"), [(0, True), (2**31 - 1, True), (-1, False), (2**31, False)])
def test_lots_are_drawn_from_a_number_of_31_bits(seed: int, fits: bool) -> None:
    _fits(check_seed, seed, fits)


def _fits(check: Any, number: int, fits: bool) -> None:
    if fits:
        check(number)
        return
    with pytest.raises(Refused):
        check(number)


def test_an_empty_round_lacks_everything() -> None:
    assert [one.gap for one in gaps((), {}, {}, {})] == [Gap.NO_TRAINEES, Gap.NO_POSITIONS]


def test_what_is_missing_is_told_the_gravest_first() -> None:
    found = gaps(
        (A, B, C),
        {D: True, E: False},
        {A: (D,), B: (D, E)},
        {D: [met(A, 1)]},
    )
    assert found == (
        Found(Gap.NOT_OFFERED, position=E),
        Found(Gap.NO_WISHES, trainee=C),
        Found(Gap.NO_INTERVIEWS, position=D, count=1),
    )


def test_a_position_nobody_wishes_is_told_once_there_are_wishes() -> None:
    assert gaps((A,), {D: True}, {}, {}) == (Found(Gap.NO_WISHES, trainee=A),)
    told = gaps((A,), {D: True, E: True}, {A: (D,)}, {D: [met(A)]})
    assert told == (Found(Gap.NOT_WISHED, position=E),)
