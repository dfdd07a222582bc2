"""Who may be taken: every line's boundary by the day."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace

import pytest

from regional_desk import paths
from regional_desk.domain.eligibility import (
    AGE,
    Answer,
    Answered,
    AsOf,
    Category,
    Decision,
    Facts,
    Terms,
    TermsDamaged,
    age_on,
    decide,
    terms_from_table,
    terms_on,
)

D = dt.date
DAY = dt.timedelta(days=1)
RECEIVED = D(2026, 7, 15)
LINE, LAST = D(1991, 7, 15), D(1986, 7, 15)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.fixture
def terms() -> Terms:
    text = (paths.resources() / "policies" / "eligibility.toml").read_text(encoding="utf-8")
    return terms_from_table(tomllib.loads(text))


def all_yes(terms: Terms) -> dict[str, Answered]:
    return {key: Answered(YES, D(2026, 7, 20), "신청서") for key in terms.conditions}


def age(facts: Facts, terms: Terms) -> Answer:
    line = decide(facts, terms).lines[0]
    assert line.key == AGE
    return line.answer


@pytest.mark.parametrize(
    ("birth", "days", "evidence", "category", "answer"),
    [
        (LINE + DAY, 0, False, Category.YOUTH, YES),
        (LINE, 0, False, Category.YOUTH, NO),
        (LINE, 0, True, Category.YOUTH, NO),
        (LINE, 1, True, Category.YOUTH, YES),
        (LINE, 1, False, Category.YOUTH, UNKNOWN),
        (LINE - 548 * DAY, 548, True, Category.YOUTH, NO),
        (LINE - 547 * DAY, 548, True, Category.YOUTH, YES),
        (LINE - 548 * DAY, 548, False, Category.YOUTH, NO),
        (LAST + DAY, 3000, True, Category.YOUTH, YES),
        (LAST, 3000, True, Category.YOUTH, NO),
        (LAST, 3000, False, Category.YOUTH, NO),
        (LAST, 0, False, Category.GENERAL, YES),
        (D(1960, 1, 1), 0, False, Category.GENERAL, YES),
        (LINE + DAY, 0, False, None, YES),
        (LINE, 0, False, None, UNKNOWN),
        (LAST, 0, False, None, UNKNOWN),
    ],
)
def test_the_age_line_is_passed_by_whoever_was_born_after_it(
    terms: Terms, birth: dt.date, days: int, evidence: bool, category: Category | None, answer: Answer
) -> None:
    facts = Facts(birth, RECEIVED, days, evidence, category)
    assert age(facts, terms) is answer


@pytest.mark.parametrize(
    ("birth", "as_of", "answer"),
    [
        (D(1992, 2, 29), D(2027, 2, 28), YES),
        (D(1992, 2, 29), D(2027, 3, 1), NO),
        (D(1993, 2, 28), D(2028, 2, 29), NO),
        (D(1993, 3, 1), D(2028, 2, 29), YES),
        (D(1992, 2, 29), D(2028, 2, 29), NO),
        (D(1993, 3, 1), D(2028, 2, 28), YES),
    ],
)
def test_the_29th_of_february_counts_as_the_calendar_has_it(
    terms: Terms, birth: dt.date, as_of: dt.date, answer: Answer
) -> None:
    assert age(Facts(birth, as_of, category=Category.YOUTH), terms) is answer
    assert (age_on(birth, as_of) < 35) is (answer is YES)


def test_military_service_moves_no_line_where_the_terms_say_so(terms: Terms) -> None:
    strict = replace(terms, military_extends=False)
    assert age(Facts(LINE, RECEIVED, 548, True, Category.YOUTH), strict) is NO


def test_a_day_that_is_not_known_leaves_the_age_open(terms: Terms) -> None:
    later = replace(terms, as_of=AsOf.COURSE_START)
    line = decide(Facts(LINE, None), later).lines[0]
    assert line.answer is UNKNOWN
    assert "과정 시작일" in line.reason


def test_every_reason_names_its_dates(terms: Terms) -> None:
    line = decide(Facts(LINE, RECEIVED, 548, True, Category.YOUTH), terms).lines[0]
    assert "접수일 2026. 7. 15. 만 35세(1991. 7. 15.생)" in line.reason
    assert "병역 548일(병적증명서 확인)을 더하여 1990. 1. 13. 뒤에" in line.reason


def test_whoever_meets_everything_is_taken(terms: Terms) -> None:
    decision = decide(Facts(LINE + DAY, RECEIVED, answers=all_yes(terms)), terms)
    assert decision.overall is YES
    assert decision.verdict == "적격"
    assert {line.key for line in decision.lines} == {AGE, *terms.conditions}
    assert decision.lines[1].reason == "미취업: 2026. 7. 20. 확인(신청서) — 맞습니다."


def test_one_no_decides_whatever_is_still_open(terms: Terms) -> None:
    answers = {"residence": Answered(NO, D(2026, 7, 20), "등본")}
    decision = decide(Facts(LINE + DAY, RECEIVED, answers=answers), terms)
    assert decision.overall is NO
    assert decision.reason() == "거주지 요건: 2026. 7. 20. 확인(등본) — 맞지 않습니다."


def test_an_unknown_leaves_it_open_and_says_what_is_missing(terms: Terms) -> None:
    answers = all_yes(terms) | {"unemployed": Answered(UNKNOWN, D(2026, 7, 20))}
    decision = decide(Facts(LINE + DAY, RECEIVED, answers=answers), terms)
    assert decision.overall is UNKNOWN
    assert decision.reason() == "미취업: 아직 확인하지 않았습니다."


def test_a_participation_on_record_outweighs_an_answer(terms: Terms) -> None:
    decision = decide(Facts(LINE + DAY, RECEIVED, answers=all_yes(terms), earlier=2025), terms)
    assert decision.overall is NO
    assert "2025년 사업" in decision.reason()


def test_terms_without_a_condition_refuse_nobody() -> None:
    assert Decision(()).overall is YES


def test_the_terms_in_effect_on_the_day_hold(terms: Terms) -> None:
    newer = replace(terms, name="2027", effective_from=D(2027, 1, 1))
    assert terms_on([newer, terms], D(2026, 12, 31)) is terms
    assert terms_on([newer, terms], D(2027, 1, 1)) is newer
    assert terms_on([newer, terms], D(2025, 12, 31)) is terms


@pytest.mark.parametrize("missing", ["name", "as_of", "youth", "conditions"])
def test_damaged_terms_are_a_bug_that_names_itself(missing: str) -> None:
    text = (paths.resources() / "policies" / "eligibility.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    del table[missing]
    with pytest.raises(TermsDamaged, match=missing):
        terms_from_table(table)


def test_lines_in_the_wrong_order_are_damaged_terms() -> None:
    text = (paths.resources() / "policies" / "eligibility.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    table["youth"]["never_from_age"] = 30
    with pytest.raises(TermsDamaged):
        terms_from_table(table)
