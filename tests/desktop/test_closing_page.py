"""The closing page: what is missing is named, closing anyway is a second step, the register is beside it."""

from __future__ import annotations

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from regional_desk.desktop.attendance.allow_dialog import AllowDialog, Allowed
from regional_desk.desktop.attendance.closing_page import ClosingPage
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.attendance import ABSENT, EMPTY
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.closings import DayState
from regional_desk.services.desk import Desk
from regional_desk.services.training import courses

DAY = dt.date(2026, 8, 26)


@pytest.fixture
def page(shell: Shell, desk: Desk) -> ClosingPage:
    """The page of a course whose first trainee has no record on one day, the cursor on that day."""
    course = courses.list_courses(desk)[0].id
    first = courses.course(desk, course).members[0].person
    attendance.set_cells(desk, course, [CellChange(first, DAY, EMPTY)], title="비움")
    shell.open_page("closing", course=course)
    found = shell.current_page()
    assert isinstance(found, ClosingPage)
    found.days.choose(lambda row: row.day == DAY)
    return found


def state(page: ClosingPage) -> DayState:
    """How the day stands on the page."""
    return next(row.state for row in page.days.model.rows if row.day == DAY)


def test_the_day_is_refused_naming_who_is_missing_then_closed_anyway(page: ClosingPage, desk: Desk) -> None:
    name = courses.course(desk, courses.list_courses(desk)[0].id).members[0].name
    page.close_days()
    assert name in page.notice.text()
    assert page.anyway.isVisible()
    assert state(page) is DayState.OPEN
    page.anyway.click()
    assert state(page) is DayState.CLOSED
    assert (page.notice.text(), page.anyway.isVisible()) == ("", False)
    assert [one.state for one in page.kept.model.rows] == ["■ 마감"]


def test_an_exception_is_shown_with_its_end_and_its_entry_in_the_register(
    page: ClosingPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.close_days()
    page.close_anyway()
    until = desk.clock.now() + dt.timedelta(hours=3)
    monkeypatch.setattr(AllowDialog, "ask", lambda *_: Allowed(DAY, DAY, until, "늦은 서류", None))
    page.allow()
    assert state(page) is DayState.EXCEPTION
    course = courses.list_courses(desk)[0].id
    first = courses.course(desk, course).members[0].person
    attendance.set_cells(desk, course, [CellChange(first, DAY, ABSENT)], title="칸")
    page.refresh()
    line = page.late.model.rows[0]
    assert (line.reason, line.by_exception) == ("늦은 서류", True)
    assert page.tabs.tabText(1) == "출석입력요청대장 1건"
    page.kept.choose(lambda one: one.kind == "예외")
    page.undo_kept()
    assert state(page) is DayState.CLOSED


def test_a_closing_is_taken_back_with_a_reason(page: ClosingPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.close_days()
    page.close_anyway()
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_, **__: Answer("날짜 착오"))
    page.kept.choose(lambda one: one.kind == "마감")
    page.undo_kept()
    assert state(page) is DayState.OPEN
    assert page.kept.model.rows[0].reason == "날짜 착오"


def test_nothing_chosen_is_said_and_a_unit_can_be_closed_whole(page: ClosingPage) -> None:
    page.days.view.clearSelection()
    page.close_days()
    assert "먼저 고르십시오" in page.notice.text()
    page.undo_kept()
    assert "먼저 고르십시오" in page.notice.text()
    page.close_unit()
    page.close_anyway()
    assert {row.state for row in page.days.model.rows} == {DayState.CLOSED}
    assert page.kept.model.rows[0].whom == "단위기간 1"


def test_the_exception_dialog_needs_a_reason_and_offers_each_trainee(
    page: ClosingPage, qtbot: QtBot, shell: Shell
) -> None:
    assert page.shown is not None
    dialog = AllowDialog(page, shell.context, page.shown.course, DAY, DAY)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    dialog.reason.setText("늦은 서류")
    assert dialog.ok.isEnabled()
    assert dialog.who.count() == len(page.shown.course.members) + 1
    dialog.who.setCurrentIndex(1)
    answer = dialog.answer()
    assert answer.trainee == page.shown.course.members[0].person
    assert (answer.start, answer.end, answer.until.hour) == (DAY, DAY, 18)


def test_names_are_masked_while_guests_look_on(page: ClosingPage, shell: Shell) -> None:
    shell.ui.guests.click()
    unmarked = [one.name for row in page.days.model.rows for one in row.unmarked]
    assert unmarked
    assert all("*" in name for name in unmarked)
