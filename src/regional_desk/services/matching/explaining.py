"""A matching told in Korean: to a trainee, to a company, and before a change by hand (rulebook section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from regional_desk.domain.matching import Matching, Measure, Problem
from regional_desk.domain.matching_reasons import (
    Decided,
    Filling,
    Outcome,
    PositionReason,
    Reason,
    Taken,
    Turned,
    Why,
    explain,
)
from regional_desk.domain.rounding import half_up_int
from regional_desk.domain.swaps import Swap, SwapNote, SwapRefusal

_BLOCKING = "서로 더 원하는 짝"
_SHOWN_PAIRS = 5
_SHORT = {
    Why.FULL: "앞선 순위로 모집인원이 참",
    Why.CAPPED: "앞선 순위로 기업별 상한이 참",
    Why.WOULD_TAKE: _BLOCKING,
    Why.NOT_ACCEPTABLE: "배정 대상 아님",
    Why.FORBIDDEN: "연계 제외",
    Why.NO_SEATS: "모집인원 없음",
    Why.NOT_IN_ROUND: "이번 차수에 없음",
}
_WHOLE = {
    Why.NOT_ACCEPTABLE: "배정 대상이 아닙니다(면접 불합격·기록 없음 또는 다른 트랙).",
    Why.FORBIDDEN: "연계 제외로 정한 기업입니다.",
    Why.NO_SEATS: "배정할 자리가 없습니다(모집인원·기업별 상한 0명, 마감 또는 미선정 기업).",
    Why.NOT_IN_ROUND: "이번 차수에 들어 있지 않은 직무입니다.",
}
_REFUSED = {
    SwapRefusal.SAME: "지금과 같아서 바뀌는 것이 없습니다.",
    SwapRefusal.FORBIDDEN: "연계 제외로 정한 짝이라 배정할 수 없습니다. 필요하면 연계 제외를 먼저 푸십시오.",
    SwapRefusal.NO_SEATS: "이 직무에는 배정할 자리가 없습니다(모집인원·기업별 상한 0명, 마감 또는 미선정 기업).",
}
_NOTES = {
    SwapNote.NOT_WISHED: "본인이 희망하지 않은 직무입니다.",
    SwapNote.NOT_ACCEPTABLE: "이 직무의 배정 대상이 아닙니다(면접 불합격·기록 없음 또는 다른 트랙).",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What people and positions are called for whoever reads; masked names where the reader may not see more."""

    trainees: Mapping[UUID, str]
    positions: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Explanations:
    """The lines of each trainee and of each position, the first of them the answer in one sentence."""

    trainees: Mapping[UUID, tuple[str, ...]]
    positions: Mapping[UUID, tuple[str, ...]]


def explanations(problem: Problem, matching: Matching, names: Names) -> Explanations:
    """Everybody's and every position's explanation; KeyError where a name is missing."""
    reasons = explain(problem, matching)
    return Explanations(
        {one: trainee_lines(reason, names) for one, reason in reasons.trainees.items()},
        {one: position_lines(reason, names) for one, reason in reasons.positions.items()},
    )


def trainee_lines(reason: Reason, names: Names) -> tuple[str, ...]:
    """Why a trainee has what they have; it names no other trainee and can be handed to them."""
    lines = [_outcome(reason, names)]
    if reason.group:
        lines.append(f"우선 배정 순위 {reason.group}에 듭니다.")
    lines += [f"{one.wish}순위 {_position(one, names)}: {_turned(one)}" for one in reason.turned]
    told = [one.why for one in reason.turned]
    rest = [(why, count - told.count(why)) for why, count in reason.counts.items() if count > told.count(why)]
    if rest:
        parts = ", ".join(f"{_SHORT[why]} {count}곳" for why, count in sorted(rest))
        lines.append(f"그 밖에 더 원한 {sum(count for _, count in rest)}곳: {parts}")
    return tuple(lines)


def position_lines(reason: PositionReason, names: Names) -> tuple[str, ...]:
    """Why a position has whom it has, with the names of those it has."""
    lines = [_filling(reason)]
    if reason.waiting:
        lines.append(f"배정받을 수 있고 여기를 더 원하는 사람이 {reason.waiting}명 있습니다({_BLOCKING}).")
    if reason.wished:
        lines.append(
            f"희망 {reason.wished}명, 배정 가능 {reason.acceptable}명: "
            f"더 원하는 곳에 배정 {reason.elsewhere}명, 순위가 뒤 {reason.outranked}명"
        )
    lines += [f"{names.trainees[one.trainee]}: {_taken(one)}" for one in reason.taken]
    return tuple(lines)


def swap_lines(change: Swap, names: Names) -> tuple[str, ...]:
    """누가 밀리나: what a change by hand does, the first line the move itself."""
    who = names.trainees[change.trainee]
    old = change.before.get(change.trainee)
    head = f"{who}: {_place(old, names)} → {_place(change.position, names)}"
    if change.refused:
        return head, _REFUSED[change.refused]
    lines = [head, *(_NOTES[note] for note in change.notes)]
    lines += [
        f"{names.trainees[one]}: {names.positions[change.before[one]]}에서 밀려 미배정이 됩니다(배정된 사람 가운데 순서가 가장 뒤)."
        for one in change.displaced
    ]
    if not change.displaced:
        lines.append("밀리는 사람이 없습니다.")
    lines.append(f"바꾸기 전: {measure_line(change.measure_before)}")
    lines.append(f"바꾼 뒤: {measure_line(change.measure_after)}")
    if change.new_blocking:
        pairs = [f"{names.trainees[one]}–{names.positions[to]}" for one, to in change.new_blocking]
        more = len(pairs) - _SHOWN_PAIRS
        tail = f" 외 {more}쌍" if more > 0 else ""
        lines.append(f"새로 생기는 {_BLOCKING}: {', '.join(pairs[:_SHOWN_PAIRS])}{tail}")
    return tuple(lines)


def refusal(code: SwapRefusal) -> str:
    """Why a change by hand cannot be done."""
    return _REFUSED[code]


def note(code: SwapNote) -> str:
    """What somebody who changes by hand should know of the new place."""
    return _NOTES[code]


def measure_line(measure: Measure) -> str:
    """What a matching gives and costs, in one line."""
    return (
        f"배정 {measure.placed}명, 미배정 {measure.unplaced}명, 평균 희망순위 {show_average(measure.average)}, "
        f"{_BLOCKING} {measure.blocking}쌍"
    )


def show_average(average: Fraction | None) -> str:
    """An average wish as `1.52`, rounded half up; a dash where nobody got a wish."""
    if average is None:
        return "-"
    whole, hundredths = divmod(half_up_int(average.numerator * 100, average.denominator), 100)
    return f"{whole}.{hundredths:02d}"


def _outcome(reason: Reason, names: Names) -> str:
    where = "" if reason.position is None else names.positions[reason.position]
    place = "" if reason.place is None else f"(직무에서 {reason.place}위)"
    return {
        Outcome.WISHED: f"{reason.wish}순위로 희망한 {where}에 배정되었습니다{place}.",
        Outcome.NOT_WISHED: f"희망하지 않은 {where}에 수동으로 배정되었습니다{place}.",
        Outcome.NO_WISHES: "희망순위가 없어 배정하지 못했습니다.",
        Outcome.UNACCEPTED: f"희망한 {reason.wishes}곳 가운데 배정받을 수 있는 곳이 없어 미배정입니다.",
        Outcome.OUTRANKED: "배정받을 수 있는 희망 직무가 모두 앞선 순위의 사람으로 차서 미배정입니다.",
        Outcome.PASSED_OVER: f"미배정입니다. 희망 직무 {reason.counts.get(Why.WOULD_TAKE, 0)}곳은 이 사람을 받을 수 있습니다({_BLOCKING}).",
    }[reason.code]


def _position(one: Turned, names: Names) -> str:
    # A wish may outlive its position in the round; nobody then gathered its name.
    return names.positions.get(one.position, "다른 직무")


def _turned(one: Turned) -> str:
    if one.why in _WHOLE:
        return _WHOLE[one.why]
    if one.why is Why.WOULD_TAKE:
        what = "자리가 비어 있습니다" if one.displaces is None else "배정된 사람보다 순서가 앞섭니다"
        return f"{what}({_BLOCKING})."
    limit = "모집인원" if one.why is Why.FULL else "기업별 상한"
    return f"{limit} {one.seats}명이 앞선 순위로 찼습니다{_behind(one)}."


def _behind(one: Turned) -> str:
    if one.decided is Decided.GROUP:
        return "(우선 배정 순위에서 뒤)"
    if one.decided is Decided.LOT:
        return f"({one.place}위로 같은 사람이 있어 추첨에서 뒤)"
    return f"(본인 {one.place}위, 마지막 배정자 {one.last_place}위)"


def _filling(reason: PositionReason) -> str:
    taken = f"모집인원 {reason.seats}명 가운데 {len(reason.taken)}명이 배정되었습니다."
    more = "남은 " if reason.taken else ""
    return {
        Filling.FULL: f"모집인원 {reason.seats}명이 모두 배정되었습니다.",
        Filling.CAPPED: f"{taken} 기업별 상한 {reason.cap}명이 찼습니다.",
        Filling.NO_SEATS: _WHOLE[Why.NO_SEATS],
        Filling.NOBODY_WISHED: f"{taken} 희망한 사람이 없습니다.",
        Filling.NOBODY_ACCEPTABLE: f"{taken} 희망한 사람 가운데 배정할 수 있는 사람이 없습니다.",
        Filling.ELSEWHERE: f"{taken} 배정할 수 있는 {more}희망자는 모두 더 원하는 곳에 배정되었습니다.",
        Filling.WANTED: f"{taken} 자리가 비어 있습니다.",
    }[reason.code]


def _taken(one: Taken) -> str:
    group = f"우선 배정 순위 {one.group}, " if one.group else ""
    place = "배정 대상 아님" if one.place is None else f"{one.place}위"
    wish = "희망하지 않음" if one.wish is None else f"본인 {one.wish}순위"
    return f"{group}{place}, {wish}"


def _place(position: UUID | None, names: Names) -> str:
    return "미배정" if position is None else names.positions[position]
