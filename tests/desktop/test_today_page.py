from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from regional_desk.desktop.admin.page import AdminPage
from regional_desk.desktop.allowance.accounts_page import AccountsPage
from regional_desk.desktop.attendance.page import AttendancePage
from regional_desk.desktop.people.page import PeoplePage
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.theme import Scheme
from regional_desk.desktop.today.day_heat import DayHeat
from regional_desk.desktop.today.due import read_today
from regional_desk.desktop.today.heat_strip import HeatStrip
from regional_desk.desktop.today.line import Due
from regional_desk.desktop.today.page import TodayPage
from regional_desk.domain.attendance import ABSENT, EMPTY, Risk
from regional_desk.domain.recruitment import FUNNEL, Stage
from regional_desk.domain.rights import Role, rights_of
from regional_desk.services import policies
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.papers import reports, submission
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import people
from regional_desk.services.safety import backups
from regional_desk.services.training import courses

MakeShell = Callable[[Desk], Shell]


def _page(shell: Shell) -> TodayPage:
    if shell.page("today") is None:
        shell.open_page("today")
    page = shell.current_page()
    assert isinstance(page, TodayPage)
    return page


def _line(desk: Desk, start: str) -> Due:
    return next(one for one in read_today(desk).due if one.title.startswith(start))


def _titles(desk: Desk) -> list[str]:
    return [one.title for one in read_today(desk).due]


def _press(page: TodayPage, start: str) -> None:
    button = next(
        found for found in page.findChildren(QPushButton) if found.accessibleName().startswith(start)
    )
    button.click()


def _running(desk: Desk) -> attendance.Grid:
    """The class under way."""
    today = desk.clock.today()
    row = next(row for row in courses.list_courses(desk) if row.start <= today <= row.end)
    return attendance.grid(desk, row.id, 1)


def test_today_is_the_first_page(qtbot: QtBot, make_shell: MakeShell, practice: Desk, tmp_path: Path) -> None:
    theme = make_shell(practice).theme
    shell = Shell(practice, theme, Preferences(tmp_path / "other.json"))
    qtbot.addWidget(shell)
    page = shell.current_page()
    assert isinstance(page, TodayPage)
    assert page._title.text() == "오늘 · 8월 25일 화요일"
    shell.rest()


def test_unset_cells_are_counted_and_one_click_leads_to_the_first(
    make_shell: MakeShell, practice: Desk
) -> None:
    grid = _running(practice)
    places = [
        (column.day, row.trainee)
        for row in grid.rows
        for column, cell in zip(grid.days, row.cells, strict=True)
        if cell == EMPTY and column.day <= practice.clock.today()
    ]
    shell = make_shell(practice)
    _press(_page(shell), f"출석 미입력 {len(places)}칸")
    opened = shell.current_page()
    assert isinstance(opened, AttendancePage)
    place = opened.view.current()
    assert place is not None
    assert opened.model.days[place.day].day == min(day for day, _ in places)


def test_no_line_stands_for_cells_that_are_set(practice: Desk) -> None:
    grid = _running(practice)
    days = [column.day for column in grid.days if not column.coming]
    attendance.fill_present(practice, grid.course.course.id, [row.trainee for row in grid.rows], days)
    assert not [title for title in _titles(practice) if "미입력" in title]


def test_one_absence_from_losing_the_unit_comes_before_everything_else(practice: Desk) -> None:
    grid = _running(practice)
    trainee = grid.rows[0].trainee
    absent = [column.day for column in grid.days if column.training and not column.coming]
    for day in absent:
        row = attendance.grid(practice, grid.course.course.id, 1, [trainee]).rows[0]
        if row.summary.risk is Risk.DANGER:
            break
        attendance.set_cells(
            practice, grid.course.course.id, [CellChange(trainee, day, ABSENT)], title="결석"
        )
    backups.back_up(practice)
    first = read_today(practice).due[0]
    assert first.title.startswith("▲ 80% 위험 교육생")
    assert first.page == "attendance"


def test_a_held_account_leads_to_its_call_back(make_shell: MakeShell, office: Desk, tmp_path: Path) -> None:
    row = next(row for row in people.list_people(office) if row.account_tail)
    changed = tmp_path / "changed.csv"
    changed.write_text(
        f"성명,생년월일,은행,계좌번호,예금주\n{row.name},{row.birth},농협,3021234567891,{row.name}\n",
        encoding="utf-8",
    )
    imports.commit(office, imports.open_file(office, "applicants", changed))
    shell = make_shell(office)
    _press(_page(shell), "계좌 보류 1건")
    opened = shell.current_page()
    assert isinstance(opened, AccountsPage)
    assert [one.person for one in opened.table.model.rows] == [row.id]


def test_a_policy_nobody_adopted_leads_to_its_tab(make_shell: MakeShell, office: Desk) -> None:
    shell = make_shell(office)
    _press(_page(shell), "수당 기준 미승인")
    opened = shell.current_page()
    assert isinstance(opened, AdminPage)
    assert opened.tabs.currentWidget() is opened.panes["policies"]


def test_an_adopted_policy_is_no_longer_due(office: Desk) -> None:
    policies.adopt(
        office, policies.DEFAULT_SCHEME, reference="지역기업정책과-1", document_date=office.clock.today()
    )
    assert "수당 기준 미승인" not in _titles(office)


def test_a_unit_that_ended_without_a_confirmed_run_counts_what_blocks_it(office: Desk) -> None:
    course = courses.list_courses(office)[0].id
    assert "막는" not in _line(office, "훈련수당 마감 전").detail
    run = allowance.draft(office, course, 1)
    assert run.open_items
    line = _line(office, "훈련수당 마감 전")
    assert f"막는 항목 {len(run.open_items)}개" in line.detail
    assert line.where == {"course": course, "unit": 1}


def test_a_missing_backup_is_due_until_one_was_made(practice: Desk) -> None:
    assert "백업이 하나도 없습니다" in [line.title for line in read_today(practice).due[:3]]
    backups.back_up(practice)
    assert not [title for title in _titles(practice) if "백업" in title]


def test_last_month_is_due_until_it_is_submitted(practice: Desk, tmp_path: Path) -> None:
    assert _line(practice, "7월 제출 파일 없음").where == {"month": "2026-07"}
    submission.build(practice, "2026-07", tmp_path, "중앙 제출")
    assert not [title for title in _titles(practice) if "제출 파일" in title]


def test_the_class_under_way_shows_its_mean_rate(practice: Desk) -> None:
    (running,) = read_today(practice).running
    grid = _running(practice)
    rates = [row.summary.rate_so_far for row in grid.rows if row.summary.rate_so_far is not None]
    assert running.rate is not None
    assert abs(running.rate - sum(rates, Decimal(0)) / len(rates)) <= 1
    assert running.people == len(grid.rows)
    assert running.days_left == sum(column.training and column.coming for column in grid.days)


def test_the_days_of_the_class_tell_absences_and_lead_to_their_column(
    make_shell: MakeShell, practice: Desk
) -> None:
    shell, grid = make_shell(practice), _running(practice)
    page = _page(shell)
    strip = page.findChildren(HeatStrip)[0]
    (running,) = read_today(practice).running
    absent = [
        sum(cell == ABSENT for row in grid.rows if (cell := row.cells[at]) is not None)
        for at, column in enumerate(grid.days)
        if column.training
    ]
    assert [one.absent for one in running.days] == absent
    assert strip.accessibleDescription() == ", ".join(one.says() for one in running.days)
    strip.resize(len(running.days) * 20, 22)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(25, 10))
    shown = shell.current_page()
    assert isinstance(shown, AttendancePage)
    place = shown.view.current()
    assert place is not None
    assert shown.model.days[place.day].day == running.days[1].day


def test_the_funnel_shows_the_month_and_a_bar_leads_to_its_people(
    make_shell: MakeShell, practice: Desk
) -> None:
    shell = make_shell(practice)
    page = _page(shell)
    stages = reports.month_figures(practice, "2026-08").stages.values()
    for stage in FUNNEL:
        assert page.funnel.bars[stage].people == sum(counted[stage] for counted in stages)
    page.funnel.bars[Stage.ENROLLED].click()
    opened = shell.current_page()
    assert isinstance(opened, PeoplePage)
    assert len(opened.table.model.rows) == page.funnel.bars[Stage.ENROLLED].people > 0


def test_goals_are_drawn_in_the_colours_of_the_scheme(
    make_shell: MakeShell, practice: Desk, qtbot: QtBot
) -> None:
    shell = make_shell(practice)
    page = _page(shell)
    qtbot.waitUntil(lambda: page.chart.renderer().isValid() and not shell.jobs.running)
    bright = page.chart.grab().toImage()
    shell.theme.apply(Scheme.DARK)
    page.refresh()
    qtbot.waitUntil(lambda: not shell.jobs.running)
    dark = page.chart.grab().toImage()
    shell.theme.apply(Scheme.LIGHT)
    assert bright.size().isValid()
    assert bright != dark


def test_an_office_without_goals_says_so(
    make_shell: MakeShell, empty_office: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    for track in ("Track1", "Track2"):
        monkeypatch.setitem(empty_office.office.goals, track, 0)
    page = _page(make_shell(empty_office))
    qtbot.waitUntil(lambda: bool(page._no_goals.text()))
    assert not page.chart.isVisible()


def test_a_new_office_has_nothing_of_courses_to_do(empty_office: Desk) -> None:
    assert _titles(empty_office) == ["백업이 하나도 없습니다", "수당 기준 미승인"]


def test_nobody_sees_people_without_the_right(
    make_shell: MakeShell, practice: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice, "_rights", rights_of([Role.ADMINISTRATOR]))
    page = _page(make_shell(practice))
    assert page.due
    assert {one.page for one in page.due} <= {"allowance", "reports", "admin"}


def test_a_change_elsewhere_is_seen_on_coming_back(make_shell: MakeShell, practice: Desk) -> None:
    shell = make_shell(practice)
    page = _page(shell)
    before = len(page.due)
    shell.open_page("attendance")
    assert isinstance(shell.current_page(), AttendancePage)
    backups.back_up(practice)
    shell.open_page("today")
    assert len(page.due) == before - 1
    assert not page.findChildren(QComboBox)


@pytest.mark.parametrize(
    ("heat", "sign", "tone"),
    [
        ((20, 0, 0, False), "○", "ok"),
        ((20, 1, 0, False), "1", "warn"),
        ((20, 2, 0, False), "2", "bad"),
        ((20, 0, 1, False), "○", "warn"),
        ((20, 0, 20, False), "·", "muted"),
        ((20, 0, 0, True), "", "muted"),
    ],
)
def test_a_days_box_says_how_bad_it_was(heat: tuple[int, int, int, bool], sign: str, tone: str) -> None:
    one = DayHeat(dt.date(2026, 8, 12), *heat)
    assert (one.sign, one.tone) == (sign, tone)
