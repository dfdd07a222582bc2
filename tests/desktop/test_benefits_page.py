"""지급 제외 확인 by keyboard, and the way to it from what blocks a run."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from regional_desk.desktop.allowance.benefits_grid import NAMES
from regional_desk.desktop.allowance.benefits_page import BenefitsPage
from regional_desk.desktop.allowance.page import AllowancePage
from regional_desk.desktop.allowance.span_dialog import Span, SpanDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.benefits import LABELS
from regional_desk.domain.policies import DeductionKind
from regional_desk.domain.policy_terms import Terms
from regional_desk.services import policies
from regional_desk.services.desk import Desk
from regional_desk.services.pay import deductions

SPAN: Span = (dt.date(2026, 8, 10), dt.date(2026, 8, 14))


@pytest.fixture
def page(shell: Shell) -> BenefitsPage:
    """The page with the August course."""
    shell.open_page("benefits")
    found = shell.current_page()
    assert isinstance(found, BenefitsPage)
    return found


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers the question for the span, and keeps its titles."""
    asked: list[str] = []

    def ask(_parent: object, title: str, _sentence: str, _proposed: Span) -> Span:
        asked.append(title)
        return SPAN

    monkeypatch.setattr(SpanDialog, "ask", ask)
    return asked


def shown(page: BenefitsPage, row: int, column: int) -> str:
    return str(page.model.index(row, column).data())


def press(page: BenefitsPage, row: int, column: int, key: Qt.Key) -> None:
    page.view.setCurrentIndex(page.model.index(row, column))
    QTest.keyClick(page.view, key)


def test_nothing_is_asked_by_opening_the_page(page: BenefitsPage) -> None:
    assert {shown(page, row, NAMES) for row in range(40)} == {"–"}
    assert "아직 묻지 않았습니다" in page.state.text()
    assert not page.no_button.isEnabled()


def test_one_key_answers_and_goes_to_the_next_row(page: BenefitsPage) -> None:
    page.ask()
    press(page, 0, NAMES, Qt.Key.Key_2)
    assert (shown(page, 0, NAMES), page.view.currentIndex().row()) == ("아니오", 1)
    press(page, 0, NAMES, Qt.Key.Key_Delete)
    assert shown(page, 0, NAMES) == "? 미확인"


def test_a_yes_asks_for_its_span_and_shows_it(page: BenefitsPage, spans: list[str]) -> None:
    page.ask()
    press(page, 0, NAMES, Qt.Key.Key_1)
    assert (shown(page, 0, NAMES), spans) == ("● 예", ["구직급여 기간"])
    page.view.setCurrentIndex(page.model.index(0, NAMES))
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "구직급여 2026. 8. 10. ~ 2026. 8. 14." in words


def test_a_span_written_by_mistake_is_taken_away_and_the_row_is_open_again(
    page: BenefitsPage, spans: list[str]
) -> None:
    page.ask()
    page.all_no()
    press(page, 0, NAMES, Qt.Key.Key_1)
    assert spans
    page.view.setCurrentIndex(page.model.index(0, NAMES))
    remove = next(button for button in page.findChildren(QPushButton) if button.text() == "지우기")
    remove.click()
    assert shown(page, 0, NAMES - 1) == "! 남음"
    assert "기간 없음" in " ".join(label.text() for label in page.findChildren(QLabel))


def test_all_no_leaves_only_what_is_known_otherwise(page: BenefitsPage, spans: list[str]) -> None:
    page.ask()
    press(page, 0, NAMES, Qt.Key.Key_1)
    page.all_no()
    assert spans
    assert shown(page, 0, NAMES) == "● 예"
    assert {shown(page, 1, NAMES + at) for at in range(len(LABELS))} == {"아니오"}
    assert "모두 확인됨" in page.state.text()


def test_several_cells_are_answered_at_once(page: BenefitsPage) -> None:
    page.ask()
    page.view.setCurrentIndex(page.model.index(0, NAMES))
    page.view.selectColumn(NAMES + 1)
    QTest.keyClick(page.view, Qt.Key.Key_2)
    assert {shown(page, row, NAMES + 1) for row in range(40)} == {"아니오"}
    assert {shown(page, row, NAMES) for row in range(40)} == {"? 미확인"}


def test_only_rows_with_something_open_are_shown_where_asked(page: BenefitsPage) -> None:
    page.ask()
    page.all_no()
    press(page, 3, NAMES, Qt.Key.Key_3)
    page.only_open.setChecked(True)
    assert page.model.rowCount() == 1


def test_days_of_a_deduction_are_typed_where_the_policy_takes_it_off(page: BenefitsPage, desk: Desk) -> None:
    assert page.model.columnCount() == NAMES + len(LABELS)
    terms = Terms(deductions=frozenset({DeductionKind.MEALS}))
    policies.adopt(
        desk,
        policies.DEFAULT_SCHEME,
        reference="공문-1",
        document_date=dt.date(2026, 7, 1),
        terms=terms,
    )
    column = NAMES + len(LABELS)
    place = page.model.index(0, column)
    for typed, kept in (("12", "12"), ("많이", "12"), ("99", "12"), ("", "")):
        page.model.setData(place, typed)
        assert shown(page, 0, column) == kept
    course = page.chosen.course
    assert course is not None
    assert deductions.sheet(desk, course, 1).on == {DeductionKind.MEALS}


def test_guests_see_no_names(page: BenefitsPage, shell: Shell) -> None:
    whole = shown(page, 0, 1)
    shell.ui.guests.click()
    found = shell.current_page()
    assert isinstance(found, BenefitsPage)
    assert shown(found, 0, 1) != whole
    assert "*" in shown(found, 0, 1)


def test_an_unknown_answer_leads_from_the_run_to_its_row(shell: Shell, page: BenefitsPage) -> None:
    page.ask()
    shell.open_page("allowance")
    allowance = shell.current_page()
    assert isinstance(allowance, AllowancePage)
    allowance.draft()
    assert allowance.run is not None
    item = next(item for item in allowance.run.open_items if item.kind == "benefits")
    allowance._go(item)
    assert shell.current_page() is page
    assert page.model.lines[page.view.currentIndex().row()].person == item.trainee
