from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from tests.unit.oracle.matching_rules import make, placed_anyhow, position_id, trainee_id

from regional_desk.domain.matching import Problem, lot, measure, stable
from regional_desk.domain.matching_reasons import explain_position, explain_trainee
from regional_desk.domain.swaps import swap
from regional_desk.services.matching.explaining import (
    Names,
    explanations,
    measure_line,
    position_lines,
    show_average,
    swap_lines,
    trainee_lines,
)

PEOPLE = ("홍길동", "성춘향", "이몽룡", "심청", "임꺽정", "장길산", "전우치")
NAMES = Names(
    {trainee_id(at): name for at, name in enumerate(PEOPLE)},
    {position_id(at): f"한빛{at + 1}공업 생산" for at in range(20)},
)


def trainee(problem: Problem, number: int, matching: dict[UUID, UUID] | None = None) -> Sequence[str]:
    found = stable(problem) if matching is None else matching
    return trainee_lines(explain_trainee(problem, found, trainee_id(number)), NAMES)


def position(problem: Problem, number: int, matching: dict[UUID, UUID] | None = None) -> Sequence[str]:
    found = stable(problem) if matching is None else matching
    return position_lines(explain_position(problem, found, position_id(number)), NAMES)


def test_somebody_placed_reads_their_wish_and_why_the_earlier_ones_were_not_theirs() -> None:
    orders = [{0: 5, 1: 3, 2: 1}, {}, {0: 1}, {0: 2}]
    problem = make([[0, 1, 2, 3], [0], [0]], orders, seats=[2, 1, 1, 1], groups=[1, 1, 1], forbidden=[(0, 2)])
    assert trainee(problem, 0) == (
        "4순위로 희망한 한빛4공업 생산에 배정되었습니다(직무에서 2위).",
        "우선 배정 순위 1에 듭니다.",
        "1순위 한빛1공업 생산: 모집인원 2명이 앞선 순위로 찼습니다(본인 5위, 마지막 배정자 3위).",
        "2순위 한빛2공업 생산: 배정 대상이 아닙니다(면접 불합격·기록 없음 또는 다른 트랙).",
        "3순위 한빛3공업 생산: 연계 제외로 정한 기업입니다.",
    )


def test_the_lot_and_the_group_are_said_where_they_decided() -> None:
    equal = make([[0]] * 2, [{0: 3, 1: 3}], seats=[1])
    unlucky = max(equal.trainees, key=lambda one: lot(equal.seed, one)).int - 1000
    assert trainee(equal, unlucky) == (
        "배정받을 수 있는 희망 직무가 모두 앞선 순위의 사람으로 차서 미배정입니다.",
        "1순위 한빛1공업 생산: 모집인원 1명이 앞선 순위로 찼습니다(3위로 같은 사람이 있어 추첨에서 뒤).",
    )
    grouped = make([[0]] * 2, [{0: 1, 1: 2}], seats=[1], groups=[0, 2])
    assert trainee(grouped, 0)[1].endswith("찼습니다(우선 배정 순위에서 뒤).")


def test_a_cap_is_said_of_the_company() -> None:
    problem = make([[0], [1]], [{0: 1}, {1: 2}], seats=[1, 1], companies=[0, 0], caps={0: 1})
    assert trainee(problem, 1)[1] == (
        "1순위 한빛2공업 생산: 기업별 상한 1명이 앞선 순위로 찼습니다(본인 2위, 마지막 배정자 1위)."
    )
    assert position(problem, 1) == (
        "모집인원 1명 가운데 0명이 배정되었습니다. 기업별 상한 1명이 찼습니다.",
        "희망 1명, 배정 가능 1명: 더 원하는 곳에 배정 0명, 순위가 뒤 1명",
    )


def test_each_way_of_staying_unplaced_has_its_sentence() -> None:
    problem = make([[0], [], [0, 1, 9]], [{0: 1}, {}], seats=[1, 0])
    assert trainee(problem, 1) == ("희망순위가 없어 배정하지 못했습니다.",)
    assert trainee(problem, 2) == (
        "희망한 3곳 가운데 배정받을 수 있는 곳이 없어 미배정입니다.",
        "1순위 한빛1공업 생산: 배정 대상이 아닙니다(면접 불합격·기록 없음 또는 다른 트랙).",
        "2순위 한빛2공업 생산: 배정할 자리가 없습니다(모집인원·기업별 상한 0명, 마감 또는 미선정 기업).",
        "3순위 한빛10공업 생산: 이번 차수에 들어 있지 않은 직무입니다.",
    )
    free: dict[UUID, UUID] = {}
    taken = {trainee_id(2): position_id(0)}
    assert trainee(problem, 0, free) == (
        "미배정입니다. 희망 직무 1곳은 이 사람을 받을 수 있습니다(서로 더 원하는 짝).",
        "1순위 한빛1공업 생산: 자리가 비어 있습니다(서로 더 원하는 짝).",
    )
    assert trainee(problem, 0, taken)[1].endswith("배정된 사람보다 순서가 앞섭니다(서로 더 원하는 짝).")
    assert trainee(problem, 1, {trainee_id(1): position_id(0)}) == (
        "희망하지 않은 한빛1공업 생산에 수동으로 배정되었습니다.",
    )


def test_a_wish_whose_position_nobody_can_name_is_another_position() -> None:
    problem = make([[50]], [{0: 1}], seats=[1])
    assert trainee(problem, 0)[1] == "1순위 다른 직무: 이번 차수에 들어 있지 않은 직무입니다."


def test_a_long_list_ends_in_counts() -> None:
    problem = make([range(15)], [{}] * 15, seats=[1] * 15)
    lines = trainee(problem, 0)
    assert len(lines) == 12
    assert lines[-1] == "그 밖에 더 원한 5곳: 배정 대상 아님 5곳"


def test_a_position_names_whom_it_has_and_counts_the_others() -> None:
    problem = make([[0], [1, 0], [0], [0]], [{0: 2, 1: 1, 2: 1}, {1: 1}, {}], seats=[3, 1, 1], groups=[2])
    assert position(problem, 0) == (
        "모집인원 3명 가운데 2명이 배정되었습니다. 배정할 수 있는 남은 희망자는 모두 더 원하는 곳에 배정되었습니다.",
        "희망 4명, 배정 가능 3명: 더 원하는 곳에 배정 1명, 순위가 뒤 0명",
        "홍길동: 우선 배정 순위 2, 2위, 본인 1순위",
        "이몽룡: 1위, 본인 1순위",
    )
    assert position(problem, 1)[0] == "모집인원 1명이 모두 배정되었습니다."
    assert position(problem, 2) == ("모집인원 1명 가운데 0명이 배정되었습니다. 희망한 사람이 없습니다.",)
    assert position(problem, 0, {trainee_id(3): position_id(0)}) == (
        "모집인원 3명 가운데 1명이 배정되었습니다. 자리가 비어 있습니다.",
        "배정받을 수 있고 여기를 더 원하는 사람이 3명 있습니다(서로 더 원하는 짝).",
        "희망 4명, 배정 가능 3명: 더 원하는 곳에 배정 0명, 순위가 뒤 0명",
        "심청: 배정 대상 아님, 본인 1순위",
    )


@pytest.mark.parametrize(
    ("wishes", "orders", "seats", "tail"),
    [
        ([[0]], [{}], 1, "희망한 사람 가운데 배정할 수 있는 사람이 없습니다."),
        ([[0]], [{0: 1}], 0, "배정할 자리가 없습니다(모집인원·기업별 상한 0명, 마감 또는 미선정 기업)."),
    ],
)
def test_an_empty_position_says_why(
    wishes: list[list[int]], orders: list[dict[int, int]], seats: int, tail: str
) -> None:
    assert position(make(wishes, orders, seats=[seats]), 0)[0].endswith(tail)


def test_a_change_says_who_is_displaced_and_what_it_costs() -> None:
    problem = make([[0], [0], [0, 1]], [{0: 1, 1: 2, 2: 3}, {2: 1}], seats=[2, 1])
    change = swap(problem, stable(problem), trainee_id(2), position_id(0))
    assert swap_lines(change, NAMES) == (
        "이몽룡: 한빛2공업 생산 → 한빛1공업 생산",
        "성춘향: 한빛1공업 생산에서 밀려 미배정이 됩니다(배정된 사람 가운데 순서가 가장 뒤).",
        "바꾸기 전: 배정 3명, 미배정 0명, 평균 희망순위 1.33, 서로 더 원하는 짝 0쌍",
        "바꾼 뒤: 배정 2명, 미배정 1명, 평균 희망순위 1.00, 서로 더 원하는 짝 1쌍",
        "새로 생기는 서로 더 원하는 짝: 성춘향–한빛1공업 생산",
    )


def test_a_change_without_anybody_displaced_and_one_against_the_wishes_say_so() -> None:
    problem = make([[0], [0]], [{0: 1, 1: 2}, {}], seats=[1, 1])
    lines = swap_lines(swap(problem, stable(problem), trainee_id(1), position_id(1)), NAMES)
    assert lines[:4] == (
        "성춘향: 미배정 → 한빛2공업 생산",
        "본인이 희망하지 않은 직무입니다.",
        "이 직무의 배정 대상이 아닙니다(면접 불합격·기록 없음 또는 다른 트랙).",
        "밀리는 사람이 없습니다.",
    )


def test_many_new_pairs_are_shortened() -> None:
    problem = make(
        [[0]] * 7, [{at: at + 1 for at in range(7)}, {}], seats=[1, 1], groups=[2, 1, 1, 1, 1, 1, 1]
    )
    change = swap(problem, stable(problem), trainee_id(0), position_id(0))
    assert swap_lines(change, NAMES)[-1].endswith("외 1쌍")


def test_a_refused_change_says_why() -> None:
    problem = make([[0, 1, 2]], [{0: 1}, {}, {}], seats=[1, 1, 0], forbidden=[(0, 1)])
    told = {
        at: swap_lines(swap(problem, stable(problem), trainee_id(0), position_id(at)), NAMES)[1]
        for at in range(3)
    }
    assert told == {
        0: "지금과 같아서 바뀌는 것이 없습니다.",
        1: "연계 제외로 정한 짝이라 배정할 수 없습니다. 필요하면 연계 제외를 먼저 푸십시오.",
        2: "이 직무에는 배정할 자리가 없습니다(모집인원·기업별 상한 0명, 마감 또는 미선정 기업).",
    }


@pytest.mark.parametrize(
    ("average", "text"),
    [(None, "-"), (Fraction(3, 2), "1.50"), (Fraction(1005, 1000), "1.01"), (Fraction(2), "2.00")],
)
def test_an_average_has_two_decimals_rounded_half_up(average: Fraction | None, text: str) -> None:
    assert show_average(average) == text


def test_a_measure_without_wishes_has_no_average() -> None:
    problem = make([[], []], [{}], seats=[1])
    assert measure_line(measure(problem, {})) == (
        "배정 0명, 미배정 2명, 평균 희망순위 -, 서로 더 원하는 짝 0쌍"
    )


@given(placed_anyhow())
@settings(deadline=None, max_examples=100)
def test_everybody_and_every_position_is_explained_and_no_trainee_reads_of_another(
    case: tuple[Problem, dict[UUID, UUID]],
) -> None:
    problem, matching = case
    told = explanations(problem, matching, NAMES)
    assert set(told.trainees) == set(problem.trainees)
    assert set(told.positions) == {one.id for one in problem.positions}
    for lines in (*told.trainees.values(), *told.positions.values()):
        assert lines[0].endswith(".")
        assert "None" not in " ".join(lines)
    for lines in told.trainees.values():
        assert not any(name in " ".join(lines) for name in PEOPLE)
