"""A run as people read it: its lines, the accounts they go to, and what keeps each from being confirmed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState, basis
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.policies import scheme_from_table
from regional_desk.domain.text import won
from regional_desk.services.attendance.day_checks import DayChecks
from regional_desk.services.attendance.tally import tally_context
from regional_desk.services.desk import Desk
from regional_desk.services.pay import accounts, benefits
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import allowance as store
from regional_desk.store.allowance import RunRow
from regional_desk.store.courses import MemberRow
from regional_desk.store.people import PersonRow, list_people


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What keeps one person's row from 확정; `days` are the cells concerned."""

    trainee: UUID
    name: str
    kind: str
    message: str
    days: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a run; `amount` in won, `strip` one character a recorded day."""

    trainee: UUID
    number: int
    name: str
    birth: dt.date
    training_days: int
    attended_days: int
    converted_absences: int
    rate: Decimal
    eligible: bool
    amount: int
    trace: tuple[str, ...]
    strip: str
    held: str | None
    bank: str | None
    account_tail: str | None
    account_holder: str | None
    open_items: tuple[OpenItem, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A run with its lines. `total` counts neither held people nor amounts of 0."""

    row: RunRow
    state: RunState
    course: CourseDetail
    unit: UnitPeriod
    lines: tuple[Line, ...]
    adopted: bool

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """Everything that still blocks 확정."""
        return tuple(item for line in self.lines if line.held is None for item in line.open_items)

    @property
    def total(self) -> int:
        """Won to be paid."""
        return self.row.total


def read_run(connection: sa.Connection, desk: Desk, run: RunRow) -> Run:
    """A run with its lines, names and what blocks them, as one snapshot shows it."""
    masking = desk.masking
    detail = courses.masked(desk, courses.read_detail(connection, run.course_id))
    unit = courses.unit_of(detail, run.unit_no)
    pay_rows = store.list_pay_rows(connection, run.id)
    members = {member.person: member for member in detail.members}
    ids = [row.trainee for row in pay_rows]
    people = {row.id: row for row in list_people(connection, desk.office.programme_year, ids)}
    open_items: dict[UUID, tuple[OpenItem, ...]] = {}
    if run.state in (RunState.DRAFT, RunState.CHECKED):
        shown = [members[row.trainee] for row in pay_rows]
        checks = DayChecks.read(connection, tally_context(connection, detail, unit, shown))
        asked = benefits.open_answers(connection, detail)
        held = accounts.holds(desk, connection, ids)
        open_items = {
            row.trainee: _open_items(
                checks,
                asked.get(row.trainee, ()),
                members[row.trainee],
                people[row.trainee],
                row.amount,
                masking.show_reason(held.get(row.trainee)),
            )
            for row in pay_rows
        }
    reasons = {row.trainee: row.reason for row in store.list_holds(connection, run.course_id, run.unit_no)}
    reason = basis(scheme_from_table(run.scheme, run.terms))
    lines = tuple(
        Line(
            trainee=row.trainee,
            number=row.number,
            name=members[row.trainee].name,
            birth=members[row.trainee].birth,
            training_days=row.training_days,
            attended_days=row.attended_days,
            converted_absences=row.converted_absences,
            rate=Decimal(row.rate_tenths or 0).scaleb(-1),
            eligible=row.eligible,
            amount=row.amount,
            trace=(*row.trace, reason),
            strip=row.strip,
            held=reasons.get(row.trainee, "보류") if row.held else None,
            bank=people[row.trainee].bank,
            account_tail=people[row.trainee].account_tail,
            account_holder=masking.show_name(people[row.trainee].account_holder or "") or None,
            open_items=open_items.get(row.trainee, ()),
        )
        for row in pay_rows
    )
    return Run(run, RunState(run.state), detail, unit, lines, adopted=run.adoption_id is not None)


def _open_items(
    checks: DayChecks,
    open_answers: tuple[str, ...],
    member: MemberRow,
    person: PersonRow,
    amount: int,
    hold: str,
) -> tuple[OpenItem, ...]:
    """What a person must settle before this row can be confirmed (rulebook section 3, Run)."""
    items = [
        OpenItem(member.person, member.name, found.kind, found.message, found.days)
        for found in checks.findings(member)
    ]
    items += [OpenItem(member.person, member.name, "benefits", words) for words in open_answers]
    if hold:
        items.append(OpenItem(member.person, member.name, "account", f"계좌 보류: {hold}"))
    elif amount and not person.account_tail:
        items.append(
            OpenItem(member.person, member.name, "no_account", f"지급할 계좌가 없음({won(amount)}원)")
        )
    return tuple(items)
