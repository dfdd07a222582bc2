from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from regional_desk.desktop.courses.calendar import shown_days
from regional_desk.desktop.courses.course_dialog import CourseDialog
from regional_desk.desktop.courses.enrol_dialog import EnrolDialog
from regional_desk.desktop.courses.page import CoursesPage
from regional_desk.desktop.reason_dialog import Answer, DayWanted, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.people import Track
from regional_desk.services.desk import Desk
from regional_desk.services.holidays import holidays_between
from regional_desk.services.training import courses


def _page(shell: Shell, **where: object) -> CoursesPage:
    shell.open_page("courses", **where)
    page = shell.current_page()
    assert isinstance(page, CoursesPage)
    return page


def _answer(monkeypatch: pytest.MonkeyPatch, answer: Answer | None) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: answer)


def test_the_calendar_says_of_every_date_what_it_is(office: Desk) -> None:
    detail = courses.course(office, courses.list_courses(office)[0].id)
    holidays = holidays_between(detail.course.start, detail.course.end)
    days = shown_days(detail, holidays)
    assert len(days) == 26
    assert [day for day, shown in days.items() if shown.training] == [row.day for row in detail.days]
    assert days[dt.date(2026, 8, 3)].sign == "○"
    assert days[dt.date(2026, 8, 8)].sign == "–"
    assert days[dt.date(2026, 8, 15)].meaning == "공휴일 광복절"
    assert days[dt.date(2026, 8, 17)].sign == "휴"


def test_days_off_and_added_days_have_their_own_signs(office: Desk) -> None:
    detail = courses.add_course(
        office,
        "Track2 1기",
        Track.TRACK2,
        dt.date(2026, 9, 1),
        dt.date(2026, 9, 30),
        days_off=[dt.date(2026, 9, 10)],
        extra_days=[dt.date(2026, 9, 12)],
    )
    days = shown_days(detail, {})
    assert days[dt.date(2026, 9, 10)].sign == "쉼"
    assert days[dt.date(2026, 9, 12)].sign == "＋"


def test_the_newest_course_is_shown_with_its_members(shell: Shell) -> None:
    page = _page(shell)
    assert page.detail is not None
    assert len(page.trainees.table.model.rows) == len(page.detail.members) > 0
    assert "소정훈련일 19일" in page.about.text()
    spoken = page.calendar.days.index(0, 16)
    assert "공휴일" in spoken.data(3)  # Qt.ToolTipRole


def test_a_course_is_made_with_its_days_shown_beforehand(qtbot: QtBot, empty_office: Desk) -> None:
    dialog = CourseDialog(None, empty_office)
    qtbot.addWidget(dialog)
    dialog.ui.name.setText("Track1 4기")
    dialog.ui.start.setDate(QDate(2026, 8, 3))
    dialog.ui.end.setDate(QDate(2026, 8, 28))
    assert "소정훈련일 19일 · 단위기간 1개" in dialog.ui.preview.text()
    assert "광복절" in dialog.ui.preview.text()
    dialog.ui.daysOff.setText("2026-08-14")
    assert "소정훈련일 18일" in dialog.ui.preview.text()
    dialog._on_accepted()
    assert dialog.made is not None
    assert len(dialog.made.days) == 18


def test_a_course_that_cannot_be_is_refused_in_its_dialog(qtbot: QtBot, office: Desk) -> None:
    dialog = CourseDialog(None, office)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.ui.name.setText("Track1 3기")
    dialog.ui.end.setDate(QDate(2026, 8, 1))
    assert dialog.ui.preview.text().startswith("!")
    dialog.ui.daysOff.setText("팔월")
    dialog._on_accepted()
    assert "팔월" in dialog.notice.text()
    assert dialog.made is None
    dialog.ui.daysOff.setText("")
    dialog.ui.start.setDate(QDate(2026, 8, 3))
    dialog.ui.end.setDate(QDate(2026, 8, 28))
    dialog._on_accepted()
    assert "이미 있어" in dialog.notice.text()


def test_people_join_by_selection_or_with_a_reason(qtbot: QtBot, shell: Shell) -> None:
    page = _page(shell)
    assert page.detail is not None
    before = len(page.detail.members)
    dialog = EnrolDialog(page, shell.context, page.detail)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.only_selected.setChecked(False)
    dialog.table.view.selectRow(0)
    dialog._on_accepted()
    assert "등록할 수 없어" in dialog.notice.text()
    dialog.reason.setText("추가 모집")
    dialog._on_accepted()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: len(page.trainees.table.model.rows) == before + 1)


def test_a_member_leaves_with_day_and_reason(
    qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(shell)
    page.trainees.table.view.selectRow(2)
    member = page.trainees.table.current()
    assert member is not None
    _answer(monkeypatch, Answer("취업", dt.date(2026, 8, 28)))
    page.trainees.leave()
    qtbot.waitUntil(lambda: page.trainees.table.model.rows[2].left == dt.date(2026, 8, 28))
    assert page.trainees.table.model.rows[2].left_reason == "취업"


def test_joining_late_is_refused_while_records_lie_before(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(shell)
    page.trainees.table.view.selectRow(0)
    _answer(monkeypatch, Answer("추가 선발", dt.date(2026, 8, 20)))
    page.trainees.join()
    assert "출결 기록" in page.notice.text()
    assert page.trainees.table.model.rows[0].joined == dt.date(2026, 8, 3)


def test_moving_nobody_is_refused(shell: Shell) -> None:
    page = _page(shell)
    page.trainees.table.view.clearSelection()
    page.trainees.table.view.setCurrentIndex(page.trainees.table.view.model().index(-1, -1))
    page.trainees.leave()
    assert "고르십시오" in page.notice.text()


def test_the_day_asked_for_lies_inside_the_course(qtbot: QtBot) -> None:
    first, last = dt.date(2026, 8, 3), dt.date(2026, 8, 28)
    wanted = DayWanted("나간 날", first, last, last)
    dialog = ReasonDialog(None, "나감", "홍길동", "사유", "나감", wanted)
    qtbot.addWidget(dialog)
    dialog.day.setDate(QDate(2026, 12, 1))
    dialog.reason.setText("취업")
    assert dialog.answer() == Answer("취업", last)


def test_a_course_leads_to_its_attendance(shell: Shell) -> None:
    page = _page(shell)
    page._open("attendance")
    assert shell.current_page() is shell.page("attendance")


def test_an_office_without_courses_says_what_to_do(
    make_shell: Callable[[Desk], Shell], empty_office: Desk, tmp_path: Path
) -> None:
    page = _page(make_shell(empty_office))
    assert page.detail is None
    assert page.calendar.days.rowCount() == 0
    assert not page.trainees.enrol_button.isEnabled()
