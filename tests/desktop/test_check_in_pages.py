"""The check-in, the call list and the comparison with the paper, as they are worked at the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from regional_desk.desktop.attendance.call_list_page import CallListPage
from regional_desk.desktop.attendance.check_in_page import CheckInPage
from regional_desk.desktop.attendance.second_entry_page import SecondEntryPage
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.check_in import read_check_in
from regional_desk.domain.attendance import ABSENT, EMPTY, PRESENT, Cell, Mark, Status
from regional_desk.domain.check_in import badge_code, badge_number
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Role
from regional_desk.services.attendance import attendance, second_entry
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.second_entry import Mismatch
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import people
from regional_desk.services.training import courses, memberships
from regional_desk.services.training.courses import CourseDetail

DAY, OLD_DAY = dt.date(2026, 9, 1), dt.date(2026, 8, 25)
CONTROL = Qt.KeyboardModifier.ControlModifier


def at(desk: Desk, time: str) -> None:
    """Set the clock on the first of September."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(dt.datetime.combine(DAY, dt.time.fromisoformat(time), tzinfo=KST))


def old_class(desk: Desk) -> CourseDetail:
    """The August course."""
    return courses.course(desk, courses.list_courses(desk)[-1].id)


def record(desk: Desk, trainee: UUID, day: dt.date) -> Cell:
    """The record as it is stored."""
    with desk.store.read() as connection:
        return attendance.cells_of(connection, trainee, [day]).get(day, EMPTY)


@pytest.fixture
def september(desk: Desk) -> CourseDetail:
    """A class of three with a training day today, at two minutes to nine."""
    inside = {member.person for member in old_class(desk).members}
    found = [row.id for row in people.list_people(desk) if row.id not in inside][:3]
    made = courses.add_course(desk, "Track1 4기", Track.TRACK1, DAY, dt.date(2026, 9, 23))
    memberships.enrol(desk, made.course.id, found, direct_reason="심사 결과 선발")
    at(desk, "08:58")
    return courses.course(desk, made.course.id)


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was heard."""
    heard: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append("beep"))
    return heard


@pytest.fixture
def door(shell: Shell, september: CourseDetail, beeps: list[str]) -> CheckInPage:
    """The check-in page."""
    assert september.members
    assert not beeps
    shell.open_page("check_in")
    found = shell.current_page()
    assert isinstance(found, CheckInPage)
    return found


def hold(page: CheckInPage, digits: str) -> None:
    """A scanner types like a keyboard and ends with Enter."""
    QTest.keyClicks(page.line, digits)
    QTest.keyClick(page.line, Qt.Key.Key_Return)


def call_by_key(page: CheckInPage, key: Qt.Key) -> None:
    """A key of the page: only an active window's keys are its own."""
    page.window().activateWindow()
    QApplication.processEvents()
    assert page.window().isActiveWindow()
    QTest.keyClick(page.line, key)


def test_a_badge_shows_a_large_name_and_sounds(
    door: CheckInPage, september: CourseDetail, beeps: list[str]
) -> None:
    hold(door, badge_code(september.members[0].id))
    assert door.name.text() == september.members[0].name
    assert door.place.text() == "Track1 4기 1번"
    assert door.word.text() == "입실 08:58"
    assert door.name.font().pointSizeF() > 2 * door.font().pointSizeF()
    assert beeps == ["beep"]
    assert door.line.text() == ""
    assert "온 사람 1 · 안 온 사람 2" in door.counts.text()


def test_late_is_said_in_words(door: CheckInPage, desk: Desk, september: CourseDetail) -> None:
    at(desk, "09:20")
    hold(door, badge_number(september.course.id, 1))
    assert "지각 20분" in door.told.text()


def test_a_double_scan_and_an_unknown_number_say_so(door: CheckInPage, september: CourseDetail) -> None:
    hold(door, badge_code(september.members[0].id))
    hold(door, badge_code(september.members[0].id))
    assert "방금 처리했습니다" in door.told.text()
    assert september.members[0].name in door.name.text()
    hold(door, "123456")
    assert "번호" in door.told.text()
    assert september.members[0].name not in door.name.text()


def test_the_last_scan_is_taken_back_by_key(door: CheckInPage, september: CourseDetail) -> None:
    hold(door, badge_code(september.members[0].id))
    call_by_key(door, Qt.Key.Key_F9)
    assert door.word.text() == "취소"
    assert "온 사람 0" in door.counts.text()


def test_keys_choose_the_way(door: CheckInPage, september: CourseDetail, desk: Desk) -> None:
    call_by_key(door, Qt.Key.Key_F7)
    hold(door, badge_code(september.members[0].id))
    at(desk, "09:30")
    hold(door, badge_code(september.members[0].id))
    assert "이미 들어와 있습니다" in door.told.text()
    call_by_key(door, Qt.Key.Key_F6)
    hold(door, badge_code(september.members[0].id))
    assert door.word.text() == "외출·조퇴 09:30"
    assert "돌아오면 다시 대십시오" in door.told.text()


def test_who_has_not_come_can_be_seen_alone(door: CheckInPage, september: CourseDetail) -> None:
    hold(door, badge_code(september.members[0].id))
    door.look.setCurrentIndex(1)
    door.refresh()
    assert [line.row.who.number for line in door.table.model.rows] == [2, 3]


def test_guests_see_no_name_at_the_door(door: CheckInPage, shell: Shell, september: CourseDetail) -> None:
    hold(door, badge_code(september.members[0].id))
    shell.ui.guests.click()
    assert september.members[0].name not in door.name.text()
    hold(door, badge_code(september.members[1].id))
    assert september.members[1].name not in door.name.text()


def test_the_sound_can_be_turned_off(door: CheckInPage, september: CourseDetail, beeps: list[str]) -> None:
    door.sound.setChecked(False)
    hold(door, badge_code(september.members[0].id))
    assert beeps == []


def opened(shell: Shell, key: str, kind: type[QWidget]) -> QWidget:
    shell.open_page(key)
    found = shell.current_page()
    assert isinstance(found, kind)
    return found


@pytest.fixture
def calls(shell: Shell, desk: Desk) -> CallListPage:
    """The call list page with a fresh list: the first two of the class, about one day."""
    found = old_class(desk)
    attendance.fill_present(
        desk, found.course.id, [one.person for one in found.members], [row.day for row in found.days]
    )
    places = [CellChange(one.person, OLD_DAY, EMPTY) for one in found.members[:2]]
    attendance.set_cells(desk, found.course.id, places, title="비움")
    page = opened(shell, "call_list", CallListPage)
    assert isinstance(page, CallListPage)
    page.make()
    return page


def press(
    table: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(table, key, modifier)


def test_answers_are_keyed_in_the_papers_order_with_digits_alone(calls: CallListPage, desk: Desk) -> None:
    trainees = [line.trainee for line in calls.table.model.rows]
    press(calls.table.view, Qt.Key.Key_5)
    press(calls.table.view, Qt.Key.Key_0)
    assert [line.answer for line in calls.table.model.rows] == ["결석", "부재"]
    assert [record(desk, trainee, OLD_DAY) for trainee in trainees] == [ABSENT, EMPTY]
    assert calls.state.text() == "● 모두 물음"


def test_a_note_is_typed_before_its_digit_or_after(calls: CallListPage) -> None:
    press(calls.table.view, Qt.Key.Key_Return)
    QTest.keyClicks(calls.note, "cold")
    QTest.keyClick(calls.note, Qt.Key.Key_Return)
    press(calls.table.view, Qt.Key.Key_5)
    assert calls.table.model.rows[0].note == "cold"
    calls.table.view.selectRow(0)
    calls.note.setText("worse")
    QTest.keyClick(calls.note, Qt.Key.Key_Return)
    assert (calls.table.model.rows[0].note, calls.table.model.rows[0].answer) == ("worse", "결석")


def test_while_guests_look_on_no_answer_is_keyed(calls: CallListPage, shell: Shell) -> None:
    shell.ui.guests.click()
    assert "****" in calls.table.model.rows[0].phone
    press(calls.table.view, Qt.Key.Key_5)
    assert calls.table.model.rows[0].open


def test_no_list_is_made_where_nothing_is_unmarked(calls: CallListPage) -> None:
    press(calls.table.view, Qt.Key.Key_1)
    press(calls.table.view, Qt.Key.Key_1)
    calls.make()
    assert "미입력이 없" in calls.notice.text()


def test_a_line_of_today_leads_to_the_first_open_call(calls: CallListPage, desk: Desk) -> None:
    press(calls.table.view, Qt.Key.Key_1)
    line = next(one for one in read_check_in(desk) if one.page == "call_list")
    assert line.title == "미확인 전화 1건 남음"
    calls.go_to(**line.where)
    current = calls.table.current()
    assert current is not None
    assert current.number == 2


def test_an_answered_list_waits_for_nobody(calls: CallListPage, desk: Desk) -> None:
    press(calls.table.view, Qt.Key.Key_1)
    press(calls.table.view, Qt.Key.Key_0)
    assert list(read_check_in(desk)) == []


@pytest.fixture
def paper(shell: Shell, desk: Desk) -> SecondEntryPage:
    """The comparison page on the 25th of August."""
    page = opened(shell, "second_entry", SecondEntryPage)
    assert isinstance(page, SecondEntryPage)
    page.go_to(old_class(desk).course.id, OLD_DAY)
    return page


def open_cells(page: SecondEntryPage) -> tuple[Mismatch, ...]:
    """The mismatches shown."""
    return page.mismatches.model.rows


def test_the_paper_is_keyed_blind_and_only_mismatches_show(
    paper: SecondEntryPage, desk: Desk, shell: Shell
) -> None:
    firsts = [record(desk, row.trainee, OLD_DAY) for row in paper.sheet.model.rows]
    at_present = next(place for place, cell in enumerate(firsts) if cell == PRESENT)
    assert shell.current_page() is paper
    assert {row.second for row in paper.sheet.model.rows} == {EMPTY}
    paper.sheet.view.selectRow(at_present)
    press(paper.sheet.view, Qt.Key.Key_1)
    assert open_cells(paper) == ()
    assert paper.sheet.view.currentIndex().row() == at_present + 1
    paper.sheet.view.selectRow(at_present)
    press(paper.sheet.view, Qt.Key.Key_2, CONTROL)
    found = open_cells(paper)
    assert [(row.first, row.second) for row in found] == [(PRESENT, Cell(Status.PRESENT, Mark.LATE))]
    assert paper.state.text() == "! 맞지 않음 1칸"
    assert [one.page for one in read_check_in(desk)] == ["second_entry"]


def test_a_mismatch_is_settled_with_one_key(paper: SecondEntryPage, desk: Desk) -> None:
    trainee = paper.sheet.model.rows[0].trainee
    first = record(desk, trainee, OLD_DAY)
    key, cell = (Qt.Key.Key_1, PRESENT) if first != PRESENT else (Qt.Key.Key_5, ABSENT)
    paper.sheet.view.selectRow(0)
    press(paper.sheet.view, key)
    paper.mismatches.view.selectRow(0)
    press(paper.mismatches.view, Qt.Key.Key_2)
    assert record(desk, trainee, OLD_DAY) == cell
    assert open_cells(paper) == ()


def test_days_are_turned_by_key_and_stay_inside_the_course(paper: SecondEntryPage, desk: Desk) -> None:
    days = second_entry.training_days(desk, old_class(desk).course.id)
    paper.turn(-1)
    assert paper.day == dt.date(2026, 8, 24)
    paper.turn(100)
    assert paper.day == days[-1]


@pytest.mark.parametrize("key", ["check_in", "call_list", "second_entry"])
def test_the_pages_fit_a_small_screen_at_large_text(
    shell: Shell, at_size: Callable[[int], None], key: str
) -> None:
    shell.resize(1366, 768)
    at_size(150)
    shell.open_page(key)
    page = shell.current_page()
    assert page is not None
    if isinstance(page, CheckInPage):
        hold(page, "no badge")  # the longest sentence
    assert page.minimumSizeHint().width() <= 1366 - 150


@pytest.mark.parametrize("key", ["check_in", "call_list", "second_entry"])
def test_whoever_may_see_no_people_is_told_so_on_the_page(
    make_shell: Callable[[Desk], Shell], desk: Desk, key: str
) -> None:
    actor = replace(desk.actor, roles=frozenset({Role.ADMINISTRATOR}))
    shell = make_shell(Desk(desk.store, actor, desk.office, desk.clock))
    shell.open_page(key)
    page = shell.current_page()
    assert isinstance(page, (CheckInPage, CallListPage, SecondEntryPage))
    assert "사람 정보 보기" in page.notice.text()
