"""What an office settles when it adopts a scheme: method, rates and caps, minimum rate, rounding, from when (rulebook 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from regional_desk.domain.policies import Component, Deduction, DeductionKind, Method, Scheme
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import won

ROUNDING_UNITS = (1, 10, 100, 1000)
LEAVER_DAYS = {"unit": "단위기간 전체", "own": "자기 훈련일"}
_WHOLE = Decimal(100)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is settled otherwise than the scheme has it; None and a missing name leave it as it is.

    `rates` are won a day and won a unit at most, by the place of the component in the scheme; `effective_from` is the
    first day on which a unit may begin for these terms to hold; `deductions` are the kinds that are on, all others off.
    """

    method: Method | None = None
    min_rate: Decimal | None = None
    rounding_unit: int | None = None
    leaver_days: str | None = None
    effective_from: dt.date | None = None
    rates: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    deductions: frozenset[DeductionKind] | None = None


def settle(scheme: Scheme, terms: Terms) -> Scheme:
    """The scheme with these terms.

    Raises Refused for a minimum rate outside 0–100 or finer than a tenth, another rounding, a rate of nothing, a cap
    below one day, or a deduction the scheme does not have.
    """
    min_rate = scheme.min_rate if terms.min_rate is None else terms.min_rate
    rounding = scheme.rounding_unit if terms.rounding_unit is None else terms.rounding_unit
    leaver_days = scheme.leaver_days if terms.leaver_days is None else terms.leaver_days
    if not 0 <= min_rate <= _WHOLE or min_rate != min_rate.quantize(_TENTH):
        raise Refused("최저 출석률은 0부터 100까지, 소수 첫째 자리까지 적어 주십시오.")
    if rounding not in ROUNDING_UNITS:
        raise Refused(f"끝수 처리는 {', '.join(map(str, ROUNDING_UNITS))}원 가운데에서 고르십시오.")
    if leaver_days not in LEAVER_DAYS:
        raise Refused("중도탈락자의 분모는 '단위기간 전체'나 '자기 훈련일' 가운데 하나입니다.")
    return replace(
        scheme,
        method=terms.method or scheme.method,
        min_rate=min_rate.quantize(_TENTH),
        rounding_unit=rounding,
        leaver_days=leaver_days,
        effective_from=terms.effective_from or scheme.effective_from,
        components=tuple(
            _paid(part, *terms.rates.get(place, (part.daily_rate, part.monthly_cap)))
            for place, part in enumerate(scheme.components)
        ),
        deductions=_taken_off(scheme, terms.deductions),
    )


def _taken_off(scheme: Scheme, on: Collection[DeductionKind] | None) -> tuple[Deduction, ...]:
    if on is None:
        return scheme.deductions
    missing = set(on) - {one.kind for one in scheme.deductions}
    if missing:
        raise Refused(f"이 기준에는 공제 '{min(missing).label}'이(가) 없습니다.")
    return tuple(replace(one, on=one.kind in on) for one in scheme.deductions)


def _paid(part: Component, daily: int, cap: int) -> Component:
    if daily <= 0:
        raise Refused(f"'{part.name}'의 하루 금액은 1원 이상이어야 합니다.")
    if cap < daily:
        raise Refused(f"'{part.name}'의 한도({won(cap)}원)가 하루 금액({won(daily)}원)보다 작습니다.")
    return replace(part, daily_rate=daily, monthly_cap=cap)
