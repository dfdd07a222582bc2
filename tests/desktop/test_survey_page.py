"""훈련수요 조사 at the window: a sheet of paper keyed by numbers, the results beside the country's, the way behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from regional_desk.desktop.companies.question_field import QuestionField
from regional_desk.desktop.companies.survey_page import SurveyPage
from regional_desk.desktop.imports.page import ImportPage
from regional_desk.desktop.shell import Shell
from regional_desk.domain.rights import Role
from regional_desk.domain.training_need import AxLevel
from regional_desk.services.companies import training_needs
from regional_desk.services.companies.training_needs import Need
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.safety import opening

from .conftest import LOGIN, PASSWORD

DAY = dt.date(2026, 8, 20)
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(shell: Shell) -> SurveyPage:
    """The page, where the form is."""
    found = open_page(shell)
    found.go_to()
    return found


def open_page(shell: Shell) -> SurveyPage:
    shell.open_page("survey")
    found = shell.current_page()
    assert isinstance(found, SurveyPage)
    return found


def press(page: SurveyPage, *keys: Qt.Key, control: bool = False) -> None:
    """Keys to wherever the cursor is; only an active window's keys are its own."""
    page.window().activateWindow()
    QApplication.processEvents()
    for key in keys:
        cursor = page.window().focusWidget()
        assert cursor is not None
        QTest.keyClick(cursor, key, CONTROL if control else Qt.KeyboardModifier.NoModifier)


def first(page: SurveyPage) -> Need:
    return training_needs.list_needs(page._desk)[0]


def answer_some(desk: Desk, number: int) -> list[Need]:
    found = list(training_needs.list_needs(desk)[:number])
    for at, one in enumerate(found):
        told = {"use": ("yes",) if at == 0 else ("no",), "need": ("yes",)}
        training_needs.set_need(desk, one.company, told, DAY, level=None, version=0)
    return found


def test_a_sheet_is_keyed_by_numbers_alone(page: SurveyPage) -> None:
    company = first(page).company
    page.answers.form.begin()
    # 미활용, 계획 없음, 필요, 의향 있음; the questions about training held are passed over
    press(page, Key.Key_2, Key.Key_3, Key.Key_1, Key.Key_1)
    assert not page.answers.form.fields["fields_done"].isEnabled()
    press(page, Key.Key_3, Key.Key_7, Key.Key_Return)  # several answers, then on
    press(page, Key.Key_2, Key.Key_2, Key.Key_1)
    assert page.answers.form.state.text() == "● 저장 전"
    press(page, Key.Key_S, control=True)
    kept = training_needs.read_need(page._desk, company)
    assert kept.answers == {
        "use": ("no",),
        "experience": ("no",),
        "need": ("yes",),
        "plan": ("yes",),
        "fields_wanted": ("sales", "office"),
        "method_wanted": ("own_remote",),
        "level_wanted": ("practice",),
        "hours_wanted": ("under_4",),
    }
    assert page.answers.form.state.text() == "○ 응답함"
    assert page.summary.text().startswith("응답 1곳 / ")


def test_ctrl_enter_keeps_and_goes_on_to_who_has_not_answered(page: SurveyPage) -> None:
    rows = training_needs.list_needs(page._desk)
    training_needs.set_need(page._desk, rows[1].company, {"use": ("no",)}, DAY, level=None, version=0)
    page.answers.form.begin()
    press(page, Key.Key_1)
    press(page, Key.Key_Return, control=True)
    assert training_needs.read_need(page._desk, rows[0].company).answers == {"use": ("yes",)}
    now = page.answers.form.need
    assert now is not None
    assert now.company == rows[2].company
    assert page.answers.form.answers() == {}


def test_another_company_or_page_keeps_what_was_keyed(shell: Shell, page: SurveyPage) -> None:
    rows = training_needs.list_needs(page._desk)
    page.answers.form.fields["use"].buttons["yes"].click()
    page.answers.table.choose(lambda row: row.company == rows[3].company)
    QApplication.processEvents()
    assert training_needs.read_need(page._desk, rows[0].company).answers == {"use": ("yes",)}
    page.answers.form.fields["need"].buttons["no"].click()
    shell.open_page("companies")
    assert training_needs.read_need(page._desk, rows[3].company).answers == {"need": ("no",)}


def test_closing_the_window_keeps_what_was_keyed(shell: Shell, page: SurveyPage) -> None:
    company = first(page).company
    page.answers.form.fields["use"].buttons["yes"].click()
    shell.close()
    again = opening.open_office(shell.desk.store.folder, LOGIN, PASSWORD, shell.desk.clock)
    assert training_needs.read_need(again, company).answers == {"use": ("yes",)}
    again.store.close()


def test_what_is_refused_stays_in_the_form_with_the_reason(page: SurveyPage) -> None:
    rows = training_needs.list_needs(page._desk)
    page.answers.form.fields["use"].buttons["yes"].click()
    training_needs.set_level(page._desk, rows[0].company, AxLevel.ADVANCED, version=0)  # by a colleague
    page.answers.table.choose(lambda row: row.company == rows[2].company)
    QApplication.processEvents()
    assert "그 사이" in page.answers.notice.text()
    assert page.answers.form.answers() == {"use": ("yes",)}
    now = page.answers.table.current()
    assert now is not None
    assert now.company == rows[0].company
    assert training_needs.read_need(page._desk, rows[0].company).answers == {}


def test_del_takes_an_answer_back_and_wrong_sheets_are_cleared(page: SurveyPage) -> None:
    company = first(page).company
    page.answers.form.begin()
    press(page, Key.Key_1)
    page.answers.form.begin()
    press(page, Key.Key_Delete, Key.Key_9)  # there is no ninth choice
    assert page.answers.form.answers() == {}
    press(page, Key.Key_2)
    page.answers.on_keep()
    assert page.answers.remove.isEnabled()
    page.answers.on_remove()
    assert training_needs.read_need(page._desk, company).version == 0
    assert page.answers.form.answers() == {}
    assert not page.answers.remove.isEnabled()


def test_the_level_is_proposed_with_its_reason_and_set_by_hand(page: SurveyPage) -> None:
    form, company = page.answers.form, first(page).company
    assert "아직 없습니다" in form.level.proposal.text()
    form.fields["use"].buttons["yes"].click()
    assert form.level.proposal.text().startswith("제안 중급")
    form.fields["level_wanted"].buttons["experts"].click()
    assert form.level.proposal.text().startswith("제안 고급")
    assert form.level.chosen() == ()
    form.level.take.click()
    form.level.buttons["초급"].click()
    page.answers.on_keep()
    kept = training_needs.read_need(page._desk, company)
    assert (kept.level, kept.proposed and kept.proposed.level) == (AxLevel.BEGINNER, AxLevel.ADVANCED)


def test_results_stand_beside_the_country_and_lead_to_the_companies(shell: Shell) -> None:
    told = answer_some(shell.desk, 4)
    page = open_page(shell)
    results = page.results
    results.questions.setCurrentRow(1)
    assert [column.show(results.table.model.rows[0]) for column in results.table.model.columns] == [
        "활용",
        "1 / 4곳",
        "25.0%",
        "22.8%",
        "+2.2%p",
    ]
    results.table.opened.emit(results.table.model.rows[1])
    assert page.tabs.currentWidget() is page.answers
    assert [row.company for row in page.answers.table.model.rows] == [one.company for one in told[1:]]
    assert "미활용 — 3곳" in page.answers.only.text()
    page.answers.all.click()
    assert len(page.answers.table.model.rows) == len(training_needs.list_needs(shell.desk))


def test_a_click_on_a_bar_leads_there_too(qtbot: QtBot, shell: Shell) -> None:
    told = answer_some(shell.desk, 3)
    page = open_page(shell)
    page.results.questions.setCurrentRow(1)
    qtbot.waitUntil(lambda: page.results.chart.heightForWidth(430) > 0)
    shell.jobs.wait()
    chart = page.results.chart
    drawn = chart.heightForWidth(chart.width())
    top = (chart.height() - drawn) // 2
    QTest.mouseClick(
        chart, Qt.MouseButton.LeftButton, pos=QPoint(chart.width() // 2, top + drawn * 80 // 100)
    )
    assert [row.company for row in page.answers.table.model.rows] == [one.company for one in told[1:]]


def test_questions_printed_by_size_have_a_table_of_sizes(shell: Shell) -> None:
    answer_some(shell.desk, 2)
    page = open_page(shell)
    page.results.questions.setCurrentRow(3)
    assert page.results.groups.isVisible()
    assert len(page.results.groups.model.rows) == 8
    page.results.questions.setCurrentRow(15)
    assert not page.results.groups.isVisible()
    page.results.questions.setCurrentRow(0)
    assert page.results.heading.text() == "AX 수준 — 정한 기업 0곳"
    assert not page.results.chart.isVisible()
    shell.jobs.wait()


def test_years_and_kinds_are_chosen_above(shell: Shell) -> None:
    one = training_needs.list_needs(shell.desk)[0]
    training_needs.set_need(
        shell.desk, one.company, {"use": ("yes",)}, dt.date(2025, 9, 1), level=None, version=0, year=2025
    )
    page = open_page(shell)
    assert page.summary.text().startswith("응답 0곳")
    page.year.setCurrentIndex(page.year.findData(2025))
    assert page.summary.text().startswith("응답 1곳")
    page.kind.setCurrentText("공급" if one.kind == "제조" else "제조")
    assert page.summary.text().startswith("응답 0곳")
    assert all(row.kind != one.kind for row in page.answers.table.model.rows)
    shell.jobs.wait()


def test_whoever_may_not_edit_companies_only_looks(make_shell: Callable[[Desk], Shell], office: Desk) -> None:
    actor = Actor(office.actor.user_id, "viewer", "김조회", frozenset({Role.VIEWER}))
    answer_some(office, 1)
    page = open_page(make_shell(Desk(office.store, actor, office.office, office.clock)))
    page.go_to()
    assert page.answers.form.level.proposal.text().startswith("제안 중급")
    assert not page.answers.form.isEnabled()
    assert not page.answers.next.isEnabled()


def test_an_office_without_companies_says_where_they_come_from(
    make_shell: Callable[[Desk], Shell], empty_office: Desk
) -> None:
    page = open_page(make_shell(empty_office))
    page.go_to()
    assert page.answers.form.need is None
    assert not page.answers.keep.isEnabled()
    assert page.summary.text() == "응답 0곳 / 0곳"


def test_bringing_in_leads_to_the_import_page(shell: Shell) -> None:
    page = open_page(shell)
    page._context.open_page("import", kind="needs")
    opened = shell.current_page()
    assert isinstance(opened, ImportPage)
    assert opened.choices.kind_key() == "needs"
    shell.jobs.wait()


def test_a_question_goes_on_only_when_its_answer_is_given(qtbot: QtBot) -> None:
    field = QuestionField("질문", [("a", "가", ""), ("b", "나", "")], multiple=False)
    qtbot.addWidget(field)
    with qtbot.waitSignals([field.changed, field.done]):
        QTest.keyClick(field, Key.Key_2)
    assert field.chosen() == ("b",)
    assert all(isinstance(button, QRadioButton) for button in field.buttons.values())
    field.show_chosen(())
    assert field.chosen() == ()
    field.show_chosen(("a",))
    field.stand_aside(True)
    assert field.chosen() == ()
    field.stand_aside(False)
    assert field.chosen() == ("a",)
