"""A run of claims as people read it: its lines by company, what each was worth, and what keeps it from being confirmed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.claims import ClaimTerms, Method, basis, terms_from_table
from regional_desk.domain.internships import label
from regional_desk.domain.masking import Masking
from regional_desk.services.claims import drafting
from regional_desk.services.claims.claim_items import RETURNED
from regional_desk.services.claims.claim_links import OpenItem
from regional_desk.services.claims.run_states import OPEN_STATES, RunKind
from regional_desk.services.desk import Desk
from regional_desk.store import claim_runs as store
from regional_desk.store.claim_runs import ClaimRow, ClaimRunRow
from regional_desk.store.internship_records import StoredInternship, list_internships

HELD = "보류"


@dataclass(frozen=True, slots=True)
class Line:
    """One intern's service month of a run; `share` as `17/30`, `wage` and `amount` in won, `held` why it is held.

    `intern_number` is the 협약번호; `entitled` and `already` (won) belong to a 정산.
    """

    internship: UUID
    month_no: int
    number: int
    intern_number: str
    programme_year: int
    trainee: UUID
    name: str
    birth: dt.date
    company: UUID
    company_name: str
    track: str
    start: dt.date
    end: dt.date
    days: int
    served_days: int
    share: str
    wage: int | None
    eligible: bool
    amount: int
    trace: tuple[str, ...]
    held: str | None
    open_items: tuple[OpenItem, ...]
    entitled: int | None = None
    already: int | None = None

    @property
    def key(self) -> tuple[UUID, int]:
        """The internship and service month."""
        return self.internship, self.month_no


@dataclass(frozen=True, slots=True)
class ClaimRun:
    """A run with its lines. `total` counts neither held months nor amounts of 0."""

    row: ClaimRunRow
    state: RunState
    kind: RunKind
    terms: ClaimTerms
    lines: tuple[Line, ...]
    adopted: bool

    @property
    def month(self) -> dt.date:
        """The calendar month claimed, as its first day."""
        return self.row.month

    @property
    def method(self) -> Method:
        """How months that were not served whole are shared."""
        return Method(self.row.method)

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """Everything that still blocks 확정."""
        return tuple(item for line in self.lines if line.held is None for item in line.open_items)

    @property
    def total(self) -> int:
        """Won to be paid."""
        return self.row.total

    @property
    def paid(self) -> tuple[Line, ...]:
        """The lines that are not held."""
        return tuple(line for line in self.lines if line.held is None)

    @property
    def companies(self) -> tuple[tuple[UUID, str], ...]:
        """The companies of the lines that are not held, by name."""
        return tuple(dict.fromkeys((line.company, line.company_name) for line in self.paid))


def read_run(connection: sa.Connection, desk: Desk, run: ClaimRunRow) -> ClaimRun:
    """A run with its lines, names and what blocks them, as one snapshot shows it; masked as the person may see it."""
    rows = store.list_rows(connection, run.id)
    terms = terms_from_table(run.scheme, run.terms)
    interns = {
        one.id: one
        for year in {row.programme_year for row in rows}
        for one in list_internships(connection, year)
    }
    items: dict[tuple[UUID, int], tuple[OpenItem, ...]] = {}
    if run.state in OPEN_STATES:
        asked = [row for row in rows if run.kind != RunKind.SETTLEMENT or row.amount]
        now = drafting.entitlements(connection, asked, terms, desk.clock.today())
        items = drafting.open_items(connection, list(now.values()), terms)
    reasons = {(one.internship_id, one.month_no): one.reason for one in store.list_holds(connection)}
    lines = tuple(
        _line(
            desk,
            row,
            interns[row.internship_id],
            basis(terms),
            reasons.get((row.internship_id, row.month_no), HELD) if row.held else None,
            items.get((row.internship_id, row.month_no), ()),
        )
        for row in rows
    )
    return ClaimRun(
        run, RunState(run.state), RunKind(run.kind), terms, lines, adopted=run.adoption_id is not None
    )


def _line(
    desk: Desk,
    row: ClaimRow,
    intern: StoredInternship,
    reason: str,
    held: str | None,
    items: tuple[OpenItem, ...],
) -> Line:
    masking = desk.masking
    plain = masking is Masking.FULL  # free text may name somebody
    name = masking.show_name(intern.name)
    return Line(
        internship=row.internship_id,
        month_no=row.month_no,
        number=row.number,
        intern_number=label(intern.programme_year, intern.number),
        programme_year=row.programme_year,
        trainee=row.trainee_id,
        name=name,
        birth=masking.hide_birth(intern.birth),
        company=row.company_id,
        company_name=intern.company_name,
        track=intern.track,
        start=row.start,
        end=row.end,
        days=row.days,
        served_days=row.served_days,
        share=row.share,
        wage=row.wage,
        eligible=row.eligible,
        amount=row.amount,
        trace=(*row.trace, reason),
        held=held if plain or held is None else HELD,
        open_items=tuple(replace(item, name=name, message=_message(masking, item)) for item in items),
        entitled=row.entitled,
        already=row.already,
    )


def _message(masking: Masking, item: OpenItem) -> str:
    """What an item says, without the words somebody wrote of a returned paper where people are masked."""
    if masking is not Masking.FULL and item.kind == RETURNED:
        return item.message.partition("(")[0]
    return masking.show_reason(item.message)
