"""심사·선발 on a real window: terms, criteria, typing points, the decision, and what guests see of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.screening import result_pane
from regional_desk.desktop.screening.criteria_pane import CriteriaPane, StandardsTable
from regional_desk.desktop.screening.day_dialog import DayDialog
from regional_desk.desktop.screening.page import ScreeningPage
from regional_desk.desktop.screening.rater_dialog import RaterDialog
from regional_desk.desktop.screening.result_pane import ResultPane
from regional_desk.desktop.screening.round_dialog import RoundDialog
from regional_desk.desktop.screening.rounds_pane import RoundsPane
from regional_desk.desktop.screening.selection_pane import SelectionPane
from regional_desk.desktop.screening.sheet_grid import NAMES, pasted_cells
from regional_desk.desktop.screening.sheets_pane import SheetsPane
from regional_desk.desktop.screening.tie_dialog import TieAnswer, TieDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Role
from regional_desk.domain.rounds import Goal
from regional_desk.domain.screening import Step
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import ranking, rating, rounds, screening, selection
from regional_desk.services.recruitment.rating import Points
from regional_desk.services.recruitment.screening import Standard
from regional_desk.services.safety import accounts
from regional_desk.store.people import application

TRACK = Track.TRACK1
STANDARDS = (
    Standard(Step.PAPERS, "경험", 10, 40),
    Standard(Step.INTERVIEW, "의사소통", 10, 30),
    Standard(Step.INTERVIEW, "의지", 10, 30),
)


@pytest.fixture
def in_round(desk: Desk) -> UUID:
    """Four eligible applicants in a round with criteria; the signed-in person reads papers, 한외부 interviews."""
    made = rounds.add_round(desk, dt.date(2026, 1, 1), dt.date(2026, 8, 31), (Goal(TRACK, 1, 1),)).row.id
    with desk.store.write() as connection:
        found = connection.execute(
            sa.select(application.c.id).where(application.c.stage == "applied").limit(4)
        ).scalars()
        connection.execute(
            sa.update(application)
            .where(application.c.id.in_(list(found)))
            .values(round_id=made, eligible=True, track=TRACK.value)
        )
    screening.set_criteria(desk, made, TRACK, STANDARDS)
    screening.add_rater(desk, made, Step.PAPERS, login=desk.actor.login)
    screening.add_rater(desk, made, Step.INTERVIEW, "한외부")
    return made


@pytest.fixture
def guests_gone(shell: Shell) -> Iterator[Shell]:
    """A window whose guests leave with the test."""
    yield shell
    if shell.guests:
        shell._on_guests()


def page_of(shell: Shell, tab: str) -> ScreeningPage:
    shell.open_page("screening", tab=tab)
    page = shell.current_page()
    assert isinstance(page, ScreeningPage)
    return page


def sheets(shell: Shell, step: Step) -> SheetsPane:
    pane = page_of(shell, "sheets").panes["sheets"]
    assert isinstance(pane, SheetsPane)
    pane.raters.choose(lambda row: row.step == step.value)
    return pane


def rate_all(desk: Desk, round_id: UUID, *papers: int) -> None:
    for row in screening.list_raters(desk, round_id):
        shown = rating.sheet(desk, row.id, TRACK)
        points = papers if row.step == Step.PAPERS else (80,) * len(shown.rows)  # tenths, one an applicant
        rating.rate(
            desk,
            row.id,
            [
                Points(line.candidate.id, one.id, given)
                for line, given in zip(shown.rows, points, strict=True)
                for one in shown.measures
            ],
        )
        rating.declare_done(desk, row.id)


def selected(shell: Shell) -> SelectionPane:
    pane = page_of(shell, "selection").panes["selection"]
    assert isinstance(pane, SelectionPane)
    return pane


def put(table: StandardsTable, row: int, column: int, text: str) -> None:
    """Type into a line of the criteria."""
    table.model().setData(table.model().index(row, column), text)


def type_in(view: QWidget, text: str, key: Qt.Key) -> None:
    """Keys as a person types them: the first opens the editor, the others go into it."""
    QTest.keyClicks(view, text[0])
    editor = view.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, key)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the editor is gone


def test_without_a_round_the_page_says_how_to_begin(shell: Shell) -> None:
    for tab in ("rounds", "criteria", "sheets", "selection", "result"):
        page = page_of(shell, tab)
        assert "[새 차수]" in page.state.text()
        assert not page.panes[tab].notice.isVisible()


def test_a_round_is_made_in_its_form(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    dialog = RoundDialog(None, shell.context)
    qtbot.addWidget(dialog)
    dialog.goals[TRACK][0].setText("20")
    dialog.line.setText("육십")
    dialog.save()
    assert dialog.made is None
    assert "합격선" in dialog.notice._label.text()
    assert rounds.list_rounds(desk) == ()
    dialog.line.setText("60.5")
    dialog.rules.setCurrentRow(1)
    dialog.move_rule(-1)
    dialog.rules.item(3).setCheckState(Qt.CheckState.Unchecked)
    dialog.save()
    row = rounds.list_rounds(desk)[0]
    assert (row.pass_score, row.tie_order) == (605, ["papers", "interview", "received"])
    assert row.id == dialog.made
    page = page_of(shell, "rounds")
    pane = page.panes["rounds"]
    assert isinstance(pane, RoundsPane)
    assert "합격선 60.5점" in pane.about.text()
    assert [one.places for one in pane.table.model.rows] == [20]


def test_a_round_that_changed_keeps_its_terms_in_the_form(
    shell: Shell, desk: Desk, in_round: UUID, qtbot: QtBot
) -> None:
    dialog = RoundDialog(None, shell.context, rounds.detail(desk, in_round))
    qtbot.addWidget(dialog)
    assert dialog.goals[TRACK][0].text() == "1"
    names = [dialog.rules.item(at).text() for at in range(dialog.rules.count())]
    assert "'의사소통' 점수" in names
    dialog.goals[TRACK][1].setText("3")
    dialog.save()
    assert rounds.detail(desk, in_round).track(TRACK).reserves == 3


def test_criteria_are_typed_and_their_weights_told(shell: Shell, desk: Desk, in_round: UUID) -> None:
    pane = page_of(shell, "criteria").panes["criteria"]
    assert isinstance(pane, CriteriaPane)
    assert "= 100 ✔" in pane._sum.text()
    table = pane.tables[Step.PAPERS]
    put(table, 0, 2, "30")
    assert "= 90 ! 100이 아님 · 아직 저장하지 않음" in pane._sum.text()
    pane.save()
    assert "합이 90" in pane.notice.text()
    assert table.model().index(0, 2).data() == "30"  # what was typed stays
    pane._add(table)
    put(table, 1, 0, "자격증")
    put(table, 1, 2, "10")
    pane.save()
    found = [(row.name, row.weight) for row in screening.list_criteria(desk, in_round, TRACK)]
    assert found[:2] == [("경험", 30), ("자격증", 10)]
    put(table, 1, 2, "열")
    pane.save()
    assert "자연수" in pane.notice.text()


def test_points_are_saved_with_enter_and_the_cursor_goes_down(
    shell: Shell, desk: Desk, in_round: UUID
) -> None:
    pane = sheets(shell, Step.INTERVIEW)
    view = pane.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, NAMES))
    type_in(view, "8.5", Qt.Key.Key_Return)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, NAMES)
    row = next(one for one in screening.list_raters(desk, in_round) if one.step == Step.INTERVIEW)
    assert rating.sheet(desk, row.id, TRACK).rows[0].points == (85, None)
    type_in(view, "9", Qt.Key.Key_Tab)
    assert rating.sheet(desk, row.id, TRACK).rows[1].points == (90, None)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, NAMES + 1)


def test_enter_at_the_last_applicant_goes_to_the_next_criterion(shell: Shell, in_round: UUID) -> None:
    view = sheets(shell, Step.INTERVIEW).view
    last = view.model().rowCount() - 1
    view.setCurrentIndex(view.model().index(last, NAMES))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (0, NAMES + 1)
    view.setCurrentIndex(view.model().index(last, NAMES + 1))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.currentIndex().row() == last


def test_points_over_the_most_are_refused_and_the_cell_keeps_what_it_had(
    shell: Shell, desk: Desk, in_round: UUID
) -> None:
    pane = sheets(shell, Step.INTERVIEW)
    pane.write([(0, 0, "7")])
    pane.write([(0, 0, "11")])
    assert "만점(10점)" in pane.notice.text()
    assert pane.model.index(0, NAMES).data() == "7"
    pane.write([(0, 0, "일곱")])
    assert "점수가 아닙니다" in pane.notice.text()


def test_a_block_from_excel_is_pasted_and_emptied(shell: Shell, desk: Desk, in_round: UUID) -> None:
    pane = sheets(shell, Step.INTERVIEW)
    view = pane.view
    QApplication.clipboard().setText("8\t9\t10\n7.5\t6\n")
    view.setCurrentIndex(view.model().index(0, NAMES))
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    shown = [view.model().index(row, column).data() for row in (0, 1) for column in (NAMES, NAMES + 1)]
    assert shown == ["8", "9", "7.5", "6"]
    assert view.model().index(0, NAMES + 2).data() == "51.000"  # 30 · 0.8 + 30 · 0.9
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert view.model().index(1, NAMES).data() == ""


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1\t2\r\n3\t4\r\n", [(2, 1, "1"), (3, 1, "3")]),
        ("5", [(2, 1, "5")]),
        ("1\n2\n3", [(2, 1, "1"), (3, 1, "2")]),
    ],
)
def test_what_hangs_over_the_edge_of_the_sheet_is_left_out(
    text: str, cells: list[tuple[int, int, str]]
) -> None:
    assert pasted_cells(text, 2, 1, 4, 2) == cells


def test_somebody_elses_open_sheet_is_not_shown(shell: Shell, desk: Desk, in_round: UUID) -> None:
    accounts.add_user(desk, "lee", "이심사", [Role.TRAINING], "second-rater-1")
    screening.add_rater(desk, in_round, Step.PAPERS, login="lee")
    pane = sheets(shell, Step.PAPERS)
    pane.raters.choose(lambda row: row.name == "이심사")
    assert pane.model.sheet is None
    assert not pane.view.isVisible()
    assert "모두 마감한 뒤" in pane.head.text()


def test_a_sheet_is_declared_done_and_opened_again_with_a_reason(
    shell: Shell, desk: Desk, in_round: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = sheets(shell, Step.PAPERS)
    pane.done_button.click()
    assert "마감하지 않았습니다" in pane.notice.text()
    pane.write([(row, 0, "8") for row in range(4)])
    pane.done_button.click()
    assert pane.progress.text() == "✔ 마감"
    assert not pane.model.flags(pane.model.index(0, NAMES)) & Qt.ItemFlag.ItemIsEditable
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("한 칸을 잘못 적음"))
    pane.reopen_button.click()
    assert "4명 가운데 4명 적음" in pane.progress.text()


def test_a_rater_is_added_in_the_form_and_taken_off(
    shell: Shell, desk: Desk, in_round: UUID, qtbot: QtBot
) -> None:
    dialog = RaterDialog(None, shell.context, in_round)
    qtbot.addWidget(dialog)
    dialog.user.setCurrentIndex(dialog.user.count() - 1)
    dialog.save()
    assert "이름을 적어" in (dialog.notice._label.text())
    dialog.name.setText("최외부")
    dialog.save()
    pane = sheets(shell, Step.PAPERS)
    pane.raters.choose(lambda row: row.name == "최외부")
    assert pane.raters.current() is not None
    pane.remove_button.click()
    assert "최외부" not in [row.name for row in screening.list_raters(desk, in_round)]


def test_what_keeps_a_decision_back_is_said(shell: Shell, in_round: UUID) -> None:
    pane = selected(shell)
    assert "점수표를 마감하지 않았습니다: 한외부" in pane.head.text()
    pane.decide_button.click()
    assert "접수를 먼저 마감" in pane.notice.text()


def test_the_decision_is_previewed_made_and_withdrawn(
    shell: Shell, desk: Desk, in_round: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate_all(desk, in_round, 90, 80, 70, 60)
    rounds.close_round(desk, in_round)
    pane = selected(shell)
    assert "미리보기" in pane.head.text()
    assert ranking.ranking(desk, in_round, TRACK).decided is False
    pane.decide_button.click()
    assert "정해짐: 선발 1 · 예비 1 · 탈락 2" in pane.head.text()
    assert not pane.decide_button.isEnabled()
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("점수 정정"))
    pane.withdraw_button.click()
    assert "미리보기" in pane.head.text()


def test_a_tie_is_put_in_order_by_a_person(
    shell: Shell, desk: Desk, in_round: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = rounds.list_rounds(desk)[0]
    rounds.edit_round(
        desk,
        row.id,
        row.version,
        row.opens,
        row.closes,
        (Goal(TRACK, 1, 1),),
        name="",
        pass_score=None,
        tie_order=(),
    )
    rate_all(desk, in_round, 90, 90, 70, 60)
    rounds.close_round(desk, in_round)
    pane = selected(shell)
    assert "사람이 정할 동점 1건" in pane.head.text()
    assert pane.found is not None
    order = pane.found.ties[0][::-1]
    monkeypatch.setattr(TieDialog, "ask", lambda *_args: TieAnswer(order, "취약계층 우선"))
    pane.ties_button.click()
    assert "동점" not in pane.head.text()
    pane.decide_button.click()
    done = ranking.ranking(desk, in_round, TRACK)
    assert [one.candidate.id for one in done.ranked][:2] == list(order)


def test_the_order_of_a_tie_wants_its_reason(qtbot: QtBot) -> None:
    first, second = UUID(int=1), UUID(int=2)
    dialog = TieDialog(None, [[(first, "홍길동"), (second, "김길동")]])
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    dialog.lists[0].setCurrentRow(1)
    dialog.move_person(dialog.lists[0], -1)
    dialog.reason.setText("협의")
    assert dialog.ok.isEnabled()
    assert dialog.answer() == TieAnswer((second, first), "협의")


def test_giving_up_says_beforehand_who_moves_up(
    shell: Shell, desk: Desk, in_round: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate_all(desk, in_round, 90, 80, 70, 60)
    rounds.close_round(desk, in_round)
    done = selection.decide(desk, in_round, TRACK)
    pane = selected(shell)
    pane.give_up_button.click()
    assert "먼저 고르십시오" in pane.notice.text()
    pane.table.choose(lambda row: row.outcome is Stage.SELECTED)
    told: list[str] = []

    def answer(_parent: QWidget, _title: str, sentence: str, **_named: object) -> Answer:
        told.append(sentence)
        return Answer("취업", dt.date(2026, 8, 31))

    monkeypatch.setattr(ReasonDialog, "ask", answer)
    pane.give_up_button.click()
    reserve = done.ranked[1].candidate
    assert f"예비 1번 {reserve.name}님이 선발로" in told[0]
    assert reserve.name in pane.said.text()


def test_the_result_is_published_on_a_day(
    shell: Shell, desk: Desk, in_round: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate_all(desk, in_round, 90, 80, 70, 60)
    pane = page_of(shell, "rounds").panes["rounds"]
    assert isinstance(pane, RoundsPane)
    pane.close_button.click()
    selection.decide(desk, in_round, TRACK)
    monkeypatch.setattr(DayDialog, "ask", lambda *_args: dt.date(2026, 8, 31))
    pane.publish.click()
    assert "발표했습니다" in pane.said.text()
    assert not pane.edit.isEnabled()


def test_the_texts_go_out_with_a_purpose(
    shell: Shell, desk: Desk, in_round: UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rate_all(desk, in_round, 90, 80, 70, 60)
    rounds.close_round(desk, in_round)
    selection.decide(desk, in_round, TRACK)
    pane = page_of(shell, "result").panes["result"]
    assert isinstance(pane, ResultPane)
    count = len(pane.table.model.rows)
    assert count > 0
    file = tmp_path / "texts.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    monkeypatch.setattr(result_pane, "ask_purpose", lambda _parent: "결과 안내")
    pane.export()
    assert f"({count}명)" in pane.said.text()
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == count + 1


def test_guests_see_no_names_on_any_tab(guests_gone: Shell, desk: Desk, in_round: UUID) -> None:
    rate_all(desk, in_round, 90, 80, 70, 60)
    names = {one.candidate.name for one in ranking.ranking(desk, in_round, TRACK).ranked}
    shell = guests_gone
    shell._on_guests()
    page = page_of(shell, "sheets")
    grid = page.panes["sheets"]
    assert isinstance(grid, SheetsPane)
    shown = {str(grid.model.index(row, 1).data()) for row in range(grid.model.rowCount())}
    pane = selected(shell)
    shown |= {str(pane.table.model.index(row, 1).data()) for row in range(len(pane.table.model.rows))}
    assert shown
    assert not shown & names
    result = page_of(shell, "result").panes["result"]
    assert isinstance(result, ResultPane)
    assert result.table.model.rows == ()
    assert not result.texts.isEnabled()
