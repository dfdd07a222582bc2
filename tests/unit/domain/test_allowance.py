"""What one trainee gets for one unit period, by every method, with the sentences that say why."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regional_desk import paths
from regional_desk.domain.allowance import Decision, Inputs, RunState, decide
from regional_desk.domain.attendance import Counts, Minutes
from regional_desk.domain.policies import Component, Method, Region, Scheme, scheme_from_table

CAP = 400_000


def shipped(key: str) -> Scheme:
    text = (paths.resources() / "policies" / f"{key}.toml").read_text(encoding="utf-8")
    return scheme_from_table(key, tomllib.loads(text))


PROGRAMME = shipped("smart-manufacturing-2026")


def attended(
    present: int,
    days: int,
    *,
    own: int | None = None,
    unit: int | None = None,
    marks: int = 0,
    unpaid_attended: int = 0,
    unpaid_days: int = 0,
    day_minutes: int = 480,
) -> Inputs:
    """`present` days of a rate over `days`; the rest absent."""
    return Inputs(
        Counts(days, present, 0, days - present, marks),
        own_days=days if own is None else own,
        unit_days=days if unit is None else unit,
        unpaid_attended=unpaid_attended,
        unpaid_days=unpaid_days,
        day_minutes=day_minutes,
    )


def pay(inputs: Inputs, method: Method = Method.DAILY, scheme: Scheme = PROGRAMME) -> Decision:
    return decide(inputs, scheme.with_method(method), Region.OTHER)


@st.composite
def inputs_of_a_month(draw: st.DrawFn) -> Inputs:
    days = draw(st.integers(1, 31))
    present = draw(st.integers(0, days))
    excused = draw(st.integers(0, days - present))
    absent = draw(st.integers(0, days - present - excused))
    marks = draw(st.integers(0, 3 * present))
    unpaid = draw(st.integers(0, days))
    return Inputs(
        Counts(days, present, excused, absent, marks),
        own_days=days,
        unit_days=days + draw(st.integers(0, 31 - days)),
        unpaid_attended=draw(st.integers(0, min(unpaid, present + excused))),
        unpaid_days=unpaid,
    )


@pytest.mark.parametrize(
    ("present", "days", "daily", "prorata", "flat"),
    [
        (19, 19, 380_000, 400_000, 400_000),
        (17, 19, 340_000, 357_890, 400_000),
        (16, 19, 320_000, 336_840, 400_000),
        (15, 19, 0, 0, 0),
        (18, 18, 360_000, 400_000, 400_000),
        (15, 18, 300_000, 333_330, 400_000),
        (14, 18, 0, 0, 0),
        (16, 20, 320_000, 320_000, 400_000),
        (23, 23, 400_000, 400_000, 400_000),
        (21, 23, 400_000, 365_210, 400_000),
        (19, 23, 380_000, 330_430, 400_000),
        (18, 23, 0, 0, 0),
        (11, 13, 220_000, 338_460, 400_000),
        (10, 13, 0, 0, 0),
        (12, 14, 240_000, 342_850, 400_000),
        (11, 14, 0, 0, 0),
    ],
)
def test_the_amount_by_each_method(present: int, days: int, daily: int, prorata: int, flat: int) -> None:
    inputs = attended(present, days)
    amounts = [pay(inputs, method).amount for method in (Method.DAILY, Method.PRORATA, Method.FLAT)]
    assert amounts == [daily, prorata, flat]


@pytest.mark.parametrize(
    ("present", "rate", "eligible"), [(1600, "80.0", True), (1599, "80.0", True), (1598, "79.9", False)]
)
def test_exactly_the_minimum_rate_pays(present: int, rate: str, eligible: bool) -> None:
    decision = pay(attended(present, 2000), Method.FLAT)
    assert (str(decision.rate), decision.eligible) == (rate, eligible)
    assert decision.amount == (CAP if eligible else 0)


def test_converted_absences_are_not_paid() -> None:
    decision = pay(attended(18, 19, marks=3))
    assert (decision.converted_absences, decision.attended_days, decision.paid_days) == (1, 17, 17)
    assert decision.amount == 340_000


def test_days_excused_are_paid() -> None:
    counts = Counts(19, present=15, excused=2, absent=2, marks=0)
    assert pay(Inputs(counts, 19, 19)).amount == 340_000


def test_unrecorded_days_neither_pay_nor_excuse() -> None:
    counts = Counts(19, present=15, excused=0, absent=0, marks=0)
    assert pay(Inputs(counts, 19, 19)).amount == 0


@pytest.mark.parametrize(
    ("method", "amount"), [(Method.DAILY, 200_000), (Method.PRORATA, 210_520), (Method.FLAT, 210_520)]
)
def test_a_late_joiner_has_a_rate_over_own_days_and_a_share_of_the_unit(method: Method, amount: int) -> None:
    decision = pay(attended(10, 10, own=10, unit=19), method)
    assert (str(decision.rate), decision.amount) == ("100.0", amount)


@pytest.mark.parametrize("method", list(Method))
def test_a_leaver_is_measured_by_the_whole_unit(method: Method) -> None:
    counts = Counts(19, present=10, excused=0, absent=0, marks=0)
    decision = pay(Inputs(counts, own_days=10, unit_days=19), method)
    assert (str(decision.rate), decision.amount) == ("52.6", 0)


@pytest.mark.parametrize(
    ("method", "amount"), [(Method.DAILY, 320_000), (Method.PRORATA, 336_840), (Method.FLAT, 336_840)]
)
def test_a_leaver_above_the_rate_is_paid_to_the_last_day(method: Method, amount: int) -> None:
    counts = Counts(19, present=16, excused=0, absent=0, marks=0)
    assert pay(Inputs(counts, own_days=16, unit_days=19), method).amount == amount


@pytest.mark.parametrize(
    ("method", "amount"), [(Method.DAILY, 280_000), (Method.PRORATA, 294_730), (Method.FLAT, 0)]
)
def test_a_span_that_is_not_paid_counts_for_the_rate_only(method: Method, amount: int) -> None:
    decision = pay(attended(19, 19, unpaid_attended=5, unpaid_days=5), method)
    assert (str(decision.rate), decision.attended_days, decision.paid_days) == ("100.0", 19, 14)
    assert decision.amount == amount


def test_a_span_of_days_absent_still_ends_a_flat_amount() -> None:
    inputs = attended(17, 19, unpaid_attended=0, unpaid_days=2)
    assert pay(inputs).amount == 340_000
    assert pay(inputs, Method.FLAT).amount == 0


def test_paid_days_never_fall_below_nought() -> None:
    inputs = attended(19, 19, marks=9, unpaid_attended=19, unpaid_days=19)
    assert (pay(inputs).paid_days, pay(inputs).amount) == (0, 0)


@pytest.mark.parametrize("method", list(Method))
def test_who_takes_part_in_another_training_gets_nothing(method: Method) -> None:
    inputs = Inputs(Counts(19, 19, 0, 0, 0), 19, 19, excluded=True)
    decision = pay(inputs, method)
    assert (decision.amount, decision.eligible) == (0, False)
    assert any("다른 훈련지원" in sentence for sentence in decision.trace)


def test_won_below_ten_are_dropped_for_each_person() -> None:
    decision = pay(attended(17, 19), Method.PRORATA)
    assert (decision.amount, decision.dropped) == (357_890, 4)
    assert "10원 미만 4원 버림" in "".join(decision.trace)


def test_a_unit_without_days_pays_nothing() -> None:
    for method in Method:
        assert pay(Inputs(Counts(0, 0, 0, 0, 0), 0, 0), method).amount == 0


@pytest.mark.parametrize(
    ("minutes", "rate", "daily", "prorata"),
    [
        (Minutes(2400, 2400, 2400), "100.0", 100_000, 400_000),
        (Minutes(2400, 1920, 2400), "80.0", 100_000, 320_000),
        (Minutes(2400, 1919, 2400), "80.0", 100_000, 319_830),
        (Minutes(2400, 1918, 2400), "79.9", 0, 0),
    ],
)
def test_a_course_by_minutes_is_measured_by_minutes(
    minutes: Minutes, rate: str, daily: int, prorata: int
) -> None:
    inputs = Inputs(Counts(5, 5, 0, 0, 4), 5, 5, minutes=minutes)
    assert str(pay(inputs).rate) == rate
    assert [pay(inputs, method).amount for method in (Method.DAILY, Method.PRORATA)] == [daily, prorata]


def test_minutes_that_are_not_paid_are_taken_off() -> None:
    inputs = Inputs(
        Counts(5, 5, 0, 0, 0),
        5,
        5,
        unpaid_attended=1,
        unpaid_days=1,
        minutes=Minutes(2400, 2400, 2400),
        unpaid_minutes=480,
    )
    assert pay(inputs, Method.PRORATA).amount == 320_000


@pytest.mark.parametrize(
    ("key", "region", "day_minutes", "amount"),
    [
        ("sandaeteuk-ai-2026", Region.CAPITAL, 480, 285_000),
        ("sandaeteuk-ai-2026", Region.OTHER, 480, 380_000),
        ("sandaeteuk-ai-2026", Region.SHRINKING, 480, 475_000),
        ("sandaeteuk-ai-2026", Region.CAPITAL, 300, 285_000),
        ("sandaeteuk-ai-2026", Region.SHRINKING, 299, 81_700),
        ("kdt-ai-campus-2026", Region.CAPITAL, 480, 380_000),
        ("kdt-ai-campus-2026", Region.OTHER, 480, 570_000),
        ("kdt-ai-campus-2026", Region.SHRINKING, 480, 760_000),
        ("basis-2025", Region.OTHER, 480, 300_200),
    ],
)
def test_further_schemes_pay_by_region_and_length_of_the_day(
    key: str, region: Region, day_minutes: int, amount: int
) -> None:
    assert decide(attended(19, 19, day_minutes=day_minutes), shipped(key), region).amount == amount


@pytest.mark.parametrize(
    ("region", "amount"), [(Region.CAPITAL, 300_000), (Region.OTHER, 400_000), (Region.SHRINKING, 500_000)]
)
def test_each_component_is_capped_by_itself(region: Region, amount: int) -> None:
    assert decide(attended(23, 23), shipped("sandaeteuk-ai-2026"), region).amount == amount


def test_the_trace_says_why() -> None:
    counts = Counts(19, present=17, excused=1, absent=1, marks=3)
    days, why, source = pay(Inputs(counts, 19, 19)).trace
    assert days == (
        "소정훈련일 19일 가운데 출석 17일, 출석인정 1일, 결석 1일."
        " 지각·조퇴·외출 3회가 결석 1일로 환산되어 출석일수 17일, 출석률 89.5%."
    )
    assert why == "80.0% 이상이므로 일 20,000원 × 17일 = 340,000원(한도 400,000원, 끝수 없음)."
    assert source.startswith("근거: 2026 스마트제조 훈련수당(2026. 5. 20. 시행) · ")
    assert "고시 제2026-39호" in source


def test_the_trace_of_nothing_says_why_too() -> None:
    _, why, _ = pay(attended(15, 19)).trace
    assert why == "출석률이 80.0% 미만이므로 지급하지 않습니다(0원)."


def test_the_trace_names_unrecorded_days_and_days_not_paid() -> None:
    counts = Counts(19, present=17, excused=0, absent=0, marks=0)
    text = " ".join(pay(Inputs(counts, 19, 19, unpaid_attended=2, unpaid_days=2)).trace)
    assert "미입력 2일" in text
    assert "지급 제외 기간에 든 훈련일 2일" in text
    assert "× 15일" in text


def test_the_trace_of_a_capped_amount_adds_up() -> None:
    _, why, _ = pay(attended(23, 23)).trace
    assert (
        why
        == "80.0% 이상이므로 일 20,000원 × 23일 = 460,000원, 한도에 따라 400,000원(한도 400,000원, 끝수 없음)."
    )


def test_the_trace_of_short_days_names_their_own_cap() -> None:
    trace = decide(attended(19, 19, day_minutes=299), shipped("sandaeteuk-ai-2026"), Region.SHRINKING).trace
    assert "일 4,300원 × 19일 = 81,700원(한도 86,000원" in trace[1]


def test_the_trace_of_a_flat_amount_lost_to_a_span_says_so() -> None:
    trace = pay(attended(19, 19, unpaid_attended=5, unpaid_days=5), Method.FLAT).trace
    assert "지급 제외 기간이 있어 정액으로는 지급하지 않습니다(0원)." in trace


def test_the_trace_of_a_leaver_names_the_days_after_leaving() -> None:
    counts = Counts(19, present=16, excused=0, absent=0, marks=0, outside=3)
    days, *_ = pay(Inputs(counts, own_days=16, unit_days=19)).trace
    assert "떠난 뒤 3일" in days
    assert "미입력" not in days


def test_a_late_joiner_of_a_course_by_minutes_gets_a_share_of_the_unit() -> None:
    inputs = Inputs(Counts(4, 4, 0, 0, 0), 4, 5, minutes=Minutes(1920, 1920, 1920), unit_minutes=2400)
    decision = pay(inputs, Method.PRORATA)
    assert (str(decision.rate), decision.amount) == ("100.0", 320_000)


@given(inputs_of_a_month(), st.sampled_from(list(Method)), st.sampled_from(list(Region)))
def test_an_amount_is_whole_tens_and_within_the_cap(inputs: Inputs, method: Method, region: Region) -> None:
    decision = decide(inputs, PROGRAMME.with_method(method), region)
    assert 0 <= decision.amount <= CAP
    assert decision.amount % 10 == 0
    assert 0 <= decision.dropped < 10
    assert decision.eligible is (decision.rate >= Decimal("80.0"))
    assert decision.eligible or decision.amount == 0


@given(inputs_of_a_month(), st.sampled_from(list(Method)))
def test_every_trace_ends_with_the_source_and_names_the_amount(inputs: Inputs, method: Method) -> None:
    decision = pay(inputs, method)
    assert decision.trace[-1].startswith("근거: ")
    assert any(f"{decision.amount:,}원" in sentence for sentence in decision.trace[:-1])


@given(inputs_of_a_month(), st.sampled_from(list(Method)))
def test_an_absence_more_never_pays_more(inputs: Inputs, method: Method) -> None:
    counts = inputs.counts
    assume(counts.present > 0 and inputs.unpaid_attended < counts.present + counts.excused)
    worse = Inputs(
        Counts(counts.days, counts.present - 1, counts.excused, counts.absent + 1, counts.marks),
        inputs.own_days,
        inputs.unit_days,
        inputs.unpaid_attended,
        inputs.unpaid_days,
    )
    assert pay(worse, method).amount <= pay(inputs, method).amount


@given(st.integers(1, 31), st.integers(0, 31))
def test_a_scheme_of_parts_pays_the_sum_of_its_parts(days: int, present: int) -> None:
    assume(present <= days)
    parts = (Component("훈련장려금", 5_800, 116_000), Component("특별훈련수당", 10_000, 200_000))
    whole = shipped("basis-2025")
    inputs = attended(present, days)
    alone = [pay(inputs, scheme=replaced(whole, part)).amount for part in parts]
    assert pay(inputs, scheme=whole).amount == sum(alone)


def replaced(scheme: Scheme, part: Component) -> Scheme:
    table = {name: getattr(scheme, name) for name in Scheme.__slots__}
    return Scheme(**table | {"components": (part,)})


def test_equal_cases_are_decided_once() -> None:
    assert pay(attended(17, 19)) is pay(attended(17, 19))


def test_a_run_goes_from_draft_to_reconciled() -> None:
    assert [state.label for state in RunState] == ["작성", "검토", "확정", "지급", "대사", "취소"]


@pytest.mark.parametrize(
    ("cut_short", "closure_pays", "eligible"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_a_unit_cut_short_by_a_closing_pays_under_the_line_where_the_scheme_says_so(
    cut_short: bool, closure_pays: bool, eligible: bool
) -> None:
    inputs = replace(attended(7, 10), cut_short=cut_short)
    decision = pay(inputs, scheme=replace(PROGRAMME, closure_pays=closure_pays))
    assert (decision.eligible, decision.amount) == (eligible, 140_000 if eligible else 0)
    assert any("폐강" in sentence for sentence in decision.trace) is eligible


def test_a_closing_before_any_day_was_held_pays_nothing() -> None:
    assert pay(replace(attended(0, 0), cut_short=True)).amount == 0


def test_a_rate_over_the_line_is_told_as_ever_in_a_unit_cut_short() -> None:
    assert pay(replace(attended(8, 10), cut_short=True)).trace == pay(attended(8, 10)).trace
