"""인턴지원금 at the window: a month from its payslips and papers to 대사, what is refused, held, settled and printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLabel, QPushButton, QWidget
from tests.claims_office import WAGE, claimable, company_of, hand_in, pay

from regional_desk.desktop.admin.page import AdminPage
from regional_desk.desktop.admin.policies import PoliciesPane
from regional_desk.desktop.claims.month_dialog import MonthDialog
from regional_desk.desktop.claims.page import ClaimsPage
from regional_desk.desktop.claims.paper_dialog import PaperDialog
from regional_desk.desktop.claims.payslip_dialog import PayslipDialog
from regional_desk.desktop.companies.account_tab import AccountTab
from regional_desk.desktop.companies.page import CompaniesPage
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.claims import read_claims
from regional_desk.domain.allowance import RunState
from regional_desk.domain.claims import Method, PaperState
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.internships import BreakKind
from regional_desk.domain.settlement import BudgetItem, EntryKind
from regional_desk.services.claims import claim_policy, company_accounts, payslips, runs
from regional_desk.services.claims.run_states import RunKind
from regional_desk.services.desk import Desk
from regional_desk.services.internships import interruptions
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import budget, recoveries

D = dt.date
SEPTEMBER, OCTOBER = D(2026, 9, 1), D(2026, 10, 1)
FULL = 2_000_000
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def intern(desk: Desk) -> UUID:
    """An intern since 1 September with the company ready; it is 1 October, nothing was handed in."""
    assert isinstance(desk.clock, FixedClock)
    return claimable(desk, desk.clock, today=OCTOBER)


@pytest.fixture
def clear(desk: Desk, intern: UUID) -> UUID:
    """The same with September's payslip and papers."""
    pay(desk, intern, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, intern, 1)
    return intern


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned paper on the disk."""
    file = tmp_path / "스캔.pdf"
    file.write_bytes(PDF)
    return file


def page_of(shell: Shell) -> ClaimsPage:
    shell.open_page("claims")
    page = shell.current_page()
    assert isinstance(page, ClaimsPage)
    return page


def words(monkeypatch: pytest.MonkeyPatch, text: str) -> list[str]:
    """Let whatever asks for a sentence be answered; what was asked."""
    asked: list[str] = []

    def answer(_parent: object, title: str, _label: str) -> tuple[str, bool]:
        asked.append(title)
        return text, True

    monkeypatch.setattr(QInputDialog, "getText", answer)
    return asked


def reason(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer(text))


def answer(
    monkeypatch: pytest.MonkeyPatch, dialog: type[FormDialog], fill: Callable[[FormDialog], None]
) -> list[str]:
    """Let a dialog be filled and saved as soon as it opens; what each was refused."""
    refused: list[str] = []

    def run(self: FormDialog) -> int:
        self.show()
        fill(self)
        self.save()
        refused.append(self.notice.text())
        return self.result()

    monkeypatch.setattr(dialog, "exec", run)
    return refused


def month_dialog(monkeypatch: pytest.MonkeyPatch, do: Callable[[MonthDialog], None]) -> list[str]:
    """Let the month's dialog be used as soon as it opens; their titles."""
    opened: list[str] = []

    def run(self: MonthDialog) -> int:
        opened.append(self.windowTitle())
        self.show()
        do(self)
        self.accept()
        return self.result()

    monkeypatch.setattr(MonthDialog, "exec", run)
    return opened


def press(page: ClaimsPage, *keys: str) -> None:
    for key in keys:
        page.bar.buttons[key].click()


def state(desk: Desk) -> RunState:
    return runs.show(desk, SEPTEMBER).state


def told(widget: QWidget) -> str:
    """What is written on a widget."""
    QCoreApplication.processEvents()  # what was laid out just now is shown by the loop
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def ways(page: ClaimsPage) -> list[QPushButton]:
    """The ways to what is open, as they are shown."""
    QCoreApplication.processEvents()
    found = page.open.findChildren(QPushButton)
    return [one for one in found if one.text() == "이동 →" and one.isVisible()]


def test_without_interns_the_page_says_what_comes_first(shell: Shell) -> None:
    page = page_of(shell)
    assert page.cards.count() == 0
    press(page, "draft")
    assert not page.bar.buttons["draft"].isEnabled()
    page.acts.draft()
    assert "지원월이 있는 인턴십이 없습니다" in page.notice.text()


def test_a_month_goes_from_draft_to_paid_with_the_next_step_in_front(
    shell: Shell, desk: Desk, clear: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(shell)
    assert page.cards.current is not None
    assert page.cards.current.month == SEPTEMBER
    for key, reached in (
        ("draft", RunState.DRAFT),
        ("check", RunState.CHECKED),
        ("confirm", RunState.CONFIRMED),
    ):
        assert page.bar.buttons[key].property("primary")
        press(page, key)
        assert page.notice.text() == ""
        assert state(desk) is reached
    (line,) = page.table.model.rows
    assert (line.internship, line.amount) == (clear, FULL)
    assert page.table.model.data(page.table.model.index(0, 8)) == "8/8"
    assert page.bar.buttons["file"].property("primary")
    page.bar.actions_by_key["pay"].trigger()
    assert state(desk) is RunState.PAID
    words(monkeypatch, "10/1 통장 확인")
    page.bar.actions_by_key["reconcile"].trigger()
    assert state(desk) is RunState.RECONCILED
    assert not any(button.property("primary") for button in page.bar.buttons.values())
    assert "✓ 대사" in page.cards.item(page.cards.currentRow()).toolTip()


def test_the_pay_file_is_a_button_away(shell: Shell, clear: UUID) -> None:
    page = page_of(shell)
    press(page, "draft", "check", "confirm", "file")
    assert "PayFilesPage" in type(shell.current_page()).__name__
    assert clear


def test_why_an_amount_and_what_it_rests_on_stand_beside(shell: Shell, clear: UUID) -> None:
    page = page_of(shell)
    press(page, "draft")
    assert "지원월을 채워 월 2,000,000원" in told(page.why)
    assert "확정을 막는 것 0" in told(page.open)
    assert clear


def test_open_items_lead_to_the_months_papers_and_are_keyed_in_place(
    shell: Shell, desk: Desk, intern: UUID, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(shell)
    press(page, "draft", "check", "confirm")
    assert "확정하지 않았습니다" in page.notice.text()
    assert state(desk) is RunState.CHECKED

    def slip(dialog: FormDialog) -> None:
        assert isinstance(dialog, PayslipDialog)
        assert dialog.wage.value() == WAGE  # a whole month: as agreed
        dialog.sent.put(2_100_000)
        dialog.slip.line.setText(str(scan))
        dialog.transfer.line.setText(str(scan))

    def paper(dialog: FormDialog) -> None:
        assert isinstance(dialog, PaperDialog)
        dialog.file.line.setText(str(scan))
        dialog.verified.setChecked(True)

    def keyed(dialog: MonthDialog) -> None:
        pane = dialog.pane
        pane.add_button.click()
        for kind in ("application", "insurance_roll"):
            pane.choose_paper(kind)
            QTest.keyClick(pane.papers.view, Qt.Key.Key_Return)
        assert pane.notice.text() == ""
        assert {line.state for line in pane.papers.model.rows} == {PaperState.VERIFIED}

    assert answer(monkeypatch, PayslipDialog, slip) == []
    answer(monkeypatch, PaperDialog, paper)
    opened = month_dialog(monkeypatch, keyed)
    assert len(ways(page)) == len(page.run.open_items if page.run else ())
    ways(page)[0].click()
    assert opened == ["1차 지원월 — 급여명세와 증빙 서류"]
    press(page, "draft", "check", "confirm")
    assert page.notice.text() == ""
    assert runs.show(desk, SEPTEMBER).total == FULL
    assert len(payslips.list_payslips(desk, intern)) == 1


def test_a_company_without_an_account_is_led_to(shell: Shell, desk: Desk, clear: UUID) -> None:
    company = company_of(desk, clear)
    account = company_accounts.read(desk, company)
    assert account is not None
    company_accounts.set_account(
        desk, company, "경남은행", "20709998887766", account.holder, version=account.version
    )
    page = page_of(shell)
    press(page, "draft")
    (way,) = ways(page)
    assert way.toolTip() == "기업 → 계좌"
    way.click()
    companies = shell.current_page()
    assert isinstance(companies, CompaniesPage)
    assert isinstance(companies.beside.tabs.currentWidget(), AccountTab)


def test_enter_on_a_row_opens_its_month(shell: Shell, clear: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(shell)
    press(page, "draft")
    opened = month_dialog(monkeypatch, lambda _dialog: None)
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    assert len(opened) == 1
    assert clear


def test_one_is_held_with_a_reason_and_the_others_confirmed(
    shell: Shell, desk: Desk, clear: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(desk.clock, FixedClock)
    other = claimable(desk, desk.clock, today=OCTOBER, at=1)
    page = page_of(shell)
    press(page, "draft")
    page.table.choose(lambda line: line.internship == other)
    words(monkeypatch, "급여명세를 받지 못함")
    press(page, "hold")
    assert page.bar.buttons["hold"].text() == "보류 해제"
    press(page, "check", "confirm")
    assert page.notice.text() == ""
    assert "보류 1건 제외" in page._total.text()
    pay(desk, other, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, other, 1)
    page.table.choose(lambda line: line.internship == other)
    press(page, "hold", "draft")
    run = runs.show(desk, SEPTEMBER)
    assert (run.kind, [line.internship for line in run.lines]) == (RunKind.SUPPLEMENTARY, [other])
    assert page.version.count() == 2
    page.version.setCurrentIndex(1)
    assert page.run is not None
    assert clear in {line.internship for line in page.run.lines}


def test_a_check_is_sent_back_and_a_confirmation_cancelled_with_reasons(
    shell: Shell, desk: Desk, clear: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(shell)
    words(monkeypatch, "다시 볼 것")
    press(page, "draft", "check")
    page.bar.actions_by_key["back"].trigger()
    assert state(desk) is RunState.DRAFT
    assert "다시 볼 것" in page._told.text()
    press(page, "check", "confirm")
    page.bar.actions_by_key["cancel"].trigger()
    assert page.run is None or page.run.state is RunState.CANCELLED
    interruptions.add(desk, clear, BreakKind.UNPAID_ABSENCE, D(2026, 9, 7), D(2026, 9, 9), "확인")
    press(page, "draft")
    assert page.notice.text() == ""
    assert not page.table.view.isColumnHidden(7)
    assert page.table.model.data(page.table.model.index(0, 7)) == "-200,000"
    assert "1판(취소)" in page._total.text()


def test_what_changed_after_confirming_is_settled_and_asked_back(
    shell: Shell, desk: Desk, clear: UUID
) -> None:
    page = page_of(shell)
    press(page, "draft", "check", "confirm")
    assert not page.bar.actions_by_key["discard"].isEnabled()
    interruptions.add(desk, clear, BreakKind.UNPAID_ABSENCE, D(2026, 9, 7), D(2026, 9, 9), "나중에 확인")
    assert "환수 200,000원" in page._told.text()
    assert page.bar.actions_by_key["settle"].text() == "! 정산"
    page.bar.actions_by_key["settle"].trigger()
    assert page.table.model.data(page.table.model.index(0, 9)) == "▼ 환수 200,000원"
    page.bar.actions_by_key["discard"].trigger()
    assert runs.show(desk, SEPTEMBER).kind is RunKind.MAIN
    page.bar.actions_by_key["settle"].trigger()
    press(page, "draft", "check", "confirm")
    assert page.notice.text() == ""
    (asked,) = recoveries.list_recoveries(desk)
    assert asked.balance == 200_000


def test_more_than_the_balance_is_confirmed_only_with_the_heads_reason(
    shell: Shell, desk: Desk, clear: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget.add_entry(desk, BudgetItem.INTERNSHIP, EntryKind.GRANT, 500_000, OCTOBER, "공문-7")
    page = page_of(shell)
    press(page, "draft", "check")
    assert "잔액 500,000원" in page._budget.text()
    asked = words(monkeypatch, "추경 예정")
    press(page, "confirm")
    assert asked == []  # whoever may not exceed it is only refused
    assert "1,500,000원 많아" in page.notice.text()
    monkeypatch.setattr(type(desk), "may", lambda _self, _right: True)
    press(page, "confirm")
    assert asked == ["예산 초과 확정"]
    assert runs.show(desk, SEPTEMBER).row.over_budget_reason == "추경 예정"
    assert clear


def test_another_method_is_tried_but_not_confirmed(shell: Shell, desk: Desk, clear: UUID) -> None:
    interruptions.add(desk, clear, BreakKind.INTERRUPTION, D(2026, 9, 7), D(2026, 9, 13), "병가")
    page = page_of(shell)
    page.method.setCurrentIndex(page.method.findData(Method.FULL_ONLY))
    press(page, "draft", "check", "confirm")
    assert "승인되지 않은" in page.notice.text()
    assert "시험 방식" in page._policy.text()


def test_the_page_leads_to_where_its_terms_are_adopted(shell: Shell) -> None:
    page_of(shell).bar.actions_by_key["policy"].trigger()
    page = shell.current_page()
    assert isinstance(page, AdminPage)
    pane = page.tabs.currentWidget()
    assert isinstance(pane, PoliciesPane)
    shown = pane.table.current()
    assert shown is not None
    assert shown.key == claim_policy.SCHEME


def test_papers_are_asked_for_the_version_shown_and_the_company_chosen(
    shell: Shell, desk: Desk, clear: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Wanted] = []
    monkeypatch.setattr(PreviewDialog, "ask", lambda _context, wanted, *_rest: asked.append(wanted))
    page = page_of(shell)
    assert not page.statement_button.isEnabled()
    press(page, "draft")
    page.statement_button.click()
    page.bundle_button.click()
    company = company_of(desk, clear)
    assert asked == [
        Wanted("claim-statement", month="2026-09", number=1),
        Wanted("claim-bundle", month="2026-09", number=1, company=company),
    ]


def test_months_are_narrowed_and_walked_by_keys(shell: Shell, clear: UUID) -> None:
    page = page_of(shell)
    assert page.cards.count() == 3
    QTest.keyClick(page.cards, Qt.Key.Key_Left)
    assert page.cards.current is not None
    assert page.cards.current.month == OCTOBER
    page.filter.setCurrentText("남은 지원월 있음")
    assert [card.month for card in page.cards.cards] == [SEPTEMBER]
    page.go_to(month=D(2026, 11, 3), internship=clear)
    assert page.cards.current.month == D(2026, 11, 1)


def test_guests_see_no_name(shell: Shell, clear: UUID) -> None:
    page = page_of(shell)
    press(page, "draft")
    assert clear
    name = page.table.model.rows[0].name
    shell._on_guests()
    try:
        assert page.table.model.rows[0].name != name
        assert name not in told(page.why)
        assert name not in page.table.view.selected_text()
    finally:
        shell._on_guests()


def test_today_leads_to_the_month(shell: Shell, desk: Desk, clear: UUID) -> None:
    line = next(one for one in read_claims(desk) if "마감 전" in one.title)
    shell.open_page(line.page, **line.where)
    page = cast("ClaimsPage", shell.current_page())
    assert page.cards.current is not None
    assert page.cards.current.month == SEPTEMBER
    assert clear


def test_the_search_and_the_internships_lead_here(shell: Shell) -> None:
    shell.open_page("internships")
    page = shell.current_page()
    assert page is not None
    next(one for one in page.findChildren(QPushButton) if one.text() == "인턴지원금").click()
    assert isinstance(shell.current_page(), ClaimsPage)
