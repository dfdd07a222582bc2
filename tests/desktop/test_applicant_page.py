"""One applicant's page: opened from the list, everything in one place, left with Esc."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from regional_desk.desktop.people.applicant import TABS, ApplicantPage
from regional_desk.desktop.people.consent_dialog import ConsentDialog
from regional_desk.desktop.people.consents_tab import ConsentsTab
from regional_desk.desktop.people.contact_tab import ContactTab
from regional_desk.desktop.people.documents_tab import DocumentsTab
from regional_desk.desktop.people.eligibility_tab import EligibilityTab
from regional_desk.desktop.people.merge_dialog import MergeDialog
from regional_desk.desktop.people.page import PeoplePage
from regional_desk.desktop.people.record_tabs import HistoryTab, ScreeningTab, StudiesTab
from regional_desk.desktop.reason_dialog import Answer as Reason
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.applicants import ConsentState, DocumentState
from regional_desk.domain.eligibility import Answer
from regional_desk.domain.recruitment import Stage
from regional_desk.services.importing import imports
from regional_desk.services.recruitment import applicant_documents, consents, eligibility, merging, people
from regional_desk.store.people import PersonRow, person


def _open(shell: Shell, row: PersonRow, tab: str | None = None) -> ApplicantPage:
    shell.open_page("people", person=row.id, tab=tab or "contact")
    page = shell.current_page()
    assert isinstance(page, PeoplePage)
    assert page.rooms.currentWidget() is page.applicant
    return page.applicant


@pytest.fixture
def waiting(shell: Shell) -> PersonRow:
    """Somebody at 접수, young enough."""
    row = next(row for row in people.list_people(shell.desk) if row.stage == Stage.APPLIED)
    with shell.desk.store.write() as connection:
        connection.execute(sa.update(person).where(person.c.id == row.id).values(birth=dt.date(1999, 3, 5)))
    return row


def test_enter_opens_the_person_and_escape_leads_back(shell: Shell) -> None:
    shell.open_page("people")
    shell.activateWindow()
    page = shell.current_page()
    assert isinstance(page, PeoplePage)
    page.table.view.selectRow(2)
    row = page.table.current()
    assert row is not None
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    assert page.rooms.currentWidget() is page.applicant
    assert page.applicant.name.text() == row.name
    QTest.keyClick(page.applicant.tabs.tabBar(), Qt.Key.Key_Escape)
    assert page.rooms.currentIndex() == 0
    assert page.table.current() == row


def test_every_tab_shows_a_trainee_without_a_refusal(shell: Shell) -> None:
    row = next(row for row in people.list_people(shell.desk) if row.stage == Stage.ENROLLED)
    for key in TABS:
        page = _open(shell, row, key)
        assert page.made[key].notice.text() == ""
    studies, history, screening = (page.made[key] for key in ("studies", "history", "screening"))
    assert isinstance(studies, StudiesTab)
    assert [one.row.name for one in studies.courses.model.rows] == ["Track1 3기"]
    assert isinstance(history, HistoryTab)
    assert "application.stage" in {line.action for line in history.table.model.rows}
    assert isinstance(screening, ScreeningTab)
    assert [step.stage for _, step in screening.table.model.rows] == ["enrolled", "selected", "applied"]


def test_guests_read_nothing_that_names_the_person(shell: Shell, waiting: PersonRow) -> None:
    eligibility.answer(shell.desk, waiting.id, "residence", Answer.NO, memo=f"{waiting.name} 등본")
    page = _open(shell, waiting, "eligibility")
    shell._on_guests()
    tab = page.made["eligibility"]
    assert isinstance(tab, EligibilityTab)
    shown = [label.text() for label in tab.reasons.values()] + [row.memo.text() for row in tab.rows.values()]
    assert all(waiting.name not in text and "1999" not in text for text in shown)
    assert page.name.text() != waiting.name
    assert not tab.decide_button.isEnabled()
    page.tabs.setCurrentWidget(page.made["contact"])
    contact = page.made["contact"]
    assert isinstance(contact, ContactTab)
    assert "****" in contact.fields["phone"].text()
    assert not contact.fields["phone"].isEnabled()


def test_a_contact_is_saved_and_a_bad_number_refused(shell: Shell, waiting: PersonRow) -> None:
    page = _open(shell, waiting)
    tab = page.made["contact"]
    assert isinstance(tab, ContactTab)
    tab.fields["phone"].setText("전화 없음")
    tab.save()
    assert "저장하지 않았습니다" in tab.notice.text()
    tab.fields["phone"].setText("010-5550-1234")
    tab.fields["account"].setText("302-1234-5678-91")
    assert tab.is_dirty
    tab.save()
    row = people.read_person(shell.desk, waiting.id)
    assert row is not None
    assert (row.phone, row.account_tail, row.account_hold) == ("01055501234", "7891", "계좌가 바뀜")
    assert not tab.is_dirty


def test_what_was_typed_is_told_of_once_before_it_is_left(shell: Shell, waiting: PersonRow) -> None:
    page = _open(shell, waiting)
    tab = page.made["contact"]
    assert isinstance(tab, ContactTab)
    tab.fields["email"].setText("new@example.com")
    page.leave()
    assert page.isVisible()
    assert "저장하지 않은" in page.said.text()
    page.leave()
    assert not page.isVisible()
    row = people.read_person(shell.desk, waiting.id)
    assert row is not None
    assert row.email == waiting.email


def test_conditions_are_answered_and_decided_on_the_page(shell: Shell, waiting: PersonRow) -> None:
    page = _open(shell, waiting, "eligibility")
    tab = page.made["eligibility"]
    assert isinstance(tab, EligibilityTab)
    tab.decide()
    assert "아직 모르는 것이 4가지" in tab.notice.text()
    for row in tab.rows.values():
        row.memo.setText("신청서")
        row.answer.setCurrentIndex(row.answer.findData(Answer.YES))
        row.answer.activated.emit(row.answer.currentIndex())
    assert tab.verdict.text() == "○ 적격"
    tab.decide()
    assert eligibility.case_of(shell.desk, waiting.id).stage is Stage.ELIGIBLE
    assert "자격확인" in page.state.text()


def _first(tab: DocumentsTab) -> str:
    return tab.table.model.rows[0].state


def test_files_are_kept_verified_sent_back_and_taken_away(
    shell: Shell, waiting: PersonRow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _open(shell, waiting, "documents")
    tab = page.made["documents"]
    assert isinstance(tab, DocumentsTab)
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(b"%PDF-1.7\n")
    bad.write_bytes(b"MZ")
    tab.take([bad])
    assert "확장자가 아니라 내용" in tab.notice.text()
    tab.take([good])
    assert _first(tab) == DocumentState.SUBMITTED
    tab.set_state(DocumentState.VERIFIED)
    assert _first(tab) == DocumentState.VERIFIED
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Reason("서명 없음"))
    tab.send_back()
    assert _first(tab) == DocumentState.RETURNED
    tab.remove()
    assert applicant_documents.checklist(shell.desk, waiting.id)[0].files == ()


def test_a_consent_is_recorded_and_withdrawn(
    shell: Shell, waiting: PersonRow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _open(shell, waiting, "consents")
    tab = page.made["consents"]
    assert isinstance(tab, ConsentsTab)
    dialog = ConsentDialog(shell.desk, waiting.id, tab.table.model.rows[0].item, tab)
    qtbot.addWidget(dialog)
    dialog.version.setText("")
    dialog.save()
    assert "어느 판" in dialog.message.text()
    dialog.version.setText("2026-1")
    dialog.save()
    assert tab.table.model.rows[0].state is ConsentState.GIVEN
    answer = Reason("전화로 철회", dt.date(2026, 8, 31))
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: answer)
    tab.withdraw()
    assert consents.overview(shell.desk, waiting.id)[0].state is ConsentState.WITHDRAWN


@pytest.fixture
def twins(shell: Shell, tmp_path: Path) -> tuple[UUID, UUID]:
    """Two records of one person, the second misspelt."""
    sheet = tmp_path / "twins.csv"
    lines = ["성명,생년월일,연락처", "한가람,1998-04-02,", "한가림,1998-04-02,01055501234"]
    sheet.write_text("\n".join(lines), encoding="utf-8")
    imports.commit(shell.desk, imports.open_file(shell.desk, "applicants", sheet))
    first, second = (people.find_person(shell.desk, f"{name} 1998-04-02") for name in ("한가람", "한가림"))
    return first, second


def test_two_records_are_merged_from_their_preview(
    shell: Shell, twins: tuple[UUID, UUID], qtbot: QtBot
) -> None:
    dialog = MergeDialog(shell.context, twins[0], None)
    qtbot.addWidget(dialog)
    assert "남김: 한가람" in dialog.told.text()
    assert not dialog.merge_button.isEnabled()
    dialog.swap()
    assert "남김: 한가림" in dialog.told.text()
    dialog.swap()
    dialog.reason.setText("본인 전화로 확인")
    dialog.merge_button.click()
    assert dialog.merged == twins[0]
    row = people.read_person(shell.desk, twins[1])
    assert row is not None
    assert (row.id, row.phone) == (twins[0], "01055501234")


def test_a_merge_is_taken_back_on_the_page_of_the_kept_one(
    shell: Shell, twins: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = twins
    merging.merge(shell.desk, kept, gone, "같은 사람")
    row = people.read_person(shell.desk, kept)
    assert row is not None
    page = _open(shell, row)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Reason("다른 사람"))
    from regional_desk.services.recruitment import dossier

    (merged,) = dossier.merged_records(shell.desk, kept)
    page.part(merged)
    assert page.said.text() == "● 모두 제자리로 되돌렸습니다."
    assert {kept, gone} <= {row.id for row in people.list_people(shell.desk)}


def test_a_record_to_look_at_is_settled(
    shell: Shell, twins: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = people.read_person(shell.desk, twins[1])
    assert row is not None
    assert row.review is not None
    page = _open(shell, row)
    assert page.review_button.isVisible()
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Reason("형제임"))
    page.settle()
    row = people.read_person(shell.desk, twins[1])
    assert row is not None
    assert row.review is None
    assert not page.review_button.isVisible()


def test_everybody_clear_is_moved_from_the_list(shell: Shell, waiting: PersonRow, qtbot: QtBot) -> None:
    for condition in eligibility.shipped_terms()[0].conditions:
        eligibility.answer(shell.desk, waiting.id, condition, Answer.YES)
    shell.open_page("people")
    page = shell.current_page()
    assert isinstance(page, PeoplePage)
    page.decide_button.click()
    qtbot.waitUntil(page.clear_bar.isVisible)
    assert "적격 1명" in page.clear_bar.told.text()
    page.clear_bar.act_button.click()
    qtbot.waitUntil(page.clear_bar.isHidden)
    assert page.stages.tiles[Stage.ELIGIBLE].text().startswith("자격확인 1")
