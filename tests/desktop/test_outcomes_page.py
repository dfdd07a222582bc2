"""성과 at the window: bars and cells lead to the people, checks written down by keyboard, goals, the record's tab."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.outcome_office import ENDED, KEPT_ON, Made, answer, keep_on, make_interns, move_to

from regional_desk.desktop.admin.dates import put_day
from regional_desk.desktop.internships.outcome_tab import OutcomeTab
from regional_desk.desktop.outcomes.conversion_dialog import ConversionDialog
from regional_desk.desktop.outcomes.employment_dialog import EmploymentDialog
from regional_desk.desktop.outcomes.goals_dialog import GoalsDialog
from regional_desk.desktop.outcomes.page import OutcomesPage
from regional_desk.desktop.outcomes.retention_dialog import RetentionDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.outcomes import read_outcomes
from regional_desk.domain.outcomes import By, Employment, Retention, Step
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Role
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.internships import internships
from regional_desk.services.outcomes import conversions, employment, goals, outcomes, records
from regional_desk.services.outcomes.retention_checks import Finding

D = dt.date
Key = Qt.Key


@pytest.fixture
def made(office: Desk) -> Made:
    """Five internships, three of them ended today, before the window opens."""
    found = make_interns(office)
    move_to(office, ENDED)
    return found


@pytest.fixture
def shell(make_shell: Callable[[Desk], Shell], made: Made) -> Shell:
    """The window on that day."""
    return make_shell(made.desk)


@pytest.fixture
def page(shell: Shell) -> OutcomesPage:
    """The page of the outcomes."""
    return open_page(shell)


def open_page(shell: Shell, **where: Any) -> OutcomesPage:
    shell.open_page("outcomes", **where)
    found = shell.current_page()
    assert isinstance(found, OutcomesPage)
    return found


def answering(monkeypatch: pytest.MonkeyPatch, kind: type[Any], fill: Callable[[Any], object]) -> list[Any]:
    """Fill in a dialog as somebody would and press its button; what it refused stays to be looked at."""
    shown: list[Any] = []

    def run(dialog: Any) -> bool:
        shown.append(dialog)
        dialog.show()
        fill(dialog)
        QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
        return bool(dialog.result())

    monkeypatch.setattr(kind, "run", run)
    return shown


def put(widget: Any, day: dt.date) -> None:
    put_day(widget, day)


def names(page: OutcomesPage) -> set[str]:
    return {one.name for one in page.counts.people.model.rows}


def test_a_bar_leads_to_the_people_behind_it(made: Made, page: OutcomesPage) -> None:
    bars = page.counts.bars.bars
    assert "28명 / 목표 86명" in bars[Step.COMPLETED].accessibleName()
    QTest.mouseClick(bars[Step.INTERNED], Qt.MouseButton.LeftButton)
    assert page.counts.heading.text() == "인턴십 5명"
    found = outcomes.outcomes(made.desk)
    people = outcomes.list_people(made.desk, found, found.total.people[Step.INTERNED])
    assert names(page) == {one.name for one in people}
    assert bars[Step.INTERNED].isChecked()
    assert not bars[Step.COMPLETED].isChecked()
    bars[Step.COMPLETED].setFocus()
    QTest.keyClick(bars[Step.COMPLETED], Key.Key_Space)
    assert page.counts.heading.text() == f"수료 {len(made.completed)}명"


def test_a_cell_leads_to_its_people_and_they_to_their_internship(
    qtbot: QtBot, made: Made, shell: Shell, page: OutcomesPage
) -> None:
    page.counts.show_by(By.COMPANY)
    view = page.counts.table.view
    assert view.model().rowCount() == 2
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    for _ in range(3):
        QTest.keyClick(view, Key.Key_Right)
    qtbot.waitUntil(lambda: "인턴십" in page.counts.heading.text())
    assert page.counts.heading.text().endswith("· 인턴십 3명")
    people = page.counts.people
    person = people.model.rows[0]
    people.view.selectRow(0)
    people.opened.emit(person)
    shown = shell.current_page()
    assert shown is shell.page("internships")
    assert any(row.id == person.internship for row in internships.list_internships(made.desk))


@pytest.mark.parametrize(("by", "labels"), [(By.TRACK, ["Track1"]), (By.MONTH, ["2026년 8월", "2026년 9월"])])
def test_the_figures_are_told_apart_by(page: OutcomesPage, by: By, labels: list[str]) -> None:
    page.counts.show_by(by)
    assert [line.label for line in page.counts.table.model.rows] == labels


def test_what_is_asked_is_written_down_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch, made: Made, shell: Shell
) -> None:
    page = open_page(shell, tab="due", kind="conversion")
    assert page.tabs.tabText(1) == "확인할 사람 3"
    answering(monkeypatch, ConversionDialog, lambda dialog: put(dialog.since, KEPT_ON))
    for left in (2, 1):
        page.due.table.view.setFocus()
        QTest.keyClick(page.due.table.view, Key.Key_Return)
        page.refresh()
        assert len(page.due.table.model.rows) == left
    assert sum(one.row.conversion is not None for one in records.survey_records(made.desk)) == 2


def test_a_refusal_stays_in_the_dialog_with_what_was_typed(
    monkeypatch: pytest.MonkeyPatch, made: Made, shell: Shell
) -> None:
    page = open_page(shell, tab="due")

    def fill(dialog: Any) -> None:
        dialog.reason.setText("메모")
        put(dialog.since, ENDED)

    shown = answering(monkeypatch, ConversionDialog, fill)
    page.due.record()
    assert "마지막 날" in shown[0].notice.text()
    assert shown[0].reason.text() == "메모"
    assert all(one.row.conversion is None for one in records.survey_records(made.desk))


def test_who_left_needs_the_last_day_of_work(
    monkeypatch: pytest.MonkeyPatch, made: Made, shell: Shell
) -> None:
    keep_on(made.desk, made.internships[0])
    move_to(made.desk, D(2027, 6, 10))
    page = open_page(shell, tab="due", kind="retention")

    def fill(dialog: Any) -> None:
        assert not dialog.left.isEnabled()
        dialog.answer.setCurrentIndex(dialog.answer.findData(Retention.LEFT))
        assert dialog.left.isEnabled()
        put(dialog.left, D(2027, 3, 31))
        dialog.source.setCurrentText("퇴직 통보서")

    answering(monkeypatch, RetentionDialog, fill)
    page.due.record()
    half = records.read(made.desk, made.internships[0]).check(6)
    assert half is not None
    assert half.row is not None
    assert (half.row.result, half.row.left_on, half.row.source) == ("left", D(2027, 3, 31), "퇴직 통보서")


def test_what_the_conversion_tells_fills_in_employment(
    monkeypatch: pytest.MonkeyPatch, made: Made, shell: Shell
) -> None:
    keep_on(made.desk, made.internships[0])
    move_to(made.desk, D(2027, 3, 28))
    page = open_page(shell, tab="due", kind="employment")
    known = next(line for line in employment.list_lines(made.desk) if line.known is not None)
    page.due.table.choose(lambda one: one.id == known.row.membership)
    answering(monkeypatch, EmploymentDialog, lambda dialog: dialog.take())
    page.due.record()
    told = employment.read(made.desk, known.row.membership)
    assert told.result is Employment.EMPLOYED
    assert known.known is not None
    assert (told.row.employer, told.row.employed_from) == (known.known.employer, KEPT_ON)


def test_goals_are_set_at_the_window(monkeypatch: pytest.MonkeyPatch, made: Made, page: OutcomesPage) -> None:
    answering(
        monkeypatch,
        GoalsDialog,
        lambda dialog: dialog.fields[Step.CONVERTED, Track.TRACK1].setText("40"),
    )
    page.set_goals()
    assert goals.list_goals(made.desk)[Step.CONVERTED, Track.TRACK1] == 40
    page.refresh()
    assert "목표 40명" in page.counts.bars.bars[Step.CONVERTED].accessibleName()


def test_the_record_tells_of_conversion_retention_and_evidence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, made: Made, shell: Shell
) -> None:
    tab = outcome_tab(shell, made)
    assert [line.title for line in tab.table.model.rows] == ["정규직 전환"]
    paper = tmp_path / "contract.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    answering(monkeypatch, ConversionDialog, lambda dialog: dialog.file.line.setText(str(paper)))
    tab.table.view.setFocus()
    QTest.keyClick(tab.table.view, Key.Key_Return)
    tab.read(tab.internship)  # type: ignore[arg-type]  # it is shown
    titles = [line.title for line in tab.table.model.rows]
    assert titles == ["정규직 전환", "고용유지 6개월", "고용유지 12개월"]
    assert tab.table.model.rows[0].file == "contract.pdf"
    assert tab.open_button.isEnabled()
    assert records.open_evidence(made.desk, made.internships[0]).read_bytes() == paper.read_bytes()


def test_what_was_written_by_mistake_is_taken_away_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, made: Made, shell: Shell
) -> None:
    from regional_desk.desktop import reason_dialog

    keep_on(made.desk, made.internships[0])
    tab = outcome_tab(shell, made)
    given = reason_dialog.Answer("다른 사람의 것")
    monkeypatch.setattr(reason_dialog.ReasonDialog, "ask", lambda *_, **__: given)
    tab.remove()
    assert records.read(made.desk, made.internships[0]).row.conversion is None


def outcome_tab(shell: Shell, made: Made) -> OutcomeTab:
    """The tab of the first internship, alone."""
    tab = OutcomeTab(shell.context)
    tab.setParent(shell, Qt.WindowType.Widget)
    tab.show()
    row = next(one for one in internships.list_internships(made.desk) if one.id == made.internships[0])
    tab.show_internship(row)
    return tab


def test_guests_see_nobody_whole_and_change_nothing(made: Made, shell: Shell) -> None:
    keep_on(made.desk, made.internships[0])
    shell.ui.guests.click()
    page = open_page(shell, step="interned")
    assert page.counts.people.model.rows
    assert all("*" in name for name in names(page))
    page.tabs.setCurrentWidget(page.due)
    assert all("*" in one.name for one in page.due.table.model.rows)
    assert not page.due.record_button.isEnabled()


def test_a_viewer_reads_and_is_asked_nothing(make_shell: Callable[[Desk], Shell], made: Made) -> None:
    viewer = Desk(
        made.desk.store,
        Actor(made.desk.actor.user_id, "look", "조회", frozenset({Role.VIEWER})),
        made.desk.office,
        made.desk.clock,
    )
    page = open_page(make_shell(viewer))
    assert not page.goals_button.isEnabled()
    assert not page.due.record_button.isEnabled()
    assert list(read_outcomes(viewer)) == []


def test_today_leads_to_whom_to_ask(made: Made, shell: Shell) -> None:
    (line,) = read_outcomes(made.desk)
    assert line.title == "전환 여부 확인 3명"
    assert "*" not in line.detail
    shell.open_page(line.page, **line.where)
    page = shell.current_page()
    assert isinstance(page, OutcomesPage)
    assert page.tabs.currentWidget() is page.due
    assert len(page.due.table.model.rows) == 3
    move_to(made.desk, D(2026, 12, 31))
    (line,) = read_outcomes(made.desk)
    assert (line.tone, "기한 지남 3명" in line.detail) == ("bad", True)


def test_the_page_is_found_and_reads_at_every_size(
    shell: Shell, page: OutcomesPage, at_size: Callable[[int], None]
) -> None:
    for percent in (100, 150, 200):
        at_size(percent)
        QApplication.processEvents()
        for bar in page.counts.bars.bars.values():
            assert bar.height() >= bar.fontMetrics().height()
    assert any(isinstance(one, QWidget) and one is page for one in [shell.current_page()])


def test_a_conversion_elsewhere_shows_at_once(made: Made, page: OutcomesPage) -> None:
    assert page.concerned(frozenset({"outcomes"}))
    conversions.record(made.desk, made.internships[0], conversions.Decision(True, ENDED, KEPT_ON))
    answered = Finding(Retention.KEPT, D(2027, 6, 1), "재직증명서")
    move_to(made.desk, D(2027, 6, 1))
    answer(made.desk, made.internships[0], 6, answered)
    page.refresh()
    assert "6개월이 된 1명 가운데 1명" in page.counts.bars.bars[Step.KEPT6].accessibleName()
