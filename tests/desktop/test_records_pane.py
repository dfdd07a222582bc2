"""관리 → 기록: finding lines, one line whole, the chains, the monthly sheet, and words for everything in them."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from regional_desk.desktop.admin.page import AdminPage
from regional_desk.desktop.admin.record_dialog import RecordDialog
from regional_desk.desktop.admin.records import RecordsPane
from regional_desk.desktop.admin.words import detail_words, known_actions, knows_subject, value_words
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.allowance import RunState
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.membership import Act
from regional_desk.domain.rights import Role, rights_of
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.corrections import State
from regional_desk.services.desk import Desk
from regional_desk.services.papers.making import Wanted
from regional_desk.services.recruitment import contact, people
from regional_desk.services.safety import logs
from regional_desk.services.training import courses
from regional_desk.store.audit import ACCESSES, CHANGES, LogLine

SERVICES = Path(logs.__file__).parents[1]
# The text of an action or subject stands in a variable there: each with what it may be.
VARIABLE = {
    "f'allowance.{action or state.value}'": {f"allowance.{state.value}" for state in RunState} | {"allowance.returned"},
    "f'claim.{action or state.value}'": {"claim.cancelled", "claim.checked", "claim.confirmed", "claim.paid", "claim.reconciled", "claim.returned"},
    "f'correction.{state.value}'": {f"correction.{state.value}" for state in State if state is not State.REQUESTED},
    "f'recovery.{state.value}'": {"recovery.settled", "recovery.waived", "recovery.withdrawn"},
    "attendance.SUBJECT": {"attendance"},
    "book.subject": {"allowance", "claims"},
    "records.SUBJECT": {"outcomes"},
    "rounds.SUBJECT": {"matching"},
    "training_needs.SUBJECT": {"training_needs"},
    "f'course.{act.value}'": {f"course.{act.value}" for act in Act},
    "f'import.{opened.kind}'": {"import.applicants", "import.attendance", "import.companies", "import.evaluations", "import.interviews", "import.needs", "import.positions", "import.preferences"},
    "f'import.undo.{batch.kind}'": {"import.undo.applicants", "import.undo.attendance", "import.undo.companies", "import.undo.evaluations", "import.undo.interviews", "import.undo.needs", "import.undo.positions", "import.undo.preferences"},
    "'undo' if backwards else 'redo'": {"undo", "redo"},
    "action": {"user.password", "user.reset", "print", "export", "allowance.draft", "counsel.add", "counsel.edit", "counsel.done", "outcome.convert", "outcome.convert_remove", "outcome.employment", "outcome.employment_remove", "outcome.kept", "outcome.kept_remove", "finding.add", "finding.close", "finding.edit", "finding.reopen", "visit.cancel", "visit.do", "visit.file", "visit.file_remove", "visit.reopen", "payslip.add", "payslip.attach", "payslip.edit", "payslip.void"},
    "how": {"login", "recovery"},
    "kind.key": set(),
    "document": set(),
    "_kind(wanted).key": set(),
    "subject": set(),
    "SUBJECT": {"attendance", "budget", "claims", "companies", "company_selection", "corrections", "counselling", "imports", "instructors", "outcomes", "people", "positions", "recoveries", "rounds", "timetable", "visits"},
}  # fmt: skip


def _said() -> Iterator[tuple[str, str]]:
    """(whether action or subject, text) of every line the services write; a variable stands as its source."""
    for path in sorted(SERVICES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            name, words = node.func.attr, [_text(one) for one in node.args]
            if name in ("log", "note_access", "access_entry"):
                yield from (("action", words[0]), ("subject", words[1]))
            elif name == "note_view":
                yield "subject", words[0]
            elif name == "note_change":
                yield "action", words[1]


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ast.unparse(node)


def test_every_action_and_subject_the_services_write_has_a_korean_word() -> None:
    said = {(kind, one) for kind, text in _said() for one in VARIABLE.get(text, {text})}
    assert len(said) > 40
    unknown = {
        (kind, text)
        for kind, text in said
        if not (text in known_actions() if kind == "action" else knows_subject(text))
    }
    assert unknown == set()


@pytest.fixture
def pane(shell: Shell) -> RecordsPane:
    """The pane in front."""
    shell.open_page("admin", tab="records")
    page = cast("AdminPage", shell.current_page())
    return cast("RecordsPane", page.panes["records"])


def _actions(pane: RecordsPane) -> set[str]:
    return {line.action for line in pane.table.model.rows}


def _choose(combo_data: str, pane: RecordsPane) -> None:
    pane.which.setCurrentIndex(pane.which.findData(combo_data))


def test_lines_are_found_by_action_text_user_and_day(pane: RecordsPane) -> None:
    assert {"course.add", "course.enrol"} <= _actions(pane)
    pane.action.setCurrentIndex(pane.action.findData("course.add"))
    assert _actions(pane) == {"course.add"}
    pane.action.setCurrentIndex(0)
    pane.text.setText("Track1 3기")
    QTest.keyClick(pane.text, Qt.Key.Key_Return)
    assert _actions(pane) == {"course.add"}
    pane.text.clear()
    pane.user.setCurrentIndex(pane.user.findData("user01"))
    assert "course.add" in _actions(pane)
    pane.until.setDate(QDate(2026, 8, 1))
    assert pane.table.model.rows == ()


def test_lines_about_one_person_are_found_in_the_access_log(pane: RecordsPane, desk: Desk) -> None:
    members = courses.course(desk, courses.list_courses(desk)[0].id).members
    attendance.grid(desk, courses.list_courses(desk)[0].id, 1)
    _choose(ACCESSES, pane)
    pane.person.setText(f"{members[0].name} {members[0].birth.isoformat()}")
    QTest.keyClick(pane.person, Qt.Key.Key_Return)
    assert _actions(pane) == {"view"}
    pane.person.setText("없는사람")
    QTest.keyClick(pane.person, Qt.Key.Key_Return)
    assert "없습니다" in pane.notice.text()
    assert pane.table.model.rows == ()


def _dialog(qtbot: QtBot, shell: Shell, chain: str, line: LogLine) -> RecordDialog:
    dialog = RecordDialog(shell, shell.context, chain, line, logs.logins(shell.desk))
    qtbot.addWidget(dialog)
    return dialog


def test_a_line_opens_whole_with_its_values(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    row = people.list_people(desk)[0]
    contact.set_contact(desk, row.id, {"phone": "01012345678"}, title="고침")
    (line,) = logs.search(desk, action="contact.set")
    told = _dialog(qtbot, shell, CHANGES, line).values.toPlainText()
    assert row.name in told
    assert f"연락처: {row.phone}" in told
    changes = logs.search(desk, action="attendance.set")[0]
    assert "미입력 → " in _dialog(qtbot, shell, CHANGES, changes).values.toPlainText()


def test_an_import_opens_with_the_names_it_brought(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    (line,) = logs.search(desk, action="import.applicants")
    rows = people.list_people(desk)
    told = _dialog(qtbot, shell, CHANGES, line).values.toPlainText()
    assert told.startswith(f"{len(rows)}명: ")
    assert any(row.name in told for row in rows)


def test_a_look_opens_with_the_names_it_showed(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    rows = people.list_people(desk)
    line = next(
        one for one in logs.search(desk, ACCESSES) if one.subject == "people" and one.action == "view"
    )
    told = _dialog(qtbot, shell, ACCESSES, line).values.toPlainText()
    assert told.startswith(f"{len(rows)}명: ")
    assert rows[0].name in told


def test_guests_and_administrators_open_a_line_without_its_values(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    row = people.list_people(desk)[0]
    contact.set_contact(desk, row.id, {"phone": "01012345678"}, title="고침")
    (line,) = logs.search(desk, action="contact.set")
    shell._on_guests()
    told = _dialog(qtbot, shell, CHANGES, line).values.toPlainText()
    assert "(가림" in told
    assert row.name not in told
    shell._on_guests()
    desk._rights = rights_of({Role.ADMINISTRATOR})
    told = _dialog(qtbot, shell, CHANGES, line).values.toPlainText()
    assert row.name not in told
    assert str(row.phone) not in told


def test_both_chains_are_checked_and_a_break_is_told(
    pane: RecordsPane, shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    pane.check()
    qtbot.waitUntil(lambda: not shell.jobs.running)
    assert pane.said.text().startswith("●")
    with desk.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER change_log_no_update")
        connection.exec_driver_sql("UPDATE change_log SET detail = '{}' WHERE seq = 2")
    pane.check()
    qtbot.waitUntil(lambda: not shell.jobs.running)
    assert pane.said.text() == f"! 변경 이력: {logs.break_words(2)}"


def test_the_monthly_sheet_is_shown_for_the_month_that_was_chosen(
    pane: RecordsPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[list[str]] = []
    shown: list[tuple[Wanted, str]] = []

    def choose(
        _parent: object, _title: str, _label: str, months: list[str], *_more: object
    ) -> tuple[str, bool]:
        offered.append(months)
        return months[1], True

    monkeypatch.setattr(QInputDialog, "getItem", choose)
    monkeypatch.setattr(PreviewDialog, "ask", lambda _context, wanted, name="": shown.append((wanted, name)))
    pane.sheet()
    assert offered[0][:2] == ["2026-08", "2026-07"]
    assert len(offered[0]) == 12
    assert shown == [(Wanted("access-check", month="2026-07"), "2026-07 월 점검표")]


def test_old_lines_are_let_go_only_after_a_question(
    pane: RecordsPane, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not pane.roll_off_button.isVisible()
    assert isinstance(desk.clock, FixedClock)
    for _ in range(8):
        desk.clock.move_to(desk.clock.now() + dt.timedelta(days=120))
        people.list_people(desk)
    pane.refresh()
    assert pane.roll_off_button.isVisible()
    answers: list[Callable[..., QMessageBox.StandardButton]] = [
        lambda *_words: QMessageBox.StandardButton.No,
        lambda *_words: QMessageBox.StandardButton.Yes,
    ]
    due = logs.due_lines(desk)
    for answer, left in zip(answers, (due, 0), strict=True):
        monkeypatch.setattr(QMessageBox, "question", answer)
        pane.roll_off()
        assert logs.due_lines(desk) == left
    assert not pane.roll_off_button.isVisible()


def test_a_search_notes_whom_it_showed_when_typing_rests(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    row = people.survey_people(desk)[0]
    before = len(logs.search(desk, ACCESSES))
    shell.ui.search.setFocus()
    with qtbot.waitSignal(shell.ui.search.rested):
        shell.ui.search.setText(row.name)
        shell.ui.search.textEdited.emit(row.name)
    after = logs.search(desk, ACCESSES)
    assert len(after) == before + 1
    assert row.id in logs.people_of(desk, after[0])
    assert row.name not in after[0].detail


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"by": "card", "count": 1, "set": "ab", "ids": "eA=="}, "보는 곳 사람 카드 · 사람 수 1"),
        ({"masked": True}, "가림 예"),
        ({"roles": ["viewer"], "login": "kim"}, "역할 조회 · 사용자 kim"),
        ({"year": 2026, "amount": 1234567}, "사업연도 2026 · 금액 1,234,567"),
        ({"field": "account", "purpose": "확인"}, "항목 계좌번호 · 용도 확인"),
    ],
)
def test_a_detail_reads_in_korean(detail: dict[str, object], words: str) -> None:
    assert detail_words(detail) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([["2026-08-03", None, [1, 0, None, None, None, 0]]], "2026-08-03: 미입력 → 출석"),
        ({"old": {"phone": "010"}, "new": {"phone": "011"}}, "전: 연락처: 010\n새로: 연락처: 011"),
        ("본인 확인", "본인 확인"),
        (None, ""),
    ],
)
def test_a_value_reads_in_korean(value: object, words: str) -> None:
    assert value_words(value) == words


def test_a_start_tells_of_an_edited_log_by_itself(
    make_shell: Callable[[Desk], Shell], office: Desk, qtbot: QtBot
) -> None:
    with office.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER access_log_no_update")
        connection.exec_driver_sql("UPDATE access_log SET detail = '{}' WHERE seq = 1")
    shell = make_shell(office)
    qtbot.waitUntil(lambda: any("접속기록" in text for text in shell.banners.texts()))
