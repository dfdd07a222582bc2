"""A practice office's claims: accounts, payslips, papers, a run each month paid through the bank, a hold, money asked back."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.claims import PaperState
from regional_desk.domain.internships import BreakKind, terms_on
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.services.claims import (
    claim_pay,
    claim_payable,
    claim_policy,
    claim_settlement,
    company_accounts,
    evidence,
    payslips,
    runs,
)
from regional_desk.services.claims.interns import Intern, read_interns
from regional_desk.services.claims.payslips import PayslipValues
from regional_desk.services.companies import company_documents
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import interruptions
from regional_desk.services.pay import pay_files, pay_lists, pay_results, recoveries
from regional_desk.services.practice.practice_companies import scan

_DAY = dt.timedelta(days=1)
_BANKS = ("003", "004", "011", "020", "081", "088")
_TEMPLATES = ("kbank", "hana", "general_xlsx")
_NET = 91  # percent of a wage that is transferred, about
_PAPERS = ("application", "insurance_roll")
_ONCE = ("business_registration", "bankbook", "pledge")
_PAID_ON, _KEYED, _RECEIVED, _RUN, _SENT, _LATE, _NOTICED, _BACK = 21, 22, 22, 23, 24, 25, 26, 28
_DUE = 30 * _DAY
_SATURDAY = 5


class Claims:
    """What companies are paid for the interns who served, month by month from `first` on."""

    def __init__(self, desk: Desk, source: random.Random, first: dt.date, last: dt.date) -> None:
        self._desk, self._random, self._last = desk, source, last
        self._first = first.replace(day=1)
        self._late: UUID | None = None
        self._held: list[tuple[UUID, int]] = []

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act) in the order of the work: the service months of a month are paid before it ends."""
        month = self._first
        while month <= self._last:
            yield month + (_KEYED - 1) * _DAY, self._key_payslips
            yield month + (_RECEIVED - 1) * _DAY, self._receive
            yield month + (_RUN - 1) * _DAY, self._claim
            yield month + (_SENT - 1) * _DAY, self._send
            yield month + (_LATE - 1) * _DAY, self._claim_held
            if month.month % 2:
                yield month + (_NOTICED - 1) * _DAY, self._ask_back
                yield month + (_BACK - 1) * _DAY, self._receive_back
            month = monthly_return(month, 1)

    def _month(self) -> dt.date:
        """The first day of this month."""
        return self._desk.clock.today().replace(day=1)

    def _interns(self) -> tuple[Intern, ...]:
        most = claim_policy.shipped().max_months
        with self._desk.store.read() as connection:
            return read_interns(connection, [self._desk.office.programme_year], most)

    def _ending(self) -> list[tuple[Intern, int]]:
        """Whose service month ended in this month, and which."""
        month = self._month()
        return [
            (intern, found.no)
            for intern in self._interns()
            for found in intern.months
            if found.served_until.replace(day=1) == month
        ]

    def _key_payslips(self) -> None:
        """The wages of the month; the last company is late with the proof of one transfer."""
        first = self._month()
        last = monthly_return(first, 1) - _DAY
        paid: list[tuple[Intern, PayslipValues]] = []
        for intern in self._interns():
            start, end = max(first, intern.start), min(last, intern.last_day)
            if start <= end:
                paid.append((intern, self._paid(intern, start, end, (last - first).days + 1)))
        due = {intern.row.id for intern, _ in self._ending()}
        late = [intern.row.id for intern, _ in paid if intern.row.id in due][1:][-1:]

        def body(work: Work) -> dict[str, Any]:
            for intern, values in paid:
                own = intern.row.id not in late
                told, proof = replace(values, own_account=own), scan("이체확인증")
                made = payslips.put(work, intern.row.id, told, slip=scan("급여명세서"), transfer=proof)
                self._late = self._late if own else made
            return {"payslips": len(paid)}

        if paid:
            self._desk.perform(Right.DRAFT_CLAIM, "payslip.add", body)

    def _paid(self, intern: Intern, start: dt.date, end: dt.date, days: int) -> PayslipValues:
        """The wage agreed at the end of these days, less the working days missed."""
        missed = sum(day.weekday() < _SATURDAY for day in intern.days_off(start, end))
        served = (end - start).days + 1 - missed
        wage = -(-terms_on(intern.terms, end).wage * served // days)
        paid = self._desk.clock.today().replace(day=_PAID_ON)
        return PayslipValues(start, end, max(wage, 1), paid, max(wage * _NET // 100, 1))

    def _receive(self) -> None:
        """Accounts and papers of the companies with a service month to claim."""
        ending = self._ending()
        companies = list(dict.fromkeys((intern.row.company, intern.row.company_name) for intern, _ in ending))
        for company, name in companies:
            if company_accounts.read(self._desk, company) is None:
                self._open_account(company, name)
        issued = self._desk.clock.today() - _DAY
        asked = [one for one in claim_policy.shipped().papers if one.key in _PAPERS]

        def body(work: Work) -> dict[str, Any]:
            for intern, no in ending:
                for one in asked:
                    file, state = scan(one.label), PaperState.VERIFIED
                    evidence.keep(work, intern, no, one, file, issued_on=issued, state=state)
            return {"papers": len(ending) * len(asked)}

        if ending:
            self._desk.perform(Right.DRAFT_CLAIM, "claim_paper.receive", body)
        for company, kinds in self._lacking([intern for intern, _ in ending]).items():
            self._bring(company, sorted(kinds))

    def _lacking(self, interns: list[Intern]) -> dict[UUID, set[str]]:
        """The papers a company hands in once that are not there yet."""
        with self._desk.store.read() as connection:
            kept = evidence.Evidence.read(connection, interns).of_companies
        found: dict[UUID, set[str]] = {}
        for company in dict.fromkeys(intern.row.company for intern in interns):
            kinds = {kind for kind in _ONCE if (company, kind) not in kept}
            if kinds:
                found[company] = kinds
        return found

    def _open_account(self, company: UUID, name: str) -> None:
        number = str(self._random.randint(10**11, 10**12 - 1))
        bank = self._random.choice(_BANKS)
        made = company_accounts.set_account(self._desk, company, bank, number, name)
        company_accounts.release(self._desk, company, made.version, "대표번호로 전화해 통장사본과 대조함")

    def _bring(self, company: UUID, kinds: list[str]) -> None:
        def body(work: Work) -> dict[str, Any]:
            for kind in kinds:
                file, day = scan(company_documents.label_of(kind)), work.at.date()
                company_documents.keep(work, company, kind, file, day, state=DocumentState.VERIFIED)
            return {"documents": len(kinds)}

        self._desk.perform(Right.EDIT_COMPANIES, "document.attach", body)

    def _claim(self) -> None:
        """Whatever is still open is held, so that the others are paid."""
        month = self._month()
        if not self._ending():
            return
        runs.draft(self._desk, month)
        run = runs.check(self._desk, month)
        for key, message in {(one.internship, one.month_no): one.message for one in run.open_items}.items():
            runs.hold(self._desk, *key, message)
            self._held.append(key)
        runs.confirm(self._desk, month)

    def _send(self) -> None:
        """To the bank and back on one day; the plain file is gone before the day is over."""
        waiting = [one.run for one in claim_payable.list_waiting(self._desk)]
        if not waiting:
            return
        template = _TEMPLATES[self._desk.clock.today().month % len(_TEMPLATES)]
        item = BudgetItem.INTERNSHIP
        with tempfile.TemporaryDirectory() as place:
            form = pay_lists.find_template(template)
            out = Path(place) / pay_files.proposed_name(self._desk, form, item)
            sent = pay_files.write(self._desk, waiting, template, out, "인턴지원금 이체", item=item)
            pay_results.confirm_waiting(self._desk, sent.row.id, "통장 거래내역으로 확인")
            pay_files.delete(self._desk, sent.row.id)

    def _claim_held(self) -> None:
        """The proof came: the held service months are paid by another run."""
        if self._late is None or not self._held:
            return
        found = payslips.find(self._desk, self._late)
        told = PayslipValues(found.start, found.end, found.wage, found.transferred_on, found.transferred)
        payslips.edit(self._desk, found, told, reason="본인 계좌 이체증을 다시 받음")
        for key in self._held:
            runs.release(self._desk, *key)
        self._late, self._held = None, []
        self._confirm_newest()
        self._send()

    def _confirm_newest(self) -> None:
        month = self._month()
        runs.draft(self._desk, month)
        runs.check(self._desk, month)
        runs.confirm(self._desk, month)

    def _ask_back(self) -> None:
        """The attendance book shows a day nobody worked in a month that was paid: the company owes its part."""
        month = self._month()
        for intern, no in self._ending():
            served = intern.days_served(intern.months[no - 1])
            if len(served) < intern.months[no - 1].days or not served:
                continue
            day = next(one for one in reversed(served) if one.weekday() == 2)  # noqa: PLR2004 - a Wednesday
            kind = BreakKind.UNPAID_ABSENCE
            interruptions.add(self._desk, intern.row.id, kind, day, day, "출근부를 대조하다 확인한 결근")
            claim_settlement.draft(self._desk, month)
            run = runs.check(self._desk, month)
            runs.confirm(self._desk, month)
            if run.total == 0:
                claim_pay.pay(self._desk, month, number=run.row.number)
            break
        today = self._desk.clock.today()
        for one in recoveries.list_recoveries(self._desk):
            if one.item is BudgetItem.INTERNSHIP and one.noticed_on is None:
                recoveries.give_notice(self._desk, one.id, one.version, today + _DUE)

    def _receive_back(self) -> None:
        today = self._desk.clock.today()
        for one in recoveries.list_recoveries(self._desk):
            if one.item is BudgetItem.INTERNSHIP and one.balance:
                memo = "기업이 반환 계좌로 입금"
                recoveries.receive(self._desk, one.id, one.version, one.balance, today, memo)
