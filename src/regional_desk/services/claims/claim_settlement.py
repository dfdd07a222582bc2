"""정산 of claims: what confirmed service months are worth now, paid to the company or asked back of it (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.claims import ClaimTerms, terms_from_table
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import Settlement, Standing, is_settled, settle
from regional_desk.domain.text import won
from regional_desk.errors import Refusal
from regional_desk.services.claims import drafting
from regional_desk.services.claims.drafting import Computed, Entitlement
from regional_desk.services.claims.interns import Intern, read_interns
from regional_desk.services.claims.run_states import OPEN_STATES, SUBJECT, RunKind
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay import recoveries
from regional_desk.store import claim_runs as store
from regional_desk.store.claim_money import Key, list_rows, standings
from regional_desk.store.claim_runs import ClaimRow, ClaimRunRow
from regional_desk.store.recoveries import RecoveryRow, list_recoveries

_CANCELLED = "정산 확정이 취소되어 거둠"


@dataclass(frozen=True, slots=True)
class Settled:
    """One intern's service month of a 정산: what it is worth now, what changes, and the reason in Korean sentences."""

    now: Entitlement
    outcome: Settlement
    trace: tuple[str, ...]

    @property
    def key(self) -> Key:
        """Internship and service month."""
        return self.now.intern.row.id, self.now.month_no


def draft(desk: Desk, month: dt.date, operation_id: UUID | None = None) -> UUID | None:
    """Draft the 정산 run of a month's confirmed claims anew; 검토, 확정 and 지급 are those of every run.

    Returns the run, None where an open one fell because nothing is left to settle. Raises Refusal where there never
    was anything to settle, and where another draft of the month is open.
    """

    def body(work: Work) -> dict[str, Any]:
        earlier = store.list_runs(work.connection, month)
        opened = next((run for run in earlier if run.state in OPEN_STATES), None)
        if opened is not None and opened.kind != RunKind.SETTLEMENT:
            raise Refusal(
                f"{month:%Y-%m}에 작성 중인 인턴지원금이 있습니다. 그것을 먼저 확정한 뒤 정산하십시오."
            )
        rows = compute(work.connection, month)
        if opened is not None:
            store.delete_run(work.connection, opened.id)
        if not rows:
            if opened is None:
                raise Refusal(
                    f"{month:%Y-%m} 인턴지원금은 확정한 금액과 지금 기록이 같아 정산할 것이 없습니다."
                )
            work.log("claim.settle", SUBJECT, opened.id, {"month": f"{month:%Y-%m}", "interns": 0})
            return {"run": None}
        return {"run": str(_write(work, month, rows, earlier, opened))}

    done = desk.perform(Right.DRAFT_CLAIM, "claim.settle", body, operation_id)
    return UUID(done["run"]) if done["run"] else None


def discard(desk: Desk, month: dt.date, operation_id: UUID | None = None) -> None:
    """Throw an open 정산 away, so that its month can be drafted or cancelled; raise Refusal where there is none."""

    def body(work: Work) -> dict[str, Any]:
        for run in store.list_runs(work.connection, month):
            if run.kind == RunKind.SETTLEMENT and run.state in OPEN_STATES:
                store.delete_run(work.connection, run.id)
                work.log("claim.discard", SUBJECT, run.id, {"month": f"{month:%Y-%m}", "number": run.number})
                return {"run": str(run.id)}
        raise Refusal("작성 중인 정산이 없어 지운 것이 없습니다.")

    desk.perform(Right.DRAFT_CLAIM, "claim.discard", body, operation_id)


def compute(
    connection: sa.Connection, month: dt.date, interns: dict[UUID, Intern] | None = None
) -> tuple[Settled, ...]:
    """Every service month confirmed in a calendar month whose money differs from what it is worth now.

    By the terms it was first confirmed by; `interns` where they were read already.
    """
    paid_by = _paid_by(connection, month)
    if not paid_by:
        return ()
    known = read_all(connection, paid_by) if interns is None else interns
    standing = standings(connection, month)
    found = []
    for (internship, month_no), terms in paid_by.items():
        intern = known.get(internship)
        if intern is None:
            continue  # its agreement was voided since: a person decides, by an amendment or the end
        now = drafting.entitlement_of(connection, intern, month_no, terms)
        stands = standing[internship, month_no]
        if not is_settled(now.amount, stands):
            outcome = settle(now.amount, stands)
            found.append(Settled(now, outcome, (*now.trace[:-1], *_sentences(stands, outcome))))
    return tuple(sorted(found, key=lambda one: (one.now.intern.row.company_name, one.now.intern.row.number)))


def read_all(connection: sa.Connection, keys: dict[Key, ClaimTerms]) -> dict[UUID, Intern]:
    """The interns behind some service months, read at once."""
    years = {row.programme_year for row in list_rows(connection) if (row.internship, row.month_no) in keys}
    most = max(terms.max_months for terms in keys.values())
    return {one.row.id: one for one in read_interns(connection, years, most)}


def refuse_stale(connection: sa.Connection, run: ClaimRunRow) -> None:
    """Raise Refusal where a 정산 is no longer what the records say."""
    if _digest(compute(connection, run.month)) != run.inputs:
        raise Refusal("작성한 뒤에 기록이나 환수가 바뀌었습니다. 다시 정산한 다음 진행해 주십시오.")


def confirmed(work: Work, run: ClaimRunRow) -> None:
    """What follows when a 정산 is confirmed: open 환수 of its months fall, and negative nets are asked back anew."""
    connection = work.connection
    rows = list_rows(connection, run.id)
    keys = {(row.internship, row.month_no) for row in rows}
    mine = tuple(one for one in _of_month(connection, run) if (one.internship_id, one.claim_month) in keys)
    recoveries.let_fall(work, mine, _replaced_by(run))
    asked = [
        recoveries.Asked(
            row.trainee,
            row.programme_year,
            row.recovery,
            f"{row.month_no}차 지원월 인턴지원금을 다시 계산하니 {won(row.entitled or 0)}원으로, "
            f"이미 확정한 {won(row.already or 0)}원보다 적음",
            {"claim_run_id": run.id, "internship_id": row.internship, "claim_month": row.month_no},
        )
        for row in rows
        if row.recovery
    ]
    recoveries.ask_back(work, asked)


def cancelled(work: Work, run: ClaimRunRow) -> None:
    """What follows once a confirmed run was taken back: call it in the same act, after the run's state changed.

    환수 of a 정산 fall with it, and those it had replaced are asked again. Raises Refusal where money already came in
    for one of them, and where a confirmed 정산 rests on the run.
    """
    connection = work.connection
    if run.kind == RunKind.SETTLEMENT:
        claims = list_recoveries(connection, claim_run_id=run.id)
        if any(one.received for one in claims):
            raise Refusal("이 정산의 환수로 이미 받은 돈이 있어 확정을 취소하지 않았습니다.")
        recoveries.let_fall(work, claims, _CANCELLED)
        recoveries.revive(work, _of_month(connection, run), _replaced_by(run))
        return
    keys = {(row.internship, row.month_no) for row in list_rows(connection, run.id)}
    for other in store.list_runs(connection, run.month):
        settled = other.kind == RunKind.SETTLEMENT and other.state in store.CLOSED_STATES
        if settled and any((row.internship, row.month_no) in keys for row in list_rows(connection, other.id)):
            raise Refusal(
                "이 달에 확정된 정산이 있어 취소하지 않았습니다. 그 정산의 확정을 먼저 취소하십시오."
            )


def _paid_by(connection: sa.Connection, month: dt.date) -> dict[Key, ClaimTerms]:
    """By which terms each service month was first confirmed."""
    found: dict[Key, ClaimTerms] = {}
    for run in store.list_runs(connection, month):
        if run.state in store.CLOSED_STATES and run.kind != RunKind.SETTLEMENT:
            terms = terms_from_table(run.scheme, run.terms)
            for row in list_rows(connection, run.id):
                found.setdefault((row.internship, row.month_no), terms)
    return found


def _sentences(stands: Standing, outcome: Settlement) -> Iterator[str]:
    back = f" (환수로 {won(stands.received)}원 받음)" if stands.received else ""
    yield f"다시 계산하면 {won(outcome.entitled)}원이고 이미 확정한 돈은 {won(stands.confirmed)}원{back}입니다."
    if stands.asked:
        yield f"아직 받지 못한 환수 {won(stands.asked)}원은 이 정산으로 바꿉니다."
    if outcome.amount:
        yield f"그래서 {won(outcome.amount)}원을 더 지급합니다."
    elif outcome.recovery:
        yield f"그래서 {won(outcome.recovery)}원을 기업에서 환수합니다."
    else:
        yield "그래서 더 지급하거나 환수할 돈이 없습니다."


def _write(
    work: Work,
    month: dt.date,
    rows: tuple[Settled, ...],
    earlier: tuple[ClaimRunRow, ...],
    opened: ClaimRunRow | None,
) -> UUID:
    """The run with its rows, by the terms of the month's first confirmed run."""
    first = next(run for run in earlier if run.state in store.CLOSED_STATES)
    terms = terms_from_table(first.scheme, first.terms)
    held = frozenset((one.internship_id, one.month_no) for one in store.list_holds(work.connection))
    computed = Computed(month, terms, first.adoption_id, (), held, _digest(rows))
    written = tuple(_row(number, row, held=row.key in held) for number, row in enumerate(rows, 1))
    return drafting.insert_run(work, computed, RunKind.SETTLEMENT, written, opened)


def _row(number: int, row: Settled, *, held: bool) -> ClaimRow:
    now, intern = row.now, row.now.intern.row
    return ClaimRow(
        internship_id=intern.id,
        month_no=now.month_no,
        programme_year=intern.programme_year,
        trainee_id=intern.trainee,
        company_id=intern.company,
        number=number,
        start=now.start,
        end=now.end,
        days=now.days,
        served_days=now.served_days,
        share=now.share_words,
        wage=now.wage,
        eligible=now.eligible,
        amount=row.outcome.amount,
        trace=row.trace,
        held=held,
        entitled=row.outcome.entitled,
        already=row.outcome.already,
    )


def _digest(rows: tuple[Settled, ...]) -> bytes:
    total = hashlib.sha256()
    for row in rows:
        internship, month_no = row.key
        total.update(internship.bytes + month_no.to_bytes(2))
        total.update(repr(row.outcome).encode())
    return total.digest()


def _replaced_by(run: ClaimRunRow) -> str:
    """The reason of a 환수 that a 정산 asked anew: by it a cancelled 정산 finds what it replaced."""
    return f"{run.number}차 정산으로 바꿈"


def _of_month(connection: sa.Connection, run: ClaimRunRow) -> tuple[RecoveryRow, ...]:
    """Every 환수 of the run's month."""
    return tuple(one for one in list_recoveries(connection) if one.month == run.month)
