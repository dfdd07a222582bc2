"""Invented internships of every kind, as plain values; the same for the same seed."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from fractions import Fraction

from tests.unit.oracle.claims import DAY, Internship, Slip, Terms, return_of

_STARTS = (
    dt.date(2026, 11, 29), dt.date(2026, 11, 30), dt.date(2026, 12, 15), dt.date(2026, 12, 31), dt.date(2027, 1, 29),
    dt.date(2027, 1, 30), dt.date(2027, 1, 31), dt.date(2027, 11, 30), dt.date(2027, 12, 29), dt.date(2027, 12, 31),
    dt.date(2028, 1, 29), dt.date(2028, 1, 30), dt.date(2028, 1, 31), dt.date(2028, 2, 29), dt.date(2028, 2, 1),
)  # fmt: skip
_WEEKS = (Fraction(40), Fraction(40), Fraction(40), Fraction(52), Fraction(75, 2), Fraction(20), Fraction(14))


def internship_of(source: random.Random) -> Internship:
    """Somebody's internship: from any day, agreed for one to three months, amended or not, ended early or not."""
    start = source.choice([*_STARTS, dt.date(2026, 1, 1) + DAY * source.randrange(900)])
    longest = return_of(start, 3) - DAY
    one = Internship(start, [_terms(source, start, _end(source, start, longest))])
    for _ in range(source.choice([0, 0, 0, 1, 2])):
        before = one.terms[-1]
        since = before.since + DAY * source.randint(0, (before.last - before.since).days + 1)
        if since <= longest:
            one.terms.append(_terms(source, since, _end(source, since, longest)))
    agreed = one.terms[-1].last
    if agreed < start or source.random() < 0.3:
        one.ended = start + DAY * source.randint(0, max(0, (agreed - start).days))
    for _ in range(source.choice([0, 0, 0, 1, 1, 2, 3])):
        first = start + DAY * source.randint(0, (one.last - start).days)
        length = source.choice([0, 1, 2, 6, 13, 30])
        one.breaks.append((first, None if source.random() < 0.1 else first + DAY * length))
    one.slips = _slips(source, one)
    return one


def _end(source: random.Random, first: dt.date, longest: dt.date) -> dt.date:
    whole = source.random() < 0.6
    return longest if whole else first + DAY * source.randint(0, (longest - first).days)


def _terms(source: random.Random, since: dt.date, last: dt.date) -> Terms:
    return Terms(
        since, last, source.choice([2_156_880, 2_236_300, 2_400_000, 1_100_000]), source.choice(_WEEKS)
    )


def _slips(source: random.Random, one: Internship) -> list[Slip]:
    """Slips one after the other: for calendar months, for months from day to day, or for any days."""
    found, first = [], one.start
    habit = source.choice(["calendar", "calendar", "own", "any"])
    while first <= one.last:
        if habit == "calendar":
            last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        elif habit == "own":
            last = return_of(first, 1) - DAY
        else:
            last = first + DAY * source.randint(0, 45)
        if source.random() < 0.3:
            last = max(first, min(last, one.last))
        won = source.choice([2_156_879, 2_156_880, 2_236_300, 2_400_000, 2_400_000, 3_333_333, 99_999_999])
        part = Fraction(won * ((last - first).days + 1), calendar.monthrange(first.year, first.month)[1])
        slip = Slip(first, last, max(1, part.numerator // part.denominator))
        slip.transferred, slip.own_account = source.random() < 0.95, source.random() < 0.97
        if source.random() < 0.95:
            found.append(slip)
        first = last + DAY
    return found
