from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from regional_desk.desktop.courses.acts import place_words
from regional_desk.desktop.courses.calendar_page import CalendarPage
from regional_desk.desktop.courses.closing_dialog import ClosingDialog
from regional_desk.desktop.courses.course_edit_dialog import CourseCopyDialog, CourseEditDialog
from regional_desk.desktop.courses.days import DaysDialog
from regional_desk.desktop.courses.entry_edit import EntryEdit, fitting
from regional_desk.desktop.courses.instructor_dialog import InstructorDialog
from regional_desk.desktop.courses.instructors import InstructorsPage
from regional_desk.desktop.courses.place_choice import PlaceChoice
from regional_desk.desktop.courses.spots import Spot, read_block
from regional_desk.desktop.courses.timetable_page import TimetablePage
from regional_desk.desktop.shell import Shell
from regional_desk.domain.people import Track
from regional_desk.domain.timetable import Entry
from regional_desk.services.desk import Desk
from regional_desk.services.training import courses, instructors, timetable
from regional_desk.services.training.instructors import InstructorValues
from regional_desk.services.training.timetable import Choices, LessonChange

MONDAY = dt.date(2026, 8, 24)


@pytest.fixture
def course(office: Desk) -> UUID:
    instructors.add(office, InstructorValues("김가상", organisation="한빛기술", hourly_rate=50_000))
    return courses.list_courses(office)[0].id


@pytest.fixture
def page(shell: Shell, course: UUID) -> TimetablePage:
    shell.open_page("timetable", course=course, day=MONDAY)
    found = shell.current_page()
    assert isinstance(found, TimetablePage)
    return found


def entry(desk: Desk, course: UUID, day: dt.date, period: int) -> Entry | None:
    return timetable.timetable(desk, course).entry(day, period)


def test_typing_saves_at_once_and_moves_down(
    qtbot: QtBot, page: TimetablePage, office: Desk, course: UUID
) -> None:
    page.view.go_to(Spot(0, 0))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    editor = QApplication.focusWidget() or page.view.findChild(EntryEdit)
    assert isinstance(editor, EntryEdit)
    editor.setText("PLC 기초 / 김가상 / 실습실 1")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.view.current() == Spot(1, 0))
    assert entry(office, course, MONDAY, 1) == Entry("PLC 기초", "김가상", "실습실 1")
    assert page.model.index(0, 0).data() == "PLC 기초\n김가상 · 실습실 1"
    page.undo()
    assert entry(office, course, MONDAY, 1) is None


def test_an_instructor_not_in_the_register_is_refused_in_words(page: TimetablePage) -> None:
    assert not page.put([(Spot(0, 0), "PLC / 없는분")], "시험")
    assert "명부에 없습니다" in page.notice.text()


def test_fill_and_paste_work_as_in_a_spreadsheet(page: TimetablePage, office: Desk, course: UUID) -> None:
    page.put([(Spot(0, 0), "PLC / 김가상")], "시험")
    view = page.view
    top, bottom = page.model.index(0, 0), page.model.index(2, 1)
    view.selectionModel().select(
        QItemSelection(top, bottom), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    view.filled.emit("right")
    assert entry(office, course, MONDAY + dt.timedelta(days=1), 1) == Entry("PLC", "김가상")
    view.selectionModel().select(
        QItemSelection(top, bottom), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    view.filled.emit("down")
    assert entry(office, course, MONDAY + dt.timedelta(days=1), 3) == Entry("PLC", "김가상")
    view.copied.emit()
    assert QApplication.clipboard().text().split("\n")[0] == "PLC / 김가상\tPLC / 김가상"
    view.go_to(Spot(4, 0))
    page.paste('CAD\t"로봇 / 김가상\n"\nQC\t')
    assert entry(office, course, MONDAY, 5) == Entry("CAD")
    assert entry(office, course, MONDAY + dt.timedelta(days=1), 5) == Entry("로봇", "김가상")
    assert entry(office, course, MONDAY, 6) == Entry("QC")
    page.paste("a / b / c / d")
    assert "읽을 수 없어" in page.notice.text()


def test_what_excel_copies_is_read_cell_by_cell() -> None:
    assert read_block('a\t"b\nc"\r\nd\t\r\n') == [["a", "b\nc"], ["d", ""]]


def test_a_clash_is_said_at_once_and_in_the_cell(page: TimetablePage, office: Desk) -> None:
    other = courses.add_course(office, "Track2 1기", Track.TRACK2, MONDAY, dt.date(2026, 9, 18)).course.id
    wanted = [LessonChange(MONDAY, 1, Entry("AI", "김가상"))]
    timetable.set_lessons(office, other, wanted, title="시험")
    page.put([(Spot(0, 0), "PLC / 김가상")], "시험")
    assert "강사 김가상이(가) 'Track2 1기'" in page.clashes.text()
    assert page.model.index(0, 0).data().startswith("! PLC")
    assert "겹칩니다" in page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_day_without_training_takes_nothing(shell: Shell, page: TimetablePage) -> None:
    page.turn(-1)
    assert page.monday == dt.date(2026, 8, 17)  # a substitute holiday
    assert page.model.index(0, 0).data() == "–"
    assert not page.model.flags(page.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    page.turn(-9)
    assert page.monday == dt.date(2026, 8, 3)


def test_guests_see_masked_names_and_change_nothing(shell: Shell, page: TimetablePage) -> None:
    page.put([(Spot(0, 0), "PLC / 김가상")], "시험")
    shell._on_guests()
    assert page.model.index(0, 0).data() == "PLC\n김*상"
    assert not page.put([(Spot(0, 1), "CAD")], "시험")
    assert page.notice.text()
    assert not page.note.line.isEnabled()


def test_a_note_is_kept_for_the_day_under_the_cursor(page: TimetablePage, office: Desk, course: UUID) -> None:
    page.view.go_to(Spot(0, 1))
    page.note.line.setFocus()
    page.note.line.setText("견학")
    page.note.line.setModified(True)
    page.note.save()
    days = {one.day: one.note for one in timetable.timetable(office, course).days}
    assert days[MONDAY + dt.timedelta(days=1)] == "견학"
    assert "✎" in page.model.headerData(1, Qt.Orientation.Horizontal)


def test_the_model_keeps_qts_rules(page: TimetablePage) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.turn(-1)
    page.turn(1)
    assert tester.model() is page.model


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pl", ["PLC 기초"]),
        ("ㅍㅈ", ["품질관리"]),
        ("관리", ["품질관리"]),
        ("", ["PLC 기초", "품질관리"]),
        ("x", []),
    ],
)
def test_what_fits_is_offered_by_beginning_middle_and_first_consonants(typed: str, found: list[str]) -> None:
    assert fitting(("PLC 기초", "품질관리"), typed) == found


def test_each_part_of_an_entry_has_its_own_choices(qtbot: QtBot) -> None:
    edit = EntryEdit(Choices(("PLC 기초", "CAD/CAM"), ("김가상", "이모의"), ("실습실 1",)))
    qtbot.addWidget(edit)
    edit.setText("cad")
    edit.offer()
    assert edit.choices() == ["CAD/CAM"]
    edit.take("CAD/CAM")
    edit.setText(edit.text() + " / 이")
    edit.offer()
    assert edit.choices() == ["이모의"]
    edit.take("이모의")
    assert edit.text() == "CAD/CAM / 이모의"


def test_the_register_shows_hours_and_fee_of_the_month(
    qtbot: QtBot, shell: Shell, office: Desk, course: UUID
) -> None:
    wanted = [LessonChange(MONDAY, period, Entry("PLC", "김가상")) for period in (1, 2)]
    timetable.set_lessons(office, course, wanted, title="시험")
    shell.open_page("instructors")
    page = shell.current_page()
    assert isinstance(page, InstructorsPage)
    page.table.view.selectRow(0)
    assert "2시간 × 50,000원 = 100,000원" in page.taught.text()
    assert "강사료 100,000원" in page.total.text()
    page.turn(1)
    assert page.lessons.model.rows == ()
    dialog = InstructorDialog(None, office, instructors.list_instructors(office)[0])
    qtbot.addWidget(dialog)
    dialog.rate.setText("60,000")
    dialog._on_accepted()
    assert instructors.list_instructors(office)[0].hourly_rate == 60_000


def test_the_calendar_shows_every_course_of_the_month_and_leads_to_its_timetable(
    shell: Shell, course: UUID
) -> None:
    shell.open_page("calendar")
    page = shell.current_page()
    assert isinstance(page, CalendarPage)
    assert [line.course for line in page.model.lines] == [course]
    assert page.model.index(0, 2).data() == "○"
    page._on_opened(page.model.index(0, 23))
    opened = shell.current_page()
    assert isinstance(opened, TimetablePage)
    assert opened.monday == MONDAY


def test_days_are_tried_before_they_are_changed(
    qtbot: QtBot, shell: Shell, office: Desk, course: UUID
) -> None:
    dialog = DaysDialog(shell, shell.context, courses.course(office, course))
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    dialog.remove.setText("2026-08-28")
    dialog.try_out()
    assert "무효로 남고" in dialog.told.text()
    assert dialog.people.model.rows
    assert not dialog.ok.isEnabled()
    dialog.reason.setText("태풍 휴강")
    assert dialog.ok.isEnabled()
    dialog._on_accepted()
    assert len(courses.outline(office, course).days) == 18
    dialog.remove.setText("2026-99-99")
    dialog.try_out()
    assert "날짜로 읽을 수 없습니다" in dialog.told.text()


def test_a_course_is_closed_from_its_dialog(qtbot: QtBot, shell: Shell, office: Desk, course: UUID) -> None:
    dialog = ClosingDialog(shell, shell.context, courses.course(office, course))
    qtbot.addWidget(dialog)
    assert "출석률과 관계없이 지급" in dialog.told.text()
    dialog.reason.setText("모집 미달")
    dialog._on_accepted()
    closed = courses.outline(office, course).course
    assert closed.closed_on == dt.date(2026, 8, 27)
    assert "■ 폐강" in place_words(closed)


def test_a_course_is_edited_and_copied_from_its_dialogs(qtbot: QtBot, office: Desk, course: UUID) -> None:
    dialog = CourseEditDialog(None, office, courses.outline(office, course).course)
    qtbot.addWidget(dialog)
    dialog.place.box.setCurrentText("경상남도 밀양시")
    assert dialog.place.tier.text() == "인구감소지역"
    dialog._on_accepted()
    assert courses.outline(office, course).course.region == "48270"
    copying = CourseCopyDialog(None, office, courses.outline(office, course))
    qtbot.addWidget(copying)
    copying._on_accepted()
    assert "이름을" in copying.notice._label.text()
    copying.name.setText("Track1 4기")
    copying._on_accepted()
    assert copying.made is not None
    assert copying.made.course.start == dt.date(2026, 8, 31)


def test_a_place_that_is_not_in_the_list_is_said(qtbot: QtBot) -> None:
    choice = PlaceChoice("48", dt.date(2026, 8, 1))
    qtbot.addWidget(choice)
    assert choice.tier.text() == "비수도권 (시도만 고름)"
    choice.box.setCurrentText("없는 곳")
    assert "목록에 없는 곳" in choice.tier.text()
    choice.box.setCurrentText("경기도 가평군")
    assert (choice.code(), choice.tier.text()) == ("41820", "인구감소지역")
