"""참여기업 선정 on a real window: applications, goals, typing points, the ranking and the decision."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from regional_desk.desktop.companies.applications_pane import ApplicationsPane
from regional_desk.desktop.companies.apply_dialog import ApplyDialog
from regional_desk.desktop.companies.company_rater_dialog import CompanyRaterDialog
from regional_desk.desktop.companies.goal_dialog import GoalDialog
from regional_desk.desktop.companies.page import CompaniesPage
from regional_desk.desktop.companies.ranking_pane import RankingPane
from regional_desk.desktop.companies.rating_pane import RatingPane
from regional_desk.desktop.companies.selection_page import CompanySelectionPage
from regional_desk.desktop.imports.page import ImportPage
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.screening.sheet_grid import NAMES
from regional_desk.desktop.screening.tie_dialog import TieAnswer, TieDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.companies import read_companies
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_selection import ParticipationState
from regional_desk.domain.rights import Role
from regional_desk.services.companies import (
    company_raters,
    company_rating,
    company_selection,
    participations,
)
from regional_desk.services.companies.company_rating import CompanyPoints
from regional_desk.services.desk import Desk
from regional_desk.services.papers.making import Wanted
from regional_desk.services.safety import accounts

KIND = CompanyKind.MANUFACTURER
DAY = dt.date(2026, 8, 3)
KEYS = ("competence", "appeal", "linkage")


@pytest.fixture
def applied(desk: Desk) -> tuple[UUID, ...]:
    """Four manufacturers applied on the same day; the signed-in person and 한외부 rate."""
    rows = [row for row in participations.without_application(desk) if row.kind == KIND.value][:4]
    made = participations.apply(desk, [row.id for row in rows], DAY)
    company_raters.add_rater(desk, login=desk.actor.login)
    company_raters.add_rater(desk, "한외부")
    return made


def page_of(shell: Shell, tab: str) -> CompanySelectionPage:
    shell.open_page("company_selection", tab=tab, kind=KIND)
    page = shell.current_page()
    assert isinstance(page, CompanySelectionPage)
    return page


def applications(shell: Shell) -> ApplicationsPane:
    pane = page_of(shell, "applications").panes["applications"]
    assert isinstance(pane, ApplicationsPane)
    return pane


def sheets(shell: Shell) -> RatingPane:
    pane = page_of(shell, "sheets").panes["sheets"]
    assert isinstance(pane, RatingPane)
    return pane


def ranked(shell: Shell) -> RankingPane:
    pane = page_of(shell, "selection").panes["selection"]
    assert isinstance(pane, RankingPane)
    return pane


def rate_all(desk: Desk, *tenths: int) -> None:
    """Every sheet filled with these, one a company, and done; the goal is two."""
    company_selection.set_goal(desk, KIND, 2, 60_000)
    for row in company_raters.list_raters(desk):
        lines = company_rating.sheet(desk, row.id, KIND).rows
        points = [
            CompanyPoints(line.row.id, key, given)
            for line, given in zip(lines, tenths, strict=True)
            for key in KEYS
        ]
        company_rating.rate(desk, row.id, points)
        company_rating.declare_done(desk, row.id)


def states(desk: Desk) -> list[str]:
    return [row.state.label for row in participations.list_participations(desk)]


def type_in(view: QWidget, text: str, key: Qt.Key) -> None:
    """Keys as a person types them: the first opens the editor, the others go into it."""
    QTest.keyClicks(view, text[0])
    editor = view.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, key)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the editor is gone


def test_the_companies_page_leads_there_and_back(shell: Shell) -> None:
    shell.open_page("companies")
    page = shell.current_page()
    assert isinstance(page, CompaniesPage)
    next(one for one in page.findChildren(QPushButton) if one.text() == "참여기업 선정").click()
    assert isinstance(shell.current_page(), CompanySelectionPage)
    found = page_of(shell, "applications")
    assert "목표 기업 수를 먼저" in found.state.text()
    next(one for one in found.findChildren(QPushButton) if one.text() == "기업 →").click()
    assert shell.current_page() is page


def test_the_companies_marked_apply(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    pane = applications(shell)
    assert not pane.table.model.rows
    dialog = ApplyDialog(None, shell.context, KIND)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok.isEnabled()
    first = dialog.companies.item(0)
    dialog.wanted.setText(first.text().split("   ")[1])
    dialog._mark_shown(Qt.CheckState.Checked)
    assert dialog.chosen() == [first.data(Qt.ItemDataRole.UserRole)]
    dialog.memo.setText("우편으로 받음")
    dialog.save()
    assert [(row.company, row.memo) for row in pane.table.model.rows] == [
        (dialog.chosen()[0], "우편으로 받음")
    ]
    again = ApplyDialog(None, shell.context, KIND)
    qtbot.addWidget(again)
    assert again.companies.count() == dialog.companies.count() - 1


def test_a_refused_application_leaves_the_marks(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    dialog = ApplyDialog(None, shell.context, KIND)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.companies.item(0).setCheckState(Qt.CheckState.Checked)
    participations.apply(desk, dialog.chosen())  # at another desk meanwhile
    dialog.save()
    assert "아무것도 받지 않았습니다" in dialog.notice.text()
    assert len(dialog.chosen()) == 1


def test_the_goal_is_set_with_the_proposed_line_and_its_source(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    dialog = GoalDialog(None, shell.context, KIND)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.line.text() == "60"
    for text in ("", "서른", "-1"):
        dialog.companies.setText(text)
        dialog.save()
        assert "숫자를 적어" in dialog.notice.text()
    dialog.companies.setText("30")
    dialog.line.setText("101")
    dialog.save()
    assert "만점(100점)" in dialog.notice.text()
    dialog.line.setText("")
    dialog.save()
    now = company_selection.progress(desk)[0]
    assert (now.goal, now.pass_score) == (30, None)
    assert "목표 30곳 가운데 0곳 · 합격선 없음" in applications(shell).head.text()


def test_points_are_saved_with_enter_and_the_cursor_goes_down(
    shell: Shell, desk: Desk, applied: tuple[UUID, ...]
) -> None:
    pane = sheets(shell)
    view = pane.view
    view.setFocus()
    assert (view.currentIndex().row(), view.currentIndex().column()) == (0, NAMES)
    assert "스마트제조 역량" in pane.where.text()
    type_in(view, "8.5", Qt.Key.Key_Return)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, NAMES)
    assert company_rating.sheet(desk, company_raters.find_rater(desk, None).id, KIND).rows[0].points[0] == 85
    type_in(view, "11", Qt.Key.Key_Return)
    assert "만점(10점)" in pane.notice.text()
    assert view.model().index(1, NAMES).data() == ""


def test_a_block_from_excel_is_pasted_and_emptied(
    shell: Shell, desk: Desk, applied: tuple[UUID, ...]
) -> None:
    pane = sheets(shell)
    view = pane.view
    QApplication.clipboard().setText("8\t9\t10\n7.5\t6\t5\n")
    view.setCurrentIndex(view.model().index(0, NAMES))
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert view.model().index(0, NAMES + 3).data() == "89.000"  # 40 · 0.8 + 30 · 0.9 + 30
    assert pane.progress.text() == "4곳 가운데 2곳 적음"
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert view.model().index(1, NAMES).data() == ""
    assert view.model().index(1, NAMES + 3).data() == "–"


def test_somebody_elses_open_sheet_is_not_shown(shell: Shell, desk: Desk, applied: tuple[UUID, ...]) -> None:
    accounts.add_user(desk, "lee", "이평가", [Role.INTERNSHIP], "second-rater-1")
    company_raters.add_rater(desk, login="lee")
    pane = sheets(shell)
    pane.raters.choose(lambda row: row.name == "이평가")
    assert pane.model.sheet is None
    assert not pane.view.isVisible()
    assert "모두 마감한 뒤" in pane.head.text()


def test_a_sheet_is_done_and_opened_again_with_a_reason(
    shell: Shell, desk: Desk, applied: tuple[UUID, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = sheets(shell)
    pane.done_button.click()
    assert "마감하지 않았습니다" in pane.notice.text()
    pane.write([(row, at, "8") for row in range(4) for at in range(3)])
    pane.done_button.click()
    assert pane.progress.text() == "✔ 마감"
    assert not pane.model.flags(pane.model.index(0, NAMES)) & Qt.ItemFlag.ItemIsEditable
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("한 칸을 잘못 적음"))
    pane.reopen_button.click()
    assert pane.progress.text() == "4곳 가운데 4곳 적음"


def test_a_rater_is_added_in_the_form_and_taken_off(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    dialog = CompanyRaterDialog(None, shell.context)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.save()
    assert "이름을 적어" in dialog.notice.text()
    dialog.name.setText("최외부")
    dialog.save()
    pane = sheets(shell)
    current = pane.raters.current()
    assert current is not None
    assert current.name == "최외부"
    pane.remove_button.click()
    assert company_raters.list_raters(desk) == ()


def test_the_file_of_points_is_brought_in_from_here(shell: Shell, applied: tuple[UUID, ...]) -> None:
    sheets(shell).bring.click()
    page = shell.current_page()
    assert isinstance(page, ImportPage)


def test_what_keeps_a_decision_back_is_said(shell: Shell, applied: tuple[UUID, ...]) -> None:
    pane = ranked(shell)
    assert "목표 기업 수를 정하지" in pane.head.text()
    assert "평가표를 마감하지 않았습니다: 한외부" in pane.head.text()
    pane.decide_button.click()
    assert "선정을 정하지 않았습니다" in pane.notice.text()


def test_the_decision_is_previewed_made_and_taken_back(
    shell: Shell, desk: Desk, applied: tuple[UUID, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    rate_all(desk, 90, 80, 70, 50)
    pane = ranked(shell)
    assert "미리보기(목표 2곳, 합격선 60점): 선정 2 · 예비 1 · 미선정 1" in pane.head.text()
    assert states(desk) == ["신청"] * 4
    pane.decide_button.click()
    assert states(desk) == ["선정", "선정", "예비", "미선정"]
    assert "정해짐" in pane.head.text()
    assert not pane.decide_button.isEnabled()
    assert page_of(shell, "selection").state.text() == "● 목표 2곳 선정"
    sheet = sheets(shell)
    sheet.raters.choose(lambda row: row.user_id is None)
    assert "[선정]" in str(sheet.model.index(0, 1).data())
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("배점 착오"))
    ranked(shell).cancel_button.click()
    assert states(desk) == ["신청"] * 4


def test_a_decision_against_the_ranking_asks_why_and_is_marked(
    shell: Shell, desk: Desk, applied: tuple[UUID, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    rate_all(desk, 90, 80, 70, 50)
    pane = ranked(shell)
    pane.against_button.click()
    assert "먼저 고르십시오" in pane.notice.text()
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("군 지역에 하나뿐"))
    pane.table.choose(lambda one: one.rank == 4)
    pane.against_button.click()
    assert "합격선" in pane.notice.text()
    pane.table.choose(lambda one: one.rank == 3)
    pane.against_button.click()
    note = pane.table.model.columns[-1].show(pane.table.model.rows[2])
    assert note == "≠ 순위대로면 예비: 군 지역에 하나뿐"
    pane.table.choose(lambda one: one.rank == 3)
    pane.against_button.click()  # once more: as the ranking says
    assert pane.table.model.rows[2].state is ParticipationState.RESERVE
    pane.against_button.click()
    pane.decide_button.click()
    assert states(desk) == ["선정", "예비", "선정", "미선정"]


def test_a_tie_is_put_in_order_by_a_person(
    shell: Shell, desk: Desk, applied: tuple[UUID, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    rate_all(desk, 90, 80, 80, 50)
    pane = ranked(shell)
    assert "사람이 정할 동점 1건" in pane.head.text()
    order = (applied[2], applied[1])
    monkeypatch.setattr(TieDialog, "ask", lambda *_args: TieAnswer(order, "전환 계획"))
    pane.ties_button.click()
    pane.decide_button.click()
    assert states(desk) == ["선정", "예비", "선정", "미선정"]


def test_a_withdrawal_says_who_moves_up_and_an_empty_seat_takes_the_next(
    shell: Shell, desk: Desk, applied: tuple[UUID, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    rate_all(desk, 90, 80, 70, 65)
    company_selection.decide(desk, KIND)
    pane = applications(shell)
    pane.withdraw_button.click()
    assert "먼저 고르십시오" in pane.notice.text()
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, sentence: str, **_named: object) -> Answer:
        asked.append(sentence)
        return Answer("경영 사정")

    monkeypatch.setattr(ReasonDialog, "ask", ask)
    pane.table.choose(lambda row: row.id == applied[0])
    pane.withdraw_button.click()
    assert "예비 1번" in asked[0]
    assert states(desk) == ["철회", "선정", "선정", "예비"]
    ranking = ranked(shell)
    assert not ranking.promote_button.isEnabled()
    company_selection.set_goal(desk, KIND, 3, 60_000)
    ranking = ranked(shell)
    ranking.table.choose(lambda one: one.row.id == applied[3])
    ranking.promote_button.click()
    assert states(desk) == ["철회", "선정", "선정", "선정"]


def test_the_papers_open_from_here(
    shell: Shell, desk: Desk, applied: tuple[UUID, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    rate_all(desk, 90, 80, 70, 50)
    asked: list[str] = []

    def ask(_context: object, wanted: Wanted, _title: str) -> None:
        asked.append(wanted.document)

    monkeypatch.setattr(PreviewDialog, "ask", ask)
    pane = ranked(shell)
    for button in pane.papers:
        button.click()
    assert asked == ["company-tally", "company-selection-notice", "company-selection-letter"]


def test_today_counts_what_waits(desk: Desk, applied: tuple[UUID, ...]) -> None:
    def titles() -> list[str]:
        return [one.title for one in read_companies(desk)]

    assert titles() == ["내 기업 평가표 마감 전", "제조기업 목표 없음"]
    company_selection.set_goal(desk, KIND, 2, 60_000)
    assert titles() == ["내 기업 평가표 마감 전", "제조기업 평가 중"]
    rate_all(desk, 90, 80, 70, 50)
    assert titles() == ["제조기업 선정 전"]
    company_selection.decide(desk, KIND)
    assert titles() == []
    company_selection.set_goal(desk, KIND, 3, 60_000)
    assert titles() == ["제조기업 자리 빔"]
