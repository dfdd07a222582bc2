"""Claims and allowance confirmed, sent, paid, failing, settled, asked back and given back, in any order: both 정산표 balance.

The model is the programme's bank account: it hears only what money moved (교부, 이자, 반납, what the bank paid, what came
back of a 환수) and knows nothing of runs. Whatever is done, the 정산표 of each item balances to the won and says that the
account holds what the model holds; and what was confirmed of a service month less what is asked back is what it was
worth when it was last confirmed, or more where it was waived.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.claims_office import adopt, company_of, hand_in, pay, ready_company
from tests.conftest import CHEAP, FILES, LOGIN, MONTH_END, PASSWORD
from tests.conftest import settings as office_settings
from tests.interns import go_to, start_intern

from regional_desk.domain.attendance import ABSENT, PRESENT
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.internships import BreakKind
from regional_desk.domain.pay_files import LineState
from regional_desk.domain.people import Track
from regional_desk.domain.settlement import BudgetItem, EntryKind
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import policies
from regional_desk.services.attendance import attendance, corrections
from regional_desk.services.claims import claim_pay, claim_settlement, runs
from regional_desk.services.importing import imports
from regional_desk.services.internships import internships, interruptions
from regional_desk.services.pay import (
    allowance,
    budget,
    pay_books,
    pay_files,
    pay_lists,
    pay_results,
    recoveries,
    settlement,
)
from regional_desk.services.recruitment import people
from regional_desk.services.safety import opening
from regional_desk.services.training import courses, memberships

D = dt.date
SEPTEMBER, OCTOBER = D(2026, 9, 1), D(2026, 10, 1)
MONTHS = (SEPTEMBER, OCTOBER)
DAYS = tuple(D(2026, 8, day) for day in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14))
ITEMS = st.sampled_from(list(BudgetItem))
MONTH = st.sampled_from(MONTHS)
AT = st.integers(0, 5)


@cache
def ready_office() -> Path:
    """A closed office on 2 November: a course of three people all present, two interns with two claimable months each."""
    folder = Path(tempfile.mkdtemp()) / "office"
    clock = FixedClock(MONTH_END)
    desk = opening.new_office(folder, office_settings(), LOGIN, PASSWORD, clock, CHEAP).desk
    desk.automatic_backups = False
    for kind in ("applicants", "companies"):
        imports.commit(desk, imports.open_file(desk, kind, FILES / f"{kind}.xlsx"))
    policies.adopt(desk, policies.DEFAULT_SCHEME, reference="공문-1", document_date=D(2026, 7, 1))
    course = courses.add_course(desk, "작은 과정", Track.TRACK1, DAYS[0], DAYS[-1]).course.id
    payable = [row.id for row in people.list_people(desk) if row.account_tail and not row.account_hold]
    memberships.enrol(desk, course, payable[-3:], direct_reason="선발")
    attendance.fill_present(desk, course, payable[-3:], DAYS)
    interns = [start_intern(desk, clock, kind, start=SEPTEMBER, at=at) for at, kind in enumerate(CompanyKind)]
    go_to(clock, D(2026, 11, 2))
    adopt(desk)
    for at, intern in enumerate(interns):
        ready_company(desk, company_of(desk, intern), ("20701234567890", "11012345678901")[at])
        for no, (first, last) in enumerate(
            ((SEPTEMBER, D(2026, 9, 30)), (OCTOBER, D(2026, 10, 31))), start=1
        ):
            pay(desk, intern, first, last)
            hand_in(desk, intern, no)
    desk.store.close()
    return folder


class BothItems(RuleBasedStateMachine):
    """The office under any order of acts, against the bank account."""

    @initialize(
        months=st.lists(MONTH, max_size=2, unique=True), allowed=st.booleans(), sent=st.lists(AT, max_size=3)
    )
    def open_office(self, months: list[dt.date], allowed: bool, sent: list[int]) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(ready_office(), self.folder / "office")
        self.clock = FixedClock(MONTH_END)
        go_to(self.clock, D(2026, 11, 2))
        self.desk = opening.open_office(self.folder / "office", LOGIN, PASSWORD, self.clock)
        self.desk.automatic_backups = False
        self.course = courses.list_courses(self.desk)[0].id
        self.trainees = [row.trainee for row in attendance.survey(self.desk, self.course).rows]
        self.interns = [row.id for row in internships.list_internships(self.desk)]
        self.bank = dict.fromkeys(BudgetItem, 0)
        self.files = 0
        self.worth: dict[tuple[UUID, UUID, int], int] = {}  # by run, internship and service month
        for month in months:
            self.claim(month, sure=True)
        if allowed:
            self.confirm_allowance()
        for at in sent:
            self.send(BudgetItem.INTERNSHIP if at % 3 else BudgetItem.ALLOWANCE, at)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.store.close()
            shutil.rmtree(self.folder)

    def tick(self) -> None:
        self.clock.move_to(self.clock.now() + dt.timedelta(minutes=1))

    @rule(item=ITEMS, kind=st.sampled_from(list(EntryKind)), amount=st.integers(1, 9_000_000))
    def enter(self, item: BudgetItem, kind: EntryKind, amount: int) -> None:
        """교부, 이자, 반납; more is given back than there is never."""
        try:
            budget.add_entry(self.desk, item, kind, amount, self.clock.today(), "공문")
        except Refusal:
            assert kind is EntryKind.RETURN
            return
        self.bank[item] += -amount if kind is EntryKind.RETURN else amount

    @rule(item=ITEMS, at=AT)
    def void_entry(self, item: BudgetItem, at: int) -> None:
        found = [one for one in budget.entries(self.desk, item=item) if one.void_reason is None]
        if found:
            one = found[at % len(found)]
            budget.void_entry(self.desk, one.id, "잘못 적음")
            self.bank[item] -= -one.amount if one.kind is EntryKind.RETURN else one.amount

    @rule(month=MONTH, sure=st.booleans())
    def claim(self, month: dt.date, sure: bool) -> None:
        """Draft, and when sure check and confirm; the balance may be exceeded by 단장."""
        self.tick()
        with contextlib.suppress(Refusal):
            runs.draft(self.desk, month)
        if sure:
            self._confirm(month)

    @rule(month=MONTH, sure=st.booleans())
    def settle_claims(self, month: dt.date, sure: bool) -> None:
        self.tick()
        with contextlib.suppress(Refusal):
            claim_settlement.draft(self.desk, month)
        if sure:
            self._confirm(month)

    def _confirm(self, month: dt.date) -> None:
        open_ = [run for run in runs.list_runs(self.desk) if run.month == month]
        if not open_ or open_[-1].state not in ("draft", "checked"):
            return
        try:
            if open_[-1].state == "draft":
                runs.check(self.desk, month)
            run = runs.confirm(self.desk, month, over_budget_reason="단장 승인")
        except Refusal:
            return
        for line in run.lines:
            entitled = line.amount if line.entitled is None else line.entitled
            self.worth[run.row.id, line.internship, line.month_no] = entitled

    @rule(month=MONTH)
    def cancel_claim(self, month: dt.date) -> None:
        self.tick()
        try:
            gone = runs.cancel(self.desk, month, "다시 확인")
        except (Refusal, UsageError):
            return
        self.worth = {key: won for key, won in self.worth.items() if key[0] != gone}

    @rule(
        who=st.integers(0, 1),
        month=MONTH,
        day=st.integers(1, 20),
        days=st.integers(0, 9),
        settled=st.booleans(),
    )
    def find_absence(self, who: int, month: dt.date, day: int, days: int, settled: bool) -> None:
        """Days found out to be unpaid absence, mostly settled at once."""
        self.tick()
        first = month.replace(day=day)
        last, intern = first + dt.timedelta(days=days), self.interns[who]
        with contextlib.suppress(Refusal):
            interruptions.add(self.desk, intern, BreakKind.UNPAID_ABSENCE, first, last, "나중에 확인")
        if settled:
            self.settle_claims(month, sure=True)

    @rule(who=st.integers(0, 1), settled=st.booleans())
    def absence_was_none(self, who: int, settled: bool) -> None:
        self.tick()
        for one in internships.read(self.desk, self.interns[who]).interruptions:
            if one.void_reason is None:
                interruptions.void(self.desk, one.id, "출근 확인")
                if settled:
                    self.settle_claims(one.start.replace(day=1), sure=True)
                return

    @rule()
    def confirm_allowance(self) -> None:
        self.tick()
        try:
            if not allowance.runs(self.desk, self.course):
                allowance.draft(self.desk, self.course, 1)
            if allowance.runs(self.desk, self.course)[-1].state == "draft":
                allowance.check(self.desk, self.course, 1)
            allowance.confirm(self.desk, self.course, 1, over_budget_reason="단장 승인")
        except Refusal:
            return

    @rule(who=st.integers(0, 2), day=st.integers(0, 9))
    def correct_and_settle(self, who: int, day: int) -> None:
        self.tick()
        row = attendance.survey(self.desk, self.course).rows[who]
        cell = PRESENT if row.cells[day] == ABSENT else ABSENT
        try:
            asked = corrections.request(self.desk, self.course, row.trainee, DAYS[day], cell, "출입 기록")
            self.tick()
            corrections.approve(self.desk, asked, 1)
            self.tick()
            settlement.draft(self.desk, self.course, 1)
        except Refusal:
            return
        self.confirm_allowance()

    @rule(item=ITEMS, at=AT)
    def send(self, item: BudgetItem, at: int) -> None:
        """A pay file of one run that waits."""
        found = pay_books.BOOKS[item].list_waiting(self.desk)
        if found:
            self.tick()
            self.files += 1
            out = self.folder / f"{self.files}.csv"
            pay_files.write(self.desk, {found[at % len(found)].run}, "general_csv", out, "이체", item=item)

    @rule(at=AT, made=st.booleans())
    def hear(self, at: int, made: bool) -> None:
        """What waits of a file was made, or was not."""
        found = [one for one in pay_lists.list_files(self.desk) if one.waiting]
        if not found:
            return
        one = found[at % len(found)]
        sent = [
            line.amount for line in pay_lists.list_sent(self.desk, one.row.id) if line.state is LineState.SENT
        ]
        act = pay_results.confirm_waiting if made else pay_results.withdraw_waiting
        act(self.desk, one.row.id, "통장")
        self.bank[one.item] -= sum(sent) if made else 0

    @rule(month=MONTH)
    def pay_without_a_file(self, month: dt.date) -> None:
        """The bank was told without a file, and the passbook shows it: the money is gone with the first of the two."""
        try:
            paid = claim_pay.pay(self.desk, month)
        except (Refusal, UsageError):
            return
        self.bank[BudgetItem.INTERNSHIP] -= paid.total
        if paid.total:
            claim_pay.reconcile(self.desk, month, "통장")

    @rule(at=AT, part=st.integers(1, 3))
    def receive(self, at: int, part: int) -> None:
        found = [one for one in recoveries.list_recoveries(self.desk) if one.state.is_open]
        if found:
            one = found[at % len(found)]
            amount = max(1, one.balance // part)
            recoveries.receive(self.desk, one.id, one.version, amount, self.clock.today(), "통장")
            self.bank[one.item] += amount

    @rule(at=AT)
    def receipt_was_none(self, at: int) -> None:
        found = [one for one in recoveries.list_recoveries(self.desk) if one.received]
        if found:
            one = found[at % len(found)]
            receipt = next(row for row in recoveries.receipts(self.desk, one.id) if row.void_reason is None)
            recoveries.void_receipt(self.desk, one.id, one.version, receipt.id, "다른 입금")
            self.bank[one.item] -= receipt.amount

    @rule(at=AT, seldom=st.integers(0, 3))
    def waive(self, at: int, seldom: int) -> None:
        found = [one for one in recoveries.list_recoveries(self.desk) if one.state.is_open]
        if found and not seldom:
            one = found[at % len(found)]
            recoveries.waive(self.desk, one.id, one.version, "폐업")

    @invariant()
    def both_sheets_balance_and_the_account_holds_what_they_say(self) -> None:
        if not hasattr(self, "desk"):
            return
        for item in BudgetItem:
            sheet = budget.sheet(self.desk, item=item)
            assert sheet.balances
            assert sheet.cash == self.bank[item]

    @invariant()
    def a_service_month_stands_at_what_it_was_worth_when_last_confirmed(self) -> None:
        if not hasattr(self, "desk"):
            return
        last = {(internship, no): won for (_, internship, no), won in self.worth.items()}
        stands = dict.fromkeys(last, 0)
        for run in runs.list_runs(self.desk):
            if run.state in ("confirmed", "paid", "reconciled"):
                for line in runs.show_run(self.desk, run.id).lines:
                    stands[line.key] = stands.get(line.key, 0) + line.amount
        with self.desk.store.read() as connection:
            asked = connection.exec_driver_sql(
                "SELECT r.internship_id, r.claim_month, r.end_kind, r.amount, (SELECT COALESCE(SUM(p.amount), 0) "
                "FROM recovery_receipt p WHERE p.recovery_id = r.id AND p.voided_at IS NULL) "
                "FROM recovery r WHERE r.claim_run_id IS NOT NULL"
            ).all()
        waived = set()
        for internship, no, end, amount, received in asked:
            key = (UUID(bytes=internship), no)
            stands[key] -= amount if end is None else received
            if (
                end == "waived"
            ):  # let go: neither asked for nor paid again, so the month stays above its worth
                waived.add(key)
        assert all(stands[key] >= last.get(key, 0) for key in stands)
        assert all(stands[key] == last.get(key, 0) for key in stands if key not in waived)


BothItems.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestBothItems = BothItems.TestCase
