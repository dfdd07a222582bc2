"""A month's draft: every service month that ends in it and is not confirmed yet, decided by the rules (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import claims
from regional_desk.domain.allowance import RunState
from regional_desk.domain.calendar import training_days
from regional_desk.domain.claim_wages import wage_for
from regional_desk.domain.claims import ClaimTerms, Method, MonthInputs, Service
from regional_desk.domain.internships import ServiceMonth, served_days
from regional_desk.domain.text import korean_span
from regional_desk.errors import Refusal
from regional_desk.services.claims import claim_items, claim_policy, company_accounts
from regional_desk.services.claims.claim_links import OpenItem
from regional_desk.services.claims.evidence import Evidence
from regional_desk.services.claims.interns import Intern, read_intern, read_interns
from regional_desk.services.claims.run_states import OPEN_STATES, RunKind
from regional_desk.services.desk import Work
from regional_desk.services.holidays import holidays_between
from regional_desk.store import claim_runs as store
from regional_desk.store.claim_runs import ClaimRow, ClaimRunRow
from regional_desk.store.claims import claim_run
from regional_desk.store.courses import list_holidays
from regional_desk.store.ids import new_id
from regional_desk.store.metadata import canonical


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What one intern's service month is worth now, in won, and what is still open about it.

    `start` to `end` are the days claimed, `days` those of the full service month, `share` of it with `share_words` as
    kept (`17/30`); `wage` None where nothing shows one. `open_items` lack what concerns the whole company.
    """

    intern: Intern
    month_no: int
    start: dt.date
    end: dt.date
    days: int
    served_days: int
    share: Fraction
    share_words: str
    wage: int | None
    eligible: bool
    amount: int
    trace: tuple[str, ...]
    open_items: tuple[OpenItem, ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """A month as it would be drafted now; `inputs` is the digest of records and decisions the amounts follow from."""

    month: dt.date
    terms: ClaimTerms
    adoption: UUID | None
    rows: tuple[Entitlement, ...]
    held: frozenset[tuple[UUID, int]]
    inputs: bytes

    def is_held(self, row: Entitlement) -> bool:
        """Whether somebody holds this service month."""
        return (row.intern.row.id, row.month_no) in self.held


def entitlement(
    connection: sa.Connection,
    internship_id: UUID,
    month_no: int,
    terms: ClaimTerms,
    today: dt.date | None = None,
) -> Entitlement:
    """What a service month of an internship is worth now by these terms; 0 where the internship does not reach it.

    Without `today` it is not asked whether the month is over. Raises UsageError for an internship that has not begun.
    """
    intern = read_intern(connection, internship_id, terms.max_months)
    return _decide(connection, intern, month_no, terms, today)


def entitlement_of(
    connection: sa.Connection, intern: Intern, month_no: int, terms: ClaimTerms
) -> Entitlement:
    """The same of an internship that was read already, as many are at once."""
    return _decide(connection, intern, month_no, terms, None)


def entitlements(
    connection: sa.Connection, rows: Collection[ClaimRow], terms: ClaimTerms, today: dt.date | None = None
) -> dict[tuple[UUID, int], Entitlement]:
    """What the service months of a run's rows are worth now, by internship and month."""
    years = {row.programme_year for row in rows}
    interns = {one.row.id: one for one in read_interns(connection, years, terms.max_months)}
    holidays = _holidays(connection, list(interns.values()), terms)
    return {
        (row.internship_id, row.month_no): _decide(
            connection, interns[row.internship_id], row.month_no, terms, today, holidays
        )
        for row in rows
        if row.internship_id in interns
    }


def open_items(
    connection: sa.Connection, rows: Collection[Entitlement], terms: ClaimTerms
) -> dict[tuple[UUID, int], tuple[OpenItem, ...]]:
    """By internship and service month everything that keeps it from 확정: wage, papers and the company's account."""
    interns = {row.intern.row.id: row.intern for row in rows}
    evidence = Evidence.read(connection, list(interns.values()))
    holds = company_accounts.holds(connection, {one.row.company for one in interns.values()})
    return {
        (row.intern.row.id, row.month_no): (*row.open_items, *_claim_items(evidence, row, terms, holds))
        for row in rows
    }


def compute(
    connection: sa.Connection, month: dt.date, method: Method | None = None, today: dt.date | None = None
) -> Computed:
    """Decide every service month that ends in the calendar month and stands in no confirmed run (rulebook sections 4, 9)."""
    policy = claim_policy.in_force(connection, month)
    terms = policy.terms.with_method(method)
    closed = store.confirmed_months(connection)
    wanted = [
        (intern, found.no)
        for intern in read_interns(connection, store.programme_years(connection), terms.max_months)
        for found in intern.months
        if claims.claim_month(found.served_until) == month and (intern.row.id, found.no) not in closed
    ]
    ordered = tuple(sorted(decide_all(connection, wanted, terms, today), key=_order))
    held = frozenset((one.internship_id, one.month_no) for one in store.list_holds(connection))
    return Computed(
        month,
        terms,
        policy.adoption if terms == policy.terms else None,
        ordered,
        held,
        _digest(terms, policy.adoption, ordered),
    )


def decide_all(
    connection: sa.Connection,
    wanted: Sequence[tuple[Intern, int]],
    terms: ClaimTerms,
    today: dt.date | None = None,
) -> tuple[Entitlement, ...]:
    """What each of these service months is worth by these terms, in the same order."""
    holidays = _holidays(connection, [one for one, _ in wanted], terms)
    return tuple(_decide(connection, intern, no, terms, today, holidays) for intern, no in wanted)


def write(work: Work, computed: Computed) -> UUID:
    """Put the computed month in the place of its open run, or beside its confirmed ones as the next version.

    Raises Refusal where a 정산 of the month is open, and where all that is left of a confirmed month is held.
    """
    connection, month = work.connection, computed.month
    earlier = store.list_runs(connection, month)
    open_run = next((run for run in earlier if run.state in OPEN_STATES), None)
    if open_run is not None and open_run.kind == RunKind.SETTLEMENT:
        raise Refusal("이 달에 작성 중인 정산이 있습니다. 그것을 먼저 확정하거나 지운 뒤에 작성해 주십시오.")
    closed = any(run.state in store.CLOSED_STATES for run in earlier)
    if open_run is not None:
        store.delete_run(connection, open_run.id)
    elif closed and all(computed.is_held(row) for row in computed.rows):
        raise Refusal(
            "이 달에 남은 지원월은 모두 보류되어 있어 작성하지 않았습니다. 보류를 푼 뒤에 작성하십시오."
        )
    kind = RunKind.SUPPLEMENTARY if closed else RunKind.MAIN
    rows = tuple(_row(computed, number, row) for number, row in enumerate(computed.rows, 1))
    return insert_run(work, computed, kind, rows, open_run)


def insert_run(
    work: Work,
    computed: Computed,
    kind: RunKind,
    rows: tuple[ClaimRow, ...],
    replaced: ClaimRunRow | None = None,
) -> UUID:
    """Write a run with its rows and its log line; a replaced one hands its number and version on."""
    connection, terms, run_id = work.connection, computed.terms, new_id()
    paid = [row for row in rows if not row.held]
    total = sum(row.amount for row in paid)
    connection.execute(
        sa.insert(claim_run).values(
            id=run_id,
            month=computed.month,
            kind=kind.value,
            number=replaced.number if replaced else store.next_number(connection, computed.month),
            version=replaced.version + 1 if replaced else 1,
            state=RunState.DRAFT.value,
            method=terms.method.value,
            scheme=terms.key,
            terms=claims.terms_to_table(terms),
            adoption_id=computed.adoption,
            interns=len(rows),
            paid_interns=sum(row.amount > 0 for row in paid),
            total=total,
            inputs=computed.inputs,
            drafted_by=work.desk.actor.user_id,
            drafted_at=work.at,
        )
    )
    store.insert_rows(connection, run_id, rows)
    told = {"month": computed.month.isoformat(), "kind": kind.value, "interns": len(rows), "total": total}
    work.log(
        "claim.draft",
        "claims",
        run_id,
        {**told, "method": terms.method.value, "inputs": computed.inputs.hex()},
    )
    return run_id


def refuse_stale(connection: sa.Connection, run: ClaimRunRow) -> None:
    """Raise Refusal where the run is no longer what records and policy give."""
    if compute(connection, run.month, Method(run.method)).inputs != run.inputs:
        raise Refusal("작성한 뒤에 협약, 급여명세나 정책이 바뀌었습니다. 다시 작성한 다음 진행해 주십시오.")


def _decide(
    connection: sa.Connection,
    intern: Intern,
    month_no: int,
    terms: ClaimTerms,
    today: dt.date | None,
    holidays: Collection[dt.date] | None = None,
) -> Entitlement:
    month = intern.month(month_no)
    if month is None:
        return _unreached(intern, month_no, terms)
    if holidays is None:
        holidays = _holidays(connection, [intern], terms)
    service = _service(intern, month, holidays)
    slips = [slip.paid for slip in intern.slips_of(month.start, month.served_until)]
    too_low = claim_items.wage_too_low(intern, month) if service.served else ""
    inputs = MonthInputs(
        no=month_no,
        start=month.start,
        end=month.end,
        until=month.served_until,
        service=service,
        off=len(intern.days_off(month.start, month.served_until)),
        wage=wage_for(month.start, month.served_until, slips),
        refused=too_low,
    )
    decision = claims.decide(inputs, terms)
    items = (
        [*claim_items.wage_items(intern, month, too_low, terms)] if service.served and decision.share else []
    )
    if today is not None and not month.is_over(today):
        items.append(claim_items.not_over(intern, month))
    return Entitlement(
        intern,
        month_no,
        month.start,
        month.served_until,
        service.days,
        service.served,
        decision.share,
        claims.share_words(decision.share, terms.method, service),
        inputs.wage,
        decision.eligible,
        decision.amount,
        decision.trace,
        tuple(items),
    )


def _unreached(intern: Intern, month_no: int, terms: ClaimTerms) -> Entitlement:
    """A service month that was claimed once and that the internship reaches no more: it is worth nothing now."""
    start, end = intern.full_month(month_no)
    days = (end - start).days + 1
    why = f"{month_no}차 지원월({korean_span(start, end)})이 되기 전에 인턴십이 끝나 지급하지 않습니다(0원)."
    trace = (why, claims.basis(terms))
    return Entitlement(intern, month_no, start, end, days, 0, Fraction(0), "0", None, False, 0, trace, ())


def _service(intern: Intern, month: ServiceMonth, holidays: Collection[dt.date]) -> Service:
    work_days = training_days(month.start, month.end, holidays)
    served = set(intern.days_served(month))
    return Service(
        month.days,
        served_days(month, intern.start, intern.last_day, intern.breaks),
        len(work_days),
        sum(day in served for day in work_days),
    )


def _holidays(
    connection: sa.Connection, interns: Collection[Intern], terms: ClaimTerms
) -> frozenset[dt.date]:
    """The holidays that working days are counted without; none where the method does not count working days."""
    if terms.method is not Method.WORKDAYS or not interns:
        return frozenset()
    start = min(one.start for one in interns)
    end = max(one.full_month(terms.max_months)[1] for one in interns)
    return frozenset({*holidays_between(start, end), *list_holidays(connection)})


def _claim_items(
    evidence: Evidence, row: Entitlement, terms: ClaimTerms, holds: Mapping[UUID, str]
) -> Iterator[OpenItem]:
    """What is asked only of a month for which something is claimed: its papers, and an account to pay to."""
    month, hold = row.intern.month(row.month_no), holds.get(row.intern.row.company, "")
    if month is not None and row.share:
        yield from claim_items.paper_items(evidence, row.intern, month, terms)
    if hold and row.amount:
        yield claim_items.account_item(row.intern, row.month_no, hold)


def _order(row: Entitlement) -> tuple[Any, ...]:
    intern = row.intern.row
    return intern.company_name, intern.name, intern.birth, intern.programme_year, intern.number, row.month_no


def _row(computed: Computed, number: int, row: Entitlement) -> ClaimRow:
    intern = row.intern.row
    return ClaimRow(
        internship_id=intern.id,
        month_no=row.month_no,
        programme_year=intern.programme_year,
        trainee_id=intern.trainee,
        company_id=intern.company,
        number=number,
        start=row.start,
        end=row.end,
        days=row.days,
        served_days=row.served_days,
        share=row.share_words,
        wage=row.wage,
        eligible=row.eligible,
        amount=row.amount,
        trace=row.trace[:-1],  # the basis is the run's
        held=computed.is_held(row),
    )


def _digest(terms: ClaimTerms, adoption: UUID | None, rows: Collection[Entitlement]) -> bytes:
    told = [
        [
            str(row.intern.row.id),
            row.month_no,
            row.start.isoformat(),
            row.end.isoformat(),
            row.days,
            row.served_days,
            row.share_words,
            row.wage,
            row.eligible,
            row.amount,
        ]
        for row in rows
    ]
    text = canonical({"terms": claims.terms_to_table(terms), "adoption": str(adoption or ""), "rows": told})
    return hashlib.sha256(text.encode()).digest()
