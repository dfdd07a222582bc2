"""Plan, journals, deliverables and evaluations at the window, keyed as from a stack of paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from tests.interns import MENTOR, go_to, start_intern

from regional_desk.desktop.internships.deliverable_dialog import DeliverableDialog
from regional_desk.desktop.internships.deliverables_tab import DeliverablesTab
from regional_desk.desktop.internships.evaluation_dialog import EvaluationDialog
from regional_desk.desktop.internships.evaluation_tab import EvaluationTab
from regional_desk.desktop.internships.journal_dialog import ConfirmDialog, JournalDialog
from regional_desk.desktop.internships.journal_tab import JournalTab
from regional_desk.desktop.internships.plan_dialog import CopyPlanDialog, PlanDialog
from regional_desk.desktop.internships.plan_tab import PlanTab
from regional_desk.desktop.internships.record_tabs import TABS, InternshipTab
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.internship_evaluation import EvaluationState, Evaluator
from regional_desk.domain.internship_training import JournalState, JournalText, PlanText
from regional_desk.services.desk import Desk
from regional_desk.services.internships import deliverables, evaluations, journals, plans
from regional_desk.services.internships.deliverables import DeliverableText
from regional_desk.services.papers.making import Wanted

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
OJT = JournalText("라인 3호기 점검", "점검표대로 지도함")


def clock_of(desk: Desk) -> FixedClock:
    assert isinstance(desk.clock, FixedClock)
    return desk.clock


@pytest.fixture
def intern(desk: Desk) -> UUID:
    """Somebody on Track1 since 2026-09-14; it is 2026-10-05."""
    found = start_intern(desk, clock_of(desk))
    go_to(clock_of(desk), dt.date(2026, 10, 5))
    return found


@pytest.fixture
def developer(desk: Desk) -> UUID:
    """Somebody on Track2 since 2026-09-14; it is 2026-10-05."""
    found = start_intern(desk, clock_of(desk), CompanyKind.SUPPLIER, at=1)
    go_to(clock_of(desk), dt.date(2026, 10, 5))
    return found


def opened(shell: Shell, internship: UUID, key: str) -> Any:
    """The tab of an internship, in front."""
    shell.open_page("internships", internship=internship, tab=key)
    page: Any = shell.current_page()
    assert page.beside.internship == internship
    tab = page.beside.tab(key)
    assert isinstance(tab, InternshipTab)
    assert tab.internship is not None
    return tab


def filled(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog], fill: Callable[[Any], None]) -> None:
    """Stands for a person at a dialog that opens: fills it in, and presses its button unless it closed."""

    def run(self: Any) -> int:
        self.show()
        fill(self)
        if self.isVisible():
            self.ok.click()
        return int(self.result())

    monkeypatch.setattr(dialog, "exec", run)


def answered(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_, **_named: Answer(reason))


def press_next(dialog: Any) -> None:
    """Stands for Ctrl+Enter, which reaches only the window that the screen's system made active."""
    assert dialog.next_button.shortcut().toString() == "Ctrl+Return"
    dialog.next_button.click()


def shown(tab: Any, title: str) -> list[str]:
    columns = tab.table.model.columns
    at = next(place for place, column in enumerate(columns) if column.title == title)
    return [columns[at].show(row) for row in tab.table.model.rows]


# --- the plan


def test_a_plan_is_keyed_week_after_week_without_the_mouse(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = opened(shell, intern, "plan")
    assert isinstance(tab, PlanTab)
    assert shown(tab, "수행업무") == ["! 비어 있음"] * 13

    def key(dialog: PlanDialog) -> None:
        for week in range(1, 4):
            QTest.keyClicks(dialog.subject, f"task {week}")
            QTest.keyClicks(dialog.goal, "goal")
            press_next(dialog)
        assert dialog.week.currentData() == 4
        dialog.reject()

    filled(monkeypatch, PlanDialog, key)
    tab.table.view.setFocus()
    QTest.keyClick(tab.table.view, Qt.Key.Key_Return)
    assert plans.read_plan(shell.desk, intern).empty == tuple(range(4, 14))
    assert shown(tab, "수행업무")[:4] == ["task 1", "task 2", "task 3", "! 비어 있음"]
    assert "비어 있는 주차 10개" in tab.summary.text()


def test_a_line_is_changed_taken_out_and_a_refusal_leaves_what_was_typed(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans.add_item(shell.desk, intern, 1, PlanText("설비", "켠다"))
    tab = opened(shell, intern, "plan")
    seen: list[str] = []

    def change(dialog: PlanDialog) -> None:
        dialog.goal.setPlainText("")
        dialog.ok.click()
        seen.append(dialog.notice.text())
        dialog.goal.setPlainText("고친다")

    filled(monkeypatch, PlanDialog, change)
    tab.edit_button.click()
    assert "훈련목표" in seen[0]
    assert shown(tab, "훈련목표")[0] == "고친다"
    tab.remove_button.click()
    assert shown(tab, "수행업무")[0] == "! 비어 있음"


def test_another_interns_plan_fills_the_empty_weeks(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = start_intern(shell.desk, clock_of(shell.desk), at=2)
    plans.add_item(shell.desk, intern, 2, PlanText("설비", "켠다"))
    tab = opened(shell, other, "plan")
    filled(monkeypatch, CopyPlanDialog, lambda dialog: dialog.whose.setCurrentIndex(0))
    tab.copy_button.click()
    assert shown(tab, "수행업무")[1] == "설비"


def test_pbl_has_its_outputs_and_ojt_has_none(shell: Shell, intern: UUID, developer: UUID) -> None:
    tab = opened(shell, developer, "plan")
    assert [column.title for column in tab.table.model.columns][2:] == ["과제", "훈련목표", "산출물"]
    assert not tab.table.view.isColumnHidden(4)
    tab = opened(shell, intern, "plan")
    assert tab.table.view.isColumnHidden(4)


# --- journals


def test_a_stack_of_journals_is_keyed_and_confirmed_at_once(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans.add_item(shell.desk, intern, 1, PlanText("안전 교육", "위험을 안다"))
    tab = opened(shell, intern, "journals")
    assert isinstance(tab, JournalTab)
    assert shown(tab, "상태")[:5] == ["! 미제출", "! 미제출", "□ 작성 전", "□ 작성 전", "· 예정"]
    line = tab.table.current()
    assert line is not None
    assert line.week.no == 1
    heads: list[str] = []

    def key(dialog: JournalDialog) -> None:
        assert "안전 교육" in dialog.planned.text()
        for _week in range(4):
            heads.append(dialog.head.text().partition(" ")[0])
            QTest.keyClicks(dialog.texts["work"], "did")
            QTest.keyClicks(dialog.texts["guidance"], "told")
            if dialog.next_button.isEnabled():
                press_next(dialog)
            else:
                dialog.ok.click()

    filled(monkeypatch, JournalDialog, key)
    QTest.keyClick(tab.table.view, Qt.Key.Key_Return)
    assert heads == ["1주차", "2주차", "3주차", "4주차"]
    assert "확인 전 4주" in tab.summary.text()

    monkeypatch.setattr(ConfirmDialog, "exec", lambda self: (self.ok.click(), int(self.result()))[1])
    tab.table.view.selectAll()
    tab.confirm_button.click()
    found = journals.read_journals(shell.desk, intern)
    assert found.weeks_in(JournalState.CONFIRMED) == (1, 2, 3, 4)
    assert {one.row.mentor for one in found.lines[:4] if one.row} == {MENTOR}
    assert "○ 밀린 일지가 없습니다" in tab.summary.text()


def test_changing_a_confirmed_journal_warns_and_takes_the_confirmation_back(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    journals.confirm(shell.desk, journals.write(shell.desk, intern, 1, OJT), MENTOR, dt.date(2026, 9, 18))
    tab = opened(shell, intern, "journals")
    tab.table.choose(lambda line: line.week.no == 1)
    warned: list[str] = []

    def change(dialog: JournalDialog) -> None:
        warned.append(dialog.warning.text())
        dialog.texts["work"].setPlainText("다른 일")

    filled(monkeypatch, JournalDialog, change)
    tab.write_button.click()
    assert "확인이 풀려" in warned[0]
    assert shown(tab, "상태")[0] == "△ 확인 전"


def test_progress_goes_on_from_the_week_before(
    shell: Shell, developer: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    journals.write(shell.desk, developer, 1, JournalText("불량 예측", None, "명세", 30))
    tab = opened(shell, developer, "journals")
    tab.table.choose(lambda line: line.week.no == 2)
    proposed: list[int] = []

    def key(dialog: JournalDialog) -> None:
        proposed.append(dialog.progress.value())
        dialog.texts["work"].setPlainText("불량 예측")
        dialog.texts["output"].setPlainText("모형")
        dialog.progress.setValue(50)

    filled(monkeypatch, JournalDialog, key)
    tab.write_button.click()
    assert proposed == [30]
    assert shown(tab, "진척")[:2] == ["30%", "50%"]


def test_the_signed_page_is_kept_and_opened(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "week1.pdf"
    file.write_bytes(PDF)
    journals.write(shell.desk, intern, 1, OJT)
    tab = opened(shell, intern, "journals")
    tab.table.choose(lambda line: line.week.no == 1)
    assert not tab.open_button.isEnabled()
    filled(monkeypatch, ConfirmDialog, lambda dialog: dialog.file.line.setText(str(file)))
    tab.confirm_button.click()
    seen: list[bytes] = []

    def look(url: QUrl) -> bool:
        seen.append(Path(url.toLocalFile()).read_bytes())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", look)
    tab.open_button.click()
    assert seen == [PDF]
    answered(monkeypatch, "다른 주의 확인")
    tab.undo_button.click()
    assert shown(tab, "상태")[0] == "△ 확인 전"
    tab.remove_button.click()
    assert shown(tab, "상태")[0] == "! 미제출"


def test_a_week_to_come_cannot_be_written_but_its_form_printed(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = opened(shell, intern, "journals")
    tab.table.choose(lambda line: line.week.no == 9)
    assert not tab.write_button.isEnabled()
    assert not tab.book_button.isEnabled()
    wanted: list[Wanted] = []
    monkeypatch.setattr(PreviewDialog, "ask", lambda _context, one: wanted.append(one))
    tab.print_button.click()
    assert wanted == [Wanted("internship-journal", internship=intern, number=9)]


# --- deliverables


def test_deliverables_come_from_the_plan_and_a_dropped_file_hands_one_in(
    shell: Shell, developer: UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plans.add_item(shell.desk, developer, 1, PlanText("불량 예측", "안다", "데이터 명세"))
    tab = opened(shell, developer, "deliverables")
    assert isinstance(tab, DeliverablesTab)
    assert tab.plan_button.text() == "계획에서 가져오기(1)"
    tab.plan_button.click()
    assert shown(tab, "상태") == ["! 기한 지남"]
    assert "기한 지남 1건" in tab.summary.text()
    file = tmp_path / "spec.pdf"
    file.write_bytes(PDF)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    seen: list[bool] = []
    filled(monkeypatch, DeliverableDialog, lambda dialog: seen.append(dialog.handed_in.isChecked()))
    tab.dropEvent(event)
    assert seen == [True]
    assert shown(tab, "상태") == ["○ 제출"]
    assert shown(tab, "파일") == ["spec.pdf"]
    assert shown(tab, "제출일") == ["2026. 10. 5."]


def test_a_deliverable_is_added_and_taken_off(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = opened(shell, intern, "deliverables")
    filled(monkeypatch, DeliverableDialog, lambda dialog: dialog.name.setText("개선 제안서"))
    tab.add_button.click()
    assert shown(tab, "산출물") == ["개선 제안서"]
    assert shown(tab, "기한") == [""]
    answered(monkeypatch, "잘못 넣음")
    tab.remove_button.click()
    assert shown(tab, "산출물") == []


# --- evaluations


def test_an_evaluation_is_keyed_by_numbers(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = opened(shell, intern, "evaluations")
    assert isinstance(tab, EvaluationTab)
    tab.table.choose(lambda sheet: sheet.by is Evaluator.COMPANY)
    scores: list[str] = []

    def key(dialog: EvaluationDialog) -> None:
        for number in "54434":
            QTest.keyClicks(dialog.focusWidget(), number)
        scores.append(dialog.score.text())
        assert dialog.focusWidget() is dialog.comment
        QTest.keyClicks(dialog.comment, "good")

    filled(monkeypatch, EvaluationDialog, key)
    QTest.keyClick(tab.table.view, Qt.Key.Key_Return)
    assert scores == ["80.0 / 100점"]
    sheet = evaluations.read_evaluations(shell.desk, intern).sheet(Evaluator.COMPANY)
    assert [one.points for one in sheet.answers] == [5, 4, 4, 3, 4]
    assert sheet.comment == "good"
    assert shown(tab, "점수(100)") == ["", "80.0", ""]
    assert "성실성 5/5" in tab.sheet.text()


def test_points_are_taken_back_with_del_and_the_sheet_stays_begun(
    shell: Shell, intern: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = evaluations.read_evaluations(shell.desk, intern).sheet(Evaluator.INTERN).answers
    evaluations.fill(shell.desk, intern, Evaluator.INTERN, {one.key: 3 for one in answers}, version=0)
    tab = opened(shell, intern, "evaluations")

    def key(dialog: EvaluationDialog) -> None:
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Delete)
        assert dialog.score.text() == "남은 항목 1개"

    filled(monkeypatch, EvaluationDialog, key)
    tab.fill_button.click()
    sheet = evaluations.read_evaluations(shell.desk, intern).sheet(Evaluator.INTERN)
    assert sheet.state is EvaluationState.PARTIAL
    answered(monkeypatch, "다른 사람의 평가표")
    tab.remove_button.click()
    assert evaluations.read_evaluations(shell.desk, intern).sheet(Evaluator.INTERN).version == 0


# --- what holds for all of them


def test_guests_see_no_texts_and_change_nothing(shell: Shell, intern: UUID) -> None:
    desk = shell.desk
    plans.add_item(desk, intern, 1, PlanText("설비", "켠다"))
    journals.confirm(desk, journals.write(desk, intern, 1, OJT), MENTOR, dt.date(2026, 9, 18))
    deliverables.add(desk, intern, DeliverableText("김철수 보고서"))
    evaluations.fill(desk, intern, Evaluator.INTERN, {"fit": 3}, version=0, comment="김철수 좋음")
    shell._on_guests()
    for key in ("plan", "journals", "deliverables", "evaluations"):
        tab = opened(shell, intern, key)
        cells = [
            text for column in tab.table.model.columns for text in map(column.show, tab.table.model.rows)
        ]
        assert not any(word in text for text in cells for word in ("김철수", MENTOR, OJT.work))
        names = ("add", "edit", "remove", "write", "confirm", "fill", "open", "undo", "copy", "plan")
        buttons = [getattr(tab, f"{name}_button", None) for name in names]
        assert not any(button.isEnabled() for button in buttons if button is not None), key
    shell._on_guests()


def test_each_tab_stands_in_the_record(shell: Shell, intern: UUID) -> None:
    keys = [spec.key for spec in TABS]
    assert {"plan", "journals", "deliverables", "evaluations"} <= set(keys)
    for key in ("plan", "journals", "deliverables", "evaluations"):
        assert opened(shell, intern, key).isVisible()
