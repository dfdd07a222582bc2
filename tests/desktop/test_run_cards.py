"""Runs as cards: one shown, many taken a step together, the day strip and what goes back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot
from tests.desktop.test_allowance_page import adopt
from tests.integration.test_runs import second_course

from regional_desk.desktop.allowance.day_strip import DayStrip
from regional_desk.desktop.allowance.page import AllowancePage
from regional_desk.desktop.shell import Shell
from regional_desk.domain.allowance import RunState
from regional_desk.domain.attendance import EXCUSED, Cell, Evidence, Status
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.pay.run_board import board
from regional_desk.services.training import courses


@pytest.fixture
def other(desk: Desk) -> UUID:
    """A second course with six people and no record."""
    return second_course(desk)


@pytest.fixture
def page(shell: Shell, other: UUID) -> AllowancePage:
    """The page with two cards."""
    shell.open_page("allowance")
    found = shell.current_page()
    assert isinstance(found, AllowancePage)
    return found


def states(desk: Desk) -> dict[UUID, RunState | None]:
    """How far each course's unit is."""
    return {card.course: card.state for card in board(desk)}


def test_every_unit_has_a_card_that_says_how_far_it_is(page: AllowancePage) -> None:
    said = [page.cards.item(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(page.cards.count())]
    assert len(said) == 2
    assert all("단위기간 1, ! 작성 전" in text for text in said)


def test_the_arrow_keys_go_from_card_to_card(page: AllowancePage) -> None:
    first = page.cards.current
    QTest.keyClick(page.cards, Qt.Key.Key_Right)
    assert page.cards.current is not None
    assert page.cards.current != first
    assert page.cards.chosen == (page.cards.current,)


def month(desk: Desk) -> UUID:
    """The course of the month's files."""
    return next(row.id for row in courses.list_courses(desk) if "4기" not in row.name)


def test_many_are_taken_a_step_together_and_one_refused_stops_no_other(
    page: AllowancePage, desk: Desk, other: UUID, qtbot: QtBot
) -> None:
    adopt(desk)
    settle_evidence(desk)
    page.refresh()
    page.cards.selectAll()
    for key in ("draft", "check", "confirm"):
        with qtbot.waitSignal(page._context.jobs.idle):
            page._buttons[key].click()
    assert states(desk) == {other: RunState.CHECKED, month(desk): RunState.CONFIRMED}
    assert "2개 가운데 1개는 확정 상태가 되었고 1개는 그대로입니다" in page.notice.text()
    assert "Track1 4기 품질 1단위기간" in page.notice.text()


def settle_evidence(desk: Desk) -> None:
    """Give the month's 출석인정 their reasons, whichever course stands first in the list."""
    course = month(desk)
    shown = attendance.grid(desk, course)
    found = [
        CellChange(
            row.trainee, column.day, Cell(Status.EXCUSED, reason="interview", evidence=Evidence.VERIFIED)
        )
        for row in shown.rows
        for column, cell in zip(shown.days, row.cells, strict=True)
        if cell == EXCUSED
    ]
    attendance.set_cells(desk, course, found, title="증빙 확인")


def test_only_one_run_at_once_goes_back_is_cancelled_or_holds_somebody(page: AllowancePage) -> None:
    page.draft()
    page.table.view.selectRow(0)
    assert page._buttons["hold"].isEnabled()
    page.cards.selectAll()
    assert not any(page._buttons[key].isEnabled() for key in ("hold", "back", "cancel"))
    assert page._buttons["draft"].isEnabled()


def test_a_checked_run_goes_back_with_a_reason_shown_on_the_page(
    page: AllowancePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.draft()
    page._buttons["check"].click()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("3번 출결 확인", True))
    page._buttons["back"].click()
    assert page.run is not None
    assert page.run.state is RunState.DRAFT
    assert page._told.text() == "! 검토에서 되돌아옴: 3번 출결 확인"


def test_a_filter_leaves_the_cards_it_names(page: AllowancePage) -> None:
    page.draft()
    page._filter.setCurrentText("지급 전")
    assert page.cards.count() == 0
    assert page.run is None
    page._filter.setCurrentText("확정 전")
    assert page.cards.count() == 2


def test_the_strip_tells_each_day(page: AllowancePage, shell: Shell, desk: Desk) -> None:
    shell.open_page("allowance", course=month(desk), unit=1)
    page.draft()
    page.table.view.selectRow(0)
    assert page.run is not None
    days = page.run.course.days_of(page.run.unit)
    strip = page.why.findChildren(DayStrip)[-1]
    assert strip.says(0).startswith("8/3(월) ")
    assert len(strip.accessibleDescription().split(", 8/")) == len(days)
    assert strip.heightForWidth(5 * strip.minimumSizeHint().width()) > strip.heightForWidth(2000)


def test_another_pages_link_leads_to_the_unit(page: AllowancePage, shell: Shell, other: UUID) -> None:
    shell.open_page("allowance", course=other, unit=1)
    assert page.cards.current is not None
    assert page.cards.current.course == other
    assert page.cards.current.unit.start == dt.date(2026, 8, 3)
