"""The attendance page by keyboard, as an office types all day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from regional_desk.desktop.attendance.cell_dialog import CellDialog
from regional_desk.desktop.attendance.cell_looks import NAMES
from regional_desk.desktop.attendance.grid_model import GridModel
from regional_desk.desktop.attendance.page import AttendancePage
from regional_desk.desktop.shell import Shell
from regional_desk.domain.attendance import ABSENT, EMPTY, EXCUSED, PRESENT, Cell, Evidence, Mark, Status
from regional_desk.domain.masking import Masking
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.training import courses

LATE = Cell(Status.PRESENT, Mark.LATE)


@pytest.fixture
def page(shell: Shell) -> AttendancePage:
    """The page with the August course."""
    shell.open_page("attendance")
    found = shell.current_page()
    assert isinstance(found, AttendancePage)
    return found


def press(
    page: AttendancePage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(page.view.days, key, modifier)


def stored(page: AttendancePage, desk: Desk, row: int, day: int) -> Cell | None:
    """What the store holds now, read anew."""
    return attendance.grid(desk, courses.list_courses(desk)[0].id).rows[row].cells[day]


def test_the_model_keeps_qts_promises(page: AttendancePage, desk: Desk) -> None:
    model = GridModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown = attendance.grid(desk, courses.list_courses(desk)[0].id)
    model.set_grid(shown, Masking.FULL)
    model.replace_rows(shown.rows[:2])
    assert model.rowCount(model.index(0, 0)) == 0
    assert tester.model() is model


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        (Qt.Key.Key_1, PRESENT),
        (Qt.Key.Key_2, LATE),
        (Qt.Key.Key_3, Cell(Status.PRESENT, Mark.LEFT_EARLY)),
        (Qt.Key.Key_4, Cell(Status.PRESENT, Mark.OUT)),
        (Qt.Key.Key_5, ABSENT),
        (Qt.Key.Key_6, EXCUSED),
        (Qt.Key.Key_Delete, EMPTY),
        (Qt.Key.Key_C, PRESENT),
        (Qt.Key.Key_W, LATE),
        (Qt.Key.Key_R, ABSENT),
        (Qt.Key.Key_Q, EXCUSED),
    ],
)
def test_one_key_sets_the_cell_saves_it_and_moves_down(
    page: AttendancePage, desk: Desk, key: Qt.Key, cell: Cell
) -> None:
    page.view.go_to(3, 1)
    press(page, key)
    assert stored(page, desk, 3, 1) == cell
    current = page.view.current()
    assert current is not None
    assert (current.row, current.day) == (4, 1)


def test_ctrl_adds_and_removes_a_mark_and_the_cursor_stays(page: AttendancePage, desk: Desk) -> None:
    page.view.go_to(3, 1)
    press(page, Qt.Key.Key_1)
    page.view.go_to(3, 1)
    control = Qt.KeyboardModifier.ControlModifier
    press(page, Qt.Key.Key_2, control)
    press(page, Qt.Key.Key_3, control)
    assert stored(page, desk, 3, 1) == Cell(Status.PRESENT, Mark.LATE | Mark.LEFT_EARLY)
    press(page, Qt.Key.Key_2, control)
    assert stored(page, desk, 3, 1) == Cell(Status.PRESENT, Mark.LEFT_EARLY)
    current = page.view.current()
    assert current is not None
    assert (current.row, current.day) == (3, 1)


def test_a_weekend_takes_no_key_and_says_why(page: AttendancePage) -> None:
    page.view.go_to(0, 5)  # 8. 8. is a Saturday
    press(page, Qt.Key.Key_1)
    assert "입력하지 않는 칸" in page.notice.text()


def test_the_live_figures_follow_the_key(page: AttendancePage) -> None:
    before = page.model.rows[5].summary
    day = next(at for at, cell in enumerate(page.model.rows[5].cells) if cell == PRESENT)
    page.view.go_to(5, day)
    press(page, Qt.Key.Key_5)
    after = page.model.rows[5]
    assert after.summary.attended_days == before.attended_days - 1
    assert after.amount == 360_000


def test_undo_and_redo_are_named_and_work_by_key(page: AttendancePage, desk: Desk, qtbot: QtBot) -> None:
    first = stored(page, desk, 3, 1)
    page.view.go_to(3, 1)
    press(page, Qt.Key.Key_5)
    assert "8/4 → 결석" in page._undo.text()
    page.undo()
    assert stored(page, desk, 3, 1) == first
    assert "8/4 → 결석" in page._redo.text()
    page.redo()
    assert stored(page, desk, 3, 1) == ABSENT


def test_paste_from_excel_is_one_step_and_bad_cells_stop_it(page: AttendancePage, desk: Desk) -> None:
    page.view.go_to(0, 0)
    page.paste("출석\t지각\n결석\t◎\n")
    assert [stored(page, desk, row, day) for row in (0, 1) for day in (0, 1)] == [
        PRESENT,
        LATE,
        ABSENT,
        EXCUSED,
    ]
    page.undo()
    assert stored(page, desk, 1, 0) != ABSENT or stored(page, desk, 0, 1) != LATE
    before = [stored(page, desk, row, 0) for row in (0, 1)]
    page.paste("출석\n모름\n")
    assert "붙여넣지 않았습니다" in page.notice.text()
    assert [stored(page, desk, row, 0) for row in (0, 1)] == before


def test_copy_gives_what_paste_reads(page: AttendancePage, desk: Desk) -> None:
    page.view.go_to(0, 0)
    page.paste("출석(지각,조퇴)\n")
    page.view.go_to(0, 0)
    press(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "출석(지각,조퇴)"


def test_fill_down_and_fill_present(page: AttendancePage, desk: Desk) -> None:
    model = page.model
    selection = page.view.days.selectionModel()
    page.view.go_to(0, 1)
    press(page, Qt.Key.Key_5)
    flag = selection.SelectionFlag.Select
    selection.clearSelection()
    for row in range(4):
        selection.select(model.index(row, NAMES + 1), flag)
    press(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [stored(page, desk, row, 1) for row in range(4)] == [ABSENT] * 4
    press(page, Qt.Key.Key_Delete)
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [stored(page, desk, row, 1) for row in range(4)] == [PRESENT] * 4


def test_f2_gives_times_reason_and_evidence(
    page: AttendancePage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = Cell(Status.EXCUSED, reason="interview", evidence=Evidence.SUBMITTED)
    monkeypatch.setattr(CellDialog, "ask", classmethod(lambda *_asked: chosen))
    page.view.go_to(2, 1)
    press(page, Qt.Key.Key_F2)
    assert stored(page, desk, 2, 1) == chosen


def test_the_dialog_reads_back_what_it_shows(qtbot: QtBot) -> None:
    cell = Cell(Status.PRESENT, Mark.LATE, 9 * 60 + 25, 18 * 60)
    dialog = CellDialog(None, "홍길동", cell)
    qtbot.addWidget(dialog)
    dialog._on_accepted()
    assert dialog.cell == cell
    dialog.cell = None
    dialog.ui.timeOut.setText("08:00")
    dialog._on_accepted()
    assert dialog.cell is None
    assert "퇴실 시각" in dialog.ui.message.text()


def test_a_screen_reader_hears_name_day_and_state(page: AttendancePage) -> None:
    spoken = page.model.index(0, NAMES).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("8월 3일, 결석")
    assert page.model.rows[0].name in spoken


def test_guests_see_no_full_name(shell: Shell, page: AttendancePage) -> None:
    name = page.model.rows[0].name
    shell._on_guests()
    shown = page.model.index(0, 1).data()
    assert shown != name
    assert "*" in shown


def test_another_window_s_change_does_not_get_lost(page: AttendancePage, desk: Desk) -> None:
    trainee = page.model.rows[0].trainee
    course = courses.list_courses(desk)[0].id
    attendance.set_cells(desk, course, [CellChange(trainee, dt.date(2026, 8, 5), ABSENT)], title="다른 창")
    page.view.go_to(0, 1)
    press(page, Qt.Key.Key_5)
    assert page.model.rows[0].cells[2] == ABSENT


def test_the_page_goes_to_a_trainee_s_day(page: AttendancePage, shell: Shell, desk: Desk) -> None:
    course, trainee = courses.list_courses(desk)[0].id, page.model.rows[7].trainee
    shell.open_page("attendance", course=course, unit=1, trainee=trainee, day=dt.date(2026, 8, 5))
    current = page.view.current()
    assert current is not None
    assert (current.row, page.model.days[current.day].day) == (7, dt.date(2026, 8, 5))


def test_painting_every_scheme_and_size_needs_no_font_of_the_pc(
    shell: Shell, page: AttendancePage, qtbot: QtBot, at_size: Callable[[int], None]
) -> None:
    for percent in (100, 150, 200):
        at_size(percent)
        page.view.measure()
        assert not page.grab().isNull()


def test_scrolling_shifts_the_picture_and_leaves_nothing_old(
    shell: Shell, page: AttendancePage, qtbot: QtBot
) -> None:
    """The viewport promises to paint every pixel; what stands on screen must equal a picture drawn anew."""
    shell.resize(900, 420)
    qtbot.waitExposed(shell)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_5, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        press(page, key)
        QApplication.processEvents()
    area = page.view.days.rect().translated(page.view.days.mapTo(shell, page.view.days.rect().topLeft()))
    shown = shell.screen().grabWindow(shell.winId()).toImage().copy(area)
    anew = shell.grab().toImage().copy(area)
    assert shown.convertToFormat(anew.format()) == anew


def test_the_row_of_the_cursor_is_marked_beside_the_names(page: AttendancePage) -> None:
    page.view.go_to(4, 1)
    marked = page.view.names.grab().toImage()
    page.view.go_to(5, 1)
    assert page.view.names.grab().toImage() != marked
