"""Ten thousand invented internships, each claimed twice: by the program, and by the rulebook alone."""

from __future__ import annotations

import ast
import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.unit.oracle import claims as rulebook
from tests.unit.oracle.claim_cases import internship_of

from regional_desk.domain import calendar, claim_wages, claims, internships
from regional_desk.domain.claim_wages import PaidWage
from regional_desk.domain.claims import Method, Service
from regional_desk.domain.internships import Break, BreakKind
from regional_desk.services.claims import claim_items, drafting, interns
from regional_desk.services.claims.claim_policy import shipped
from regional_desk.services.claims.interns import Intern
from regional_desk.services.companies.positions import minimum_wages
from regional_desk.services.holidays import holidays_between
from regional_desk.store.internship_records import AgreementRow, StoredInternship
from regional_desk.store.payslips import PayslipRow

HERE = Path(__file__).parent
INTERNSHIPS, SHARDS = 10_000, 5
ONE, NOW = UUID(int=1), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HOUR = 60


def intern_of(one: rulebook.Internship) -> Intern:
    """The same internship as the program reads it."""
    row = StoredInternship(
        ONE, 1, 2026, 1, None, ONE, "가나다", dt.date(1999, 3, 5), ONE, "기업", None, "", None, "Track1",
        one.start, one.ended, "early" if one.ended else None, None, NOW,
    )  # fmt: skip
    agreements = tuple(
        AgreementRow(
            ONE, 1, ONE, number, terms.since, terms.last, terms.wage, int(terms.weekly * HOUR), "", "", "", {},
            None, "signed", terms.since, None, None, None, NOW,
        )
        for number, terms in enumerate(one.terms)
    )  # fmt: skip
    slips = tuple(
        PayslipRow(
            ONE, 1, ONE, slip.first, slip.last, slip.won, slip.last if slip.transferred else None,
            slip.won if slip.transferred else None, slip.own_account, None, None, None, None, ONE, NOW, None,
        )
        for slip in one.slips
    )  # fmt: skip
    breaks = tuple(Break(*span, BreakKind.INTERRUPTION) for span in one.breaks)
    return Intern(row, agreements, breaks, slips, rulebook.MOST_MONTHS)


@cache
def holidays() -> frozenset[dt.date]:
    return frozenset(holidays_between(dt.date(2026, 1, 1), dt.date(2028, 12, 31)))


@cache
def minimums() -> list[tuple[dt.date, int]]:
    return [(one.effective_from, one.won) for one in minimum_wages()]


class Told(NamedTuple):
    """What is said of one service month: its days, those served, share, wage and amount in won, and where it belongs."""

    days: int
    served: int
    share: Fraction
    wage: int | None
    amount: int
    month: tuple[int, int]


def disagreements(source: random.Random, count: int) -> Iterator[str]:
    """What the program and the rulebook say differently of some internships."""
    for _ in range(count):
        one = internship_of(source)
        method = Method(source.choice(rulebook.METHODS))
        support, unit = source.choice([2_000_000, 2_000_000, 1_999_999]), source.choice([1, 10, 10, 1000])
        terms = replace(shipped(), method=method, support=support, rounding_unit=unit)
        intern = intern_of(one)
        if [month.no for month in intern.months] != rulebook.months(one):
            yield f"months {one}"
            continue
        number = source.choice(rulebook.months(one))
        found = drafting._decide(_no_connection(), intern, number, terms, None, holidays())
        wage = rulebook.wage_for(one, number)
        expected = Told(
            len(rulebook.month_dates(one.start, number)),
            len(rulebook.served(one, number)),
            rulebook.share(one, number, method, holidays()),
            None if wage is None else wage.numerator // wage.denominator,
            rulebook.amount(one, number, method, support, unit, holidays(), minimums()),
            rulebook.belongs_to(one, number),
        )
        place = claims.claim_month(found.end)
        told = Told(
            found.days, found.served_days, found.share, found.wage, found.amount, (place.year, place.month)
        )
        if told != expected:
            yield f"{number}차 {method} {told} != {expected} {one}"


def _no_connection() -> sa.Connection:
    return None  # type: ignore[return-value]  # holidays are given: nothing is read


def source_of(shard: int | str) -> random.Random:
    return random.Random(f"claims-{shard}")  # noqa: S311 - invented cases


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_program_and_the_rulebook_agree_on_two_thousand_internships(shard: int) -> None:
    assert list(disagreements(source_of(shard), INTERNSHIPS // SHARDS)) == []


def test_agreed_wages_are_below_the_minimum_of_the_same_months() -> None:
    source = source_of("wages")
    found = 0
    for _ in range(600):
        for terms in internship_of(source).terms:
            wage = terms.wage + source.choice([-1, 0, 0, 1])
            week = int(terms.weekly * HOUR)
            lacks = internships.wage_shortfall(wage, week, terms.since, terms.last, minimum_wages())
            told = {(one.month.year, one.month.month) for one in lacks}
            own = replace(terms, wage=wage)
            assert told == rulebook.months_below(own, terms.since, terms.last, minimums()), own
            found += bool(told)
    assert found > 50


def _clipped_end(first: dt.date, no: int) -> dt.date:
    return calendar.monthly_return(first, no) - rulebook.DAY


def _each_break_counts(month: Any, first: dt.date, last: dt.date, breaks: Any) -> int:
    days = [day for day in calendar.days_between(month.start, month.end) if first <= day <= last]
    missed: int = sum(one.covers(day) for one in breaks for day in days)
    return max(0, len(days) - missed)


def _whole_slips(start: dt.date, end: dt.date, slips: Any) -> int | None:
    paid = [slip.wage for slip in slips if slip.is_paid and slip.touches(start, end)]
    return sum(paid) if paid else None


def _one_day_early(month: Any, first: dt.date, last: dt.date, breaks: Any) -> int:
    return internships.served_days(month, first, last - rulebook.DAY, breaks)


def _minimum_of_the_first_day(slip: Any, week_on: Any, off: Any, known: Any) -> int:
    begun = [one for one in known if one.effective_from <= slip.start]
    return claim_wages.least_paid(slip, week_on, off, begun)


def _last_terms(agreements: Any, day: dt.date) -> Any:
    return agreements[-1]


FAULTS: dict[str, tuple[object, str, object]] = {
    "a month ends a day early where the start has no return": (calendar, "_unit_end", _clipped_end),
    "overlapping breaks count twice": (drafting, "served_days", _each_break_counts),
    "the last day is not served": (drafting, "served_days", _one_day_early),
    "a full month is shared out like any other": (Service, "is_whole", property(lambda _: False)),
    "thirty days are a full month": (Service, "is_whole", property(lambda one: one.served >= 30)),
    "a payslip without its transfer counts": (PaidWage, "is_paid", property(lambda _: True)),
    "a payslip counts whole": (drafting, "wage_for", _whole_slips),
    "the wage is no limit": (
        claims,
        "amount",
        lambda support, part, _, unit: (
            support * part.numerator // part.denominator - support * part.numerator // part.denominator % unit
        ),
    ),
    "won are rounded half up": (
        claims,
        "drop_below",
        lambda won, unit: (won + unit // 2) // unit * unit,
    ),
    "an early end is forgotten": (
        Intern,
        "last_day",
        property(lambda one: internships.agreed_end(one.terms)),
    ),
    "an amendment's end is forgotten": (interns, "agreed_end", lambda terms: terms[0].end),
    "the newest terms hold from the first day": (interns, "terms_on", _last_terms),
    "weekly holidays are not paid": (
        claim_wages,
        "monthly_hours",
        lambda week: (week * 365 * 2 + 84 * 60) // (2 * 84 * 60),
    ),
    "the old year's minimum holds over New Year": (claim_items, "least_paid", _minimum_of_the_first_day),
    "a wage below the minimum is paid": (claim_items, "wage_too_low", lambda _intern, _month: ""),
    "days not worked are to be paid": (Intern, "days_off", lambda _intern, _start, _end: frozenset()),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_the_rules_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*FAULTS[fault])
    assert next(disagreements(source_of(fault), 2_000), None) is not None


def test_the_rulebooks_claims_know_nothing_of_the_program() -> None:
    for name in ("claims.py", "claim_cases.py"):
        tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
        named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        named += [
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        ]
        assert named
        assert not [one for one in named if one.startswith("regional_desk")]
