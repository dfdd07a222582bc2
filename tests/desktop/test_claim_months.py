"""The 지원금 tab of an internship: its service months, payslips and papers keyed, dropped, verified and corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from tests.claims_office import WAGE, claimable, hand_in, pay
from tests.desktop.test_claims_page import answer, reason
from tests.interns import go_to, start_intern

from regional_desk.desktop.claims.month_dialog import MonthDialog
from regional_desk.desktop.claims.month_pane import MonthPane
from regional_desk.desktop.claims.page import ClaimsPage
from regional_desk.desktop.claims.paper_dialog import PaperDialog
from regional_desk.desktop.claims.payslip_dialog import PayslipDialog
from regional_desk.desktop.internships.claims_tab import ClaimsTab
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.internships.page import InternshipsPage
from regional_desk.desktop.shell import Shell
from regional_desk.domain.claims import PaperState
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.rights import Role, rights_of
from regional_desk.errors import UsageError
from regional_desk.services.claims import evidence, payslips, runs
from regional_desk.services.desk import Desk

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


def tab_of(shell: Shell, intern: UUID) -> ClaimsTab:
    shell.open_page("internships", internship=intern, tab="claims")
    page = shell.current_page()
    assert isinstance(page, InternshipsPage)
    tab = page.beside.tab("claims")
    assert isinstance(tab, ClaimsTab)
    return tab


def test_the_record_shows_each_service_month_with_what_it_lacks(
    shell: Shell, desk: Desk, intern: UUID
) -> None:
    tab = tab_of(shell, intern)
    assert [(row.no, row.ready, row.run) for row in tab.table.model.rows] == [
        (1, 4, None),
        (2, 4, None),
        (3, 4, None),
    ]
    pay(desk, intern, SEPTEMBER, D(2026, 9, 30))
    assert tab.table.model.rows[0].ready == 6
    assert tab.table.model.rows[0].amount == FULL
    tab.run_button.click()
    page = shell.current_page()
    assert isinstance(page, ClaimsPage)
    assert page.cards.current is not None
    assert page.cards.current.month == SEPTEMBER


def test_before_the_start_the_tab_has_no_months(shell: Shell, desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    tab = tab_of(shell, start_intern(desk, desk.clock, begin=False))
    assert tab.table.model.rows == ()
    assert not tab.pane.add_button.isEnabled()


def pane_of(shell: Shell, intern: UUID) -> MonthPane:
    return tab_of(shell, intern).pane


def drop(pane: MonthPane, file: Path, kind: str) -> None:
    """Let a file fall on a paper's line."""
    pane.choose_paper(kind)
    index = pane.papers.view.currentIndex()
    pane.papers.view.selectRow(0)
    pane.papers.view.scrollTo(index)
    at = pane.papers.view.visualRect(index).center()
    point = pane.papers.view.viewport().mapTo(pane, at)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    pane.dropEvent(QDropEvent(QPointF(point), copy, data, left, Qt.KeyboardModifier.NoModifier))


def test_a_file_dropped_on_a_paper_is_taken_for_it(
    shell: Shell, desk: Desk, intern: UUID, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = pane_of(shell, intern)
    answer(monkeypatch, PaperDialog, lambda _dialog: None)
    drop(pane, scan, "insurance_roll")
    lines = {line.kind: line for line in evidence.checklist(desk, intern, 1)}
    assert lines["insurance_roll"].file_name == scan.name
    assert lines["insurance_roll"].state is PaperState.SUBMITTED
    drop(pane, scan, "contract")
    assert "여기서" not in pane.notice.text()
    assert "[인턴십 → 협약]" in pane.notice.text()

    def slip(dialog: FormDialog) -> None:
        assert isinstance(dialog, PayslipDialog)
        assert dialog.transfer.path() == scan
        dialog.sent.put(2_000_000)

    answer(monkeypatch, PayslipDialog, slip)
    drop(pane, scan, "transfer")
    (row,) = payslips.list_payslips(desk, intern)
    assert (row.transfer_name, row.slip_id) == (scan.name, None)


def test_a_paper_is_verified_returned_and_looked_at(
    shell: Shell, desk: Desk, intern: UUID, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence.receive(desk, intern, 1, "application", evidence.read_file(scan))
    pane = pane_of(shell, intern)
    pane.choose_paper("application")
    reason(monkeypatch, "서명이 없음")
    pane.return_button.click()
    assert evidence.checklist(desk, intern, 1)[0].problem == "반려함(서명이 없음)"
    pane.verify_button.click()
    assert evidence.checklist(desk, intern, 1)[0].state is PaperState.VERIFIED
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    pane.open_button.click()
    assert [Path(one).read_bytes() for one in shown] == [PDF]


def test_a_payslip_is_corrected_with_a_reason_once_confirmed_and_voided(
    shell: Shell, desk: Desk, clear: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in (runs.draft, runs.check, runs.confirm):
        step(desk, SEPTEMBER)
    pane = pane_of(shell, clear)
    tab = tab_of(shell, clear)
    tab.table.choose(lambda row: row.no == 1)
    why = ""

    def fill(dialog: FormDialog) -> None:
        assert isinstance(dialog, PayslipDialog)
        dialog.wage.put(2_500_000)
        dialog.reason.setText(why)

    refused = answer(monkeypatch, PayslipDialog, fill)
    pane.edit_button.click()
    assert "사유가 필요합니다" in refused[0]
    why = "상여 포함"
    pane.edit_button.click()
    (row,) = payslips.list_payslips(desk, clear)
    assert row.wage == 2_500_000
    reason(monkeypatch, "잘못 받음")
    pane.void_button.click()
    assert payslips.list_payslips(desk, clear) == ()


def test_days_of_part_of_a_month_propose_no_wage(shell: Shell, desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    found = start_intern(desk, desk.clock, start=D(2026, 9, 14))
    go_to(desk.clock, D(2026, 10, 20))
    dialog = PayslipDialog(shell, shell.context, found, 1, None)
    values = dialog.values()
    assert (values.start, values.end, values.wage) == (D(2026, 9, 14), D(2026, 9, 30), 0)
    pay(desk, found, D(2026, 9, 14), D(2026, 9, 30))
    after = PayslipDialog(shell, shell.context, found, 1, None).values()
    assert (after.start, after.end, after.wage) == (OCTOBER, D(2026, 10, 31), WAGE)
    dialog.deleteLater()


def test_a_month_the_internship_does_not_reach_is_refused(shell: Shell, intern: UUID) -> None:
    with pytest.raises(UsageError, match="지원월이 되기 전에"):
        MonthDialog(shell, shell.context, intern, 4)


def test_guests_change_nothing_and_read_no_file_name(
    shell: Shell, desk: Desk, intern: UUID, scan: Path
) -> None:
    evidence.receive(desk, intern, 1, "application", evidence.read_file(scan))
    pane = pane_of(shell, intern)
    assert pane.papers.model.data(pane.papers.model.index(0, 5)) == scan.name
    shell._on_guests()
    try:
        buttons = (
            pane.add_button,
            pane.edit_button,
            pane.receive_button,
            pane.verify_button,
            pane.open_button,
        )
        assert not any(button.isEnabled() for button in buttons)
        assert pane.papers.model.data(pane.papers.model.index(0, 5)) == ""
    finally:
        shell._on_guests()


def test_whoever_only_visits_reads_without_keying(
    desk: Desk, intern: UUID, make_shell: Callable[[Desk], Shell], monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = rights_of([Role.TRAINING])
    monkeypatch.setattr(type(desk), "may", lambda _self, right: right in allowed)
    pane = pane_of(make_shell(desk), intern)
    assert not pane.add_button.isEnabled()
    assert not pane.receive_button.isEnabled()
