"""기준 미리보기: what other terms would pay for the service months not confirmed yet; nothing is written."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.claims import ClaimTerms, Method, claim_month
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.services.claims import claim_policy, drafting
from regional_desk.services.claims.claim_policy import ClaimPolicy
from regional_desk.services.claims.drafting import Entitlement
from regional_desk.services.claims.interns import Intern, read_interns
from regional_desk.services.desk import Desk
from regional_desk.store import claim_runs as store


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What one intern's service month is worth before and after, in won; it is claimed in the calendar month `month`."""

    internship: UUID
    trainee: UUID
    name: str
    company_name: str
    month: dt.date
    month_no: int
    amount_before: int
    amount_after: int

    @property
    def difference(self) -> int:
        """Won after less won before."""
        return self.amount_after - self.amount_before


@dataclass(frozen=True, slots=True)
class ClaimTrial:
    """What the terms would do to the service months that are over, unconfirmed and claimed from their first day on.

    `months` counts these service months, `kept` the confirmed ones, which stay as they were decided. Amounts in won;
    `methods` are the totals each method would pay with these terms, so that whoever adopts one has seen them all.
    """

    before: ClaimPolicy
    terms: ClaimTerms
    changes: tuple[ClaimChange, ...]
    months: int
    total_before: int
    kept: int
    methods: Mapping[Method, int]

    @property
    def total_after(self) -> int:
        """Won by the method of the terms."""
        return self.methods[self.terms.method]


def try_out(desk: Desk, terms: ClaimTerms) -> ClaimTrial:
    """Who changes if these terms were adopted (rulebook, head: adopted after having seen what each method would pay).

    Raises NotAllowed without the right to see people. The interns shown are noted and masked.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = compare(connection, terms, desk.clock.today())
    if found.changes:
        told = {"scheme": terms.key, "by": "preview"}
        desk.note_view("policies", [one.trainee for one in found.changes], told)
    if desk.masking is Masking.FULL:
        return found
    shown = tuple(replace(one, name=desk.masking.show_name(one.name)) for one in found.changes)
    return replace(found, changes=shown)


def compare(connection: sa.Connection, terms: ClaimTerms, today: dt.date) -> ClaimTrial:
    """Both states of every service month that is over on a day, for whoever shows nobody of them."""
    waiting, kept = _over(connection, terms, today)
    totals: Counter[Method] = Counter(dict.fromkeys(Method, 0))
    changes: list[ClaimChange] = []
    before = 0
    for month, wanted in sorted(waiting.items()):
        now = drafting.decide_all(connection, wanted, claim_policy.in_force(connection, month).terms)
        before += _total(now)
        for method in Method:
            tried = drafting.decide_all(connection, wanted, terms.with_method(method))
            totals[method] += _total(tried)
            if method is terms.method:
                pairs = zip(now, tried, strict=True)
                changes += [_change(month, old, new) for old, new in pairs if old.amount != new.amount]
    held = claim_policy.in_force(connection, terms.effective_from)
    months = sum(map(len, waiting.values()))
    return ClaimTrial(held, terms, tuple(changes), months, before, kept, totals)


def _over(
    connection: sa.Connection, terms: ClaimTerms, today: dt.date
) -> tuple[dict[dt.date, list[tuple[Intern, int]]], int]:
    """The service months for which the terms would hold, by calendar month, and how many are confirmed already."""
    closed = store.confirmed_months(connection)
    found: defaultdict[dt.date, list[tuple[Intern, int]]] = defaultdict(list)
    kept = 0
    for intern in read_interns(connection, store.programme_years(connection), terms.max_months):
        for month in intern.months:
            place = claim_month(month.served_until)
            if not month.is_over(today) or place < terms.effective_from:
                continue
            if (intern.row.id, month.no) in closed:
                kept += 1
            else:
                found[place].append((intern, month.no))
    return found, kept


def _change(month: dt.date, old: Entitlement, new: Entitlement) -> ClaimChange:
    row = old.intern.row
    return ClaimChange(
        row.id, row.trainee, row.name, row.company_name, month, old.month_no, old.amount, new.amount
    )


def _total(rows: tuple[Entitlement, ...]) -> int:
    return sum(row.amount for row in rows)
