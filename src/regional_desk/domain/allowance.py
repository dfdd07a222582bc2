"""훈련수당: what one trainee gets for one unit period, and why (rulebook section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from regional_desk.domain.attendance import Counts, Minutes, summarise
from regional_desk.domain.policies import Component, DeductionKind, Method, Region, Scheme
from regional_desk.domain.rounding import drop_below
from regional_desk.domain.text import korean_date, won


class RunState(StrEnum):
    """작성 → 검토 → 확정 → 지급 → 대사; a confirmed run may be cancelled before 지급."""

    DRAFT = "draft"
    CHECKED = "checked"
    CONFIRMED = "confirmed"
    PAID = "paid"
    RECONCILED = "reconciled"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The Korean word."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    RunState.DRAFT: "작성",
    RunState.CHECKED: "검토",
    RunState.CONFIRMED: "확정",
    RunState.PAID: "지급",
    RunState.RECONCILED: "대사",
    RunState.CANCELLED: "취소",
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that decides one amount, as small integers so that equal cases are decided once.

    `counts.days` is the denominator of the rate. `own_days` are training days inside the membership, `unit_days`
    those of the unit. `unpaid_attended` are attended days and `unpaid_days` training days inside non-payable spans.
    `unit_minutes` are the unit's scheduled minutes where the course counts by minutes (0: those of `minutes`);
    `day_minutes` is the scheduled length of a day, the longest where they differ; `short_paid` are the attended days to
    be paid that are short by the scheme's line while others are not. `course_minutes` are the whole course's scheduled
    minutes where the scheme asks for them (0: however long). `excluded` people take part in another scheme. `cut_short`
    is the unit of somebody who stayed until the course was closed (폐강) in it. `dormitory_days`, `meal_days` and
    `survey_missing` take off only where the scheme has such a deduction on.
    """

    counts: Counts
    own_days: int
    unit_days: int
    unpaid_attended: int = 0
    unpaid_days: int = 0
    excluded: bool = False
    minutes: Minutes | None = None
    unpaid_minutes: int = 0
    unit_minutes: int = 0
    day_minutes: int = 480
    cut_short: bool = False
    short_paid: int = 0
    course_minutes: int = 0
    dormitory_days: int = 0
    meal_days: int = 0
    survey_missing: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One amount in won with its trace (왜 이 금액?), in Korean sentences."""

    training_days: int
    attended_days: int
    converted_absences: int
    paid_days: int
    rate: Decimal
    eligible: bool
    amount: int
    dropped: int
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pay:
    """What an amount is reckoned with: the components that hold, and the days paid, `short` of them short ones."""

    inputs: Inputs
    parts: tuple[Component, ...]
    days: int
    short: int
    dormitory: int

    @property
    def cap(self) -> int:
        """Won for the unit at most."""
        return sum(_terms(part, self.inputs.day_minutes)[1] for part in self.parts)


@lru_cache(maxsize=16384)
def decide(inputs: Inputs, scheme: Scheme, region: Region) -> Decision:
    """The allowance of one trainee and unit by a scheme (rulebook section 3), in won.

    Exactly the minimum rate pays; under it the amount is 0, except in a unit cut short by a 폐강 where the scheme says so
    (고시 제49조②). Won below the scheme's unit are dropped per person (국고금 관리법 제47조).
    """
    summary = summarise(inputs.counts, min_rate=scheme.min_rate, minutes=inputs.minutes)
    pay = _pay(inputs, scheme, region, summary.attended_days)
    over_line = summary.rate >= scheme.min_rate
    reached = (over_line or (inputs.cut_short and scheme.closure_pays)) and inputs.counts.days > 0
    eligible = reached and not inputs.excluded
    whole, reckoning = _amount(pay, scheme.method) if eligible else (0, "")
    raw, taken_off = _less(whole, inputs, scheme)
    amount = drop_below(raw, scheme.rounding_unit)
    trace = [_attendance_sentence(inputs, summary.converted_absences, summary.attended_days, summary.rate)]
    if inputs.unpaid_days:
        trace.append(
            f"지급 제외 기간에 든 훈련일 {inputs.unpaid_days}일은 출석률에는 넣고 수당에서는 뺍니다."
        )
    if inputs.excluded:
        trace.append("다른 훈련지원을 함께 받아 이 수당은 지급하지 않습니다(0원).")
    elif not reached:
        trace.append(f"출석률이 {scheme.min_rate}% 미만이므로 지급하지 않습니다(0원).")
    elif not reckoning:
        trace.append("지급 제외 기간이 있어 정액으로는 지급하지 않습니다(0원).")
    else:
        if pay.dormitory:
            trace.append(f"기숙사를 쓴 {pay.dormitory}일은 지급하지 않습니다.")
        dropped = f"{scheme.rounding_unit}원 미만 {raw - amount}원 버림" if raw != amount else "끝수 없음"
        why = f"{scheme.min_rate}% 이상이므로" if over_line else "폐강된 단위기간이라 출석률과 관계없이"
        end = f"{taken_off} {won(amount)}원(한도 {won(pay.cap)}원, {dropped})."
        trace.append(f"{why} {reckoning}{f' {won(whole)}원,' if taken_off else ''}{end}")
    trace.append(basis(scheme))
    return Decision(
        training_days=inputs.counts.days,
        attended_days=summary.attended_days,
        converted_absences=summary.converted_absences,
        paid_days=pay.days,
        rate=summary.rate,
        eligible=eligible,
        amount=amount,
        dropped=raw - amount,
        trace=tuple(trace),
    )


def basis(scheme: Scheme) -> str:
    """The last sentence of every trace: the policy, since when it holds, and its source."""
    return f"근거: {scheme.name}({korean_date(scheme.effective_from)} 시행) · {scheme.source}"


def _pay(inputs: Inputs, scheme: Scheme, region: Region, attended_days: int) -> _Pay:
    """The days paid: a converted absence and a day in the dormitory take a long day first."""
    payable = max(0, attended_days - inputs.unpaid_attended)
    dormitory = 0
    if scheme.deduction(DeductionKind.DORMITORY):
        dormitory = min(inputs.dormitory_days, payable)
    days = payable - dormitory
    parts = scheme.components_in(region, inputs.course_minutes)
    return _Pay(inputs, parts, days, min(inputs.short_paid, days), dormitory)


def _terms(part: Component, day_minutes: int) -> tuple[int, int]:
    """Daily rate and cap of a component on days of this length."""
    if day_minutes < part.min_day_minutes:
        return part.rate_below, part.cap_below
    return part.daily_rate, part.monthly_cap


def _of_days(part: Component, pay: _Pay) -> int:
    """Won of a component by the day, within its caps."""
    daily, most = _terms(part, pay.inputs.day_minutes)
    if not pay.short or pay.inputs.day_minutes < part.min_day_minutes or not part.min_day_minutes:
        return min(daily * pay.days, most)
    below = min(part.rate_below * pay.short, part.cap_below)
    return min(daily * (pay.days - pay.short) + below, most)


def _amount(pay: _Pay, method: Method) -> tuple[int, str]:
    """Won before anything is taken off, and the reckoning up to them; no reckoning where the method pays nothing."""
    inputs, cap = pay.inputs, pay.cap
    if method is Method.DAILY:
        return _by_days(pay)
    if method is Method.PRORATA:
        if inputs.minutes:
            unpaid = inputs.unpaid_minutes + pay.dormitory * inputs.day_minutes
            paid = max(0, inputs.minutes.attended - unpaid)
            whole = inputs.unit_minutes or inputs.minutes.scheduled
            return cap * paid // whole, f"{won(cap)}원 × {paid}분 ÷ {whole}분 ="
        return cap * pay.days // inputs.unit_days, f"{won(cap)}원 × {pay.days}일 ÷ {inputs.unit_days}일 ="
    if inputs.unpaid_days:
        return 0, ""
    own = max(0, inputs.own_days - pay.dormitory)
    return cap * own // inputs.unit_days, f"{won(cap)}원 × {own}일 ÷ {inputs.unit_days}일 ="


def _by_days(pay: _Pay) -> tuple[int, str]:
    raw = sum(_of_days(part, pay) for part in pay.parts)
    rate = sum(_terms(part, pay.inputs.day_minutes)[0] for part in pay.parts)
    short = pay.short if any(part.min_day_minutes for part in pay.parts) else 0
    below = sum(part.rate_below if part.min_day_minutes else part.daily_rate for part in pay.parts)
    words = f"일 {won(rate)}원 × {pay.days - short}일"
    uncapped = rate * (pay.days - short)
    if short:
        words += f" + 짧은 날 {won(below)}원 × {short}일"
        uncapped += below * short
    over = f" {won(uncapped)}원, 한도에 따라" if uncapped > raw else ""
    return raw, f"{words} ={over}"


def _less(whole: int, inputs: Inputs, scheme: Scheme) -> tuple[int, str]:
    """Won after what the scheme's deductions take off, and the words for it."""
    if whole and inputs.survey_missing and scheme.deduction(DeductionKind.SURVEY):
        return 0, " 만족도 조사를 내지 않은 마지막 단위기간이라"
    meals = scheme.deduction(DeductionKind.MEALS)
    if not whole or not inputs.meal_days or meals is None:
        return whole, ""
    off = min(meals.daily * inputs.meal_days, meals.most)
    capped = f" 한도 {won(meals.most)}원" if off < meals.daily * inputs.meal_days else ""
    return max(0, whole - off), f" 식비 {won(meals.daily)}원 × {inputs.meal_days}일{capped}을 빼서"


def _attendance_sentence(inputs: Inputs, converted: int, attended: int, rate: Decimal) -> str:
    counts = inputs.counts
    parts = [f"출석 {counts.present}일"]
    if counts.excused:
        parts.append(f"출석인정 {counts.excused}일")
    parts.append(f"결석 {counts.absent}일")
    if counts.unrecorded:
        parts.append(f"미입력 {counts.unrecorded}일")
    if counts.outside:
        parts.append(f"떠난 뒤 {counts.outside}일")
    sentence = f"소정훈련일 {counts.days}일 가운데 {', '.join(parts)}."
    if inputs.minutes:
        sentence += (
            f" 시간으로 세는 과정이라 {inputs.minutes.scheduled}분 가운데 {inputs.minutes.attended}분 출석."
        )
    elif counts.marks:
        sentence += f" 지각·조퇴·외출 {counts.marks}회가 결석 {converted}일로 환산되어"
    return f"{sentence} 출석일수 {attended}일, 출석률 {rate}%."
