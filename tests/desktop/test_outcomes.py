from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from regional_desk.desktop.courses.completion import CompletionDialog
from regional_desk.desktop.courses.counselling import CounselDialog
from regional_desk.desktop.courses.follow_ups import FollowUpsPage
from regional_desk.desktop.courses.members import MembersPanel, state_of
from regional_desk.desktop.courses.page import CoursesPage
from regional_desk.desktop.reason_dialog import Answer, DayWanted, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.attendance import ABSENT, EMPTY
from regional_desk.domain.counselling import CounselKind
from regional_desk.domain.membership import Outcome
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.training import completions, counselling, courses, standings
from regional_desk.services.training.standings import Standing


def _panel(shell: Shell) -> MembersPanel:
    shell.open_page("courses")
    page = shell.current_page()
    assert isinstance(page, CoursesPage)
    return page.trainees


def _full(panel: MembersPanel) -> Standing:
    return next(row for row in panel.table.model.rows if row.attended == row.whole)


def _make_absent(office: Desk, panel: MembersPanel, row: Standing, days: range) -> None:
    assert panel.detail is not None
    changes = [CellChange(row.person, dt.date(2026, 8, day), ABSENT) for day in days]
    attendance.set_cells(office, panel.detail.course.id, changes, title="결석")


def _answer(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> list[DayWanted | None]:
    asked: list[DayWanted | None] = []

    def ask(*_args: object, **named: object) -> Answer:
        day = named.get("day")
        assert day is None or isinstance(day, DayWanted)
        asked.append(day)
        return answer

    monkeypatch.setattr(ReasonDialog, "ask", ask)
    return asked


def _cell(panel: MembersPanel, row: Standing, title: str) -> str:
    column = next(one for one in panel.table.model.columns if one.title == title)
    return column.show(next(one for one in panel.table.model.rows if one.person == row.person))


def _is_shown(panel: MembersPanel, row: Standing, word: str) -> bool:
    return _cell(panel, row, "상태") == word


def test_the_list_shows_rate_absences_left_and_who_is_up_for_dismissal(
    qtbot: QtBot, shell: Shell, office: Desk
) -> None:
    panel = _panel(shell)
    row = _full(panel)
    assert panel.detail is not None
    last = [CellChange(row.person, dt.date(2026, 8, 28), EMPTY)]
    attendance.set_cells(office, panel.detail.course.id, last, title="비움")
    qtbot.waitUntil(lambda: _cell(panel, row, "남은 결석") == "3일")
    assert [_cell(panel, row, title) for title in ("상태", "출석률")] == ["교육", "100.0%"]
    for until, word in ((4, "! 주의"), (5, "! 위험")):
        _make_absent(office, panel, row, range(3, until + 1))
        qtbot.waitUntil(partial(_is_shown, panel, row, word))
    _make_absent(office, panel, row, range(6, 8))
    qtbot.waitUntil(lambda: _cell(panel, row, "상태") == "■ 제적 대상")
    assert _cell(panel, row, "남은 결석") == "불가"
    state = next(one for one in panel.table.model.columns if one.title == "상태")
    shown = next(one for one in panel.table.model.rows if one.person == row.person)
    assert state.tip is not None
    assert "20%" in state.tip(shown)
    assert "2026. 8. 8." in state.tip(shown)


def test_a_dismissal_proposes_its_cause_and_is_cancelled_from_the_same_list(
    qtbot: QtBot, shell: Shell, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = _panel(shell)
    row = _full(panel)
    _make_absent(office, panel, row, range(3, 8))
    qtbot.waitUntil(lambda: _cell(panel, row, "상태") == "■ 제적 대상")
    panel.table.choose(lambda one: one.person == row.person)
    asked = _answer(monkeypatch, Answer("결석 초과", dt.date(2026, 8, 7)))
    panel.dismiss()
    assert asked[0] is not None
    assert asked[0].proposed == dt.date(2026, 8, 7)
    qtbot.waitUntil(lambda: _cell(panel, row, "상태") == "■ 제적")
    assert _cell(panel, row, "나간 날") == "2026. 8. 7."
    panel.table.choose(lambda one: one.person == row.person)
    panel.cancel_dismissal()
    qtbot.waitUntil(lambda: _cell(panel, row, "상태") == "■ 제적 대상")


def test_leaving_for_a_job_is_its_own_outcome_and_can_be_taken_back(
    qtbot: QtBot, shell: Shell, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = _panel(shell)
    assert panel.detail is not None
    row = _full(panel)
    later = [day.day for day in panel.detail.days if day.day > dt.date(2026, 8, 14)]
    changes = [CellChange(row.person, day, EMPTY) for day in later]
    attendance.set_cells(office, panel.detail.course.id, changes, title="비움")
    _answer(monkeypatch, Answer("입사", dt.date(2026, 8, 14)))
    panel.table.choose(lambda one: one.person == row.person)
    panel.leave_employed()
    qtbot.waitUntil(lambda: _cell(panel, row, "상태") == "조기취업")
    panel.table.choose(lambda one: one.person == row.person)
    panel.restore()
    qtbot.waitUntil(lambda: _cell(panel, row, "나간 날") == "")


def test_every_way_to_end_has_a_sign_or_word(shell: Shell) -> None:
    row = _full(_panel(shell))
    seen = [state_of(replace(row, outcome=outcome))[0] for outcome in Outcome]
    seen += [
        state_of(replace(row, moved=True))[0],
        state_of(replace(row, left=dt.date(2026, 8, 14)))[0],
        *(state_of(replace(row, absences_left=left, unrecorded=1))[0] for left in (-1, 0, 1, 2)),
        state_of(row)[0],
    ]
    assert len(set(seen)) == len(seen)
    assert all(seen)


def test_a_course_is_completed_from_its_preview_and_certificates_follow(
    qtbot: QtBot, shell: Shell, office: Desk
) -> None:
    panel = _panel(shell)
    assert panel.detail is not None
    dialog = CompletionDialog(panel, shell.context, panel.detail.course.id)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "40명 수료 처리" in dialog.ok.text()
    assert "수료" in dialog.counts.text()
    dialog._on_accepted()
    assert not dialog.isVisible()
    planned = {line.person: line.outcome for line in dialog.plan.lines}
    qtbot.waitUntil(lambda: {row.person: row.outcome for row in panel.table.model.rows} == planned)
    panel.issue()
    qtbot.waitUntil(lambda: any(row.certificate for row in panel.table.model.rows))
    first = next(row for row in panel.table.model.rows if row.certificate)
    assert _cell(panel, first, "수료증") == "제2026-001호"
    assert panel.detail is not None
    panel.issue()
    page = shell.current_page()
    assert isinstance(page, CoursesPage)
    assert "새로 발급할" in page.notice.text()


def test_a_preview_that_is_out_of_date_is_refused_in_its_dialog(
    qtbot: QtBot, shell: Shell, office: Desk
) -> None:
    panel = _panel(shell)
    assert panel.detail is not None
    dialog = CompletionDialog(panel, shell.context, panel.detail.course.id)
    qtbot.addWidget(dialog)
    dialog.show()
    _make_absent(office, panel, _full(panel), range(24, 29))
    dialog._on_accepted()
    assert "다시 미리" in dialog.notice.text()
    assert dialog.isVisible()


def test_counselling_is_written_read_and_followed_up(qtbot: QtBot, shell: Shell, office: Desk) -> None:
    panel = _panel(shell)
    row = _full(panel)
    dialog = CounselDialog(panel, shell.context, row.person, row.name, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.save()
    assert "내용을" in dialog.notice.text()
    dialog.kind.setCurrentIndex(dialog.kind.findData(CounselKind.CAREER.value))
    dialog.said.setPlainText("희망 직무를 물음")
    dialog.has_next.setChecked(True)
    dialog.save()
    (kept,) = dialog.table.model.rows
    assert (kept.kind, kept.said) == (CounselKind.CAREER, "희망 직무를 물음")
    assert kept.next_on == office.clock.today() + dt.timedelta(days=7)
    dialog.table.view.selectRow(0)
    assert dialog.save_button.text() == "고치기"
    dialog.outcome.setPlainText("회사 소개")
    dialog.save()
    assert dialog.table.model.rows[0].result == "회사 소개"
    shell.open_page("counselling")
    page = shell.current_page()
    assert isinstance(page, FollowUpsPage)
    assert [one.name for one in page.table.model.rows] == [row.name]
    page.table.view.selectRow(0)
    page.finish()
    qtbot.waitUntil(lambda: page.table.model.rows == ())


def test_guests_read_no_counselling_and_no_names(qtbot: QtBot, shell: Shell, office: Desk) -> None:
    panel = _panel(shell)
    row = _full(panel)
    counselling.add(office, row.person, CounselKind.GRIEVANCE, "강의실이 추움")
    shell._on_guests()
    panel = _panel(shell)
    assert all("*" in one.name for one in panel.table.model.rows)
    dialog = CounselDialog(panel, shell.context, row.person, row.name, None)
    qtbot.addWidget(dialog)
    assert "추움" not in str(dialog.table.model.rows)
    assert row.name not in dialog.windowTitle()
    assert not dialog.save_button.isEnabled()


def test_a_course_under_way_can_be_looked_at_and_not_completed(
    qtbot: QtBot, make_shell: object, practice: Desk
) -> None:
    assert callable(make_shell)
    shell = make_shell(practice)
    running = next(
        row.id
        for row, plan in ((row, completions.plan(practice, row.id)) for row in courses.list_courses(practice))
        if not plan.ended and standings.list_standings(practice, row.id)
    )
    dialog = CompletionDialog(None, shell.context, running)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    assert "아직 끝나지" in dialog.waits.text()
