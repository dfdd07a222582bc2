"""Lending a class and taking it back in the window, on both PCs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from regional_desk.desktop.attendance.lend_dialog import LendDialog, Wish
from regional_desk.desktop.attendance.lending_page import LendingPage
from regional_desk.desktop.attendance.page import AttendancePage
from regional_desk.desktop.attendance.return_page import ReturnPage
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.start import Desktop
from regional_desk.desktop.today.due import read_today
from regional_desk.domain.attendance import EMPTY, PRESENT
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.services.attendance import attendance, leases, lent_copies
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.training import courses
from regional_desk.store.keys import KdfCost

CHEAP = KdfCost(1, 8 * 1024, 1)
SECRET = "lend-me-carefully"
DAY = dt.date(2026, 8, 26)


@pytest.fixture
def pack(desk: Desk, tmp_path: Path) -> Path:
    """The class, lent for one day that has one record missing."""
    course = courses.list_courses(desk)[0].id
    first = courses.course(desk, course).members[0].person
    attendance.set_cells(desk, course, [CellChange(first, DAY, EMPTY)], title="비움")
    out = tmp_path / "class.rdlent"
    due = dt.date(2026, 9, 1)
    return leases.lend(
        desk, course, DAY, DAY, holder="현장 노트북", due=due, password=SECRET, out=out, cost=CHEAP
    ).file


@pytest.fixture
def laptop(pack: Path, desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The lent copy."""
    opened = lent_copies.open_pack(pack, SECRET, tmp_path / "laptop", "field", desk.clock, CHEAP)
    yield opened
    opened.store.close()


def lending(shell: Shell) -> LendingPage:
    """The office's page."""
    shell.open_page("lending")
    page = shell.current_page()
    assert isinstance(page, LendingPage)
    return page


def test_a_class_is_lent_from_the_dialog(
    shell: Shell, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = courses.list_courses(desk)[0].id
    wish = Wish(course, DAY, DAY, "현장 노트북", dt.date(2026, 9, 1), SECRET, tmp_path / "class.rdlent")
    monkeypatch.setattr(LendDialog, "ask", lambda *_: wish)
    page = lending(shell)
    page.lend()
    qtbot.waitUntil(lambda: page.told.text() != "")
    page.refresh()
    assert [row.holder for row in page.leases.model.rows] == ["현장 노트북"]
    assert wish.file.exists()


def test_the_laptop_shows_attendance_only_and_its_return_comes_back(
    shell: Shell,
    make_shell: Callable[[Desk], Shell],
    laptop: Desk,
    desk: Desk,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    there = make_shell(laptop)
    assert list(there._lines) == ["attendance", "return"]
    assert there.ui.practice.text().startswith("대출본")
    grid = there.current_page()
    assert isinstance(grid, AttendancePage)
    course = courses.list_courses(laptop)[0].id
    first = courses.course(laptop, course).members[0]
    attendance.set_cells(laptop, course, [CellChange(first.person, DAY, PRESENT)], title="칸")
    there.open_page("return")
    page = there.current_page()
    assert isinstance(page, ReturnPage)
    page.write(tmp_path / "class.rdback")
    assert "1칸을 담았습니다" in page.state.text()

    office = lending(shell)
    office.start_receiving(tmp_path / "class.rdback")
    qtbot.waitUntil(lambda: bool(office.came.model.rows))
    assert [(one.name, one.old, one.new) for one in office.came.model.rows] == [
        (first.name, "미입력", "출석")
    ]
    office.start_receiving(tmp_path / "class.rdback")
    qtbot.waitUntil(lambda: "전에 받았습니다" in office.told.text())
    assert [row.end_kind for row in leases.list_leases(desk)] == ["returned"]


def test_the_search_of_a_lent_copy_leads_only_to_its_own_pages(
    make_shell: Callable[[Desk], Shell], laptop: Desk
) -> None:
    there = make_shell(laptop)
    name = courses.course(laptop, courses.list_courses(laptop)[0].id).members[0].name
    assert there._finder(name) == ()
    found = there._finder("Track1")
    found[0].act()
    assert isinstance(there.current_page(), AttendancePage)


def test_an_overdue_lease_stands_on_today_until_it_is_taken_back(
    shell: Shell, pack: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pack.exists()
    titles = {one.title: one.tone for one in read_today(desk).due if one.page == "lending"}
    assert titles == {"반 대출 중 · 현장 노트북": "muted"}
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(dt.datetime(2026, 9, 2, 9, tzinfo=KST))
    titles = {one.title: one.tone for one in read_today(desk).due if one.page == "lending"}
    assert titles == {"반납 기한 지남 · 현장 노트북": "bad"}
    page = lending(shell)
    page.leases.view.selectRow(0)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_, **__: Answer("노트북 고장"))
    page.take_back()
    assert not [one for one in read_today(desk).due if one.page == "lending"]
    page.take_back()
    assert "먼저 고르십시오" in page.notice.text()


def test_today_asks_for_no_record_that_is_lent(shell: Shell, desk: Desk, pack: Path) -> None:
    assert (shell.desk, pack.exists()) == (desk, True)
    assert not [one for one in read_today(desk).due if one.title.startswith("출석 미입력")]


def test_a_lent_class_is_opened_from_the_first_window(
    pack: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    desktop = Desktop(qapp, Preferences(tmp_path / "laptop.json"))
    window = desktop.show_unlock()
    qtbot.addWidget(window)
    window.ui.borrow.click()
    assert "비밀번호를 적은 뒤" in window.ui.message.text()
    window.ui.password.setText("another-secret")
    window.borrow(pack, tmp_path / "field")
    qtbot.waitUntil(lambda: "비밀번호가 맞지 않습니다" in window.ui.message.text())
    window.ui.password.setText(SECRET)
    opened: list[Desk] = []
    window.opened.disconnect(desktop.show_shell)
    window.opened.connect(opened.append)
    window.borrow(pack, tmp_path / "field")
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened[0].lent is not None
    opened[0].store.close()


def test_a_refused_file_is_told_on_the_page(shell: Shell, pack: Path, qtbot: QtBot) -> None:
    page = lending(shell)
    page.start_receiving(pack)
    qtbot.waitUntil(lambda: page.notice.text() != "")
    assert "반납 파일이 아니라" in page.notice.text()


def test_the_dialog_says_what_is_missing(shell: Shell, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = LendDialog(shell, shell.context, courses.list_courses(desk)[0].id)
    qtbot.addWidget(dialog)
    dialog.show()
    for field, value, missing in (
        (dialog.holder, "현장 노트북", "빌려 가는"),
        (dialog.password, SECRET, "만들 곳"),
        (dialog.again, SECRET, "서로 다릅니다"),
        (dialog.file, str(tmp_path / "class.rdlent"), "만들 곳"),
    ):
        dialog.accept_values()
        assert missing in dialog.notice.text()
        field.setText(value)
        dialog.notice.hide()
    dialog.accept_values()
    assert dialog.wish is not None
    assert (dialog.wish.holder, dialog.wish.password) == ("현장 노트북", SECRET)
