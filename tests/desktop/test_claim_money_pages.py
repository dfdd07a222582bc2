"""The money of claims at the window: a company's account, the pay file to companies, 환수 of a company, both budgets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from tests.claims_office import a_file, claimable, company_of, hand_in, pay

from regional_desk.desktop.allowance.budget_page import BudgetPage
from regional_desk.desktop.allowance.pay_files_page import PayFilesPage
from regional_desk.desktop.allowance.recoveries_page import RecoveriesPage
from regional_desk.desktop.companies.account_tab import AccountTab
from regional_desk.desktop.companies.page import CompaniesPage
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.due import read_today
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.internships import BreakKind
from regional_desk.domain.settlement import BudgetItem, EntryKind
from regional_desk.services.claims import claim_settlement, company_accounts, runs
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk
from regional_desk.services.internships import interruptions
from regional_desk.services.pay import budget, recoveries

D = dt.date
SEPTEMBER, OCTOBER = D(2026, 9, 1), D(2026, 10, 1)
FULL = 2_000_000


@pytest.fixture
def intern(desk: Desk) -> UUID:
    """An intern whose September is confirmed with 2,000,000 won, on 1 October."""
    assert isinstance(desk.clock, FixedClock)
    found = claimable(desk, desk.clock, today=OCTOBER)
    pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, found, 1)
    confirm(desk)
    return found


def confirm(desk: Desk) -> None:
    for step in (
        (runs.check, runs.confirm) if runs.list_runs(desk) else (runs.draft, runs.check, runs.confirm)
    ):
        step(desk, SEPTEMBER)


def ask_back(desk: Desk, intern: UUID) -> None:
    interruptions.add(desk, intern, BreakKind.UNPAID_ABSENCE, D(2026, 9, 7), D(2026, 9, 9), "나중에 확인")
    claim_settlement.draft(desk, SEPTEMBER)
    confirm(desk)


@pytest.fixture
def open_page(make_shell: Callable[[Desk], Shell], desk: Desk) -> Callable[..., object]:
    """Opens a page of the office's window."""
    shell = make_shell(desk)

    def once(key: str, **where: object) -> object:
        shell.open_page(key, **where)
        return shell.current_page()

    return once


def tab_of(open_page: Callable[..., object], company: UUID) -> AccountTab:
    page = open_page("companies", company=company, tab="account")
    assert isinstance(page, CompaniesPage)
    tab = page.beside.tabs.currentWidget()
    assert isinstance(tab, AccountTab)
    return tab


def test_an_account_is_typed_held_and_freed(desk: Desk, open_page: Callable[..., object]) -> None:
    row = companies.list_companies(desk)[0]
    tab = tab_of(open_page, row.id)
    assert "보낼 수 없습니다" in tab.state.text()
    assert tab.holder.text() == row.name
    tab.number.setText("12-34")
    tab.save_button.click()
    assert "8~16자리" in tab.notice.text()
    tab.bank.setCurrentIndex(tab.bank.findText("경남은행"))
    tab.number.setText("207-0123-4567-890")
    tab.save_button.click()
    assert tab.notice.text() == ""
    assert "계좌가 바뀜" in tab.state.text()
    assert tab.release_button.property("primary")
    tab.release_button.click()
    assert "확인한 내용" in tab.notice.text()
    tab.memo.setText("대표번호로 통화")
    tab.memo.returnPressed.emit()
    assert tab.state.text() == "✓ 확인된 계좌"
    assert not tab._release.isVisible()


def test_another_holder_brings_up_the_reason_and_the_paper(
    desk: Desk, open_page: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = companies.list_companies(desk)[0]
    company_accounts.set_account(desk, row.id, "경남은행", "20701234567890", "홍길동")
    tab = tab_of(open_page, row.id)
    assert tab.reason.isVisible()
    paper = tmp_path / "통장사본.pdf"
    paper.write_bytes(a_file().content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(paper), ""))
    tab.paper_button.click()
    tab.memo.setText("통화")
    tab.reason.setText("개인사업자 대표 명의")
    tab.release_button.click()
    assert tab.state.text() == "✓ 확인된 계좌"


def test_claims_are_sent_to_companies_from_the_pay_files_page(
    desk: Desk,
    intern: UUID,
    open_page: Callable[..., object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page("pay_files", item="internship")
    assert isinstance(page, PayFilesPage)
    assert page.send.item.currentText() == "인턴지원금 1건"
    assert page.send.total.text() == f"보낼 기업 1곳 · {FULL:,}원"
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("9월 인턴지원금"))
    place = tmp_path / "이체.xls"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(place), ""))
    page.send.make_button.click()
    assert page.notice.text() == ""
    (made,) = page.made.files.model.rows
    assert made.item is BudgetItem.INTERNSHIP
    (line,) = page.made.lines.model.rows
    assert line.payee == company_of(desk, intern)
    page.made.buttons["paid"].click()
    assert runs.show(desk, SEPTEMBER).state.value == "reconciled"


def test_a_company_that_cannot_be_paid_leads_to_its_account(
    desk: Desk, intern: UUID, open_page: Callable[..., object]
) -> None:
    company = company_of(desk, intern)
    account = company_accounts.read(desk, company)
    assert account is not None
    changed = company_accounts.set_account(
        desk, company, "경남은행", "20709998887766", account.holder, version=account.version
    )
    page = open_page("pay_files", item="internship")
    assert isinstance(page, PayFilesPage)
    told = " ".join(label.text() for label in page.send.findChildren(QLabel))
    assert f"{changed.company_name} {FULL:,}원: 계좌 보류: 계좌가 바뀜" in told
    assert not page.send.make_button.isEnabled()
    assert "보낼 수 없는 인턴지원금 1곳" in [one.title for one in read_today(desk).due]


def test_a_companys_recovery_stands_among_the_others(
    desk: Desk, intern: UUID, open_page: Callable[..., object]
) -> None:
    ask_back(desk, intern)
    page = open_page("recoveries")
    assert isinstance(page, RecoveriesPage)
    (row,) = page.table.model.rows
    assert (row.debtor, row.balance) == (row.place, 200_000)
    page.notice_button.click()
    assert page.notice.text() == ""
    page.amount.put(50_000)
    page.reference.setText("통장 10/1")
    page.receive_button.click()
    assert recoveries.list_recoveries(desk)[0].balance == 150_000


def test_the_budget_page_shows_the_item_that_is_chosen(
    desk: Desk, intern: UUID, open_page: Callable[..., object]
) -> None:
    budget.add_entry(desk, BudgetItem.INTERNSHIP, EntryKind.GRANT, 10_000_000, OCTOBER, "공문-7")
    ask_back(desk, intern)
    page = open_page("budget", item="internship")
    assert isinstance(page, BudgetPage)
    (unit,) = page.units.model.rows
    assert (unit.part, unit.confirmed, unit.asked) == ("2026-09", FULL, 200_000)
    assert "잔액 8,000,000원" in page.left.text()
    assert page.proof.text().startswith("✓")
    page.item.setCurrentIndex(0)
    assert page.units.model.rows == ()
