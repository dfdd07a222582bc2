"""What the attendance page offers beside keys: filters, menus, letters, remarks, evidence, Excel and back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from regional_desk.desktop.attendance.cell_beside import Beside
from regional_desk.desktop.attendance.cell_dialog import CellDialog
from regional_desk.desktop.attendance.cell_looks import NAMES
from regional_desk.desktop.attendance.grid_keys import Letters, LettersDialog, chosen_letters
from regional_desk.desktop.attendance.grid_view import Place
from regional_desk.desktop.attendance.history_dialog import HistoryDialog
from regional_desk.desktop.attendance.page import AttendancePage
from regional_desk.desktop.attendance.sheet_dialog import SheetDialog
from regional_desk.desktop.pages import PAGES
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.attendance import (
    ABSENT,
    EMPTY,
    EXCUSED,
    PRESENT,
    Cell,
    DayPart,
    Mark,
    SpanKind,
    Status,
)
from regional_desk.errors import FileRejected, Refusal
from regional_desk.exchange import attendance_sheet
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.attendance import attendance, cell_history, evidence, remarks, sheets
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.training import courses
from regional_desk.store.courses import CourseRow

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"
SECOND_DAY = dt.date(2026, 8, 4)


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


def course_of(desk: Desk) -> CourseRow:
    return courses.list_courses(desk)[0]


def test_a_filter_shows_only_whom_it_means_and_stays_while_they_are_filled(page: AttendancePage) -> None:
    everyone = len(page.model.rows)
    page.view.go_to(2, 1)
    trainee = page.model.rows[2].trainee
    press(page, Qt.Key.Key_Delete)
    page.filter.setCurrentIndex(page.filter.findData("unset"))
    assert trainee in {row.trainee for row in page.model.rows}
    assert len(page.model.rows) < everyone == len(page.model.everyone)
    at = next(at for at, row in enumerate(page.model.rows) if row.trainee == trainee)
    page.view.go_to(at, 1)
    press(page, Qt.Key.Key_1)
    assert page.model.rows[at].trainee == trainee  # nobody vanishes under the cursor
    page.filter.setCurrentIndex(0)
    assert len(page.model.rows) == everyone


def test_going_to_somebody_the_filter_leaves_out_shows_everyone(page: AttendancePage, desk: Desk) -> None:
    safe = next(row.trainee for row in page.model.rows if row.trainee not in page.model.grid.signs)  # type: ignore[union-attr]
    page.filter.setCurrentIndex(page.filter.findData("signs"))
    page.go_to(course_of(desk).id, 1, safe, SECOND_DAY)
    current = page.view.current()
    assert current is not None
    assert page.model.rows[current.row].trainee == safe


def test_counts_of_the_day_and_of_everyone_follow_each_key(page: AttendancePage) -> None:
    page.view.go_to(0, 1)
    unset, before = page.model.unset, page.model.day_counts(1)
    press(page, Qt.Key.Key_Delete)
    after = page.model.day_counts(1)
    assert page.model.unset == unset + 1
    assert after["미입력"] == before.get("미입력", 0) + 1
    assert sum(after[word] for word in after if word != "지각·조퇴·외출") == sum(
        before[word] for word in before if word != "지각·조퇴·외출"
    )


def test_the_line_below_says_what_the_trainee_has_to_lose(page: AttendancePage) -> None:
    page.view.go_to(0, 1)
    said = page._state.text()
    assert "더면 결석 1일" in said or "80% 불가" in said or "제적" in said
    assert page.model.rows[0].name in said


def test_letters_can_be_chosen_and_work_on_either_layout(
    page: AttendancePage, shell: Shell, qtbot: QtBot
) -> None:
    dialog = LettersDialog(Letters(), page)
    qtbot.addWidget(dialog)
    dialog.fields[0].setText("ㅈ")
    dialog.save()
    assert "두 번" in dialog.message.text()
    chosen = Letters("ㅋㅈㅌㅇㄱㅂ")
    dialog.show_letters(chosen)
    dialog.save()
    assert dialog.letters == chosen
    page.view.days.letters = chosen.cells()
    page.view.go_to(3, 1)
    press(page, Qt.Key.Key_5)
    page.view.go_to(3, 1)
    press(page, Qt.Key.Key_Z)  # where ㅋ lies
    assert page.model.rows[3].cells[1] == PRESENT
    page.view.go_to(4, 1)
    press(page, Qt.Key.Key_5)
    page.view.go_to(4, 1)
    press(page, Qt.Key.Key_C)  # ㅊ means nothing any more
    assert page.model.rows[4].cells[1] == ABSENT


def test_letters_this_pc_cannot_use_are_the_usual_ones(shell: Shell) -> None:
    shell.preferences.set("grid_letters", "ㅊㅊ")
    assert chosen_letters(shell.preferences) == Letters()


def test_the_menu_of_a_cell_names_states_details_and_history(page: AttendancePage) -> None:
    page.view.go_to(1, 1)
    menu = page.acts.make_menu()
    words = [action.text() for action in menu.actions()]
    assert [word for word in words if word.startswith("결석")] == ["결석\t5"]
    assert any("이력" in word for word in words)
    next(action for action in menu.actions() if action.text().startswith("결석")).trigger()
    assert page.model.rows[1].cells[1] == ABSENT


def test_more_lists_every_page_under_attendance(page: AttendancePage) -> None:
    page.tools.fill()
    words = [action.text() for action in page.tools.menu().actions()]
    assert [spec.title for spec in PAGES if spec.under == "attendance"] == words[: words.index("")]
    assert "엑셀로 내보내기…" in words


def test_the_history_of_a_cell_says_who(page: AttendancePage, desk: Desk, qtbot: QtBot) -> None:
    page.view.go_to(3, 1)
    press(page, Qt.Key.Key_5)
    lines = cell_history.history(desk, page.model.rows[3].trainee, SECOND_DAY)
    assert lines[-1].new == "결석"
    assert lines[-1].by == desk.actor.name
    dialog = HistoryDialog(page._context, "칸", lines, page)
    qtbot.addWidget(dialog)
    assert dialog.table.model.rows[0] == lines[-1]


def test_f2_proposes_from_times_and_takes_parts_of_the_day(page: AttendancePage, qtbot: QtBot) -> None:
    assert page.grid is not None
    beside = Beside(page._context, page.grid, page.model.rows[0].trainee, SECOND_DAY)
    dialog = CellDialog(page, "칸", EMPTY, beside)
    qtbot.addWidget(dialog)
    dialog.ui.timeIn.setText("09:11")
    dialog.ui.timeOut.setText("18:00")
    assert "지각" in dialog.proposed.text()
    dialog.spans[SpanKind.OUT].setText("10:00~11:00")
    dialog.take_proposal()
    dialog._on_accepted()
    late_and_out = Mark.LATE | Mark.OUT
    parts = (DayPart(SpanKind.OUT, 600, 660),)
    assert dialog.cell == Cell(Status.PRESENT, late_and_out, 551, 1080, parts=parts)


def test_f2_says_where_times_and_record_differ_and_refuses_a_span_that_is_none(
    page: AttendancePage, qtbot: QtBot
) -> None:
    assert page.grid is not None
    beside = Beside(page._context, page.grid, page.model.rows[0].trainee, SECOND_DAY)
    dialog = CellDialog(page, "칸", Cell(Status.PRESENT, Mark.NONE, 9 * 60 + 30, 18 * 60), beside)
    qtbot.addWidget(dialog)
    assert "다릅니다" in dialog.proposed.text()
    dialog.spans[SpanKind.OUT].setText("11시부터")
    dialog._on_accepted()
    assert dialog.cell is None
    assert "시간대" in dialog.ui.message.text()


def test_f2_keeps_a_remark_that_the_grid_then_signs(page: AttendancePage, desk: Desk, qtbot: QtBot) -> None:
    assert page.grid is not None
    trainee = page.model.rows[0].trainee
    beside = Beside(page._context, page.grid, trainee, SECOND_DAY)
    dialog = CellDialog(page, "칸", PRESENT, beside)
    qtbot.addWidget(dialog)
    dialog.remark.setText("버스 고장으로 연락 옴")
    dialog._on_accepted()
    assert beside.changed
    assert remarks.read_remark(desk, trainee, SECOND_DAY).text == "버스 고장으로 연락 옴"
    page.refresh()
    assert "비고 있음" in page.model.index(0, NAMES + 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not page.grab().isNull()


def test_f2_takes_a_paper_away_that_was_attached_by_mistake(
    page: AttendancePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert page.grid is not None
    trainee = page.model.rows[0].trainee
    beside = Beside(page._context, page.grid, trainee, SECOND_DAY)
    dialog = CellDialog(page, "칸", PRESENT, beside)
    qtbot.addWidget(dialog)
    paper = tmp_path / "진단서.pdf"
    paper.write_bytes(b"%PDF-1.7 paper")
    beside.attach(str(paper))
    dialog._show_papers()
    (away,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "빼기"]
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("다른 사람 것"))
    away.click()
    assert evidence.list_papers(desk, trainee, SECOND_DAY) == ()
    assert not [one for one in dialog.findChildren(QPushButton) if one.text() == "빼기" and one.isVisible()]


def test_a_remark_changed_meanwhile_is_not_written_over_and_an_empty_one_goes(desk: Desk) -> None:
    course = course_of(desk).id
    trainee = attendance.grid(desk, course).rows[0].trainee
    remarks.set_remark(desk, course, trainee, SECOND_DAY, "첫째", version=0)
    with pytest.raises(Refusal, match="바뀌어"):
        remarks.set_remark(desk, course, trainee, SECOND_DAY, "둘째", version=0)
    remarks.set_remark(desk, course, trainee, SECOND_DAY, "", version=1)
    assert remarks.read_remark(desk, trainee, SECOND_DAY) == remarks.Remark()
    with pytest.raises(Refusal, match="300자"):
        remarks.set_remark(desk, course, trainee, SECOND_DAY, "가" * 301, version=0)


def test_guests_read_no_remark_and_no_file_name(desk: Desk) -> None:
    course = course_of(desk).id
    trainee = attendance.grid(desk, course).rows[0].trainee
    remarks.set_remark(desk, course, trainee, SECOND_DAY, "가족 일", version=0)
    evidence.attach(desk, course, trainee, SECOND_DAY, ReceivedFile("홍길동.pdf", PDF, "application/pdf"))
    assert remarks.read_remark(desk.for_guests(), trainee, SECOND_DAY).text == ""
    assert [paper.name for paper in evidence.list_papers(desk.for_guests(), trainee, SECOND_DAY)] == [
        "증빙 1"
    ]


def test_evidence_is_kept_encrypted_and_opens_as_it_came(desk: Desk) -> None:
    course = course_of(desk).id
    trainee = attendance.grid(desk, course).rows[0].trainee
    file = ReceivedFile("확인서.pdf", PDF, "application/pdf")
    kept = evidence.attach(desk, course, trainee, SECOND_DAY, file)
    assert [paper.name for paper in evidence.list_papers(desk, trainee, SECOND_DAY)] == ["확인서.pdf"]
    assert all(PDF not in path.read_bytes() for path in (desk.store.folder / "attachments").iterdir())
    assert evidence.open_paper(desk, kept).read_bytes() == PDF


def test_a_large_paste_is_one_step_done_beside_the_window(
    page: AttendancePage, desk: Desk, qtbot: QtBot
) -> None:
    page.view.go_to(0, 0)
    days = sum(column.training for column in page.model.days)
    before = [row.cells for row in page.model.rows]
    text = "\n".join("\t".join("결석" for _ in page.model.days) for _ in page.model.rows)
    jobs = page._context.jobs
    with qtbot.waitSignal(jobs.idle, timeout=20_000):
        page.paste(text)
        assert jobs.running
    assert sum(cell == ABSENT for row in page.model.rows for cell in row.cells) == days * len(page.model.rows)
    page.undo()
    assert [row.cells for row in page.model.rows] == before


def test_a_key_pressed_after_a_large_paste_was_saved_is_what_stays_on_screen(
    page: AttendancePage, desk: Desk, qtbot: QtBot
) -> None:
    page.view.go_to(0, 0)
    jobs = page._context.jobs
    with qtbot.waitSignal(jobs.idle, timeout=20_000):
        page.paste("\n".join("\t".join("결석" for _ in page.model.days) for _ in page.model.rows))
        jobs.wait()  # saved, and not told yet
        page.set_cells([Place(0, 0)], lambda _now: PRESENT, move=False)
    assert page.model.rows[0].cells[0] == PRESENT
    assert page.model.rows[1].cells[0] == ABSENT
    assert page.grid is not None
    stored = attendance.grid(desk, page.grid.course.course.id).rows
    assert [row.cells for row in stored] == [row.cells for row in page.model.rows]


def edited(path: Path, change: dict[tuple[int, int], str]) -> None:
    """Do to a sheet what a person does in Excel: (row, column) from 1 → text."""
    book = openpyxl.load_workbook(path)
    for (row, column), text in change.items():
        book[attendance_sheet.SHOWN].cell(row, column).value = text or None
    book.save(path)


def test_a_sheet_goes_to_excel_and_comes_back_with_its_edits_only(desk: Desk, tmp_path: Path) -> None:
    course, path = course_of(desk).id, tmp_path / "출결.xlsx"
    shown = attendance.grid(desk, course)
    assert sheets.export_sheet(desk, shown, path, purpose="점검") == len(shown.rows)
    assert sheets.plan_sheet(desk, path).edits == ()
    edited(path, {(3, 5): "지각", (4, 6): "모름", (5, 5): ""})
    elsewhere = CellChange(shown.rows[0].trainee, shown.days[0].day, EXCUSED)
    attendance.set_cells(desk, course, [elsewhere], title="다른 곳")
    plan = sheets.plan_sheet(desk, path)
    assert [(edit.text, edit.can, edit.both) for edit in plan.edits] == [
        ("지각", True, True),
        ("모름", False, False),
        ("", True, False),
    ]
    written = sheets.take_sheet(desk, plan, [edit for edit in plan.edits if not edit.both])
    assert written.changed == 1
    rows = attendance.grid(desk, course).rows
    assert rows[0].cells[0] == EXCUSED
    assert rows[2].cells[0] == EMPTY
    attendance.undo(desk)
    assert attendance.grid(desk, course).rows[2].cells == shown.rows[2].cells


def test_rows_sorted_in_excel_are_found_by_their_hidden_ids(desk: Desk, tmp_path: Path) -> None:
    course, path = course_of(desk).id, tmp_path / "출결.xlsx"
    shown = attendance.grid(desk, course)
    sheets.export_sheet(desk, shown, path, purpose="점검")
    book = openpyxl.load_workbook(path)
    out = book[attendance_sheet.SHOWN]
    lines = [[cell.value for cell in row] for row in out.iter_rows(min_row=3)]
    for at, line in enumerate(reversed(lines), start=3):
        for column, value in enumerate(line, start=1):
            out.cell(at, column).value = value
    book.save(path)
    assert sheets.plan_sheet(desk, path).edits == ()


def test_a_sheet_whose_hidden_part_was_changed_is_refused(desk: Desk, tmp_path: Path) -> None:
    course, path = course_of(desk).id, tmp_path / "출결.xlsx"
    sheets.export_sheet(desk, attendance.grid(desk, course), path, purpose="점검")
    book = openpyxl.load_workbook(path)
    book[attendance_sheet.KEPT].cell(3, 2).value = "외출"
    book.save(path)
    with pytest.raises(FileRejected, match="바뀌었습니다"):
        sheets.plan_sheet(desk, path)


def test_a_plan_is_not_taken_over_what_changed_since(desk: Desk, tmp_path: Path) -> None:
    course, path = course_of(desk).id, tmp_path / "출결.xlsx"
    shown = attendance.grid(desk, course)
    sheets.export_sheet(desk, shown, path, purpose="점검")
    edited(path, {(3, 5): "외출"})
    plan = sheets.plan_sheet(desk, path)
    change = CellChange(shown.rows[0].trainee, shown.days[0].day, EXCUSED)
    attendance.set_cells(desk, course, [change], title="다른 곳")
    with pytest.raises(Refusal, match="그 사이에"):
        sheets.take_sheet(desk, plan, plan.edits)


def test_the_dialog_of_a_sheet_takes_what_is_chosen(
    page: AttendancePage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "출결.xlsx"
    with qtbot.waitSignal(page._context.jobs.idle, timeout=20_000):
        page.sheets.write(path, "점검")
    assert path.exists()
    edited(path, {(3, 5): "외출"})
    dialog = SheetDialog(page._context, sheets.plan_sheet(desk, path), page)
    qtbot.addWidget(dialog)
    assert dialog.take_button.text() == "1칸 들이기"
    dialog.take()
    assert dialog.written is not None
    assert dialog.written.changed == 1
