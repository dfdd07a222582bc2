from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from regional_desk.desktop.companies.company_dialog import CompanyDialog
from regional_desk.desktop.companies.contact_dialog import ContactDialog
from regional_desk.desktop.companies.contacts_tab import ContactsTab
from regional_desk.desktop.companies.history_tab import HistoryTab
from regional_desk.desktop.companies.page import CompaniesPage
from regional_desk.desktop.companies.papers_tab import PapersTab
from regional_desk.desktop.companies.position_dialog import PositionDialog
from regional_desk.desktop.companies.positions_tab import PositionsTab
from regional_desk.desktop.companies.survey_page import SurveyPage
from regional_desk.desktop.imports.page import ImportPage
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.tables import Table
from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.rights import Right
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.companies import companies, company_documents, contacts, positions
from regional_desk.services.companies.companies import CompanyValues
from regional_desk.services.companies.contacts import ContactValues
from regional_desk.services.desk import Desk

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
NUMBER = "220-81-62517"
OK = QDialogButtonBox.StandardButton.Ok


def _page(shell: Shell) -> CompaniesPage:
    shell.open_page("companies")
    page = shell.current_page()
    assert isinstance(page, CompaniesPage)
    return page


def _column(page: CompaniesPage, title: str) -> list[str]:
    columns = page.table.model.columns
    at = next(place for place, column in enumerate(columns) if column.title == title)
    return [columns[at].show(row) for row in page.table.model.rows]


def _filled(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog], fill: Callable[[Any], None]) -> None:
    """Stands for a person at a dialog that opens: fills it in and presses 저장."""

    def run(self: Any) -> int:
        fill(self)
        self.buttons.button(OK).click()
        return int(self.result())

    monkeypatch.setattr(dialog, "exec", run)


def _answered(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_, **_named: Answer(reason))


# --- the list


def test_every_company_is_listed_with_its_number_in_the_usual_form(shell: Shell) -> None:
    page = _page(shell)
    known = companies.list_companies(shell.desk)
    assert _column(page, "기업명") == [row.name for row in known]
    assert all(re.fullmatch(r"\d{3}-\d{2}-\d{5}", number) for number in _column(page, "사업자등록번호"))
    assert page.summary.text().startswith(f"{len(known)}곳")


def test_a_line_says_its_state_and_what_is_missing_with_a_word_or_sign(shell: Shell) -> None:
    page = _page(shell)
    assert set(_column(page, "참여 상태")) == {"· 신청 없음"}
    assert all(text.startswith("! ") for text in _column(page, "남은 서류"))
    seats = sum(one.seats for one in positions.list_positions(shell.desk))
    assert f"모집인원 {seats}명" in page.summary.text()


def test_guests_see_neither_names_nor_phones_of_people(shell: Shell) -> None:
    page = _page(shell)
    full = _column(page, "담당자"), _column(page, "연락처")
    shell._on_guests()
    assert all("*" in name for name, before in zip(_column(page, "담당자"), full[0], strict=True) if before)
    assert all("*" in phone for phone, before in zip(_column(page, "연락처"), full[1], strict=True) if before)
    assert "*" in page.beside.record.fields["contact"].text()
    assert not page.beside.record.fields["contact"].isEnabled()


def test_an_office_without_companies_says_where_they_come_from(
    make_shell: Callable[[Desk], Shell], empty_office: Desk
) -> None:
    page = _page(make_shell(empty_office))
    assert not page.table.view.isVisible()
    assert page.summary.text() == ""
    assert not page.beside.isEnabled()


@pytest.mark.parametrize("kind", ["companies", "positions"])
def test_bringing_in_leads_to_the_import_page(shell: Shell, kind: str) -> None:
    page = _page(shell)
    page._bring(kind)
    opened = shell.current_page()
    assert isinstance(opened, ImportPage)
    assert opened.kind.currentData() == kind


def test_the_list_is_narrowed_by_kind_state_and_what_is_missing(shell: Shell) -> None:
    page = _page(shell)
    every = len(page.table.model.rows)
    page.kind.setCurrentIndex(page.kind.findData("제조"))
    assert set(_column(page, "유형")) == {"제조"}
    assert 0 < len(page.table.model.rows) < every
    page.state.setCurrentIndex(page.state.findData("selected"))
    assert page.table.model.rows == ()
    page.go_to(state="")
    assert len(page.table.model.rows) == every
    page.go_to(look="kind")
    assert len(page.table.model.rows) == sum(row.kind is None for row in companies.list_companies(shell.desk))
    page.go_to(find="없는 이름")
    assert page.table._proxy.rowCount() == 0


def test_the_search_finds_companies_and_their_positions(shell: Shell) -> None:
    position = positions.list_positions(shell.desk)[3]
    found = [one for one in shell._finder(position.name) if position.company_name in one.detail]
    found[0].act()
    page = shell.current_page()
    assert isinstance(page, CompaniesPage)
    assert page.beside.company == position.company
    assert isinstance(page.beside.tabs.currentWidget(), PositionsTab)
    shell._finder(position.company_name)[0].act()
    assert page.beside.company == position.company


def test_the_companys_answers_are_a_link_away(shell: Shell) -> None:
    page = _page(shell)
    page.table.view.selectRow(2)
    page._show_current()
    page.beside.open_survey()
    opened = shell.current_page()
    assert isinstance(opened, SurveyPage)


def test_the_list_is_shown_as_a_paper(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(PreviewDialog, "ask", lambda _context, wanted, *_: asked.append(wanted.document))
    _page(shell).print_list()
    assert asked == ["company-list"]


# --- the record


def test_walking_the_list_shows_each_company_beside_it(shell: Shell, qtbot: QtBot) -> None:
    page = _page(shell)
    page.table.view.setFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.beside.company == page.table.model.rows[1].row.id)
    assert page.beside.record.fields["name"].text() == page.table.model.rows[1].row.name


def test_a_record_is_edited_in_place_and_saved_by_key(shell: Shell) -> None:
    page = _page(shell)
    record, shown = page.beside.record, page.beside.company
    record.fields["employees"].setText("48명")
    assert record.save_button.isEnabled()
    QTest.keyClick(record.fields["employees"], Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert shown is not None
    kept = companies.read_company(shell.desk, shown)
    assert kept is not None
    assert (kept.employees, record.is_dirty, page.beside.company) == (48, False, shown)
    assert record.fields["employees"].text() == "48"


def test_a_wrong_number_is_named_while_it_is_typed_and_refused_on_saving(shell: Shell) -> None:
    record = _page(shell).beside.record
    assert record.number_error.isHidden()
    record.fields["business_number"].setText("124-81-00999")
    assert "검증번호" in record.number_error.text()
    record.fields["business_number"].setText("124-81")
    assert "10자리" in record.number_error.text()
    record.save()
    assert not record.notice.isHidden()
    assert record.is_dirty
    record.drop()
    assert (record.is_dirty, record.number_error.isHidden()) == (False, True)


def test_what_is_not_saved_keeps_its_company_beside(shell: Shell) -> None:
    page = _page(shell)
    shown = page.beside.company
    page.beside.record.fields["address"].setText("김해")
    page.table.view.selectRow(2)
    page._show_current()
    current = page.table.current()
    assert current is not None
    assert page.beside.company == shown == current.row.id
    assert "저장하지 않은" in page.beside.said.text()
    page.beside.record.save()
    page.table.view.selectRow(2)
    page._show_current()
    assert page.beside.company == page.table.model.rows[2].row.id
    assert page.beside.said.isHidden()


def test_somebody_elses_change_meanwhile_is_not_overwritten(shell: Shell) -> None:
    page = _page(shell)
    record, line = page.beside.record, page.table.model.rows[0]
    record.fields["address"].setText("김해")
    names = CompanyValues.__slots__
    values = {name: getattr(line.row, name) for name in names} | {
        "address": "진주",
        "kind": CompanyKind.SUPPLIER,
    }
    companies.edit_company(shell.desk, line.row.id, line.row.version, CompanyValues(**values))
    record.save()
    assert "다른 사람이" in record.notice._label.text()
    kept = companies.read_company(shell.desk, line.row.id)
    assert kept is not None
    assert kept.address == "진주"


def test_a_company_is_added_and_its_record_opened(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(dialog: CompanyDialog) -> None:
        dialog.name.setText("새움정밀")
        dialog.number.setText("220-81-62518")
        dialog.buttons.button(OK).click()
        assert not dialog.notice.isHidden()
        dialog.number.setText(NUMBER)

    page = _page(shell)
    _filled(monkeypatch, CompanyDialog, fill)
    page.add()
    assert page.beside.record.fields["name"].text() == "새움정밀"


# --- contacts


def test_contacts_are_added_changed_and_taken_away(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _page(shell)
    page.beside.open_tab("contacts")
    tab = page.beside.tabs.currentWidget()
    assert isinstance(tab, ContactsTab)

    def fill(dialog: ContactDialog) -> None:
        dialog.name.setText("최둘째")
        dialog.phone.setText("010-1234-5678")

    _filled(monkeypatch, ContactDialog, fill)
    tab.add()
    tab.table.view.selectRow(0)
    _filled(monkeypatch, ContactDialog, lambda dialog: dialog.part.setText("총무팀"))
    tab.edit()
    shown = page.beside.company
    assert shown is not None
    assert [(one.name, one.part) for one in contacts.list_contacts(shell.desk, shown)] == [
        ("최둘째", "총무팀")
    ]
    tab.table.view.selectRow(0)
    tab.remove()
    assert tab.table.model.rows == ()


# --- papers


def _first_state(tab: PapersTab) -> DocumentState:
    return tab.table.model.rows[0].state


def test_a_file_is_dropped_verified_and_taken_away(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(shell)
    page.beside.open_tab("papers")
    tab = page.beside.tabs.currentWidget()
    assert isinstance(tab, PapersTab)
    (tmp_path / "form.pdf").write_bytes(PDF)
    tab.table.view.selectRow(0)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "form.pdf"))])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tab.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, none))
    assert _first_state(tab) is DocumentState.SUBMITTED
    tab.set_state(DocumentState.VERIFIED)
    assert "1가지를 확인" in tab.summary.text()
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    tab.open()
    assert Path(opened[0].toLocalFile()).read_bytes() == PDF
    _answered(monkeypatch, "직인 없음")
    tab.send_back()
    assert _first_state(tab) is DocumentState.RETURNED
    tab.remove()
    assert _first_state(tab) is DocumentState.MISSING
    (tmp_path / "bad.exe").write_bytes(b"MZ" * 40)
    tab.take([tmp_path / "bad.exe"])
    assert not tab.notice.isHidden()


def test_a_checked_company_has_no_papers_left(shell: Shell) -> None:
    line = _page(shell).table.model.rows[0]
    for item in company_documents.checklist(shell.desk, line.row.id):
        if item.asked:
            kept = company_documents.attach(
                shell.desk,
                line.row.id,
                item.paper.key,
                ReceivedFile("a.pdf", PDF, "application/pdf"),
            )
            company_documents.set_state(shell.desk, kept, DocumentState.VERIFIED)
    page = _page(shell)
    assert _column(page, "남은 서류")[0] == "○"
    page.go_to(look="papers")
    assert line.row.id not in {one.row.id for one in page.table.model.rows}


# --- positions


def test_a_position_is_added_with_its_wage_told_below_the_minimum(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(shell)
    page.beside.open_tab("positions")
    tab = page.beside.tabs.currentWidget()
    assert isinstance(tab, PositionsTab)
    told: list[str] = []

    def fill(dialog: PositionDialog) -> None:
        dialog.name.setText("용접")
        dialog.seats.setValue(2)
        dialog.week.setText("40")
        dialog.wage.setText("협")
        dialog.buttons.button(OK).click()
        assert not dialog.notice.isHidden()
        dialog.wage.setText("200만원")
        told.append(dialog.warning.text())

    _filled(monkeypatch, PositionDialog, fill)
    tab.add()
    assert "최저임금" in told[0]
    tab.table.choose(lambda row: row.name == "용접")
    assert "최저임금" in tab.warning.text()
    _filled(monkeypatch, PositionDialog, lambda dialog: dialog.wage.setText("2,500,000"))
    tab.edit()
    tab.table.choose(lambda row: row.name == "용접")
    row = tab.table.current()
    assert row is not None
    assert (row.wage, row.seats, tab.warning.isHidden()) == (2_500_000, 2, True)


def test_a_position_is_closed_and_opened_again(shell: Shell) -> None:
    page = _page(shell)
    page.beside.open_tab("positions")
    tab = page.beside.tabs.currentWidget()
    assert isinstance(tab, PositionsTab)
    seats = page.table.model.rows[0].seats
    assert seats > 0
    tab.close_or_open()
    assert (tab.close_button.text(), page.table.model.rows[0].seats) == ("다시 모집", 0)
    tab.close_or_open()
    assert (tab.close_button.text(), page.table.model.rows[0].seats) == ("마감", seats)


def test_the_history_is_told_in_korean(shell: Shell) -> None:
    page = _page(shell)
    page.beside.record.fields["address"].setText("김해")
    page.beside.record.save()
    page.beside.open_tab("history")
    tab = page.beside.tabs.currentWidget()
    assert isinstance(tab, HistoryTab)
    columns = tab.table.model.columns
    newest = [columns[at].show(tab.table.model.rows[0]) for at in (2, 3)]
    assert newest[0] == "기업 기록 고침"
    assert "김해" in newest[1]


def test_whoever_may_not_edit_companies_only_looks(
    make_shell: Callable[[Desk], Shell], office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_rights", office._rights - {Right.EDIT_COMPANIES})
    page = _page(make_shell(office))
    assert not page.add_button.isEnabled()
    assert not page.beside.record.fields["name"].isEnabled()
    for key in ("contacts", "papers", "positions"):
        page.beside.open_tab(key)
        tab = page.beside.made[key]
        assert not tab.add_button.isEnabled()  # type: ignore[attr-defined]  # each of the three has one


def test_escape_leads_back_to_the_list_and_enter_into_the_record(shell: Shell) -> None:
    page = _page(shell)
    page.table.view.setFocus()
    page.table.opened.emit(page.table.current())
    assert page.beside.isAncestorOf(shell.focusWidget())
    QTest.keyClick(shell.focusWidget(), Qt.Key.Key_Escape)
    assert shell.focusWidget() is page.table.view


@pytest.mark.parametrize("percent", [100, 150])
def test_the_page_fits_a_small_screen(shell: Shell, at_size: Callable[[int], None], percent: int) -> None:
    at_size(percent)
    page = _page(shell)
    assert page.minimumSizeHint().width() <= 1366 - 150


def test_guests_see_no_names_in_any_tab(shell: Shell) -> None:
    row = companies.list_companies(shell.desk)[0]
    contacts.add_contact(
        shell.desk,
        row.id,
        ContactValues("최둘째", phone="010-1234-5678", email="choi@example.com", memo="최둘째 부재"),
    )
    company_documents.attach(shell.desk, row.id, "pledge", ReceivedFile("최둘째.pdf", PDF, "application/pdf"))
    page = _page(shell)
    shell._on_guests()
    for key, tab in page.beside.made.items():
        page.beside.open_tab(key)
        told = [
            cell
            for table in tab.findChildren(Table)
            for line in table.model.rows
            for cell in (column.show(line) for column in table.model.columns)
        ]
        told += [field.text() for field in tab.findChildren(QLineEdit)]
        for secret in ("최둘째", "010-1234-5678", "choi@", row.contact or "", row.representative or ""):
            assert not [cell for cell in told if secret and secret in cell], key
