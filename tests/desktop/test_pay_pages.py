"""이체 파일 and 계좌 확인 on the screen: from confirmed amounts to 대사, and from a held account to a freed one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from tests.integration.test_month import course_of, give_evidence
from tests.integration.test_pay_files import results, sent

from regional_desk.desktop.allowance.accounts_page import AccountsPage
from regional_desk.desktop.allowance.pay_files_page import PayFilesPage
from regional_desk.desktop.allowance.result_dialog import ResultDialog
from regional_desk.desktop.companies.page import CompaniesPage
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.due import read_today
from regional_desk.domain.allowance import RunState
from regional_desk.services import policies
from regional_desk.services.claims import company_accounts
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk
from regional_desk.services.pay import accounts, allowance, pay_files, pay_results, payable
from regional_desk.services.recruitment import contact, people

Make = Callable[[], PayFilesPage]


@pytest.fixture
def confirmed(office: Desk) -> Desk:
    """The office with August confirmed."""
    policies.adopt(office, policies.DEFAULT_SCHEME, reference="공문-1", document_date=dt.date(2026, 7, 1))
    give_evidence(office)
    for step in (allowance.draft, allowance.check, allowance.confirm):
        step(office, course_of(office), 1)
    return office


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks why is told, whatever asks whether is told yes."""
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("8월 훈련수당 지급"))
    monkeypatch.setattr(ResultDialog, "ask", lambda *_args: True)


@pytest.fixture
def page(make_shell: Callable[[Desk], Shell], confirmed: Desk) -> PayFilesPage:
    """The page of the confirmed office."""
    shell = make_shell(confirmed)
    shell.open_page("pay_files")
    found = shell.current_page()
    assert isinstance(found, PayFilesPage)
    return found


def make(page: PayFilesPage, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(place), ""))
    page.send.make_button.click()


def titles(desk: Desk) -> list[str]:
    return [one.title for one in read_today(desk).due]


@pytest.mark.usefixtures("answers")
def test_a_file_is_made_its_result_read_and_the_file_deleted(
    page: PayFilesPage, confirmed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page, tmp_path / "이체.xls", monkeypatch)
    assert page.notice.text() == ""
    (made,) = page.made.files.model.rows
    assert len(page.made.lines.model.rows) == made.row.rows
    assert f"이체 파일 제1호 이체 결과 대기 {made.waiting}건" in titles(confirmed)
    assert not page.send.make_button.property("primary")
    file = results(tmp_path / "결과.xlsx", sent(confirmed, made), lambda _: "처리완료")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    page.made.buttons["result"].click()
    assert page.notice.text() == ""
    assert allowance.show(confirmed, course_of(confirmed), 1).state is RunState.RECONCILED
    assert "이체 파일 제1호 지우기" in titles(confirmed)
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    page.made.buttons["delete"].click()
    assert not made.place.exists()
    assert not [title for title in titles(confirmed) if title.startswith("이체")]
    assert not page.made.buttons["delete"].isEnabled()


@pytest.mark.usefixtures("answers")
def test_who_cannot_be_paid_is_named_and_leads_to_the_account(
    page: PayFilesPage, confirmed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (waiting,) = payable.list_waiting(confirmed)
    first = payable.plan(confirmed, {waiting.run}).lines[0]
    contact.set_contact(confirmed, first.payee, {"account": "110222333444"}, title="계좌")
    texts = " ".join(label.text() for label in page.send.findChildren(QLabel))
    assert f"{first.name} {first.amount:,}원: 계좌 보류: 계좌가 바뀜" in texts
    make(page, tmp_path / "이체.xls", monkeypatch)
    assert page.made.files.model.rows[0].row.rows == waiting.people - 1
    assert "보낼 수 없는 금액 1명" in titles(confirmed)


@pytest.mark.usefixtures("answers")
def test_a_refused_place_is_told_on_the_page(
    page: PayFilesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "이체.xls"
    place.write_bytes(b"mine")
    make(page, place, monkeypatch)
    assert "이미 있어" in page.notice.text()
    assert page.made.files.model.rows == ()


@pytest.mark.usefixtures("answers")
def test_what_was_not_uploaded_may_be_sent_again(
    page: PayFilesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page, tmp_path / "a.xls", monkeypatch)
    page.made.buttons["failed"].click()
    (made,) = page.made.files.model.rows
    assert made.waiting == 0
    assert page.send.table.model.rows[0].again == made.row.rows
    make(page, tmp_path / "b.xls", monkeypatch)
    assert [one.row.number for one in page.made.files.model.rows] == [2, 1]


def test_the_remarks_of_a_result_are_read_before_it_is_taken(
    qtbot: QtBot, confirmed: Desk, page: PayFilesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("지급"))
    make(page, tmp_path / "a.xls", monkeypatch)
    (made,) = page.made.files.model.rows
    file = results(tmp_path / "결과.xlsx", sent(confirmed, made)[:2], lambda _: "접수")
    dialog = ResultDialog(None, pay_results.read_result(confirmed, made.row.id, file))
    qtbot.addWidget(dialog)
    shown = [dialog.remarks.item(at).text() for at in range(dialog.remarks.count())]
    assert len(shown) == 3
    assert shown[0] == "! 1번: 모르는 결과 '접수'이라 결과 대기로 둡니다."


def test_an_account_is_freed_by_keyboard_with_what_the_call_told(
    make_shell: Callable[[Desk], Shell], office: Desk
) -> None:
    one = next(row for row in people.list_people(office) if row.account_tail)
    contact.set_contact(office, one.id, {"account": "110222333444"}, title="계좌")
    shell = make_shell(office)
    shell.open_page("accounts", person=one.id)
    page = shell.current_page()
    assert isinstance(page, AccountsPage)
    QTest.keyClick(page.memo, Qt.Key.Key_Return)
    assert "확인 전화" in page.notice.text()
    QTest.keyClicks(page.memo, "8/31 call")
    QTest.keyClick(page.memo, Qt.Key.Key_Return)
    assert page.notice.text() == ""
    assert page.table.model.rows == ()
    assert accounts.list_releases(office, one.id)[0].memo == "8/31 call"


def test_a_companys_held_account_stands_below_and_leads_to_where_it_is_freed(
    make_shell: Callable[[Desk], Shell], office: Desk
) -> None:
    shell = make_shell(office)
    shell.open_page("accounts")
    page = shell.current_page()
    assert isinstance(page, AccountsPage)
    assert not page.companies.isVisible()
    held = companies.list_companies(office)[0]
    made = company_accounts.set_account(office, held.id, "경남은행", "20701234567890", held.name)
    assert page.companies.isVisible()
    (row,) = page.companies.table.model.rows
    told = [column.show(row) for column in page.companies.table.model.columns]
    assert told[:2] == [held.name, f"! {made.hold}"]
    assert "20701234567890" not in " ".join(told)
    page.companies.table.opened.emit(row)
    opened = shell.current_page()
    assert isinstance(opened, CompaniesPage)
    company_accounts.release(office, held.id, made.version, "대표번호로 통화")
    shell.open_page("accounts")
    assert not page.companies.isVisible()


def test_another_holder_asks_for_reason_and_paper(
    make_shell: Callable[[Desk], Shell], office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = next(row for row in people.list_people(office) if row.account_tail)
    contact.set_contact(office, one.id, {"account_holder": "한어머"}, title="예금주")
    shell = make_shell(office)
    shell.open_page("accounts")
    page = shell.current_page()
    assert isinstance(page, AccountsPage)
    assert page.reason.isVisible()
    page.memo.setText("통화")
    page.release_button.click()
    assert "증빙 파일" in page.notice.text()
    scan = tmp_path / "동의서.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(scan), ""))
    page.paper_button.click()
    page.reason.setText("본인 계좌 압류")
    page.release_button.click()
    assert page.notice.text() == ""
    assert page.table.model.rows == ()


def test_guests_see_neither_names_nor_accounts(
    make_shell: Callable[[Desk], Shell], confirmed: Desk, tmp_path: Path
) -> None:
    (waiting,) = payable.list_waiting(confirmed)
    pay_files.write(confirmed, {waiting.run}, "hana", tmp_path / "a.xls", "지급")
    shell = make_shell(confirmed)
    shell._on_guests()
    shell.open_page("pay_files")
    page = shell.current_page()
    assert isinstance(page, PayFilesPage)
    names = {line.name for line in page.made.lines.model.rows}
    assert names
    assert all("*" in name for name in names)


@pytest.mark.usefixtures("answers")
def test_a_unit_paid_without_a_file_is_noted_by_hand(
    make_shell: Callable[[Desk], Shell], confirmed: Desk
) -> None:
    allowance.pay(confirmed, course_of(confirmed), 1)
    shell = make_shell(confirmed)
    shell.open_page("pay_files")
    page = shell.current_page()
    assert isinstance(page, PayFilesPage)
    assert page.send.chosen() == set(), "it is sent only when somebody chooses it"
    page.send.table.view.selectRow(0)
    page.send.hand_button.click()
    assert page.notice.text() == ""
    assert allowance.show(confirmed, course_of(confirmed), 1).state is RunState.RECONCILED


def test_a_choice_stays_on_its_runs_however_the_list_is_sorted(
    make_shell: Callable[[Desk], Shell], office: Desk
) -> None:
    """Two runs wait: August without one held person, and the run that pays that person."""
    policies.adopt(office, policies.DEFAULT_SCHEME, reference="공문-1", document_date=dt.date(2026, 7, 1))
    give_evidence(office)
    course = course_of(office)
    held = next(line.trainee for line in allowance.draft(office, course, 1).lines if line.amount)
    allowance.hold(office, course, 1, held, "서류 확인 중")
    for step in (allowance.check, allowance.confirm):
        step(office, course, 1)
    allowance.release(office, course, 1, held)
    allowance.draft(office, course, 1)
    for step in (allowance.check, allowance.confirm):
        step(office, course, 1)
    shell = make_shell(office)
    shell.open_page("pay_files")
    page = shell.current_page()
    assert isinstance(page, PayFilesPage)
    rows = page.send.table.model.rows
    assert len(rows) == 2
    page.send.table.view.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    page.send.table.view.selectRow(0)
    dearest = max(rows, key=lambda one: one.total)
    assert page.send.chosen() == {dearest.run}
    page.refresh()
    assert page.send.chosen() == {dearest.run}
