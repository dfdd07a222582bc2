"""정정, 환수 and 예산·정산 on screen."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from regional_desk.desktop.allowance.budget_page import BudgetPage
from regional_desk.desktop.allowance.recoveries_page import RecoveriesPage
from regional_desk.desktop.attendance.corrections_page import CorrectionsPage
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.settling import read_settling
from regional_desk.domain.attendance import EXCUSED, Cell, Evidence, Status
from regional_desk.domain.clock import FixedClock
from regional_desk.services import policies
from regional_desk.services.attendance import attendance, corrections
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.corrections import State
from regional_desk.services.desk import Desk
from regional_desk.services.pay import allowance, budget, settlement
from regional_desk.services.training import courses

DAY = dt.date(2026, 8, 5)
FULL = 380_000


def _tick(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(desk.clock.now() + dt.timedelta(minutes=1))


def _confirmed(desk: Desk) -> tuple[UUID, UUID]:
    """The course, its August unit confirmed, and somebody who attended every day."""
    policies.adopt(
        desk, policies.DEFAULT_SCHEME, reference="지역기업정책과-1", document_date=dt.date(2026, 7, 1)
    )
    course = courses.list_courses(desk)[0].id
    shown = attendance.survey(desk, course)
    done = Cell(Status.EXCUSED, reason="interview", evidence=Evidence.VERIFIED)
    attendance.set_cells(
        desk,
        course,
        [
            CellChange(row.trainee, column.day, done)
            for row in shown.rows
            for column, cell in zip(shown.days, row.cells, strict=True)
            if cell == EXCUSED
        ],
        title="증빙",
    )
    _tick(desk)
    allowance.draft(desk, course, 1)
    allowance.check(desk, course, 1)
    run = allowance.confirm(desk, course, 1)
    _tick(desk)
    return course, next(line.trainee for line in run.lines if line.amount == FULL)


def _corrections(shell: Shell) -> CorrectionsPage:
    page = shell.current_page()
    assert isinstance(page, CorrectionsPage)
    return page


def _ask(shell: Shell, office: Desk) -> CorrectionsPage:
    course, trainee = _confirmed(office)
    shell.open_page("corrections", course=course, trainee=trainee, day=DAY)
    page = _corrections(shell)
    assert page.form.now.text() == "지금 기록: 출석"
    page.form.state.setCurrentText("결석")
    page.form.reason.setText("출입 기록으로 확인")
    page.form.send_button.click()
    return page


def _settled(shell: Shell, office: Desk) -> RecoveriesPage:
    page = _ask(shell, office)
    page.table.view.selectRow(0)
    _tick(office)
    page.approve_button.click()
    _tick(office)
    course = courses.list_courses(office)[0].id
    settlement.draft(office, course, 1)
    allowance.check(office, course, 1)
    allowance.confirm(office, course, 1)
    shell.open_page("recoveries")
    opened = shell.current_page()
    assert isinstance(opened, RecoveriesPage)
    return opened


def test_a_cell_is_asked_for_and_approved(shell: Shell, office: Desk) -> None:
    page = _ask(shell, office)
    assert [row.change for row in page.table.model.rows] == ["출석 → 결석"]
    assert not page.form.reason.text()
    assert [one.title for one in read_settling(office)] == ["정정 요청 1건"]
    page.table.view.selectRow(0)
    _tick(office)
    page.approve_button.click()
    assert not page.table.model.rows
    page.look.setCurrentIndex(2)
    row = page.table.model.rows[0]
    assert (row.state, row.solo) == (State.APPROVED, True)
    assert not page.approve_button.isEnabled()
    (line,) = read_settling(office)
    assert (line.title, line.page) == ("정산할 사람 1명 · 환수 20,000원", "allowance")


def test_what_cannot_be_asked_is_told_on_the_page(shell: Shell, office: Desk) -> None:
    page = _ask(shell, office)
    page.form.send_button.click()
    assert "사유를 적어" in page.notice.text()
    page.form.reason.setText("한 번 더")
    page.form.send_button.click()
    assert "이미 있습니다" in page.notice.text()


def test_only_an_excused_day_asks_for_its_ground(shell: Shell, office: Desk) -> None:
    course, trainee = _confirmed(office)
    shell.open_page("corrections", course=course, trainee=trainee, day=DAY)
    form = _corrections(shell).form
    assert not form.code.isVisible()
    form.state.setCurrentText("출석인정")
    assert form.code.isVisible()
    form.code.setCurrentIndex(form.code.findData("interview"))
    form.evidence.setCurrentIndex(2)
    assert form.cell() == Cell(Status.EXCUSED, reason="interview", evidence=Evidence.VERIFIED)


def test_a_refusal_asks_why(shell: Shell, office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _ask(shell, office)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("기록과 다름"))
    page.table.view.selectRow(0)
    page.refuse_button.click()
    assert [one.decision for one in corrections.list_corrections(office)] == ["기록과 다름"]


def test_a_recovery_goes_from_notice_to_settled(
    shell: Shell, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _settled(shell, office)
    assert [one.title for one in read_settling(office)] == ["환수 통지 전 1건"]
    assert page.sum.text() == "남은 환수 20,000원 · 받은 돈 0원"
    assert "380,000원보다 적음" in page._why.text()
    page.print_button.click()
    assert "납부기한" in page.notice.text()
    page.notice_button.click()
    assert page.notice_button.text() == "기한 고치기"
    assert list(read_settling(office)) == []
    assert page.amount.value() == 20_000
    page.amount.setText("5,000원")
    page.receive_button.click()
    assert "근거를 적어" in page.notice.text()
    page.reference.setText("통장 1")
    page.receive_button.click()
    assert (page.sum.text(), page.amount.value()) == ("남은 환수 15,000원 · 받은 돈 5,000원", 15_000)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("다른 사람의 입금"))
    page.receipts.view.selectRow(0)
    page.void_button.click()
    assert page.sum.text() == "남은 환수 20,000원 · 받은 돈 0원"
    page.waive_button.click()
    assert [row.state.label for row in page.table.model.rows] == ["면제"]
    assert not page.receive_button.isEnabled()


def test_an_overdue_recovery_stands_on_today(shell: Shell, office: Desk) -> None:
    page = _settled(shell, office)
    page.notice_button.click()
    assert isinstance(office.clock, FixedClock)
    office.clock.move_to(office.clock.now() + dt.timedelta(days=31))
    (line,) = read_settling(office)
    assert (line.title, line.detail, line.tone) == (
        "환수 납부기한 지남 1건",
        "남은 돈 20,000원",
        "bad",
    )


def test_the_budget_is_entered_and_shown(
    shell: Shell, office: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _confirmed(office)
    shell.open_page("budget")
    page = shell.current_page()
    assert isinstance(page, BudgetPage)
    assert "아직 적지 않았습니다" in page.left.text()
    page.amount.put(30_000_000)
    page.add_button.click()
    assert "근거를 적어" in page.notice.text()
    page.reference.setText("지역기업정책과-1")
    page.add_button.click()
    spent = budget.read_balance(office).spent
    assert f"잔액 {30_000_000 - spent:,}원" in page.left.text()
    assert page.proof.text().startswith("✓")
    assert [unit.confirmed for unit in page.units.model.rows] == [spent]
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("착오"))
    page.entries.view.selectRow(0)
    page.void_button.click()
    assert "아직 적지 않았습니다" in page.left.text()
    assert not page.void_button.isEnabled()
    page.item.setCurrentIndex(1)
    assert page.units.model.rows == ()
